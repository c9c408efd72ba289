//! # S05 no-oracle
//!
//! A test that is evidence of a requirement can fail by what it looks at: it reaches an assertion, an expected exception,
//! a comparison with what is kept (a snapshot, a golden file) or the verification of a mock. Helpers of the same file
//! are followed, and so are the set-up and the tear-down of its class. Read are Python, JavaScript and TypeScript, Java,
//! Kotlin, Rust, C and C++, Go, C#, Gherkin (a scenario without a step `Then`) and Robot Framework (a keyword of a library that
//! does more than log). What holds whatever happens is no oracle: `assert True`, `assert ready or True`, `assert len(found) >= 0`,
//! `assert (ready, "a message")`, `assert [ready()]`, `EXPECT_EQ(1, 1)`, `expect(true).toBe(true)`, `SUCCEED()`; nor is half a
//! sentence that asks nothing: `expect(ready);`, `assertThat(ready);`, `ready.Should();`. A name that is compared with itself
//! (`assert x == x`) is one where the name of the test speaks of equality. What nothing comes to is none either: behind a `return` that
//! is in no condition, in `if False:`, in a function within the test that nobody calls.
//!
//! Where a test calls something of another file that may assert (a method of a `PumpTester`), unwraps what it gets, tells
//! failures in a way of its own, or says in its name that something is allowed or does not fail (`test_stop_twice_is_allowed`,
//! `does_not_panic`), nothing is reported, and the requirement says why it is not assessed. So it is with a scenario that has a
//! step `Then`, or one that states something behind `When` (`And the answer is an error`): the code of its steps is not followed.
//!
//! ## Why it matters
//! A test that only calls the code passes whatever the code returns. Its result is a PASS like any other, the
//! coverage shows that the code ran, and nothing was verified but that it does not crash.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. |
//! ```
//! ```file tests/test_lift.py
//! from lift import arrive
//!
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     doors = arrive(floor=3)
//!     print(doors.open)
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. |
//! ```
//! ```file tests/test_lift.py
//! from lift import arrive
//!
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     doors = arrive(floor=3)
//!     assert doors.open
//! ```
//!
//! ## What to do
//! Assert what the requirement says. Run one file alone after the change, and see the test fail where the assertion is turned
//! round: `pytest tests/test_lift.py`, `npx vitest run lift.test.ts`, `mvn -Dtest=LiftTest test`, `cargo test --test lift`,
//! `ctest -R lift`, `go test -run TestLift ./...`, `dotnet test --filter LiftTests`, `robot lift.robot`. Linters find such tests
//! while they are written: `jest/expect-expect` and `vitest/expect-expect` of ESLint, S2699 of Sonar. Where it is enough
//! that nothing is thrown, say so: `assertDoesNotThrow`, `expect(…).not.toThrow()`, `EXPECT_NO_THROW`, `Should.NotThrow`.
//!
//! ## Serves
//! DO-178C A-7.1

use super::Check;
use super::cited::{about_all, code, list};
use super::hollow_evidence::place;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, TestId};
use crate::model::oracle::Oracle;
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S05", name: "no-oracle", severity: Severity::Warning, source: include_str!("no_oracle.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let tests = graph.tests_without_oracle();
    let file = |test: &TestId| graph.test_node(*test).fact.file;
    findings.extend(tests.chunk_by(|a, b| file(a) == file(b)).filter_map(|tests| report(graph, tests)));
}

/// One finding a file: its tests without an oracle.
fn report(graph: &Graph, tests: &[TestId]) -> Option<Finding> {
    let first = *tests.first()?;
    let names: Vec<String> = tests.iter().map(|test| code(&graph.test(*test).qualified())).collect();
    let alone = resting_on(graph, tests);
    let ids: Vec<&str> = alone.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let rests = match ids.as_slice() {
        [] => String::new(),
        [only] => format!(", and {only} has no other evidence"),
        _ => format!(", and {} have no other evidence", list(&ids)),
    };
    let what = if tests.iter().any(|test| vacuous(graph, *test).is_some()) { "assertion that can fail" } else { "assertion" };
    let message = match names.as_slice() {
        [only] => format!("No {what} was found in {only}, nor in what it calls of its file{rests}"),
        _ => format!(
            "No {what} was found in {} of this file, nor in what they call of it{rests}: {}",
            count(tests.len(), "test"),
            list(&names)
        ),
    };
    let finding = Finding::new(graph.test_place(first), graph.test(first).qualified(), message)
        .label(format!("no {what} was found"))
        .help("Assert what the requirement says, or cite a test that does.")
        .parted(graph.path(graph.test_place(first).file), &names);
    let finding = about_all(finding, graph, &alone);
    Some(tests.iter().fold(finding, |finding, test| with_evidence(finding, graph, *test, first)))
}

/// The requirements in force whose tests all assert nothing, and of which one of these is a test.
fn resting_on(graph: &Graph, tests: &[TestId]) -> Vec<ReqId> {
    let alone = |id: &ReqId| {
        let one = graph.requirement(*id);
        let own = one.evidence.iter().any(|evidence| tests.binary_search(&evidence.test).is_ok());
        own && one.standing == Standing::Active && graph.oracle_of(one).is_some_and(Oracle::is_missing)
    };
    let mut found: Vec<ReqId> = tests.iter().flat_map(|test| &graph.test_node(*test).verifies).copied().filter(alone).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The first assertion of a test that holds whatever happens or is never reached, where it has no other, and which of these it does.
fn vacuous(graph: &Graph, test: TestId) -> Option<(Place, &'static str)> {
    let (span, why) = match graph.oracle(test)? {
        Oracle::Vacuous(span) => (span, "holds whatever happens"),
        Oracle::Unreached(span) => (span, "is never reached"),
        _ => return None,
    };
    Some((Place::new(graph.test_node(test).fact.file, span), why))
}

/// Adds a test, unless the finding stands on it, and the row or marker that makes it evidence.
fn with_evidence(finding: Finding, graph: &Graph, test: TestId, first: TestId) -> Finding {
    let finding = match test == first {
        true => finding,
        false => finding.related(graph.test_place(test), "nor here"),
    };
    let finding = match vacuous(graph, test) {
        Some((place, why)) => finding.related(place, why),
        None => finding,
    };
    let active =
        graph.test_node(test).verifies.iter().map(|id| graph.requirement(*id)).find(|one| one.standing == Standing::Active);
    let evidence = active.and_then(|one| Some((one, one.evidence.iter().find(|evidence| evidence.test == test)?)));
    match evidence.map(|(one, evidence)| (place(graph, evidence), format!("makes it evidence of {}", one.id))) {
        // One row or head may make evidence of all tests of a file.
        Some((place, message)) if !finding.related.iter().any(|one| one.place == place && one.message == message) => {
            finding.related(place, message)
        }
        _ => finding,
    }
}
