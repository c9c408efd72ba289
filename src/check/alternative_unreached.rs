//! # S04 alternative-unreached
//!
//! Where a requirement plainly writes out alternatives (`stdio | sse | http`, "`stdio`, `sse` or `http`", "one of: …", in code
//! spans or quotes), each of them is reached by a test that verifies it: the value stands in the test, its name, its parameters,
//! its results, or a helper, fixture or constant of its file, or coverage shows that a test runs what the code does for it. A value
//! counts in any spelling (`runSse`, `RUN_SSE`); a comment that repeats the whole set does not, nor a case that is always skipped
//! (`pytest.param("sse", marks=pytest.mark.skip)`).
//! It is reported only where the tests name at least one other of the set, so that they are known to use its words. Where they take
//! values from elsewhere (all members of a type, a file, an imported list), nothing is reported. A line that chooses between
//! several ways is never called covered for having run; where branches are measured they decide: code that asks for just this value
//! (`== "sse"`) and was never entered is told, whatever the tests say.
//!
//! ## Why it matters
//! A server was to speak three protocols. The tests started it with one of them, the matrix said PASS for all, and the second did
//! not start.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open by `button`, `sensor` or `timer`. |
//! ```
//! ```file tests/test_doors.py
//! import pytest
//! from lift import doors
//!
//! @pytest.mark.parametrize("cause", ["button", "sensor"])
//! def test_opens(cause):
//!     """Verifies: REQ-DOOR-001"""
//!     assert doors.open_by(cause)
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open by `button`, `sensor` or `timer`. |
//! ```
//! ```file tests/test_doors.py
//! import pytest
//! from lift import doors
//!
//! @pytest.mark.parametrize("cause", ["button", "sensor", "timer"])
//! def test_opens(cause):
//!     """Verifies: REQ-DOOR-001"""
//!     assert doors.open_by(cause)
//! ```
//!
//! ## What to do
//! Add a case for the alternative, or cite the test that has one. `tracegate trace REQ-ID` shows what is known of each alternative.
//!
//! ## Serves
//! ISO 26262-6 Table 8

use super::Check;
use super::cited::{code, list};
use crate::finding::{Finding, Severity};
use crate::link::alternatives::{Alternative, Reach};
use crate::link::graph::{Graph, Requirement};
use crate::settings::Settings;
use rayon::prelude::*;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "S04",
    name: "alternative-unreached",
    severity: Severity::Warning,
    source: include_str!("alternative_unreached.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let sets = graph.requirements.par_iter().flat_map_iter(|one| {
        let sets = graph.alternatives(one).into_iter();
        sets.filter_map(|set| report(graph, one, &set)).collect::<Vec<_>>()
    });
    findings.par_extend(sets);
}

/// One finding a set of alternatives.
fn report(graph: &Graph, one: &Requirement, set: &[Alternative]) -> Option<Finding> {
    let missing: Vec<&Alternative> = set.iter().filter(|alternative| alternative.reach.is_missing()).collect();
    let first = *missing.first()?;
    let quoted = |some: &[&Alternative]| list(&some.iter().map(|one| code(&one.value)).collect::<Vec<_>>());
    let names = quoted(&missing);
    let reached = |one: &&Alternative| matches!(one.reach, Reach::Spoken | Reach::Ran(_));
    let others: Vec<&Alternative> = set.iter().filter(reached).collect();
    let (verb, too) = (if missing.len() == 1 { "is" } else { "are" }, if others.len() == 1 { "is" } else { "are" });
    let message = match first.reach {
        Reach::Untaken(line) => {
            format!("{}: the code chooses {names} on line {line}, and no test took all ways that lead on from there", one.id)
        }
        _ => format!("{names} {verb} not found in the tests that verify {}, though {} {too}", one.id, quoted(&others)),
    };
    let finding = Finding::new(first.place, format!("{} {}", one.id, first.value), message)
        .label("no test of it reaches this")
        .help(format!("Add a case for {names}, or cite a test for {} that has one.", one.id))
        .about(graph.namespace(one), &one.id);
    let finding = missing.iter().skip(1).fold(finding, |finding, other| finding.related(other.place, "nor this"));
    Some(
        one.tests()
            .into_iter()
            .fold(finding, |finding, test| finding.related(graph.test_place(test), format!("verifies {}", one.id))),
    )
}
