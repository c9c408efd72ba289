//! Tables that are written as HTML: `<table><thead><tr><th>…`.
//!
//! One pass over the tags, each looked at once. Cells that span rows or columns stand in each of them, as they are read by whoever
//! looks at the page. A table without a row of headers shows something else than a table: pictures side by side, or a form.

use crate::read::table::{Grid, GridRow};
use crate::source::Span;

/// No table has more columns; what spans more is cut off.
const COLUMNS: usize = 64;

/// No cell goes on for more rows.
const ROWS: usize = 2_000;

/// A table and where it ends, if it does.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What it holds, if a row of headers says what that is.
    pub grid: Option<Grid>,
    /// Behind its last tag.
    pub end: usize,
}

/// The table that begins at an offset, with the tag `<table`; `None` where it is not closed.
pub(super) fn table(text: &str, at: usize) -> Option<Found> {
    let mut reader = Reader::default();
    let mut depth = 0_usize;
    for tag in (Tags { text, at }) {
        match (tag.name, tag.closes) {
            ("table", false) => depth += 1,
            ("table", true) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    reader.close_row(text, tag.span.start as usize);
                    return Some(Found { grid: reader.grid(), end: tag.span.end() as usize });
                }
            }
            // What stands in a table within a cell belongs to that cell.
            _ if depth != 1 => {}
            ("thead", closes) => {
                reader.close_row(text, tag.span.start as usize);
                reader.head = !closes;
            }
            ("tr", false) => {
                reader.close_row(text, tag.span.start as usize);
                reader.row = Some(tag.span.start as usize);
            }
            ("tr", true) => reader.close_row(text, tag.span.end() as usize),
            ("th" | "td", false) => reader.open_cell(text, &tag),
            ("th" | "td", true) => reader.close_cell(text, tag.span.start as usize),
            _ => {}
        }
    }
    None
}

/// Where the next table begins in a piece of text.
pub(super) fn begins(text: &str, span: Span) -> Option<usize> {
    let piece = text.get(span.range())?.as_bytes();
    let mut open = memchr::memchr_iter(b'<', piece);
    let at = open.find(|at| {
        let named = piece.get(at + 1..at + 6).is_some_and(|name| name.eq_ignore_ascii_case(b"table"));
        named && piece.get(at + 6).is_some_and(|next| next.is_ascii_whitespace() || *next == b'>')
    })?;
    Some(span.start as usize + at)
}

/// A cell whose end was not reached yet.
struct Open {
    start: usize,
    header: bool,
    rows: usize,
    columns: usize,
}

/// A row that is complete.
struct Line {
    row: GridRow,
    /// It stands in the head of the table, or all of its cells are headers.
    header: bool,
}

#[derive(Default)]
struct Reader {
    head: bool,
    row: Option<usize>,
    cell: Option<Open>,
    /// The cells of the row, and whether all of them are headers.
    cells: Vec<Span>,
    headers: usize,
    own: usize,
    /// Cells of rows above that go on, by column: their text, and for how many rows.
    above: Vec<Option<(Span, usize)>>,
    lines: Vec<Line>,
}

impl Reader {
    fn open_cell(&mut self, text: &str, tag: &Tag<'_>) {
        self.close_cell(text, tag.span.start as usize);
        self.row.get_or_insert(tag.span.start as usize);
        let (rows, columns) = (tag.number("rowspan").min(ROWS), tag.number("colspan").min(COLUMNS));
        self.cell = Some(Open { start: tag.span.end() as usize, header: tag.name == "th", rows, columns });
    }

    fn close_cell(&mut self, text: &str, at: usize) {
        let Some(open) = self.cell.take() else { return };
        self.carry();
        let span = inner(text, open.start, at);
        self.own += 1;
        self.headers += usize::from(open.header || is_bold(text, open.start, at));
        for _ in 0..open.columns.max(1) {
            if self.cells.len() < COLUMNS {
                self.above.resize(self.above.len().max(self.cells.len() + 1), None);
                if let Some(slot) = self.above.get_mut(self.cells.len()).filter(|_| open.rows > 1) {
                    *slot = Some((span, open.rows - 1));
                }
                self.cells.push(span);
            }
        }
    }

    /// Puts cells of rows above where they go on.
    fn carry(&mut self) {
        while let Some((span, left)) = self.above.get_mut(self.cells.len()).and_then(Option::take) {
            if left > 1
                && let Some(slot) = self.above.get_mut(self.cells.len())
            {
                *slot = Some((span, left - 1));
            }
            self.cells.push(span);
        }
    }

    fn close_row(&mut self, text: &str, at: usize) {
        self.close_cell(text, at);
        let Some(start) = self.row.take() else { return };
        self.carry();
        let cells = std::mem::take(&mut self.cells);
        let header = self.own > 0 && (self.head || self.headers == self.own);
        (self.headers, self.own) = (0, 0);
        if !cells.is_empty() {
            self.lines.push(Line { row: GridRow { span: Span::new(start, at.max(start)), cells }, header });
        }
    }

    /// The last of the rows of headers on top says what the columns hold: those above group them.
    fn grid(self) -> Option<Grid> {
        let heads = self.lines.iter().take_while(|line| line.header).count();
        let mut rows = self.lines.into_iter().map(|line| line.row).skip(heads.checked_sub(1)?);
        let header = rows.next().filter(|header| header.cells.len() > 1)?;
        Some(Grid { header, rows: rows.collect() })
    }
}

