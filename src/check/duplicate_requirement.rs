//! # R01 duplicate-requirement
//!
//! An identifier is defined once in its specification. Where it is defined again, both places are shown.
//! Two specifications may use the same identifier, and an overview may repeat what a section defines.
//!
//! ## Why it matters
//! When two texts share an identifier, a row or a test that names it may prove either. The other
//! one goes unverified and the matrix still looks complete.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! | REQ-BREW-001 | The machine shall rinse its nozzle after each cup. |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! | REQ-BREW-003 | The machine shall rinse its nozzle after each cup. |
//! ```
//!
//! ## What to do
//! Give one of the two an identifier of its own and correct the rows and tests that mean it. If one is a copy, delete it.
//!
//! ## Serves
//! IEC 62304 5.2.6; ISO/IEC/IEEE 29148 5.2.8

use super::Check;
use super::families::Families;
use super::fold::{Many, fold};
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::link::kin;
use crate::model::mention::split_number;
use crate::model::requirement::Shape;
use crate::settings::Settings;
use crate::source::Place;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "R01",
    name: "duplicate-requirement",
    severity: Severity::Error,
    source: include_str!("duplicate_requirement.rs"),
    run,
};

/// More lines than this are only counted.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let repeated: Vec<&Requirement> = graph.requirements.iter().filter(|one| !one.duplicates.is_empty()).collect();
    if repeated.is_empty() {
        return;
    }
    let families = Families::new(graph);
    // A letter that is numbered from one again and again, section by section, enumerates what each of them holds.
    let begins =
        |one: &&&Requirement| Families::is_bare(&one.id) && split_number(&one.id).is_some_and(|(_, number, ..)| number == 1);
    let anew: BTreeSet<(u32, &str)> = repeated.iter().filter(begins).map(|one| (one.namespace, kin(&one.id))).collect();
    let mut found = Vec::new();
    for one in repeated
        .iter()
        .filter(|one| !anew.contains(&(one.namespace, kin(&one.id))))
        .filter(|one| families.members(one) > 1 && !families.is_doubtful(one) && !is_listing(graph, one, &repeated))
    {
        let places: Vec<Place> = one.duplicates.iter().copied().filter(|place| defines(graph, one, *place)).collect();
        let Some((first, others)) = places.split_first().filter(|_| defines(graph, one, one.place)) else { continue };
        let line = |place: &Place| graph.input(place.file).text.position(place.span.start).0;
        let lines: Vec<String> = std::iter::once(&one.place).chain(&places).map(|place| line(place).to_string()).collect();
        let message = format!(
            "{} is defined {} in {}, in lines {}: a test that names it may mean any of them.",
            one.id,
            count(lines.len(), "time"),
            graph.path(first.file),
            listed(&lines, SHOWN)
        );
        let mut finding = Finding::new(*first, &one.id, message)
            .label("defined again")
            .help("Give one of them an identifier of its own, or delete the copy.")
            .about(graph.namespace(one), &one.id)
            .related(one.place, "first defined here");
        for place in others {
            finding = finding.related(*place, "and once more here");
        }
        found.push(finding);
    }
    findings.extend(fold(graph, found, |_, Many { count, path, names }| {
        Some(format!("{count} requirements are defined more than once in {path}: {names}: a test that names one may mean any."))
    }));
}

/// Whether what stands at a place defines: a link to the definition, or a cell behind another identifier, refers to it.
fn defines(graph: &Graph, one: &Requirement, place: Place) -> bool {
    let text = graph.input(place.file).text.as_str();
    let line_start = text.get(..place.span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let before = text.get(line_start..place.span.start as usize).unwrap_or("");
    let after = text.get(place.span.end() as usize..).unwrap_or("").trim_start_matches(['`', '*']);
    let first_cell = before.trim_start_matches(['|', ' ', '*', '`', '[', '~', '"']);
    let row = graph.definition(one).is_some_and(|definition| definition.shape == Shape::TableRow);
    !after.starts_with("](") && (!row || !first_cell.contains('|'))
}

/// Whether a table or list holds so many repeats that it tells something else about each
/// requirement, one line a test case for example.
fn is_listing(graph: &Graph, one: &Requirement, repeated: &[&Requirement]) -> bool {
    let Some(group) = graph.definition(one).map(|definition| (definition.shape, definition.group)) else { return false };
    let same = |other: &&Requirement| {
        let definition = graph.definition(other);
        other.namespace == one.namespace && definition.is_some_and(|definition| (definition.shape, definition.group) == group)
    };
    let again = repeated.iter().copied().filter(same).count();
    let all = graph.requirements.iter().filter(same).count();
    // Items of a list that repeat under several headings say where a requirement is treated.
    let most = if group.0 == Shape::ListItem { 1 } else { 2 };
    again > most && again * 4 >= all
}
