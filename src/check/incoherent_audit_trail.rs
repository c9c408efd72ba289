//! # P04 incoherent-audit-trail
//!
//! The audit trail of a record fits together: its times do not run backwards, each change of the status begins where the one
//! before it ended and leaves out no approval, nothing is released or closed before it was approved, and at its end stand the
//! status and the version that the record has. A record that is approved has a trail where nearly all of its kind have one,
//! and an approval in it where trails tell of approvals: an event of that name or a change of the status to an approved one,
//! either of which is enough. Where an event of approval stands in front of nearly all changes to such a status, one without it
//! is a warning. An approval between two statuses is a review as well. A day is tolerated where times tell no zone. A record that is taken back to be edited may go back
//! in its life without telling. What many records of a house do is its practice, and a status in words that are not known
//! breaks nothing.
//!
//! ## Why it matters
//! The trail is the proof of who did what and when. If it contradicts itself or the record, somebody went around the system,
//! or the system lost something, and no signature that rests on it can be trusted.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! Use another bearing.
//! ```
//! ```file .meta/CR-004.json
//! {"doc_id": "CR-004", "status": "CLOSED", "version": "1.0"}
//! ```
//! ```file .audit/CR-004.jsonl
//! {"ts": "2024-03-01T10:00:00Z", "event": "STATUS_CHANGE", "user": "ann", "version": "1.0", "from_status": "DRAFT", "to_status": "IN_REVIEW"}
//! {"ts": "2024-03-02T10:00:00Z", "event": "STATUS_CHANGE", "user": "bob", "version": "1.0", "from_status": "IN_REVIEW", "to_status": "APPROVED"}
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! Use another bearing.
//! ```
//! ```file .meta/CR-004.json
//! {"doc_id": "CR-004", "status": "APPROVED", "version": "1.0"}
//! ```
//! ```file .audit/CR-004.jsonl
//! {"ts": "2024-03-01T10:00:00Z", "event": "STATUS_CHANGE", "user": "ann", "version": "1.0", "from_status": "DRAFT", "to_status": "IN_REVIEW"}
//! {"ts": "2024-03-02T10:00:00Z", "event": "STATUS_CHANGE", "user": "bob", "version": "1.0", "from_status": "IN_REVIEW", "to_status": "APPROVED"}
//! ```
//!
//! ## What to do
//! Find out what happened, and write it down in a record of its own; never mend the trail itself. Let the tool that keeps the
//! status write the trail in the same step.
//!
//! ## Serves
//! Part 11 11.10(e)
#![allow(rustdoc::invalid_codeblock_attributes, reason = "the names of hidden folders begin with a dot")]

mod lacking;

use super::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{By, Record};
use crate::model::kept::Event;
use crate::model::lifecycle::{Class, State};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A change of the status that so many records show is the practice of the house.
const PRACTICE: usize = 4;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "P04",
    name: "incoherent-audit-trail",
    severity: Severity::Error,
    source: include_str!("incoherent_audit_trail.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    if graph.records().iter().all(|(_, record)| record.events.is_empty()) {
        return;
    }
    let (practice, house) = (practice(graph), lacking::House::of(graph));
    for (_, record) in graph.records().iter() {
        let events: Vec<(Place, &Event)> = graph.events(record).collect();
        if events.is_empty() {
            findings.extend(lacking::trail(graph, record, &house));
            continue;
        }
        findings.extend(lacking::approval(record, &events, &house));
        findings.extend(lacking::unsigned(record, &events, &house));
        findings.extend(lacking::order(record, &events, &house));
        findings.extend(backwards(record, &events));
        findings.extend(broken(record, &events));
        findings.extend(skipped(record, &events, &practice));
        findings.extend(stored_status(record, &events));
        findings.extend(stored_version(record, &events));
    }
}

/// In how many records each change of the status occurs.
fn practice(graph: &Graph) -> BTreeMap<(String, String), usize> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (_, record) in graph.records().iter() {
        let steps = graph.events(record).filter_map(|(_, event)| step(event));
        let own: BTreeSet<(String, String)> = steps.map(|(from, to)| (words(from), words(to))).collect();
        for step in own {
            *seen.entry(step).or_default() += 1;
        }
    }
    seen
}

/// The statuses before and after, where the event tells both.
fn step(event: &Event) -> Option<(&str, &str)> {
    Some((event.from.as_deref()?, event.to.as_deref()?))
}

fn found(record: &Record, place: Place, message: String, label: &str) -> Finding {
    Finding::new(place, record.id.clone(), message)
        .label(label.to_owned())
        .help("Find out what happened, and write it down in a record of its own; never mend the trail itself.")
}

/// An event that is earlier than the one before it. One a record, the first: the others mostly follow from it.
fn backwards(record: &Record, events: &[(Place, &Event)]) -> Option<Finding> {
    let pairs = events.windows(2).filter_map(|pair| match pair {
        [(before, one), (place, other)] if before.file == place.file => Some((before, one, place, other)),
        _ => None,
    });
    let mut wrong = pairs.filter(|(_, one, _, other)| match (one.time, other.time) {
        (Some(one), Some(other)) => other.seconds < one.seconds - one.tolerance(other),
        _ => false,
    });
    let (before, one, place, other) = wrong.next()?;
    let more = wrong.count();
    let more = if more == 0 { String::new() } else { format!(", and {more} more after it do so too") };
    let message = format!(
        "The audit trail of {} runs backwards: {} at {} stands behind {} at {}{more}",
        record.id, other.name, other.written, one.name, one.written
    );
    Some(found(record, *place, message, "earlier than the event before").related(*before, "the event before"))
}

