//! What a document states of other records: tables of their status, headings and fields that give it, and sentences that
//! say what waits for what.

use crate::model::Facts;
use crate::model::lifecycle::{Class, State, family, is_numbered_id};
use crate::model::stated::{Stated, Wait};
use crate::model::vocabulary::{is_foreign, is_requirement_word, words};
use crate::read::contents::names;
use crate::read::grammar::identifier;
use crate::read::kept::bare_version;
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Columns that a table of documents may have.
const MOST_COLUMNS: usize = 12;

/// Reads a table of records with their status; any other table adds nothing.
pub fn table(text: &str, grid: &Grid, facts: &mut Facts) {
    let columns = grid.header.cells.len();
    if !(2..=MOST_COLUMNS).contains(&columns) || grid.rows.is_empty() {
        return;
    }
    let named = |list: &[&str]| {
        let mut cells = grid.header.cells.iter();
        cells.position(|span| list.contains(&words(text.get(span.range()).unwrap_or("")).as_str()))
    };
    let Some(status) = named(&["status", "state", "current status", "document status", "final status", "lifecycle state"]) else {
        return;
    };
    let version = named(&["version", "rev", "revision", "current version", "ver"]);
    let approval = named(&["approval", "approval status", "approved", "gate status"]);
    let Some(id) = (0..columns).find(|at| *at != status && is_id_column(text, grid, *at)) else { return };
    // Where the rows have identifiers of their own, the status is theirs: "F-01 | raised in CR-042 | Closed".
    if (0..id).any(|at| at != status && has_own_ids(text, grid, at)) || is_of_others(text, grid, status) {
        return;
    }
    let date = grid.header.cells.iter().position(|span| is_day_column(&words(text.get(span.range()).unwrap_or(""))));
    let mut found: Vec<(Stated, Option<String>)> = Vec::new();
    for row in &grid.rows {
        let cell = |at: usize| row.cells.get(at).map(|span| inline::spanned(text, *span)).filter(|cell| !cell.text.is_empty());
        let Some(id) = row.cells.get(id).and_then(|span| in_cell(text, *span)) else { continue };
        let version = version.and_then(cell).filter(|cell| is_version(&cell.text));
        let version = version.map(|cell| Spanned { text: bare_version(&cell.text).to_owned(), ..cell });
        let day = date.and_then(|at| names::any_day(text.get(row.cells.get(at)?.range())?, 0)).map(|day| day.text);
        found.push((Stated { id, status: cell(status), approval: approval.and_then(cell), version }, day));
    }
    facts.stated.extend(last(found));
}

/// The columns of people, and of what they did or are to do, in front of which or behind which a status is theirs: "SOP-002 | Lind |
/// Completed" tells that somebody was trained.
const OTHERS: &[&str] = &[
    "action",
    "action item",
    "activity",
    "approver",
    "attendee",
    "course",
    "employee",
    "operator",
    "participant",
    "person",
    "reader",
    "reviewer",
    "role",
    "signatory",
    "staff",
    "step",
    "task",
    "trainee",
    "trainer",
    "training",
    "user",
];

/// Whether the status of a table is that of people or actions, which stand in front of it.
fn is_of_others(text: &str, grid: &Grid, status: usize) -> bool {
    let heads = grid.header.cells.iter().take(status).map(|span| words(text.get(span.range()).unwrap_or("")));
    heads.into_iter().any(|head| OTHERS.iter().any(|other| head.strip_prefix(other).is_some_and(|rest| matches!(rest, "" | "s"))))
}

fn is_day_column(head: &str) -> bool {
    matches!(head, "date" | "day" | "when" | "on" | "changed on" | "changed" | "date time" | "time" | "timestamp" | "updated")
}

/// What a table says in the end: of several rows of one record that differ, the newest, and none where no day tells which that is.
fn last(found: Vec<(Stated, Option<String>)>) -> Vec<Stated> {
    let said = |one: &Stated| {
        let text = |part: &Option<Spanned>| part.as_ref().map_or_else(String::new, |part| words(&part.text));
        [text(&one.status), text(&one.approval), text(&one.version)]
    };
    let mut rows: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, (one, _)) in found.iter().enumerate() {
        rows.entry(one.id.text.to_ascii_uppercase()).or_default().push(at);
    }
    let mut kept: FxHashSet<usize> = FxHashSet::default();
    for mut same in rows.into_values() {
        let told = same.first().and_then(|at| found.get(*at)).map(|(one, _)| said(one));
        let differ = same.iter().any(|at| found.get(*at).map(|(one, _)| said(one)) != told);
        if differ {
            let day = |at: &usize| found.get(*at).and_then(|(_, day)| day.clone());
            let newest = same.iter().filter_map(day).max();
            same.retain(|at| newest.is_some() && day(at) == newest);
            same.truncate(if same.len() == 1 { 1 } else { 0 });
        }
        kept.extend(same);
    }
    found.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, (one, _))| one).collect()
}

