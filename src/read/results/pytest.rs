//! The report of pytest-json-report: tests by their node ids, and what could not be collected.

use super::{Found, NO_TEST_FAILED, UNREAD_FORMAT, begins_object, damaged, dated, first_line, place, result};
use crate::model::Facts;
use crate::model::evidence::Outcome;
use crate::source::{Span, Text};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Run<'t> {
    #[serde(default)]
    created: f64,
    exitcode: i64,
    #[serde(borrow, default)]
    environment: BTreeMap<Cow<'t, str>, IgnoredAny>,
    #[serde(default)]
    summary: BTreeMap<String, f64>,
    #[serde(borrow, default)]
    collectors: Vec<Node<'t>>,
    #[serde(borrow)]
    tests: Option<Vec<Node<'t>>>,
}

/// A test, or a file from which tests are collected.
#[derive(Deserialize)]
struct Node<'t> {
    #[serde(borrow)]
    nodeid: Cow<'t, str>,
    #[serde(borrow)]
    outcome: Cow<'t, str>,
    /// Lines count from zero.
    #[serde(default)]
    lineno: Option<u32>,
    #[serde(borrow, default)]
    setup: Option<Stage<'t>>,
    #[serde(borrow, default)]
    call: Option<Stage<'t>>,
    #[serde(borrow, default)]
    teardown: Option<Stage<'t>>,
    #[serde(borrow, default)]
    longrepr: Option<Cow<'t, str>>,
}

#[derive(Deserialize)]
struct Stage<'t> {
    #[serde(borrow, default)]
    crash: Option<Crash<'t>>,
}

#[derive(Deserialize)]
struct Crash<'t> {
    #[serde(borrow, default)]
    message: Cow<'t, str>,
}

/// Whether a text begins as such a report does.
pub(super) fn looks_like(head: &str) -> bool {
    begins_object(head) && ["\"created\"", "\"exitcode\"", "\"root\""].iter().all(|key| head.contains(key))
}

/// Reads a file.
pub(super) fn read(text: &Text) -> Facts {
    let source = text.as_str();
    let run: Run<'_> = match serde_json::from_str(source.trim_start_matches('\u{FEFF}')) {
        Ok(run) => run,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    for lost in run.collectors.iter().filter(|one| one.outcome == "failed") {
        let said = first_line(lost.longrepr.as_deref().unwrap_or_default());
        let reason = format!("`{}` {NO_TEST_FAILED}s: {said}", lost.nodeid);
        let help = "Look at the log of the run: pytest could not collect the tests of this file.";
        found.problem(place(source, &lost.nodeid), false, reason.trim_end_matches(": "), help);
    }
    let Some(tests) = run.tests else {
        // With `--json-report-summary` it counts and names no test.
        let reason = format!("{UNREAD_FORMAT}a summary of pytest-json-report, which names no test");
        found.problem(Span::default(), false, reason, "Let pytest write the whole report: without `--json-report-summary`.");
        return found.facts;
    };
    for test in &tests {
        take(&mut found, source, test);
    }
    let whole = Span::default();
    let listed = f64::from(u32::try_from(tests.len()).unwrap_or(u32::MAX));
    match run.summary.get("total").filter(|total| **total > listed) {
        Some(total) => {
            found.problem(whole, true, format!("the run counts {total} tests and the file has {listed}"), super::AGAIN)
        }
        // 1 is failed tests; what is above it failed beside them. 5 is a run of none.
        None if run.exitcode != 0 && run.exitcode != 5 && found.facts.problems.is_empty() => found.failed(whole),
        None => {}
    }
    dated(&mut found, run.created);
    if !run.environment.is_empty() {
        found.facts.run.get_or_insert_default().environment = true;
    }
    found.finish()
}

fn take(found: &mut Found, source: &str, test: &Node<'_>) {
    let outcome = match &*test.outcome {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "error" => Outcome::Error,
        "skipped" => Outcome::Skipped,
        "xfailed" => Outcome::ExpectedFailure,
        "xpassed" => Outcome::UnexpectedPass,
        "rerun" => Outcome::Flaky,
        other => {
            let reason = format!("the outcome `{}` is not known", super::bounded(other, 40));
            let help = "Look at the run; a test counts as passed only where the file says `passed`.";
            found.problem(place(source, &test.outcome), false, reason, help);
            Outcome::Error
        }
    };
    // What stands in the values of a parameter belongs to the name.
    let plain = test.nodeid.find('[').unwrap_or(test.nodeid.len());
    let (before, values) = test.nodeid.split_at(plain);
    let (around, name) = before.rsplit_once("::").unwrap_or(("", before));
    let (file, classes) = around.split_once("::").unwrap_or((around, ""));
    let mut one = result(&classes.replace("::", "."), &format!("{name}{values}"), outcome, place(source, &test.nodeid));
    one.file = (!file.is_empty()).then(|| file.to_owned());
    one.line = test.lineno.and_then(|line| line.checked_add(1));
    let stages = [&test.setup, &test.call, &test.teardown];
    let crash = stages.into_iter().flatten().find_map(|stage| stage.crash.as_ref());
    one.message = crash.map_or_else(String::new, |crash| first_line(&crash.message));
    found.take(one);
}
