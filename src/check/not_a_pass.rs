//! # E02 not-a-pass
//!
//! A test that a requirement relies on must have passed. Failed, broken, skipped, ignored,
//! expected to fail, or passed only when run again: none of these is a pass. Neither is a pass of which the source says that
//! it is a failure to expect (`xfail` that is not strict), nor a row of a matrix that says itself that it failed, or that
//! it is not tested while it cites a test. Of a parametrised test the cases count that are cited.
//!
//! ## Why it matters
//!
//! A runner that skips a test still ends green, and so does one that expects a test to fail. The
//! requirement behind it looks verified and is not.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # BREW-SRS: Coffee Machine Requirements Specification
//!
//! ### REQ-BREW-001: Hot
//! The coffee shall be hot.
//! ```
//!
//! ```file docs/rtm.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! | Req ID | Requirement | Test |
//! |---|---|---|
//! | REQ-BREW-001 | Hot | tests/test_brew.py::test_hot |
//! ```
//!
//! ```file tests/test_brew.py
//! import pytest
//!
//! @pytest.mark.skip(reason="thermometer broken")
//! def test_hot():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # BREW-SRS: Coffee Machine Requirements Specification
//!
//! ### REQ-BREW-001: Hot
//! The coffee shall be hot.
//! ```
//!
//! ```file docs/rtm.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! | Req ID | Requirement | Test |
//! |---|---|---|
//! | REQ-BREW-001 | Hot | tests/test_brew.py::test_hot |
//! ```
//!
//! ```file tests/test_brew.py
//! def test_hot():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Repair the test or the code and run again. If the test cannot run for now, verify the
//! requirement in another way, or cite nothing in its row and say there that it is not verified.
//!
//! Where several files have a result of one case, a later run counts in place of an earlier one: both say when they ran, and
//! neither their machines, their suites nor the names of their files differ otherwise than by time (`old.xml` and `new.xml`, days, `run-2`). A remark says so.
//! Where nothing tells which run is the later, the worse result counts, and a remark says that they contradict each other.
//!
//! ## Serves
//!
//! ISO 26262-8 9.4.3

mod runs;
mod stated;

use super::cited::{self, Reliance};
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, ResultId, TestId};
use crate::model::evidence::Outcome;
use crate::model::test_case::State;
use crate::settings::Settings;
use crate::source::Place;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E02", name: "not-a-pass", severity: Severity::Error, source: include_str!("not_a_pass.rs"), run };

/// As many citations are shown as further places.
const MAX_CITATIONS: usize = 3;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    findings.extend(stated::rows(graph));
    findings.extend(runs::told(graph));
    let mut tests: BTreeMap<TestId, Vec<Reliance>> = BTreeMap::new();
    // Nearly every test passed, or was not run and is not disabled: there is nothing to say of it.
    let unremarkable = |test: TestId| match graph.test_node(test).outcome {
        Some(outcome) => outcome == Outcome::Passed,
        None => graph.test(test).state == State::Active,
    };
    if graph.tests().all(|(test, _)| unremarkable(test)) {
        return;
    }
    for reliance in cited::reliances(graph, |test| !unremarkable(test)) {
        tests.entry(reliance.test).or_default().push(reliance);
    }
    let mut idle = Idle { graph, known: FxHashMap::default() };
    for (test, reliances) in tests {
        let alone = reliances.iter().any(|reliance| reliance.alone || reliance.requirement.is_some_and(|id| idle.is(id)));
        let outcome = graph.test_node(test).outcome.filter(|outcome| counts(*outcome, alone));
        if let Some(finding) = match outcome {
            Some(outcome) => Some(ran(graph, test, outcome, &reliances)),
            None if graph.test_node(test).outcome.is_none() && alone => disabled(graph, test, &reliances),
            None => None,
        } {
            findings.push(finish(graph, finding, &reliances));
        }
    }
}

/// Requirements of which no test ran or will run: what is skipped takes away all that they have.
struct Idle<'g> {
    graph: &'g Graph,
    known: FxHashMap<ReqId, bool>,
}

impl Idle<'_> {
    fn is(&mut self, id: ReqId) -> bool {
        let graph = self.graph;
        let rests = |test: TestId| match graph.test_node(test).outcome {
            Some(outcome) => matches!(outcome, Outcome::Skipped | Outcome::NotRun),
            None => matches!(graph.test(test).state, State::Skipped | State::Ignored),
        };
        let idle = || graph.requirement(id).evidence.iter().all(|evidence| rests(evidence.test));
        *self.known.entry(id).or_insert_with(idle)
    }
}