/// Whether a column names records: in most of its cells, so that a note in one of them makes none.
fn is_id_column(text: &str, grid: &Grid, at: usize) -> bool {
    let rows = grid.rows.iter().take(20);
    let (all, found) = rows.fold((0, 0), |(all, found), row| {
        let named = row.cells.get(at).and_then(|span| in_cell(text, *span)).is_some();
        (all + 1, found + usize::from(named))
    });
    found * 2 > all
}

/// Whether most cells of a column are identifiers, no two of them the same.
fn has_own_ids(text: &str, grid: &Grid, at: usize) -> bool {
    let cell = |row: &GridRow| row.cells.get(at).map(|span| inline::spanned(text, *span).text);
    let whole = |cell: &String| identifier::leading(cell, false).is_some_and(|(_, end)| end == cell.len());
    let ids: Vec<String> = grid.rows.iter().take(20).filter_map(cell).filter(whole).collect();
    let distinct = ids.iter().collect::<FxHashSet<_>>().len() == ids.len();
    ids.len() * 2 > grid.rows.len().min(20) && distinct
}

/// The identifier of a record with which a cell begins, or else the document that it links: `[0001](0001-use-a-queue.md)`.
fn in_cell(text: &str, cell: Span) -> Option<Spanned> {
    record(text, cell).or_else(|| {
        let raw = text.get(cell.range())?;
        let (_, target) = raw.trim_start().strip_prefix('[')?.split_once("](")?;
        let (target, _) = target.split_once([')', '#', ' '])?;
        let document = target.ends_with(".md") && !target.contains("://");
        document.then(|| Spanned { text: target.to_owned(), span: cell })
    })
}

fn record(text: &str, cell: Span) -> Option<Spanned> {
    let raw = text.get(cell.range())?;
    let skipped = raw.len() - raw.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).len();
    let rest = raw.get(skipped..)?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
    let id = rest.get(..end)?;
    let start = cell.start as usize + skipped;
    is_record_id(id).then(|| Spanned { text: id.to_owned(), span: Span::new(start, start + end) })
}

/// Whether a word may be the identifier of a record; those of requirements are not.
fn is_record_id(id: &str) -> bool {
    let known = Class::of_family(family(id)).is_some();
    let composed = id.contains('-') && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    known && composed || is_numbered_id(id) && (known || is_foreign(id) || !is_requirement_word(family(id)))
}

fn is_version(text: &str) -> bool {
    let bare = bare_version(text);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// "CR-043-VAR-001 (Type 1) → CLOSED": a heading that ends with the status of the record that it names.
pub fn heading(title: &Spanned, facts: &mut Facts) {
    let Some((before, status)) = ["→", "->", "⇒", "=>"].iter().find_map(|arrow| title.text.rsplit_once(arrow)) else {
        return;
    };
    let ids: Vec<&str> = tokens(before).map(|(_, id)| id).collect();
    let [id] = ids.as_slice() else { return };
    // "reviewed → approved → released" tells of steps, not of where it stands now.
    if before.contains(['→', '⇒']) || before.contains("->") || before.contains("=>") {
        return;
    }
    let status = status.split(['(', '[']).next().unwrap_or(status).trim().trim_end_matches([')', '.']);
    if State::of(status, Class::Other) == State::Unknown {
        return;
    }
    let here = |text: &str| Spanned { text: text.to_owned(), span: title.span };
    facts.stated.push(Stated { id: here(id), status: Some(here(status)), approval: None, version: None });
}

/// "- **Final Status:** CLOSED (v2.0)" below a heading that names one record.
pub fn field(text: &str, span: Span, heading: &str, facts: &mut Facts) {
    // An item begins with its bullet, which is no part of the key.
    let raw = text.get(span.range()).unwrap_or("");
    let Some((key, value)) = raw.lines().next().and_then(|line| line.split_once(':')) else { return };
    if !matches!(words(key).as_str(), "status" | "final status" | "current status") {
        return;
    }
    let ids: Vec<&str> = tokens(heading).map(|(_, id)| id).collect();
    let [id] = ids.as_slice() else { return };
    let start = span.start as usize + key.len() + 1;
    let plain = inline::spanned(text, Span::new(start, start + value.len()));
    // What stands behind a dash or in brackets explains the status.
    let said = plain.text.split(['(', '–', '—', ';', ',']).next().unwrap_or("").split(" - ").next().unwrap_or("").trim();
    if said.is_empty() || State::of(said, Class::Other) == State::Unknown {
        return;
    }
    let version = plain
        .text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','))
        .find(|word| word.starts_with(['v', 'V']) && is_version(word));
    let here = |text: &str| Spanned { text: text.to_owned(), span: plain.span };
    let version = version.map(|version| here(bare_version(version)));
    facts.stated.push(Stated { id: here(id), status: Some(here(said)), approval: None, version });
}

/// The identifiers of records in a text, with their offsets.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).filter_map(move |word| {
        let start = text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        let id = word.trim_matches(['-', '_']);
        (is_numbered_id(id) && is_record_id(id)).then_some((start, id))
    })
}

/// Words by which a sentence says that one thing waits for another.
const WAITS: &[&str] = &[" after ", " once ", " until ", " when ", " upon ", " pending "];

