//! # E10 undisposed-failure
//!
//! Each failure of the run has a record that names the test and decides what becomes of it, also where no requirement
//! relies on that test. Failures of tests that verify requirements are told by E02 and not again. Results deep below a
//! folder of tests, of which no case is a test of the tree, are taken for samples that tests read.
//!
//! ## Why it matters
//!
//! A failed test is an anomaly whether or not a matrix cites it. Released without a decision, nobody knows whether it was
//! seen, judged harmless, or overlooked.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Heat
//! The oven shall heat to 230 degrees.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-OVEN-001 | Heat | tests/test_oven.py::test_heats | PASS |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_heats():
//!     assert works()
//!
//! def test_lamp_stays_on():
//!     assert False
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="2" failures="1">
//!   <testcase classname="tests.test_oven" name="test_heats"/>
//!   <testcase classname="tests.test_oven" name="test_lamp_stays_on"><failure message="lamp is off"/></testcase>
//! </testsuite>
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Heat
//! The oven shall heat to 230 degrees.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-OVEN-001 | Heat | tests/test_oven.py::test_heats | PASS |
//! ```
//!
//! ```file docs/known-issues.md
//! # Known issues of the oven
//!
//! | Test | What happens | Decision |
//! |---|---|---|
//! | test_lamp_stays_on | The lamp goes out after an hour. | Accepted for this release: it harms nobody. |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_heats():
//!     assert works()
//!
//! def test_lamp_stays_on():
//!     assert False
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="2" failures="1">
//!   <testcase classname="tests.test_oven" name="test_heats"/>
//!   <testcase classname="tests.test_oven" name="test_lamp_stays_on"><failure message="lamp is off"/></testcase>
//! </testsuite>
//! ```
//!
//! ## What to do
//!
//! Make the test pass, or write the failure down and decide: in an investigation, a list of anomalies or defects, or below
//! a heading such as "Known issues". Name the test as the runner does; a name of one plain word with its class. Decisions
//! are known by their words: accepted, deferred, fixed, waived, rejected and the like.
//!
//! ## Serves
//!
//! IEC 62304 5.6.7

use super::cited::{self, code, list};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ResultId, TestId, index};
use crate::link::runs::follows;
use crate::model::evidence::Outcome;
use crate::settings::Settings;
use crate::source::FileId;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check = Check {
    code: "E10",
    name: "undisposed-failure",
    severity: Severity::Error,
    source: include_str!("undisposed_failure.rs"),
    run,
};

/// As many further failures and records are shown.
const MAX_SHOWN: usize = 5;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let ids = (0..graph.results.len()).map(|at| ResultId(index(at)));
    let ids = ids.filter(|id| !graph.runs.past.contains(id));
    let bad: Vec<ResultId> = ids.filter(|id| matches!(graph.result(*id).outcome, Outcome::Failed | Outcome::Error)).collect();
    let bad = last_of_their_names(graph, bad);
    if bad.is_empty() {
        return;
    }
    let failed = |test: TestId| matches!(graph.test_node(test).outcome, Some(Outcome::Failed | Outcome::Error));
    let told: BTreeSet<TestId> = cited::reliances(graph, failed).into_iter().map(|one| one.test).collect();
    let test = |id: &ResultId| graph.results.get(id.0 as usize).and_then(|node| node.test);
    // What is decided of one case of a test is decided of the test that failed for it, and the other way round.
    let decided: BTreeSet<TestId> = graph.anomalies.decided.keys().filter_map(test).collect();
    let mut files: BTreeMap<FileId, Vec<ResultId>> = BTreeMap::new();
    for id in bad {
        let Some(node) = graph.results.get(id.0 as usize) else { continue };
        let settled = node.test.is_some_and(|test| told.contains(&test) || decided.contains(&test));
        if !settled && !graph.anomalies.decided.contains_key(&id) {
            files.entry(node.fact.file).or_default().push(id);
        }
    }
    let tested = graph.results.iter().filter_map(|node| Some((node.fact.file, node.test?)));
    let known: BTreeSet<FileId> = tested.filter(|(file, test)| !lies_beside(graph, *file, *test)).map(|(file, _)| file).collect();
    files.retain(|file, _| known.contains(file) || !is_sample(graph.path(*file)));
    findings.extend(files.into_iter().filter_map(|(file, failures)| finding(graph, file, &failures)));
}

/// The failures that no later run of the same tests has a result in place of, be it another failure.
fn last_of_their_names(graph: &Graph, bad: Vec<ResultId>) -> Vec<ResultId> {
    let name = |id: ResultId| (graph.result(id).class.as_str(), graph.result(id).name.as_str());
    let mut named: FxHashMap<(&str, &str), Vec<ResultId>> = bad.iter().map(|id| (name(*id), Vec::new())).collect();
    for id in (0..graph.results.len()).map(|at| ResultId(index(at))) {
        if let Some(all) = named.get_mut(&name(id)) {
            all.push(id);
        }
    }
    let replaced = |id: ResultId| named.get(&name(id)).is_some_and(|all| all.iter().any(|other| follows(graph, id, *other)));
    bad.into_iter().filter(|id| !replaced(*id)).collect()
}

/// Whether results and the source of the test that they are of lie together deep below the tests: a project that tests read
/// brings both.
fn lies_beside(graph: &Graph, results: FileId, test: TestId) -> bool {
    /// Tests of one project share the first folders too.
    const SHARED: usize = 4;
    let (results, source) = (graph.path(results), graph.path(graph.test_node(test).fact.file));
    let shared = results.split('/').zip(source.split('/')).take_while(|(a, b)| a == b).count();
    is_sample(results) && is_sample(source) && shared >= SHARED
}

/// Whether a file lies deep below the tests: if no case in it is one of the project's own, its results are what tests read.
fn is_sample(path: &str) -> bool {
    /// Folders of results lie right below those of tests, samples in the folders of the tests that read them.
    const DEEP: usize = 3;
    let folders: Vec<&str> = path.split('/').collect();
    let tests = folders.iter().position(|folder| matches!(*folder, "test" | "tests" | "spec" | "e2e"));
    tests.is_some_and(|at| folders.len() - at > DEEP + 1)
}

fn finding(graph: &Graph, file: FileId, failures: &[ResultId]) -> Option<Finding> {
    let first = failures.first()?;
    let mut names: Vec<String> = failures.iter().map(|id| code(&graph.result(*id).name)).collect();
    names.dedup();
    let path = graph.path(file);
    let (verb, them) = if failures.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message = format!(
        "{} in {path} {verb} of no test that a requirement relies on, and no record decides what becomes of {them}: {}",
        count(failures.len(), "failure"),
        list(&names)
    );
    let mut finding = Finding::new(graph.result_place(*first), path, message)
        .label("failed, and nobody decided")
        .help("Make it pass, or name the test in a record of anomalies or known issues, with a decision.");
    for id in failures.iter().skip(1).take(MAX_SHOWN) {
        finding = finding.related(graph.result_place(*id), format!("{} failed too", code(&graph.result(*id).name)));
    }
    let records = failures.iter().filter_map(|id| graph.anomalies.undecided.get(id).map(|place| (*place, *id)));
    Some(records.take(MAX_SHOWN).fold(finding, |finding, (place, id)| {
        finding.related(place, format!("{} is named here, without a decision", code(&graph.result(id).name)))
    }))
}
