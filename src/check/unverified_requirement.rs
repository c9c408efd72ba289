//! # T01 unverified-requirement
//!
//! Each requirement in force is verified by something: a row of a matrix that cites a test or another verification,
//! or a test that names the requirement itself. A requirement with children is verified through them.
//!
//! ## Why it matters
//! What nobody verifies may never have been built. A matrix does not show this by itself: the requirement that was
//! forgotten is the row that is not there.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the ledger
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-POST-001 | The ledger shall reject an entry that does not balance. |
//! | REQ-POST-002 | The ledger shall keep entries in the order of their posting. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-POST-001 | tests/test_ledger.py::test_rejects |
//! ```
//! ```file tests/test_ledger.py
//! def test_rejects():
//!     assert post(1, 2).rejected
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the ledger
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-POST-001 | The ledger shall reject an entry that does not balance. |
//! | REQ-POST-002 | The ledger shall keep entries in the order of their posting. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-POST-001 | tests/test_ledger.py::test_rejects |
//! ```
//! ```file tests/test_ledger.py
//! def test_rejects():
//!     assert post(1, 2).rejected
//!
//! def test_keeps_order():
//!     """Verifies: REQ-POST-002"""
//!     assert entries() == sorted(entries())
//! ```
//!
//! ## What to do
//! Write a test and cite it in the matrix, or name the requirement in the test that already verifies it. If it is
//! not to be verified in this release, say so in its status.
//!
//! ## Serves
//! IEC 62304 5.7.4; DO-178C A-7; ASPICE SWE.6

use super::Check;
use super::families::{Families, is_among_tests, is_linked};
use super::support::{NearMisses, count, has_children, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement, Rung};
use crate::link::kin;
use crate::model::matrix::{Row, Status};
use crate::model::requirement::{Definition, Standing};
use crate::model::test_case::Kind;
use crate::model::vocabulary::{Method, methods, words};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check = Check {
    code: "T01",
    name: "unverified-requirement",
    severity: Severity::Error,
    source: include_str!("unverified_requirement.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let near = NearMisses::new(graph);
    let families = Families::new(graph);
    let tests = graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test).count();
    let traced: BTreeSet<(u32, &str)> =
        graph.requirements.iter().filter(|one| is_linked(one)).map(|one| (one.namespace, kin(&one.id))).collect();
    let owed = graph.requirements.iter().filter(|one| {
        let mistaken = one.definition.is_none() && near.of(graph, &one.id, one.place.file).is_some();
        is_owed(graph, one) && !is_excused(graph, one) && !mistaken && !families.is_doubtful(one)
    });
    let (missed, untraced): (Vec<&Requirement>, Vec<&Requirement>) =
        owed.partition(|one| traced.contains(&(one.namespace, kin(&one.id))));
    findings.extend(missed.into_iter().map(|one| finding(graph, one, tests)));
    findings.extend(by_document(graph, &untraced).iter().filter_map(|group| untraced_document(graph, group, tests)));
}

/// Fewer requirements than this that nothing traces to are told one by one.
const MANY: usize = 4;

