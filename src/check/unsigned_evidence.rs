//! # E07 unsigned-evidence
//!
//! Where a table of executed tests has a column for who ran them or when, each row that claims PASS or FAIL fills it in, and
//! no date lies in the future. Tables without such columns, and rows that were not executed, are left alone.
//!
//! ## Why it matters
//!
//! A form that asks for tester and date makes them part of the evidence. An outcome that nobody signed was perhaps
//! expected, copied or generated, and one of tomorrow was surely not observed.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # SAW-SRS: Saw Requirements Specification
//!
//! ### REQ-SAW-001: Brake
//! The saw shall brake when it touches skin.
//!
//! ### REQ-SAW-002: Lamp
//! The saw shall light the cut.
//! ```
//!
//! ```file docs/rtm.md
//! # SAW-RTM: Saw Traceability Matrix
//!
//! | Req ID | Test | Status | Tester | Date |
//! |---|---|---|---|---|
//! | REQ-SAW-001 | tests/test_saw.py::test_brakes | PASS | | 2024-03-01 |
//! | REQ-SAW-002 | tests/test_saw.py::test_lights | PASS | R. Ito | 2024-03-01 |
//! ```
//!
//! ```file tests/test_saw.py
//! def test_brakes():
//!     assert works()
//!
//! def test_lights():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # SAW-SRS: Saw Requirements Specification
//!
//! ### REQ-SAW-001: Brake
//! The saw shall brake when it touches skin.
//!
//! ### REQ-SAW-002: Lamp
//! The saw shall light the cut.
//! ```
//!
//! ```file docs/rtm.md
//! # SAW-RTM: Saw Traceability Matrix
//!
//! | Req ID | Test | Status | Tester | Date |
//! |---|---|---|---|---|
//! | REQ-SAW-001 | tests/test_saw.py::test_brakes | PASS | R. Ito | 2024-03-01 |
//! | REQ-SAW-002 | tests/test_saw.py::test_lights | PASS | R. Ito | 2024-03-01 |
//! ```
//!
//! ```file tests/test_saw.py
//! def test_brakes():
//!     assert works()
//!
//! def test_lights():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Let whoever ran the test sign the row with name and date, or take the status back. Where a pipeline runs the tests, name
//! it as the tester, or drop the column. Only dates written as `2024-03-01` are compared with today's. A file of JUnit results
//! that ran more than a day before the commit was made that it names, or that is the only one that documents state, is told too.
//!
//! ## Serves
//!
//! 21 CFR 11.50

use super::cited;
use super::invalid_waiver::day;
use super::mixed_baseline::{counts, is_same};
use super::support::{capital, count};
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::bound::Commit;
use crate::link::graph::{Graph, Input, RowNode};
use crate::model::matrix::Status;
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "E07",
    name: "unsigned-evidence",
    severity: Severity::Warning,
    source: include_str!("unsigned_evidence.rs"),
    run,
};

/// As many further rows are shown.
const MAX_ROWS: usize = 4;

/// "Verified by" is none of them: below it matrices name tests.
const WHO: &[&str] =
    &["tester", "tested by", "executed by", "performed by", "run by", "test engineer", "tester name", "signature"];

const WHEN: &[&str] = &[
    "date",
    "test date",
    "date tested",
    "tested on",
    "executed on",
    "execution date",
    "date executed",
    "date of execution",
    "verified on",
    "verification date",
    "date verified",
    "run date",
];

/// Rows with the places at which something is wrong.
type Rows<'g> = Vec<(Place, &'g RowNode)>;

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Nobody,
    Never,
    Future,
}

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let mut tables: BTreeMap<(FileId, u32), Columns> = BTreeMap::new();
    let mut faults: BTreeMap<(FileId, u32, Fault), Rows<'_>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| is_executed(graph, node)) {
        let key = (node.fact.file, graph.row(node).table);
        let columns = tables.entry(key).or_insert_with(|| Columns::of(graph, node));
        for (fault, place) in columns.faults(graph, node, settings.today.as_deref()) {
            faults.entry((key.0, key.1, fault)).or_default().push((place, node));
        }
    }
    findings.extend(graph.files().filter_map(|(file, input)| early(graph, file, input)));
    for ((file, table, fault), rows) in faults {
        let executed = graph.rows().filter(|(_, node)| node.fact.file == file && graph.row(node).table == table);
        let executed = executed.filter(|(_, node)| is_executed(graph, node)).count();
        findings.extend(finding(graph, fault, &rows, executed));
    }
}

/// Results that are older than the commit whose evidence they are: the one that they name, or the only one that is stated.
/// Clocks differ by a time zone, so that a day more or less says nothing.
fn early(graph: &Graph, file: FileId, input: &Input) -> Option<Finding> {
    let run = input.facts.run.as_ref()?;
    let ran = run.day.as_ref()?;
    let stated = || graph.commits.iter().filter(|one| one.row.is_none() && one.hash.is_some() && counts(graph, one));
    let hash = |one: &'_ Commit| one.hash.clone().unwrap_or_default();
    let commit = match &run.commit {
        Some(named) => stated().find(|one| is_same(&hash(one), &named.text))?,
        None => {
            let first = stated().next()?;
            stated().all(|one| is_same(&hash(one), &hash(first))).then_some(first)?
        }
    };
    let made = commit.day.as_ref()?;
    if day(&ran.text)? + 1 >= day(made)? {
        return None;
    }
    let message = format!(
        "{} ran on {}, and the commit `{}`, whose evidence it is, was made on {made}",
        input.path,
        ran.text,
        hash(commit).chars().take(10).collect::<String>()
    );
    let finding = Finding::new(Place::new(file, ran.span), &input.path, message).label("older than its commit");
    let finding = finding.help("Run the tests on that commit and keep what the run writes, or state the commit that was tested.");
    Some(finding.related(commit.place, "the commit"))
}

