//! # R06 method-missing
//!
//! Where a specification has a column for the verification method, each requirement in force names one of
//! test, analysis, inspection or demonstration. A specification that uses the column for something else is left alone.
//!
//! ## Why it matters
//! Without a method nobody can say whether a test is missing or was never meant to exist. The gap is usually
//! found at the release, when it is too late to prepare an analysis or an inspection.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement | Verification Method |
//! |---|---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. | Test |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. | |
//! | REQ-BREW-003 | The machine shall weigh less than 6 kg. | Inspection |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement | Verification Method |
//! |---|---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. | Test |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. | Test |
//! | REQ-BREW-003 | The machine shall weigh less than 6 kg. | Inspection |
//! ```
//!
//! ## What to do
//! Write the method: test, analysis, inspection or demonstration, or several of them.
//!
//! ## Serves
//! ISO/IEC/IEEE 29148

use super::Check;
use super::fold::{Many, fold};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::model::requirement::{Definition, Standing};
use crate::model::vocabulary::{levels, methods, words};
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "R06", name: "method-missing", severity: Severity::Warning, source: include_str!("method_missing.rs"), run };

/// What the place for the method holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Known,
    Empty,
    Unknown,
}

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut columns: BTreeMap<(FileId, u32), Column> = BTreeMap::new();
    let mut understood = FxHashMap::default();
    let asked: Vec<(&Requirement, &Definition, Method)> =
        graph.requirements.iter().filter_map(|one| asked(graph, one, &mut understood)).collect();
    for (one, definition, method) in &asked {
        let column = columns.entry((one.place.file, definition.group)).or_default();
        column.known += usize::from(*method == Method::Known);
        column.filled += usize::from(*method != Method::Empty);
        column.free +=
            usize::from(*method == Method::Known && definition.method.as_ref().is_some_and(|cell| !is_plain(&cell.text)));
    }
    let mut found = Vec::new();
    for (one, definition, method) in asked {
        let column = columns.get(&(one.place.file, definition.group)).copied().unwrap_or_default();
        if column.may_say(method) && one.standing == Standing::Active {
            found.extend(finding(graph, one, definition, method));
        }
    }
    findings.extend(fold(graph, found, |label, Many { count, path, names }| {
        let what = match label {
            NO_METHOD => "no verification method, though their neighbours have one",
            _ => "a verification method that is none of test, analysis, inspection and demonstration",
        };
        Some(format!("{count} requirements of {path} have {what}: {names}."))
    }));
}

/// What the cells of one column of methods hold.
#[derive(Default, Clone, Copy)]
struct Column {
    known: usize,
    filled: usize,
    /// Cells that tell their method in words of their own.
    free: usize,
}

impl Column {
    /// Whether a cell can be called empty or wrong. A column of which most says something else, or nothing, is not the
    /// column of the method; and where authors use words of their own, another such word is no mistake.
    fn may_say(self, method: Method) -> bool {
        self.known * 2 > self.filled && self.known > 0 && (method != Method::Unknown || self.free == 0)
    }
}

/// The label where the method is missing.
const NO_METHOD: &str = "no method";

/// A requirement with a place for its method; `understood` keeps what is known of a cell, for most say the same.
fn asked<'g>(
    graph: &'g Graph,
    one: &'g Requirement,
    understood: &mut FxHashMap<&'g str, bool>,
) -> Option<(&'g Requirement, &'g Definition, Method)> {
    let definition = graph.definition(one).filter(|definition| definition.method_expected)?;
    let method = match &definition.method {
        None => Method::Empty,
        Some(cell) if *understood.entry(&cell.text).or_insert_with(|| is_understood(&cell.text)) => Method::Known,
        Some(_) => Method::Unknown,
    };
    Some((one, definition, method))
}

/// Words by which a longer cell describes its method.
const METHODS: &[&str] = &[
    "test",
    "tests",
    "testing",
    "tested",
    "analysis",
    "analyse",
    "analyze",
    "inspection",
    "inspect",
    "inspected",
    "review",
    "reviewed",
    "demonstration",
    "demonstrate",
    "demo",
    "observation",
    "observe",
    "measurement",
    "measure",
    "simulation",
    "check",
    "audit",
    "injection",
    "diagnostics",
    "profiling",
    "monitoring",
    "stress",
];

/// Whether a cell names a method, in whatever words: also a level of test, how the test is run, or the test itself.
fn is_understood(cell: &str) -> bool {
    const OTHERS: &[&str] = &[
        "none",
        "n a",
        "na",
        "not applicable",
        "manual",
        "automatic",
        "ci",
        "walkthrough",
        "measurement",
        "calculation",
        "audit",
        "observation",
        "similarity",
        "by design",
        "static analysis",
        "lint",
        "benchmark",
        "unit",
        "integration",
        "system",
        "acceptance",
        "e2e",
        "fuzzing",
    ];
    let text = words(cell);
    let cites = cell.contains(['/', '_', '`', ':']) || cell.bytes().any(|byte| byte.is_ascii_digit());
    let told = text.split(' ').any(|word| METHODS.contains(&word));
    methods(cell).is_some()
        || told
        || !levels(cell).is_empty()
        || cites
        || OTHERS.iter().any(|other| text == *other || text.starts_with(&format!("{other} ")))
}

/// Whether a cell has no word but those of methods and levels.
fn is_plain(cell: &str) -> bool {
    let text = words(cell);
    text.split(' ').all(|word| word.len() <= 3 || METHODS.contains(&word) || !levels(word).is_empty() || methods(word).is_some())
}

fn finding(graph: &Graph, one: &Requirement, definition: &Definition, method: Method) -> Option<Finding> {
    let cell = definition.method.as_ref();
    let (place, message, label) = match method {
        Method::Known => return None,
        Method::Empty => {
            (one.place, format!("{} has no verification method, though its neighbours have one.", one.id), NO_METHOD)
        }
        Method::Unknown => {
            let cell = cell?;
            let message = format!(
                "{} has the verification method \"{}\", which is none of test, analysis, inspection and demonstration.",
                one.id, cell.text
            );
            (Place::new(one.place.file, cell.span), message, "not a method")
        }
    };
    let finding = Finding::new(place, &one.id, message)
        .label(label)
        .help("Write how it is verified: test, analysis, inspection or demonstration.")
        .about(graph.namespace(one), &one.id);
    Some(finding)
}
