//! # S01 level-missing
//!
//! Evidence of the level that is demanded. A level (unit, integration, system, acceptance) is demanded by an attribute of the
//! requirement, by a policy, by an open corrective or preventive action, or, as a warning only, where the level of none
//! of its tests is known. A higher level serves for a lower one, except that system and acceptance tests are no unit tests.
//!
//! ## Why it matters
//! Unit tests can all pass while the assembled product fails at the seams between its parts. Where an integration
//! test was demanded and a unit test is shown, the failure that the demand was meant to prevent is still possible.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement | Level |
//! |---|---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. | Unit |
//! | REQ-BREW-002 | The machine shall stop the pump when the tank is empty. | Integration |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-BREW-001 | tests/unit/test_machine.py::test_heats |
//! | REQ-BREW-002 | tests/unit/test_machine.py::test_stops |
//! ```
//! ```file tests/unit/test_machine.py
//! def test_heats():
//!     assert heater().target == 92
//!
//! def test_stops():
//!     assert pump(tank=0).stopped
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement | Level |
//! |---|---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. | Unit |
//! | REQ-BREW-002 | The machine shall stop the pump when the tank is empty. | Integration |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-BREW-001 | tests/unit/test_machine.py::test_heats |
//! | REQ-BREW-002 | tests/integration/test_tank.py::test_stops |
//! ```
//! ```file tests/unit/test_machine.py
//! def test_heats():
//!     assert heater().target == 92
//! ```
//! ```file tests/integration/test_tank.py
//! def test_stops():
//!     assert machine(tank=0).brew().pump.stopped
//! ```
//!
//! ## What to do
//! Add a test of the demanded level and cite it. If a cited test has that level already, say so: by its folder, by a
//! tag, in the matrix, or in the configuration under `[levels]`.
//!
//! ## Serves
//! IEC 62304 5.6 and 5.7; ASPICE SWE.5 and SWE.6

use super::Check;
use super::support::{cited_place, count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Demand, FactRef, Graph, Requirement, RowId};
use crate::model::requirement::Standing;
use crate::model::vocabulary::{self, Level};
use crate::settings::Settings;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S01", name: "level-missing", severity: Severity::Error, source: include_str!("level_missing.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for one in graph.requirements.iter().filter(|one| one.standing == Standing::Active && is_cited(graph, one)) {
        if one.demands.is_empty() {
            continue;
        }
        let have = levels(graph, one);
        let instead = |demand: &&Demand| demand.or.iter().any(|other| have.iter().any(|have| serves(*have, *other)));
        let mut demands: BTreeMap<Level, Vec<&Demand>> = BTreeMap::new();
        for demand in one.demands.iter().filter(|demand| !instead(demand)) {
            if let Some(level) = demand.level {
                demands.entry(level).or_default().push(demand);
            }
        }
        for (level, demands) in demands {
            // Of evidence that could not be looked up nobody knows the level: only who doubts it by name may ask for one.
            // Tests of no known level are most often those of a unit.
            let doubted = demands.iter().any(|demand| !demand.weak);
            let found = !one.evidence.is_empty() || !one.markers.is_empty();
            // Where the level of only some tests is known, any of the others may be of the one that is demanded.
            let mixed = !have.is_empty() && one.evidence.iter().any(|evidence| evidence.level.is_none());
            let known = doubted || found && !mixed && !(have.is_empty() && level == Level::Unit);
            if known && !have.iter().any(|have| serves(*have, level)) {
                findings.push(finding(graph, one, level, &demands, &have));
            }
        }
    }
}

/// Whether anything is named as evidence. Where nothing is, the level is not what is missing.
fn is_cited(graph: &Graph, one: &Requirement) -> bool {
    let cited = |row: &RowId| !graph.row(graph.row_node(*row)).citations.is_empty();
    !one.evidence.is_empty() || !one.markers.is_empty() || one.rows.iter().any(cited)
}

