//! The JSON of the Strykers: the schema of mutation testing elements.
//!
//! Each file has its text and its mutants. With coverage for each test a mutant names the tests that run it, and a killed
//! one the test that killed it: the first, unless the run was told to go on (`disableBail`).

use super::{Found, damaged, words};
use crate::model::Facts;
use crate::model::mutation::{Fate, Mutant, Named, of_source};
use crate::source::{Span, Text};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// The versions of the schema that are known, by their first number; what is read of them is the same in all.
const VERSIONS: &[&str] = &["1", "2"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    schema_version: Version,
    files: BTreeMap<String, File>,
    #[serde(default)]
    test_files: BTreeMap<String, TestFile>,
    #[serde(default)]
    config: Option<Config>,
}

/// A version as it is written: `"2"`, `"1.7"`, or the number that Infection writes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Version {
    Text(String),
    Number(f64),
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    source: Option<Hashed>,
    mutants: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(default)]
    mutator_name: String,
    #[serde(default)]
    replacement: Option<String>,
    status: String,
    location: Location,
    #[serde(default, rename = "static")]
    is_static: Option<bool>,
    #[serde(default)]
    killed_by: Option<Vec<String>>,
    #[serde(default)]
    covered_by: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Location {
    start: Position,
}

#[derive(Deserialize)]
struct Position {
    line: f64,
}

#[derive(Deserialize)]
struct TestFile {
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    id: String,
    name: String,
}

/// What of the configuration of the run matters; that of other tools may be anything.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    #[serde(default)]
    disable_bail: Option<bool>,
}

/// A text of which only a number is kept: sources are large.
struct Hashed(u64);

impl<'de> Deserialize<'de> for Hashed {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Source;
        impl Visitor<'_> for Source {
            type Value = Hashed;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the text of a file")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Hashed, E> {
                Ok(Hashed(of_source(text)))
            }
        }
        json.deserialize_str(Source)
    }
}

impl Version {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Reads a report.
pub(super) fn read(text: &Text) -> Facts {
    let mut found = Found::default();
    match serde_json::from_str::<Report>(text.as_str().trim_start_matches('\u{FEFF}')) {
        Err(error) => damaged(&mut found, text, &error),
        Ok(report) => match report.schema_version.text() {
            version if version.split('.').next().is_some_and(|major| VERSIONS.contains(&major)) => settle(report, &mut found),
            version => {
                let shown: String = version.chars().take(20).collect();
                let help = "Versions 1 and 2 of the schema are read.";
                found.problem(
                    Span::default(),
                    true,
                    format!("version `{shown}` of the schema of mutation results is not known"),
                    help,
                );
            }
        },
    }
    found.finish()
}

fn settle(report: Report, found: &mut Found) {
    found.mutation.all_tried = report.config.and_then(|config| config.disable_bail).unwrap_or(false);
    let mut tests: FxHashMap<String, u32> = FxHashMap::default();
    for (path, file) in report.test_files {
        for test in file.tests {
            let at = found.test(Named { file: path.clone(), class: String::new(), name: test.name });
            tests.insert(test.id, at);
        }
    }
    found.mutation.lists_tests = true;
    let known = |ids: Vec<String>| ids.iter().filter_map(|id| tests.get(id).copied()).collect::<Vec<u32>>();
    for (path, file) in report.files {
        if let (Some(own), Some(source)) = (found.file(&path), file.source) {
            own.source = Some(source.0);
        }
        for raw in file.mutants {
            let Some(line) = found.line(Some(raw.location.start.line), &raw.location.start.line.to_string()) else { continue };
            let fate = found.fate(fate(&raw.status), &raw.status);
            let changed = raw.replacement.map_or_else(String::new, |text| format!(": {text}"));
            // What runs while the file is loaded runs under all tests and names none.
            let covering = raw.covered_by.filter(|_| raw.is_static != Some(true)).map(known);
            let mutant = Mutant {
                line,
                what: words(&format!("{}{changed}", raw.mutator_name)),
                function: String::new(),
                fate,
                killers: raw.killed_by.map(known).unwrap_or_default(),
                covering,
            };
            found.add(&path, mutant);
        }
    }
}

fn fate(status: &str) -> Option<Fate> {
    Some(match status {
        "Killed" | "Timeout" => Fate::Killed,
        "Survived" => Fate::Survived,
        "NoCoverage" => Fate::Uncovered,
        "Pending" => Fate::Untried,
        "CompileError" | "RuntimeError" | "Ignored" => Fate::Invalid,
        _ => return None,
    })
}
