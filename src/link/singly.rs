//! Files that are cited beside single tests of theirs.

use super::graph::{Found, Graph, ReqId, Resolution, RowNode, TestId};
use crate::model::citation::Target;
use crate::source::FileId;
use rustc_hash::FxHashSet;

/// Where a document names single tests of a file for a requirement, as (requirement, document, file): the file itself, in a
/// column beside them or in a summary, then says where they stand and cites no more.
pub(super) fn named_singly(graph: &Graph) -> FxHashSet<(ReqId, FileId, FileId)> {
    let whole =
        |node: &RowNode| graph.citations(node).any(|(citation, one)| is_of_file(&citation.target) && !tests_of(one).is_empty());
    let documents: FxHashSet<FileId> = graph.rows.iter().filter(|node| whole(node)).map(|node| node.fact.file).collect();
    let mut named = FxHashSet::default();
    for node in graph.rows.iter().filter(|node| documents.contains(&node.fact.file)) {
        let singly = graph.citations(node).filter(|(citation, _)| !is_of_file(&citation.target));
        let files: Vec<FileId> = singly.flat_map(|(_, one)| tests_of(one)).map(|test| graph.test_node(*test).fact.file).collect();
        for target in node.targets.iter().chain(&node.related) {
            let Found::One(requirement) = target.found else { continue };
            named.extend(files.iter().map(|file| (requirement, node.fact.file, *file)));
        }
    }
    named
}

/// Whether a citation is of a whole file.
pub(super) fn is_of_file(target: &Target) -> bool {
    matches!(target, Target::File { lines, .. } if lines.is_empty())
}

/// The tests that a citation leads to.
pub(super) fn tests_of(resolution: &Resolution) -> &[TestId] {
    match resolution {
        Resolution::Tests(found) | Resolution::WrongFile { found, .. } => found,
        _ => &[],
    }
}
