//! The rows of a requirement against the markers in the tests.

use crate::check::cited::{self, code, list};
use crate::check::fold::Draft;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{FactRef, Found, Graph, ReqId, Requirement, Resolution, RowNode, TestId};
use crate::model::citation::Target;
use crate::model::requirement::Standing;
use crate::model::test_case::{Grade, Verb};
use smallvec::SmallVec;

/// A test that a row names by itself.
#[derive(Clone, Copy)]
struct Named<'g> {
    test: TestId,
    node: &'g RowNode,
    span: crate::source::Span,
}

/// Compares what rows cite with what the tests say about themselves.
pub(super) fn compare(graph: &Graph, id: ReqId) -> impl Iterator<Item = Draft<'_>> {
    let requirement = Some(graph.requirement(id)).filter(|one| one.standing == Standing::Active);
    let named = requirement.and_then(|one| named(graph, one)).filter(|named| !named.is_empty());
    let drafts = named.map(|named| [unlisted(graph, id, &named), other_claims(graph, id, &named)]);
    drafts.into_iter().flatten().flatten()
}

/// The tests that the rows of a requirement name one by one; `None` where a list is open.
fn named<'g>(graph: &'g Graph, requirement: &'g Requirement) -> Option<SmallVec<[Named<'g>; 2]>> {
    let mut found = SmallVec::new();
    for node in requirement.rows.iter().map(|row| graph.row_node(*row)).filter(|node| !cited::is_retired(graph, node)) {
        for (citation, resolution) in graph.citations(node) {
            match (&citation.target, resolution) {
                (Target::Elided | Target::Glob(_) | Target::File { .. } | Target::CaseId(_), _) => return None,
                (Target::Test(_), Resolution::Tests(tests)) => {
                    if !tests.iter().all(|test| cited::names(graph, *test, citation)) {
                        return None;
                    }
                    found.extend(tests.iter().map(|test| Named { test: *test, node, span: citation.span }));
                }
                // A citation that leads nowhere is told by other checks; what it means is not known here.
                (Target::Test(_), _) => return None,
                (Target::Prose(_), _) => {}
            }
        }
    }
    Some(found)
}

/// Tests that say they verify the requirement, and that its rows do not cite.
fn unlisted<'g>(graph: &'g Graph, id: ReqId, named: &[Named<'g>]) -> Option<Draft<'g>> {
    let requirement = graph.requirement(id);
    let cited: SmallVec<[TestId; 4]> = named.iter().map(|one| one.test).collect();
    let (_, first) = missing(graph, requirement, &cited).next()?;
    let row = named.first()?;
    let (node, place) = (row.node, cited::place(row.node, row.span));
    let write = move || {
        let finding = Finding::new(place, &requirement.id, unlisted_message(graph, requirement, node, &cited))
            .label(super::NOT_LISTED)
            .help("Add the tests to the row, or take the requirement out of their markers.")
            .related(Graph::place(first, graph.marker(first).span), "the first such marker")
            .severity(Severity::Info);
        cited::about_requirement(finding, graph, id)
    };
    Some(Draft {
        place,
        severity: Severity::Info,
        label: super::NOT_LISTED,
        subject: requirement.id.as_str().into(),
        requirement: id,
        write: Box::new(write),
    })
}

/// The tests that say they verify a requirement and are not among those cited, with their markers; one may come twice.
fn missing<'g>(graph: &'g Graph, one: &'g Requirement, cited: &[TestId]) -> impl Iterator<Item = (TestId, FactRef)> {
    let verifying = one.markers.iter().copied().filter(|fact| graph.marker(*fact).verb == Verb::Verifies);
    let marked = verifying.filter_map(|fact| Some((cited::marked_test(graph, fact)?, fact)));
    marked.filter(|(test, _)| !cited.contains(test))
}

