//! What a requirement hangs together with, however many steps away.

use super::{Item, requirement};
use crate::link::graph::{Graph, ReqId};
use crate::link::net::{Link, Node};
use crate::report::visible::count;
use petgraph::Direction;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeSet, VecDeque};

/// More requirements than this are only counted.
const SHOWN: usize = 20;

/// Everything below a requirement: what refines it at any depth, and the rows, tests and results that speak for it
/// or for one of those. Empty where its own links are all there is.
pub(super) fn items(graph: &Graph, id: ReqId) -> Vec<Item> {
    let (mut rows, mut tests, mut results) = (0, 0, 0);
    let mut below = Vec::new();
    for node in walk(graph, id) {
        match node {
            Node::Requirement(other) => below.push(other),
            Node::Row(_) => rows += 1,
            Node::Test(_) => tests += 1,
            Node::Result(_) => results += 1,
            Node::Action(_) | Node::Record(_) | Node::Planned(..) => {}
        }
    }
    if below.is_empty() {
        return Vec::new();
    }
    let refining = below.iter().take(SHOWN).map(|other| {
        let one = graph.requirement(*other);
        Item::at(graph, one.place, format!("{} ({})", requirement::title(one), one.rung.name()))
    });
    let text = format!(
        "{} at any depth; with them {}, {} and {}",
        count(below.len(), "requirement"),
        count(rows, "row"),
        count(tests, "test"),
        count(results, "result")
    );
    vec![Item::new(text).with(refining.collect())]
}

/// The nodes below a requirement in the order of their distance, each once, without itself.
fn walk(graph: &Graph, id: ReqId) -> Vec<Node> {
    let net = graph.net();
    let Some(start) = net.requirements.get(id.0 as usize).copied() else { return Vec::new() };
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    let mut nodes = Vec::new();
    while let Some(at) = queue.pop_front() {
        // Children, rows and tests point at their requirement; what a row cites and a test produced is pointed at.
        let speaking =
            net.links.edges_directed(at, Direction::Incoming).filter(|link| down(*link.weight())).map(|link| link.source());
        let cited =
            net.links.edges(at).filter(|link| matches!(link.weight(), Link::Cites | Link::Produced)).map(|link| link.target());
        for next in speaking.chain(cited) {
            if seen.insert(next) {
                queue.push_back(next);
                nodes.extend(net.links.node_weight(next).copied());
            }
        }
    }
    nodes
}

fn down(link: Link) -> bool {
    matches!(link, Link::Refines | Link::Claims | Link::Marks)
}
