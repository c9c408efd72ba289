//! Identifiers that differ from those of the specification only in a dash that looks the same: the link is made, and the
//! document that writes them so is told.

use super::{DASH, SHOWN};
use crate::check::support::{count, listed};
use crate::finding::Finding;
use crate::link::folded;
use crate::link::graph::{Found, Graph, ReqId, Target};
use crate::model::test_case::Verb;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// What rows and markers name with another dash than the specification, and the requirement that each means.
fn all(graph: &Graph) -> impl Iterator<Item = (FileId, &Target, ReqId)> {
    let rows = graph.rows.iter().flat_map(|row| row.targets.iter().chain(&row.related).map(|target| (row.fact.file, target)));
    let markers = graph.marked.iter().filter(|(fact, _)| graph.marker(*fact).verb != Verb::Mentions);
    rows.chain(markers.map(|(fact, target)| (fact.file, target))).filter_map(|(file, target)| match target.found {
        Found::One(id) if differs(&target.id, &graph.requirement(id).id) => Some((file, target, id)),
        _ => None,
    })
}

/// Nearly all identifiers are plain, and of two plain ones none has another dash.
fn differs(a: &str, b: &str) -> bool {
    !(a.is_ascii() && b.is_ascii()) && a != b && folded(a) == folded(b)
}

/// Mentions with a dash that only looks like the one of the definition.
pub(super) fn mentions(graph: &Graph) -> impl Iterator<Item = (FileId, &Target, bool, ReqId)> {
    all(graph).filter(|(_, target, _)| !target.id.is_ascii()).map(|(file, target, id)| (file, target, false, id))
}

/// Specifications that write their identifiers with such a dash, while others name them with a plain one.
pub(super) fn definitions(graph: &Graph) -> Vec<Finding> {
    let mut files: BTreeMap<FileId, BTreeMap<ReqId, Place>> = BTreeMap::new();
    for (file, target, id) in all(graph).filter(|(_, target, _)| target.id.is_ascii()) {
        let place = Place::new(file, target.span);
        files.entry(graph.requirement(id).place.file).or_default().entry(id).or_insert(place);
    }
    files.into_iter().filter_map(|(file, ids)| definition(graph, file, &ids)).collect()
}

fn definition(graph: &Graph, file: FileId, ids: &BTreeMap<ReqId, Place>) -> Option<Finding> {
    let (first, place) = ids.first_key_value()?;
    let one = graph.requirement(*first);
    let names: Vec<&str> = ids.keys().map(|id| graph.requirement(*id).id.as_str()).collect();
    let message = format!(
        "{} of {} are written with a dash that only looks like the plain one ({}), and others name them with the plain one.",
        count(ids.len(), "identifier"),
        graph.path(file),
        listed(&names, SHOWN)
    );
    let finding = Finding::new(one.place, format!("{} {DASH}", graph.path(file)), message)
        .label(format!("elsewhere {}", folded(&one.id)))
        .help("Write the identifiers with a plain dash: a search for one kind does not find the other.")
        .about(graph.namespace(one), &one.id)
        .related(*place, "named with a plain dash here");
    Some(ids.keys().skip(1).fold(finding, |finding, id| {
        let one = graph.requirement(*id);
        finding.covers(graph.namespace(one), &one.id)
    }))
}
