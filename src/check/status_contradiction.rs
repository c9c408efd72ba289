//! # P10 status-contradiction
//!
//! The status and the version that a summary, a status report or a register gives of a record are those that the record had on
//! that day. What the record had is read from its audit trail, with a day's tolerance for time zones; a day before its creation
//! is a contradiction too. Where there is no trail, a register without a date is compared with what the record says now, and a
//! dated summary that differs is told as not assessed. Of a draft that a column of approvals calls approved this is told. What is
//! compared are controlled records, and any document that numbers itself (`Document ID`, or the identifier in its title) and
//! tells its status. "Complete" says how far the work on a document is, and a draft may be complete. A status behind a column of people, actions or training (`Document | Reviewer | Status`) is theirs and is compared
//! with nothing; of several rows of one record that differ the newest counts, and none where no day tells which that is.
//!
//! A line below the steps of a record that sums them up ("All steps passed", "Overall result: FAIL"), and a last row of that kind, say
//! what the outcomes say: that all passed is an error where one failed and a warning where one has no outcome; that some failed
//! is a warning where each of the record passed.
//!
//! Decisions that replace one another say so of each other: one that is superseded names a decision that exists, and none is in
//! force beside one that supersedes it (both warnings). That the other is not in force yet, or does not name the one that it is
//! said to supersede, is a remark. What is superseded in part is left alone.
//!
//! ## Why it matters
//! People decide by summaries. One that calls a change closed while it is still being carried out lets a release pass that
//! rests on work nobody has finished, and whoever reads both later cannot tell which of them was wrong.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! **Status:** In execution
//! ```
//! ```file records/register.md
//! # Register of changes
//!
//! | Record | Title | Status |
//! |---|---|---|
//! | CR-004 | Quieter motor | Closed |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! ```
//! ```file records/CR-004.md
//! # CR-004: Quieter motor
//!
//! **Status:** In execution
//! ```
//! ```file records/register.md
//! # Register of changes
//!
//! | Record | Title | Status |
//! |---|---|---|
//! | CR-004 | Quieter motor | In execution |
//! ```
//!
//! ## What to do
//! Find out which of the two is right, and correct the other. Better: let the summary be made from the records.
//!
//! ## Serves
//! ISO 13485 4.2.4

mod steps;
mod superseded;

use super::Check;
use super::version_contradiction::same;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input};
use crate::link::records::{Record, other, past};
use crate::model::lifecycle::{Class, State};
use crate::model::record::Kind;
use crate::model::time::first_date;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Spanned};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "P10",
    name: "status-contradiction",
    severity: Severity::Error,
    source: include_str!("status_contradiction.rs"),
    run,
};

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    superseded::run(graph, &settings.unread, findings);
    steps::run(graph, findings);
    lists(graph, findings);
    let others = OnceCell::new();
    for (file, input) in graph.files().filter(|(_, input)| !input.facts.stated.is_empty()) {
        let Some(kind) = kind(graph, file, input) else { continue };
        let mut told: BTreeSet<(String, String)> = BTreeSet::new();
        for stated in &input.facts.stated {
            let other = || others.get_or_init(|| other::documents(graph)).get(&stated.id.text.to_ascii_uppercase());
            let named = graph.records().named(graph, file, &stated.id.text).or_else(other);
            let Some(record) = named.filter(|one| one.file != Some(file)) else { continue };
            // Of a draft that is called approved, that it is not even complete says less.
            let unapproved = matches!(record.state, State::Draft | State::InReview);
            let mut statuses = stated.approval.iter().filter(|_| unapproved).chain(&stated.status);
            let status = statuses.find_map(|status| compare(graph, file, &kind, record, &Value::Status(status)));
            // What nobody can assess is told once for both.
            let version =
                stated.version.as_ref().and_then(|version| compare(graph, file, &kind, record, &Value::Version(version)));
            let told_once = status.as_ref().is_some_and(Finding::is_remark);
            let found = status.into_iter().chain(version.filter(|_| !told_once));
            // A table and a heading that say the same are wrong once.
            findings.extend(found.filter(|one| told.insert((record.id.clone(), one.message.clone()))));
        }
    }
}

/// What lists in data say of records that other files tell of.
fn lists(graph: &Graph, findings: &mut Vec<Finding>) {
    let kept = graph.files().filter_map(|(file, input)| Some((file, input, input.facts.kept.as_deref()?)));
    for (file, _, kept) in kept.filter(|(_, input, _)| input.facts.stated.is_empty()) {
        for line in kept.sidecars.iter().filter(|line| line.listed) {
            let record = graph.records().get(&line.id.text).filter(|record| record.told_in() != Some(file));
            let stated = record.zip(line.status.as_ref());
            findings.extend(
                stated.and_then(|(record, status)| compare(graph, file, &Stating::Register, record, &Value::Status(status))),
            );
        }
    }
}

/// What a document that states statuses is.
enum Stating {
    /// It was so on a day, told as days since 1970 and as written.
    Summary(i64),
    /// It is so now.
    Register,
}