/// Of a whole file or class only failures count: one skipped test among many takes nothing away.
fn counts(outcome: Outcome, alone: bool) -> bool {
    match outcome {
        Outcome::Passed => false,
        Outcome::Failed | Outcome::Error => true,
        Outcome::Skipped | Outcome::ExpectedFailure | Outcome::UnexpectedPass | Outcome::Flaky | Outcome::NotRun => alone,
    }
}

fn ran(graph: &Graph, test: TestId, outcome: Outcome, reliances: &[Reliance]) -> Finding {
    let case = graph.test(test);
    let results = &graph.test_node(test).results;
    let of_outcome: Vec<ResultId> = results.iter().copied().filter(|id| graph.result(*id).outcome == outcome).collect();
    // A pass that the source does not expect is a pass in the file.
    let result = of_outcome.first().or(results.first()).copied();
    let (what, help) = match outcome {
        Outcome::Failed | Outcome::Passed => {
            ("failed in the run that was read", "Correct the code or the test, and run it again.")
        }
        Outcome::Error => {
            ("broke before it could pass in the run that was read", "Repair what it needs to run, and run it again.")
        }
        Outcome::Skipped => ("was skipped in the run that was read", "Run it, or verify the requirement in another way."),
        Outcome::ExpectedFailure => (
            "failed as expected, which shows that the behaviour is missing",
            "Correct the code and drop the expectation, or give the row an honest status.",
        ),
        Outcome::UnexpectedPass => (
            "passed although its source expects it to fail",
            "Drop the expectation if the code was corrected, or correct the test: it does not look at what was broken.",
        ),
        Outcome::Flaky => ("passed only when it was run again", "Make the test stable: a pass by chance shows nothing."),
        Outcome::NotRun => ("is listed by the runner and was not run", "Run it, or verify the requirement in another way."),
    };
    let reason = result.map(|id| reason(graph, id)).unwrap_or_default();
    let cases = cases(graph, results, &of_outcome);
    let message = format!("`{}` verifies {} and {what}{cases}{reason}", case.name, cited::verified(graph, reliances).0);
    let place = match case
        .state_span
        .filter(|_| matches!(outcome, Outcome::Skipped | Outcome::ExpectedFailure | Outcome::UnexpectedPass))
    {
        Some(span) => Place::new(graph.test_node(test).fact.file, span),
        None => graph.test_place(test),
    };
    let finding = Finding::new(place, case.qualified(), message).label(outcome.name()).help(help);
    match result {
        Some(id) => finding.related(graph.result_place(id), "the result"),
        None => finding,
    }
}

/// How many of the results of a test are of the outcome, where not all are.
fn cases(graph: &Graph, all: &[ResultId], some: &[ResultId]) -> String {
    match some {
        [] => String::new(),
        _ if some.len() == all.len() => String::new(),
        [one] => format!(", in 1 of {} results (`{}`)", all.len(), graph.result(*one).name),
        _ => format!(", in {} of {} results", some.len(), all.len()),
    }
}

fn reason(graph: &Graph, id: ResultId) -> String {
    let message: String = graph.result(id).message.chars().take(120).collect();
    if message.trim().is_empty() { String::new() } else { format!(": \"{}\"", message.trim()) }
}

/// A test whose source says that no run executes it, or that its failure is expected.
fn disabled(graph: &Graph, test: TestId, reliances: &[Reliance]) -> Option<Finding> {
    let case = graph.test(test);
    let what = match case.state {
        State::Skipped => "its source skips it in every run",
        State::Ignored => "its source disables it",
        State::ExpectedFailure => "its source expects it to fail",
        State::Active | State::Conditional => return None,
    };
    let place = match case.state_span {
        Some(span) => Place::new(graph.test_node(test).fact.file, span),
        None => graph.test_place(test),
    };
    let message = format!("`{}` verifies {}, but {what}", case.name, cited::verified(graph, reliances).0);
    let help = match case.state {
        State::ExpectedFailure => "Correct the code and drop the expectation, or give the row an honest status.",
        _ => "Let it run again, or verify the requirement in another way.",
    };
    Some(Finding::new(place, case.qualified(), message).label("never a pass").help(help))
}

fn finish(graph: &Graph, finding: Finding, reliances: &[Reliance]) -> Finding {
    let finding = cited::about_all(finding, graph, &cited::verified(graph, reliances).1);
    // Two tags on one line are one place to look at.
    let line = |one: &&Reliance| (one.place.file, graph.input(one.place.file).text.position(one.place.span.start).0);
    let mut places: Vec<&Reliance> = reliances.iter().collect();
    places.dedup_by_key(|one| line(one));
    places.into_iter().take(MAX_CITATIONS).fold(finding, |finding, one| finding.related(one.place, "relied on here"))
}
