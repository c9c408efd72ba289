//! Forms of specifications, and tables that are no specifications and no matrices.

use super::{analyzed, messages, refined, requirements};

const TESTS: (&str, &str) = ("tests/test_kiln.py", "def test_logs():\n    assert kiln.log\n");

#[test]
fn a_column_of_requirements_may_be_called_so_in_other_languages() {
    for (name, column) in [("exigences", "Exigence"), ("anforderungen", "Anforderung"), ("requisitos", "Requisito")] {
        let table = format!(
            "# Kiln\n\n| ID | {column} | Phase |\n|---|---|---|\n| KILN-LOG-01 | log | 1 |\n| KILN-LOG-02 | cool | 1 |\n"
        );
        assert_eq!(requirements(&[(&format!("docs/{name}.md"), &table)]), ["KILN-LOG-01", "KILN-LOG-02"], "{name}");
        assert_eq!(requirements(&[("docs/kiln.md", &table)]), ["KILN-LOG-01", "KILN-LOG-02"], "{name}");
    }
}

#[test]
fn several_blocks_of_labels_below_one_heading_are_requirements_each() {
    let text = "# Kiln requirements\n\n## Functions\n\n**Requirement ID:** REQ-FUN-000\n\n**Title:** Purpose\n\n**Description:** The kiln shall heat.\n\n---\n\n**Requirement ID:** REQ-FUN-001\n\n**Title:** Log\n\n**Description:** The kiln shall log.\n\n**Verification Method:** A\n\n## Doors\n\n**Requirement ID:** REQ-DOR-000\n\nThe door shall close.\n";
    let graph = analyzed(&[("docs/kiln.md", text)]).graph;
    let told: Vec<(&str, &str)> = graph.requirements.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect();
    assert_eq!(told, [("REQ-FUN-000", "Purpose"), ("REQ-FUN-001", "Log"), ("REQ-DOR-000", "Doors")]);
    let text = |at: usize| {
        let one = &graph.requirements[at];
        let definition = graph.definition(one).expect("it is defined");
        graph.input(one.place.file).text.slice(definition.text).to_owned()
    };
    assert!(text(0).contains("shall heat") && !text(0).contains("shall log"), "{}", text(0));
    assert!(text(1).contains("shall log") && !text(1).contains("close"), "{}", text(1));
}

#[test]
fn one_item_below_a_heading_of_requirements_is_one_as_it_is_below_any_other() {
    for heading in ["Alarm requirements", "Alarms"] {
        let text = format!("# Kiln requirements\n\n## {heading}\n\n- REQ-ALM-1: Alarms are shown within a second.\n");
        assert_eq!(requirements(&[("docs/kiln.md", &text)]), ["REQ-ALM-1"], "{heading}");
    }
}

#[test]
fn a_table_of_verification_tells_its_requirements_again() {
    let text = "# Kiln requirements\n\n| ID | Requirement | Source |\n|---|---|---|\n| FR-001 | The kiln SHALL log every firing to the disk. | a |\n| FR-002 | The kiln SHALL cool down slowly after firing. | b |\n\n## Verification\n\n| ID | Requirement | Verification method | Verification command |\n|---|---|---|---|\n| FR-001 | Log every firing to the disk. | Test | `pytest tests/test_kiln.py` |\n| FR-002 | Cool down slowly after firing. | Inspection | see the log |\n";
    let files = [("docs/kiln.md", text), TESTS];
    assert_eq!(messages(&files, "R01"), [""; 0]);
    assert_eq!(analyzed(&files).graph.rows.len(), 2, "its rows are read");
    let other = text.replace("Cool down slowly after firing.", "Ring a bell when the door opens.");
    assert_eq!(messages(&[("docs/kiln.md", &other), TESTS], "R01").len(), 1, "another text is another requirement");
}

#[test]
fn a_column_of_issues_names_no_requirements() {
    let text = "# Traceability matrix\n\n| US | Issues | Layer | Tests |\n|---|---|---|---|\n| US-1.1 | ADJ-03/06/08 | domain | tests/test_kiln.py |\n| US-1.2 | ADJ-09 | domain | tests/test_kiln.py |\n";
    assert_eq!(messages(&[("docs/matrix.md", text), TESTS], "M01"), [""; 0]);
}

