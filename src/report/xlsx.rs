//! The whole report as a workbook: a sheet for each section, after one that lists them.
//!
//! Text of inputs is written as text: never as a formula, and no link leads out of the workbook. What a sheet or a cell cannot
//! hold is cut with a note that says so, on the sheet and in the list. The same report gives the same bytes.

use super::sections::{Account, Anchor, Cell, Column, Kind, Row, Section, Tone, sections};
use super::sentence;
use super::visible;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::io::{self, Write};

/// The rows of a sheet.
const MAX_ROWS: usize = 1_048_576;
/// The rows of a section on a sheet: the head, an empty line and the notes need some, too.
const MOST_ROWS: usize = MAX_ROWS - 8;
/// What a cell holds, in UTF-16 code units.
const MAX_CELL: usize = 32_767;
/// What the name of a sheet holds.
const MAX_NAME: usize = 31;
/// The links of a sheet; programs do not open one with more.
const MAX_LINKS: usize = 65_000;
/// How wide a column gets at most, in characters.
const WIDEST: usize = 60;
/// The rows by which the width of a column is measured.
const MEASURED: usize = 500;
/// The name of the first sheet.
const CONTENTS: &str = "Contents";

/// Writes the workbook.
pub fn write(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(account).and_then(|mut workbook| workbook.save_to_buffer()).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(account: &Account<'_>) -> Result<Workbook, XlsxError> {
    let sections = sections(account);
    let names: Vec<String> = sections.iter().map(|section| name(section.about.title)).collect();
    let mut book = Book { styles: Styles::new(), places: places(&sections, &names), workbook: Workbook::new() };
    book.workbook.set_properties(&properties(account)?);
    let notes = sections.iter().map(|section| Notes::of(section, MOST_ROWS)).collect::<Vec<_>>();
    book.contents(account, &sections, &names, &notes)?;
    for ((section, name), notes) in sections.iter().zip(&names).zip(&notes) {
        book.section(section, name, notes)?;
    }
    Ok(book.workbook)
}

/// When it was made: the day that was asked for, that of the commit, or else one that says nothing.
fn properties(account: &Account<'_>) -> Result<DocProperties, XlsxError> {
    let known = account.stamp.and_then(|stamp| ExcelDateTime::from_timestamp(stamp.seconds).ok());
    let made = known.map_or_else(|| ExcelDateTime::from_ymd(1980, 1, 1), Ok)?;
    let title = format!("Traceability report: {}", account.report.verdict.name());
    Ok(DocProperties::new().set_title(title).set_author(super::json::TOOL.name).set_creation_datetime(&made))
}

/// The name of a sheet: a title without what no name may hold.
fn name(title: &str) -> String {
    title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(MAX_NAME).collect()
}

/// Where the row of something stands: the sheet, and the row from 1.
type Places<'n> = FxHashMap<Anchor, (&'n str, usize)>;

fn places<'n>(sections: &[Section<'_>], names: &'n [String]) -> Places<'n> {
    let mut places = Places::default();
    for (section, name) in sections.iter().zip(names) {
        for (at, row) in section.rows.iter().take(MOST_ROWS).enumerate() {
            if let Some(anchor) = row.anchor {
                places.entry(anchor).or_insert((name, at + 2));
            }
        }
    }
    places
}

/// What is said of a section below its rows and in the list.
struct Notes {
    lines: Vec<String>,
    /// How many of its rows are written.
    rows: usize,
}

impl Notes {
    /// What is told where a sheet holds so many rows at most.
    fn of(section: &Section<'_>, most: usize) -> Self {
        let mut lines: Vec<String> = section.notes.iter().map(ToString::to_string).collect();
        let all = section.rows.len();
        let rows = all.min(most);
        if all > most {
            lines.push(format!(
                "Cut: a sheet holds no more; {} of {all} rows are left out. The CSV of this section has them all.",
                all - most
            ));
        }
        let long = section
            .rows
            .iter()
            .take(rows)
            .flat_map(|row| &row.cells)
            .filter(|cell| cut(&safe(&cell.to_string())).is_some())
            .count();
        if long > 0 {
            lines.push(format!("Cut: {long} cells are longer than a cell may be, and end with a note that says so."));
        }
        Self { lines, rows }
    }
}