/// A record tells what others were when it was written, and nobody knows when that was; anything else that has no date is a
/// register if it is called like one.
fn kind(graph: &Graph, file: FileId, input: &Input) -> Option<Stating> {
    const REGISTERS: &[&str] =
        &["register", "registry", "index", "readme", "log", "list", "tracker", "dashboard", "overview", "inventory", "status"];
    const SUMMARIES: &[&str] = &["summary", "report", "minutes", "status", "handover", "session"];
    let document = input.facts.document.as_ref().filter(|document| document.kind != Kind::Template && !document.ended)?;
    let record = graph.records().of_file(file).map(|id| graph.records().record(id).class);
    if record.is_some_and(|class| !matches!(class, Class::Summary | Class::Other)) {
        return None;
    }
    let name = input.path.rsplit('/').next().unwrap_or(&input.path);
    let title = words(&format!("{} {name}", document.title));
    let called = |list: &[&str]| title.split(' ').any(|word| list.contains(&word));
    let date = document.identity.date.as_ref().and_then(|date| first_date(&date.text));
    let date = date.or_else(|| first_date(&document.title)).or_else(|| first_date(&input.path));
    match date {
        Some(day) if called(SUMMARIES) && !called(&["register", "registry", "index"]) => Some(Stating::Summary(i64::from(day))),
        _ if called(REGISTERS) => Some(Stating::Register),
        _ => None,
    }
}

/// What is stated.
enum Value<'v> {
    Status(&'v Spanned),
    Version(&'v Spanned),
}

impl Value<'_> {
    fn spanned(&self) -> &Spanned {
        match self {
            Self::Status(told) | Self::Version(told) => told,
        }
    }

    /// Whether what a record has is what is stated of it. What cannot be told apart is no contradiction.
    fn agrees(&self, record: &Record, other: &str) -> bool {
        match self {
            Self::Version(told) => same(&told.text, other),
            Self::Status(told) => {
                let (stated, own) = (State::of(&told.text, record.class), State::of(other, record.class));
                let same = words(&told.text) == words(other) || stated == State::Unknown || own == State::Unknown;
                same || alike(stated, own) || tells_of_work(&told.text, record.class) && own <= State::Effective
            }
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::Version(_) => "version",
        }
    }
}

/// Whether a status tells how far the work on a document has come, and not that of the document: what is written from end to end may
/// be a draft, or approved. A change or an investigation that is complete is closed.
fn tells_of_work(told: &str, class: Class) -> bool {
    let first = |word: &str| matches!(word, "complete" | "completed" | "done" | "finished");
    !class.is_executed() && words(told).split(' ').next().is_some_and(first)
}

/// Whether two states are told by the same words in some houses: what is approved is in force there.
fn alike(one: State, other: State) -> bool {
    let in_force = |state: State| matches!(state, State::Approved | State::Effective);
    let approved = |state: State| matches!(state, State::Approved | State::PreApproved | State::PostApproved);
    one == other || in_force(one) && in_force(other) || approved(one) && approved(other)
}

fn compare(graph: &Graph, file: FileId, kind: &Stating, record: &Record, value: &Value<'_>) -> Option<Finding> {
    let told = value.spanned();
    let own = match value {
        Value::Status(_) => record.status.as_ref(),
        Value::Version(_) => record.version.as_ref(),
    };
    let finding = |message: String, place: Place, label: String| {
        Finding::new(Place::new(file, told.span), record.id.clone(), message)
            .label(label)
            .help(format!("Correct the {} here, or that of the record.", value.what()))
            .related(place, "what the record says")
    };
    let was = match kind {
        Stating::Summary(day) => past::on(graph, record, *day).unwrap_or_default(),
        Stating::Register => past::Was::default(),
    };
    if let Stating::Summary(day) = kind
        && let Some((place, event)) = past::created_after(graph, record, *day)
    {
        let message = format!(
            "{} is said to have a status or a version, but on that day it was not there: it was created at {}, as its audit trail tells",
            record.id, event.written
        );
        return Some(finding(message, place, String::from("was not there")));
    }
    let list = if matches!(value, Value::Status(_)) { &was.statuses } else { &was.versions };
    if let Some((last, place)) = list.last() {
        if list.iter().any(|(other, _)| value.agrees(record, other)) {
            return None;
        }
        let (id, what) = (&record.id, value.what());
        // What it says now it said then, if its trail tells of nothing since.
        let by = own.filter(|own| own.place == *place).map_or("audit trail", |own| own.by.name());
        let message = format!("{id} is said to have the {what} {}, but on that day it had {last}, as its {by} tells", told.text);
        return Some(finding(message, *place, format!("was {last}")));
    }
    let own = own.filter(|own| !value.agrees(record, &own.text))?;
    let says = format!("its {} says {}", own.by.name(), own.text);
    match kind {
        Stating::Register => {
            let message = format!("{} is said to have the {} {}, but {says}", record.id, value.what(), told.text);
            Some(finding(message, own.place, format!("is {}", own.text)))
        }
        Stating::Summary(_) => {
            let message = format!(
                "{} is said to have the {} {}, and {says} now; whether it had another on that day is not assessed, because no audit trail tells",
                record.id,
                value.what(),
                told.text
            );
            Some(finding(message, own.place, format!("now {}", own.text)).severity(Severity::Info))
        }
    }
}
