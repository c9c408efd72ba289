//! # P03 unfilled-record
//!
//! A record that is closed was filled in: each of its execution items has an outcome and a signature, and no field still holds
//! what the form has there, `[SUMMARY]`, `[Pass/Fail]`, `TBD`, an empty box. An outcome that says "pending" or "not done" is
//! none. An item may be a line of a table, or a form of its own: a table of two columns, or a list of fields (`- **Outcome:** Pass`),
//! below a heading that names it. At the head of the record and where it is signed no field of who did something, or when, holds `TBD`, a
//! line, or its own name in brackets (`**Closed on:** [DATE]`); of other fields there it is a warning, and what else stands in brackets is a
//! tag. Where it is carried out or signed, no line is left to be signed (`Signature: ____`) and no box of a list unticked; a list
//! of short words, or of verdicts ("Approved without changes", "Rejected, to be written anew"), from which somebody chose is left alone, and so
//! is what is struck out. An item that does not apply says why, there or elsewhere in the record,
//! else it is a warning. Tables of comments may stay as they are; so may lines that nobody gave a task. A section that holds nothing
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
use crate::link::plans::find_word;
use crate::link::records::Record;
use crate::model::contents::{Contents, Field, Filled, Item, ItemKind, TickBox};
use crate::model::lifecycle::{Class, State};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P03", name: "unfilled-record", severity: Severity::Error, source: include_str!("unfilled_record.rs"), run };

/// So many fields are named in a message and shown beside it.
const SHOWN: usize = 6;

/// Items of a list with no more words are what somebody chooses from, and no tasks.
const SHORT: usize = 3;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let closed = graph.records().iter().filter(|(_, record)| matches!(record.state, State::Closed | State::PostApproved));
    for (_, record) in closed {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        findings.extend(fields(record, file, contents));
        if record.class != Class::Verification {
            findings.extend(unreasoned(graph, record, file, contents));
            findings.extend(blanks(record, file, contents));
        }
    }
}

/// The fields of a record that nobody filled in.
fn fields(record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let mut open: Vec<(String, Span)> = Vec::new();
    // The steps of a verification have a check of their own.
    if record.class != Class::Verification {
        open.extend(contents.items.iter().flat_map(|item| self::open(item).into_iter().chain(undone(item))));
    }
    open.extend(unticked(&contents.boxes));
    open.extend(contents.unsigned.iter().map(|name| (name.text.clone(), name.span)));
    open.sort_by_key(|(_, span)| span.start);
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
    let name = called(item);
    let needed = item.fields().filter(|(what, field)| match *what {
        // Evidence may be told elsewhere, and not all is verified; what the form has there was to be replaced.
        "summary" | "verification" => field.filled == Filled::Form,
        // One cell often holds both.
        "date" => field.filled.is_open() && item.day.is_none(),
        _ => field.filled.is_open(),
    });
    let of = |what: &str| if name.is_empty() { what.to_owned() } else { format!("{what} of {name}") };
    needed.map(|(what, field)| (of(what), if field.span.len > 0 { field.span } else { item.span })).collect()
}

/// The outcome of an item that says no more than that there is none yet.
fn undone(item: &Item) -> Option<(String, Span)> {
    const UNDONE: &[&str] = &[
        "awaiting",
        "in progress",
        "incomplete",
        "not complete",
        "not completed",
        "not done",
        "not executed",
        "not run",
        "not started",
        "not tested",
        "not yet",
        "ongoing",
        "open",
        "outstanding",
        "pending",
        "to do",
        "todo",
    ];
    let outcome = item.outcome.as_ref().filter(|outcome| outcome.filled == Filled::Yes)?;
    let tells = !item.optional && item.kind == ItemKind::Step && item.task.as_ref().is_some_and(|task| is_told(&task.text));
    (tells && UNDONE.contains(&words(&outcome.text).as_str()))
        .then(|| (format!("outcome of {} ({})", called(item), outcome.text), outcome.span))
}

/// The boxes that nobody ticked. Of short words somebody chooses: there one that is ticked may be enough.
fn unticked(boxes: &[TickBox]) -> Vec<(String, Span)> {
    let lists = boxes.chunk_by(|one, other| one.list == other.list);
    let open = lists.filter(|list| {
        let chosen = list.iter().any(|one| one.ticked);
        if chosen && is_choice(list) {
            return false;
        }
        !chosen || list.iter().any(|one| one.text.text.split(' ').count() > SHORT)
    });
    let boxes = open.flatten().filter(|one| !one.ticked && !is_left_out(&one.text.text));
    boxes.map(|one| (format!("the box \"{}\"", shortened(&one.text.text)), one.text.span)).collect()
}

