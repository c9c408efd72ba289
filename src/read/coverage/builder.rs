//! A coverage file while it is being read: names once, lines in order at the end.

use crate::model::coverage::{Branch, Coverage, CoveredFile, MAX_LINE};
use crate::model::{Facts, Problem};
use crate::source::Span;
use rustc_hash::FxHashMap;

/// What was read so far.
#[derive(Default)]
pub(super) struct Builder {
    coverage: Coverage,
    contexts: FxHashMap<String, u32>,
    files: FxHashMap<String, u32>,
    /// Whether one way out of a line was taken, by file, line and the name of the way.
    ways: FxHashMap<(u32, u32, u64), bool>,
    /// The first number that is no line, with the file, and how many there are.
    odd: Option<(String, String, usize)>,
    problems: Vec<Problem>,
    /// Nothing is told of lines that did not run.
    only_ran: bool,
}

impl Builder {
    /// For a format that tells nothing of lines that did not run.
    pub(super) fn only_ran() -> Self {
        Self { only_ran: true, ..Self::default() }
    }

    /// The position of a file, which may be named more than once.
    pub(super) fn file(&mut self, path: &str, span: Span) -> u32 {
        if let Some(known) = self.files.get(path) {
            return *known;
        }
        let at = u32::try_from(self.coverage.files.len()).unwrap_or(u32::MAX);
        self.files.insert(path.to_owned(), at);
        self.coverage.files.push(CoveredFile { path: path.to_owned(), span, ..CoveredFile::default() });
        at
    }

    /// The position of a context.
    pub(super) fn context(&mut self, name: &str) -> u32 {
        if let Some(known) = self.contexts.get(name) {
            return *known;
        }
        let at = u32::try_from(self.coverage.contexts.len()).unwrap_or(u32::MAX);
        self.contexts.insert(name.to_owned(), at);
        self.coverage.contexts.push(name.to_owned());
        at
    }

    /// Adds a folder that paths may be relative to.
    pub(super) fn source(&mut self, folder: &str) {
        if !folder.is_empty() {
            self.coverage.sources.push(folder.to_owned());
        }
    }

    /// A number as a line of a file. What is none is counted and told at the end.
    pub(super) fn line(&mut self, file: u32, number: Option<i64>, written: impl FnOnce() -> String) -> Option<u32> {
        let line = number.and_then(|number| u32::try_from(number).ok()).filter(|line| *line <= MAX_LINE);
        if line.is_none() {
            match &mut self.odd {
                Some((_, _, count)) => *count += 1,
                None => {
                    let path = self.coverage.files.get(file as usize).map_or_else(String::new, |file| file.path.clone());
                    self.odd = Some((written(), path, 1));
                }
            }
        }
        // Line 0 stands for an empty module.
        line.filter(|line| *line > 0)
    }

    /// Notes what is no count of how often a line ran: the file counts for nothing.
    pub(super) fn no_count(&mut self, file: u32, written: &str) {
        if self.problems.is_empty() {
            let path = self.coverage.files.get(file as usize).map_or("", |file| file.path.as_str());
            let shown: String = written.chars().take(40).collect();
            let reason = format!("`{shown}` is no number of times that a line of `{path}` ran");
            self.problem(Span::default(), true, reason, "Write the coverage anew; nothing in this file is counted.");
        }
    }

    /// Adds a line that ran, or one that did not.
    pub(super) fn add(&mut self, file: u32, line: u32, ran: bool) {
        if let Some(file) = self.coverage.files.get_mut(file as usize) {
            if ran { &mut file.executed } else { &mut file.missing }.push(line);
        }
    }

    /// Adds a line that ran under a context.
    pub(super) fn ran(&mut self, file: u32, context: u32, line: u32) {
        if let Some(file) = self.coverage.files.get_mut(file as usize) {
            file.ran.push((context, line));
        }
    }

    /// Adds a way that leads on from a line; the same way may be told more than once.
    pub(super) fn way(&mut self, file: u32, line: u32, way: u64, taken: bool) {
        *self.ways.entry((file, line, way)).or_default() |= taken;
    }

    /// Adds what could not be read at one place.
    pub(super) fn problem(&mut self, span: Span, whole_file: bool, reason: impl Into<String>, help: &str) {
        self.problems.push(Problem { span, whole_file, reason: reason.into(), help: help.to_owned() });
    }

    /// How many problems there are.
    pub(super) fn problems(&self) -> usize {
        self.problems.len()
    }

    /// The facts. Of a file that lost a part nothing counts: a line that is not told under a test might have been.
    pub(super) fn finish(mut self) -> Facts {
        self.tell_odd();
        let lost = self.problems.iter().any(|problem| problem.whole_file);
        if !lost && self.coverage.files.iter().all(|file| file.executed.is_empty() && file.missing.is_empty()) {
            let help = "Check that the run measured the sources: coverage of nothing proves nothing.";
            self.problem(Span::default(), true, "the file names no line of any source", help);
        }
        let lost = self.problems.iter().any(|problem| problem.whole_file);
        let coverage = (!lost).then(|| Box::new(self.settled()));
        Facts { coverage, problems: self.problems, ..Facts::default() }
    }

    fn tell_odd(&mut self) {
        let Some((number, path, count)) = self.odd.take() else { return };
        let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
        let reason = format!("`{number}` is no line of `{path}`{others}");
        // A file in which lines are no numbers may be wrong about every other line.
        self.problem(Span::default(), true, reason, "Write the coverage anew; nothing in this file is counted.");
    }

    fn settled(&mut self) -> Coverage {
        let mut ways: Vec<((u32, u32), bool)> = self.ways.drain().map(|((file, line, _), taken)| ((file, line), taken)).collect();
        ways.sort_unstable();
        for group in ways.chunk_by(|a, b| a.0 == b.0) {
            let Some(((file, line), _)) = group.first().copied() else { continue };
            let taken = group.iter().filter(|(_, taken)| *taken).count();
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            if let Some(file) = self.coverage.files.get_mut(file as usize) {
                file.branches.push(Branch { line, taken: count(taken), ways: count(group.len()) });
            }
        }
        for file in &mut self.coverage.files {
            file.only_ran = self.only_ran;
            sort(&mut file.executed);
            sort(&mut file.missing);
            sort(&mut file.ran);
            let executed = &file.executed;
            file.missing.retain(|line| executed.binary_search(line).is_err());
        }
        std::mem::take(&mut self.coverage)
    }
}

fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
    list.shrink_to_fit();
}
