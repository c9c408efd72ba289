//! # E11 foreign-run
//!
//! Where a result file says which commit its run was of, that is the commit which the matrices state as their baseline.
//! Where none states one, it is the baseline that is checked (`--baseline`, or `baseline` in the section [tests]). Results of
//! another commit are an error; where it is not known whether they are of the repository of the baseline they are a warning.
//! Where it says no commit and a branch, that is the branch which a matrix states. Files that say neither are not assessed.
//!
//! ## Why it matters
//!
//! Results of another commit show what some other code does. They are easily left over from an earlier build or taken from
//! the pipeline of another branch.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # PRESS-SRS: Press Requirements Specification
//!
//! ### REQ-PRESS-001: Guard
//! The press shall stop when the guard is open.
//! ```
//!
//! ```file docs/rtm.md
//! # PRESS-RTM: Press Traceability Matrix
//!
//! Tested commit: 4be01c7
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PRESS-001 | Guard | tests/test_guard.py::test_stops | PASS |
//! ```
//!
//! ```file tests/test_guard.py
//! def test_stops():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="press" tests="1">
//!   <properties><property name="GITHUB_SHA" value="90aa31f5c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2"/></properties>
//!   <testcase classname="tests.test_guard" name="test_stops"/>
//! </testsuite>
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # PRESS-SRS: Press Requirements Specification
//!
//! ### REQ-PRESS-001: Guard
//! The press shall stop when the guard is open.
//! ```
//!
//! ```file docs/rtm.md
//! # PRESS-RTM: Press Traceability Matrix
//!
//! Tested commit: 4be01c7
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PRESS-001 | Guard | tests/test_guard.py::test_stops | PASS |
//! ```
//!
//! ```file tests/test_guard.py
//! def test_stops():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="press" tests="1">
//!   <properties><property name="GITHUB_SHA" value="4be01c75c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2"/></properties>
//!   <testcase classname="tests.test_guard" name="test_stops"/>
//! </testsuite>
//! ```
//!
//! ## What to do
//!
//! Run the tests on the baseline and keep what that run wrote, or state the commit that was tested. A pipeline that tests
//! the merge of a branch is of a commit of its own: run it on the baseline itself.
//!
//! ## Serves
//!
//! IEC 62304 9.8

use super::mixed_baseline::{counts, is_same};
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::bound::Commit;
use crate::link::graph::Graph;
use crate::model::claim::What;
use crate::model::record::Kind;
use crate::model::revision::{Revision, Why};
use crate::settings::{Baseline, Settings};
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E11", name: "foreign-run", severity: Severity::Warning, source: include_str!("foreign_run.rs"), run };

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let stated = |one: &&Commit| one.row.is_none() && one.hash.is_some() && counts(graph, one);
    let baselines: Vec<&Commit> = graph.commits.iter().filter(stated).collect();
    let branches: Vec<(Place, &str)> = branches(graph).collect();
    for (file, input) in graph.files() {
        let Some(run) = &input.facts.run else { continue };
        let found = match (&run.commit, &run.branch) {
            (Some(commit), _) => {
                let place = Place::new(file, commit.span);
                of_commit(graph, &baselines, place, &commit.text).or_else(|| {
                    let asked = settings.baseline.as_ref().filter(|_| baselines.is_empty());
                    asked.and_then(|baseline| of_asked(graph, baseline, place, &commit.text))
                })
            }
            (None, Some(branch)) => of_branch(graph, &branches, Place::new(file, branch.span), &branch.text),
            (None, None) => None,
        };
        findings.extend(found);
    }
}

/// The branches that documents in force state for their evidence.
fn branches(graph: &Graph) -> impl Iterator<Item = (Place, &str)> {
    let current = graph.files().filter(|(_, input)| {
        let document = input.facts.document.as_ref();
        document.is_none_or(|document| !document.ended && document.kind != Kind::Template)
    });
    current.flat_map(|(file, input)| {
        input.facts.claims.iter().filter_map(move |claim| match &claim.what {
            What::Branch(branch) => Some((Place::new(file, claim.span), branch.text.as_str())),
            _ => None,
        })
    })
}

fn of_commit(graph: &Graph, baselines: &[&Commit], place: Place, commit: &str) -> Option<Finding> {
    let first = baselines.first()?;
    if baselines.iter().filter_map(|one| one.hash.as_deref()).any(|hash| is_same(hash, commit)) {
        return None;
    }
    let path = graph.path(place.file);
    let short: String = commit.chars().take(10).collect();
    let message = format!(
        "{path} is of a run on the commit `{short}`, and {} states the baseline `{}`",
        graph.path(first.place.file),
        first.hash.as_deref().unwrap_or_default()
    );
    let finding = Finding::new(place, path, message).label("another commit");
    let finding = finding.help("Run the tests on the baseline, or state the commit that was tested.");
    // A matrix of several repositories may state that of another one.
    let elsewhere = baselines.iter().any(|one| one.revision == Revision::NotAssessed(Why::OtherRepository));
    let finding = if elsewhere { finding } else { finding.severity(Severity::Error) };
    Some(finding.related(first.place, "the baseline that is stated"))
}

/// Results of another commit than the one that somebody asked for.
fn of_asked(graph: &Graph, baseline: &Baseline, place: Place, commit: &str) -> Option<Finding> {
    if is_same(&baseline.id, commit) {
        return None;
    }
    let path = graph.path(place.file);
    let (short, id): (String, String) = (commit.chars().take(10).collect(), baseline.id.chars().take(10).collect());
    let name = if baseline.id.starts_with(&baseline.name) { String::new() } else { format!("{}, ", baseline.name) };
    let message = format!("{path} is of a run on the commit `{short}`, and the baseline that is checked is {name}`{id}`");
    let finding = Finding::new(place, path, message).label("another commit").severity(Severity::Error);
    Some(finding.help("Run the tests on the baseline, or check the commit that was tested."))
}

fn of_branch(graph: &Graph, branches: &[(Place, &str)], place: Place, branch: &str) -> Option<Finding> {
    let (first, stated) = branches.first()?;
    let plain = |name: &str| name.trim_start_matches("refs/heads/").trim_start_matches("origin/").to_owned();
    // Azure names a branch by its last part.
    let is_same = |stated: &str| plain(stated) == plain(branch) || plain(stated).ends_with(&format!("/{branch}"));
    if branches.iter().any(|(_, stated)| is_same(stated)) {
        return None;
    }
    let path = graph.path(place.file);
    let message =
        format!("{path} is of a run on the branch `{branch}`, and {} states the branch `{stated}`", graph.path(first.file));
    let finding = Finding::new(place, path, message).label("another branch");
    let finding = finding.help("Run the tests on that branch, or state the one that was tested.");
    Some(finding.related(*first, "the branch that is stated"))
}
