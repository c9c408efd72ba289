//! # T02 orphan-test
//!
//! In a file of which most tests trace to requirements, each test does. It takes three tests, half of which trace by a
//! notation that claims verification (`Verifies:`, `@verifies`, `[utest->…]`), or three quarters in whatever way; and at least
//! as many files of the tree as trace fewer of their tests, or else some tests are marked on purpose and no others. One
//! finding a file tells how many do not. Files that a row cites as a whole are not looked at, neither are tests of test tools,
//! those tagged as support and those of how processes ended (`test_exit_codes`), nor those that name a requirement, a row or a
//! test case which traces to nothing itself.
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
//!     """Verifies: REQ-DOOR-002"""
//!     assert not move().open
//!
//! def test_reopens():
//!     assert blocked().open
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
//!
//! def test_reopens():
//!     """Verifies: REQ-DOOR-001"""
//!     assert blocked().open
//! ```
//!
//! ## What to do
//! Name the requirement in the test or cite the test in the matrix. A test of a helper gets the tag `support`.
//!
//! ## Serves
//! DO-178C 11.21

use super::Check;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement, Resolution, TestId, TestNode};
use crate::model::citation::Target;
use crate::model::mention::Mention;
use crate::model::requirement::Certainty;
use crate::model::test_case::{Grade, Kind, Marker, TestCase, Verb};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::FileId;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "T02", name: "orphan-test", severity: Severity::Warning, source: include_str!("orphan_test.rs"), run };

/// More orphans than this are only counted.
const SHOWN: usize = 4;

/// Of fewer tests in a file nothing can be said of most of them.
const FEWEST: usize = 3;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut tests: Vec<(TestId, &TestNode)> = Vec::with_capacity(graph.tests.len());
    tests.extend(graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test));
    let whole = cited_whole(graph);
    // Most files have no test that traces to nothing, and then nobody asks what else could be named.
    let known = LazyCell::new(|| known(graph));
    let (mut ruled, mut loose) = (Vec::new(), 0);
    for tests in tests.chunk_by(|(_, a), (_, b)| a.fact.file == b.fact.file) {
        let Some((_, first)) = tests.first().filter(|_| tests.len() >= FEWEST) else { continue };
        if whole.contains(&first.fact.file) || is_tool(graph.path(first.fact.file)) {
            continue;
        }
        let traced = tests.iter().filter(|(_, node)| node.verifies.iter().any(|id| is_sure(graph, graph.requirement(*id))));
        let traced = traced.count();
        if traced * 4 >= tests.len() * 3 || traced * 2 >= tests.len() && claims(graph, first.fact.file, traced) {
            ruled.push(tests);
        } else if traced > 0 {
            loose += 1;
        }
    }
    // Where most files trace a few tests of many, some are marked on purpose, and the others are no orphans.
    if ruled.len() >= loose {
        findings.extend(ruled.into_iter().filter_map(|tests| file(graph, tests, &known)));
    }
}

/// Whether most of what traces in a file does so by a notation that can only mean verification: then it is a rule there.
fn claims(graph: &Graph, file: FileId, traced: usize) -> bool {
    let markers = graph.facts(file).markers.iter().filter(|marker| marker.verb == Verb::Verifies);
    markers.filter(|marker| marker.grade == Grade::Function).count() * 2 >= traced
}

/// Whether a file lies among the tools of tests: what is tested there is the tool.
fn is_tool(path: &str) -> bool {
    const TOOLS: &[&str] = &["testutil", "testutils", "helper", "helpers", "fixture", "fixtures", "mocks", "harness", "support"];
    path.split('/').any(|part| words(part).split(' ').any(|word| TOOLS.contains(&word)))
}

/// Everything that a test may name on purpose: definitions, also such as count for nothing, rows and test cases.
fn known(graph: &Graph) -> FxHashSet<&str> {
    let mut known = FxHashSet::default();
    for input in &graph.inputs {
        let facts = &input.facts;
        known.extend(facts.definitions.iter().map(|one| one.id.as_str()));
        known.extend(facts.rows.iter().flat_map(|row| row.ids.iter().chain(&row.related)).filter_map(Mention::id));
        known.extend(facts.named.iter().filter_map(Mention::id));
    }
    known
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

fn file<'g, K>(graph: &'g Graph, tests: &[(TestId, &TestNode)], known: &LazyCell<FxHashSet<&'g str>, K>) -> Option<Finding>
where
    K: FnOnce() -> FxHashSet<&'g str>,
{
    let (_, node) = tests.first()?;
    let marked = LazyCell::new(|| Marked::of(graph, node.fact.file, known));
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
        .help(format!("Name what {they}, or cite {them} in the matrix; a test of a helper gets the tag `support`."))
        .parted(path, orphans.iter().map(|test| graph.test(*test).qualified()));
    for other in others.iter().take(SHOWN) {
        finding = finding.related(graph.test_place(*other), format!("{} too", graph.test(*other).name));
    }
    Some(finding)
}

fn is_support(test: &TestCase) -> bool {
    const TAGS: &[&str] = &["support", "helper", "helpers", "infrastructure", "selftest", "no_requirement", "untraced"];
    // How the processes of a launch ended is looked at behind the tests of every file.
    let ended = matches!(test.name.as_str(), "test_exit_code" | "test_exit_codes");
    ended || test.tags.iter().any(|tag| TAGS.contains(&tag.text.to_lowercase().as_str()))
}

/// Tests that name something although nothing came of it: a requirement that is not defined, at which T03 looks,
/// or what a document knows as something else.
struct Marked<'g> {
    whole_file: bool,
    bodies: Vec<&'g TestCase>,
}

impl<'g> Marked<'g> {
    fn of(graph: &'g Graph, file: FileId, known: &FxHashSet<&str>) -> Self {
        let facts = graph.facts(file);
        let verifying = |marker: &&Marker| marker.verb == Verb::Verifies;
        let naming = |marker: &&Marker| marker.ids.iter().filter_map(Mention::id).any(|id| known.contains(id));
        let markers = facts.markers.iter().filter(|marker| verifying(marker) || (marker.reach.len > 0 && naming(marker)));
        let bodies = markers.filter_map(|marker| facts.tests.get(marker.test? as usize)).collect();
        Self { whole_file: facts.markers.iter().any(|marker| verifying(&marker) && marker.test.is_none()), bodies }
    }

    fn covers(&self, test: &TestCase) -> bool {
        self.whole_file || self.bodies.iter().any(|body| body.body.contains(test.span))
    }
}
