//! # T02 orphan-test
//!
//! In a file whose tests trace to requirements, each test does. One finding a file tells how many do not.
//! Files in which no test traces to anything are not looked at, neither are those that a row cites as a whole or whose
//! header names a requirement, nor tests tagged as support.
//!
//! ## Why it matters
//! A test without a requirement checks behaviour that nobody asked for, or a requirement that nobody wrote down.
//! Beside tests that do trace it is most often a link that was forgotten, and its evidence is lost.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. |
//! | REQ-DOOR-002 | The doors shall stay closed while the lift moves. |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     assert arrive().open
//!
//! def test_stays_closed():
//!     assert not move().open
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. |
//! | REQ-DOOR-002 | The doors shall stay closed while the lift moves. |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     assert arrive().open
//!
//! def test_stays_closed():
//!     """Verifies: REQ-DOOR-002"""
//!     assert not move().open
//! ```
//!
//! ## What to do
//! Name the requirement in the test or cite the test in the matrix. A test of a helper gets the tag `support`.
//!
//! ## Serves
//! DO-178C 11.21

use super::Check;
use super::naming::Naming;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement, Resolution, TestId, TestNode};
use crate::model::citation::Target;
use crate::model::requirement::Certainty;
use crate::model::test_case::{Kind, TestCase, Verb};
use crate::settings::Settings;
use crate::source::FileId;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "T02", name: "orphan-test", severity: Severity::Warning, source: include_str!("orphan_test.rs"), run };

/// More orphans than this are only counted.
const SHOWN: usize = 4;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut tests: Vec<(TestId, &TestNode)> = Vec::with_capacity(graph.tests.len());
    tests.extend(graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test));
    let naming = Naming::new(graph);
    let whole = cited_whole(graph);
    for tests in tests.chunk_by(|(_, a), (_, b)| a.fact.file == b.fact.file) {
        if tests.first().is_some_and(|(_, node)| naming.has_header(node.fact.file) || whole.contains(&node.fact.file)) {
            continue;
        }
        if tests.iter().any(|(_, node)| node.verifies.iter().any(|id| is_sure(graph, graph.requirement(*id)))) {
            findings.extend(file(graph, tests));
        }
    }
}

/// Files that a row cites as a whole: whatever is in them belongs to its requirement.
fn cited_whole(graph: &Graph) -> FxHashSet<FileId> {
    let cites = |resolution: &Resolution| match resolution {
        Resolution::File(file) => vec![*file],
        Resolution::Tests(tests) => tests.iter().map(|test| graph.test_node(*test).fact.file).collect(),
        _ => Vec::new(),
    };
    let citations = graph.rows.iter().flat_map(|node| graph.citations(node));
    let whole = citations.filter(|(citation, _)| matches!(citation.target, Target::File { .. } | Target::Glob(_)));
    whole.flat_map(|(_, resolution)| cites(resolution)).collect()
}

/// Whether what a test verifies is certainly a requirement, and no decision or remark that is numbered alike.
fn is_sure(graph: &Graph, one: &Requirement) -> bool {
    graph.definition(one).is_none_or(|definition| definition.certainty == Certainty::Certain)
}

fn file(graph: &Graph, tests: &[(TestId, &TestNode)]) -> Option<Finding> {
    let (_, node) = tests.first()?;
    let marked = LazyCell::new(|| Marked::of(graph, node.fact.file));
    let free = |(id, node): &&(TestId, &TestNode)| {
        let test = graph.test(*id);
        node.verifies.is_empty() && !node.cited && !is_support(test) && !marked.covers(test)
    };
    let orphans: Vec<TestId> = tests.iter().filter(free).map(|(id, _)| *id).collect();
    let (first, others) = orphans.split_first()?;
    let path = graph.path(node.fact.file);
    let (are, they, them) = if others.is_empty() { ("traces", "it verifies", "it") } else { ("trace", "they verify", "them") };
    let message = format!("{} of {} in {path} {are} to no requirement.", orphans.len(), count(tests.len(), "test"));
    let mut finding = Finding::new(graph.test_place(*first), path, message)
        .label("no requirement")
        .help(format!("Name what {they}, or cite {them} in the matrix; a test of a helper gets the tag `support`."));
    for other in others.iter().take(SHOWN) {
        finding = finding.related(graph.test_place(*other), format!("{} too", graph.test(*other).name));
    }
    Some(finding)
}

fn is_support(test: &TestCase) -> bool {
    const TAGS: &[&str] = &["support", "helper", "helpers", "infrastructure", "selftest", "no_requirement", "untraced"];
    test.tags.iter().any(|tag| TAGS.contains(&tag.text.to_lowercase().as_str()))
}

/// Tests that name a requirement which is not defined here: T03 looks at those.
struct Marked<'g> {
    whole_file: bool,
    bodies: Vec<&'g TestCase>,
}

impl<'g> Marked<'g> {
    fn of(graph: &'g Graph, file: FileId) -> Self {
        let facts = graph.facts(file);
        let markers = || facts.markers.iter().filter(|marker| marker.verb != Verb::Mentions);
        let bodies = markers().filter_map(|marker| facts.tests.get(marker.test? as usize)).collect();
        Self { whole_file: markers().any(|marker| marker.test.is_none()), bodies }
    }

    fn covers(&self, test: &TestCase) -> bool {
        self.whole_file || self.bodies.iter().any(|body| body.body.contains(test.span))
    }
}
