//! `go test -list . ./...`: names of tests, and behind those of each package a line that says which package it is.
//!
//! Another pattern than `.` leaves tests out without a word: what is not in the list may exist.

use super::{AGAIN, Found, place};
use crate::model::Facts;
use crate::model::inventory::{Collected, Listed};
use crate::source::Span;

/// Whether a text lists names of Go tests, and at last their package.
pub(super) fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| is_name(line) || package(line).is_some()) && head.lines().any(|line| package(line).is_some())
}

/// A name that the runner would run: `TestStart`, `FuzzParse`, `ExampleRun`.
fn is_name(line: &str) -> bool {
    let rest = ["Test", "Fuzz", "Example", "Benchmark"].iter().find_map(|prefix| line.strip_prefix(prefix));
    let word = |rest: &str| rest.chars().all(|c| c.is_alphanumeric() || c == '_');
    rest.is_some_and(|rest| word(rest) && !rest.starts_with(char::is_lowercase))
}

/// The package of a line that ends its list: `ok  example.org/pump 0.004s`, `?  example.org/pump/data [no test files]`.
fn package(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let begins = matches!(words.next(), Some("ok" | "?"));
    let name = words.next().filter(|name| !name.starts_with(['[', '(']))?;
    let rest = words.next()?;
    let ends = rest.ends_with('s') && rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with(['[', '(']);
    (begins && ends).then_some(name)
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut found = Found::default();
    found.inventory.partial = true;
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if is_name(line) {
            open.push(line);
        } else if let Some(package) = package(line) {
            for name in open.drain(..).filter(|name| !name.starts_with("Benchmark")) {
                let span = place(text, name);
                found.take(Listed { class: package.to_owned(), name: name.to_owned(), file: None, state: Collected::Runs, span });
            }
        } else if line.starts_with("FAIL") {
            let help = "Make it build: none of its tests is collected, and none of them runs.";
            found.problem(place(text, line), false, format!("the runner could not list a package: {line}"), help);
        }
    }
    if !open.is_empty() {
        let end = Span::new(text.len(), text.len());
        found.problem(end, true, "the list ends without the line that names the package of its last tests", AGAIN);
    }
    found.finish()
}
