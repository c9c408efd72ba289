//! What Jest writes with `--json`, and Vitest with `--reporter=json`: the files that ran, with their tests and what is around
//! each.

use super::{Found, NO_TEST_FAILED, begins_object, damaged, dated, first_line, place, result};
use crate::model::Facts;
use crate::model::evidence::Outcome;
use crate::source::{Span, Text};
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run<'t> {
    #[serde(borrow)]
    test_results: Vec<File<'t>>,
    #[serde(default)]
    num_failed_tests: f64,
    num_total_tests: f64,
    #[serde(default)]
    start_time: f64,
    success: Option<bool>,
    #[serde(default)]
    was_interrupted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(borrow)]
    assertion_results: Vec<Case<'t>>,
    #[serde(borrow, default)]
    status: Cow<'t, str>,
    #[serde(borrow, default)]
    message: Option<Cow<'t, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case<'t> {
    #[serde(borrow, default)]
    ancestor_titles: Vec<Title<'t>>,
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow)]
    status: Cow<'t, str>,
    #[serde(borrow, default)]
    failure_messages: Option<Vec<Title<'t>>>,
    #[serde(default)]
    invocations: Option<f64>,
    #[serde(default)]
    location: Option<Location>,
}

/// A text in a list, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
struct Title<'t>(#[serde(borrow)] Cow<'t, str>);

#[derive(Deserialize)]
struct Location {
    line: Option<u32>,
}

/// Whether a text begins as such a report does.
pub(super) fn looks_like(head: &str) -> bool {
    begins_object(head) && ["\"numTotalTests\"", "\"numTotalTestSuites\""].iter().any(|key| head.contains(key))
}

/// Reads a file.
pub(super) fn read(text: &Text) -> Facts {
    let source = text.as_str();
    let run: Run<'_> = match serde_json::from_str(source.trim_start_matches('\u{FEFF}')) {
        Ok(run) => run,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    let mut listed = 0.0;
    for file in &run.test_results {
        if file.status == "failed" && !file.assertion_results.iter().any(|case| case.status == "failed") {
            let said = first_line(file.message.as_deref().unwrap_or_default());
            let reason = format!("`{}` {NO_TEST_FAILED}s: {said}", file.name);
            let help = "Look at the log of the run: the file does not load, or something failed beside its tests.";
            found.problem(place(source, &file.name), false, reason.trim_end_matches(": "), help);
        }
        listed += f64::from(u32::try_from(file.assertion_results.len()).unwrap_or(u32::MAX));
        for case in &file.assertion_results {
            take(&mut found, source, file, case);
        }
    }
    let whole = Span::default();
    if run.was_interrupted {
        found.problem(whole, false, "the run was interrupted before its end", super::AGAIN);
    }
    if run.num_total_tests > listed {
        let reason = format!("the run counts {} tests and the file has {listed}", run.num_total_tests);
        found.problem(whole, true, reason, super::AGAIN);
    }
    let bad = |one: &crate::model::evidence::TestResult| matches!(one.outcome, Outcome::Failed | Outcome::Error);
    if run.num_failed_tests > 0.0 && !found.facts.results.iter().any(bad) {
        found.compare(whole, 1);
    } else if run.success == Some(false) && found.facts.problems.is_empty() {
        found.failed(whole);
    }
    dated(&mut found, run.start_time / 1000.0);
    found.finish()
}

fn take(found: &mut Found, source: &str, file: &File<'_>, case: &Case<'_>) {
    let outcome = match &*case.status {
        // A retry that passed is a pass by chance.
        "passed" if case.invocations.is_some_and(|count| count > 1.0) => Outcome::Flaky,
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "skipped" | "pending" | "todo" => Outcome::Skipped,
        "disabled" => Outcome::NotRun,
        other => {
            let reason = format!("the outcome `{}` is not known", super::bounded(other, 40));
            let help = "Look at the run; a test counts as passed only where the file says `passed`.";
            found.problem(place(source, &case.status), false, reason, help);
            Outcome::Error
        }
    };
    // Vitest counts the file as a suite without a title.
    let titles = case.ancestor_titles.iter().map(|Title(title)| title.clone().into_owned());
    let suites: Vec<String> = titles.filter(|title| !title.is_empty()).collect();
    let mut one = result("", &case.title, outcome, place(source, &case.title));
    one.suites = suites;
    one.file = Some(file.name.replace('\\', "/"));
    one.line = case.location.as_ref().and_then(|location| location.line);
    let said = case.failure_messages.as_deref().and_then(<[_]>::first);
    one.message = said.map_or_else(String::new, |Title(said)| first_line(said));
    found.take(one);
}
