//! # E01 no-result
//!
//! Every test that a requirement relies on must have a result in the run that was read, and there must
//! be a run: where no result was read at all, one finding says that nothing is known to pass. Where the list of the runner
//! was read (`cargo nextest list --message-format json`, `ctest --show-only=json-v1`, `pytest --collect-only -q`), it says
//! whether the runner ignores the test or filters it out. Results of one language say nothing of the tests in another: these are
//! told together. Of a test with parameters the case that a row cites, `test_run[sse]`, must have one of its own, where the
//! results name the cases as pytest, Go and GoogleTest (`All/Works.Opens/0`) do. Where an ignore file hides what looks like results and none was read, it is named. Before the tests have run
//! (`--no-results`, `--staged`) no result is asked for: one that lies there is that of an earlier state.
//!
//! ## Why it matters
//!
//! A test that was never run cannot fail. It drops out of a run when a file is renamed, a marker
//! deselects it or a job is left out, and the run stays green.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Door
//! The lift shall not move while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Door | tests/test_door.py::test_waits, test_reopens | PASS |
//! ```
//!
//! ```file tests/test_door.py
//! def test_waits():
//!     assert works()
//!
//! def test_reopens():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="1">
//!   <testcase classname="tests.test_door" name="test_waits"/>
//! </testsuite>
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Door
//! The lift shall not move while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Door | tests/test_door.py::test_waits, test_reopens | PASS |
//! ```
//!
//! ```file tests/test_door.py
//! def test_waits():
//!     assert works()
//!
//! def test_reopens():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="2">
//!   <testcase classname="tests.test_door" name="test_waits"/>
//!   <testcase classname="tests.test_door" name="test_reopens"/>
//! </testsuite>
//! ```
//!
//! ## What to do
//!
//! Run the tests with the others and hand over all result files of the run. If a test is not to be
//! run any more, take its citation out and verify the requirement in another way. `tracegate explain artifacts` has the
//! commands by which each runner writes its results.
//!
//! ## Serves
//!
//! IEC 62304 5.7.5

mod cases;
mod unrun;

use super::cited::{self, Reliance, code, list};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, TestId};
use crate::model::inventory::Collected;
use crate::model::test_case::State;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E01", name: "no-result", severity: Severity::Error, source: include_str!("no_result.rs"), run };

/// As many citations are shown as further places.
const MAX_CITATIONS: usize = 3;

/// So many files are told one by one; more were left out of the run together.
const FEW: usize = 3;

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    // Before the tests ran nobody asks for what they will say: results that lie there are those of an earlier state.
    if settings.without_results {
        return;
    }
    if !graph.has_results() {
        unrun::entirely(graph, settings, findings);
        return;
    }
    findings.extend(cases::unrun(graph));
    let mut files: BTreeMap<FileId, Vec<Reliance>> = BTreeMap::new();
    for reliance in cited::reliances(graph, |test| lacks_result(graph, test)) {
        files.entry(graph.test_node(reliance.test).fact.file).or_default().push(reliance);
    }
    let covered = covered(graph);
    let counts = |file: &FileId| covered.is_empty() || covered.contains(language(graph, *file));
    if files.keys().filter(|file| counts(file)).count() > FEW {
        let lost: Vec<Reliance> = files.iter().filter(|(file, _)| counts(file)).flat_map(|(_, all)| all).copied().collect();
        findings.extend(unrun::partly(graph, &lost));
        files.retain(|file, _| !counts(file));
    }
    let mut untold: BTreeMap<&str, (Reliance, usize)> = BTreeMap::new();
    for (file, reliances) in &files {
        let language = language(graph, *file);
        if covered.is_empty() || covered.contains(language) {
            findings.extend(report(graph, *file, reliances));
        } else if let Some(first) = reliances.first() {
            untold.entry(language).or_insert((*first, 0)).1 += tests(reliances).len();
        }
    }
    for (language, (first, number)) in untold {
        let verb = if number == 1 { "is" } else { "are" };
        let message = format!(
            "{} in .{language} files {verb} cited, and no result of that language was read: nothing shows that {} pass{}",
            count(number, "test"),
            if number == 1 { "it" } else { "they" },
            if number == 1 { "es" } else { "" }
        );
        findings.push(
            Finding::new(graph.test_place(first.test), format!(".{language}"), message)
                .label("no result")
                .help("Let the run of these tests write a JUnit XML file too, and put it beside the others.")
                .related(first.place, "cited here"),
        );
    }
}

