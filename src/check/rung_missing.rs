//! # S13 rung-missing
//!
//! Each requirement stands on the rung of the evidence ladder that a policy demands of it. The rungs are: a test is named
//! (`cited`), it exists (`exists`), all results are passes (`passes`), one of the tests asserts something (`asserts`), one of
//! them runs the code that implements the requirement (`executes`), one fails when that code is changed (`kills`). What could not be assessed does not meet the demand. A
//! requirement that is verified through its children alone hands the demand to them.
//!
//! ## Why it matters
//! Without a policy a rung that could not be assessed is counted, and closes no gate: most projects have no coverage that tells
//! tests apart. Where somebody decided that some requirements need more, silence would pass for proof.
//!
//! ## Bad
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-*"
//! rung = "passes"
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//!
//! ### REQ-LIFT-002: Doors
//! The doors shall stay open while somebody stands between them.
//! ```
//! ```file tests/test_lift.py
//! def test_call():
//!     """Verifies: REQ-LIFT-001"""
//!     assert call(3) == 3
//!
//! def test_doors():
//!     """Verifies: REQ-LIFT-002"""
//!     assert doors(blocked=True).open
//! ```
//! ```file results/junit.xml
//! <testsuite name="lift" tests="2">
//! <testcase classname="tests.test_lift" name="test_call"/>
//! <testcase classname="tests.test_lift" name="test_doors"><skipped/></testcase>
//! </testsuite>
//! ```
//!
//! ## Good
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-*"
//! rung = "passes"
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//!
//! ### REQ-LIFT-002: Doors
//! The doors shall stay open while somebody stands between them.
//! ```
//! ```file tests/test_lift.py
//! def test_call():
//!     """Verifies: REQ-LIFT-001"""
//!     assert call(3) == 3
//!
//! def test_doors():
//!     """Verifies: REQ-LIFT-002"""
//!     assert doors(blocked=True).open
//! ```
//! ```file results/junit.xml
//! <testsuite name="lift" tests="2">
//! <testcase classname="tests.test_lift" name="test_call"/>
//! <testcase classname="tests.test_lift" name="test_doors"/>
//! </testsuite>
//! ```
//!
//! ## What to do
//! The message says what the next rung lacks. `tracegate trace ID` shows the whole chain, and `tracegate explain artifacts` the
//! commands that write results and coverage. Or demand less: the policy is yours.
//!
//! ## Serves
//! IEC 62304 5.7.4; DO-178C 6.4.4

use super::Check;
use super::cited;
use super::hollow_evidence::evidence_place;
use super::support::{count, has_children};
use crate::finding::{Finding, Severity};
use crate::link::executed::Execution;
use crate::link::graph::{Graph, ReqId, Requirement, Resolution, Rung};
use crate::link::mutated::Killing;
use crate::model::oracle::Oracle;
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S13", name: "rung-missing", severity: Severity::Error, source: include_str!("rung_missing.rs"), run };

/// So many requirements that lack the same are told one by one.
const FEW: usize = 3;

/// A rung that is lacking: which, the policy that demands it, and why nobody stands there.
type Lack = (Rung, Place, String);

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let mut lacking: BTreeMap<Lack, Vec<ReqId>> = BTreeMap::new();
    for (id, (rung, place)) in demanded(graph) {
        // Before the tests have run no result can be there.
        let rung = if settings.without_results { rung.min(Rung::Exists) } else { rung };
        if let Some(why) = lack(graph, graph.requirement(id), rung) {
            lacking.entry((rung, place, why)).or_default().push(id);
        }
    }
    for (lack, ids) in lacking {
        if ids.len() > FEW {
            findings.push(several(graph, &lack, &ids));
        } else {
            findings.extend(ids.iter().map(|id| single(graph, &lack, *id)));
        }
    }
}

fn single(graph: &Graph, (rung, policy, why): &Lack, id: ReqId) -> Finding {
    let (one, name) = (graph.requirement(id), rung.name());
    let message = format!("{} must stand on the rung `{name}` and does not: {why}", one.id);
    let finding = Finding::new(evidence_place(graph, one), format!("{} {name}", one.id), message)
        .label(format!("not on the rung `{name}`"))
        .help(format!("`tracegate trace {}` shows what its evidence comes to.", one.id));
    cited::about_requirement(finding, graph, id).related(*policy, "the policy that demands it")
}

