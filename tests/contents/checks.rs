//! What the checks make of it where it is least obvious.

use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::finding::Severity;
use tracegate::settings::Settings;

/// The findings of a check, each with its severity.
fn found(files: &[(&str, &str)], code: &str, today: Option<&str>) -> Vec<(Severity, String)> {
    let settings = Settings { today: today.map(str::to_owned), ..Settings::default() };
    let findings = analyze(&Memory::new(files.iter().copied()), &settings).findings;
    findings.into_iter().filter(|one| one.code == code).map(|one| (one.severity, one.message)).collect()
}

fn change(status: &str, done: &str) -> String {
    format!(
        "# CR-001: Oven\n\n**Status:** {status}\n\n## Testing\n\n- `test_oven_heats` - it does\n- `test_oven_cools_down` - it does\n\n\
         ## Execution\n\n| EI | Task | Execution Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n\
         | EI-1 | Tests | {done} | Pass | ito - 2026-01-01 |\n"
    )
}

#[test]
fn what_a_record_accounts_for_is_an_error_and_what_is_only_absent_a_warning() {
    let tests = ("tests/test_oven.py", "def test_oven_heats():\n    assert works()\n");
    let told = change("Closed", "Added test_oven_heats");
    let found_told = found(&[("records/CR-001.md", &told)], "M09", None);
    assert!(
        matches!(found_told.as_slice(), [(Severity::Error, text)] if text.contains("`test_oven_cools_down`")),
        "{found_told:?}"
    );
    let silent = change("Closed", "Added them");
    let found_absent = found(&[("records/CR-001.md", &silent), tests], "M09", None);
    assert!(matches!(found_absent.as_slice(), [(Severity::Warning, text)] if text.contains("1 of the 2")), "{found_absent:?}");
    let unknown = found(&[("records/CR-001.md", &silent)], "M09", None);
    assert!(matches!(unknown.as_slice(), [(Severity::Info, text)] if text.contains("not assessed")), "{unknown:?}");
}

#[test]
fn a_plan_that_is_not_carried_out_yet_misses_nothing() {
    for status in ["Draft", "In review", "Pre-approved", "In execution", "Rejected", "Superseded"] {
        let text = change(status, "Added test_oven_heats");
        assert_eq!(found(&[("records/CR-001.md", &text)], "M09", None), [], "{status}");
    }
    // Approved is the plan, until all of its items have an outcome.
    let open = change("Approved", "").replace("| Pass |", "| |");
    assert_eq!(
        found(&[("records/CR-001.md", &open), ("tests/test_oven.py", "def test_a():\n    assert works()\n")], "M09", None),
        []
    );
    let done = change("Approved", "Added test_oven_heats");
    assert_eq!(found(&[("records/CR-001.md", &done)], "M09", None).len(), 1);
}

#[test]
fn a_test_of_a_longer_name_and_one_that_code_only_mentions_are_not_missing() {
    let text = change("Closed", "Added test_oven_heats");
    let longer = ("tests/test_oven.py", "def test_oven_cools_down_at_night():\n    assert works()\n");
    let renamed = found(&[("records/CR-001.md", &text), longer], "M09", None);
    assert!(
        matches!(renamed.as_slice(), [(Severity::Info, text)] if text.contains("`test_oven_cools_down_at_night`")),
        "{renamed:?}"
    );
    let mentioned = ("tests/test_oven.py", "CASES = ['test_oven_cools_down']\n\ndef test_oven_heats():\n    assert CASES\n");
    let seen = found(&[("records/CR-001.md", &text), mentioned], "M09", None);
    assert!(matches!(seen.as_slice(), [(Severity::Info, text)] if text.contains("not recognised")), "{seen:?}");
}

#[test]
fn an_action_is_overdue_by_the_day_that_is_handed_in() {
    let text = "# INV-001: Oven\n\n**Status:** In execution\n\n## Actions\n\n| CAPA | Type | Description | Due | Outcome |\n\
                |---|---|---|---|---|\n| INV-001-CAPA-001 | Preventive | Look | 2026-03-01 | |\n";
    let late = |today| found(&[("records/INV-001.md", text)], "P07", today).pop().unwrap().1.contains("overdue");
    assert!(!late(None));
    assert!(!late(Some("2026-03-02")), "what is handed in is tomorrow");
    assert!(late(Some("2026-03-03")));
}

#[test]
fn a_draft_is_a_remark_and_a_closed_record_nothing() {
    let text = |status: &str| {
        format!(
            "# INV-001: Oven\n\n**Status:** {status}\n\n## Corrective actions\n\n- **CAPA-1**: Look\n- **CAPA-2**: Look again\n"
        )
    };
    let severity =
        |status: &str| found(&[("records/INV-001.md", &text(status))], "P07", None).pop().map(|(severity, _)| severity);
    assert_eq!(severity("Draft"), Some(Severity::Info));
    assert_eq!(severity("In execution"), Some(Severity::Warning));
    assert_eq!(severity("Closed"), None);
}

#[test]
fn a_file_without_authority_is_settled_with_its_deviations() {
    let told =
        ("records/session-summary.md", "# Session summary\n\n## Files modified (unauthorised)\n\n- `oven/door.c` - a hinge\n");
    let deviation = |status: &str| format!("# DEV-001: Door\n\n**Status:** {status}\n\nSomebody changed `oven/door.c`.\n");
    let count = |text: &str| found(&[told, ("records/DEV-001.md", text)], "P09", None).len();
    assert_eq!(found(&[told], "P09", None).len(), 1);
    assert_eq!((count(&deviation("Open")), count(&deviation("Closed"))), (1, 0));
    let guide = ("docs/intrusion-guide.md", "# Intrusions\n\n## Unauthorised files modified\n\n- `etc/passwd.bak` - often\n");
    assert_eq!(found(&[guide], "P09", None), []);
}

#[test]
fn a_protocol_that_is_approved_and_not_carried_out_is_not_empty() {
    let text = |result: &str| {
        format!(
            "# VR-001: Oven\n\n**Status:** Approved\n\n| Step | Inspection | Acceptance Criteria | Result | Inspected By |\n|---|---|---|---|---|\n\
             | 1 | Look | Whole | {result} | |\n| 2 | Look | Whole | | |\n"
        )
    };
    assert_eq!(found(&[("records/VR-001.md", &text(""))], "E08", None), []);
    assert_eq!(found(&[("records/VR-001.md", &text("Pass"))], "E08", None).len(), 1);
}
