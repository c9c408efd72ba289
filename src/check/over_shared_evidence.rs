//! # S09 over-shared-evidence
//!
//! One test that is the evidence of more than ten requirements. Tests of one file that share the same list
//! are told together. What only the whole file is named for counts where no test of it is named for anything, the
//! requirements outnumber the tests, and most other test files do name the requirements of single tests. A package or a folder
//! that rows cite as a whole for more than ten requirements is told once, with its tests and files, and so are the tests of many files
//! that are called alike but for a number.
//!
//! ## Why it matters
//! A test can hardly check a dozen obligations in earnest. Mostly a list in the header of a file was meant as a table of
//! contents, and each requirement on it counts as verified without any assertion about it.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the ledger
//!
//! - **REQ-POST-001**: The ledger shall reject an empty entry.
//! - **REQ-POST-002**: The ledger shall reject an entry that does not balance.
//! - **REQ-POST-003**: The ledger shall number entries.
//! - **REQ-POST-004**: The ledger shall date entries.
//! - **REQ-POST-005**: The ledger shall name who posted an entry.
//! - **REQ-POST-006**: The ledger shall keep posted entries.
//! - **REQ-POST-007**: The ledger shall reverse an entry.
//! - **REQ-POST-008**: The ledger shall close a month.
//! - **REQ-POST-009**: The ledger shall open a month.
//! - **REQ-POST-010**: The ledger shall print a journal.
//! - **REQ-POST-011**: The ledger shall export a journal.
//! ```
//! ```file tests/test_ledger.py
//! def test_posts():
//!     """Verifies: REQ-POST-001..REQ-POST-011"""
//!     assert post(1, -1)
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the ledger
//!
//! - **REQ-POST-001**: The ledger shall reject an empty entry.
//! - **REQ-POST-002**: The ledger shall reject an entry that does not balance.
//! ```
//! ```file tests/test_ledger.py
//! def test_rejects_empty():
//!     """Verifies: REQ-POST-001"""
//!     assert post().rejected
//!
//! def test_rejects_unbalanced():
//!     """Verifies: REQ-POST-002"""
//!     assert post(1, 2).rejected
//! ```
//!
//! ## What to do
//! Name at each test only what it checks. Where one scenario does serve many requirements, leave it: this is a hint.
//!
//! ## Serves
//! Good practice; no clause asks for it

mod alike;
mod wide;

use super::Check;
use super::cited;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, Resolution, RowNode, TestId, Via};
use crate::model::citation::Target;
use crate::model::test_case::{Grade, Kind};
use crate::read::grammar::citation::is_suite;
use crate::settings::{MAX_SHARED, Settings};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// The check.
pub(super) const CHECK: Check = Check {
    code: "S09",
    name: "over-shared-evidence",
    severity: Severity::Info,
    source: include_str!("over_shared_evidence.rs"),
    run,
};

/// Fewer files make no rule.
const FEWEST: usize = 3;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut groups: Vec<(Vec<ReqId>, Vec<TestId>, bool)> = Vec::new();
    let mut known: FxHashMap<(FileId, Vec<ReqId>), usize> = FxHashMap::default();
    let many: Vec<TestId> = graph
        .tests()
        .filter(|(id, node)| node.verifies.len() > MAX_SHARED && graph.test(*id).kind == Kind::Test)
        .map(|(id, _)| id)
        .collect();
    if many.is_empty() {
        return;
    }
    let Named { marked, own, named } = named(graph, &many);
    let (told, wide) = wide::told(graph);
    findings.extend(told);
    for id in many {
        let node = graph.test_node(id);
        let alone = marked.get(&id).or_else(|| own.get(&id));
        if alone.is_none() && wide.contains(&id) {
            continue;
        }
        let mut shared = alone.or_else(|| named.get(&id)).cloned().unwrap_or_default();
        shared.sort_unstable();
        shared.dedup();
        if shared.len() > MAX_SHARED {
            let at = *known.entry((node.fact.file, shared.clone())).or_insert(groups.len());
            if at == groups.len() {
                groups.push((shared, Vec::new(), alone.is_none()));
            }
            if let Some((_, tests, _)) = groups.get_mut(at) {
                tests.push(id);
            }
        }
    }
    let by_file = groups.iter().any(|(_, _, whole)| *whole) && traces_by_file(graph);
    let crowded = groups.iter().filter(|(shared, tests, whole)| !whole || (shared.len() > tests.len() && !by_file));
    let crowded: Vec<(&[ReqId], &[TestId])> = crowded.map(|(shared, tests, _)| (shared.as_slice(), tests.as_slice())).collect();
    findings.extend(alike::findings(graph, crowded));
}