#[test]
fn a_table_of_defects_is_no_matrix_for_the_files_of_their_fixes() {
    let text = "# Test report\n\n## Defects\n\n| ID | Severity | What | Fix |\n|---|---|---|---|\n| H-04-01 | high | No digit | `Page.tsx`: `useState` |\n| H-04-02 | high | No form | `Login.tsx`: lazy |\n";
    assert_eq!(analyzed(&[("docs/faults.md", text), TESTS]).graph.rows.len(), 0);
}

#[test]
fn the_target_of_a_link_is_no_identifier() {
    let text = "# Requirement links\n\n| Slice | Title | Tests |\n|---|---|---|\n| [`SL-001`](SL-001-doors.md) | Doors | `tests/test_kiln.py` |\n";
    let graph = analyzed(&[("docs/traceability.md", text), TESTS]).graph;
    let ids: Vec<&str> = graph.requirements.iter().map(|one| one.id.as_str()).collect();
    assert!(!ids.iter().any(|id| id.ends_with(".md")), "{ids:?}");
}

#[test]
fn a_story_that_is_a_file_below_specifications_is_a_requirement() {
    let story = "# US-3.1.1: Firing\n\n**Status**: open\n\n## Description\n\nAs a potter I want to fire.\n";
    assert_eq!(requirements(&[("docs/specs/sp3/US-3.1.1.md", story)]), ["US-3.1.1"]);
    // A milestone is none, wherever it is told of.
    assert_eq!(requirements(&[("docs/specs/HITO-29.md", "# HITO-29: What we learned\n\nThe team shall learn.\n")]), [""; 0]);
}

#[test]
fn what_a_row_tells_says_which_of_two_specifications_is_meant() {
    let motor = "# Motor specification\n\n| ID | Requirement |\n|---|---|\n| FR-001 | The motor shall start within one second. |\n| FR-002 | The motor shall stop on overload. |\n";
    let display = "# Display specification\n\n| ID | Requirement |\n|---|---|\n| FR-001 | The display shall show the current flow. |\n| FR-002 | The display shall blink on failure. |\n";
    let matrix = |told: &str| {
        format!(
            "# Traceability matrix\n\n| Requirement | Description | Test |\n|---|---|---|\n| FR-001 | {told} | tests/test_kiln.py::test_logs |\n"
        )
    };
    let verified = |told: &str| {
        let matrix = matrix(told);
        let graph =
            analyzed(&[("a/motor-spec.md", motor), ("b/display-spec.md", display), ("docs/rtm.md", &matrix), TESTS]).graph;
        let with = graph.requirements.iter().filter(|one| !one.evidence.is_empty());
        with.map(|one| format!("{} {}", graph.path(one.place.file), one.id)).collect::<Vec<String>>()
    };
    assert_eq!(verified("Motor starts within a second"), ["a/motor-spec.md FR-001"]);
    assert_eq!(verified("Display shows the flow"), ["b/display-spec.md FR-001"]);
    // What fits neither settles nothing.
    assert_eq!(verified("Doors"), [""; 0]);
}

#[test]
fn a_criterion_refines_its_story() {
    let text = "# Kiln requirements\n\n## US-007: Firing\n\nAs a potter I want to fire.\n\n## US-007-AC-1: Heat\n\nThe kiln shall heat.\n\n## US-008: Glazing\n\nAs a potter I want to glaze.\n";
    assert_eq!(refined(&[("docs/kiln.md", text)]), ["US-007 by US-007-AC-1"]);
}

#[test]
fn a_table_that_is_announced_as_an_example_claims_nothing() {
    let rows = "| RF | Descrição | Testes |\n|---|---|---|\n| RF-04 | Criar | tests/test_kiln.py::test_gone |\n";
    let announced = format!("# Matriz de rastreabilidade\n\nExemplo de entrada:\n\n{rows}");
    assert_eq!(messages(&[("docs/rtm.md", &announced), TESTS], "M02"), [""; 0]);
    let plain = format!("# Matriz de rastreabilidade\n\nOs testes:\n\n{rows}");
    assert_eq!(messages(&[("docs/rtm.md", &plain), TESTS], "M02").len(), 1);
}

