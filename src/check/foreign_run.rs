//! # E11 foreign-run
//!
//! Where a result file says which commit its run was of, that is the commit which the matrices state as their baseline.
//! Files that say nothing of a commit are not assessed.
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
//!     assert True
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
//!     assert True
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
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E11", name: "foreign-run", severity: Severity::Warning, source: include_str!("foreign_run.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let stated = |one: &&Commit| one.row.is_none() && one.hash.is_some() && counts(graph, one);
    let baselines: Vec<&Commit> = graph.commits.iter().filter(stated).collect();
    let Some(first) = baselines.first() else { return };
    for (file, input) in graph.files() {
        let Some(commit) = input.facts.run.as_ref().and_then(|run| run.commit.as_ref()) else { continue };
        if baselines.iter().filter_map(|one| one.hash.as_deref()).any(|hash| is_same(hash, &commit.text)) {
            continue;
        }
        let short: String = commit.text.chars().take(10).collect();
        let message = format!(
            "{} is of a run on the commit `{short}`, and {} states the baseline `{}`",
            input.path,
            graph.path(first.place.file),
            first.hash.as_deref().unwrap_or_default()
        );
        findings.push(
            Finding::new(Place::new(file, commit.span), &input.path, message)
                .label("another commit")
                .help("Run the tests on the baseline, or state the commit that was tested.")
                .related(first.place, "the baseline that is stated"),
        );
    }
}
