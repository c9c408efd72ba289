//! `cargo nextest list --message-format json`: binaries, and the tests in each.

use super::{Found, damaged, place};
use crate::model::Facts;
use crate::model::inventory::{Collected, Listed};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct List<'t> {
    #[serde(default, rename = "test-count")]
    count: Option<f64>,
    #[serde(borrow, rename = "rust-suites")]
    suites: BTreeMap<&'t str, Suite<'t>>,
}

#[derive(Deserialize)]
struct Suite<'t> {
    /// `skipped` where no filter can match anything in the binary: its tests are not asked for.
    #[serde(borrow, default)]
    status: Option<Cow<'t, str>>,
    #[serde(borrow, default)]
    testcases: BTreeMap<&'t str, Case<'t>>,
}

#[derive(Deserialize)]
struct Case<'t> {
    #[serde(default)]
    ignored: bool,
    #[serde(borrow, default, rename = "filter-match")]
    filter: Option<Filter<'t>>,
}

#[derive(Deserialize)]
struct Filter<'t> {
    #[serde(borrow)]
    status: Cow<'t, str>,
    #[serde(borrow, default)]
    reason: Option<Cow<'t, str>>,
}

impl Case<'_> {
    /// A test that is ignored is run all the same where it was asked for.
    fn state(&self) -> Collected {
        match &self.filter {
            Some(filter) if filter.status == "matches" => Collected::Runs,
            Some(filter) if filter.reason.as_deref() == Some("ignored") => Collected::Ignored,
            Some(_) => Collected::FilteredOut,
            None if self.ignored => Collected::Ignored,
            None => Collected::Runs,
        }
    }
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let list: List<'_> = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(list) => list,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    for (binary, suite) in &list.suites {
        found.inventory.partial |= suite.status.as_deref().is_some_and(|status| status != "listed");
        for (name, case) in &suite.testcases {
            found.take(Listed {
                class: (*binary).to_owned(),
                name: (*name).to_owned(),
                file: None,
                state: case.state(),
                span: place(text, name),
            });
        }
    }
    found.compare(list.count);
    found.finish()
}
