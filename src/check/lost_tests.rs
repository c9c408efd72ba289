//! # M11 lost-tests
//!
//! A file of cited tests has as many tests as at the previous baseline, and a matrix cites as many, unless a record says
//! why there are fewer.
//!
//! ## Why it matters
//!
//! A test that fails is noticed, and one that was taken out is not: everything that is left passes, and the matrix is
//! as green as before.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # SLUICE-SRS: Sluice Requirements Specification
//!
//! ### REQ-SLUICE-001: Level
//! The sluice shall keep the level.
//! ```
//!
//! ```file docs/rtm.md
//! # SLUICE-RTM: Sluice Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-SLUICE-001 | Level | tests/test_sluice.py::test_level | PASS |
//! ```
//!
//! ```file tests/test_sluice.py
//! def test_level():
//!     assert works()
//! ```
//!
//! ```file at-5d0c2aa/tests/test_sluice.py
//! def test_level():
//!     assert works()
//!
//! def test_level_in_flood():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # SLUICE-SRS: Sluice Requirements Specification
//!
//! ### REQ-SLUICE-001: Level
//! The sluice shall keep the level.
//! ```
//!
//! ```file docs/rtm.md
//! # SLUICE-RTM: Sluice Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-SLUICE-001 | Level | tests/test_sluice.py::test_level | PASS |
//! ```
//!
//! ```file tests/test_sluice.py
//! def test_level():
//!     assert works()
//!
//! def test_level_at_high_water():
//!     assert works()
//! ```
//!
//! ```file at-5d0c2aa/tests/test_sluice.py
//! def test_level():
//!     assert works()
//!
//! def test_level_in_flood():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Bring the tests back, or name them in the record of the change that took them out. The previous baseline is
//! `previous` in the section [tests] of the configuration, or else the commit that the matrix names. (In the examples
//! `at-5d0c2aa/` marks a file as it was at that commit.) Numbers are compared, so that another name is no loss; tests that
//! moved to another file, those of requirements that are not in force any more, and those that a record names since
//! then are not counted. A cited test that is gone is told by E05.
//!
//! ## Serves
//!
//! IEC 62304 5.6.6

use super::cited;
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::drift::{Lost, Of};
use crate::link::graph::Graph;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M11", name: "lost-tests", severity: Severity::Warning, source: include_str!("lost_tests.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    findings.extend(graph.drifts.lost.iter().map(|lost| finding(graph, lost)));
    for (file, bound, why) in &graph.drifts.not_compared {
        let path = graph.path(*file);
        let message = format!(
            "Whether {path} and the files that it cites lost tests since `{}` is not assessed: {}",
            bound.commit,
            why.text()
        );
        let help = "Fetch the whole history, or correct `previous` in the section [tests] of the configuration.";
        let finding = Finding::new(bound.place, path, message).label("not assessed").help(help);
        findings.push(finding.severity(Severity::Info));
    }
}

fn finding(graph: &Graph, lost: &Lost) -> Finding {
    let Lost { then, now, .. } = lost;
    let (path, commit) = (graph.path(lost.file), &lost.bound.commit);
    let gone = cited::list(&lost.gone);
    let tests = count(*now, "test");
    let (message, label) = match lost.of {
        Of::Tests => {
            (format!("{path} has {tests} and had {then} at `{commit}`, the previous baseline; gone: {gone}"), "fewer tests")
        }
        Of::Citations => (
            format!("{path} cites {tests} and cited {then} at `{commit}`, the previous baseline; not any more: {gone}"),
            "fewer citations",
        ),
    };
    let place = cited::top(lost.file);
    let finding = Finding::new(place, path, message)
        .label(label)
        .help("Bring them back, or name them in the record of the change that took them out.");
    if lost.bound.place.file == lost.file && lost.bound.place.span.start == 0 {
        return finding;
    }
    finding.related(lost.bound.place, "compared with this commit")
}
