//! # S06 mocked-subject
//!
//! Of the tests that verify a requirement at least one leaves the code that implements it in place: not all of them patch, stub
//! or mock that very code. What implements it is said by a marker in the code, by a column "Code" of the matrix, or by a policy, as for S02. Read are Python (`patch`,
//! `patch.object`, `mocker`, `monkeypatch.setattr`, a mock that is assigned; as decorator of the test or its class, in the body,
//! and in set-up and fixtures of the file), JavaScript and TypeScript (`jest.mock`, `vi.mock`, `spyOn` with a replacement,
//! Sinon, testdouble, proxyquire), Java and Kotlin (`@Mock`, `@MockBean`, `mock(Burner.class)`, MockK, and methods of a spy that
//! are told to do something else). A spy that only watches is no mock.
//! The names must lead to that very code, through the imports of the test. Nothing is reported where one test of the requirement does
//! without, for that one can fail by the code, and mocks in the others are only their way to look at something else. Nor is it where a
//! test uses the real thing too, where only one of several methods of an implementing class is replaced, where a
//! requirement has further code that stays, and where coverage shows that the code runs.
//!
//! ## Why it matters
//! A test that replaces its subject verifies the stand-in: what the author of the test wrote into it comes back, whatever the
//! code does. It passes, it asserts, and the code may be wrong or empty.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. |
//! ```
//! ```file lift/doors.py
//! def open_doors(floor):
//!     """Implements: REQ-DOOR-001"""
//!     return motor.turn(floor)
//! ```
//! ```file tests/test_doors.py
//! from unittest.mock import patch
//! from lift import doors
//!
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     with patch("lift.doors.open_doors", return_value="open"):
//!         assert doors.open_doors(3) == "open"
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
//! ```file lift/doors.py
//! def open_doors(floor):
//!     """Implements: REQ-DOOR-001"""
//!     return motor.turn(floor)
//! ```
//! ```file tests/test_doors.py
//! from unittest.mock import patch
//! from lift import doors
//!
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     with patch("lift.doors.motor") as motor:
//!         motor.turn.return_value = "open"
//!         assert doors.open_doors(3) == "open"
//! ```
//!
//! ## What to do
//! Replace what the code calls, not the code itself, or cite a test that runs it. Where the marker is at the wrong place, correct
//! what says that this code implements the requirement. Per-test coverage shows the same for all kinds of tests (S02).
//!
//! ## Serves
//! DO-178C 6.4.4

use super::Check;
use super::cited::{code, list};
use super::hollow_evidence::place;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::mocked::Mocked;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S06", name: "mocked-subject", severity: Severity::Warning, source: include_str!("mocked_subject.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    findings.extend(graph.mocked.iter().filter_map(|mocked| report(graph, mocked)));
}

fn report(graph: &Graph, mocked: &Mocked) -> Option<Finding> {
    let one = graph.requirement(mocked.requirement);
    let ((_, first), others) = mocked.tests.split_first()?;
    let names: Vec<String> = one.parts.iter().map(|part| code(&graph.part_name(part))).collect();
    let names = list(&names);
    let verb = if one.parts.len() == 1 { "implements" } else { "implement" };
    let message = match others.len() {
        0 => format!("The only test of {} replaces {names}, which {verb} it", one.id),
        others => format!("Each of the {} of {} replaces {names}, which {verb} it", count(others + 1, "test"), one.id),
    };
    let finding = Finding::new(*first, one.id.as_str(), message)
        .label(format!("replaces the code of {}", one.id))
        .help(format!("Replace what {names} calls, or cite a test that runs it."))
        .about(graph.namespace(one), &one.id);
    let finding =
        one.parts.iter().fold(finding, |finding, part| finding.related(graph.part_place(part), format!("implements {}", one.id)));
    let finding = others.iter().fold(finding, |finding, (_, place)| finding.related(*place, "replaces it too"));
    Some(one.evidence.iter().fold(finding, |finding, evidence| {
        finding.related(place(graph, evidence), format!("makes the test evidence of {}", one.id))
    }))
}