/// The text of a cell without blanks and tags around it: `<td><a href="…">REQ-1</a></td>` holds `REQ-1`.
fn inner(text: &str, start: usize, end: usize) -> Span {
    /// So many tags stand around a text.
    const DEEP: usize = 6;
    let (mut start, mut end) = (start, end.max(start));
    for _ in 0..DEEP {
        let raw = text.get(start..end).unwrap_or("");
        start += raw.len() - raw.trim_start().len();
        end = start + raw.trim().len();
        let raw = raw.trim();
        let opened = raw.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        let closed = || raw.strip_suffix('>').and_then(|rest| rest.rfind("</"));
        let Some((open, close)) = opened.and_then(|rest| rest.find('>')).map(|at| at + 2).zip(closed()) else { break };
        if open > close {
            break;
        }
        (start, end) = (start + open, start + close);
    }
    Span::new(start, end)
}

/// Whether a cell is bold from end to end, as headers are that are not called so.
fn is_bold(text: &str, start: usize, end: usize) -> bool {
    let raw = text.get(start..end).unwrap_or("").trim();
    let marked = |open: &str, close: &str| raw.len() > open.len() + close.len() && raw.starts_with(open) && raw.ends_with(close);
    let tagged = || marked("<b>", "</b>") || marked("<strong>", "</strong>");
    tagged() && raw.matches("</").count() == 1
}

/// One tag.
struct Tag<'t> {
    /// Its name in small letters, empty for one that is not looked at.
    name: &'static str,
    closes: bool,
    attributes: &'t str,
    span: Span,
}

impl Tag<'_> {
    /// The number that an attribute has, and else one.
    fn number(&self, name: &str) -> usize {
        let lower = self.attributes.to_ascii_lowercase();
        let value = lower.split_once(name).map_or("", |(_, rest)| rest.trim_start());
        let value = value.strip_prefix('=').map_or("", |rest| rest.trim_start().trim_start_matches(['"', '\'']));
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        value.get(..digits).and_then(|number| number.parse().ok()).unwrap_or(1).max(1)
    }
}

/// Tags that make tables.
const NAMES: [&str; 7] = ["table", "thead", "tbody", "tfoot", "tr", "th", "td"];

/// The tags of a text from an offset on, without comments.
struct Tags<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + memchr::memchr(b'<', rest.as_bytes())?;
        let body = self.text.get(start + 1..)?;
        if body.starts_with("!--") {
            let length = memchr::memmem::find(body.as_bytes(), b"-->")?;
            self.at = start + 1 + length + 3;
            return Some(Tag { name: "", closes: false, attributes: "", span: Span::new(start, self.at) });
        }
        let closes = body.starts_with('/');
        let named = body.get(usize::from(closes)..)?;
        let length = named.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = named.get(..length).and_then(|name| NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name)));
        // A bracket that begins no tag of a table is passed over by itself: `a < b`.
        let Some(name) = name else {
            self.at = start + 1;
            return Some(Tag { name: "", closes, attributes: "", span: Span::new(start, self.at) });
        };
        let attributes = named.get(length..)?;
        let end = closing(attributes)?;
        let from = start + 1 + usize::from(closes) + length;
        self.at = from + end + 1;
        Some(Tag { name, closes, attributes: attributes.get(..end)?, span: Span::new(start, self.at) })
    }
}

/// Where the bracket stands that closes a tag, outside of quotes.
fn closing(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{begins, table};
    use crate::source::Span;

    fn cells(text: &str) -> Option<Vec<Vec<String>>> {
        let at = begins(text, Span::new(0, text.len()))?;
        let grid = table(text, at)?.grid?;
        let line = |row: &crate::read::table::GridRow| (0..row.cells.len()).map(|at| row.cell(text, at).to_owned()).collect();
        Some(std::iter::once(&grid.header).chain(&grid.rows).map(line).collect())
    }

    #[test]
    fn cells_stand_in_every_row_and_column_that_they_span() {
        let text = "<table><thead>\n<tr><th rowspan=\"2\">Rule</th><th colspan='2'>Where</th></tr><tr><TH>Boot</TH><th>Run</th></tr>\
                    </thead><tr><td rowspan=2><a href=\"x\">R-1</a></td><td>a</td><td>b<tr><td colspan=2>c</td></tr></table> <td>out</td>";
        let expected = [["Rule", "Boot", "Run"], ["R-1", "a", "b"], ["R-1", "c", "c"]];
        assert_eq!(cells(text), Some(expected.map(|row| row.map(str::to_owned).to_vec()).to_vec()));
    }

    #[test]
    fn what_has_no_head_or_no_end_is_no_table() {
        for text in [
            "<table><tr><td><img src=a></td><td>b</td></tr></table>",
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1",
            "<table><tr><th>Only</th></tr><tr><td>1</td></tr></table>",
            "<tables><tr><th>A</th><th>B</th></tr></tables>",
            "<table></table>",
        ] {
            assert_eq!(cells(text), None, "{text}");
        }
    }

    #[test]
    fn what_claims_to_span_everything_stays_small() {
        let wide = format!(
            "<table><tr><th>A</th><th>B</th></tr>{}</table>",
            "<tr><td rowspan=65000 colspan=65000>x</td></tr>".repeat(300)
        );
        let found = cells(&wide).unwrap_or_default();
        assert_eq!((found.len(), found.iter().map(Vec::len).max()), (301, Some(64)));
    }
}
