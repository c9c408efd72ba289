//! Rows of separated values, with the place of every cell.
//!
//! RFC 4180 with what spreadsheets and hands make of it: the separator may be a comma, a
//! semicolon or a tab, blanks may stand before a quote, rows may be ragged. What the
//! columns mean is decided elsewhere.

use crate::model::Problem;
use crate::source::{Span, Spanned};
use memchr::{memchr, memchr3};

/// Cells of one row that are read; spreadsheets have no more.
const MAX_COLUMNS: usize = 16_384;

/// Records that are looked at to find the separator.
const SNIFFED: usize = 50;

/// The separators that are tried, the most usual first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// One row of a table, from any notation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRow {
    /// From the first cell to the end of the last, with quotes, without the line break.
    pub span: Span,
    /// The cells. Their text is without quotes and blanks around it, and so is their span.
    pub cells: Vec<Spanned>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Csv {
    /// The rows that are not empty, the header among them.
    pub rows: Vec<TableRow>,
    /// Rows and cells that are odd.
    pub problems: Vec<Problem>,
}

/// Reads separated values; `base` is the offset of `text` in its file.
pub fn rows(text: &str, base: usize) -> Csv {
    let (separator, from) = match declared_separator(text) {
        Some(declared) => declared,
        None => (sniff(text), 0),
    };
    let mut scanner = Scanner { text, at: from, separator, base, csv: Csv::default() };
    while scanner.at < text.len() {
        let row = scanner.row();
        if row.cells.iter().any(|cell| !cell.text.is_empty()) {
            scanner.csv.rows.push(row);
        }
    }
    let mut csv = scanner.csv;
    tell_ragged(&mut csv);
    csv
}

/// The separator and the offset of the first row, where a line `sep=;` says so, as
/// Excel writes it.
fn declared_separator(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let separator = *line.strip_prefix("sep=")?.as_bytes().first()?;
    let skip = memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
    SEPARATORS.contains(&separator).then_some((separator, skip))
}

/// The separator that most records have as often as the first record has.
fn sniff(text: &str) -> u8 {
    let mut counts: Vec<[usize; 3]> = vec![[0; 3]];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                // Empty lines say nothing about columns.
                if counts.last().is_some_and(|last| *last != [0; 3]) {
                    if counts.len() == SNIFFED {
                        break;
                    }
                    counts.push([0; 3]);
                }
            }
            _ if quoted => {}
            _ => {
                let which = SEPARATORS.iter().position(|separator| *separator == byte);
                let last = counts.last_mut().zip(which);
                if let Some(count) = last.and_then(|(last, which)| last.get_mut(which)) {
                    *count += 1;
                }
            }
        }
    }
    let score = |which: usize| {
        let of = |record: &[usize; 3]| record.get(which).copied().unwrap_or(0);
        let first = counts.first().map_or(0, of);
        let alike = counts.iter().filter(|record| of(record) == first).count();
        if first == 0 { (0, 0) } else { (alike, first) }
    };
    let best = (0..SEPARATORS.len()).rev().max_by_key(|which| score(*which));
    best.and_then(|which| SEPARATORS.get(which)).copied().unwrap_or(b',')
}

/// A position in the text.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
    base: usize,
    csv: Csv,
}

