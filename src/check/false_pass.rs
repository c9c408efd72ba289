//! # M10 false-pass
//!
//! A row that claims PASS must have results, and all of its tests must have passed in the run that
//! was read.
//!
//! ## Why it matters
//!
//! PASS in a matrix is typed by a person, often before the last run, and is copied from version to
//! version. Only a result file shows what happened.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Stop
//! The pump shall stop when the tank is empty.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Stop | tests/test_pump.py::test_stop | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_stop():
//!     assert False
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="1" failures="1">
//!   <testcase classname="tests.test_pump" name="test_stop"><failure message="assert False"/></testcase>
//! </testsuite>
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Stop
//! The pump shall stop when the tank is empty.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Stop | tests/test_pump.py::test_stop | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_stop():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="1" failures="0">
//!   <testcase classname="tests.test_pump" name="test_stop"/>
//! </testsuite>
//! ```
//!
//! ## What to do
//!
//! Correct the code or the test and run again, or correct the status. Where no result file was
//! read at all, E01 says so, and names the rows that claim PASS all the same.
//!
//! ## Serves
//!
//! DO-178C A-7.2

use super::cited::{self, claims_pass, code, list};
use super::support::status_place;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Resolution, RowNode, TestId};
use crate::model::citation::Citation;
use crate::model::evidence::Outcome;
use crate::model::matrix::Status;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M10", name: "false-pass", severity: Severity::Error, source: include_str!("false_pass.rs"), run };

/// As many results are shown as further places.
const MAX_RESULTS: usize = 5;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        let mut wrong: Vec<(TestId, Outcome)> = Vec::new();
        let mut place = None;
        for (citation, resolution) in graph.citations(node) {
            if let Resolution::Tests(tests) = resolution
                && claims_pass(graph, node, citation)
            {
                let fresh = not_passed(graph, citation, tests);
                if !fresh.is_empty() {
                    place = place.or(Some(claim_place(graph, node, citation)));
                }
                wrong.extend(fresh);
            }
        }
        wrong.sort_unstable_by_key(|one| one.0);
        wrong.dedup();
        if let Some(place) = place {
            findings.push(cited::about(report(graph, node, place, &wrong), graph, node));
        }
    }
}

/// Where PASS is claimed: in the status of the row, else behind the citation.
fn claim_place(graph: &Graph, node: &RowNode, citation: &Citation) -> Place {
    match graph.row(node).status {
        Some((Status::Pass, _)) => status_place(graph, node),
        _ => cited::place(node, citation.span),
    }
}

/// The tests of a citation that ran and did not pass.
///
/// Of a whole file or class only a failure counts: one skipped test among many takes nothing away.
fn not_passed(graph: &Graph, citation: &Citation, tests: &[TestId]) -> Vec<(TestId, Outcome)> {
    let outcome = |id: &TestId| {
        let known = graph.test_node(*id).outcome;
        // A case that did not run is told by E01.
        known.filter(|_| !graph.case_passed(*id, citation) && !graph.lacks_case(*id, citation)).map(|outcome| (*id, outcome))
    };
    let any_passed = tests.iter().filter_map(outcome).any(|one| one.1 == Outcome::Passed);
    let counts = |(id, outcome): &(TestId, Outcome)| match outcome {
        Outcome::Passed => false,
        Outcome::Failed | Outcome::Error => true,
        Outcome::Skipped | Outcome::ExpectedFailure | Outcome::UnexpectedPass | Outcome::Flaky | Outcome::NotRun => {
            cited::names(graph, *id, citation) || !any_passed
        }
    };
    tests.iter().filter_map(outcome).filter(counts).collect()
}

fn report(graph: &Graph, node: &RowNode, place: Place, wrong: &[(TestId, Outcome)]) -> Finding {
    let row = cited::subject(graph, node);
    let names: Vec<String> =
        wrong.iter().map(|(id, outcome)| format!("{} ({})", code(&graph.test(*id).name), outcome.name())).collect();
    let message = match names.as_slice() {
        [name] => format!("The row of {row} claims PASS, but its test did not pass in the run that was read: {name}"),
        _ => format!(
            "The row of {row} claims PASS, but {} of its tests did not pass in the run that was read: {}",
            names.len(),
            list(&names)
        ),
    };
    let finding = Finding::new(place, row, message)
        .label("not a pass")
        .help("Make the tests pass and run them again, or correct the status of the row.");
    let results = wrong.iter().filter_map(|(id, outcome)| {
        let results = &graph.test_node(*id).results;
        results.iter().find(|result| graph.result(**result).outcome == *outcome).map(|result| (*result, *outcome))
    });
    results.take(MAX_RESULTS).fold(finding, |finding, (result, outcome)| {
        finding.related(graph.result_place(result), format!("the result: {}", outcome.name()))
    })
}