/// Whether boxes are the verdicts from which somebody chooses one: "Approved without changes", "Rejected, to be written anew".
fn is_choice(list: &[TickBox]) -> bool {
    const GOOD: &[&str] = &["accept", "accepted", "approve", "approved", "conditionally", "pass", "passed", "yes"];
    const BAD: &[&str] = &["fail", "failed", "no", "not", "reject", "rejected", "return", "returned"];
    let first = |one: &TickBox| words(&one.text.text).split(' ').next().unwrap_or_default().to_owned();
    let of = |verdicts: &[&str]| list.iter().filter(|one| verdicts.contains(&first(one).as_str())).count();
    let (good, bad) = (of(GOOD), of(BAD));
    good > 0 && bad > 0 && good + bad == list.len()
}

/// Whether words say that something need not be done.
fn is_left_out(text: &str) -> bool {
    let said = format!(" {} ", words(text));
    let phrases = ["n a", "not applicable", "not needed", "not required", "optional", "if applicable", "if needed", "deferred"];
    text.starts_with("~~") || phrases.iter().any(|phrase| said.contains(&format!(" {phrase} ")))
}

/// Items that are said not to apply, where nothing says why: neither their summary nor the record elsewhere.
fn unreasoned(graph: &Graph, record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let text = graph.input(file).text.as_str();
    let elsewhere = |item: &Item| {
        let around = [text.get(..item.span.start as usize), text.get(item.span.end() as usize..)];
        around.into_iter().flatten().any(|part| find_word(part, &item.id).is_some())
    };
    let bare = |item: &&Item| {
        let task = item.task.as_ref().map_or("", |task| task.text.as_str());
        let conditional = words(task).split(' ').any(|word| matches!(word, "if" | "when" | "where" | "optional" | "any"));
        let outcome = item.outcome.as_ref().is_some_and(|outcome| is_not_applicable(&outcome.text));
        let silent = item.summary.as_ref().is_some_and(|summary| summary.filled != Filled::Yes);
        item.kind == ItemKind::Step && !item.optional && !item.id.is_empty() && is_told(task) && !conditional && outcome && silent
    };
    let items: Vec<&Item> = contents.items.iter().filter(bare).filter(|item| !elsewhere(item)).collect();
    let first = items.first()?;
    let names: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let message = format!(
        "{} is {}, and {} said not to apply without a reason: {}",
        record.id,
        record.state.name(),
        if names.len() == 1 { String::from("1 item is") } else { format!("{} items are", names.len()) },
        listed(&names, SHOWN)
    );
    let place = |item: &Item| Place::new(file, item.outcome.as_ref().map_or(item.span, |outcome| outcome.span));
    let finding = Finding::new(place(first), format!("{} items", record.id), message)
        .severity(Severity::Warning)
        .label("nothing says why")
        .help("Write beside it why it does not apply.");
    Some(items.iter().skip(1).take(SHOWN).fold(finding, |finding, item| finding.related(place(item), item.id.clone())))
}

fn is_not_applicable(text: &str) -> bool {
    matches!(words(text).as_str(), "n a" | "na" | "not applicable")
}

/// What an item is called: its identifier, or the beginning of its task.
fn called(item: &Item) -> String {
    let name = if item.id.is_empty() { item.task.as_ref().map_or("", |task| task.text.as_str()) } else { item.id.as_str() };
    shortened(name)
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Whether a task says something, and is no line of a form.
fn is_told(task: &str) -> bool {
    !task.is_empty() && !task.starts_with(['[', '{', '<']) && task.chars().any(char::is_alphanumeric)
}

/// The sections of a record that hold nothing but the words of the form, and the fields at its head that do.
fn blanks(record: &Record, file: FileId, contents: &Contents) -> Option<Finding> {
    let blanks = contents.blanks.iter().filter(|blank| !blank.optional);
    let blanks: Vec<(String, Span)> = blanks.map(|blank| (format!("below \"{}\"", blank.heading), blank.form.span)).collect();
    let mut all: Vec<(String, Span)> = contents.left.iter().map(|field| (field.text.clone(), field.span)).collect();
    let mut said = Vec::new();
    if !blanks.is_empty() {
        let names: Vec<&str> = blanks.iter().map(|(name, _)| name.trim_start_matches("below ")).collect();
        let have = if names.len() == 1 { "has" } else { "have" };
        said.push(format!(
            "{} {have} nothing but the words of the form: {}",
            count(names.len(), "section"),
            listed(&names, SHOWN)
        ));
    }
    if !all.is_empty() {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let were = if names.len() == 1 { "was" } else { "were" };
        said.push(format!("{} at its head {were} left as in the form: {}", count(names.len(), "field"), listed(&names, SHOWN)));
    }
    all.extend(blanks);
    all.sort_by_key(|(_, span)| span.start);
    let (_, first) = all.first()?;
    let message = format!("{} is {}, and {}", record.id, record.state.name(), said.join("; "));
    let finding = Finding::new(Place::new(file, *first), format!("{} sections", record.id), message)
        .severity(Severity::Warning)
        .label("words of the form")
        .help("Write what belongs there, or that nothing does.");
    Some(
        all.iter()
            .skip(1)
            .take(SHOWN)
            .fold(finding, |finding, (name, span)| finding.related(Place::new(file, *span), name.clone())),
    )
}
