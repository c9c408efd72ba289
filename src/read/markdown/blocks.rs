//! Markdown as a flat list of blocks with source spans, by pulldown-cmark.

use super::condensed::Condensed;
use super::html;
use crate::read::document::TOML;
use crate::read::grammar::row;
use crate::read::markdown::inline;
use crate::read::rst;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The source of the block.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks that matter here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// The text between `---` lines at the top.
    FrontMatter,
    /// A heading with its level from 1 and its inline source.
    Heading(u8, Spanned),
    /// A paragraph that is not part of a list item.
    Paragraph,
    /// The first paragraph of a list item, with the depth of the list from 1.
    Item(u8),
    /// A table.
    Table(Grid),
    /// A block that an attribute in front of it names: its identifier, its title, and the levels that it needs.
    /// Only AsciiDoc has such.
    Named {
        /// The identifier.
        id: Span,
        /// The title, empty if there is none.
        title: Span,
        /// What OpenFastTrace calls its needs.
        needs: Option<Span>,
    },
    /// A code block: the language, and the lines between the fences.
    Code(String, Span),
}

/// Splits a Markdown text into blocks.
pub fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder { text, ..Builder::default() };
    let front = front_matter(text);
    if front > 0 {
        builder.blocks.push(Block { span: Span::new(0, front), kind: BlockKind::FrontMatter });
    }
    let condensed = Condensed::of(text.get(front..).unwrap_or(""));
    for (event, range) in Parser::new_ext(condensed.text(), options).into_offset_iter() {
        builder.event(event, condensed.span(range).shifted(front));
    }
    builder.blocks
}