#[test]
fn what_a_command_looks_for_need_not_be_there() {
    let text = "# Kiln requirements\n\n| ID | Requirement | Verification method | Verification command |\n|---|---|---|---|\n| FR-001 | No picture shall be kept. | Inspection | `git ls-files '*.png' | wc -l` |\n| FR-002 | The kiln shall log. | Test | `pytest tests/test_kiln.py` |\n";
    let text = text.replace(" | wc", " \\| wc");
    assert_eq!(messages(&[("docs/kiln.md", &text), TESTS], "M02"), [""; 0]);
}

#[test]
fn stories_with_a_file_each_are_one_specification() {
    let story = |number: u32| format!("# US-3.1.{number}: Firing\n\nAs a potter I want to fire.\n");
    let (one, two) = (story(1), story(2));
    let graph = analyzed(&[("docs/specs/sp3/US-3.1.1.md", &one), ("docs/specs/sp3/US-3.1.2.md", &two)]).graph;
    assert_eq!((graph.requirements.len(), graph.namespaces.len()), (2, 1));
}

#[test]
fn a_line_of_a_matrix_that_is_read_as_no_row_is_one_all_the_same() {
    let spec = "# Kiln requirements\n\n| ID | Requirement |\n|---|---|\n| US-1.1 | It shall log. |\n| US-1.2 | It shall cool. |\n| US-1.3 | It shall ring. |\n| US-1.4 | It shall heat. |\n";
    let matrix = "# Traceability matrix\n\n| US | Test |\n|---|---|\n| US-1.1 | tests/test_kiln.py |\n| US-1.2 | tests/test_kiln.py |\n\n| US | Inc. | Main content | State |\n|---|---|---|---|\n| US-1.3 | 1 | A bell | done |\n";
    let found = messages(&[("docs/kiln.md", spec), ("docs/rtm.md", matrix), TESTS], "M01");
    assert!(found.len() == 1 && found[0].starts_with("US-1.4 has no row"), "{found:?}");
}

#[test]
fn a_design_description_that_states_requirements_is_a_specification() {
    let part = |number: u32, said: &str| {
        format!("#### REQ-KILN-SWL-{number} Part {number}\n\n{said}\n\n##### Attributes:\n- Verification: Test\n\n")
    };
    let parts = |said: &str| (1..=3).map(|number| part(number, said)).collect::<String>();
    let text =
        |heading: &str, said: &str| format!("# Design Description of the kiln\n\n## {heading}\n\n### kiln.c\n\n{}", parts(said));
    let found = ["REQ-KILN-SWL-1", "REQ-KILN-SWL-2", "REQ-KILN-SWL-3"];
    let stated = text("Low-level requirements", "The kiln SHALL log its heat.");
    assert_eq!(requirements(&[("docs/KILN-SDD.md", &stated)]), found);
    // What tells how the requirements of another document are met states none.
    for other in [text("Low-level requirements", "A table holds the heat."), text("Parts", "The kiln SHALL log its heat.")] {
        assert_eq!(requirements(&[("docs/KILN-SDD.md", &other)]), [""; 0], "{other}");
    }
}

#[test]
fn documents_that_are_referred_to_are_no_requirements() {
    for heading in ["Applicable Documents", "Reference documents", "1.3 Internal Documents", "References"] {
        let text = format!(
            "# Kiln requirements\n\n## {heading}\n\n**KLN-6-RS** Requirements standard\n\n**KLN-7-DS** Documents\n\n## Functions\n\n**KLN-9-FN** The kiln shall heat.\n\n**KLN-10-FN** It shall cool.\n"
        );
        assert_eq!(requirements(&[("docs/kiln.md", &text)]), ["KLN-10-FN", "KLN-9-FN"], "{heading}");
    }
}

#[test]
fn a_full_stop_within_the_mark_up_ends_an_identifier() {
    let text = "# Especificación funcional\n\n## Puertas\n\n**RF-001.** Cerrar la puerta.\n\n**RF-002.** Abrir la puerta:\n\n- de noche.\n\n`RF-003.*` son otras.\n";
    let graph = analyzed(&[("docs/horno.md", text)]).graph;
    let told: Vec<(&str, &str)> = graph.requirements.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect();
    assert_eq!(told, [("RF-001", "Cerrar la puerta."), ("RF-002", "Abrir la puerta")]);
    assert_eq!(requirements(&[("docs/historico/horno.md", text)]), [""; 0], "what is kept as history is not in force");
}

