//! Records in other notations: fields of reStructuredText, TOML, plain text, numbers in front matter alone.

use super::checks::told;
use super::{analyzed, records};

const LEAK: &str = "# The hose leaks\n\n## Actions\n\n| CAPA | Type | Description | Outcome | Due |\n|---|---|---|---|---|\n\
    | CAPA-1 | Corrective | Another hose | Pass | 2026-01-10 |\n\
    | CAPA-2 | Preventive | Update the test evidence of REQ-HOSE-001 | | 2026-01-20 |\n";

#[test]
fn a_number_in_front_matter_alone_is_that_of_the_record() {
    for head in [
        "---\nid: INV-4\nstatus: in execution\n---\n",
        "---\ndocument_id: INV-4\nstatus: in execution\n---\n",
        "+++\nid = \"INV-4\"\nstatus = \"in execution\" # since May\n+++\n",
    ] {
        let text = format!("{head}{LEAK}");
        let files = [
            ("quality/hose.md", text.as_str()),
            ("srs.md", "# SRS\n\n| ID | Requirement |\n|---|---|\n| REQ-HOSE-001 | The hose shall be tight. |\n"),
            (
                "rtm.md",
                "# RTM\n\n| Requirement | Test | Status |\n|---|---|---|\n| REQ-HOSE-001 | tests/test_h.py::test_h | PASS |\n",
            ),
            ("tests/test_h.py", "def test_h():\n    assert tight()\n"),
        ];
        assert!(records(&files).contains(&String::from("INV-4 investigation in execution - -")), "{head}: {:?}", records(&files));
        let found = told("P07", &files);
        assert!(found.len() == 1 && found[0].1.contains("1 of 2 actions is open: CAPA-2"), "{head}: {found:?}");
        let doubt = told("T08", &files);
        assert!(doubt.len() == 1 && doubt[0].1.contains("CAPA-2"), "{head}: {doubt:?}");
    }
    // A number that is no record's makes none.
    assert_eq!(records(&[("quality/hose.md", "---\nid: HOSE-4\nstatus: closed\n---\n# The hose\n")]), [""; 0]);
}

#[test]
fn fields_of_restructured_text_and_what_stands_below_are_read() {
    let record = "Valve\n=====\n\n:id: CR-4\n:status: closed\n:children: CR-4-VAR-1\n\nExecution\n---------\n\n.. list-table::\n   :header-rows: 1\n\n   \
        * - EI\n     - Task\n     - Outcome\n     - Performed by\n   * - EI-1\n     - Mount it\n     - [Pass/Fail]\n     - [NAME]\n";
    let child = "Wrong valve\n===========\n\n:id: CR-4-VAR-1\n:status: open\n";
    let files = [("qms/CR-4.rst", record), ("qms/CR-4-VAR-1.rst", child)];
    assert_eq!(records(&files), ["CR-4 change closed - -", "CR-4-VAR-1 deviation in execution - CR-4"]);
    assert_eq!(told("P03", &files).len(), 1);
    assert_eq!(told("P06", &files).len(), 1);
    let filled = record.replace("[Pass/Fail]", "Pass").replace("[NAME]", "kim 2026-01-04");
    let files = [("qms/CR-4.rst", filled.as_str()), ("qms/CR-4-VAR-1.rst", &child.replace("open", "closed"))];
    assert_eq!((told("P03", &files), told("P06", &files)), (vec![], vec![]));
    // What is shown is not meant.
    let shown =
        "CR-5: Valve\n===========\n\n:status: closed\n\nExample::\n\n   **Approved by:** ____\n\n.. note::\n\n   [Pass/Fail]\n";
    assert_eq!(told("P03", &[("qms/CR-5.rst", shown)]), []);
}

#[test]
fn actions_of_restructured_text_are_read() {
    let text = "Leak\n====\n\n:id: INV-2\n:status: in execution\n\nActions\n-------\n\n=======  ==========  =======  ==========\nCAPA     Description Outcome  Due\n\
        =======  ==========  =======  ==========\nCAPA-1   Hose        Pass     2026-01-03\nCAPA-2   Crew        Open     2026-01-03\n=======  ==========  =======  ==========\n";
    let found = told("P07", &[("qms/INV-2.rst", text)]);
    assert!(found.len() == 1 && found[0].1.contains("1 of 2 actions is open: CAPA-2"), "{found:?}");
}

