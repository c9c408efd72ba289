//! Actions that have no identifier, and the entries of logs.

use super::progress::{self, Progress};
use super::{causes, names as forms, signed, tables, tongues};
use crate::model::contents::{Contents, Filled};
use crate::model::lifecycle::Class;
use crate::model::mention::Mentions;
use crate::model::record::{Action, ActionKind, Details};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::kept::spaced;
use crate::read::markdown::inline;
use crate::read::record;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};

/// A longer sheet was written by no hand.
const MOST_ENTRIES: usize = 2_000;

const STATUSES: &[&str] = &["status", "state", "outcome", "completed", "done", "completion", "progress"];

/// The columns of a table by their names.
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    pub(super) status: usize,
}

impl Columns {
    /// Those of a table that has a status.
    pub(super) fn of(text: &str, grid: &Grid) -> Option<Self> {
        let names: Vec<String> =
            grid.header.cells.iter().map(|span| words(&spaced(text.get(span.range()).unwrap_or("")))).collect();
        let status = names.iter().position(|name| tongues::is_named(name, STATUSES, tongues::STATUSES))?;
        Some(Self { names, status })
    }

    pub(super) fn named(&self, list: &[&str]) -> Option<usize> {
        self.names.iter().position(|name| list.contains(&name.as_str()))
    }

    /// The column that says what is to be done.
    pub(super) fn what(&self, list: &[&str]) -> Option<usize> {
        self.named(list).or_else(|| self.named(tongues::WHAT))
    }
}

/// `| Action | Owner | Due | Status |` below a heading of actions: each row is one, called by its number in the record.
pub(super) fn unnumbered(text: &str, grid: &Grid, known: usize, kind: Option<ActionKind>) -> Vec<Action> {
    const WHAT: &[&str] = &[
        "action",
        "actions",
        "action item",
        "action items",
        "corrective action",
        "preventive action",
        "task",
        "what",
        "item",
        "description",
        "measure",
    ];
    let Some(columns) = Columns::of(text, grid) else { return Vec::new() };
    let Some(what) = columns.what(WHAT) else { return Vec::new() };
    let numbered = |row: &&GridRow| identifier::leading(first(text, row), false).is_some();
    let whole = grid.rows.iter().filter_map(|row| tables::whole(text, row, columns.names.len()));
    if grid.rows.iter().any(|row| numbered(&row)) {
        // A column that is called after them is read wherever it stands.
        let called = columns.names.first().is_some_and(|name| record::ACTION_IDS.contains(&name.as_str()));
        let rows = whole.filter(|_| !called).filter_map(|row| identified(text, &row, &columns, what));
        return rows.map(|action| Action { kind: action.kind.or(kind), ..action }).collect();
    }
    let rows = whole.filter_map(|row| action(text, &row, &columns, what));
    rows.enumerate()
        .map(|(at, action)| Action { id: format!("action {}", known + at + 1), kind: action.kind.or(kind), ..action })
        .collect()
}

/// The entries of a log: `| ID | Description | Owner | Due | Status |`.
pub(super) fn logged(text: &str, grid: &Grid) -> Vec<Action> {
    const WHAT: &[&str] = &[
        "description",
        "title",
        "summary",
        "deviation",
        "incident",
        "issue",
        "finding",
        "nonconformance",
        "problem",
        "rationale",
        "action",
        "what",
    ];
    let Some(columns) = Columns::of(text, grid) else { return Vec::new() };
    let Some(what) = columns.what(WHAT).or_else(|| (1..columns.names.len()).find(|at| *at != columns.status)) else {
        return Vec::new();
    };
    // Where a pipe breaks a row nobody knows which cell is its status.
    let whole = grid.rows.iter().filter_map(|row| tables::whole(text, row, columns.names.len()));
    whole.filter_map(|row| identified(text, &row, &columns, what)).collect()
}

