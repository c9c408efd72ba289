//! Matrices: what their columns, cells and sections say.

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::link::graph::Rung;
use tracegate::model::citation::Target;
use tracegate::model::requirement::Standing;
use tracegate::settings::Settings;

const TESTS: &str = "def test_stops_when_dry():\n    assert works()\n\n\ndef test_starts():\n    assert works()\n";

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    analyze(
        &Memory::new(files.chain([(String::from("tests/test_pump.py"), TESTS.as_bytes().to_vec())]).collect::<Vec<_>>()),
        &Settings::default(),
    )
}

fn matrix(table: &str) -> Analysis {
    analyzed(&[("docs/traceability_matrix.md", &format!("# Pump Traceability Matrix\n\n{table}\n"))])
}

fn messages(analysis: &Analysis, code: &str) -> Vec<String> {
    analysis.findings.iter().filter(|finding| finding.code == code).map(|finding| finding.message.clone()).collect()
}

fn ids(analysis: &Analysis) -> Vec<&str> {
    analysis.graph.requirements.iter().map(|one| one.id.as_str()).collect()
}

/// The requirements that the rows name, in their order.
fn targets(analysis: &Analysis) -> Vec<&str> {
    analysis.graph.rows.iter().flat_map(|row| &row.targets).map(|target| target.id.as_str()).collect()
}

fn rung(analysis: &Analysis, id: &str) -> Rung {
    analysis.graph.requirements.iter().find(|one| one.id == id).map_or(Rung::None, |one| one.rung)
}

