//! Columns that name the document of their identifiers: below "SRS Ref" stand those of `SRS.md`.

use super::graph::{Found, Graph, ReqId, RowNode, Target};
use crate::model::vocabulary::words;
use crate::read::grammar::row;

/// Words of a header that name no document.
const GENERIC: &[&str] =
    &["id", "ids", "ref", "reference", "req", "reqs", "requirement", "requirements", "no", "number", "trace"];

/// Of several specifications that define an identifier, the one that the header of its column names.
pub(super) fn narrow(graph: &Graph, node: &RowNode, target: &mut Target) {
    let Found::Ambiguous(several) = &target.found else { return };
    let Some(header) = header(graph, node, target) else { return };
    let named: Vec<ReqId> = several.iter().copied().filter(|id| is_named(graph, *id, &header)).collect();
    if let [one] = named.as_slice() {
        target.found = Found::One(*one);
    }
}

/// The name of the column in which an identifier stands, where the row and its header are lines of a table.
fn header(graph: &Graph, node: &RowNode, target: &Target) -> Option<String> {
    let text = &graph.input(node.fact.file).text;
    let cells = |span: crate::source::Span| row::cells(text.slice(span), span.start as usize);
    let at = cells(graph.row(node).span).iter().position(|cell| cell.contains(target.span))?;
    let name = *cells(graph.table(node).header).get(at)?;
    Some(words(text.slice(name)))
}

/// Whether a header has the name of the document that defines a requirement, or the last part of its identifier.
fn is_named(graph: &Graph, id: ReqId, header: &str) -> bool {
    let file = graph.requirement(id).place.file;
    let path = graph.path(file);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = words(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let document = graph.document(file).map(|document| words(&document.id)).unwrap_or_default();
    let last = document.rsplit(' ').next().unwrap_or("");
    header
        .split(' ')
        .filter(|word| !GENERIC.contains(word))
        .any(|word| word == stem || word == last || stem.ends_with(&format!(" {word}")))
}
