//! Documents, columns and test cases that are known by what they hold: numbered documents, short heads, plans, families of cases.

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::settings::Settings;

const NEEDS: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements of the oven\n\n| ID | Requirement |\n|---|---|\n| REQ-OVEN-001 | The oven shall heat. |\n| REQ-OVEN-002 | The oven shall cool. |\n",
);

fn read(files: &[(&str, &str)]) -> Analysis {
    analyze(&Memory::new(files.iter().copied()), &Settings::default())
}

/// The messages of one check.
fn told(analysis: &Analysis, code: &str) -> Vec<String> {
    analysis.findings.iter().filter(|one| one.code == code).map(|one| one.message.clone()).collect()
}

/// What each row cites, as it is written.
fn cited(analysis: &Analysis) -> Vec<String> {
    let graph = &analysis.graph;
    let text = |node| graph.citations(node).map(|(one, _)| format!("{:?}", one.target)).collect::<Vec<_>>();
    let short = |target: String| target.replace("CaseId(", "").replace([')', '"'], "");
    graph.rows.iter().map(|node| text(node).into_iter().map(short).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_number_of_a_document_does_not_make_it_a_record() {
    let matrix = "# Oven\n\n| Req ID | Requirement | Test ID |\n|---|---|---|\n| REQ-OVEN-001 | Heat | TC-1 |\n| REQ-OVEN-002 | Cool | TC-2 |\n";
    for (path, rows) in [
        ("docs/DOC-032_RTM_v2.2.md", 2),
        ("docs/DOC-032_Traceability_Matrix.md", 2),
        ("docs/DOC_RTM.md", 2),
        ("docs/DOC-007_Verification_Report.md", 0),
        ("docs/CR-032_RTM.md", 0),
    ] {
        assert_eq!(read(&[NEEDS, (path, matrix)]).graph.rows.len(), rows, "{path}");
    }
}

#[test]
fn short_heads_are_columns_of_tests_where_their_cells_fit() {
    let table = |head: &str, first: &str, second: &str| {
        format!(
            "# Oven traceability matrix\n\n| Req ID | Requirement | {head} | Status |\n|---|---|---|---|\n| REQ-OVEN-001 | Heat | {first} | Pending |\n| REQ-OVEN-002 | Cool | {second} | Pending |\n"
        )
    };
    let cells = |head: &str, first: &str, second: &str| cited(&read(&[NEEDS, ("docs/rtm.md", &table(head, first, second))]));
    for head in ["UT ID", "IT", "QA TC ID", "검증 TC", "HIL", "SIL", "ST ID"] {
        assert_eq!(cells(head, "UT-OVEN-001", "UT-OVEN-002"), ["UT-OVEN-001", "UT-OVEN-002"], "{head}");
    }
    for head in ["Procedure", "Verification Procedure", "Procedure ID"] {
        assert_eq!(cells(head, "TP-OVEN-001", "TP-OVEN-002"), ["TP-OVEN-001", "TP-OVEN-002"], "{head}");
    }
    // A grade is no test, and a procedure may tell in words what is done.
    for (head, cell) in [("SIL", "SIL-2"), ("SIL", "2"), ("AT", "soon")] {
        assert_eq!(cells(head, cell, cell), ["", ""], "{head}: {cell}");
    }
    assert_eq!(cells("Procedure", "Open the door", "Wait"), ["Prose(Open the door", "Prose(Wait"]);
    // Whatever a column is called that holds nothing but cases.
    assert_eq!(cells("Shown in", "TC-OVEN-001, TC-OVEN-002", "TC-OVEN-003"), ["TC-OVEN-001 TC-OVEN-002", "TC-OVEN-003"]);
    // What is still to come is no ghost, whatever the status is called in.
    let planned = "# 오븐 추적성 매트릭스 (RTM)\n\n| 문서 ID | 문서명 |\n|---|---|\n| OVEN-GUI-001 | SRS |\n\n| SWR ID | UT ID | 검증 상태 |\n|---|---|---|\n| REQ-OVEN-001 | UT-OVEN-001 | 계획 |\n| REQ-OVEN-002 | UT-OVEN-002 | Pending |\n";
    let known = "# Test cases\n\n| Test ID | Steps | Expected |\n|---|---|---|\n| UT-OVEN-011 | Heat | warm |\n";
    let analysis = read(&[NEEDS, ("docs/rtm.md", planned), ("docs/test-cases.md", known)]);
    assert!(analysis.findings.iter().all(|one| one.code != "M02" || one.is_remark()), "{:?}", told(&analysis, "M02"));
    assert_eq!(analysis.graph.requirements.len(), 2);
    let several = "# Oven traceability matrix\n\n| Req ID | UT ID | IT ID | Status |\n|---|---|---|---|\n| REQ-OVEN-001 | UT-OVEN-001–003 | IT-OVEN-001 | Pending |\n";
    assert_eq!(cited(&read(&[NEEDS, ("docs/rtm.md", several)])), ["UT-OVEN-001 UT-OVEN-002 UT-OVEN-003 IT-OVEN-001"]);
}

const MATRIX: &str = "# Oven traceability matrix\n\n| Requirement ID | Requirement | Verification Method/Test ID |\n|---|---|---|\n| REQ-OVEN-001 | The oven shall heat. | Tests of the door (T-01 to T-03) |\n| REQ-OVEN-002 | The oven shall cool. | Test of the fan (T-05) |\n";

#[test]
fn a_plan_describes_the_cases_of_its_table_and_others_of_their_family_are_missing() {
    let plan = "# Verification plan\n\n## 5. Summary\n\n| Test ID | Requirement ID | Test Description | Method | Expected Result |\n|---|---|---|---|---|\n| T-01 | REQ-OVEN-001 | Heat up | Manual | warm |\n| T-02 | REQ-OVEN-001 | Stay | Manual | warm |\n| T-03 | REQ-OVEN-002 | Cool down | Manual | cold |\n";
    let analysis = read(&[NEEDS, ("docs/matrix.md", MATRIX), ("docs/Verification_Plan.md", plan)]);
    let ghosts = told(&analysis, "M02");
    assert_eq!(ghosts.len(), 1, "{ghosts:?}");
    assert!(ghosts.iter().all(|one| one.contains("REQ-OVEN-002 cites the test case `T-05`")), "{ghosts:?}");
    assert_eq!(analysis.graph.rows.len(), 5);
    // What came of cases is told by a record, and describes none.
    let run = plan.replace("Expected Result", "Actual Result");
    assert_eq!(read(&[NEEDS, ("docs/matrix.md", MATRIX), ("docs/Verification_Plan.md", &run)]).graph.rows.len(), 2);
}

#[test]
fn criteria_say_what_is_expected_and_a_status_may_be_still_to_come() {
    for head in ["Pass Criteria", "Acceptance Criteria", "Criteria", "Pass/Fail Criteria", "Expected Result | Status"] {
        let cell = if head.contains('|') { "fast | Pending" } else { "fast" };
        let dashes = if head.contains('|') { "---|---" } else { "---" };
        let plan = format!(
            "# Oven test plan\n\n## Timing\n\n| Test ID | Description | Requirements | {head} |\n|---|---|---|{dashes}|\n| TC-1 | Heat up | REQ-OVEN-001-002 | {cell} |\n"
        );
        let analysis = read(&[NEEDS, ("docs/test-plan.md", &plan)]);
        assert_eq!(cited(&analysis), ["TC-1"], "{head}");
        assert_eq!((told(&analysis, "M01"), told(&analysis, "T01")), (Vec::new(), Vec::new()), "{head}");
    }
}

#[test]
fn a_range_may_write_its_letters_again() {
    let needs = NEEDS.1.replace("OVEN-00", "F00");
    let matrix = "# Oven traceability matrix\n\n| Requirement | Test ID |\n|---|---|\n| REQ-F001-F002 | TC-1 |\n";
    let analysis = read(&[("docs/requirements.md", &needs), ("docs/rtm.md", matrix)]);
    assert_eq!((told(&analysis, "M01"), told(&analysis, "T01")), (Vec::new(), Vec::new()));
    let other = matrix.replace("-F002", "-G002");
    let analysis = read(&[("docs/requirements.md", &needs), ("docs/rtm.md", &other)]);
    assert_eq!(analysis.graph.requirements.len(), 3, "other letters make another identifier");
}

#[test]
fn a_document_is_a_test_by_what_it_says_whatever_its_family_is_called() {
    let page = |id: &str, title: &str, head: &str| {
        let text = format!(
            "# Functional test specification: {title}\n\n## 1. Purpose\n\nShows that it heats.\n\n## 2. {head}\n\n- REQ-OVEN-001\n"
        );
        (format!("docs/tests/{id}.md"), text)
    };
    for (id, head) in [
        ("FT-OVEN-001", "Requirements Verified"),
        ("AN-OVEN-001", "Requirement Verified"),
        ("UT-OVEN-001", "Requirements Verified"),
    ] {
        let (path, text) = page(id, id, head);
        assert_eq!(cited(&read(&[NEEDS, (&path, &text)])), [id], "{id}");
    }
    // What is implemented is told by a design.
    let (path, text) = page("MOD-001", "MOD-001", "Requirements Implemented");
    assert_eq!(read(&[NEEDS, (&path, &text)]).graph.rows.len(), 0);
    // A page that calls itself by the identifier of another.
    let (first, second) = (
        page("UT-OVEN-001", "UT-OVEN-001", "Requirements Verified"),
        page("UT-OVEN-002", "UT-OVEN-001", "Requirements Verified"),
    );
    let analysis = read(&[NEEDS, (&first.0, &first.1), (&second.0, &second.1)]);
    let twice = told(&analysis, "M05");
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert!(twice.iter().all(|one| one.contains("describes the test case UT-OVEN-002 by its name and UT-OVEN-001 by its title")));
}

#[test]
fn cases_with_full_stops_are_described_and_cited() {
    let matrix = "# Oven traceability matrix\n\n| Requirement | Test cases |\n|---|---|\n| REQ-OVEN-001 | OVEN.CLI.TC.01.01, OVEN.CLI.TC.01.02 |\n";
    let cases = "# Tests of the oven\n\n## OVEN.CLI.TC.01.01: Heats\n\nTurn it on.\n";
    let lines = "Tests of the oven\n=================\n\n.. _OVEN.CLI.TC.01.01:\n\nOVEN.CLI.TC.01.01: heats\n------------------------\n\nTurn it on.\n";
    for (path, text) in [("docs/cases.md", cases), ("docs/cases.rst", lines)] {
        let analysis = read(&[NEEDS, ("docs/rtm.md", matrix), (path, text)]);
        assert_eq!(cited(&analysis), ["OVEN.CLI.TC.01.01 OVEN.CLI.TC.01.02"]);
        let ghosts = told(&analysis, "M02");
        assert!(ghosts.len() == 1 && ghosts.iter().all(|one| one.contains("`OVEN.CLI.TC.01.02`")), "{ghosts:?}");
    }
}

#[test]
fn a_pattern_means_the_cases_that_begin_so() {
    let matrix = "# Oven traceability matrix\n\n| Requirement ID | Test ID |\n|---|---|\n| REQ-OVEN-001 | TC-HEAT1-* |\n| REQ-OVEN-002 | TC-COOL-* |\n";
    let tests = "#include <gtest/gtest.h>\n/** Test Case: TC-HEAT1-001 */\nTEST(Oven, Heats) { EXPECT_EQ(1, heat()); }\n/** Test Case: TC-FAN-001 */\nTEST(Oven, Blows) { EXPECT_EQ(1, blow()); }\n/** Test Case: TC-FAN-002 */\nTEST(Oven, Stops) { EXPECT_EQ(1, stop()); }\n";
    let analysis = read(&[NEEDS, ("docs/rtm.md", matrix), ("tests/test_oven.cpp", tests)]);
    let evidence: Vec<usize> = analysis.graph.requirements.iter().map(|one| one.evidence.len()).collect();
    assert_eq!(evidence, [1, 0]);
    let ghosts = told(&analysis, "M02");
    assert!(
        ghosts.iter().all(|one| one.contains("REQ-OVEN-002 cites the test case `TC-COOL-*`")) && ghosts.len() == 1,
        "{ghosts:?}"
    );
}

#[test]
fn tags_and_traits_claim_to_verify_where_others_like_them_do() {
    let tests = "using Xunit;\npublic class OvenTests {\n    [Fact]\n    [Trait(\"Need\", \"REQ-OVEN-001\")]\n    public void Heats() { Assert.Equal(1, Heat()); }\n    [Fact]\n    [Trait(\"Need\", \"REQ-OVEN-009\")]\n    public void Cools() { Assert.Equal(1, Cool()); }\n    [Fact]\n    [Trait(\"Area\", \"AREA-12\")]\n    public void Stops() { Assert.Equal(1, Stop()); }\n}\n";
    let analysis = read(&[NEEDS, ("tests/OvenTests.cs", tests)]);
    let dangling = told(&analysis, "T03");
    assert_eq!(dangling.len(), 1, "{dangling:?}");
    assert!(dangling.iter().all(|one| one.contains("claims to verify REQ-OVEN-009")), "{dangling:?}");
    for (path, text) in [
        (
            "tests/OvenTest.java",
            "class OvenTest {\n    @Test @Tag(\"REQ-OVEN-009\") void cools() { assertEquals(1, cool()); }\n}\n",
        ),
        (
            "tests/Oven.cs",
            "using NUnit.Framework;\npublic class Oven {\n    [Test] [Category(\"REQ-OVEN-009\")] public void Cools() { Assert.AreEqual(1, Cool()); }\n}\n",
        ),
    ] {
        assert_eq!(told(&read(&[NEEDS, (path, text)]), "T03").len(), 1, "{path}");
        let sorted = text.replace("REQ-OVEN-009", "SLOW-009");
        assert_eq!(told(&read(&[NEEDS, (path, &sorted)]), "T03"), [""; 0], "{path}");
    }
}

#[test]
fn a_row_with_another_obligation_than_its_requirement_is_told() {
    let row = |text: &str| {
        let matrix = format!(
            "# Oven traceability matrix\n\n| Req ID | Requirement | Test ID |\n|---|---|---|\n| REQ-OVEN-001 | {text} | TC-1 |\n"
        );
        told(&read(&[("docs/requirements.md", SAID), ("docs/rtm.md", &matrix)]), "M08")
    };
    const SAID: &str = "# Requirements of the oven\n\n| ID | Requirement |\n|---|---|\n| REQ-OVEN-001 | The oven shall reach its temperature within ten minutes. |\n";
    let strangers = row("The oven shall lock the door while somebody cleans behind glass.");
    assert_eq!(strangers.len(), 1, "{strangers:?}");
    for same in [
        "The oven shall reach 200 degrees in ten minutes.",
        "Heating up",
        "Heats quickly enough for bread",
        "Der Ofen muss in zehn Minuten heiß werden.",
        "The oven shall heat.",
        "The appliance shall be at the set temperature soon after somebody starts it.",
    ] {
        assert_eq!(row(same), [""; 0], "{same}");
    }
}

#[test]
fn what_is_put_off_to_a_later_phase_is_planned() {
    let needs = "# Requirements of the oven\n\n| ID | Requirement | Step | Status |\n|---|---|---|---|\n| REQ-OVEN-001 | The oven shall heat. | Phase 1 | Open |\n| REQ-OVEN-002 | The oven shall talk. | Phase 3+ (own document) | Open |\n";
    let analysis = read(&[("docs/requirements.md", needs), ("tests/test_oven.py", "def test_heat():\n    assert heat()\n")]);
    let standing: Vec<String> = analysis.graph.requirements.iter().map(|one| format!("{:?}", one.standing)).collect();
    assert_eq!(standing, ["Active", "Planned"]);
}

#[test]
fn complete_is_said_of_work_and_draft_of_a_document() {
    let register = |said: &str, status: &str| {
        let text = format!(
            "# Register of documents\n\n| Document | Title | Status |\n|---|---|---|\n| DOC-004 | Design of the oven | {said} |\n"
        );
        let own =
            format!("# DOC-004: Design of the oven\n\n**Document ID:** DOC-004\n**Status:** {status}\n\nThe oven has a door.\n");
        told(&read(&[NEEDS, ("records/register.md", &text), ("records/DOC-004.md", &own)]), "P10")
    };
    assert_eq!(register("Approved", "Draft").len(), 1);
    assert_eq!(register("Draft", "Approved").len(), 1);
    assert_eq!(register("✅ Complete", "Superseded").len(), 1);
    for status in ["Draft", "Approved", "Effective"] {
        assert_eq!(register("✅ Complete", status), [""; 0], "{status}");
    }
}

#[test]
fn cases_that_one_matrix_cites_and_announces_are_told_once() {
    let cases: Vec<String> = (1..=5).map(|at| format!("TC-OVEN-00{at}")).collect();
    let announced: String = cases.iter().map(|id| format!("| REQ-OVEN-002 | {id} | Pending |\n")).collect();
    let matrix = format!(
        "# Oven traceability matrix\n\n| Requirement ID | Test ID | Status |\n|---|---|---|\n| REQ-OVEN-001 | {} | Done |\n\n## Later\n\n| Requirement ID | Test ID | Status |\n|---|---|---|\n{announced}",
        cases.join(", ")
    );
    let known = "# Test cases\n\n| Test ID | Steps | Expected |\n|---|---|---|\n| TC-OVEN-011 | Heat | warm |\n| TC-OVEN-012 | Cool | cold |\n";
    let ghosts = told(&read(&[NEEDS, ("docs/rtm.md", &matrix), ("docs/test-cases.md", known)]), "M02");
    assert_eq!(ghosts.len(), 1, "{ghosts:?}");
}

#[test]
fn a_specification_names_cases_and_the_matrix_says_that_they_are_to_come() {
    let needs = "# Requirements of the oven\n\n| ID | Requirement | Test case |\n|---|---|---|\n| REQ-OVEN-001 | The oven shall heat. | TC-OVEN-001 |\n";
    let matrix = |status: &str| {
        format!(
            "# Oven traceability matrix\n\n| Requirement ID | Test ID | Status |\n|---|---|---|\n| REQ-OVEN-001 | TC-OVEN-001 | {status} |\n"
        )
    };
    let known = "# Test cases\n\n| Test ID | Steps | Expected |\n|---|---|---|\n| TC-OVEN-011 | Heat | warm |\n";
    let errors = |status: &str| {
        let matrix = matrix(status);
        let files = [("docs/srs.md", needs), ("docs/rtm.md", matrix.as_str()), ("docs/test-cases.md", known)];
        read(&files).findings.iter().filter(|one| one.code == "M02" && !one.is_remark()).count()
    };
    assert_eq!((errors("Pending"), errors("Pass")), (0, 2));
}

#[test]
fn a_list_of_cases_that_names_their_files_describes_them() {
    let matrix = "# Oven traceability matrix\n\n| TC ID | Title | Test file | Requirement | Status |\n|---|---|---|---|---|\n| TC-OVEN-001 | Heats | test_oven.py | REQ-OVEN-001 | Pass |\n| TC-OVEN-002 | Cools | test_gone.py | REQ-OVEN-002 | Pass |\n";
    let known = "# Test cases\n\n| Test ID | Steps | Expected |\n|---|---|---|\n| TC-OVEN-011 | Heat | warm |\n";
    let analysis = read(&[
        NEEDS,
        ("docs/rtm.md", matrix),
        ("docs/test-cases.md", known),
        ("tests/test_oven.py", "def test_heats():\n    assert heat()\n"),
    ]);
    let ghosts = told(&analysis, "M02");
    assert!(ghosts.iter().all(|one| one.contains("REQ-OVEN-002")) && !ghosts.is_empty(), "{ghosts:?}");
}

#[test]
fn tests_of_many_files_that_are_called_alike_are_told_once() {
    let ids: Vec<String> = (1..=14).map(|at| format!("REQ-OVEN-{at:03}")).collect();
    let rows: String = ids.iter().map(|id| format!("| {id} | The oven shall do {id}. |\n")).collect();
    let needs = format!("# Requirements of the oven\n\n| ID | Requirement |\n|---|---|\n{rows}");
    let test = |at: usize| {
        let text =
            format!("def test_oven{at}_fails():\n    \"\"\"Verifies: {}\"\"\"\n    assert heat() == {at}\n", ids.join(", "));
        (format!("tests/test_oven{at}.py"), text)
    };
    let files: Vec<(String, String)> = (1..=5).map(test).collect();
    let all = |count: usize| {
        let mut all = vec![("docs/requirements.md", needs.as_str())];
        all.extend(files.iter().take(count).map(|(path, text)| (path.as_str(), text.as_str())));
        told(&read(&all), "S09")
    };
    assert_eq!((all(3).len(), all(5).len()), (3, 1));
}
