//! What was not read, or is written in another way, is not called missing.

use super::support::{analyze_files, analyze_folder, folder};
use tracegate::analysis::Analysis;
use tracegate::verdict::{States, UNTOLD};

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

/// The codes of the findings, without those that say that no test has run, and that some test serves nothing.
fn codes(analysis: &Analysis) -> Vec<&str> {
    analysis.findings.iter().map(|one| one.code).filter(|code| !matches!(*code, "E01" | "T02")).collect()
}

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n| REQ-A-002 | The pump shall stop. |\n",
);

const TESTS: (&str, &str) = (
    "tests/test_pump.py",
    "class TestRun:\n    def test_starts(self):\n        assert run()\n\n    def test_stops(self):\n        assert not run()\n",
);

fn matrix(first: &str, second: &str) -> String {
    format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | {first} |\n| REQ-A-002 | {second} |\n")
}

#[test]
fn files_of_any_kind_are_there() {
    let rows = matrix("tests/golden/start.txt", "`tests/test_pump.py::TestRun::test_stops`");
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", &rows), ("tests/golden/start.txt", "x")]);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", &rows)]);
    assert_eq!(codes(&analysis), ["M02"], "{:?}", analysis.findings);
}

#[test]
fn lists_in_braces_and_patterns_of_names() {
    for rows in [
        matrix("`tests/test_{pump,valve}.py`", "`TestRun.*`"),
        matrix("`test_sta*`", "`test_sto*`"),
        matrix("`tests/{test_pump, test_valve}.py`", "`tests/test_pump.py`"),
    ] {
        let valve = ("tests/test_valve.py", "def test_opens():\n    assert open()\n");
        let analysis = analyzed(&[SPECIFICATION, TESTS, valve, ("docs/rtm.md", &rows)]);
        assert!(codes(&analysis).is_empty(), "{rows}: {:?}", analysis.findings);
    }
    let rows = matrix("`tests/test_{pump,vlave}.py`", "`TestRun.*`");
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", &rows)]);
    let ghosts: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "M02").map(|one| one.message.as_str()).collect();
    assert_eq!(ghosts, ["REQ-A-001 cites the file `tests/test_vlave.py`, which does not exist"]);
}

#[test]
fn a_rule_between_sections_hides_nothing() {
    let text = "# Requirements\n\nSee below.\n\n---\n## Functions\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n\n---\n## Appendix\n";
    let analysis = analyzed(&[("docs/requirements.md", text)]);
    assert_eq!(analysis.graph.requirements.len(), 1);
    let front = "---\ntitle: Requirements\n---\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n";
    assert_eq!(analyzed(&[("docs/requirements.md", front)]).graph.requirements.len(), 1);
}

#[test]
fn what_a_matrix_lists_as_untested_disowns_none_of_its_rows() {
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | test_starts |\n| REQ-A-002 | test_stops |\n\n## Requirements without tests\n\n| Req ID | Requirement | Reason |\n|---|---|---|\n| REQ-A-003 | The pump shall float. | No basin |\n";
    let analysis = analyzed(&[("docs/rtm.md", rows), TESTS]);
    assert_eq!(analysis.graph.requirements.len(), 3);
    assert_eq!(codes(&analysis), ["T01"], "{:?}", analysis.findings);
}

#[test]
fn the_level_of_evidence_that_nobody_knows_is_not_missing() {
    let specification = "# Requirements\n\n| Req ID | Requirement | Verification |\n|---|---|---|\n| REQ-A-001 | The pump shall start. | Unit test |\n";
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | TEST-01 |\n";
    let analysis = analyzed(&[("docs/requirements.md", specification), ("docs/rtm.md", rows), TESTS]);
    assert_eq!(codes(&analysis), ["E12"], "{:?}", analysis.findings);
}

