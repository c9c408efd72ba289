//! Records and actions that data lists: exports of trackers, sheets of CAPAs, lists in JSON and YAML.
//!
//! What each line tells is one entry, and where its identifier or its kind says what it is, a record that only this list knows.

use super::listed::{self, Columns};
use super::progress::{self, Progress};
use super::{causes, filled, names};
use crate::model::contents::{Contents, Filled};
use crate::model::kept::{Kept, Sidecar};
use crate::model::lifecycle::{Class, family, is_numbered_id};
use crate::model::mention::Mentions;
use crate::model::record::{Action, Details};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::kept::spaced;
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::read::yaml_items::{self, Item, Items};
use crate::source::{Span, Spanned};

/// A longer list was written by no hand.
const MOST: usize = 5_000;

/// Families that stand for nothing else, wherever a list has them.
const FAMILIES: &[&str] = &["CAPA", "NCR", "NCMR", "DEV", "DEVN", "VAR", "OOS", "OOT", "SCAR", "INV", "RCA"];

/// What a list says.
#[derive(Debug, Default)]
pub(in crate::read) struct Register {
    /// Its entries.
    pub contents: Option<Box<Contents>>,
    /// The records that they are.
    pub kept: Option<Box<Kept>>,
}

/// One line of a list, before it is known to be an entry.
struct Entry {
    action: Action,
    kind: Option<Spanned>,
    status: Spanned,
    parent: Option<Spanned>,
}

impl Entry {
    /// What it is, by what it calls itself and by its identifier.
    fn class(&self) -> Option<Class> {
        let told = self.kind.as_ref().and_then(|kind| class(&kind.text));
        told.or_else(|| Class::of_family(family(&self.action.id)).filter(|_| is_numbered_id(&self.action.id)))
    }

    /// The record that it is, where its identifier or its kind says what.
    fn sidecar(&self) -> Sidecar {
        Sidecar {
            id: Spanned { text: self.action.id.clone(), span: self.action.span },
            kind: self.kind.clone(),
            // "Completed" may be a day, which is no status.
            status: Some(self.status.clone())
                .filter(|status| !status.text.is_empty() && names::any_day(&status.text, 0).is_none()),
            parent: self.parent.clone(),
            title: Some(self.action.text.clone()),
            listed: true,
            ..Sidecar::default()
        }
    }
}

/// What an entry is that calls itself so; bugs depart from what was required.
fn class(kind: &str) -> Option<Class> {
    let said = words(kind);
    match said.as_str() {
        "bug" | "defect" | "non conformance" | "non conformity" | "nc" | "problem" => Some(Class::Deviation),
        "action" | "action item" | "corrective" | "preventive" | "correction" => Some(Class::Action),
        _ => Class::in_words(&said),
    }
}

/// Reads a sheet; one that lists something else says nothing.
pub(in crate::read) fn sheet(path: &str, text: &str, grid: &Grid) -> Register {
    if grid.rows.len() > MOST || listed::is_among_data(path) {
        return Register::default();
    }
    let entries: Vec<Entry> = Columns::of(text, grid).map_or_else(Vec::new, |columns| {
        let rows = grid.rows.iter().filter(|row| row.cells.len() <= columns.names.len());
        rows.filter_map(|row| line(text, row, &columns)).collect()
    });
    register(path, entries, grid.rows.len(), false)
}

/// One row of a sheet as an entry.
fn line(text: &str, row: &GridRow, columns: &Columns) -> Option<Entry> {
    const IDS: &[&str] =
        &["issue key", "key", "id", "capa", "capa id", "capa no", "number", "no", "record", "record id", "ref", "nc", "ncr"];
    const WHAT: &[&str] =
        &["summary", "title", "description", "action", "subject", "name", "issue", "finding", "deviation", "problem"];
    let at = columns.named(IDS).unwrap_or(0);
    let cell = |at: usize| row.cells.get(at).map(|span| inline::spanned(text, *span)).filter(|cell| !cell.text.is_empty());
    let id = cell(at)?;
    identifier::leading(&id.text, false).filter(|(_, end)| *end == id.text.len())?;
    let what = columns.named(WHAT).or_else(|| columns.what(&[])).filter(|what| *what != at)?;
    let status = *row.cells.get(columns.status)?;
    let mut action = listed::action(text, row, columns, what)?;
    action.id.clone_from(&id.text);
    action.span = id.span;
    Some(Entry {
        action,
        kind: columns.named(&["issue type", "issuetype", "type", "kind", "record type", "category"]).and_then(cell),
        status: inline::spanned(text, status),
        parent: columns.named(&["parent", "parent id", "parent key", "parent record", "parent link"]).and_then(cell),
    })
}

/// Reads a list in YAML or JSON; anything else says nothing.
pub(in crate::read) fn data(path: &str, items: &Items) -> Register {
    if listed::is_among_data(path) {
        return Register::default();
    }
    // What is no YAML may have lost half of its entries: that is told where it is known to be a list of such.
    if items.items.len() > MOST || !items.problems.is_empty() {
        return Register::default();
    }
    // What stands within another item is a part of it.
    let whole: Vec<&Item> = top(&items.items);
    let entries: Vec<Entry> = whole.iter().filter_map(|item| entry(item)).collect();
    // The key above says what is listed as well as the name of the file.
    let keyed = whole.iter().all(|item| item.under.last().is_some_and(|key| listed::is_list_of_records(&key_words(key))));
    register(path, entries, whole.len(), keyed)
}