/// The looks of cells.
struct Styles {
    head: Format,
    plain: Format,
    note: Format,
    link: Format,
    number: Format,
    good: Format,
    bad: Format,
    warn: Format,
    open: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let filled = |ink: u32, paper: u32| top().set_font_color(ink).set_background_color(paper);
        Self {
            head: top().set_bold().set_background_color(0x00D9_E1E8).set_text_wrap(),
            plain: top(),
            note: top().set_italic(),
            link: top().set_font_color(0x0004_4A8F),
            number: top().set_num_format("0"),
            good: filled(0x0011_5C2E, 0x00E3_F4E6),
            bad: filled(0x0093_1A1A, 0x00FB_E4E4),
            warn: filled(0x0073_4A00, 0x00FD_F0D5),
            open: filled(0x0040_4552, 0x00E9_EAEE),
        }
    }

    fn tone(&self, tone: Tone) -> &Format {
        match tone {
            Tone::Good => &self.good,
            Tone::Bad => &self.bad,
            Tone::Warn => &self.warn,
            Tone::Open => &self.open,
            Tone::Plain => &self.plain,
        }
    }
}

/// A workbook as it is written.
struct Book<'n> {
    workbook: Workbook,
    styles: Styles,
    places: Places<'n>,
}

impl Book<'_> {
    fn contents(
        &mut self,
        account: &Account<'_>,
        sections: &[Section<'_>],
        names: &[String],
        notes: &[Notes],
    ) -> Result<(), XlsxError> {
        let styles = &self.styles;
        let sheet = self.workbook.add_worksheet().set_name(CONTENTS)?;
        for (at, (title, width)) in [("Section", 32), ("Rows", 8), ("What it tells", 90), ("Notes", 60)].into_iter().enumerate() {
            let at = column(at);
            sheet.write_string_with_format(0, at, title, &styles.head)?.set_column_width(at, width)?;
        }
        for (at, ((section, name), notes)) in sections.iter().zip(names).zip(notes).enumerate() {
            let row = self::row(at + 1);
            let link = Url::new(format!("internal:'{name}'!A1")).set_text(section.about.title);
            sheet.write_url_with_format(row, 0, link, &styles.link)?;
            sheet.write_number_with_format(row, 1, section.rows.len() as f64, &styles.number)?;
            sheet.write_string_with_format(row, 2, section.about.what, &styles.plain)?;
            sheet.write_string_with_format(row, 3, fitting(&notes.lines.join(" ")), &styles.note)?;
        }
        let verdict = format!("{}: {}", account.report.verdict.name(), sentence(account.report));
        sheet.write_string_with_format(row(sections.len() + 2), 0, fitting(&verdict), &styles.note)?;
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn section(&mut self, section: &Section<'_>, name: &str, notes: &Notes) -> Result<(), XlsxError> {
        let (styles, places) = (&self.styles, &self.places);
        let sheet = self.workbook.add_worksheet().set_name(name)?;
        let columns = section.about.columns;
        for (at, head) in columns.iter().enumerate() {
            sheet.write_string_with_format(0, column(at), head.title, &styles.head)?;
            sheet.set_column_width(column(at), width(section, at, head) as f64)?;
        }
        sheet.set_freeze_panes(1, u16::from(columns.first().is_some_and(|first| first.kind == Kind::Id)))?;
        let mut links = Links { places, left: MAX_LINKS };
        for (at, line) in section.rows.iter().take(notes.rows).enumerate() {
            for (cell_at, cell) in line.cells.iter().enumerate() {
                let target = links.of(line, cell);
                write_cell(sheet, (row(at + 1), column(cell_at)), cell, target, styles)?;
            }
        }
        if notes.rows > 0 {
            sheet.autofilter(0, 0, row(notes.rows), column(columns.len().saturating_sub(1)))?;
        }
        let first = if notes.rows > 0 { notes.rows + 2 } else { 1 };
        for (at, line) in notes.lines.iter().enumerate().take(4) {
            sheet.write_string_with_format(row(first + at), 0, fitting(line), &styles.note)?;
        }
        Ok(())
    }
}

/// The links of a sheet.
struct Links<'p> {
    places: &'p Places<'p>,
    left: usize,
}

