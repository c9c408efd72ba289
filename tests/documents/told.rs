//! Documents, headings, items and tables that speak of requirements and define none.

use super::{analyzed, messages, requirements};

const SPEC: &str = "# Kiln feature specification\n\n## Requirements\n\n- **FR-001**: The kiln MUST heat.\n- **FR-002**: The kiln MUST cool.\n- **FR-003**: The kiln MUST tell its state.\n";
const TEST: &str = "// Verifies: FR-001, FR-002, FR-003\nfn unused() {}\n";

#[test]
fn a_document_about_a_specification_is_none() {
    for (title, section) in [
        ("Release gate (Spec 001)", "## FR-002 correlation note\n\nToday the report is late.\n"),
        ("Hints for the crew (specs 001)", "### Contract of the watch (FR-003)\n\nA watch MAY end early.\n"),
        ("Kiln requirements at work", "### Contract of the watch (FR-003)\n\nA watch may end early.\n"),
    ] {
        let gate = format!("# {title}\n\nWhat is looked at before a release.\n\n{section}");
        let files = [("specs/001-kiln/spec.md", SPEC), ("docs/gate.md", gate.as_str()), ("src/kiln.rs", TEST)];
        assert_eq!(requirements(&files), ["FR-001", "FR-002", "FR-003"], "{title}");
    }
}

#[test]
fn a_hazard_behind_a_heading_is_no_requirement() {
    let text = "# Backend product requirements\n\n### 5.5 Clock\n\n- **REQ-AUD-01**: The backend shall log each access.\n\n### 5.6 Audit and evidence (H-07)\n\nThe chain of hashes starts with zeros.\n";
    assert_eq!(requirements(&[("docs/backend-prd.md", text)]), ["REQ-AUD-01"]);
    // Who ends several headings with one of a family defines them so.
    let text = "# Kiln requirements\n\n## Heating (KL-01)\n\nIt heats.\n\n## Cooling (KL-02)\n\nIt cools.\n";
    assert_eq!(requirements(&[("docs/kiln-requirements.md", text)]), ["KL-01", "KL-02"]);
    for (path, text) in [
        ("docs/heat-spec.md", "# Heat\n\n## Heating (FR-1)\n\nThe kiln heats.\n"),
        ("docs/cool-spec.md", "# Cool\n\n## Cooling (DS-COOL-1)\n\nThe kiln cools.\n"),
    ] {
        assert_eq!(requirements(&[(path, text)]).len(), 1, "{path}");
    }
    let text = "# Kiln requirements\n\n## Heating (KL-01)\n\nThe kiln shall heat.\n";
    assert_eq!(requirements(&[("docs/kiln-requirements.md", text)]), ["KL-01"]);
}

#[test]
fn an_example_of_the_notation_defines_nothing() {
    let text = "# Requirements and delivery\n\n## Identifiers and revisions\n\nRevisions are integers:\n\n- `UC-0@r1` is revision 1 of UC-0.\n- `UC-7` identifies a use case.\n";
    assert_eq!(requirements(&[("docs/process-requirements.md", text)]), [""; 0]);
    let text = "# Requirements\n\n### UC-4@r2: Heat the kiln\n\nThe kiln shall heat.\n\n### UC-5@r1: Cool\n\nIt shall cool.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["UC-4", "UC-5"]);
}

const SRS: &str = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| FR-021 | The page shall check its settings before it saves them. |\n| FR-022 | The page shall keep the chat. |\n";

