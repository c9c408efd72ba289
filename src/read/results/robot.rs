//! `output.xml` of Robot Framework: suites in suites, tests in them, and a status as the last child of each.

use super::{AGAIN, Elements, Found, MAX_TEXT, TAG, attribute, first_line, push, result};
use crate::model::Facts;
use crate::model::evidence::{Outcome, TestResult};
use crate::read::xml::walk;
use crate::source::Span;
use quick_xml::events::BytesStart;

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut run = Run::default();
    walk(text, &mut run);
    if !run.lost {
        let (stated, span) = run.stated;
        run.found.compare(span, stated);
    }
    run.found.finish()
}

/// An open element, as far as it matters.
enum Frame {
    Suite {
        name: String,
        source: Option<String>,
        first: usize,
    },
    Test {
        result: Box<TestResult>,
        ended: bool,
        /// A keyword of it ran.
        ran: bool,
        /// A keyword of it was left out.
        idle: bool,
    },
    /// A keyword.
    Keyword {
        /// It is what a suite does at its end.
        tears_down: bool,
        /// It calls no other keyword.
        leaf: bool,
    },
    /// A status, and the text in it.
    Status {
        word: String,
        text: String,
    },
    /// A tag of a test.
    Tag(String),
    Other,
}

#[derive(Default)]
struct Run {
    found: Found,
    open: Vec<Frame>,
    /// How many failures the statistics count, and where.
    stated: (u64, Span),
    lost: bool,
}

impl Elements for Run {
    /// Keywords call keywords: the runner stops at 140, and a loop or a condition takes three elements.
    const MAX_DEPTH: usize = 1000;
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span) {
        let frame = match name {
            "suite" => Frame::Suite {
                name: super::bounded(&attribute(element, "name").unwrap_or_default(), super::MAX_MESSAGE).to_owned(),
                source: attribute(element, "source").filter(|source| !source.is_empty()),
                first: self.found.facts.results.len(),
            },
            "test" => self.test(element, span),
            "kw" => {
                let kind = attribute(element, "type").unwrap_or_default();
                let of_suite = matches!(self.open.last(), Some(Frame::Suite { .. }));
                let caller = self.open.iter_mut().rev().find_map(|frame| match frame {
                    Frame::Keyword { leaf, .. } => Some(leaf),
                    _ => None,
                });
                if let Some(leaf) = caller {
                    *leaf = false;
                }
                Frame::Keyword { tears_down: of_suite && kind.eq_ignore_ascii_case("teardown"), leaf: true }
            }
            "status" => Frame::Status { word: attribute(element, "status").unwrap_or_default(), text: String::new() },
            "tag" if matches!(self.open.last(), Some(Frame::Test { .. })) => Frame::Tag(String::new()),
            "stat" => {
                // The first is that of all tests; the others count some of them again.
                if self.stated.1 == Span::default() {
                    self.stated = (self.found.count(attribute(element, "fail").as_deref(), span), span);
                }
                Frame::Other
            }
            _ => Frame::Other,
        };
        self.open.push(frame);
    }

    fn end(&mut self, _: &str) {
        match self.open.pop() {
            Some(Frame::Status { word, text }) => self.status(&word, &text),
            Some(Frame::Test { mut result, ended, ran, idle }) => {
                if !ended {
                    result.message = String::from("it has no status");
                }
                // A dry run calls a test passed whose keywords are there.
                if result.outcome == Outcome::Passed && idle && !ran {
                    (result.outcome, result.message) = (Outcome::NotRun, String::from("none of its keywords ran"));
                }
                self.found.take(*result);
            }
            Some(Frame::Tag(tag)) => {
                if let Some(Frame::Test { result, .. }) = self.open.last_mut() {
                    result.properties.push((TAG.to_owned(), tag.trim().to_owned()));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Frame::Status { text: kept, .. } | Frame::Tag(kept)) = self.open.last_mut()
            && kept.len() < MAX_TEXT
        {
            push(kept, text);
        }
    }

    fn lost(&mut self, span: Span, reason: String, help: &str) {
        self.lost = true;
        self.found.problem(span, true, reason, help);
    }
}

impl Run {
    fn test(&self, element: &BytesStart<'_>, span: Span) -> Frame {
        let suites = self.open.iter().filter_map(|frame| match frame {
            Frame::Suite { name, source, .. } => Some((name, source)),
            _ => None,
        });
        let (names, mut sources): (Vec<String>, Vec<Option<String>>) =
            suites.map(|(name, source)| (name.clone(), source.clone())).unzip();
        let class = names.last().cloned().unwrap_or_default();
        let name = attribute(element, "name").unwrap_or_default();
        let mut result = result(&class, &name, Outcome::NotRun, span);
        result.suites = names;
        result.file = sources.pop().flatten();
        result.line = attribute(element, "line").and_then(|line| line.trim().parse().ok());
        Frame::Test { result: Box::new(result), ended: false, ran: false, idle: false }
    }

    /// A status says how the element ended in which it stands.
    fn status(&mut self, word: &str, text: &str) {
        match self.open.last_mut() {
            Some(Frame::Test { result, ended, .. }) => {
                result.outcome = match word {
                    "PASS" => Outcome::Passed,
                    "FAIL" => Outcome::Failed,
                    "SKIP" => Outcome::Skipped,
                    // `NOT RUN` of a dry run, and whatever else is no pass.
                    _ => Outcome::NotRun,
                };
                result.message = first_line(text);
                *ended = true;
            }
            Some(Frame::Keyword { tears_down: true, .. }) if matches!(word, "FAIL" | "SKIP") => self.spoil(word),
            Some(Frame::Keyword { leaf: true, .. }) => self.keyword(word),
            _ => {}
        }
    }

    /// Notes for the open test whether a keyword of it ran.
    fn keyword(&mut self, word: &str) {
        let test = self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Test { ran, idle, .. } => Some((ran, idle)),
            _ => None,
        });
        if let Some((ran, idle)) = test {
            *(if word == "NOT RUN" { idle } else { ran }) = true;
        }
    }

    /// When a suite fails at its very end its tests are written already, and none of them counts as passed.
    fn spoil(&mut self, word: &str) {
        let first = self.open.iter().rev().find_map(|frame| match frame {
            Frame::Suite { first, .. } => Some(*first),
            _ => None,
        });
        let (outcome, why) = match word {
            "FAIL" => (Outcome::Failed, "the tear-down of its suite failed"),
            _ => (Outcome::Skipped, "the tear-down of its suite skipped it"),
        };
        let tests = first.and_then(|first| self.found.facts.results.get_mut(first..)).unwrap_or_default();
        for test in tests.iter_mut().filter(|test| test.outcome == Outcome::Passed) {
            (test.outcome, test.message) = (outcome, why.to_owned());
        }
    }
}
