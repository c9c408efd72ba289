//! An action of a record: what is to be done, by whom, what came of it, and what it is about.

use super::{At, Chain, Item, Section, record, requirement, told};
use crate::finding::Finding;
use crate::link::contents::Names;
use crate::link::graph::{ActionId, Found, Graph, index};
use crate::link::records::Record;
use crate::model::lifecycle::Class;
use crate::model::record::{Action, ActionKind};
use crate::source::{FileId, Place, Spanned};
use std::collections::BTreeSet;

/// The chains of the actions of a name.
pub(super) fn chains(graph: &Graph, findings: &[Finding], name: &str) -> Vec<Chain> {
    called(graph, name).into_iter().map(|(file, action, id)| chain(graph, findings, file, action, id)).collect()
}

/// The actions of a name: `INV-008-CAPA-003`, `INV-008/CAPA-3`, or `CAPA-003` of whichever records, with their documents.
pub(super) fn called<'g>(graph: &'g Graph, name: &str) -> Vec<(FileId, &'g Action, Option<ActionId>)> {
    let wanted = canonical(name);
    if !wanted.contains('-') {
        return Vec::new();
    }
    let is_called = |file: FileId, action: &Action| {
        let own = canonical(&action.id);
        let record = owner(graph, file).map_or_else(String::new, |one| canonical(&one.id));
        let short = own.strip_prefix(&record).map_or(own.as_str(), |rest| rest.trim_start_matches('-'));
        own == wanted || short == wanted || wanted == format!("{record}-{short}")
    };
    let linked =
        graph.actions.iter().enumerate().map(|(at, node)| (node.fact.file, graph.action(node.fact), Some(ActionId(index(at)))));
    let listed = graph.files().filter_map(|(file, _)| Some((file, graph.contents(file)?)));
    let listed = listed.flat_map(|(file, contents)| contents.actions.iter().map(move |action| (file, action, None)));
    let called = linked.chain(listed).filter(|(file, action, _)| is_called(*file, action));
    // What a table has stands in headings once more.
    let mut told = BTreeSet::new();
    let called: Vec<_> =
        called.filter(|(file, action, id)| told.insert((*file, canonical(&action.id))) || id.is_some()).collect();
    // A change that carries out the action of another record repeats it.
    let repeats = |file: FileId, action: &Action| {
        owner(graph, file).is_some_and(|one| one.class == Class::Change && !action.id.starts_with(one.id.as_str()))
            && !owner(graph, file).is_some_and(|one| wanted.starts_with(&canonical(&one.id)))
    };
    let home = called.iter().any(|(file, action, _)| !repeats(*file, action));
    called.into_iter().filter(|(file, action, _)| !home || !repeats(*file, action)).collect()
}

/// The record whose document a file is.
fn owner(graph: &Graph, file: FileId) -> Option<&Record> {
    graph.records().of_file(file).map(|id| graph.records().record(id))
}

/// An identifier without case, separators and leading zeros: `CAPA-3` is `CAPA-003`.
pub(super) fn canonical(id: &str) -> String {
    let parts = id.trim().split(['-', '_', '/', ' ']).filter(|part| !part.is_empty());
    let part = |part: &str| {
        let bare = part.trim_start_matches('0');
        if bare.starts_with(|c: char| c.is_ascii_digit()) { bare.to_uppercase() } else { part.to_uppercase() }
    };
    parts.map(part).collect::<Vec<_>>().join("-")
}

fn chain(graph: &Graph, findings: &[Finding], file: FileId, action: &Action, id: Option<ActionId>) -> Chain {
    let place = Place::new(file, action.span);
    let one = owner(graph, file);
    let about = |finding: &&Finding| {
        let here = |place: Place| place.file == file && (place.span == action.span || place.span == action.text.span);
        here(finding.place) || finding.related.iter().any(|related| here(related.place))
    };
    let sections = vec![
        Section { heading: "action", items: facts(graph, file, action, id) },
        Section {
            heading: "record",
            items: graph.records().of_file(file).map(|id| record::relative(graph, id, None)).into_iter().collect(),
        },
        Section { heading: "requirements", items: id.map_or_else(Vec::new, |id| requirements(graph, id)) },
        Section { heading: "demands", items: demands(graph, file, action) },
        Section { heading: "repeated", items: id.map_or_else(Vec::new, |id| repeated(graph, id)) },
        Section { heading: "named by", items: one.map_or_else(Vec::new, |one| naming(graph, one, action)) },
        told(graph, findings.iter().filter(about)),
    ];
    Chain { kind: "action", name: action.id.clone(), namespace: None, place: Some(At::new(graph, place)), sections }
}

