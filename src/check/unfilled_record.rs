//! # P03 unfilled-record
//!
//! A record that is closed was filled in: each of its execution items has an outcome and a signature, and no field still holds
//! what the form has there, `[SUMMARY]`, `[Pass/Fail]`, `TBD`, an empty box. An item that does not apply needs no more than to
//! say so. Tables of comments may stay as they are; so may lines that nobody gave a task. A section that holds nothing
//! but the words of the form is a warning. Records of verification are told by E08.
//!
//! ## Why it matters
//! A signature is what makes a record evidence. A closed record with an empty one says that somebody approved work that
//! nobody says was done.
//!
//! ## Bad
//! ```file records/CR-007.md
//! # CR-007: Remote link of the pump
//!
//! **Status:** Closed
//!
//! ## Execution
//!
//! | EI | Task | Execution Summary | Outcome | Performed By - Date |
//! |---|---|---|---|---|
//! | EI-1 | Add the option | Added | Pass | lind - 2026-02-01 |
//! | EI-2 | Update the manual | [SUMMARY] | [Pass/Fail] | [PERFORMER] - [DATE] |
//! ```
//!
//! ## Good
//! ```file records/CR-007.md
//! # CR-007: Remote link of the pump
//!
//! **Status:** Closed
//!
//! ## Execution
//!
//! | EI | Task | Execution Summary | Outcome | Performed By - Date |
//! |---|---|---|---|---|
//! | EI-1 | Add the option | Added | Pass | lind - 2026-02-01 |
//! | EI-2 | Update the manual | Chapter 4 is new | Pass | lind - 2026-02-02 |
//!
//! ### Comments
//!
//! | Comment | Performed By - Date |
//! |---|---|
//! | [COMMENT] | [PERFORMER] - [DATE] |
//! ```
//!
//! ## What to do
//! Open the record again and let who did the work fill it in, with the date of today. Dates of the past are not for others to
//! write.
//!
//! ## Serves
//! 21 CFR Part 11 11.50

use super::Check;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::Record;
use crate::model::contents::{Contents, Field, Filled, Item, ItemKind};
use crate::model::lifecycle::{Class, State};
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P03", name: "unfilled-record", severity: Severity::Error, source: include_str!("unfilled_record.rs"), run };

/// So many fields are named in a message and shown beside it.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let closed = graph.records().iter().filter(|(_, record)| matches!(record.state, State::Closed | State::PostApproved));
    for (_, record) in closed.filter(|(_, record)| record.class != Class::Verification) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        findings.extend(fields(record, file, contents));
        findings.extend(blanks(record, file, contents));
    }
}

/// The fields of a record that nobody filled in.
fn fields(record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let open: Vec<(String, Span)> = contents.items.iter().flat_map(open).collect();
    let (_, first) = open.first()?;
    let names: Vec<&str> = open.iter().map(|(name, _)| name.as_str()).collect();
    let were = if open.len() == 1 { "was" } else { "were" };
    let message = format!(
        "{} is {}, and {} {were} never filled in: {}",
        record.id,
        record.state.name(),
        count(open.len(), "field"),
        listed(&names, SHOWN)
    );
    let finding = Finding::new(Place::new(file, *first), format!("{} fields", record.id), message)
        .label("was never filled in")
        .help("Open the record again, and let who did the work fill it in.");
    Some(
        open.iter()
            .skip(1)
            .take(SHOWN)
            .fold(finding, |finding, (name, span)| finding.related(Place::new(file, *span), name.clone())),
    )
}

/// The open fields of an item, each with its name. What has no task has nobody to fill it in.
pub(super) fn open(item: &Item) -> Vec<(String, Span)> {
    // Where no column has tasks, the line is what was done itself.
    let told = item.task.as_ref().map_or(item.summary.is_some(), |task| is_told(&task.text));
    let nothing = |field: &Option<Field>| field.as_ref().is_some_and(|field| field.filled == Filled::Nothing);
    if item.optional || item.kind == ItemKind::Comment || !told || nothing(&item.outcome) {
        return Vec::new();
    }
    let name = if item.id.is_empty() { item.task.as_ref().map_or("", |task| task.text.as_str()) } else { item.id.as_str() };
    let name: String = name.chars().take(40).collect();
    let needed = item.fields().filter(|(what, field)| match *what {
        // Evidence may be told elsewhere; what the form has there was to be replaced.
        "summary" => field.filled == Filled::Form,
        // One cell often holds both.
        "date" => field.filled.is_open() && item.day.is_none(),
        _ => field.filled.is_open(),
    });
    let of = |what: &str| if name.is_empty() { what.to_owned() } else { format!("{what} of {name}") };
    needed.map(|(what, field)| (of(what), if field.span.len > 0 { field.span } else { item.span })).collect()
}

/// Whether a task says something, and is no line of a form.
fn is_told(task: &str) -> bool {
    !task.is_empty() && !task.starts_with(['[', '{', '<']) && task.chars().any(char::is_alphanumeric)
}

/// The sections of a record that hold nothing but the words of the form.
fn blanks(record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let blanks: Vec<_> = contents.blanks.iter().filter(|blank| !blank.optional).collect();
    let first = blanks.first()?;
    let names: Vec<String> = blanks.iter().map(|blank| format!("\"{}\"", blank.heading)).collect();
    let have = if names.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} is {}, and {} {have} nothing but the words of the form: {}",
        record.id,
        record.state.name(),
        count(names.len(), "section"),
        listed(&names, SHOWN)
    );
    let finding = Finding::new(Place::new(file, first.form.span), format!("{} sections", record.id), message)
        .severity(Severity::Warning)
        .label("words of the form")
        .help("Write what belongs there, or that nothing does.");
    Some(blanks.iter().skip(1).take(SHOWN).fold(finding, |finding, blank| {
        finding.related(Place::new(file, blank.form.span), format!("below \"{}\"", blank.heading))
    }))
}