#[test]
fn what_is_to_be_written_into_a_matrix_is_a_row() {
    let block = "- FR-021: \u{201c}Settings check\u{201d}\n  - Code: `src/page.py`\n  - Tests: `tests/test_page.py`\n  - Verification: test\n";
    let test = "def test_checks():\n    assert works()\n";
    for heading in ["RTM updates (docs/rtm.md)", "Traceability", "What follows"] {
        let spec = format!("# Settings page specification\n\n## Goal\n\nFewer errors.\n\n## {heading}\n\nAdd a row:\n\n{block}");
        let files = [("docs/specs/settings.md", spec.as_str()), ("docs/requirements.md", SRS), ("tests/test_page.py", test)];
        assert_eq!(requirements(&files), ["FR-021", "FR-022"], "{heading}");
        let graph = analyzed(&files).graph;
        let one = graph.requirements.iter().find(|one| one.id == "FR-021").unwrap();
        assert_eq!(graph.path(one.place.file), "docs/requirements.md", "{heading}");
        assert_eq!(one.tests().len(), 1, "{heading}");
    }
    // Where nothing else defines it, the block does.
    let spec = format!("# Settings page specification\n\n## RTM updates\n\n{block}");
    assert_eq!(requirements(&[("docs/specs/settings.md", &spec), ("tests/test_page.py", test)]), ["FR-021"]);
}

#[test]
fn a_column_that_traces_defines_nothing() {
    for table in [
        "| ID | Scenario | Requirements |\n|---|---|---|\n| SIL-001 | Start | FR-021 |\n| SIL-002 | Stop | FR-022 |\n| SIL-003 | Talk | FR-088 |\n",
        "| Function | Description | Req Trace |\n|---|---|---|\n| page_init() | Starts the page | FR-021 |\n| page_keep() | Keeps the chat | FR-022 |\n",
        "| Element | Description | Related requirements |\n|---|---|---|\n| Page | Checks | FR-021, FR-022 |\n| Chat | Keeps | FR-022 |\n",
    ] {
        for title in ["Kiln overview", "Software design specification"] {
            let text = format!("# {title}\n\n## Overview\n\n{table}");
            let files = [("docs/design.md", text.as_str()), ("docs/requirements.md", SRS)];
            assert_eq!(requirements(&files), ["FR-021", "FR-022"], "{title}: {table}");
            assert_eq!(messages(&files, "M01"), [""; 0]);
        }
    }
    let table = "# Requirements\n\n| Group | Requirements | Text |\n|---|---|---|\n| Page | FR-021 | It shall check. |\n| Page | FR-022 | It shall keep. |\n";
    assert_eq!(requirements(&[("docs/requirements.md", table)]), ["FR-021", "FR-022"]);
}

#[test]
fn a_column_of_documents_defines_nothing() {
    let plan = "# Release readiness specification\n\n## Work packages\n\n| WP | Title | ADR | SPEC | Prompt |\n|---|---|---|---|---|\n| 01 | Harden the page | ADR-041 | SPEC-022 | `prompts/022.md` |\n| 02 | Remove the old entry | ADR-046 | SPEC-027 | `prompts/027.md` |\n";
    let files = [("docs/specs/spec-021-release.md", plan), ("docs/requirements.md", SRS)];
    assert_eq!(requirements(&files), ["FR-021", "FR-022"]);
    let index = "# Specifications\n\n| Spec | Title | Status |\n|---|---|---|\n| SPEC-022 | Harden the page | Implemented |\n| SPEC-027 | Remove the old entry | Implemented |\n";
    let files = [
        ("docs/specs/README.md", index),
        ("docs/specs/spec-022-page.md", "# Harden the page\n\nWhat is to be done.\n"),
        ("docs/specs/spec-027-entry.md", "# Remove the old entry\n\nWhat is to be done.\n"),
        ("docs/requirements.md", SRS),
    ];
    assert_eq!(requirements(&files), ["FR-021", "FR-022"]);
}

