//! Names that nothing links and that stand in texts all the same: in a form that no reader takes.

use super::lost;
use crate::check::families::by_family;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// More places than this are only counted.
const SHOWN: usize = 4;

/// Requirements that nothing is known to verify, and that tests or tables of tests name: one finding a file.
pub(super) fn traces(graph: &Graph) -> Vec<Finding> {
    let seen = graph.sightings.verified.iter().map(|(id, place)| (graph.requirement(*id).id.as_str(), *place));
    // Of a matrix that was not read at all it is said already.
    let files = by_file(seen).into_iter().filter(|(file, _)| lost::matrix(graph, *file, graph.input(*file)).is_none());
    let findings = files.filter_map(|(file, names)| {
        let (it, its) = if names.len() == 1 { ("it is", "it") } else { ("they are", "them") };
        let message = format!(
            "{} names {} in a form that is not read as a trace, and no row and no marker names {its}: whether {it} verified was not assessed.",
            graph.path(file),
            told(&names, "requirement")
        );
        let help = "Name the requirement in a marker on the test, or give the table a column of identifiers and a column of tests.";
        finding(graph, file, "traces", &names, message, help)
    });
    findings.collect()
}

/// Identifiers that rows or tests name and no specification was read to define: one finding a tree, for one kind of
/// document is not read.
pub(super) fn definitions(graph: &Graph) -> Option<Finding> {
    let names: Names<'_> = graph.sightings.defined.iter().map(|(id, place)| (id.as_str(), *place)).collect();
    let files = by_file(names.iter().map(|(id, place)| (*id, *place)));
    let (file, first) = files.first_key_value()?;
    let (which, lists) = match files.len() {
        1 => (graph.path(*file).to_owned(), "lists"),
        many => (count(many, "document"), "list"),
    };
    let (is, it) = if names.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message = format!(
        "{which} {lists} {}, which rows or tests name and which {is} defined nowhere in a form that is read: what names {it} was not assessed.",
        told(&names, "identifier"),
    );
    let finding = Finding::new(*first.values().min()?, "definitions that were not read", message).label("seen here").help(
        "If these are requirements, name the document under `specifications` in the configuration; if not, correct what names them.",
    );
    let others = files.iter().skip(1).take(SHOWN);
    Some(others.fold(finding.severity(Severity::Warning), |finding, (_, names)| match names.first_key_value() {
        Some((id, place)) => finding.related(*place, format!("{id} here")),
        None => finding,
    }))
}

type Names<'g> = BTreeMap<&'g str, Place>;

fn by_file<'g>(seen: impl Iterator<Item = (&'g str, Place)>) -> BTreeMap<FileId, Names<'g>> {
    let mut files: BTreeMap<FileId, Names<'g>> = BTreeMap::new();
    for (name, place) in seen {
        files.entry(place.file).or_default().insert(name, place);
    }
    files
}

fn told(names: &Names<'_>, what: &str) -> String {
    let ids: Vec<&str> = names.keys().copied().collect();
    match ids.as_slice() {
        [only] => (*only).to_owned(),
        _ => format!("{} ({})", count(ids.len(), what), by_family(&ids)),
    }
}

fn finding(graph: &Graph, file: FileId, kind: &str, names: &Names<'_>, message: String, help: &str) -> Option<Finding> {
    let mut places: Vec<Place> = names.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let (first, others) = places.split_first()?;
    let found = Finding::new(*first, format!("{} {kind}", graph.path(file)), message).label("seen here").help(help.to_owned());
    Some(others.iter().take(SHOWN).fold(found.severity(Severity::Warning), |found, place| found.related(*place, "and here")))
}
