//! # E06 no-environment
//!
//! Evidence says where it was made: a file of results that a matrix cites, names in a table or links says the platform, the host or the
//! versions of its run, and a table of the test environment in a report of executed tests is filled in.
//! Results that no document cites are not asked: most runners write no environment, and the pipeline knows it.
//!
//! ## Why it matters
//!
//! A test that passed on one platform says little of another, and nobody can repeat a run of which the versions are not
//! known.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # DRILL-SRS: Drill Requirements Specification
//!
//! ### REQ-DRILL-001: Torque
//! The drill shall limit the torque.
//! ```
//!
//! ```file docs/rtm.md
//! # DRILL-RTM: Drill Traceability Matrix
//!
//! ## Test environment
//!
//! | Item | Version |
//! |---|---|
//! | Operating system | |
//! | Compiler | TBD |
//!
//! ## Results
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-DRILL-001 | Torque | tests/test_drill.py::test_limits | PASS |
//! ```
//!
//! ```file tests/test_drill.py
//! def test_limits():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # DRILL-SRS: Drill Requirements Specification
//!
//! ### REQ-DRILL-001: Torque
//! The drill shall limit the torque.
//! ```
//!
//! ```file docs/rtm.md
//! # DRILL-RTM: Drill Traceability Matrix
//!
//! ## Test environment
//!
//! | Item | Version |
//! |---|---|
//! | Operating system | Debian 12 |
//! | Compiler | gcc 12.2 |
//!
//! ## Results
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-DRILL-001 | Torque | tests/test_drill.py::test_limits | PASS |
//! ```
//!
//! ```file tests/test_drill.py
//! def test_limits():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Fill the table in. For results, let the runner write properties: `record_testsuite_property("platform", …)` in pytest,
//! `RecordProperty` outside of tests in GoogleTest; or state the environment in the document that cites them, below a
//! heading "Test environment".
//!
//! ## Serves
//!
//! IEC 62304 9.8

use super::cited;
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Resolution};
use crate::model::claim::What;
use crate::model::matrix::Status;
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E06", name: "no-environment", severity: Severity::Warning, source: include_str!("no_environment.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (file, input) in graph.files().filter(|(_, input)| input.reader == "markdown") {
        if is_report(graph, file) {
            findings.extend(table(graph, file, input.text.as_str()));
        }
    }
    let mut cited_files: BTreeMap<FileId, Place> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        for (citation, resolution) in graph.citations(node) {
            let Resolution::File(file) = resolution else { continue };
            let facts = graph.facts(*file);
            let recorded = facts.run.as_ref().is_some_and(|run| run.environment);
            if !facts.results.is_empty() && !recorded && !states_environment(graph, node.fact.file) {
                cited_files.entry(*file).or_insert(cited::place(node, citation.span));
            }
        }
    }
    named(graph, &mut cited_files);
    for (file, place) in cited_files {
        let path = graph.path(file);
        let message = format!("{path} is cited as evidence, and neither it nor the document says on what its tests ran");
        findings.push(
            Finding::new(place, path, message)
                .label("no environment")
                .help("Let the runner write properties of its platform and versions, or state them below a heading \"Test environment\".")
                .related(cited::top(file), "the results"),
        );
    }
}

