//! The alternatives that a requirement writes out, and whether its tests reach each of them.
//!
//! That none does is said only where the tests speak of one of the others: then they have the same words, and would have
//! this one too. A line with several branches that ran tells nothing of any of them.

mod skipped;

use super::cited::Cited;
use super::executed::Ran;
use super::graph::{Graph, Requirement, ResultId, TestId};
use super::spoken::Spoken;
use crate::model::coverage::Branch;
use crate::model::evidence::Outcome;
use crate::model::requirement::Standing;
use crate::model::test_case::Kind;
use crate::read::alternatives::{Member, parts, sets, speak_of};
use crate::read::code::{language, remarks};
use crate::source::{FileId, Place, Span};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::ops::Range;

/// Words by which tests take their values from elsewhere: all members of a type, files, generators.
const ELSEWHERE: &[&str] = &[
    "EnumSource",
    "MethodSource",
    "FieldSource",
    "ArgumentsSource",
    "CsvFileSource",
    "MemberData",
    "ClassData",
    "ValuesIn",
    "sampled_from",
    "@given",
    "proptest!",
    "quickcheck",
    "fc.assert",
    "Object.values",
    "Object.keys",
    "Object.entries",
    "__members__",
    "get_args",
    ".values()",
    "::iter()",
    "read_text",
    "readFile",
    "read_to_string",
    "include_str!",
    "json.load",
    "safe_load",
    "loadFixture",
    "load_fixture",
    "getResource",
    "glob(",
];

/// One alternative, and whether it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Where the requirement names it.
    pub place: Place,
    /// The value.
    pub value: String,
    /// What is known of the tests.
    pub reach: Reach,
}

/// Whether the tests of a requirement reach an alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A test has it among its words.
    Spoken,
    /// A test runs what the code does for it: this line.
    Ran(u32),
    /// No test has it, though they have others of its set.
    Unspoken,
    /// The line of code that chooses it went only some of its ways, whatever the tests say.
    Untaken(u32),
    /// It could not be assessed.
    NotAssessed(&'static str),
}

impl Reach {
    /// Whether it is known that no test reaches it.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Unspoken | Self::Untaken(_))
    }
}

/// What the code of a requirement does for one value.
enum Shown {
    Ran(u32),
    Untaken(u32),
    Choices,
    Nothing,
}

impl Graph {
    /// The sets of alternatives that the text of a requirement writes out, with what its tests do for each.
    pub fn alternatives(&self, one: &Requirement) -> Vec<Vec<Alternative>> {
        let (Some(definition), Some(fact)) = (self.definition(one), one.definition) else { return Vec::new() };
        if one.standing != Standing::Active || one.evidence.is_empty() {
            return Vec::new();
        }
        let base = Place::new(fact.file, definition.text);
        let sets = sets(self.text(base));
        if sets.is_empty() {
            return Vec::new();
        }
        let cited = self.cited(one);
        sets.iter().map(|set| self.set(one, &cited, base, set)).collect()
    }

