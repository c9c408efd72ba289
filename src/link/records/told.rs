//! What sidecars, audit trails, copies and documents tell of records.

use super::found::{of_names, put};
use super::{By, Former, Record, RecordId, Records, Told};
use crate::link::graph::{FactRef, Graph, index};
use crate::model::kept::{Event, Kept};
use crate::model::lifecycle::{Class, State, enclosing};
use crate::read::contents::children;
use crate::read::kept::stem;
use crate::settings::Settings;
use crate::source::{FileId, Place, Spanned};
use rustc_hash::FxHashMap;

/// What files keep of records, in order.
fn kept(graph: &Graph) -> impl Iterator<Item = (FileId, &Kept)> {
    graph.files().filter_map(|(file, input)| Some((file, input.facts.kept.as_deref()?)))
}

/// Of several records of an identifier the one whose files lie nearest to a path, if one does.
fn nearest(graph: &Graph, records: &Records, id: &str, path: &str) -> Option<RecordId> {
    match records.called(id) {
        [] => None,
        [only] => Some(*only),
        several => {
            let shared = |at: &RecordId| {
                let told = records.record(*at).told_in().map_or("", |file| graph.path(file));
                told.split('/').zip(path.split('/')).take_while(|(one, other)| one == other).count()
            };
            let best = several.iter().map(shared).max()?;
            let mut fit = several.iter().filter(|at| shared(at) == best);
            fit.next().copied().filter(|_| fit.next().is_none())
        }
    }
}

fn record_mut(records: &mut Records, at: RecordId) -> Option<&mut Record> {
    records.list.get_mut(at.0 as usize)
}

/// Hands sidecars to their records. One without a document is a record of its own where it says what that is for.
pub(super) fn sidecars(graph: &Graph, settings: &Settings, records: &mut Records) {
    for (file, kept) in kept(graph) {
        for (at, sidecar) in kept.sidecars.iter().enumerate() {
            let fact = FactRef { file, index: index(at) };
            let kind = sidecar.kind.as_ref().map(|kind| kind.text.as_str());
            let class = of_names(&sidecar.id.text, kind, settings);
            let title = || sidecar.title.as_ref().map_or(String::new(), |title| title.text.clone());
            let here = nearest(graph, records, &sidecar.id.text, graph.path(file));
            // A list says what it knows of others: that is compared with what these say of themselves.
            if sidecar.listed && (here.is_some() || !records.called(&sidecar.id.text).is_empty()) {
                continue;
            }
            let known = here.or_else(|| {
                let alone = Record { id: sidecar.id.text.clone(), class: class?, title: title(), ..Record::default() };
                // Several that are equally near are none that it could belong to.
                records.called(&sidecar.id.text).is_empty().then(|| put(records, alone))
            });
            let Some(known) = known else { continue };
            // A list of records is the file of none of them.
            if !sidecar.listed {
                records.by_file.insert(file, known);
            }
            // Data that lists the actions of the only record that it tells of is all that there is of that.
            let alone = !sidecar.listed && graph.contents(file).is_some();
            let Some(record) = record_mut(records, known) else { continue };
            if alone && record.file.is_none() {
                record.file = Some(file);
            }
            record.sidecar.get_or_insert(fact);
            if record.class == Class::Other {
                record.class = class.unwrap_or_default();
            }
            let by = if sidecar.listed { By::List } else { By::Sidecar };
            let told = |one: &Spanned| Told { text: one.text.clone(), place: Place::new(file, one.span), by };
            record.status = record.status.take().or_else(|| sidecar.status.as_ref().map(told));
            record.version = record.version.take().or_else(|| sidecar.version.as_ref().map(told));
            record.parent_told = record.parent_told.take().or_else(|| sidecar.parent.as_ref().map(told));
        }
    }
}

/// Hands the events of audit trails to their records, in the order of the trails.
pub(super) fn trails(graph: &Graph, records: &mut Records) {
    for (file, kept) in kept(graph) {
        let path = graph.path(file);
        let stem = stem(path);
        for (at, event) in kept.events.iter().enumerate() {
            let id = event.record.as_deref().unwrap_or(stem);
            let Some(known) = nearest(graph, records, id, path) else { continue };
            records.by_file.entry(file).or_insert(known);
            if let Some(record) = record_mut(records, known) {
                record.events.push(FactRef { file, index: index(at) });
            }
        }
    }
}

/// Hands the copies of former versions to their records.
pub(super) fn copies(graph: &Graph, records: &mut Records) {
    for (file, kept) in kept(graph) {
        let Some(copy) = &kept.copy else { continue };
        let Some(known) = nearest(graph, records, &copy.id, graph.path(file)) else { continue };
        records.by_file.insert(file, known);
        if let Some(record) = record_mut(records, known) {
            record.former.push(Former { version: copy.version.clone(), file });
        }
    }
    for record in &mut records.list {
        record.former.sort_by(|one, other| numbers(&one.version).cmp(&numbers(&other.version)).then(one.file.cmp(&other.file)));
    }
}