#[test]
fn the_header_of_a_file_may_abbreviate_what_its_tests_name_in_full() {
    let short = "\"\"\"Verifies requirements: A-001, A-002, A-003, A-004\"\"\"\n\n";
    let specification: String =
        (1..=4).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |\n")).collect::<String>();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{specification}");
    let full: String = (1..=4)
        .map(|at| format!("def test_{at}():\n    \"\"\"Verifies: REQ-A-{at:03}\"\"\"\n    assert step({at})\n\n"))
        .collect();
    let analysis = analyzed(&[("docs/requirements.md", &specification), ("tests/test_a.py", &format!("{short}{full}"))]);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_class_below_a_project_is_no_folder() {
    let class = (
        "tests/Pump.Start.Tests/ColdStartTests.cs",
        "public class ColdStartTests {\n    [Fact]\n    public void Starts() { Assert.True(Run()); }\n}\n",
    );
    let nested = (
        "tests/Pump.Stop.Tests/All.cs",
        "public class HotStopTests {\n    [Fact]\n    public void Stops() { Assert.True(Halt()); }\n}\n",
    );
    let rows = matrix("`Start.Tests/ColdStartTests`", "`Stop.Tests/HotStopTests`");
    let analysis = analyzed(&[SPECIFICATION, class, nested, ("docs/rtm.md", &rows)]);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
    let rows = matrix("`Start.Tests/ColdStartTests`", "`Stop.Tests/WarmStopTests`");
    let analysis = analyzed(&[SPECIFICATION, class, nested, ("docs/rtm.md", &rows)]);
    assert_eq!(codes(&analysis), ["M02"], "{:?}", analysis.findings);
}

