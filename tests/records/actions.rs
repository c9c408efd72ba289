//! Which actions of a record are open, and since when.

use super::checks::{count, told};

fn investigation(status: &str, below: &str) -> String {
    format!("# INV-008: Cold oven\n\n**Status:** {status}\n\n{below}")
}

/// What P07 says of an investigation with a text below its head.
fn open(status: &str, below: &str) -> String {
    let found = told("P07", &[("qms/INV-008.md", &investigation(status, below))]);
    found.into_iter().map(|(_, message)| message).collect::<Vec<_>>().join("\n")
}

const ROWS: &str = "## Actions\n\n| CAPA | Type | Description | Outcome | Verified By - Date |\n|---|---|---|---|---|\n";

#[test]
fn a_closed_record_with_unfilled_outcomes_has_open_actions() {
    let form = format!("{ROWS}| INV-008-CAPA-001 | Preventive | Fit a seal | [Pass/Fail] | [VERIFIER] - [DATE] |\n");
    assert_eq!(open("Closed", &form), "INV-008 (closed): 1 of 1 action is open: INV-008-CAPA-001");
    let empty = format!("{ROWS}| INV-008-CAPA-001 | Preventive | Fit a seal | | |\n");
    assert!(open("Closed", &empty).contains("1 of 1 action is open"), "{}", open("Closed", &empty));
    // Who verified it says that it was done, and so does what was done.
    let verified = format!("{ROWS}| INV-008-CAPA-001 | Preventive | Fit a seal | | lind - 2026-02-01 |\n");
    assert_eq!(open("Closed", &verified), "");
    let done = form.replace("[Pass/Fail]", "Pass").replace("[VERIFIER] - [DATE]", "lind - 2026-02-01");
    assert_eq!(open("Closed", &done), "");
    // A list without a column for outcomes says nothing of them.
    assert_eq!(open("Closed", "## Corrective actions\n\n- **CAPA-1**: Fit a seal\n- **CAPA-2**: Heat it\n"), "");
}

#[test]
fn a_closed_investigation_has_an_action_against_each_cause() {
    let text = format!(
        "## Root causes\n\n- **RC-1**: The seal leaks\n- **RC-2**: Nobody looks at it\n\n\
         ## Actions\n\n| CAPA | Type | Addresses | Description | Outcome |\n|---|---|---|---|---|\n\
         | INV-008-CAPA-001 | {} | RC-1 | Fit a seal | Pass |\n",
        "Corrective"
    );
    for status in ["Closed", "In post review"] {
        let said = open(status, &text);
        assert!(said.contains("no action is against RC-2") && said.contains("none of its actions is preventive"), "{said}");
    }
    assert_eq!(open("Closed", &text.replace("Corrective", "Preventive").replace("| RC-1 |", "| RC-1, RC-2 |")), "");
    let two = "## Corrective actions\n\n| CAPA | Description | Outcome |\n|---|---|---|\n| INV-008-CAPA-001 | Fit a seal | Pass |\n\n\
               ## Preventive actions\n\nNone.\n";
    assert!(open("Closed", two).contains("none of its actions is preventive"), "{}", open("Closed", two));
}

#[test]
fn a_cause_that_is_told_in_prose_has_an_action() {
    let prose = "## Root cause\n\nThe seal was cut from the wrong sheet.\n";
    assert!(
        open("In execution", prose).contains("it names a root cause and no action: \"The seal was cut"),
        "{}",
        open("In execution", prose)
    );
    // What is to be done may be told in prose as well; what is not known yet needs none.
    assert_eq!(open("In execution", &format!("{prose}\n## Corrective actions\n\nThe seal is cut anew by March.\n")), "");
    assert!(!open("In execution", &format!("{prose}\n## Corrective actions\n\nNone.\n")).is_empty());
    for prose in
        ["## Root cause\n\nTBD\n", "## Root cause\n\nNot known yet.\n", "## Root cause analysis\n\nWe asked why five times.\n"]
    {
        assert_eq!(open("In execution", prose), "", "{prose}");
    }
}

#[test]
fn days_are_written_in_several_ways() {
    let due = |due: &str| {
        let text = format!(
            "## Actions\n\n| CAPA | Type | Description | Due | Outcome |\n|---|---|---|---|---|\n\
             | INV-008-CAPA-001 | Preventive | Fit a seal | {due} | |\n\n\
             ## Execution\n\n| EI | Task | Outcome | Performed By - Date |\n|---|---|---|---|\n| EI-1 | Look | Pass | lind - 2026-02-03 |\n"
        );
        open("In execution", &text)
    };
    for day in ["2025-12-31", "31.12.2025", "Dec 31, 2025", "31 December 2025", "31-Dec-2025"] {
        assert!(due(day).contains("overdue: INV-008-CAPA-001 since 2025-12-31"), "{day}: {}", due(day));
    }
    for day in ["31.12.2026", "Dec 31, 2026", "12/11/2025", "1.2.2025.4", "in December 2025", "32.12.2025"] {
        assert!(!due(day).contains("overdue"), "{day}: {}", due(day));
    }
}

