//! # T01 unverified-requirement
//!
//! Each requirement in force is verified by something: a row of a matrix that cites a test or another verification,
//! or a test that names the requirement itself. A requirement with children is verified through them.
//!
//! ## Why it matters
//! What nobody verifies may never have been built, and a row that cites nothing looks much like one that does.
//! Where the matrix of the specification has no row at all, M01 says so.
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
//! | REQ-POST-002 | |
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
//! | REQ-POST-002 | |
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
//! What a comment mentions that stands on no test is a remark: no test says that it verifies it. Where a row names an
//! identifier that several specifications define, a warning says so, and none of them is reported as not verified. Where it
//! means one of them for certain, the others are, and the row is shown. Documents of one name but for a number (`spec.md`,
//! `spec2.md`) with mostly the same identifiers are versions: of those that are traced less than another, a warning tells.
//!
//! Requirements below a heading such as "later release" are planned.
//! So are those whose status is `open` where others of their family are done and nothing names them; any other status of a
//! requirement that nothing verifies stands in the message.
//!
//! An acceptance criterion (`AC-FR-1`) of a requirement that has evidence is not assessed, unless tests or rows name others of its kind.
//!
//! An item of OpenFastTrace that asks for no test of its own but needs an item of another type is told where the tree has items of
//! that type and none covers it.
//!
//! ## Serves
//! IEC 62304 5.7.4; DO-178C A-7; ASPICE SWE.6

mod unclear;
mod untraced;
mod versions;

use super::Check;
use super::families::is_among_tests;
use super::missing_row::rowless;
use super::naming::Naming;
use super::owed::{Debt, Owed, is_unneeded, types, uncovered};
use super::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::model::record;
use crate::model::test_case::Kind;
use crate::model::vocabulary::{names_matrix, words};
use crate::settings::Settings;
use crate::source::FileId;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "T01",
    name: "unverified-requirement",
    severity: Severity::Error,
    source: include_str!("unverified_requirement.rs"),
    run,
};

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let naming = Naming::new(graph);
    let owed = Owed::new(graph, &naming);
    let mut missed: Vec<ReqId> = graph.requirements().map(|(id, _)| id).filter(|id| owed.of(*id) == Debt::All).collect();
    if !missed.is_empty() {
        let told = told_by_matrix(graph, settings, &naming, &owed);
        missed.retain(|id| !told.contains(id));
    }
    findings.extend(versions::withhold(graph, &mut missed));
    let (alone, groups) = untraced::split(graph, &missed);
    let all = || graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test).count();
    let tests = if missed.is_empty() { 0 } else { all() };
    let named = if missed.is_empty() { String::new() } else { unnamed(graph, settings) };
    let scene = Scene { graph, naming: &naming, tests, matrices: &named };
    findings.extend(alone.into_iter().map(|id| scene.one(id)));
    findings.extend(groups.iter().filter_map(|group| untraced::finding(graph, group, &named, tests)));
    unclear::report(graph, &owed, findings);
}

/// Whether a title calls a document a matrix of something else: of cases to go through by hand, of machines.
fn is_of_other_things(title: &str) -> bool {
    const OTHERS: &[&str] = &["test matrix", "testing matrix", "compatibility matrix", "support matrix", "feature matrix"];
    let said = words(title);
    OTHERS.iter().any(|other| said.contains(other)) && !said.contains("trac") && !said.contains("requirement")
}

/// Files in which a matrix may be kept and that are not read.
const SHEETS: &[&str] = &["xlsx", "xls", "xlsm", "ods", "numbers", "pdf", "docx", "doc", "odt"];

/// What the matrices say of requirements that no row names, as a clause. That there is none is said only where nothing is
/// named like one, be it of a kind that is not read.
fn unnamed(graph: &Graph, settings: &Settings) -> String {
    let matrix = |file: FileId| {
        let document = graph.document(file).filter(|document| document.kind != record::Kind::Template);
        document.filter(|document| names_matrix(&format!("{} {}", document.title, graph.path(file))))
    };
    // The one that lists identifiers is the one that somebody meant to be read.
    let order = |file: FileId| {
        let document = matrix(file)?;
        if !document.lists_identifiers && (is_of_other_things(&document.title) || is_among_tests(graph.path(file))) {
            return None;
        }
        Some((document.kind != record::Kind::Matrix, !document.lists_identifiers, file))
    };
    let named = graph.files().filter_map(|(file, _)| order(file)).min();
    let sheet = |path: &str| path.rsplit_once('.').is_some_and(|(_, extension)| SHEETS.contains(&extension));
    let passed = || settings.unread.iter().find(|path| sheet(path) && names_matrix(path.rsplit('/').next().unwrap_or(path)));
    match named {
        _ if !graph.rows.is_empty() => String::from("no row of a matrix cites a test for one"),
        Some((_, _, file)) => format!("no row of {}, which calls itself a matrix, could be read", graph.path(file)),
        None => match passed() {
            Some(path) => format!("{path}, which is named like a matrix, is of a kind that is not read"),
            None => String::from("there is no matrix"),
        },
    }
}

