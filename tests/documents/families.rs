use super::{messages, requirements};

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
