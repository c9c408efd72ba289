//! What is still to come of a record: the actions without an outcome, and what it waits for.

use super::{Record, RecordId};
use crate::link::contents::tokens;
use crate::link::graph::{Graph, Input};
use crate::model::contents::{Contents, ItemKind};
use crate::model::lifecycle::{Class, State};
use crate::model::record::{Action, Kind};
use crate::model::stated::Wait;
use crate::model::vocabulary::words;
use crate::source::{FileId, Spanned};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// An action of a record, and whether it is still open.
#[derive(Debug, Clone, Copy)]
pub struct Own<'g> {
    /// The action.
    pub action: &'g Action,
    /// Nothing says what came of it.
    pub open: bool,
}

/// The actions of a record, each once; those that it only repeats from other records are left out.
pub fn actions<'g>(graph: &'g Graph, record: &Record, file: FileId) -> Vec<Own<'g>> {
    let contents = graph.contents(file);
    let all = graph.facts(file).actions.iter().chain(contents.iter().flat_map(|contents| &contents.actions));
    let short = |id: &'g str| id.strip_prefix(record.id.as_str()).unwrap_or(id).trim_start_matches('-');
    let passed = passed(contents);
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut own: Vec<Own<'g>> = Vec::new();
    for action in all {
        let log = contents.is_some_and(|contents| contents.log.is_some());
        let foreign = !log && action.id.matches('-').count() > 1 && !action.id.starts_with(&record.id);
        // An entry of a list may be a record that only the list knows.
        let entry = |other: &Record| other.file.is_none() && other.sidecar.is_some_and(|told| told.file == file);
        let other = graph.records().get(&action.id).is_some_and(|other| other.id != record.id && !entry(other));
        if !foreign && !other && known.insert(short(&action.id)) {
            own.push(Own { action, open: !action.done && passed.get(short(&action.id)) != Some(&true) });
        }
    }
    own
}

/// The names in the tasks of items, and whether all items that have a name passed.
fn passed(contents: Option<&Contents>) -> FxHashMap<&str, bool> {
    let mut passed: FxHashMap<&str, bool> = FxHashMap::default();
    for item in contents.iter().flat_map(|contents| &contents.items).filter(|item| item.outcome.is_some()) {
        for (_, name) in item.task.iter().flat_map(|task| tokens(&task.text)).filter(|(_, name)| name.contains('-')) {
            *passed.entry(name).or_insert(true) &= item.passed();
        }
    }
    passed
}

/// How many items of its execution a record has, and how many of them have no outcome.
pub fn items(graph: &Graph, record: &Record) -> (usize, usize) {
    let contents = record.file.and_then(|file| graph.contents(file));
    let steps = contents.iter().flat_map(|contents| &contents.items).filter(|item| item.kind == ItemKind::Step);
    let outcomes = steps.filter(|item| !item.optional).filter_map(|item| item.outcome.as_ref());
    outcomes.fold((0, 0), |(all, open), outcome| (all + 1, open + usize::from(outcome.filled.is_open())))
}

/// How much a parent waits for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The child must be closed first.
    Blocking,
    /// It must only be approved.
    Loose,
    /// It does not say.
    Unsaid,
}

/// What a child says of how much its parent waits for it.
pub fn grade<'g>(graph: &'g Graph, child: &Record) -> Option<&'g Spanned> {
    graph.document(child.file?)?.identity.grade.as_ref()
}

/// How much the parent of a child waits for it.
pub fn weight(graph: &Graph, child: &Record) -> Weight {
    let Some(grade) = grade(graph, child) else { return Weight::Unsaid };
    let said = words(&grade.text);
    let has = |list: &[&str]| list.iter().any(|phrase| format!(" {said} ").contains(&format!(" {phrase} ")));
    if has(&["not non blocking", "not nonblocking", "not type 2", "not type ii"]) {
        Weight::Blocking
    } else if has(&["type 2", "type ii", "non blocking", "nonblocking", "not blocking", "no", "false", "2"]) {
        Weight::Loose
    } else if has(&["type 1", "type i", "blocking", "yes", "true", "1", "critical", "major"]) {
        Weight::Blocking
    } else {
        Weight::Unsaid
    }
}

/// The children that a record still waits for.
pub fn children<'g>(graph: &'g Graph, record: &'g Record) -> impl Iterator<Item = &'g Record> {
    let children = record.children.iter().map(|child| graph.records().record(*child)).filter(|child| child.is_open());
    children.filter(|child| !(weight(graph, child) == Weight::Loose && child.is_approved()))
}

/// A record that is to wait for another, as a document says, and the other is not ready.
#[derive(Debug, Clone, Copy)]
pub struct Unready<'g> {
    /// The document that says so.
    pub file: FileId,
    /// What it says.
    pub wait: &'g Wait,
    /// The record that waits.
    pub id: RecordId,
    /// The record that it waits for.
    pub on: RecordId,
}

impl<'g> Unready<'g> {
    /// The status that the other must have reached, in words.
    pub fn needed(&self) -> &'g str {
        self.wait.status.as_ref().map_or(State::Closed.name(), |status| status.text.as_str())
    }
}

/// The records that documents say are to wait for others which are not ready. Each pair is told once, by whichever document
/// says it first.
pub fn unready(graph: &Graph) -> Vec<Unready<'_>> {
    let mut told: BTreeSet<(RecordId, RecordId)> = BTreeSet::new();
    let mut found = Vec::new();
    let files = graph.files().filter(|(_, input)| !input.facts.waits.is_empty());
    for (file, input) in files.filter(|(file, input)| speaks_of_records(graph, *file, input)) {
        for wait in &input.facts.waits {
            let ([id], [on]) = (graph.records().called(&wait.id.text), graph.records().called(&wait.on.text)) else { continue };
            let (one, other) = (graph.records().record(*id), graph.records().record(*on));
            let known = one.state != State::Unknown && other.state != State::Unknown && !one.is_settled();
            let needed = wait.status.as_ref().map_or(State::Closed, |status| State::of(&status.text, other.class));
            if id != on && told.insert((*id, *on)) && known && !has_reached(other.state, needed) {
                found.push(Unready { file, wait, id: *id, on: *on });
            }
        }
    }
    found
}

/// A procedure says what is done in general, and a template nothing at all.
fn speaks_of_records(graph: &Graph, file: FileId, input: &Input) -> bool {
    let kind = input.facts.document.as_ref().map_or(Kind::Other, |document| document.kind);
    let class = graph.records().of_file(file).map(|id| graph.records().record(id).class);
    kind != Kind::Template && class != Some(Class::Procedure)
}

/// Whether a record is as far as it must be, or further. "Approved" may mean any approval.
fn has_reached(state: State, needed: State) -> bool {
    let needed = if needed == State::Approved { State::PreApproved } else { needed };
    state >= needed
}