/// The parts of a version as numbers, for their order.
pub(crate) fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Takes status and version from the document, or else from the trail, where no sidecar tells them, and says what they mean.
pub(super) fn settle(graph: &Graph, records: &mut Records) {
    for record in &mut records.list {
        let document = record.file.and_then(|file| Some((file, graph.document(file)?)));
        if let Some((file, document)) = document {
            let told = |one: &Spanned| Told { text: one.text.clone(), place: Place::new(file, one.span), by: By::Document };
            let status = document.identity.status.as_ref().or(document.status.as_ref());
            record.status = record.status.take().or_else(|| status.map(told));
            record.version = record.version.take().or_else(|| document.version.as_ref().map(told));
            record.parent_told = record.parent_told.take().or_else(|| document.identity.parent.as_ref().map(told));
        }
        let last = |picks: &dyn Fn(&Event) -> Option<String>| {
            record.events.iter().rev().find_map(|fact| {
                let event = graph.event(*fact)?;
                Some(Told { text: picks(event)?, place: Place::new(fact.file, event.span), by: By::Trail })
            })
        };
        let (status, version) = (last(&|event| event.to.clone()), last(&|event| event.version.clone()));
        record.status = record.status.take().or(status);
        record.version = record.version.take().or(version);
        record.state = record.status.as_ref().map_or(State::Unknown, |status| State::of(&status.text, record.class));
    }
}

/// Finds parents: what a record says of itself first, then its identifier, then the folder in which it lies.
pub(super) fn families(graph: &Graph, records: &mut Records) {
    let mut found: Vec<Option<(RecordId, Option<Told>)>> = records.iter().map(|(at, _)| parent(graph, records, at)).collect();
    adopt(graph, records, &mut found);
    let mut children: FxHashMap<RecordId, Vec<RecordId>> = FxHashMap::default();
    for (at, found) in found.into_iter().enumerate() {
        let (child, Some((parent, told))) = (RecordId(index(at)), found) else { continue };
        children.entry(parent).or_default().push(child);
        if let Some(record) = record_mut(records, child) {
            record.parent = Some(parent);
            record.parent_told = told.or(record.parent_told.take());
        }
    }
    for (at, record) in records.list.iter_mut().enumerate() {
        record.children = children.remove(&RecordId(index(at))).unwrap_or_default();
    }
}

/// Gives those to their parents of which only these say that they belong to them.
fn adopt(graph: &Graph, records: &Records, found: &mut [Option<(RecordId, Option<Told>)>]) {
    for (parent, record) in records.iter() {
        for name in children_named(graph, record) {
            let Some(file) = record.file else { continue };
            let Some(child) = nearest(graph, records, &name.text, graph.path(file)).filter(|child| *child != parent) else {
                continue;
            };
            // Nobody is the child of its own child, nor of one of those.
            let mut above = Some(parent);
            let mut steps = 0;
            while let Some(at) = above.filter(|at| *at != child && steps < MOST_LEVELS) {
                above = found.get(at.0 as usize).and_then(|found| found.as_ref()).map(|(parent, _)| *parent);
                steps += 1;
            }
            if let Some(slot) = found.get_mut(child.0 as usize).filter(|slot| slot.is_none() && above.is_none()) {
                *slot =
                    Some((parent, Some(Told { text: record.id.clone(), place: Place::new(file, name.span), by: By::Document })));
            }
        }
    }
}

/// More levels of children are a circle.
const MOST_LEVELS: usize = 64;

/// The records that a record says belong to it, in a field at its head or below a heading.
pub fn children_named(graph: &Graph, record: &Record) -> Vec<Spanned> {
    let Some(file) = record.file else { return Vec::new() };
    let field = graph.document(file).and_then(|document| document.identity.children.as_ref());
    let base = |field: &Spanned| field.span.start as usize;
    let mut named: Vec<Spanned> = field.into_iter().flat_map(|field| children::named(&field.text, base(field))).collect();
    named.extend(graph.contents(file).into_iter().flat_map(|contents| contents.children.iter().cloned()));
    named.retain(|name| !name.text.eq_ignore_ascii_case(&record.id));
    named
}

/// The parent of a record, and what says so unless that is known already.
fn parent(graph: &Graph, records: &Records, at: RecordId) -> Option<(RecordId, Option<Told>)> {
    let record = records.record(at);
    let file = record.told_in()?;
    let path = graph.path(file);
    let other = |id: &str| nearest(graph, records, id, path).filter(|found| *found != at);
    if let Some(told) = &record.parent_told {
        let words = told.text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        if let Some(parent) = words.filter(|word| word.len() > 2).find_map(other) {
            return Some((parent, None));
        }
    }
    let here = |text: &str, by: By| Told { text: text.to_owned(), place: Place { file, ..Place::default() }, by };
    if let Some((id, parent)) = enclosing(&record.id).and_then(|id| Some((id, other(id)?))) {
        return Some((parent, Some(here(id, By::Identifier))));
    }
    let document = record.file.map(|file| graph.path(file))?;
    let folder = document.rsplit('/').nth(1)?;
    other(folder).map(|parent| (parent, Some(here(folder, By::Folder))))
}
