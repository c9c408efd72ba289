//! Inventories of tests as runners print them: what they would run, without running it.

mod ctest;
mod go;
mod jest;
mod nextest;
mod pytest;
mod vitest;

use crate::model::inventory::{Inventory, Listed};
use crate::model::{Facts, Problem};
use crate::source::{Span, Text};

/// Bytes of a file in which it must show what it is.
const SNIFFED: usize = 4096;

/// Bytes of a name; whatever is longer names no test.
const MAX_NAME: usize = 2000;

/// What to do about damage.
const AGAIN: &str = "Let the runner print the list again, and keep the whole file.";

/// A format of inventories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `cargo nextest list --message-format json`.
    Nextest,
    /// `ctest --show-only=json-v1`.
    Ctest,
    /// `pytest --collect-only -q`.
    Pytest,
    /// `vitest list --json`.
    Vitest,
    /// `go test -list . ./...`.
    Go,
    /// `jest --listTests --json`.
    Jest,
}

impl Format {
    /// The name of its reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nextest => "nextest list",
            Self::Ctest => "ctest list",
            Self::Pytest => "pytest list",
            Self::Vitest => "vitest list",
            Self::Go => "go list",
            Self::Jest => "jest list",
        }
    }
}

/// The format of a text, `None` where it is no inventory.
pub fn format(text: &str) -> Option<Format> {
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    if body.starts_with('[') {
        let jest = || jest::looks_like(head(body)).then_some(Format::Jest);
        return vitest::looks_like(head(body)).then_some(Format::Vitest).or_else(jest);
    }
    if !body.starts_with('{') {
        let go = || go::looks_like(head(body)).then_some(Format::Go);
        return pytest::looks_like(head(body)).then_some(Format::Pytest).or_else(go);
    }
    let start = head(body);
    let first = start.get(1..).unwrap_or_default().trim_start();
    match () {
        () if ["\"rust-build-meta\"", "\"rust-suites\""].iter().any(|key| first.starts_with(key)) => Some(Format::Nextest),
        // What the tests were declared by stands before them and may be long.
        () if first.starts_with("\"backtraceGraph\"") || start.contains("\"ctestInfo\"") => Some(Format::Ctest),
        () => None,
    }
}

/// Whether the first line of a text is a test as pytest lists it.
pub fn begins_with_test(text: &str) -> bool {
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    body.starts_with(char::is_alphanumeric) && pytest::looks_like(body.lines().next().unwrap_or(""))
}

/// Whether a list of pytest ends with the line that counts its tests.
pub fn is_counted(text: &str) -> bool {
    text.lines().rev().take(200).any(pytest::counts)
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(SNIFFED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Reads a file of a known format: fills `inventory` and `problems` of the facts.
pub fn read(format: Format, text: &Text) -> Facts {
    let text = text.as_str();
    match format {
        Format::Nextest => nextest::read(text),
        Format::Ctest => ctest::read(text),
        Format::Pytest => pytest::read(text),
        Format::Vitest => vitest::read(text),
        Format::Go => go::read(text),
        Format::Jest => jest::read(text),
    }
}

/// What is said of a file that is called an inventory and is in none of the formats.
pub fn unknown() -> Facts {
    let mut found = Found::default();
    let help = "Write `cargo nextest list --message-format json`, `ctest --show-only=json-v1`, `pytest --collect-only -q`, `vitest list --json`, `jest --listTests --json` or `go test -list . ./...`.";
    found.problem(Span::default(), true, "it is in no format of inventories that is read", help);
    found.problems()
}

/// What was found so far.
#[derive(Default)]
struct Found {
    inventory: Inventory,
    problems: Vec<Problem>,
}

impl Found {
    fn problem(&mut self, span: Span, whole_file: bool, reason: impl Into<String>, help: &str) {
        self.problems.push(Problem { span, whole_file, reason: reason.into(), help: help.to_owned() });
    }

    /// Takes a test, if it has a name that can be looked up.
    fn take(&mut self, listed: Listed) {
        if listed.name.is_empty() || listed.name.len() > MAX_NAME || listed.class.len() > MAX_NAME {
            self.inventory.partial = true;
            return;
        }
        self.inventory.tests.push(listed);
    }

    /// Takes a file of which only the path is told.
    fn take_file(&mut self, path: &str, span: Span) {
        if path.is_empty() || path.len() > MAX_NAME {
            self.inventory.partial = true;
            return;
        }
        self.inventory.files.push((path.to_owned(), span));
    }

    /// Compares with the number that the runner states: a list that lost a part is no list of all.
    fn compare(&mut self, stated: Option<f64>) {
        let listed = u32::try_from(self.inventory.tests.len()).unwrap_or(u32::MAX);
        if let Some(stated) = stated.filter(|stated| *stated < 0.0 || *stated > f64::from(listed)) {
            self.inventory.partial = true;
            let reason = format!("the list counts {stated} tests and has {listed}");
            self.problem(Span::default(), false, reason, AGAIN);
        }
    }

    /// What is left where nothing was listed.
    fn problems(self) -> Facts {
        Facts { problems: self.problems, ..Facts::default() }
    }

    /// The facts, with a word if there is nothing in them.
    fn finish(mut self) -> Facts {
        if self.inventory.count() == 0 {
            if !self.problems.iter().any(|problem| problem.whole_file) {
                let help = "Check that the runner finds its tests; an empty list proves nothing.";
                self.problem(Span::default(), true, "the list has no test", help);
            }
            return self.problems();
        }
        Facts { inventory: Some(Box::new(self.inventory)), problems: self.problems, ..Facts::default() }
    }
}

/// Where a part of a text stands in it; the beginning where it is no part.
fn place(text: &str, part: &str) -> Span {
    let at = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    let inside = at.checked_add(part.len()).is_some_and(|end| end <= text.len());
    if inside { Span::new(at, at + part.len()) } else { Span::default() }
}

/// A JSON error as a problem: nothing behind it was read.
fn damaged(text: &str, error: &serde_json::Error) -> Facts {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    // Columns count bytes, and a mark may stand before them.
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let reason =
        if error.is_eof() { String::from("the file ends in the middle") } else { format!("the JSON cannot be read: {error}") };
    let mut found = Found::default();
    found.problem(Span::new(at, at), true, reason, AGAIN);
    found.problems()
}
