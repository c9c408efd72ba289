//! Requirements that are named in a way that does not tell which one is verified.

use crate::check::naming::ambiguous;
use crate::check::owed::{Debt, Owed};
use crate::check::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId};
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// More places than this are only counted.
const SHOWN: usize = 4;

/// Files that name requirements by an identifier that several specifications define, where it matters
/// which one is meant: one of them has no other verification.
pub(super) fn report(graph: &Graph, owed: &Owed, findings: &mut Vec<Finding>) {
    let mut files: BTreeMap<FileId, BTreeMap<&str, (Place, &[ReqId])>> = BTreeMap::new();
    for (file, ids, target) in ambiguous(graph) {
        if ids.iter().any(|id| owed.of(*id) == Debt::Unclear) {
            files.entry(file).or_default().entry(&target.id).or_insert((Place::new(file, target.span), ids));
        }
    }
    // Markers of many files lack the same: it is told once, at the first of them.
    let (rows, markers): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(file, _)| !graph.facts(*file).rows.is_empty());
    let mut all: BTreeMap<&str, (Place, &[ReqId])> = BTreeMap::new();
    let (first, more) = (markers.keys().next().copied(), markers.len().saturating_sub(1));
    for (id, at) in markers.into_values().flatten() {
        all.entry(id).or_insert(at);
    }
    for (file, named) in rows.into_iter().chain(first.map(|file| (file, all))) {
        let others = if Some(file) == first && more > 0 { format!(" and {}", count(more, "more file")) } else { String::new() };
        let Some((place, several)) = named.values().min_by_key(|(place, _)| *place) else { continue };
        let first = graph.text(*place);
        let ids: Vec<&str> = named.keys().copied().collect();
        let path = graph.path(file);
        let (verb, it) = if others.is_empty() { ("names", "it does") } else { ("name", "they do") };
        let named = match ids.as_slice() {
            [id] => format!("{id}, which {} specifications define", several.len()),
            _ => format!("{} that several specifications define ({})", count(ids.len(), "identifier"), listed(&ids, 4)),
        };
        let message = format!("{path}{others} {verb} {named}: {it} not say which one is verified.");
        let mut finding = Finding::new(*place, path, message)
            .label(format!("{} specifications define {first}", several.len()))
            .help("Give each requirement an identifier of its own, or keep the matrix and the tests in the folder of their specification.")
            .severity(Severity::Warning);
        for id in several.iter().take(SHOWN) {
            finding = finding.related(graph.requirement(*id).place, "one of those that it may mean");
        }
        findings.push(finding);
    }
}
