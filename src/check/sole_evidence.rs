//! # S10 sole-evidence
//!
//! A requirement that its specification calls critical (critical, ASIL C or D, SIL 3 or 4, DAL A or B, class C) and that
//! a single test verifies.
//!
//! ## Why it matters
//! The day that this one test is skipped, weakened or deleted, nothing verifies the requirement, and it is one
//! of those on which a life may depend.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement | Priority |
//! |---|---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. | Medium |
//! | REQ-DOOR-002 | The doors shall stay closed while the lift moves. | Critical |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     assert arrive().open
//!
//! def test_stays_closed():
//!     """Verifies: REQ-DOOR-002"""
//!     assert not move().open
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the lift
//!
//! | REQ ID | Requirement | Priority |
//! |---|---|---|
//! | REQ-DOOR-001 | The doors shall open on arrival. | Medium |
//! | REQ-DOOR-002 | The doors shall stay closed while the lift moves. | Critical |
//! ```
//! ```file tests/test_lift.py
//! def test_opens():
//!     """Verifies: REQ-DOOR-001"""
//!     assert arrive().open
//!
//! def test_stays_closed():
//!     """Verifies: REQ-DOOR-002"""
//!     assert not move().open
//!
//! def test_stays_closed_without_power():
//!     """Verifies: REQ-DOOR-002"""
//!     assert not move(power=False).open
//! ```
//!
//! ## What to do
//! Add a second test from another side: a fault, a boundary, another level. This is a hint.
//!
//! ## Serves
//! Good practice; no clause asks for it

use super::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement, Resolution, TestId};
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S10", name: "sole-evidence", severity: Severity::Info, source: include_str!("sole_evidence.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for one in graph.requirements.iter().filter(|one| one.standing == Standing::Active) {
        let Some(priority) = graph.definition(one).and_then(|definition| definition.priority.as_ref()) else { continue };
        if let Some(test) = sole(graph, one).filter(|_| is_critical(&priority.text)) {
            let name = graph.test(test).qualified();
            let message = format!("{} is marked \"{}\", and a single test verifies it: {name}.", one.id, priority.text);
            let finding = Finding::new(one.place, &one.id, message)
                .label("one test only")
                .help("Add a second test from another side: a fault, a boundary, another level.")
                .about(graph.namespace(one), &one.id)
                .related(graph.test_place(test), "the only test")
                .related(Place::new(one.place.file, priority.span), "marked here");
            findings.push(finding);
        }
    }
}

/// The only test of a requirement, if nothing else is cited that may be a second one.
fn sole(graph: &Graph, one: &Requirement) -> Option<TestId> {
    let mut tests: Vec<TestId> = one.evidence.iter().map(|evidence| evidence.test).collect();
    tests.sort_unstable();
    tests.dedup();
    let [only] = tests.as_slice() else { return None };
    let mut cited = one.rows.iter().flat_map(|row| &graph.row_node(*row).citations);
    let clear = cited.all(|resolution| matches!(resolution, Resolution::Tests(_) | Resolution::WrongFile { .. }));
    (clear && !graph.test(*only).parametrised).then_some(*only)
}

/// Whether a priority or integrity level is one of the highest.
fn is_critical(cell: &str) -> bool {
    let text = words(cell);
    let list: Vec<&str> = text.split(' ').collect();
    let critical = list
        .iter()
        .position(|word| *word == "critical")
        .is_some_and(|at| at == 0 || !matches!(list.get(at - 1), Some(&("non" | "not" | "less"))));
    let grade = |scale: &str, grades: &[&str]| {
        let apart = list.windows(2).any(|pair| matches!(pair, [name, grade] if *name == scale && grades.contains(grade)));
        apart || list.iter().any(|word| word.strip_prefix(scale).is_some_and(|grade| grades.contains(&grade)))
    };
    critical || grade("asil", &["c", "d"]) || grade("sil", &["3", "4"]) || grade("dal", &["a", "b"]) || text == "class c"
}

#[cfg(test)]
mod tests {
    use super::is_critical;

    #[test]
    fn words_for_critical() {
        for cell in ["Critical", "critical (P0)", "ASIL D", "ASIL-C", "ASIL D(D)", "SIL3", "DAL A", "Class C", "safety-critical"]
        {
            assert!(is_critical(cell), "{cell}");
        }
        for cell in ["High", "non-critical", "not critical", "ASIL B", "SIL 2", "DAL C", "Class B", "Must", "D", ""] {
            assert!(!is_critical(cell), "{cell}");
        }
    }
}
