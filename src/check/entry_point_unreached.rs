//! # S03 entry-point-unreached
//!
//! Where a policy names the entry point of requirements, a test that verifies each of them runs a line of its body. A test
//! that calls the parts and never what puts them together is not enough then. A demand of which coverage cannot tell
//! whether it is met is reported as well: it is not shown to be met.
//!
//! ## Why it matters
//! A server was verified by tests of its options. Each part worked, the function that starts it had never run, and it could
//! not start. Coverage of the file was high all the same.
//!
//! ## Bad
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-001"
//! entry_point = "lift/remote.py:main"
//! ```
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
//!   "lift/remote.py": {"executed_lines": [1, 2, 4], "missing_lines": [5],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_address|run"]}}}}
//! ```
//!
//! ## Good
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-001"
//! entry_point = "lift/remote.py:main"
//! ```
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
//!   "lift/remote.py": {"executed_lines": [1, 2, 4, 5], "missing_lines": [],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_answers|run"],
//!       "5": ["tests/test_remote.py::test_answers|run"]}}}}
//! ```
//!
//! ## What to do
//! Add a test that goes through the entry point and cite it. If one does, measure it: `pytest --cov --cov-context=test`,
//! then `coverage json --show-contexts`. A test that starts a process is run alone, with `patch = subprocess` in the section
//! `[run]` of coverage.py, and its coverage is called after it: `coverage lcov -o test_name.lcov`. Name the files under
//! `coverage` in the section `[tests]` if they stand in an ignored folder.
//!
//! ## Serves
//! IEC 62304 5.7.4

use super::Check;
use super::cited::{self, code};
use super::hollow_evidence::{evidence_place, with_places};
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::code::Entry;
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
            match graph.execution(&graph.cited(one), &[entry.part]) {
                Execution::Runs => {}
                Execution::Hollow => findings.push(unreached(graph, one, entry)),
                Execution::NotAssessed(unknown) => open.entry(unknown).or_default().push(*id),
            }
        }
        // Before the tests have run nothing can be shown yet.
        if !settings.without_results {
            findings.extend(open.into_iter().filter_map(|(unknown, ids)| unassessed(graph, entry, unknown, &ids)));
        }
    }
}

/// Where the configuration names an entry point.
fn policy(graph: &Graph, entry: &Entry) -> Option<Place> {
    let (file, _) = graph.files().find(|(_, input)| input.reader == CONFIGURATION)?;
    Some(Place::new(file, entry.name.span))
}

fn unreached(graph: &Graph, one: &Requirement, entry: &Entry) -> Finding {
    let name = code(&graph.part_name(&entry.part));
    let tests = one.tests().len();
    let who = if tests == 1 { String::from("the only test") } else { format!("not one of the {}", count(tests, "test")) };
    let verb = if tests == 1 { "does not reach it" } else { "reaches it" };
    let message = format!("{} must be entered at {name}, and {who} that is to verify it {verb}", one.id);
    let finding = Finding::new(evidence_place(graph, one), format!("{} {}", one.id, entry.name.text), message)
        .label("does not reach the entry point")
        .help(format!("Add a test that goes through {name}, and cite it for {}.", one.id))
        .about(graph.namespace(one), &one.id);
    let finding = with_places(finding, graph, one, std::slice::from_ref(&entry.part));
    match policy(graph, entry) {
        Some(place) => finding.related(place, "the policy that demands it"),
        None => finding,
    }
}

fn unassessed(graph: &Graph, entry: &Entry, unknown: Unknown, ids: &[ReqId]) -> Option<Finding> {
    let first = graph.requirement(*ids.first()?);
    let name = code(&graph.part_name(&entry.part));
    let what = if ids.len() == 1 { first.id.to_string() } else { count(ids.len(), "requirement") };
    let message = format!("Whether the tests of {what} reach {name}, as a policy demands, is not assessed: {}", unknown.text());
    let place = policy(graph, entry).unwrap_or_else(|| evidence_place(graph, first));
    let help = match unknown {
        Unknown::NoCoverage | Unknown::NotPerTest => {
            "Measure each test by itself: for Python `pytest --cov --cov-context=test`, then `coverage json --show-contexts`."
        }
        Unknown::Process => {
            "Run that test alone, measure the processes too (`patch = subprocess`), and call the coverage after it: `test_name.lcov`."
        }
        _ => "Add a test of which coverage shows that it goes through the entry point.",
    };
    let finding = Finding::new(place, entry.name.text.as_str(), message).label("not assessed").help(help);
    let finding = cited::about_all(finding, graph, ids);
    Some(finding.related(graph.part_place(&entry.part), "the entry point"))
}
