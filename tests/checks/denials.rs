//! What says that there is no test, or that one does not run, outranks what only mentions the requirement.

use super::support::analyze_files;
use tracegate::analysis::Analysis;
use tracegate::model::test_case::State;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

/// The findings but for those on results, each as `code: message`.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let analysis = analyzed(files);
    let findings = analysis.findings.iter().filter(|one| !matches!(one.code, "E01" | "T02"));
    findings.map(|one| format!("{}: {}", one.code, one.message)).collect()
}

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n| REQ-A-002 | The pump shall stop. |\n| REQ-A-003 | The pump shall ring. |\n| REQ-A-004 | The pump shall blink. |\n",
);

const TEST: (&str, &str) = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");

#[test]
fn a_row_with_a_dash_outranks_the_list_of_gaps_below_it() {
    let rows = "# Traceability matrix\n\n| Req ID | Test | Status |\n|---|---|---|\n| REQ-A-001 | `test_starts` | COVERED |\n| REQ-A-002 | — | NOT COVERED |\n| REQ-A-003 | — | BY HAND |\n| REQ-A-004 | — | NOT COVERED |\n";
    let gaps = "\n## Still to be written\n\n| Req | Idea |\n|---|---|\n| **REQ-A-002** | Press the button |\n\nREQ-A-003 to REQ-A-004.\n\n## Summary\n\n| Area | Tests |\n|---|---|\n| Signals (REQ-A-003 to REQ-A-004) | 0 |\n";
    let found = told(&[SPECIFICATION, ("docs/rtm.md", &format!("{rows}{gaps}")), TEST]);
    assert!(found.iter().all(|one| !one.starts_with("Q04")), "{found:?}");
    assert_eq!(found.iter().filter(|one| one.contains("its row in docs/rtm.md cites nothing")).count(), 3, "{found:?}");
}

#[test]
fn a_list_below_a_heading_of_gaps_is_no_trace() {
    let matrix = |heading: &str| {
        format!(
            "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | `test_starts` |\n| REQ-A-004 | `test_starts` |\n\n## {heading}\n\nREQ-A-002, REQ-A-003\n"
        )
    };
    let quiet = |heading: &str| {
        let found = told(&[SPECIFICATION, ("docs/rtm.md", &matrix(heading)), TEST]);
        found.iter().all(|one| !one.starts_with("Q04"))
    };
    assert!(quiet("Coverage gaps (requirements without a test)"));
    assert!(!quiet("Verified by the acceptance of the plant"));
}

#[test]
fn a_sentence_in_a_table_of_a_document_on_tests_is_no_trace() {
    let quiet = |cell: &str| {
        let rules = format!("# Data model: test architecture\n\n| Entity | Rule |\n|---|---|\n| Result | {cell} |\n");
        let found = told(&[SPECIFICATION, ("docs/data-model.md", &rules), TEST]);
        found.iter().all(|one| !one.starts_with("Q04"))
    };
    assert!(quiet("Filter by flags per REQ-A-002"));
    assert!(!quiet("REQ-A-002"));
}

#[test]
fn tests_in_a_comment_that_puts_them_aside_are_no_tests() {
    let source = |open: &str, close: &str| {
        format!(
            "#[test]\nfn starts() {{\n    assert!(run());\n}}\n\n{open}\n// [REQ-A-002] stops\n#[test]\nfn stops() {{\n    stop();\n    assert!(idle());\n}}\n// [REQ-A-003] rings\n#[test]\nfn rings() {{\n    ring();\n    assert!(loud());\n}}\n// [REQ-A-004] blinks\n{close}\n"
        )
    };
    let aside = told(&[SPECIFICATION, ("tests/pump.rs", &source("/* to be reviewed", "*/"))]);
    assert!(aside.iter().any(|one| one.contains("Nothing verifies any requirement of docs/requirements.md")), "{aside:?}");
    let live = told(&[SPECIFICATION, ("tests/pump.rs", &source("", ""))]);
    assert!(live.iter().all(|one| !one.contains("REQ-A-… (4)")), "{live:?}");
}

