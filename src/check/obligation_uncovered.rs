//! # S07 obligation-uncovered
//!
//! Where a requirement has clauses with letters or numbers ((a), (b), (c); 1., 2.) and everything that makes a test its evidence
//! names clauses behind the identifier (`REQ-1 (a)`, `REQ-1 clauses b and c`, in a marker, a title or the first column of a
//! row), each clause is named by one of them. If anything cites the requirement as a whole, that may mean all of its clauses, and
//! nothing is said; nor if a clause stands behind the identifier in some other way anywhere in the tests or matrices. Where a requirement says
//! that one of two values goes before the other ("`--root` shall take precedence over `KILN_ROOT`"), or in which order things come
//! ("shall call `open` before `write`", "`prime`, `fill` and `start` in that order"), and its tests name each of them, one names both; only
//! names in code, flags and variables are known as values. Where a requirement asks for something and forbids another thing ("shall stop, and
//! shall not restart"), a test of it has a word of what is forbidden, or looks at more than success. Whether a test does what its clause says
//! is not looked at, nor whether it asserts the order; a requirement that does nothing but forbid is not looked at either (S08 does for what
//! is rejected).
//!
//! ## Why it matters
//! A requirement of three clauses looks verified when one of them is: the row has a test, and the test passes.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Doors
//! The doors shall (a) open at a floor, (b) stay shut between floors and (c) reopen when they meet something.
//! ```
//! ```file tests/test_doors.py
//! def test_opens():
//!     """Verifies: REQ-LIFT-001 (a)"""
//!     assert at_floor(2).doors == "open"
//!
//! def test_stays_shut():
//!     """Verifies: REQ-LIFT-001 (b)"""
//!     assert between(2, 3).doors == "shut"
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Doors
//! The doors shall (a) open at a floor, (b) stay shut between floors and (c) reopen when they meet something.
//! ```
//! ```file tests/test_doors.py
//! def test_opens():
//!     """Verifies: REQ-LIFT-001 (a)"""
//!     assert at_floor(2).doors == "open"
//!
//! def test_stays_shut():
//!     """Verifies: REQ-LIFT-001 (b), (c)"""
//!     assert between(2, 3).doors == "shut"
//!     assert closing_on("a shoe").doors == "open"
//! ```
//!
//! ## What to do
//! Add a test of the clause and cite the clause behind the identifier, or cite the requirement without a clause where a test is of
//! all of it.
//!
//! ## Serves
//! 29148

mod clauses;
mod denied;

use super::Check;
use super::cited::{about_requirement, code, list};
use super::support::has_children;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::link::precedence::Apart;
use crate::model::mention::Mention;
use crate::model::requirement::Standing;
use crate::read::precedence::Kind;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use clauses::{Label, behind, clauses, may_follow, may_name};
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "S07",
    name: "obligation-uncovered",
    severity: Severity::Warning,
    source: include_str!("obligation_uncovered.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let active = graph.requirements().filter(|(_, one)| one.standing == Standing::Active && !one.evidence.is_empty());
    for (id, one) in active.filter(|(_, one)| !has_children(graph, one)) {
        findings.extend(report(graph, id, one));
        findings.extend(graph.apart(one).map(|apart| never_together(graph, id, &apart)));
        findings.extend(denied::report(graph, id));
    }
}

/// Each of two values has its tests, and which of them counts where both are given has none.
fn never_together(graph: &Graph, id: ReqId, apart: &Apart) -> Finding {
    let one = graph.requirement(id);
    let (over, under) = (code(&apart.precedence.over), code(&apart.precedence.under));
    let (says, asserts) = match apart.precedence.kind {
        Kind::Counts => (format!("puts {over} before {under}"), "which one counts"),
        Kind::Comes => (format!("says in which order {over} and {under} come"), "which one comes first"),
    };
    let message = format!("{} {says}, and no test of it has both", one.id);
    let finding = Finding::new(apart.place, one.id.as_str(), message)
        .label("no test of it has both")
        .help(format!("Add a test that has both {over} and {under}, and asserts {asserts}."));
    let (first, other) = apart.tests;
    about_requirement(finding, graph, id)
        .related(graph.test_place(first), format!("has {over}"))
        .related(graph.test_place(other), format!("has {under}"))
}

