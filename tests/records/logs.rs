//! What logs and named files tell of records, and what they do not.

use super::checks::{count, told};
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::finding::Severity;
use tracegate::settings::Settings;

const CHANGE: (&str, &str) = ("qms/CR-002.md", "# CR-002: Door\n\n**Status:** In execution\n\nText.\n");
const PROCEDURE: (&str, &str) = ("qms/SOP-002.md", "# SOP-002: Doors\n\n**Status:** Effective\n**Version:** 2.0\n\nText.\n");

#[test]
fn a_named_file_of_which_no_record_was_read_is_told() {
    let settings = Settings { records: vec!["records/**".to_owned()], ..Settings::default() };
    let empty = |text: &str| {
        let findings = analyze(&Memory::new([("records/2026.md", text)]), &settings).findings;
        findings.into_iter().filter(|one| one.code == "E12").map(|one| one.message).collect::<Vec<_>>()
    };
    let expected = ["The configuration names records `records/**`, but not one record was found in records/2026.md"];
    assert_eq!(empty("# Change records\n\n## CR-001: a\n\n**Status:** Closed\n\n## CR-002: b\n\n**Status:** Closed\n"), expected);
    assert_eq!(empty("# Form\n\n| Change No. | CC-2026-014 |\n|---|---|\n| Status | Closed |\n"), expected);
    assert_eq!(empty("# CR-001: a\n\n**Status:** Closed\n"), [""; 0]);
}

#[test]
fn the_status_of_a_person_or_an_action_is_not_that_of_the_document() {
    for (path, log) in [
        (
            "qms/training-log.csv",
            "Employee,Document,Version,Date,Status\nLind,SOP-002,2.0,2025-01-01,Completed\nBerg,SOP-002,2.0,2026-01-01,Open\n",
        ),
        ("qms/training-register.csv", "Document,Version,Employee,Status\nSOP-002,2.0,Lind,Draft\n"),
        ("qms/action-log.csv", "Record,Action,Status\nCR-002,Write,Closed\nCR-002,Read,Closed\n"),
        ("qms/review-log.csv", "Document,Reviewer,Status\nCR-002,Lind,Closed\n"),
        ("qms/approval-log.csv", "Document,Role,Name,Status\nCR-002,QA,Lind,Closed\nCR-002,Eng,Berg,Draft\n"),
        ("qms/action-log.md", "# Action log\n\n| Record | Action | Status |\n|---|---|---|\n| CR-002 | Write | Closed |\n"),
        ("qms/review-log.md", "# Review log\n\n| Document | Reviewer | Status |\n|---|---|---|\n| CR-002 | Lind | Closed |\n"),
    ] {
        assert_eq!(told("P10", &[CHANGE, PROCEDURE, (path, log)]), [], "{log}");
    }
    for (path, log) in [
        ("qms/register.csv", "Document,Title,Owner,Status\nCR-002,Door,Lind,Closed\n"),
        ("qms/index.csv", "Document,Name,Assignee,Status\nCR-002,Door,Lind,Closed\n"),
        ("qms/register.md", "# Register\n\n| Record | Status | Reviewer |\n|---|---|---|\n| CR-002 | Closed | Lind |\n"),
    ] {
        assert_eq!(count("P10", &[CHANGE, PROCEDURE, (path, log)]), 1, "{log}");
    }
}

#[test]
fn of_several_days_of_a_record_the_last_counts() {
    let csv = "Date,Record,Change,Status\n2026-01-09,CR-002,released,In execution\n2026-01-01,CR-002,created,Draft\n";
    let of = |log: &str| count("P10", &[CHANGE, PROCEDURE, ("qms/change-log.csv", log)]);
    assert_eq!(of(csv), 0);
    assert_eq!(of(&csv.replace("In execution", "Closed")), 1, "the newest is wrong");
    assert_eq!(of(&csv.replace("Date,", "No,")), 0, "nobody knows which is the newest");
    assert_eq!(of("Record,Title,Status\nCR-002,Door,Closed\nCR-002,Door,Closed\n"), 1, "they say the same");
    let table = "# Change log\n\n| Date | Record | Event | Status |\n|---|---|---|---|\n| 2026-01-01 | CR-002 | made | Draft |\n\
        | 2026-01-09 | CR-002 | released | In execution |\n";
    let of = |log: &str| count("P10", &[CHANGE, ("qms/change-log.md", log)]);
    assert_eq!((of(table), of(&table.replace("In execution", "Closed"))), (0, 1));
}

#[test]
fn entries_of_a_log_tell_in_many_ways_how_far_they_are() {
    let register = "# CAPA_REGISTER\n\n## Entry CAPA-2026-07-11-001\n\n- Unique ID: CAPA-2026-07-11-001\n- Corrective Action: New docs.\n- Current Status: Closed\n\n\
        ## Entry CAPA-2026-07-11-002\n\n- Corrective Action: New gate.\n- Current Status: Open\n";
    let expected = "CAPA_REGISTER (not closed): 1 of 2 entries is open: CAPA-2026-07-11-002";
    assert_eq!(told("P07", &[("ops/CAPA_REGISTER.md", register)]), [(Severity::Info, expected.to_owned())]);
    let log = "# ======\n# NCR LOG\n\n## NCR-001\n| Field | Value |\n|---|---|\n| Status | CLOSED |\n\n## NCR-002\n| Field | Value |\n|---|---|\n| Status | OPEN |\n| Closed | no |\n\n\
        ## NCR-003\n| Field | Value |\n|---|---|\n| Verdict | DENY |\n\n## NCR-004\n| Field | Value |\n|---|---|\n| Resolution | Not needed any more |\n";
    let expected = "NCR_LOG (not closed): 2 of 4 entries are open: NCR-002 and NCR-003";
    assert_eq!(told("P07", &[("history/NCR_LOG.md", log)]), [(Severity::Info, expected.to_owned())]);
    // Where none tells a status nothing is known of any.
    let silent = log.replace("Status", "Phase").replace("Resolution", "Phase").replace("Closed", "Phase");
    assert_eq!(told("P07", &[("history/NCR_LOG.md", &silent)]), []);
}
