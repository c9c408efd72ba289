//! AsciiDoc as the blocks of a document: headings, paragraphs, items, tables, and blocks that an attribute names.
//!
//! What these say of requirements is read as in Markdown; here is only the notation. One pass over the lines.

use crate::model::Facts;
use crate::model::record::Kind;
use crate::read::markdown;
use crate::read::markdown::blocks::{Block, BlockKind};
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned, Text};

/// Columns of a table that are read.
const MAX_COLUMNS: usize = 1000;

/// Reads an AsciiDoc document; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    markdown::read_blocks(path, text, kind, &blocks(text.as_str()))
}

/// One line: where it begins, and its text without the line break.
type Line<'t> = (usize, &'t str);

/// Splits an AsciiDoc text into blocks.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let lines: Vec<Line<'_>> = text
        .split_inclusive('\n')
        .map(|whole| {
            let start = at;
            at += whole.len();
            (start, whole.trim_end())
        })
        .collect();
    let mut builder = Builder { lines: &lines, at: 0, attributes: Vec::new(), blocks: Vec::new() };
    while let Some(line) = builder.lines.get(builder.at) {
        builder.line(*line);
    }
    builder.blocks
}

struct Builder<'t> {
    lines: &'t [Line<'t>],
    at: usize,
    /// The lines in brackets directly above.
    attributes: Vec<Line<'t>>,
    blocks: Vec<Block>,
}

impl<'t> Builder<'t> {
    fn line(&mut self, (start, line): Line<'t>) {
        self.at += 1;
        if line.is_empty() || line.starts_with("//") && !line.starts_with("////") {
            // An empty line cuts attributes off.
            self.attributes.clear();
        } else if line.starts_with('[') && line.ends_with(']') {
            self.attributes.push((start, line));
        } else if let Some(level) = heading_level(line) {
            self.heading(start, line, level);
        } else if line.starts_with("|===") {
            self.table(start, line);
        } else if is_fence(line) {
            self.fence(start, line);
        } else if is_frame(line) {
            self.attributes.clear();
        } else if line == "--" {
            self.named(start, Some("--"));
        } else if let Some(depth) = item_depth(line) {
            self.item(start, line, depth);
        } else if !is_block_title(line) {
            self.named(start, None);
        }
    }

    fn push(&mut self, kind: BlockKind, from: usize, to: usize) {
        self.blocks.push(Block { span: Span::new(from, to), kind });
    }

