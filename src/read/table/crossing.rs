//! Tables that cross requirements with tests: the one down the side, the other along the top.
//!
//! ```text
//! | Requirement \ Test | TC-01 | TC-02 |      | Requirement \ Module | TEST-TANK           | TEST-VALVE |
//! | REQ-1              |   x   |       |      | REQ-1                | TC-TANK-01~TC-TANK-04 |            |
//! ```
//!
//! A mark says that the requirement of its row and the test of its column belong together. Below a module of tests stand
//! the identifiers of its cases.

use super::columns::{self, Column};
use super::names::ID_NAMES;
use super::rows::Section;
use super::{Grid, GridRow, localised};
use crate::model::Facts;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::record::Kind;
use crate::model::vocabulary::{self, words};
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::{identifier, row as cells};
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

/// What a crossing table holds.
struct Crossing<'g> {
    /// Tests stand down the side and requirements along the top.
    turned: bool,
    /// The columns that are crossed, each with the identifier on top.
    tops: Vec<(usize, &'g str)>,
    /// Columns beside them.
    title: Option<usize>,
    status: Option<usize>,
    /// Whether a cross is a mark, or denies where others stand.
    crosses: bool,
}

/// Reads a crossing table; `false` where the table is none.
pub(super) fn read(grid: &Grid, section: &Section<'_>, facts: &mut Facts) -> bool {
    if matches!(section.kind, Kind::Template | Kind::Record | Kind::Investigation) {
        return false;
    }
    let text = section.text;
    let Some(crossing) = crossing(grid, text) else { return false };
    let table = facts.tables.len();
    let rows: Vec<Row> = grid.rows.iter().filter_map(|row| crossing.row(row, text, table)).collect();
    if rows.iter().all(|row| row.citations.is_empty()) {
        return false;
    }
    facts.tables.push(Table {
        header: grid.header.span,
        layout: if crossing.turned { Layout::Inverted } else { Layout::Forward },
        has_tests: true,
        has_status: crossing.status.is_some(),
        heading: section.heading.clone(),
    });
    facts.rows.extend(rows);
    true
}

fn crossing<'g>(grid: &'g Grid, text: &'g str) -> Option<Crossing<'g>> {
    let tops: Vec<(usize, &str)> =
        (1..grid.header.cells.len()).filter_map(|at| Some((at, top(grid.header.cell(text, at))?))).collect();
    if tops.len() < 2 || tops.len() * 2 < grid.header.cells.len() {
        return None;
    }
    let (side, along) = axes(grid.header.cell(text, 0));
    let cases = |ids: &[&str]| ids.iter().all(|id| vocabulary::is_test_case(id));
    let required = |ids: &[&str]| {
        let named = ids.iter().filter(|id| numbered(id) && !vocabulary::is_foreign(id)).count();
        named > 0 && named * 4 >= ids.len() * 3
    };
    let first: Vec<&str> = grid.rows.iter().filter_map(|row| whole(row.cell(text, 0))).collect();
    let top_ids: Vec<&str> = tops.iter().map(|(_, id)| *id).collect();
    // What a name does not say, the identifiers tell.
    let forward = calls_requirements(&side, along.is_empty())
        && (columns::names_tests(&along) || along.is_empty() && cases(&top_ids))
        && required(&first);
    let turned = !forward
        && (columns::names_tests(&side) || side.is_empty() && !first.is_empty() && cases(&first))
        && calls_requirements(&along, true)
        && required(&top_ids);
    if !forward && !turned {
        return None;
    }
    let named = |wanted: Column| {
        let crossed = |at: usize| tops.iter().any(|(top, _)| *top == at);
        (1..grid.header.cells.len()).filter(|at| !crossed(*at)).find(|at| columns::named(grid.header.cell(text, *at)) == wanted)
    };
    let (title, status) = (named(Column::Text), named(Column::Status));
    let filled =
        || grid.rows.iter().flat_map(|row| tops.iter().map(|(at, _)| row.cell(text, *at))).filter(|cell| is_filled(cell));
    let crosses = !filled().any(|cell| mark(cell, false) == Some(true));
    let told = |cell: &&str| mark(cell, crosses).is_some() || !turned && names_cases(cell);
    let known = filled().filter(told).count();
    (known > 0 && known * 2 >= filled().count()).then_some(Crossing { turned, tops, title, status, crosses })
}

