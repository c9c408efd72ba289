use super::{analyzed, messages, requirements};

#[test]
fn layers_and_levels_are_no_requirements() {
    let layers = "# Design specification\n\n| Tier | Description |\n|---|---|\n| L1 | Syntax |\n| L2 | Meaning |\n| L3 | Behaviour |\n| L4 | Process |\n";
    assert_eq!(requirements(&[("docs/specification.md", layers)]), [""; 0]);
    let demanding = layers.replace("Tier | Description", "ID | Requirement");
    assert_eq!(requirements(&[("docs/specification.md", &demanding)]), ["L1", "L2", "L3", "L4"]);
    let levels = "# Requirements\n\n| Niveau | Requirement | Status |\n|---|---|---|\n| L1 | Signed | done |\n| L2 | Checked | done |\n| L3 | Sealed | open |\n";
    assert_eq!(requirements(&[("docs/requirements.md", levels)]), [""; 0]);
}

#[test]
fn a_column_named_for_another_thing_names_no_requirements() {
    let courses = "# Training\n\n| Category | Requirement | Course ID |\n|---|---|---|\n| Safety | Yearly | CRS-001 |\n| Hygiene | Once | CRS-002 |\n| Fire | Yearly | CRS-003 |\n";
    assert_eq!(requirements(&[("docs/training.md", courses)]), [""; 0]);
    let states = "# Requirements\n\n| 电源状态 | 描述 |\n|---|---|\n| PS0 | on |\n| PS1 | idle |\n| PS2 | off |\n";
    assert_eq!(requirements(&[("docs/requirements.md", states)]), [""; 0]);
}

#[test]
fn a_row_whose_decision_is_to_defer_owes_no_test() {
    let spec = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-1 | It shall heat. |\n| REQ-2 | It shall fly. |\n";
    let matrix = "# Traceability matrix\n\n| Req | Decisions | Tests | Coverage |\n|---|---|---|---|\n\
        | REQ-1 | D-1 | tests/test_kiln.py::test_heats | full |\n| REQ-2 | Deferred (later) | — | gap |\n";
    let tests = "def test_heats():\n    assert kiln.hot\n";
    assert_eq!(
        messages(&[("docs/requirements.md", spec), ("docs/matrix.md", matrix), ("tests/test_kiln.py", tests)], "T01"),
        [""; 0]
    );
}

const DOORS: &str = "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Doors\n\n**User Story:** As a guest I want doors.\n\n\
    #### Acceptance Criteria\n\n1. WHEN a guest knocks THEN the door SHALL open.\n2. IF it rains THEN it SHALL close.\n\n\
    ### Requirement 2: Bells\n\n#### Acceptance Criteria\n\n1. WHEN a guest rings THEN the bell SHALL ring.\n";

#[test]
fn requirements_that_are_numbered_in_words_have_their_criteria_below_them() {
    let spec = (".kiro/specs/doors/requirements.md", DOORS);
    let ids = ["Requirement 1", "Requirement 1.1", "Requirement 1.2", "Requirement 2", "Requirement 2.1"];
    assert_eq!(requirements(&[spec]), ids);
    let plan = "# Requirements of the plan\n\n### Requirement 3: Money\n\nSomebody pays.\n\n### Requirement 4: Time\n\nSoon.\n";
    assert_eq!(requirements(&[spec, ("docs/requirements.md", plan)]), ids, "without criteria they are sections");
}

#[test]
fn a_marker_with_the_word_names_them_and_a_bare_number_does_not() {
    let verified = |marker: &str| {
        let test = format!("# {marker}\ndef test_a():\n    assert works()\n");
        let files = [(".kiro/specs/doors/requirements.md", DOORS), ("tests/test_a.py", test.as_str())];
        let graph = analyzed(&files).graph;
        let proven = graph.requirements.iter().filter(|one| !one.evidence.is_empty());
        proven.map(|one| one.id.to_string()).collect::<Vec<String>>()
    };
    assert_eq!(verified("Validates: Requirements 1.2, 2.1"), ["Requirement 1.2", "Requirement 2.1"]);
    assert_eq!(verified("**Validates: Requirements 1.1**"), ["Requirement 1.1"]);
    assert_eq!(verified("Requirement: 2"), ["Requirement 2"]);
    assert_eq!(verified("Verifies: 1.2"), [""; 0]);
}

