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
