//! What a closed record still lacks, and which actions are open.

use super::checks::{count, told};
use super::records;
use tracegate::finding::Severity;

/// What is said of fields that nobody filled in, of a closed change with a text below its execution.
fn lacks(text: &str) -> Vec<(Severity, String)> {
    let record = format!("# CR-001: Pump\n\n**Status:** Closed\n\n## Execution\n\n{text}\n");
    told("P03", &[("qms/CR-001.md", record.as_str())])
}

fn fields(text: &str) -> String {
    let found = lacks(text).into_iter().filter(|(severity, _)| *severity == Severity::Error);
    found.filter_map(|(_, message)| message.split_once("never filled in: ").map(|(_, names)| names.to_owned())).collect()
}

#[test]
fn boxes_are_ticked_where_a_record_was_carried_out() {
    assert_eq!(
        fields("- [ ] Tell the nurse today\n- [ ] Close the valve again"),
        "the box \"Tell the nurse today\" and the box \"Close the valve again\""
    );
    assert_eq!(fields("- [x] Tell the nurse today\n- [ ] Close the valve again"), "the box \"Close the valve again\"");
    assert_eq!(fields("- [x] Tell the nurse today\n- [ ] Close the valve, if needed"), "");
    assert_eq!(fields("- [x] Major\n- [ ] Minor"), "", "somebody chose");
    assert_eq!(fields("- [ ] Major\n- [ ] Minor"), "the box \"Major\" and the box \"Minor\"", "nobody did");
    assert_eq!(fields("Done.\n\n## Proposal\n\n- [ ] Tell the nurse today"), "", "that is a plan");
    assert_eq!(fields("```\n- [ ] Tell the nurse today\n```\n"), "");
}

#[test]
fn lines_to_be_signed_are_signed() {
    assert_eq!(fields("Done.\n\n## Sign-off\n\n**Signature:** ____\n**Date:** TBD"), "Signature and Date");
    assert_eq!(fields("Done.\n\n## Sign-off\n\n**Signature:** lind\n**Date:** 2026-02-01"), "");
    let table = |row: &str| fields(&format!("Done.\n\n## Approvals\n\n| Role | Name | Date |\n|---|---|---|\n{row}"));
    assert_eq!(table("| QA | lind | TBD |"), "date of QA");
    assert_eq!(table("| QA | lind | 2026-02-01 |"), "");
}

#[test]
fn an_outcome_that_is_none_and_one_behind_a_pipe_are_told() {
    let table = |row: &str| format!("| EI | Task | Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n{row}");
    let row = |summary: &str, outcome: &str| table(&format!("| EI-1 | Turn it | {summary} | {outcome} | lind - 2026-02-01 |"));
    assert_eq!(fields(&row("Turned", "Pending")), "outcome of EI-1 (Pending)");
    assert_eq!(fields(&row("Turned", "Not done")), "outcome of EI-1 (Not done)");
    assert_eq!(fields(&row("Turned", "Pass")), "");
    assert_eq!(fields(&row("Turned `a | b`", "[Pass/Fail]")), "outcome of EI-1", "the pipe stands in code");
    assert_eq!(fields(&row("Turned a | b", "[Pass/Fail]")), "", "nobody knows which cells are which");
    let warned = |text: &str| lacks(text).iter().filter(|(severity, _)| *severity == Severity::Warning).count();
    assert_eq!(warned(&row("", "N/A")), 1);
    assert_eq!(warned(&row("The motor has none", "N/A")), 0);
    assert_eq!(warned(&(row("-", "N/A") + "\n\nEI-1 was not needed.")), 0, "it is told elsewhere");
    assert_eq!(warned(&row("-", "N/A").replace("Turn it", "Turn it if it is hot")), 0);
}

