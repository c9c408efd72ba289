//! `outcomes.json` of cargo-mutants. It knows no tests: a mutant is caught by the whole suite, or missed.

use super::{Found, TO_THE_END, damaged, words};
use crate::model::Facts;
use crate::model::mutation::{Fate, Mutant};
use crate::source::{Span, Text};
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
struct Run {
    outcomes: Vec<Outcome>,
    /// `null` as long as the run goes on; older versions do not tell it.
    #[serde(default, deserialize_with = "told")]
    end_time: Option<Told>,
}

/// Whether a time is given.
enum Told {
    Time,
    Null,
}

fn told<'de, D: serde::Deserializer<'de>>(json: D) -> Result<Option<Told>, D::Error> {
    Ok(Some(if Option::<IgnoredAny>::deserialize(json)?.is_some() { Told::Time } else { Told::Null }))
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: String,
}

#[derive(Deserialize)]
enum Scenario {
    // Until version 23.
    #[serde(alias = "SourceTree")]
    Baseline,
    Mutant(Change),
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    name: Option<String>,
    file: String,
    #[serde(default)]
    function: Option<Function>,
    span: Range,
    #[serde(default)]
    replacement: String,
}

#[derive(Deserialize)]
struct Function {
    function_name: String,
}

#[derive(Deserialize)]
struct Range {
    start: Position,
}

#[derive(Deserialize)]
struct Position {
    line: f64,
}

/// Reads the outcomes of a run.
pub(super) fn read(text: &Text) -> Facts {
    let mut found = Found::default();
    match serde_json::from_str::<Run>(text.as_str().trim_start_matches('\u{FEFF}')) {
        Err(_) if text.as_str().contains("\"SourceTree\"") => {
            let help = "Run the mutation tests with a newer version.";
            found.problem(Span::default(), true, "it is of a version of cargo-mutants before 23, which is not read", help);
        }
        Err(error) => damaged(&mut found, text, &error),
        Ok(run) => settle(run, &mut found),
    }
    found.finish()
}

fn settle(run: Run, found: &mut Found) {
    if matches!(run.end_time, Some(Told::Null)) {
        let reason = "the run of cargo-mutants did not come to its end: mutants that it did not try are missing";
        found.problem(Span::default(), false, reason, TO_THE_END);
    }
    for Outcome { scenario, summary } in run.outcomes {
        let Scenario::Mutant(change) = scenario else {
            if summary != "Success" {
                let help = "Let the tests pass on the code as it is, then run the mutation tests again.";
                found.problem(Span::default(), true, "the tests failed before anything was changed", help);
            }
            continue;
        };
        let Some(line) = found.line(Some(change.span.start.line), &change.span.start.line.to_string()) else { continue };
        let fate = found.fate(fate(&summary), &summary);
        // `src/lib.rs:3:5: replace heat -> bool with true`.
        let told = change
            .name
            .as_deref()
            .and_then(|name| name.strip_prefix(change.file.as_str()))
            .and_then(|rest| rest.split_once(": "));
        let what = told.map_or_else(|| format!("replaced with {}", change.replacement), |(_, what)| what.to_owned());
        let function = change.function.map(|function| function.function_name).unwrap_or_default();
        let function = function.rsplit("::").next().unwrap_or("").to_owned();
        let mutant = Mutant { line, what: words(&what), function, fate, killers: Vec::new(), covering: None };
        found.add(&change.file, mutant);
    }
}

fn fate(summary: &str) -> Option<Fate> {
    Some(match summary {
        "CaughtMutant" | "Timeout" => Fate::Killed,
        "MissedMutant" => Fate::Survived,
        "Unviable" => Fate::Invalid,
        // `--check` builds the mutants and runs no test.
        "Success" | "Failure" => Fate::Untried,
        _ => return None,
    })
}