/// The actions that one record of data lists.
pub(in crate::read) fn actions(path: &str, text: &str) -> Option<Box<Contents>> {
    const LISTS: &[&str] =
        &["actions", "action items", "capas", "capa", "corrective actions", "preventive actions", "measures", "action plan"];
    let folded = text.to_lowercase();
    if !["action", "capa", "measure"].iter().any(|word| folded.contains(word)) {
        return None;
    }
    let items = yaml_items::items(text, path);
    let below = |item: &&Item| item.under.last().is_some_and(|key| LISTS.contains(&key_words(key).as_str()));
    let listed: Vec<Action> = items.items.iter().filter(below).filter_map(entry).map(|entry| entry.action).collect();
    (!listed.is_empty()).then(|| Box::new(Contents { actions: listed, ..Contents::default() }))
}

/// Items that stand within no other.
fn top(items: &[Item]) -> Vec<&Item> {
    let mut end = 0;
    let mut found = Vec::new();
    for item in items {
        if item.block.start >= end || found.is_empty() {
            end = item.block.end();
            found.push(item);
        }
    }
    found
}

fn key_words(key: &str) -> String {
    words(&spaced(key))
}

/// One item of data as an entry.
fn entry(item: &Item) -> Option<Entry> {
    let field = |list: &[&str]| {
        let named = item.fields.iter().find(|(key, _)| list.contains(&key_words(key).as_str()));
        named.and_then(|(_, values)| values.first()).filter(|value| !value.text.is_empty()).cloned()
    };
    let id = item.id.clone();
    identifier::leading(&id.text, false).filter(|(_, end)| *end == id.text.len())?;
    let what = field(&["description", "title", "summary", "text", "action", "name"])?;
    let status = field(&["status", "state", "outcome", "result", "completed", "progress"]);
    let progress = status.as_ref().map_or(Progress::Unsaid, |status| progress::of(&status.text));
    let kind = field(&["type", "kind", "record type", "category", "issue type"]);
    let due = field(&["due", "due date", "target date", "deadline", "target"]);
    let named = item.under.last().and_then(|key| causes::kind(key));
    let action = Action {
        id: id.text,
        span: id.span,
        done: progress == Progress::Done,
        pending: progress == Progress::Pending,
        ids: Mentions::new(),
        level: None,
        evidence: false,
        kind: kind.as_ref().and_then(|kind| causes::kind(&kind.text)).or(named),
        details: Box::new(Details {
            owner: field(&["owner", "responsible", "assignee", "assigned to"]),
            due: due.and_then(|due| Some(names::any_day(&due.text, 0)?.text).map(|text| Spanned { text, span: due.span })),
            cause: field(&["cause", "root cause", "addresses"]),
            outcome: status.as_ref().map(|status| filled::filled(&status.text)).filter(|filled| *filled == Filled::Form),
            ..Details::default()
        }),
        text: what,
    };
    let end = item.block.end() as usize;
    Some(Entry {
        status: status.unwrap_or(Spanned { text: String::new(), span: Span::new(end, end) }),
        action,
        kind,
        parent: field(&["parent", "parent id", "parent record", "parent key"]),
    })
}

/// A list of entries, where most of what it lists are such.
fn register(path: &str, entries: Vec<Entry>, all: usize, keyed: bool) -> Register {
    let called = listed::called(path);
    let certain = |entry: &Entry| {
        let own = FAMILIES.contains(&family(&entry.action.id)) && is_numbered_id(&entry.action.id);
        own || entry.kind.as_ref().is_some_and(|kind| class(&kind.text).is_some_and(Class::is_executed))
    };
    let meant: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.class().is_some_and(Class::is_executed))
        .filter(|entry| keyed || called.is_some() || listed::lists_records(path) || certain(entry) || entry.parent.is_some())
        .collect();
    let told = meant.iter().filter(|entry| !entry.status.text.is_empty()).count();
    // An export of a tracker has stories and tasks too, each with its kind.
    let typed = meant.iter().all(|entry| entry.kind.is_some());
    if meant.is_empty() || told * 2 < meant.len() || !typed && meant.len() * 2 <= all {
        return Register::default();
    }
    let sidecars = meant.iter().map(Entry::sidecar).collect();
    let acts = |class: Class| matches!(class, Class::Action | Class::Deviation | Class::Investigation);
    let class = called.or_else(|| meant.iter().filter_map(Entry::class).find(|class| acts(*class)));
    let actions: Vec<Action> =
        meant.into_iter().filter(|entry| entry.class().is_some_and(acts)).map(|entry| entry.action).collect();
    let contents = class.filter(|_| !actions.is_empty());
    Register {
        contents: contents.map(|class| Box::new(Contents { actions, log: Some(class), ..Contents::default() })),
        kept: Some(Box::new(Kept { sidecars, ..Kept::default() })),
    }
}
