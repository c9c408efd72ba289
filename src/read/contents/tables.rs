//! Tables in which people write down what they did: execution items, steps, signatures, comments.

use super::filled;
use super::names;
use super::planned;
use super::tongues;
use crate::model::contents::{Field, Item, ItemKind, MaybePlanned};
use crate::model::vocabulary::words;
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};
use std::borrow::Cow;

/// What the columns of such a table are, by position.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns {
    id: Option<usize>,
    task: Option<usize>,
    expected: Option<usize>,
    summary: Option<usize>,
    outcome: Option<usize>,
    by: Option<usize>,
    verified: Option<usize>,
    name: Option<usize>,
    date: Option<usize>,
    kind: Option<ItemKind>,
}

const IDS: &[&str] = &[
    "ei",
    "ei id",
    "execution item",
    "id",
    "item",
    "item id",
    "no",
    "nr",
    "number",
    "step",
    "step id",
    "step no",
    "task id",
    "tc",
    "tc id",
    "test case",
    "test case id",
    "test id",
    "test step",
    "",
];
const TASKS: &[&str] = &[
    "action",
    "activity",
    "check",
    "description",
    "inspection",
    "instruction",
    "instructions",
    "item",
    "procedure",
    "step",
    "step description",
    "task",
    "task description",
    "test",
    "test description",
    "test step",
    "verification",
    "what",
];
const EXPECTED: &[&str] =
    &["acceptance criteria", "acceptance criterion", "criteria", "criterion", "expected", "expected result", "expected results"];
const SUMMARIES: &[&str] = &[
    "actual",
    "actual result",
    "actual results",
    "details of resolution",
    "evidence",
    "execution summary",
    "observation",
    "observations",
    "observed",
    "observed result",
    "summary",
    "what was done",
];
const OUTCOMES: &[&str] =
    &["conclusion", "done", "outcome", "pass fail", "p f", "result", "results", "status", "task outcome", "verdict"];
const COMMENTS: &[&str] = &["comment", "comments", "note", "notes", "remark", "remarks"];
const ROLES: &[&str] = &["function", "meaning", "role", "title", "responsibility", "signatory"];
const NAMES: &[&str] = &["approver", "name", "person", "printed name", "who"];
const DATES: &[&str] = &["date", "date time", "executed on", "signed on", "when"];

/// The lines of a table, if it is one in which people write down what they did. `signing` says that it stands where something is
/// signed: names and dates beside roles are signatures there.
/// `working` says that what stands there was done, or was to be.
pub(super) fn items(text: &str, grid: &Grid, optional: bool, signing: bool, working: bool) -> Vec<Item> {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let Some(columns) = columns(&names, signing, working) else { return Vec::new() };
    let whole = grid.rows.iter().filter_map(|row| whole(text, row, names.len()));
    whole.map(|row| item(text, &row, columns, optional)).collect()
}

/// A row with as many cells as its table has columns, or fewer. A pipe within a cell breaks it: where that stands in code its
/// parts are put together again, and else nobody knows which cells are those of other columns.
pub(super) fn whole<'g>(text: &str, row: &'g GridRow, columns: usize) -> Option<Cow<'g, GridRow>> {
    if row.cells.len() <= columns {
        return Some(Cow::Borrowed(row));
    }
    let mut cells: Vec<Span> = Vec::with_capacity(columns);
    let mut open = false;
    for cell in &row.cells {
        match cells.last_mut().filter(|_| open) {
            Some(last) => *last = Span::new(last.start as usize, cell.end() as usize),
            None => cells.push(*cell),
        }
        let marks = text.get(cell.range()).unwrap_or("").bytes().filter(|byte| *byte == b'`').count();
        open ^= marks % 2 == 1;
    }
    (cells.len() == columns && !open).then_some(Cow::Owned(GridRow { span: row.span, cells }))
}