#[test]
fn plain_text_that_is_called_as_a_record_is_one() {
    let text = "CR-5: Valve\n\nStatus: closed\nVersion: 1.0\n";
    assert_eq!(records(&[("qms/CR-5.txt", text)]), ["CR-5 change closed 1.0 -"]);
    assert_eq!(records(&[("qms/notes.txt", text)]), [""; 0]);
    assert!(analyzed(&[("qms/REQ-5.txt", "The valve shall close.\n")]).graph.records().is_empty());
}

#[test]
fn statuses_and_columns_may_be_of_other_languages() {
    for (open, closed) in
        [("Offen", "Geschlossen"), ("En cours", "Clôturé"), ("Abierto", "Cerrado"), ("进行中", "已关闭"), ("対応中", "完了")]
    {
        let record = format!("# CR-8: Lid\n\nStatus: {closed}\n");
        let child = format!("# CR-8-VAR-1: Crack\n\nStatus: {open}\n");
        let files = [("CR-8.md", record.as_str()), ("CR-8-VAR-1.md", child.as_str())];
        assert_eq!(told("P06", &files).len(), 1, "{open}");
        assert_eq!(told("P06", &[("CR-8.md", &record), ("CR-8-VAR-1.md", &child.replace(open, closed))]), [], "{closed}");
    }
    let checked = "# VR-2: Deckel\n\n**Status:** approved\n\n## Prüfung\n\n| Nr | Kriterium | Beobachtung | Ergebnis | Geprüft von |\n|---|---|---|---|---|\n\
        | 1 | kein Riss | keiner | bestanden | kim 2026-01-04 |\n| 2 | kein Schmutz | keiner | bestanden | kim 2026-01-04 |\n";
    assert_eq!(told("E08", &[("VR-2.md", checked)]), []);
    assert_eq!(
        told("E08", &[("VR-2.md", &checked.replace("| keiner | bestanden | kim 2026-01-04 |\n| 2 ", "| | | |\n| 2 "))]).len(),
        1
    );
}

#[test]
fn decisions_in_restructured_text_tell_their_status_below_its_heading() {
    let text = "2. Naming\n=========\n\nStatus\n------\n\n**Accepted**\n\nContext\n-------\n\nNames differ.\n";
    assert_eq!(records(&[("docs/decisions/0002-naming.rst", text)]), ["ADR-0002 decision approved - -"]);
    assert_eq!(records(&[("docs/concepts/0002-naming.rst", text)]), [""; 0]);
}

#[test]
fn what_was_approved_is_compared_in_every_notation() {
    let rst = |files: &str| {
        format!("CR-1: Lid\n=========\n\n:status: closed\n\nScope\n-----\n\n{files}\nExecution\n---------\n\nDone.\n")
    };
    let adoc = |files: &str| format!("= CR-1: Lid\n\nStatus: closed\n\n== Scope\n\n{files}\n== Execution\n\nDone.\n");
    let trail = r#"{"ts":"2026-01-01T10:00:00Z","event":"CREATE","user":"kim","version":"1.0"}
{"ts":"2026-01-02T10:00:00Z","event":"APPROVE","user":"wu","version":"1.0","from_status":"IN_PRE_REVIEW","to_status":"PRE_APPROVED"}
{"ts":"2026-01-03T10:00:00Z","event":"RELEASE","user":"wu","version":"1.0","from_status":"PRE_APPROVED","to_status":"IN_EXECUTION"}
"#;
    let (then, now) = ("* src/lid.c\n", "* src/lid.c\n* src/alarm.c\n");
    for (extension, old, new) in [("rst", rst(then), rst(now)), ("adoc", adoc(then), adoc(now))] {
        let (copy, path) = (format!("qms/.archive/CR-1-v1.0.{extension}"), format!("qms/CR-1.{extension}"));
        let found = |new: &str| told("P05", &[(&copy, &old), (&path, new), ("qms/.audit/CR-1.jsonl", trail)]);
        assert_eq!(found(&new).len(), 1, "{extension}");
        assert_eq!(found(&old), [], "{extension}");
    }
}

