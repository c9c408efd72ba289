//! What a record plans and touches: the tests of its plan and what became of each, the files and documents that it names as
//! affected or modified.

use super::{At, Chain, Item, Section, told};
use crate::finding::Finding;
use crate::link::graph::{Graph, TestId};
use crate::link::plans::{Fate, Planned};
use crate::link::records::{Record, RecordId, Told};
use crate::model::contents::Affected;
use crate::model::stated::Stated;
use crate::source::{FileId, Place, Spanned};
use std::collections::BTreeMap;

/// The tests that a record plans, each with what became of it.
pub(super) fn tests(graph: &Graph, id: RecordId) -> Vec<Item> {
    let one = graph.records().record(id);
    if let Some(plan) = graph.plans.iter().find(|plan| plan.record == id) {
        let item = |test: &Planned| {
            let (told, shown) = fate(graph, test);
            Item::at(graph, test.place, format!("{}: {told}", test.name)).with(shown)
        };
        return plan.tests.iter().map(item).collect();
    }
    // What is not due yet, nobody has looked for.
    let Some((file, contents)) = one.file.and_then(|file| Some((file, graph.contents(file)?))) else { return Vec::new() };
    contents.planned.iter().map(|name| Item::at(graph, Place::new(file, name.span), format!("{}: planned", name.text))).collect()
}

/// The records whose plans have a test of this name, or one that became the test.
pub(super) fn planning(graph: &Graph, name: &str, test: Option<TestId>) -> Vec<Item> {
    let means = |one: &Planned| match &one.fate {
        Fate::Exists(id) => Some(*id) == test,
        Fate::Renamed(other, _) => other == name || one.name == name,
        _ => one.name == name,
    };
    let mut items = Vec::new();
    for plan in &graph.plans {
        let id = &graph.records().record(plan.record).id;
        let planned = plan.tests.iter().filter(|one| means(one));
        items.extend(planned.map(|one| Item::at(graph, one.place, format!("{id} plans {}: {}", one.name, fate(graph, one).0))));
    }
    // Of what is not due yet nobody has looked for the tests.
    for (_, record) in graph.records().iter().filter(|(id, _)| graph.plans.iter().all(|plan| plan.record != *id)) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        let named = contents.planned.iter().filter(|one| one.text == name);
        items.extend(named.map(|one| Item::at(graph, Place::new(file, one.span), format!("{} plans {name}", record.id))));
    }
    items
}

/// A test that plans name and that was not found.
pub(super) fn chain(graph: &Graph, findings: &[Finding], name: &str) -> Option<Chain> {
    let plans = planning(graph, name, None);
    let about =
        told(graph, findings.iter().filter(|finding| finding.subject == name || finding.message.contains(&format!("`{name}`"))));
    let known = Item::new("no test that was found is called so; records plan it");
    let sections = vec![Section { heading: "test", items: vec![known] }, Section { heading: "planned by", items: plans }, about];
    let planned = sections.get(1).is_some_and(|plans| !plans.items.is_empty());
    planned.then(|| Chain { kind: "planned test", name: name.to_owned(), namespace: None, place: None::<At>, sections })
}