/// Tests that never run are told by E02, and those that the runner does not collect by M03.
fn lacks_result(graph: &Graph, id: TestId) -> bool {
    let runs = matches!(graph.test(id).state, State::Active | State::Conditional);
    runs && graph.test_node(id).outcome.is_none() && graph.uncollected(id).is_none()
}

/// The languages of which at least one test has a result; empty where no result leads to any test.
fn covered(graph: &Graph) -> BTreeSet<&str> {
    let with_result = graph.tests().filter(|(_, node)| !node.results.is_empty());
    with_result.map(|(_, node)| language(graph, node.fact.file)).collect()
}

/// One name for all extensions that one runner takes, also where only its list has the test.
fn language(graph: &Graph, file: FileId) -> &str {
    let path = graph.path(file);
    match graph.input(file).reader {
        "nextest list" => return "rs",
        "pytest list" => return "py",
        "ctest list" => return "cpp",
        "vitest list" | "jest list" => return "js",
        "go list" => return "go",
        _ => {}
    }
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "ts" | "tsx" | "jsx" | "mjs" | "cjs" | "mts" | "cts" => "js",
        "kt" | "kts" | "scala" | "groovy" => "java",
        "c" | "cc" | "cxx" | "h" | "hh" | "hpp" => "cpp",
        other => other,
    }
}

fn tests(reliances: &[Reliance]) -> Vec<TestId> {
    let mut tests: Vec<TestId> = reliances.iter().map(|reliance| reliance.test).collect();
    tests.sort_unstable();
    tests.dedup();
    tests
}

fn report(graph: &Graph, file: FileId, reliances: &[Reliance]) -> Option<Finding> {
    let tests = tests(reliances);
    let first = tests.first()?;
    let names: Vec<String> = tests.iter().map(|id| code(&graph.test(*id).name)).collect();
    let path = graph.path(file);
    let (verified, ids) = cited::verified(graph, reliances);
    let message = match names.as_slice() {
        [name] => format!("{name} in {path} is to verify {verified} and has no result in the run that was read"),
        _ => format!(
            "{} tests in {path} are to verify {verified} and have no result in the run that was read: {}",
            names.len(),
            list(&names)
        ),
    };
    let (left_out, place) = left_out(graph, &tests);
    let finding = Finding::new(graph.test_place(*first), path, format!("{message}{left_out}"))
        .label("did not run")
        .help("Run the tests and hand over every result file of the run, or take the citations out.");
    let finding = place.into_iter().fold(finding, |finding, place| finding.related(place, "the list of the runner"));
    let finding = cited::about_all(finding, graph, &ids);
    Some(reliances.iter().take(MAX_CITATIONS).fold(finding, |finding, one| finding.related(one.place, "cited here")))
}

/// What the list of the runner says of tests that did not run, and where.
fn left_out(graph: &Graph, tests: &[TestId]) -> (String, Option<Place>) {
    let of = |wanted: Collected| tests.iter().filter_map(move |id| graph.collected(*id).filter(|(state, _)| *state == wanted));
    let reasons = [
        (Collected::Ignored, "ignored"),
        (Collected::FilteredOut, "filtered out"),
        (Collected::Unbuilt, "listed without a program"),
    ];
    let mut told: Vec<String> = Vec::new();
    for (state, word) in reasons {
        match of(state).count() {
            0 => {}
            1 if tests.len() == 1 => told.push(format!("it is {word} by the runner")),
            number => told.push(format!("{number} of them {} {word} by the runner", if number == 1 { "is" } else { "are" })),
        }
    }
    let place = reasons.iter().find_map(|(state, _)| of(*state).next()).map(|(_, place)| place);
    if told.is_empty() { (String::new(), None) } else { (format!(" ({})", told.join(", ")), place) }
}
