//! What was approved, by which trail, and by whom.

use super::analyzed;
use super::checks::{count, plain, sidecar, told};
use tracegate::finding::Severity;
use tracegate::report::at;

const APPROVED: &str = "# CR-001: Pump\n\n## 1. Scope\n\nThe motor and its holder.\n\n## 2. Execution\n\n| EI | Task | Outcome |\n|---|---|---|\n| 1 | Turn | PENDING |\n";

/// A trail of names and versions, one event a day.
fn trail(events: &[(&str, &str)]) -> String {
    let lines = events.iter().enumerate().map(|(at, (name, version))| {
        format!(
            "{{\"ts\": \"2024-03-{:02}T10:00:00Z\", \"event\": \"{name}\", \"user\": \"ann\", \"version\": \"{version}\"}}\n",
            at + 1
        )
    });
    lines.collect()
}

/// What the check of edits says of a change whose copies are of the versions 0.1 and 1.0.
fn edits(events: &[(&str, &str)], now: &str) -> Vec<String> {
    let trail = trail(events);
    let later = APPROVED.replace("The motor", "The fan");
    let files = [
        ("qms/CR-001.md", now),
        ("qms/.archive/CR-001-v0.1.md", APPROVED),
        ("qms/.archive/CR-001-v1.0.md", later.as_str()),
        ("qms/.audit/CR-001.jsonl", trail.as_str()),
    ];
    told("P05", &files).into_iter().map(|(_, message)| message).collect()
}

#[test]
fn a_trail_without_statuses_tells_by_approval_and_release_what_was_approved() {
    let old =
        [("CREATE", "0.1"), ("APPROVE", "0.1"), ("RELEASE", "1.0"), ("CHECKIN", "1.0"), ("APPROVE", "1.0"), ("CLOSE", "2.0")];
    let done = APPROVED.replace("PENDING", "COMPLETE");
    assert_eq!(edits(&old, &done), Vec::<String>::new());
    let edited = done.replace("motor and", "motor, the fan and");
    assert_eq!(
        edits(&old, &edited),
        ["CR-001 was edited after version 0.1 of it was approved for execution: in \"1. Scope\" added «the fan»"]
    );
    let again = [("APPROVE", "0.1"), ("RELEASE", "1.0"), ("CHECKIN", "1.0"), ("APPROVE", "1.0"), ("RELEASE", "2.0")];
    assert_eq!(edits(&again, &done.replace("The motor", "The fan")), Vec::<String>::new(), "it was approved again");
    let between = [("APPROVE", "0.1"), ("CHECKIN", "0.1"), ("RELEASE", "1.0")];
    assert_eq!(edits(&between, &edited), Vec::<String>::new(), "nobody knows what was released");
    assert_eq!(edits(&[("APPROVE", "0.1"), ("CLOSE", "1.0")], &edited), Vec::<String>::new(), "it was never released");
}

#[test]
fn edits_are_told_in_the_words_of_the_record_and_an_addendum_is_none() {
    let old = [("APPROVE", "0.1"), ("RELEASE", "1.0")];
    let with = |from: &str, to: &str| edits(&old, &APPROVED.replace(from, to)).join("\n");
    assert!(with(" and its holder", "").ends_with("in \"1. Scope\" removed «and its holder.»"));
    assert!(with("holder.", "holder.\nAlso the `fan`.").ends_with("in \"1. Scope\" added «Also the fan.»"));
    assert!(with("holder.", "holder.\n\n## Cost\n\nMuch.").ends_with("the section \"Cost\" was added"));
    assert!(with("## 1. Scope\n\nThe motor and its holder.\n\n", "").ends_with("the section \"1. Scope\" is gone"));
    assert_eq!(with("holder.", "holder.\n\n## Addendum 1\n\nThe fan, approved by ann."), "");
}