/// What a document states of records, with what each of them says of itself.
pub(super) fn stated(graph: &Graph, file: FileId) -> Vec<Item> {
    let item = |one: &Stated| {
        let said = |what: &str, told: &Option<Spanned>| told.as_ref().map(|told| format!("{what} {}", told.text));
        let parts = [said("status", &one.status), said("approval", &one.approval), said("version", &one.version)];
        let text = format!("{}: {}", one.id.text, parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        let own = graph.records().named(graph, file, &one.id.text);
        let own = own.map(|own| {
            let told = |told: &Option<Told>, what: &str| told.as_ref().map(|told| format!("{what} {}", told.text));
            let parts = [told(&own.status, "status"), told(&own.version, "version")];
            let says = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let text = if says.is_empty() { format!("{} tells neither", own.id) } else { format!("{} has the {says}", own.id) };
            own.place().map_or_else(|| Item::new(text.clone()), |place| Item::at(graph, place, text.clone()))
        });
        Item::at(graph, Place::new(file, one.id.span), text).with(own.into_iter().collect())
    };
    graph.facts(file).stated.iter().map(item).collect()
}

/// What became of a planned test, in words, and where that is shown.
pub(super) fn fate(graph: &Graph, test: &Planned) -> (String, Vec<Item>) {
    let at = |text: &str, place: Place| vec![Item::at(graph, place, text.to_owned())];
    let (told, shown) = match &test.fate {
        Fate::Exists(id) => ("exists".to_owned(), at("the test", graph.test_place(*id))),
        Fate::Told(place) => ("exists, as a matrix or a result tells".to_owned(), at("told here", *place)),
        Fate::Delivered(place) => ("was made, as a record tells".to_owned(), at("told here", *place)),
        Fate::Renamed(name, place) => (format!("was made as {name}, as it seems"), at(name, *place)),
        Fate::Covered(record, place) => {
            let record = graph.records().record(*record);
            (format!("was not made; {} names it", record.id), at(&record.id, *place))
        }
        Fate::Seen(place) => ("its name stands in a file, in no form that is known".to_owned(), at("seen here", *place)),
        Fate::Missing => ("was never delivered".to_owned(), Vec::new()),
        Fate::Absent => ("no test has its name".to_owned(), Vec::new()),
        Fate::Unknown => ("nothing shows whether it was made".to_owned(), Vec::new()),
    };
    (told, shown)
}

/// The files and documents of its scope and of its account, each once.
pub(super) fn touched(graph: &Graph, one: &Record) -> Vec<Item> {
    let Some((file, contents)) = one.file.and_then(|file| Some((file, graph.contents(file)?))) else { return Vec::new() };
    let mut found: BTreeMap<u32, (&Affected, bool, bool)> = BTreeMap::new();
    let named = contents.affected.iter().map(|one| (one, false)).chain(contents.modified.iter().map(|one| (one, true)));
    for (affected, modified) in named {
        let known = found.values_mut().find(|(other, ..)| other.name.text == affected.name.text);
        match known {
            Some((_, scope, account)) => (*scope, *account) = (*scope || !modified, *account || modified),
            None => drop(found.insert(affected.name.span.start, (affected, !modified, modified))),
        }
    }
    let items = found.into_values().map(|(affected, scope, account)| {
        let what = match (scope, account) {
            (true, true) => "in its scope, and modified",
            (true, false) => "in its scope",
            _ if affected.unauthorised => "modified without authority, by its own words",
            _ => "modified",
        };
        let name = affected.name.text.as_str();
        Item::at(graph, Place::new(file, affected.name.span), format!("{name}: {what}")).with(target(graph, name))
    });
    items.collect()
}

/// The records and other documents that name a file as affected or modified, by its path, the end of it, or a folder that holds it.
pub(super) fn naming(graph: &Graph, path: &str) -> Vec<Item> {
    let ends = |long: &str, short: &str| long == short || long.strip_suffix(short).is_some_and(|front| front.ends_with('/'));
    let means = |name: &str| {
        let whole = name.ends_with('/') && (path.starts_with(name) || path.contains(&format!("/{name}")));
        name.contains(['.', '/']) && (whole || ends(path, name) || ends(name, path))
    };
    let found = graph.files().filter_map(|(file, _)| {
        let contents = graph.contents(file)?;
        let scope = contents.affected.iter().find(|one| means(&one.name.text));
        let account = contents.modified.iter().find(|one| means(&one.name.text));
        let (affected, what) = match (scope, account) {
            (Some(one), Some(_)) => (one, "has it in its scope, and modified it"),
            (Some(one), None) => (one, "has it in its scope"),
            (None, Some(one)) if one.unauthorised => (one, "tells that it was modified without authority"),
            (None, Some(one)) => (one, "modified it"),
            (None, None) => return None,
        };
        Some(Item::at(graph, Place::new(file, affected.name.span), format!("{} {what}", called(graph, file)?)))
    });
    found.collect()
}

/// What a document is called: as the record that it is, or else by its title. A draft beside the document is none of its own.
fn called(graph: &Graph, file: FileId) -> Option<String> {
    match graph.records().of_file(file).map(|id| graph.records().record(id)) {
        Some(one) if one.file == Some(file) => Some(format!("{} ({}, {})", one.id, one.class.name(), one.state.name())),
        Some(_) => None,
        None => Some(graph.document(file).map_or_else(|| graph.path(file), |document| document.title.as_str()).to_owned()),
    }
}

/// The record or the file that a name is that of, where there is just one.
fn target(graph: &Graph, name: &str) -> Vec<Item> {
    if let Some(record) = graph.records().get(name) {
        let text = format!("{} ({}, {})", record.id, record.class.name(), record.state.name());
        return record.place().map(|place| Item::at(graph, place, text)).into_iter().collect();
    }
    let same = |path: &str| path == name || path.strip_suffix(name).is_some_and(|front| front.ends_with('/'));
    let mut files = graph.files().filter(|(_, input)| same(&input.path)).map(|(file, _)| file);
    let only: Option<FileId> = files.next().filter(|_| files.next().is_none());
    only.map(|file| Item::at(graph, Place { file, ..Place::default() }, "the file")).into_iter().collect()
}