#[test]
fn a_heading_of_a_document_is_no_test() {
    let rows = matrix("[notes](notes.md#cold-start), `docs/notes.md:2026-07-04`", "`tests/test_pump.py::TestRun::test_stops`");
    let notes = ("docs/notes.md", "# Notes\n\n## Cold start\n\nSeen.\n");
    let analysis = analyzed(&[SPECIFICATION, TESTS, notes, ("docs/rtm.md", &rows)]);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_record_of_a_few_rows_of_a_matrix_defines_none_of_them() {
    let rows: String = (1..=9).map(|at| format!("| REQ-{at:03} | Step {at} | tests/test_pump.py |\n")).collect();
    let rows = format!("# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n{rows}");
    let record = ("SIGNOFF.md", "# Sign-off of March\n\n### REQ-002: Step 2\nAccepted.\n\n### REQ-003: Step 3\nAccepted.\n");
    let analysis = analyzed(&[TESTS, ("docs/rtm.md", &rows), record]);
    assert_eq!(analysis.graph.requirements.len(), 9);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_cell_that_says_none_cites_nothing_by_its_remark() {
    let marked = ("tests/test_adr.py", "def test_limits():\n    \"\"\"Verifies: ADR-7\"\"\"\n    assert limit()\n");
    let rows = matrix("— *(untested; ADR-7 says that it should be measured)*", "`tests/test_pump.py`");
    let analysis = analyzed(&[SPECIFICATION, TESTS, marked, ("docs/rtm.md", &rows)]);
    assert_eq!(codes(&analysis), ["T01"], "{:?}", analysis.findings);
    let rows = matrix("- (unit) `test_starts`", "`tests/test_pump.py`");
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", &rows)]);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_table_elsewhere_puts_no_requirement_out_of_force() {
    let roadmap = (
        "docs/roadmap.md",
        "# Roadmap\n\n| Req ID | Requirement | Status |\n|---|---|---|\n| REQ-A-002 | The pump shall stop. | Planned |\n",
    );
    let analysis = analyzed(&[SPECIFICATION, roadmap]);
    let planned = tracegate::model::requirement::Standing::Planned;
    assert!(analysis.graph.requirements.iter().all(|one| one.standing != planned), "{:?}", analysis.graph.requirements);
}

#[test]
fn a_status_inside_of_a_sentence_retires_nothing() {
    let text = "# Requirements\n\n- **REQ-A-001** A late answer after `CANCELLED` MUST NOT start the pump.\n- **REQ-A-002** The state REMOVED shall be kept.\n- **REQ-A-003** DEPRECATED\n";
    let analysis = analyzed(&[("docs/requirements.md", text)]);
    let active = analysis.graph.requirements.iter().filter(|one| one.standing == tracegate::model::requirement::Standing::Active);
    assert_eq!(active.map(|one| one.id.as_str()).collect::<Vec<_>>(), ["REQ-A-001", "REQ-A-002"]);
}

#[test]
fn a_register_tells_what_is_planned() {
    let register = "requirements:\n- id: REQ-A-001\n  title: The pump shall start.\n  status: implemented\n- id: REQ-A-002\n  title: The pump shall stop.\n  status: planned\n";
    let analysis = analyzed(&[SPECIFICATION, ("docs/requirements/requirements.yaml", register)]);
    assert_eq!(analysis.graph.requirements.len(), 2);
    let told: Vec<String> = analysis.findings.iter().filter(|one| one.code == "T01").map(|one| one.message.clone()).collect();
    assert!(told.len() == 1 && told.iter().all(|one| one.contains("REQ-A-001")), "{told:?}");
}

#[test]
fn references_in_the_head_of_a_file_of_tests_trace() {
    let tests = (
        "tests/test_pump.py",
        "\"\"\"Pump tests.\n\nREQ refs: REQ-A-001, REQ-A-002\n\"\"\"\n\ndef test_runs():\n    assert run()\n",
    );
    assert!(codes(&analyzed(&[SPECIFICATION, tests])).is_empty());
}

#[test]
fn numbers_lean_on_the_test_case_before_them() {
    let cases = (
        "tests/test_pump.py",
        "def test_a():\n    \"\"\"TC-P-001\"\"\"\n    assert a()\n\ndef test_b():\n    \"\"\"TC-P-002\"\"\"\n    assert b()\n",
    );
    let rows = matrix("TC-P-001, -002", "TC-P-001, -003");
    let analysis = analyzed(&[SPECIFICATION, cases, ("docs/rtm.md", &rows)]);
    let ghosts: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "M02").map(|one| one.subject.as_str()).collect();
    assert_eq!(ghosts, ["TC-P-003"], "{:?}", analysis.findings);
}

#[test]
fn the_identifier_of_evidence_may_be_that_of_the_requirement() {
    let rows = "# Traceability matrix\n\n| Evidence ID | Tracker ID | Test |\n|---|---|---|\n| REQ-A-001 | TRK-1 | test_starts |\n| REQ-A-002 | TRK-2 | test_stops |\n";
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", rows)]);
    assert_eq!(analysis.graph.requirements.len(), 2);
    assert!(codes(&analysis).is_empty(), "{:?}", analysis.findings);
}

/// The states of the requirements, as a person reads them, each with why it is not assessed.
fn states(analysis: &Analysis) -> Vec<String> {
    let states = States::of(&analysis.graph, &analysis.findings);
    let told = |id| states.not_assessed(&analysis.graph, id).map_or(String::new(), |why| format!(": {why}"));
    let all = analysis.graph.requirements();
    all.map(|(id, one)| format!("{} {}{}", one.id, states.get(id).name(), told(id))).collect()
}

#[test]
fn what_no_finding_tells_is_no_gap() {
    let analysis = analyze_folder(&folder("unverified-requirement").join("defect"));
    let doubtful = states(&analysis).into_iter().filter(|state| state.starts_with("FR-001 ")).collect::<Vec<_>>();
    assert_eq!(doubtful, vec![format!("FR-001 not-assessed: {UNTOLD}"); 2], "{:?}", analysis.findings);
    let analysis = analyzed(&[SPECIFICATION, TESTS]);
    assert_eq!(states(&analysis), ["REQ-A-001 gap", "REQ-A-002 gap"], "{:?}", analysis.findings);
}

#[test]
fn each_requirement_of_a_row_that_cites_what_does_not_exist_has_its_finding() {
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001, REQ-A-002 | `tests/test_pump.py::TestRun::test_stalls` |\n";
    let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", rows)]);
    assert_eq!(codes(&analysis), ["M02"], "{:?}", analysis.findings);
    assert_eq!(states(&analysis), ["REQ-A-001 gap", "REQ-A-002 gap"]);
}

#[test]
fn damaged_artifacts_are_told_with_what_was_still_read() {
    let rows = matrix("`tests/test_pump.py::TestRun::test_starts`", "`tests/test_pump.py::TestRun::test_stops`");
    let told = |path: &str, text: &str| -> Vec<String> {
        let analysis = analyzed(&[SPECIFICATION, TESTS, ("docs/rtm.md", &rows), (path, text)]);
        analysis.findings.iter().filter(|one| one.code == "Q04").map(|one| one.message.clone()).collect()
    };
    let whole = "<testcase classname=\"tests.test_pump.TestRun\" name=\"test_starts\"/>";
    let [cut] = &told("results/run.xml", &format!("<testsuite name=\"s\" tests=\"2\">{whole}<testcase na"))[..] else { panic!() };
    assert!(
        cut.starts_with("results/run.xml is damaged: what it tells before this place was read (1 result), and nothing behind it"),
        "{cut}"
    );
    let [lost] = &told("results/coverage.json", &"[".repeat(100_000))[..] else { panic!() };
    assert!(lost.starts_with("results/coverage.json could not be read, so nothing in it is checked"), "{lost}");
    assert!(told("results/notes.json", "{\"of\": 1}\n{\"of\": 2}\n").is_empty(), "several values are no damage");
    assert!(told("docs/broken.json", "[").is_empty(), "it lies where no run writes");
}

#[test]
fn rows_that_a_shortened_specification_left_behind_close_the_gate_where_the_matrix_names_it() {
    let rows: String = (1..=9).map(|n| format!("| REQ-A-00{n} | by inspection |\n")).collect();
    let told = |head: &str, kept: u32| {
        let list: String = (1..=kept).map(|n| format!("| REQ-A-00{n} | The pump shall do {n}. |\n")).collect();
        let srs = format!("# PUMP-SRS: Requirements of the pump\n\n| Req ID | Requirement |\n|---|---|\n{list}");
        let rtm = format!("# Traceability matrix\n\n{head}\n\n| Req ID | Test |\n|---|---|\n{rows}");
        let analysis = analyzed(&[("docs/PUMP-SRS.md", &srs), ("docs/rtm.md", &rtm)]);
        let found = analysis.findings.iter().filter(|one| one.code == "M01");
        found.map(|one| (one.severity.name(), one.help.to_string())).collect::<Vec<_>>()
    };
    // The document is there and has lost them.
    let shortened = told("It is for PUMP-SRS.", 3);
    let [(severity, help)] = shortened.as_slice() else { panic!("{shortened:?}") };
    assert!(*severity == "error" && help == "Define them in docs/PUMP-SRS.md again, or take the rows out.", "{help}");
    // Another document, which nobody read, may define them.
    let silent = told("It is for the whole line.", 3);
    assert_eq!(silent.iter().map(|one| one.0).collect::<Vec<_>>(), ["warning"], "{silent:?}");
    assert_eq!(told("It is for PUMP-SRS.", 9), []);
}

#[test]
fn a_feature_that_is_skipped_shows_nothing() {
    let specification = ("docs/requirements.md", "# Requirements\n\n## REQ-A-001: Start\nThe pump shall start.\n");
    let found = |head: &str, tag: &str, more: &str| {
        let text = format!("{head}\nFeature: Start\n\n  {tag}\n  Scenario: At once\n    Given a\n    Then b\n{more}");
        let analysis = analyzed(&[specification, ("features/start.feature", &text)]);
        let told: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "E02").map(|one| one.subject.as_str()).collect();
        told.join(" ")
    };
    assert_eq!(found("@skip @REQ-A-001", "@REQ-A-001", ""), "Start::At once");
    assert_eq!(found("@skip", "@REQ-A-001", ""), "Start::At once");
    assert_eq!(found("@skip @REQ-A-001", "@fast", ""), "Start::At once");
    assert_eq!(found("@REQ-A-001", "@fast", ""), "");
    // One of several that rests takes nothing away.
    let runs = "\n  Scenario: Later\n    Given a\n    Then b\n";
    assert_eq!(found("@REQ-A-001", "@skip", runs), "");
}

