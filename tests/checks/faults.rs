//! Faults that a gate must not pass over: each fails it, and the finding names the cause.

use super::support::{analyze_folder, folder, read_folder, rendered};
use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::finding::Severity;
use tracegate::settings::Settings;
use tracegate::verdict::Summary;

fn analyzed(fault: &str) -> Analysis {
    analyze_folder(&folder("faults").join(fault))
}

/// An error with this code whose message names the cause.
fn fails(fault: &str, code: &str, cause: &str) {
    let analysis = analyzed(fault);
    let mut errors = analysis.findings.iter().filter(|one| one.code == code && one.severity == Severity::Error);
    assert!(errors.any(|one| one.message.contains(cause)), "{fault}: no error {code} names {cause:?}\n{}", all(&analysis));
}

fn all(analysis: &Analysis) -> String {
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(|code| rendered(analysis, code)).collect()
}

#[test]
fn without_a_fault_there_is_no_error_and_no_warning() {
    let analysis = analyzed("none");
    assert!(analysis.findings.iter().all(|one| one.severity == Severity::Info), "{}", all(&analysis));
}

#[test]
fn a_test_cites_an_unknown_requirement() {
    fails("test-cites-unknown-requirement", "T03", "REQ-VALVE-031");
}

#[test]
fn a_row_cites_an_unknown_requirement() {
    fails("row-cites-unknown-requirement", "M01", "REQ-VALVE-031");
}

#[test]
fn a_requirement_has_no_test() {
    fails("requirement-without-test", "T01", "REQ-VALVE-003");
}

#[test]
fn a_cited_test_does_not_exist() {
    fails("ghost-test", "M02", "test_shuts_tight");
}

#[test]
fn a_cited_test_never_ran() {
    fails("cited-test-never-ran", "E01", "test_closes");
}

#[test]
fn a_cited_test_failed() {
    fails("cited-test-failed", "E02", "test_closes");
    fails("cited-test-failed", "M10", "test_closes");
}

#[test]
fn the_results_are_empty() {
    fails("results-empty", "Q04", "has no test case");
}

#[test]
fn the_results_cannot_be_read() {
    fails("results-unreadable", "Q04", "results/junit.xml");
}

#[test]
fn a_failure_that_is_counted_was_taken_out_of_the_results() {
    let test = "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n";
    let told = |results: &str| {
        let specification = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n";
        let files = [("docs/srs.md", specification), ("test_a.py", test), ("results/junit.xml", results)];
        let analysis = analyze(&Memory::new(files), &Settings::default());
        let errors = analysis.findings.iter().filter(|one| one.severity == Severity::Error);
        errors.map(|one| one.message.clone()).collect::<String>()
    };
    let edited = told("<testsuite failures=\"1\"><testcase classname=\"test_a\" name=\"test_stop\"/></testsuite>");
    assert!(edited.contains("results/junit.xml does not show all that failed: the suite counts 1 failure"), "{edited}");
    assert_eq!(told("<testsuite failures=\"0\"><testcase classname=\"test_a\" name=\"test_stop\"/></testsuite>"), "");
}

#[test]
fn a_failed_test_of_several_requirements_is_a_gap_of_each() {
    let specification =
        "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n\n### REQ-A-002: Start\n\nThe pump shall start.\n";
    let test = "def test_stop():\n    \"\"\"Verifies: REQ-A-001, REQ-A-002\"\"\"\n    assert stop()\n\n\ndef test_other():\n    assert stop()\n";
    let of = |results: &str| {
        let files = [("docs/srs.md", specification), ("test_a.py", test), ("results/junit.xml", results)];
        let analysis = analyze(&Memory::new(files), &Settings::default());
        let summary = Summary::of(&analysis.graph, &analysis.findings);
        (summary.verified, summary.gap, summary.not_assessed)
    };
    let other = "<testcase classname=\"test_a\" name=\"test_other\"/>";
    assert_eq!(of(&format!("<testsuite>{other}<testcase classname=\"test_a\" name=\"test_stop\"/></testsuite>")), (2, 0, 0));
    let failed = "<testcase classname=\"test_a\" name=\"test_stop\"><failure message=\"no\"/></testcase>";
    assert_eq!(of(&format!("<testsuite>{other}{failed}</testsuite>")), (0, 2, 0), "E02");
    assert_eq!(of(&format!("<testsuite>{other}</testsuite>")), (0, 2, 0), "E01");
}

#[test]
fn what_is_no_xml_lies_among_the_results() {
    let specification = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n";
    let test = "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n";
    let results = "<testsuite><testcase classname=\"test_a\" name=\"test_stop\"/></testsuite>";
    let told = |path: &str, text: &str| {
        let files = [("docs/srs.md", specification), ("test_a.py", test), ("results/junit.xml", results), (path, text)];
        let analysis = analyze(&Memory::new(files), &Settings::default());
        analysis.findings.iter().filter(|one| one.code == "Q04" && one.severity == Severity::Error).count()
    };
    assert_eq!(told("results/night.xml", "Segmentation fault"), 1);
    assert_eq!(told("results/night.xml", ""), 1);
    assert_eq!(told("results/night.xml", "<settings/>"), 0, "XML of other tools lies there too");
    assert_eq!(told("layout/night.xml", ""), 0);
}

#[test]
fn a_name_stands_in_two_files() {
    fails("same-name-in-two-files", "M04", "tests/test_more.py");
}

#[test]
fn the_tests_are_out_of_reach() {
    fails("tests-out-of-reach", "E12", "no test source");
}

#[test]
fn the_results_are_missing() {
    fails("results-missing", "E01", "No test results were read");
}

#[test]
fn a_test_passes_and_runs_none_of_the_code() {
    fails("hollow-test", "S02", "`valve/motor.py:close`, which implements it");
}

#[test]
fn a_test_runs_no_more_of_the_code_than_its_definition() {
    fails("hollow-test-runs-a-definition", "S02", "`valve/motor.py:close`, which implements it");
}

#[test]
fn a_test_runs_no_more_of_the_code_than_its_imports() {
    fails("hollow-test-runs-an-import", "S02", "`valve/motor.py`, which implements it");
}

#[test]
fn before_the_tests_have_run_no_result_is_missed() {
    let files = read_folder(&folder("faults").join("results-missing"));
    let settings = Settings { without_results: true, ..Settings::default() };
    let analysis = analyze(&Memory::new(files), &settings);
    assert!(analysis.findings.iter().all(|one| one.severity == Severity::Info), "{}", all(&analysis));
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.verified, summary.not_assessed), (0, summary.active));
}

#[test]
fn nothing_at_all_is_nothing_to_check() {
    let analysis = analyzed("nothing-at-all");
    assert!(analysis.graph.requirements.is_empty() && analysis.graph.rows.is_empty());
}

#[test]
fn the_results_of_one_language_are_gone() {
    fails("results-of-one-language", "E01", "no result of that language was read");
}

#[test]
fn an_evidence_file_was_edited_by_hand() {
    fails("evidence-edited", "E09", "results/junit.xml");
}
