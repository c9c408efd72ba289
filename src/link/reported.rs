//! Requirements that results name: properties and tags that a runner writes beside the outcome of a test.

use super::graph::{Evidence, FactRef, Found, Graph, ReqId, ResultId, TestId, Via, index};
use crate::source::{FileId, Span};
use rustc_hash::FxHashMap;

/// Hands the tests of results to the requirements that the results name.
pub(super) fn link(graph: &mut Graph) {
    let mut places: FxHashMap<FileId, FxHashMap<Span, ResultId>> = FxHashMap::default();
    let mut found: Vec<(ReqId, TestId, FactRef)> = Vec::new();
    for (fact, target) in &graph.marked {
        let Found::One(requirement) = target.found else { continue };
        if graph.facts(fact.file).results.is_empty() {
            continue;
        }
        let results = places.entry(fact.file).or_insert_with(|| spans(graph, fact.file));
        let result = results.get(&graph.marker(*fact).span).and_then(|id| graph.results.get(id.0 as usize));
        if let Some(test) = result.and_then(|node| node.test) {
            found.push((requirement, test, *fact));
        }
    }
    for (requirement, test, fact) in found {
        graph.reported.insert(fact, test);
        let level = graph.test_node(test).level;
        if let Some(node) = graph.requirements.get_mut(requirement.0 as usize) {
            node.evidence.push(Evidence { test, level, via: Via::Marker(fact) });
            if !node.markers.contains(&fact) {
                node.markers.push(fact);
                node.markers.sort_unstable();
            }
        }
        if let Some(node) = graph.tests.get_mut(test.0 as usize).filter(|node| !node.verifies.contains(&requirement)) {
            node.verifies.push(requirement);
        }
    }
}

/// The results of a file by their places.
fn spans(graph: &Graph, file: FileId) -> FxHashMap<Span, ResultId> {
    let first = graph.results.partition_point(|node| node.fact.file < file);
    let own = graph.results.iter().enumerate().skip(first).take_while(|(_, node)| node.fact.file == file);
    own.map(|(at, _)| ResultId(index(at))).map(|id| (graph.result(id).span, id)).collect()
}
