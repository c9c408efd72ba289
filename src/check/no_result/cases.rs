//! Cases of parametrised tests that did not run although others of their test did.

use crate::check::cited::{self, code, list};
use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId, Resolution, ResultId, TestId};
use crate::model::citation::{Citation, Target};
use crate::source::Place;
use std::collections::BTreeMap;

/// As many further citations are shown.
const MAX_CITATIONS: usize = 3;

/// The cases of one test that are cited and did not run: each with a place and the requirement that relies on it.
type Cited<'g> = Vec<(&'g str, Place, Option<ReqId>)>;

/// One finding for each test of which cases are cited that have no result.
pub(super) fn unrun(graph: &Graph) -> Vec<Finding> {
    let mut found: BTreeMap<TestId, Cited<'_>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node) && !cited::is_open(graph, node)) {
        let requirement = cited::only_of(node);
        for (citation, resolution) in graph.citations(node) {
            let (Some(case), Resolution::Tests(tests)) = (case(citation), resolution) else { continue };
            let place = cited::place(node, citation.span);
            for test in tests.iter().filter(|test| graph.lacks_case(**test, citation) && !is_unlisted(graph, **test, case)) {
                found.entry(*test).or_default().push((case, place, requirement));
            }
        }
    }
    found.iter().filter_map(|(test, cited)| report(graph, *test, cited)).collect()
}

fn case(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(name) => name.params.as_deref(),
        _ => None,
    }
}

/// A case that the list of the runner does not have is told by M02.
fn is_unlisted(graph: &Graph, test: TestId, case: &str) -> bool {
    let listed = graph.listed_cases(test);
    !listed.is_empty() && !listed.iter().any(|one| one.trim_end_matches(']') == case.trim_end_matches(']'))
}

fn report(graph: &Graph, test: TestId, cited: &Cited<'_>) -> Option<Finding> {
    let (_, place, _) = cited.first()?;
    let unique = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(code).collect::<Vec<String>>()
    };
    let (names, run) = (unique(cited.iter().map(|one| one.0).collect()), unique(graph.run_cases(test)));
    let mut ids: Vec<ReqId> = cited.iter().filter_map(|one| one.2).collect();
    ids.sort_unstable();
    ids.dedup();
    let verified: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let verified = if verified.is_empty() { String::from("a row of the matrix") } else { list(&verified) };
    let (cases, are, have) = match names.len() {
        1 => ("case", "is", "has"),
        _ => ("cases", "are", "have"),
    };
    let message = format!(
        "The {cases} {} of {} {are} to verify {verified} and {have} no result in the run that was read, which has {} of it: {}",
        list(&names),
        code(&graph.test(test).name),
        count(run.len(), "other case"),
        list(&run)
    );
    let finding = Finding::new(*place, graph.test(test).qualified(), message)
        .label("did not run")
        .help("Run the case and hand over every result file of the run, or correct the citation.");
    let result: Option<ResultId> = graph.test_node(test).results.first().copied();
    let finding = result.into_iter().fold(finding, |finding, id| finding.related(graph.result_place(id), "another case of it"));
    let others = cited.iter().skip(1).take(MAX_CITATIONS);
    let finding = others.fold(finding, |finding, (_, place, _)| finding.related(*place, "cited here too"));
    Some(cited::about_all(finding, graph, &ids))
}
