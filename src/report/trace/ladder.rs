//! The evidence ladder, rung by rung: what brings a requirement onto each, or keeps it below.

use super::Item;
use crate::link::executed::Execution;
use crate::link::graph::{Graph, Requirement, Rung};
use crate::link::mutated::Killing;
use crate::model::evidence::Outcome;
use crate::model::oracle::Oracle;
use crate::report::visible::count;

/// Whether a requirement reaches a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It could not be assessed.
    NotAssessed,
}

/// What is known of one rung, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rung.
    pub rung: Rung,
    /// Whether it is reached.
    pub answer: Answer,
    /// Why, in a few words.
    pub why: String,
}

impl Step {
    /// The answer and why, as people read it.
    pub fn text(&self) -> String {
        let Self { answer, why, .. } = self;
        match answer {
            Answer::Yes => format!("yes, {why}"),
            Answer::No => format!("no: {why}"),
            Answer::NotAssessed => format!("not assessed: {why}"),
        }
    }
}

/// All rungs with their reasons, the lowest first.
pub(super) fn items(graph: &Graph, one: &Requirement) -> Vec<Item> {
    steps(graph, one).iter().map(|step| Item::new(format!("{}: {}", step.rung.name(), step.text()))).collect()
}

/// What is known of each rung, the lowest first.
pub fn steps(graph: &Graph, one: &Requirement) -> [Step; 6] {
    let step = |rung, (answer, why): Told| Step { rung, answer, why };
    [
        step(Rung::Cited, cited(graph, one)),
        step(Rung::Exists, exists(one)),
        step(Rung::Passes, passes(graph, one)),
        step(Rung::Asserts, asserts(graph, one)),
        step(Rung::Executes, executes(one)),
        step(Rung::Kills, kills(one)),
    ]
}

/// An answer and why.
type Told = (Answer, String);

fn yes(why: impl Into<String>) -> Told {
    (Answer::Yes, why.into())
}

fn no(why: impl Into<String>) -> Told {
    (Answer::No, why.into())
}

fn open(why: impl Into<String>) -> Told {
    (Answer::NotAssessed, why.into())
}

fn cited(graph: &Graph, one: &Requirement) -> Told {
    let rows = one.rows.iter().filter(|row| !graph.row(graph.row_node(**row)).citations.is_empty()).count();
    match (rows, one.markers.len()) {
        (0, 0) => no("no row and no marker names a test of it"),
        (rows, 0) => yes(format!("by {}", count(rows, "row"))),
        (0, markers) => yes(format!("by {}", count(markers, "marker"))),
        (rows, markers) => yes(format!("by {} and {}", count(rows, "row"), count(markers, "marker"))),
    }
}

fn exists(one: &Requirement) -> Told {
    match (one.tests().len(), one.rung >= Rung::Exists, one.not_assessed.as_deref()) {
        (0, _, Some(why)) => open(why),
        (0, true, None) => yes("and it is no test that was recognised"),
        (0, false, None) if one.rows.is_empty() && one.markers.is_empty() => no("nothing is named"),
        (0, false, None) => no("none of the tests that are named exists"),
        (tests, ..) => yes(count(tests, "test")),
    }
}

fn passes(graph: &Graph, one: &Requirement) -> Told {
    let tests = one.tests();
    let outcomes: Vec<Option<Outcome>> = tests.iter().map(|test| graph.test_node(*test).outcome).collect();
    let passed = outcomes.iter().filter(|outcome| **outcome == Some(Outcome::Passed)).count();
    let all = count(tests.len(), "test");
    if tests.is_empty() {
        return open("it has no test");
    }
    if !graph.has_results() {
        return open("no result file was read");
    }
    if graph.relies_on_unrun_case(one) {
        return no("a case that is cited has no result");
    }
    if one.rung >= Rung::Passes && passed < tests.len() {
        return yes("the cases that are cited passed");
    }
    match (one.rung >= Rung::Passes, outcomes.iter().filter(|outcome| outcome.is_none()).count()) {
        (true, _) => yes(format!("{passed} of {all} passed")),
        (false, 0) => no(format!("{passed} of {all} passed")),
        (false, absent) => no(format!("{passed} of {all} passed, and {absent} without a result")),
    }
}

fn asserts(graph: &Graph, one: &Requirement) -> Told {
    match graph.oracle_of(one) {
        Some(Oracle::Asserts) => yes("one of its tests asserts something"),
        Some(Oracle::Vacuous(_)) => no("what its tests assert holds whatever happens"),
        Some(Oracle::Unreached(_)) => no("what its tests would assert is never reached"),
        Some(Oracle::Nothing) => no("none of its tests asserts anything"),
        Some(Oracle::Unclear(doubt)) => open(doubt.text()),
        None => open("it has no test that could be looked into"),
    }
}

fn executes(one: &Requirement) -> Told {
    match one.execution {
        Execution::Runs => yes("one of its tests runs code that implements it"),
        Execution::Hollow => no("none of its tests runs any of the code that implements it"),
        Execution::NotAssessed(unknown) => open(unknown.text()),
    }
}

fn kills(one: &Requirement) -> Told {
    match one.killing {
        Killing::Kills => yes("one of its tests fails when the code that implements it is changed"),
        Killing::KillsNone => no("none of its tests kills any mutant of the code that implements it"),
        Killing::NotAssessed(unknown) => open(unknown.text()),
    }
}
