//! # R03 retired-requirement
//!
//! The specification and the matrix agree on which requirements are in force. A requirement that the
//! specification removed is not claimed as verified, and a row that is struck out belongs to no requirement in force.
//!
//! ## Why it matters
//! A row for a removed requirement inflates the coverage with work that nobody needs. A row that is struck out
//! while the requirement is still in force hides one that nobody verifies any more.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement | Status |
//! |---|---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. | Active |
//! | REQ-DOOR-002 | The lift shall play music while it moves. | Removed |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test | Status |
//! |---|---|---|
//! | REQ-DOOR-001 | tests/test_lift.py::test_opens | PASS |
//! | REQ-DOOR-002 | tests/test_lift.py::test_plays | PASS |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     assert arrive().open
//!
//! def test_plays():
//!     assert move().music
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement | Status |
//! |---|---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. | Active |
//! | REQ-DOOR-002 | The lift shall play music while it moves. | Removed |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test | Status |
//! |---|---|---|
//! | REQ-DOOR-001 | tests/test_lift.py::test_opens | PASS |
//! | ~~REQ-DOOR-002~~ | | Removed |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     assert arrive().open
//! ```
//!
//! ## What to do
//! Decide which of the two is right, then change the other: strike the row out, or take the requirement back into force.
//!
//! ## Serves
//! ISO 26262-8 6.4.3

use super::Check;
use super::support::{count, status_place, surely_retired};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, Requirement, RowNode};
use crate::model::matrix::{Layout, Row, Status};
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "R03",
    name: "retired-requirement",
    severity: Severity::Error,
    source: include_str!("retired_requirement.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for node in &graph.rows {
        let row = graph.row(node);
        findings.extend(disposed(graph, node));
        for target in &node.targets {
            let Found::One(id) = target.found else { continue };
            let one = graph.requirement(id);
            // A range or wildcard speaks of what is in force and is not meant to list each member.
            let named = row.ids.iter().any(|mention| mention.span == target.span && mention.id().is_some());
            let place = Place::new(node.fact.file, target.span);
            match one.standing {
                Standing::Retired if named && claims(row) && surely_retired(graph, one) => {
                    findings.push(still_claimed(graph, one, place))
                }
                Standing::Active if named && dropped(row) && !claimed_beside(graph, one, node) => {
                    findings.extend(struck_out(graph, one, node));
                }
                _ => {}
            }
        }
    }
}

/// Whether a row claims that its requirement is in force and verified.
fn claims(row: &Row) -> bool {
    let verified = matches!(row.status, Some((Status::Pass | Status::Covered | Status::Fail | Status::Partial, _)));
    let excused = matches!(row.status, Some((Status::Retired | Status::Excluded, _)));
    let texts = row.title.iter().chain(&row.notes).chain(&row.cited);
    let told = texts.into_iter().any(|text| super::support::has_retired_word(&text.text));
    !row.retired && !excused && !told && (verified || !row.citations.is_empty())
}

/// Whether a row says itself, in few words, that its requirement is gone.
fn dropped(row: &Row) -> bool {
    let says_so = |cell: &str| {
        let first = cell.split(|c: char| !(c.is_alphanumeric() || c == '_')).find(|word| !word.is_empty());
        cell.chars().count() <= 40 && first.is_some_and(|word| !word.contains('_') && super::support::has_retired_word(word))
            || cell.starts_with("N/A")
    };
    row.retired && row.status.as_ref().is_none_or(|(_, cell)| says_so(&cell.text))
}

/// Whether another row of the same matrix still claims the requirement.
fn claimed_beside(graph: &Graph, one: &Requirement, node: &RowNode) -> bool {
    let others = one.rows.iter().map(|row| graph.row_node(*row)).filter(|other| other.fact.file == node.fact.file);
    others.into_iter().any(|other| !graph.row(other).retired)
}

/// A section that disposes of all members of a wildcard, of which the specification has some in force.
fn disposed(graph: &Graph, node: &RowNode) -> Option<Finding> {
    let row = graph.row(node);
    let section = row.retired && row.status.is_none() && graph.table(node).layout == Layout::Detail;
    let mention = row.ids.iter().find(|mention| mention.id().is_none()).filter(|_| section)?;
    let members = node.targets.iter().filter(|target| target.span == mention.span);
    let active: Vec<&Requirement> = members
        .filter_map(|target| if let Found::One(id) = target.found { Some(graph.requirement(id)) } else { None })
        .filter(|one| one.standing == Standing::Active && one.definition.is_some() && !claimed_beside(graph, one, node))
        .collect();
    let first = active.first()?;
    let message = format!(
        "This section says that {} was removed, but {} still has {} of it in force.",
        mention.written(),
        graph.path(first.place.file),
        count(active.len(), "requirement")
    );
    Some(
        Finding::new(Place::new(node.fact.file, mention.span), mention.written(), message)
            .label("said to be removed")
            .help("Mark the requirements as removed in the specification too, or restore their rows and tests.")
            .related(first.place, format!("{} is in force here", first.id)),
    )
}

fn still_claimed(graph: &Graph, one: &Requirement, place: Place) -> Finding {
    let message =
        format!("{} was removed from {}, but this row still claims its verification.", one.id, graph.path(one.place.file));
    let standing = graph.definition(one).and_then(|definition| definition.standing_span);
    Finding::new(place, &one.id, message)
        .label("no longer in force")
        .help("Strike the row out or delete it; if the requirement still holds, take it back into force in the specification.")
        .about(graph.namespace(one), &one.id)
        .related(standing.map_or(one.place, |span| Place::new(one.place.file, span)), "removed here")
}

fn struck_out(graph: &Graph, one: &Requirement, node: &RowNode) -> Option<Finding> {
    graph.definition(one)?;
    let specification = graph.path(one.place.file);
    let message = format!("This row says that {} was removed, but {specification} still has it in force.", one.id);
    let finding = Finding::new(status_place(graph, node), &one.id, message)
        .label("said to be removed")
        .help("Mark the requirement as removed in the specification too, or restore the row and its tests.")
        .about(graph.namespace(one), &one.id)
        .related(one.place, format!("{} is in force here", one.id));
    Some(finding)
}