#[test]
fn chapters_with_numbers_are_no_series_of_specifications() {
    let spec = |text: &str| format!("# Kiln requirements\n\n**FR-1:** The kiln shall {text}.\n");
    let tests = "# Traceability matrix\n\n| ID | Test |\n|---|---|\n| FR-1 | tests/test_kiln.py::test_logs |\n";
    let rows = |files: &[(&str, &str)]| {
        let graph = analyzed(files).graph;
        graph.requirements.iter().map(|one| one.rows.len()).collect::<Vec<_>>()
    };
    let log = spec("log");
    let chapters = [("docs/01_requirements/srs.md", log.as_str()), ("docs/02_tests/rtm.md", tests), TESTS];
    assert_eq!(rows(&chapters), [1], "{:?}", messages(&chapters, "T01"));
    // Where several members define the family, each counts anew.
    let cool = spec("cool").replace("FR-1", "FR-2");
    let series =
        [("specs/001-log/srs.md", log.as_str()), ("specs/002-cool/srs.md", &cool), ("specs/003-open/rtm.md", tests), TESTS];
    assert_eq!(rows(&series), [0, 0]);
}

#[test]
fn a_column_of_sets_beside_the_identifiers_names_no_requirements() {
    let row = |at: u32| format!("GAS_2.1,{at},The kiln SHALL log {at}.\n");
    let text = format!("Set,ID,Requirement\n{}", (1..9).map(row).collect::<String>());
    let files = [("docs/requirements.csv", text.as_str()), TESTS];
    assert!(messages(&files, "R01").is_empty(), "{:?}", messages(&files, "R01"));
    assert!(!requirements(&files).contains(&String::from("GAS_2.1")));
}

#[test]
fn the_sign_of_a_number_belongs_to_the_title() {
    let title = |line: &str| {
        let graph = analyzed(&[("docs/srs.md", &format!("# Kiln requirements\n\n### {line}\n\nIt shall add.\n"))]).graph;
        graph.requirements.iter().map(|one| one.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(title("REQ-1: -2 degrees"), ["-2 degrees"]);
    assert_eq!(title("REQ-1 - 2 degrees"), ["2 degrees"]);
}

#[test]
fn a_citation_style_and_a_variable_define_nothing() {
    let text = "# Kiln requirements\n\n## APA-7 references\n\nBaker (2004).\n\n## Model\n\n`\u{3bc}_1=0, s_1=1`. Both shall be fixed.\n\n**FR-1:** The kiln shall heat.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-1"]);
}

#[test]
fn a_family_beside_identifiers_stands_for_all_of_its_own() {
    let spec = "# Kiln requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-HOT-001 | It shall heat. |\n| REQ-LOG-001 | It shall log. |\n| REQ-LOG-002 | It shall keep logs. |\n| REQ-FAN-001 | It shall blow. |\n";
    let matrix = "# Traceability matrix\n\n| Theme | Requirement IDs | Test |\n|---|---|---|\n| Heat | REQ-HOT-001, REQ-LOG | tests/test_kiln.py |\n| Wind | REQ-FAN-001, SOME-THING | tests/test_kiln.py |\n";
    let graph = analyzed(&[("docs/srs.md", spec), ("docs/rtm.md", matrix), TESTS]).graph;
    assert_eq!(graph.requirements.iter().map(|one| one.rows.len()).collect::<Vec<_>>(), [1, 1, 1, 1]);
}

#[test]
fn a_document_that_is_called_after_an_identifier_is_about_it() {
    let spec = ("docs/UC-901.md", "# UC-901: Open a request\n\n## Use case\n\nThe system shall open a request.\n");
    let other = |name: &'static str| (name, "# UC-904: Close a request\n\n| Field | Value |\n|---|---|\n| **ID** | UC-904 |\n");
    let matrix = (
        "docs/rtm.md",
        "# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| UC-901 | tests/test_kiln.py |\n| UC-904 | tests/test_kiln.py |\n",
    );
    assert_eq!(messages(&[spec, other("docs/UC-904.md"), matrix, TESTS], "M01"), [""; 0]);
}
