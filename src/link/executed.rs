//! Whether the tests of a requirement run the code that implements it.
//!
//! Lines that run when a file is loaded prove nothing: definitions, imports and constants run for every test. And that a
//! test runs no line is said only where nothing else could have happened that coverage does not see.

use super::cited::Cited;
use super::code::Part;
use super::graph::{Graph, Requirement, TestId};
use super::measured::Under;
use crate::model::coverage::CoveredFile;
use crate::model::evidence::Outcome;
use crate::model::outline::{Outline, Symbol};
use crate::model::requirement::Standing;
use crate::model::test_case::State;
use crate::read::code::{Language, language};
use crate::source::{FileId, Span, Text};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::ops::RangeInclusive;

/// What is known of whether tests run some code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Execution {
    /// A test runs a line of it.
    Runs,
    /// No test does.
    Hollow,
    /// It could not be assessed.
    NotAssessed(Unknown),
}

/// Why it is not known whether tests run some code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    /// No coverage was read.
    NoCoverage,
    /// No coverage tells tests apart.
    NotPerTest,
    /// Nothing says which code implements the requirement.
    NoCode,
    /// The requirement has no test.
    NoTest,
    /// The file is measured nowhere.
    NotMeasured,
    /// The lines of the coverage are not those of the file.
    OtherVersion,
    /// Of the language it is not known where functions begin.
    NoFunctions,
    /// There is no line that runs only when it is called.
    LoadedOnly,
    /// Tests are missing in the coverage.
    TestsNotMeasured,
    /// All lines that ran choose one of several ways.
    Choices,
    /// A test was skipped or stopped before its end, and may run the code when it does run through.
    NotThrough,
    /// What ran may have run in another case than the one that is cited.
    CasesTogether,
    /// A test may start another process.
    Process,
    /// What a fixture or the load of a file did may serve all tests.
    Shared,
    /// What a test called before may be kept.
    Kept,
    /// The tests use constants, or classes with fields.
    Declared,
    /// The tests run lines of it that are in none of the functions that are known.
    OtherLines,
}

impl Unknown {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::NoCoverage => "no coverage file was read",
            Self::NotPerTest => "no coverage says which test ran a line",
            Self::NoCode => "nothing says which code implements it",
            Self::NoTest => "it has no test",
            Self::NotMeasured => "the coverage does not have the implementing code",
            Self::OtherVersion => "the coverage is of another version of the implementing code",
            Self::NoFunctions => "the functions of the implementing code were not recognised",
            Self::LoadedOnly => "the implementing code has no line that runs only when it is called",
            Self::TestsNotMeasured => "the coverage does not have all of the tests, and the others run none of the code",
            Self::Choices => "each line that ran chooses one of several ways, and lines do not say which",
            Self::NotThrough => "a test of it was skipped or did not pass, and none runs any of the code as far as it came",
            Self::CasesTogether => "the coverage does not tell the cases of a test apart, and one of them is cited",
            Self::Process => "the tests may start another process, which is not measured",
            Self::Shared => "the code also ran in a fixture or at load time, and the tests may rely on that",
            Self::Kept => "the code keeps its result, and another test ran it",
            Self::Declared => "the tests use names of the code that have their values from when it was loaded",
            Self::OtherLines => "the tests run lines of the code that are in no function that was recognised",
        }
    }
}

impl Default for Execution {
    fn default() -> Self {
        Self::NotAssessed(Unknown::NoCoverage)
    }
}

/// What one test ran of a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// These of the lines that run only when they are called.
    Lines(Vec<u32>),
    /// These of them, in some case of the test, where another than the cited one may be meant.
    Together(Vec<u32>),
    /// The coverage of the code does not have the test.
    Unmeasured,
}

/// The lines of a piece of code that count, and where they are measured.
struct Body<'g> {
    part: Part,
    outline: &'g Outline,
    ranges: Vec<RangeInclusive<u32>>,
    measured: Vec<(FileId, &'g CoveredFile)>,
}

/// Settles for each requirement whether its tests run its code.
pub(super) fn assess(graph: &mut Graph) {
    if !graph.measured.any {
        return;
    }
    let found: Vec<Execution> = graph.requirements.par_iter().map(|one| of(graph, one)).collect();
    for (requirement, execution) in graph.requirements.iter_mut().zip(found) {
        requirement.execution = execution;
    }
}

