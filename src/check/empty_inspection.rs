//! # E08 empty-inspection
//!
//! A record of a verification, an inspection, an analysis or a demonstration that was carried out is complete: each of its
//! steps has an outcome and, where there are columns or fields for them, a criterion, an observation, who did it and when. A step may
//! be a line of a table or a form of its own. A record
//! counts as carried out once it is closed, or once one of its steps has an outcome. One of which nothing is filled in yet is
//! still to come, unless it is closed: a protocol is approved first.
//!
//! ## Why it matters
//! Where no test can be run, the record of a person who looked is all the evidence there is. A step without an outcome was
//! not looked at.
//!
//! ## Bad
//! ```file records/VR-002.md
//! # VR-002: Inspection of the labels
//!
//! **Status:** Approved
//!
//! | Step | Inspection | Acceptance Criteria | Observation | Result | Inspected By - Date |
//! |---|---|---|---|---|---|
//! | 1 | Read the label of the pump | Serial number can be read | It can | Pass | lind - 2026-02-01 |
//! | 2 | Read the label of the tank | Volume can be read | | | |
//! ```
//!
//! ## Good
//! ```file records/VR-002.md
//! # VR-002: Inspection of the labels
//!
//! **Status:** Approved
//!
//! | Step | Inspection | Acceptance Criteria | Observation | Result | Inspected By - Date |
//! |---|---|---|---|---|---|
//! | 1 | Read the label of the pump | Serial number can be read | It can | Pass | lind - 2026-02-01 |
//! | 2 | Read the label of the tank | Volume can be read | It can | Pass | lind - 2026-02-01 |
//! ```
//!
//! ## What to do
//! Carry the step out and write down what was seen, or say that it does not apply and why.
//!
//! ## Serves
//! IEC 62304 5.7.4

use super::Check;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::Record;
use crate::model::contents::{Contents, Field, Filled, Item, ItemKind};
use crate::model::lifecycle::{Class, State};
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E08", name: "empty-inspection", severity: Severity::Error, source: include_str!("empty_inspection.rs"), run };

/// So many steps are named in a message and shown beside it.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (_, record) in graph.records().iter().filter(|(_, record)| record.class == Class::Verification) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        findings.extend(report(record, file, contents));
    }
}

fn report(record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let steps: Vec<&Item> =
        contents.items.iter().filter(|item| item.kind == ItemKind::Step && !item.optional && item.outcome.is_some()).collect();
    let done = |item: &&Item| item.outcome.as_ref().is_some_and(|outcome| !outcome.filled.is_open());
    let begun = steps.iter().any(done);
    // A protocol is approved before anybody carries it out.
    let finished = matches!(record.state, State::Closed | State::PostApproved) || begun && record.is_approved();
    if record.state == State::Ended || !finished && !begun {
        return None;
    }
    let open: Vec<(String, Span)> = steps.iter().flat_map(|item| lacks(item)).collect();
    let (_, first) = open.first()?;
    let names: Vec<&str> = open.iter().map(|(name, _)| name.as_str()).collect();
    let message = format!(
        "{} {}, and it is not complete: {} {} empty: {}",
        record.id,
        if finished { format!("is {}", record.state.name()) } else { String::from("was begun") },
        count(names.len(), "field"),
        if names.len() == 1 { "is" } else { "are" },
        listed(&names, SHOWN)
    );
    let finding = Finding::new(Place::new(file, *first), record.id.as_str(), message)
        .severity(if finished { Severity::Error } else { Severity::Warning })
        .label("nobody filled this in")
        .help("Carry the step out and write down what was seen, or say that it does not apply and why.");
    Some(
        open.iter()
            .skip(1)
            .take(SHOWN)
            .fold(finding, |finding, (name, span)| finding.related(Place::new(file, *span), name.clone())),
    )
}

/// What a step lacks. One that does not apply lacks nothing, and neither does a line that is no step.
fn lacks(item: &Item) -> Vec<(String, Span)> {
    let nothing = item.outcome.as_ref().is_some_and(|outcome| outcome.filled == Filled::Nothing);
    // Where no column tells what is to be done, the name of the test case does.
    let task = item.task.as_ref().map_or(item.id.as_str(), |task| task.text.as_str());
    if nothing || task.is_empty() || task.starts_with(['[', '{', '<']) {
        return Vec::new();
    }
    let name = if item.id.is_empty() { task } else { item.id.as_str() };
    let name: String = name.chars().take(40).collect();
    let dated = |what: &str| what == "date" && item.day.is_some();
    let needed = |what: &str, field: &Field| field.filled == Filled::Form || field.filled.is_open() && what != "verification";
    let fields = item.fields().filter(|(what, field)| needed(what, field) && !dated(what));
    let mut found: Vec<(String, Span)> = fields
        .map(|(what, field)| {
            let what = if what == "summary" { "observation" } else { what };
            (format!("{what} of {name}"), if field.span.len > 0 { field.span } else { item.span })
        })
        .collect();
    if let Some(expected) = item.expected.as_ref().filter(|expected| expected.text.is_empty()) {
        let span = if expected.span.len > 0 { expected.span } else { item.span };
        found.push((format!("criterion of {name}"), span));
    }
    found
}