/// Adds the results that a report names in a table, `| Results | results/junit.xml |`, or links, and of which neither says on what the
/// tests ran.
fn named(graph: &Graph, found: &mut BTreeMap<FileId, Place>) {
    let mut results: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
    for (file, input) in graph.files().filter(|(_, input)| !input.facts.results.is_empty()) {
        if !input.facts.run.as_ref().is_some_and(|run| run.environment) {
            results.entry(last(&input.path)).or_default().push(file);
        }
    }
    if results.is_empty() {
        return;
    }
    for (document, input) in graph.files().filter(|(_, input)| input.reader == "markdown") {
        if !is_report(graph, document) || states_environment(graph, document) {
            continue;
        }
        for (at, path) in paths(input.text.as_str()) {
            let ends = |file: &FileId| {
                let own = graph.path(*file);
                let bare = path.trim_start_matches("./").trim_start_matches("../");
                own == bare || own.strip_suffix(bare).is_some_and(|front| front.ends_with('/'))
            };
            let named: Vec<FileId> = results.get(last(path)).into_iter().flatten().copied().filter(ends).collect();
            if let [only] = named.as_slice() {
                found.entry(*only).or_insert(Place::new(document, Span::new(at, at + path.len())));
            }
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The paths in the tables and links of a text, with their offsets; what stands between fences is a command.
fn paths(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        fenced ^= line.trim_start().starts_with("```");
        (!fenced && (line.trim_start().starts_with('|') || line.contains("]("))).then_some((start, line))
    });
    lines.flat_map(|(start, line)| {
        let sign = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+'));
        let words = line.split(sign).filter(|word| word.contains('.') && word.len() > 4);
        words.map(move |word| (start + (word.as_ptr() as usize).saturating_sub(line.as_ptr() as usize), word))
    })
}

/// Whether a document tells of tests that were executed.
fn is_report(graph: &Graph, file: FileId) -> bool {
    if graph.document(file).is_none_or(|document| document.kind == Kind::Template || document.ended) {
        return false;
    }
    let facts = graph.facts(file);
    let run = |one: &crate::model::matrix::Row| matches!(one.status, Some((Status::Pass | Status::Fail, _)));
    let outcomes = || facts.claims.iter().any(|claim| matches!(&claim.what, What::Outcomes(one) if one.passed.is_some()));
    facts.rows.iter().any(run) || outcomes()
}

/// Whether a heading speaks of the environment of the tests.
fn is_of_environment(heading: &str) -> bool {
    let text = words(heading);
    ["test environment", "environment of the test", "execution environment", "test configuration", "environment configuration"]
        .iter()
        .any(|phrase| text.contains(phrase))
        || text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '.') == "environment"
}

fn states_environment(graph: &Graph, file: FileId) -> bool {
    let text = graph.input(file).text.as_str();
    text.lines().any(|line| line.starts_with('#') && is_of_environment(line))
}

/// The first table of an environment that has cells which nobody filled in.
fn table(graph: &Graph, file: FileId, text: &str) -> Option<Finding> {
    let (mut inside, mut fenced, mut at, mut lines_of_table) = (false, false, 0, 0);
    let mut open: Vec<Span> = Vec::new();
    let mut rows = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let line = line.trim();
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        if line.starts_with('#') {
            (inside, lines_of_table) = (is_of_environment(line), 0);
        } else if inside && line.starts_with('|') {
            lines_of_table += 1;
            // The first two lines are the head of a table.
            if lines_of_table > 2 {
                rows += 1;
                if is_empty(line) {
                    open.push(span);
                }
            }
        } else {
            lines_of_table = 0;
        }
    }
    let first = open.first()?;
    let path = graph.path(file);
    let message =
        format!("{path} tells of executed tests, and {} of {} of its environment not filled in", open.len(), count(rows, "row"));
    let message = message.replace(" not filled in", if open.len() == 1 { " is not filled in" } else { " are not filled in" });
    Some(
        Finding::new(Place::new(file, *first), format!("{path} environment"), message)
            .label("not filled in")
            .help("Write down the platform, the tools and their versions with which the tests were run."),
    )
}

/// Whether a row names a thing and says nothing of it.
fn is_empty(line: &str) -> bool {
    let inner = line.trim_matches('|');
    let mut cells = inner.split('|').map(str::trim);
    let named = cells.next().is_some_and(|first| first.chars().any(char::is_alphabetic));
    let open = |cell: &str| {
        let bare = cell.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | '…' | '.' | ' '));
        let placeholder = bare.starts_with(['[', '<', '{']) && bare.ends_with([']', '>', '}']) && !bare.contains("](");
        bare.is_empty() || placeholder || matches!(words(bare).as_str(), "tbd" | "tba" | "tbc" | "todo")
    };
    let values: Vec<&str> = cells.collect();
    named && !values.is_empty() && values.iter().all(|cell| open(cell))
}
