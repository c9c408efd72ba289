//! # T08 open-anomaly
//!
//! No open corrective or preventive action puts the verification of a requirement in doubt. An action does so when
//! it names the requirement and speaks of its tests, its evidence or its verification, and no outcome is recorded.
//!
//! ## Why it matters
//! An investigation that is still open says that the evidence may be wrong. A matrix that shows the requirement
//! as verified meanwhile lets a release pass on evidence that its own organisation has called into question.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop when it runs dry. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test | Status |
//! |---|---|---|
//! | REQ-FLOW-001 | tests/test_pump.py::test_delivers | PASS |
//! | REQ-FLOW-002 | tests/test_pump.py::test_stops | PASS |
//! ```
//! ```file docs/INV-004.md
//! # INV-004: Pump burnt out in the field
//!
//! | CAPA | Description | Outcome |
//! |---|---|---|
//! | INV-004-CAPA-001 | Correct the verification evidence of REQ-FLOW-002: the test never runs dry | |
//! ```
//! ```file tests/test_pump.py
//! def test_delivers():
//!     assert flow() == 5
//!
//! def test_stops():
//!     assert stop().stopped
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop when it runs dry. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test | Status |
//! |---|---|---|
//! | REQ-FLOW-001 | tests/test_pump.py::test_delivers | PASS |
//! | REQ-FLOW-002 | tests/test_pump.py::test_stops | PASS |
//! ```
//! ```file docs/INV-004.md
//! # INV-004: Pump burnt out in the field
//!
//! | CAPA | Description | Outcome |
//! |---|---|---|
//! | INV-004-CAPA-001 | Correct the verification evidence of REQ-FLOW-002: the test never runs dry | Pass |
//! ```
//! ```file tests/test_pump.py
//! def test_delivers():
//!     assert flow() == 5
//!
//! def test_stops():
//!     assert dry().stopped
//! ```
//!
//! ## What to do
//! Finish the action and record its outcome. Until then, do not show the requirement as verified.
//!
//! ## Serves
//! IEC 62304 5.8.2

use super::Check;
use super::support::{capital, count, listed, status_place};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::model::matrix::Status;
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "T08", name: "open-anomaly", severity: Severity::Error, source: include_str!("open_anomaly.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let suspect = graph.requirements.iter().filter(|one| one.standing != Standing::Retired && !one.suspects.is_empty());
    findings.extend(suspect.map(|one| finding(graph, one)));
}

fn finding(graph: &Graph, one: &Requirement) -> Finding {
    let actions = || one.suspects.iter().map(|id| graph.action_node(*id));
    let names: Vec<&str> = actions().map(|node| graph.action(node.fact).id.as_str()).collect();
    let (place, claim) = claim(graph, one);
    let open =
        if names.len() == 1 { String::from("an open action puts") } else { format!("{} put", count(names.len(), "open action")) };
    let claim = claim.map_or_else(String::new, |claim| format!("{} is {claim}, but ", one.id));
    let whose = if claim.is_empty() { format!("the evidence of {}", one.id) } else { String::from("its evidence") };
    let message = capital(&format!("{claim}{open} {whose} in doubt: {}.", listed(&names, 4)));
    let (it, its) = if names.len() == 1 { ("the action", "its outcome") } else { ("the actions", "their outcomes") };
    let mut finding = Finding::new(place, &one.id, message)
        .label("in doubt")
        .help(format!("Finish {it} and record {its}; until then {} does not count as verified.", one.id))
        .about(graph.namespace(one), &one.id);
    for node in actions() {
        let action = graph.action(node.fact);
        finding = finding
            .related(Place::new(node.fact.file, action.span), format!("{} is open and concerns its verification", action.id));
    }
    finding
}

/// Where the matrix speaks of the requirement, and what it says: the row that claims most comes first.
fn claim(graph: &Graph, one: &Requirement) -> (Place, Option<String>) {
    let rows = || one.rows.iter().map(|id| graph.row_node(*id)).filter(|node| !graph.row(node).retired);
    let passes = |node: &_| matches!(graph.row(node).status, Some((Status::Pass | Status::Covered, _)));
    let Some(node) = rows().find(|node| passes(node)).or_else(|| rows().next()) else {
        return (one.place, None);
    };
    let said = match &graph.row(node).status {
        Some((Status::Pass | Status::Covered, cell)) => format!("shown as \"{}\"", cell.text),
        Some((_, cell)) if !cell.text.is_empty() => format!("listed as \"{}\"", cell.text),
        _ => String::from("listed in the matrix"),
    };
    (status_place(graph, node), Some(said))
}
