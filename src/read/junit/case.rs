//! One test case: its names, and how its children and attributes say that it ended.

use super::attributes::Attributes;
use crate::model::evidence::{Outcome, TestResult};
use crate::source::Span;
use rustc_hash::FxHashMap;

/// Attributes of a case that are not properties. Any other attribute is one: older
/// GoogleTest and pytest's `record_xml_attribute` write properties that way.
const OWN_ATTRIBUTES: [&str; 20] = [
    "assertions",
    "class",
    "classname",
    "disabled",
    "elapsed",
    "failure",
    "file",
    "hostname",
    "id",
    "line",
    "name",
    "node",
    "owner",
    "result",
    "status",
    "time",
    "timestamp",
    "type_param",
    "url",
    "value_param",
];

/// Bytes kept of a message.
const MAX_MESSAGE: usize = 300;

/// A child element that says how a case ended.
#[derive(Debug)]
pub(super) struct Ending {
    /// What it says.
    pub(super) outcome: Outcome,
    /// The `message` attribute.
    message: String,
    /// The text within, which stands in for the message.
    pub(super) text: String,
}

impl Ending {
    pub(super) fn new(outcome: Outcome, attributes: &Attributes) -> Self {
        let message = attributes.get("message").unwrap_or_default().to_owned();
        let kind = attributes.get("type").unwrap_or_default();
        // `pytest.xfail`, unittest-xml-reporting's `XFAIL`, and pytest before 5.
        let expected = kind.to_ascii_lowercase().ends_with("xfail") || message.starts_with("expected test failure");
        let outcome = match outcome {
            Outcome::Skipped if expected => Outcome::ExpectedFailure,
            other => other,
        };
        Self { outcome, message, text: String::new() }
    }

    /// The first line that says something.
    pub(super) fn message(&self) -> String {
        let mut lines = self.message.lines().chain(self.text.lines()).map(str::trim);
        let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
        let mut end = line.len().min(MAX_MESSAGE);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        line.get(..end).unwrap_or_default().to_owned()
    }
}

/// The outcome for which a child element stands.
///
/// `rerunFailure` and `rerunError` are failures of later attempts (Surefire's
/// `surefire-test-report.xsd`, cargo-nextest): without a `failure` beside them the last
/// attempt is still not known to have passed.
pub(super) fn ending_of(element: &str) -> Option<Outcome> {
    Some(match element {
        "failure" | "rerunFailure" => Outcome::Failed,
        "error" | "rerunError" => Outcome::Error,
        "skipped" | "skip" | "ignored" => Outcome::Skipped,
        "disabled" => Outcome::NotRun,
        "flakyFailure" | "flakyError" => Outcome::Flaky,
        _ => return None,
    })
}

/// The outcome that the attributes of a case state when it has no telling child.
///
/// GoogleTest writes `status="notrun"` and `result="skipped|suppressed"`, CTest
/// `status="fail|disabled|notrun"`. Words that are not known change nothing.
fn stated(word: &str) -> Option<Outcome> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "fail" | "failed" | "failure" => Outcome::Failed,
        "error" | "errored" | "broken" | "timeout" => Outcome::Error,
        "skip" | "skipped" | "ignored" | "pending" => Outcome::Skipped,
        "notrun" | "not run" | "not_run" | "disabled" | "suppressed" => Outcome::NotRun,
        _ => return None,
    })
}

/// Which of two outcomes of one case counts: the higher one.
fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Passed => 0,
        Outcome::Flaky | Outcome::UnexpectedPass => 1,
        Outcome::NotRun => 2,
        Outcome::Skipped => 3,
        Outcome::ExpectedFailure => 4,
        Outcome::Error => 5,
        Outcome::Failed => 6,
    }
}

/// Whether a suite counts the outcome among its failures and errors.
pub(super) fn is_bad(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Failed | Outcome::Error)
}

