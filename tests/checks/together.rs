//! What has one cause is told once, and names everything that it is about.

use super::support::analyze_files;
use tracegate::analysis::Analysis;
use tracegate::finding::Finding;
use tracegate::verdict::Summary;

const TESTS: (&str, &str) = (
    "tests/test_a.py",
    "def test_one():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert works()\n\ndef test_two():\n    assert works()\n",
);

fn analyzed(files: &[(&str, String)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect())
}

fn of<'a>(analysis: &'a Analysis, code: &str) -> Vec<&'a Finding> {
    analysis.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The only finding of a code, and the requirements that it is about.
fn only<'a>(analysis: &'a Analysis, code: &str) -> (&'a Finding, Vec<&'a str>) {
    let found = of(analysis, code);
    let [one] = found.as_slice() else { panic!("{code}: {:?}", analysis.findings) };
    (one, one.requirements().map(|(_, id)| id).collect())
}

/// A specification of so many requirements; `more` are further cells of each row.
fn specification(count: usize, columns: &str, more: &str) -> String {
    let head = columns.matches('|').count();
    let rows: String = (1..=count).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |{more}\n")).collect();
    format!("# Requirements\n\n| Req ID | Requirement |{columns}\n|---|---|{}\n{rows}", "---|".repeat(head))
}

#[test]
fn requirements_that_nothing_names() {
    let tests = (TESTS.0, TESTS.1.to_owned());
    let analysis = analyzed(&[("docs/requirements.md", specification(6, "", "")), tests.clone()]);
    let (finding, ids) = only(&analysis, "T01");
    assert_eq!(ids, ["REQ-A-002", "REQ-A-003", "REQ-A-004", "REQ-A-005", "REQ-A-006"]);
    assert!(finding.message.contains("Nothing verifies 5 requirements of docs/requirements.md"), "{}", finding.message);
    assert_eq!(finding.related.len(), 4, "the other four are shown");

    let analysis = analyzed(&[("docs/requirements.md", specification(4, "", "")), tests]);
    assert_eq!(of(&analysis, "T01").len(), 3, "a few are told one by one");
}

#[test]
fn rows_that_cite_nothing() {
    let rows: String = (1..=5).map(|at| format!("| REQ-A-{at:03} | Step {at} | Test | | Defined |\n")).collect();
    let matrix =
        format!("# Traceability matrix\n\n| Req ID | Requirement | Method | Test case | Status |\n|---|---|---|---|---|\n{rows}");
    let analysis = analyzed(&[("docs/rtm.md", matrix), ("docs/requirements.md", specification(5, "", ""))]);
    let (finding, ids) = only(&analysis, "T01");
    assert_eq!(ids.len(), 5);
    assert!(finding.message.contains("their rows cite nothing"), "{}", finding.message);
    assert!(of(&analysis, "M01").is_empty());
}

#[test]
fn what_an_inspection_verifies_owes_no_test() {
    let specification = specification(5, " Verification Method |", " Inspection |");
    let tests = (TESTS.0, TESTS.1.to_owned());
    let analysis = analyzed(&[("docs/requirements.md", specification), tests]);
    assert!(of(&analysis, "T01").is_empty(), "{:?}", analysis.findings);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.verified, summary.gap, summary.not_assessed), (0, 0, 5));
}

#[test]
fn requirements_without_a_row_and_rows_without_a_requirement() {
    let rows =
        |ids: &[usize]| ids.iter().map(|at| format!("| REQ-A-{at:03} | tests/test_a.py::test_one |\n")).collect::<String>();
    let matrix = |ids: &[usize]| format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{}", rows(ids));
    let tests = (TESTS.0, TESTS.1.to_owned());
    let analysis =
        analyzed(&[("docs/requirements.md", specification(9, "", "")), ("docs/rtm.md", matrix(&[1, 2, 3])), tests.clone()]);
    let (finding, ids) = only(&analysis, "M01");
    assert_eq!(ids.len(), 6);
    assert!(finding.message.contains("docs/rtm.md has no row for 6 requirements in force of"), "{}", finding.message);
    assert!(of(&analysis, "T01").is_empty(), "told once");

    let many = matrix(&[1, 2, 3, 4, 21, 22, 23, 24]);
    let analysis = analyzed(&[("docs/requirements.md", specification(4, "", "")), ("docs/rtm.md", many), tests]);
    let (finding, _) = only(&analysis, "M01");
    assert!(finding.message.contains("REQ-A-021, REQ-A-022, REQ-A-023"), "{}", finding.message);
}