/// A change of the status that does not begin where the one before it ended, with nothing between them that explains it.
fn broken(record: &Record, events: &[(Place, &Event)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last: Option<(Place, &str)> = None;
    let mut edited = false;
    for (place, event) in events {
        let (from, to) = (event.from.as_deref(), event.to.as_deref());
        if let (Some(from), Some((before, status))) = (from, last)
            && !same(record.class, from, status)
            && !(edited && State::of(from, record.class) < State::of(status, record.class))
        {
            let message = format!(
                "The audit trail of {} has a gap: after {status} it goes on from {from}, and no event between tells how",
                record.id
            );
            findings.push(
                found(record, *place, message, "does not follow").related(before, format!("the status became {status} here")),
            );
        }
        match to {
            Some(to) => {
                last = Some((*place, to));
                edited = false;
            }
            None => edited |= takes_back(&event.name),
        }
    }
    findings
}

/// Whether two statuses are one, or cannot be told apart.
fn same(class: Class, one: &str, other: &str) -> bool {
    let (a, b) = (State::of(one, class), State::of(other, class));
    words(one) == words(other) || a == State::Unknown || b == State::Unknown
}

/// Whether an event may make a draft of a record: whatever is no mere step of a review or an approval.
fn takes_back(name: &str) -> bool {
    const STEPS: &[&str] = &[
        "review", "approve", "approved", "approval", "route", "sign", "signed", "comment", "view", "viewed", "release", "close",
    ];
    let name = words(name);
    let undoes = ["un", "reject", "revert", "withdraw"].iter().any(|word| name.contains(word));
    undoes || !name.split(' ').any(|word| STEPS.contains(&word))
}

/// A change of the status that leaves out an approval, and that is not the practice of the house.
fn skipped(record: &Record, events: &[(Place, &Event)], practice: &BTreeMap<(String, String), usize>) -> Vec<Finding> {
    let (mut findings, mut signed) = (Vec::new(), false);
    for (place, event) in events {
        // Who approved it has looked at it, whatever status it has gone through.
        signed |= lacking::approves(event);
        let Some((from, to)) = step(event) else { continue };
        let signed = std::mem::take(&mut signed);
        let usual = practice.get(&(words(from), words(to))).is_some_and(|count| *count >= PRACTICE);
        let Some(left_out) = left_out(State::of(from, record.class), State::of(to, record.class)).filter(|_| !usual) else {
            continue;
        };
        if signed && matches!(left_out, UNREVIEWED | UNAPPROVED) {
            continue;
        }
        let message = format!("{} went from {from} to {to}, as its audit trail tells, and {left_out}", record.id);
        findings.push(found(record, *place, message, "a step is missing"));
    }
    findings
}

const UNREVIEWED: &str = "nobody reviewed it in between";
const UNAPPROVED: &str = "nobody approved it in between";

/// What a change of the status leaves out; `None` where it is one of the usual life, or nothing is known of it.
fn left_out(from: State, to: State) -> Option<&'static str> {
    use State::{
        Approved, Closed, Draft, Effective, Ended, InExecution, InPostReview, InReview, PostApproved, PreApproved, Unknown,
    };
    match (from, to) {
        (Unknown, _) | (_, Unknown | Ended | Draft | InReview) => None,
        (Draft, PreApproved | Approved | PostApproved | Effective) => Some(UNREVIEWED),
        (Draft | InReview, InExecution | InPostReview) => Some(UNAPPROVED),
        (Draft | InReview, Closed | Effective) => Some(UNAPPROVED),
        (PreApproved, PostApproved | Closed) => Some("it was never carried out in between"),
        (Ended, _) => Some("it had ended"),
        _ => None,
    }
}

/// A status that is not the one with which the trail ends.
fn stored_status(record: &Record, events: &[(Place, &Event)]) -> Option<Finding> {
    let status = record.status.as_ref().filter(|status| status.by == By::Sidecar)?;
    let at = events.iter().rposition(|(_, event)| event.to.is_some())?;
    let (place, event) = events.get(at)?;
    let replayed = event.to.as_deref()?;
    let edited = events.iter().skip(at + 1).any(|(_, event)| takes_back(&event.name));
    if same(record.class, &status.text, replayed) || edited && record.state == State::Draft {
        return None;
    }
    let message = format!("{} has the status {}, but its audit trail ends with {replayed}", record.id, status.text);
    Some(
        found(record, status.place, message, "not what the trail tells")
            .related(*place, format!("the status became {replayed} here")),
    )
}

/// A version that the trail never reached.
fn stored_version(record: &Record, events: &[(Place, &Event)]) -> Option<Finding> {
    let version = record.version.as_ref().filter(|version| version.by == By::Sidecar)?;
    let (place, event) = events.iter().rfind(|(_, event)| event.version.is_some())?;
    let replayed = event.version.as_deref()?;
    if super::version_contradiction::same(&version.text, replayed) {
        return None;
    }
    let message = format!("{} has the version {}, but its audit trail ends with version {replayed}", record.id, version.text);
    Some(found(record, version.place, message, "not what the trail tells").related(*place, format!("version {replayed} here")))
}
