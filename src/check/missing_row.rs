//! # M01 missing-row
//!
//! A matrix must have a row for every requirement in force of the specification that it speaks
//! for, and no row for a requirement that the specification does not define. Where a matrix alone names its requirements and
//! says which version of which specification it is for, that specification must be there.
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
//!     assert works()
//!
//! def test_flow():
//!     assert works()
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
//!     assert works()
//!
//! def test_stop():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Add the row, and with it the test that it cites. If the requirement is not to be verified yet,
//! say so where it is defined: planned, deferred or removed requirements need no row. For an
//! unknown requirement, correct the identifier or remove the row. Where a whole family of
//! identifiers has no row, that is one warning: it may be verified elsewhere. Rows for more unknown
//! than known requirements of a family are a warning too, because the document that defines them
//! may not have been read; they are an error where the matrix itself names the specification that
//! defines the others: that one is there, and was shortened. Unknown rows of several families are one finding.
//!
//! ## Serves
//!
//! IEC 62304 5.1.1c

mod missing;
mod undefined;
mod unknown;

pub(super) use missing::rowless;
pub(super) use unknown::names as unknown_names;

use crate::check::Check;
use crate::check::naming::Naming;
use crate::check::owed::Owed;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M01", name: "missing-row", severity: Severity::Error, source: include_str!("missing_row.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    undefined::report(graph, findings);
    unknown::report(graph, findings);
    let naming = Naming::new(graph);
    missing::report(graph, &naming, &Owed::new(graph, &naming), findings);
}
