//! The chain of a requirement: what an auditor would ask for.

use crate::checks::support::analyze_files;
use tracegate::report::trace;

const SPECIFICATION: &str =
    "# MILL-SRS: Mill Requirements Specification\n\n### REQ-MILL-001: The mill shall\nThe mill shall stop.\n";
const MATRIX: &str = "# MILL-RTM: Mill Traceability Matrix\n\n| Attribute | Value |\n|---|---|\n| Commit | 5d0c2aa |\n\n\
    | Req ID | Test | Status |\n|---|---|---|\n| REQ-MILL-001 | tests/test_mill.py::test_stops | PASS |\n";
const TEST: &str = "import mill\n\n\ndef test_stops():\n    \"\"\"Verifies: REQ-MILL-001\"\"\"\n    assert mill.stop()\n";
const RESULTS: &str = "<testsuite><testcase classname=\"tests.test_mill\" name=\"test_stops\"/></testsuite>";

/// The chain as it is written, from the first line of a section to that of another.
fn written(files: &[(&str, &str)], from: &str, to: &str) -> String {
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let mut out = Vec::new();
    trace::write(&trace::find(&analysis.graph, &analysis.findings, "REQ-MILL-001"), false, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let begin = out.find(from).unwrap_or_else(|| panic!("no {from}: {out}"));
    let end = out[begin..].find(to).map_or(out.len(), |end| begin + end);
    out[begin..end].to_owned()
}

const FILES: &[(&str, &str)] =
    &[("docs/srs.md", SPECIFICATION), ("docs/rtm.md", MATRIX), ("tests/test_mill.py", TEST), ("results/junit.xml", RESULTS)];

#[test]
fn a_test_has_its_body_its_results_and_what_it_can_fail_by() {
    assert_eq!(
        written(FILES, "  tests\n", "  since"),
        "  tests\n    test_stops (level unknown, passed)  tests/test_mill.py:4\n      its body stands on lines 4 to 6\n      \
         result of test_stops: passed  results/junit.xml:1\n      it asserts something\n      cited by a row  docs/rtm.md:9\n"
    );
}

#[test]
fn a_title_that_begins_the_text_is_told_once() {
    let definition = written(FILES, "  definition\n", "  rows");
    assert!(definition.starts_with("  definition\n    The mill shall stop.  docs/srs.md:3\n"), "{definition}");
    assert_eq!(definition.matches("The mill shall stop.").count(), 1, "{definition}");
}

#[test]
fn each_rung_has_its_reason() {
    assert_eq!(
        written(FILES, "      cited: ", "    verdict"),
        "      cited: yes, by 1 row and 1 marker\n      exists: yes, 1 test\n      passes: yes, 1 of 1 test passed\n      \
         asserts: yes, one of its tests asserts something\n      executes: not assessed: no coverage file was read\n      \
         kills: not assessed: no mutation results were read\n"
    );
    let failed = RESULTS.replace("/></testsuite>", "><failure/></testcase></testsuite>");
    let failed = [&FILES[..3], &[("results/junit.xml", failed.as_str())]].concat();
    assert!(written(&failed, "      passes: ", "\n").ends_with("no: 0 of 1 test passed"));
    assert!(written(&FILES[..3], "      passes: ", "\n").ends_with("not assessed: no result file was read"));
    let ghost = TEST.replace("test_stops", "test_halts").replace("Verifies: REQ-MILL-001", "Halts.");
    let ghost = [&FILES[..2], &[("tests/test_mill.py", ghost.as_str())]].concat();
    assert!(written(&ghost, "      exists: ", "\n").ends_with("no: none of the tests that are named exists"));
    assert!(written(&FILES[..1], "      cited: ", "\n").ends_with("no: no row and no marker names a test of it"));
}

#[test]
fn what_changed_since_the_evidence_and_what_did_not() {
    let then = TEST.replace("assert mill.stop()", "assert mill.stop() is None");
    let past = [("at-5d0c2aa/docs/srs.md", SPECIFICATION), ("at-5d0c2aa/tests/test_mill.py", then.as_str())];
    assert_eq!(
        written(&[FILES, &past].concat(), "  since", "  rung"),
        "  since the evidence\n    the test test_stops: changed after `5d0c2aa`  tests/test_mill.py:4\n      \
         by 91be7f3 (A. Miller, 2025-03-01)\n      the commit of the evidence  docs/rtm.md:5\n    \
         its text: unchanged since `5d0c2aa`  docs/srs.md:3\n      the commit of the evidence  docs/rtm.md:5\n"
    );
    assert!(written(FILES, "  since", "  rung").contains("all of it: whether it changed after `5d0c2aa` is not assessed: "));
    let unbound = MATRIX.replace("5d0c2aa", "");
    let unbound = [&FILES[..1], &FILES[2..], &[("docs/rtm.md", unbound.as_str())]].concat();
    assert!(written(&unbound, "  since", "  rung").ends_with("not assessed: no commit is known of its evidence\n"));
}

#[test]
fn a_marker_in_a_result_is_that_of_a_result() {
    let named = RESULTS.replace(
        "/></testsuite>",
        "><properties><property name=\"requirement\" value=\"REQ-MILL-001\"/></properties></testcase></testsuite>",
    );
    let files = [&FILES[..3], &[("results/junit.xml", named.as_str())]].concat();
    assert!(written(&files, "  markers\n", "  tests").contains("a result names it  results/junit.xml:1\n"));
}

#[test]
fn a_test_is_found_as_the_matrix_spells_it() {
    let matrix = MATRIX.replace("tests/test_mill.py::test_stops", "test_mill::test_stops");
    let files = [("docs/srs.md", SPECIFICATION), ("docs/rtm.md", &matrix), ("tests/test_mill.py", TEST)];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let found = |name: &str| trace::find(&analysis.graph, &analysis.findings, name).len();
    assert_eq!((found("test_mill::test_stops"), found("test_mill::test_starts")), (1, 0));
}

/// The chains of a name, as they are written.
fn chains(files: &[(&str, &str)], name: &str) -> String {
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let mut out = Vec::new();
    trace::write(&trace::find(&analysis.graph, &analysis.findings, name), false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const RECORD: &str = "# INV-003: The mill did not stop\n\n**Status:** In execution\n\n## Actions\n\n\
    | CAPA | Type | Description | Owner | Due | Outcome |\n|---|---|---|---|---|---|\n\
    | INV-003-CAPA-001 | Corrective | Review the verification evidence of REQ-MILL-001 | ann | 2026-03-31 | |\n\
    | INV-003-CAPA-002 | Preventive | Add an integration test of the stop | | | |\n";
const CHANGE: &str = "# CR-007: A test of the stop\n\n**Status:** Draft\n\nCarries out INV-003-CAPA-002.\n";

#[test]
fn an_action_has_its_record_what_it_is_about_and_who_names_it() {
    let files = [FILES, &[("records/INV-003.md", RECORD), ("records/CR-007.md", CHANGE)]].concat();
    let told = chains(&files, "INV-003-CAPA-001");
    for part in [
        "action INV-003-CAPA-001  records/INV-003.md:9\n",
        "    Review the verification evidence of REQ-MILL-001  records/INV-003.md:9\n    corrective, open: no outcome is recorded\n",
        "    owner: ann  records/INV-003.md:9\n    due: 2026-03-31  records/INV-003.md:9\n",
        "  record\n    INV-003 (investigation, in execution): The mill did not stop",
        "  requirements\n    REQ-MILL-001: The mill shall, whose evidence it puts in doubt  docs/srs.md:3\n",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    for name in ["INV-003/CAPA-1", "inv-3-capa-1", "CAPA-001", "CAPA-1"] {
        assert_eq!(chains(&files, name), told, "{name}");
    }
    let asks = chains(&files, "CAPA-2");
    assert!(asks.contains("  demands\n    a test of level integration of REQ-MILL-001: The mill shall"), "{asks}");
    assert!(asks.contains("  named by\n    CR-007 (change, draft): A test of the stop"), "{asks}");
    assert_eq!(chains(&files, "CAPA-3"), "");
    assert_eq!(chains(&files, "INV-004/CAPA-1"), "", "of another record");
}

#[test]
fn code_is_traced_by_its_file_and_its_name() {
    let code = "class Mill:\n    def stop(self):\n        \"\"\"Implements: REQ-MILL-001\"\"\"\n        return True\n\n    \
        def start(self):\n        return True\n\n\ndef idle():\n    pass\n";
    let files = [FILES, &[("mill/core.py", code)]].concat();
    let file = chains(&files, "mill/core.py");
    assert!(
        file.contains(
            "  implements\n    REQ-MILL-001: The mill shall: a marker says that Mill.stop implements it  mill/core.py:3\n"
        ),
        "{file}"
    );
    for name in ["mill/core.py::Mill.stop", "core.py::stop", "mill/core.py:Mill.stop", "mill/core.py::Mill::stop()"] {
        let told = chains(&files, name);
        assert!(
            told.starts_with("code mill/core.py::Mill.stop  mill/core.py:2\n  code\n    its body stands on lines 2 to 4\n"),
            "{name}: {told}"
        );
        assert!(told.contains("that Mill.stop implements it"), "{told}");
    }
    assert!(chains(&files, "mill/core.py::Mill").contains("that Mill.stop implements it"), "what stands in it");
    let other = chains(&files, "mill/core.py::Mill.start");
    assert!(other.starts_with("code mill/core.py::Mill.start") && !other.contains("implements"), "{other}");
    assert_eq!(chains(&files, "mill/core.py::gone"), "");
    let tests = chains(&files, "tests/test_mill.py");
    assert!(
        tests.contains(
            "  tests\n    test_stops  tests/test_mill.py:4\n      evidence of REQ-MILL-001: The mill shall  docs/srs.md:3\n"
        ),
        "{tests}"
    );
}