fn unlisted_message(graph: &Graph, requirement: &Requirement, node: &RowNode, cited: &[TestId]) -> String {
    let mut tests: Vec<TestId> = Vec::new();
    for (test, _) in missing(graph, requirement, cited) {
        if !tests.contains(&test) {
            tests.push(test);
        }
    }
    let names: Vec<String> = tests.iter().map(|test| code(&graph.test(*test).name)).collect();
    let (carry, them) = if names.len() == 1 { ("carries", "it") } else { ("carry", "them") };
    let (number, path, id) = (count(names.len(), "test"), graph.path(node.fact.file), &requirement.id);
    format!("{number} {carry} a marker for {id}, and its row in {path} does not cite {them}: {}", list(&names))
}

/// Cited tests whose markers name other requirements and not this one.
fn other_claims<'g>(graph: &'g Graph, id: ReqId, named: &[Named<'g>]) -> Option<Draft<'g>> {
    let requirement = graph.requirement(id);
    let mut wrong: Vec<(Named<'g>, FactRef, &str)> = Vec::new();
    for one in named {
        if let Some((fact, other)) = other_marker(graph, id, one.test)
            && !wrong.iter().any(|known| known.0.test == one.test)
        {
            wrong.push((*one, fact, other));
        }
    }
    let (first, fact, other) = *wrong.first()?;
    let place = cited::place(first.node, first.span);
    let subject = format!("{} {}", requirement.id, graph.test(first.test).name);
    let (about, severity) = (subject.clone(), Severity::Warning);
    let write = move || {
        let names: Vec<String> = wrong.iter().map(|(one, ..)| code(&graph.test(one.test).name)).collect();
        let message = match names.as_slice() {
            [name] => format!("The row of {} cites {name}, whose own marker says that it verifies {other}", requirement.id),
            _ => format!("The row of {} cites tests whose own markers name other requirements: {}", requirement.id, list(&names)),
        };
        let finding = Finding::new(place, about, message)
            .label(super::OTHERWISE)
            .help("Read the test: if it verifies this requirement too, add it to the marker, else cite another test.")
            .related(Graph::place(fact, graph.marker(fact).span), format!("the marker names {other}"))
            .severity(severity);
        cited::about_requirement(finding, graph, id)
    };
    let write = Box::new(write);
    Some(Draft { place, severity, label: super::OTHERWISE, subject: subject.into(), requirement: id, write })
}

/// A marker of the test that binds it to another requirement, if nothing in its file binds it to this one.
fn other_marker(graph: &Graph, id: ReqId, test: TestId) -> Option<(FactRef, &str)> {
    let requirement = graph.requirement(id);
    let (file, body) = (graph.test_node(test).fact.file, graph.test(test).body);
    // Nearly every cited test names the requirement itself, and then nobody asks what else its file says.
    let first = requirement.markers.partition_point(|fact| fact.file < file);
    let mut own = requirement.markers.iter().skip(first).take_while(|fact| fact.file == file);
    if own.any(|fact| cited::marked_test(graph, *fact) == Some(test)) {
        return None;
    }
    let from = graph.marked.partition_point(|(fact, _)| fact.file < file);
    let here = graph.marked.get(from..).unwrap_or_default().iter().take_while(|(fact, _)| fact.file == file);
    let mut other = None;
    for (fact, target) in here {
        let marker = graph.marker(*fact);
        let own = || cited::marked_test(graph, *fact) == Some(test);
        let reaches = || marker.grade != Grade::Function || body.contains(marker.span) || own();
        if (target.id == requirement.id || is_kin(graph, id, &target.found)) && reaches() {
            return None;
        }
        if other.is_none() && marker.verb == Verb::Verifies && matches!(target.found, Found::One(_)) && own() {
            other = Some((*fact, target.id.as_str()));
        }
    }
    other
}

/// Whether a marker names a parent or a child of the requirement.
fn is_kin(graph: &Graph, id: ReqId, found: &Found) -> bool {
    let requirement = graph.requirement(id);
    let near = |one: &ReqId| *one == id || requirement.parents.contains(one) || requirement.children.contains(one);
    match found {
        Found::One(one) => near(one),
        Found::Ambiguous(several) => several.iter().any(near),
        Found::Missing | Found::Foreign => false,
    }
}
