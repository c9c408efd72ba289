//! `ctest --show-only=json-v1`: what `add_test` and the discovery of test frameworks registered.

use super::{Found, damaged, place};
use crate::model::Facts;
use crate::model::inventory::{Collected, Listed};
use crate::source::Span;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;

#[derive(Deserialize)]
struct List<'t> {
    #[serde(borrow)]
    tests: Vec<Test<'t>>,
    #[serde(default)]
    version: Option<Version>,
}

#[derive(Deserialize)]
struct Version {
    major: f64,
}

/// The version of the list that is known.
const VERSION: f64 = 1.0;

#[derive(Deserialize)]
struct Test<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
    /// Absent where the program was not built.
    #[serde(default)]
    command: Option<Vec<IgnoredAny>>,
    #[serde(borrow, default)]
    properties: Vec<Property<'t>>,
}

#[derive(Deserialize)]
struct Property<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(default)]
    value: serde_json::Value,
}

/// The ending of the name under which a program is registered whose tests could not be asked for.
const NOT_BUILT: &str = "_NOT_BUILT";

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let list: List<'_> = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(list) => list,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    if let Some(version) = list.version.filter(|version| (version.major - VERSION).abs() > 0.5) {
        let reason = format!("version {} of the list of CTest is not known", version.major);
        found.problem(Span::default(), true, reason, "Let CTest print the list with `--show-only=json-v1`.");
        return found.problems();
    }
    for test in &list.tests {
        let span = place(text, &test.name);
        if let Some(program) = test.name.strip_suffix(NOT_BUILT) {
            found.inventory.partial = true;
            let reason = format!("the program `{program}` was not built when its tests were listed");
            found.problem(span, false, reason, "Build it before the list is printed: what it would list is not known.");
            continue;
        }
        let disabled = test.properties.iter().any(|one| one.name == "DISABLED" && one.value == serde_json::Value::Bool(true));
        let state = match (disabled, &test.command) {
            (true, _) => Collected::Ignored,
            (false, Some(command)) if !command.is_empty() => Collected::Runs,
            _ => Collected::Unbuilt,
        };
        found.take(Listed { class: String::new(), name: test.name.clone().into_owned(), file: None, state, span });
    }
    found.finish()
}
