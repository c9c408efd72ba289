//! Tables of any format: what their columns mean, and the requirements and
//! matrix rows that follow from it.

pub mod catalogue;
mod cells;
pub mod columns;
mod crossing;
mod evidence;
mod heads;
mod levels;
mod localised;
mod names;
mod procedure;
pub mod rows;
mod says;

pub(super) use cells::runs as starts_runner;
pub(super) use says::is_none;

use crate::model::vocabulary::words;

use crate::read::csv_table::TableRow;
use crate::source::Span;

/// A table of any format: cells with spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The header row.
    pub header: GridRow,
    /// The rows.
    pub rows: Vec<GridRow>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GridRow {
    /// The whole row.
    pub span: Span,
    /// The cells, raw; rows may have fewer or more than the header.
    pub cells: Vec<Span>,
}

impl GridRow {
    /// The raw text of a cell, empty where the row is short.
    pub fn cell<'t>(&self, text: &'t str, column: usize) -> &'t str {
        self.cells.get(column).and_then(|span| text.get(span.range())).unwrap_or("")
    }
}

/// Whether the cell of a test says that somebody decided that there is to be none: that cites nothing, and forgets nothing either.
pub fn expects_no_test(cell: &str) -> bool {
    says::is_decision(&words(cell))
}

impl Grid {
    /// A grid from rows whose first is the header; `None` without any.
    pub fn from_rows(rows: Vec<TableRow>) -> Option<Self> {
        let mut rows =
            rows.into_iter().map(|row| GridRow { span: row.span, cells: row.cells.iter().map(|cell| cell.span).collect() });
        let header = rows.next()?;
        Some(Self { header, rows: rows.collect() })
    }
}
