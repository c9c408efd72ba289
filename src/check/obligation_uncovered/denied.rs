//! What a requirement forbids beside what it asks for, and no test of it speaks of.

use crate::check::cited::{about_requirement, code, list};
use crate::check::no_negative_case::{look_at_success_alone, rejects};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId};
use crate::read::denial::denial;
use crate::source::{Place, Span};

/// More tests than this are only counted by the rest of the sentence.
const SHOWN: usize = 3;

/// Tells a requirement of which all tests look at nothing but success and have no word of what it forbids.
pub(super) fn report(graph: &Graph, id: ReqId) -> Option<Finding> {
    let one = graph.requirement(id);
    let (fact, definition) = one.definition.zip(graph.definition(one))?;
    let found = denial(graph.text(Place::new(fact.file, definition.text)))?;
    let tests = one.tests();
    // What is refused S08 tells.
    let open = tests.is_empty() || rejects(graph, one).is_some() || graph.mention(&tests, &found.words);
    // What costs most is asked last.
    let alone = || look_at_success_alone(graph, one) && !graph.mention_beside(&tests, &found.words);
    if open || graph.has_further_evidence(one) || !alone() {
        return None;
    }
    let start = definition.text.start as usize;
    let place = Place::new(fact.file, Span::new(start + found.clause.start, start + found.clause.end));
    let said = graph.text(place).split_whitespace().collect::<Vec<_>>().join(" ");
    let names: Vec<String> = tests.iter().map(|test| code(&graph.test(*test).qualified())).collect();
    let verb = if names.len() == 1 { "looks" } else { "look" };
    let message = format!(
        "{} says \"{said}\", and {} {verb} at nothing but success and {} no word of it",
        one.id,
        list(&names),
        if names.len() == 1 { "has" } else { "have" }
    );
    let finding = Finding::new(place, one.id.as_str(), message)
        .label("no test speaks of this")
        .help("Add a test that brings about what might lead to it and asserts that it does not happen, and cite it.");
    let finding = about_requirement(finding, graph, id);
    Some(tests.iter().take(SHOWN).fold(finding, |finding, test| finding.related(graph.test_place(*test), "looks at success")))
}
