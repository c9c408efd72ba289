//! Documents that number themselves and tell their status, and that are no controlled records: what is said of them elsewhere
//! can be held to that all the same.

use super::{By, Record, Told};
use crate::link::graph::{Graph, Input};
use crate::model::lifecycle::{Class, State, is_numbered_id};
use crate::model::record::{Document, Kind};
use crate::source::{FileId, Place, Spanned};
use std::collections::BTreeMap;

/// Such documents by their identifiers in capital letters. Of two of one identifier neither is meant.
pub fn documents(graph: &Graph) -> BTreeMap<String, Record> {
    let mut found: BTreeMap<String, Option<Record>> = BTreeMap::new();
    for (file, input) in graph.files() {
        let Some(record) = input.facts.document.as_ref().and_then(|document| of(graph, file, input, document)) else { continue };
        let id = record.id.to_ascii_uppercase();
        let known = found.contains_key(&id);
        found.insert(id, Some(record).filter(|_| !known));
    }
    found.into_iter().filter_map(|(id, record)| Some((id, record?))).collect()
}

fn of(graph: &Graph, file: FileId, input: &Input, document: &Document) -> Option<Record> {
    if document.kind == Kind::Template || document.ended || graph.records().of_file(file).is_some() {
        return None;
    }
    let field = document.identity.id.as_ref().map(|id| id.text.as_str());
    let id = [field, Some(document.id.as_str())].into_iter().flatten().find(|id| is_numbered_id(id))?;
    // A requirement with a file of its own is no document about something.
    if graph.records().get(id).is_some() || input.facts.definitions.iter().any(|one| one.id.as_str() == id) {
        return None;
    }
    let told = |one: &Spanned| Told { text: one.text.clone(), place: Place::new(file, one.span), by: By::Document };
    let status = document.identity.status.as_ref().or(document.status.as_ref())?;
    Some(Record {
        id: id.to_owned(),
        title: document.title.clone(),
        file: Some(file),
        state: State::of(&status.text, Class::Other),
        status: Some(told(status)),
        version: document.version.as_ref().map(told),
        ..Record::default()
    })
}
