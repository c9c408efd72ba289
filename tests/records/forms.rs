//! Forms that stand upright, a field a line, and fields that nobody filled in.

use super::checks::{count, told};
use tracegate::finding::Severity;

fn change(below: &str) -> String {
    format!("# CR-015: Door\n\n**Status:** Closed\n\n{below}")
}

fn unfilled(below: &str) -> String {
    let found = told("P03", &[("qms/CR-015.md", &change(below))]);
    found.into_iter().map(|(_, message)| message).collect::<Vec<_>>().join("\n")
}

fn item(summary: &str, outcome: &str, by: &str) -> String {
    format!(
        "## Execution plan\n\n### EI-1: Hang the door\n\n| Field | Value |\n|---|---|\n| **Task Description** | Hang it. |\n\
         | **Execution Summary** | {summary} |\n| **Task Outcome** | {outcome} |\n| **Performed By / Date** | {by} |\n"
    )
}

#[test]
fn an_item_may_stand_upright() {
    assert_eq!(unfilled(&item("Hung", "Pass", "lind / 2026-02-01")), "");
    let about = item("", "", "").replace("Hang the door", "Correct the CAPA");
    assert!(unfilled(&about).contains("outcome of EI-1"), "{}", unfilled(&about));
    let blank = unfilled(&item("", "", ""));
    assert_eq!(blank, "CR-015 is closed, and 2 fields were never filled in: outcome of EI-1 and signature of EI-1");
    let form = unfilled(
        "| Field | Value |\n|---|---|\n| **Task Outcome** | [Pass/Fail] |\n| **Performed By / Date** | [PERFORMER] - [DATE] |\n",
    );
    assert!(form.contains("2 fields were never filled in"), "{form}");
    let list = unfilled("## Execution\n\n### EI-1: Hang the door\n\n- **Outcome:** [Pass/Fail]\n- **Performed by:** [NAME]\n");
    assert!(list.contains("2 fields were never filled in"), "{list}");
    let one = unfilled("- **Outcome:** [Pass/Fail]\n");
    assert!(one.contains("1 field was never filled in"), "{one}");
    // What leads a list in is no empty field, and what a table says of a thing no form.
    assert_eq!(unfilled("## Execution\n\n- **Outcome:**\n  - it opens\n- **Performed by:** lind\n"), "");
    assert_eq!(unfilled("| Outcome | Performed by |\n|---|---|\n| Pass | lind |\n"), "");
    assert_eq!(unfilled("| Word | Meaning |\n|---|---|\n| Outcome | What came of it |\n| Result | |\n"), "");
}

#[test]
fn who_verifies_has_to_sign_where_the_form_says_so() {
    let text = |saw: &str| {
        unfilled(&format!(
            "## Execution\n\n| EI | Task | Outcome | Performed By | Verified By |\n|---|---|---|---|---|\n| EI-1 | Hang it | Pass | lind | {saw} |\n"
        ))
    };
    assert!(text("[VERIFIER] - [DATE]").contains("1 field was never filled in: verification of EI-1"));
    assert_eq!((text("kowal"), text("")), (String::new(), String::new()));
}

#[test]
fn an_item_that_failed_may_stand_upright() {
    let failed = |outcome: &str| told("P06", &[("qms/CR-015.md", &change(&item("Tried", outcome, "lind / 2026-02-01")))]);
    assert_eq!(failed("Pass"), []);
    assert!(
        matches!(failed("Fail").as_slice(), [(Severity::Error, text)] if text.contains("`EI-1` failed")),
        "{:?}",
        failed("Fail")
    );
}

#[test]
fn a_verification_may_stand_upright() {
    let record = |seen: &str, outcome: &str, by: &str| {
        format!(
            "# VR-001: Door\n\n**Status:** Closed\n\n## Step 1: Open the door\n\n| Field | Value |\n|---|---|\n| Expected result | It opens |\n\
             | Observation | {seen} |\n| Outcome | {outcome} |\n| Performed by | {by} |\n"
        )
    };
    let found = |text: String| told("E08", &[("qms/VR-001.md", &text)]);
    let blank = found(record("", "", ""));
    assert!(blank.len() == 1 && blank[0].1.contains("3 fields are empty"), "{blank:?}");
    assert_eq!(found(record("It opened", "Pass", "lind - 2026-02-01")), []);
    let list = "# VR-001: Door\n\n**Status:** Closed\n\n- **Observation:** [OBSERVATION]\n- **Outcome:** [Pass/Fail]\n";
    let list = found(list.to_owned());
    assert!(list.len() == 1 && list[0].1.contains("2 fields are empty"), "{list:?}");
}

#[test]
fn steps_are_signed_by_testers_and_with_initials() {
    for column in ["Tester - Date", "Initials/Date", "Tester / Date"] {
        let text = |by: &str| {
            format!(
                "# VR-001: Door\n\n**Status:** Closed\n\n| Step | Inspection | Result | {column} |\n|---|---|---|---|\n| 1 | Open it | Pass | {by} |\n"
            )
        };
        let found = |by: &str| count("E08", &[("qms/VR-001.md", &text(by))]);
        assert_eq!((found(""), found("al 2026-02-01")), (1, 0), "{column}");
    }
}

#[test]
fn fields_of_the_head_are_filled_in() {
    for open in [
        "**Approver:** TBD\n",
        "**Closed on:** [DATE]\n",
        "| Field | Value |\n|---|---|\n| Approver | [APPROVER] |\n",
        "| Approver | [APPROVER] |\n|---|---|\n| Date | 2026-02-01 |\n",
        "| Approver | lind |\n|---|---|\n| Date | [DATE] |\n",
    ] {
        assert!(unfilled(open).contains("1 field was never filled in"), "{open}: {}", unfilled(open));
    }
    let warned = unfilled("**Severity:** TBD\n**Effective date:** [DATE]\n");
    assert_eq!(warned, "CR-015 is closed, and 2 fields at its head were left as in the form: Severity and Effective date");
    for told in [
        "**Approver:** lind\n",
        "**Tags:** [DOOR]\n",
        "**Category:** [BUG]\n",
        "**Follow-up:** TBD by the maker\n",
        "**Severity:** N/A\n",
        "| Field | Value |\n|---|---|\n| Tags | [DOOR] |\n",
        "| Shortcut | Key |\n|---|---|\n| Date | [DATE] |\n",
        "## Description\n\nThe form has these:\n\n**Colour:** [COLOUR]\n",
    ] {
        assert_eq!(unfilled(told), "", "{told}");
    }
}