#[test]
fn a_matrix_of_one_root_is_silent_on_the_others() {
    let mut text = specification(3, "", "");
    text += &(1..=6).map(|at| format!("| SIM-{at:03} | The model shall keep step {at}. |\n")).collect::<String>();
    let rows = "| REQ-A-001 | tests/test_a.py::test_one |\n| REQ-A-002 | tests/test_a.py::test_one |\n| REQ-A-003 | tests/test_a.py::test_one |\n";
    let matrix = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
    let files = [("docs/requirements.md", text), ("docs/rtm.md", matrix), (TESTS.0, TESTS.1.to_owned())];
    let analysis = analyzed(&files);
    assert!(of(&analysis, "M01").is_empty(), "{:?}", analysis.findings);
    assert_eq!(only(&analysis, "T01").1.len(), 6);
}

#[test]
fn the_matrix_of_a_chapter_is_silent_on_families_of_which_it_has_no_row() {
    let mut text = specification(3, "", "");
    text += &(1..=8).map(|at| format!("| REQ-B-{at:03} | The valve shall keep step {at}. |\n")).collect::<String>();
    let row = |id: &str| format!("| {id} | tests/test_a.py::test_one |\n");
    let head = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n";
    let chapter: String = (1..=3).map(|at| row(&format!("REQ-A-{at:03}"))).collect();
    let with = |rows: String| {
        let matrix = ("docs/rtm.md", format!("{head}{rows}"));
        analyzed(&[("docs/requirements.md", text.clone()), matrix, (TESTS.0, TESTS.1.to_owned())])
    };
    let analysis = with(chapter.clone());
    assert!(of(&analysis, "M01").is_empty(), "{:?}", analysis.findings);
    assert_eq!(only(&analysis, "T01").1.len(), 8, "they are told as what nothing verifies");
    let most: String = (1..=7).map(|at| row(&format!("REQ-B-{at:03}"))).collect();
    assert_eq!(only(&with(format!("{chapter}{most}")), "M01").1, ["REQ-B-008"]);
}

#[test]
fn test_cases_that_nothing_describes() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test case | Status |\n|---|---|---|\n| REQ-A-001 | TC-001 | Covered |\n| REQ-A-002 | TC-002 | Covered |\n";
    let files = [("docs/requirements.md", specification(2, "", "")), ("docs/rtm.md", matrix.to_owned())];
    let analysis = analyzed(&files);
    let (finding, _) = only(&analysis, "E12");
    assert!(finding.message.contains("(TC-001 and TC-002)"), "{}", finding.message);
}

#[test]
fn a_document_of_vague_words() {
    let rows: String = (1..=5).map(|at| format!("| REQ-A-{at:03} | The pump shall react adequately to step {at}. |\n")).collect();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{rows}");
    let analysis = analyzed(&[("docs/requirements.md", specification)]);
    let (finding, _) = only(&analysis, "R05");
    assert!(finding.message.contains("5 requirements of docs/requirements.md"), "{}", finding.message);
    assert_eq!(finding.related.len(), 4);
}