    fn set(&self, one: &Requirement, cited: &[Cited<'_>], base: Place, set: &[Member]) -> Vec<Alternative> {
        let speech = Speech::of(self, cited);
        let spoken: Vec<bool> = set.iter().map(|member| speech.has(&member.value)).collect();
        let any = spoken.contains(&true);
        let further = self.has_further_evidence(one);
        let reach = |(member, spoken): (&Member, &bool)| match (self.shown(one, cited, &member.value), spoken) {
            (Shown::Untaken(line), _) => Reach::Untaken(line),
            (Shown::Ran(line), false) => Reach::Ran(line),
            (_, true) => Reach::Spoken,
            (_, false) if further => Reach::NotAssessed("part of the evidence was not read"),
            (_, false) if speech.elsewhere => Reach::NotAssessed("the tests take values from elsewhere"),
            (_, false) if speech.remarks_on(&member.value, set) => Reach::NotAssessed("a remark alone names it"),
            (_, false) if any => Reach::Unspoken,
            (Shown::Choices, false) => Reach::NotAssessed("it is chosen on a line with several branches"),
            (Shown::Nothing, false) => Reach::NotAssessed("the tests name none of the alternatives"),
        };
        let start = base.span.start as usize;
        let alternative = |(member, spoken): (&Member, &bool)| Alternative {
            place: Place::new(base.file, Span::new(start + member.range.start, start + member.range.end)),
            value: member.value.clone(),
            reach: reach((member, spoken)),
        };
        set.iter().zip(&spoken).map(alternative).collect()
    }

    /// What coverage shows of the code that is for a value: the lines that have it as a string, and what they lead to.
    fn shown(&self, one: &Requirement, cited: &[Cited<'_>], value: &str) -> Shown {
        let mut shown = Shown::Nothing;
        for part in &one.parts {
            let Some(outline) = self.outline(part.file) else { continue };
            let text = &self.input(part.file).text;
            let mut ran: Vec<u32> = Vec::new();
            for test in cited {
                if let Some(Ran::Lines(lines)) = self.ran(part, test) {
                    ran.extend(lines);
                }
            }
            let span = self.part_span(part);
            let quoted = [format!("\"{value}\""), format!("'{value}'")];
            let hits = quoted.iter().flat_map(|quoted| text.slice(span).match_indices(quoted.as_str()));
            for at in hits.map(|(at, _)| span.start as usize + at) {
                let line = text.position(Span::new(0, at).len).0;
                if outline.choices.binary_search(&line).is_ok() {
                    let own = self.takes_all(part.file, line, cited);
                    match (ran.contains(&line), own) {
                        (true, Some(true)) => return Shown::Ran(line),
                        (true, Some(false)) => shown = Shown::Untaken(line),
                        _ if matches!(shown, Shown::Nothing) => shown = Shown::Choices,
                        _ => {}
                    }
                } else if let Some(inner) = first_within(text.as_str(), at).map(|at| text.position(at).0) {
                    if ran.contains(&inner) {
                        return Shown::Ran(inner);
                    }
                    if is_asked_for(text.as_str(), at) && self.is_left_out(part.file, line, inner) {
                        shown = Shown::Untaken(line);
                    }
                }
            }
        }
        shown
    }

    /// Whether branches are measured on a line, some way on from it was never taken, and what it leads to never ran.
    fn is_left_out(&self, file: FileId, line: u32, inner: u32) -> bool {
        let mut measured = self.measured(file).map(|(_, measured)| measured).peekable();
        measured.peek().is_some()
            && measured.all(|one| {
                let untaken = |branch: &Branch| branch.line == line && branch.taken < branch.ways;
                one.missing.binary_search(&inner).is_ok() && one.branches.iter().any(untaken)
            })
    }

    /// Whether all ways on from a line were taken: by the tests themselves if all are, for nobody else ran the line; `None`
    /// where that is not known.
    fn takes_all(&self, file: FileId, line: u32, cited: &[Cited<'_>]) -> Option<bool> {
        let mut known = None;
        for (coverage, measured) in self.measured(file) {
            let branches: Vec<_> = measured.branches.iter().filter(|branch| branch.line == line && branch.ways > 1).collect();
            if branches.is_empty() {
                continue;
            }
            if branches.iter().all(|branch| branch.taken == branch.ways) {
                return self.ran_by_these_alone(coverage, measured, line, cited).then_some(true);
            }
            known = Some(false);
        }
        known
    }
}

/// Whether the code at an offset asks for just the value that stands there: `== "sse"`, `case "sse"`.
fn is_asked_for(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.ends_with("==") || before.ends_with("case") || before.ends_with("when")
}

/// The first byte of the line below the one at an offset, if it is indented deeper: what a condition leads to.
fn first_within(text: &str, at: usize) -> Option<u32> {
    let begin = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = text.get(begin..)?.split_inclusive('\n');
    let head = lines.next()?;
    let mut start = begin + head.len();
    for line in lines {
        if !line.trim().is_empty() {
            let deeper = indent(line) > indent(head);
            return deeper.then(|| Span::new(0, start + indent(line)).len);
        }
        start += line.len();
    }
    None
}

/// The words of the tests of a requirement.
#[derive(Default)]
struct Speech<'g> {
    words: Vec<&'g [String]>,
    /// Words of comments and doc strings.
    remarks: Vec<&'g [String]>,
    /// What the files of the tests have beside tests.
    beside: Vec<&'g Beside>,
    /// A test takes values from where they are not seen.
    elsewhere: bool,
    /// The names of the cases that are cited or that ran.
    cases: Vec<String>,
}

impl<'g> Speech<'g> {
    /// The words of the tests, of the case names that are cited and of the results, and of what their files have beside
    /// other tests. Of a test of which some cases are cited the parameters do not count.
    fn of(graph: &'g Graph, cited: &[Cited<'_>]) -> Self {
        let mut speech = Self::default();
        let mut files: Vec<FileId> = cited.iter().map(|one| graph.test_node(one.test).fact.file).collect();
        files.sort_unstable();
        files.dedup();
        let pieces = graph.speech.get_or_init(|| Pieces::of(graph));
        speech.beside = files.iter().filter_map(|file| pieces.beside.get(file)).collect();
        speech.elsewhere = speech.beside.iter().any(|beside| beside.elsewhere);
        let tests = cited.iter().flat_map(|one| pieces.tests.get(&one.test).into_iter().flatten().map(move |piece| (piece, one)));
        for (piece, _) in tests.filter(|(piece, one)| !piece.head || one.cases.is_empty()) {
            speech.words.push(&piece.words);
            speech.elsewhere |= piece.elsewhere;
            speech.remarks.extend(piece.remarks.iter().map(Vec::as_slice));
        }
        for one in cited {
            one.cases.iter().for_each(|case| speech.cases.extend(parts(case)));
            let results = &graph.test_node(one.test).results;
            let ran = |id: &&ResultId| !matches!(graph.result(**id).outcome, Outcome::Skipped | Outcome::NotRun);
            let names = results.iter().filter(ran).map(|id| graph.result(*id).name.as_str()).filter(|_| one.cases.is_empty());
            names.for_each(|name| speech.cases.extend(parts(name)));
        }
        speech
    }

    fn has(&self, value: &str) -> bool {
        self.words.iter().any(|words| speak_of(words, value))
            || speak_of(&self.cases, value)
            || self.beside.iter().any(|beside| beside.words.of(value).next().is_some())
    }

    /// Whether a remark names a value. What repeats the whole set says nothing of what is tested.
    fn remarks_on(&self, value: &str, set: &[Member]) -> bool {
        let own = self.remarks.iter().copied().filter(|words| speak_of(words, value));
        let beside = self.beside.iter().flat_map(|beside| beside.remarks.of(value));
        own.chain(beside).any(|words| !set.iter().all(|member| speak_of(words, &member.value)))
    }
}

/// A piece of a test file: a test, its head with the parameters, or what lies between tests.
#[derive(Debug)]
struct Piece {
    test: Option<TestId>,
    /// Whether it is what stands above the name of its test.
    head: bool,
    words: Vec<String>,
    remarks: Vec<Vec<String>>,
    elsewhere: bool,
}

/// What a test file has beside its tests. Every requirement that a test of it verifies asks for it, so it is looked up and
/// not gone through.
#[derive(Debug, Default)]
struct Beside {
    words: Spoken,
    remarks: Spoken,
    elsewhere: bool,
}

/// The files of tests that verify requirements with alternatives, in pieces; each file is read once.
#[derive(Debug, Default)]
pub struct Pieces {
    beside: FxHashMap<FileId, Beside>,
    tests: FxHashMap<TestId, Vec<Piece>>,
}

impl Pieces {
    fn of(graph: &Graph) -> Self {
        let writes = |one: &&Requirement| {
            let fact = one.definition.zip(graph.definition(one));
            fact.is_some_and(|(fact, definition)| !sets(graph.text(Place::new(fact.file, definition.text))).is_empty())
        };
        let asked = graph.requirements.par_iter().filter(writes).flat_map_iter(|one| &one.evidence);
        let mut files: Vec<FileId> = asked.map(|evidence| graph.test_node(evidence.test).fact.file).collect();
        files.sort_unstable();
        files.dedup();
        let read: Vec<(FileId, Vec<Piece>)> = files.into_par_iter().map(|file| (file, pieces(graph, file))).collect();
        let mut all = Self::default();
        for (file, piece) in read.into_iter().flat_map(|(file, pieces)| pieces.into_iter().map(move |piece| (file, piece))) {
            match piece.test {
                Some(test) => all.tests.entry(test).or_default().push(piece),
                None => all.beside.entry(file).or_default().take(piece),
            }
        }
        all
    }
}

impl Beside {
    fn take(&mut self, piece: Piece) {
        self.elsewhere |= piece.elsewhere;
        self.words.add(piece.words);
        piece.remarks.into_iter().for_each(|remark| self.remarks.add(remark));
    }
}

fn pieces(graph: &Graph, file: FileId) -> Vec<Piece> {
    let input = graph.input(file);
    let whole = input.text.as_str();
    let remarks = language(&input.path).map(|language| remarks(language, &input.text)).unwrap_or_default();
    let declared = Declared { text: whole, names: OnceCell::new() };
    let mut found = Vec::new();
    let mut at = 0;
    let mut add = |test: Option<TestId>, head: bool, until: u32| {
        if until > at {
            found.push(piece(&declared, &remarks, at..until, (test, head)));
            at = until;
        }
    };
    for test in graph.tests_of(file).filter(|test| graph.test(*test).kind == Kind::Test) {
        let case = graph.test(test);
        add(None, false, case.body.start);
        add(Some(test), true, case.span.start);
        add(Some(test), false, case.body.end());
    }
    add(None, false, Span::new(0, whole.len()).len);
    found
}

/// What a range of a file says, code and remarks apart.
fn piece(file: &Declared<'_>, remarks: &[Span], range: Range<u32>, (test, head): (Option<TestId>, bool)) -> Piece {
    let mut piece = Piece { test, head, words: Vec::new(), remarks: Vec::new(), elsewhere: false };
    let text = |from: u32, to: u32| file.text.get(from as usize..to as usize).unwrap_or("");
    let mut say = |text: &str| {
        let text = &*skipped::without(text);
        piece.words.extend(parts(text));
        piece.elsewhere |= ELSEWHERE.iter().any(|word| text.contains(word)) || loops_elsewhere(text, file);
    };
    let mut at = range.start;
    let first = remarks.partition_point(|remark| remark.end() <= range.start);
    for remark in remarks.iter().skip(first).take_while(|remark| remark.start < range.end) {
        let (from, to) = (remark.start.max(at), remark.end().min(range.end));
        say(text(at, from));
        piece.remarks.push(parts(text(from, to)));
        at = to.max(at);
    }
    say(text(at, range.end));
    piece
}

/// Whether a text goes through something that has its value outside of the file: `for t in TRANSPORTS`, `it.each(TRANSPORTS)`.
fn loops_elsewhere(piece: &str, file: &Declared<'_>) -> bool {
    const LEADS: &[&str] = &[" in ", " of ", " range ", ".each(", "each(", "parametrize("];
    LEADS.iter().any(|lead| {
        piece.match_indices(lead).any(|(at, _)| {
            let before = piece.get(..at).unwrap_or("").lines().next_back().unwrap_or("");
            let rest = piece.get(at + lead.len()..).unwrap_or("").trim_start();
            let rest =
                if *lead == "parametrize(" { rest.split_once(',').map_or("", |(_, rest)| rest.trim_start()) } else { rest };
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
            let loops = lead.ends_with('(') || before.contains("for");
            let plain = name.starts_with(char::is_alphabetic) && !matches!(name.as_str(), "range" | "enumerate" | "zip");
            loops && plain && !file.has(name.split('.').next().unwrap_or(""))
        })
    })
}

/// A file, and the names to which it gives a value: `NAME = …`, `NAME: …`, `NAME := …`. They are looked for once, when the
/// first test goes through something.
struct Declared<'t> {
    text: &'t str,
    names: OnceCell<FxHashSet<&'t str>>,
}

impl<'t> Declared<'t> {
    fn has(&self, name: &str) -> bool {
        self.names.get_or_init(|| self.names()).contains(name)
    }

    fn names(&self) -> FxHashSet<&'t str> {
        let name = |(at, _): (usize, &str)| {
            let before = self.text.get(..at)?.trim_end();
            let free = before.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
            let start = free.map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
            let compares = self.text.get(at..).is_some_and(|rest| rest.starts_with("=="));
            before.get(start..).filter(|name| !name.is_empty() && !compares)
        };
        self.text.match_indices([':', '=']).filter_map(name).collect()
    }
}
