use super::{analyzed, messages, requirements};

#[test]
fn items_in_a_folder_of_specifications_or_with_obligations_are_requirements() {
    let item = "- id: OX-01-001\n  statement: Each kiln MUST have a door\n- id: OX-01-002\n  statement: Doors MUST close\n";
    assert_eq!(requirements(&[("data/kiln.yaml", item)]), ["OX-01-001", "OX-01-002"]);
    let plain = "- id: OX-01-001\n  title: A door\n- id: OX-01-002\n  title: A lock\n";
    assert_eq!(requirements(&[("specs/kiln.yaml", plain)]), ["OX-01-001", "OX-01-002"]);
    assert_eq!(requirements(&[("data/kiln.yaml", plain)]), [""; 0]);
    assert_eq!(requirements(&[("data/kiln.yaml", &format!("specs:\n{plain}"))]), ["OX-01-001", "OX-01-002"]);
}

#[test]
fn a_group_owes_no_test_beside_its_members() {
    let specs = "groups:\n- id: OX-01\n  title: Doors\n  specs:\n  - id: OX-01-001\n    statement: A door MUST close\n  - id: OX-01-002\n    statement: A door MUST open\n";
    let tests = "def test_closes():\n    \"\"\"Verifies: OX-01-001\"\"\"\n    assert door.closed\n\n\ndef test_opens():\n    \"\"\"Verifies: OX-01-002\"\"\"\n    assert door.open\n";
    assert_eq!(messages(&[("specs/kiln.yaml", specs), ("tests/test_kiln.py", tests)], "T01"), [""; 0]);
}

#[test]
fn items_that_are_not_to_be_tested_owe_no_test() {
    for line in ["kind: process", "testable: false", "verification: none", "normative: false"] {
        let specs = format!(
            "requirements:\n- id: REQ-1\n  statement: Two people review\n  {line}\n- id: REQ-2\n  statement: It shall heat\n"
        );
        let tests = "def test_heats():\n    \"\"\"Verifies: REQ-2\"\"\"\n    assert kiln.hot\n";
        assert_eq!(messages(&[("specs/kiln.yaml", &specs), ("tests/test_kiln.py", tests)], "T01"), [""; 0], "{line}");
    }
}

#[test]
fn an_assumption_of_use_is_for_the_user_to_verify() {
    let text = ".. comp_req:: Heat\n   :id: comp_req__kiln__heat\n\n   It shall heat.\n\n.. aou_req:: Gas\n   :id: aou_req__kiln__gas\n\n   The user shall supply gas.\n";
    let tests = "def test_heats():\n    \"\"\"Verifies: comp_req__kiln__heat\"\"\"\n    assert kiln.hot\n";
    let files = [("docs/reqs.rst", text), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["aou_req__kiln__gas", "comp_req__kiln__heat"]);
    assert_eq!(messages(&files, "T01"), [""; 0]);
}

#[test]
fn a_markdown_file_with_the_attributes_of_an_item_is_one() {
    let item = |text: &str, normative: bool| {
        format!(
            "---\nactive: true\nderived: false\nlevel: 1.2\nlinks: []\nnormative: {normative}\nreviewed: none\n---\n\n{text}\n"
        )
    };
    let (heat, cool) = (item("The kiln shall heat.", true), item("# Cooling\n\nThe kiln shall cool.", true));
    let files = [
        ("reqs/KILN001.md", heat.as_str()),
        ("reqs/KILN002.md", &cool),
        ("reqs/notes.md", "---\nlevel: 1\n---\n\nKILN003 comes.\n"),
    ];
    assert_eq!(requirements(&files), ["KILN001", "KILN002"]);
    let graph = super::analyzed(&files).graph;
    let titles: Vec<&str> = graph.requirements.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["The kiln shall heat.", "Cooling"]);
    assert_eq!(graph.namespaces.len(), 1, "the folder is one specification");
}

