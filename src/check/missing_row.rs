//! # M01 missing-row
//!
//! A matrix must have a row for every requirement in force of the specification that it speaks
//! for, and no row for a requirement that the specification does not define.
//!
//! ## Why it matters
//!
//! A requirement without a row is verified by nobody, and the matrix does not show it: what is
//! absent cannot look wrong. A row for an unknown requirement is work for nothing, or the right
//! work under the wrong number.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Start
//! The pump shall start within one second.
//!
//! ### REQ-PUMP-002: Stop
//! The pump shall stop within one second.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Start | tests/test_pump.py::test_start | PASS |
//! | REQ-PUMP-071 | Flow | tests/test_pump.py::test_flow | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_start():
//!     assert True
//!
//! def test_flow():
//!     assert True
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Start
//! The pump shall start within one second.
//!
//! ### REQ-PUMP-002: Stop
//! The pump shall stop within one second.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Start | tests/test_pump.py::test_start | PASS |
//! | REQ-PUMP-002 | Stop | tests/test_pump.py::test_stop | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_start():
//!     assert True
//!
//! def test_stop():
//!     assert True
//! ```
//!
//! ## What to do
//!
//! Add the row, and with it the test that it cites. If the requirement is not to be verified yet,
//! say so where it is defined: planned, deferred or removed requirements need no row. For an
//! unknown requirement, correct the identifier or remove the row. Where a whole family of
//! identifiers has no row, that is one warning: it may be verified elsewhere.
//!
//! ## Serves
//!
//! IEC 62304 5.1.1c

use super::cited;
use super::support::{NearMisses, count};
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, Requirement, RowNode, Target};
use crate::link::kin;
use crate::model::matrix::Layout;
use crate::model::mention::family;
use crate::model::record::Kind;
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M01", name: "missing-row", severity: Severity::Error, source: include_str!("missing_row.rs"), run };

/// A matrix with so many rows of a specification speaks for all of it, however long it is.
const ENOUGH_ROWS: usize = 3;

/// A matrix that has rows for one in so many requirements speaks for the specification.
const ENOUGH_SHARE: usize = 4;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    unknown(graph, findings);
    missing(graph, findings);
}

/// Rows for requirements that nobody defines; one finding a matrix and identifier.
fn unknown(graph: &Graph, findings: &mut Vec<Finding>) {
    let near = NearMisses::new(graph);
    let mut rows: BTreeMap<(FileId, &str), Vec<(&RowNode, &Target)>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        for target in node.targets.iter().filter(|target| target.found == Found::Missing) {
            if near.of(graph, &target.id, node.fact.file).is_none() {
                rows.entry((node.fact.file, &target.id)).or_default().push((node, target));
            }
        }
    }
    for ((file, id), places) in rows {
        let Some(((node, target), others)) = places.split_first() else { continue };
        let finding = Finding::new(cited::place(node, target.span), id, unknown_message(graph, file, id))
            .label("not defined")
            .help("Correct the identifier, define the requirement in its specification, or remove the row.");
        let finding = match last_of_family(graph, id) {
            Some((place, last)) => finding.related(place, format!("the last requirement of this family is {last}")),
            None => finding,
        };
        findings.push(
            others
                .iter()
                .fold(finding, |finding, (node, target)| finding.related(cited::place(node, target.span), "named here too")),
        );
    }
}

fn unknown_message(graph: &Graph, matrix: FileId, id: &str) -> String {
    let siblings: Vec<ReqId> = graph.requirements().filter(|(_, one)| family(&one.id) == family(id)).map(|(id, _)| id).collect();
    let rows_here =
        |namespace: u32| graph.bindings.iter().filter(|one| one.0 == matrix && one.1 == namespace).map(|one| one.2).sum::<u32>();
    let nearest = siblings
        .iter()
        .map(|id| graph.requirement(*id).namespace)
        .max_by_key(|namespace| (rows_here(*namespace), std::cmp::Reverse(*namespace)));
    match nearest.and_then(|at| Some((at, graph.namespaces.get(at as usize)?))) {
        Some((at, namespace)) => {
            let known = siblings.iter().filter(|id| graph.requirement(**id).namespace == at).count();
            let path = graph.path(namespace.file);
            format!(
                "The matrix has a row for {id}, which {path} does not define; it defines {} named {}…",
                count(known, "requirement"),
                family(id)
            )
        }
        None => format!("The matrix has a row for {id}, which no specification defines"),
    }
}

fn last_of_family<'g>(graph: &'g Graph, id: &str) -> Option<(Place, &'g str)> {
    let kin = graph.requirements.iter().filter(|one| one.definition.is_some() && family(&one.id) == family(id));
    kin.max_by(|a, b| a.id.cmp(&b.id)).map(|one| (one.place, one.id.as_str()))
}

