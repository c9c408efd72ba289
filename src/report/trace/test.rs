//! The chain of a test.

use super::{At, Chain, Item, Section, planned, requirement, told, words};
use crate::finding::Finding;
use crate::link::graph::{Graph, Resolution, TestId};
use crate::model::inventory::Collected;
use crate::model::test_case::Kind;
use crate::report::list::state_name;
use crate::source::Place;

/// Everything that is known about a test.
pub(super) fn chain(graph: &Graph, findings: &[Finding], id: TestId) -> Chain {
    let node = graph.test_node(id);
    let place = graph.test_place(id);
    let body = graph.test(id).body;
    let here = |finding: &&Finding| finding.place.file == node.fact.file && body.contains(finding.place.span);
    let verifies = node.verifies.iter().map(|id| graph.requirement(*id));
    let requirements = verifies.map(|one| Item::at(graph, one.place, requirement::title(one)));
    let sections = vec![
        Section { heading: "test", items: facts(graph, id) },
        Section { heading: "requirements", items: requirements.collect() },
        Section { heading: "rows", items: rows(graph, id) },
        Section { heading: "markers", items: markers(graph, id) },
        Section { heading: "results", items: results(graph, id) },
        Section { heading: "planned by", items: planned::planning(graph, &graph.test(id).name, Some(id)) },
        told(graph, findings.iter().filter(here)),
    ];
    Chain { kind: "test", name: graph.test(id).qualified(), namespace: None, place: Some(At::new(graph, place)), sections }
}

/// What a runner does with a test, by its list.
fn listed(state: Collected) -> &'static str {
    match state {
        Collected::Runs => "collected by the runner",
        Collected::Ignored => "ignored by the runner",
        Collected::FilteredOut => "filtered out by the runner",
        Collected::Unbuilt => "listed by the runner without a program",
    }
}

fn facts(graph: &Graph, id: TestId) -> Vec<Item> {
    let (node, test) = (graph.test_node(id), graph.test(id));
    let what = match test.kind {
        Kind::Test => "a test",
        Kind::Fixture => "a fixture, not a test",
        Kind::Helper => "a helper, not a test",
        Kind::Class => "a class of tests",
    };
    let level = node.level.map_or("unknown", |level| level.name());
    let state = match test.state_span {
        Some(span) => Item::at(graph, Place::new(node.fact.file, span), format!("state: {}", state_name(test.state))),
        None => Item::new(format!("state: {}", state_name(test.state))),
    };
    let oracle = graph.oracle(id).map(|oracle| Item::new(words::oracle(oracle)));
    let listed = graph.collected(id).map(|(state, place)| Item::at(graph, place, listed(state).to_owned()));
    let missing = graph.uncollected(id).map(|list| Item::new(format!("not collected, by the list {}", graph.path(list))));
    let known = [Item::new(what), state, Item::new(format!("level: {level}"))].into_iter();
    known.chain(listed).chain(missing).chain(oracle).collect()
}

fn rows(graph: &Graph, id: TestId) -> Vec<Item> {
    let cites = |resolution: &Resolution| match resolution {
        Resolution::Tests(ids) | Resolution::Ambiguous(ids) => ids.contains(&id),
        Resolution::WrongFile { found, .. } => found.contains(&id),
        Resolution::NotATest(other) => *other == id,
        _ => false,
    };
    let mut items = Vec::new();
    for (_, node) in graph.rows() {
        let ids = graph.row(node).ids.iter().map(|mention| mention.written()).collect::<Vec<_>>().join(", ");
        for (citation, resolution) in graph.citations(node).filter(|(_, resolution)| cites(resolution)) {
            let place = Place::new(node.fact.file, citation.span);
            let (words, _) = words::resolution(graph, resolution);
            items.push(Item::at(graph, place, format!("row of {ids} cites {}: {words}", words::citation(citation))));
        }
    }
    items
}

fn markers(graph: &Graph, id: TestId) -> Vec<Item> {
    let fact = graph.test_node(id).fact;
    let mine = graph.facts(fact.file).markers.iter().filter(|marker| marker.test == Some(fact.index));
    let ids = |marker: &crate::model::test_case::Marker| {
        marker.ids.iter().map(|mention| mention.written()).collect::<Vec<_>>().join(", ")
    };
    mine.map(|marker| Item::at(graph, Place::new(fact.file, marker.span), format!("names {}", ids(marker)))).collect()
}

fn results(graph: &Graph, id: TestId) -> Vec<Item> {
    let item = |id: &crate::link::graph::ResultId| {
        let result = graph.result(*id);
        let message = if result.message.is_empty() { String::new() } else { format!(" ({})", result.message) };
        Item::at(graph, graph.result_place(*id), format!("{}: {}{message}", result.name, result.outcome.name()))
    };
    graph.test_node(id).results.iter().map(item).collect()
}
