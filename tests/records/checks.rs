//! What is a contradiction between records, and what only looks like one.

use super::analyzed;
use tracegate::finding::Severity;

/// Severity and message of the findings of a check.
pub(super) fn told(code: &str, files: &[(&str, &str)]) -> Vec<(Severity, String)> {
    let found = analyzed(files).findings.into_iter().filter(|one| one.code == code);
    found.map(|one| (one.severity, one.message)).collect()
}

/// How many findings of a check there are.
pub(super) fn count(code: &str, files: &[(&str, &str)]) -> usize {
    told(code, files).len()
}

const CHANGE: (&str, &str) = ("qms/CR-001.md", "# CR-001: Quieter pump\n\nText.\n");

pub(super) fn sidecar(status: &str, version: &str) -> String {
    format!("{{\"doc_id\": \"CR-001\", \"status\": \"{status}\", \"version\": \"{version}\"}}")
}

fn event(time: &str, from: &str, to: &str, version: &str) -> String {
    format!(
        "{{\"ts\": \"{time}\", \"event\": \"STATUS_CHANGE\", \"user\": \"ann\", \"version\": \"{version}\", \"from_status\": \"{from}\", \"to_status\": \"{to}\"}}\n"
    )
}

pub(super) fn plain(time: &str, name: &str, user: &str) -> String {
    format!("{{\"ts\": \"{time}\", \"event\": \"{name}\", \"user\": \"{user}\"}}\n")
}

fn summary(date: &str, status: &str, version: &str) -> String {
    format!("# Session summary {date}\n\n| Document | Status | Version |\n|---|---|---|\n| CR-001 | {status} | {version} |\n")
}

#[test]
fn a_summary_is_held_to_its_day_and_those_around_it() {
    let trail = event("2024-03-01T10:00:00Z", "DRAFT", "IN_REVIEW", "0.1")
        + &event("2024-03-10T10:00:00Z", "IN_REVIEW", "PRE_APPROVED", "1.0")
        + &event("2024-03-20T10:00:00Z", "IN_EXECUTION", "CLOSED", "2.0");
    let sidecar = sidecar("CLOSED", "2.0");
    let wrong = |date: &str, status: &str, version: &str| {
        let summary = summary(date, status, version);
        let files = [
            CHANGE,
            (".audit/CR-001.jsonl", trail.as_str()),
            (".meta/CR-001.json", sidecar.as_str()),
            ("reports/summary.md", summary.as_str()),
        ];
        let told = told("P10", &files);
        assert!(told.iter().all(|(severity, _)| *severity == Severity::Error));
        told.len()
    };
    assert_eq!(wrong("2024-03-05", "In review", "v0.1"), 0);
    assert_eq!(wrong("2024-03-05", "Closed", "v2.0"), 2, "it was closed later");
    assert_eq!(wrong("2024-03-11", "In review", "0.1"), 0, "the day before it was");
    assert_eq!(wrong("2024-03-09", "Pre-approved", "1.0"), 0, "the day after it was");
    assert_eq!(wrong("2024-03-12", "In review", "1.0"), 1);
    assert_eq!(wrong("2024-03-15", "In execution", "1.0"), 0, "the trail leaves out when that began, and not that it did");
    assert_eq!(wrong("2024-04-15", "CLOSED", "2"), 0);
    assert_eq!(wrong("2024-04-15", "Frozen", "2.0"), 0, "nobody knows what that means");
}

#[test]
fn a_dated_summary_without_a_trail_is_not_assessed_and_a_register_is_held_to_now() {
    let sidecar = sidecar("CLOSED", "2.0");
    let with = |path: &str, text: &str| told("P10", &[CHANGE, (".meta/CR-001.json", sidecar.as_str()), (path, text)]);
    let dated = with("reports/summary.md", &summary("2024-03-05", "In review", "0.1"));
    assert_eq!(dated.len(), 1, "for status and version at once");
    assert!(dated.iter().all(|(severity, message)| *severity == Severity::Info && message.contains("not assessed")), "{dated:?}");
    let register = "# Register\n\n| Record | Status |\n|---|---|\n| CR-001 | In review |\n";
    assert!(matches!(with("qms/register.md", register).as_slice(), [(Severity::Error, _)]));
    assert_eq!(
        with("qms/CR-002.md", &register.replace("Register", "CR-002: Other")),
        [],
        "a record tells what was when it was written"
    );
    assert_eq!(with("qms/notes.md", &register.replace("Register", "Ideas")), [], "nobody says of when that is");
    assert_eq!(with("templates/register.md", register), []);
}

