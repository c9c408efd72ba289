//! Which documents are records, by their titles and by whose children they are.

use super::checks::count;
use super::{analyzed, records};
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::model::lifecycle::Class;
use tracegate::settings::Settings;

#[test]
fn a_title_may_begin_with_what_the_record_is() {
    for (title, id) in [
        ("Change Request: CR-015", "CR-015"),
        ("Change request CR-015 - Door", "CR-015"),
        ("Deviation Report DEV-001: Door", "DEV-001"),
        ("CAPA Report – CAPA-001", "CAPA-001"),
        ("[CR-015] Door", "CR-015"),
        ("NCR/CAPA – NCR-2025-002", "NCR-2025-002"),
        ("Investigation INV-003: Door", "INV-003"),
    ] {
        let found = records(&[("qms/door.md", &format!("# {title}\n\n**Status:** Closed\n"))]);
        assert!(
            found.len() == 1 && found[0].starts_with(&format!("{id} ")) && found[0].contains(" closed "),
            "{title}: {found:?}"
        );
    }
    for title in [
        "Test report of CR-015",
        "Review: CR-015",
        "Notes on CR-015",
        "Change plan after INV-003",
        "Verification report CR-015",
        "Why we made CR-015",
    ] {
        let found = records(&[("qms/door.md", &format!("# {title}\n\n**Status:** Closed\n"))]);
        assert!(!found.iter().any(|one| one.starts_with("CR-015") || one.starts_with("INV-003")), "{title}: {found:?}");
    }
}

#[test]
fn a_record_that_is_called_by_its_kind_is_checked() {
    let text = "# Change Request: CR-015\n\n**Status:** Closed\n\n## Execution\n\n| EI | Task | Outcome | Performed By - Date |\n|---|---|---|---|\n| EI-1 | Hang it | | |\n";
    assert_eq!(count("P03", &[("qms/door.md", text)]), 1);
}

#[test]
fn children_of_a_configured_family_are_records() {
    let child = "# XYZ-001-VAR-001: Door\n\n**Status:** In execution\n\n**Parent:** XYZ-001\n\nIt hangs low.\n";
    let files = [("qms/XYZ-001.md", "# XYZ-001: House\n\n**Status:** Closed\n\nText.\n"), ("qms/XYZ-001-VAR-001.md", child)];
    let types = vec![(String::from("XYZ"), Class::Change)];
    let settings = Settings { record_types: types, ..Settings::default() };
    let analysis = analyze(&Memory::new(files), &settings);
    let found = analysis.findings.iter().filter(|one| one.code == "P06").count();
    let ids: Vec<&str> = analysis.graph.records().iter().map(|(_, one)| one.id.as_str()).collect();
    assert_eq!((ids, found), (vec!["XYZ-001", "XYZ-001-VAR-001"], 1));
}

#[test]
fn the_title_of_a_specification_is_no_requirement() {
    let requirements = |text: &str| analyzed(&[("docs/srs.md", text)]).graph.requirements().count();
    let list = "\n\n- **REQ-OVEN-001**: The oven shall stay warm.\n- **REQ-OVEN-002**: The oven shall be shut.\n";
    assert_eq!(requirements(&format!("# SRS-001: System Requirements Specification{list}")), 2);
    assert_eq!(requirements(&format!("# SRS-001: The oven shall have a door\n\nText.{list}")), 3);
    // A document may be a requirement of its own.
    assert_eq!(requirements("# SRS-001: Door\n\nThe oven shall have a door.\n"), 1);
}

#[test]
fn files_of_tests_and_code_under_test_are_no_planned_tests() {
    let test = ("tests/LinkTest.java", "class LinkTest {\n  @Test void startsTheLink() { assertTrue(link()); }\n}\n");
    let planned = |testing: &str| {
        let change = format!("# CR-015: Link\n\n**Status:** Closed\n\n## Testing\n\n{testing}\n");
        super::checks::told("M09", &[("qms/CR-015.md", &change), test])
    };
    for testing in [
        "- `LinkTest.java`",
        "| Test | Description |\n|---|---|\n| `LinkTest.java` | all of it |",
        "- `linkAddressMode`: the option set during the test",
    ] {
        assert_eq!(planned(testing), [], "{testing}");
    }
    assert_eq!(planned("- `LinkTest#stopsTheLink`").len(), 1);
}

#[test]
fn a_safeguard_against_changes_is_none() {
    let told = |title: &str| {
        let change = format!(
            "# CR-015: Link\n\n**Status:** Closed\n\n## {title}\n\n| File | Change |\n|---|---|\n| src/link.py | address |\n"
        );
        super::checks::told("P09", &[("qms/CR-015.md", &change), ("src/link.py", "x = 1\n")])
    };
    assert_eq!(told("Preventing unauthorized changes"), []);
    assert_eq!(told("Unauthorised modifications: none"), []);
    assert_eq!(told("Unauthorized changes").len(), 1);
}