#[test]
fn a_record_without_a_trail_tells_when_it_was_opened() {
    let below = "## Corrective and preventive actions\n\n- **CAPA-1**: Fit a seal\n";
    let other = (
        "qms/CR-002.md",
        "# CR-002: Door\n\n**Status:** Closed\n\n## Execution\n\n| EI | Task | Outcome | Performed By - Date |\n|---|---|---|---|\n| EI-1 | Look | Pass | lind - 2025-03-22 |\n",
    );
    for field in
        ["**Opened:** 2025-03-12", "**Date opened:** 2025-03-12", "| Field | Value |\n|---|---|\n| Date opened | 12 March 2025 |"]
    {
        let text = investigation("In execution", &format!("{field}\n\n{below}"));
        let said = told("P07", &[("qms/INV-008.md", &text), other]);
        assert!(said.len() == 1 && said[0].1.contains("it was opened 10 days before 2025-03-22"), "{field}: {said:?}");
    }
}

#[test]
fn actions_stand_below_a_heading_of_that_name() {
    let boxes = "## Actions\n\n- [ ] Fit a seal\n- [x] Heat it\n";
    assert!(open("In execution", boxes).contains("1 of 2 actions is open"), "{}", open("In execution", boxes));
    let table = "## Actions\n\n| ID | Type | Description | Status |\n|---|---|---|---|\n| A-1 | Preventive | Fit a seal | Open |\n| A-2 | Preventive | Heat it | Done |\n";
    assert!(open("Closed", table).contains("1 of 2 actions is open: A-1"), "{}", open("Closed", table));
    // In a change these are what a screen can do.
    assert_eq!(
        count(
            "P07",
            &[("qms/CR-003.md", "# CR-003: Menu\n\n**Status:** In execution\n\n## Actions\n\n- [ ] Open\n- [ ] Save\n")]
        ),
        0
    );
}

#[test]
fn an_action_may_end_with_what_became_of_it() {
    let list =
        |text: &str| open("In execution", &format!("## Corrective and preventive actions\n\n- **INV-008-CAPA-001**: {text}\n"));
    for done in [
        "Replace the seal. Done.",
        "Replace the seal - done 2026-01-01",
        "Replace the seal (CLOSED)",
        "Replace the seal (done by lind on 2026-01-01)",
        "~~Replace the seal~~",
        "Replace the seal — completed",
        "Replace the seal. Status: Closed",
        "Replace the seal ✅",
    ] {
        assert_eq!(list(done), "", "{done}");
    }
    for open in [
        "Replace the seal once that is done",
        "Replace the seal. Done when it holds for a day.",
        "Replace the seal (not done)",
        "Replace the seal - to be done 2026-01-01",
        "Replace the ~~old~~ seal",
        "See that the valve is closed.",
        "Keep the valve (closed valves leak)",
        "Replace the seal (open)",
    ] {
        assert!(list(open).contains("1 of 1 action is open"), "{open}: {}", list(open));
    }
}

#[test]
fn an_age_is_counted_to_the_newest_day_in_any_field_or_cell() {
    let below = "**Opened:** 2025-03-12\n\n## Corrective and preventive actions\n\n- **CAPA-1**: Fit a seal, due 2027-01-01\n";
    let investigation = investigation("In execution", below);
    let said = |text: &str| {
        let other = format!("# CR-002: Door\n\n**Status:** Closed\n\n{text}");
        let found = told("P07", &[("qms/INV-008.md", &investigation), ("qms/CR-002.md", &other)]);
        assert_eq!(found.len(), 1);
        found[0].1.clone()
    };
    for newer in [
        "**Closed on:** 2025-04-01\n",
        "- **Date closed:** 1 April 2025\n",
        "| Field | Value |\n|---|---|\n| Approved on | 2025-04-01 |\n",
        "| Version | Date | Change |\n|---|---|---|\n| 1.0 | 2025-04-01 | Door |\n",
        "| Step | Result | Date | Tester |\n|---|---|---|---|\n| 1 | Pass | 01.04.2025 | lind |\n",
    ] {
        let said = said(newer);
        assert!(
            said.contains("it was opened 20 days before 2025-04-01, the newest day on which trails, fields or cells"),
            "{newer}: {said}"
        );
    }
    for ahead in [
        "**Due date:** 2025-04-01\n",
        "| Milestone | Target date |\n|---|---|\n| Door | 2025-04-01 |\n",
        "**Next review date:** 2025-04-01\n",
        "**Date of birth:** 2025-04-01\n",
        "| Library | Version date |\n|---|---|\n| Door | 2025-04-01 |\n",
        "| Milestone | Date | Status |\n|---|---|---|\n| Door | 2025-04-01 | Planned |\n",
        "```text\n**Closed on:** 2025-04-01\n```\n",
        "## Execution\n\n| EI | Task | Outcome | Date | Tester |\n|---|---|---|---|---|\n| EI-1 | Look | | 2025-04-01 | |\n",
        "The door is to be hung by 2025-04-01.\n",
    ] {
        let said = said(ahead);
        assert!(said.contains("it was opened on 2025-03-12"), "{ahead}: {said}");
    }
}

