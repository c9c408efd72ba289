//! # M07 false-count
//!
//! The numbers that a matrix states must be true: how many requirements it covers, in total and in
//! each domain, how many of its rows have which status, how many tests a file has, and how they add up.
//!
//! ## Why it matters
//!
//! Counts are what a reviewer reads first, and they are written by hand. In one approved matrix the
//! counts of eight test files added up to the stated total, and five of the eight were wrong.
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
//! This matrix covers all 3 requirements.
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Start | tests/test_pump.py::test_start | PASS |
//! | REQ-PUMP-002 | Stop | tests/test_pump.py::test_stop | PASS |
//!
//! ## Results
//!
//! | Test File | Tests | Passed | Failed |
//! |---|---|---|---|
//! | test_pump.py | 1 | 1 | 0 |
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
//! This matrix covers all 2 requirements.
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Start | tests/test_pump.py::test_start | PASS |
//! | REQ-PUMP-002 | Stop | tests/test_pump.py::test_stop | PASS |
//!
//! ## Results
//!
//! | Test File | Tests | Passed | Failed |
//! |---|---|---|---|
//! | test_pump.py | 2 | 2 | 0 |
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
//! Count again, from the specification and from the results of the run, and correct the number. If
//! the number was right once, find out which requirement or test was lost.
//!
//! ## Serves
//!
//! IEC 62304 5.7.5

mod requirements;
mod statuses;
mod tests;

use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M07", name: "false-count", severity: Severity::Error, source: include_str!("false_count.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (file, input) in graph.files().filter(|(_, input)| !input.facts.claims.is_empty()) {
        requirements::check(graph, file, input, findings);
        statuses::check(graph, file, input, findings);
        tests::check(graph, file, input, findings);
    }
}