impl Scanner<'_> {
    /// Reads up to the end of a record and over its line break.
    fn row(&mut self) -> TableRow {
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell();
            if cells.len() < MAX_COLUMNS {
                cells.push(cell);
            } else if cells.len() == MAX_COLUMNS {
                cells.push(cell);
                let reason = format!("the row has more than {MAX_COLUMNS} cells");
                let help = "The rest of the row is not read; check its line break and quotes.";
                self.problem(start, self.at, reason, help);
            }
            if self.peek() != Some(self.separator) {
                break;
            }
            self.at += 1;
        }
        cells.truncate(MAX_COLUMNS);
        let span = self.span(start, self.at);
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
        TableRow { span, cells }
    }

    /// Reads a cell up to its separator or line break.
    fn cell(&mut self) -> Spanned {
        let start = self.at;
        let blanks = self.rest(start).bytes().take_while(|byte| *byte == b' ').count();
        if self.rest(start + blanks).starts_with('"') {
            let open = start + blanks;
            if let Some(close) = self.closing_quote(open + 1) {
                return self.quoted(open, close);
            }
            let reason = "a quote is not closed before the end of the text".to_owned();
            let help = "Close the quote, or double it where it is meant as a character.";
            self.problem(open, open + 1, reason, help);
        }
        let end = self.end_of_plain(start);
        self.at = end;
        let (start, end) = trimmed(self.text, start, end);
        self.spanned(start, end, self.slice(start, end).to_owned())
    }

    /// The cell between two quotes, with anything that stands behind the second.
    fn quoted(&mut self, open: usize, close: usize) -> Spanned {
        let end = self.end_of_plain(close + 1);
        self.at = end;
        let behind = self.slice(close + 1, end);
        let (mut start, mut stop) = (open + 1, close);
        let mut text = self.slice(start, stop).replace("\"\"", "\"");
        if behind.trim().is_empty() {
            (start, stop) = trimmed(self.text, start, stop);
            text = text.trim().to_owned();
        } else {
            text.push_str(behind.trim_end());
            stop = close + 1 + behind.trim_end().len();
            let help = "Double quotes that belong to the text, and quote the whole cell.";
            self.problem(open, stop, "text stands behind a closing quote".to_owned(), help);
        }
        self.spanned(start, stop, text)
    }

    /// The next quote from `from` on that is not doubled.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += memchr(b'"', bytes.get(at..)?)?;
            if bytes.get(at + 1) != Some(&b'"') {
                return Some(at);
            }
            at += 2;
        }
    }

    fn end_of_plain(&self, from: usize) -> usize {
        let rest = self.rest(from);
        memchr3(self.separator, b'\n', b'\r', rest.as_bytes()).map_or(self.text.len(), |at| from + at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    fn spanned(&self, start: usize, end: usize, text: String) -> Spanned {
        Spanned { text, span: self.span(start, end) }
    }

    fn problem(&mut self, start: usize, end: usize, reason: String, help: &str) {
        let span = self.span(start, end);
        self.csv.problems.push(Problem { span, whole_file: false, reason, help: help.to_owned() });
    }
}

/// The range without the blanks at its ends.
fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let slice = text.get(start..end).unwrap_or_default();
    let start = start + slice.len() - slice.trim_start().len();
    (start, start + slice.trim().len())
}

/// Rows that have more or fewer cells than most: one problem of each kind, at its first row.
fn tell_ragged(csv: &mut Csv) {
    let mut counts: Vec<usize> = csv.rows.iter().map(|row| row.cells.len()).collect();
    counts.sort_unstable();
    // Among equally frequent widths the larger: a title above the table is no table.
    let runs = counts.chunk_by(|a, b| a == b);
    let usual = runs.max_by_key(|run| (run.len(), run.first().copied())).and_then(<[_]>::first);
    let Some(usual) = usual.copied() else {
        return;
    };
    let long: Vec<Span> = spans(csv, |row| filled(row) > usual);
    // Empty cells at the end do no harm, be they too many.
    // Nor does one of many that is left away there: what the row says is read.
    let short: Vec<Span> = spans(csv, |row| usual.saturating_sub(row.cells.len()) * 6 > usual);
    let rows = [
        (long, "more", "Quote cells that contain the separator."),
        (short, "fewer", "Fill the row up with separators, or close a quote before it."),
    ];
    for (spans, word, help) in rows {
        if let Some(span) = spans.first() {
            let reason = match spans.len() {
                1 => format!("the row has {word} cells than the {usual} of other rows"),
                n => {
                    format!("{n} rows have {word} cells than the {usual} of other rows; the first")
                }
            };
            let help = help.to_owned();
            csv.problems.push(Problem { span: *span, whole_file: false, reason, help });
        }
    }
}

/// Number of cells up to the last that is not empty.
fn filled(row: &TableRow) -> usize {
    row.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |at| at + 1)
}

fn spans(csv: &Csv, odd: impl Fn(&TableRow) -> bool) -> Vec<Span> {
    csv.rows.iter().filter(|row| odd(row)).map(|row| row.span).collect()
}
