//! What a requirement, a test or a document hangs together with, as a picture: nodes in layers, and links between them.
//!
//! From where it starts it goes up (to parents, actions and what a test is evidence of) and down (to children, rows, tests and
//! results), and never down again from what lies above: that would be the picture of something else.

mod dot;
mod layout;
mod mentions;
mod mermaid;
mod svg;

use super::sections::Tone;
use super::trace;
use super::visible::count;
use crate::link::graph::{Graph, ReqId};
use crate::link::net::{Link, Net, Node};
use crate::link::plans::Fate;
use crate::link::records::Record;
use crate::model::evidence::Outcome;
use crate::source::FileId;
use crate::verdict::{State, States};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Write};

/// More nodes than this nobody looks at: the rest is counted.
const MOST: usize = 300;

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// As a drawing.
    Svg,
    /// In the language of Graphviz.
    Dot,
    /// In the language of Mermaid.
    Mermaid,
}

/// A picture before it is drawn.
#[derive(Debug, Default)]
pub struct Picture {
    /// What it is of.
    title: String,
    nodes: Vec<Shape>,
    /// From, to (positions of nodes) and what links them.
    links: Vec<(usize, usize, Link)>,
    /// How many nodes are left out.
    left_out: usize,
}

/// A node as it is drawn.
#[derive(Debug)]
struct Shape {
    /// "requirement", "row" and so on.
    kind: &'static str,
    name: String,
    /// What is known of it, in a few words.
    detail: String,
    tone: Tone,
    /// Whether the picture starts from it.
    is_start: bool,
    /// Its layer, from the left.
    layer: usize,
}

/// The picture of everything that a name stands for: requirements of every specification, tests, or files. `None` where
/// nothing is called so.
pub fn draw(graph: &Graph, states: &States, name: &str, depth: usize) -> Option<Picture> {
    let starts = starts(graph, graph.net(), name);
    if starts.is_empty() {
        return None;
    }
    let net = &*mentions::added(graph, graph.net(), &starts);
    let (found, left_out) = neighbours(net, &starts, depth);
    let starts: FxHashSet<NodeIndex> = starts.into_iter().collect();
    let position: FxHashMap<NodeIndex, usize> = found.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let links = found.iter().flat_map(|node| net.links.edges(*node)).filter_map(|edge| {
        let ends = (position.get(&edge.source())?, position.get(&edge.target())?);
        Some((*ends.0, *ends.1, *edge.weight()))
    });
    let links: BTreeSet<(usize, usize, Link)> = links.collect();
    let shapes = found.iter().filter_map(|node| {
        let is_start = starts.contains(node);
        net.links.node_weight(*node).map(|what| Shape { is_start, ..shape(graph, states, *what) })
    });
    let mut picture =
        Picture { title: visible_title(name), nodes: shapes.collect(), links: links.into_iter().collect(), left_out };
    layout::layer(&mut picture);
    Some(picture)
}

fn visible_title(name: &str) -> String {
    format!("What {} hangs together with", super::visible::short(name, 80))
}

/// Writes a picture.
pub fn write(picture: &Picture, notation: Notation, out: &mut dyn Write) -> io::Result<()> {
    match notation {
        Notation::Svg => svg::write(picture, out),
        Notation::Dot => dot::write(picture, out),
        Notation::Mermaid => mermaid::write(picture, out),
    }
}

