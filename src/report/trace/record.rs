//! A controlled record: its state, its family, what it asks for, and what happened to it.

use super::action::canonical;
use super::{Chain, Item, Section, planned, told};
use crate::finding::Finding;
use crate::link::graph::{ActionId, Found, Graph, index};
use crate::link::records::mentioned::{self, Mention};
use crate::link::records::open::{self, Own};
use crate::link::records::{Record, RecordId, Told};
use crate::model::lifecycle::Class;
use crate::source::{FileId, Place};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// More events than this are only counted: the first and the last of them are shown.
const MOST_EVENTS: usize = 40;

/// Everything about a record.
pub(super) fn chain(graph: &Graph, findings: &[Finding], id: RecordId) -> Chain {
    let one = graph.records().record(id);
    let files: BTreeSet<_> = one.file.into_iter().chain(one.draft).chain(one.sidecar.map(|fact| fact.file)).collect();
    let about = |finding: &&Finding| finding.subject == one.id || files.contains(&finding.place.file);
    let sections = vec![
        Section { heading: "record", items: record(graph, one) },
        Section {
            heading: "parent",
            items: one.parent.map(|parent| relative(graph, parent, one.parent_told.as_ref())).into_iter().collect(),
        },
        Section { heading: "children", items: one.children.iter().map(|child| relative(graph, *child, None)).collect() },
        Section { heading: "actions", items: actions(graph, id) },
        Section { heading: "requirements", items: requirements(graph, id) },
        Section { heading: "planned tests", items: planned::tests(graph, id) },
        Section { heading: "affects", items: planned::touched(graph, one) },
        Section { heading: "states", items: one.file.map_or_else(Vec::new, |file| planned::stated(graph, file)) },
        Section { heading: "names", items: names(graph, id) },
        Section { heading: "mentioned by", items: mentions(graph, id) },
        Section { heading: "former versions", items: former(graph, one) },
        Section { heading: "history", items: history(graph, one) },
        told(graph, findings.iter().filter(about)),
    ];
    let place = one.file.map(|file| Place { file, ..Place::default() }).or(one.place());
    Chain {
        kind: "record",
        name: one.id.clone(),
        place: place.map(|place| super::At::new(graph, place)),
        namespace: None,
        sections,
    }
}

fn record(graph: &Graph, one: &Record) -> Vec<Item> {
    let told = |what: &str, told: &Told| Item::at(graph, told.place, format!("{what}: {} ({})", told.text, told.by.name()));
    let title = if one.title.is_empty() { one.class.name().to_owned() } else { format!("{}: {}", one.class.name(), one.title) };
    let state = Item::new(format!("state: {}", one.state.name()));
    let status = one.status.as_ref().map_or_else(|| Item::new("status: nothing tells it"), |status| told("status", status));
    let version = one.version.as_ref().map(|version| told("version", version));
    let draft = one.draft.map(|file| Item::at(graph, Place { file, ..Place::default() }, "a draft lies beside it"));
    [Item::new(title), status, state].into_iter().chain(version).chain(draft).collect()
}

/// Another record of the family, in a line.
pub(super) fn relative(graph: &Graph, id: RecordId, told: Option<&Told>) -> Item {
    let one = graph.records().record(id);
    let by = told.map_or(String::new(), |told| format!(" (by its {})", told.by.name()));
    let title = if one.title.is_empty() { String::new() } else { format!(": {}", one.title) };
    let text = format!("{} ({}, {}){title}{by}", one.id, one.class.name(), one.state.name());
    match one.place() {
        Some(place) => Item::at(graph, place, text),
        None => Item::new(text),
    }
}

/// The actions that the record holds, each with the requirements that it names. A change that carries out the actions of another
/// record repeats them in a table; they stand among what it names.
fn actions(graph: &Graph, id: RecordId) -> Vec<Item> {
    let one = graph.records().record(id);
    let carried: FxHashSet<String> = match one.class {
        Class::Change => mentioned::actions(graph, id).into_iter().map(|(_, own, _)| canonical(&own.action.id)).collect(),
        _ => FxHashSet::default(),
    };
    let held = graph.actions.iter().enumerate().filter(|(_, node)| Some(node.fact.file) == one.file);
    held.filter(|(_, node)| !carried.contains(&canonical(&graph.action(node.fact).id)))
        .map(|(at, node)| {
            let action = graph.action(node.fact);
            let state = if node.open { "open" } else { "done" };
            let id = ActionId(index(at));
            let requirement = |found: &Found| match found {
                Found::One(id) => Some(graph.requirement(*id)),
                _ => None,
            };
            let named = node.targets.iter().filter_map(|target| requirement(&target.found)).map(|one| {
                let doubt = if one.suspects.contains(&id) { ", whose evidence it puts in doubt" } else { "" };
                Item::at(graph, one.place, format!("names {}{doubt}", super::requirement::title(one)))
            });
            let place = Place::new(node.fact.file, action.span);
            Item::at(graph, place, format!("{} ({state}): {}", action.id, action.text.text)).with(named.collect())
        })
        .chain(listed(graph, one))
        .collect()
}

