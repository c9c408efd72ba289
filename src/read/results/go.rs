//! The events of `go test -json`: one JSON object a line, as `cmd/test2json` describes them.
//!
//! A test that is run several times has several ends. The last one counts, except that a pass after a failure is a pass
//! by chance.

use super::{AGAIN, Found, NO_TEST_FAILED, first_line, push, result};
use crate::model::Facts;
use crate::model::evidence::Outcome;
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;

/// One event; what else it holds is of no interest here.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Event<'t> {
    #[serde(borrow)]
    action: Cow<'t, str>,
    #[serde(borrow, default)]
    package: Cow<'t, str>,
    #[serde(borrow, default)]
    test: Option<Cow<'t, str>>,
    #[serde(borrow, default)]
    output: Option<Cow<'t, str>>,
}

/// What is known of one test.
#[derive(Default)]
struct Test {
    /// How it ended, where it did.
    ended: Option<Outcome>,
    /// It runs: it began and has not ended yet.
    runs: bool,
    /// What it printed in this run.
    output: String,
    message: String,
    span: Span,
}

/// What is known of one package.
#[derive(Default)]
struct Package<'t> {
    tests: FxHashMap<Cow<'t, str>, usize>,
    /// It began and has not ended yet.
    runs: bool,
    /// A test of it failed since it began.
    failed: bool,
    /// It failed last time although none of its tests did, and where that stands.
    alone: Option<Span>,
    output: String,
    span: Span,
}

/// Whether a text begins with events. Other programs may have written a few lines before them.
pub(super) fn looks_like(head: &str) -> bool {
    let first = head.trim_start_matches('\u{FEFF}').lines().find(|line| line.trim_start().starts_with('{'));
    first.is_some_and(|line| {
        line.contains("\"Action\":\"") && ["\"Package\":\"", "\"ImportPath\":\""].iter().any(|key| line.contains(key))
    })
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut run = Run::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        run.line(line.trim_start_matches('\u{FEFF}').trim(), span, line.ends_with('\n'));
    }
    run.finish(Span::new(text.len(), text.len()))
}

#[derive(Default)]
struct Run<'t> {
    found: Found,
    packages: FxHashMap<Cow<'t, str>, usize>,
    /// In the order in which they came, so that the results are.
    listed: Vec<(Cow<'t, str>, Package<'t>)>,
    tests: Vec<(usize, Cow<'t, str>, Test)>,
    /// Lines that are no events, and the first of them.
    strange: Option<(usize, Span)>,
    cut: bool,
}

