//! Requirements in force without a row.

use crate::check::cited;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, Requirement};
use crate::link::kin;
use crate::model::matrix::Layout;
use crate::model::record::Kind;
use crate::model::requirement::Standing;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// A matrix with so many rows of a specification speaks for all of it, however long it is.
const ENOUGH_ROWS: usize = 3;

/// A matrix that has rows for one in so many requirements speaks for the specification.
const ENOUGH_SHARE: usize = 4;

/// Requirements in force for which the matrix of their specification has no row.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
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