#[test]
fn scopes_registers_and_waits_of_restructured_text_are_read() {
    let change = "CR-1: Lid\n=========\n\n:status: closed\n\nScope\n-----\n\n* ``src/lid.c``\n\nFiles modified\n--------------\n\n\
        =============  ======\nFile           Change\n=============  ======\nsrc/lid.c      hinge\nsrc/alarm.c    muted\n=============  ======\n";
    let found = told("P09", &[("CR-1.rst", change)]);
    assert!(found.len() == 1 && found[0].1.contains("src/alarm.c"), "{found:?}");
    assert_eq!(told("P09", &[("CR-1.rst", &change.replace("src/alarm.c    muted\n", ""))]), []);
    let register = "Register\n========\n\n====  =====  ======\nCR    Title  Status\n====  =====  ======\nCR-1  Lid    Open\n====  =====  ======\n";
    assert_eq!(told("P10", &[("CR-1.rst", change), ("register.rst", register)]).len(), 1);
    assert_eq!(told("P10", &[("CR-1.rst", change), ("register.rst", &register.replace("Open", "Closed"))]), []);
    let list = "records:\n  - id: CR-1\n    title: Lid\n    status: open\n";
    assert_eq!(told("P10", &[("CR-1.rst", change), ("records.yaml", list)]).len(), 1);
    assert_eq!(told("P10", &[("CR-1.rst", change), ("records.yaml", &list.replace("open", "closed"))]), []);
    assert_eq!(told("P10", &[("CR-1.rst", change), ("status.yaml", list)]).len(), 1, "its key says what it lists");
    let waits = "VAR-2: Hinge\n============\n\n:status: pre-approved\n\nVAR-2 must not be released before INV-9 is closed.\n";
    let files = [("VAR-2.rst", waits), ("INV-9.md", "# INV-9: Hinge\n\n**Status:** In execution\n")];
    assert_eq!(told("P06", &files).len(), 1);
    assert_eq!(told("P06", &[files[0], ("INV-9.md", "# INV-9: Hinge\n\n**Status:** Closed\n")]), []);
}

#[test]
fn who_approved_is_filled_in_in_front_matter_too() {
    for (front, filled) in [
        ("---\nid: CR-3\nstatus: closed\napproved_by: TBD\n---\n", "kim"),
        ("+++\nid = \"CR-3\"\nstatus = \"closed\"\napproved_by = \"TBD\"\n+++\n", "kim"),
    ] {
        let text = format!("{front}# Lid\n\nText.\n");
        assert_eq!(told("P03", &[("CR-3.md", &text)]).len(), 1, "{front}");
        assert_eq!(told("P03", &[("CR-3.md", &text.replace("TBD", filled))]), [], "{front}");
    }
}

#[test]
fn a_letter_says_that_a_step_failed_and_a_last_line_is_no_step() {
    let steps = |code: &str, outcome: &str, last: &str| {
        let head = "| EI | Task | Expected | Observed | Pass/Fail | Performed by |\n|---|---|---|---|---|---|\n";
        let rows = format!(
            "| EI-1 | Start | It starts | It starts | P | A. Lind - 2025-02-01 |\n| EI-2 | Stop | It stops | It runs on | {outcome} | A. Lind - 2025-02-01 |\n{last}"
        );
        let record = format!("# CR-7: Pump\n\n**Status:** Closed\n\n## Execution\n\n{head}{rows}\n");
        told(code, &[("records/CR-7.md", record.as_str())])
    };
    assert_eq!(steps("P06", "F", "").len(), 1, "{:?}", steps("P06", "F", ""));
    assert!(steps("P06", "P", "").is_empty(), "{:?}", steps("P06", "P", ""));
    for code in ["P03", "E08"] {
        assert!(
            steps(code, "P", "| Total | 2 steps | | | Pass | |\n").is_empty(),
            "{:?}",
            steps(code, "P", "| Total | 2 steps | | | Pass | |\n")
        );
    }
}