/// A test case that is being read.
#[derive(Debug)]
pub(super) struct Case {
    suites: Vec<String>,
    class: String,
    name: String,
    file: Option<String>,
    line: Option<u32>,
    stated: Outcome,
    ending: Option<Ending>,
    /// Properties in their order.
    pub(super) properties: Vec<(String, String)>,
    start: Span,
}

impl Case {
    pub(super) fn new(suites: Vec<String>, mut attributes: Attributes, start: Span) -> Self {
        let stated = ["result", "status"]
            .iter()
            .filter_map(|name| attributes.get(name).and_then(stated))
            .max_by_key(|outcome| weight(*outcome));
        Self {
            suites,
            class: attributes.take("classname").or_else(|| attributes.take("class")).unwrap_or_default(),
            name: attributes.take("name").unwrap_or_default(),
            file: attributes.take("file").filter(|file| !file.is_empty()),
            line: attributes.take("line").and_then(|line| line.trim().parse().ok()),
            stated: stated.unwrap_or(Outcome::Passed),
            ending: None,
            properties: attributes.others(&OWN_ATTRIBUTES),
            start,
        }
    }

    pub(super) fn is_named(&self) -> bool {
        !self.name.is_empty()
    }

    /// Takes a child that says how the case ended; of several the gravest counts.
    pub(super) fn add(&mut self, ending: Ending) {
        let graver = |kept: &Ending| weight(ending.outcome) > weight(kept.outcome);
        if self.ending.as_ref().is_none_or(graver) {
            self.ending = Some(ending);
        }
    }

    /// The result, once the case is closed by the tag at `end`.
    pub(super) fn finish(self, end: Span) -> TestResult {
        let (outcome, message) = match &self.ending {
            Some(ending) => (ending.outcome, ending.message()),
            None => (self.stated, String::new()),
        };
        TestResult {
            suites: self.suites,
            class: self.class,
            name: self.name,
            file: self.file,
            line: self.line,
            outcome,
            message,
            properties: self.properties,
            span: Span::new(self.start.range().start, end.range().end),
        }
    }
}

/// Whether `second` is the entry that pytest writes beside `first` when a test failed and
/// its tear-down failed too: one test, two entries.
pub(super) fn is_tear_down_of(second: &TestResult, first: &TestResult) -> bool {
    second.outcome == Outcome::Error
        && second.message.starts_with("failed on teardown")
        && second.name == first.name
        && second.class == first.class
        && second.suites == first.suites
        && second.file == first.file
}

/// Joins the second entry of a case with the first.
pub(super) fn join(first: &mut TestResult, second: TestResult) {
    if weight(second.outcome) > weight(first.outcome) {
        first.outcome = second.outcome;
        first.message = second.message;
    }
    for property in second.properties {
        if !first.properties.contains(&property) {
            first.properties.push(property);
        }
    }
    first.span = Span::new(first.span.range().start, second.span.range().end);
}

/// The name of the suite that pytest writes.
pub(super) const PYTEST: &str = "pytest";

/// Joins several entries of one test in a suite of pytest, which begins at `before`: names are unique in a run, and the
/// plugin for reruns writes each attempt as an entry, those that failed without a word. A pass that took several is one by
/// chance.
pub(super) fn join_attempts(results: &mut Vec<TestResult>, before: usize) {
    let mut first: FxHashMap<(String, String), usize> = FxHashMap::default();
    let mut kept: Vec<TestResult> = Vec::with_capacity(results.len() - before.min(results.len()));
    for result in results.split_off(before.min(results.len())) {
        let known = first.entry((result.class.clone(), result.name.clone())).or_insert(kept.len());
        match kept.get_mut(*known) {
            Some(attempt) => {
                join(attempt, result);
                if attempt.outcome == Outcome::Passed {
                    attempt.outcome = Outcome::Flaky;
                    attempt.message = String::from("it has several attempts in one run");
                }
            }
            None => kept.push(result),
        }
    }
    results.append(&mut kept);
}