/// Requirements in force for which the matrix of their specification has no row.
fn missing(graph: &Graph, findings: &mut Vec<Finding>) {
    let named = named(graph);
    let has_row = |id: ReqId| named.get(id.0 as usize).copied().unwrap_or(false);
    for (number, namespace) in graph.namespaces.iter().enumerate().filter(|(_, namespace)| !namespace.by_matrix) {
        let own = |one: &Requirement| one.namespace as usize == number && one.standing == Standing::Active;
        let members: Vec<ReqId> = graph.requirements().filter(|(_, one)| own(one)).map(|(id, _)| id).collect();
        let Some(matrix) = matrix(graph, &members) else { continue };
        let mut families: BTreeMap<&str, Vec<ReqId>> = BTreeMap::new();
        for id in &members {
            families.entry(kin(&graph.requirement(*id).id)).or_default().push(*id);
        }
        let gap = Gap {
            graph,
            name: &namespace.name,
            matrix,
            rows: members.iter().filter(|id| has_row(**id)).count(),
            all: members.len(),
        };
        for (family, ids) in families {
            let covered = ids.iter().any(|id| has_row(*id));
            let without: Vec<ReqId> = ids.into_iter().filter(|id| !below(graph, *id).into_iter().any(has_row)).collect();
            if covered {
                findings.extend(without.iter().map(|id| gap.one(*id)));
            } else {
                findings.extend(gap.family(family, &without));
            }
        }
    }
}

/// A matrix, and how much of its specification it has rows for.
struct Gap<'g> {
    graph: &'g Graph,
    name: &'g str,
    matrix: Place,
    rows: usize,
    all: usize,
}

impl Gap<'_> {
    /// A requirement is missing among others of its family.
    fn one(&self, id: ReqId) -> Finding {
        let requirement = self.graph.requirement(id);
        let path = self.graph.path(self.matrix.file);
        let message = format!(
            "{} has no row in {path}, although the matrix has rows for {} of the {} requirements of {}",
            requirement.id, self.rows, self.all, self.name
        );
        let finding = Finding::new(requirement.place, requirement.id.clone(), message)
            .label("no row")
            .help("Add a row that names the tests which verify it, or mark it here as planned or removed.")
            .related(self.matrix, "the matrix that speaks for this specification");
        cited::about_requirement(finding, self.graph, id)
    }

    /// A whole family is missing: perhaps on purpose, so that it is told once and as a warning.
    fn family(&self, family: &str, ids: &[ReqId]) -> Option<Finding> {
        let first = self.graph.requirement(*ids.first()?);
        let path = self.graph.path(self.matrix.file);
        let names: Vec<&str> = ids.iter().map(|id| self.graph.requirement(*id).id.as_str()).collect();
        let message = format!(
            "{path} has rows for {} of the {} requirements of {}, but for none named {family}…: {}",
            self.rows,
            self.all,
            self.name,
            cited::list(&names)
        );
        Some(
            Finding::new(first.place, format!("{family}*"), message)
                .label("no row for any of these")
                .help("Add rows for them, or say where else they are verified.")
                .related(self.matrix, "the matrix that speaks for this specification")
                .severity(Severity::Warning),
        )
    }
}

/// Which requirements some row names, be it in passing.
fn named(graph: &Graph) -> Vec<bool> {
    let mut named: Vec<bool> = graph.requirements.iter().map(|one| !one.rows.is_empty()).collect();
    for target in graph.rows.iter().flat_map(|node| node.targets.iter().chain(&node.related)) {
        let ids = match &target.found {
            Found::One(id) => std::slice::from_ref(id),
            Found::Ambiguous(several) => several,
            Found::Missing | Found::Foreign => continue,
        };
        for id in ids {
            if let Some(slot) = named.get_mut(id.0 as usize) {
                *slot = true;
            }
        }
    }
    named
}

/// The table of the matrix that speaks for these requirements, the one with rows for most of them.
fn matrix(graph: &Graph, members: &[ReqId]) -> Option<Place> {
    let mut files: BTreeMap<FileId, (usize, Place)> = BTreeMap::new();
    for id in members {
        let mut seen: Vec<FileId> = Vec::new();
        for row in &graph.requirement(*id).rows {
            let node = graph.row_node(*row);
            let table = graph.table(node);
            let file = node.fact.file;
            // "Verified by" or a table below a requirement is a link of that requirement, no matrix for the others.
            let inline =
                table.layout == Layout::Detail && graph.document(file).is_none_or(|document| document.kind != Kind::Matrix);
            if inline || seen.contains(&file) {
                continue;
            }
            seen.push(file);
            files.entry(file).or_insert((0, Place::new(file, table.header))).0 += 1;
        }
    }
    // One row alone says little, unless there is hardly more to have rows for.
    let share = |rows: usize| rows * ENOUGH_SHARE >= members.len() && (rows > 1 || members.len() <= 2);
    let speaks = |rows: usize| rows >= ENOUGH_ROWS || share(rows);
    let (file, (rows, place)) = files.into_iter().max_by_key(|(file, (rows, _))| (*rows, std::cmp::Reverse(*file)))?;
    debug_assert_eq!(file, place.file);
    speaks(rows).then_some(place)
}

/// All requirements below one.
fn below(graph: &Graph, id: ReqId) -> Vec<ReqId> {
    let mut found = vec![id];
    let mut at = 0;
    while let Some(next) = found.get(at) {
        let fresh: Vec<ReqId> =
            graph.requirement(*next).children.iter().filter(|child| !found.contains(child)).copied().collect();
        found.extend(fresh);
        at += 1;
    }
    found
}