#[test]
fn tests_of_many_files_that_did_not_run() {
    let specification = specification(6, "", "");
    let mut files = vec![("docs/requirements.md", specification)];
    let paths: Vec<String> = (1..=6).map(|at| format!("tests/test_{at}.py")).collect();
    for (at, path) in paths.iter().enumerate() {
        let name = at + 1;
        files.push((path, format!("def test_{name}():\n    \"\"\"Verifies: REQ-A-{name:03}\"\"\"\n    assert works()\n")));
    }
    let run = "<testsuite name='pytest' tests='1'><testcase classname='tests.test_1' name='test_1'/></testsuite>";
    files.push(("results/junit.xml", run.to_owned()));
    let analysis = analyzed(&files);
    let (finding, ids) = only(&analysis, "E01");
    assert_eq!(ids.len(), 5);
    assert!(finding.message.contains("5 tests in 5 files"), "{}", finding.message);
    assert_eq!(finding.related.len(), 5, "the citation, and the other files");
}

#[test]
fn a_matrix_defines_what_its_requirement_column_lists_whatever_the_family() {
    let matrix = "# Traceability matrix\n\n| Requirement ID | Title | Test | Status |\n|---|---|---|---|\n\
        | CRC-001 | Frames are checked | tests/test_a.py::test_one | Done |\n| CRC-002 | Frames are sent again | tests/test_a.py::test_two | Done |\n";
    let analysis = analyzed(&[("docs/rtm.md", matrix.to_owned()), (TESTS.0, TESTS.1.to_owned())]);
    let ids: Vec<&str> = analysis.graph.requirements.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["CRC-001", "CRC-002"]);
}

#[test]
fn a_family_of_its_own_is_no_slip_of_the_pen() {
    let rows: String = (1..=5).map(|at| format!("| NFR{at:03} | Step {at} | tests/test_a.py::test_one |\n")).collect();
    let matrix = format!("# Traceability matrix\n\n| Req ID | Title | Test |\n|---|---|---|\n{rows}");
    let specification = "# Requirements\n\n### NFR-1: Fast\n\nIt shall be fast.\n\n### NFR-2: Small\n\nIt shall be small.\n";
    let files = [("docs/rtm.md", matrix), ("docs/requirements.md", specification.to_owned()), (TESTS.0, TESTS.1.to_owned())];
    assert!(of(&analyzed(&files), "R02").is_empty(), "{:?}", analyzed(&files).findings);
}

#[test]
fn test_cases_are_cited_by_ranges_and_found_in_the_text_of_tests() {
    let matrix =
        "# Traceability matrix\n\n| Req ID | Test case |\n|---|---|\n| REQ-A-001 | TC-A-001-003 |\n| REQ-A-002 | TC-A-009 |\n";
    let cases = "# Test cases\n\n### TC-A-001: One\n\n### TC-A-002: Two\n\n### TC-A-003: Three\n\nSteps.\n";
    let source = "def test_one():\n    run(\"TC-A-009\")\n    assert works()\n";
    let files = [
        ("docs/requirements.md", specification(2, "", "")),
        ("docs/rtm.md", matrix.to_owned()),
        ("docs/cases.md", cases.to_owned()),
        ("tests/test_a.py", source.to_owned()),
    ];
    let analysis = analyzed(&files);
    assert!(of(&analysis, "M02").is_empty() && of(&analysis, "E12").is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_loud_word_that_is_the_subject_retires_nothing() {
    let rows = "| REQ-A-001 | RETIRED state shall reject all steps. |\n| REQ-A-002 | **SUPERSEDED** by REQ-A-001. |\n\
        | REQ-A-003 | REMOVED: see the archive. |\n| REQ-A-004 | DELETED files shall be kept. |\n";
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{rows}");
    let analysis = analyzed(&[("docs/requirements.md", specification)]);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.active, summary.retired), (2, 2));
}

#[test]
fn evidence_in_words_alone_is_no_pass() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test case | Status |\n|---|---|---|\n\
        | REQ-A-001 | Looked at on the bench | Covered |\n| REQ-A-002 | Looked at on the bench | Covered |\n";
    let analysis = analyzed(&[("docs/requirements.md", specification(2, "", "")), ("docs/rtm.md", matrix.to_owned())]);
    let (finding, _) = only(&analysis, "E01");
    assert!(finding.message.contains("what is cited here and in rows like it"), "{}", finding.message);
}