/// Whether a row claims an outcome that somebody must have seen.
fn is_executed(graph: &Graph, node: &RowNode) -> bool {
    let outcome = matches!(graph.row(node).status, Some((Status::Pass | Status::Fail, _)));
    let kind = graph.document(node.fact.file).map(|document| document.kind);
    outcome && kind != Some(Kind::Template) && !cited::is_retired(graph, node)
}

/// The columns of a table that say who and when.
#[derive(Debug, Default)]
struct Columns {
    width: usize,
    who: Option<usize>,
    when: Option<usize>,
}

impl Columns {
    fn of(graph: &Graph, node: &RowNode) -> Self {
        let header = graph.table(node).header;
        let names: Vec<String> = cells(graph, node.fact.file, header).into_iter().map(|(text, _)| words(text)).collect();
        let at = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        Self { width: names.len(), who: at(WHO), when: at(WHEN) }
    }

    fn faults(&self, graph: &Graph, node: &RowNode, today: Option<&str>) -> Vec<(Fault, Place)> {
        if self.who.is_none() && self.when.is_none() {
            return Vec::new();
        }
        let row = cells(graph, node.fact.file, graph.row(node).span);
        // A ragged row does not say which cell is which.
        if row.len() != self.width {
            return Vec::new();
        }
        let status = || super::support::status_place(graph, node);
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let place = |text: &str, span: Span| if text.is_empty() { status() } else { Place::new(node.fact.file, span) };
        let mut found = Vec::new();
        if let Some((text, span)) = cell(self.who).filter(|(text, _)| is_open(text)) {
            found.push((Fault::Nobody, place(text, *span)));
        }
        if let Some((text, span)) = cell(self.when) {
            if is_open(text) {
                found.push((Fault::Never, place(text, *span)));
            } else if let (Some(today), Some(date)) = (today, date(text))
                && date > today
            {
                found.push((Fault::Future, Place::new(node.fact.file, *span)));
            }
        }
        found
    }
}

/// The cells of a line of a table that is drawn with bars, each with its place.
fn cells(graph: &Graph, file: FileId, span: Span) -> Vec<(&str, Span)> {
    let text = graph.input(file).text.slice(span);
    let line = text.lines().next().unwrap_or_default();
    let trimmed = line.trim();
    if !trimmed.starts_with('|') || trimmed.contains("\\|") {
        return Vec::new();
    }
    let mut at = span.start as usize + line.find('|').unwrap_or(0) + 1;
    let inner = trimmed.trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut found = Vec::new();
    for cell in inner.split('|') {
        let lead = cell.len() - cell.trim_start().len();
        let text = cell.trim();
        found.push((text, Span::new(at + lead, at + lead + text.len())));
        at += cell.len() + 1;
    }
    found
}

/// Whether a cell is not filled in. A dash says that there is nothing to fill in.
fn is_open(cell: &str) -> bool {
    let bare = cell.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | ' ' | '.' | '…'));
    bare.is_empty()
        || matches!(
            words(bare).as_str(),
            "tbd" | "todo" | "tba" | "tbc" | "name" | "date" | "yyyy mm dd" | "initials" | "signature"
        )
}

/// A date as `2024-03-01` at the beginning of a cell.
fn date(cell: &str) -> Option<&str> {
    let date = cell.get(..10)?;
    let form = date.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let ends = cell.get(10..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    (form && ends).then_some(date)
}

fn finding(graph: &Graph, fault: Fault, rows: &[(Place, &RowNode)], executed: usize) -> Option<Finding> {
    let (place, node) = rows.first()?;
    let path = graph.path(place.file);
    let of = match (rows.len(), executed) {
        (1, 1) => format!("the executed row of {}", cited::subject(graph, node)),
        (1, _) => format!("the executed row of {} in {path}", cited::subject(graph, node)),
        (some, all) => format!("{some} of {} in {path}", count(all, "executed row")),
    };
    let many = rows.len() > 1;
    let (what, label) = match fault {
        Fault::Nobody => (if many { "do not say who ran them" } else { "does not say who ran it" }, "signed by nobody"),
        Fault::Never => (if many { "do not say when they were run" } else { "does not say when it was run" }, "without a date"),
        Fault::Future => (if many { "are dated in the future" } else { "is dated in the future" }, "in the future"),
    };
    let finding = Finding::new(*place, format!("{path} {label}"), format!("{} {what}", capital(&of)))
        .label(label)
        .help("Let whoever ran the test fill in name and date, or take the outcome back.");
    let finding = if many { finding } else { cited::about(finding, graph, node) };
    Some(
        rows.iter().skip(1).take(MAX_ROWS).fold(finding, |finding, (place, node)| {
            finding.related(*place, format!("the row of {}", cited::subject(graph, node)))
        }),
    )
}