fn of(graph: &Graph, one: &Requirement) -> Execution {
    if one.standing != Standing::Active {
        return Execution::NotAssessed(Unknown::NoTest);
    }
    graph.execution(&graph.cited(one), &one.parts)
}

impl Requirement {
    /// The tests that verify it, each once.
    pub fn tests(&self) -> Vec<TestId> {
        let mut tests: Vec<TestId> = self.evidence.iter().map(|evidence| evidence.test).collect();
        tests.sort_unstable();
        tests.dedup();
        tests
    }
}

impl Graph {
    /// Whether any of the tests runs any of the code.
    pub fn execution(&self, tests: &[Cited<'_>], parts: &[Part]) -> Execution {
        match self.assessed(tests, parts) {
            Ok(execution) => execution,
            Err(unknown) => Execution::NotAssessed(unknown),
        }
    }

    fn assessed(&self, tests: &[Cited<'_>], parts: &[Part]) -> Result<Execution, Unknown> {
        let absent = [
            (!self.measured.any, Unknown::NoCoverage),
            (!self.measured.per_test, Unknown::NotPerTest),
            (tests.is_empty(), Unknown::NoTest),
            (parts.is_empty(), Unknown::NoCode),
        ];
        if let Some((_, unknown)) = absent.into_iter().find(|(is_so, _)| *is_so) {
            return Err(unknown);
        }
        let bodies: Vec<Result<Body<'_>, Unknown>> = parts.iter().map(|part| self.body(part)).collect();
        let known: Vec<&Body<'_>> = bodies.iter().filter_map(|body| body.as_ref().ok()).collect();
        let mut doubt = None;
        for (body, test) in known.iter().flat_map(|body| tests.iter().map(move |test| (body, test))) {
            match self.ran_of(body, test) {
                Ran::Lines(lines) if lines.iter().any(|line| body.outline.choices.binary_search(line).is_err()) => {
                    return Ok(Execution::Runs);
                }
                Ran::Lines(lines) if !lines.is_empty() => doubt = Some(Unknown::Choices),
                Ran::Together(_) => doubt = doubt.or(Some(Unknown::CasesTogether)),
                Ran::Lines(_) | Ran::Unmeasured => {}
            }
        }
        if let Some(unknown) = doubt {
            return Err(unknown);
        }
        // Of code that nobody could call nothing is missing, unless there is no other.
        let failed: Vec<Unknown> = bodies.iter().filter_map(|body| body.as_ref().err().copied()).collect();
        if let Some(unknown) = failed.iter().find(|one| **one != Unknown::LoadedOnly || known.is_empty()) {
            return Err(*unknown);
        }
        self.doubt(&known, tests).map_or(Ok(Execution::Hollow), Err)
    }

    /// What one test ran of a piece of code; `None` where that cannot be said of any test.
    pub fn ran(&self, part: &Part, test: &Cited<'_>) -> Option<Ran> {
        self.body(part).ok().map(|body| self.ran_of(&body, test))
    }

    /// The lines of a piece of code that run only when they are called, and could have; `None` where it is not measured.
    pub fn callable(&self, part: &Part) -> Result<Vec<u32>, Unknown> {
        self.body(part).map(|body| body.callable())
    }

    /// Lines of a piece of code of which some way on was never taken by anybody: the line, how many, of how many.
    pub fn untaken(&self, part: &Part) -> Vec<(u32, u32, u32)> {
        let Ok(body) = self.body(part) else { return Vec::new() };
        let all = body.measured.iter().flat_map(|(_, file)| &file.branches);
        let open = all.filter(|branch| body.has(branch.line) && branch.taken < branch.ways);
        open.map(|branch| (branch.line, branch.ways - branch.taken, branch.ways)).collect()
    }

    fn ran_of(&self, body: &Body<'_>, test: &Cited<'_>) -> Ran {
        let under: Vec<Under> = body.measured.iter().filter_map(|(coverage, file)| self.under(*coverage, file, test)).collect();
        if under.is_empty() {
            return Ran::Unmeasured;
        }
        let own = |lines: &mut dyn Iterator<Item = &u32>| {
            let mut lines: Vec<u32> = lines.copied().filter(|line| body.has(*line)).collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        let exactly = own(&mut under.iter().flat_map(|one| &one.exactly));
        let together = own(&mut under.iter().flat_map(|one| &one.together));
        if exactly.is_empty() && !together.is_empty() { Ran::Together(together) } else { Ran::Lines(exactly) }
    }

    /// The lines of a piece of code that count, or why there are none.
    fn body(&self, part: &Part) -> Result<Body<'_>, Unknown> {
        let measured: Vec<(FileId, &CoveredFile)> = self.measured(part.file).collect();
        if !self.measured.any {
            return Err(Unknown::NoCoverage);
        }
        if measured.is_empty() {
            return Err(if self.measured.per_test { Unknown::NotMeasured } else { Unknown::NotPerTest });
        }
        let outline = self.outline(part.file).filter(|outline| outline.exact || !outline.symbols.is_empty());
        let outline = outline.ok_or(Unknown::NoFunctions)?;
        let text = &self.input(part.file).text;
        let last = u32::try_from(text.line_count()).unwrap_or(u32::MAX);
        if measured.iter().any(|(_, file)| file.last_line() > last) {
            return Err(Unknown::OtherVersion);
        }
        let span = self.part_span(part);
        let within = || outline.symbols.iter().filter(|symbol| span.contains(symbol.body) && symbol.running.len > 0);
        let line = |offset: u32| text.position(offset).0;
        if outline.exact && within().any(|symbol| measured.iter().any(|(_, file)| has_moved(symbol, file, line))) {
            return Err(Unknown::OtherVersion);
        }
        let script = language(self.path(part.file)) == Some(Language::JavaScript);
        let last_of = |symbol: &Symbol| {
            let last = line(symbol.running.end().saturating_sub(1));
            // What stands behind the bracket that closes a function, `};`, ran when the file was loaded.
            let closes = text.line_span(last).is_some_and(|span| text.slice(span).trim_start().starts_with('}'));
            if script && closes { last.saturating_sub(1) } else { last }
        };
        let ranges = within().map(|symbol| line(symbol.running.start)..=last_of(symbol)).collect();
        let body = Body { part: *part, outline, ranges, measured };
        // Where nothing is told of lines that did not run, a function without any is one that did not run.
        let silent = body.measured.iter().any(|(_, file)| file.only_ran) && !body.ranges.is_empty();
        if body.callable().is_empty() && !silent { Err(Unknown::LoadedOnly) } else { Ok(body) }
    }

    /// Why tests that run no line may rely on the code all the same.
    fn doubt(&self, bodies: &[&Body<'_>], tests: &[Cited<'_>]) -> Option<Unknown> {
        let measured = |test: &Cited<'_>| bodies.iter().any(|body| self.ran_of(body, test) != Ran::Unmeasured);
        if tests.iter().any(|test| self.stopped(test.test)) {
            return Some(Unknown::NotThrough);
        }
        if !tests.iter().all(measured) {
            return Some(Unknown::TestsNotMeasured);
        }
        if tests.iter().any(|test| self.may_start(test.test)) {
            return Some(Unknown::Process);
        }
        bodies.iter().find_map(|body| self.doubt_of(body, tests))
    }

    fn doubt_of(&self, body: &Body<'_>, tests: &[Cited<'_>]) -> Option<Unknown> {
        let mut all = body.measured.iter();
        if all.any(|(coverage, file)| self.lines_for_all(*coverage, file).iter().any(|line| body.has(*line))) {
            return Some(Unknown::Shared);
        }
        let span = self.part_span(&body.part);
        let text = &self.input(body.part.file).text;
        let ran = |symbol: &Symbol| {
            let (first, last) = (text.position(symbol.body.start).0, text.position(symbol.body.end()).0);
            let lines = || body.measured.iter().flat_map(|(_, file)| &file.executed);
            lines().any(|line| body.has(*line) && (first..=last).contains(line))
        };
        let keeps = |symbol: &&Symbol| {
            let head = text.as_str().get(symbol.body.start as usize..symbol.running.start as usize).unwrap_or("");
            symbol.running.len > 0 && head.contains("cache") && head.trim_start().starts_with('@')
        };
        if body.outline.symbols.iter().filter(|symbol| span.contains(symbol.body)).filter(keeps).any(ran) {
            return Some(Unknown::Kept);
        }
        let declared = body.outline.declared.iter().filter(|(_, at)| span.contains(*at));
        let declared: FxHashSet<&str> = declared.map(|(name, _)| name.as_str()).collect();
        let mut files: Vec<FileId> = tests.iter().map(|test| self.test_node(test.test).fact.file).collect();
        files.dedup();
        if !declared.is_empty() && files.iter().any(|file| has_any(self.input(*file).text.as_str(), &declared)) {
            return Some(Unknown::Declared);
        }
        if body.outline.exact {
            return None;
        }
        let (first, last) = (text.position(span.start).0, text.position(span.end()).0);
        let script = language(self.path(body.part.file)) == Some(Language::JavaScript);
        let framed = if script { frames(body, text, span) } else { Vec::new() };
        let loaded = |line: u32| script && (framed.binary_search(&line).is_ok() || says_nothing(text, line));
        let other = |line: &u32| (first..=last).contains(line) && !body.has(*line) && !loaded(*line);
        let runs = |test: &Cited<'_>| {
            let mut under = body.measured.iter().filter_map(|(coverage, file)| self.under(*coverage, file, test));
            under.any(|one| one.exactly.iter().chain(&one.together).any(other))
        };
        tests.iter().any(runs).then_some(Unknown::OtherLines)
    }

