//! # M05 disagreeing-links
//!
//! The summary row of a requirement, its detail section and the markers in the tests must name the
//! same tests.
//!
//! ## Why it matters
//!
//! When two parts of one matrix name different tests, at least one of them is wrong, and nobody
//! can say which tests were the evidence. Such differences stay behind when a test was added,
//! renamed or moved and only one place was changed.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not start when it is overloaded.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! ## Summary
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Overload | test_drive::test_overload, test_bell | PASS |
//!
//! ## Details
//!
//! ### REQ-LIFT-001: Overload
//!
//! | Test File | Test Function | Description |
//! |---|---|---|
//! | test_drive.py | test_overload | The lift stays where it is |
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not start when it is overloaded.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! ## Summary
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Overload | test_drive::test_overload, test_bell | PASS |
//!
//! ## Details
//!
//! ### REQ-LIFT-001: Overload
//!
//! | Test File | Test Function | Description |
//! |---|---|---|
//! | test_drive.py | test_overload | The lift stays where it is |
//! | test_drive.py | test_bell | A bell rings |
//! ```
//!
//! ## What to do
//!
//! Look into the tests to see which of them verify the requirement, and name these in every place.
//! Do not copy one list over the other before: both may be wrong.
//!
//! A document of one test case, `UT-7.md`, whose title has the identifier of another that has a document too is told as well: nobody can
//! say which of them it specifies.
//!
//! ## Serves
//!
//! ASPICE (consistency of the trace)

mod markers;
mod sections;
mod titled;

use crate::check::Check;
use crate::check::fold::{Draft, Many, fold_drafts};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, index};
use crate::settings::Settings;
use rayon::prelude::*;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "M05",
    name: "disagreeing-links",
    severity: Severity::Warning,
    source: include_str!("disagreeing_links.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    // Each requirement is compared by itself.
    let compared = graph.requirements.par_iter().enumerate().flat_map_iter(|(at, _)| {
        let id = ReqId(index(at));
        sections::compare(graph, id).into_iter().chain(markers::compare(graph, id))
    });
    let drafts: Vec<Draft<'_>> = compared.collect();
    findings.extend(fold_drafts(graph, drafts, many));
    findings.extend(titled::findings(graph));
}

/// What many requirements of one matrix have in common.
fn many(label: &str, Many { count, path, names }: &Many<'_>) -> Option<String> {
    match label {
        NOT_LISTED => Some(format!("{count} rows of {path} do not cite all tests that carry a marker for them: {names}")),
        OTHERWISE => Some(format!("{count} rows of {path} cite tests whose own markers name other requirements: {names}")),
        DIFFERS => Some(format!("{count} summary rows of {path} name other tests than their detail sections: {names}")),
        _ => None,
    }
}

/// Labels of the findings.
const NOT_LISTED: &str = "not all tests are listed";
const OTHERWISE: &str = "the test says otherwise";
const DIFFERS: &str = "differs from the details";
