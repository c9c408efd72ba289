//! Facts to the trace graph: built once, then only read.
//!
//! The order is: requirements, then rows and markers that name them, tests that
//! those cite, results that the tests produced, demands, coverage, mutants and
//! the code that they are of, what tests assert, and at last the ladder.

pub mod alternatives;
pub mod anomalies;
mod beside;
pub mod bound;
pub mod cited;
pub mod code;
pub mod collected;
pub mod committed;
pub mod contents;
pub mod drift;
pub mod executed;
pub mod graph;
pub mod measured;
pub mod mocked;
pub mod mutated;
pub mod naming;
pub mod net;
pub mod oracles;
pub mod plans;
pub mod precedence;
pub mod proof;
pub mod records;
pub mod registers;
pub mod review;
pub mod runs;
pub mod sealed;

mod accepted;
mod access;
mod alike;
mod ambiguous;
mod callers;
mod cases;
mod column;
mod criteria;
mod demand;
mod elsewhere;
mod forms;
mod inventory;
mod ladder;
mod level;
mod lone;
mod lookup;
mod marked;
mod modules;
mod named_files;
mod nearest;
mod numbering;
mod origin;
mod outdated;
mod paths;
mod patterns;
mod phrased;
mod plausible;
mod process;
mod produced;
mod refine;
mod reported;
mod requirements;
mod retold;
mod series;
mod shortened;
mod siblings;
pub mod sightings;
mod singly;
mod spoken;
pub mod structure;
pub mod symbols;
mod tagged;
mod titles;
mod trace;
mod unread;
pub mod waiting;

pub use lookup::{Lookup, folded, is_of_kin, kin, without_first};

use crate::model::Role;
use crate::settings::Settings;
use crate::source::FileId;
use graph::{Graph, Input};
use rustc_hash::FxHashSet;

/// Links the facts of all inputs, which are sorted by path.
pub fn link(mut inputs: Vec<Input>, settings: &Settings) -> Graph {
    collected::adopt(&mut inputs);
    siblings::adopt(&mut inputs);
    outdated::settle(&mut inputs);
    let mut graph = Graph { inputs, ..Graph::default() };
    // Requirements and tests know nothing of each other, and neither do rows and markers.
    let (found, tests) = rayon::join(|| requirements::collect(&graph.inputs), || level::of_tests(&graph.inputs, settings));
    let requirements::Found { requirements, namespaces, numbering, shortened, lookup } = found;
    (graph.requirements, graph.namespaces, graph.tests) = (requirements, namespaces, tests);
    numbering.settle(&mut graph.inputs);
    shortened.settle(&mut graph.inputs);
    tagged::settle(&mut graph.inputs, &lookup);
    settle_roles(&mut graph);
    graph.first_tests = inventory::first_tests(&graph.inputs);
    refine::refine(&mut graph, &lookup);
    let (rows, markers) = rayon::join(|| trace::rows(&graph, &lookup, settings), || trace::markers(&graph, &lookup));
    trace::attach_rows(&mut graph, rows, settings);
    trace::attach_markers(&mut graph, markers);
    produced::link(&mut graph);
    reported::link(&mut graph);
    demand::link(&mut graph, &lookup, settings);
    graph.records = records::link(&graph, settings);
    graph.measured = measured::link(&graph, settings);
    graph.mutated = mutated::link(&graph, settings);
    code::attach(&mut graph, &lookup, settings);
    waiting::settle(&mut graph);
    executed::assess(&mut graph);
    mutated::assess(&mut graph);
    graph.asked = structure::asked(&lookup, settings);
    graph.mocked = mocked::assess(&graph, settings);
    graph.oracles = oracles::assess(&graph);
    ladder::climb(&mut graph, &settings.submodules);
    criteria::settle(&mut graph);
    graph
}

/// A document of which nothing counts as a requirement is no specification, whatever its reader saw in it.
fn settle_roles(graph: &mut Graph) {
    let mut defining: FxHashSet<FileId> = FxHashSet::default();
    for one in &graph.requirements {
        defining.insert(one.place.file);
        defining.extend(one.duplicates.iter().chain(&one.restated).map(|place| place.file));
    }
    let specifications = graph.inputs.iter_mut().enumerate().filter(|(_, input)| input.role == Some(Role::Specification));
    for (_, input) in specifications.filter(|(at, _)| !defining.contains(&FileId(graph::index(*at)))) {
        input.role = Some(Role::Document);
    }
}