fn several(graph: &Graph, (rung, policy, why): &Lack, ids: &[ReqId]) -> Finding {
    let name = rung.name();
    let names: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let who = count(ids.len(), "requirement");
    let message = format!("{who} must stand on the rung `{name}` and do not: {why}. They are {}", cited::list(&names));
    let finding = Finding::new(*policy, format!("{name} {why}"), message).label(format!("not on the rung `{name}`"));
    cited::about_all(finding.help("`tracegate trace ID` shows what the evidence of one comes to."), graph, ids)
}

/// The highest rung that is demanded of each requirement in force, and where. What is verified through its children alone
/// hands the demand to them.
fn demanded(graph: &Graph) -> BTreeMap<ReqId, (Rung, Place)> {
    let mut found: BTreeMap<ReqId, (Rung, Place)> = BTreeMap::new();
    let own = graph.requirements().flat_map(|(id, one)| one.demands.iter().map(move |demand| (id, demand)));
    let mut open: Vec<(ReqId, Rung, Place)> = own
        .filter_map(|(id, demand)| Some((id, demand.rung?, demand.places.first().map_or(graph.requirement(id).place, |it| it.0))))
        .collect();
    let mut seen = FxHashSet::default();
    while let Some((id, rung, place)) = open.pop() {
        let one = graph.requirement(id);
        if one.standing != Standing::Active || !seen.insert((id, rung)) {
            continue;
        }
        if one.rung == Rung::None && has_children(graph, one) {
            open.extend(one.children.iter().map(|child| (*child, rung, place)));
            continue;
        }
        let known = found.entry(id).or_insert((rung, place));
        *known = if rung > known.0 { (rung, place) } else { *known };
    }
    found
}

/// What a requirement lacks on a rung; nothing where it stands there.
fn lack(graph: &Graph, one: &Requirement, rung: Rung) -> Option<String> {
    if one.rung < rung.min(Rung::Passes) {
        let reason = one.not_assessed.as_deref().unwrap_or(match one.rung {
            Rung::None => "no test and no other verification of it is named",
            Rung::Cited => "none of the tests that are named exists",
            _ => "not all its tests have results that are passes",
        });
        return Some(reason.to_owned());
    }
    if rung < Rung::Passes {
        return None;
    }
    // A test that fails when the code is changed runs it and can fail by what it looks at.
    let above = |than: Rung| rung > than && one.rung < Rung::Kills;
    let citations = one.rows.iter().flat_map(|row| &graph.row_node(*row).citations);
    let out_of_reach = citations.filter_map(|resolution| match resolution {
        Resolution::NotAssessed(why) => Some(format!("a part of its evidence is not assessed: {}", why.text())),
        _ => None,
    });
    let silent = above(Rung::Passes).then(|| silent(graph, one, rung)).flatten();
    let unrun = above(Rung::Asserts).then(|| unrun(one)).flatten();
    let unkilled = above(Rung::Executes).then(|| unkilled(one)).flatten();
    out_of_reach.chain(silent).chain(unrun).chain(unkilled).next()
}

/// Why it is not known that a test of a requirement asserts anything. As on the ladder, a doubt about that keeps nobody from
/// the rung above.
fn silent(graph: &Graph, one: &Requirement, rung: Rung) -> Option<String> {
    match graph.oracle_of(one) {
        Some(Oracle::Asserts) => None,
        Some(Oracle::Unclear(_)) if rung > Rung::Asserts => None,
        Some(Oracle::Unclear(doubt)) => Some(format!("whether its tests assert anything is not assessed: {}", doubt.text())),
        Some(Oracle::Vacuous(_)) => Some(String::from("what its tests assert holds whatever happens")),
        Some(Oracle::Unreached(_)) => Some(String::from("what its tests would assert is never reached")),
        Some(Oracle::Nothing) | None => Some(String::from("none of its tests asserts anything")),
    }
}

/// Why it is not known that a test of a requirement runs its code.
fn unrun(one: &Requirement) -> Option<String> {
    match one.execution {
        Execution::Runs => None,
        Execution::Hollow => Some(String::from("none of its tests runs any of the code that implements it")),
        Execution::NotAssessed(unknown) => Some(format!("whether its tests run its code is not assessed: {}", unknown.text())),
    }
}

/// Why it is not known that a test of a requirement fails when its code is changed.
fn unkilled(one: &Requirement) -> Option<String> {
    match one.killing {
        Killing::Kills => None,
        Killing::KillsNone => Some(String::from("none of its tests kills any mutant of the code that implements it")),
        Killing::NotAssessed(unkilled) => {
            Some(format!("whether its tests kill mutants of its code is not assessed: {}", unkilled.text()))
        }
    }
}
