//! Results of test runs as JUnit XML.
//!
//! No standard defines the format. What is read here is what pytest, cargo-nextest,
//! GoogleTest, Maven Surefire, Jest, gotestsum, Catch2 and Node.js write: a root
//! `testsuites` or `testsuite`, suites in suites, and in them `testcase` elements
//! whose children say how they ended.
//!
//! The text comes from anywhere, so the reader expands no entity but the five
//! predefined ones and character references (XML 1.0, 4.1 and 4.6), refuses a document
//! type that declares entities, fetches nothing, and bounds depth and attributes.

mod attributes;
mod case;
mod run;

use super::results::{NO_TEST_FAILED, SHOWS_ONE};
use crate::model::evidence::Outcome;
use crate::model::{Facts, Problem};
use crate::source::{Span, Text};
use attributes::Attributes;
use case::{Case, Ending};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Elements within elements that are read; real results have fewer than ten.
const MAX_DEPTH: usize = 64;

/// Bytes kept of the text in a failure or a property.
const MAX_TEXT: usize = 2000;

/// Bytes of the name of a suite. Every case in it carries the name, so that a long one would
/// cost its length times the number of cases.
const MAX_NAME: usize = 1000;

/// What is said of a file of a run without any test.
pub const NO_CASE: &str = "the file has no test case";

/// The name of the root element of a text by its beginning, without its prefix; empty where the text is no XML, `None`
/// where what stands before the element does not end.
pub(super) fn root(head: &str) -> Option<&str> {
    let root = after_prolog(head)?.strip_prefix('<').unwrap_or_default();
    let name = root.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    Some(local(name.unwrap_or_default()))
}

/// The text behind the declaration, comments and document type (XML 1.0, 2.8); `None`
/// where one of them does not end.
fn after_prolog(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let close = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!DOCTYPE") {
            // A document type with declarations of its own keeps them in brackets.
            if rest.find('[').is_some_and(|at| Some(at) < rest.find('>')) { "]>" } else { ">" }
        } else {
            return Some(rest);
        };
        rest = rest.split_once(close)?.1.trim_start();
    }
}

/// Reads the results in a JUnit XML file.
///
/// Fills `results` and `problems` of the facts. A file that is cut off or damaged
/// yields the cases before the damage, and a problem that says that the rest is lost.
/// Several results of one name are handed on in their order; only the second entry that
/// pytest writes for a failed tear-down is joined with the first.
pub fn read(text: &Text) -> Facts {
    let mut results = Results::default();
    results.run(text.as_str());
    results.facts
}

/// What an open element is to us.
enum Frame {
    /// A suite, how many bad endings it states and has shown, and how many results stood before it.
    Suite { name: String, span: Span, stated: u64, seen: u64, before: usize },
    /// A test case.
    Case(Box<Case>),
    /// A child of a case that says how it ended.
    Ending(Ending),
    /// A property with its name and value.
    Property(String, String),
    /// Anything else: output, lists of properties, what later tools may add.
    Other,
}

/// The state of one reading.
#[derive(Default)]
struct Results {
    facts: Facts,
    open: Vec<Frame>,
    roots: usize,
}

impl Results {
    fn run(&mut self, text: &str) {
        let body = text.trim_start_matches('\u{FEFF}');
        let base = text.len() - body.len();
        let mut reader = Reader::from_str(body);
        loop {
            let start = base + offset(reader.buffer_position());
            let event = reader.read_event();
            let span = Span::new(start, base + offset(reader.buffer_position()));
            match event {
                Ok(Event::Eof) => break self.ended(Span::new(start, start)),
                Ok(event) => {
                    if !self.event(&event, span) {
                        break;
                    }
                }
                Err(error) => {
                    let at = base + offset(reader.error_position());
                    let reason = format!("the XML is damaged: {error}");
                    break self.lost(Span::new(at, span.range().end.max(at)), reason);
                }
            }
        }
        let told = self.facts.problems.iter().any(|problem| problem.whole_file);
        if self.facts.results.is_empty() && !told {
            let help = "Check that the run collected its tests; a run of none proves nothing.";
            self.problem(Span::default(), true, NO_CASE.into(), help);
        }
    }

