//! Tables: lists of lists, grids, and simple tables between rules.
//!
//! A cell of a drawn table may fill several lines, with other cells between them. Its text
//! is then that of all its lines, one below the other, and its span that of the first.

use super::lines::{Line, spanned, trimmed};
use super::{Table, TableRow};
use crate::source::{Span, Spanned};

/// Columns of a drawn table that are read.
const MAX_COLUMNS: usize = 1000;

/// The rows of a `list-table`: a list of lists.
pub(super) fn list_rows(text: &str, lines: &[Line]) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::new();
    let Some(outer) = lines.iter().find(|line| !line.is_blank()).map(|line| line.indent) else {
        return rows;
    };
    // The column of the cells' bullets, known from the first row on.
    let mut inner = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let written = line.written(text);
        let mut at = (line.start, line.indent, written);
        if line.indent == outer {
            let Some(rest) = bullet(written) else {
                continue;
            };
            rows.push(TableRow::default());
            at = (line.end - rest.len(), line.indent + written.len() - rest.len(), rest);
            inner = Some(at.1);
        }
        let Some(row) = rows.last_mut() else {
            continue;
        };
        let (start, indent, written) = at;
        match bullet(written).filter(|_| Some(indent) == inner) {
            Some(rest) => {
                let span = trimmed(text, line.end - rest.len(), line.end);
                row.cells.push(spanned(text, span));
            }
            None => extend(text, row.cells.last_mut(), start, line.end),
        }
        let begin = if row.span.len == 0 { line.start } else { row.span.range().start };
        row.span = Span::new(begin, line.end);
    }
    rows
}

/// The text behind `*`, `-` or `+`; a bullet may stand alone.
fn bullet(written: &str) -> Option<&str> {
    let rest = written.strip_prefix(['*', '-', '+'])?;
    let text = rest.trim_start();
    (rest.is_empty() || text.len() < rest.len()).then_some(text)
}

/// Adds a line to a cell that is contiguous in the text.
fn extend(text: &str, cell: Option<&mut Spanned>, start: usize, end: usize) {
    if let Some(cell) = cell {
        if !cell.text.is_empty() {
            cell.text.push('\n');
        }
        cell.text.push_str(text.get(start..end).unwrap_or_default());
        let begin = if cell.span.len == 0 { start } else { cell.span.range().start };
        cell.span = Span::new(begin, end);
    }
}

/// The grid or simple table that begins at the first line, and how many lines it takes;
/// no table where those lines draw one without a row.
pub(super) fn drawn(text: &str, lines: &[Line]) -> Option<(Option<Table>, usize)> {
    let first = lines.first()?.written(text);
    if is_grid_rule(first) {
        grid(text, lines)
    } else if columns_of_rule(first, '=').is_some() {
        simple(text, lines)
    } else {
        None
    }
}

fn is_grid_rule(written: &str) -> bool {
    written.len() >= 3
        && written.starts_with('+')
        && written.ends_with('+')
        && written.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='))
}

/// The columns of a line like `====  ===`, in characters; a simple table has at least two.
fn columns_of_rule(written: &str, character: char) -> Option<Vec<(usize, usize)>> {
    if !written.starts_with(character) || !written.chars().all(|c| c == character || c == ' ') {
        return None;
    }
    let mut columns = Vec::new();
    let mut at = 0;
    for part in written.split(' ') {
        if !part.is_empty() {
            columns.push((at, at + part.len()));
        }
        at += part.len() + 1;
    }
    (columns.len() > 1 && columns.len() <= MAX_COLUMNS).then_some(columns)
}

/// Offsets of characters of a line: column → byte.
struct Columns<'a> {
    line: &'a Line,
    written: &'a str,
    /// Offset of each character; empty for ASCII.
    offsets: Vec<usize>,
}

impl<'a> Columns<'a> {
    fn new(text: &'a str, line: &'a Line) -> Self {
        let written = line.written(text);
        let offsets = match written.is_ascii() {
            true => Vec::new(),
            false => written.char_indices().map(|(at, _)| at).collect(),
        };
        Self { line, written, offsets }
    }

    /// The byte offset in the text of a column, at most the end of the line.
    fn at(&self, column: usize) -> usize {
        let within = match self.written.is_ascii() {
            true => column.min(self.written.len()),
            false => self.offsets.get(column).copied().unwrap_or(self.written.len()),
        };
        self.line.start + within
    }

    fn character(&self, column: usize) -> Option<char> {
        let start = self.at(column) - self.line.start;
        self.written.get(start..)?.chars().next()
    }
}

/// A cell of several lines, put together piece by piece.
fn add_piece(text: &str, cell: &mut Spanned, start: usize, end: usize) {
    let span = trimmed(text, start, end.max(start));
    if span.len == 0 {
        return;
    }
    if cell.text.is_empty() {
        cell.span = span;
    } else {
        cell.text.push('\n');
    }
    cell.text.push_str(text.get(span.range()).unwrap_or_default());
}