impl Crossing<'_> {
    fn row(&self, row: &GridRow, text: &str, table: usize) -> Option<Row> {
        let cell = |at: usize| (row.cell(text, at), row.cells.get(at).copied().unwrap_or_default());
        let (side, span) = cell(0);
        let filled = self.tops.iter().map(|(at, id)| (*id, cell(*at))).filter(|(_, (raw, _))| is_filled(raw));
        let filled = filled.filter(|(_, (raw, _))| mark(raw, self.crosses) != Some(false));
        let own: Mentions = match whole(side) {
            Some(id) => Mentions::from_buf([Mention::one(id, at(side, id, span))]),
            None => identifier::mentions(side, span.start as usize),
        };
        if own.is_empty() {
            return None;
        }
        let mut found = Row::bare(table, row.span, own.clone());
        if self.turned {
            found.ids = filled.map(|(id, (_, span))| Mention::one(id, span)).collect();
            found.citations = own.iter().filter_map(|one| Some(case(one.id()?, one.span))).collect();
            found.cited = vec![inline::spanned(text, span)];
        } else {
            for (id, (raw, span)) in filled {
                found.cited.push(inline::spanned(text, span));
                match mark(raw, self.crosses) {
                    Some(_) => found.citations.push(case(id, span)),
                    None => found.citations.extend(citations(raw, span.start as usize, Expect::Anything)),
                }
            }
        }
        found.title = self.beside(row, text, self.title);
        found.status = self.beside(row, text, self.status).map(|cell| (cells::status(&cell.text), cell));
        (!found.ids.is_empty()).then_some(found)
    }

    fn beside(&self, row: &GridRow, text: &str, column: Option<usize>) -> Option<Spanned> {
        let span = *row.cells.get(column?)?;
        Some(inline::spanned(text, span)).filter(|cell| !cell.text.is_empty())
    }
}

fn case(id: &str, span: Span) -> Citation {
    Citation::new(span, Target::CaseId(id.to_owned()))
}

/// The identifier on top of a column: with a number, or in parts that are all capitals, `TEST-TANK`.
fn top(cell: &str) -> Option<&str> {
    whole(cell).filter(|id| numbered(id) || id.contains(['-', '_']) && !id.contains(char::is_lowercase))
}

/// Whether an identifier ends with a number and perhaps a letter; `E2E` is none.
fn numbered(id: &str) -> bool {
    id.len() > 1 && id.trim_end_matches(|c: char| c.is_ascii_lowercase()).ends_with(|c: char| c.is_ascii_digit())
}

/// The identifier that a cell is or begins with, where a title follows on a line of its own or behind a colon.
fn whole(cell: &str) -> Option<&str> {
    let bare = cell.trim_start_matches(['*', '`', '[', ' ']);
    let (id, end) = identifier::leading(bare, true)?;
    let rest = bare.get(end..)?.trim_start_matches(['*', '`', ']']);
    let apart = rest.trim().is_empty() || rest.starts_with([':', '(', '<', '\n', '：', '（']);
    apart.then_some(id)
}

/// Where an identifier stands that is part of a cell.
fn at(cell: &str, id: &str, span: Span) -> Span {
    let start = span.start as usize + cell.find(id).unwrap_or(0);
    Span::new(start, start + id.len())
}

/// What the first cell of the header says of the side and of the top: `Requirement \ Test`.
fn axes(cell: &str) -> (String, String) {
    let plain = inline::plain(cell);
    match plain.split_once(['＼', '\\', '/', '／', '×', '↓']) {
        Some((side, along)) => (words(side), words(along)),
        None => (words(&plain), String::new()),
    }
}

/// Whether the name of an axis says that requirements stand there. `open` is for one that may say nothing.
fn calls_requirements(name: &str, open: bool) -> bool {
    if columns::names_tests(name) {
        return false;
    }
    let said = name.split(' ').any(|word| word.starts_with("req") || vocabulary::means_requirements(word));
    said || open && (name.is_empty() || ID_NAMES.contains(&name) || localised::is_id(name))
}

fn is_filled(cell: &str) -> bool {
    !matches!(cell.trim(), "" | "-" | "—" | "–" | "−" | "―" | "ー" | "&nbsp;")
}

/// Whether a cell is a mark, and what it says; `crosses` tells that a cross stands for yes here.
fn mark(cell: &str, crosses: bool) -> Option<bool> {
    const YES: &[&str] =
        &["○", "◯", "〇", "●", "◎", "⬤", "✓", "✔", "✅", "☑", "√", "•", "■", "◆", "★", "y", "yes", "✓✓", "v", "はい", "有", "是"];
    const CROSS: &[&str] = &["x", "×", "✗", "✕", "✘", "✖"];
    const NO: &[&str] = &["❌", "n", "no", "n/a", "na", "无", "無", "いいえ", "否"];
    let bare = cell.trim_matches(['*', '`', ' ', '(', ')', '[', ']', '\u{FE0F}']).to_lowercase();
    match bare.as_str() {
        yes if YES.contains(&yes) => Some(true),
        cross if CROSS.contains(&cross) => Some(crosses),
        no if NO.contains(&no) => Some(false),
        _ => None,
    }
}

/// Whether a cell names test cases or tests.
fn names_cases(cell: &str) -> bool {
    citations(cell, 0, Expect::Anything).iter().any(|one| !matches!(one.target, Target::Prose(_) | Target::Elided))
}
