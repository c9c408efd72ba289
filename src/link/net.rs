//! The net of nodes and links, for walks in both directions.
//!
//! The links of a requirement stand in the graph already. The net is for those who ask what a node hangs together
//! with, however many steps away; most runs never ask, and weave none.

use super::graph::{ActionId, Found, Graph, ReqId, Resolution, ResultId, RowId, TestId, Via, index};
use super::plans::Fate;
use super::records::RecordId;
use crate::model::test_case::Kind;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashSet;

/// A node of the net: what it is and where its data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A requirement.
    Requirement(ReqId),
    /// A row.
    Row(RowId),
    /// A test.
    Test(TestId),
    /// A result.
    Result(ResultId),
    /// An action.
    Action(ActionId),
    /// A controlled record.
    Record(RecordId),
    /// A test that a plan names and that no test is called: the plan, and the test in it.
    Planned(u32, u32),
}

/// A link of the net, from the one that asserts it to the one it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Child to parent requirement.
    Refines,
    /// Row to requirement.
    Claims,
    /// Row to test.
    Cites,
    /// Test to requirement.
    Marks,
    /// Test to result.
    Produced,
    /// Action to requirement.
    Demands,
    /// Record to its actions and to the records that belong to it.
    Has,
    /// Record to the tests of its plan.
    Plans,
    /// Record to what its text names. A picture adds them for the records that it starts from; they are not woven in.
    Names,
}

/// All nodes and links.
#[derive(Debug, Default, Clone)]
pub struct Net {
    /// What is linked with what.
    pub links: DiGraph<Node, Link>,
    /// Node of each requirement, by index.
    pub requirements: Vec<NodeIndex>,
    /// Node of each test, by index.
    pub tests: Vec<NodeIndex>,
    /// Node of each record, by index.
    pub records: Vec<NodeIndex>,
    /// Node of each action, by index.
    pub actions: Vec<NodeIndex>,
}

impl Graph {
    /// The net, woven when it is first asked for.
    pub fn net(&self) -> &Net {
        self.net.get_or_init(|| weave(self))
    }
}

/// Weaves the net from what was resolved.
fn weave(graph: &Graph) -> Net {
    let mut net = DiGraph::with_capacity(graph.requirements.len() + graph.rows.len() + graph.tests.len(), graph.rows.len() * 2);
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
            if let Resolution::Tests(found) | Resolution::WrongFile { found, .. } = resolution {
                for test in found.iter().filter_map(|id| tests.get(id.0 as usize)) {
                    net.add_edge(row, *test, Link::Cites);
                }
            }
        }
    }
    let mut marks: FxHashSet<(TestId, ReqId)> = FxHashSet::default();
    for (id, requirement) in graph.requirements() {
        for evidence in &requirement.evidence {
            if matches!(evidence.via, Via::Marker(_))
                && marks.insert((evidence.test, id))
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
    let records = weave_records(graph, &mut net);
    weave_plans(graph, &mut net, &records, &tests);
    let mut actions = Vec::with_capacity(graph.actions.len());
    for (at, action) in graph.actions.iter().enumerate() {
        let node = net.add_node(Node::Action(ActionId(index(at))));
        actions.push(node);
        if let Some(from) = graph.records().of_file(action.fact.file).and_then(|id| records.get(id.0 as usize)) {
            net.add_edge(*from, node, Link::Has);
        }
        for target in &action.targets {
            if let Found::One(requirement) = target.found
                && let Some(to) = of(requirement)
            {
                net.add_edge(node, to, Link::Demands);
            }
        }
    }
    debug_assert!(
        graph.tests.iter().zip(0..).all(|(node, at)| node.verifies.is_empty() || graph.test(TestId(at)).kind != Kind::Class)
    );
    Net { links: net, requirements, tests, records, actions }
}

/// Adds the records, each with the one that it belongs to.
fn weave_records(graph: &Graph, net: &mut DiGraph<Node, Link>) -> Vec<NodeIndex> {
    let records: Vec<NodeIndex> = graph.records().iter().map(|(id, _)| net.add_node(Node::Record(id))).collect();
    for ((_, record), node) in graph.records().iter().zip(&records) {
        if let Some(parent) = record.parent.and_then(|id| records.get(id.0 as usize)) {
            net.add_edge(*parent, *node, Link::Has);
        }
    }
    records
}

/// Adds the tests of the plans that are due: those that exist are linked, the others are nodes of their own.
fn weave_plans(graph: &Graph, net: &mut DiGraph<Node, Link>, records: &[NodeIndex], tests: &[NodeIndex]) {
    for (plan, at) in graph.plans.iter().zip(0..) {
        let Some(from) = records.get(plan.record.0 as usize).copied() else { continue };
        for (test, own) in plan.tests.iter().zip(0..) {
            let existing = match test.fate {
                Fate::Exists(id) => tests.get(id.0 as usize).copied(),
                _ => None,
            };
            let to = existing.unwrap_or_else(|| net.add_node(Node::Planned(at, own)));
            net.add_edge(from, to, Link::Plans);
        }
    }
}
