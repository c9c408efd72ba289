//! Records and actions that data lists: sheets, exports of trackers, lists in YAML and JSON.

use super::checks::told;
use super::{analyzed, records};
use tracegate::finding::Severity;

const EXPORT: &str = "Summary,Issue key,Issue Type,Status,Due Date,Parent\nNew gasket,CAPA-11,Corrective Action,Done,2026-01-10,NCR-4\n\
    Show the crew,CAPA-12,Preventive Action,To Do,2026-01-12,NCR-4\nGasket leaks,NCR-4,Non-Conformance,Closed,,\nPaint the lid,LID-3,Story,To Do,,\n";

#[test]
fn an_export_of_a_tracker_lists_records() {
    let files = [("exports/tracker.csv", EXPORT)];
    assert_eq!(
        records(&files),
        [
            "tracker action unknown - -",
            "CAPA-11 action closed - NCR-4",
            "CAPA-12 action unknown - NCR-4",
            "NCR-4 deviation closed - -"
        ]
    );
    let expected = "tracker (not closed): 1 of 3 entries is open: CAPA-12";
    assert_eq!(told("P07", &files), [(Severity::Info, expected.to_owned())]);
    let done = EXPORT.replace("Preventive Action,To Do", "Preventive Action,Done");
    assert_eq!(told("P07", &[("exports/tracker.csv", &done)]), []);
    // Stories alone are none, and what lies among data is that of an application.
    let stories =
        EXPORT.replace("Corrective Action", "Story").replace("Preventive Action", "Story").replace("Non-Conformance", "Story");
    assert_eq!(records(&[("exports/tracker.csv", &stories.replace("CAPA-", "LID-").replace("NCR-", "LID-"))]), [""; 0]);
    assert_eq!(records(&[("tests/fixtures/tracker.csv", EXPORT)]), [""; 0]);
}

#[test]
fn defects_of_a_tracker_are_entries() {
    let sheet = "Issue key,Issue id,Summary,Issue Type,Status\nPUMP-7,107,Alarm is silent,Bug,Open\nPUMP-8,108,Alarm is loud,Bug,Closed\n";
    let expected = "issues (not closed): 1 of 2 entries is open: PUMP-7";
    assert_eq!(told("P07", &[("issues.csv", sheet)]), [(Severity::Info, expected.to_owned())]);
}

#[test]
fn a_sheet_that_is_called_after_actions_lists_them() {
    for sheet in [
        "CAPA,Description,Owner,Due,Status\nCAPA-1,New gasket,lee,2026-01-10,Closed\nCAPA-2,Show the crew,lee,2026-01-12,Open\n",
        "ID;Title;Responsible;Due date;Completed\nCAPA-1;New gasket;lee;2026-01-10;2026-01-09\nCAPA-2;Show the crew;lee;2026-01-12;\n",
    ] {
        let expected = "capa (not closed): 1 of 2 entries is open: CAPA-2";
        assert_eq!(told("P07", &[("quality/capa.csv", sheet)]), [(Severity::Info, expected.to_owned())], "{sheet}");
    }
    let others = "ID,Title,Status\nCA-1,California,Open\nPA-2,Pennsylvania,Closed\n";
    assert_eq!(records(&[("quality/states.csv", others)]), [""; 0], "these letters stand for other things too");
}

#[test]
fn lists_in_yaml_and_json_are_read_alike() {
    let yaml = "capas:\n  - id: CAPA-1\n    title: New gasket\n    status: closed\n  - id: CAPA-2\n    title: Show the crew\n    status: open\n";
    let json = r#"[{"id": "CAPA-1", "title": "New gasket", "status": "closed"},
        {"id": "CAPA-2", "title": "Show the crew", "status": "open"}]"#;
    for (path, text) in [("quality/capas.yaml", yaml), ("quality/capas.json", json)] {
        let expected = "capas (not closed): 1 of 2 entries is open: CAPA-2";
        assert_eq!(told("P07", &[(path, text)]), [(Severity::Info, expected.to_owned())], "{path}");
        assert_eq!(told("P07", &[(path, &text.replace("open", "done"))]), [], "{path}");
    }
    let all = r#"{"records": [{"id": "CR-1", "title": "Gasket", "status": "closed"},
        {"id": "CR-1-VAR-1", "title": "Wrong gasket", "type": "variance", "status": "open", "parent": "CR-1"}]}"#;
    assert_eq!(told("P06", &[("quality/records.json", all)]).len(), 1);
    assert_eq!(told("P06", &[("quality/records.json", &all.replace("open", "closed"))]), []);
}

#[test]
fn what_a_list_says_does_not_outweigh_the_record() {
    let register = "Record,Title,Status\nCR-4,Gasket,Closed\nCR-5,Lid,Closed\n";
    let files = [("records/CR-4.md", "# CR-4: Gasket\n\n**Status:** Open\n"), ("change-register.csv", register)];
    let found = records(&files);
    assert!(found.iter().any(|one| one.starts_with("CR-4 change in execution")), "{found:?}");
    assert_eq!(told("P10", &files).len(), 1);
}

#[test]
fn data_about_one_record_may_list_its_actions() {
    let text = "id: INV-3\ntitle: Gasket leaks\nstatus: closed\nactions:\n  - id: CAPA-1\n    description: New gasket\n    status: done\n\
        \u{20} - id: CAPA-2\n    description: Show the crew\n    status: open\n";
    let expected = "INV-3 (closed): 1 of 2 actions is open: CAPA-2";
    assert_eq!(told("P07", &[("quality/INV-3.yaml", text)]), [(Severity::Warning, expected.to_owned())]);
    assert_eq!(told("P07", &[("quality/INV-3.yaml", &text.replace("open", "done"))]), []);
    let json = r#"{"id": "INV-3", "title": "Gasket leaks", "status": "closed",
        "actions": [{"id": "CAPA-2", "description": "Show the crew", "status": "open"}]}"#;
    assert_eq!(told("P07", &[("quality/INV-3.json", json)]).len(), 1);
}

#[test]
fn a_sidecar_that_cannot_be_read_closes_nothing() {
    let document = ("records/CR-7.md", "# CR-7: Lid\n");
    for (path, text) in [
        ("records/CR-7.yaml", "id: CR-7\nstatus: closed\n version: [1.0\n"),
        ("records/CR-7.yaml", "status: closed\nversion: \"1.0\nnote: x\n"),
        ("records/CR-7.yaml", "status: open\nversion: 1.0\nstatus: closed\n"),
        ("records/CR-7.json", "{\"status\": \"closed\", \"version\": \"1.0\","),
    ] {
        let files = [document, (path, text)];
        assert_eq!(records(&files), ["CR-7 change unknown - -"], "{path}: {text}");
        let analysis = analyzed(&files);
        assert!(analysis.findings.iter().any(|one| one.code == "Q04"), "{path}: {text}");
    }
    let files = [document, ("records/CR-7.yaml", "status: closed\nversion: 1.0\n")];
    assert_eq!(records(&files), ["CR-7 change closed 1.0 -"]);
}
