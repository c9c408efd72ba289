//! `vitest list --json`: the tests that would run, each with the titles of its suites and its file.

use super::{Found, damaged, place};
use crate::model::Facts;
use crate::model::inventory::{Collected, Listed};
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Test<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(borrow)]
    file: Cow<'t, str>,
}

/// Whether a text begins with a list of names and files of tests.
pub(super) fn looks_like(head: &str) -> bool {
    let Some(first) = head.strip_prefix('[').and_then(|rest| rest.trim_start().strip_prefix('{')) else { return false };
    let first = first.split('}').next().unwrap_or_default();
    let source = [".test.", ".spec."].iter().any(|part| first.contains(part));
    source && first.contains("\"name\"") && first.contains("\"file\"")
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let tests: Vec<Test<'_>> = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(tests) => tests,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    for test in tests {
        let span = place(text, &test.name);
        let file = Some(test.file.replace('\\', "/"));
        found.take(Listed { class: String::new(), name: test.name.into_owned(), file, state: Collected::Runs, span });
    }
    found.finish()
}
