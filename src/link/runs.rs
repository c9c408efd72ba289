//! Several runs of one test: which of their results counts.
//!
//! A later run of the same tests takes the place of an earlier one. Runs side by side, on other machines or in other settings, do not:
//! what fails in one of them fails.

use super::graph::{Graph, ResultId, index};
use crate::model::evidence::{Outcome, Run};
use crate::model::time::{DAY, Time, first_date};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Results of one case in two runs that ended otherwise.
#[derive(Debug, Default)]
pub struct Runs {
    /// A result and that of a later run, which counts in its place.
    pub replaced: Vec<(ResultId, ResultId)>,
    /// Two results of which nothing tells which is the later; the worse counts.
    pub contradicting: Vec<(ResultId, ResultId)>,
    /// All results that do not count, because a later run has others in their place.
    pub past: FxHashSet<ResultId>,
}

/// Compares the results of each test that stand in several files.
pub(super) fn compare(graph: &Graph) -> Runs {
    let mut runs = Runs::default();
    // Nearly every tree has one file with the results of a test.
    let mut cases: FxHashMap<(u32, &str, &str), Vec<ResultId>> = FxHashMap::default();
    let files: FxHashSet<FileId> = graph.results.iter().map(|node| node.fact.file).collect();
    if files.len() < 2 {
        return runs;
    }
    for (at, node) in graph.results.iter().enumerate() {
        let (id, Some(test)) = (ResultId(index(at)), node.test) else { continue };
        let result = graph.result(id);
        cases.entry((test.0, &result.class, &result.name)).or_default().push(id);
    }
    let mut cases: Vec<Vec<ResultId>> = cases.into_values().filter(|ids| differ(graph, ids)).collect();
    cases.sort_unstable();
    for ids in &cases {
        settle(graph, ids, &mut runs);
    }
    runs
}

/// Whether results stand in several files and ended otherwise.
fn differ(graph: &Graph, ids: &[ResultId]) -> bool {
    let first = ids.first().map(|id| (file(graph, *id), graph.result(*id).outcome));
    let other = |id: &ResultId| first.is_some_and(|(_, outcome)| graph.result(*id).outcome != outcome);
    let elsewhere = |id: &ResultId| first.is_some_and(|(known, _)| file(graph, *id) != known);
    ids.iter().any(other) && ids.iter().any(elsewhere)
}

fn settle(graph: &Graph, ids: &[ResultId], runs: &mut Runs) {
    let run = |id: &ResultId| graph.facts(file(graph, *id)).run.as_deref();
    let latest = ids.iter().copied().max_by_key(|id| (run(id).and_then(|run| run.moments).map(|(_, last)| last), id.0));
    let Some(latest) = latest else { return };
    let others = || ids.iter().copied().filter(|id| file(graph, *id) != file(graph, latest));
    if others().all(|id| follows(graph, id, latest)) {
        for id in others() {
            runs.past.insert(id);
            if graph.result(id).outcome != graph.result(latest).outcome {
                runs.replaced.push((id, latest));
            }
        }
        return;
    }
    let passed = |id: &ResultId| graph.result(*id).outcome == Outcome::Passed;
    let bad = ids.iter().copied().find(|id| !passed(id));
    let good = ids.iter().copied().find(|id| passed(id) && bad.is_some_and(|bad| file(graph, *id) != file(graph, bad)));
    runs.contradicting.extend(bad.zip(good));
}

fn file(graph: &Graph, id: ResultId) -> FileId {
    graph.results.get(id.0 as usize).map_or(FileId(0), |node| node.fact.file)
}

/// Whether a result is of a later run of the same tests than another one.
pub fn follows(graph: &Graph, before: ResultId, after: ResultId) -> bool {
    let (old, new) = (file(graph, before), file(graph, after));
    let (Some(earlier), Some(later)) = (graph.facts(old).run.as_deref(), graph.facts(new).run.as_deref()) else { return false };
    let moments = |run: &Run| run.moments;
    let (Some((_, end)), Some((start, _))) = (moments(earlier), moments(later)) else { return false };
    let hosts = earlier.host.as_ref().zip(later.host.as_ref());
    is_later(end, start)
        && hosts.is_none_or(|(one, other)| one == other)
        && graph.result(before).suites == graph.result(after).suites
        && !are_settings(graph.path(old), graph.path(new))
}

fn is_later(end: Time, start: Time) -> bool {
    let tolerance = if end.zoned == start.zoned { 0 } else { DAY };
    start.seconds - end.seconds > tolerance
}

/// Whether the names of two files may tell settings in which the same tests ran: `junit-linux.xml` and `junit-windows.xml`,
/// `3.11/junit.xml` and `3.12/junit.xml`. Only what plainly speaks of time or says nothing is none.
fn are_settings(one: &str, other: &str) -> bool {
    const NEUTRAL: &[&str] = &[
        "after",
        "again",
        "attempt",
        "baseline",
        "before",
        "broken",
        "ci",
        "current",
        "earlier",
        "failed",
        "failing",
        "first",
        "fix",
        "fixed",
        "former",
        "junit",
        "last",
        "later",
        "latest",
        "log",
        "logs",
        "new",
        "newer",
        "newest",
        "nightly",
        "old",
        "older",
        "oldest",
        "out",
        "output",
        "passed",
        "passing",
        "pre",
        "prev",
        "previous",
        "prior",
        "report",
        "reports",
        "rerun",
        "result",
        "results",
        "retry",
        "run",
        "second",
        "test",
        "tests",
        "third",
        "today",
        "try",
        "xml",
        "yesterday",
    ];
    const COUNTED: &[&str] = &["attempt", "rerun", "retry", "run", "try"];
    let words = |path: &str| -> Vec<String> {
        let lower = path.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let dated = first_date(one).is_some() && first_date(other).is_some();
    let (one, other) = (words(one), words(other));
    let counted = |own: &[String]| own.iter().any(|word| COUNTED.contains(&word.as_str()));
    let numbered = dated || counted(&one) && counted(&other);
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let hash = |word: &str| word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let neutral = |word: &str| NEUTRAL.contains(&word) || hash(word) || digits(word) && (numbered || word.len() >= 6);
    let differ = |own: &[String], theirs: &[String]| own.iter().any(|word| !theirs.contains(word) && !neutral(word));
    differ(&one, &other) || differ(&other, &one)
}