    /// Takes one event; false when the rest of the file cannot be trusted.
    fn event(&mut self, event: &Event<'_>, span: Span) -> bool {
        match event {
            Event::Start(start) => return self.start(start, span),
            Event::Empty(start) => {
                let going_on = self.start(start, span);
                if going_on {
                    self.end(span);
                }
                return going_on;
            }
            Event::End(_) => self.end(span),
            Event::Text(text) => self.text(text, span),
            Event::CData(text) => self.text(text, span),
            Event::GeneralRef(reference) => self.reference(reference, span),
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                let reason = "the document type declares entities, which are not expanded";
                self.lost(span, reason.into());
                return false;
            }
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => {}
        }
        true
    }

    fn start(&mut self, start: &BytesStart<'_>, span: Span) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.lost(span, format!("elements are nested more than {MAX_DEPTH} deep"));
            return false;
        }
        let local = start.local_name();
        let name: &str = local.as_ref();
        if self.open.is_empty() && !self.root(name, span) {
            return false;
        }
        let frame = match name {
            "testsuites" | "testsuite" | "testcase" | "property" => {
                let attributes = self.attributes(start, span);
                self.named_frame(name, attributes, span)
            }
            _ => match case::ending_of(name) {
                Some(outcome) => {
                    let attributes = self.attributes(start, span);
                    Frame::Ending(Ending::new(outcome, &attributes))
                }
                None => Frame::Other,
            },
        };
        self.open.push(frame);
        true
    }

    /// Whether the root element is one of ours.
    fn root(&mut self, name: &str, span: Span) -> bool {
        self.roots += 1;
        if !is_suite(name) {
            let reason = format!("the root element `{name}` is that of no results that are read");
            let help = "Let the runner write JUnit XML, TRX or Robot Framework's output.xml.";
            self.problem(span, true, reason, help);
            return false;
        }
        if self.roots == 2 {
            let help = "Give each run a file of its own, so that one does not hide the other.";
            self.problem(span, false, "the file has more than one root element".into(), help);
        }
        true
    }

    fn named_frame(&mut self, element: &str, mut attributes: Attributes, span: Span) -> Frame {
        match element {
            "property" => {
                let name = attributes.take("name").unwrap_or_default();
                Frame::Property(name, attributes.take("value").unwrap_or_default())
            }
            "testcase" => {
                let case = Case::new(self.suites(), attributes, span);
                if !case.is_named() {
                    let help = "Results are matched by name: let the runner write one.";
                    self.problem(span, false, "a test case has no name".into(), help);
                }
                Frame::Case(Box::new(case))
            }
            // The name of `testsuites` is that of the run or the tool, not of a suite.
            "testsuites" => Frame::Other,
            _ => {
                if let Some(host) = attributes.get("hostname").map(str::trim).filter(|host| !host.is_empty()) {
                    let run = self.facts.run.get_or_insert_default();
                    run.environment = true;
                    run.host.get_or_insert_with(|| host.to_owned());
                }
                run::ran_on(&mut self.facts.run, attributes.get("timestamp"), span);
                let stated = self.stated(&attributes, span);
                let mut name = attributes.take("name").unwrap_or_default();
                if name.len() > MAX_NAME {
                    let reason = format!("the name of a suite has more than {MAX_NAME} bytes");
                    let help = "Give the suite a shorter name; its cases are read without it.";
                    self.problem(span, false, reason, help);
                    name.clear();
                }
                Frame::Suite { name, span, stated, seen: 0, before: self.facts.results.len() }
            }
        }
    }

    fn attributes(&mut self, start: &BytesStart<'_>, span: Span) -> Attributes {
        let (attributes, damage) = Attributes::read(start);
        if let Some(reason) = damage {
            self.problem(span, false, reason, "Correct the element, or let the runner write it.");
        }
        attributes
    }

    /// The names of the suites that are open.
    fn suites(&self) -> Vec<String> {
        let names = self.open.iter().filter_map(|frame| match frame {
            Frame::Suite { name, .. } if !name.is_empty() => Some(name.clone()),
            _ => None,
        });
        names.collect()
    }

    fn end(&mut self, span: Span) {
        match self.open.pop() {
            Some(Frame::Case(case)) => self.close_case(*case, span),
            Some(Frame::Suite { name, span, stated, seen, before }) => {
                if name == case::PYTEST {
                    case::join_attempts(&mut self.facts.results, before);
                }
                self.close_suite(span, stated, seen);
            }
            Some(Frame::Ending(ending)) => match self.innermost_case() {
                Some(case) => case.add(ending),
                None => self.stray_ending(ending, span),
            },
            Some(Frame::Property(name, value)) => match self.innermost_case() {
                Some(case) => case.properties.push((name, value.trim().to_owned())),
                None => run::take(&mut self.facts.run, &name, value.trim(), span),
            },
            Some(Frame::Other) | None => {}
        }
    }

    fn close_case(&mut self, case: Case, end: Span) {
        let result = case.finish(end);
        // Surefire counts the failures of attempts before the one that passed.
        if case::is_bad(result.outcome) || result.outcome == Outcome::Flaky {
            self.count_bad(1);
        }
        match self.facts.results.last_mut() {
            Some(last) if case::is_tear_down_of(&result, last) => case::join(last, result),
            _ => self.facts.results.push(result),
        }
    }

    /// How many failures the attributes of a suite count.
    fn stated(&mut self, attributes: &Attributes, span: Span) -> u64 {
        let mut stated = 0u64;
        for name in ["failures", "errors", "tests", "skipped"] {
            match attributes.number(name) {
                Ok(count) if matches!(name, "failures" | "errors") => stated = stated.saturating_add(count),
                Ok(_) => {}
                Err(written) => {
                    let shown: String = written.chars().take(40).collect();
                    let help = "Let the runner write the file again, and keep it as it is.";
                    self.problem(span, false, format!("`{shown}` is no number of {name}"), help);
                }
            }
        }
        stated
    }

    /// A suite whose attributes count failures that no case shows hides something.
    fn close_suite(&mut self, span: Span, stated: u64, seen: u64) {
        if stated > 0 && seen == 0 {
            let reason = format!("the suite counts {}, and no case in it {SHOWS_ONE}", failures(stated));
            let help = "Look at the log of the run: something failed outside of the test cases.";
            self.problem(span, false, reason, help);
        }
        self.count_bad(seen);
    }

    fn count_bad(&mut self, more: u64) {
        let suites = self.open.iter_mut().rev();
        let inner = suites.filter_map(|frame| match frame {
            Frame::Suite { seen, .. } => Some(seen),
            _ => None,
        });
        if let Some(seen) = inner.into_iter().next() {
            *seen += more;
        }
    }

    /// A failure that belongs to a suite and to no case.
    fn stray_ending(&mut self, ending: Ending, span: Span) {
        if case::is_bad(ending.outcome) {
            self.count_bad(1);
            let reason = format!("a suite {NO_TEST_FAILED} cases: {}", ending.message());
            let help = "Look at the log of the run: set-up or tear-down of the suite failed.";
            self.problem(span, false, reason.trim_end_matches(": ").to_owned(), help);
        }
    }

    fn innermost_case(&mut self) -> Option<&mut Case> {
        self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Case(case) => Some(case.as_mut()),
            _ => None,
        })
    }

    fn text(&mut self, text: &str, span: Span) {
        match self.open.last_mut() {
            Some(Frame::Ending(ending)) => push_bounded(&mut ending.text, text),
            Some(Frame::Property(_, value)) => push_bounded(value, text),
            None if !text.trim().is_empty() => {
                let help = "Remove it: a log and a result file may have been mixed.";
                self.problem(span, false, "text stands outside of the root element".into(), help);
            }
            _ => {}
        }
    }

    fn reference(&mut self, name: &str, span: Span) {
        let whole = format!("&{name};");
        match quick_xml::escape::unescape(&whole) {
            Ok(text) => self.text(&text, span),
            Err(error) => {
                let help = "Write the character itself; entities are not expanded.";
                self.problem(span, false, format!("`{whole}` is not known: {error}"), help);
            }
        }
    }

    /// The text is over: everything must be closed by now.
    fn ended(&mut self, at: Span) {
        if self.roots == 0 {
            let help = "Let the runner write JUnit XML to this file.";
            return self.problem(at, true, "the file holds no XML element".into(), help);
        }
        if self.open.is_empty() {
            return;
        }
        let inside = if self.innermost_case().is_some() { "a test case" } else { "the results" };
        self.lost(at, format!("the file ends in the middle of {inside}"));
    }

    fn lost(&mut self, span: Span, reason: String) {
        let help = "Run the tests again and keep the whole file; what follows here is not counted.";
        self.problem(span, true, reason, help);
    }

    fn problem(&mut self, span: Span, whole_file: bool, reason: String, help: &str) {
        self.facts.problems.push(Problem { span, whole_file, reason, help: help.to_owned() });
    }
}

/// A number of failures in words.
pub(in crate::read) fn failures(count: u64) -> String {
    if count == 1 { String::from("1 failure or error") } else { format!("{count} failures or errors") }
}

fn is_suite(name: &str) -> bool {
    matches!(name, "testsuites" | "testsuite")
}

/// The name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Offsets fit: the text is in memory.
fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn push_bounded(kept: &mut String, text: &str) {
    let mut room = MAX_TEXT.saturating_sub(kept.len()).min(text.len());
    while !text.is_char_boundary(room) {
        room -= 1;
    }
    kept.push_str(text.get(..room).unwrap_or_default());
}