/// The heading of an entry, `### DEV-001: Cold oven`. What becomes of it stands below.
pub(super) fn entry(text: &str, title: Span) -> Option<Action> {
    let raw = text.get(title.range())?;
    const WORDS: &[&str] =
        &["action", "case", "deviation", "entry", "finding", "incident", "item", "no", "nr", "record", "report"];
    let bare = raw.trim_start_matches(['#', '*', '`', '[', ' ']);
    // "Entry CAPA-7": what it is stands in front of its number.
    let behind =
        bare.split_once(' ').filter(|(word, _)| WORDS.contains(&words(word).as_str())).map(|(_, rest)| rest.trim_start());
    let bare = behind.filter(|rest| identifier::leading(rest, false).is_some()).unwrap_or(bare);
    let (id, end) = identifier::leading(bare, false)?;
    let start = title.start as usize + raw.len() - bare.len();
    let said = bare.get(end..)?.trim_matches([' ', ':', '-', '–', '—', '*', '`', ']']);
    Some(Action {
        id: id.to_owned(),
        span: Span::new(start, start + id.len()),
        text: Spanned { text: inline::plain(said), span: Span::new(start, start + bare.trim_end().len()) },
        done: true,
        pending: false,
        ids: Mentions::new(),
        level: None,
        evidence: false,
        kind: None,
        details: Box::default(),
    })
}

/// What a table of fields and their values says of how far an entry is.
pub(super) fn fate(text: &str, grid: &Grid) -> Option<Progress> {
    let lines = std::iter::once(&grid.header).chain(&grid.rows).filter(|row| row.cells.len() == 2);
    let told: Vec<(String, &str)> = lines.map(|row| (words(row.cell(text, 0)), row.cell(text, 1))).collect();
    let status = told.iter().find(|(name, _)| is_status(name)).map(|(_, value)| progress::of(value));
    status.or_else(|| told.iter().find_map(|(name, value)| settled(name, value)))
}

/// Whether a field tells the status of an entry.
pub(super) fn is_status(name: &str) -> bool {
    matches!(name, "status" | "current status" | "state" | "current state")
}

/// What a field says that tells what came of an entry: "Resolution", "Closed on".
pub(super) fn settled(name: &str, value: &str) -> Option<Progress> {
    let told =
        matches!(name, "resolution" | "closed" | "closed on" | "closed date" | "date closed" | "closure date" | "disposition");
    let value = value.trim_matches(['*', '_', ' ']);
    // "Closed: no" says that it is not.
    let filled = super::filled::filled(value) == Filled::Yes;
    (told && filled).then(|| progress::of(value))
}

/// Of entries below headings of their own some tell how far they are: of one that does not nobody knows what came of it.
pub(super) fn settle(actions: &mut [Action], entries: &[usize], told: &[usize]) {
    for at in entries.iter().filter(|at| !told.is_empty() && told.binary_search(at).is_err()) {
        if let Some(entry) = actions.get_mut(*at) {
            entry.done = false;
        }
    }
}

/// The entries of a log that is a sheet of its own. What lies among data is that of an application.
pub(in crate::read) fn entries(path: &str, text: &str, grid: &Grid) -> Option<Box<Contents>> {
    let class = log(path, "").filter(|_| grid.rows.len() <= MOST_ENTRIES && !is_among_data(path))?;
    let actions = logged(text, grid);
    let known = !actions.is_empty() && actions.len() * 2 > grid.rows.len();
    known.then(|| Box::new(Contents { actions, log: Some(class), ..Contents::default() }))
}

/// Whether a file lies among data, which is that of an application.
pub(super) fn is_among_data(path: &str) -> bool {
    const DATA: &[&str] =
        &["data", "dataset", "datasets", "demo", "examples", "fixtures", "mock", "sample", "samples", "seed", "seeds"];
    path.split('/').any(|folder| words(folder).split(' ').any(|word| DATA.contains(&word)))
}

/// The text of the first cell of a row without marks.
fn first<'t>(text: &'t str, row: &GridRow) -> &'t str {
    row.cell(text, 0).trim_start_matches(['*', '`', '[', ' ', '_'])
}

