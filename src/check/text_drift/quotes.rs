//! Where documents quote requirements.

use crate::link::graph::{Found, Graph, ReqId, RowNode};
use crate::model::matrix::Layout;
use crate::model::record::{Document, Kind};
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};
use rustc_hash::FxHashSet;

/// A text that stands for a requirement in another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quote {
    /// The requirement.
    pub requirement: ReqId,
    /// The text.
    pub place: Place,
}

/// Labels of lines that quote a requirement.
const LABELS: &[&str] =
    &["requirement", "requirement text", "requirement statement", "text", "statement", "description", "spec text"];

/// Lines between a heading and the table below it that are looked at.
const MAX_LINES: usize = 40;

/// All quotations of requirements in force, outside of the document that defines them.
pub(super) fn of(graph: &Graph) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut sections = FxHashSet::default();
    for (_, node) in graph.rows() {
        let file = node.fact.file;
        let Some(requirement) = only(graph, node).filter(|id| counts(graph, file, *id)) else { continue };
        let row = graph.row(node);
        let cells = row.title.iter().chain(&row.notes).map(|cell| Place::new(file, cell.span));
        found.extend(cells.map(|place| Quote { requirement, place }));
        let table = graph.table(node);
        if table.layout == Layout::Detail && sections.insert((file, row.table)) {
            let labelled = labelled(graph.input(file).text.as_str(), table.header.start as usize);
            found.extend(labelled.map(|span| Quote { requirement, place: Place::new(file, span) }));
        }
    }
    for (requirement, one) in graph.requirements() {
        for place in one.restated.iter().filter(|place| counts(graph, place.file, requirement)) {
            let definitions = graph.facts(place.file).definitions.iter().filter(|other| other.span == place.span);
            found.extend(definitions.map(|other| Quote { requirement, place: Place::new(place.file, other.text) }));
        }
    }
    found.retain(|quote| obliges(graph.text(quote.place)));
    found.sort_unstable();
    found.dedup();
    found
}

/// The requirement of a row that is about exactly one.
fn only(graph: &Graph, node: &RowNode) -> Option<ReqId> {
    match node.targets.as_slice() {
        [one] if graph.row(node).ids.len() == 1 => match one.found {
            Found::One(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// Whether what a document says of a requirement must be what its definition says.
fn counts(graph: &Graph, file: FileId, id: ReqId) -> bool {
    let one = graph.requirement(id);
    let elsewhere = one.definition.is_some_and(|fact| fact.file != file);
    one.standing == Standing::Active && elsewhere && graph.document(file).is_none_or(is_current)
}

/// Whether a document tells what is the case: no history, no form, nothing that is over.
fn is_current(document: &Document) -> bool {
    let plan = || words(&document.title).split(' ').any(|word| word == "plan");
    match document.kind {
        _ if document.ended => false,
        Kind::Template | Kind::Investigation => false,
        Kind::Record => plan(),
        Kind::Specification | Kind::Matrix | Kind::Other => true,
    }
}

/// A glance: whether a text may state an obligation.
fn obliges(text: &str) -> bool {
    [" shall ", " must ", " should ", " may ", " will ", " can "].iter().any(|verb| text.contains(verb))
}

/// The text behind `**Requirement:**` in the lines above a table, below its heading.
fn labelled(text: &str, header: usize) -> Option<Span> {
    let above = text.get(..header)?;
    let mut end = above.len();
    for line in above.rsplit('\n').take(MAX_LINES) {
        let start = end - line.len();
        if line.starts_with('#') {
            return None;
        }
        let plain = line.trim_start_matches(['*', '_', ' ', '>', '-']);
        if let Some((label, said)) = plain.split_once(':')
            && LABELS.contains(&words(label).as_str())
        {
            let from = start + line.len() - said.len();
            let rest = above.get(from..)?;
            let len = ["\n\n", "\r\n\r\n", "\n|"].iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
            return Some(Span::new(from, from + len));
        }
        end = start.saturating_sub(1);
    }
    None
}

/// What a requirement says in its definition: title and text.
pub(super) fn stated(graph: &Graph, id: ReqId) -> Option<String> {
    let one = graph.requirement(id);
    let (fact, definition) = one.definition.zip(graph.definition(one))?;
    let text = graph.text(Place::new(fact.file, definition.text));
    Some([definition.title.as_str(), "\n\n", text].concat())
}