impl<'t> Run<'t> {
    fn line(&mut self, line: &'t str, span: Span, whole: bool) {
        if line.is_empty() {
            return;
        }
        match serde_json::from_str::<Event<'t>>(line) {
            Ok(event) => self.event(event, span),
            Err(_) if !whole && line.starts_with('{') => {
                self.cut = true;
                self.found.problem(span, true, "the file ends in the middle of an event", AGAIN);
            }
            Err(_) => {
                let (number, first) = self.strange.unwrap_or((0, span));
                self.strange = Some((number + 1, first));
            }
        }
    }

    fn event(&mut self, event: Event<'t>, span: Span) {
        // What a build prints belongs to no package that runs.
        if event.package.is_empty() {
            return;
        }
        let at = self.package(event.package);
        match event.test.filter(|name| !name.is_empty()) {
            Some(name) => self.test(at, name, &event.action, event.output.as_deref(), span),
            None => self.whole(at, &event.action, event.output.as_deref(), span),
        }
    }

    fn package(&mut self, name: Cow<'t, str>) -> usize {
        if let Some(at) = self.packages.get(&name) {
            return *at;
        }
        let at = self.listed.len();
        self.packages.insert(name.clone(), at);
        self.listed.push((name, Package::default()));
        at
    }

    /// An event of a test.
    fn test(&mut self, at: usize, name: Cow<'t, str>, action: &str, output: Option<&str>, span: Span) {
        let Some((_, package)) = self.listed.get_mut(at) else { return };
        let next = self.tests.len();
        let index = *package.tests.entry(name.clone()).or_insert(next);
        if index == next {
            self.tests.push((at, name, Test { span, ..Test::default() }));
        }
        let Some((_, _, test)) = self.tests.get_mut(index) else { return };
        if !package.runs {
            (package.runs, package.span) = (true, span);
        }
        let outcome = match action {
            "run" => {
                test.output.clear();
                (test.runs, test.span) = (true, span);
                return;
            }
            "output" => return test.prints(output.unwrap_or_default()),
            "pass" if matches!(test.ended, Some(Outcome::Failed | Outcome::Flaky)) => Outcome::Flaky,
            "pass" => Outcome::Passed,
            "fail" => Outcome::Failed,
            "skip" => Outcome::Skipped,
            _ => return,
        };
        package.failed |= outcome == Outcome::Failed;
        if outcome != Outcome::Passed && outcome != Outcome::Flaky {
            test.message = first_line(&test.output);
        }
        (test.ended, test.runs, test.span) = (Some(outcome), false, span);
    }

    /// An event of a package as a whole.
    fn whole(&mut self, at: usize, action: &str, output: Option<&str>, span: Span) {
        let Some((_, package)) = self.listed.get_mut(at) else { return };
        match action {
            "start" => {
                package.output.clear();
                (package.runs, package.failed, package.span) = (true, false, span);
            }
            "output" => push(&mut package.output, output.unwrap_or_default()),
            "fail" => {
                package.alone = (!package.failed).then_some(span);
                (package.runs, package.failed) = (false, false);
            }
            "pass" | "skip" => (package.runs, package.failed, package.alone) = (false, false, None),
            _ => {}
        }
    }

    fn finish(mut self, end: Span) -> Facts {
        if let Some((number, first)) = self.strange {
            let reason = match number {
                1 => String::from("a line is no event of `go test -json`"),
                _ => format!("{number} lines are no events of `go test -json`; this is the first"),
            };
            let help = "Keep the output of other programs out of the file; what these lines say of tests is not counted.";
            self.found.problem(first, false, reason, help);
        }
        let open: Vec<&str> = self.listed.iter().filter(|(_, one)| one.runs).map(|(name, _)| name.as_ref()).collect();
        if let (Some(first), false) = (open.first(), self.cut) {
            let reason =
                format!("the file ends before the run of the package `{}` does", super::bounded(first, super::MAX_MESSAGE));
            self.found.problem(end, true, reason, AGAIN);
        }
        for (at, name, test) in self.tests {
            let Some((package, state)) = self.listed.get(at) else { continue };
            let (outcome, message) = match test.ended.filter(|_| !test.runs) {
                // Nobody knows which of its tests a package that failed by itself has spoilt.
                Some(Outcome::Passed) if state.alone.is_some() => (Outcome::Error, format!("its package {NO_TEST_FAILED}s")),
                Some(outcome) => (outcome, test.message),
                None => (Outcome::Error, String::from("it began and did not end")),
            };
            let mut result = result(package, &name, outcome, test.span);
            result.message = message;
            self.found.take(result);
        }
        for (name, package) in &self.listed {
            let Some(span) = package.alone else { continue };
            let name = super::bounded(name, super::MAX_MESSAGE);
            let said = first_line(package.output.trim_start_matches("FAIL").trim_start());
            let reason = format!("the package `{name}` {NO_TEST_FAILED}s: {said}");
            let help = "Look at the log of the run: the package does not build, or something failed beside the tests.";
            self.found.problem(span, false, reason.trim_end_matches(": "), help);
        }
        self.found.finish()
    }
}

impl Test {
    /// Keeps what a test prints, without the lines of the runner.
    fn prints(&mut self, output: &str) {
        let line = output.trim_start();
        if !["=== ", "--- "].iter().any(|mark| line.starts_with(mark)) {
            push(&mut self.output, output);
        }
    }
}
