//! What rows and markers cite, and how messages name it.

use super::support::listed;
use crate::finding::Finding;
use crate::link::graph::{FactRef, Found, Graph, ReqId, Resolution, RowNode, Target as Named, TestId, Via};
use crate::model::citation::{Citation, Target};
use crate::model::matrix::Status;
use crate::model::requirement::Standing;
use crate::model::test_case::{Grade, Kind};
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};

/// As many names stand in one message; the rest is counted.
const MAX_NAMES: usize = 10;

/// Names as a sentence has them, not more than fit in one.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    listed(names, MAX_NAMES)
}

/// A name as code.
pub fn code(name: &str) -> String {
    ["`", name, "`"].concat()
}

/// The last part of a path or dotted module without its extension: what a document calls a test file.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let known = |ext: &str| crate::read::grammar::citation::is_source_extension(ext);
    match name.rsplit_once('.') {
        Some((stem, extension)) if known(extension) => stem,
        Some((_, module)) => module,
        None => name,
    }
}

/// The requirements of a row as the row writes them.
pub fn subject(graph: &Graph, node: &RowNode) -> String {
    let names: Vec<String> = graph.row(node).ids.iter().map(|mention| mention.written()).collect();
    list(&names)
}

/// Names the requirements of a row in a finding: as its subject where there is exactly one, else as those of which it is true
/// too, so that none of them is a gap that nothing tells of.
pub fn about(finding: Finding, graph: &Graph, node: &RowNode) -> Finding {
    let one = |target: &Named| if let Found::One(id) = target.found { Some(id) } else { None };
    let (finding, others) = match node.targets.as_slice() {
        [only] => (one(only).into_iter().fold(finding, |finding, id| about_requirement(finding, graph, id)), &[][..]),
        several => (finding, several),
    };
    let further = others.iter().chain(&node.related).filter_map(one);
    further.fold(finding, |finding, id| {
        let requirement = graph.requirement(id);
        finding.covers(graph.namespace(requirement), &requirement.id)
    })
}

/// Names a requirement in a finding.
pub fn about_requirement(finding: Finding, graph: &Graph, id: ReqId) -> Finding {
    let requirement = graph.requirement(id);
    finding.about(graph.namespace(requirement), &requirement.id)
}

/// Names several requirements in a finding, of which the same is true.
pub fn about_all(finding: Finding, graph: &Graph, ids: &[ReqId]) -> Finding {
    let Some((first, others)) = ids.split_first() else { return finding };
    others.iter().fold(about_requirement(finding, graph, *first), |finding, id| {
        let requirement = graph.requirement(*id);
        finding.covers(graph.namespace(requirement), &requirement.id)
    })
}

/// A span of a row as a place.
pub fn place(node: &RowNode, span: Span) -> Place {
    Place::new(node.fact.file, span)
}

/// The first byte of a file, for findings about the file as a whole.
pub fn top(file: FileId) -> Place {
    Place::new(file, Span::default())
}

/// Whether a row no longer claims anything: it is struck out, or all its requirements are retired.
pub fn is_retired(graph: &Graph, node: &RowNode) -> bool {
    let row = graph.row(node);
    row.retired || matches!(row.status, Some((Status::Retired, _))) || all_stand(graph, node, Standing::Retired)
}

/// Whether a row speaks of tests that are still to come: its status, its cell or its requirement says so.
pub fn is_planned(graph: &Graph, node: &RowNode) -> bool {
    let row = graph.row(node);
    let open = matches!(row.status, Some((Status::Pending | Status::Partial | Status::Excluded, _)));
    let text = &graph.input(node.fact.file).text;
    open || all_stand(graph, node, Standing::Planned) || row.cited.iter().any(|cell| says_planned(text.slice(cell.span)))
}

/// Whether a row says that nothing is verified yet, so that its tests need not pass.
pub fn is_open(graph: &Graph, node: &RowNode) -> bool {
    matches!(graph.row(node).status, Some((Status::Pending | Status::Excluded, _))) || all_stand(graph, node, Standing::Planned)
}

/// Whether the row, or the words behind the citation, claim that the test passed.
pub fn claims_pass(graph: &Graph, node: &RowNode, citation: &Citation) -> bool {
    // "Signature verified" tells what is covered; a claim is a word or two.
    let row = graph
        .row(node)
        .status
        .as_ref()
        .is_some_and(|(status, cell)| *status == Status::Pass && cell.text.split_whitespace().count() <= 3);
    row || citation.outcome.as_ref().is_some_and(|outcome| outcome.starts_with("PASS"))
}

fn all_stand(graph: &Graph, node: &RowNode, standing: Standing) -> bool {
    let stands = |found: &Found| matches!(found, Found::One(id) if graph.requirement(*id).standing == standing);
    !node.targets.is_empty() && node.targets.iter().all(|target| stands(&target.found))
}