fn facts(graph: &Graph, file: FileId, action: &Action, id: Option<ActionId>) -> Vec<Item> {
    let open = id.map_or(!action.done, |id| graph.action_node(id).open);
    let kind = match action.kind {
        Some(ActionKind::Corrective) => "corrective, ",
        Some(ActionKind::Preventive) => "preventive, ",
        None => "",
    };
    let state = format!("{kind}{}", if open { "open: no outcome is recorded" } else { "done" });
    let details = &action.details;
    let said = |what: &str, said: &Option<Spanned>| {
        said.as_ref().map(|said| Item::at(graph, Place::new(file, said.span), format!("{what}: {}", said.text)))
    };
    let verified = details.verified.as_ref().filter(|field| !field.filled.is_open());
    let verified = verified.map(|field| Item::at(graph, Place::new(file, field.span), format!("verified by: {}", field.text)));
    let text = Item::at(graph, Place::new(file, action.text.span), action.text.text.clone());
    let more = [
        said("against", &details.cause),
        said("owner", &details.owner),
        said("due", &details.due),
        said("what was done", &details.done),
        verified,
    ];
    [text, Item::new(state)].into_iter().chain(more.into_iter().flatten()).collect()
}

/// The requirements that it names.
fn requirements(graph: &Graph, id: ActionId) -> Vec<Item> {
    let named = graph.action_node(id).targets.iter().map(|target| match &target.found {
        Found::One(of) => {
            let one = graph.requirement(*of);
            let doubt = if one.suspects.contains(&id) { ", whose evidence it puts in doubt" } else { "" };
            Some(Item::at(graph, one.place, format!("{}{doubt}", requirement::title(one))))
        }
        Found::Missing => Some(Item::new(format!("{}, which nothing defines", target.id))),
        Found::Ambiguous(_) => Some(Item::new(format!("{}, which several specifications define", target.id))),
        Found::Foreign => None,
    });
    named.flatten().collect()
}

/// The requirements of which it demands a level, by itself or together with another action of its record.
fn demands(graph: &Graph, file: FileId, action: &Action) -> Vec<Item> {
    let place = Place::new(file, action.text.span);
    let mut items = Vec::new();
    for one in &graph.requirements {
        for demand in one.demands.iter().filter(|demand| demand.places.iter().any(|(at, _)| *at == place)) {
            let what = demand.level.map_or_else(String::new, |level| format!("a test of level {} of ", level.name()));
            items.push(Item::at(graph, one.place, format!("{what}{}", requirement::title(one))));
        }
    }
    items
}

/// The same action in other documents.
fn repeated(graph: &Graph, id: ActionId) -> Vec<Item> {
    let others = graph.action_node(id).repeated.iter();
    others.map(|fact| Item::at(graph, Place::new(fact.file, graph.action(*fact).span), graph.action(*fact).id.clone())).collect()
}

/// The records that name it together with its record.
fn naming(graph: &Graph, owner: &Record, action: &Action) -> Vec<Item> {
    let names: Names<'_> = graph.names_in(|one| one.id != owner.id, |name| name.contains(['-', '_']));
    names.of_action(owner, &action.id).map(|id| record::relative(graph, id, None)).collect()
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn a_number_is_the_same_with_and_without_zeros() {
        for (one, other) in [
            ("INV-008/CAPA-1", "INV-8-CAPA-001"),
            ("capa-003", "CAPA-3"),
            ("CAPA-1a", "CAPA-01A"),
            ("INV-008 CAPA-1", "INV_008_CAPA_1"),
        ] {
            assert_eq!(canonical(one), canonical(other));
        }
        assert_ne!(canonical("CAPA-1"), canonical("CAPA-10"));
        assert_ne!(canonical("CAPA-0"), canonical("CAPA-"));
    }
}
