//! What stands around the work: who did it, what was changed without leave, what waits, and what registers and sidecars say.

use super::checks::{count, plain, told};
use super::records;

fn closed(id: &str, below: &str) -> String {
    format!("# {id}: Door\n\n**Status:** Closed\n\n{below}")
}

#[test]
fn headings_call_a_change_unauthorised_in_several_ways() {
    let summary = |heading: &str| {
        let text = format!("# Session summary\n\n## {heading}\n\n| File | What |\n|---|---|\n| `oven/door.c` | a hinge |\n");
        count("P09", &[("records/session-summary.md", &text)])
    };
    for heading in [
        "Files modified (unauthorised)",
        "Unauthorized changes",
        "Unauthorised modifications",
        "Unauthorized file changes",
        "Files modified without approval",
    ] {
        assert_eq!(summary(heading), 1, "{heading}");
    }
    for heading in [
        "Files not modified without authorization",
        "No unauthorised changes",
        "Files modified",
        "Were there unauthorised changes?",
    ] {
        assert_eq!(summary(heading), 0, "{heading}");
    }
}

#[test]
fn who_does_the_work_does_not_verify_it() {
    let items = |did: &str, saw: &str| {
        let text = closed(
            "CR-001",
            &format!(
                "## Execution\n\n| EI | Task | Outcome | Performed By | Verified By |\n|---|---|---|---|---|\n| EI-1 | Hang it | Pass | {did} | {saw} |\n"
            ),
        );
        told("P02", &[("qms/CR-001.md", &text)])
    };
    let same = items("lind - 2026-02-01", "lind - 2026-02-02");
    assert!(same.len() == 1 && same[0].1 == "lind carried out EI-1 of CR-001 and verified that", "{same:?}");
    assert_eq!(items("lind - 2026-02-01", "kowal - 2026-02-02"), []);
    assert_eq!(items("[PERFORMER] - [DATE]", "[PERFORMER] - [DATE]"), []);
    assert_eq!(items("QA team", "QA team"), []);
    let fields = |saw: &str| {
        let text = format!("# CR-001: Door\n\n**Status:** Closed\n**Implemented by:** A. Berg\n**Verified by:** {saw}\n");
        count("P02", &[("qms/CR-001.md", &text)])
    };
    assert_eq!((fields("A. Berg"), fields("Berg, A."), fields("K. Lind"), fields("Berg, Lind")), (1, 1, 0, 0));
}

#[test]
fn names_of_people_are_read_where_they_stand() {
    let found = |head: &str| count("P02", &[("qms/CR-001.md", &format!("{head}\n\nText.\n"))]);
    let table = |approver: &str| {
        found(&format!(
            "# CR-001: Door\n\n**Status:** Closed\n\n| Prepared by | Reviewed by | Approved by |\n|---|---|---|\n| Anna Berg | Anna Berg | {approver} |"
        ))
    };
    assert_eq!((table("Anna Berg"), table("Kim Lind"), table("")), (1, 0, 0));
    let front = |list: &str| found(&format!("---\nstatus: Closed\nauthor: Anna Berg\napprovers: {list}\n---\n\n# CR-001: Door"));
    assert_eq!((front("[Anna Berg]"), front("[Kim Lind]"), front("[Anna Berg, Kim Lind]"), front("[NAME]")), (1, 0, 0, 0));
    let turned =
        |approver: &str| found(&format!("# CR-001: Door\n\n**Status:** Closed\n**Author:** A. Berg\n**Approver:** {approver}"));
    assert_eq!((turned("Berg, A."), turned("Berg, K."), turned("Berg, Anna")), (1, 0, 0));
}

#[test]
fn a_child_says_in_several_ways_how_much_its_parent_waits() {
    let severity = |field: &str| {
        let child = format!("# CR-001-VAR-001: Door\n\n**Status:** In execution\n{field}\n");
        told("P06", &[("qms/CR-001.md", &closed("CR-001", "")), ("qms/CR-001-VAR-001.md", &child)])
            .pop()
            .map(|(severity, _)| format!("{severity:?}"))
    };
    for field in ["**Type:** Type 2", "**Classification:** non-blocking", "**VAR Type:** Type 2"] {
        assert_eq!(severity(field).as_deref(), Some("Info"), "{field}");
    }
    for field in ["**Type:** Type 1", "**Classification:** Blocking"] {
        assert_eq!(severity(field).as_deref(), Some("Error"), "{field}");
    }
    assert_eq!(severity("**Type:** Variance").as_deref(), Some("Warning"));
}

