//! # S08 no-negative-case
//!
//! A requirement that plainly rejects something ("shall reject", "shall not accept", "must be refused", "shall raise an error when") has a
//! test in which that happens. A finding says that all of its tests were read and look at nothing but success: each
//! asserts that something is true or answers 200, and no word of failure, refusal or absence stands in it, in its name, its
//! strings, its comments or the helpers of its file. Wherever anything else stands, nothing is said: a comparison with another
//! value, a negation, a zero, data from elsewhere, a test that is not read. Requirements are taken in English. A prohibition
//! without a refusal ("shall not move") is not looked at: a test of it may look like any other.
//!
//! ## Why it matters
//! A program that accepts everything passes each test of what it accepts.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Code
//! The lift shall reject service codes with fewer than six digits.
//! ```
//! ```file tests/test_code.py
//! from lift.code import accepts
//!
//! def test_service_code():
//!     """Verifies: REQ-LIFT-001"""
//!     assert accepts("123456")
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Code
//! The lift shall reject service codes with fewer than six digits.
//! ```
//! ```file tests/test_code.py
//! from lift.code import accepts
//!
//! def test_service_code():
//!     """Verifies: REQ-LIFT-001"""
//!     assert accepts("123456")
//!     assert not accepts("12345")
//! ```
//!
//! ## What to do
//! Add a test that does what is to be rejected and asserts that it is, and cite it.
//!
//! ## Serves
//! DO-178C A-6

use super::Check;
use super::cited::{code, list};
use super::hollow_evidence::{evidence_place, place};
use super::support::has_children;
use crate::finding::{Finding, Severity};
use crate::link::graph::{FactRef, Graph, Requirement, Resolution, RowId, TestId};
use crate::model::requirement::Standing;
use crate::model::vocabulary::Method;
use crate::read::code::{language, looks_at_success_alone};
use crate::settings::Settings;
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "S08",
    name: "no-negative-case",
    severity: Severity::Warning,
    source: include_str!("no_negative_case.rs"),
    run,
};

/// Phrases by which a requirement rejects; no negation stands between the obligation and the verb.
static REJECTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:shall|must)\ (?:(?:also|always|then|\w+ly)\ )?(?:reject|refuse|deny)\b
        | \b(?:shall|must)\ (?:not|never)\ accept\b
        | \b(?:shall|must)\ (?:(?:also|always|then|\w+ly)\ )?be\ (?:\w+ly\ )?(?:rejected|refused|denied)\b
        | \b(?:shall|must)\ (?:not|never)\ be\ accepted\b
        | \b(?:shall|must)\ (?:raise|throw|fail\ with|return)\ an?\ (?:\w+\ ){0,2}(?:error|exception)\ (?:when|if|on|for|unless)\b
        ",
    )
    .ok()
});

/// What one of these has in it; most requirements have none of it.
static HINTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(?i)reject|refuse|deny|denied|accept|error|exception").ok());

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let active = graph.requirements.iter().filter(|one| one.standing == Standing::Active && !one.evidence.is_empty());
    let by_tests = |one: &&Requirement| one.methods.iter().all(|method| *method == Method::Test);
    for one in active.filter(by_tests).filter(|one| !has_children(graph, one)) {
        if let Some(phrase) = rejects(graph, one).filter(|_| look_at_success_alone(graph, one)) {
            findings.push(report(graph, one, &phrase));
        }
    }
}

/// The words by which a requirement rejects something.
pub(super) fn rejects(graph: &Graph, one: &Requirement) -> Option<String> {
    let definition = graph.definition(one)?;
    let text = &graph.input(one.place.file).text;
    let own = [text.slice(definition.text), text.slice(definition.block), &definition.title];
    let text = own.into_iter().find(|text| !text.is_empty())?;
    if !HINTS.as_ref()?.is_match(text) {
        return None;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    REJECTS.as_ref()?.find(&line).map(|found| found.as_str().to_owned())
}

/// Whether every citation leads to tests that were read, and none of these looks at anything but success.
pub(super) fn look_at_success_alone(graph: &Graph, one: &Requirement) -> bool {
    let mut citations = one.rows.iter().flat_map(|row| &graph.row_node(*row).citations);
    let positive = |test: &TestId| {
        let FactRef { file, index } = graph.test_node(*test).fact;
        let input = graph.input(file);
        language(&input.path).is_some_and(|language| looks_at_success_alone(language, &input.text, &input.facts.tests, index))
    };
    let told = one.rows.iter().all(|row| cites_alone(graph, *row));
    told && citations.all(|one| matches!(one, Resolution::Tests(_))) && one.tests().iter().all(positive)
}

/// Whether the cells of a row in which tests are cited say nothing else: "and by hand" may be the negative case.
fn cites_alone(graph: &Graph, row: RowId) -> bool {
    let node = graph.row_node(row);
    let text = &graph.input(node.fact.file).text;
    let cited = |at: u32| graph.citations(node).any(|(citation, _)| citation.span.start <= at && at < citation.span.end());
    graph.row(node).cited.iter().all(|cell| {
        let letters = text.slice(cell.span).char_indices().filter(|(_, c)| c.is_alphanumeric());
        letters.map(|(at, _)| Span::new(at, at).shifted(cell.span.start as usize).start).all(cited)
    })
}

fn report(graph: &Graph, one: &Requirement, phrase: &str) -> Finding {
    let names: Vec<String> = one.tests().iter().map(|test| code(&graph.test(*test).qualified())).collect();
    let verb = if names.len() == 1 { "looks" } else { "look" };
    let message = format!("{} says \"{phrase}\", and {} {verb} at nothing but success", one.id, list(&names));
    let finding = Finding::new(evidence_place(graph, one), one.id.as_str(), message)
        .label("nothing is rejected here")
        .help(format!("Add a test that does what {} rejects and asserts that it is, and cite it.", one.id))
        .about(graph.namespace(one), &one.id)
        .related(one.place, "the requirement");
    let others = one.evidence.iter().skip(1).map(|evidence| place(graph, evidence));
    others.fold(finding, |finding, place| finding.related(place, "nor here"))
}