#[test]
fn a_row_that_denies_its_own_citation_is_no_pass() {
    let matrix = |status: &str| {
        format!(
            "# Traceability matrix\n\n| Req ID | Test | Status |\n|---|---|---|\n| REQ-A-001 | tests/test_pump.py | ✅ PASS |\n| REQ-A-002 | tests/test_pump.py | {status} |\n"
        )
    };
    let denied = |status: &str| {
        let found = told(&[SPECIFICATION, ("docs/rtm.md", &matrix(status)), TEST]);
        found.contains(&"E02: The row of REQ-A-002 says that it is not tested, although it cites a test".to_owned())
    };
    for status in ["❌ NOT TESTED", "Not tested", "**Untested**", "not covered (by hand)"] {
        assert!(denied(status), "{status}");
    }
    for status in ["✅", "Tested", "Not tested on site, passed in the laboratory", "Nothing"] {
        assert!(!denied(status), "{status}");
    }
}

#[test]
fn a_condition_does_not_hide_that_a_test_is_disabled() {
    let source = "/// Verifies: REQ-A-001\n#[cfg(feature = \"wet\")]\n#[test]\n#[ignore = \"no water yet\"]\nfn starts() {\n    assert!(run());\n}\n";
    let analysis = analyzed(&[SPECIFICATION, ("tests/pump.rs", source)]);
    assert_eq!(analysis.graph.tests().map(|(id, _)| analysis.graph.test(id).state).collect::<Vec<_>>(), [State::Ignored]);
    let found = told(&[SPECIFICATION, ("tests/pump.rs", source)]);
    assert!(found.iter().any(|one| one.starts_with("E02") && one.contains("REQ-A-001")), "{found:?}");
}

#[test]
fn a_function_of_the_file_alone_that_its_list_leaves_out_is_no_test() {
    let source = "#include \"unity.h\"\n\nstatic void TestHook_Tick(void) { ticks++; }\n\nvoid test_starts(void) { TEST_ASSERT_TRUE(run(TestHook_Tick)); }\n\nint main(void) {\n    UNITY_BEGIN();\n    RUN_TEST(test_starts);\n    return UNITY_END();\n}\n";
    let analysis = analyzed(&[SPECIFICATION, ("test/test_pump.c", source)]);
    let graph = &analysis.graph;
    let kinds = graph.tests().map(|(id, _)| (graph.test(id).name.as_str(), graph.test(id).kind));
    let tests: Vec<&str> =
        kinds.filter(|(_, kind)| *kind == tracegate::model::test_case::Kind::Test).map(|(name, _)| name).collect();
    assert_eq!(tests, ["test_starts"]);
}

#[test]
fn a_described_case_that_no_test_carries_stands_out_among_those_that_tests_carry() {
    let told = |carried: usize, described: &str| {
        let ids: Vec<String> = (1..=carried + 1).map(|at| format!("TC-PUMP-{at:03}")).collect();
        let requirements: String =
            (1..=carried + 1).map(|at| format!("| REQ-A-{at:03} | The pump shall keep rule {at}. |\n")).collect();
        let rows: String = ids.iter().enumerate().map(|(at, id)| format!("| REQ-A-{:03} | {id} |\n", at + 1)).collect();
        let cases: String = ids.iter().map(|id| format!("### {id}: One of the rules\n\n{described}\n\n")).collect();
        let tests: String = ids
            .iter()
            .take(carried)
            .enumerate()
            .map(|(at, id)| format!("def test_{at}():\n    \"\"\"{id}\"\"\"\n    assert rule({at})\n\n\n"))
            .collect();
        let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{requirements}");
        let matrix = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
        let cases = format!("# Test cases\n\n{cases}");
        let files = [
            ("docs/requirements.md", specification.as_str()),
            ("docs/rtm.md", matrix.as_str()),
            ("docs/test-cases.md", cases.as_str()),
            ("tests/test_pump.py", tests.as_str()),
        ];
        self::told(&files).into_iter().filter(|one| one.starts_with("M02")).collect::<Vec<_>>()
    };
    let found = told(12, "Steps: run the rule.");
    assert!(found.len() == 1 && found[0].contains("TC-PUMP-013") && found[0].contains("12 of the 13 cases"), "{found:?}");
    assert_eq!(told(12, "Carried out manually on the rig."), [] as [String; 0]);
    assert_eq!(told(5, "Steps: run the rule."), [] as [String; 0]);
}