#[test]
fn what_is_to_be_done_first_is_told_in_several_ways() {
    let waits = |step: &str| {
        let summary = format!("# Session summary\n\n## Next steps\n\n1. {step}\n");
        let files = [
            ("qms/session-summary.md", summary.as_str()),
            ("qms/CR-042.md", "# CR-042: Door\n\n**Status:** In review\n"),
            ("qms/INV-001.md", "# INV-001: Door\n\n**Status:** Draft\n"),
        ];
        count("P06", &files)
    };
    for step in [
        "Release CR-042 after INV-001 is pre-approved",
        "Get INV-001 pre-approved before CR-042 is released",
        "After INV-001 is pre-approved, release CR-042",
        "Once INV-001 is closed, close CR-042.",
        "[ ] Release CR-042 after INV-001 is pre-approved",
    ] {
        assert_eq!(waits(step), 1, "{step}");
    }
    for step in [
        "~~Release CR-042 after INV-001 is pre-approved~~",
        "[x] Release CR-042 after INV-001 is pre-approved",
        "Look at INV-001 before CR-042 is released",
        "After INV-001 was looked at, somebody released CR-042",
        "Before CR-042 is released, tell the board",
    ] {
        assert_eq!(waits(step), 0, "{step}");
    }
}

#[test]
fn a_sheet_may_be_a_register() {
    let found = |path: &str, status: &str| {
        let sheet = format!("Record,Title,Status\nCR-001,Door,{status}\nCR-002,Wall,Closed\n");
        count(
            "P10",
            &[
                (path, &sheet),
                ("records/CR-001.md", "# CR-001: Door\n\n**Status:** In execution\n"),
                ("records/CR-002.md", &closed("CR-002", "")),
            ],
        )
    };
    assert_eq!((found("records/register.csv", "Closed"), found("records/register.csv", "In execution")), (1, 0));
    assert_eq!(found("records/doors.csv", "Closed"), 0);
}

#[test]
fn yaml_that_is_called_as_a_record_is_its_sidecar() {
    let found = |sidecar: &str| records(&[("records/CR-003.md", "# CR-003: Door\n\nText.\n"), ("records/CR-003.yaml", sidecar)]);
    assert_eq!(found("status: closed\nversion: \"2\"\n"), ["CR-003 change closed 2 -"]);
    assert_eq!(found("colour: red\n"), ["CR-003 change unknown - -"]);
}

#[test]
fn a_specification_that_was_opened_before_another_change_was_not_opened_for_that() {
    let event = |time: &str, from: &str, to: &str| {
        format!(
            "{{\"ts\": \"{time}T10:00:00Z\", \"event\": \"STATUS_CHANGE\", \"user\": \"ann\", \"version\": \"1.0\", \"from_status\": \"{from}\", \"to_status\": \"{to}\"}}\n"
        )
    };
    let specification = event("2026-01-01", "IN_REVIEW", "EFFECTIVE")
        + &event("2026-02-01", "EFFECTIVE", "DRAFT")
        + &event("2026-02-20", "DRAFT", "IN_REVIEW")
        + &event("2026-03-05", "IN_REVIEW", "EFFECTIVE");
    let change =
        |begun: &str, end: &str| plain(&format!("{begun}T10:00:00Z"), "CREATE", "ann") + &event(end, "APPROVED", "CLOSED");
    let found = |begun: &str| {
        let (one, other) = (change("2026-01-20", "2026-02-25"), change(begun, "2026-03-06"));
        let files = [
            (
                "docs/PUMP-RS.md",
                "# PUMP-RS: Requirements of the pump\n\n**Status:** Effective\n\n| REQ ID | Requirement |\n|---|---|\n| REQ-FLOW-001 | The pump shall run. |\n",
            ),
            ("qms/CR-002.md", "# CR-002: Door\n\n**Status:** Closed\n\nChanges PUMP-RS.\n"),
            ("qms/CR-003.md", "# CR-003: Wall\n\n**Status:** Closed\n\nChanges PUMP-RS.\n"),
            (".meta/PUMP-RS.json", "{\"doc_id\": \"PUMP-RS\", \"status\": \"EFFECTIVE\", \"version\": \"2.0\"}"),
            (".audit/PUMP-RS.jsonl", specification.as_str()),
            (".audit/CR-002.jsonl", one.as_str()),
            (".audit/CR-003.jsonl", other.as_str()),
        ];
        count("P01", &files)
    };
    assert_eq!((found("2026-02-10"), found("2026-01-25")), (1, 0));
}