    /// The end of the last line that was read.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.lines.get(last)).map_or(0, |(start, line)| start + line.len())
    }

    fn heading(&mut self, start: usize, line: &str, level: u8) {
        let rest = line.trim_start_matches('=').trim_start();
        let from = start + line.len() - rest.len();
        let title = Spanned { text: rest.to_owned(), span: Span::new(from, start + line.len()) };
        self.push(BlockKind::Heading(level, title), start, start + line.len());
        self.name_section(start);
        self.attributes.clear();
    }

    /// An anchor above a heading names what the section defines.
    fn name_section(&mut self, start: usize) {
        if let Some(id) = self.attributes.iter().find_map(|line| anchor(*line)) {
            let end = self.end();
            self.push(BlockKind::Named { id, title: Span::new(start, start), needs: None }, id.start as usize, end);
        }
    }

    /// Lines that hold an example, a listing or a comment.
    fn fence(&mut self, start: usize, fence: &str) {
        self.skip_to(fence);
        self.push(BlockKind::Code(String::new(), Span::new(start, self.end())), start, self.end());
        self.attributes.clear();
    }

    fn skip_to(&mut self, fence: &str) {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|(_, line)| *line == fence).map_or(rest.len(), |last| last + 1);
    }

    /// A paragraph, or a block between two lines `--`; attributes above may name it.
    fn named(&mut self, start: usize, fence: Option<&str>) {
        let first = self.at;
        match fence {
            Some(fence) => self.skip_to(fence),
            None => {
                let rest = self.lines.get(self.at..).unwrap_or_default();
                self.at += rest.iter().position(|(_, line)| line.is_empty() || breaks(line)).unwrap_or(rest.len());
            }
        }
        let (end, attributes) = (self.end(), std::mem::take(&mut self.attributes));
        let item = attributes.iter().find_map(|line| Some((value(*line, "oft-sid")?, *line)));
        if let Some((id, line)) = item {
            let kind = BlockKind::Named {
                id,
                title: value(line, "oft-title").unwrap_or_else(|| Span::new(start, start)),
                needs: value(line, "oft-needs"),
            };
            return self.push(kind, line.0, end);
        }
        if fence.is_some() {
            // What stands between the lines is read like everything else.
            self.at = first;
            return;
        }
        match attributes.iter().find_map(|line| anchor(*line)) {
            Some(id) => self.push(BlockKind::Named { id, title: Span::new(start, end), needs: None }, id.start as usize, end),
            None => self.push(BlockKind::Paragraph, start, end),
        }
    }

    fn item(&mut self, start: usize, line: &str, depth: u8) {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let ends = |line: &str| line.is_empty() || line == "+" || item_depth(line).is_some() || breaks(line);
        self.at += rest.iter().position(|(_, line)| ends(line)).unwrap_or(rest.len());
        let lead = line.len() - line.trim_start().len();
        self.push(BlockKind::Item(depth), start + lead, self.end());
        self.attributes.clear();
    }

    fn table(&mut self, start: usize, fence: &str) {
        let first = self.at;
        self.skip_to(fence);
        let body = self.lines.get(first..self.at.saturating_sub(1)).unwrap_or_default();
        let attributes = std::mem::take(&mut self.attributes);
        let stated = attributes.iter().find_map(|line| value(*line, "cols").map(|span| count_columns(*line, span)));
        if let Some(grid) = grid(body, stated) {
            self.push(BlockKind::Table(grid), start, self.end());
        }
    }
}

