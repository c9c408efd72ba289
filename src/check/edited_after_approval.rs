//! # P05 edited-after-approval
//!
//! What was approved for execution stays as it was approved: the sections of a change, an investigation, a deviation or an
//! action in front of the account of its execution say today what they said in the version that was approved, as the archived
//! copy of that version shows. Where the audit trail names no status of such an approval, it is the version that was approved
//! last before the record was released for execution. The account itself, comments, summaries, references, addenda, answers to
//! questions, and sections with fields that were still to be filled in may change; white space, line breaks and mark-up never count.
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

mod difference;
mod sections;

use super::Check;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{Former, Record, past};
use crate::model::kept::Event;
use crate::model::lifecycle::State;
use crate::read::document;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use difference::{Change, changes};
use sections::{Section, sections};
use std::collections::{BTreeMap, BTreeSet};

/// So many sections are named in a message.
const NAMED: usize = 3;

/// So many changes are shown beside it.
const SHOWN: usize = 6;

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
        findings.extend(compare(graph, record, file, &approved));
    }
}

/// What was approved.
struct Approved<'g> {
    /// The copy that shows it.
    copy: &'g Former,
    /// The event of the trail by which somebody approved it.
    by: Option<(Place, &'g Event)>,
}

/// The copy that shows what was approved. Where a trail tells when that was, or when the record was released, it is the last copy
/// of the version that was approved; else it is a copy that calls itself approved for execution.
fn approved<'g>(graph: &'g Graph, record: &'g Record) -> Option<Approved<'g>> {
    let is = |status: &str| State::of(status, record.class) == State::PreApproved;
    let of = |version: &str| record.former.iter().rfind(|copy| super::version_contradiction::same(&copy.version, version));
    if let Some((_, place, event)) = past::last_reached(graph, record, is) {
        // The approval makes a new version of the one that was approved.
        let events: Vec<_> = graph.events(record).map(|(_, event)| event).collect();
        let at = events.iter().rposition(|one| std::ptr::eq(*one, event))?;
        let before = events.get(..at)?.iter().rev().find_map(|one| one.version.as_deref())?;
        return Some(Approved { copy: of(before)?, by: Some(past::approval(graph, record, (place, event))) });
    }
    if let Some((version, place, event)) = past::released(graph, record) {
        return Some(Approved { copy: of(version)?, by: Some((place, event)) });
    }
    let copy = record.former.iter().rfind(|copy| {
        let text = graph.input(copy.file).text.as_str();
        let head: String = text.chars().take(HEAD).collect();
        let fields = document::fields(&head, 0);
        fields.iter().any(|(key, value)| matches!(key.as_str(), "status" | "document status") && is(&value.text))
    })?;
    Some(Approved { copy, by: None })
}

/// What happened to one section.
struct Edit {
    /// The change as a part of a sentence.
    told: String,
    /// What it was in each place: the place in the document and the one in the copy.
    places: Vec<(Option<Span>, Option<Span>, String)>,
}

impl Edit {
    /// An edit of a section as a whole.
    fn whole(section: &Section, what: &str, gone: bool) -> Self {
        let told = format!("the section \"{}\" {what}", section.name);
        let (now, then) = if gone { (None, Some(section.title)) } else { (Some(section.title), None) };
        Self { places: vec![(now, then, told.clone())], told }
    }

    fn inner(section: &Section, same: &Section) -> Option<Self> {
        let found = changes(&section.words, &same.words);
        let place = |one: &Change| (one.now.or(Some(same.title)), one.then, one.told());
        (!found.is_empty()).then(|| Self {
            told: format!("in \"{}\" {}", section.name, difference::told(&found)),
            places: found.iter().map(place).collect(),
        })
    }
}

/// What differs between the locked sections of the copy and those of the document.
fn compare(graph: &Graph, record: &Record, file: FileId, approved: &Approved<'_>) -> Option<Finding> {
    let copy = approved.copy;
    let (then, now) = (graph.input(copy.file).text.as_str(), graph.input(file).text.as_str());
    let edits = edits(&sections(graph.path(copy.file), then), &sections(graph.path(file), now))?;
    let shown = if edits.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
    let mut told: Vec<String> = edits.iter().take(shown).map(|edit| edit.told.clone()).collect();
    if edits.len() > shown {
        told.push(format!("and {}", count(edits.len() - shown, "more section")));
    }
    let message =
        format!("{} was edited after version {} of it was approved for execution: {}", record.id, copy.version, told.join("; "));
    let mut places = edits.iter().flat_map(|edit| &edit.places);
    let (here, before, what) = places.next()?;
    let here = here.map_or(Span::default(), |span| in_line(now, span));
    let as_it_was = |finding: Finding, before: &Option<Span>| match before {
        Some(before) => finding.related(Place::new(copy.file, in_line(then, *before)), "as it was approved"),
        None => finding,
    };
    let finding = Finding::new(Place::new(file, here), record.id.clone(), message)
        .label(what.clone())
        .help("Put the approved text back and write what is different into a deviation, or let the changed text be approved.");
    let finding = match approved.by {
        Some((place, event)) => as_it_was(finding, before).related(place, told_approval(event)),
        None => as_it_was(finding, before),
    };
    Some(places.take(SHOWN).fold(finding, |finding, (here, before, what)| match here {
        Some(here) => as_it_was(finding.related(Place::new(file, in_line(now, *here)), what.clone()), before),
        None => as_it_was(finding, before),
    }))
}

/// Who approved, and when.
fn told_approval(event: &Event) -> String {
    let by = if event.user.is_empty() { String::new() } else { format!(" by {}", event.user) };
    format!("approved{by} at {}", event.written)
}

/// What happened to the locked sections of a text; `None` where nothing did, or nothing says where the locked part ends.
fn edits(before: &[Section], today: &[Section]) -> Option<Vec<Edit>> {
    let locked = before.iter().position(Section::is_account)?;
    let mut known: BTreeMap<&str, Vec<&Section>> = BTreeMap::new();
    let end = today.iter().position(Section::is_account).unwrap_or(today.len());
    for section in today.iter().take(end) {
        known.entry(section.path.as_str()).or_default().push(section);
    }
    let held = before.iter().take(locked).filter(|section| !section.is_open());
    let edited = held.filter_map(|section| match known.get(section.path.as_str()).map(Vec::as_slice) {
        Some([same]) => Edit::inner(section, same),
        // Of two sections of one name nobody knows which is which.
        Some(_) => None,
        None if section.words.is_empty() => None,
        None => Some(Edit::whole(section, "is gone", true)),
    });
    let mut edits: Vec<Edit> = edited.collect();
    let old: BTreeSet<&str> = before.iter().map(|section| section.path.as_str()).collect();
    let is_added = |path: &str| {
        let says = |list: &Vec<&Section>| list.iter().any(|section| !section.words.is_empty());
        !old.contains(path) && known.get(path).is_some_and(says)
    };
    let fresh = today.iter().take(end).filter(|section| !section.is_free() && is_added(&section.path));
    // A section comes with those below it.
    let added = fresh.filter(|section| !section.path.rsplit_once(" / ").is_some_and(|(above, _)| is_added(above)));
    edits.extend(added.filter(|section| !section.words.is_empty()).map(|section| Edit::whole(section, "was added", false)));
    (!edits.is_empty()).then_some(edits)
}

/// As much of a place as stands on its first line.
fn in_line(text: &str, span: Span) -> Span {
    let start = span.start as usize;
    let line = text.get(span.range()).and_then(|held| held.lines().next()).map_or(0, |line| line.trim_end().len());
    Span::new(start, start + line)
}
