//! # S02 hollow-evidence
//!
//! Of the tests that verify a requirement at least one runs the code that implements it. What implements it is said by a
//! marker in the code (`Implements: REQ-1`, in a docstring or a comment of a function, a class or a whole file), by a
//! column "Code" of the matrix (`path:symbol`), or by a policy. Which test ran which line is said by coverage that tells
//! tests apart: the JSON or the database of coverage.py with contexts, LCOV with `TN:`, or a file of one test alone that is called
//! after it.
//! Lines that run when a file is loaded (definitions, imports, decorators, constants) prove nothing. Where a test may have
//! done what coverage does not see (another process, a fixture of all tests, a result that is kept, a constant that it
//! compares), or was skipped or failed, nothing is reported, and the requirement says why it is not assessed.
//!
//! ## Why it matters
//! A matrix may say PASS, the test may exist and pass, and the coverage of the file may look good, while not one of the
//! tests that are cited for a requirement ever enters its code. Such a test passes whether or not the code works.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//! ```
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Remote call | tests/test_remote.py::test_address | PASS |
//! ```
//! ```file lift/remote.py
//! def parse(address):
//!     return address.split(":")
//!
//! def serve(address):
//!     """Implements: REQ-LIFT-001"""
//!     host, port = parse(address)
//!     return listen(host, port)
//! ```
//! ```file tests/test_remote.py
//! from lift.remote import parse
//!
//! def test_address():
//!     assert parse("lift:80") == ["lift", "80"]
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "show_contexts": true}, "files": {
//!   "lift/remote.py": {"executed_lines": [1, 2, 4], "missing_lines": [6, 7],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_address|run"]}},
//!   "tests/test_remote.py": {"executed_lines": [1, 3, 4], "missing_lines": [],
//!     "contexts": {"1": [""], "3": [""], "4": ["tests/test_remote.py::test_address|run"]}}}}
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//! ```
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Remote call | tests/test_remote.py::test_answers | PASS |
//! ```
//! ```file lift/remote.py
//! def parse(address):
//!     return address.split(":")
//!
//! def serve(address):
//!     """Implements: REQ-LIFT-001"""
//!     host, port = parse(address)
//!     return listen(host, port)
//! ```
//! ```file tests/test_remote.py
//! from lift.remote import serve
//!
//! def test_answers():
//!     assert serve("lift:80").call(3)
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "show_contexts": true}, "files": {
//!   "lift/remote.py": {"executed_lines": [1, 2, 4, 6, 7], "missing_lines": [],
//!     "contexts": {"1": [""], "4": [""], "2": ["tests/test_remote.py::test_answers|run"],
//!       "6": ["tests/test_remote.py::test_answers|run"], "7": ["tests/test_remote.py::test_answers|run"]}}}}
//! ```
//!
//! ## What to do
//! Cite a test that calls the code, write one, or correct the marker that says which code it is. For Python the coverage
//! is written by `pytest --cov --cov-context=test` and `coverage json --show-contexts` (the file `.coverage` itself is read
//! where it is named under `coverage`); tests themselves must be measured
//! too (`--cov` without a folder does), for a test that runs no measured line at all cannot be told from one that did not
//! run. What a process runs that a test starts is not told under that test: run the test alone, with `patch = subprocess` in
//! the section `[run]` of coverage.py, and write `coverage lcov -o test_name.lcov`. A file that is called after one test is
//! its evidence as a whole, in any format and language; LCOV may name its tests in `TN:` as well. `tracegate explain artifacts`
//! has the commands for each ecosystem.
//!
//! ## Serves
//! DO-178C 6.4.4

use super::Check;
use super::cited::{self, code, list};
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::code::Part;
use crate::link::executed::Execution;
use crate::link::graph::{Evidence, Graph, Requirement, Resolution, Via};
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S02", name: "hollow-evidence", severity: Severity::Error, source: include_str!("hollow_evidence.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let hollow = |one: &&Requirement| one.standing == Standing::Active && one.execution == Execution::Hollow;
    findings.extend(graph.requirements.iter().filter(hollow).map(|one| report(graph, one)));
}

fn report(graph: &Graph, one: &Requirement) -> Finding {
    let names: Vec<String> = one.parts.iter().map(|part| code(&graph.part_name(part))).collect();
    let tests = one.tests().len();
    let verb = if names.len() == 1 { "implements" } else { "implement" };
    let message = match tests {
        1 => format!("The only test of {} runs none of {}, which {verb} it", one.id, list(&names)),
        _ => format!("Not one of the {} of {} runs any of {}, which {verb} it", count(tests, "test"), one.id, list(&names)),
    };
    let help = format!("Cite a test that calls {}, or correct what says that it implements {}.", list(&names), one.id);
    let finding = Finding::new(evidence_place(graph, one), one.id.as_str(), message)
        .label("runs none of its code")
        .help(help)
        .about(graph.namespace(one), &one.id);
    with_places(finding, graph, one, &one.parts)
}

/// Where the first piece of evidence is cited or marked.
pub(super) fn evidence_place(graph: &Graph, one: &Requirement) -> Place {
    one.evidence.first().map_or(one.place, |first| place(graph, first))
}

/// Where a test is made evidence: the citation, or the marker.
pub(super) fn place(graph: &Graph, evidence: &Evidence) -> Place {
    match evidence.via {
        Via::Marker(fact) => Place::new(fact.file, graph.marker(fact).span),
        Via::Row(row) => {
            let node = graph.row_node(row);
            let names = |resolution: &Resolution| match resolution {
                Resolution::Tests(found) | Resolution::WrongFile { found, .. } => found.contains(&evidence.test),
                _ => false,
            };
            let citation = graph.citations(node).find(|(_, resolution)| names(resolution));
            let span = citation.map_or(graph.row(node).span, |(citation, _)| citation.span);
            cited::place(node, span)
        }
    }
}

/// Adds the code that was not run, and the tests that did not run it.
pub(super) fn with_places(finding: Finding, graph: &Graph, one: &Requirement, parts: &[Part]) -> Finding {
    let lines = |part: &Part| graph.callable(part).map_or(0, |lines| lines.len());
    let finding = parts.iter().fold(finding, |finding, part| {
        let any = match lines(part) {
            0 => String::from("any of it"),
            lines => format!("any of its {}", count(lines, "line")),
        };
        finding.related(graph.part_place(part), format!("no test of {} runs {any}", one.id))
    });
    graph.cited(one).iter().fold(finding, |finding, cited| {
        finding.related(graph.test_place(cited.test), format!("{} runs none of it", cited.name(graph)))
    })
}