/// Whether evidence of one level serves where another is demanded.
fn serves(have: Level, demanded: Level) -> bool {
    match demanded {
        Level::Unit => have <= Level::Integration,
        _ => have >= demanded,
    }
}

/// The levels of the evidence: of its tests, and as rows and markers state them.
fn levels(graph: &Graph, one: &Requirement) -> BTreeSet<Level> {
    let mut levels: BTreeSet<Level> = one.evidence.iter().filter_map(|evidence| evidence.level).collect();
    for id in &one.rows {
        let row = graph.row(graph.row_node(*id));
        let cells = row.level.iter().chain(&row.method).filter(|_| !row.citations.is_empty());
        let stated =
            cells.map(|cell| cell.text.as_str()).chain(row.citations.iter().filter_map(|citation| citation.level.as_deref()));
        levels.extend(stated.flat_map(vocabulary::levels));
    }
    for fact in &one.markers {
        let marker = graph.text(Graph::place(*fact, graph.marker(*fact).span));
        let kind = marker.strip_prefix('[').and_then(|rest| rest.split_once("->")).map_or("", |(kind, _)| kind);
        levels.extend(vocabulary::levels(kind));
        let around = graph.marker(*fact).test.map(|at| graph.test_at(FactRef { file: fact.file, index: at }));
        levels.extend(around.and_then(|id| graph.test_node(id).level));
    }
    levels
}

fn finding(graph: &Graph, one: &Requirement, level: Level, demands: &[&Demand], have: &BTreeSet<Level>) -> Finding {
    let strong = demands.iter().any(|demand| !demand.weak);
    let mut sources: Vec<&str> =
        demands.iter().filter(|demand| demand.weak != strong).map(|demand| demand.source.as_str()).collect();
    sources.dedup();
    let (level, by) = (level.name(), listed(&sources, 3));
    let message = format!("No evidence of {} is of level {level}, as demanded by {by}; {}.", one.id, shown(one, have));
    let help = format!(
        "Cite a test of level {level}, or say where a cited test has it: folder, tag, matrix or `[levels]` in the configuration."
    );
    let mut finding = Finding::new(place(graph, one), format!("{} {level}", one.id), message)
        .label(format!("no {level} test"))
        .help(help)
        .about(graph.namespace(one), &one.id)
        .severity(if strong { Severity::Error } else { Severity::Warning });
    let mut seen = BTreeSet::new();
    for (place, why) in demands.iter().flat_map(|demand| &demand.places) {
        if seen.insert((*place, why)) {
            finding = finding.related(*place, why.clone());
        }
    }
    finding
}

/// What the evidence is, as a clause.
fn shown(one: &Requirement, have: &BTreeSet<Level>) -> String {
    let tests = one.evidence.len();
    let names: Vec<&str> = have.iter().map(|level| level.name()).collect();
    match (tests, names.is_empty()) {
        (0, true) if one.rows.is_empty() => String::from("the level of the test code that names it is unknown"),
        (0, true) => String::from("the level of what its rows cite is unknown"),
        (1, true) => String::from("the level of its only test is unknown"),
        (_, true) => format!("the level of its {} is unknown", count(tests, "test")),
        (0, false) if one.rows.is_empty() => format!("the test code that names it is of level {}", listed(&names, 4)),
        (0, false) => format!("its rows cite {} level only", listed(&names, 4)),
        _ => format!(
            "its {} of level {}",
            if tests == 1 { String::from("only test is") } else { format!("{} are", count(tests, "test")) },
            listed(&names, 4)
        ),
    }
}

/// The citation cell of the first row that cites something, else where the requirement is defined.
fn place(graph: &Graph, one: &Requirement) -> Place {
    let cites = |row: &&RowId| !graph.row(graph.row_node(**row)).citations.is_empty();
    one.rows.iter().find(cites).map_or(one.place, |row| cited_place(graph, *row))
}