#[test]
fn what_a_record_is_now_it_was_if_nothing_happened_since() {
    let sidecar = sidecar("DRAFT", "0.1");
    let trail = plain("2024-03-04T10:00:00Z", "CREATE", "ann");
    let wrong = |date: &str, status: &str| {
        let summary = summary(date, status, "0.1");
        let files = [
            CHANGE,
            (".audit/CR-001.jsonl", trail.as_str()),
            (".meta/CR-001.json", sidecar.as_str()),
            ("reports/summary.md", summary.as_str()),
        ];
        told("P10", &files).into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    assert_eq!(wrong("2024-03-05", "Draft"), []);
    assert_eq!(wrong("2024-03-05", "Pre-approved"), [Severity::Error]);
    assert_eq!(wrong("2024-02-01", "Closed"), [Severity::Error], "it was created later");
}

#[test]
fn gates_are_configuration_too() {
    let found = |config: &str, child: &str| {
        let settings = tracegate::config::parse(tracegate::source::Text::decode(config.as_bytes().to_vec())).unwrap().settings;
        let child = format!("---\nstatus: {child}\n---\n# TEST-001: Heat\n\nOf CR-001.\n");
        let files = [
            ("qms/CR-001.md", "---\nstatus: Closed\n---\n# CR-001: Quieter pump\n\nSee QA-001.\n"),
            ("qms/QA-001.md", &child.replace("TEST-001", "QA-001")),
        ];
        let analysis = tracegate::analysis::analyze(&tracegate::discover::tree::Memory::new(files), &settings);
        analysis.findings.iter().filter(|one| one.code == "P01").count()
    };
    let gate = "[records]\ntypes = { QA = \"verification\" }\n[[records.gate]]\nrecord = \"change\"\nbefore = \"closed\"\nneeds = \"QA\"\nstatus = \"approved\"\n";
    assert_eq!(found(gate, "Draft"), 1);
    assert_eq!(found(gate, "Approved"), 0);
    assert_eq!(found(&gate.replace("status =", "of = \"children\"\nstatus ="), "Draft"), 0, "it is no child");
    assert_eq!(found(&gate.replace("\"QA\"\nstatus", "\"verification\"\nstatus"), "Draft"), 1, "by its class");
    for (from, to) in [("closed", "frozen"), ("verification", "thing"), ("needs = \"QA\"", "needs = \"QA\"\nof = \"uncles\"")] {
        let wrong = gate.replace(from, to);
        assert!(tracegate::config::parse(tracegate::source::Text::decode(wrong.into_bytes())).is_err(), "{to}");
    }
}

#[test]
fn a_register_may_name_records_by_their_files() {
    let decision = ("docs/adr/0002-queue.md", "# 2. Use a queue\n\n## Status\n\nProposed\n");
    let index = "# Decisions\n\n| No | Title | Status |\n|---|---|---|\n| [0002](./0002-queue.md) | Use a queue | Accepted |\n";
    let found = told("P10", &[decision, ("docs/adr/README.md", index)]);
    assert!(matches!(found.as_slice(), [(Severity::Error, message)] if message.contains("ADR-0002")), "{found:?}");
    assert_eq!(count("P10", &[decision, ("docs/README.md", index)]), 0, "that leads nowhere");
    let right = index.replace("Accepted", "proposed");
    assert_eq!(count("P10", &[decision, ("docs/adr/README.md", right.as_str())]), 0);
}

#[test]
fn a_heading_and_a_field_state_a_status_too() {
    let trail = event("2024-03-01T10:00:00Z", "IN_REVIEW", "PRE_APPROVED", "1.0");
    let text = "# Session summary: 2024-03-05\n\n### CR-001 (Type 1) → CLOSED\n\n- **Final Status:** CLOSED (v2.0)\n";
    let files = [CHANGE, (".audit/CR-001.jsonl", trail.as_str()), ("summary.md", text)];
    let told = told("P10", &files);
    assert_eq!(told.len(), 2, "the status once, and the version: {told:?}");
    let right = text.replace("CLOSED", "PRE_APPROVED").replace("2.0", "1.0");
    assert_eq!(count("P10", &[CHANGE, (".audit/CR-001.jsonl", trail.as_str()), ("summary.md", right.as_str())]), 0);
}

#[test]
fn the_status_of_what_a_record_raised_is_not_its_own() {
    let trail = event("2024-03-01T10:00:00Z", "IN_REVIEW", "PRE_APPROVED", "1.0");
    let of = |head: &str, first: &str| {
        let text = format!(
            "# Status\n\n{head} Description | Status |\n{}\n{first} Clean the pump | CLOSED |\n",
            "|---".repeat(head.matches('|').count() + 1) + "|"
        );
        count("P10", &[CHANGE, (".audit/CR-001.jsonl", trail.as_str()), ("status.md", text.as_str())])
    };
    assert_eq!(of("| # | Raised in |", "| F-01 | CR-001 |"), 0);
    assert_eq!(of("| # | Record |", "| 1 | CR-001 |"), 1);
}

#[test]
fn how_much_a_parent_waits_is_what_the_child_says() {
    let found = |parent: &str, child: &str, grade: &str| {
        let parent = format!("---\nstatus: {parent}\n---\n# CR-001: Quieter pump\n");
        let child = format!(
            "---\nstatus: {child}\n---\n# CR-001-VAR-001: Heat\n\n| Parent Document | Failed Item | VAR Type |\n|---|---|---|\n| CR-001 | EI-1 | {grade} |\n"
        );
        let told = told("P06", &[("qms/CR-001.md", parent.as_str()), ("qms/CR-001-VAR-001.md", child.as_str())]);
        told.into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    assert_eq!(found("Closed", "In execution", "Type 1"), [Severity::Error]);
    assert_eq!(found("Closed", "In execution", "Blocking"), [Severity::Error]);
    assert_eq!(found("Closed", "In execution", "-"), [Severity::Warning]);
    assert_eq!(found("Closed", "In execution", "Type 2"), [Severity::Info]);
    assert_eq!(found("Closed", "Draft", "Non-blocking"), [Severity::Warning]);
    assert_eq!(found("Closed", "In execution", "Not non-blocking"), [Severity::Error]);
    assert_eq!(found("Closed", "In execution", "Not blocking"), [Severity::Info]);
    assert_eq!(found("Closed", "Frozen", "Type 1"), [Severity::Warning], "not assessed");
    assert_eq!(found("Closed", "Cancelled", "Type 1"), []);
    assert_eq!(found("Closed", "Closed", "Type 1"), []);
    assert_eq!(found("In execution", "Draft", "Type 1"), []);
}

#[test]
fn a_child_that_blocks_is_closed_first() {
    let parent = "---\nstatus: Closed\n---\n# CR-001: Quieter pump\n";
    let child = "---\nstatus: Closed\nblocking: yes\n---\n# CR-001-VAR-001: Heat\n";
    let found = |parent_at: &str, child_at: &str| {
        let (above, below) =
            (event(parent_at, "IN_EXECUTION", "CLOSED", "2.0"), event(child_at, "IN_EXECUTION", "CLOSED", "2.0"));
        let files = [
            ("qms/CR-001.md", parent),
            ("qms/CR-001-VAR-001.md", child),
            (".audit/CR-001.jsonl", above.as_str()),
            (".audit/CR-001-VAR-001.jsonl", below.as_str()),
        ];
        count("P06", &files)
    };
    assert_eq!(found("2024-03-10T10:00:00Z", "2024-03-10T09:59:00Z"), 0);
    assert_eq!(found("2024-03-10T10:00:00Z", "2024-03-10T10:01:00Z"), 1);
    assert_eq!(found("2024-03-10 10:00", "2024-03-10 18:00"), 0, "without zones a day is nothing");
    assert_eq!(found("2024-03-10", "2024-03-12"), 1);
}

#[test]
fn who_waits_is_told_until_it_need_not() {
    let found = |one: &str, other: &str, sentence: &str| {
        let (one, other) = (format!("# VAR-001: Heat\n\nStatus: {one}\n"), format!("# INV-001: Why\n\nStatus: {other}\n"));
        let text = format!("# Session summary\n\n1. {sentence}\n");
        let told =
            told("P06", &[("a/VAR-001.md", one.as_str()), ("a/INV-001.md", other.as_str()), ("summary.md", text.as_str())]);
        told.into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    let sentence = "Release VAR-001 for execution after INV-001 is pre-approved";
    assert_eq!(found("Pre-approved", "Draft", sentence), [Severity::Info]);
    assert_eq!(found("Pre-approved", "Pre-approved", sentence), []);
    assert_eq!(found("In execution", "Draft", sentence), [Severity::Warning]);
    assert_eq!(found("Closed", "Draft", sentence), []);
    assert_eq!(found("Pre-approved", "Draft", "VAR-001 was released after INV-001 was opened"), [], "it is past");
    assert_eq!(found("Pre-approved", "Draft", "Close VAR-001 once INV-001 is closed."), [Severity::Info]);
    assert_eq!(found("Pre-approved", "Draft", "See VAR-001 after lunch, and INV-001"), []);
}

#[test]
fn a_trail_may_take_a_record_back_and_do_what_the_house_does() {
    let found = |trail: &str, status: &str, version: &str| {
        let sidecar = sidecar(status, version);
        told("P04", &[CHANGE, (".audit/CR-001.jsonl", trail), (".meta/CR-001.json", sidecar.as_str())]).len()
    };
    let review = event("2024-03-01T10:00:00Z", "DRAFT", "IN_PRE_REVIEW", "0.1");
    let again = event("2024-03-03T10:00:00Z", "DRAFT", "IN_PRE_REVIEW", "0.1");
    let edit = plain("2024-03-02T10:00:00Z", "CHECKIN", "ann");
    let comment = plain("2024-03-02T10:00:00Z", "REVIEW", "bob");
    assert_eq!(found(&(review.clone() + &edit + &again), "IN_PRE_REVIEW", "0.1"), 0);
    assert_eq!(found(&(review.clone() + &comment + &again), "IN_PRE_REVIEW", "0.1"), 1, "nothing took it back");
    assert_eq!(found(&(review.clone() + &edit), "DRAFT", "0.1"), 0);
    let executed = event("2024-03-01T10:00:00Z", "IN_EXECUTION", "POST_REVIEWED", "1.0");
    let back = event("2024-03-03T10:00:00Z", "IN_EXECUTION", "IN_POST_REVIEW", "1.0");
    assert_eq!(found(&(executed.clone() + &edit + &back), "IN_POST_REVIEW", "1.0"), 0, "its execution goes on");
    let ahead = event("2024-03-03T10:00:00Z", "POST_APPROVED", "CLOSED", "1.0");
    assert_eq!(found(&(executed + &edit + &ahead), "CLOSED", "1.0"), 1, "an edit approves nothing");
    assert_eq!(found(&review, "DRAFT", "0.1"), 1);
    assert_eq!(found(&review, "IN_PRE_REVIEW", "0.2"), 1);
    assert_eq!(found(&review, "FROZEN", "0.1"), 0, "an unknown status breaks nothing");
    let jump = event("2024-03-01T10:00:00Z", "DRAFT", "CLOSED", "1.0");
    assert_eq!(found(&jump, "CLOSED", "1.0"), 1);
    let open = event("2024-03-01T10:00:00Z", "OPEN", "CLOSED", "1.0");
    assert_eq!(found(&open, "CLOSED", "1.0"), 0, "a simple life");
    let backwards = event("2024-03-02 10:00", "DRAFT", "IN_REVIEW", "1.0") + &plain("2024-03-01 20:00", "REVIEW", "bob");
    assert_eq!(found(&backwards, "IN_REVIEW", "1.0"), 0, "a day is tolerated where zones are missing");
    assert_eq!(found(&backwards.replace(" 10:00", "T10:00:00Z").replace(" 20:00", "T20:00:00Z"), "IN_REVIEW", "1.0"), 1);
}

#[test]
fn what_many_records_do_is_no_violation() {
    let jump = event("2024-03-01T10:00:00Z", "DRAFT", "CLOSED", "1.0");
    let names: Vec<(String, String, String)> = (1..=5)
        .map(|n| (format!("qms/CR-00{n}.md"), format!("# CR-00{n}: Change\n\nText.\n"), format!(".audit/CR-00{n}.jsonl")))
        .collect();
    let files: Vec<(&str, &str)> =
        names.iter().flat_map(|(path, text, trail)| [(path.as_str(), text.as_str()), (trail.as_str(), jump.as_str())]).collect();
    assert_eq!(count("P04", &files), 0);
    assert_eq!(count("P04", &files[..6]), 3, "three are none");
}

#[test]
fn who_edits_again_needs_approval_again() {
    let found = |events: &[(&str, &str)]| {
        let trail: String = events.iter().map(|(name, user)| plain("2024-03-01T10:00:00Z", name, user)).collect();
        let told = told("P02", &[CHANGE, (".audit/CR-001.jsonl", trail.as_str())]);
        told.into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    assert_eq!(found(&[("CREATE", "ann"), ("REVIEW", "bob"), ("APPROVE", "bob")]), []);
    assert_eq!(found(&[("CREATE", "ann"), ("APPROVE", "ann")]), [Severity::Error]);
    assert_eq!(found(&[("CREATE", "ann"), ("REVIEW", "bob"), ("APPROVE", "ann")]), [Severity::Warning]);
    assert_eq!(found(&[("CREATE", "ann"), ("APPROVE", "ann"), ("APPROVE", "bob")]), [Severity::Info]);
    assert_eq!(found(&[("CREATE", "ann"), ("APPROVE", "bob"), ("CHECKIN", "bob"), ("APPROVE", "bob")]), [Severity::Error]);
    assert_eq!(found(&[("CREATE", "system"), ("APPROVE", "system")]), []);
}

#[test]
fn names_that_name_no_one_person_prove_nothing() {
    let found = |status: &str, author: &str, approver: &str| {
        let text = format!("---\nstatus: {status}\nauthor: {author}\napproved by: {approver}\n---\n# CR-001: Quieter pump\n");
        count("P02", &[("qms/CR-001.md", text.as_str())])
    };
    assert_eq!(found("Approved", "Ann Berg", "ann berg (QA)"), 1);
    assert_eq!(found("Approved", "Ann Berg", "Bo Dahl"), 0);
    assert_eq!(found("Draft", "Ann Berg", "Ann Berg"), 0);
    assert_eq!(found("Approved", "TBD", "TBD"), 0);
    assert_eq!(found("Approved", "Platform team", "Platform team"), 0);
    assert_eq!(found("Approved", "Ann, Bo", "Ann, Bo"), 0);
}

#[test]
fn only_what_was_locked_and_approved_is_held_to_its_copy() {
    let approved = "# CR-001: Pump\n\n**Status:** Pre-approved\n\n## 1. Scope\n\nThe motor.\n\n## 2. Plan\n\nBy [NAME].\n\n## 3. Execution\n\n[SUMMARY]\n\n## 4. Notes\n\nNone.\n";
    let found = |old: &str, new: &str| {
        let copy = approved;
        let now = approved.replace("Pre-approved", "Closed").replace(old, new);
        count("P05", &[("qms/CR-001.md", now.as_str()), ("qms/.archive/CR-001-v1.0.md", copy)])
    };
    assert_eq!(found("x", "x"), 0);
    assert_eq!(found("The motor.", "The motor and the fan."), 1);
    assert_eq!(found("## 1. Scope\n\nThe motor.\n\n", ""), 1, "the section is gone");
    assert_eq!(found("## 2. Plan", "## 1.1 Cost\n\nMuch.\n\n## 2. Plan"), 1, "a section was added");
    assert_eq!(found("## 2. Plan", "## Revision history\n\n1.0\n\n## 2. Plan"), 0);
    assert_eq!(found("The motor.", "The\n**motor**."), 0);
    assert_eq!(found("By [NAME].", "By Ann."), 0, "it was to be filled in");
    assert_eq!(found("[SUMMARY]", "Done."), 0);
    assert_eq!(found("None.", "Some."), 0, "it stands behind the execution");
    let draft = approved.replace("Pre-approved", "Draft");
    let now = approved.replace("The motor.", "The fan.");
    assert_eq!(
        count("P05", &[("qms/CR-001.md", now.as_str()), ("qms/.archive/CR-001-v1.0.md", draft.as_str())]),
        0,
        "nothing says that the copy was approved"
    );
}

#[test]
fn a_change_of_the_status_without_the_approval_that_others_have_is_told() {
    let step = |time: u32, from: &str, to: &str| event(&format!("2024-03-{time:02}T10:00:00Z"), from, to, "1.0");
    let trail = |signed: bool| {
        let approval = if signed { plain("2024-03-03T10:00:00Z", "APPROVE", "bob") } else { String::new() };
        plain("2024-03-01T10:00:00Z", "CREATE", "ann")
            + &step(2, "DRAFT", "IN_REVIEW")
            + &approval
            + &step(3, "IN_REVIEW", "APPROVED")
    };
    let found = |unsigned: &[usize], all: usize| {
        let trails: Vec<(String, String)> =
            (1..=all).map(|at| (format!(".audit/CR-{at:03}.jsonl"), trail(!unsigned.contains(&at)))).collect();
        let documents: Vec<(String, String)> =
            (1..=all).map(|at| (format!("qms/CR-{at:03}.md"), format!("# CR-{at:03}: Pump {at}\n\nText.\n"))).collect();
        let files: Vec<(&str, &str)> =
            trails.iter().chain(&documents).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        told("P04", &files)
    };
    let expected = "The audit trail of CR-005 tells that it went from IN_REVIEW to APPROVED and of no approval before it, which stands in front of 8 others of these changes";
    assert_eq!(found(&[5], 9), [(Severity::Warning, expected.to_owned())]);
    assert_eq!(found(&[], 9), []);
    assert_eq!(found(&[5], 8), [], "too few tell what is usual");
    assert_eq!(found(&[5, 6, 7], 12), [], "so it is usual");
}

#[test]
fn what_the_trail_tells_is_shown_there() {
    let trail = event("2024-03-01T10:00:00Z", "DRAFT", "IN_REVIEW", "0.1");
    let (sidecar, summary) = (sidecar("IN_REVIEW", "0.1"), summary("2024-03-05", "Closed", "v0.1"));
    let files = [
        CHANGE,
        (".audit/CR-001.jsonl", trail.as_str()),
        (".meta/CR-001.json", sidecar.as_str()),
        ("reports/summary.md", summary.as_str()),
    ];
    let analysis = analyzed(&files);
    let found: Vec<_> = analysis.findings.iter().filter(|one| one.code == "P10").collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].message.ends_with("on that day it had IN_REVIEW, as its audit trail tells"), "{}", found[0].message);
    assert_eq!(analysis.graph.path(found[0].related[0].place.file), ".audit/CR-001.jsonl");
}

#[test]
fn a_record_that_delivers_only_other_tests_has_delivered_none_of_its_plan() {
    let record = |told: &str| {
        format!(
            "# CR-007: Remote link of the pump\n\n**Status:** Closed\n\n## Testing\n\n| Test | Description |\n|---|---|\n\
             | `test_link_answers` | A started link answers |\n\n## Execution\n\n\
             | EI | Task | Execution Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n\
             | EI-1 | Add the tests | {told} | Pass | lind - 2026-02-01 |\n"
        )
    };
    let told = |summary: &str| {
        let requirement = ("docs/srs.md", "# Requirements\n\n- REQ-A-001: The pump shall stop.\n".to_owned());
        let files = [("records/CR-007.md", record(summary)), requirement];
        let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
        let found = crate::checks::support::analyze_files(files.into()).findings;
        found.iter().filter(|one| one.code == "M09").map(|one| one.severity.name()).collect::<Vec<_>>()
    };
    assert_eq!(told("Added 2 tests: test_option_is_read, test_flag"), ["error"]);
    assert_eq!(told("Added 1 test: test_link_answers"), [""; 0]);
    assert_ne!(told("Added the tests."), ["error"], "it does not say which");
}

#[test]
fn a_deviation_stands_for_the_items_that_it_names() {
    let record = "# CR-001: Quieter pump\n\n**Status:** Closed\n\n## Execution\n\n\
        | EI | Task | Execution Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n\
        | EI-1 | Cast the housing | It cracked | Fail | lind - 2026-02-01 |\n\
        | EI-2 | Measure the noise | Louder than before | Fail | lind - 2026-02-02 |\n";
    let told = |deviation: &str| {
        let text = format!("# CR-001-VAR-001: A deviation\n\n**Status:** Closed\n\n{deviation}\n");
        let files = [("qms/CR-001.md", record), ("qms/CR-001-VAR-001.md", text.as_str())];
        told("P06", &files).into_iter().map(|(_, message)| message).filter(|one| one.contains("failed")).collect::<Vec<_>>()
    };
    let one = told("EI-1 failed: the housing cracked.");
    assert!(one.len() == 1 && one[0].contains("`EI-2` failed") && !one[0].contains("EI-1"), "{one:?}");
    assert_eq!(told("EI-1 and EI-2 failed."), Vec::<String>::new());
    assert_eq!(told("The housing cracked, and all was done again."), Vec::<String>::new(), "it is about the change");
}

#[test]
fn an_approval_between_two_statuses_is_a_review_too() {
    let sidecar = sidecar("EFFECTIVE", "1.0");
    let told = |trail: &str| {
        let files = [
            ("sop/SOP-001.md", "# SOP-001: Doors\n"),
            (".audit/SOP-001.jsonl", trail),
            (".meta/SOP-001.json", &sidecar.replace("CR-001", "SOP-001")),
        ];
        told("P04", &files).into_iter().map(|(_, message)| message).collect::<Vec<_>>().join("\n")
    };
    let (draft, effective) =
        (event("2024-03-01T10:00:00Z", "-", "DRAFT", "0.1"), event("2024-03-05T10:00:00Z", "DRAFT", "EFFECTIVE", "1.0"));
    let lone = told(&format!("{draft}{effective}"));
    assert!(lone.contains("nobody reviewed it in between") || lone.contains("nobody approved it in between"), "{lone}");
    let approve = plain("2024-03-04T10:00:00Z", "APPROVE", "eve");
    assert_eq!(told(&format!("{draft}{approve}{effective}")), "");
    let early = plain("2024-02-04T10:00:00Z", "APPROVE", "eve");
    assert!(told(&format!("{early}{draft}{effective}")).contains("in between"), "an approval of what was before");
}

#[test]
fn a_summary_of_a_day_on_which_a_record_was_not_there_is_wrong() {
    let trail = plain("2024-03-01T10:00:00Z", "CREATE", "ann") + &event("2024-03-10T10:00:00Z", "DRAFT", "IN_REVIEW", "0.1");
    let of = |day: &str, trail: &str| {
        let summary = summary(day, "In review", "0.1");
        let files = [CHANGE, (".audit/CR-001.jsonl", trail), ("reports/summary.md", summary.as_str())];
        told("P10", &files)
    };
    let found = of("2024-02-20", &trail);
    assert!(
        matches!(found.as_slice(), [(Severity::Error, message)] if message.contains("on that day it was not there")),
        "{found:?}"
    );
    assert!(of("2024-03-01", &trail).iter().all(|(_, message)| !message.contains("not there")), "the day itself");
    let other = event("2024-03-10T10:00:00Z", "DRAFT", "IN_REVIEW", "0.1");
    assert!(of("2024-02-20", &other).iter().all(|(severity, _)| *severity == Severity::Info), "the trail may begin later");
}

#[test]
fn a_document_that_numbers_itself_is_held_to_what_it_says() {
    let hazards = "# Hazard Log\n\n**Document ID**: DOC-HAZLOG-2026-001\n\n**Status**: Draft\n";
    let gap = "# GAP-UI-005: Sessions view\n\n**Status:** OPEN\n";
    let index = |rows: &str| format!("# Gap index\n\n| ID | Status | Approval |\n|---|---|---|\n{rows}");
    let of = |rows: &str| {
        let index = index(rows);
        let files = [("docs/hazards.md", hazards), ("gaps/GAP-UI-005.md", gap), ("docs/INDEX.md", index.as_str())];
        told("P10", &files).into_iter().map(|(_, message)| message).collect::<Vec<_>>()
    };
    assert_eq!(
        of("| GAP-UI-005 | RESOLVED | |\n"),
        ["GAP-UI-005 is said to have the status RESOLVED, but its document says OPEN"]
    );
    assert_eq!(of("| GAP-UI-005 | Open | |\n| GAP-UI-006 | RESOLVED | |\n"), Vec::<String>::new());
    // Of a draft that is called approved this is told, and not only that it is no more complete.
    assert_eq!(
        of("| DOC-HAZLOG-2026-001 v1.0 | Complete | Approved |\n"),
        ["DOC-HAZLOG-2026-001 is said to have the status Approved, but its document says Draft"]
    );
    assert_eq!(of("| DOC-HAZLOG-2026-001 | Draft | Approved |\n").len(), 1);
    assert_eq!(of("| DOC-HAZLOG-2026-001 | Draft | Pending |\n"), Vec::<String>::new());
}
