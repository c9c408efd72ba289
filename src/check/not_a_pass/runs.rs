//! Runs of the same tests that ended otherwise, and which of them counts.

use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ResultId};
use crate::model::time::written;
use crate::source::FileId;
use std::collections::BTreeMap;

/// As many further results are shown.
const MAX_SHOWN: usize = 3;

/// A remark for each two files.
pub(super) fn told(graph: &Graph) -> Vec<Finding> {
    let replaced = pairs(graph, &graph.runs.replaced).into_iter().map(|(files, results)| replaced(graph, files, &results));
    let others =
        pairs(graph, &graph.runs.contradicting).into_iter().map(|(files, results)| contradicting(graph, files, &results));
    replaced.chain(others).flatten().collect()
}

/// Results by the two files in which they stand.
fn pairs(graph: &Graph, results: &[(ResultId, ResultId)]) -> BTreeMap<(FileId, FileId), Vec<(ResultId, ResultId)>> {
    let mut found: BTreeMap<(FileId, FileId), Vec<(ResultId, ResultId)>> = BTreeMap::new();
    for (one, other) in results {
        let files = (graph.result_place(*one).file, graph.result_place(*other).file);
        found.entry(files).or_default().push((*one, *other));
    }
    found
}

fn replaced(graph: &Graph, (old, new): (FileId, FileId), results: &[(ResultId, ResultId)]) -> Option<Finding> {
    let (first, _) = results.split_first()?;
    let day = |file: FileId| {
        let (_, last) = graph.facts(file).run.as_ref()?.moments?;
        i32::try_from(last.day()).ok().map(written)
    };
    let days = match (day(old), day(new)) {
        (Some(old), Some(new)) if old != new => format!(" ({old}, then {new})"),
        _ => String::new(),
    };
    let message = format!(
        "{} ended otherwise in {} than before in {}{days}: the later run counts",
        count(results.len(), "result"),
        graph.path(new),
        graph.path(old)
    );
    let finding = Finding::new(graph.result_place(first.1), graph.path(new), message)
        .label("the later result")
        .help("If these are runs of one baseline side by side, give them suites or names that say so; else keep the later one.")
        .severity(Severity::Info);
    let shown = results.iter().take(MAX_SHOWN);
    Some(shown.fold(finding, |finding, (before, _)| finding.related(graph.result_place(*before), outcome(graph, *before))))
}

fn contradicting(graph: &Graph, (bad, good): (FileId, FileId), results: &[(ResultId, ResultId)]) -> Option<Finding> {
    let (first, _) = results.split_first()?;
    let message = format!(
        "{} did not pass in {} and passed in {}, and nothing tells that one of these runs takes the place of the other: the worse result counts",
        count(results.len(), "result"),
        graph.path(bad),
        graph.path(good)
    );
    let finding = Finding::new(graph.result_place(first.0), graph.path(bad), message)
        .label("the runs contradict each other")
        .help("Keep the results of one run, or let the runner write when it ran: `timestamp` of a suite in JUnit XML.")
        .severity(Severity::Info);
    let shown = results.iter().take(MAX_SHOWN);
    Some(shown.fold(finding, |finding, (_, other)| finding.related(graph.result_place(*other), outcome(graph, *other))))
}

fn outcome(graph: &Graph, id: ResultId) -> String {
    format!("here: {}", graph.result(id).outcome.name())
}