#[test]
fn actions_of_lists_have_boxes_owners_and_days() {
    let found = |item: &str| {
        let text = format!(
            "# INV-001: Leak\n\n**Status:** In execution\n\n## Corrective actions\n\n{item}\n- [x] CA-2: Dry it\n\n## Execution\n\n| EI | Task | Outcome | Performed By - Date |\n|---|---|---|---|\n| 1 | Look | Pass | lind - 2026-03-01 |\n"
        );
        told("P07", &[("qms/INV-001.md", text.as_str())]).into_iter().map(|(_, message)| message).collect::<String>()
    };
    let late = found("- [ ] CA-1: Seal the tank (lind, due 2026-01-31)");
    assert!(late.contains("1 of 2 actions is open: CA-1; overdue: CA-1 since 2026-01-31"), "{late}");
    let ahead = found("- [ ] CA-1: Seal the tank. Due date: 2026-05-31");
    assert!(ahead.contains("1 of 2 actions is open: CA-1") && !ahead.contains("overdue"), "{ahead}");
    assert!(!found("- [x] CA-1: Seal the tank (lind, due 2026-01-31)").contains("open"));
}

#[test]
fn a_status_that_its_section_names_again_is_that_status() {
    let with = |line: &str| records(&[("qms/CR-001.md", &format!("# CR-001: Pump\n\nText.\n\n## Status\n\n{line}\n"))]);
    assert_eq!(with("**Current Status:** Proposed  \n**Included in:** 2.0"), ["CR-001 change in review - -"]);
    assert_eq!(with("Status: Implemented"), ["CR-001 change closed - -"]);
    assert_eq!(with("Accepted"), ["CR-001 change approved - -"]);
}

#[test]
fn what_is_about_incidents_or_is_a_procedure_for_them_is_none() {
    let class = |title: &str| {
        records(&[("docs/QX-001.md", &format!("# {title}\n\n**Status:** Approved\n**Version:** 1.0\n**Document ID:** QX-001\n"))])
    };
    assert_eq!(class("Incident: the link did not start"), ["QX-001 investigation approved 1.0 -"]);
    assert_eq!(class("Incident Response Procedure"), ["QX-001 procedure approved 1.0 -"]);
    assert!(class("Creating an incident").is_empty());
    assert_eq!(count("P07", &[("docs/QX-001.md", "# Incident management rule\n\n**Status:** Approved\n")]), 0);
}

#[test]
fn a_field_of_an_item_may_hold_nothing_at_all() {
    let item = |outcome: &str, by: &str| {
        fields(&format!(
            "### EI-1: Set it\n\n- **Outcome:** Pass\n- **Performed by:** lind, 2026-01-01\n\n### EI-2: Turn it\n\n- **Outcome:**{outcome}\n- **Performed by:**{by}\n"
        ))
    };
    assert_eq!(item(" Pass", " lind, 2026-01-02"), "");
    assert_eq!(item("", ""), "outcome of EI-2 and signature of EI-2");
    assert_eq!(item(" Pass", ""), "signature of EI-2");
    assert_eq!(item("\n  - It turns: yes", " lind, 2026-01-02"), "", "it leads that in");
    assert_eq!(item(" Pass", "\n\nlind and wu, each on a day of their own.\n"), "");
    assert_eq!(fields("### Evidence\n\n**Outcome:**\n\n```\nok\n```\n"), "");
}

#[test]
fn verdicts_are_chosen_from_and_what_is_struck_is_not_done() {
    let approval = "Done.\n\n## Approval\n\n- [x] Approved without any further condition\n- [ ] Approved with the conditions below\n\
        - [ ] Rejected, to be sent back to the author\n";
    assert_eq!(fields(approval), "");
    assert!(fields(&approval.replace("[x]", "[ ]")).contains("Approved without"), "nobody chose");
    assert!(!fields("- [x] Approved by the head of quality\n- [ ] Approved by the head of design\n").is_empty());
    assert_eq!(fields("- [x] Replace the seal of it\n- [ ] ~~Test the old seal of it~~\n"), "");
}

#[test]
fn a_test_case_without_any_result_is_told() {
    let of = |head: &str, cells: &str| {
        let text = format!(
            "# VR-001: Test report of the door\n\n**Status:** Closed\n\n## Results\n\n| {head} | Expected | Actual | Pass/Fail | Tester | Date |\n\
             |---|---|---|---|---|---|\n| TC-01 | It opens | It did | Pass | lind | 2026-01-01 |\n| TC-02 | It shuts | {cells} |\n"
        );
        told("E08", &[("qms/VR-001.md", text.as_str())]).len()
    };
    for head in ["Test case", "ID", "TC", "No."] {
        assert_eq!(of(head, " | | | "), 1, "{head}");
        assert_eq!(of(head, "It did | Pass | lind | 2026-01-02"), 0, "{head}");
    }
}
