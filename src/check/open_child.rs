//! # P06 open-child
//!
//! A record is not closed before the deviations and investigations that belong to it. Where a child says how much its parent
//! waits for it, that decides: one that blocks (`Type 1`, "blocking: yes") must be closed, and one that does not (`Type 2`,
//! "non-blocking", in a field such as "VAR Type", "Type" or "Classification") must at least be approved, and is told as a remark while it is open. Where audit trails tell the times, the
//! child was closed first. A record that a document says is to wait for another ("Release
//! CR-042 after INV-001 is closed", "Get INV-001 closed before CR-042 is released") is told while it waits, unless that step is ticked or struck out. And an item of a closed
//! record that failed has a deviation: it belongs to the record, or the summary of an item names it. One that was not brought to
//! its end ("Partial", `50%` beside words of progress) has one too, or is a warning. A child belongs to its parent where it says so
//! itself, where its identifier does, and where the parent names it, in a field ("Child records", `children:`) or below such a
//! heading. A deviation or an investigation that a closed parent names and that is not here is not assessed: a warning, or a
//! remark where no record of its kind is here. It is a warning as well where a child does not say how much its parent waits for it, and where the record itself comes back to what failed. The record of a
//! test that belongs to a closed record is done with or approved; actions and changes that came from it may outlive it and are a
//! remark, unless they say that they block it.
//!
//! ## Why it matters
//! A deviation is opened because something went wrong while a change was carried out. If the change is closed first, it counts
//! as done although nobody has decided yet whether it may.
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
//! **Status:** Closed
//! ```
//! ```file records/CR-004-VAR-001.md
//! # CR-004-VAR-001: The motor runs hot
//!
//! **Status:** In execution
//!
//! | Parent Document | Failed Item | VAR Type |
//! |---|---|---|
//! | CR-004 | EI-3 | Type 1 |
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
//! **Status:** Closed
//! ```
//! ```file records/CR-004-VAR-001.md
//! # CR-004-VAR-001: The motor runs hot
//!
//! **Status:** Closed
//!
//! | Parent Document | Failed Item | VAR Type |
//! |---|---|---|
//! | CR-004 | EI-3 | Type 1 |
//! ```
//!
//! ## What to do
//! Close the child, or open its parent again. If the child does not block its parent, say so in the child.
//!
//! ## Serves
//! ISO 13485 8.3

mod absent;
mod failed;
mod other;
mod waiting;

use super::Check;
use super::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::open::{Weight, grade, weight};
use crate::link::records::{Record, past};
use crate::model::lifecycle::{Class, State};
use crate::settings::Settings;
use crate::source::Place;
pub(super) use failed::has_failed;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P06", name: "open-child", severity: Severity::Error, source: include_str!("open_child.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (_, parent) in graph.records().iter().filter(|(_, one)| one.is_closed() && !one.children.is_empty()) {
        let children = parent.children.iter().map(|child| graph.records().record(*child));
        let mut loose = Vec::new();
        for child in children {
            if !matches!(child.class, Class::Deviation | Class::Investigation) {
                findings.extend(other::child(graph, parent, child));
                continue;
            }
            match weight(graph, child) {
                Weight::Loose if child.is_approved() && !child.is_settled() => loose.push(child),
                weight => findings.extend(child_of_closed(graph, parent, child, weight)),
            }
        }
        findings.extend(still_open(parent, &loose));
    }
    absent::run(graph, findings);
    failed::run(graph, findings);
    waiting::run(graph, findings);
}

/// What is wrong with a child whose parent is closed.
fn child_of_closed(graph: &Graph, parent: &Record, child: &Record, weight: Weight) -> Option<Finding> {
    let place = child.place()?;
    let blocks = match (weight, grade(graph, child)) {
        (Weight::Blocking, Some(grade)) => format!(", which blocks it ({}),", grade.text),
        (Weight::Loose, Some(grade)) => format!(", which must be approved first ({}),", grade.text),
        _ => String::new(),
    };
    let severity = if weight == Weight::Blocking { Severity::Error } else { Severity::Warning };
    let message = if child.state == State::Unknown {
        if weight != Weight::Blocking {
            return None;
        }
        let said = child
            .status
            .as_ref()
            .map_or_else(|| "nothing tells its status".to_owned(), |status| format!("its status is {}", status.text));
        format!("{} is closed, and whether {}{blocks} is closed too is not assessed: {said}", parent.id, child.id)
    } else if !child.is_settled() {
        format!("{} is closed, but {}{blocks} is {}", parent.id, child.id, child.state.name())
    } else {
        return closed_later(graph, parent, child, weight);
    };
    let severity = if child.state == State::Unknown { Severity::Warning } else { severity };
    let finding = Finding::new(place, child.id.clone(), message)
        .label(child.state.name())
        .severity(severity)
        .help(format!("Close {}, or open {} again; if the one does not block the other, say so in it.", child.id, parent.id));
    Some(with_parent(finding, parent))
}

fn with_parent(finding: Finding, parent: &Record) -> Finding {
    match parent.place() {
        Some(place) => finding.related(place, format!("{} is closed", parent.id)),
        None => finding,
    }
}

/// A child that blocks its parent and was closed after it, as the audit trails of both tell.
fn closed_later(graph: &Graph, parent: &Record, child: &Record, weight: Weight) -> Option<Finding> {
    if weight != Weight::Blocking {
        return None;
    }
    let closed = |one: &Record, status: &str| State::of(status, one.class) == State::Closed;
    let (parent_at, parent_place, parent_event) = past::last_reached(graph, parent, |status| closed(parent, status))?;
    let (child_at, child_place, child_event) = past::reached(graph, child, |status| closed(child, status))?;
    let tolerance = child_event.time?.tolerance(parent_event.time?);
    (child_at > parent_at + tolerance).then(|| {
        let message = format!(
            "{} blocks {} and was closed after it, on {} and not before {}",
            child.id, parent.id, child_event.written, parent_event.written
        );
        Finding::new(child_place, child.id.clone(), message)
            .label("closed too late")
            .help("Say in both records why, and check that nothing was released in between.")
            .related(parent_place, "its parent was closed here")
    })
}

/// A remark on children that do not block their closed parent, and are open.
fn still_open(parent: &Record, loose: &[&Record]) -> Option<Finding> {
    let first = loose.first()?;
    let place: Place = first.place()?;
    let told: Vec<String> = loose.iter().map(|child| format!("{} ({})", child.id, child.state.name())).collect();
    let verb = if told.len() == 1 { "does not block it and is" } else { "do not block it and are" };
    let message = format!("{} is closed; {} {verb} not closed yet", parent.id, listed(&told, 5));
    let finding = Finding::new(place, first.id.clone(), message)
        .label(first.state.name())
        .severity(Severity::Info)
        .help("Nothing is wrong with that; see that they are closed one day.");
    let finding = loose
        .iter()
        .skip(1)
        .filter_map(|child| Some((child.place()?, child)))
        .fold(finding, |finding, (place, child)| finding.related(place, format!("{} is {}", child.id, child.state.name())));
    Some(with_parent(finding, parent))
}