#[test]
fn codes_are_identifiers_where_the_column_of_that_name_holds_row_numbers() {
    let requirements_csv =
        "id,code,title,description\n1,URS-001,Heat,The kiln shall heat.\n2,URS-002,Cool,The kiln shall cool.\n";
    assert_eq!(requirements(&[("data/requirements.csv", requirements_csv)]), ["URS-001", "URS-002"]);
    let errors = "id,code,title\n1,E-101,No gas\n2,E-102,No air\n";
    assert_eq!(requirements(&[("data/specification.csv", errors)]), [""; 0]);
}

#[test]
fn items_of_doorstop_among_tests_verify_what_they_link_to() {
    let item = |links: &str, reference: &str| {
        format!(
            "active: true\nderived: false\nlevel: 1.1\nlinks: {links}\nnormative: true\nref: '{reference}'\ntext: |\n  Somebody shall look.\n"
        )
    };
    let (one, two) = (item("[]", ""), item("[]", ""));
    let test = item("\n- REQ001: abc", "test_bakes");
    let look = item("\n- REQ002: abc", "");
    let code = "def test_bakes():\n    assert bake()\n";
    let files = [
        ("reqs/REQ001.yml", one.as_str()),
        ("reqs/REQ002.yml", &two),
        ("oven/tests/docs/LLT001.yml", &test),
        ("oven/tests/docs/LLT002.yml", &look),
        ("oven/tests/test_oven.py", code),
    ];
    let analysis = super::analyzed(&files);
    assert_eq!(requirements(&files), ["REQ001", "REQ002"]);
    assert_eq!(super::messages(&files, "T01"), [""; 0]);
    assert_eq!(analysis.graph.requirements[0].evidence.len(), 1);
}

const DOOR_TESTS: (&str, &str) = (
    "tests/DoorTests.cs",
    "public class DoorTests\n{\n    [Fact]\n    public void Door_Heat_Locks() { Assert.True(door.Locked); }\n\n    [Fact]\n    public void Cools() { Assert.True(door.Cool); }\n}\n",
);

#[test]
fn what_a_list_of_tests_names_is_a_test_whatever_it_looks_like() {
    let text = "requirements:\n- id: REQ-1\n  title: It shall lock\n  tests:\n  - Door_Heat_Locks\n- id: REQ-2\n  title: It shall cool\n  tests: [Cools]\n";
    let files = [("specs/door.yaml", text), DOOR_TESTS];
    let graph = analyzed(&files).graph;
    let tested: Vec<usize> = graph.requirements.iter().map(|one| one.evidence.len()).collect();
    assert_eq!(tested, [1, 1]);
    assert_eq!(messages(&files, "M02"), [""; 0]);
}

#[test]
fn a_listed_name_is_missing_only_where_others_are_found() {
    let items = |first: &str| {
        format!(
            "requirements:\n- id: REQ-1\n  title: It shall lock\n  tests:\n  - {first}\n- id: REQ-2\n  title: It shall open\n  tests:\n  - Door_Cold_Opens\n- id: REQ-3\n  title: It shall ring\n  tests:\n  - manual\n- id: REQ-4\n  title: It shall hum\n  tests:\n  - Hums\n"
        )
    };
    let told = messages(&[("specs/door.yaml", &items("Door_Heat_Locks")), DOOR_TESTS], "M02");
    assert!(told.len() == 1 && told[0].contains("Door_Cold_Opens"), "{told:?}");
    assert_eq!(messages(&[("specs/door.yaml", &items("Door_Heat_Bolts")), DOOR_TESTS], "M02"), [""; 0]);
}

#[test]
fn an_alias_matters_where_requirements_stand() {
    let base = "base: &base {unit: ms}\n";
    let crd = format!("{base}properties:\n  - id: X-1\n    description: Name of the volume\n    more: *base\n");
    let oven = "# Oven requirements\n\n- **REQ-1**: The oven shall heat.\n- **REQ-2**: The oven shall stop.\n";
    let told = |path: &str, text: &str| messages(&[("docs/requirements.md", oven), (path, text)], "Q04");
    assert_eq!(told("deploy/volumes.yaml", &crd), [""; 0]);
    let list = format!("{base}requirements:\n  - id: REQ-3\n    text: The oven shall ring.\n    more: *base\n");
    let found = told("requirements/ring.yaml", &list);
    assert!(matches!(found.as_slice(), [one] if one.contains("alias")), "{found:?}");
}