fn grid(text: &str, lines: &[Line]) -> Option<(Option<Table>, usize)> {
    let first = lines.first()?;
    let border = first.written(text);
    let bounds: Vec<usize> = border.match_indices('+').map(|(at, _)| at).collect();
    if bounds.len() > MAX_COLUMNS {
        return None;
    }
    let mut table = Table::default();
    let mut row = empty_row(bounds.len() - 1);
    let mut end = first;
    let mut count = 1;
    for line in lines.get(1..)? {
        let written = line.written(text);
        if line.indent != first.indent || !written.starts_with(['+', '|']) {
            break;
        }
        count += 1;
        end = line;
        let columns = Columns::new(text, line);
        let rule = |at: usize| match columns.character(at) {
            Some('+') => columns.character(at + 1).filter(|c| matches!(c, '-' | '=')),
            _ => None,
        };
        if bounds.iter().any(|at| rule(*at).is_some()) {
            let next = next_row(&row, &bounds, &|at| rule(at).is_some());
            finish_row(&mut table, std::mem::replace(&mut row, next));
            if bounds.iter().any(|at| rule(*at) == Some('=')) {
                table.headers = table.rows.len();
            }
            continue;
        }
        pieces(text, &columns, &bounds, &mut row);
        grow(&mut row, line);
    }
    // A last row without a rule below is a row all the same.
    finish_row(&mut table, row);
    table.span = Span::new(first.start, end.end);
    Some(((!table.rows.is_empty()).then_some(table), count))
}

/// Gives each cell its part of a line; a missing bar joins two columns.
fn pieces(text: &str, columns: &Columns<'_>, bounds: &[usize], row: &mut TableRow) {
    let mut open: Option<(usize, usize)> = None;
    for (index, at) in bounds.iter().enumerate() {
        let is_bar = matches!(columns.character(*at), Some('|' | '+'));
        let is_last = index + 1 == bounds.len();
        if let Some((cell, start)) = open.filter(|_| is_bar || is_last) {
            if let Some(cell) = row.cells.get_mut(cell) {
                add_piece(text, cell, columns.at(start), columns.at(*at));
            }
            open = None;
        }
        if is_bar && !is_last {
            open = Some((index, at + 1));
        }
    }
}

/// The row behind a rule. A rule may stand under some columns only: a cell that it does not
/// close belongs to both rows, as an identifier beside several tests does.
fn next_row(row: &TableRow, bounds: &[usize], ruled: &impl Fn(usize) -> bool) -> TableRow {
    let mut next = empty_row(row.cells.len());
    for ((cell, old), at) in next.cells.iter_mut().zip(&row.cells).zip(bounds) {
        if !ruled(*at) {
            *cell = old.clone();
        }
    }
    next
}

fn simple(text: &str, lines: &[Line]) -> Option<(Option<Table>, usize)> {
    let first = lines.first()?;
    let columns = columns_of_rule(first.written(text), '=')?;
    let mut table = Table::default();
    let mut row: Option<TableRow> = None;
    let mut rules = 1;
    for (index, line) in lines.iter().enumerate().skip(1) {
        let written = line.written(text);
        if line.is_blank() {
            continue;
        }
        if line.indent < first.indent {
            break;
        }
        if columns_of_rule(written, '=').is_some() {
            finish_rows(&mut table, &mut row);
            rules += 1;
            let next = lines.get(index + 1);
            if rules == 2 && next.is_some_and(|next| !next.is_blank()) {
                table.headers = table.rows.len();
                continue;
            }
            table.span = Span::new(first.start, line.end);
            return Some(((!table.rows.is_empty()).then_some(table), index + 1));
        }
        // A rule of dashes joins columns of the header above it; the cells stay as they are.
        if columns_of_rule(written, '-').is_none() && !written.bytes().all(|byte| byte == b'-') {
            simple_line(text, line, first.indent, &columns, &mut table, &mut row);
        }
    }
    // Without a rule at its end it is no table.
    None
}

/// One line of text: a row of its own, or more of the row above where the first column is empty.
fn simple_line(
    text: &str,
    line: &Line,
    indent: usize,
    columns: &[(usize, usize)],
    table: &mut Table,
    row: &mut Option<TableRow>,
) {
    let shift = line.indent - indent;
    let goes_on = columns.get(1).is_some_and(|(start, _)| shift >= *start);
    if !goes_on {
        finish_rows(table, row);
    }
    let row = row.get_or_insert_with(|| empty_row(columns.len()));
    let offsets = Columns::new(text, line);
    for (index, (cell, (start, _))) in row.cells.iter_mut().zip(columns).enumerate() {
        // The last column may be longer than its rule.
        let end = columns.get(index + 1).map_or(usize::MAX, |(next, _)| *next);
        let (start, end) = (start.saturating_sub(shift), end.saturating_sub(shift));
        add_piece(text, cell, offsets.at(start), offsets.at(end));
    }
    grow(row, line);
}

fn empty_row(columns: usize) -> TableRow {
    TableRow { span: Span::default(), cells: vec![Spanned::default(); columns] }
}

fn grow(row: &mut TableRow, line: &Line) {
    let start = if row.span.len == 0 { line.start } else { row.span.range().start };
    row.span = Span::new(start, line.end);
}

fn finish_rows(table: &mut Table, row: &mut Option<TableRow>) {
    if let Some(row) = row.take() {
        finish_row(table, row);
    }
}

/// Adds a row that says something; its empty cells stand where it begins.
fn finish_row(table: &mut Table, mut row: TableRow) {
    if row.span.len == 0 || row.cells.iter().all(|cell| cell.text.is_empty()) {
        return;
    }
    for cell in row.cells.iter_mut().filter(|cell| cell.text.is_empty()) {
        cell.span = Span::new(row.span.range().start, row.span.range().start);
    }
    table.rows.push(row);
}
