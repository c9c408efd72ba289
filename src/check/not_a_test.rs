//! # M03 not-a-test
//!
//! What a matrix cites as a test must be one that a runner collects: not a fixture, not a helper
//! function, not a class without tests. Where the list of a runner was read, a test that is not in it is none, although
//! others of its file are, or where the list has files only, one of a file that is not in it although others of its folder
//! are and that no other runner ran: lists that leave tests out, or that are cut short, tell nothing of what they lack.
//!
//! ## Why it matters
//!
//! A fixture or a helper never passes and never fails, so it cannot show that a requirement is
//! met. It does exist, though, and a look at the file is enough to be fooled: the name is there.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # BREW-SRS: Coffee Machine Requirements Specification
//!
//! ### REQ-BREW-001: Full tank
//! The machine shall brew only with water in the tank.
//! ```
//!
//! ```file docs/rtm.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-BREW-001 | Full tank | `tests/test_brew.py::full_tank` | PASS |
//! ```
//!
//! ```file tests/test_brew.py
//! import pytest
//!
//! @pytest.fixture
//! def full_tank():
//!     return 1.0
//!
//! def test_brews(full_tank):
//!     assert full_tank
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # BREW-SRS: Coffee Machine Requirements Specification
//!
//! ### REQ-BREW-001: Full tank
//! The machine shall brew only with water in the tank.
//! ```
//!
//! ```file docs/rtm.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-BREW-001 | Full tank | `tests/test_brew.py::test_brews` | PASS |
//! ```
//!
//! ```file tests/test_brew.py
//! import pytest
//!
//! @pytest.fixture
//! def full_tank():
//!     return 1.0
//!
//! def test_brews(full_tank):
//!     assert full_tank
//! ```
//!
//! ## What to do
//!
//! Cite a test that uses the fixture or the helper and asserts what the requirement demands. If
//! the cited thing is meant to be a test, give it the name or the attribute by which the runner
//! finds it.
//!
//! ## Serves
//!
//! DO-178C 11.21; IEC 62304 5.7.5

mod uncollected;

use super::cited;
use super::fold::{fold, unite};
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Resolution, TestId};
use crate::model::test_case::Kind;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M03", name: "not-a-test", severity: Severity::Error, source: include_str!("not_a_test.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    uncollected::report(graph, findings);
    let mut found = Vec::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        // What a cell names beside a test is how the test comes about; the evidence is the test.
        if graph.citations(node).any(|(_, resolution)| matches!(resolution, Resolution::Tests(_))) {
            continue;
        }
        let mut told: Vec<TestId> = Vec::new();
        for (citation, resolution) in graph.citations(node) {
            let Resolution::NotATest(id) = resolution else { continue };
            if told.contains(id) {
                continue;
            }
            told.push(*id);
            let (case, path) = (graph.test(*id), graph.path(graph.test_node(*id).fact.file));
            let row = cited::subject(graph, node);
            let message = format!("{row} cites `{}` as a test, but in {path} it is {}", case.name, what(case.kind));
            let finding = Finding::new(cited::place(node, citation.span), case.name.clone(), message)
                .label("not a test")
                .help(help(case.kind))
                .related(graph.test_place(*id), "it stands here");
            found.push(cited::about(finding, graph, node));
        }
    }
    findings.extend(fold(graph, unite(found), |_, many| {
        Some(format!("{} citations of {} name what no test runner runs as a test: {}", many.count, many.path, many.names))
    }));
}

/// What the thing is and why it proves nothing.
fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Fixture => "a fixture, which prepares tests and has no outcome of its own",
        Kind::Helper => "a function that no test runner collects",
        Kind::Class => "a class without any test in it",
        Kind::Test => "not run as a test",
    }
}

fn help(kind: Kind) -> &'static str {
    match kind {
        Kind::Fixture => "Cite a test that uses the fixture and asserts what the requirement demands.",
        Kind::Helper => "Cite a test that calls the function, or name it so that the runner collects it.",
        Kind::Class | Kind::Test => "Cite the tests that verify the requirement, or write them.",
    }
}