/// The length of the front matter: from a line `---` that begins the text, or `+++` where it is TOML, to the next such line.
/// Further down these lines are rules between sections, which the metadata blocks of the parser would take for more of it.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| matches!(line.trim_end(), "---" | TOML)) else { return 0 };
    let sign = first.trim_end();
    let mut end = first.len();
    for (at, line) in lines.enumerate() {
        end += line.len();
        match line.trim_end() {
            line if line == sign || line == "..." && sign != TOML => return end,
            // A rule with a text below it.
            "" if at == 0 => return 0,
            _ => {}
        }
    }
    0
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    depth: u8,
    /// The list item whose first paragraph has not been seen yet.
    item: Option<Span>,
    quote: u8,
    code: Option<(String, Option<Span>)>,
    /// Where the last table ends that is written as HTML: what the parser makes of its lines is no block.
    taken: usize,
    /// What was looked through for such tables. One that shows no rows may hold text all the same.
    scanned: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        if (span.start as usize) < self.taken {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(TagEnd::List(_)) => self.depth = self.depth.saturating_sub(1),
            Event::End(TagEnd::BlockQuote(_)) => self.quote = self.quote.saturating_sub(1),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, Some(body))) = self.code.take() {
                    self.push(BlockKind::Code(language, body), span);
                }
            }
            Event::Text(_) if self.code.is_some() => {
                if let Some((_, body)) = &mut self.code {
                    let start = body.map_or(span.start, |body: Span| body.start);
                    *body = Some(Span { start, len: span.end() - start });
                }
            }
            Event::Text(_) | Event::Code(_) | Event::TaskListMarker(_) => self.tight_item(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level, span),
            Tag::Paragraph if self.item.is_some() => self.tight_item(),
            Tag::Paragraph if self.depth == 0 => self.paragraph(span),
            Tag::List(_) => {
                self.tight_item();
                self.depth = self.depth.saturating_add(1);
            }
            Tag::Item => {
                // Indented by a tab, the span of the parser begins with the end of the line before.
                let raw = self.text.get(span.range()).unwrap_or("");
                let lead = if raw.starts_with(['\n', '\r']) { raw.len() - raw.trim_start().len() } else { 0 };
                self.item = Some(Span::new(span.start as usize + lead, span.end() as usize));
            }
            Tag::BlockQuote(_) => self.quote = self.quote.saturating_add(1),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or("").to_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, None));
            }
            Tag::Table(_) => self.table(span),
            Tag::HtmlBlock => self.html(span),
            Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } => self.tight_item(),
            _ => {}
        }
    }

    /// A header line above a separator line makes a table for its author even where one of the two has a cell more:
    /// then the parser takes all of it for a paragraph.
    fn paragraph(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let start = span.start as usize;
        if is_grid_rule(raw.lines().next().unwrap_or("")) {
            return self.grid(raw, span);
        }
        let Some((before, rows)) = uneven_table(raw) else { return self.push(BlockKind::Paragraph, span) };
        if before > 0 {
            self.push(BlockKind::Paragraph, Span::new(start, start + before));
        }
        self.table(Span::new(start + before, start + rows));
        if rows < raw.len() {
            self.push(BlockKind::Paragraph, Span::new(start + rows, start + raw.len()));
        }
    }

    /// A table that is drawn with `+---+` lines. What is a form rather than a table says nothing.
    fn grid(&mut self, raw: &str, span: Span) {
        let moved = |inner: Span| Span { start: span.start + inner.start, len: inner.len };
        let Some(table) = rst::grid(raw) else { return };
        let mut rows = table
            .rows
            .into_iter()
            .map(|row| GridRow { span: moved(row.span), cells: row.cells.iter().map(|cell| moved(cell.span)).collect() });
        if let Some(header) = rows.next() {
            self.push(BlockKind::Table(Grid { header, rows: rows.collect() }), span);
        }
    }

    /// Tables that are written as HTML. The parser ends such a block at the next empty line, and a table where it is closed.
    fn html(&mut self, block: Span) {
        let end = block.end() as usize;
        let mut from = self.scanned.max(block.start as usize);
        while let Some(at) = html::begins(self.text, Span::new(from.min(end), end)) {
            // Without an end, none of the tables behind has one either.
            let found = html::table(self.text, at).unwrap_or(html::Found { grid: None, end: self.text.len() });
            (from, self.scanned) = (found.end, found.end);
            if let Some(grid) = found.grid {
                self.taken = found.end;
                self.push(BlockKind::Table(grid), Span::new(at, found.end));
            }
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block { span, kind });
    }

    /// Text of a list item begins: the item becomes a block, once.
    fn tight_item(&mut self) {
        if let Some(span) = self.item.take() {
            self.push(BlockKind::Item(self.depth.max(1)), span);
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let line = raw.lines().next().unwrap_or("");
        let lead = line.len() - line.trim_start_matches(['#', ' ', '\t']).len();
        let inner = line.get(lead..).unwrap_or("").trim_end_matches(['#', ' ', '\t', '\r']);
        let start = span.start as usize + lead;
        let inner = Span::new(start, start + inner.len());
        let title = inline::spanned(self.text, inner);
        self.push(BlockKind::Heading(level as u8, title), span);
    }

    /// Cells are split here and not taken from the parser, which drops those beyond the header.
    fn table(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let mut rows: Vec<GridRow> = Vec::with_capacity(memchr::memchr_iter(b'\n', raw.as_bytes()).count() + 1);
        let mut at = span.start as usize;
        for line in raw.split_inclusive('\n') {
            // Quoted tables keep their `>` in the source.
            let body = line.trim_start_matches(|c| self.quote > 0 && matches!(c, '>' | ' '));
            let start = at + (line.len() - body.len());
            let body = body.trim_end();
            let row = GridRow { span: Span::new(start, start + body.len()), cells: row::cells(body, start) };
            at += line.len();
            let width = rows.first().map_or(0, |header| header.cells.len());
            match rows.last_mut().filter(|last| !body.starts_with('|') && completes(&row, last, width)) {
                Some(last) => {
                    last.span.len = row.span.end() - last.span.start;
                    last.cells.extend(row.cells);
                }
                None => rows.push(row),
            }
        }
        let mut rows = rows.into_iter();
        let header = rows.next().unwrap_or_default();
        let rows = rows.skip(1).filter(|row| !row.cells.is_empty()).collect();
        self.push(BlockKind::Table(Grid { header, rows }), span);
    }
}

/// Whether a line without a pipe in front holds just the cells that the row above lacks: its author broke it in two.
fn completes(rest: &GridRow, row: &GridRow, width: usize) -> bool {
    !rest.cells.is_empty() && row.cells.len() > 1 && row.cells.len() + rest.cells.len() == width
}

/// `+----+:--:+`, the line between the rows of a grid.
fn is_grid_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 4
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b':'))
}

/// Where the lines of a table begin and end in a paragraph that has a separator line below a row.
fn uneven_table(raw: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut lines = raw.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    let mut header: Option<usize> = None;
    let begins = loop {
        let (start, line) = lines.next()?;
        match header {
            Some(header) if row::is_separator(line) => break header,
            _ => header = row::is_row(line).then_some(start),
        }
    };
    let ends = lines.find(|(_, line)| !row::is_row(line)).map_or(raw.len(), |(start, _)| start);
    Some((begins, ends))
}
