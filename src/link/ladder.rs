//! The evidence ladder: how far the evidence of each requirement reaches.

use super::executed::Execution;
use super::graph::{FactRef, Graph, Input, Requirement, Resolution, RowNode, Rung, TestId, Via};
use super::mutated::Killing;
use crate::model::citation::{Citation, Target};
use crate::model::evidence::Outcome;
use crate::model::oracle::Oracle;
use crate::model::requirement::{Definition, Standing};
use crate::model::test_case::{Grade, Kind};
use crate::read::code::looks_like_test;
use crate::read::grammar::row::begins_open;
use crate::read::table::expects_no_test;
use crate::source::{FileId, Place};
use std::borrow::Cow;

/// Puts every requirement on its rung.
///
/// Where no test was found at all, submodules that are not checked out may hold them.
pub(super) fn climb(graph: &mut Graph, submodules: &[String]) {
    let has_results = graph.has_results();
    let untested = !submodules.is_empty() && graph.tests().all(|(id, _)| graph.test(id).kind != Kind::Test);
    let elsewhere = untested.then(|| format!("no test was found, and {} not checked out", are(submodules)));
    let rungs: Vec<(Rung, Option<Cow<'static, str>>)> = graph
        .requirements
        .iter()
        .map(|one| match (rung(graph, one, has_results), &elsewhere) {
            ((Rung::None, None), Some(why)) if owes_a_test(graph, one) => (Rung::None, Some(Cow::Owned(why.clone()))),
            (found, _) => found,
        })
        .collect();
    let Graph { requirements, inputs, .. } = graph;
    for (requirement, (rung, not_assessed)) in requirements.iter_mut().zip(rungs) {
        requirement.rung = rung;
        requirement.not_assessed = not_assessed;
        requirement.evidence.sort_unstable();
        // Of several markers that lead to one test the nearest says it best: its own before that of its file.
        requirement.evidence.dedup_by(|next, kept| {
            let same = (next.test, next.level) == (kept.test, kept.level);
            if same && grade(inputs, next.via) > grade(inputs, kept.via) {
                kept.via = next.via;
            }
            same
        });
    }
}

/// How near a marker stands to its tests; a row is no marker, and none is nearer.
fn grade(inputs: &[Input], via: Via) -> Option<Grade> {
    let Via::Marker(fact) = via else { return Some(Grade::Function) };
    inputs.get(fact.file.index())?.facts.markers.get(fact.index as usize).map(|marker| marker.grade)
}

/// "the submodule backend is", "the submodules backend and frontend are".
fn are(names: &[String]) -> String {
    match names {
        [only] => format!("the submodule {only} is"),
        [first, second] => format!("the submodules {first} and {second} are"),
        [first, ..] => format!("the submodule {first} and {} more are", names.len() - 1),
        [] => String::new(),
    }
}

/// Why a requirement is not assessed of which a row says that no test is expected: whether that is right is not to be seen here.
const UNEXPECTED: &str = "its row says that no test is expected";

/// Whether a citation stands in a cell that says that there is nothing yet: "TODO: tests/test_link.py".
pub(super) fn is_to_come(graph: &Graph, node: &RowNode, citation: &Citation) -> bool {
    let row = graph.row(node);
    let around = row.cited.iter().find(|cell| cell.span.contains(citation.span));
    around.is_some_and(|cell| begins_open(graph.text(Place::new(node.fact.file, cell.span))))
}

/// Whether nothing but a test can verify a requirement, and no row speaks of it.
fn owes_a_test(graph: &Graph, one: &Requirement) -> bool {
    let needless = graph.definition(one).is_some_and(Definition::needs_none);
    let silent = one.rows.is_empty() && one.children.is_empty();
    one.standing == Standing::Active && silent && !needless && !graph.is_verified_otherwise(one)
}

fn rung(graph: &Graph, requirement: &Requirement, has_results: bool) -> (Rung, Option<Cow<'static, str>>) {
    let nodes = || requirement.rows.iter().map(|id| graph.row_node(*id));
    let decided = |one: &Citation| matches!(&one.target, Target::Prose(text) if expects_no_test(text));
    let cited = nodes().any(|node| graph.row(node).citations.iter().any(|one| !decided(one) && !is_to_come(graph, node, one)));
    if !cited && requirement.markers.is_empty() {
        let told = nodes().any(|node| graph.row(node).citations.iter().any(decided));
        return (Rung::None, told.then_some(Cow::Borrowed(UNEXPECTED)));
    }
    if requirement.evidence.is_empty() {
        let in_code = |fact: &&FactRef| graph.facts(fact.file).results.is_empty();
        if requirement.markers.iter().filter(in_code).any(|fact| in_tests(graph, fact.file)) {
            return (Rung::Exists, Some(Cow::Borrowed("its marker stands in test code, beside no test that was recognised")));
        }
        if !cited && requirement.markers.iter().all(|fact| !graph.facts(fact.file).results.is_empty()) {
            return (Rung::Cited, Some(Cow::Borrowed("a result names it, and the test of that result was not found")));
        }
        return without_tests(nodes().flat_map(|node| &node.citations));
    }
    if !has_results {
        return (Rung::Exists, Some(Cow::Borrowed("no result file was read")));
    }
    // Other cases of a test say nothing of the one that is cited; E01 tells it.
    if graph.relies_on_unrun_case(requirement) {
        return (Rung::Exists, None);
    }
    let outcomes = || requirement.evidence.iter().map(|evidence| graph.test_node(evidence.test).outcome);
    if outcomes().all(|outcome| outcome == Some(Outcome::Passed)) {
        return (above(graph, requirement), None);
    }
    // Another case of a test may have failed than the one that is cited.
    let of_case = |one: &super::cited::Cited<'_>| graph.outcome_of(one.test, &one.cases) == Some(Outcome::Passed);
    if graph.cited(requirement).iter().all(of_case) {
        return (above(graph, requirement), None);
    }
    (Rung::Exists, open(graph, requirement).map(Cow::Owned))
}

/// Why a requirement stands no higher of which no test is known to have failed, while some passed: others have no result, or
/// rest where a file or a class is cited as a whole. Of a test that is cited by its name a check tells more.
fn open(graph: &Graph, requirement: &Requirement) -> Option<String> {
    let tests = requirement.tests();
    let outcome = |test: &TestId| graph.test_node(*test).outcome;
    let is = |wanted: fn(Option<Outcome>) -> bool| tests.iter().filter(|test| wanted(outcome(test))).count();
    let passed = is(|one| one == Some(Outcome::Passed));
    let (missing, rests) = (is(|one| one.is_none()), is(|one| matches!(one, Some(Outcome::Skipped | Outcome::NotRun))));
    let singly = || {
        tests.iter().any(|test| outcome(test).is_some_and(|one| one != Outcome::Passed) && is_named(graph, requirement, *test))
    };
    if passed + missing + rests < tests.len() || rests > 0 && (passed == 0 || singly()) {
        return None;
    }
    let (all, were) = (tests.len(), if rests == 1 { "was" } else { "were" });
    Some(match (missing, rests) {
        (_, 0) => format!("{missing} of {all} tests have no result"),
        (0, _) => format!(
            "{rests} of {all} tests {were} skipped, and they are cited as a whole: nobody can tell what those that passed leave open"
        ),
        _ => format!("{rests} of {all} tests {were} skipped, and {missing} have no result"),
    })
}

/// Whether a row or a marker names a test itself, and not what it stands in.
fn is_named(graph: &Graph, requirement: &Requirement, test: TestId) -> bool {
    let cites = |(citation, found): (&Citation, &Resolution)| match (&citation.target, found) {
        (Target::Test(name), Resolution::Tests(tests) | Resolution::WrongFile { found: tests, .. }) => {
            name.name == graph.test(test).name && tests.contains(&test)
        }
        _ => false,
    };
    requirement.evidence.iter().filter(|one| one.test == test).any(|one| match one.via {
        Via::Row(row) => graph.citations(graph.row_node(row)).any(cites),
        Via::Marker(fact) => graph.marker(fact).grade == Grade::Function,
    })
}

/// The rung of a requirement whose tests pass. What is known to assert nothing climbs no further, whatever it runs.
fn above(graph: &Graph, requirement: &Requirement) -> Rung {
    match (graph.oracle_of(requirement), requirement.execution) {
        (Some(Oracle::Vacuous(_) | Oracle::Unreached(_) | Oracle::Nothing), _) => Rung::Passes,
        // A test that fails when the code is changed runs it and looks at what it does.
        _ if requirement.killing == Killing::Kills => Rung::Kills,
        (_, Execution::Runs) => Rung::Executes,
        (Some(Oracle::Asserts), _) => Rung::Asserts,
        _ => Rung::Passes,
    }
}

/// Whether a file is test code, whatever was recognised in it.
fn in_tests(graph: &Graph, file: FileId) -> bool {
    looks_like_test(graph.path(file)) || graph.facts(file).tests.iter().any(|test| test.kind == Kind::Test)
}

/// Citations that lead to no test: documents and files exist at least, the rest is cited only.
fn without_tests<'g>(resolutions: impl Iterator<Item = &'g Resolution>) -> (Rung, Option<Cow<'static, str>>) {
    let mut reason = None;
    for resolution in resolutions {
        match resolution {
            Resolution::File(_) | Resolution::Documented(_) => {
                return (Rung::Exists, Some(Cow::Borrowed("the evidence is a document or a file without a recognised test")));
            }
            Resolution::NotAssessed(why) => reason = reason.or(Some(Cow::Borrowed(why.text()))),
            Resolution::NoTest => reason = reason.or(Some(Cow::Borrowed("the evidence is described in words"))),
            _ => {}
        }
    }
    (Rung::Cited, reason)
}