#[test]
fn devices_are_no_requirements() {
    let text = "# Interfaces of the board\n\n### 5.6 Features\n\n| Feature | Description | Coverage |\n|---|---|---|\n| AS5048A angle sensor | 14 bits | 95 % |\n| TIM2 output control | Three levels | 80 % |\n| TPS3823 watchdog | 1.6 s | 85 % |\n| USART2 | Range reception | 80 % |\n";
    let srs = "# Requirements\n\n### REQ-1: Heat\n\nIt shall heat.\n";
    let files = [("docs/requirements/board-specification.md", text), ("docs/requirements/srs.md", srs)];
    assert_eq!(requirements(&files), ["REQ-1"]);
    // What is called by a word is none either.
    let mixed = text.replace("USART2 ", "Brown-out ");
    assert_eq!(requirements(&[("docs/requirements/board-specification.md", &mixed), files[1]]), ["REQ-1"]);
    // One family in a table is a list on purpose.
    let text = "# Requirements\n\n| Feature | Description |\n|---|---|\n| DOOR1 | It opens the door within a second. |\n| DOOR2 | It closes the door within a second. |\n| DOOR3 | It tells the state of the door. |\n";
    let rtm = "# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| DOOR1 | tests/test_a.py::test_a |\n| DOOR2 | |\n| DOOR3 | |\n";
    assert_eq!(requirements(&[("docs/requirements.md", text), ("docs/rtm.md", rtm)]), ["DOOR1", "DOOR2", "DOOR3"]);
}

#[test]
fn assumptions_are_owed_nothing_unless_they_oblige() {
    for heading in ["Constraints and Assumptions", "5. Constraints & Assumptions", "Assumptions and Constraints"] {
        let text = format!(
            "# Requirements\n\n## Functions\n\n**FR-001** \u{2014} The kiln shall heat.\n\n## {heading}\n\n**C-001** \u{2014} The protocol is that of the maker. It is the operator's to judge.\n\n**C-002** \u{2014} The kiln shall run\nwithout a network.\n"
        );
        assert_eq!(requirements(&[("docs/requirements.md", &text)]), ["C-002", "FR-001"], "{heading}");
    }
}

#[test]
fn what_a_document_puts_off_as_a_whole_is_planned() {
    let text = |status: &str| {
        format!(
            "# Requirements of signatures\n\n## Status\n\n{status}\n\n## Signing\n\n- REQ-SIG-001: The tool signs packages.\n- REQ-SIG-002: The tool checks signatures.\n- REQ-SIG-003: The tool drops signatures.\n"
        )
    };
    for status in [
        "Signing is deferred to version 2.\nUnless noted otherwise, requirements in this document are v2 future work.",
        "All requirements in this specification are deferred to release 2.",
        "> **Note:** The requirements of this document are planned for next year.",
    ] {
        let files = [("docs/requirements/signatures.md", text(status))];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        assert_eq!(requirements(&files), ["REQ-SIG-001 planned", "REQ-SIG-002 planned", "REQ-SIG-003 planned"], "{status}");
    }
    for status in [
        "Some requirements in this document are deferred to release 2.",
        "The requirements in this document are not deferred.",
        "The requirements in this document are in force. What is planned stands elsewhere.",
    ] {
        let files = [("docs/requirements/signatures.md", text(status))];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        assert_eq!(requirements(&files), ["REQ-SIG-001", "REQ-SIG-002", "REQ-SIG-003"], "{status}");
    }
}

