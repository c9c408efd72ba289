//! A function or a class, and what a file of code implements.

use super::{At, Chain, Item, Section, requirement, told};
use crate::finding::Finding;
use crate::link::code::Source;
use crate::link::graph::{Graph, TestId};
use crate::link::symbols::{self, Implements, Symbols};
use crate::model::test_case::Kind;
use crate::source::{FileId, Place, Span};

/// The chains of `path/to/file.py::symbol`, where the file has such a symbol.
pub(super) fn chains(graph: &Graph, findings: &[Finding], name: &str) -> Vec<Chain> {
    let Some((path, symbol)) = name.split_once("::").or_else(|| name.rsplit_once(':')) else { return Vec::new() };
    let symbol = symbol.trim_end_matches("()");
    if path.is_empty() || symbol.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for file in super::files_called(graph, path) {
        let symbols = symbols::look(graph, file);
        found.extend(symbols.named(symbol).map(|at| chain(graph, findings, file, &symbols, at)));
    }
    found
}

fn chain(graph: &Graph, findings: &[Finding], file: FileId, symbols: &Symbols, at: u32) -> Chain {
    let body = symbols.body(at);
    let place = symbols.outline.symbols.get(at as usize).map(|symbol| Place::new(file, symbol.span));
    let name = format!("{}::{}", graph.path(file), symbols.name(Some(at)).unwrap_or_default());
    let line = |at: u32| graph.input(file).text.position(at).0;
    let lines = format!("its body stands on lines {} to {}", line(body.start), line(body.end().saturating_sub(1)));
    let here = |finding: &&Finding| finding.place.file == file && body.contains(finding.place.span);
    let sections = vec![
        Section { heading: "code", items: vec![Item::new(lines)] },
        Section { heading: "implements", items: symbols.of(at).map(|one| implements(graph, symbols, one)).collect() },
        Section { heading: "tests", items: tests(graph, file, body) },
        told(graph, findings.iter().filter(here)),
    ];
    Chain { kind: "code", name, namespace: None, place: place.map(|place| At::new(graph, place)), sections }
}

/// What a file implements, piece by piece.
pub(super) fn implemented(graph: &Graph, file: FileId) -> Vec<Item> {
    let symbols = symbols::look(graph, file);
    symbols.implements.iter().map(|one| implements(graph, &symbols, one)).collect()
}

/// `Server.run: REQ-1: Remote transport`, with what says so.
fn implements(graph: &Graph, symbols: &Symbols, one: &Implements) -> Item {
    let piece = symbols.name(one.symbol).unwrap_or_else(|| "the whole file".to_owned());
    let title = requirement::title(graph.requirement(one.requirement));
    let by = match one.source {
        Source::Marker(_) => "a marker",
        Source::Row(_) => "a row",
        Source::Policy => "the configuration",
    };
    let what = if one.enters { "is its entry point" } else { "implements it" };
    let text = format!("{title}: {by} says that {piece} {what}");
    match symbols::place(graph, one.source) {
        Some(place) => Item::at(graph, place, text),
        None => Item::new(text),
    }
}

/// The tests within a piece of a file, each with the requirements whose evidence it is.
pub(super) fn tests(graph: &Graph, file: FileId, within: Span) -> Vec<Item> {
    let is_here = |id: &TestId| {
        let test = graph.test(*id);
        graph.test_node(*id).fact.file == file && test.kind == Kind::Test && within.contains(test.span)
    };
    let item = |id: TestId| {
        let of = graph.test_node(id).verifies.iter().map(|of| graph.requirement(*of));
        let of = of.map(|one| Item::at(graph, one.place, format!("evidence of {}", requirement::title(one))));
        Item::at(graph, graph.test_place(id), graph.test(id).qualified()).with(of.collect())
    };
    graph.tests().map(|(id, _)| id).filter(is_here).map(item).collect()
}
