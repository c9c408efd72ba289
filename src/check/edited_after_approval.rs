//! # P05 edited-after-approval
//!
//! What was approved for execution stays as it was approved: the sections of a change, an investigation, a deviation or an
//! action in front of the account of its execution say today what they said in the version that was approved, as the archived
//! copy of that version shows. The account itself, comments, summaries, references, and sections with fields that were still to
//! be filled in may change; white space, line breaks and mark-up never count.
//!
//! ## Why it matters
//! The approval is for a text. If its scope or its plan is edited while it is carried out, what was done was never approved,
//! and the record shows a decision that nobody took.
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
//! **Status:** In execution
//!
//! ## 1. Scope
//! The bearing and the controller.
//!
//! ## 2. Execution
//! The bearing was replaced.
//! ```
//! ```file .archive/CR-004-v1.0.md
//! # CR-004: Quieter motor
//!
//! **Status:** Approved for execution
//!
//! ## 1. Scope
//! The bearing.
//!
//! ## 2. Execution
//! [SUMMARY]
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
//! **Status:** In execution
//!
//! ## 1. Scope
//! The
//! bearing.
//!
//! ## 2. Execution
//! The bearing was replaced.
//! ```
//! ```file .archive/CR-004-v1.0.md
//! # CR-004: Quieter motor
//!
//! **Status:** Approved for execution
//!
//! ## 1. Scope
//! The bearing.
//!
//! ## 2. Execution
//! [SUMMARY]
//! ```
//!
//! ## What to do
//! Put the approved text back, and write what is different into a deviation; or let the changed text be approved again.
//!
//! ## Serves
//! ISO 13485 4.2.4
#![allow(rustdoc::invalid_codeblock_attributes, reason = "the names of hidden folders begin with a dot")]

mod sections;

use super::Check;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{Former, Record, past};
use crate::model::lifecycle::State;
use crate::read::document;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use sections::{Section, sections};
use std::collections::BTreeMap;

/// As much of a copy is its head, where its status stands.
const HEAD: usize = 2_000;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "P05",
    name: "edited-after-approval",
    severity: Severity::Error,
    source: include_str!("edited_after_approval.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let executed = graph.records().iter().map(|(_, record)| record).filter(|record| record.class.is_executed());
    for record in executed.filter(|record| !record.former.is_empty()) {
        let Some((file, approved)) = record.file.and_then(|file| Some((file, approved(graph, record)?))) else { continue };
        findings.extend(compare(graph, record, file, approved));
    }
}

/// The copy that shows what was approved. Where a trail tells when that was, it is the last copy of the version that was
/// approved; else it is a copy that calls itself approved for execution.
fn approved<'g>(graph: &'g Graph, record: &'g Record) -> Option<&'g Former> {
    let is = |status: &str| State::of(status, record.class) == State::PreApproved;
    if let Some((_, _, event)) = past::last_reached(graph, record, is) {
        // The approval makes a new version of the one that was approved.
        let events: Vec<_> = graph.events(record).map(|(_, event)| event).collect();
        let at = events.iter().rposition(|one| std::ptr::eq(*one, event))?;
        let before = events.get(..at)?.iter().rev().find_map(|one| one.version.as_deref())?;
        return record.former.iter().rfind(|copy| super::version_contradiction::same(&copy.version, before));
    }
    record.former.iter().rfind(|copy| {
        let text = graph.input(copy.file).text.as_str();
        let head: String = text.chars().take(HEAD).collect();
        let fields = document::fields(&head, 0);
        fields.iter().any(|(key, value)| matches!(key.as_str(), "status" | "document status") && is(&value.text))
    })
}

/// What differs between the locked sections of the copy and those of the document.
fn compare(graph: &Graph, record: &Record, file: FileId, copy: &Former) -> Option<Finding> {
    let (then, now) = (graph.input(copy.file).text.as_str(), graph.input(file).text.as_str());
    let before = sections(then);
    // Without an account of the execution nothing says where the locked part ends.
    let locked = before.iter().position(Section::is_account)?;
    let today = sections(now);
    let mut known: BTreeMap<&str, Vec<&Section>> = BTreeMap::new();
    let end = today.iter().position(Section::is_account).unwrap_or(today.len());
    for section in today.iter().take(end) {
        known.entry(section.path.as_str()).or_default().push(section);
    }
    let (mut changed, mut places): (Vec<String>, Vec<(Span, Span, String)>) = (Vec::new(), Vec::new());
    for section in before.iter().take(locked).filter(|section| !section.is_open()) {
        let (what, here) = match known.get(section.path.as_str()).map(Vec::as_slice) {
            Some([same]) => match section.difference(same) {
                Some(what) => (what, same.title),
                None => continue,
            },
            // Of two sections of one name nobody knows which is which.
            Some(_) => continue,
            None if section.words.is_empty() => continue,
            None => (String::from("the section is gone"), Span::default()),
        };
        changed.push(format!("\"{}\"", section.name));
        places.push((here, section.title, what));
    }
    let known = |section: &Section| before.iter().any(|other| other.path == section.path);
    for section in today.iter().take(end).filter(|section| !section.words.is_empty() && !section.is_free() && !known(section)) {
        changed.push(format!("\"{}\"", section.name));
        places.push((section.title, Span::default(), String::from("the section was added")));
    }
    let (here, _, what) = places.first()?;
    let message = format!(
        "{} was edited after it was approved: {} in front of its execution {} not what the approved version {} says: {}",
        record.id,
        count(changed.len(), "section"),
        if changed.len() == 1 { "is" } else { "are" },
        copy.version,
        listed(&changed, 4)
    );
    let mut finding = Finding::new(Place::new(file, *here), record.id.clone(), message)
        .label(what.clone())
        .help("Put the approved text back and write what is different into a deviation, or let the changed text be approved.");
    for (at, (here, then, what)) in places.iter().enumerate() {
        if at > 0 && here.len > 0 {
            finding = finding.related(Place::new(file, *here), what.clone());
        }
        if then.len > 0 {
            finding = finding.related(Place::new(copy.file, *then), "as it was approved");
        }
    }
    Some(finding)
}
