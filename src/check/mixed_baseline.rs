//! # E04 mixed-baseline
//!
//! All evidence of one qualification is of one commit: the baseline that a matrix states, the commits of its rows and
//! those behind its citations are the same, for each repository.
//!
//! ## Why it matters
//!
//! Tests that passed on two commits never passed together. What was repaired for the second may have broken what passed
//! on the first.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # KILN-SRS: Kiln Requirements Specification
//!
//! ### REQ-KILN-001: Heat
//! The kiln shall heat to 900 degrees.
//! ```
//!
//! ```file docs/rtm.md
//! # KILN-RTM: Kiln Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-KILN-001 | Heat | tests/test_kiln.py::test_heat @ 91be7f3 | PASS |
//! ```
//!
//! ```file tests/test_kiln.py
//! def test_heat():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # KILN-SRS: Kiln Requirements Specification
//!
//! ### REQ-KILN-001: Heat
//! The kiln shall heat to 900 degrees.
//! ```
//!
//! ```file docs/rtm.md
//! # KILN-RTM: Kiln Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-KILN-001 | Heat | tests/test_kiln.py::test_heat @ 5d0c2aa81 | PASS |
//! ```
//!
//! ```file tests/test_kiln.py
//! def test_heat():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Run all tests on one commit and name that one everywhere. Tests of several repositories are written with them:
//! `kiln-core@5d0c2aa`, `kiln-panel@91be7f3`, or in a table of each repository and its commit. Baselines of earlier versions belong below a heading that says so. A column
//! that is called only "Commit" may name what implements a requirement, and is not compared; call it "Tested commit".
//!
//! ## Serves
//!
//! ISO 26262-8 7

use super::cited;
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::bound::{Commit, is_past};
use crate::link::graph::Graph;
use crate::model::record::Kind;
use crate::settings::Settings;
use crate::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E04", name: "mixed-baseline", severity: Severity::Error, source: include_str!("mixed_baseline.rs"), run };

/// As many further commits are shown.
const MAX_COMMITS: usize = 4;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    if graph.commits.is_empty() {
        return;
    }
    let matrices: BTreeSet<FileId> = graph.rows().map(|(_, node)| node.fact.file).collect();
    let mut repositories: BTreeMap<FileId, BTreeSet<&str>> = BTreeMap::new();
    for (file, name) in graph.commits.iter().filter_map(|one| Some((one.place.file, one.repository.as_deref()?))) {
        repositories.entry(file).or_default().insert(name);
    }
    // One that names no repository is of the only one that its document names.
    let only = |file| repositories.get(&file).filter(|names| names.len() == 1).and_then(|names| names.first().copied());
    let mut documents: BTreeMap<(FileId, &str), Vec<(&str, &Commit)>> = BTreeMap::new();
    for commit in graph.commits.iter().filter(|one| matrices.contains(&one.place.file) && !one.beside && counts(graph, one)) {
        let Some(hash) = commit.hash.as_deref() else { continue };
        let repository = commit.repository.as_deref().or_else(|| only(commit.place.file)).unwrap_or_default();
        documents.entry((commit.place.file, repository)).or_default().push((hash, commit));
    }
    findings.extend(documents.into_values().filter_map(|commits| mixed(graph, &commits)));
}

/// Whether a commit is of the evidence that counts now.
pub(super) fn counts(graph: &Graph, commit: &Commit) -> bool {
    let file = commit.place.file;
    let old = graph.document(file).is_some_and(|document| document.ended || document.kind == Kind::Template);
    let retired = |row| {
        let node = graph.row_node(row);
        cited::is_retired(graph, node) || cited::is_open(graph, node)
    };
    !old && commit.row.map_or_else(|| !is_past(graph, commit), |row| !retired(row))
}

/// One finding for all commits of a document and repository, if they are not one and the same.
fn mixed(graph: &Graph, commits: &[(&str, &Commit)]) -> Option<Finding> {
    // The baseline that the document states counts before those of single rows.
    let (base, of) = commits.iter().find(|(_, commit)| commit.row.is_none()).or_else(|| commits.first())?;
    let mut others: Vec<&(&str, &Commit)> = Vec::new();
    let mut known = BTreeSet::from([*base]);
    for one in commits {
        // None in the set is the beginning of another: only the neighbours can be the same commit.
        let (before, after) = (known.range(..=one.0).next_back(), known.range(one.0..).next());
        if !before.into_iter().chain(after).any(|hash| is_same(hash, one.0)) {
            known.insert(one.0);
            others.push(one);
        }
    }
    let (hash, first) = others.first()?;
    let number = others.len() + 1;
    let path = graph.path(first.place.file);
    let message = match number {
        2 => format!("The evidence in {path} is of two commits: `{base}` and `{hash}`"),
        _ => format!("The evidence in {path} is of {}: `{base}`, `{hash}` and others", count(number, "commit")),
    };
    let finding = Finding::new(first.place, *hash, message)
        .label("another commit")
        .help("Run all tests on one commit and name it everywhere; name the repository where there are several: `name@hash`.")
        .related(of.place, if of.row.is_none() { "the baseline that is stated" } else { "the first commit that is named" });
    let finding = others
        .iter()
        .skip(1)
        .take(MAX_COMMITS)
        .fold(finding, |finding, (hash, one)| finding.related(one.place, format!("the commit `{hash}`")));
    Some(match (first.row, number) {
        (Some(row), 2) => cited::about(finding, graph, graph.row_node(row)),
        _ => finding,
    })
}

/// Whether two hashes are of one commit: one is the beginning of the other.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}
