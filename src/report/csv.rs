//! A section as comma-separated values (RFC 4180), for whatever reads tables.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it: text of inputs is text there, too.

use super::sections::{Cell, Section};
use super::visible;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a section: a line of the names of its columns, then its rows.
pub fn write(section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(section.about.columns.iter().map(|column| column.key)).map_err(io::Error::from)?;
    for row in &section.rows {
        csv.write_record(row.cells.iter().map(|cell| value(cell).into_owned().into_bytes())).map_err(io::Error::from)?;
    }
    csv.flush()
}

/// A cell as text that no program obeys.
fn value<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Text(text) | Cell::Link(text, _) | Cell::Status(_, text) => defused(text),
        Cell::Place(..) => Cow::Owned(defused(&cell.to_string()).into_owned()),
    }
}

/// The text, with an apostrophe before it where a spreadsheet would take it for a formula. Spaces before it do not matter to
/// some of them.
pub(super) fn defused(text: &str) -> Cow<'_, str> {
    let safe = visible::line(text);
    let begins = text
        .trim_start_matches(' ')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if begins { Cow::Owned(format!("'{safe}")) } else { safe }
}