    /// Whether a test did not run to its end, as far as is known: what is behind the place where it stopped did not run either.
    fn stopped(&self, test: TestId) -> bool {
        match self.test_node(test).outcome {
            Some(outcome) => !matches!(outcome, Outcome::Passed | Outcome::Flaky),
            None => matches!(self.test(test).state, State::Skipped | State::Ignored),
        }
    }
}

impl Body<'_> {
    fn has(&self, line: u32) -> bool {
        self.ranges.iter().any(|range| range.contains(&line))
    }

    /// The lines that run only when they are called and could have run.
    fn callable(&self) -> Vec<u32> {
        let all = self.measured.iter().flat_map(|(_, file)| file.executed.iter().chain(&file.missing));
        let mut lines: Vec<u32> = all.copied().filter(|line| self.has(*line)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }
}

/// The lines on which functions and classes of a piece of code begin: where a script is loaded, they run for whoever loads it.
fn frames(body: &Body<'_>, text: &Text, span: Span) -> Vec<u32> {
    let line = |offset: u32| text.position(offset).0;
    let symbols = body.outline.symbols.iter().filter(|symbol| span.contains(symbol.body));
    let mut lines: Vec<u32> = symbols
        .flat_map(|symbol| {
            let first = line(symbol.body.start);
            let behind = if symbol.running.len > 0 { line(symbol.running.start) } else { first + 1 };
            // A function on one line is in no range of its own: its line tells nothing of it.
            let whole = !symbol.class && symbol.running.len == 0;
            if whole { first..first } else { first..behind }
        })
        .collect();
    lines.sort_unstable();
    lines
}

/// Whether a line is empty, a comment, or nothing but brackets: some formats count those too.
fn says_nothing(text: &Text, line: u32) -> bool {
    let shown = text.line_span(line).map_or("", |span| text.slice(span).trim());
    let comment = ["//", "/*", "*"].iter().any(|sign| shown.starts_with(sign));
    comment || shown.chars().all(|c| matches!(c, '{' | '}' | '(' | ')' | '[' | ']' | ';' | ','))
}

/// Whether the lines of a measured file are not those of a function: its body can run, and its head cannot.
pub(super) fn has_moved(symbol: &Symbol, file: &CoveredFile, line: impl Fn(u32) -> u32) -> bool {
    let (first, begin, end) = (line(symbol.body.start), line(symbol.running.start), line(symbol.running.end().saturating_sub(1)));
    let any = |mut lines: RangeInclusive<u32>| lines.any(|line| file.can_run(line));
    any(begin..=end) && !any(first..=begin.saturating_sub(1))
}

/// Whether any word of a text is one of these.
fn has_any(text: &str, words: &FxHashSet<&str>) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| words.contains(word))
}
