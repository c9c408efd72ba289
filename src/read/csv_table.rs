//! Stand-in until the reader of comma-separated values lands.
use crate::source::{Span, Spanned};
/// One row.
pub struct TableRow { /// span
 pub span: Span, /// cells
 pub cells: Vec<Spanned> }
/// A table
pub struct CsvTable { /// rows
 pub rows: Vec<TableRow> }
/// Reads.
pub fn read(_text: &str) -> CsvTable { CsvTable { rows: Vec::new() } }