#[test]
fn a_row_that_a_person_checks_owes_no_test() {
    let matrix = "# Traceability matrix\n\n| Req ID | Covered by | Tests | All automated? |\n|---|---|---|---|\n\
        | REQ-A-001 | | | MANUAL (the writer) |\n| REQ-A-002 | | | no |\n";
    let analysis = analyzed(&[("docs/requirements.md", specification(2, "", "")), ("docs/rtm.md", matrix.to_owned())]);
    assert_eq!(only(&analysis, "T01").1, ["REQ-A-002"]);
}

#[test]
fn a_file_beside_a_test_says_where_it_stands() {
    let tests = "def test_waits():\n    assert works()\n\ndef test_rings():\n    assert works()\n\ndef test_stops():\n    assert works()\n";
    let matrix = "# Traceability matrix\n\n| Req ID | Test | Test file |\n|---|---|---|\n| REQ-A-001 | test_waits | test_lift.py |\n\n\
        | Req ID | Tests | Test file | Status |\n|---|---|---|---|\n| REQ-A-001 | 1 | test_lift.py | Covered |\n| REQ-A-002 | 3 | test_lift.py | Covered |\n";
    let analysis = analyzed(&[
        ("docs/requirements.md", specification(2, "", "")),
        ("docs/rtm.md", matrix.to_owned()),
        ("tests/test_lift.py", tests.to_owned()),
    ]);
    let evidence: Vec<usize> = analysis.graph.requirements.iter().map(|one| one.evidence.len()).collect();
    assert_eq!(evidence, [1, 3]);
}

#[test]
fn what_a_row_excuses_is_no_gap() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test case | Status |\n|---|---|---|\n| REQ-A-001 | | N/A |\n| REQ-A-002 | | Open |\n";
    let analysis = analyzed(&[("docs/requirements.md", specification(2, "", "")), ("docs/rtm.md", matrix.to_owned())]);
    assert_eq!(only(&analysis, "T01").1, ["REQ-A-002"]);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.gap, summary.not_assessed), (1, 1), "every gap has a finding");
}

/// A summary row and a detail section of one requirement, which cite the same.
fn twice(summary: &str, file: &str, name: &str) -> Vec<(&'static str, String)> {
    let matrix = format!(
        "# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-A-001 | Step 1 | {summary} |\n\n\
         ### REQ-A-001: Step 1\n\n| Test File | Test Function | Description |\n|---|---|---|\n| {file} | {name} | Steps |\n"
    );
    let fixture = String::from("import pytest\n\n@pytest.fixture\ndef bench():\n    return 1\n");
    vec![
        ("docs/rtm.md", matrix),
        ("docs/requirements.md", specification(1, "", "")),
        ("tests/conftest.py", fixture),
        (TESTS.0, TESTS.1.to_owned()),
    ]
}

#[test]
fn summary_and_detail_say_one_thing() {
    for (code, summary, file, name) in [
        ("M02", "test_a::test_gone", "test_a.py", "test_gone"),
        ("M02", "test_lost::test_gone", "test_lost.py", "test_gone"),
        ("M02", "test_lost::test_gone", "tests/test_lost.py", "test_gone"),
        ("M03", "conftest::bench fixture", "conftest.py", "bench fixture"),
    ] {
        let analysis = analyzed(&twice(summary, file, name));
        assert_eq!(analysis.graph.rows.len(), 2);
        let (finding, ids) = only(&analysis, code);
        assert_eq!(ids, ["REQ-A-001"], "{code} {summary}");
        assert!(!finding.related.is_empty());
    }
    let analysis = analyzed(&twice("other/test_lost.py", "tests/test_lost.py", "test_gone"));
    assert_eq!(of(&analysis, "M02").len(), 2, "two folders, two files");
}
