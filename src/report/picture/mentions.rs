//! What records name and by whom they are named. Everybody names the procedures, so these links are drawn of those records and
//! actions alone that a picture starts from.

use crate::link::contents::Names;
use crate::link::graph::{ActionId, Graph};
use crate::link::net::{Link, Net, Node};
use crate::link::records::{RecordId, mentioned};
use crate::source::{FileId, Span};
use petgraph::graph::NodeIndex;
use std::borrow::Cow;

/// The net with what the records among the starts name, and what names them. Between two nodes one link is enough.
pub(super) fn added<'n>(graph: &Graph, net: &'n Net, starts: &[NodeIndex]) -> Cow<'n, Net> {
    let found: Vec<(NodeIndex, NodeIndex)> = starts
        .iter()
        .flat_map(|start| match net.links.node_weight(*start) {
            Some(Node::Record(id)) => of_record(graph, net, *id, *start),
            Some(Node::Action(id)) => of_action(graph, net, *id, *start),
            _ => Vec::new(),
        })
        .collect();
    let mut net = Cow::Borrowed(net);
    for (from, to) in found {
        if from != to && net.links.find_edge_undirected(from, to).is_none() {
            net.to_mut().links.add_edge(from, to, Link::Names);
        }
    }
    net
}

/// The requirements, records and actions that a record names, and the records that name it.
fn of_record(graph: &Graph, net: &Net, id: RecordId, start: NodeIndex) -> Vec<(NodeIndex, NodeIndex)> {
    let requirements = mentioned::requirements(graph, id).into_iter();
    let requirements = requirements.filter_map(|(id, _)| net.requirements.get(id.0 as usize).copied());
    let records = mentioned::by(graph, id).into_iter().filter_map(|(other, _)| record(net, other));
    let actions = mentioned::actions(graph, id).into_iter().filter_map(|(owner, own, _)| {
        let file = graph.records().record(owner).file?;
        action(graph, net, file, own.action.span)
    });
    let named = requirements.chain(records).chain(actions).map(|to| (start, to));
    let naming = mentioned::of(graph, id).into_iter();
    let naming = naming.filter_map(|mention| record(net, graph.records().of_file(mention.file)?)).map(|from| (from, start));
    named.chain(naming).collect()
}

/// The records that name an action together with its record.
fn of_action(graph: &Graph, net: &Net, id: ActionId, start: NodeIndex) -> Vec<(NodeIndex, NodeIndex)> {
    let fact = graph.action_node(id).fact;
    let Some(owner) = graph.records().of_file(fact.file).map(|id| graph.records().record(id)) else { return Vec::new() };
    let names: Names<'_> = graph.names_in(|one| one.id != owner.id, |name| name.contains(['-', '_']));
    let naming = names.of_action(owner, &graph.action(fact).id);
    naming.filter_map(|id| Some((record(net, id)?, start))).collect()
}

fn record(net: &Net, id: RecordId) -> Option<NodeIndex> {
    net.records.get(id.0 as usize).copied()
}

/// The node of the action that stands at a place, where a table has it.
fn action(graph: &Graph, net: &Net, file: FileId, span: Span) -> Option<NodeIndex> {
    let at = graph.actions.iter().position(|node| node.fact.file == file && graph.action(node.fact).span == span)?;
    net.actions.get(at).copied()
}
