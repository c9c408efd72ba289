//! # P02 no-independence
//!
//! Nobody approves alone what he wrote himself. Who wrote, reviewed and approved is read from the audit trail of a record, for
//! each approval anew, or else from the names that its document gives in fields or in a table of signatures. That one person reviews and approves what another
//! wrote is the practice of many houses and is not told. That whoever carried a change or an item out also verified it is a warning,
//! where the record has fields or columns for both.
//!
//! ## Why it matters
//! An approval is worth something because a second person looked. Where the author approved alone, there was no second
//! person, whatever the status says.
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
//! **Status:** Approved
//! **Author:** A. Berg
//! **Approved by:** A. Berg
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
//! **Status:** Approved
//! **Author:** A. Berg
//! **Approved by:** C. Dahl
//! ```
//!
//! ## What to do
//! Let somebody else review and approve it.
//!
//! ## Serves
//! DO-178C

use super::Check;
use super::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::Record;
use crate::model::contents::{Item, ItemKind};
use crate::model::kept::Event;
use crate::model::lifecycle::State;
use crate::model::record::Document;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P02", name: "no-independence", severity: Severity::Error, source: include_str!("no_independence.rs"), run };

/// So many items are named in a message.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (_, record) in graph.records().iter() {
        if record.events.is_empty() {
            let document = record.file.and_then(|file| Some((file, graph.document(file)?)));
            findings.extend(document.and_then(|(file, document)| by_names(graph, record, file, document)));
        } else {
            let events: Vec<(Place, &Event)> = graph.events(record).collect();
            findings.extend(by_trail(record, &events));
        }
        let document = record.file.and_then(|file| Some((file, graph.document(file)?)));
        findings.extend(document.map_or_else(Vec::new, |(file, document)| verified(graph, record, file, document)));
    }
}

/// What people did between two approvals.
#[derive(Default)]
struct Cycle<'g> {
    authors: BTreeSet<&'g str>,
    reviewers: BTreeSet<&'g str>,
    approvers: Vec<(&'g str, Place)>,
}

/// The approvals of a record by those who wrote it, as its audit trail tells.
fn by_trail(record: &Record, events: &[(Place, &Event)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut cycle = Cycle::default();
    for (place, event) in events {
        let user = event.user.as_str();
        let name = words(&event.name);
        // A machine writes, reviews and approves nothing.
        let somebody = !user.is_empty() && !matches!(words(user).as_str(), "system" | "unknown" | "migration" | "bot");
        match name.as_str() {
            "create" | "created" | "checkin" | "check in" | "edit" | "edited" | "update" | "updated" | "modify" | "author"
                if somebody =>
            {
                // Whoever edits what was approved begins anew.
                if !cycle.approvers.is_empty() {
                    findings.extend(cycle.judged(record));
                    cycle = Cycle::default();
                }
                cycle.authors.insert(user);
            }
            "review" | "reviewed" if somebody => {
                cycle.reviewers.insert(user);
            }
            "approve" | "approved" | "sign" if somebody => cycle.approvers.push((user, *place)),
            _ => {}
        }
    }
    findings.extend(cycle.judged(record));
    findings
}

impl Cycle<'_> {
    /// What is wrong with an approval: the author gave it alone, or was among those who gave it, or reviewed alone.
    fn judged(&self, record: &Record) -> Option<Finding> {
        let (own, place) = self.approvers.iter().find(|(user, _)| self.authors.contains(user))?;
        let others = self.approvers.iter().any(|(user, _)| !self.authors.contains(user));
        let reviewed = self.reviewers.iter().any(|user| !self.authors.contains(user));
        let (message, severity) = match (others, reviewed) {
            (true, _) => (format!("{own} wrote {} and is one of those who approved it", record.id), Severity::Info),
            (false, true) => {
                (format!("{own} wrote {} and approved it; somebody else only reviewed it", record.id), Severity::Warning)
            }
            (false, false) => (format!("{own} wrote {} and approved it alone", record.id), Severity::Error),
        };
        Some(finding(record, *place, message, severity))
    }
}

fn finding(record: &Record, place: Place, message: String, severity: Severity) -> Finding {
    Finding::new(place, record.id.clone(), message)
        .label("the author")
        .severity(severity)
        .help("Let somebody else review and approve it.")
}