/// The requirements that M01 reports as an error, for want of a row.
fn told_by_matrix(graph: &Graph, settings: &Settings, naming: &Naming, owed: &Owed) -> BTreeSet<ReqId> {
    match settings.severity.get("M01") {
        None | Some(Some(Severity::Error)) => rowless(graph, naming, owed),
        Some(_) => BTreeSet::new(),
    }
}

/// What all findings need to know.
struct Scene<'g> {
    graph: &'g Graph,
    naming: &'g Naming,
    tests: usize,
    /// What the matrices say of what no row names.
    matrices: &'g str,
}

impl Scene<'_> {
    fn one(&self, id: ReqId) -> Finding {
        let (graph, one) = (self.graph, self.graph.requirement(id));
        let label = if is_unneeded(graph, one) { "not covered" } else { "not verified" };
        let (message, help) = if is_unneeded(graph, one) {
            let needed = listed(&uncovered(graph, one, &types(graph)), 3);
            let message = format!("Nothing covers {}: it needs {needed}, and no item of that type covers it.", one.id);
            (message, format!("List {} under `Covers` of the item that refines it.", one.id))
        } else if graph.rows.is_empty() {
            let message = format!("Nothing verifies {}: {}, and {}.", one.id, self.markers(), self.matrices);
            (message, format!("Name {} in the test that verifies it.", one.id))
        } else {
            let message = format!("Nothing verifies {}: {}, and {}.", one.id, self.rows(one, id), self.markers());
            (message, format!("Cite a test for {} in the matrix, or name it in the test that verifies it.", one.id))
        };
        let message = untraced::with_statuses(message, graph, &[id]);
        let mut finding = Finding::new(one.place, &one.id, message).label(label).help(help).about(graph.namespace(one), &one.id);
        for id in one.rows.iter().take(3) {
            let row = graph.row_node(*id);
            if row.fact.file != one.place.file || one.definition.is_some() {
                finding = finding.related(super::support::cited_place(graph, *id), "this row cites nothing");
            }
        }
        if let Some((other, place)) = self.naming.namesake(graph, id) {
            let path = graph.path(graph.requirement(other).place.file);
            finding = finding.related(place, format!("this means the {} of {path}", one.id));
        }
        if let Some(place) = self.naming.remark(graph, id) {
            finding = finding.related(place, "a remark mentions it, which is no title of a test");
        }
        finding
    }

    /// What the matrices were found to say, as a clause.
    fn rows(&self, one: &Requirement, id: ReqId) -> String {
        let graph = self.graph;
        if let Some(row) = one.rows.first().filter(|_| untraced::columnless(graph, &[id])) {
            return format!("the table of its row in {} has no column of tests", graph.path(graph.row_node(*row).fact.file));
        }
        if let Some(row) = one.rows.first().filter(|_| untraced::unfilled(graph, &[id])) {
            let path = graph.path(graph.row_node(*row).fact.file);
            return format!("the cell for tests in its row of {path} is not yet filled");
        }
        if let Some(id) = one.rows.first() {
            let path = graph.path(graph.row_node(*id).fact.file);
            return format!(
                "its {} in {path} cite{} nothing",
                if one.rows.len() == 1 { "row" } else { "rows" },
                if one.rows.len() == 1 { "s" } else { "" }
            );
        }
        let mut bound: Vec<_> = graph.bindings.iter().filter(|(_, namespace, _)| *namespace == one.namespace).collect();
        bound.sort_by_key(|(_, _, rows)| std::cmp::Reverse(*rows));
        let matrices: Vec<&str> = bound.into_iter().map(|(file, ..)| graph.path(*file)).collect();
        let own = |(_, other): &(ReqId, &Requirement)| other.namespace == one.namespace;
        match matrices.as_slice() {
            [] if graph.requirements().filter(own).any(|(id, one)| !one.rows.is_empty() || self.naming.is_ambiguous(id)) => {
                String::from("no row names it")
            }
            [] => format!("no matrix has a row for any requirement of {}", graph.path(one.place.file)),
            [only] => format!("{only} has no row for it"),
            _ => format!("{} have no row for it", listed(&matrices, 2)),
        }
    }

    fn markers(&self) -> String {
        match self.tests {
            0 => String::from("no test was recognised"),
            _ => String::from("no test claims to verify it"),
        }
    }
}
