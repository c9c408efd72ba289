//! Rows for requirements that no specification defines.

use crate::check::cited;
use crate::check::support::{NearMisses, count};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, RowNode, Target};
use crate::link::kin;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// So many times more unknown than known identifiers of a family say that its specification was not read.
const STRANGERS: usize = 3;

/// Rows for requirements that nobody defines; one finding a matrix and identifier.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let near = NearMisses::new(graph);
    let mut rows: BTreeMap<(FileId, &str), Vec<(&RowNode, &Target)>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        for target in node.targets.iter().filter(|target| target.found == Found::Missing) {
            if near.of(graph, &target.id, node.fact.file).is_none() {
                rows.entry((node.fact.file, &target.id)).or_default().push((node, target));
            }
        }
    }
    let mut strays: BTreeMap<(FileId, &str), Vec<&str>> = BTreeMap::new();
    for (file, id) in rows.keys() {
        strays.entry((*file, kin(id))).or_default().push(id);
    }
    for ((file, id), places) in &rows {
        let Some(((node, target), others)) = places.split_first() else { continue };
        let place = cited::place(node, target.span);
        match strays.get(&(*file, kin(id))) {
            Some(ids) if ids.len() >= defined(graph, id).max(1) * STRANGERS => {
                if ids.first() == Some(id) {
                    findings.push(strange_family(graph, place, ids));
                }
            }
            _ => {
                let finding = others.iter().fold(unknown_one(graph, place, *file, id), |finding, (node, target)| {
                    finding.related(cited::place(node, target.span), "named here too")
                });
                findings.push(finding);
            }
        }
    }
}

/// How many requirements of the family of an identifier are defined.
fn defined(graph: &Graph, id: &str) -> usize {
    graph.requirements.iter().filter(|one| one.definition.is_some() && kin(&one.id) == kin(id)).count()
}

fn unknown_one(graph: &Graph, place: Place, matrix: FileId, id: &str) -> Finding {
    let finding = Finding::new(place, id, unknown_message(graph, matrix, id))
        .label("not defined")
        .help("Correct the identifier, define the requirement in its specification, or remove the row.");
    match last_of_family(graph, id) {
        Some((place, last)) => finding.related(place, format!("the last requirement of this family is {last}")),
        None => finding,
    }
}

/// Hardly anything of the family is defined: its specification was not read, or it names other things.
fn strange_family(graph: &Graph, place: Place, ids: &[&str]) -> Finding {
    let first = ids.first().copied().unwrap_or_default();
    let message = format!(
        "The matrix has rows for {} named {}… that no specification defines: {}",
        count(ids.len(), "identifier"),
        kin(first),
        cited::list(ids)
    );
    let finding = Finding::new(place, format!("{}*", kin(first)), message)
        .label("the first of them")
        .help("Name the document that defines them under `specifications` in the configuration, or define them.")
        .severity(Severity::Warning);
    match last_of_family(graph, first) {
        Some((place, last)) => finding.related(place, format!("{last} is defined here")),
        None => finding,
    }
}

fn unknown_message(graph: &Graph, matrix: FileId, id: &str) -> String {
    let siblings: Vec<ReqId> = graph.requirements().filter(|(_, one)| kin(&one.id) == kin(id)).map(|(id, _)| id).collect();
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
                kin(id)
            )
        }
        None => format!("The matrix has a row for {id}, which no specification defines"),
    }
}

fn last_of_family<'g>(graph: &'g Graph, id: &str) -> Option<(Place, &'g str)> {
    let kin = graph.requirements.iter().filter(|one| one.definition.is_some() && kin(&one.id) == kin(id));
    kin.max_by(|a, b| a.id.cmp(&b.id)).map(|one| (one.place, one.id.as_str()))
}
