//! Whether the tests that are evidence have an oracle: something by which they can fail.

use super::graph::{FactRef, Graph, Requirement, TestId};
use crate::model::oracle::{Doubt, Oracle};
use crate::model::requirement::Standing;
use crate::model::test_case::{Kind, State};
use crate::read::code::{language, oracles};
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What is known of tests without an assertion that cannot be mistaken; evidence only.
#[derive(Debug, Default)]
pub struct Oracles(FxHashMap<TestId, Oracle>);

/// Reads the tests again that are evidence of a requirement in force and were not seen to assert: hardly any.
pub(super) fn assess(graph: &Graph) -> Oracles {
    let mut wanted: BTreeMap<FileId, Vec<u32>> = BTreeMap::new();
    for one in graph.requirements.iter().filter(|one| one.standing == Standing::Active) {
        for FactRef { file, index } in one.evidence.iter().map(|evidence| graph.test_node(evidence.test).fact) {
            if graph.facts(file).tests.get(index as usize).is_some_and(|test| !test.asserts && test.kind == Kind::Test) {
                wanted.entry(file).or_default().push(index);
            }
        }
    }
    let files: Vec<(FileId, Vec<u32>)> = wanted.into_iter().collect();
    let found = files.into_par_iter().flat_map_iter(|(file, mut tests)| {
        tests.sort_unstable();
        tests.dedup();
        let input = graph.input(file);
        let found = match language(&input.path) {
            Some(language) => oracles(language, &input.text, &input.facts.tests, &tests),
            None => vec![Oracle::Unclear(Doubt::Language); tests.len()],
        };
        let ids = tests.into_iter().map(move |index| graph.test_at(FactRef { file, index }));
        ids.zip(found).collect::<Vec<_>>()
    });
    Oracles(found.collect())
}

impl Graph {
    /// What is known of the oracle of a test; `None` where nobody asked, for it is evidence of nothing in force.
    pub fn oracle(&self, test: TestId) -> Option<Oracle> {
        if self.test(test).asserts { Some(Oracle::Asserts) } else { self.oracles.0.get(&test).copied() }
    }

    /// What is known of the oracles of all tests of a requirement: the best of them.
    pub fn oracle_of(&self, one: &Requirement) -> Option<Oracle> {
        let found = one.evidence.iter().filter_map(|evidence| self.oracle(evidence.test));
        let rank = |oracle: &Oracle| match oracle {
            Oracle::Asserts => (0, None),
            Oracle::Unclear(doubt) => (1, Some(*doubt)),
            Oracle::Vacuous(_) => (2, None),
            Oracle::Unreached(_) => (3, None),
            Oracle::Nothing => (4, None),
        };
        found.min_by_key(rank)
    }

    /// The tests that run, are evidence and have no oracle, in order.
    pub fn tests_without_oracle(&self) -> Vec<TestId> {
        let runs = |test: &TestId| !matches!(self.test(*test).state, State::Skipped | State::Ignored);
        let nothing = self.oracles.0.iter().filter(|(_, oracle)| oracle.is_missing()).map(|(test, _)| *test);
        let mut tests: Vec<TestId> = nothing.filter(runs).collect();
        tests.sort_unstable();
        tests
    }
}
