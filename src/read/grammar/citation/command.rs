//! Commands that run tests, as cells cite them: `cargo test -p pump stop::`, `pytest tests/test_x.py -k stop`.
//!
//! A command cites what it selects. Its other words are no names of tests, and what it selects is a pattern, so that
//! it is never a ghost.

use crate::model::citation::{Citation, Target, TestName};
use crate::source::Span;
use std::ops::Range;

/// Options of `cargo test` with a value that selects nothing.
const CARGO_VALUES: &[&str] =
    &["--features", "-F", "--manifest-path", "--profile", "--target", "--target-dir", "-j", "--jobs", "--config", "--bench"];

/// Options of the runner behind `--` with a value that selects nothing.
const RUNNER_VALUES: &[&str] = &["--test-threads", "--color", "--format", "--logfile", "--shuffle-seed"];

/// Options of `cargo test` by which it runs something else than all tests of its packages, in ways that are not read here.
const CARGO_NARROWS: &[&str] = &[
    "--lib",
    "--doc",
    "--bin",
    "--bins",
    "--example",
    "--examples",
    "--exclude",
    "--skip",
    "-E",
    "--filter-expr",
    "--filterset",
];

/// A word of a command and where in the cell it stands.
type Word<'t> = (&'t str, Range<usize>);

/// Reads the commands of a cell. What they select is added to `found`; what comes back is the cell without the words
/// that were read, for the other notations.
pub(super) fn take(cell: &str, base: usize, found: &mut Vec<Citation>) -> Option<String> {
    let mut rest: Option<String> = None;
    for (span, in_code) in spans(cell) {
        for words in simple(cell, span) {
            let Some((selected, read)) = select(&words, in_code) else { continue };
            let (first, last) = (words.first().map_or(0, |word| word.1.start), words.last().map_or(0, |word| word.1.end));
            let span = Span::new(base + first, base + last);
            found.extend(selected.into_iter().map(|name| Citation::new(span, Target::Test(name))));
            let rest = rest.get_or_insert_with(|| cell.to_owned());
            for (word, range) in read {
                rest.replace_range(range, &" ".repeat(word.len()));
            }
        }
    }
    rest
}

/// The parts of a cell that may be commands, and whether they are marked as code: a cell without code may be one itself.
fn spans(cell: &str) -> Vec<(Range<usize>, bool)> {
    const RUNNERS: [&str; 4] = ["cargo ", "pytest", "go test", "ctest"];
    if !RUNNERS.iter().any(|runner| cell.contains(runner)) {
        return Vec::new();
    }
    let mut at = 0;
    let parts = cell.split('`').enumerate().map(|(number, part)| {
        let range = at..at + part.len();
        at = range.end + 1;
        (range, number % 2 == 1)
    });
    let parts: Vec<(Range<usize>, bool)> = parts.collect();
    let code = parts.len() > 1;
    parts.into_iter().filter(|(_, in_code)| *in_code || !code).collect()
}

/// The words of each simple command: `cd rust && cargo test` are two.
fn simple(cell: &str, span: Range<usize>) -> Vec<Vec<Word<'_>>> {
    let mut commands = vec![Vec::new()];
    let mut at = span.start;
    for part in cell.get(span).unwrap_or("").split([' ', '\t', '\u{a0}', '\n', ';']) {
        let range = at..at + part.len();
        at = cell.get(range.end..).and_then(|rest| rest.chars().next()).map_or(range.end, |c| range.end + c.len_utf8());
        let ends = range.end < cell.len() && cell.get(range.end..).is_some_and(|rest| rest.starts_with(';'));
        let joins = matches!(part, "&&" | "||" | "|");
        if let Some(command) = commands.last_mut().filter(|_| !part.is_empty() && !joins) {
            command.push((part, range));
        }
        if joins || ends {
            commands.push(Vec::new());
        }
    }
    commands
}

