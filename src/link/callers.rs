//! Markers in helpers of tests: they belong to the tests that call the helper.

use super::graph::{FactRef, Graph, TestId, index};
use crate::model::test_case::{Kind, TestCase, Verb};
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// A helper may be called by a helper, which a test calls, and so on so many times.
const MAX_DEPTH: usize = 4;

/// Steps from callee to caller in one tree of files; more are not taken.
const MAX_STEPS: usize = 200_000;

/// A name that so many files of a folder define says nothing about which is called.
const MAX_NAMESAKES: usize = 2;

/// The tests that call the helpers which carry a marker.
#[derive(Default)]
pub(super) struct Callers {
    tests: FxHashMap<TestId, Vec<TestId>>,
}

impl Callers {
    /// Looks for calls in the folders in which helpers carry markers.
    pub(super) fn new(graph: &Graph) -> Self {
        // Hardly any helper carries a marker, and the others are many.
        let marked: BTreeSet<TestId> = graph
            .inputs
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, input)| {
                let verifying = input.facts.markers.iter().filter(|marker| marker.verb == Verb::Verifies);
                let tests = verifying.filter_map(|marker| marker.test);
                let helpers = tests.filter(|at| input.facts.tests.get(*at as usize).is_some_and(is_helper));
                helpers.map(move |test| graph.test_at(FactRef { file: FileId(index(at)), index: test }))
            })
            .collect();
        let folder_of = |test: &TestId| folder(graph.path(graph.test_node(*test).fact.file));
        let mut folders: BTreeMap<&str, Vec<FileId>> = marked.iter().map(|test| (folder_of(test), Vec::new())).collect();
        if marked.is_empty() {
            return Self::default();
        }
        for (file, input) in graph.files().filter(|(_, input)| !input.facts.tests.is_empty()) {
            if let Some(files) = folders.get_mut(folder(&input.path)) {
                files.push(file);
            }
        }
        let mut calls: FxHashMap<TestId, Vec<TestId>> = FxHashMap::default();
        for files in folders.values() {
            find_calls(graph, files, &mut calls);
        }
        let mut steps = MAX_STEPS;
        let tests = marked.into_iter().map(|helper| (helper, climb(graph, &calls, helper, &mut steps))).collect();
        Self { tests }
    }

    /// The tests that call a helper.
    pub(super) fn of(&self, helper: TestId) -> &[TestId] {
        self.tests.get(&helper).map_or(&[], Vec::as_slice)
    }
}

fn is_helper(test: &TestCase) -> bool {
    matches!(test.kind, Kind::Helper | Kind::Fixture)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Who calls whom in the files of one folder: callers by callee. In its own file a name is enough, for a test may
/// name a provider of its data; from another file it must be called.
fn find_calls(graph: &Graph, files: &[FileId], calls: &mut FxHashMap<TestId, Vec<TestId>>) {
    let mut by_name: FxHashMap<&str, Vec<(FileId, TestId)>> = FxHashMap::default();
    for file in files {
        for (at, test) in graph.facts(*file).tests.iter().enumerate().filter(|(_, test)| is_helper(test)) {
            let id = graph.test_at(FactRef { file: *file, index: index(at) });
            by_name.entry(&test.name).or_default().push((*file, id));
        }
    }
    for file in files {
        let text = graph.input(*file).text.as_str();
        for (at, test) in graph.facts(*file).tests.iter().enumerate().filter(|(_, test)| test.kind != Kind::Class) {
            let caller = graph.test_at(FactRef { file: *file, index: index(at) });
            let body = text.get(test.body.range()).unwrap_or("");
            let mut seen: FxHashSet<&str> = FxHashSet::default();
            for (word, called) in words(body) {
                let Some(known) = by_name.get(word).filter(|_| word != test.name.as_str()) else { continue };
                let here = || known.iter().filter(|(there, _)| there == file);
                let local = here().next().is_some();
                if (!local && (!called || known.len() > MAX_NAMESAKES)) || !seen.insert(word) {
                    continue;
                }
                for (_, callee) in known.iter().filter(|(there, _)| !local || there == file) {
                    calls.entry(*callee).or_default().push(caller);
                }
            }
        }
    }
}

/// The words of a text, and whether a parenthesis follows.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let start = rest.find(is_word)?;
        let tail = rest.get(start..)?;
        let (word, after) = tail.split_at(tail.find(|c| !is_word(c)).unwrap_or(tail.len()));
        rest = after;
        Some((word, after.starts_with('(') || after.starts_with(" (")))
    })
}

/// The tests above a helper.
fn climb(graph: &Graph, calls: &FxHashMap<TestId, Vec<TestId>>, helper: TestId, steps: &mut usize) -> Vec<TestId> {
    let mut tests = BTreeSet::new();
    let mut seen: FxHashSet<TestId> = std::iter::once(helper).collect();
    let mut level = vec![helper];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for caller in level.iter().filter_map(|callee| calls.get(callee)).flatten() {
            *steps = steps.saturating_sub(1);
            if *steps == 0 || !seen.insert(*caller) {
                continue;
            }
            match graph.test(*caller).kind {
                Kind::Test => {
                    tests.insert(*caller);
                }
                _ => next.push(*caller),
            }
        }
        level = next;
    }
    tests.into_iter().collect()
}