fn columns(names: &[String], signing: bool, working: bool) -> Option<Columns> {
    let named = |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str()));
    // Histories of versions and lists of documents are no work that somebody did.
    let other = ["version", "revision", "rev", "document", "severity", "priority", "capa", "finding"];
    if names.iter().any(|name| other.contains(&name.as_str())) {
        return None;
    }
    let (date, name) = (named(DATES), named(NAMES));
    let beside = name.filter(|_| signing && date.is_some() && named(ROLES).is_some());
    let by = names.iter().position(|name| is_signature(name)).or(beside);
    let comment = named(COMMENTS);
    let task = named(TASKS).or_else(|| named(tongues::WHAT)).or_else(|| named(tongues::STEPS)).filter(|task| Some(*task) != by);
    let id = named(IDS).filter(|id| Some(*id) != task);
    let expected = named(EXPECTED).or_else(|| named(tongues::EXPECTED));
    let (summary, outcome) =
        (named(SUMMARIES).or_else(|| named(tongues::SEEN)), named(OUTCOMES).or_else(|| named(tongues::OUTCOMES)));
    let verified = verified_column(names, by);
    let name = name.filter(|name| Some(*name) != by);
    let mut columns = Columns { id, task, expected, summary, outcome, by, verified, name, date, kind: None };
    let work = id.is_some() && outcome.is_some() && task.is_some();
    columns.kind = match (outcome, by) {
        (_, Some(_)) if task.is_some() || summary.is_some() => Some(ItemKind::Step),
        // A status beside a name alone may be anything's.
        (Some(_), None) if expected.is_some() && task.is_some() || work && names.first().is_some_and(|name| is_step(name)) => {
            Some(ItemKind::Step)
        }
        // Below a heading of what is done, a line with a task and its outcome and nothing else is such work all the same.
        (Some(_), None) if working && task.is_some() && names.iter().all(|name| is_plain(name)) => Some(ItemKind::Step),
        // What is expected, what was seen and what came of it are those of a step, whatever the first column is called.
        (Some(_), Some(_)) if expected.is_some() => Some(ItemKind::Step),
        (None, Some(_)) if comment.is_some() => Some(ItemKind::Comment),
        (None, Some(_)) if named(ROLES).is_some() => Some(ItemKind::Signature),
        _ => None,
    };
    match columns.kind {
        Some(ItemKind::Comment) => columns.summary = comment,
        Some(ItemKind::Signature) => columns.task = named(ROLES),
        _ => {}
    }
    columns.kind.is_some().then_some(columns)
}

/// The column in which somebody else signs than who did it: "Verified By" behind "Performed By".
fn verified_column(names: &[String], by: Option<usize>) -> Option<usize> {
    let did = by
        .and_then(|by| names.get(by))
        .is_some_and(|name| name.split(' ').any(|word| matches!(word, "performed" | "executed" | "done" | "performer")));
    let second = |name: &String| {
        name == "verifier" || ["verified by", "witnessed by", "checked by"].iter().any(|start| name.starts_with(start))
    };
    names.iter().position(second).filter(|at| did && Some(*at) != by)
}

/// What the fields of an upright form are, by position: those of one step. What has a title or a version is no item of a record.
pub(super) fn upright(names: &[String]) -> Option<Columns> {
    let named = |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str()));
    if named(&["approver", "author", "capa", "document", "finding", "priority", "severity", "title", "version"]).is_some() {
        return None;
    }
    // What a record says of its own status is no outcome.
    let outcome = names.iter().position(|name| OUTCOMES.contains(&name.as_str()) && name != "status");
    let columns = Columns {
        id: named(IDS).filter(|id| names.get(*id).is_some_and(|name| !name.is_empty())),
        task: named(TASKS),
        expected: named(EXPECTED),
        summary: named(SUMMARIES),
        outcome,
        by: names.iter().position(|name| is_signature(name)),
        verified: verified_column(names, names.iter().position(|name| is_signature(name))),
        name: None,
        date: named(DATES),
        kind: Some(ItemKind::Step),
    };
    outcome.map(|_| columns)
}

/// Whether a field of an upright form is one that somebody fills in once the work is done.
pub(super) fn is_filled_in(name: &str) -> bool {
    name != "status" && OUTCOMES.contains(&name) || is_signature(name)
}

/// Whether a column of such a table is one that any has.
fn is_plain(name: &str) -> bool {
    [IDS, TASKS, EXPECTED, SUMMARIES, OUTCOMES, COMMENTS, DATES].iter().any(|list| list.contains(&name))
}

/// `EI`, `Step`, `#`: the lines are steps of a procedure.
fn is_step(name: &str) -> bool {
    matches!(name, "ei" | "ei id" | "execution item" | "step" | "step no" | "step id" | "test step" | "")
}

/// "Performed By - Date", "Signature", "Tester".
fn is_signature(name: &str) -> bool {
    const SIGNING: &[&str] =
        &["performed", "executed", "tested", "verified", "signed", "inspected", "reviewed", "approved", "done"];
    let list: Vec<&str> = name.split(' ').collect();
    let passive = list.windows(2).any(|pair| matches!(pair, [word, "by"] if SIGNING.contains(word)));
    passive
        || tongues::is_signature(name)
        || matches!(
            name,
            "performer"
                | "performer date"
                | "tester"
                | "tester date"
                | "inspector"
                | "inspector date"
                | "signature"
                | "signature date"
                | "sign off"
                | "initials"
                | "initials date"
                | "signed"
        )
}

