//! Names of documents beside identifiers that several of them define: below "SRS Ref" stand those of `SRS.md`, and a
//! marker below "Feature: doors" means that of `specs/doors/`.

use super::alike;
use super::graph::{FactRef, Found, Graph, ReqId, RowNode, Target};
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

/// Of several specifications that define an identifier, the one whose requirement says what the row tells of it: two modules
/// number theirs from one each, and the description beside the number is of one of them.
pub(super) fn narrow_told(graph: &Graph, node: &RowNode, target: &mut Target) {
    let Found::Ambiguous(several) = &target.found else { return };
    let row = graph.row(node);
    let (Some(title), [_]) = (&row.title, row.ids.as_slice()) else { return };
    let tells = |id: &ReqId| {
        let one = graph.requirement(*id);
        let Some(definition) = graph.definition(one) else { return false };
        let said: String = graph.input(one.place.file).text.slice(definition.text).chars().take(TOLD).collect();
        alike::same((&definition.title, &said), (&title.text, ""))
    };
    let told: Vec<ReqId> = several.iter().copied().filter(tells).collect();
    if let [one] = told.as_slice() {
        target.found = Found::One(*one);
    }
}

/// So many characters of a requirement are compared with what a row tells.
const TOLD: usize = 400;

/// So many bytes above a marker belong to the remark in which it stands.
const ABOVE: u32 = 240;

/// Of several specifications that define what a marker names, the one whose folder the remark around it names.
pub(super) fn narrow_marker(graph: &Graph, fact: FactRef, target: &mut Target) {
    let Found::Ambiguous(several) = &target.found else { return };
    let start = target.span.start.saturating_sub(ABOVE) as usize;
    let (text, marker) = (graph.input(fact.file).text.as_str(), graph.marker(fact));
    let from = (start..=target.span.start as usize).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let above = text.get(from..marker.span.end() as usize).unwrap_or("");
    let last = |id: &ReqId| {
        let folder = graph.path(graph.requirement(*id).place.file).rsplit_once('/')?.0.rsplit('/').next()?;
        above.rmatch_indices(folder).map(|(at, _)| at).find(|at| stands_alone(above, *at, folder.len()))
    };
    let nearest = several.iter().filter_map(|id| Some((last(id)?, *id))).max_by_key(|(at, _)| *at);
    if let Some((_, one)) = nearest {
        target.found = Found::One(one);
    }
}

/// Whether no letter, digit or dash joins a piece of text to what stands around it.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = text.as_bytes();
    !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(joins) && !bytes.get(at + length).is_some_and(joins)
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
