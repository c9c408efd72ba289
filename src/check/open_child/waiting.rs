//! Records that documents say are to wait for others.

use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input};
use crate::link::records::Record;
use crate::model::lifecycle::{Class, State};
use crate::model::record::Kind;
use crate::model::stated::Wait;
use crate::source::{FileId, Place};
use std::collections::BTreeSet;

/// Tells of each pair once, in whichever document says it first.
pub(super) fn run(graph: &Graph, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    let files = graph.files().filter(|(_, input)| !input.facts.waits.is_empty());
    for (file, input) in files.filter(|(file, input)| speaks_of_records(graph, *file, input)) {
        for wait in &input.facts.waits {
            let (Some(one), Some(other)) = (graph.records().get(&wait.id.text), graph.records().get(&wait.on.text)) else {
                continue;
            };
            if one.id != other.id && told.insert((&one.id, &other.id)) {
                findings.extend(waits(file, wait, one, other));
            }
        }
    }
}

/// A procedure says what is done in general, and a template nothing at all.
fn speaks_of_records(graph: &Graph, file: FileId, input: &Input) -> bool {
    let kind = input.facts.document.as_ref().map_or(Kind::Other, |document| document.kind);
    let class = graph.records().of_file(file).map(|id| graph.records().record(id).class);
    kind != Kind::Template && class != Some(Class::Procedure)
}

fn waits(file: FileId, wait: &Wait, one: &Record, other: &Record) -> Option<Finding> {
    if one.state == State::Unknown || other.state == State::Unknown || one.is_settled() {
        return None;
    }
    let needed = wait.status.as_ref().map_or(State::Closed, |status| State::of(&status.text, other.class));
    if has_reached(other.state, needed) {
        return None;
    }
    let needed = wait.status.as_ref().map_or(needed.name(), |status| status.text.as_str());
    let place = Place::new(file, wait.span);
    let (message, label, severity) = if is_ahead(one.state, &wait.step) {
        let message = format!(
            "{} is {} and waits for {}, which is {} and is to be {needed} first: this gate is still ahead",
            one.id,
            one.state.name(),
            other.id,
            other.state.name()
        );
        (message, "the gate is still ahead", Severity::Info)
    } else {
        let message = format!(
            "{} is {}, although this document says that it was to wait for {}, which is {} and not {needed}",
            one.id,
            one.state.name(),
            other.id,
            other.state.name()
        );
        (message, "did not wait", Severity::Warning)
    };
    let finding = Finding::new(place, one.id.clone(), message)
        .label(label)
        .severity(severity)
        .help(format!("Bring {} on, or say in {} why it need not wait.", other.id, one.id));
    let finding = one
        .place()
        .into_iter()
        .fold(finding, |finding, place| finding.related(place, format!("{} is {}", one.id, one.state.name())));
    Some(
        other
            .place()
            .into_iter()
            .fold(finding, |finding, place| finding.related(place, format!("{} is {}", other.id, other.state.name()))),
    )
}

/// Whether a record that is to be released, closed or approved later is not so yet.
fn is_ahead(state: State, step: &str) -> bool {
    match step {
        "close" => true,
        "approve" => matches!(state, State::Draft | State::InReview),
        _ => matches!(state, State::Draft | State::InReview | State::PreApproved),
    }
}

/// Whether a record is as far as it must be, or further. "Approved" may mean any approval.
fn has_reached(state: State, needed: State) -> bool {
    let needed = if needed == State::Approved { State::PreApproved } else { needed };
    state >= needed
}
