//! Citations that stand for whole packages, folders or files of tests.

use crate::check::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, Resolution, RowNode, TestId};
use crate::model::citation::Target;
use crate::settings::MAX_SHARED;
use crate::source::Place;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// One such citation: what it names, and for which requirements it is made.
struct Wide<'g> {
    place: Place,
    tests: &'g [TestId],
    requirements: BTreeSet<ReqId>,
}

/// The citations that are made for more requirements than any test checks, and the tests that they name.
pub(super) fn told(graph: &Graph) -> (Vec<Finding>, FxHashSet<TestId>) {
    let mut wide: BTreeMap<String, Wide<'_>> = BTreeMap::new();
    for node in &graph.rows {
        for (citation, found) in graph.citations(node) {
            let Resolution::Tests(tests) = found else { continue };
            let Some(name) = name(&citation.target) else { continue };
            let place = Graph::place(node.fact, citation.span);
            let one = wide.entry(name).or_insert_with(|| Wide { place, tests, requirements: BTreeSet::new() });
            one.requirements.extend(targets(node));
        }
    }
    wide.retain(|_, one| one.requirements.len() > MAX_SHARED && spread(graph, one.tests) > 1);
    let tests = wide.values().flat_map(|one| one.tests).copied().collect();
    (wide.into_iter().map(|(name, one)| finding(graph, &name, &one)).collect(), tests)
}

/// What a citation of many tests calls them.
fn name(target: &Target) -> Option<String> {
    match target {
        Target::Glob(pattern) => Some(pattern.clone()),
        Target::Test(name) if name.name.starts_with('*') => Some(name.qualified()),
        _ => None,
    }
}

fn targets(node: &RowNode) -> impl Iterator<Item = ReqId> {
    node.targets.iter().filter_map(|target| match target.found {
        Found::One(id) => Some(id),
        _ => None,
    })
}

/// In how many files tests stand.
fn spread(graph: &Graph, tests: &[TestId]) -> usize {
    tests.iter().map(|test| graph.test_node(*test).fact.file).collect::<FxHashSet<_>>().len()
}

fn finding(graph: &Graph, name: &str, one: &Wide<'_>) -> Finding {
    let ids: Vec<&str> = one.requirements.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let message = format!(
        "`{name}` is cited as a whole for {} ({}): each of {} in {} counts as evidence of all of them.",
        count(ids.len(), "requirement"),
        listed(&ids, 4),
        count(one.tests.len(), "test"),
        count(spread(graph, one.tests), "file"),
    );
    Finding::new(one.place, name, message)
        .label("cited as a whole")
        .help("Cite for each requirement the tests that check it, or name the requirements at the tests.")
        .severity(Severity::Info)
}
