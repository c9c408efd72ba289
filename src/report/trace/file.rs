//! What was read from a file.

use super::{At, Chain, Item, Section, planned, requirement, symbol, told};
use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::model::coverage::CoveredFile;
use crate::report::json::records;
use crate::source::{FileId, Place, Span};
use crate::verdict::role_name;

/// Everything that was read from a file.
pub(super) fn chain(graph: &Graph, findings: &[Finding], id: FileId) -> Chain {
    let (input, facts) = (graph.input(id), graph.facts(id));
    let item = |span: Span, text: String| Item::at(graph, Place::new(id, span), text);
    let sections = vec![
        Section { heading: "file", items: about(graph, id) },
        Section { heading: "changes", items: planned::naming(graph, graph.path(id)) },
        Section {
            heading: "definitions",
            items: facts.definitions.iter().map(|one| item(one.span, format!("{} {}", one.id, one.title))).collect(),
        },
        Section {
            heading: "rows",
            items: graph.rows().filter(|(_, row)| row.fact.file == id).map(|(row, _)| requirement::row(graph, row)).collect(),
        },
        Section { heading: "states", items: planned::stated(graph, id) },
        Section {
            heading: "actions",
            items: facts
                .actions
                .iter()
                .map(|one| item(one.span, format!("{} ({}): {}", one.id, if one.done { "done" } else { "open" }, one.text.text)))
                .collect(),
        },
        Section { heading: "implements", items: symbol::implemented(graph, id) },
        Section { heading: "tests", items: symbol::tests(graph, id, Span::new(0, input.text.as_str().len())) },
        Section {
            heading: "markers",
            items: facts
                .markers
                .iter()
                .map(|one| {
                    item(one.span, format!("names {}", one.ids.iter().map(|id| id.written()).collect::<Vec<_>>().join(", ")))
                })
                .collect(),
        },
        Section {
            heading: "results",
            items: facts.results.iter().map(|one| item(one.span, format!("{}: {}", one.name, one.outcome.name()))).collect(),
        },
        Section { heading: "coverage", items: measured(graph, id) },
        Section {
            heading: "not read",
            items: facts.problems.iter().map(|one| item(one.span, format!("{} {}", one.reason, one.help))).collect(),
        },
        told(graph, findings.iter().filter(|finding| finding.place.file == id)),
    ];
    Chain { kind: "file", name: input.path.clone(), namespace: None, place: None::<At>, sections }
}

/// A file that was not read, or is not there, and that records name as affected or modified.
pub(super) fn named(graph: &Graph, findings: &[Finding], path: &str) -> Option<Chain> {
    let changes = Section { heading: "changes", items: planned::naming(graph, path) };
    let about = told(graph, findings.iter().filter(|finding| finding.subject == path));
    let told = Item::new("no file that was read is called so; records name it");
    let sections = vec![Section { heading: "file", items: vec![told] }, changes, about];
    let known = sections.get(1).is_some_and(|changes| !changes.items.is_empty());
    known.then(|| Chain { kind: "file", name: path.to_owned(), namespace: None, place: None::<At>, sections })
}

/// The files that a coverage file measures.
fn measured(graph: &Graph, id: FileId) -> Vec<Item> {
    let files = graph.facts(id).coverage.as_deref().map_or(&[][..], |coverage| &coverage.files);
    let text = |file: &CoveredFile| {
        format!("{}: {} of {} lines ran", file.path, file.executed.len(), file.executed.len() + file.missing.len())
    };
    files.iter().map(|file| Item::at(graph, Place::new(id, file.span), text(file))).collect()
}

fn about(graph: &Graph, id: FileId) -> Vec<Item> {
    let input = graph.input(id);
    let mut items = vec![
        Item::new(format!("taken for: {}", role_name(input.role))),
        Item::new(format!("reader: {}, {} records", input.reader, records(&input.facts))),
        Item::new(format!("sha256: {}", input.text.digest())),
    ];
    if let Some(document) = graph.document(id) {
        let known = document.title.starts_with(&document.id);
        let title = if known { document.title.clone() } else { format!("{}: {}", document.id, document.title) };
        items.push(Item::new(format!("document: {title}")));
        let version =
            document.version.as_ref().map(|one| Item::at(graph, Place::new(id, one.span), format!("version: {}", one.text)));
        let status =
            document.status.as_ref().map(|one| Item::at(graph, Place::new(id, one.span), format!("status: {}", one.text)));
        items.extend(version.into_iter().chain(status));
    }
    items
}