#[test]
fn the_feature_in_the_remark_chooses_among_specifications_with_the_same_numbers() {
    let red =
        DOORS.replace("a guest knocks THEN the door SHALL open", "smoke is seen THEN all red doors SHALL be locked at once");
    let test = "# Feature: red-doors, Property 3\n# Validates: Requirements 1.1\ndef test_a():\n    assert works()\n";
    let files = [
        (".kiro/specs/doors/requirements.md", DOORS),
        (".kiro/specs/red-doors/requirements.md", red.as_str()),
        ("tests/test_a.py", test),
    ];
    let graph = analyzed(&files).graph;
    let proven: Vec<&str> =
        graph.requirements.iter().filter(|one| !one.evidence.is_empty()).map(|one| graph.path(one.place.file)).collect();
    assert_eq!(proven, [".kiro/specs/red-doors/requirements.md"]);
}

#[test]
fn lettered_sections_are_rules_if_a_matrix_names_them() {
    let spec = (
        "docs/specification.md",
        "# Specification\n\n## A — Doors\n\n### A.1 — Closed\n\nIt is closed.\n\n### B.1 — Open\n\nIt is open.\n\n### B.2 — Ajar\n\nIt is neither.\n",
    );
    let matrix = "# Traceability matrix\n\n| Rule ID | Section | Verification | Status |\n|---|---|---|---|\n\
        | A.1 | Closed | Unit test | Open |\n| B.1 | Open | Unit test | Open |\n| B.2 | Ajar | Unit test | Open |\n";
    assert_eq!(requirements(&[spec, ("docs/traceability-matrix.md", matrix)]), ["A.1", "B.1", "B.2"]);
    assert_eq!(requirements(&[spec]), [""; 0]);
}

#[test]
fn a_letter_and_a_number_in_a_matrix_are_those_of_a_document_that_it_names() {
    let plan = (
        "specs/campaign.md",
        "# Campaign\n\n### F1 Fire\n\nIt burns.\n\n### F2 Smoke\n\nIt smokes.\n\n### F3 Ash\n\nIt falls.\n",
    );
    let matrix = "# Fault traceability matrix\n\n| Fault ID | Effect | Test |\n|---|---|---|\n| F1 | Cold | `tests/test_a.py` |\n\
        | F2 | Dark | `tests/test_a.py` |\n| F3 | Loud | `tests/test_a.py` |\n";
    assert_eq!(requirements(&[plan, ("docs/faults/traceability.md", matrix)]), [""; 0]);
    let named = matrix.replace("matrix\n\n", "matrix\n\nOf [the campaign](../../specs/campaign.md).\n\n");
    assert_eq!(requirements(&[plan, ("docs/faults/traceability.md", &named)]), ["F1", "F2", "F3"]);
}

#[test]
fn what_is_told_often_vouches_for_the_others_no_more_than_once() {
    let told = "- **F1 (fire)**: stays.\n".repeat(5);
    let notes = format!("# Thoughts\n\n{told}- **F2 (smoke)**: goes.\n- **F3 (ash)**: falls.\n- **F4 (dust)**: rises.\n");
    let matrix = "# Traceability matrix\n\n| Rule ID | Test |\n|---|---|\n| F1 | `tests/test_a.py` |\n";
    assert_eq!(requirements(&[("docs/thoughts.md", &notes), ("docs/traceability.md", matrix)]), [""; 0]);
}

