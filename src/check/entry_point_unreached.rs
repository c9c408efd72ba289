//! # S03 entry-point-unreached
//!
//! Where code is called the entry point of requirements, a test that verifies each of them runs a line of its body. A test
//! that calls the parts and never what puts them together is not enough then. A marker in the code says which it is
//! (`Entry point of REQ-1`, `Entry point: REQ-1, REQ-2`, `@entrypoint REQ-1`, in a docstring or a comment of a function, a
//! class or a whole file), or a policy does. What a policy demands and coverage cannot show is reported as well: it is not
//! shown to be met. Of a marker that is a warning, and silent where no coverage was read at all.
//!
//! ## Why it matters
//! A server was verified by tests of its options. Each part worked, the function that starts it had never run, and it could
//! not start. Coverage of the file was high all the same.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//! ```
//! ```file lift/remote.py
//! def parse(address):
//!     return address.split(":")
//!
//! def main(address):
//!     """Entry point of REQ-LIFT-001."""
//!     return listen(*parse(address))
//! ```
//! ```file tests/test_remote.py
//! from lift.remote import parse
//!
//! def test_address():
//!     """Verifies: REQ-LIFT-001"""
//!     assert parse("lift:80") == ["lift", "80"]
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "show_contexts": true}, "files": {
//!   "lift/remote.py": {"executed_lines": [1, 2, 4], "missing_lines": [6],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_address|run"]}}}}
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//! ```
//! ```file lift/remote.py
//! def parse(address):
//!     return address.split(":")
//!
//! def main(address):
//!     """Entry point of REQ-LIFT-001."""
//!     return listen(*parse(address))
//! ```
//! ```file tests/test_remote.py
//! from lift.remote import main
//!
//! def test_answers():
//!     """Verifies: REQ-LIFT-001"""
//!     assert main("lift:80").call(3)
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "show_contexts": true}, "files": {
//!   "lift/remote.py": {"executed_lines": [1, 2, 4, 6], "missing_lines": [],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_answers|run"],
//!       "6": ["tests/test_remote.py::test_answers|run"]}}}}
//! ```
//!
//! ## What to do
//! Add a test that goes through the entry point and cite it. If one does, measure it: `pytest --cov --cov-context=test`,
//! then `coverage json --show-contexts`. A test that starts a process is run alone, with `patch = subprocess` in the section
//! `[run]` of coverage.py, and its coverage is called after it: `coverage lcov -o test_name.lcov`. Name the files under
//! `coverage` in the section `[tests]` if they stand in an ignored folder. `tracegate explain artifacts` has the commands for each
//! ecosystem.
//!
//! ## Serves
//! IEC 62304 5.7.4

use super::Check;
use super::cited::{self, code};
use super::hollow_evidence::{evidence_place, with_places};
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::code::{Entry, Source};
use crate::link::executed::{Execution, Unknown};
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::model::requirement::Standing;
use crate::settings::{CONFIGURATION, Settings};
use crate::source::Place;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "S03",
    name: "entry-point-unreached",
    severity: Severity::Error,
    source: include_str!("entry_point_unreached.rs"),
    run,
};

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    for entry in &graph.code.entries {
        let mut open: BTreeMap<Unknown, Vec<ReqId>> = BTreeMap::new();
        for id in &entry.requirements {
            let one = graph.requirement(*id);
            if one.standing != Standing::Active || one.evidence.is_empty() {
                continue;
            }
            match graph.execution(&graph.cited(one), &entry.parts()) {
                Execution::Runs => {}
                Execution::Hollow => findings.push(unreached(graph, one, entry)),
                Execution::NotAssessed(unknown) => open.entry(unknown).or_default().push(*id),
            }
        }
        // Before the tests have run nothing can be shown yet, and a marker alone asks nobody to measure anything.
        if !settings.without_results && (graph.measured.any || entry.name.is_some()) {
            findings.extend(open.into_iter().filter_map(|(unknown, ids)| unassessed(graph, entry, unknown, &ids)));
        }
    }
}

/// Where the code is called an entry point, and what that is.
fn origin(graph: &Graph, entry: &Entry) -> Option<(Place, &'static str)> {
    match (&entry.name, entry.part.source) {
        (Some(name), _) => {
            let (file, _) = graph.files().find(|(_, input)| input.reader == CONFIGURATION)?;
            Some((Place::new(file, name.span), "the policy that demands it"))
        }
        (None, Source::Marker(fact)) => Some((Place::new(fact.file, graph.marker(fact).span), "the marker that says so")),
        (None, _) => None,
    }
}

/// The entry point as its policy writes it, or as a person would call it.
fn written(graph: &Graph, entry: &Entry) -> String {
    entry.name.as_ref().map_or_else(|| graph.part_name(&entry.part), |name| name.text.clone())
}

fn unreached(graph: &Graph, one: &Requirement, entry: &Entry) -> Finding {
    let name = code(&graph.part_name(&entry.part));
    let tests = one.tests().len();
    let who = if tests == 1 { String::from("the only test") } else { format!("not one of the {}", count(tests, "test")) };
    let verb = if tests == 1 { "does not reach it" } else { "reaches it" };
    let message = format!("{} must be entered at {name}, and {who} that is to verify it {verb}", one.id);
    let finding = Finding::new(evidence_place(graph, one), format!("{} {}", one.id, written(graph, entry)), message)
        .label("does not reach the entry point")
        .help(format!("Add a test that goes through {name}, and cite it for {}.", one.id))
        .about(graph.namespace(one), &one.id);
    let finding = with_places(finding, graph, one, std::slice::from_ref(&entry.part));
    match origin(graph, entry) {
        Some((place, what)) => finding.related(place, what),
        None => finding,
    }
}

fn unassessed(graph: &Graph, entry: &Entry, unknown: Unknown, ids: &[ReqId]) -> Option<Finding> {
    let first = graph.requirement(*ids.first()?);
    let name = code(&graph.part_name(&entry.part));
    let what = if ids.len() == 1 { first.id.to_string() } else { count(ids.len(), "requirement") };
    let (who, severity) = match (&entry.name, ids.len()) {
        (Some(_), _) => ("as a policy demands", Severity::Error),
        (None, 1) => ("its entry point", Severity::Warning),
        (None, _) => ("their entry point", Severity::Warning),
    };
    let message = format!("Whether the tests of {what} reach {name}, {who}, is not assessed: {}", unknown.text());
    let place = origin(graph, entry).map_or_else(|| evidence_place(graph, first), |(place, _)| place);
    let help = match unknown {
        Unknown::NoCoverage | Unknown::NotPerTest => {
            "Measure each test by itself: for Python `pytest --cov --cov-context=test`, then `coverage json --show-contexts`. \
             `tracegate explain artifacts` has the commands of other ecosystems."
        }
        Unknown::Process => {
            "Run that test alone, measure the processes too (`patch = subprocess`), and call the coverage after it: `test_name.lcov`."
        }
        _ => "Add a test of which coverage shows that it goes through the entry point.",
    };
    let finding = Finding::new(place, written(graph, entry), message).label("not assessed").help(help).severity(severity);
    let finding = cited::about_all(finding, graph, ids);
    Some(finding.related(graph.part_place(&entry.part), "the entry point"))
}