#[test]
fn of_documents_in_one_folder_the_specification_defines() {
    let srs = "# Software requirements specification (SRS)\n\n| ID | Name | Description |\n|---|---|---|\n| FR-01 | New report | The guest can make a report with a place. |\n| FR-02 | Valid report | The system must refuse empty fields. |\n| FR-03 | List | The system must show the list. |\n\n- **AC-01-02**: It joins the places, and tells of an error where a field is empty.\n- **AC-01-03**: It keeps them.\n";
    let issues = "# GitHub issues of the system\n\n## 1. Issue #1: [FR-01] New report\n### Requirement\n- FR-01: The guest can make a report with a place.\n### Acceptance Criteria\n- AC-01-02: It joins the places, and tells of an error where a field is empty.\n- [x] Make the form.\n\n## 2. Issue #2: [FR-02] Valid report\n### Requirement\n- FR-02: The system must refuse empty fields.\n### Acceptance Criteria\n- AC-01-02: It tells of an error.\n";
    let moscow = "# Prioritization of the requirements\n\n### 1. Must Have\n\n- **FR-01 (New report)**: People want to complain.\n- **FR-02 (Valid report)**: No rubbish gets in.\n- **FR-03 (List)**: All see what came in.\n";
    let rtm = "# Traceability matrix\n\n| ID | Test |\n|---|---|\n| FR-01 | tests/test_a.py::test_a |\n| FR-02 | tests/test_a.py::test_a |\n| FR-03 | tests/test_a.py::test_a |\n";
    let files = [
        ("docs/github_issues.md", issues),
        ("docs/prioritization.md", moscow),
        ("docs/specification.md", srs),
        ("docs/traceability.md", rtm),
        ("tests/test_a.py", "def test_a():\n    assert works()\n"),
    ];
    assert_eq!(requirements(&files), ["AC-01-02", "AC-01-03", "FR-01", "FR-02", "FR-03"]);
    assert_eq!(messages(&files, "R01"), [""; 0]);
    let graph = analyzed(&files).graph;
    for one in &graph.requirements {
        assert_eq!(graph.path(one.place.file), "docs/specification.md", "{}", one.id);
    }
    assert!(graph.requirements.iter().filter(|one| one.id.starts_with("FR")).all(|one| one.tests().len() == 1));
    // In a folder of its own such a list may be all that there is.
    assert_eq!(requirements(&[("docs/moscow/prioritization.md", moscow)]), ["FR-01", "FR-02", "FR-03"]);
}

#[test]
fn a_matrix_that_another_version_replaces_claims_nothing() {
    let rows = |from: usize, to: usize, test: &str| {
        let rows: String = (from..to).map(|n| format!("REQ-{n:03},It does thing {n}.,{test}\n")).collect();
        format!("Requirement ID,Requirement,Test\n{rows}")
    };
    let (old, new) = (rows(1, 7, "tests/test_gone.py"), rows(1, 9, "tests/test_a.py"));
    let items: Vec<String> = (1..7)
        .map(|n| {
            format!("{{\"id\": \"REQ-{n:03}\", \"requirement\": \"It does thing {n}.\", \"tests\": \"tests/test_gone.py\"}}")
        })
        .collect();
    let delta = format!("{{\"requirements\": [{}]}}\n", items.join(",\n"));
    let test = "def test_a():\n    assert works()\n";
    for (path, text) in [
        ("docs/traceability.csv", old.as_str()),
        ("docs/traceability-v1.4.csv", &old),
        ("docs/traceability-v1.9.csv", &old),
        ("scripts/requirements-delta-1.5.json", &delta),
    ] {
        let files = [(path, text), ("docs/traceability-v1.12.0.csv", new.as_str()), ("tests/test_a.py", test)];
        assert_eq!(messages(&files, "M02"), [""; 0], "{path}");
        let graph = analyzed(&files).graph;
        assert_eq!(graph.rows.len(), 8, "{path}");
        let old = graph.inputs.iter().find(|input| input.path == path).unwrap();
        assert!(old.facts.document.as_ref().unwrap().replaced, "{path}");
    }
    // Parts, and what has rows of its own, are in force.
    for path in ["docs/traceability-2.csv", "docs/matrix-v1.4.csv", "docs/traceability-v2.0.csv"] {
        let files = [(path, old.as_str()), ("docs/traceability-v1.12.0.csv", new.as_str()), ("tests/test_a.py", test)];
        assert_eq!(analyzed(&files).graph.rows.len(), 14, "{path}");
    }
}