/// Records with trails of the same events, and one more with another.
fn house(last: Option<&str>, status: &str) -> Vec<(Severity, String)> {
    let usual =
        plain("2024-03-01", "CREATE", "ann") + &plain("2024-03-02", "APPROVE", "bob") + &plain("2024-03-03", "CLOSE", "bob");
    let mut files: Vec<(String, String)> = Vec::new();
    for number in 2..7 {
        let id = format!("CR-00{number}");
        files.push((format!("qms/{id}.md"), format!("# {id}: Pump\n\nText.\n")));
        files.push((format!("qms/.meta/{id}.json"), sidecar("CLOSED", "1.0").replace("CR-001", &id)));
        files.push((format!("qms/.audit/{id}.jsonl"), usual.clone()));
    }
    files.push(("qms/CR-009.md".to_owned(), "# CR-009: Pump\n\nText.\n".to_owned()));
    files.push(("qms/.meta/CR-009.json".to_owned(), sidecar(status, "1.0").replace("CR-001", "CR-009")));
    files.extend(last.map(|last| ("qms/.audit/CR-009.jsonl".to_owned(), last.to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    told("P04", &files)
}

#[test]
fn a_trail_that_is_missing_is_told_where_others_of_the_kind_have_one() {
    assert!(
        matches!(house(None, "CLOSED").as_slice(), [(Severity::Error, message)] if message.contains("no audit trail, and 5 others"))
    );
    assert_eq!(house(None, "DRAFT"), [], "nothing happened to it yet");
    assert_eq!(house(Some("{ not json"), "CLOSED"), [], "there is one, and it cannot be read");
}

#[test]
fn an_approval_that_is_missing_is_told_where_trails_have_them() {
    let create = plain("2024-03-01", "CREATE", "ann");
    let lacking = create.clone() + &plain("2024-03-02", "CHECKIN", "ann");
    assert!(
        matches!(house(Some(&lacking), "EFFECTIVE").as_slice(), [(_, message)] if message.contains("no approval stands in its audit trail, which ends with CHECKIN"))
    );
    assert_eq!(house(Some(&lacking), "IN_REVIEW"), []);
    assert_eq!(house(Some(&(create.clone() + &plain("2024-03-02", "MIGRATED", "system"))), "EFFECTIVE"), []);
    assert_eq!(house(Some(&plain("2024-03-02", "CHECKIN", "ann")), "EFFECTIVE"), [], "the trail begins later");
}

#[test]
fn an_order_that_cannot_be_is_told() {
    let create = plain("2024-03-01", "CREATE", "ann");
    let (approve, release) = (plain("2024-03-04", "APPROVE", "bob"), plain("2024-03-04", "RELEASE", "ann"));
    let early = create.clone() + &release + &approve;
    assert!(
        matches!(house(Some(&early), "CLOSED").as_slice(), [(_, message)] if message.contains("RELEASE at 2024-03-04 stands in front"))
    );
    assert_eq!(house(Some(&(create + &approve + &release)), "CLOSED"), []);
}

#[test]
fn children_of_other_kinds_are_told_as_much_as_they_matter() {
    let found = |child: &str, id: &str, grade: &str| {
        let parent = "---\nstatus: Closed\n---\n# CR-001: Quieter pump\n";
        let path = format!("qms/{id}.md");
        let child = format!("---\nstatus: {child}\n{grade}---\n# {id}: Heat\n");
        told("P06", &[("qms/CR-001.md", parent), (path.as_str(), child.as_str())])
            .into_iter()
            .map(|(severity, _)| severity)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("In execution", "CR-001-TR-001", ""), [Severity::Warning]);
    assert_eq!(found("Approved", "CR-001-TR-001", ""), []);
    assert_eq!(found("Open", "CR-001-CAPA-001", ""), [Severity::Info]);
    assert_eq!(found("Open", "CR-001-CAPA-001", "blocking: yes\n"), [Severity::Error]);
    assert_eq!(found("Open", "CR-001-CAPA-001", "blocking: no\n"), []);
    assert_eq!(found("Closed", "CR-001-CR-002", ""), []);
    assert_eq!(found("Frozen", "CR-001-TR-001", ""), []);
}

#[test]
fn tables_of_signatures_name_author_and_approver() {
    let found = |rows: &str, status: &str| {
        let text = format!(
            "---\nstatus: {status}\n---\n# CR-001: Pump\n\n## Approvals\n\n| Role | Name | Date |\n|---|---|---|\n{rows}"
        );
        count("P02", &[("qms/CR-001.md", text.as_str())])
    };
    let author = "| Author | Ann Berg | 2026-01-02 |\n";
    let approver = |name: &str| format!("{author}| Approver | {name} | 2026-01-03 |\n");
    assert_eq!(found(&approver("Ann Berg"), "Approved"), 1);
    assert_eq!(found(&approver("Bo Dahl"), "Approved"), 0);
    assert_eq!(found(&approver("Ann Berg"), "Draft"), 0);
    assert_eq!(found(&(approver("Ann Berg") + "| QA | Bo Dahl | 2026-01-03 |\n"), "Approved"), 0, "somebody else signed");
    assert_eq!(found(&(approver("Ann Berg") + "| Approver 2 | | |\n"), "Approved"), 0, "nobody knows who");
    assert_eq!(found(author, "Approved"), 0);
}

#[test]
fn either_the_event_or_the_status_of_an_approval_is_enough() {
    let create = plain("2024-03-01", "CREATE", "ann");
    let to = |status: &str| {
        format!(
            "{{\"ts\": \"2024-03-02\", \"event\": \"STATUS_CHANGE\", \"user\": \"bob\", \"from_status\": \"IN_REVIEW\", \"to_status\": \"{status}\"}}\n"
        )
    };
    assert_eq!(house(Some(&(create.clone() + &to("APPROVED"))), "APPROVED"), []);
    assert_eq!(house(Some(&(create + &plain("2024-03-02", "APPROVE", "bob"))), "EFFECTIVE"), []);
}

/// The places that a finding about an edit points at beside its own.
fn related(trail: &str) -> Vec<String> {
    let now = APPROVED.replace("motor", "fan");
    let files = [("qms/CR-001.md", now.as_str()), ("qms/.archive/CR-001-v0.1.md", APPROVED), ("qms/.audit/CR-001.jsonl", trail)];
    let analysis = analyzed(&files);
    let found = analysis.findings.iter().filter(|one| one.code == "P05").flat_map(|one| &one.related);
    found.map(|one| format!("{}: {}", at(&analysis.graph, one.place), one.message)).collect()
}

#[test]
fn an_edit_is_told_with_the_approval_that_it_came_after() {
    let copy = "qms/.archive/CR-001-v0.1.md:5: as it was approved";
    assert_eq!(
        related(&trail(&[("CREATE", "0.1"), ("APPROVE", "0.1"), ("RELEASE", "1.0")])),
        [copy, "qms/.audit/CR-001.jsonl:2: approved by ann at 2024-03-02T10:00:00Z"]
    );
    let status =
        r#"{"ts": "2024-03-09", "event": "STATUS_CHANGE", "user": "system", "version": "1.0", "to_status": "PRE_APPROVED"}"#;
    assert_eq!(
        related(&(trail(&[("CREATE", "0.1"), ("APPROVE", "0.1")]) + status)),
        [copy, "qms/.audit/CR-001.jsonl:2: approved by ann at 2024-03-02T10:00:00Z"],
        "the status follows from the approval"
    );
    assert_eq!(
        related(&(trail(&[("CREATE", "0.1")]) + status)),
        [copy, "qms/.audit/CR-001.jsonl:2: approved by system at 2024-03-09"]
    );
}

#[test]
fn items_and_rows_are_told_apart() {
    let trail = trail(&[("APPROVE", "0.1"), ("RELEASE", "1.0")]);
    let difference = |then: &str, now: &str| {
        let with = |items: &str| APPROVED.replace("The motor and its holder.", items);
        let (then, now) = (with(then), with(now));
        let files = [
            ("qms/CR-001.md", now.as_str()),
            ("qms/.archive/CR-001-v0.1.md", then.as_str()),
            ("qms/.audit/CR-001.jsonl", trail.as_str()),
        ];
        let told: Vec<String> = told("P05", &files).into_iter().map(|(_, message)| message).collect();
        told.join("\n").rsplit("in \"1. Scope\" ").next().unwrap().to_owned()
    };
    for (then, now, expected) in [
        ("- a\n- b\n- keep", "- c\n- d\n- keep", "«a» became «c», «b» became «d»"),
        ("- a x\n- b\n", "- a y\n- z\n- c\n", "«x» became «y», removed «b» and 2 more changes"),
        ("- keep\n- a b\n- c d\n", "- keep\n- c e\n", "removed «a b», «d» became «e»"),
        ("- the old fan\n", "- the old fan and its cable\n- lid\n", "added «and its cable», added «lid»"),
        ("| 1 | a |\n| 2 | b |\n", "| 1 | a |\n| 3 | c |\n| 4 | d |\n| 2 | b |\n", "added «3 c», added «4 d»"),
        ("- one\n- two\n", "one\ntwo\n", ""),
        ("- one two\n- three\n", "one two\nthree four\n", "«one two three» became «one two three four»"),
    ] {
        assert_eq!(difference(then, now), expected, "{then} {now}");
    }
    let many = |word: &str| (1..300).map(|n| format!("- {word} number {n}\n")).collect::<String>();
    let told = difference(&many("pump"), &many("motor"));
    assert!(told.starts_with("«pump» became «motor», «pump» became «motor» and 297 more changes"), "{told}");
}
