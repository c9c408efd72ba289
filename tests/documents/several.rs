//! Several requirements in one item, line or cell.

use super::{analyzed, messages, requirements};

/// Identifiers with their titles.
fn titled(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyzed(files).graph;
    graph.requirements.iter().map(|one| format!("{} {}", one.id, one.title)).collect()
}

#[test]
fn an_item_may_define_several_behind_each_other() {
    let text = "# Bakery requirements\n\n- **BR-031** Weigh the flour.\n- **BR-032** Total of loaves. **BR-033** Total of an oven. **BR-034**\n  Total of a day.\n- **BR-035** Replaces **BR-031** on Sundays.\n";
    let told = titled(&[("docs/bakery.md", text)]);
    assert_eq!(
        told,
        [
            "BR-031 Weigh the flour.",
            "BR-032 Total of loaves.",
            "BR-033 Total of an oven.",
            "BR-034 Total of a day.",
            "BR-035 Replaces BR-031 on Sundays."
        ]
    );
    assert_eq!(messages(&[("docs/bakery.md", text)], "R01"), [""; 0]);
}

#[test]
fn a_range_or_a_list_in_bold_defines_all_of_it() {
    let text = "# Bakery requirements\n\n- **BR-056** Weigh the flour.\n- **BR-057/058** Import the orders.\n- **BR-065..068** Reports of loaves, ovens and days.\n- **BR-001..003** and others see chapter 2.\n";
    let all = ["BR-056", "BR-057", "BR-058", "BR-065", "BR-066", "BR-067", "BR-068"];
    assert_eq!(requirements(&[("docs/bakery-requirements.md", text)]), all);
    let summed = "# Bakery requirements\n\n- **BR-001** Weigh the flour.\n- **BR-003** Bake the bread.\n\n## Summary\n\n- **BR-001..004** All of the bakery.\n";
    assert_eq!(requirements(&[("docs/bakery.md", summed)]), ["BR-001", "BR-003"], "a summary defines nothing");
}

#[test]
fn short_rules_of_one_line_are_requirements_each() {
    let text = "# Bakery requirements\n\n## Rules\n\nRN-001 flour is weighed · RN-002 dough rests for an\nhour · RN-003 bread is baked ·\nRN-004 bread is sold.\n\nRN-005 what is left is given away.\n\nRN-004 is the one that matters.\n";
    assert_eq!(
        titled(&[("docs/bakery.md", text)]),
        [
            "RN-001 flour is weighed",
            "RN-002 dough rests for an",
            "RN-003 bread is baked",
            "RN-004 bread is sold.",
            "RN-005 what is left is given away."
        ]
    );
    let prose =
        "# Bakery requirements\n\n- **RN-001**: Flour is weighed.\n\nSee RN-001 weighing · RN-009 resting · RN-010 baking.\n";
    assert_eq!(requirements(&[("docs/bakery.md", prose)]), ["RN-001"], "a sentence that names them");
}

#[test]
fn the_range_in_the_cell_of_a_definition_defines_all_of_it() {
    let table = "# Oven requirements\n\n| ID | Requirement |\n|---|---|\n| OV-1 | The oven shall lock. |\n| **OV-IF-001..003** | Interfaces of the hardware. |\n| OV-2/OV-3 | Lamps and fans. |\n";
    let rows =
        "# Traceability matrix\n\n| Requirement | Tests |\n|---|---|\n| OV-IF-001 | a |\n| OV-IF-002 | b |\n| OV-1 | c |\n";
    let files = [("docs/oven-requirements.md", table), ("docs/oven-matrix.md", rows)];
    assert_eq!(requirements(&files), ["OV-1", "OV-2", "OV-3", "OV-IF-001", "OV-IF-002", "OV-IF-003"]);
    let messages = messages(&files, "M01");
    assert!(!messages.iter().any(|one| one.contains("no specification defines")), "{messages:?}");
    let summed = "# Oven requirements\n\n| Range | Requirement |\n|---|---|\n| OV-001..OV-009 | All of the oven. |\n\n## Details\n\n### OV-001: Lock\n\nThe oven shall lock.\n\n### OV-004: Lamp\n\nThe lamp shall be lit.\n";
    assert_eq!(requirements(&[("docs/oven.md", summed)]), ["OV-001", "OV-004"], "numbers of a summary may be free");
}

