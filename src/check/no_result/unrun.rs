//! A tree in which no result was read at all: nothing shows that any test passes.

use crate::check::cited::{self, Reliance, claims_pass};
use crate::check::support::{count, status_place};
use crate::finding::Finding;
use crate::link::graph::{Graph, Resolution, RowNode};
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet};

/// More matrices than this are only counted.
const SHOWN: usize = 4;

/// One finding for the whole tree, if anything in it relies on a test.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let reliances = cited::reliances(graph);
    let Some(first) = reliances.iter().map(|one| one.place).min() else { return };
    let matrices = claimed(graph);
    let place = matrices.values().next().map_or(first, |(place, _)| *place);
    let claims: usize = matrices.values().map(|(_, rows)| rows).sum();
    let claim = match claims {
        0 => String::new(),
        1 => String::from("; one row claims PASS all the same"),
        _ => format!("; {claims} rows claim PASS all the same"),
    };
    let message = format!(
        "No test results were read: nothing shows that {} {}{claim}",
        relied(&reliances),
        if claims == 0 { "passes" } else { "ever passed" }
    );
    let finding = Finding::new(place, "results", message)
        .label(if claims == 0 { "relied upon here" } else { "claimed without a result" })
        .help("Write the run's results as JUnit XML into the tree, or name the file under `results` in the configuration. A gate that runs before the tests, as in a commit hook, says so by `--no-results`.");
    let others = matrices.iter().skip(1).take(SHOWN);
    findings.push(others.fold(finding, |finding, (file, (place, rows))| {
        finding.related(*place, format!("{} of {} claim PASS", count(*rows, "row"), graph.path(*file)))
    }));
}

/// How many tests stand behind how many requirements.
fn relied(reliances: &[Reliance]) -> String {
    let tests: BTreeSet<_> = reliances.iter().map(|one| one.test).collect();
    let requirements: BTreeSet<_> = reliances.iter().filter_map(|one| one.requirement).collect();
    let behind =
        if requirements.is_empty() { String::new() } else { format!(" behind {}", count(requirements.len(), "requirement")) };
    match tests.len() {
        1 => format!("the one test{behind}"),
        tests => format!("any of the {tests} tests{behind}"),
    }
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