/// The actions that stand in its headings and lists, where no table has them.
fn listed<'g>(graph: &'g Graph, one: &'g Record) -> impl Iterator<Item = Item> {
    let own = one.file.map(|file| (file, open::actions(graph, one, file)));
    own.into_iter().flat_map(move |(file, own)| {
        let table = &graph.facts(file).actions;
        let own = own.into_iter().filter(|own| !table.iter().any(|action| action.span == own.action.span));
        own.map(move |Own { action, open }| {
            let state = if open { "open" } else { "done" };
            Item::at(graph, Place::new(file, action.span), format!("{} ({state}): {}", action.id, action.text.text))
        })
    })
}

/// The requirements that its text names.
fn requirements(graph: &Graph, id: RecordId) -> Vec<Item> {
    let named = mentioned::requirements(graph, id);
    named
        .into_iter()
        .map(|(requirement, place)| Item::at(graph, place, super::requirement::title(graph.requirement(requirement))))
        .collect()
}

/// The actions of a document that name a record.
fn asking(graph: &Graph, file: FileId, id: &str) -> Vec<Item> {
    let held = graph.actions.iter().filter(|node| node.fact.file == file).map(|node| (node, graph.action(node.fact)));
    held.filter(|(_, action)| action.text.text.contains(id))
        .map(|(node, action)| {
            let state = if node.open { "open" } else { "done" };
            Item::at(graph, Place::new(file, action.span), format!("{} ({state}): {}", action.id, action.text.text))
        })
        .collect()
}

/// The other records that it names, and their actions.
fn names(graph: &Graph, id: RecordId) -> Vec<Item> {
    let records = mentioned::by(graph, id).into_iter().map(|(other, place)| {
        let other = graph.records().record(other);
        Item::at(graph, place, format!("{} ({}, {})", other.id, other.class.name(), other.state.name()))
    });
    let actions = mentioned::actions(graph, id).into_iter().map(|(owner, own, place)| {
        let state = if own.open { "open" } else { "done" };
        let owner = &graph.records().record(owner).id;
        Item::at(graph, place, format!("{} of {owner} ({state}): {}", own.action.id, own.action.text.text))
    });
    records.chain(actions).collect()
}

/// The documents that name it.
fn mentions(graph: &Graph, id: RecordId) -> Vec<Item> {
    let name = graph.records().record(id).id.as_str();
    mentioned::of(graph, id)
        .into_iter()
        .map(|Mention { file, first, count }| {
            let what = match graph.records().of_file(file) {
                Some(record) => graph.records().record(record).id.clone(),
                None => graph.document(file).map_or_else(String::new, |document| document.title.clone()),
            };
            let times = super::visible::count(count, "time");
            Item::at(graph, Place::new(file, first), format!("{what}, {times}")).with(asking(graph, file, name))
        })
        .collect()
}

fn former(graph: &Graph, one: &Record) -> Vec<Item> {
    one.former
        .iter()
        .map(|former| Item::at(graph, Place { file: former.file, ..Place::default() }, format!("version {}", former.version)))
        .collect()
}

fn history(graph: &Graph, one: &Record) -> Vec<Item> {
    let events: Vec<Item> = graph
        .events(one)
        .map(|(place, event)| {
            let who = if event.user.is_empty() { String::new() } else { format!(" by {}", event.user) };
            let version = event.version.as_ref().map_or(String::new(), |version| format!(", v{version}"));
            let change = match (&event.from, &event.to) {
                (Some(from), Some(to)) => format!(": {from} → {to}"),
                (None, Some(to)) => format!(": {to}"),
                _ => String::new(),
            };
            Item::at(graph, place, format!("{} {}{change}{who}{version}", event.written, event.name))
        })
        .collect();
    if events.len() <= MOST_EVENTS {
        return events;
    }
    let left = events.len() - MOST_EVENTS;
    let mut shown: Vec<Item> = Vec::new();
    for (at, event) in events.into_iter().enumerate() {
        if at == MOST_EVENTS / 2 {
            shown.push(Item::new(format!("… {left} more …")));
        }
        if at < MOST_EVENTS / 2 || at >= MOST_EVENTS / 2 + left {
            shown.push(event);
        }
    }
    shown
}