fn report(graph: &Graph, id: ReqId, one: &Requirement) -> Option<Finding> {
    if !cites_clauses(graph, one) {
        return None;
    }
    let definition = graph.definition(one)?;
    let text = graph.input(one.place.file).text.slice(definition.block);
    let all = clauses(text);
    if all.is_empty() {
        return None;
    }
    let (named, places) = named(graph, one, &all)?;
    let open: Vec<&Label> = all.iter().filter(|label| !named.contains(*label)).collect();
    if open.is_empty() || open.iter().any(|label| is_named_elsewhere(graph, one, label)) {
        return None;
    }
    let shown = |labels: &[&Label]| list(&labels.iter().map(|label| format!("({label})")).collect::<Vec<_>>());
    let known: Vec<&Label> = named.iter().collect();
    let (noun, verb) = if open.len() == 1 { ("Clause", "is") } else { ("Clauses", "are") };
    let message =
        format!("{noun} {} of {} {verb} cited by no test; those that verify it cite {}", shown(&open), one.id, shown(&known));
    let finding = Finding::new(one.place, one.id.as_str(), message).label("has a clause without a test").help(format!(
        "Add a test and cite the clause behind the identifier: `{} ({})`.",
        one.id,
        open.first()?
    ));
    let finding = about_requirement(finding, graph, id);
    Some(places.into_iter().fold(finding, |finding, place| finding.related(place, "cites a clause")))
}

/// The rows and markers of a requirement that name it, with the file of each.
fn naming<'g>(graph: &'g Graph, one: &'g Requirement) -> impl Iterator<Item = (FileId, &'g [Mention])> + 'g {
    let rows = one.rows.iter().map(|row| graph.row_node(*row));
    let rows = rows.map(|node| (node.fact.file, graph.row(node).ids.as_slice()));
    rows.chain(one.markers.iter().map(|fact| (fact.file, graph.marker(*fact).ids.as_slice())))
}

/// Whether a glance at what names a requirement shows that all of it may name clauses.
fn cites_clauses(graph: &Graph, one: &Requirement) -> bool {
    naming(graph, one).all(|(file, mentions)| {
        let text = graph.input(file).text.as_str();
        let rest = |mention: &Mention| text.get(mention.span.end() as usize..).unwrap_or("");
        mentions.iter().any(|mention| may_follow(rest(mention)))
    })
}

/// The clauses that rows and markers name, and where; `None` where any of these names the requirement as a whole.
fn named(graph: &Graph, one: &Requirement, all: &[Label]) -> Option<(BTreeSet<Label>, Vec<Place>)> {
    let (mut found, mut places) = (BTreeSet::new(), Vec::new());
    for (file, mentions) in naming(graph, one) {
        let text = graph.input(file).text.as_str();
        let mut own = mentions.iter().filter(|mention| mention.id().is_none_or(|id| *id == *one.id)).peekable();
        own.peek()?;
        for mention in own {
            found.extend(behind(text.get(mention.span.end() as usize..)?, all)?);
            places.push(Place::new(file, mention.span));
        }
    }
    Some((found, places))
}

/// Whether a clause may be named somewhere in the tests or the matrices in a way that was not read.
fn is_named_elsewhere(graph: &Graph, one: &Requirement, label: &str) -> bool {
    let others = graph.files().filter(|(file, input)| {
        let speaks = !input.facts.tests.is_empty() || !input.facts.rows.is_empty() || !input.facts.markers.is_empty();
        speaks && *file != one.place.file
    });
    let same = graph.input(one.place.file);
    let rows = same.facts.rows.iter().map(|row| graph.text(Place::new(one.place.file, row.span)));
    others.map(|(_, input)| input.text.as_str()).chain(rows).any(|text| may_name(text, &one.id, label))
}