/// The nodes of a name.
fn starts(graph: &Graph, net: &Net, name: &str) -> Vec<NodeIndex> {
    let name = name.trim().trim_start_matches("./");
    let called = graph.requirements().filter(|(_, one)| one.id.eq_ignore_ascii_case(name));
    let mut starts: Vec<NodeIndex> = called.filter_map(|(id, _)| net.requirements.get(id.0 as usize).copied()).collect();
    let tests = trace::tests_called(graph, name);
    starts.extend(tests.into_iter().filter_map(|id| net.tests.get(id.0 as usize).copied()));
    if starts.is_empty() {
        let ending = format!("/{name}");
        let files = graph.files().filter(|(_, input)| input.path == name || input.path.ends_with(&ending));
        let records = graph.records().called(name);
        let told = records.iter().filter_map(|id| graph.records().record(*id).file);
        let files: FxHashSet<FileId> = files.map(|(file, _)| file).chain(told).collect();
        starts = of_files(graph, net, &files);
        // Of some records only a sidecar or a trail tells.
        let nodes = records.iter().filter_map(|id| net.records.get(id.0 as usize)).copied();
        starts.extend(nodes.filter(|node| !starts.contains(node)).collect::<Vec<_>>());
    }
    if starts.is_empty() {
        let actions = trace::actions_called(graph, name);
        starts.extend(actions.into_iter().filter_map(|id| net.actions.get(id.0 as usize).copied()));
    }
    starts
}

/// What stands in some files.
fn of_files(graph: &Graph, net: &Net, files: &FxHashSet<FileId>) -> Vec<NodeIndex> {
    let stands = |node: &Node| match node {
        Node::Requirement(id) => files.contains(&graph.requirement(*id).place.file),
        Node::Row(id) => files.contains(&graph.row_node(*id).fact.file),
        // Most helpers and fixtures are evidence of nothing.
        Node::Test(id) => {
            let node = graph.test_node(*id);
            files.contains(&node.fact.file) && (node.cited || !node.verifies.is_empty())
        }
        Node::Result(id) => files.contains(&graph.result_place(*id).file),
        Node::Action(id) => files.contains(&graph.action_node(*id).fact.file),
        Node::Record(id) => graph.records().record(*id).file.is_some_and(|file| files.contains(&file)),
        Node::Planned(..) => false,
    };
    net.links.node_indices().filter(|at| net.links.node_weight(*at).is_some_and(stands)).collect()
}

/// Whether a link leads down from one of its ends, seen from there.
fn leads_down(link: Link, direction: Direction) -> bool {
    match link {
        Link::Refines | Link::Claims | Link::Marks => direction == Direction::Incoming,
        Link::Cites | Link::Produced | Link::Demands | Link::Has | Link::Plans | Link::Names => direction == Direction::Outgoing,
    }
}

/// Everything at most so many links above or below, in the order in which it is met, and how much is left out.
fn neighbours(net: &Net, starts: &[NodeIndex], depth: usize) -> (Vec<NodeIndex>, usize) {
    let mut found: Vec<NodeIndex> = Vec::new();
    let mut seen: FxHashSet<NodeIndex> = FxHashSet::default();
    for start in starts {
        if seen.insert(*start) {
            found.push(*start);
        }
    }
    for down in [true, false] {
        let mut queue: VecDeque<(NodeIndex, usize)> = starts.iter().map(|start| (*start, 0)).collect();
        let mut passed: FxHashSet<NodeIndex> = starts.iter().copied().collect();
        while let Some((at, far)) = queue.pop_front().filter(|(_, far)| *far < depth) {
            let mut next: Vec<NodeIndex> = Vec::new();
            for direction in [Direction::Outgoing, Direction::Incoming] {
                let links = net.links.edges_directed(at, direction);
                let links = links.filter(|link| leads_down(*link.weight(), direction) == down);
                next.extend(links.map(|link| if direction == Direction::Outgoing { link.target() } else { link.source() }));
            }
            next.sort_unstable();
            for node in next {
                if passed.insert(node) {
                    queue.push_back((node, far + 1));
                    if seen.insert(node) {
                        found.push(node);
                    }
                }
            }
        }
    }
    let left_out = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    (found, left_out)
}

