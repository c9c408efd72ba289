//! Results of test runs in the formats that their runners write.
//!
//! All give the same facts. What does not say clearly that a test passed is no pass: an outcome that is not known, a test
//! that begins and does not end, a class that stands in the part of a file that is lost.

mod dotnet;
mod go;
mod jest;
mod known;
mod named;
mod pytest;
mod robot;
mod trx;

pub use known::{UNREAD_FORMAT, is_of_coverage, unread};

use super::junit::{self, failures};
use super::xml::{Elements, attribute, number};
use crate::model::evidence::{Outcome, TestResult};
use crate::model::{Facts, Problem, time};
use crate::source::{Span, Spanned, Text};
use serde::de::IgnoredAny;

/// Bytes of a file in which it must show what it is.
const SNIFFED: usize = 4096;

/// Bytes kept of a message.
const MAX_MESSAGE: usize = 300;

/// Bytes kept of the text of one element.
const MAX_TEXT: usize = 2000;

/// Bytes of a name; whatever is longer names no test.
const MAX_NAME: usize = 2000;

/// The name of a property that stands for a tag.
const TAG: &str = "tag";

/// What to do about damage.
const AGAIN: &str = "Run the tests again and keep the whole file; what follows here is not counted.";

/// What to do about a failure that no test shows.
const OUTSIDE: &str = "Look at the log of the run: something failed outside of the tests.";

/// How it is said that a failure is counted and not shown.
pub(super) const SHOWS_ONE: &str = "shows one";

/// How it is said that something failed and was no test.
pub(super) const NO_TEST_FAILED: &str = "failed outside of its test";

/// Whether what is said of results is that something failed which none of them shows: whatever else they say, the run did
/// not pass.
pub fn hides_a_failure(reason: &str) -> bool {
    reason.ends_with(SHOWS_ONE) || reason.contains(NO_TEST_FAILED)
}

/// A format of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// JUnit XML, which most runners write.
    Junit,
    /// The events of `go test -json`.
    Go,
    /// Visual Studio test results.
    Trx,
    /// `output.xml` of Robot Framework.
    Robot,
    /// What NUnit and xUnit.net write themselves.
    DotNet,
    /// The JSON of Jest and Vitest.
    Jest,
    /// The JSON of pytest-json-report.
    Pytest,
}

impl Format {
    /// The name of its reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Junit => "junit",
            Self::Go => "go test",
            Self::Trx => "trx",
            Self::Robot => "robot",
            Self::DotNet => "nunit or xunit",
            Self::Jest => "jest or vitest",
            Self::Pytest => "pytest json",
        }
    }
}

