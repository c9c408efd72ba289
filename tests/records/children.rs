//! Children that only their parent names, outcomes that are none, and lines that sum up steps.

use super::checks::told;
use super::records;
use tracegate::finding::Severity;

const CHILD: &str = "# VAR-1: Wrong valve\n\n**Status:** In execution\n";

#[test]
fn a_parent_may_name_its_children() {
    for parent in [
        "# CR-20: Valve\n\n**Status:** Closed\n**Child records:** VAR-1\n",
        "---\nid: CR-20\nstatus: closed\nchildren: [VAR-1]\n---\n# Valve\n",
        "---\nid: CR-20\nstatus: closed\nchildren:\n  - VAR-1\n---\n# Valve\n",
        "# CR-20: Valve\n\n**Status:** Closed\n\n## Child documents\n\n| Document | Title |\n|---|---|\n| VAR-1 | Wrong valve |\n",
        "# CR-20: Valve\n\n**Status:** Closed\n\n## 7. Child records\n\n- VAR-1: Wrong valve\n",
    ] {
        let files = [("qms/CR-20.md", parent), ("qms/VAR-1.md", CHILD)];
        assert!(
            records(&files).contains(&String::from("VAR-1 deviation in execution - CR-20")),
            "{parent}: {:?}",
            records(&files)
        );
        assert_eq!(told("P06", &files).len(), 1, "{parent}");
        let closed = CHILD.replace("In execution", "Closed");
        assert_eq!(told("P06", &[("qms/CR-20.md", parent), ("qms/VAR-1.md", &closed)]), [], "{parent}");
    }
    // What the child says of itself outweighs that, and nobody is the child of its child.
    let own = format!("{CHILD}**Parent:** CR-21\n");
    let files = [
        ("qms/CR-20.md", "# CR-20: Valve\n\n**Status:** Closed\n**Child records:** VAR-1\n"),
        ("qms/CR-21.md", "# CR-21: Seat\n\n**Status:** Open\n"),
        ("qms/VAR-1.md", &own),
    ];
    assert!(records(&files).contains(&String::from("VAR-1 deviation in execution - CR-21")), "{:?}", records(&files));
    let round = [
        ("qms/CR-20.md", "# CR-20: Valve\n\n**Status:** Closed\n**Children:** CR-21\n"),
        ("qms/CR-21.md", "# CR-21: Seat\n\n**Status:** Closed\n**Children:** CR-20\n"),
    ];
    assert_eq!(records(&round), ["CR-20 change closed - -", "CR-21 change closed - CR-20"]);
}

#[test]
fn a_child_that_is_not_here_is_not_assessed() {
    let parent = "# CR-20: Valve\n\n**Status:** Closed\n**Child records:** VAR-1, VAR-2\n";
    let expected = "CR-20 is closed, and whether its child VAR-2 is closed too is not assessed: no such record is here";
    let closed = CHILD.replace("In execution", "Closed");
    let found = told("P06", &[("qms/CR-20.md", parent), ("qms/VAR-1.md", &closed)]);
    assert_eq!(found, [(Severity::Warning, expected.to_owned())]);
    // They may all be kept elsewhere.
    let found = told("P06", &[("qms/CR-20.md", parent)]);
    assert!(found.len() == 2 && found.iter().all(|(severity, _)| *severity == Severity::Info), "{found:?}");
    let none = parent.replace("VAR-1, VAR-2", "None");
    assert_eq!(told("P06", &[("qms/CR-20.md", &none)]), []);
}

fn outcomes(outcomes: &[&str]) -> String {
    let head = "# CR-10: Door\n\n**Status:** Closed\n\n## Execution\n\n| EI | Task | Outcome | Performed By - Date |\n|---|---|---|---|\n";
    let rows = (1..).zip(outcomes).map(|(at, outcome)| format!("| EI-{at} | Mount it | {outcome} | kim - 2026-01-04 |\n"));
    rows.fold(head.to_owned(), |text, row| text + &row)
}

