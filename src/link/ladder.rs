//! The evidence ladder: how far the evidence of each requirement reaches.

use super::graph::{Graph, Requirement, Resolution, Rung};
use crate::model::evidence::Outcome;
use crate::model::test_case::Kind;
use crate::read::code::looks_like_test;
use crate::source::FileId;
use std::borrow::Cow;

/// Puts every requirement on its rung.
pub(super) fn climb(graph: &mut Graph) {
    let has_results = graph.has_results();
    let rungs: Vec<(Rung, Option<Cow<'static, str>>)> =
        graph.requirements.iter().map(|one| rung(graph, one, has_results)).collect();
    for (requirement, (rung, not_assessed)) in graph.requirements.iter_mut().zip(rungs) {
        requirement.rung = rung;
        requirement.not_assessed = not_assessed;
        requirement.evidence.sort_unstable();
        requirement.evidence.dedup_by_key(|evidence| (evidence.test, evidence.level));
    }
}

fn rung(graph: &Graph, requirement: &Requirement, has_results: bool) -> (Rung, Option<Cow<'static, str>>) {
    let nodes = || requirement.rows.iter().map(|id| graph.row_node(*id));
    let cited = nodes().any(|node| !graph.row(node).citations.is_empty());
    if !cited && requirement.markers.is_empty() {
        return (Rung::None, None);
    }
    if requirement.evidence.is_empty() {
        if requirement.markers.iter().any(|fact| in_tests(graph, fact.file)) {
            return (Rung::Exists, Some(Cow::Borrowed("its marker stands in test code, beside no test that was recognised")));
        }
        return without_tests(nodes().flat_map(|node| &node.citations));
    }
    if !has_results {
        return (Rung::Exists, Some(Cow::Borrowed("no result file was read")));
    }
    let outcomes = || requirement.evidence.iter().map(|evidence| graph.test_node(evidence.test).outcome);
    if outcomes().all(|outcome| outcome == Some(Outcome::Passed)) {
        return (Rung::Passes, None);
    }
    let missing = outcomes().filter(Option::is_none).count();
    let reason = (missing > 0 && outcomes().flatten().all(|outcome| outcome == Outcome::Passed))
        .then(|| Cow::Owned(format!("{missing} of {} tests have no result", requirement.evidence.len())));
    (Rung::Exists, reason)
}

/// Whether a file is test code, whatever was recognised in it.
fn in_tests(graph: &Graph, file: FileId) -> bool {
    looks_like_test(graph.path(file)) || graph.facts(file).tests.iter().any(|test| test.kind == Kind::Test)
}

/// Citations that lead to no test: documents and files exist at least, the rest is cited only.
fn without_tests<'g>(resolutions: impl Iterator<Item = &'g Resolution>) -> (Rung, Option<Cow<'static, str>>) {
    let mut reason = None;
    for resolution in resolutions {
        match resolution {
            Resolution::File(_) | Resolution::Documented(_) => {
                return (Rung::Exists, Some(Cow::Borrowed("the evidence is a document or a file without a recognised test")));
            }
            Resolution::NotAssessed(why) => reason = reason.or(Some(Cow::Borrowed(why.text()))),
            Resolution::NoTest => reason = reason.or(Some(Cow::Borrowed("the evidence is described in words"))),
            _ => {}
        }
    }
    (Rung::Cited, reason)
}