/// What a command selects, and the words that say so; `None` if it runs no tests.
fn select<'t>(words: &[Word<'t>], in_code: bool) -> Option<(Vec<TestName>, Vec<Word<'t>>)> {
    let plain: Vec<&str> = words.iter().map(|(word, _)| word.trim_matches(['"', '\'', '(', ')', ','])).collect();
    let position = |name: &str| plain.iter().take(5).position(|word| *word == name);
    let next =
        |at: usize, names: &[&str]| plain.iter().skip(at + 1).take(2).position(|word| names.contains(word)).map(|by| at + by + 2);
    let from = |at: usize| plain.get(at..).unwrap_or_default();
    let (names, all) = if let Some(at) = position("cargo").and_then(|at| next(at, &["test", "nextest"])) {
        (cargo(from(at), in_code), true)
    } else if let Some(at) = position("pytest") {
        let names = pytest(from(at + 1));
        let narrowed = !names.is_empty();
        (names, narrowed)
    } else if let Some(at) = position("go").filter(|at| plain.get(at + 1) == Some(&"test")) {
        (by_option(from(at), &["-run", "--run"]), true)
    } else if let Some(at) = position("ctest") {
        (by_option(from(at), &["-R", "--tests-regex"]), true)
    } else {
        return None;
    };
    // A path that is not narrowed is read as everywhere else.
    let read = words.iter().filter(|(word, _)| in_code && (all || !word.contains(['/', '.', ':']))).cloned();
    Some((names, read.collect()))
}

/// The package, the target and the filter of `cargo test`; behind `--` stand filters too, and options of the runner.
fn cargo(words: &[&str], in_code: bool) -> Vec<TestName> {
    let mut scope = Vec::new();
    let mut filter = None;
    let mut words = words.iter().copied();
    let mut of_runner = false;
    while let Some(word) = words.next() {
        let (option, value) = word.split_once('=').map_or((word, None), |(option, value)| (option, Some(value)));
        if word == "--" {
            of_runner = true;
        } else if CARGO_NARROWS.contains(&option) {
            return Vec::new();
        } else if !of_runner && matches!(option, "-p" | "--package" | "--test") {
            scope.extend(value.or_else(|| words.next()).map(str::to_owned));
        } else if if of_runner { RUNNER_VALUES } else { CARGO_VALUES }.contains(&option) {
            let _ = value.or_else(|| words.next());
        } else if !word.starts_with('-') && word != "run" {
            // A runner takes several filters, and runs what fits any of them.
            if filter.is_some() {
                return Vec::new();
            }
            filter = Some(word).filter(|word| in_code || word.contains(['_', ':']));
        }
    }
    let mut parts: Vec<&str> = filter.unwrap_or("").split("::").filter(|part| !part.is_empty()).collect();
    let last = parts.pop();
    scope.extend(parts.into_iter().map(str::to_owned));
    match last {
        Some(last) => pattern(last, scope, None).into_iter().collect(),
        None if scope.is_empty() || scope.iter().any(|part| part.contains('*')) => Vec::new(),
        None => vec![TestName { scope, name: String::from("**"), ..TestName::default() }],
    }
}

/// The names that `pytest -k` selects in its file, if it excludes none.
fn pytest(words: &[&str]) -> Vec<TestName> {
    let file = words.iter().find(|word| word.ends_with(".py")).map(|file| (*file).to_owned());
    let Some(at) = words.iter().position(|word| *word == "-k") else { return Vec::new() };
    let terms = words.iter().skip(at + 1).take_while(|word| !word.starts_with('-') && !word.contains(['/', '.']));
    let terms: Vec<&str> = terms.copied().filter(|word| !matches!(*word, "or" | "and" | "")).collect();
    if terms.contains(&"not") {
        return Vec::new();
    }
    terms.into_iter().filter_map(|term| pattern(term, Vec::new(), file.clone())).collect()
}

/// The alternatives of the expression behind an option.
fn by_option(words: &[&str], options: &[&str]) -> Vec<TestName> {
    let Some(at) = words.iter().position(|word| options.contains(word)) else { return Vec::new() };
    let expression = words.get(at + 1).copied().unwrap_or("");
    expression.split('|').filter_map(|one| pattern(one.trim_matches(['^', '$']), Vec::new(), None)).collect()
}

/// A part of a name of letters and digits; expressions of other signs are not read.
fn pattern(text: &str, scope: Vec<String>, file: Option<String>) -> Option<TestName> {
    let word = |text: &str| text.len() > 2 && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (word(text) && scope.iter().all(|part| word(part))).then(|| TestName {
        file,
        scope,
        name: format!("*{text}*"),
        ..TestName::default()
    })
}