/// The format of a text by its beginning, `None` where it is no result of a run.
pub fn format(text: &str) -> Option<Format> {
    let mut end = text.len().min(SNIFFED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    match junit::root(head)? {
        "testsuites" | "testsuite" => Some(Format::Junit),
        "TestRun" => head.contains("VisualStudio/TeamTest").then_some(Format::Trx),
        // Robots are described in XML of the same root, and have no suites.
        "robot" => (head.contains("generator=") || head.contains("<suite ")).then_some(Format::Robot),
        root if dotnet::ROOTS.contains(&root) => head.contains("test").then_some(Format::DotNet),
        _ if go::looks_like(head) => Some(Format::Go),
        _ if jest::looks_like(head) => Some(Format::Jest),
        _ => pytest::looks_like(head).then_some(Format::Pytest),
    }
}

/// Reads a file of a known format: fills `results` and `problems` of the facts.
pub fn read(format: Format, text: &Text) -> Facts {
    let mut facts = match format {
        Format::Junit => junit::read(text),
        Format::Go => go::read(text.as_str()),
        Format::Trx => trx::read(text.as_str()),
        Format::Robot => robot::read(text.as_str()),
        Format::DotNet => dotnet::read(text.as_str()),
        Format::Jest => jest::read(text),
        Format::Pytest => pytest::read(text),
    };
    facts.markers = named::markers(text.as_str(), &facts.results);
    facts
}

/// What is said of a file that is called results and is in none of the formats.
pub fn unknown(text: &Text) -> Facts {
    if text.as_str().trim_start().starts_with('<') {
        return junit::read(text);
    }
    let mut found = Found::default();
    let help = "Let the runner write JUnit XML, TRX, Robot Framework's output.xml or the events of `go test -json`.";
    found.problem(Span::default(), true, "it is in no format of results that is read", help);
    found.facts
}

/// Whether a file is called JSON and is none: what broke off cannot be told by its content.
pub fn is_damaged_json(path: &str, text: &str) -> bool {
    let json = path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"));
    json && serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>().any(|value| value.is_err())
}

/// The facts as they come in.
#[derive(Default)]
struct Found {
    facts: Facts,
    /// A test without a name was told already.
    nameless: bool,
}

impl Found {
    fn problem(&mut self, span: Span, whole_file: bool, reason: impl Into<String>, help: &str) {
        self.facts.problems.push(Problem { span, whole_file, reason: reason.into(), help: help.to_owned() });
    }

    /// Takes a result, if it has a name that can be looked up.
    fn take(&mut self, result: TestResult) {
        if !result.name.is_empty() && result.name.len() <= MAX_NAME && result.class.len() <= MAX_NAME {
            return self.facts.results.push(result);
        }
        if !self.nameless {
            self.nameless = true;
            let help = "Results are matched by name: let the runner write one.";
            self.problem(result.span, false, "a test has no name that can be looked up", help);
        }
    }

    /// A count of failures; what is none is told.
    fn count(&mut self, text: Option<&str>, span: Span) -> u64 {
        number(text.unwrap_or_default()).unwrap_or_else(|| {
            let shown: String = text.unwrap_or_default().trim().chars().take(40).collect();
            let help = "Let the runner write the file again, and keep it as it is.";
            self.problem(span, false, format!("`{shown}` is no number of failures"), help);
            0
        })
    }

    /// A run that counts failures which no test shows hides something.
    fn compare(&mut self, span: Span, stated: u64) {
        let bad = self.facts.results.iter().any(|one| matches!(one.outcome, Outcome::Failed | Outcome::Error));
        if stated > 0 && !bad {
            let reason = format!("the run counts {}, and no test in it {SHOWS_ONE}", failures(stated));
            self.problem(span, false, reason, OUTSIDE);
        }
    }

    /// A run that says that it failed, although each of its tests passed. Tests that did not pass for another reason may be
    /// what it means.
    fn failed(&mut self, span: Span) {
        if self.facts.results.iter().all(|one| one.outcome == Outcome::Passed) {
            let reason = format!("the run says that it failed, and no test in it {SHOWS_ONE}");
            self.problem(span, false, reason, OUTSIDE);
        }
    }

    /// The facts, with a word if there is nothing in them.
    fn finish(mut self) -> Facts {
        let told = self.facts.problems.iter().any(|problem| problem.whole_file);
        if self.facts.results.is_empty() && !told {
            let help = "Check that the run collected its tests; a run of none proves nothing.";
            self.problem(Span::default(), true, "the file has no result of a test", help);
        }
        self.facts
    }
}

/// The day of a run that tells its beginning in seconds since 1970. Runners that know none write 0.
fn dated(found: &mut Found, seconds: f64) {
    let day = (seconds / 86_400.0).floor();
    if (3_653.0..=2_932_896.0).contains(&day)
        && let Ok(day) = day.to_string().parse()
    {
        let run = found.facts.run.get_or_insert_default();
        run.day = Some(Spanned { text: time::written(day), span: Span::default() });
        if let Ok(seconds) = format!("{seconds:.0}").parse() {
            run.began(time::Time { seconds, zoned: true, precise: true });
        }
    }
}

/// Where a part of a text stands in it; the beginning where it is no part, because something in it was escaped.
fn place(text: &str, part: &str) -> Span {
    let at = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    let inside = at.checked_add(part.len()).is_some_and(|end| end <= text.len());
    if inside { Span::new(at, at + part.len()) } else { Span::default() }
}

/// What is said of JSON that could not be read.
fn damaged(text: &Text, error: &serde_json::Error) -> Facts {
    let mut found = Found::default();
    found.problem(super::coverage::place(text, error), true, super::coverage::reason(error), AGAIN);
    found.facts
}

/// The text of a message, while its element is open.
#[derive(Default)]
struct Message(Option<String>);

impl Message {
    fn begin(&mut self) {
        self.0 = Some(String::new());
    }

    fn text(&mut self, text: &str) {
        if let Some(message) = self.0.as_mut().filter(|message| message.len() < MAX_TEXT) {
            push(message, text);
        }
    }

    /// Hands its first line to a result that has no message yet.
    fn end(&mut self, of: Option<&mut String>) {
        if let (Some(text), Some(message)) = (self.0.take(), of)
            && message.is_empty()
        {
            *message = first_line(&text);
        }
    }
}

/// A result of which nothing is known but its names and its place.
fn result(class: &str, name: &str, outcome: Outcome, span: Span) -> TestResult {
    TestResult {
        suites: Vec::new(),
        class: class.to_owned(),
        name: name.to_owned(),
        file: None,
        line: None,
        outcome,
        message: String::new(),
        properties: Vec::new(),
        span,
    }
}

/// Whether a text begins an object of JSON.
fn begins_object(head: &str) -> bool {
    head.trim_start_matches('\u{FEFF}').trim_start().starts_with('{')
}

/// The first line that says something, not longer than a message should be.
fn first_line(text: &str) -> String {
    bounded(text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default(), MAX_MESSAGE).to_owned()
}

/// The beginning of a text.
fn bounded(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Adds text as long as there is room.
fn push(kept: &mut String, text: &str) {
    kept.push_str(bounded(text, MAX_TEXT.saturating_sub(kept.len())));
}