#[test]
fn an_identifier_of_requirements_is_no_ghost_among_test_cases() {
    let analysis = matrix(
        "| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | Flow | tests/test_pump.py::test_starts |\n\
         | REQ-FLOW-002 | Dry run | REQ-FLOW-009 |",
    );
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn words_with_a_slash_are_a_folder_only_where_there_is_one() {
    let analysis = matrix(
        "| Req ID | Requirement | Tests |\n|---|---|---|\n| REQ-FLOW-001 | Flow | e2e/contract tests |\n\
         | REQ-FLOW-002 | Dry run | tests/test_pump.py |",
    );
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn a_cell_that_begins_with_none_cites_nothing() {
    let analysis = matrix(
        "| Req ID | Requirement | Tests | Status |\n|---|---|---|---|\n\
         | REQ-FLOW-001 | Flow | TBD (to be agreed with the customer) | Open |\n\
         | REQ-FLOW-002 | Dry run | ~~TEST-DRY~~ (none, see REQ-FLOW-003) | Open |\n\
         | REQ-FLOW-003 | Start | N/A, by inspection | Done |\n\
         | REQ-FLOW-004 | Leak | tests/test_pump.py::test_starts | Done |",
    );
    let citing: Vec<usize> = analysis.graph.rows.iter().map(|row| row.citations.len()).collect();
    assert_eq!(citing, [0, 0, 1, 1]);
}

#[test]
fn a_row_that_shouts_superseded_claims_nothing() {
    let analysis = matrix(
        "| Req ID | Requirement | Tests |\n|---|---|---|\n| REQ-FLOW-001 | **SUPERSEDED** by the second edition | tests/test_gone.py |\n\
         | REQ-FLOW-002 | Dry run | tests/test_pump.py |",
    );
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn a_matrix_of_controls_has_rows() {
    let analysis = matrix(
        "| Control ID | Claim | Code Anchors | Test Anchors |\n|---|---|---|---|\n\
         | C-FLOW-001 | The pump stops | `src/pump.py` | `test_stops_when_dry` |\n\
         | C-FLOW-002 | The pump starts | `src/pump.py` | `test_starts_late` |",
    );
    assert_eq!(ids(&analysis), ["C-FLOW-001", "C-FLOW-002"]);
    assert_eq!(rung(&analysis, "C-FLOW-001"), Rung::Exists);
    assert_eq!(messages(&analysis, "M02").len(), 1, "{:?}", messages(&analysis, "M02"));
}

#[test]
fn an_evidence_in_words_is_none_in_a_test_but_is_told() {
    let specification = "# Pump Requirements\n\n### PHY-FLOW-001: Flow\nThe pump shall move water.\n";
    let table = "# Pump Traceability Table\n\n| PHY req | Simulated by | Fidelity |\n|---|---|---|\n\
                 | PHY-FLOW-001 | the model of the water column | high |\n";
    let analysis = analyzed(&[("docs/SRS.md", specification), ("docs/TRACEABILITY.md", table)]);
    assert_eq!(targets(&analysis), ["PHY-FLOW-001"]);
    assert_eq!(rung(&analysis, "PHY-FLOW-001"), Rung::Cited);
}

#[test]
fn identifier_text_and_status_make_a_row_of_a_coverage_document() {
    let table = "# Requirement Coverage\n\n| ID | Requirement Description | Status | Notes |\n|---|---|---|---|\n\
                 | REQ-001 | Flow | ✅ | in the pump |\n| REQ-002 | Dry run | ❌ | |\n";
    let analysis = analyzed(&[("docs/requirement_coverage.md", table)]);
    assert_eq!(targets(&analysis), ["REQ-001", "REQ-002"]);
}

#[test]
fn columns_and_statuses_in_other_languages() {
    for (header, done, later) in [
        ("Requisito | Descripción | Pruebas | Estado", "✅ implementado", "🔵 fuera de alcance"),
        ("Anforderung | Beschreibung | Prüfung | Zustand", "umgesetzt", "nicht anwendbar"),
        ("Exigence | Description | Essais | Statut", "couverte", "hors périmètre"),
        ("Требование | Описание | Тесты | Статус", "выполнено", "не применимо"),
        ("需求编号 | 描述 | 测试用例 | 状态", "已实现", "不适用"),
        ("요구사항 | 설명 | 테스트 | 상태", "구현 완료", "해당 없음"),
    ] {
        let analysis = matrix(&format!(
            "| {header} |\n|---|---|---|---|\n| REQ-FLOW-001 | Agua | tests/test_pump.py::test_starts | {done} |\n\
             | REQ-FLOW-002 | Seco | — | {later} |"
        ));
        assert_eq!(rung(&analysis, "REQ-FLOW-001"), Rung::Exists, "{header}");
        assert_eq!(messages(&analysis, "T01"), [""; 0], "{header}");
    }
}

#[test]
fn a_range_may_repeat_the_number_before_the_dot() {
    let specification =
        "# Pump Requirements\n\n| ID | Requirement |\n|---|---|\n| FR-15.2 | a |\n| FR-15.3 | b |\n| FR-15.4 | c |\n";
    let table = "# Pump Traceability Matrix\n\n| Req ID | Test |\n|---|---|\n| FR-15.2-15.4 | tests/test_pump.py |\n";
    let analysis = analyzed(&[("docs/SRS.md", specification), ("docs/RTM.md", table)]);
    assert_eq!(targets(&analysis), ["FR-15.2", "FR-15.3", "FR-15.4"]);
}

#[test]
fn a_cancelled_section_disposes_of_what_it_names() {
    let specification = "# Pump Requirements\n\n| ID | Requirement |\n|---|---|\n| FR-1.1 | a |\n| FR-1.2 | b |\n| FR-2.1 | c |\n| FR-2.2 | d |\n";
    let table = "# Pump Traceability Matrix\n\n| Req ID | Test |\n|---|---|\n| FR-1.1 | tests/test_pump.py |\n| FR-1.2 | tests/test_pump.py |\n\n\
                 ## Second stage — CANCELLED\n\nThe second stage was taken out. FR-2.x requirements no longer apply.\n";
    let analysis = analyzed(&[("docs/SRS.md", specification), ("docs/RTM.md", table)]);
    assert_eq!(messages(&analysis, "M01"), [""; 0]);
    assert_eq!(
        messages(&analysis, "R03"),
        ["This section says that FR-2.* was removed, but docs/SRS.md still has 2 requirements of it in force."]
    );
}

#[test]
fn a_first_column_that_numbers_the_rows_names_no_requirements() {
    let specification = "# Pump Requirements\n\n| ID | Requirement |\n|---|---|\n| FR-1.1 | a |\n| FR-1.2 | b |\n";
    let table = "# Pump Traceability Matrix\n\n| T-ID | FR/NFR | Requirement | Test |\n|---|---|---|---|\n\
                 | T-PUMP-001 | FR-1.1 | a | tests/test_pump.py |\n| T-PUMP-002 | FR-1.2 | b | tests/test_pump.py |\n";
    let analysis = analyzed(&[("docs/SRS.md", specification), ("docs/RTM.md", table)]);
    assert_eq!(ids(&analysis), ["FR-1.1", "FR-1.2"]);
    assert_eq!(targets(&analysis), ["FR-1.1", "FR-1.2"]);
}

#[test]
fn a_column_names_the_document_of_its_identifiers() {
    let document = |title: &str, text: &str| format!("# {title}\n\n### FR-001: {text}\nThe pump shall do it.\n");
    let table = "# Pump Traceability Matrix\n\n| FRD Ref | SRS Ref | Requirement | Test |\n|---|---|---|---|\n\
                 | FR-001 | FR-001 | a | tests/test_pump.py |\n";
    let analysis = analyzed(&[
        ("docs/FRD.md", &document("Functional Requirements", "Signal lamp blinks twice")),
        ("docs/SRS.md", &document("Software Requirements", "Water level stays constant")),
        ("docs/RTM.md", table),
    ]);
    assert_eq!(analysis.graph.requirements.len(), 2);
    assert!(analysis.graph.requirements.iter().all(|one| one.rung == Rung::Exists), "{:?}", messages(&analysis, "T01"));
}

#[test]
fn a_described_test_case_links_its_requirements_and_its_file() {
    let specification = "# Pump Requirements\n\n### REQ-FLOW-001: Flow\nThe pump shall move water.\n\n\
                         ### REQ-FLOW-002: Dry\nThe pump shall stop.\n\n### REQ-FLOW-003: Leak\nThe pump shall be tight.\n";
    let cases = "# Pump Test Description\n\n### TC-FLOW-001: Water moves\n**Requirements:** REQ-FLOW-001\n**File:** `tests/test_pump.py`\n\n\
                 ### TC-FLOW-002: Stops\n**SRS Trace**: REQ-FLOW-002\n**File**: `tests/test_lost.py`\n";
    let case = "---\ntitle: \"Leaks\"\nsrs_id: \"REQ-FLOW-003\"\n---\n\n# Test Case TC-LEAK-001: Leaks\n\nLook for water.\n";
    let analysis = analyzed(&[("docs/SRS.md", specification), ("docs/STD.md", cases), ("docs/cases/TC-LEAK-001.md", case)]);
    assert_eq!(messages(&analysis, "T01"), [""; 0]);
    assert_eq!(messages(&analysis, "M01"), [""; 0]);
    assert_eq!(messages(&analysis, "M02"), ["REQ-FLOW-002 cites the file `tests/test_lost.py`, which does not exist"]);
    assert_eq!(ids(&analysis).len(), 3);
}

#[test]
fn test_files_beside_a_column_of_prose_are_evidence_if_they_exist() {
    let analysis = matrix(
        "| Req ID | Requirement | Files | Tests required |\n|---|---|---|---|\n\
         | REQ-FLOW-001 | Flow | `src/pump.py`, `tests/test_pump.py` | unit and contract |\n\
         | REQ-FLOW-002 | Dry run | `tests/test_gone.py` | unit |",
    );
    assert_eq!(rung(&analysis, "REQ-FLOW-001"), Rung::Exists);
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn rows_that_cite_one_missing_file_are_told_once() {
    let analysis = matrix(
        "| Req ID | Requirement | Tests |\n|---|---|---|\n| REQ-FLOW-001 | Flow | tests/test_gone.py |\n\
         | REQ-FLOW-002 | Dry run | tests/test_gone.py |\n| REQ-FLOW-003 | Start | tests/test_pump.py |",
    );
    assert_eq!(
        messages(&analysis, "M02"),
        ["2 rows of docs/traceability_matrix.md cite `tests/test_gone.py`, a file that does not exist"]
    );
}

#[test]
fn commands_of_a_protocol_are_no_tests() {
    let specification = "# Pump Requirements\n\n### REQ-FLOW-001: Protocol\nThe pump shall answer.\n\n\
                         | Command | Description |\n|---|---|\n| StartPump | starts it |\n| StopPump | stops it |\n";
    let analysis = analyzed(&[("docs/SRS.md", specification)]);
    assert!(analysis.graph.rows.is_empty());
}

#[test]
fn names_with_a_star_are_all_that_begin_so() {
    let analysis = matrix("| Req ID | Requirement | Tests |\n|---|---|---|\n| REQ-FLOW-001 | Flow | `test_pump::test_st*` |");
    let cited = analysis.graph.rows.iter().flat_map(|row| &row.citations).collect::<Vec<_>>();
    assert_eq!(analysis.graph.requirements.iter().map(|one| one.evidence.len()).sum::<usize>(), 2, "{cited:?}");
    let row = analysis.graph.rows.first().map(|node| analysis.graph.row(node));
    assert!(row.is_some_and(|row| row.citations.iter().all(|one| matches!(one.target, Target::Test(_)))));
}

#[test]
fn a_row_of_a_family_stands_for_its_requirements() {
    let specification = "# Pump Requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-FLOW-001 | The pump shall stop. |\n\
        | REQ-FLOW-002 | The pump shall start. |\n| FR-1 | The pump shall run. |\n\n## Tests\n\n\
        | Group | Primary tests |\n|---|---|\n| `REQ-FLOW-*` | `test_pump.py` |\n| FR-* | `test_pump.py` |\n";
    let analysis = analyzed(&[("docs/SRS.md", specification)]);
    assert_eq!(targets(&analysis), ["REQ-FLOW-001", "REQ-FLOW-002", "FR-1"]);
    assert_eq!(rung(&analysis, "FR-1"), Rung::Exists);
    assert_eq!(messages(&analysis, "T01"), [""; 0]);
}

#[test]
fn what_stands_in_brackets_behind_an_identifier_is_its_note() {
    let analysis = matrix(
        "| Test | Req ID |\n|---|---|\n| test_starts | REQ-FLOW-004 (CRC-32), REQ-FLOW-005 (A-1 and B-2) |\n\
         | test_starts | REQ-FLOW-006 (K-9 bus) and more of X-1 |\n| test_starts | REQ-FLOW-007: Start (Y-1), REQ-FLOW-008 |",
    );
    assert_eq!(targets(&analysis), ["REQ-FLOW-004", "REQ-FLOW-005", "REQ-FLOW-006", "REQ-FLOW-007"]);
}

#[test]
fn text_that_begins_like_an_identifier_is_no_second_one() {
    let analysis = matrix(
        "| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | HMAC-SHA256 of each frame | test_starts |\n\
         | REQ-FLOW-002 | CRC-32 guards the store | test_stops_when_dry |",
    );
    assert_eq!(targets(&analysis), ["REQ-FLOW-001", "REQ-FLOW-002"]);
    assert!(analysis.graph.rows.iter().all(|row| row.related.is_empty()), "{:?}", analysis.graph.rows);
}

#[test]
fn a_record_without_an_identifier_is_of_none() {
    let table = |blanks: &str| format!("Requirement ID,Requirement,Test Name\nREQ-FLOW-001,Start,test_starts\n{blanks}");
    let few = table("REQ-FLOW-002,Stop,test_stops_when_dry\n,,test_other\n");
    assert_eq!(targets(&analyzed(&[("docs/traceability.csv", &few)])), ["REQ-FLOW-001", "REQ-FLOW-002"]);
    let many = table(",,test_stops_when_dry\n,,test_starts\n");
    assert_eq!(targets(&analyzed(&[("docs/traceability.csv", &many)])), ["REQ-FLOW-001"; 3]);
}

#[test]
fn variables_are_no_requirements() {
    let table = |first: &str| {
        format!(
            "# Pump Requirements\n\n| Mechanism | Description |\n|---|---|\n| `{first}_1` | Idle |\n| `{first}_2` | Running |\n"
        )
    };
    assert_eq!(ids(&analyzed(&[("docs/SRS.md", &table("pump_mode"))])), [""; 0]);
    assert_eq!(ids(&analyzed(&[("docs/SRS.md", &table("PUMP_MODE"))])), ["PUMP_MODE_1", "PUMP_MODE_2"]);
}

#[test]
fn transitions_of_a_state_machine_are_no_rows() {
    let table = "| Step | Check | Message |\n|---|---|---|\n| S1 -> S2 | The door is shut | Shut the door |\n| S2→S3 | It is hot | Wait |\n";
    let states = "| ID | Text |\n|---|---|\n| S1 | Idle |\n| S2 | Heating |\n| S3 | Baking |\n";
    let analysis = analyzed(&[("docs/oven.md", &format!("# Oven\n\n## States\n\n{states}\n## Steps\n\n{table}"))]);
    assert_eq!(ids(&analysis), [""; 0]);
    assert_eq!(analysis.graph.rows.len(), 0);
}

#[test]
fn rows_that_leave_cells_to_be_filled_in_are_a_form() {
    let form = "| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | Flow | … |\n| REQ-FLOW-002 | ... | TC-1 |\n";
    assert_eq!(ids(&matrix(form)), [""; 0]);
    let filled = "| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | Flow | … |\n| REQ-FLOW-002 | Dry … | tests/test_pump.py |\n| REQ-FLOW-003 | Wet | tests/test_pump.py |\n";
    assert_eq!(ids(&matrix(filled)).len(), 3);
}

#[test]
fn letters_of_a_column_verify_are_methods() {
    let legend = "| Code | Method |\n|---|---|\n| T | Test |\n| D | Demonstration |\n| I | Inspection |\n| A | Analysis |\n\n";
    for (legend, name) in [(legend, "Verify"), ("", "Verify"), ("", "VM"), ("", "Method"), ("", "Verification")] {
        let analysis = matrix(&format!(
            "{legend}| Req ID | Requirement | Source files | {name} |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow | `pump.py` | D, I |\n\
             | REQ-FLOW-002 | Dry run | `pump.py` | A |\n| REQ-FLOW-003 | Start | `pump.py` | T, D |"
        ));
        let told = messages(&analysis, "T01");
        assert!(
            matches!(told.as_slice(), [one] if one.contains("REQ-FLOW-003") && !one.contains("REQ-FLOW-001")),
            "{name}: {told:?}"
        );
    }
}

#[test]
fn a_range_of_numbers_in_tens_names_what_is_there() {
    let spec = "# Pump requirements\n\n| ID | Requirement |\n|---|---|\n| PUMP-010 | It shall start. |\n| PUMP-020 | It shall stop. |\n| PUMP-040 | It shall ring. |\n";
    let rtm = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| PUMP-010 thru -040 | tests/test_pump.py::test_starts |\n";
    let analysis = analyzed(&[("docs/requirements.md", spec), ("docs/rtm.md", rtm)]);
    assert_eq!(targets(&analysis), ["PUMP-010", "PUMP-020", "PUMP-030", "PUMP-040"], "thirty is missing");
}

#[test]
fn a_range_passes_over_the_gap_between_two_blocks_of_numbers() {
    let spec = "# Pump requirements\n\n| ID | Requirement |\n|---|---|\n| PUMP-020 | It shall start. |\n| PUMP-021 | It shall stop. |\n| PUMP-026 | It shall ring. |\n";
    let rtm = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| PUMP-020..026 | tests/test_pump.py::test_starts |\n";
    let analysis = analyzed(&[("docs/requirements.md", spec), ("docs/rtm.md", rtm)]);
    assert_eq!(targets(&analysis), ["PUMP-020", "PUMP-021", "PUMP-026"]);
}

#[test]
fn the_name_of_a_family_stands_for_its_members() {
    let spec = "# Pump requirements\n\n| ID | Requirement |\n|---|---|\n| PUMP-API-01 | It shall start. |\n| PUMP-API-02 | It shall stop. |\n| PUMP-NET-01 | It shall ring. |\n";
    let rtm = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| PUMP-API | tests/test_pump.py::test_starts |\n| PUMP-NET-01 | tests/test_pump.py::test_rings |\n";
    let analysis = analyzed(&[("docs/requirements.md", spec), ("docs/rtm.md", rtm)]);
    assert_eq!(targets(&analysis), ["PUMP-API-01", "PUMP-API-02", "PUMP-NET-01"]);
}

#[test]
fn a_column_of_test_identifiers_cites_whatever_they_look_like() {
    let csv = "RequirementID,RequirementTitle,TestID,TestType,Status\nREQ-FLOW-001,It starts,T-01-DOC-PLAN-REVIEW,Review,Done\nREQ-FLOW-002,It stops,T-01-STOP; T-01-LOGIN,Unit,Done\n";
    let analysis = analyzed(&[("docs/rtm.csv", csv)]);
    assert_eq!(messages(&analysis, "T01"), [""; 0]);
    assert_eq!(analysis.graph.rows.iter().map(|row| row.citations.len()).collect::<Vec<_>>(), [1, 2]);
    let told = messages(&analysis, "E12");
    assert!(matches!(told.as_slice(), [one] if one.contains("no document and no test describes")), "{told:?}");
}

#[test]
fn a_table_that_tells_what_a_test_does_describes_it() {
    let rtm = "# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | Flow | PST-001 |\n| REQ-FLOW-002 | Dry run | PST-007 |\n";
    for header in ["Test ID | Given | When", "TestID | Initial state | Expected output", "Test Case ID | Functionality | Notes"] {
        let cases = format!(
            "# Notes on states\n\n## Cases\n\n| {header} |\n|---|---|---|\n| PST-001 | dry | it stops |\n| PST-002 | wet | it runs |\n"
        );
        let analysis = analyzed(&[("docs/rtm.md", rtm), ("docs/states.md", &cases)]);
        assert_eq!(messages(&analysis, "E12"), [""; 0], "{header}");
        let ghosts = messages(&analysis, "M02");
        assert!(matches!(ghosts.as_slice(), [one] if one.contains("PST-007")), "{header}: {ghosts:?}");
    }
}

#[test]
fn another_platform_leaves_the_file_behind() {
    let swift = "import XCTest\n\nclass PumpTests: XCTestCase {\n    func testHums() { XCTAssert(true) }\n}\n";
    let table = "# Pump Traceability Matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-FLOW-001 | Flow | `tests/test_pump.py::test_starts`, iOS `testHums` |\n";
    let analysis = analyzed(&[("docs/traceability_matrix.md", table), ("ios/PumpTests.swift", swift)]);
    assert_eq!(messages(&analysis, "M04"), [""; 0]);
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
    assert_eq!(analysis.graph.requirements[0].evidence.len(), 2);
}

#[test]
fn a_pattern_in_a_sentence_is_what_the_product_reads() {
    let prose = "WHO: the baker GIVEN: a cold oven WHEN: it starts THEN: it reads recipe.md (the standard) PLUS all REVIEW-*-OVEN.md files of the day";
    let analysis =
        matrix(&format!("| Req ID | Test |\n|---|---|\n| REQ-FLOW-001 | {prose} |\n| REQ-FLOW-002 | tests/test_pump.py |"));
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn a_section_with_keys_and_values_is_a_row() {
    let section = |number: u8, test: &str| {
        format!(
            "### R{number}: Flow {number}\n\n| Attribute | Detail |\n|---|---|\n| **Requirement** | It shall flow. |\n| **Source** | `pump.py` |\n\
             | **Directed Test** | {test} |\n| **Random Test** | — |\n| **Status** | Done |\n\n---\n\n"
        )
    };
    let sections: String = (1..6).map(|number| section(number, if number == 3 { "—" } else { "`tests/test_pump.py`" })).collect();
    let analysis = matrix(&format!("## Requirements and tests\n\n{sections}"));
    assert_eq!(ids(&analysis), ["R1", "R2", "R3", "R4", "R5"]);
    assert_eq!((rung(&analysis, "R1"), rung(&analysis, "R3")), (Rung::Exists, Rung::None));
    let told = messages(&analysis, "T01");
    assert!(matches!(told.as_slice(), [one] if one.contains("R3")), "{told:?}");
}

#[test]
fn a_row_that_lacks_a_cell_may_cite_all_the_same() {
    let table = "| Req ID | Design | Code | Test | Status |\n|---|---|---|---|---|\n| REQ-FLOW-001 | `pump` | tests/test_pump.py | ✅ |\n\
        | REQ-FLOW-002 | `pump` | `pump.py` | by hand: invite, then refuse | ✅ |\n| REQ-FLOW-003 | `pump` | `pump.py` | | ✅ |\n\
        | REQ-FLOW-004 | `pump` | `pump.py` | tests/test_pump.py | ✅ |\n| REQ-FLOW-005 | `pump` | `pump.py` | tests/test_pump.py | ✅ |\n";
    let analysis = matrix(table);
    let told = messages(&analysis, "T01");
    assert!(matches!(told.as_slice(), [one] if one.contains("REQ-FLOW-003")), "{told:?}");
    assert_eq!(rung(&analysis, "REQ-FLOW-001"), Rung::Exists);
}

#[test]
fn a_row_without_a_story_is_about_its_requirement() {
    let table = "| User Story | Requirement | Test |\n|---|---|---|\n| US-01 | REQ-FLOW-001 | tests/test_pump.py |\n| — | REQ-FLOW-002 | tests/test_pump.py |\n";
    assert!(targets(&matrix(table)).contains(&"REQ-FLOW-002"));
}

#[test]
fn a_specification_may_hold_its_own_matrix() {
    let spec = "# Pump requirements\n\n## 3 Features\n\n**REQ-FLOW-001:** It shall flow.\n\n**REQ-FLOW-002:** It shall stop.\n\n## 9. Traceability Matrix\n\n\
        | Req ID | Description | Acceptance Criteria | Status |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow at the rate that was set | It flows | Not Started |\n| REQ-FLOW-002 | Stop | It stops | Not Started |\n";
    let analysis = analyzed(&[("docs/requirements.md", spec)]);
    assert_eq!(analysis.graph.rows.len(), 2);
    assert!(analysis.graph.requirements.iter().all(|one| one.title.starts_with("It shall")), "{:?}", analysis.graph.requirements);
}

#[test]
fn numbers_of_requirements_beside_scenarios_are_rows() {
    let spec = "# Requirements\n\n### Requirement 2: Pump\n\n#### Acceptance Criteria\n\n1. It SHALL stop when dry.\n2. It SHALL start.\n3. It SHALL ring.\n";
    let map = "# Map of behaviour\n\n| Requirement | Explanation | BDD Scenario | Fixture |\n|---|---|---|---|\n| 2.1 Stops when dry | ADR-3 | `stops_when_dry_run`, `test_stops_when_dry` | dry |\n| Req 2.2 | ADR-4 | `test_starts` | — |\n| 2.3 Rings | ADR-5 | `rings_at_once` | — |\n";
    let analysis = analyzed(&[("specs/pump/requirements.md", spec), ("docs/map.md", map)]);
    assert_eq!(targets(&analysis), ["Requirement 2.1", "Requirement 2.2", "Requirement 2.3"]);
    assert_eq!((rung(&analysis, "Requirement 2.1"), rung(&analysis, "Requirement 2.2")), (Rung::Exists, Rung::Exists));
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
}

#[test]
fn a_legend_says_what_letters_mean() {
    let legend = "| Code | Method |\n|---|---|\n| A | Automated test |\n| R | Review of the code |\n\n";
    let analysis = matrix(&format!(
        "{legend}| Req ID | Requirement | Source files | Method |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow | `pump.py` | A |\n\
         | REQ-FLOW-002 | Dry run | `pump.py` | R |\n| REQ-FLOW-003 | Start | `pump.py` | R, A |"
    ));
    let told = messages(&analysis, "T01").join(" ");
    assert!(told.contains("REQ-FLOW-001") && told.contains("REQ-FLOW-003") && !told.contains("REQ-FLOW-002"), "{told:?}");
}

#[test]
fn a_column_of_any_name_cites_if_its_cells_do() {
    for name in ["Automated Coverage", "Coverage", "Где"] {
        let analysis = matrix(&format!(
            "| ID | Requirement Summary | Primary Implementation | {name} |\n|---|---|---|---|\n\
             | `REQ-FLOW-001` | Flow | `src/pump.py` | `tests/test_pump.py` |\n| `REQ-FLOW-002` | Stop | `src/pump.py` | `tests/test_pump.py` |\n"
        ));
        assert_eq!(rung(&analysis, "REQ-FLOW-001"), Rung::Exists, "{name}");
    }
}

#[test]
fn names_in_code_marks_are_tests_wherever_some_are_called_so() {
    let table = "| Req ID | Description | Status | Verification & Evidence |\n|---|---|---|---|\n\
        | REQ-FLOW-001 | Flow | ✅ DONE | `Valve`, `Wheel`, **Cone** (R2: `test_starts`), break tests. |\n\
        | REQ-FLOW-002 | Stop | ✅ DONE | `PumpState` and words (`no_such_thing`). |\n\
        | REQ-FLOW-003 | Ring | ✅ DONE | Lines `tests/test_pump.py:6`. |\n";
    let code = ("src/pump.py", "class Valve:\n    pass\n\n\nclass Wheel:\n    pass\n\n\nclass PumpState:\n    pass\n");
    let analysis = analyzed(&[("docs/traceability_matrix.md", &format!("# Pump Traceability Matrix\n\n{table}")), code]);
    assert_eq!(rung(&analysis, "REQ-FLOW-001"), Rung::Exists);
    assert_eq!(messages(&analysis, "M02"), [""; 0]);
    assert_eq!(analysis.graph.requirements[2].evidence.len(), 1);
}

#[test]
fn what_a_matrix_alone_defines_may_be_retired_and_a_sign_decides() {
    let table = "| Req ID | Requirement | Test | Status |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow | tests/test_pump.py | ✅ (to be removed in May) |\n\
        | REQ-FLOW-002 | Superseded by REQ-FLOW-001. | tests/test_pump.py | Retired |\n";
    let analysis = matrix(table);
    let standings: Vec<Standing> = analysis.graph.requirements.iter().map(|one| one.standing).collect();
    assert_eq!(standings, [Standing::Active, Standing::Retired]);
}

#[test]
fn another_requirement_is_no_test_case() {
    let spec = "# Pump requirements\n\n### US-01: Flow\n\nIt flows.\n\n### US-02: Stop\n\nIt stops.\n\n### FR-01: Pipe\n\nIt has a pipe.\n\n### FR-02: Valve\n\nIt has a valve.\n";
    let table = "# Pump Traceability Matrix\n\n| FR ID | Requirement | Covered By |\n|---|---|---|\n| FR-01 | Pipe | US-01 |\n| FR-02 | Valve | US-02 |\n";
    let analysis = analyzed(&[("docs/requirements.md", spec), ("docs/traceability_matrix.md", table)]);
    assert_ne!(rung(&analysis, "FR-01"), Rung::Exists);
}

#[test]
fn a_pattern_behind_a_file_names_some_of_its_tests() {
    let rows =
        |cell: &str| format!("| Req ID | Test |\n|---|---|\n| REQ-FLOW-001 | {cell} |\n| REQ-FLOW-002 | tests/test_pump.py |");
    let analysis = matrix(&rows("`tests/test_pump.py::test_stops_*`"));
    assert_eq!(analysis.graph.requirements[0].evidence.len(), 1);
    let analysis = matrix(&rows("`tests/test_pump.py::test_starts`, `::test_stops_*`"));
    assert_eq!(analysis.graph.requirements[0].evidence.len(), 2);
    let analysis = matrix(&rows("`tests/test_pump.py::test_nothing_*`"));
    assert_eq!(messages(&analysis, "M02").len(), 1);
}

#[test]
fn a_matrix_without_a_column_of_tests_is_one_finding() {
    let table = "| Req ID | Requirement | Implementation | Trigger |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow | `pump.py` | Key |\n| REQ-FLOW-002 | Stop | `pump.py` | Key |\n";
    let told = messages(&matrix(table), "T01");
    assert!(matches!(told.as_slice(), [one] if one.contains("no column of tests")), "{told:?}");
}

#[test]
fn a_code_reference_leads_to_tests_unless_a_column_of_tests_stands_beside_it() {
    let alone = matrix(
        "| Req ID | Title | Code Reference | Status |\n|---|---|---|---|\n| REQ-FLOW-001 | Flow | test_pump::test_starts, test_stops_when_dry | PASS |",
    );
    assert_eq!(alone.graph.requirements[0].evidence.len(), 2);
    let beside = matrix(
        "| Req ID | Code Reference | Test Reference |\n|---|---|---|\n| REQ-FLOW-001 | `src/pump.py::run` | `tests/test_pump.py` |",
    );
    assert_eq!(messages(&beside, "M02"), [""; 0]);
}

#[test]
fn two_levels_of_requirements_in_one_row_are_both_traced() {
    let goals = "# Business requirements\n\n### BR-OVEN-001: Baking\n\nIt shall bake bread.\n";
    let spec = "# Functional requirements\n\n### FR-001: Heat\n\nIt shall heat.\n\n### FR-002: Timer\n\nIt shall count.\n";
    let rtm = "# Traceability matrix\n\n| Business Requirement | Functional Requirement(s) | Test |\n|---|---|---|\n| BR-OVEN-001 — Bake bread | FR-001, FR-002 | tests/test_oven.py::test_bakes |\n";
    let tests = ("tests/test_oven.py", "def test_bakes():\n    assert works()\n");
    let analysis = analyzed(&[("docs/goals.md", goals), ("docs/spec.md", spec), ("docs/rtm.md", rtm), tests]);
    let evidence: Vec<usize> = analysis.graph.requirements.iter().map(|one| one.evidence.len()).collect();
    assert_eq!(evidence, [1, 1, 1]);
}

#[test]
fn a_column_of_any_name_takes_no_table_away() {
    for name in ["Component", "Компонент", "Whatever"] {
        let rtm = format!(
            "# Traceability matrix\n\n| Kind | ID | {name} | Status |\n|---|---|---|---|\n| FR | FR-14: Reports | ReportService | Not started |\n| US | US-16: Export | ReportService | Not started |\n"
        );
        let analysis = analyzed(&[("docs/rtm.md", &rtm)]);
        assert_eq!(targets(&analysis), ["FR-14", "US-16"], "{name}");
    }
}

#[test]
fn a_row_that_calls_itself_an_example_claims_nothing() {
    for mark in ["(example)", "(예시)", "*(Beispiel)*", "[ejemplo]"] {
        let rtm = format!(
            "# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-OVEN-000 | {mark} Open the door | tests/test_none.py::test_none |\n| REQ-OVEN-001 | Shut the door (example: by hand) | tests/test_oven.py::test_shuts |\n"
        );
        let analysis = analyzed(&[("docs/rtm.md", &rtm), ("tests/test_oven.py", "def test_shuts():\n    assert works()\n")]);
        assert_eq!(targets(&analysis), ["REQ-OVEN-001"], "{mark}");
    }
}

#[test]
fn beside_tests_a_column_of_another_method_cites_what_verifies() {
    for name in ["Analysis", "Inspection", "Code review", "Verification by analysis"] {
        let table = format!(
            "| Req ID | Unit tests | Functional tests | {name} |\n|---|---|---|---|\n\
             | REQ-FLOW-001 | tests/test_pump.py::test_starts | - | - |\n| REQ-FLOW-002 | - | - | AN-FLOW-02 |\n\
             | REQ-FLOW-003 | - | - | [heat](heat.md) |\n| REQ-FLOW-004 | - | - | - |"
        );
        let analysis = matrix(&table);
        let told = messages(&analysis, "T01");
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].contains("REQ-FLOW-004"), "{name}: {told:?}");
        assert_eq!(messages(&analysis, "M02"), [""; 0], "{name}");
        assert_eq!(ids(&analysis).iter().filter(|id| id.starts_with("AN-")).count(), 0, "{name}");
        assert_eq!(rung(&analysis, "REQ-FLOW-002"), Rung::Cited, "{name}");
    }
}

#[test]
fn a_mark_or_a_name_in_a_column_of_reviews_cites_nothing() {
    let analysis = matrix(
        "| Req ID | Tests | Review |\n|---|---|---|\n| REQ-FLOW-001 | tests/test_pump.py::test_starts | Ann |\n\
         | REQ-FLOW-002 | - | ✓ |",
    );
    let told = messages(&analysis, "T01");
    assert!(told.len() == 1 && told[0].contains("REQ-FLOW-002"), "{told:?}");
}

#[test]
fn scripts_of_a_qualification_are_test_cases() {
    let protocol = "# Qualification protocol\n\n| ID | Step | Expected |\n|---|---|---|\n| OQ-B1 | Open the valve | It opens |\n\
                    | OQ-B2 | Close the valve | It closes |\n| PQ-01 | Run for a day | No leak |\n";
    for name in ["OQ/PQ script", "OQ script", "IQ/OQ/PQ", "Test script"] {
        let rows = "| REQ-FLOW-001 | tests/test_pump.py::test_starts | OQ-B1 |\n| REQ-FLOW-002 | — | OQ-B2, PQ-01 |";
        let text = format!(
            "# Pump Traceability Matrix\n\n| Req ID | Automated test | {name} |\n|---|---|---|\n{rows}\n| REQ-FLOW-003 | — | — |\n"
        );
        let analysis = analyzed(&[("docs/traceability_matrix.md", &text), ("docs/protocol.md", protocol)]);
        let told = messages(&analysis, "T01");
        assert!(told.len() == 1 && told[0].contains("REQ-FLOW-003"), "{name}: {told:?}");
        assert_eq!(messages(&analysis, "M02"), [""; 0], "{name}");
    }
}

#[test]
fn the_name_of_a_qualification_is_no_test_case() {
    let analysis = matrix(
        "| Req ID | Tests | IQ/OQ/PQ |\n|---|---|---|\n| REQ-FLOW-001 | tests/test_pump.py::test_starts | OQ |\n\
         | REQ-FLOW-002 | - | PQ |",
    );
    assert_eq!(messages(&analysis, "T01").len(), 1);
}

#[test]
fn a_column_of_outcomes_is_the_status_whatever_it_is_called() {
    let analysis = matrix(
        "| Req ID | Implementation | Tests | Automated | Manual UAT |\n|---|---|---|---|---|\n\
         | REQ-FLOW-001 | src/a.py | tests/test_pump.py::test_starts | PASS | DEFINED |\n\
         | REQ-FLOW-002 | src/b.py | tests/test_pump.py::test_stops_when_dry | FAIL | PASS |",
    );
    let graph = &analysis.graph;
    let told: Vec<String> =
        graph.rows.iter().filter_map(|row| graph.row(row).status.as_ref()).map(|(status, _)| format!("{status:?}")).collect();
    assert_eq!(told, ["Pass", "Fail"]);
}

#[test]
fn the_evidence_of_a_safety_case_is_no_requirement() {
    let listed = |heading: &str| {
        let rows: String =
            (1..=6).map(|at| format!("| E{at} | Frame {at} | tests/test_pump.py::test_starts | PASS |\n")).collect();
        let text = format!(
            "# Verification matrix of the pump\n\n## {heading}\n\n| ID | Name | Test | Result |\n|---|---|---|---|\n{rows}"
        );
        ids(&analyzed(&[("docs/verification_matrix.md", &text)])).len()
    };
    assert_eq!((listed("6.1 Evidence"), listed("6.1 근거 목록"), listed("6.1 Items")), (0, 0, 6));
}