/// A row as an action with the identifier in its first cell.
fn identified(text: &str, row: &GridRow, columns: &Columns, what: usize) -> Option<Action> {
    let (id, _) = identifier::leading(first(text, row), false)?;
    let span = *row.cells.first()?;
    let at = span.start as usize + text.get(span.range())?.find(id)?;
    Some(Action { id: id.to_owned(), span: Span::new(at, at + id.len()), ..action(text, row, columns, what)? })
}

/// A row as an action without an identifier.
pub(super) fn action(text: &str, row: &GridRow, columns: &Columns, what: usize) -> Option<Action> {
    let said = inline::spanned(text, *row.cells.get(what)?);
    let told = !said.text.is_empty() && !super::filled::is_form(&said.text);
    let progress = progress::of(row.cell(text, columns.status));
    // Of what nobody numbered, and nobody says how far it is, little is known; what the form has there was to be replaced.
    let outcome = Some(super::filled::filled(row.cell(text, columns.status))).filter(|filled| *filled == Filled::Form);
    told.then(|| Action {
        id: String::new(),
        span: said.span,
        done: progress == Progress::Done,
        pending: progress == Progress::Pending,
        ids: Mentions::new(),
        level: None,
        evidence: false,
        kind: columns.named(&["type", "kind", "category"]).and_then(|at| causes::kind(row.cell(text, at))),
        details: Box::new(Details { outcome, ..record::details(text, row, &columns.names) }),
        text: said,
    })
}

/// `- [ ] Tell the nurse (lind)` below a heading of actions.
pub(super) fn boxed(text: &str, span: Span, number: usize) -> Option<Action> {
    let raw = text.get(span.range())?;
    let lead = super::bullet(raw);
    let (ticked, rest) = signed::split_box(raw.get(lead..)?)?;
    let said = rest.trim();
    let from = span.start as usize + raw.len() - rest.trim_start().len();
    let line = said.lines().next().filter(|line| line.len() > 3)?;
    Some(Action {
        id: format!("action {number}"),
        span: Span::new(from, from + line.len()),
        text: Spanned { text: inline::plain(line), span: Span::new(from, from + line.len()) },
        done: ticked,
        pending: !ticked,
        ids: Mentions::new(),
        level: None,
        evidence: false,
        kind: None,
        details: Box::new(Details {
            due: forms::any_day(line, from).filter(|_| words(line).contains("due")),
            ..Details::default()
        }),
    })
}

/// What the entries of a document are that calls itself a log of them.
pub(in crate::read) fn log(path: &str, title: &str) -> Option<Class> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let spoken = words(&format!("{title} {}", name.rsplit_once('.').map_or(name, |(stem, _)| stem)));
    let list = spoken.split(' ').any(|word| matches!(word, "log" | "register" | "registry" | "tracker"));
    // Letters that stand for nothing else are as good as the words.
    let family = || spoken.split(' ').find(|word| matches!(*word, "capa" | "ncmr" | "ncr" | "ncrs" | "oos" | "oot" | "scar"));
    let family = || family().and_then(|word| Class::of_family(word.trim_end_matches('s')).or_else(|| Class::of_family(word)));
    let class = Class::in_words(&spoken)
        .or_else(family)
        .filter(|class| matches!(class, Class::Deviation | Class::Action | Class::Investigation));
    class.filter(|_| list)
}

/// What a list of records is of, by the name of its file: `capa.csv`, `open-deviations.json`.
pub(super) fn called(path: &str) -> Option<Class> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let spoken = words(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    Class::in_words(&spoken).filter(|class| class.is_executed())
}

/// Whether a key says that what stands below is a list of records: `records`, `change_requests`, `capas`.
pub(super) fn is_list_of_records(key: &str) -> bool {
    key == "records" || Class::in_words(key).is_some_and(Class::is_executed)
}

/// Whether the name of a file says that it lists records, whatever they are: `records.json`, `quality-register.csv`.
pub(super) fn lists_records(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let spoken = words(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    spoken.split(' ').any(|word| matches!(word, "records" | "register" | "registry" | "tracker"))
}
