//! # P01 gate-order
//!
//! What a record needs is there before it takes a step. Without configuration one gate counts: before a change is closed, the
//! specification and the matrix that it names and that were opened for it are in force again, as audit trails tell. Where none does,
//! one in the scope of a closed change that is a draft now, and of no open change, is a remark: not assessed. Further gates are configuration:
//! `[[records.gate]]` names the records, the state they may not reach before, and what else must have which status by then.
//!
//! ## Why it matters
//! A change that is closed while its specification is a draft leaves a product that works by requirements nobody approved.
//! Later nobody will look: the change is closed.
//!
//! ## Bad
//! ```file docs/PUMP-RS.md
//! # PUMP-RS: Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-PUMP-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! Changes PUMP-RS.
//! ```
//! ```file .meta/CR-004.json
//! {"doc_id": "CR-004", "status": "CLOSED", "version": "1.0"}
//! ```
//! ```file .audit/CR-004.jsonl
//! {"ts": "2024-03-01T10:00:00Z", "event": "CREATE", "user": "ann", "version": "1.0"}
//! {"ts": "2024-03-09T10:00:00Z", "event": "STATUS_CHANGE", "user": "bob", "version": "1.0", "from_status": "IN_EXECUTION", "to_status": "CLOSED"}
//! ```
//! ```file .meta/PUMP-RS.json
//! {"doc_id": "PUMP-RS", "status": "IN_REVIEW", "version": "2.0"}
//! ```
//! ```file .audit/PUMP-RS.jsonl
//! {"ts": "2024-03-05T10:00:00Z", "event": "STATUS_CHANGE", "user": "ann", "version": "2.0", "from_status": "DRAFT", "to_status": "IN_REVIEW"}
//! ```
//!
//! ## Good
//! ```file docs/PUMP-RS.md
//! # PUMP-RS: Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-PUMP-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! Changes PUMP-RS.
//! ```
//! ```file .meta/CR-004.json
//! {"doc_id": "CR-004", "status": "CLOSED", "version": "1.0"}
//! ```
//! ```file .audit/CR-004.jsonl
//! {"ts": "2024-03-01T10:00:00Z", "event": "CREATE", "user": "ann", "version": "1.0"}
//! {"ts": "2024-03-09T10:00:00Z", "event": "STATUS_CHANGE", "user": "bob", "version": "1.0", "from_status": "IN_EXECUTION", "to_status": "CLOSED"}
//! ```
//! ```file .meta/PUMP-RS.json
//! {"doc_id": "PUMP-RS", "status": "EFFECTIVE", "version": "2.0"}
//! ```
//! ```file .audit/PUMP-RS.jsonl
//! {"ts": "2024-03-05T10:00:00Z", "event": "STATUS_CHANGE", "user": "ann", "version": "2.0", "from_status": "DRAFT", "to_status": "IN_REVIEW"}
//! {"ts": "2024-03-07T10:00:00Z", "event": "STATUS_CHANGE", "user": "bob", "version": "2.0", "from_status": "IN_REVIEW", "to_status": "EFFECTIVE"}
//! ```
//!
//! ## What to do
//! Bring what the gate asks for into the status that it must have, or open the record again until it is.
//!
//! ## Serves
//! ISO 13485 7.3.9
#![allow(rustdoc::invalid_codeblock_attributes, reason = "the names of hidden folders begin with a dot")]

use super::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::mentioned;
use crate::link::records::{Record, RecordId, past};
use crate::model::kept::Event;
use crate::model::lifecycle::{Class, State, family};
use crate::model::time::DAY;
use crate::settings::{Gate, Relation, Settings};
use crate::source::Place;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P01", name: "gate-order", severity: Severity::Error, source: include_str!("gate_order.rs"), run };

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    for gate in &settings.gates {
        for (id, record) in graph.records().iter().filter(|(_, one)| is_of(one, &gate.record) && one.state >= gate.before) {
            findings.extend(passed(graph, id, record, gate));
        }
    }
    // A gate that somebody configured for the same step stands instead of the usual one.
    let own = |gate: &Gate| gate.before == State::Closed && gate.relation == Relation::Named;
    if !settings.gates.iter().any(own) {
        let changes = changes(graph);
        changes.iter().for_each(|change| findings.extend(unfinished(graph, change, &changes)));
        untold(graph, findings);
    }
}

