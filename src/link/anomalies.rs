//! What records say of tests that failed: whether one names the test, and whether it decides what becomes of the failure.

use super::graph::{Graph, ResultId, index};
use crate::model::evidence::{Outcome, TestResult};
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span, Text};
use rustc_hash::FxHashMap;

/// More names than this are of a run that broke as a whole, which no record disposes of test by test.
const MOST: usize = 2_000;

/// Words of headings, titles and paths below which failures are written down.
const RECORDS: &[&str] = &[
    "anomalies",
    "anomaly",
    "bug",
    "bugs",
    "defect",
    "defects",
    "deviation",
    "deviations",
    "failure",
    "failures",
    "incident",
    "incidents",
    "issues",
    "nonconformance",
    "nonconformances",
    "nonconformities",
    "nonconformity",
    "problem",
    "problems",
];

/// Words by which somebody decides what becomes of a failure.
const DECISIONS: &[&str] = &[
    "accept",
    "acceptable",
    "accepted",
    "closed",
    "concession",
    "corrected",
    "defer",
    "deferred",
    "duplicate",
    "excluded",
    "fixed",
    "justified",
    "postponed",
    "rejected",
    "resolved",
    "rework",
    "scheduled",
    "tolerated",
    "waived",
    "waiver",
    "wontfix",
];

/// The failures of all results, and what records say of them.
#[derive(Debug, Default)]
pub struct Anomalies {
    /// Where a record names the test of a failure and decides.
    pub decided: FxHashMap<ResultId, Place>,
    /// Where a record names it and decides nothing.
    pub undecided: FxHashMap<ResultId, Place>,
}

/// Looks for records of the failures. `reread` gives the text of a path that was not kept. Without a failure it costs nothing.
pub fn look(graph: &mut Graph, reread: &(dyn Fn(&str) -> Option<Text> + Sync)) {
    let mut names: Vec<(ResultId, Vec<String>)> = Vec::new();
    for at in 0..graph.results.len() {
        let id = ResultId(index(at));
        let result = graph.result(id);
        if matches!(result.outcome, Outcome::Failed | Outcome::Error) {
            names.push((id, telling_names(result)));
        }
    }
    if names.is_empty() || names.len() > MOST {
        return;
    }
    let mut found = Anomalies::default();
    let mut again: Vec<(FileId, Text)> = Vec::new();
    for (file, input) in graph.files() {
        if !matches!(input.reader, "markdown" | "adoc" | "rst" | "csv" | "yaml" | "item") {
            continue;
        }
        let kept = if input.text.as_str().is_empty() { reread(&input.path) } else { None };
        let text = kept.as_ref().unwrap_or(&input.text).as_str();
        let mut named = false;
        let record = is_record(graph, file);
        for (id, names) in names.iter().filter(|(_, names)| !names.is_empty()) {
            for at in names.iter().flat_map(|name| mentions(text, name)) {
                if record || below_heading(text, at) {
                    let place = Place::new(file, Span::new(at, at));
                    let told = if decides(block(text, at)) { &mut found.decided } else { &mut found.undecided };
                    told.entry(*id).or_insert(place);
                    named = true;
                }
            }
        }
        again.extend(kept.filter(|_| named).map(|text| (file, text)));
    }
    // What a finding points at must be at hand.
    for (file, text) in again {
        if let Some(input) = graph.inputs.get_mut(file.index()) {
            input.text = text;
        }
    }
    graph.anomalies = found;
}

/// The names under which a record may speak of a test: a single plain word may mean anything.
fn telling_names(result: &TestResult) -> Vec<String> {
    let cut = result.name.split('[').next().unwrap_or_default().trim();
    let short = cut.rsplit("::").next().unwrap_or(cut);
    let mut names = vec![result.name.clone(), cut.to_owned(), short.to_owned()];
    let class = result.class.rsplit(['.', ':', '/']).next().unwrap_or_default();
    if !class.is_empty() {
        names.extend([".", "::", "#"].map(|sign| format!("{class}{sign}{short}")));
    }
    let telling = |name: &String| {
        let inner = name.chars().skip(1).any(|c| c.is_uppercase() || matches!(c, '_' | ' ' | '.' | ':' | '#'));
        name.len() > 5 && inner
    };
    names.retain(telling);
    names.sort_unstable();
    names.dedup();
    names
}

/// Where a name stands as a whole.
fn mentions<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

fn is_record(graph: &Graph, file: FileId) -> bool {
    let kind = graph.document(file).map_or(Kind::Other, |document| document.kind);
    let title = graph.document(file).map_or("", |document| document.title.as_str());
    kind == Kind::Investigation || kind != Kind::Template && (speaks(graph.path(file)) || speaks(title))
}

fn speaks(text: &str) -> bool {
    words(text).split(' ').any(|word| RECORDS.contains(&word))
}

/// Whether the nearest heading above a place speaks of failures.
fn below_heading(text: &str, at: usize) -> bool {
    let above = text.get(..at).unwrap_or_default();
    above.lines().rev().find(|line| is_heading(line)).is_some_and(speaks)
}

fn is_heading(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("==")
}

/// What is said at a place: its row of a table, or else everything between two headings.
fn block(text: &str, at: usize) -> &str {
    let (above, below) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let first = above.rfind('\n').map_or(0, |at| at + 1);
    let line_end = at + below.find('\n').unwrap_or(below.len());
    let line = text.get(first..line_end).unwrap_or_default();
    if line.trim_start().starts_with('|') || line.contains(',') && !text.contains("\n#") && !text.starts_with('#') {
        return line;
    }
    let start =
        above.match_indices('\n').map(|(at, _)| at + 1).filter(|at| is_heading(text.get(*at..).unwrap_or_default())).last();
    let end = below.match_indices('\n').map(|(at, _)| at + 1).find(|at| is_heading(below.get(*at..).unwrap_or_default()));
    text.get(start.unwrap_or(0)..at + end.unwrap_or(below.len())).unwrap_or_default()
}

/// Whether a text decides something. "Not fixed" decides nothing.
fn decides(text: &str) -> bool {
    let text = words(text);
    let all: Vec<&str> = text.split(' ').collect();
    let denied = |at: usize| {
        (1..=2).any(|back| {
            at.checked_sub(back).and_then(|at| all.get(at)).is_some_and(|word| matches!(*word, "not" | "no" | "never"))
        })
    };
    all.iter().enumerate().any(|(at, word)| DECISIONS.contains(word) && !denied(at)) || text.contains("won t fix")
}
