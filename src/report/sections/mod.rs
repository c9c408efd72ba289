//! The facts of the auditor's report as plain data, made once and written by every format of it.
//!
//! A [`Section`] is a table. It says what its rows are, and where it has none it says why: an empty table looks like good
//! news, and it may be that nothing was looked at. Nothing here is markup, and nothing is escaped: that is for a format.

mod delta;
mod evidence;
mod findings;
mod identity;
mod inputs;
mod ladder;
mod levels;
mod matrices;
mod records;
mod unchecked;
mod waivers;

use super::Report;
use crate::compare::delta::Delta;
use crate::link::graph::{ActionId, Graph, ReqId, TestId};
use crate::link::records::RecordId;
use crate::model::history::Head;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use crate::verdict::{State, States};
use std::borrow::Cow;
use std::fmt;

/// What a whole report is made of: that of `check`, and what only the command knows.
#[derive(Debug, Clone, Copy)]
pub struct Account<'r> {
    /// Findings, graph, counts and verdict.
    pub report: &'r Report<'r>,
    /// The states of the requirements.
    pub states: &'r States,
    /// What was set.
    pub settings: &'r Settings,
    /// Paths that a reader could have taken and none did, with the reason.
    pub passed_over: &'r [(String, String)],
    /// What the files were taken from.
    pub heads: &'r [Head],
    /// What changed, and since what; `None` where it is compared with nothing.
    pub delta: Option<(&'r str, &'r Delta)>,
    /// The command that writes the same report again.
    pub command: &'r str,
    /// What stands for the time at which it is written.
    pub stamp: Option<Stamp>,
}

/// A time that a report speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// In seconds since 1970.
    pub seconds: i64,
    /// What says so.
    pub by: Dated,
}

/// What says of which time a report speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// Somebody asked for it.
    Set,
    /// The commit that is the baseline.
    Baseline,
    /// The newest of the commits that were read or are checked out.
    Newest,
}

impl<'r> Account<'r> {
    fn graph(&self) -> &'r Graph {
        self.report.graph
    }
}

/// One section: its description, and its rows.
#[derive(Debug)]
pub struct Section<'r> {
    /// What it is.
    pub about: &'static About,
    /// Its rows.
    pub rows: Vec<Row<'r>>,
    /// What must be known to read it: why it has no rows, or what is not in them.
    pub notes: Vec<Cow<'r, str>>,
}

/// What a section is, whatever its rows are.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Its name for programs, options and files: `forward`.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it tells, in one line.
    pub what: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A path with or without a line.
    Place,
    /// The name of something that a report has a row for.
    Id,
    /// A word of a small set, good or bad.
    Status,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'r> {
    /// What it is the row of, for links that lead to it.
    pub anchor: Option<Anchor>,
    /// As many cells as the section has columns.
    pub cells: Vec<Cell<'r>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'r> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'r, str>),
    /// A number.
    Number(usize),
    /// A path, and a line of it.
    Place(&'r str, Option<u32>),
    /// A name, and the row to which it leads.
    Link(Cow<'r, str>, Anchor),
    /// A word, and whether it is good news.
    Status(Tone, Cow<'r, str>),
}

/// What something means to somebody who has to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// As it must be.
    Good,
    /// Missing or wrong.
    Bad,
    /// Worth a look, or accepted by somebody.
    Warn,
    /// Not assessed.
    Open,
    /// Neither.
    Plain,
}

impl Tone {
    /// A word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Open => "open",
            Self::Plain => "plain",
        }
    }
}

/// Something that has a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// A requirement.
    Requirement(ReqId),
    /// A test.
    Test(TestId),
    /// A finding, by its number from 0.
    Finding(u32),
    /// A record.
    Record(RecordId),
    /// An action of a record.
    Action(ActionId),
    /// A waiver, by its number from 0.
    Waiver(u32),
    /// A file.
    Input(FileId),
}

impl fmt::Display for Anchor {
    /// A name that is unique within a report: `requirement-12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, number) = match self {
            Self::Requirement(id) => ("requirement", id.0),
            Self::Test(id) => ("test", id.0),
            Self::Finding(number) => ("finding", *number),
            Self::Record(id) => ("record", id.0),
            Self::Action(id) => ("action", id.0),
            Self::Waiver(number) => ("waiver", *number),
            Self::Input(file) => ("input", file.0),
        };
        write!(f, "{what}-{number}")
    }
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Link(text, _) | Self::Status(_, text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Place(path, None) => f.write_str(path),
            Self::Place(path, Some(line)) => write!(f, "{path}:{line}"),
        }
    }
}