impl Links<'_> {
    /// Where a cell leads to, unless that is its own row, or the sheet has as many links as it may.
    fn of(&mut self, row: &Row<'_>, cell: &Cell<'_>) -> Option<Url> {
        let Cell::Link(name, anchor) = cell else { return None };
        if name.is_empty() {
            return None;
        }
        let (sheet, at) = self.places.get(anchor).filter(|_| row.anchor != Some(*anchor) && self.left > 0)?;
        self.left -= 1;
        Some(Url::new(format!("internal:'{sheet}'!A{at}")))
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell<'_>,
    target: Option<Url>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match (cell, target) {
        (Cell::Empty, _) => {}
        (Cell::Number(number), _) => {
            sheet.write_number_with_format(row, at, *number as f64, &styles.number)?;
        }
        (Cell::Status(tone, _), _) => {
            sheet.write_string_with_format(row, at, fitting(&cell.to_string()), styles.tone(*tone))?;
        }
        (_, Some(target)) => {
            sheet.write_url_with_format(row, at, target.set_text(fitting(&cell.to_string())), &styles.link)?;
        }
        (_, None) => {
            sheet.write_string_with_format(row, at, fitting(&cell.to_string()), &styles.plain)?;
        }
    }
    Ok(())
}

/// A number of a row as a sheet counts them.
fn row(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A number of a column as a sheet counts them.
fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// How wide a column must be for its head and its first cells.
fn width(section: &Section<'_>, at: usize, head: &Column) -> usize {
    let cells = section.rows.iter().take(MEASURED).filter_map(|row| row.cells.get(at));
    let widest = cells.map(|cell| unicode_width::UnicodeWidthStr::width(cell.to_string().as_str())).max().unwrap_or(0);
    (widest.max(head.title.len()) + 3).min(WIDEST)
}

/// Text as a cell holds it: on one line, without what no cell may hold, and cut where it is too long.
fn fitting(text: &str) -> String {
    let text = safe(text);
    cut(&text).unwrap_or_else(|| text.into_owned())
}

/// Text in which nothing steers what shows it. XML may not hold the two last characters, and programs read `_x0041_` as the
/// character of that number.
fn safe(text: &str) -> Cow<'_, str> {
    let text = visible::line(text);
    if !text.contains(['\u{fffe}', '\u{ffff}']) {
        return text;
    }
    let escaped = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}').then(|| c.escape_unicode().to_string());
    text.chars().map(|c| escaped(c).unwrap_or_else(|| c.to_string())).collect::<String>().into()
}

/// The beginning of a text that is too long for a cell, with a note; nothing of one that fits.
fn cut(text: &str) -> Option<String> {
    if text.len() <= MAX_CELL || text.encode_utf16().count() <= MAX_CELL {
        return None;
    }
    let note = format!(" […cut: {} characters in all]", text.chars().count());
    let mut left = MAX_CELL - note.encode_utf16().count();
    let fits = |c: &char| {
        let len = c.len_utf16();
        let fits = left >= len;
        left = left.saturating_sub(len);
        fits
    };
    Some(text.chars().take_while(fits).chain(note.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_cannot_hold_is_cut_with_a_note() {
        assert_eq!(cut(&"x".repeat(MAX_CELL)), None);
        for (text, count) in [("x".repeat(MAX_CELL + 1), MAX_CELL + 1), ("🧪".repeat(20_000), 20_000)] {
            let cut = cut(&text).unwrap();
            assert!(cut.encode_utf16().count() <= MAX_CELL && cut.len() > MAX_CELL / 2);
            assert!(cut.ends_with(&format!(" […cut: {count} characters in all]")), "{}", &cut[cut.len() - 60..]);
        }
    }

    #[test]
    fn what_a_sheet_cannot_hold_is_told() {
        let about = super::super::sections::all().next().unwrap();
        let row = || Row { anchor: None, cells: vec![Cell::Text("y".repeat(MAX_CELL * 2).into()), Cell::Empty, Cell::Empty] };
        let section = Section { about, rows: (0..7).map(|_| row()).collect(), notes: Vec::new() };
        let notes = Notes::of(&section, 5);
        assert_eq!(notes.rows, 5);
        assert!(notes.lines[0].contains("2 of 7 rows are left out"), "{:?}", notes.lines);
        assert!(notes.lines[1].contains("5 cells"), "{:?}", notes.lines);
        assert!(Notes::of(&section, MOST_ROWS).lines.len() == 1);
    }

    #[test]
    fn names_of_sheets_are_short_unique_and_keep_to_what_is_allowed() {
        let names: Vec<String> = super::super::sections::all().map(|about| name(about.title)).collect();
        let mut unique: Vec<&String> = names.iter().collect();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
        assert!(names.iter().all(|name| !name.is_empty() && name.chars().count() <= MAX_NAME && name != CONTENTS));
        assert_eq!(name("a/b:c[d]'*?\\"), "abcd");
    }
}