/// Whether it is the rule of the tree that files as a whole trace to requirements, and no single tests.
fn traces_by_file(graph: &Graph) -> bool {
    let whole: Vec<bool> = graph.rows.iter().map(|node| names_files_only(graph, node)).collect();
    let mut files: FxHashMap<FileId, bool> = FxHashMap::default();
    for evidence in graph.requirements.iter().flat_map(|one| &one.evidence) {
        let of_file = match evidence.via {
            Via::Marker(fact) => graph.marker(fact).grade == Grade::File,
            Via::Row(row) => whole.get(row.0 as usize) == Some(&true),
        };
        let single = files.entry(graph.test_node(evidence.test).fact.file).or_default();
        *single |= !of_file;
    }
    let by_file = files.values().filter(|single| !**single).count();
    by_file >= FEWEST && by_file * 2 >= files.len()
}

/// Requirements by test.
type Shared = FxHashMap<TestId, Vec<ReqId>>;

/// What says that tests verify requirements. The nearest decides: a test knows best what it checks.
#[derive(Default)]
struct Named {
    /// Markers in the tests themselves.
    marked: Shared,
    /// Citations of the tests and markers of their classes.
    own: Shared,
    /// These, and what names whole files.
    named: Shared,
}

/// What tests are named for. The suites that a row names say nothing of single tests.
fn named(graph: &Graph, tests: &[TestId]) -> Named {
    let mut all = Named::default();
    let rows: Vec<(Whole, bool)> = graph.rows.iter().map(|node| (whole(graph, node), names_suites(graph, node))).collect();
    for (id, one) in graph.requirements() {
        for evidence in one.evidence.iter().filter(|evidence| tests.binary_search(&evidence.test).is_ok()) {
            let (of_file, of_suite) = match evidence.via {
                Via::Marker(fact) => (graph.marker(fact).grade == Grade::File, false),
                Via::Row(row) => {
                    rows.get(row.0 as usize).map_or((false, false), |(whole, suites)| (whole.holds(evidence.test), *suites))
                }
            };
            if of_suite {
                continue;
            }
            all.named.entry(evidence.test).or_default().push(id);
            if !of_file {
                all.own.entry(evidence.test).or_default().push(id);
            }
        }
        // Where a row says the same, the evidence does not show the marker.
        let inside = one.markers.iter().filter_map(|fact| cited::marked_test(graph, *fact));
        for test in inside.filter(|test| tests.binary_search(test).is_ok()) {
            all.marked.entry(test).or_default().push(id);
        }
    }
    all
}

/// Whether a row names suites of tests by their codes.
fn names_suites(graph: &Graph, node: &RowNode) -> bool {
    let citations = &graph.row(node).citations;
    citations.iter().any(|citation| matches!(&citation.target, Target::CaseId(id) if is_suite(id)))
}

/// Whether a row cites whole files, or test cases that are automated by one, and no test in particular.
fn names_files_only(graph: &Graph, node: &RowNode) -> bool {
    graph.citations(node).all(|(citation, found)| match &citation.target {
        Target::CaseId(_) => matches!(found, Resolution::Tests(tests) if tests.len() > 1),
        target => is_whole(target) || matches!(target, Target::Elided | Target::Prose(_)),
    })
}

/// Which of its tests a row names by nothing but their file, their folder or their package.
enum Whole {
    All,
    None,
    /// All but these.
    But(FxHashSet<TestId>),
}

impl Whole {
    fn holds(&self, test: TestId) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::But(single) => !single.contains(&test),
        }
    }
}

/// Whether a citation names a package, a folder or a file with all its tests: `pump::**` is `cargo test -p pump`.
fn is_whole(target: &Target) -> bool {
    match target {
        Target::File { lines, .. } => lines.is_empty(),
        Target::Test(name) => name.name.starts_with('*'),
        target => matches!(target, Target::Glob(_)),
    }
}

fn whole(graph: &Graph, node: &RowNode) -> Whole {
    if names_files_only(graph, node) {
        return Whole::All;
    }
    if !graph.row(node).citations.iter().any(|citation| is_whole(&citation.target)) {
        return Whole::None;
    }
    let single = graph.citations(node).filter(|(citation, _)| !is_whole(&citation.target));
    let tests = single.filter_map(|(_, found)| if let Resolution::Tests(tests) = found { Some(tests) } else { None });
    Whole::But(tests.flatten().copied().collect())
}

fn finding(graph: &Graph, shared: &[ReqId], tests: &[TestId]) -> Option<Finding> {
    let (first, others) = tests.split_first()?;
    let name = graph.test(*first).qualified();
    let ids: Vec<&str> = shared.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let (who, is) = match others.len() {
        0 => (name.clone(), "is"),
        n => (format!("{name} and {} of this file", count(n, "other test")), "are each"),
    };
    let message = format!("{who} {is} evidence of {}: {}.", count(ids.len(), "requirement"), listed(&ids, 4));
    let finding = Finding::new(graph.test_place(*first), name, message)
        .label(format!("evidence of {}", count(ids.len(), "requirement")))
        .help("Name at each test only the requirements that it checks; if this one does check them all, leave it.");
    Some(finding)
}