/// The rows of a table: cells begin at bars and go on until the next one, whatever the lines are.
fn grid(body: &[Line<'_>], stated: Option<usize>) -> Option<Grid> {
    let mut cells: Vec<Span> = Vec::new();
    // How many cells the first line with cells has, which is the header.
    let mut width = 0;
    for (start, line) in body {
        let mut bars = bars(line).peekable();
        if let (Some(last), None) = (cells.last_mut(), bars.peek()) {
            // A cell that goes on keeps its first line, but for one that began empty.
            let text = line.trim();
            if last.len == 0 && !text.is_empty() {
                let from = start + line.len() - line.trim_start().len();
                *last = Span::new(from, from + text.len());
            }
        }
        while let Some(bar) = bars.next() {
            let end = bars.peek().map_or(line.len(), |next| cell_end(line, bar + 1, *next));
            let raw = line.get(bar + 1..end).unwrap_or("");
            let from = start + bar + 1 + raw.len() - raw.trim_start().len();
            cells.push(Span::new(from, from + raw.trim().len()));
        }
        if width == 0 {
            width = cells.len();
        }
    }
    let width = stated.filter(|count| *count > 0).unwrap_or(width).clamp(1, MAX_COLUMNS);
    let mut rows = cells.chunks(width).map(|cells| {
        let (first, last) = (cells.first().map_or(0, |cell| cell.start), cells.last().map_or(0, |cell| cell.end()));
        GridRow { span: Span { start: first, len: last.saturating_sub(first) }, cells: cells.to_vec() }
    });
    let header = rows.next()?;
    Some(Grid { header, rows: rows.collect() })
}

/// The bars of a line that begin a cell.
fn bars(line: &str) -> impl Iterator<Item = usize> {
    let escaped = |at: usize| at.checked_sub(1).and_then(|before| line.as_bytes().get(before)) == Some(&b'\\');
    memchr::memchr_iter(b'|', line.as_bytes()).filter(move |at| !escaped(*at))
}

/// Where a cell ends before the next bar: `a|`, `2+|` and `.2+^|` are the beginning of that one.
fn cell_end(line: &str, from: usize, bar: usize) -> usize {
    let raw = line.get(from..bar).unwrap_or("");
    let format = raw.len() - raw.trim_end_matches(|c: char| c.is_ascii_digit() || "adehlmsv.+*<>^".contains(c)).len();
    let apart = raw.get(..raw.len() - format).is_some_and(|rest| rest.ends_with(' '));
    if format > 0 && format < 6 && apart { bar - format } else { bar }
}

/// The columns that `cols="1,2,3"` or `cols="3*"` states.
fn count_columns((start, line): Line<'_>, span: Span) -> usize {
    let value = line.get((span.start as usize).saturating_sub(start)..).unwrap_or("").get(..span.len as usize).unwrap_or("");
    let columns = value.split([',', ';']).map(|one| one.split_once('*').and_then(|(count, _)| count.trim().parse().ok()));
    columns.fold(0usize, |sum, count| sum.saturating_add(count.unwrap_or(1)))
}

/// The value of an attribute in a line of attributes: `[.specitem,oft-sid="req~a~1"]`.
fn value((start, line): Line<'_>, key: &str) -> Option<Span> {
    let at = line.find(&format!("{key}="))? + key.len() + 1;
    let rest = line.get(at..)?;
    let (from, end) = match rest.strip_prefix('"') {
        Some(quoted) => (at + 1, quoted.find('"')?),
        None => (at, rest.find([',', ']'])?),
    };
    (end > 0).then(|| Span::new(start + from, start + from + end))
}

/// The identifier of `[[REQ-1]]`, `[#REQ-1]` and `[id=REQ-1]`.
fn anchor((start, line): Line<'_>) -> Option<Span> {
    let Some(rest) = line.strip_prefix("[[").or_else(|| line.strip_prefix("[#")) else {
        return line.starts_with("[id=").then(|| value((start, line), "id")).flatten();
    };
    let (end, from) = (rest.find([']', ',', '.', '%'])?, start + line.len() - rest.len());
    (end > 0).then(|| Span::new(from, from + end))
}

fn heading_level(line: &str) -> Option<u8> {
    let level = line.len() - line.trim_start_matches('=').len();
    (level > 0 && level < 7 && line.get(level..)?.starts_with(' ')).then(|| u8::try_from(level).unwrap_or(6))
}

/// The depth of a list item: `* one`, `** two`, `. first`, `- one`.
fn item_depth(line: &str) -> Option<u8> {
    let body = line.trim_start();
    let mark = body.chars().next().filter(|c| matches!(c, '*' | '.' | '-'))?;
    let depth = body.len() - body.trim_start_matches(mark).len();
    let most = if mark == '-' { 1 } else { 6 };
    (depth <= most && body.get(depth..)?.starts_with(' ')).then(|| u8::try_from(depth).unwrap_or(1))
}

/// `====`, `****` and `____` frame what is read like everything else.
fn is_frame(line: &str) -> bool {
    line.len() > 3 && ["=", "*", "_"].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}

/// `----`, `....`, `++++` and `////` begin what is shown and not read.
fn is_fence(line: &str) -> bool {
    let first = line.chars().next().unwrap_or(' ');
    let fence = line.len() > 3 && matches!(first, '-' | '.' | '+' | '/' | '`');
    (fence && line.chars().all(|c| c == first)) || line == "```"
}

/// `.Title of a block`.
fn is_block_title(line: &str) -> bool {
    line.starts_with('.') && !line.starts_with(". ") && !line.starts_with("..")
}

/// Whether a line ends the paragraph above it.
fn breaks(line: &str) -> bool {
    line.starts_with("|===") || is_fence(line) || is_frame(line) || line == "--" || line.starts_with('[') && line.ends_with(']')
}
