//! # E09 broken-digest
//!
//! Where a list of digests (`SHA256SUMS`, `junit.xml.sha256`) vouches for results, coverage, a specification, a matrix or a
//! record, the file has the bytes of which the list states the SHA-256. Another system's line breaks make no difference. A file
//! of the list that is gone is told where others with its extension are there. Other files are left alone.
//!
//! ## Why it matters
//!
//! The list was written so that nobody can change evidence unnoticed. A file that differs was edited, or written anew, after
//! somebody sealed it: what it says now is not what was approved.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Heat
//! The oven shall reach 250 °C.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Req ID | Test |
//! |---|---|
//! | REQ-OVEN-001 | tests/test_oven.py::test_heats |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_heats():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="oven" tests="1" failures="0">
//!   <testcase classname="tests.test_oven" name="test_heats"/>
//! </testsuite>
//! ```
//!
//! ```file results/SHA256SUMS
//! 0000000000000000000000000000000000000000000000000000000000000001  junit.xml
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Heat
//! The oven shall reach 250 °C.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Req ID | Test |
//! |---|---|
//! | REQ-OVEN-001 | tests/test_oven.py::test_heats |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_heats():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="oven" tests="1" failures="0">
//!   <testcase classname="tests.test_oven" name="test_heats"/>
//! </testsuite>
//! ```
//!
//! ```file results/SHA256SUMS
//! ec817677b9224e99bb11615595b36ad7fcc046b4e5abafa2a35385775dcde44a  junit.xml
//! ```
//!
//! ## What to do
//!
//! Put back the file that was sealed, or run the tests again and have the new evidence reviewed and sealed. A digest that is
//! only written anew hides what changed.
//!
//! ## Serves
//!
//! 21 CFR 11.70

use crate::check::Check;
use crate::check::cited::code;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::sealed::{Broken, Now};
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E09", name: "broken-digest", severity: Severity::Error, source: include_str!("broken_digest.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    findings.extend(graph.broken.iter().map(|broken| finding(graph, broken)));
}

fn finding(graph: &Graph, broken: &Broken) -> Finding {
    let list = graph.path(broken.stated.file);
    match &broken.now {
        Now::Other(file, digest) => {
            let path = graph.path(*file);
            let short: String = digest.chars().take(12).collect();
            let message = format!("{path} is not the file that {list} vouches for: its SHA-256 begins with {short}");
            let help = "Put back the file that was sealed, or run again and have the new evidence reviewed; a new digest alone hides what changed.";
            Finding::new(broken.stated, path, message)
                .label("stated here")
                .help(help)
                .related(super::cited::top(*file), "the file")
        }
        Now::Gone(path) => {
            let message =
                format!("{list} vouches for {}, which was not found: what was sealed is not there as a whole", code(path));
            let help = "Put back the file that was sealed (git may ignore it), or have what is left reviewed and sealed anew.";
            Finding::new(broken.stated, path, message).label("stated here").help(help)
        }
    }
}