#[test]
fn outcomes_that_are_no_pass_need_a_deviation() {
    let said = told("P06", &[("CR-10.md", &outcomes(&["❌", "Partial", "50%", "Pass"]))]);
    let expected = "CR-10 is closed with `EI-1` failed and `EI-2` and `EI-3` not complete, and no deviation stands for that";
    assert_eq!(said, [(Severity::Error, expected.to_owned())]);
    let said = told("P06", &[("CR-10.md", &outcomes(&["Partial", "Pass"]))]);
    assert!(said.len() == 1 && said[0].0 == Severity::Warning, "{said:?}");
    for fine in [&["✅", "N/A (no ward has one)"][..], &["Pass", "100%"], &["45%", "50%"], &["Done", "Pass with remark"]] {
        assert_eq!(told("P06", &[("CR-10.md", &outcomes(fine))]), [], "{fine:?}");
    }
    let actions = "# INV-1: Leak\n\n**Status:** In execution\n\n## Actions\n\n| Action | Owner | Status |\n|---|---|---|\n| New hose | kim | ❌ |\n\
        | Show the crew | kim | 50% |\n| Tell the ward | kim | Partial |\n| Wipe it | kim | N/A (dry) |\n| Paint it | kim | ✅ |\n";
    let said = told("P07", &[("INV-1.md", actions)]);
    assert!(said.len() == 1 && said[0].1.contains("3 of 5 actions are open"), "{said:?}");
}

#[test]
fn checks_below_a_heading_of_what_was_done_have_an_outcome() {
    let list = "# CR-11: Door\n\n**Status:** Closed\n\n## Checklist\n\n| Check | Status |\n|---|---|\n| Lamp is on | OK |\n| Lamp is off | |\n";
    assert_eq!(told("P03", &[("CR-11.md", list)]).len(), 1);
    assert_eq!(told("P03", &[("CR-11.md", &list.replace("off | |", "off | OK |"))]), []);
    assert_eq!(told("P03", &[("CR-11.md", &list.replace("Checklist", "Verification plan"))]), [], "a plan is filled in nowhere");
}

fn protocol(last: &str, below: &str) -> String {
    format!(
        "# VR-1: Door\n\n**Status:** Approved\n\n## Steps\n\n| Step | Action | Expected | Actual | Result | Tester |\n|---|---|---|---|---|---|\n\
         | 1 | Open | On | On | Pass | kim 2026-01-04 |\n| 2 | Shut | Off | Off | {last} | kim 2026-01-04 |\n{below}\n"
    )
}

#[test]
fn what_sums_steps_up_says_what_they_say() {
    let said = |last: &str, below: &str| told("P10", &[("VR-1.md", &protocol(last, below))]);
    let expected = "VR-1 says in sum \"All steps passed.\", but step 2 above it failed";
    assert_eq!(said("Fail", "\nAll steps passed."), [(Severity::Error, expected.to_owned())]);
    for sum in [
        "\n**Overall result:** PASS",
        "\n## Result\n\nAll test steps have passed.",
        "| Overall result | | | | PASS | kim |",
        "\n- Result: all steps passed",
    ] {
        assert_eq!(said("Fail", sum).len(), 1, "{sum}");
        assert_eq!(said("Pass", sum), [], "{sum}");
    }
    for sum in ["\n**Overall result:** FAIL", "\nSome steps failed.", "\nNot all steps passed."] {
        let found = said("Pass", sum);
        assert!(found.len() == 1 && found[0].0 == Severity::Warning, "{sum}: {found:?}");
        assert_eq!(said("Fail", sum), [], "{sum}");
    }
    assert_eq!(said("", "\nAll steps passed.").len(), 1, "nothing says what came of the second");
    // A condition, another chapter, and what was done again are no such sum.
    for other in ["\nAll steps must be passed.", "\n## Criteria\n\nAll steps passed."] {
        assert_eq!(said("Fail", other), [], "{other}");
    }
    let again = "\n## Done again\n\n| Step | Action | Expected | Actual | Result | Tester |\n|---|---|---|---|---|---|\n| 2 | Shut | Off | Off | Pass | kim 2026-01-05 |\n\nAll steps passed.";
    assert_eq!(said("Fail", again), []);
}