/// Words of their own, so that a test called `test_todo_list` says nothing.
fn says_planned(cell: &str) -> bool {
    let own = |part: &str| matches!(words(part).as_str(), "planned" | "future" | "todo" | "tbd" | "pending" | "upcoming");
    let whole = words(cell);
    cell.split_whitespace().any(own)
        || ["to do", "not yet", "to be written", "to be added"].iter().any(|phrase| whole.contains(phrase))
}

/// Whether words beside a citation call it a fixture.
pub fn is_called_fixture(graph: &Graph, node: &RowNode, citation: &Citation) -> bool {
    let end = citation.span.end();
    let text = &graph.input(node.fact.file).text;
    let after = text.as_str().get(end as usize..).unwrap_or("");
    let after = after.trim_start_matches(['`', ' ', '(', '[', '*']);
    let named = matches!(&citation.target, Target::Test(name) if name.name.to_lowercase().contains("fixture"));
    named || after.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("fixture"))
}

/// One test that a requirement relies on, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reliance {
    /// The test.
    pub test: TestId,
    /// Where it is cited or marked.
    pub place: Place,
    /// The requirement, where it is known.
    pub requirement: Option<ReqId>,
    /// The test itself is named, not the file or the class that it stands in.
    pub alone: bool,
}

/// The requirement that a row is about, where that is one.
pub fn only_of(node: &RowNode) -> Option<ReqId> {
    match node.targets.as_slice() {
        [target] => only(&target.found),
        _ => None,
    }
}

/// The wanted ones of all tests that rows cite as verification or markers bind, sorted by test and then by place. Of a test
/// that did not pass a row may rely on a case that did: then nothing is wanted of it, nor of one whose case did not run (E01).
pub fn reliances(graph: &Graph, wanted: impl Fn(TestId) -> bool) -> Vec<Reliance> {
    let mut found = Vec::new();
    for (_, node) in graph.rows().filter(|(_, node)| !is_retired(graph, node) && !is_open(graph, node)) {
        let requirement = only_of(node);
        for (citation, resolution) in graph.citations(node) {
            let Resolution::Tests(tests) = resolution else { continue };
            let place = place(node, citation.span);
            let counts = |test: TestId| !graph.case_passed(test, citation) && !graph.lacks_case(test, citation);
            let tests = tests.iter().filter(|test| wanted(**test) && counts(**test));
            found.extend(tests.map(|test| Reliance { test: *test, place, requirement, alone: names(graph, *test, citation) }));
        }
    }
    marked(graph, wanted, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn only(found: &Found) -> Option<ReqId> {
    match found {
        Found::One(id) => Some(*id),
        Found::Ambiguous(_) | Found::Missing | Found::Foreign => None,
    }
}

/// Whether a citation names this very test, and not what it stands in.
pub fn names(graph: &Graph, test: TestId, citation: &Citation) -> bool {
    let case = graph.test(test);
    match &citation.target {
        Target::Test(name) => name.name == case.name,
        Target::CaseId(id) => case.case_id.as_ref() == Some(id),
        // Words that lead to a test are its name, with its suite or without.
        Target::Prose(text) => text.ends_with(case.name.as_str()),
        _ => false,
    }
}

/// The tests that a marker binds to a requirement in force.
fn marked(graph: &Graph, wanted: impl Fn(TestId) -> bool, found: &mut Vec<Reliance>) {
    for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
        for evidence in one.evidence.iter().filter(|evidence| wanted(evidence.test)) {
            let Via::Marker(fact) = evidence.via else { continue };
            let place = Place::new(fact.file, graph.marker(fact).span);
            let alone = marked_test(graph, fact) == Some(evidence.test);
            found.push(Reliance { test: evidence.test, place, requirement: Some(id), alone });
        }
    }
}

/// The one test that a marker is attached to, or whose result names the requirement.
pub fn marked_test(graph: &Graph, marker: FactRef) -> Option<TestId> {
    if let Some(test) = graph.reported.get(&marker) {
        return Some(*test);
    }
    let fact = FactRef { file: marker.file, index: graph.marker(marker).test? };
    let id = graph.test_at(fact);
    let own = graph.marker(marker).grade == Grade::Function && graph.test(id).kind == Kind::Test;
    own.then_some(id)
}

/// The requirements that rely on the tests, in words and by their identifiers.
pub fn verified(graph: &Graph, reliances: &[Reliance]) -> (String, Vec<ReqId>) {
    let mut ids: Vec<ReqId> = reliances.iter().filter_map(|one| one.requirement).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let said = if names.is_empty() { String::from("a row of the matrix") } else { list(&names) };
    (said, ids)
}