#[test]
fn a_preventive_action_in_words_counts_while_the_record_is_open() {
    let with = |preventive: &str| {
        let text = format!(
            "## Corrective actions\n\n| CAPA | Description | Outcome |\n|---|---|---|\n| INV-008-CAPA-001 | Fit a seal | Pass |\n\n\
             ## Preventive actions\n\n{preventive}\n"
        );
        open("In execution", &text)
    };
    assert_eq!(with("Each new seal is tried at full heat before it is fitted."), "");
    assert!(with("None.").contains("none of its actions is preventive"), "{}", with("None."));
    assert!(!with("Notify the ward of each seal.").contains("preventive"), "{}", with("Notify the ward of each seal."));
}

#[test]
fn an_action_below_its_heading_tells_how_far_it_is_in_any_field() {
    let of = |body: &str| {
        let section = |id: u8| format!("### INV-008-CAPA-00{id}: Fit a seal\n\n{body}\n\n");
        open("In execution", &format!("## Actions\n\n{}{}", section(1), section(2)))
    };
    for done in [
        "- **Owner:** lind\n- **Status:** Closed",
        "**Type:** Preventive\n**Status:** Done",
        "| Field | Value |\n|---|---|\n| Status | Done |",
        "**Completed:** 2026-01-10",
        "- **Outcome:** Pass",
    ] {
        assert!(!of(done).contains("open"), "{done}: {}", of(done));
    }
    for still in [
        "- **Owner:** lind\n- **Status:** Open",
        "**Type:** Preventive\n**Status:** Open",
        "| Field | Value |\n|---|---|\n| Status | Open |",
        "**Completed:** ",
        "- **Outcome:** Fail",
        "- **Due:** 2027-01-10",
    ] {
        assert!(of(still).contains("2 of 2 actions are open"), "{still}: {}", of(still));
    }
}

#[test]
fn causes_may_be_counted_together() {
    let of = |cause: &str| {
        let text = format!(
            "## Root causes\n\n- **RC-1**: The seal leaks\n- **RC-2**: Nobody looks at it\n- **RC-3**: It is dark\n\n\
             ## Actions\n\n| CAPA | Type | Addresses | Description | Outcome |\n|---|---|---|---|---|\n\
             | INV-008-CAPA-001 | Preventive | {cause} | Fit a seal | Pass |\n| INV-008-CAPA-002 | Preventive | RC-1 | Fit it | Pass |\n"
        );
        open("Closed", &text)
    };
    for all in ["RC-1 to RC-3", "RC-1 – RC-3", "RC-1, 2, 3", "RC-1/2/3", "RC-1, 2 and RC-3", "all"] {
        assert_eq!(of(all), "", "{all}");
    }
    assert!(of("RC-1, 3").contains("no action is against RC-2"), "{}", of("RC-1, 3"));
    assert!(of("RC-1 to RC-2").contains("no action is against RC-3"), "{}", of("RC-1 to RC-2"));
}

#[test]
fn a_form_of_a_register_lists_nothing() {
    let form = "# REF-13: CAPA log\n\n## CAPA register\n\n| CAPA # | Description | Corrective action | Owner | Status |\n|---|---|---|---|---|\n\
        | CA-001 | _[Description of it]_ | _[What]_ | _[Name]_ | \u{2610} Open |\n| CA-002 | | | | |\n";
    assert_eq!(told("P07", &[("docs/REF-13-CAPA-Log.md", form)]), []);
    let used = form.replace("| CA-002 | | | | |", "| CA-002 | The oven is cold | Another fuse | lind | Open |");
    let found = told("P07", &[("docs/REF-13-CAPA-Log.md", &used)]);
    assert!(found.len() == 1 && found[0].1.contains("CA-002"), "{found:?}");
}

#[test]
fn what_prevents_may_be_told_in_a_sentence_while_the_record_is_open() {
    let rows = format!("{ROWS}| INV-008-CAPA-001 | Corrective | Fit a seal | Pass | lind - 2026-02-01 |\n\n");
    let none = "none of its actions is preventive";
    for words in [
        "**Preventive action:** each ward looks at its seals once a week.",
        "To prevent recurrence, seals are now checked by the store before they are handed out.",
        "- Preventive measures: the store checks seals before it hands them out",
    ] {
        assert!(!open("In execution", &format!("{rows}{words}\n")).contains(none), "{words}");
    }
    for words in [
        "",
        "**Preventive action:** None is planned so far.",
        "What should be done to prevent recurrence is not known yet.",
        "> To prevent recurrence, seals are now checked by the store before that.",
    ] {
        assert!(open("In execution", &format!("{rows}{words}\n")).contains(none), "{words}");
    }
}
