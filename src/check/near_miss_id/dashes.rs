//! Identifiers that differ from those of the specification only in a dash that looks the same: the link is made, and the
//! document that writes them so is told.

use super::{DASH, SHOWN};
use crate::check::support::{count, listed};
use crate::finding::Finding;
use crate::link::folded;
use crate::link::graph::{Found, Graph, ReqId, Target};
use crate::model::test_case::Verb;
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What is named with another dash than the specification, and the requirement that is meant.
struct Named<'g> {
    file: FileId,
    id: &'g str,
    span: Span,
    meant: ReqId,
}

fn all(graph: &Graph) -> Vec<Named<'_>> {
    // Nearly all specifications are plain, and then only what is not plain itself has another dash.
    let odd = graph.requirements.iter().any(|one| !one.id.is_ascii());
    let may = |target: &Target| odd || !target.id.is_ascii();
    let rows = graph.rows.iter().flat_map(|row| row.targets.iter().chain(&row.related).map(|target| (row.fact.file, target)));
    let markers = graph.marked.iter().filter(|(_, target)| may(target));
    let markers = markers.filter(|(fact, _)| graph.marker(*fact).verb != Verb::Mentions);
    let linked = rows.chain(markers.map(|(fact, target)| (fact.file, target))).filter_map(|(file, target)| match target.found {
        Found::One(meant) => Some(Named { file, id: &target.id, span: target.span, meant }),
        _ => None,
    });
    let linked = linked.filter(|named| differs(named.id, &graph.requirement(named.meant).id));
    linked.chain(between_levels(graph)).collect()
}

/// What requirements refine or are allocated to, of which the graph keeps only where it leads.
fn between_levels(graph: &Graph) -> Vec<Named<'_>> {
    let odd = graph.requirements().filter(|(_, one)| folded(&one.id) != one.id.as_str());
    let odd: FxHashMap<String, ReqId> = odd.map(|(id, one)| (folded(&one.id).into_owned(), id)).collect();
    if odd.is_empty() {
        return Vec::new();
    }
    let plain: FxHashSet<&str> = graph.requirements.iter().map(|one| one.id.as_str()).collect();
    let mentions = graph.files().flat_map(|(file, input)| {
        let allocated = input.facts.allocations.iter().flat_map(|(above, below)| above.iter().chain(below));
        let refined = input.facts.definitions.iter().flat_map(|one| &one.parents);
        allocated.chain(refined).filter_map(move |mention| Some((file, mention.id()?, mention.span)))
    });
    let named = mentions.filter(|(_, id, _)| !plain.contains(id));
    named.filter_map(|(file, id, span)| Some(Named { file, id, span, meant: *odd.get(id)? })).collect()
}

/// Nearly all identifiers are plain, and of two plain ones none has another dash.
fn differs(a: &str, b: &str) -> bool {
    !(a.is_ascii() && b.is_ascii()) && a != b && folded(a) == folded(b)
}

/// Mentions with a dash that only looks like the one of the definition.
pub(super) fn mentions(graph: &Graph) -> Vec<(Place, &str, bool, ReqId)> {
    let odd = all(graph).into_iter().filter(|named| !named.id.is_ascii());
    odd.map(|named| (Place::new(named.file, named.span), named.id, false, named.meant)).collect()
}

/// Specifications that write their identifiers with such a dash, while others name them with a plain one.
pub(super) fn definitions(graph: &Graph) -> Vec<Finding> {
    let mut files: BTreeMap<FileId, BTreeMap<ReqId, Place>> = BTreeMap::new();
    for named in all(graph).into_iter().filter(|named| named.id.is_ascii()) {
        let place = Place::new(named.file, named.span);
        files.entry(graph.requirement(named.meant).place.file).or_default().entry(named.meant).or_insert(place);
    }
    files.into_iter().filter_map(|(file, ids)| definition(graph, file, &ids)).collect()
}

fn definition(graph: &Graph, file: FileId, ids: &BTreeMap<ReqId, Place>) -> Option<Finding> {
    let (first, place) = ids.first_key_value()?;
    let one = graph.requirement(*first);
    let names: Vec<&str> = ids.keys().map(|id| graph.requirement(*id).id.as_str()).collect();
    let message = format!(
        "Elsewhere {} of {} {} named with a plain dash, and {} defined with one that only looks like it ({}).",
        count(names.len(), "identifier"),
        graph.path(file),
        if names.len() == 1 { "is" } else { "are" },
        if names.len() == 1 { "is" } else { "are" },
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