/// What can be done with a record.
const STEPS: &[&str] = &["release", "released", "close", "closed", "execute", "executed", "approve", "approved"];

/// Reads a sentence that says which record waits for which. What is ticked or struck out waits no more.
pub fn wait(text: &str, span: Span, facts: &mut Facts) {
    let raw = text.get(span.range()).unwrap_or("");
    let bare = raw.trim_start_matches(['-', '*', '+', ' ']);
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' ']);
    if ["[x]", "[X]", "~~", "✅", "✓", "☑"].iter().any(|sign| bare.starts_with(sign)) {
        return;
    }
    let found = waits(text, span, raw).or_else(|| leading(text, span, raw)).or_else(|| before(text, span, raw));
    facts.waits.extend(found);
}

/// "Release CR-042 after INV-001 is closed".
fn waits(text: &str, span: Span, raw: &str) -> Option<Wait> {
    let (word, at) = WAITS.iter().filter_map(|word| Some((*word, raw.find(word)?))).min_by_key(|(_, at)| *at)?;
    let behind = at + word.len();
    let end = raw.get(behind..)?.find(['.', ';', '\n']).map_or(raw.len(), |end| behind + end);
    pair(text, span, sentence(raw, at)..at, behind..end)
}

/// "After INV-001 is closed, release CR-042".
fn leading(text: &str, span: Span, raw: &str) -> Option<Wait> {
    let words = ["After ", "Once ", "When ", "Upon "];
    let (at, word) = words.iter().filter_map(|word| Some((raw.find(word)?, *word))).min()?;
    let start = sentence(raw, at);
    let lead = raw.get(start..at)?;
    if lead.chars().any(char::is_alphabetic) {
        return None;
    }
    let from = at + word.len();
    let comma = from + raw.get(from..)?.find(", ")?;
    let end = raw.get(comma..)?.find(['.', ';', '\n']).map_or(raw.len(), |end| comma + end);
    pair(text, span, comma + 2..end, from..comma)
}

/// "Get INV-001 closed before CR-042 is released", "CR-042 must not be released before INV-001 is closed".
fn before(text: &str, span: Span, raw: &str) -> Option<Wait> {
    const WORD: &str = " before ";
    let at = raw.find(WORD)?;
    let behind = at + WORD.len();
    let end = raw.get(behind..)?.find(['.', ';', '\n']).map_or(raw.len(), |end| behind + end);
    let start = sentence(raw, at);
    let denied = words(raw.get(start..at)?);
    if denied.split(' ').any(|word| matches!(word, "not" | "never" | "cannot")) {
        return pair(text, span, start..at, behind..end);
    }
    // What is to be reached first is told here in any case: "Look at INV-001 before CR-042 is released" asks for nothing.
    pair(text, span, behind..end, start..at).filter(|wait| wait.status.is_some())
}

/// Where the sentence begins in which a place lies.
fn sentence(raw: &str, at: usize) -> usize {
    let before = raw.get(..at).unwrap_or("");
    let start = before.rfind(['.', ';', '\n']).map_or(0, |at| at + 1);
    start + before.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len())
}

/// The record in one part of a sentence, to which something is to be done, and the one in the other, which must be ready first.
fn pair(text: &str, span: Span, one: Range<usize>, other: Range<usize>) -> Option<Wait> {
    let base = span.start as usize;
    let part = |range: &Range<usize>| text.get(base + range.start..base + range.end);
    let (waiting, needed) = (part(&one)?, part(&other)?);
    let ((from, id), (to, on)) = (only(waiting)?, only(needed)?);
    let said = words(waiting);
    // "was released after" tells of the past.
    if said.split(' ').any(|word| matches!(word, "was" | "were" | "had" | "has" | "have")) {
        return None;
    }
    let step = STEPS.iter().find(|step| said.split(' ').any(|word| word == **step))?;
    let start = base + other.start;
    let rest = needed.get(to + on.len()..)?;
    let skipped = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphabetic()).len();
    let verb = ["is ", "are ", "has been ", "gets ", "becomes ", "must be ", ""];
    let verb = verb.iter().find(|verb| rest.get(skipped..).is_some_and(|rest| rest.starts_with(**verb)));
    let status =
        verb.map(|verb| inline::spanned(text, Span::new(start + to + on.len() + skipped + verb.len(), base + other.end)));
    let status = status.filter(|status| State::of(&status.text, Class::Other) != State::Unknown);
    if status.is_none() && !rest.trim().is_empty() {
        return None;
    }
    let (first, last) = (one.start.min(other.start), one.end.max(other.end));
    Some(Wait {
        span: Span::new(base + first, base + last),
        id: Spanned { text: id.to_owned(), span: Span::new(base + one.start + from, base + one.start + from + id.len()) },
        step: step.trim_end_matches('d').to_owned(),
        on: Spanned { text: on.to_owned(), span: Span::new(start + to, start + to + on.len()) },
        status,
    })
}

/// The one record that a piece of a sentence names.
fn only(text: &str) -> Option<(usize, &str)> {
    let mut found = tokens(text);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