#[test]
fn a_cell_that_says_that_its_test_is_to_come_verifies_nothing() {
    let told = |cell: &str| {
        let matrix = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | {cell} |\n");
        let results = "<testsuite name='p' tests='1'><testcase classname='tests.test_pump' name='test_starts'/></testsuite>";
        let specification = "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n";
        told(&[("docs/requirements.md", specification), ("docs/rtm.md", &matrix), TEST, ("junit.xml", results)])
    };
    for cell in
        ["NOT_IMPLEMENTED (planned: tests/test_pump.py)", "TODO: `tests/test_pump.py`", "TBD (`tests/test_pump.py::test_starts`)"]
    {
        let found = told(cell);
        assert!(found.len() == 1 && found[0].starts_with("T01: Nothing verifies REQ-A-001"), "{cell}: {found:?}");
    }
    assert_eq!(told("tests/test_pump.py::test_starts"), [] as [String; 0]);
}

#[test]
fn who_says_that_a_file_of_tests_passed_must_have_it_whatever_the_document_is_called() {
    let told = |status: &str| {
        let rows: String =
            (1..=4).map(|at| format!("| REQ-A-00{at} | `tests/integration/test_part_{at}.py` | {status} |\n")).collect();
        let design = format!("# Software design\n\n## Verification\n\n| Req ID | Test | Status |\n|---|---|---|\n{rows}");
        told(&[SPECIFICATION, ("docs/design.md", &design), TEST])
    };
    assert!(told("PASS").iter().any(|one| one.starts_with("M02") && one.contains("docs/design.md")), "{:?}", told("PASS"));
    assert!(told("idea").iter().all(|one| !one.starts_with("M02")), "{:?}", told("idea"));
}

#[test]
fn a_failure_is_told_of_the_last_run_alone() {
    let run = |day: u32, name: &str, failed: bool| {
        let body = if failed { "<failure message='no'/>" } else { "" };
        format!(
            "<testsuites><testsuite name='e2e' timestamp='2025-10-{day:02}T10:00:00' tests='1'><testcase classname='door' name='{name}' time='1'>{body}</testcase></testsuite></testsuites>"
        )
    };
    let told = |last: bool| {
        let (a, b, c) = (run(3, "opens", true), run(4, "opens", true), run(5, "opens", last));
        let found = told(&[
            SPECIFICATION,
            TEST,
            ("results/results-1a2b3c4d5e.xml", &a),
            ("results/results-2b3c4d5e6f.xml", &b),
            ("results/results-3c4d5e6f7a.xml", &c),
        ]);
        found.into_iter().filter(|one| one.starts_with("E10")).collect::<Vec<_>>()
    };
    assert_eq!(told(true).len(), 1, "{:?}", told(true));
    assert_eq!(told(false), [] as [String; 0]);
}

#[test]
fn a_word_for_requirements_before_the_number_needs_no_hyphen_in_a_specification() {
    let text = "# Software Requirements Specification\n\n## Functional requirements\n\n- **LIFT_FR001 — Calls (Must)**: The lift shall answer calls.\n- **LIFT_FR002 — Doors (Must)**: The lift shall shut its doors.\n- **SEC_NFR001 — Keys**: The lift shall ask for a key.\n";
    let analysis = analyzed(&[("docs/SRS.md", text), TEST]);
    assert_eq!(analysis.graph.requirements().count(), 3);
    let codes = "# Software Requirements Specification\n\n- **REQ-A-001**: Texts shall be Unicode.\n- **UTF8**: one of its forms\n- **SHA256**: a digest\n";
    assert_eq!(analyzed(&[("docs/SRS.md", codes), TEST]).graph.requirements().count(), 1);
}