/// Remarks on closed changes with a specification or a matrix in their scope that is no more than a draft now, where no trail tells
/// what it was when they were closed.
fn untold(graph: &Graph, findings: &mut Vec<Finding>) {
    let records = || graph.records().iter().map(|(_, one)| one).filter(|one| one.class == Class::Change);
    for change in records().filter(|one| one.is_closed() && one.events.is_empty()) {
        for document in scope(graph, change) {
            let draft = matches!(document.state, State::Draft | State::InReview) && document.events.is_empty();
            // It may have been opened again for a change that is still to come to its end.
            let again = || records().any(|one| one.is_open() && scope(graph, one).any(|other| std::ptr::eq(other, document)));
            let Some(place) = change.place().filter(|_| draft && !again()) else { continue };
            let message = format!(
                "{} is closed, and {}, which it affects, is {}; whether that was in force when it was closed is not assessed, because no \
                 audit trail tells",
                change.id,
                document.id,
                document.state.name()
            );
            findings.push(finding(change, document, place, message).label("not assessed").severity(Severity::Info));
        }
    }
}

/// The specifications and matrices that a change says it affects.
fn scope<'g>(graph: &'g Graph, change: &'g Record) -> impl Iterator<Item = &'g Record> {
    let affected = change.file.and_then(|file| Some((file, &graph.contents(file)?.affected)));
    let named = affected.into_iter().flat_map(|(file, list)| list.iter().map(move |one| (file, one.name.text.as_str())));
    let document = |record: &&Record| matches!(record.class, Class::Specification | Class::Matrix);
    named.filter_map(|(file, name)| graph.records().named(graph, file, name)).filter(document)
}

/// A change, the specifications and matrices that it names, and when it was open, as its trail tells.
struct Change<'g> {
    record: &'g Record,
    named: Vec<RecordId>,
    first: i64,
    closed: Option<(i64, Place, &'g Event)>,
}

/// The changes with a trail; none where no specification and no matrix has one.
fn changes(graph: &Graph) -> Vec<Change<'_>> {
    let document = |record: &Record| matches!(record.class, Class::Specification | Class::Matrix);
    let records = || graph.records().iter();
    if !records().any(|(_, one)| document(one) && !one.events.is_empty()) {
        return Vec::new();
    }
    let changes = records().filter(|(_, one)| one.class == Class::Change);
    changes
        .filter_map(|(id, record)| {
            let first = graph.events(record).find_map(|(_, event)| event.time)?.seconds;
            let named = mentioned::by(graph, id).into_iter().map(|(other, _)| other);
            let named = named.filter(|other| document(graph.records().record(*other))).collect();
            let over = |status: &str| matches!(State::of(status, record.class), State::Closed | State::Ended);
            Some(Change { record, named, first, closed: past::last_reached(graph, record, over) })
        })
        .collect()
}

/// Whether a record is of a class or a family.
fn is_of(record: &Record, name: &str) -> bool {
    record.class.name() == name || family(&record.id).eq_ignore_ascii_case(name)
}

