//! Mutation results as tools write them: JSON of Stryker and all tools of its schema, `mutations.xml` of PIT, `outcomes.json` of
//! cargo-mutants.
//!
//! A mutant counts as killed only where the file says so in words that are known. A file that is cut off, or in which a
//! line is no number, counts for nothing; a run that did not end says so.

mod cargo;
mod pit;
mod stryker;

use crate::model::coverage::MAX_LINE;
use crate::model::mutation::{Fate, Mutant, MutatedFile, Mutation, Named};
use crate::model::{Facts, Problem};
use crate::source::{Span, Text};
use rustc_hash::FxHashMap;

/// A format of mutation results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The schema of mutation testing elements, which the Strykers write.
    Stryker,
    /// The XML of PIT.
    Pit,
    /// `outcomes.json` of cargo-mutants.
    Cargo,
}

impl Format {
    /// The name of its reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stryker => "stryker",
            Self::Pit => "pit",
            Self::Cargo => "cargo-mutants",
        }
    }
}

/// The format of a text, `None` where it is no mutation result.
pub fn format(text: &str) -> Option<Format> {
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    let has = |word: &str| memchr::memmem::find(body.as_bytes(), word.as_bytes()).is_some();
    match body.bytes().next()? {
        b'<' => pit::looks_like(body).then_some(Format::Pit),
        // What stands at the end is missing where a file is cut off.
        // The schema of such results has the same words.
        b'{' if has("\"$schema\"") && has("\"properties\"") => None,
        b'{' if has("\"mutants\"") && has("\"files\"") && (has("\"schemaVersion\"") || has("\"mutatorName\"")) => {
            Some(Format::Stryker)
        }
        b'{' if has("\"outcomes\"") && has("\"scenario\"") && (has("\"total_mutants\"") || has("\"phase_results\"")) => {
            Some(Format::Cargo)
        }
        _ => None,
    }
}

/// Reads a file of a known format: fills `mutation` and `problems` of the facts.
pub fn read(format: Format, text: &Text) -> Facts {
    match format {
        Format::Stryker => stryker::read(text),
        Format::Pit => pit::read(text.as_str()),
        Format::Cargo => cargo::read(text),
    }
}

/// What is said of a file that is called mutation results and is in none of the formats.
pub fn unknown() -> Facts {
    let mut found = Found::default();
    let help = "Write the JSON of Stryker, `mutations.xml` of PIT, or `outcomes.json` of cargo-mutants.";
    found.problem(Span::default(), true, "it is in no format of mutation results that is read", help);
    Facts { problems: found.problems, ..Facts::default() }
}

/// What to do about damage.
const AGAIN: &str = "Run the mutation tests again and keep the whole file; nothing in this one is counted.";

/// What to do about a run that did not end.
const TO_THE_END: &str = "Let the run come to its end, or take its results for a part of the code only.";

/// Bytes kept of the words about a mutant.
const MAX_WORDS: usize = 120;

/// What was read so far.
#[derive(Default)]
struct Found {
    mutation: Mutation,
    files: FxHashMap<String, usize>,
    tests: FxHashMap<Named, u32>,
    problems: Vec<Problem>,
    /// The first number that is no line, and how many there are.
    odd: Option<(String, usize)>,
    /// The first outcome that is not known, and how many there are.
    strange: Option<(String, usize)>,
    /// Mutants that the run had still to try.
    untried: usize,
}

impl Found {
    fn problem(&mut self, span: Span, whole_file: bool, reason: impl Into<String>, help: &str) {
        self.problems.push(Problem { span, whole_file, reason: reason.into(), help: help.to_owned() });
    }

    /// The file with a path, which may be named more than once.
    fn file(&mut self, path: &str) -> Option<&mut MutatedFile> {
        let next = self.mutation.files.len();
        let at = *self.files.entry(path.to_owned()).or_insert(next);
        if at == next {
            self.mutation.files.push(MutatedFile { path: path.to_owned(), ..MutatedFile::default() });
        }
        self.mutation.files.get_mut(at)
    }

    /// The position of a test.
    fn test(&mut self, test: Named) -> u32 {
        let next = u32::try_from(self.mutation.tests.len()).unwrap_or(u32::MAX);
        let at = *self.tests.entry(test.clone()).or_insert(next);
        if at == next {
            self.mutation.tests.push(test);
        }
        at
    }

    /// A number as a line of a file; what is none is told at the end.
    fn line(&mut self, number: Option<f64>, written: &str) -> Option<u32> {
        let whole = number.filter(|one| one.fract() == 0.0 && *one >= 1.0 && *one <= f64::from(MAX_LINE));
        if whole.is_none() {
            let shown: String = written.chars().take(40).collect();
            self.odd.get_or_insert((shown, 0)).1 += 1;
        }
        whole.and_then(|one| one.to_string().parse().ok())
    }

    /// An outcome, `None` where the word is not known.
    fn fate(&mut self, known: Option<Fate>, word: &str) -> Fate {
        if known.is_none() {
            let shown: String = word.chars().take(40).collect();
            self.strange.get_or_insert((shown, 0)).1 += 1;
        }
        self.untried += usize::from(known == Some(Fate::Untried));
        known.unwrap_or(Fate::Untried)
    }

    /// Adds a mutant to a file.
    fn add(&mut self, path: &str, mutant: Mutant) {
        if let Some(file) = self.file(path) {
            file.mutants.push(mutant);
        }
    }

    /// The facts. Of a file that lost a part nothing counts.
    fn finish(mut self) -> Facts {
        if let Some((number, count)) = self.odd.take() {
            let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
            self.problem(Span::default(), true, format!("`{number}` is no line of a file{others}"), AGAIN);
        }
        if let Some((word, count)) = self.strange.take() {
            let what = if count == 1 { "a mutant".to_owned() } else { format!("{count} mutants, the first") };
            let help = "These are counted as not tried.";
            self.problem(Span::default(), false, format!("the outcome `{word}` of {what} is not known"), help);
        }
        if self.untried > 0 {
            let reason = format!("the run did not come to its end: {} of its mutants were not tried", self.untried);
            self.problem(Span::default(), false, reason, TO_THE_END);
        }
        let lost = |problems: &[Problem]| problems.iter().any(|problem| problem.whole_file);
        if !lost(&self.problems) && self.mutation.files.iter().all(|file| file.mutants.is_empty()) {
            let help = "Check that the run found code to change: a run without mutants proves nothing.";
            self.problem(Span::default(), true, "the file has no mutant", help);
        }
        let all = self.mutation.files.iter().flat_map(|file| &file.mutants);
        let per_test =
            all.into_iter().any(|one| !one.killers.is_empty() || one.covering.as_ref().is_some_and(|tests| !tests.is_empty()));
        self.mutation.per_test = per_test;
        let mutation = (!lost(&self.problems)).then(|| Box::new(self.mutation));
        Facts { mutation, problems: self.problems, ..Facts::default() }
    }
}

/// Words about a mutant: one line, not too long.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut end = line.len().min(MAX_WORDS);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    if end < line.len() { format!("{}…", line.get(..end).unwrap_or("")) } else { line }
}

/// What is said of JSON that could not be read.
fn damaged(found: &mut Found, text: &Text, error: &serde_json::Error) {
    found.problem(super::coverage::place(text, error), true, super::coverage::reason(error), AGAIN);
}