#[test]
fn a_line_of_a_matrix_may_begin_with_the_document() {
    let items: String = (1..4).map(|n| format!("- REQ-OIL-00{n}: The pump shall do thing {n}.\n")).collect();
    let spec = format!("# Oil requirements\n\n## Oil\n\n{items}");
    let rtm = "# Traceability matrix\n\n- Spec: [`oil.md`](../tech/oil.md) => Requirements: `REQ-OIL-001` through `REQ-OIL-003` => Features: [`features/oil/`](../../features/oil/).\n";
    let feature = "Feature: Oil\n\n  Scenario: It flows\n    Given a pump\n    When it runs\n    Then oil flows\n";
    let files = [
        ("docs/requirements/oil.md", spec.as_str()),
        ("docs/requirements/traceability.md", rtm),
        ("features/oil/flow.feature", feature),
    ];
    assert_eq!(requirements(&files), ["REQ-OIL-001", "REQ-OIL-002", "REQ-OIL-003"]);
    let analysis = analyzed(&files);
    let told: Vec<&str> = analysis.findings.iter().filter(|one| one.code != "E01").map(|one| one.message.as_str()).collect();
    assert_eq!(told, [""; 0]);
    assert_eq!(analysis.graph.rows.len(), 1);
    assert!(analysis.graph.requirements.iter().all(|one| one.tests().is_empty() && one.not_assessed.is_some()));
    // A range that ends too early lacks the others.
    let spec = format!("{spec}- REQ-OIL-004: The pump shall do thing 4.\n");
    let files = [("docs/requirements/oil.md", spec.as_str()), files[1], files[2]];
    let told = messages(&files, "M01");
    assert!(matches!(told.as_slice(), [one] if one.contains("REQ-OIL-004")), "{told:?}");
}

#[test]
fn what_a_list_of_test_cases_numbers_is_no_requirement() {
    let rows = "| INT-001 | Pedal to motor | tests/test_a.py |\n| INT-002 | Brake to wheel | tests/test_a.py |\n";
    let cases = format!(
        "# Integration test matrix\n\n## 6. Integration Test Cases\n\n### 6a. Interfaces\n\n| ID | Test | File |\n|---|---|---|\n{rows}"
    );
    let test = ("tests/test_a.py", "def test_a():\n    assert works()\n");
    assert_eq!(requirements(&[("docs/requirements.md", SRS), ("docs/test-matrix.md", &cases), test]), ["FR-021", "FR-022"]);
    let named = cases.replace("| ID |", "| Requirement ID |");
    let found = requirements(&[("docs/requirements.md", SRS), ("docs/test-matrix.md", &named), test]);
    assert_eq!(found, ["FR-021", "FR-022", "INT-001", "INT-002"]);
}

#[test]
fn a_table_of_parents_defines_nothing_again() {
    let text = "# Software requirements\n\n## 3. Link\n\n| ID | Requirement | Verification |\n|---|---|---|\n| SRS-F030 | The software shall send its health over the line | T |\n| SRS-F031 | The software shall take the text over the line | T |\n\n## 9. Traceability\n\n### 9.1 Parent requirements\n\n| SRS ID | Parent (SYS) | Description |\n|---|---|---|\n| SRS-F030 | SYS-040 | Payload interface |\n";
    assert_eq!(requirements(&[("docs/software/requirements.md", text)]), ["SRS-F030", "SRS-F031"]);
    assert_eq!(messages(&[("docs/software/requirements.md", text)], "R01"), [""; 0]);
}

#[test]
fn a_task_behind_a_heading_is_known_all_the_same() {
    let story = "# Story 6\n\n## Done\n\n#### Fourth step (SUBTASK-6.1.2)\n\nIt is done.\n";
    let test = "\"\"\"Tests SUBTASK-6.1.3 as it was made.\n\nVerifies: FR-021\n\"\"\"\ndef test_a():\n    assert works()\n";
    let other = test.replace("6.1.3", "6.1.4");
    let files =
        [("docs/stories/6.md", story), ("docs/requirements.md", SRS), ("tests/test_a.py", test), ("tests/test_b.py", &other)];
    assert_eq!(messages(&files, "T03"), [""; 0]);
}
