//! reStructuredText as the blocks of a document, for what stands inside of records: headings, paragraphs, items, tables.
//!
//! Directives, comments and literal blocks show something and are left out, but for tables.

use super::lines::{Line, lines, spanned};
use super::{Rst, Section, Table};
use crate::read::markdown::blocks::{Block, BlockKind};
use crate::read::table::Grid;
use crate::source::Span;

/// Splits a text into blocks; `found` is what was read of it.
pub fn blocks(text: &str, found: &Rst) -> Vec<Block> {
    let lines = lines(text);
    let mut splitter = Splitter { text, lines: &lines, at: 0, blocks: Vec::new() };
    let mut sections = found.sections.iter().peekable();
    let mut tables: Vec<&Table> = found.tables.iter().collect();
    tables.sort_by_key(|table| table.span);
    let mut tables = tables.into_iter().peekable();
    while let Some(line) = lines.get(splitter.at) {
        let begins = |span: Span| span.start as usize <= line.start;
        // What stands in what is left out is left out.
        while tables.next_if(|table| (table.span.end() as usize) <= line.start && !line.is_blank()).is_some() {}
        if let Some(section) = sections.next_if(|section| begins(section.span)) {
            splitter.section(section);
        } else if let Some(table) = tables.next_if(|table| begins(table.span)) {
            splitter.table(table);
        } else {
            splitter.line(line);
        }
    }
    splitter.blocks
}

struct Splitter<'t> {
    text: &'t str,
    lines: &'t [Line],
    at: usize,
    blocks: Vec<Block>,
}

impl Splitter<'_> {
    fn section(&mut self, section: &Section) {
        let kind = BlockKind::Heading(section.level, section.title.clone());
        self.blocks.push(Block { span: section.span, kind });
        self.go_behind(section.span);
    }

    fn table(&mut self, table: &Table) {
        if let Some(grid) = Grid::from_rows(table.rows.clone()) {
            self.blocks.push(Block { span: table.span, kind: BlockKind::Table(grid) });
        }
        self.go_behind(table.span);
    }

    fn go_behind(&mut self, span: Span) {
        while self.lines.get(self.at).is_some_and(|line| line.start < span.end() as usize || line.is_blank()) {
            self.at += 1;
        }
    }

    fn line(&mut self, line: &Line) {
        let written = line.written(self.text);
        if line.is_blank() {
            self.at += 1;
        } else if written.starts_with(".. ") {
            self.skip_below(line.indent);
        } else if is_field(written) {
            self.blocks.push(Block { span: Span::new(line.start + 1, line.end), kind: BlockKind::Paragraph });
            self.at += 1;
        } else {
            self.paragraph(line);
        }
    }

    /// Leaves out what stands deeper than a line.
    fn skip_below(&mut self, indent: usize) {
        self.at += 1;
        while self.lines.get(self.at).is_some_and(|line| line.is_blank() || line.indent > indent) {
            self.at += 1;
        }
    }

    /// A paragraph or the first one of an item. Behind `::` stands what is shown.
    fn paragraph(&mut self, first: &Line) {
        let kind = match is_item(first.written(self.text)) {
            true => BlockKind::Item(u8::try_from(first.indent / 2 + 1).unwrap_or(u8::MAX)),
            false => BlockKind::Paragraph,
        };
        let mut end = first.end;
        self.at += 1;
        while let Some(line) = self.lines.get(self.at).filter(|line| !line.is_blank()) {
            let written = line.written(self.text);
            if is_item(written) || is_field(written) || written.starts_with(".. ") {
                break;
            }
            end = line.end;
            self.at += 1;
        }
        let span = spanned(self.text, Span::new(first.start, end)).span;
        let shows = self.text.get(span.range()).is_some_and(|raw| raw.ends_with("::"));
        self.blocks.push(Block { span, kind });
        if shows {
            self.at -= 1;
            self.skip_below(first.indent);
        }
    }
}

/// Whether a line is a field, `:status: closed`; `:ref:`name`` is a role.
fn is_field(written: &str) -> bool {
    let rest = written.strip_prefix(':').filter(|rest| rest.starts_with(char::is_alphabetic));
    let value = rest.and_then(|rest| rest.split_once(':')).map(|(_, value)| value);
    value.is_some_and(|value| value.is_empty() || value.starts_with(' '))
}

fn is_item(written: &str) -> bool {
    let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit() || c == '#').len();
    let counted = digits > 0 && written.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    counted || ["- ", "* ", "+ "].iter().any(|sign| written.starts_with(sign))
}