/// Work that whoever did it verified as well, as the fields and the items of a record tell: a finding for each person.
fn verified(graph: &Graph, record: &Record, file: FileId, document: &Document) -> Vec<Finding> {
    if matches!(record.state, State::Draft | State::InReview | State::Ended) {
        return Vec::new();
    }
    let identity = &document.identity;
    let fields =
        identity.performer.iter().zip(&identity.verifier).map(|(did, saw)| (did.text.as_str(), saw.text.as_str(), "", saw.span));
    let items = graph.contents(file).map_or(&[][..], |contents| &contents.items);
    let items = items.iter().filter_map(|item| {
        let (did, saw) = (item.by.as_ref()?, item.verified.as_ref()?);
        let task = || item.task.as_ref().map_or("", |task| task.text.as_str());
        let name = if item.id.is_empty() { task() } else { item.id.as_str() };
        Some((did.text.as_str(), saw.text.as_str(), name, saw.span))
    });
    let mut people: BTreeMap<String, (&str, Vec<&str>, Span)> = BTreeMap::new();
    for (did, saw, name, span) in fields.chain(items) {
        if let Some(person) = signer(did).filter(|person| signer(saw).as_ref() == Some(person)) {
            let (_, names, _) = people.entry(person).or_insert_with(|| (undated(did), Vec::new(), span));
            names.extend(Some(name).filter(|name| !name.is_empty()));
        }
    }
    let finding = |(who, names, span): (&str, Vec<&str>, Span)| {
        let what = if names.is_empty() { record.id.clone() } else { format!("{} of {}", listed(&names, SHOWN), record.id) };
        Finding::new(Place::new(file, span), record.id.clone(), format!("{who} carried out {what} and verified that"))
            .label("did it, too")
            .severity(Severity::Warning)
            .help("Let somebody else verify it.")
    };
    people.into_values().map(finding).collect()
}

/// Who signs in a cell that may hold a day as well.
fn signer(text: &str) -> Option<String> {
    person(&Spanned { text: undated(text).to_owned(), span: Span::default() })
}

/// `lind` of `lind - 2026-02-01`.
fn undated(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | ' ' | ':' | ','))
}

/// The same by the names that a document gives. A draft is approved by nobody yet, whatever its form says.
fn by_names(graph: &Graph, record: &Record, file: FileId, document: &Document) -> Option<Finding> {
    if matches!(record.state, State::Draft | State::InReview | State::Ended) {
        return None;
    }
    let identity = &document.identity;
    let table = graph.contents(file).map_or_else(Signed::default, |contents| Signed::of(&contents.items));
    let author = identity.author.as_ref().or(table.author.as_ref())?;
    let approver = identity.approver.as_ref().or(table.approvers.first())?;
    let name = person(author)?;
    // Who signs in a table beside the field, or cannot be told, may be the second person.
    let all = identity.approver.iter().chain(&table.approvers);
    if !all.into_iter().all(|one| person(one).as_ref() == Some(&name)) {
        return None;
    }
    let reviewed = identity.reviewer.iter().chain(&table.reviewers).filter_map(person).any(|reviewer| reviewer != name);
    let place = Place::new(file, approver.span);
    let (message, severity) = if reviewed {
        (format!("{} wrote {} and approved it; somebody else only reviewed it", author.text, record.id), Severity::Warning)
    } else {
        (format!("{} wrote {} and approved it alone", author.text, record.id), Severity::Error)
    };
    Some(finding(record, place, message, severity).related(Place::new(file, author.span), "the author"))
}

/// Who signed in the tables of a document, by their roles.
#[derive(Default)]
struct Signed {
    author: Option<Spanned>,
    reviewers: Vec<Spanned>,
    approvers: Vec<Spanned>,
}

impl Signed {
    fn of(items: &[Item]) -> Self {
        let mut signed = Self::default();
        for item in items.iter().filter(|item| item.kind == ItemKind::Signature) {
            let by = || item.by.as_ref().map(|by| Spanned { text: by.text.clone(), span: by.span });
            let Some(name) = item.name.clone().or_else(by) else { continue };
            let role = item.task.as_ref().map_or(String::new(), |role| words(&role.text));
            let has = |stems: &[&str]| role.split(' ').any(|word| stems.iter().any(|stem| word.starts_with(stem)));
            if has(&["approv"]) {
                signed.approvers.push(name);
            } else if has(&["review", "check"]) {
                signed.reviewers.push(name);
            } else if has(&["author", "prepare", "originator", "written", "writer"]) {
                signed.author.get_or_insert(name);
            } else {
                // Somebody else signed: by what right, the table does not tell.
                signed.approvers.push(name);
            }
        }
        signed
    }
}

/// The name of one person, without what stands behind it; `None` where it names nobody, a team, or several.
fn person(told: &Spanned) -> Option<String> {
    const NOBODY: &[&str] = &["", "tbd", "n a", "na", "none", "name", "team", "pending", "self", "author"];
    let turned = initials_first(&told.text);
    let text = turned.as_deref().unwrap_or(&told.text);
    if text.contains(['[', '{', '<', ',', ';', '&']) || text.contains(" and ") {
        return None;
    }
    let name = words(text.split(['(', '–', '—']).next().unwrap_or(""));
    let word = |list: &[&str]| name.split(' ').any(|word| list.contains(&word));
    (!NOBODY.contains(&name.as_str()) && !word(&["team", "group", "board", "committee"])).then_some(name)
}

/// `A. Berg` of "Berg, A.": what stands behind the comma is no second person.
fn initials_first(text: &str) -> Option<String> {
    let (last, first) = text.split_once(',')?;
    let (last, first) = (last.trim(), first.trim());
    let initials = first.split(['.', ' ', '-']).filter(|part| !part.is_empty());
    let all = initials.clone().all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    (all && initials.count() > 0 && !last.is_empty()).then(|| format!("{first} {last}"))
}
