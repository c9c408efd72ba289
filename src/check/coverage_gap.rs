//! # S11 coverage-gap
//!
//! Where a policy asks for it, so much of the code that implements a requirement ran, by all tests together: a share of its
//! lines, of its branches, or of both. What did not run is listed by its lines. Branches are taken from the coverage alone; where the format
//! or the run tells none, a demand for them is reported as not assessed, and so is one for code that is not measured. Of code
//! that is excluded on purpose (`pragma: no cover`, `LCOV_EXCL_LINE`, `coverage: ignore`, annotations of generated
//! code) the tools write no lines, and none are counted here.
//!
//! ## Why it matters
//! Code that no test runs is not verified by any of them, and a line on which a choice stands is only half verified when one
//! of its ways was never taken.
//!
//! ## Bad
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-001"
//! coverage = { lines = 90, branches = 100 }
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not move with more than 8 persons.
//! ```
//! ```file lift/load.py
//! def may_move(persons):
//!     """Implements: REQ-LIFT-001"""
//!     if persons > 8:
//!         return False
//!     return True
//! ```
//! ```file tests/test_load.py
//! from lift.load import may_move
//!
//! def test_moves():
//!     """Verifies: REQ-LIFT-001"""
//!     assert may_move(2)
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "branch_coverage": true}, "files": {
//!   "lift/load.py": {"executed_lines": [1, 3, 5], "missing_lines": [4],
//!     "executed_branches": [[3, 5]], "missing_branches": [[3, 4]]}}}
//! ```
//!
//! ## Good
//! ```file tracegate.toml
//! [[policy]]
//! requirements = "REQ-LIFT-001"
//! coverage = { lines = 90, branches = 100 }
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not move with more than 8 persons.
//! ```
//! ```file lift/load.py
//! def may_move(persons):
//!     """Implements: REQ-LIFT-001"""
//!     if persons > 8:
//!         return False
//!     return True
//! ```
//! ```file tests/test_load.py
//! from lift.load import may_move
//!
//! def test_moves():
//!     """Verifies: REQ-LIFT-001"""
//!     assert may_move(8) and not may_move(9)
//! ```
//! ```file coverage.json
//! {"meta": {"format": 3, "branch_coverage": true}, "files": {
//!   "lift/load.py": {"executed_lines": [1, 3, 4, 5], "missing_lines": [],
//!     "executed_branches": [[3, 5], [3, 4]], "missing_branches": []}}}
//! ```
//!
//! ## What to do
//! Add tests that run the lines that are listed, or exclude what cannot run with the comment that the tool knows, beside which
//! the reason can stand. Branches are measured by `pytest --cov --cov-branch`, `lcov --rc branch_coverage=1`,
//! JaCoCo, Istanbul and `gcovr --cobertura`; stable Rust measures none.
//!
//! ## Serves
//! DO-178C A-7.5-7

use super::Check;
use super::cited::{self, code, list};
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::link::structure::{Asked, Ran, Unmeasured, Ways};
use crate::model::requirement::Standing;
use crate::settings::{CONFIGURATION, Settings};
use crate::source::{FileId, Place, Span};
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S11", name: "coverage-gap", severity: Severity::Warning, source: include_str!("coverage_gap.rs"), run };

/// What one requirement came to: how much of what is too little, or what of it is not known.
#[derive(Default)]
struct Gap {
    short: Vec<String>,
    open: Vec<(&'static str, u8, Unmeasured)>,
}

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    for asked in &graph.asked {
        let mut open: BTreeMap<(&'static str, u8, Unmeasured), Vec<ReqId>> = BTreeMap::new();
        for id in &asked.requirements {
            let one = graph.requirement(*id);
            if one.standing != Standing::Active {
                continue;
            }
            let ran = graph.ran_of_code(one);
            let gap = gap(asked, ran.as_ref());
            if let (Ok(ran), false) = (&ran, gap.short.is_empty()) {
                findings.push(report(graph, one, asked, ran, &gap));
            }
            gap.open.into_iter().for_each(|what| open.entry(what).or_default().push(*id));
        }
        // Before the tests have run nothing can be shown yet.
        if !settings.without_results {
            findings.extend(open.into_iter().filter_map(|(what, ids)| unassessed(graph, asked, what, &ids)));
        }
        if asked.requirements.is_empty() {
            findings.extend(nobody(graph, asked));
        }
    }
}

/// Compares what ran with what a policy asks for.
fn gap(asked: &Asked, ran: Result<&Ran, &Unmeasured>) -> Gap {
    let mut gap = Gap::default();
    let below = |taken: usize, all: usize, share: u8| taken * 100 < all * usize::from(share);
    let told = |taken: usize, all: usize, of: &str, share: u8| {
        format!("{taken} of {all} {of} ({} %, of which {share} are asked)", taken * 100 / all.max(1))
    };
    if let Some(share) = asked.extent.lines {
        match ran {
            Err(why) => gap.open.push(("lines", share, *why)),
            Ok(ran) => {
                let taken = ran.lines.values().filter(|ran| **ran).count();
                let all = ran.lines.len();
                gap.short.extend(below(taken, all, share).then(|| told(taken, all, "lines", share)));
            }
        }
    }
    if let Some(share) = asked.extent.branches {
        match ran.map(|ran| ran.branches.as_ref().map(Ways::sums)) {
            Err(why) => gap.open.push(("branches", share, *why)),
            Ok(None) => gap.open.push(("branches", share, Unmeasured::NoBranches)),
            Ok(Some((least, most, all))) => {
                let [least, most, all] = [least, most, all].map(|n| n as usize);
                if below(most, all, share) {
                    gap.short.push(told(most, all, "branches", share));
                } else if below(least, all, share) {
                    gap.open.push(("branches", share, Unmeasured::BranchesApart));
                }
            }
        }
    }
    gap
}

fn report(graph: &Graph, one: &Requirement, asked: &Asked, ran: &Ran, gap: &Gap) -> Finding {
    let names: Vec<String> = one.parts.iter().map(|part| code(&graph.part_name(part))).collect();
    let verb = if names.len() == 1 { "implements" } else { "implement" };
    let message = format!("Of {}, which {verb} {}, {} ran", list(&names), one.id, gap.short.join(" and "));
    let place = one.parts.first().map_or(one.place, |part| graph.part_place(part));
    let finding = Finding::new(place, one.id.as_str(), message)
        .label("not enough of it ran")
        .help(format!("Add tests of {} that run what is listed, or exclude what cannot run, with the reason.", one.id))
        .about(graph.namespace(one), &one.id);
    let finding = regions(ran).into_iter().fold(finding, |finding, (file, first, last)| {
        let what = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
        finding.related(lines(graph, file, first, last), format!("{what}: did not run"))
    });
    let open = ran.branches.iter().filter(|_| asked.extent.branches.is_some()).flat_map(|ways| &ways.0);
    let open = open.filter(|(at, (_, most, all))| most < all && ran.lines.get(at) == Some(&true));
    let finding = open.fold(finding, |finding, ((file, line), (_, most, all))| {
        finding.related(lines(graph, *file, *line, *line), format!("{} of {all} ways on were never taken", all - most))
    });
    match policy(graph, asked) {
        Some(place) => finding.related(place, "the policy that asks for it"),
        None => finding,
    }
}

/// Lines that did not run and stand together, among those that could.
fn regions(ran: &Ran) -> Vec<(FileId, u32, u32)> {
    let all: Vec<(&(FileId, u32), &bool)> = ran.lines.iter().collect();
    let groups = all.chunk_by(|a, b| a.0.0 == b.0.0 && a.1 == b.1).filter(|group| group.iter().all(|(_, ran)| !**ran));
    groups.filter_map(|group| Some((group.first()?.0.0, group.first()?.0.1, group.last()?.0.1))).collect()
}

fn lines(graph: &Graph, file: FileId, first: u32, last: u32) -> Place {
    let text = &graph.input(file).text;
    let span = |line: u32| text.line_span(line).unwrap_or_default();
    Place::new(file, Span::new(span(first).start as usize, span(last).end() as usize))
}

/// Where the configuration asks for it.
fn policy(graph: &Graph, asked: &Asked) -> Option<Place> {
    let (file, _) = graph.files().find(|(_, input)| input.reader == CONFIGURATION)?;
    Some(Place::new(file, asked.extent.span))
}

fn unassessed(graph: &Graph, asked: &Asked, what: (&str, u8, Unmeasured), ids: &[ReqId]) -> Option<Finding> {
    let (of, share, why) = what;
    let first = graph.requirement(*ids.first()?);
    let whose = if ids.len() == 1 { first.id.to_string() } else { count(ids.len(), "requirement") };
    let message =
        format!("Whether {share} % of the {of} of the code of {whose} ran, as a policy asks, is not assessed: {}", why.text());
    let place = policy(graph, asked).unwrap_or(first.place);
    let help = match why {
        Unmeasured::NoBranches => {
            "Measure branches: `pytest --cov --cov-branch`, `lcov --rc branch_coverage=1`, JaCoCo or Istanbul."
        }
        Unmeasured::NoCode => {
            "Say which code it is: `Implements: ID` in the code, a column \"Code\" of the matrix, or `implementation` in the policy."
        }
        Unmeasured::BranchesApart => "Merge the coverage files with the tool that wrote them.",
        Unmeasured::OnlyRan => "Write the report of the tool that also tells what did not run: `coverage json`.",
        _ => {
            "Measure that code, write the coverage of this version of it, and name the file under `coverage` in the section [tests]."
        }
    };
    let finding = Finding::new(place, format!("{} {of}", asked.named), message).label("not assessed").help(help);
    Some(cited::about_all(finding, graph, ids))
}

/// A demand on requirements that nothing defines asks for nothing.
fn nobody(graph: &Graph, asked: &Asked) -> Option<Finding> {
    let message = format!("A policy asks for coverage of the code of {}, and none of these is defined", code(&asked.named));
    let finding = Finding::new(policy(graph, asked)?, asked.named.as_str(), message).label("no such requirement");
    Some(finding.help("Correct the identifiers in `requirements` of the policy."))
}