#[test]
fn a_list_of_letters_and_numbers_in_a_matrix_is_what_it_verifies() {
    let matrix = |count: usize| {
        let rows: String = (1..=count).map(|n| format!("| F{n} | Fault {n} | `tests/test_a.py` |\n")).collect();
        format!("# Fault matrix\n\n| Fault ID | Effect | Test |\n|---|---|---|\n{rows}")
    };
    assert_eq!(requirements(&[("docs/faults.md", &matrix(5))]), ["F1", "F2", "F3", "F4", "F5"]);
    assert_eq!(requirements(&[("docs/faults.md", &matrix(2))]), [""; 0]);
}

#[test]
fn codes_of_states_are_no_requirements() {
    let states = |title: &str, header: &str| {
        format!(
            "# Requirements\n\n## {title}\n\n| {header} |\n|---|---|---|\n| S1 | Cold | The kiln is off. |\n| S2 | Warm | The kiln heats. |\n\n## Demands\n\n### REQ-1: Heat\n\nIt shall heat.\n\n### REQ-2: Cool\n\nIt shall cool.\n\n### REQ-3: Ring\n\nIt shall ring.\n"
        )
    };
    for (title, header) in [
        ("Life of a kiln", "Code | Status | Description"),
        ("Жизнь печи", "Код | Статус | Описание"),
        ("2. States", "ID | Name | Description"),
        ("Состояния", "ID | Название | Описание"),
    ] {
        let text = states(title, header);
        assert_eq!(
            requirements(&[
                ("docs/kiln-requirements.md", &text),
                ("docs/rtm.md", "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| S1 | tests/test_kiln.py |\n")
            ])
            .iter()
            .filter(|id| id.starts_with("S2"))
            .count(),
            0,
            "{header}"
        );
    }
}

#[test]
fn what_is_numbered_from_one_in_each_section_is_an_enumeration() {
    let rows: String = (1..9).map(|n| format!("| P{n} | It shall ring {n} times. |\n")).collect();
    let head = "| ID | Requirement |\n|---|---|\n";
    let text = format!(
        "# Requirements\n\n## Ovens\n\n{head}{rows}\n## Doors\n\n{head}| P1 | Doors shall open. |\n| P2 | Doors shall close. |\n"
    );
    assert_eq!(messages(&[("docs/requirements.md", &text)], "R01"), [""; 0]);
    let composed = text.replace("| P", "| REQ-P-");
    assert_eq!(messages(&[("docs/requirements.md", &composed)], "R01").len(), 2);
}

#[test]
fn russian_requirements_are_requirements() {
    let table =
        "| ID | Требование | Приоритет |\n|---|---|---|\n| KL-F-100 | Печь греет | Must |\n| KL-F-101 | Печь звонит | Must |\n";
    let demands = "| ID | Описание |\n|---|---|\n| KL-F-100 | Система должна греть |\n| KL-F-101 | Система должна звонить |\n";
    for (path, title, table) in [
        ("docs/kiln.md", "# Печь", table),
        ("docs/kiln.md", "# Печь", demands),
        ("docs/kiln.md", "# Бизнес-требования к печи", "- **KL-F-100**: Печь греет\n- **KL-F-101**: Печь звонит\n"),
        ("docs/kiln_BRD_v1.1.md", "# Печь", "- **KL-F-100**: Печь греет\n- **KL-F-101**: Печь звонит\n"),
    ] {
        assert_eq!(requirements(&[(path, &format!("{title}\n\n{table}"))]), ["KL-F-100", "KL-F-101"], "{path} {title}");
    }
}