impl<'r> Cell<'r> {
    /// Words; none where there are none.
    fn text(text: impl Into<Cow<'r, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Words where there are any.
    fn maybe(text: Option<impl Into<Cow<'r, str>>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    fn status(tone: Tone, word: impl Into<Cow<'r, str>>) -> Self {
        Self::Status(tone, word.into())
    }

    /// `path:line` of a place.
    fn at(graph: &'r Graph, place: Place) -> Self {
        let input = graph.input(place.file);
        Self::Place(&input.path, Some(input.text.position(place.span.start).0))
    }

    /// A requirement by its identifier.
    fn requirement(graph: &'r Graph, id: ReqId) -> Self {
        Self::Link(Cow::Borrowed(&graph.requirement(id).id), Anchor::Requirement(id))
    }

    /// A test by its name.
    fn test(graph: &Graph, id: TestId) -> Self {
        Self::Link(Cow::Owned(graph.test(id).qualified()), Anchor::Test(id))
    }

    /// What is known of the verification of a requirement.
    fn state(state: State) -> Self {
        let tone = match state {
            State::Verified => Tone::Good,
            State::Gap => Tone::Bad,
            State::Waived => Tone::Warn,
            State::NotAssessed => Tone::Open,
        };
        let word = if state == State::NotAssessed { "not assessed" } else { state.name() };
        Self::status(tone, word)
    }
}

impl<'r> Row<'r> {
    fn new(cells: Vec<Cell<'r>>) -> Self {
        Self { anchor: None, cells }
    }

    fn of(anchor: Anchor, cells: Vec<Cell<'r>>) -> Self {
        Self { anchor: Some(anchor), cells }
    }
}

/// A column as the tables of sections write it.
const fn column(key: &'static str, title: &'static str, kind: Kind) -> Column {
    Column { key, title, kind }
}

/// Columns of sections that tell one thing a row.
const PAIRS: &[Column] =
    &[column("what", "What", Kind::Text), column("value", "Value", Kind::Text), column("place", "Place", Kind::Place)];

/// A section as it is registered: what it is, and what makes its rows and its notes.
struct Entry {
    about: About,
    rows: for<'r> fn(&Account<'r>) -> Made<'r>,
}

/// A section by its key, its title, what it tells in a line, its columns, and what makes its rows.
const fn entry(
    key: &'static str,
    title: &'static str,
    what: &'static str,
    columns: &'static [Column],
    rows: for<'r> fn(&Account<'r>) -> Made<'r>,
) -> Entry {
    Entry { about: About { key, title, what, columns }, rows }
}

/// Rows and notes.
type Made<'r> = (Vec<Row<'r>>, Vec<Cow<'r, str>>);

/// Rows, and what is said where there are none.
fn or_note<'r>(rows: Vec<Row<'r>>, note: impl FnOnce() -> Cow<'r, str>) -> Made<'r> {
    let notes = if rows.is_empty() { vec![note()] } else { Vec::new() };
    (rows, notes)
}

/// All sections in an auditor's order.
const ENTRIES: &[Entry] = &[
    identity::IDENTIFICATION,
    identity::VERDICT,
    ladder::LADDER,
    levels::LEVELS,
    findings::FINDINGS,
    matrices::FORWARD,
    matrices::BACKWARD,
    evidence::RUNS,
    evidence::RESULTS,
    ladder::STRENGTH,
    evidence::OTHER,
    records::RECORDS,
    records::ACTIONS,
    waivers::WAIVERS,
    delta::DELTA,
    unchecked::UNCHECKED,
    identity::SIGN_OFF,
    inputs::DIGESTS,
];

/// What sections there are, in an auditor's order.
pub fn all() -> impl Iterator<Item = &'static About> {
    ENTRIES.iter().map(|entry| &entry.about)
}

/// All sections with their rows.
pub fn sections<'r>(account: &Account<'r>) -> Vec<Section<'r>> {
    ENTRIES.iter().map(|entry| made(entry, account)).collect()
}

/// One section with its rows, by its key.
pub fn section<'r>(account: &Account<'r>, key: &str) -> Option<Section<'r>> {
    ENTRIES.iter().find(|entry| entry.about.key == key).map(|entry| made(entry, account))
}

fn made<'r>(entry: &'static Entry, account: &Account<'r>) -> Section<'r> {
    let (rows, notes) = (entry.rows)(account);
    Section { about: &entry.about, rows, notes }
}