/// What a record did not wait for at a configured gate.
fn passed(graph: &Graph, id: RecordId, record: &Record, gate: &Gate) -> Vec<Finding> {
    let when = past::reached(graph, record, |status| State::of(status, record.class) >= gate.before);
    let others: BTreeSet<RecordId> = match gate.relation {
        Relation::Children => record.children.iter().copied().collect(),
        Relation::Parent => record.parent.into_iter().collect(),
        Relation::Named => mentioned::by(graph, id).into_iter().map(|(other, _)| other).collect(),
    };
    let others = others.into_iter().map(|other| graph.records().record(other)).filter(|other| is_of(other, &gate.needs));
    let late = |other: &Record| {
        let ready = |status: &str| State::of(status, other.class) >= gate.status;
        match (&when, past::reached(graph, other, ready)) {
            (Some((at, ..)), Some((reached, ..))) => reached > *at,
            _ => other.state < gate.status,
        }
    };
    let finding = |other: &Record| {
        let place = when.map(|(_, place, _)| place).or(record.place())?;
        let message = format!(
            "{} became {} before {} was {}, which `[[records.gate]]` asks for; it is {} now",
            record.id,
            gate.before.name(),
            other.id,
            gate.status.name(),
            other.state.name()
        );
        Some(finding(record, other, place, message))
    };
    others.filter(|other| late(other)).filter_map(finding).collect()
}

fn finding(record: &Record, other: &Record, place: Place, message: String) -> Finding {
    let finding = Finding::new(place, record.id.clone(), message)
        .label(format!("{} was not ready", other.id))
        .help(format!("Bring {} into the status that it must have, or open {} again until it is.", other.id, record.id));
    other
        .place()
        .into_iter()
        .fold(finding, |finding, place| finding.related(place, format!("{} is {}", other.id, other.state.name())))
}

/// Specifications and matrices that were opened for a change and not in force when it was closed, as their trails tell.
fn unfinished(graph: &Graph, change: &Change<'_>, all: &[Change<'_>]) -> Vec<Finding> {
    let Some((end, place, event)) = change.closed.filter(|_| change.record.is_closed()) else { return Vec::new() };
    let mut findings = Vec::new();
    for other in &change.named {
        let document = graph.records().record(*other);
        let Some((since, status)) = state_at(graph, document, end) else { continue };
        let open = matches!(State::of(status, document.class), State::Draft | State::InReview);
        let opened = opened_before(graph, document, end).unwrap_or(since);
        // It may have been opened for another change that was open when that was done, and is to be carried on.
        let another = |one: &Change<'_>| {
            let open = one.first <= opened && one.closed.is_none_or(|(closed, ..)| closed > end);
            !std::ptr::eq(one.record, change.record) && open && one.named.contains(other)
        };
        // Days without a time of day, or without a zone, may be one apart.
        let zoned = event.time.is_some_and(|time| time.zoned);
        let tolerance = if zoned { 0 } else { DAY };
        let then = state_at(graph, document, end + tolerance).map_or(State::Unknown, |(_, then)| State::of(then, document.class));
        let open = open && matches!(then, State::Draft | State::InReview);
        if since >= change.first && open && !all.iter().any(another) {
            let (id, name) = (&change.record.id, &document.id);
            let message = format!("{id} was closed on {}, while {name}, which it names, was {status}", event.written);
            findings.push(finding(change.record, document, place, message));
        }
    }
    findings
}

/// The status that a document had at a time, and since when.
fn state_at<'g>(graph: &'g Graph, document: &'g Record, time: i64) -> Option<(i64, &'g str)> {
    let changes = graph.events(document).filter_map(|(_, event)| Some((event.time?.seconds, event.to.as_deref()?)));
    changes.filter(|(seconds, _)| *seconds <= time).last()
}

/// When a document was last opened before a time, that is, left the status that it has in force.
fn opened_before(graph: &Graph, document: &Record, time: i64) -> Option<i64> {
    let changes = graph.events(document).filter_map(|(_, event)| Some((event.time?.seconds, event.to.as_deref()?)));
    let mut opened = None;
    for (seconds, status) in changes.filter(|(seconds, _)| *seconds <= time) {
        let open = matches!(State::of(status, document.class), State::Draft | State::InReview);
        opened = if open { opened.or(Some(seconds)) } else { None };
    }
    opened
}
