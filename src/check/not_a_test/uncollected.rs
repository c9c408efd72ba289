//! Tests that look like tests and that the runner does not collect, by its own list.

use crate::check::cited::{self, Reliance, code, list};
use crate::finding::Finding;
use crate::link::graph::{Graph, TestId};
use crate::source::FileId;
use std::collections::BTreeMap;

/// As many citations are shown as further places.
const MAX_CITATIONS: usize = 3;

/// One finding for each file of tests and list.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let mut files: BTreeMap<(FileId, FileId), Vec<Reliance>> = BTreeMap::new();
    for one in cited::reliances(graph, |test| graph.uncollected(test).is_some()) {
        // Of a whole file or class those count that the runner has.
        if let Some(inventory) = graph.uncollected(one.test).filter(|_| one.alone) {
            files.entry((graph.test_node(one.test).fact.file, inventory)).or_default().push(one);
        }
    }
    findings.extend(files.into_iter().filter_map(|((file, inventory), all)| finding(graph, file, inventory, &all)));
}

fn finding(graph: &Graph, file: FileId, inventory: FileId, reliances: &[Reliance]) -> Option<Finding> {
    let mut tests: Vec<TestId> = reliances.iter().map(|one| one.test).collect();
    tests.sort_unstable();
    tests.dedup();
    let first = tests.first()?;
    let names: Vec<String> = tests.iter().map(|id| code(&graph.test(*id).name)).collect();
    let (verified, ids) = cited::verified(graph, reliances);
    let (path, source) = (graph.path(inventory), graph.path(file));
    let (verb, them) = if tests.len() == 1 { ("is", "it") } else { ("are", "them") };
    let by_files = graph.facts(inventory).inventory.as_ref().is_some_and(|inventory| !inventory.files.is_empty());
    let others = if by_files { "files of the folder and not this one" } else { "tests of the file" };
    let message = format!(
        "{} in {source} {verb} to verify {verified}, and the runner does not collect {them}: {path} lists other {others}",
        list(&names)
    );
    let finding = Finding::new(graph.test_place(*first), path, message)
        .label("not collected")
        .help("Look why the runner passes over it: its name, its class, a condition or a feature. Or print the list again, if it is older.")
        .related(cited::top(inventory), "the list of the runner");
    let finding = cited::about_all(finding, graph, &ids);
    Some(reliances.iter().take(MAX_CITATIONS).fold(finding, |finding, one| finding.related(one.place, "cited here")))
}
