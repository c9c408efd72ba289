//! # R01 duplicate-requirement
//!
//! An identifier is defined once in its specification. Where it is defined again, both places are shown.
//! Two specifications may use the same identifier, and an overview may repeat what a section defines.
//!
//! ## Why it matters
//! When two texts share an identifier, every row and every test that names it proves one of them and nobody
//! knows which. The other one goes unverified and the matrix still looks complete.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! | REQ-BREW-001 | The machine shall rinse its nozzle after each cup. |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! | REQ-BREW-003 | The machine shall rinse its nozzle after each cup. |
//! ```
//!
//! ## What to do
//! Give one of the two an identifier of its own and correct the rows and tests that mean it. If one is a copy, delete it.
//!
//! ## Serves
//! IEC 62304 5.2.6; ISO/IEC/IEEE 29148 5.2.8

use super::Check;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::settings::Settings;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "R01", name: "duplicate-requirement", severity: Severity::Error, source: include_str!("duplicate_requirement.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for one in &graph.requirements {
        let Some((first, others)) = one.duplicates.split_first() else { continue };
        let times = count(one.duplicates.len() + 1, "time");
        let message = format!(
            "{} is defined {times} in {}: a test that names it proves one of these texts, and nobody knows which.",
            one.id,
            graph.path(first.file)
        );
        let mut finding = Finding::new(*first, &one.id, message)
            .label("defined again")
            .help("Give one of them an identifier of its own, or delete the copy.")
            .about(graph.namespace(one), &one.id)
            .related(one.place, "first defined here");
        for place in others {
            finding = finding.related(*place, "and once more here");
        }
        findings.push(finding);
    }
}