/// Requirements of families that nothing traces to, by document and family, or by folder where each has a file of its own.
fn by_document<'g>(graph: &'g Graph, untraced: &[&'g Requirement]) -> Vec<Vec<&'g Requirement>> {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for one in untraced {
        *sizes.entry(one.namespace).or_default() += 1;
    }
    let mut groups: BTreeMap<(&str, &str), Vec<&Requirement>> = BTreeMap::new();
    for one in untraced.iter().filter(|one| !is_among_tests(graph.path(one.place.file))) {
        let path = graph.path(one.place.file);
        let alone = sizes.get(&one.namespace) == Some(&1);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        groups.entry(if alone { (folder, "") } else { (path, kin(&one.id)) }).or_default().push(one);
    }
    groups
        .into_values()
        .flat_map(|group| if group.len() < MANY { group.chunks(1).map(<[_]>::to_vec).collect() } else { vec![group] })
        .collect()
}

/// One finding for all requirements of a family that nothing traces to: each by itself would say the same.
fn untraced_document(graph: &Graph, group: &[&Requirement], tests: usize) -> Option<Finding> {
    let [first, _, ..] = group else { return group.first().map(|one| finding(graph, one, tests)) };
    let ids: Vec<&str> = group.iter().map(|one| one.id.as_str()).collect();
    let named =
        if tests == 0 { String::from("no test was found") } else { format!("none of {} names one", count(tests, "test")) };
    let message = format!(
        "Nothing verifies {} ({}): no matrix has a row for one, and {named}.",
        count(ids.len(), "requirement"),
        listed(&ids, 4)
    );
    let finding = Finding::new(first.place, format!("{} {}", graph.path(first.place.file), kin(&first.id)), message)
        .label("not verified, like all of its family")
        .help("Write a matrix, or name the requirements in the tests; if they are no requirements, name the document under `ignore`.")
        .about(graph.namespace(first), &first.id);
    Some(group.iter().skip(1).fold(finding, |finding, one| finding.covers(graph.namespace(one), &one.id)))
}

/// Whether a requirement needs a verification of its own and none is named.
fn is_owed(graph: &Graph, one: &Requirement) -> bool {
    let unneeded = graph.definition(one).is_some_and(Definition::needs_none);
    let nothing = one.rung == Rung::None && one.not_assessed.is_none() && one.markers.is_empty();
    one.standing == Standing::Active && nothing && !unneeded && !has_children(graph, one)
}

/// Whether a row says that it is not to be verified now, or was verified in another way.
fn is_excused(graph: &Graph, one: &Requirement) -> bool {
    one.rows.iter().map(|row| graph.row(graph.row_node(*row))).any(|row| {
        let planned = one.definition.is_none() && is_planned(row);
        row.retired || planned || matches!(row.status, Some((Status::Excluded | Status::Retired, _))) || by_other_means(row)
    })
}

/// Where a matrix alone defines the requirement, its status is the only word on what is in force.
fn is_planned(row: &Row) -> bool {
    const LATER: &[&str] = &["planned", "future", "backlog", "proposed", "draft", "later", "roadmap"];
    row.status.as_ref().is_some_and(|(status, cell)| {
        *status == Status::Pending && words(&cell.text).split(' ').any(|word| LATER.contains(&word))
    })
}

/// The row claims the result of an analysis, an inspection or a demonstration.
fn by_other_means(row: &Row) -> bool {
    let other = row.method.as_ref().and_then(|cell| methods(&cell.text)).is_some_and(|methods| !methods.contains(&Method::Test));
    other && matches!(row.status, Some((Status::Pass | Status::Covered, _)))
}

fn finding(graph: &Graph, one: &Requirement, tests: usize) -> Finding {
    let message = format!("Nothing verifies {}: {}, and {}.", one.id, rows(graph, one), markers(tests));
    let mut finding = Finding::new(one.place, &one.id, message)
        .label("not verified")
        .help(format!("Cite a test for {} in the matrix, or name it in the test that verifies it.", one.id))
        .about(graph.namespace(one), &one.id);
    for id in one.rows.iter().take(3) {
        let row = graph.row_node(*id);
        if row.fact.file != one.place.file || one.definition.is_some() {
            finding = finding.related(super::support::cited_place(graph, *id), "this row cites nothing");
        }
    }
    finding
}

/// What the matrices were found to say, as a clause.
fn rows(graph: &Graph, one: &Requirement) -> String {
    if let Some(id) = one.rows.first() {
        let path = graph.path(graph.row_node(*id).fact.file);
        return format!(
            "its {} in {path} cite{} nothing",
            if one.rows.len() == 1 { "row" } else { "rows" },
            if one.rows.len() == 1 { "s" } else { "" }
        );
    }
    let bound = graph.bindings.iter().filter(|(_, namespace, _)| *namespace == one.namespace);
    let matrices: Vec<&str> = bound.map(|(file, ..)| graph.path(*file)).collect();
    match matrices.is_empty() {
        true => format!("no matrix has a row for any requirement of {}", graph.path(one.place.file)),
        false => format!("{} {} no row for it", listed(&matrices, 3), if matrices.len() == 1 { "has" } else { "have" }),
    }
}

fn markers(tests: usize) -> String {
    match tests {
        0 => String::from("no test was found"),
        1 => String::from("the only test does not name it"),
        _ => format!("none of {} names it", count(tests, "test")),
    }
}
