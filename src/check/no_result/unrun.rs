//! Runs that are missing, entirely or for the most part: what lacks a result is told together.

use crate::check::cited::{self, Reliance, claims_pass};
use crate::check::support::{cited_place, count, status_place};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId, Requirement, Resolution, RowNode, TestId, Via};
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet};

/// More matrices than this are only counted.
const SHOWN: usize = 4;

/// And where many test files are told together.
const MANY_SHOWN: usize = 10;

/// One finding for the whole tree, if anything in it relies on a test.
///
/// How many do is told by the summary: that nothing ran is true however much was read.
pub(super) fn entirely(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let hidden = hidden(&settings.hidden_results);
    let Some(first) = relied_upon(graph) else { return findings.extend(untested(graph, &hidden)) };
    let matrices = claimed(graph);
    let place = matrices.values().next().map_or(first, |(place, _)| *place);
    let (message, label) = match matrices.is_empty() {
        true => {
            ("No test results were read: nothing shows that any test which a requirement relies on passes", "relied upon here")
        }
        false => (
            "No test results were read: nothing shows that any cited test ever passed, and the matrix claims PASS all the same",
            "claimed without a result",
        ),
    };
    let finding = Finding::new(place, "results", message)
        .label(label)
        .help(format!("{hidden}Write the run's results as JUnit XML into the tree, or name the file under `results` in the configuration. A gate that runs before the tests, as in a commit hook, says so by `--no-results`."));
    let others = matrices.iter().skip(1).take(SHOWN);
    findings.push(others.fold(finding, |finding, (file, (place, rows))| {
        finding.related(*place, format!("{} of {} claim PASS", count(*rows, "row"), graph.path(*file)))
    }));
}

/// One finding for requirements whose evidence is words, documents and files: where no test was found behind them and
/// no result was read, nothing of it is known to hold, and silence would be a pass.
fn untested(graph: &Graph, hidden: &str) -> Option<Finding> {
    let told = |one: &&Requirement| {
        let nodes = || one.rows.iter().map(|row| graph.row_node(*row)).filter(|node| !cited::is_open(graph, node));
        // What is out of reach is told by E12, and what an inspection verifies has no result.
        let citations = || nodes().flat_map(|node| &node.citations);
        let apart = |one: &Resolution| matches!(one, Resolution::File(_) | Resolution::Documented(_) | Resolution::NoTest);
        one.standing == Standing::Active
            && !graph.is_verified_otherwise(one)
            && citations().next().is_some()
            && citations().all(apart)
    };
    let mut rows: Vec<Place> = Vec::new();
    for one in graph.requirements.iter().filter(told) {
        rows.extend(one.rows.first().map(|row| cited_place(graph, *row)));
    }
    rows.sort_unstable();
    let first = rows.first()?;
    let also = if rows.len() > 1 { " and in rows like it" } else { "" };
    let message = format!(
        "No test results were read, and no test was found behind what is cited here{also}: words, documents and files show nothing that ran"
    );
    Some(
        Finding::new(*first, "results", message)
            .label("no test is cited")
            .help(format!("{hidden}Cite the tests and write their results as JUnit XML into the tree, or name another verification method than test. A gate that runs before the tests says so by `--no-results`.")),
    )
}

/// What to do with results that are there and that an ignore file hides.
fn hidden(paths: &[String]) -> String {
    let Some(first) = paths.first() else { return String::new() };
    let others = if paths.len() > 1 { format!(" and {} like it", paths.len() - 1) } else { String::new() };
    format!(
        "An ignore file hides `{first}`{others}: name what holds the results under `results` in the configuration, and it is read. "
    )
}

/// One finding for the tests of many files that have no result although others have.
pub(super) fn partly(graph: &Graph, lost: &[Reliance]) -> Option<Finding> {
    let mut files: BTreeMap<FileId, BTreeSet<TestId>> = BTreeMap::new();
    for reliance in lost {
        files.entry(graph.test_node(reliance.test).fact.file).or_default().insert(reliance.test);
    }
    let tests: usize = files.values().map(BTreeSet::len).sum();
    let requirements: BTreeSet<ReqId> = lost.iter().filter_map(|one| one.requirement).collect();
    let message = format!(
        "{} in {} that requirements rely on have no result in the run that was read: it is older than they are, or leaves them out",
        count(tests, "test"),
        count(files.len(), "file")
    );
    let first = lost.first()?;
    let finding = Finding::new(graph.test_place(first.test), "run", message)
        .label("did not run, nor did the others")
        .help("Run all tests and hand over every result file of the run, or take the citations out.")
        .related(first.place, "cited here");
    let others = files.iter().filter(|(file, _)| **file != graph.test_node(first.test).fact.file).take(MANY_SHOWN);
    let finding = others.fold(finding, |finding, (file, tests)| match tests.first() {
        Some(test) => {
            finding.related(graph.test_place(*test), format!("{} of {}", count(tests.len(), "test"), graph.path(*file)))
        }
        None => finding,
    });
    let requirements: Vec<ReqId> = requirements.into_iter().collect();
    Some(cited::about_all(finding, graph, &requirements))
}

/// The first row or marker by which a requirement in force relies on a test.
fn relied_upon(graph: &Graph) -> Option<Place> {
    let active = graph.requirements.iter().filter(|one| one.standing == Standing::Active);
    let places = active.flat_map(|one| &one.evidence).filter_map(|evidence| match evidence.via {
        // What is not done yet need not have run.
        Via::Row(row) => (!cited::is_open(graph, graph.row_node(row))).then(|| cited_place(graph, row)),
        Via::Marker(fact) => Some(Place::new(fact.file, graph.marker(fact).span)),
    });
    places.min()
}

/// The matrices whose rows claim that tests passed: where the first does, and how many do.
fn claimed(graph: &Graph) -> BTreeMap<FileId, (Place, usize)> {
    let mut matrices: BTreeMap<FileId, (Place, usize)> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        if cites_tests(node) && graph.row(node).citations.iter().any(|citation| claims_pass(graph, node, citation)) {
            matrices.entry(node.fact.file).or_insert((status_place(graph, node), 0)).1 += 1;
        }
    }
    matrices
}

fn cites_tests(node: &RowNode) -> bool {
    node.citations.iter().any(|one| matches!(one, Resolution::Tests(_)))
}