fn shape(graph: &Graph, states: &States, node: Node) -> Shape {
    let (kind, name, detail, tone) = match node {
        Node::Requirement(id) => requirement(graph, states, id),
        Node::Row(id) => {
            let node = graph.row_node(id);
            let row = graph.row(node);
            let status = row.status.as_ref().map_or_else(String::new, |(_, cell)| format!("{}, ", cell.text));
            let place = super::at(graph, crate::source::Place::new(node.fact.file, row.span));
            let ids: Vec<String> = row.ids.iter().map(|one| one.written()).collect();
            ("row", format!("row of {}", ids.join(", ")), format!("{status}{place}"), Tone::Plain)
        }
        Node::Test(id) => {
            let (node, level) = (graph.test_node(id), graph.test_node(id).level.map_or("level unknown", |level| level.name()));
            let outcome = node.outcome.map_or("no result", Outcome::name);
            ("test", graph.test(id).qualified(), format!("{level}, {outcome}"), tone(node.outcome))
        }
        Node::Result(id) => {
            let result = graph.result(id);
            let detail = format!("{}, {}", result.outcome.name(), super::at(graph, graph.result_place(id)));
            ("result", result.name.clone(), detail, tone(Some(result.outcome)))
        }
        Node::Action(id) => {
            let node = graph.action_node(id);
            let action = graph.action(node.fact);
            let (word, tone) = if node.open { ("open", Tone::Bad) } else { ("done", Tone::Plain) };
            ("action", action.id.clone(), format!("{word}: {}", action.text.text), tone)
        }
        Node::Record(id) => record(graph.records().record(id)),
        Node::Planned(plan, test) => planned(graph, plan as usize, test as usize),
    };
    Shape { kind, name, detail, tone, is_start: false, layer: 0 }
}

fn record(record: &Record) -> (&'static str, String, String, Tone) {
    let status = record.status.as_ref().map_or("status unknown", |status| status.text.as_str());
    let title = if record.title.is_empty() { String::new() } else { format!(": {}", record.title) };
    let tone = if record.is_open() { Tone::Open } else { Tone::Plain };
    ("record", record.id.clone(), format!("{status}{title}"), tone)
}

/// A test of a plan that no test is called, and what became of it.
fn planned(graph: &Graph, plan: usize, test: usize) -> (&'static str, String, String, Tone) {
    let planned = graph.plans.get(plan).and_then(|plan| plan.tests.get(test));
    let (name, told) = planned.map_or_else(Default::default, |one| (one.name.clone(), trace::fate(graph, one)));
    let tone = match planned.map(|one| &one.fate) {
        Some(Fate::Missing) => Tone::Bad,
        Some(Fate::Absent | Fate::Unknown) => Tone::Open,
        _ => Tone::Plain,
    };
    ("planned test", name, told, tone)
}

fn requirement(graph: &Graph, states: &States, id: ReqId) -> (&'static str, String, String, Tone) {
    let one = graph.requirement(id);
    let (word, tone) = match states.get(id) {
        State::Verified => ("verified", Tone::Good),
        State::Gap => ("gap", Tone::Bad),
        State::Waived => ("waived", Tone::Warn),
        State::NotAssessed => ("not assessed", Tone::Open),
    };
    let title = if one.title.is_empty() { String::new() } else { format!(": {}", one.title) };
    ("requirement", one.id.to_string(), format!("{word}{title}"), tone)
}

fn tone(outcome: Option<Outcome>) -> Tone {
    match outcome {
        Some(Outcome::Passed) => Tone::Good,
        Some(Outcome::Failed | Outcome::Error) => Tone::Bad,
        Some(_) => Tone::Warn,
        None => Tone::Open,
    }
}

/// The word for a link.
fn word(link: Link) -> &'static str {
    match link {
        Link::Refines => "refines",
        Link::Claims => "claims",
        Link::Cites => "cites",
        Link::Marks => "marks",
        Link::Produced => "produced",
        Link::Demands => "demands",
        Link::Has => "has",
        Link::Plans => "plans",
        Link::Names => "names",
    }
}

/// What is told where a picture is too large.
fn rest(picture: &Picture) -> Option<String> {
    (picture.left_out > 0).then(|| format!("{} left out: {MOST} are shown", count(picture.left_out, "further node")))
}