/// A line, as the item that it is.
pub(super) fn item(text: &str, row: &GridRow, columns: Columns, optional: bool) -> Item {
    let span = |at: Option<usize>| at.and_then(|at| row.cells.get(at).copied());
    // A short row lacks its last cells: they are empty.
    let end = row.span.end() as usize;
    let field = |at: Option<usize>| at.map(|at| filled::field(text, row.cells.get(at).copied().unwrap_or(Span::new(end, end))));
    let words = |at: Option<usize>| span(at).map(|span| inline::spanned(text, span));
    let day = |field: &Option<Field>| {
        let span = field.as_ref()?.span;
        names::day(text.get(span.range())?, span.start as usize)
    };
    let (by, date) = (field(columns.by), field(columns.date));
    Item {
        kind: columns.kind.unwrap_or(ItemKind::Step),
        span: row.span,
        id: words(columns.id).map_or_else(String::new, |id| id.text),
        task: words(columns.task),
        expected: words(columns.expected),
        summary: field(columns.summary),
        outcome: field(columns.outcome),
        day: day(&date).or_else(|| day(&by)),
        by,
        verified: field(columns.verified),
        name: words(columns.name),
        date,
        optional: optional || columns.kind == Some(ItemKind::Comment),
    }
}

/// The column of a table that names tests: `| Test | Description |`.
fn test_column(names: &[String]) -> Option<usize> {
    const NAMES: &[&str] =
        &["test", "tests", "test case", "test function", "test to add", "tests to add", "new test", "new tests"];
    names.iter().position(|name| NAMES.contains(&name.as_str()) || name.starts_with("test name"))
}

/// The column of a table of tests that says what became of each.
fn fate_column(names: &[String]) -> Option<usize> {
    const FATES: &[&str] = &["exists", "found", "implemented", "outcome", "pass", "pass fail", "present", "result", "status"];
    names.iter().position(|name| FATES.contains(&name.as_str()))
}

/// The tests that a table names, and whether it tells that they are there or plans them. What is told to fail or to be
/// missing is neither.
pub(super) fn tests(text: &str, grid: &Grid) -> (bool, Vec<Spanned>) {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let Some(column) = test_column(&names) else { return (false, Vec::new()) };
    let named = |keep: &dyn Fn(&GridRow) -> bool| -> Vec<Spanned> {
        let cells = grid.rows.iter().filter(|row| keep(row)).filter_map(|row| row.cells.get(column));
        cells.flat_map(|span| in_column(text, *span)).collect()
    };
    // A form of outcomes that nobody filled in yet plans as well.
    let begun = |fate: &usize| grid.rows.iter().any(|row| !filled::filled(row.cell(text, *fate)).is_open());
    match fate_column(&names).filter(begun) {
        Some(fate) => (true, named(&|row| row.cells.get(fate).is_some_and(|span| filled::field(text, *span).good))),
        None => (false, named(&|row| !is_left(text, row, column))),
    }
}

/// The names of two words in a table that plans tests.
pub(super) fn maybe_planned(text: &str, grid: &Grid) -> Vec<MaybePlanned> {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let cells = test_column(&names).into_iter().flat_map(|column| planned_cells(text, grid, column));
    let named = cells.filter_map(|span| names::two_words(text.get(span.range())?, span.start as usize));
    named.map(|name| MaybePlanned { name, listed: false }).collect()
}

/// The cells of a column of tests that this change makes.
fn planned_cells<'g>(text: &'g str, grid: &'g Grid, column: usize) -> impl Iterator<Item = &'g Span> {
    grid.rows.iter().filter(move |row| !is_left(text, row, column)).filter_map(move |row| row.cells.get(column))
}

/// Whether another cell of a row says that the test is not made: `| test_old | Remove |`.
fn is_left(text: &str, row: &GridRow, column: usize) -> bool {
    let others = row.cells.iter().enumerate().filter(|(at, _)| *at != column);
    others.into_iter().any(|(_, span)| text.get(span.range()).is_some_and(planned::is_left_by))
}

/// The tests in one cell of such a column. "Update `test_status`" plans no new one.
fn in_column(text: &str, span: Span) -> Vec<Spanned> {
    let raw = text.get(span.range()).unwrap_or("");
    let first = words(raw);
    if matches!(
        first.split(' ').next(),
        Some("update" | "enhance" | "extend" | "fix" | "rename" | "remove" | "delete" | "existing")
    ) {
        return Vec::new();
    }
    let start = span.start as usize;
    let coded = names::functions(raw, start);
    let found = if coded.is_empty() { names::tests(raw, start) } else { coded };
    if found.is_empty() { names::called(raw, start).into_iter().collect() } else { found }
}