#[test]
fn what_stands_behind_a_whole_identifier_in_a_cell_may_leave_out_its_first_part() {
    let spec = "# Product requirements\n\n### KILN-FR-1: Heat\n\nIt shall heat.\n\n### KILN-FR-2: Cool\n\nIt shall cool.\n\n### KILN-NFR-1: Quick\n\nIt shall be quick.\n";
    let matrix = |cell: &str| format!("# Traceability matrix\n\n| Requirements | Test |\n|---|---|\n| {cell} | `test_heats` |\n");
    let told = |cell: &str| {
        let matrix = matrix(cell);
        let files = [
            ("docs/requirements.md", spec),
            ("docs/matrix.md", matrix.as_str()),
            ("tests/test_kiln.py", "def test_heats():\n    assert kiln.hot\n"),
        ];
        let graph = analyzed(&files).graph;
        let verified = graph.requirements.iter().filter(|one| !one.evidence.is_empty()).map(|one| one.id.to_string());
        (graph.requirements.len(), verified.collect::<Vec<String>>())
    };
    assert_eq!(told("KILN-FR-1, NFR-1"), (3, vec![String::from("KILN-FR-1"), String::from("KILN-NFR-1")]));
    assert_eq!(told("KILN-FR-1..2, NFR-1").1, ["KILN-FR-1", "KILN-FR-2", "KILN-NFR-1"]);
    // Alone, or where nothing is called so, it stands for itself.
    assert!(!told("NFR-1").1.contains(&String::from("KILN-NFR-1")));
    assert!(!told("KILN-FR-1, NFR-9").1.iter().any(|id| id.starts_with("KILN-NFR")));
}

#[test]
fn what_brackets_behind_bold_identifiers_enclose_are_requirements_wherever_they_stand() {
    let text = "# valve requirements\n\n**SRS_VALVE_01_001: [**valve_open shall open.**]** \n\n\
                Values are sent first. **SRS_VALVE_01_002: [**Each shall be sent once.**]**, **SRS_VALVE_01_004: [** It shall be [1, 2] long. **]** \
                And so on.\n**SRS_VALVE_01_003: [**valve_close shall close.**]****SRS_VALVE_01_005: [**decimal32**]**\n";
    assert_eq!(
        titled(&[("doc/valve_requirements.md", text)]),
        [
            "SRS_VALVE_01_001 valve_open shall open.",
            "SRS_VALVE_01_002 Each shall be sent once.",
            "SRS_VALVE_01_004 It shall be [1, 2] long.",
            "SRS_VALVE_01_003 valve_close shall close.",
            "SRS_VALVE_01_005 decimal32"
        ]
    );
    let table = "# valve requirements\n\n**SRS_VALVE_01_001: [**valve_open shall open.**]**\n\n|State|open|\n|---|---|\n\
                 |`OPEN`|**`SRS_VALVE_01_002`: [**raise ERROR**]**|\n|`CLOSED`|**SRS_VALVE_01_003: [**start**]**|\n\n\
                 * Note that **SRS_VALVE_01_004: [**a step may be repeated.**]**\n";
    assert_eq!(
        requirements(&[("doc/valve_requirements.md", table)]),
        ["SRS_VALVE_01_001", "SRS_VALVE_01_002", "SRS_VALVE_01_003", "SRS_VALVE_01_004"]
    );
    let cited = "# Notes\n\nSee **SRS_VALVE_01_001: [** and what follows.\n";
    assert_eq!(titled(&[("doc/notes.md", cited)]).len(), 0);
}

#[test]
fn lines_of_a_quotation_define_each_and_a_sentence_that_breaks_before_a_name_defines_nothing() {
    let quoted = "# Oven requirements\n\n> **OV-1**: The oven SHALL bake.  \n> **OV-2**: The oven SHALL cool.  \n> **OV-3**: The oven SHALL ring.\n";
    assert_eq!(requirements(&[("docs/requirements.md", quoted)]), ["OV-1", "OV-2", "OV-3"]);
    let wrapped = "# Oven requirements\n\n> **OV-1**: The oven SHALL bake.\n\nThe plan SHALL say who looks at it. It SHALL NOT close\n`OV-8` without a report, and so on.\n";
    assert_eq!(requirements(&[("docs/requirements.md", wrapped)]), ["OV-1"]);
    let lines = "# Oven requirements\n\n`OV-1` The oven SHALL bake\n`OV-2` The oven SHALL cool\n`OV-3` The oven SHALL ring\n";
    assert_eq!(requirements(&[("docs/requirements.md", lines)]), ["OV-1", "OV-2", "OV-3"]);
}