#[test]
fn a_document_that_tells_nearly_all_again_tells_the_others_again_as_well() {
    let titles = [
        "heats the chamber",
        "cools the chamber",
        "rings the bell",
        "locks the door",
        "opens the vent",
        "logs the curve",
        "dims the lamp",
        "weighs the load",
    ];
    let spec: String =
        (1..).zip(titles).map(|(at, title)| format!("| R-{at:03} | The kiln {title} on command of the operator. |\n")).collect();
    let spec = format!(
        "# Kiln requirements\n\n| ID | Requirement |\n|---|---|\n{spec}| R-009 | Each attempt is kept in the journal with its approved fields and links to the queue that it came from. |\n"
    );
    let intent: String = (1..)
        .zip(titles)
        .map(|(at, title)| format!("### R-{at:03} - {title}\n\n- **Action:** The kiln {title} on command of the operator.\n\n"))
        .collect();
    let odd = "### R-009 - Lineage of attempts\n\n- **Action:** Perform one.\n- **Expected:** A row links to the queue.\n";
    let row = ("docs/rtm.md", "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| R-009 | tests/test_kiln.py |\n");
    let count = |intent: &str| {
        let intent = format!("# Requirements as tests see them\n\n{intent}");
        requirements(&[("docs/kiln.md", &spec), ("docs/seen-requirements.md", &intent), row]).len()
    };
    assert_eq!(count(&format!("{intent}{odd}")), 9);
    // What tells of little else speaks for itself, and so does what has not a word in common.
    assert_eq!(count(odd), 10);
    assert_eq!(count(&format!("{intent}### R-009 - Painting\n\n- **Action:** Paint it green.\n")), 10);
}

#[test]
fn titles_of_described_items_define_where_they_are_several() {
    let item = |id: &str, title: &str| format!("- {id} {title}\n- Purpose: heats {title}.\n- Source: `src/kiln.rs`\n\n");
    let design = format!(
        "# Architecture overview\n\n## Parts\n\n{}{}{}",
        item("DES-001", "Door Control"),
        item("DES-002", "Burner / Vent"),
        item("DES-003", "Clock")
    );
    let nested = "# Runtime\n\n- DES-004 Journal\n  - Purpose: keeps the curve.\n- DES-005 Bell\n  - Purpose: rings.\n- DES-006 Lamp\n  - Purpose: shines.\n";
    let rows = |ids: &[&str]| {
        let rows: String = ids.iter().map(|id| format!("| {id} | tests/test_kiln.py |\n")).collect();
        format!("# Traceability matrix\n\n| Design ID | Test |\n|---|---|\n{rows}")
    };
    let all = rows(&["DES-001", "DES-002", "DES-003", "DES-004", "DES-005", "DES-006"]);
    let files = [("docs/design/overview.md", design.as_str()), ("docs/design/runtime.md", nested), ("docs/rtm.md", &all)];
    let places = |files: &[(&str, &str)]| {
        let graph = analyzed(files).graph;
        let place = |one: &tracegate::link::graph::Requirement| {
            format!("{} {}", one.id, graph.path(one.place.file).rsplit('/').next().unwrap_or(""))
        };
        graph.requirements.iter().map(place).collect::<Vec<_>>()
    };
    let mut told = places(&files);
    told.sort();
    assert_eq!(
        told,
        [
            "DES-001 overview.md",
            "DES-002 overview.md",
            "DES-003 overview.md",
            "DES-004 runtime.md",
            "DES-005 runtime.md",
            "DES-006 runtime.md"
        ]
    );
    assert_eq!(messages(&files, "M01"), [""; 0]);
    // A list of references has no descriptions, and two are a remark.
    let list = "# Notes\n\n- DES-001 Door Control\n- DES-002 Burner\n- DES-003 Clock\n";
    let three = rows(&["DES-001", "DES-002", "DES-003"]);
    let in_notes = |text: &str| {
        places(&[("docs/notes/doors.md", text), ("docs/rtm.md", &three)]).iter().filter(|one| one.ends_with("doors.md")).count()
    };
    assert_eq!(in_notes(list), 0);
    assert_eq!(in_notes("# Notes\n\n- DES-001 Door Control\n- Note: heavy.\n- DES-002 Burner\n- Note: hot.\n"), 0);
}
