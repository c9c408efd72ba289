//! The net of nodes and links, for walks in both directions.

use super::graph::{ActionId, Found, Graph, Link, Node, ReqId, ResultId, TestId, index};
use crate::model::test_case::Kind;
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

/// Weaves the net from what was resolved.
pub(super) fn weave(graph: &mut Graph) {
    let mut net = petgraph::graph::DiGraph::with_capacity(
        graph.requirements.len() + graph.rows.len() + graph.tests.len(),
        graph.rows.len() * 2,
    );
    let requirements: Vec<NodeIndex> =
        (0..graph.requirements.len()).map(|at| net.add_node(Node::Requirement(ReqId(index(at))))).collect();
    let tests: Vec<NodeIndex> = (0..graph.tests.len()).map(|at| net.add_node(Node::Test(TestId(index(at))))).collect();
    let of = |id: ReqId| requirements.get(id.0 as usize).copied();
    for (at, requirement) in graph.requirements.iter().enumerate() {
        let Some(child) = requirements.get(at).copied() else { continue };
        for parent in requirement.parents.iter().filter_map(|id| of(*id)) {
            net.add_edge(child, parent, Link::Refines);
        }
    }
    for (id, node) in graph.rows() {
        let row = net.add_node(Node::Row(id));
        for target in node.targets.iter().chain(&node.related) {
            if let Found::One(requirement) = target.found
                && let Some(to) = of(requirement)
            {
                net.add_edge(row, to, Link::Claims);
            }
        }
        for resolution in &node.citations {
            if let super::graph::Resolution::Tests(found) | super::graph::Resolution::WrongFile { found, .. } = resolution {
                for test in found.iter().filter_map(|id| tests.get(id.0 as usize)) {
                    net.add_edge(row, *test, Link::Cites);
                }
            }
        }
    }
    let mut marks: FxHashMap<(TestId, ReqId), ()> = FxHashMap::default();
    for (id, requirement) in graph.requirements() {
        for evidence in &requirement.evidence {
            if matches!(evidence.via, super::graph::Via::Marker(_))
                && marks.insert((evidence.test, id), ()).is_none()
                && let (Some(from), Some(to)) = (tests.get(evidence.test.0 as usize), of(id))
            {
                net.add_edge(*from, to, Link::Marks);
            }
        }
    }
    for (at, result) in graph.results.iter().enumerate() {
        let node = net.add_node(Node::Result(ResultId(index(at))));
        if let Some(test) = result.test.and_then(|id| tests.get(id.0 as usize)) {
            net.add_edge(*test, node, Link::Produced);
        }
    }
    for (at, action) in graph.actions.iter().enumerate() {
        let node = net.add_node(Node::Action(ActionId(index(at))));
        for target in &action.targets {
            if let Found::One(requirement) = target.found
                && let Some(to) = of(requirement)
            {
                net.add_edge(node, to, Link::Demands);
            }
        }
    }
    graph.net = net;
    graph.requirement_nodes = requirements;
    graph.test_nodes = tests;
    debug_assert!(
        graph.tests.iter().zip(0..).all(|(node, at)| node.verifies.is_empty() || graph.test(TestId(at)).kind != Kind::Class)
    );
}