#[test]
fn what_an_older_version_demands_may_not_be_in_force() {
    let new =
        "# Pump specification\n\n- REQ-1: The pump shall start.\n- REQ-2: The pump shall stop.\n- REQ-3: The pump shall warn.\n";
    let old = "# Pump specification\n\n- REQ-1: Start by hand only.\n- REQ-2: Stop at night.\n- REQ-9: Whistle a tune.\n";
    let matrix = "# Traceability matrix\n\n| Req ID | Text | Test |\n|---|---|---|\n| REQ-1 | The pump shall start. | `tests/test_pump.py::TestRun::test_starts` |\n| REQ-2 | The pump shall stop. | `tests/test_pump.py::TestRun::test_stops` |\n| REQ-3 | The pump shall warn. | `tests/test_pump.py::TestRun::test_stops` |\n";
    let told = |path: &str| {
        let analysis = analyzed(&[("docs/spec2.md", new), (path, old), ("docs/rtm.md", matrix), TESTS]);
        let told = analysis.findings.iter().filter(|one| one.code == "T01");
        told.map(|one| format!("{:?} {}", one.severity, one.message)).collect::<Vec<String>>()
    };
    let version =
        "Warning docs/spec1.md and docs/spec2.md look like versions of one specification, and more of docs/spec2.md is traced";
    let found = told("docs/spec1.md");
    assert!(found.len() == 1 && found.iter().all(|one| one.starts_with(version)), "{found:#?}");
    assert!(told("docs/other-spec.md").iter().any(|one| one.starts_with("Error")), "another product");
}
