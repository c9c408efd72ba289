//! The evidence ladder, rung by rung: what brings a requirement onto each, or keeps it below.

use super::Item;
use crate::link::executed::Execution;
use crate::link::graph::{Graph, Requirement, Rung};
use crate::link::mutated::Killing;
use crate::model::evidence::Outcome;
use crate::model::oracle::Oracle;
use crate::report::visible::count;

/// All rungs with their reasons, the lowest first.
pub(super) fn items(graph: &Graph, one: &Requirement) -> Vec<Item> {
    let rungs = [
        (Rung::Cited, cited(graph, one)),
        (Rung::Exists, exists(one)),
        (Rung::Passes, passes(graph, one)),
        (Rung::Asserts, asserts(graph, one)),
        (Rung::Executes, executes(one)),
        (Rung::Kills, kills(one)),
    ];
    rungs.into_iter().map(|(rung, why)| Item::new(format!("{}: {why}", rung.name()))).collect()
}

fn cited(graph: &Graph, one: &Requirement) -> String {
    let rows = one.rows.iter().filter(|row| !graph.row(graph.row_node(**row)).citations.is_empty()).count();
    match (rows, one.markers.len()) {
        (0, 0) => String::from("no: no row and no marker names a test of it"),
        (rows, 0) => format!("yes, by {}", count(rows, "row")),
        (0, markers) => format!("yes, by {}", count(markers, "marker")),
        (rows, markers) => format!("yes, by {} and {}", count(rows, "row"), count(markers, "marker")),
    }
}

fn exists(one: &Requirement) -> String {
    match (one.tests().len(), one.rung >= Rung::Exists, one.not_assessed.as_deref()) {
        (0, _, Some(why)) => format!("not assessed: {why}"),
        (0, true, None) => String::from("yes, and it is no test that was recognised"),
        (0, false, None) if one.rows.is_empty() && one.markers.is_empty() => String::from("no: nothing is named"),
        (0, false, None) => String::from("no: none of the tests that are named exists"),
        (tests, ..) => format!("yes, {}", count(tests, "test")),
    }
}

fn passes(graph: &Graph, one: &Requirement) -> String {
    let tests = one.tests();
    let outcomes: Vec<Option<Outcome>> = tests.iter().map(|test| graph.test_node(*test).outcome).collect();
    let passed = outcomes.iter().filter(|outcome| **outcome == Some(Outcome::Passed)).count();
    let all = count(tests.len(), "test");
    if tests.is_empty() {
        return String::from("not assessed: it has no test");
    }
    if !graph.has_results() {
        return String::from("not assessed: no result file was read");
    }
    if one.rung >= Rung::Passes && passed < tests.len() {
        return String::from("yes, the cases that are cited passed");
    }
    match (one.rung >= Rung::Passes, outcomes.iter().filter(|outcome| outcome.is_none()).count()) {
        (true, _) => format!("yes, {passed} of {all} passed"),
        (false, 0) => format!("no: {passed} of {all} passed"),
        (false, absent) => format!("no: {passed} of {all} passed, and {absent} without a result"),
    }
}

fn asserts(graph: &Graph, one: &Requirement) -> String {
    match graph.oracle_of(one) {
        Some(Oracle::Asserts) => String::from("yes, one of its tests asserts something"),
        Some(Oracle::Nothing) => String::from("no: none of its tests asserts anything"),
        Some(Oracle::Unclear(doubt)) => format!("not assessed: {}", doubt.text()),
        None => String::from("not assessed: it has no test that could be looked into"),
    }
}

fn executes(one: &Requirement) -> String {
    match one.execution {
        Execution::Runs => String::from("yes, one of its tests runs code that implements it"),
        Execution::Hollow => String::from("no: none of its tests runs any of the code that implements it"),
        Execution::NotAssessed(unknown) => format!("not assessed: {}", unknown.text()),
    }
}

fn kills(one: &Requirement) -> String {
    match one.killing {
        Killing::Kills => String::from("yes, one of its tests fails when the code that implements it is changed"),
        Killing::KillsNone => String::from("no: none of its tests kills any mutant of the code that implements it"),
        Killing::NotAssessed(unknown) => format!("not assessed: {}", unknown.text()),
    }
}
