//! What the markers of one file say of which of its tests.

use super::callers::Callers;
use super::graph::{FactRef, Found, Graph, ReqId, Target, TestId};
use super::trace::{Marking, is_of_code};
use crate::model::test_case::{Grade, Kind as TestKind, Marker, Verb};
use crate::model::vocabulary::{self, Level};
use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};
use std::cell::LazyCell;

/// The requirements among the identifiers that the markers of one file name.
pub(super) fn markings(graph: &Graph, callers: &Callers, marked: &[(FactRef, Target)]) -> Vec<Marking> {
    let found = || {
        marked.iter().filter_map(|(fact, target)| match target.found {
            Found::One(requirement) => Some((requirement, *fact, graph.marker(*fact))),
            _ => None,
        })
    };
    // The tests that carry a marker of their own: only markers for many tests ask for them.
    let carriers: LazyCell<FxHashSet<u32>, _> = LazyCell::new(|| {
        let own = found().filter(|(_, _, marker)| marker.grade == Grade::Function && !is_of_code(marker.verb));
        own.filter_map(|(_, _, marker)| marker.test).collect()
    });
    // What those name.
    let singly: LazyCell<FxHashSet<ReqId>, _> = LazyCell::new(|| {
        let own =
            found().filter(|(_, _, marker)| marker.grade == Grade::Function && !is_of_code(marker.verb) && marker.test.is_some());
        own.map(|(requirement, ..)| requirement).collect()
    });
    let mut markings = Vec::with_capacity(marked.len());
    markings.extend(found().map(|(requirement, fact, marker)| {
        let level = kind_level(graph.input(fact.file).text.slice(marker.span));
        let overview = marker.grade == Grade::File && is_list(marker) && singly.contains(&requirement);
        let tests = marked_tests(graph, callers, |at| carriers.contains(&at), (fact, overview)).into_iter();
        let tests = tests.map(|test| (test, level.or(graph.test_node(test).level))).collect();
        Marking { requirement, fact, verb: marker.verb, tests }
    }));
    markings
}

/// `[utest->…]`: the kind in front of the arrow is a level.
fn kind_level(marker: &str) -> Option<Level> {
    let (kind, _) = marker.strip_prefix('[')?.split_once("->")?;
    vocabulary::levels(kind).first().copied()
}

/// Whether a marker names several requirements.
fn is_list(marker: &Marker) -> bool {
    marker.ids.len() > 1 || marker.ids.iter().any(|mention| mention.id().is_none())
}

/// The tests that a marker is attached to: its own, those that call its helper, or those that it reaches. A list for
/// many tests is not that of a test which has a marker of its own, unless all have: then it is an overview of what they
/// name, and counts for what none of them does.
fn marked_tests(
    graph: &Graph,
    callers: &Callers,
    carries: impl Fn(u32) -> bool,
    (fact, overview): (FactRef, bool),
) -> SmallVec<[TestId; 4]> {
    let marker = graph.marker(fact);
    let tests = &graph.facts(fact.file).tests;
    let id = |at: u32| graph.test_at(FactRef { file: fact.file, index: at });
    if let (Grade::Function, Some(at)) = (marker.grade, marker.test) {
        return match tests.get(at as usize).map(|test| test.kind) {
            Some(TestKind::Test) => smallvec![id(at)],
            _ if marker.verb == Verb::Verifies => SmallVec::from_slice(callers.of(id(at))),
            _ => SmallVec::new(),
        };
    }
    let from = tests.partition_point(|test| test.body.start < marker.reach.start);
    let reached = (0u32..).zip(tests).skip(from).take_while(|(_, test)| test.body.start < marker.reach.end());
    let reached = reached.filter(|(_, test)| test.kind == TestKind::Test && marker.reach.contains(test.span));
    let all: SmallVec<[u32; 4]> = reached.map(|(at, _)| at).collect();
    let free: SmallVec<[u32; 4]> = all.iter().filter(|at| !carries(**at)).copied().collect();
    let chosen = if free.is_empty() && !overview { all } else { free };
    chosen.into_iter().map(id).collect()
}
