//! reStructuredText: section titles, directives with options, and tables.
//!
//! Read as the reStructuredText specification of docutils describes it, line by line and in
//! one pass: a directive ends where the indentation ends, so a stack of those that are
//! open is all the state there is. Comments and literal blocks hold examples and are skipped.

mod blocks;
mod items;
mod lines;
mod section;
mod tables;

use super::csv_table::{self, TableRow};
use crate::model::Problem;
use crate::source::{Span, Spanned};
pub use blocks::blocks;
pub use items::Item;
use lines::{Line, lines};
use rustc_hash::FxHashSet;
use section::Sections;

/// Directives whose content is shown and not read.
const LITERAL: [&str; 13] = [
    "code",
    "code-block",
    "highlight",
    "literalinclude",
    "math",
    "mermaid",
    "parsed-literal",
    "prompt",
    "raw",
    "sourcecode",
    "uml",
    "graphviz",
    "doctest",
];

/// How the names of requirement directives end that need no `:id:` to be known as such.
const REQUIREMENTS: [&str; 3] = ["req", "requirement", "item"];

/// A directive: an object of sphinx-needs, an item of a traceability plug-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directive {
    /// Its name, `req` in `.. req:: Title`.
    pub name: Spanned,
    /// What stands behind the name, over all its lines.
    pub title: Spanned,
    /// The options, without their colons.
    pub options: Vec<(Spanned, Spanned)>,
    /// The content behind the options, empty if there is none.
    pub body: Span,
    /// The whole directive.
    pub block: Span,
}

impl Directive {
    /// The value of an option.
    pub fn option(&self, name: &str) -> Option<&Spanned> {
        self.options.iter().find(|(key, _)| key.text == name).map(|(_, value)| value)
    }
}

/// A section title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The title.
    pub title: Spanned,
    /// The level, from 1, by the order in which the underlines first appear.
    pub level: u8,
    /// From the overline or title to the underline.
    pub span: Span,
}

/// A table of any notation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The title that the directive gives it, empty if there is none.
    pub title: Spanned,
    /// The rows, headers first.
    pub rows: Vec<TableRow>,
    /// How many of the rows are headers.
    pub headers: usize,
    /// The whole table.
    pub span: Span,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rst {
    /// Section titles in their order.
    pub sections: Vec<Section>,
    /// Directives that have an `:id:` or the name of a requirement, in their order.
    pub directives: Vec<Directive>,
    /// Tables in the order in which they end.
    pub tables: Vec<Table>,
    /// Specification items of OpenFastTrace in their order.
    pub items: Vec<Item>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// The grid table with which a text begins, as pandoc draws it in Markdown too; spans are those in this text.
pub fn grid(text: &str) -> Option<Table> {
    tables::drawn(text, &lines(text))?.0
}

/// Reads a text.
pub fn read(text: &str) -> Rst {
    let lines = lines(text);
    let mut reader = Reader {
        text,
        lines: &lines,
        at: 0,
        open: Vec::new(),
        shown: None,
        printed: FxHashSet::default(),
        items: Vec::new(),
        found: Rst::default(),
    };
    let mut sections = Sections::default();
    while let Some(line) = reader.lines.get(reader.at) {
        if line.is_blank() {
            reader.at += 1;
            continue;
        }
        reader.close_down_to(line.indent);
        if let Some((section, count)) = sections.at(text, &lines, reader.at) {
            reader.shown = None;
            reader.found.sections.push(section);
            reader.at += count;
        } else if !reader.table() && !reader.explicit(line) {
            reader.paragraph(line);
        }
    }
    reader.close_down_to(0);
    let Reader { printed, items, found, .. } = &mut reader;
    found.items = items::settle(text, std::mem::take(items), &found.sections);
    found.directives.retain(|one| one.option("id").is_none_or(|id| !printed.contains(id.text.as_str())));
    reader.found.directives.sort_by_key(|directive| directive.block);
    reader.found
}

/// A directive whose end was not reached yet.
struct Open {
    indent: usize,
    directive: Directive,
    /// Index of the first line behind the options.
    content: usize,
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a [Line],
    at: usize,
    open: Vec<Open>,
    /// The indentation of a label that announces examples: what stands below it shows how something looks.
    shown: Option<usize>,
    /// Identifiers in code: what repeats it shows what comes of it.
    printed: FxHashSet<&'a str>,
    /// Identifiers that begin a specification item.
    items: Vec<Spanned>,
    found: Rst,
}

impl<'a> Reader<'a> {
    /// Closes the directives that cannot hold a line of this indentation.
    fn close_down_to(&mut self, indent: usize) {
        while let Some(open) = self.open.pop_if(|open| open.indent >= indent) {
            self.close(open);
        }
    }

    fn close(&mut self, open: Open) {
        let Open { mut directive, content, indent: open_indent } = open;
        let body = lines::content(self.lines, content, self.at);
        let end = directive.block.range().end.max(body.range().end);
        directive.block = Span::new(directive.block.range().start, end);
        directive.body = body;
        if self.is_example(open_indent) {
            return;
        }
        match directive.name.text.as_str() {
            "list-table" => self.list_table(&directive, content),
            "csv-table" => self.csv_table(&directive),
            _ => {}
        }
        if directive.option("id").is_some() || is_requirement(&directive.name.text) {
            self.found.directives.push(directive);
        }
    }

    /// Whether a directive or a table of this indentation is shown and not meant: it stands inside of a directive for
    /// examples, or below a label for them.
    fn is_example(&self, indent: usize) -> bool {
        self.shown.is_some_and(|shown| indent >= shown)
            || self.open.iter().any(|outer| outer.indent < indent && outer.directive.name.text.contains("example"))
    }

    fn list_table(&mut self, directive: &Directive, content: usize) {
        let rows = tables::list_rows(self.text, self.lines.get(content..self.at).unwrap_or_default());
        self.directive_table(directive, rows, 0);
    }

    fn csv_table(&mut self, directive: &Directive) {
        // The option holds the header as one more line of the values.
        let header = directive.option("header").map(|value| {
            let slice = self.text.get(value.span.range()).unwrap_or_default();
            csv_table::rows(slice, value.span.range().start)
        });
        let slice = self.text.get(directive.body.range()).unwrap_or_default();
        let body = csv_table::rows(slice, directive.body.range().start);
        let header = header.unwrap_or_default();
        self.found.problems.extend(header.problems.into_iter().chain(body.problems));
        let headers = header.rows.len();
        let rows = header.rows.into_iter().chain(body.rows).collect();
        self.directive_table(directive, rows, headers);
    }

    fn directive_table(&mut self, directive: &Directive, rows: Vec<TableRow>, headers: usize) {
        let option = directive.option("header-rows");
        let more = option.and_then(|value| value.text.parse::<usize>().ok()).unwrap_or(0);
        if rows.is_empty() {
            // Its rows may stand in another file, which is read as that file.
            if directive.option("file").is_none() && directive.option("url").is_none() {
                let reason = format!("the `{}` has no row that can be read", directive.name.text);
                let help = "Indent its rows under the directive, behind an empty line.".to_owned();
                let span = directive.block;
                self.found.problems.push(Problem { span, whole_file: false, reason, help });
            }
            return;
        }
        let headers = (headers + more).min(rows.len());
        let (title, span) = (directive.title.clone(), directive.block);
        self.found.tables.push(Table { title, rows, headers, span });
    }

    /// A grid or simple table that begins here.
    fn table(&mut self) -> bool {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let Some((table, count)) = tables::drawn(self.text, rest) else {
            return false;
        };
        let indent = self.lines.get(self.at).map_or(0, |line| line.indent);
        let example = self.is_example(indent);
        self.found.tables.extend(table.filter(|_| !example));
        self.at += count;
        true
    }

    /// Explicit markup: a directive, a comment, a target; false for anything else.
    fn explicit(&mut self, line: &Line) -> bool {
        let written = line.written(self.text);
        if written != ".." && !written.starts_with(".. ") {
            return false;
        }
        let indent = line.indent;
        match directive_name(written) {
            Some(name) if !LITERAL.contains(&name) => self.directive(line, name.len()),
            Some(_) => {
                let from = self.at;
                self.skip_deeper(indent);
                let lines = self.lines.get(from..self.at).unwrap_or_default();
                let ids = lines.iter().filter_map(|line| line.written(self.text).strip_prefix(":id:"));
                self.printed.extend(ids.map(str::trim));
            }
            // Targets, footnotes and substitutions may be followed by text that counts.
            None if written.starts_with(".. _") || written.starts_with(".. [") || written.starts_with(".. |") => {
                self.at += 1;
            }
            // An empty comment ends at once and lets indented text behind it count.
            None if written == ".." && self.lines.get(self.at + 1).is_some_and(Line::is_blank) => {
                self.at += 1;
            }
            None => self.skip_deeper(indent),
        }
        true
    }

    /// Opens a directive: its line, the lines that continue the title, its options.
    fn directive(&mut self, line: &Line, name: usize) {
        let start = line.start + ".. ".len();
        let gap = line.written(self.text).get(3..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let name_span = Span::new(start + gap, start + gap + name);
        let mut title = lines::trimmed(self.text, start + gap + name + 2, line.end);
        self.at += 1;
        while let Some(next) = self.inner_line(line.indent) {
            if option_name(next.written(self.text)).is_some() {
                break;
            }
            let begin = if title.len == 0 { next.start } else { title.range().start };
            title = Span::new(begin, next.end);
            self.at += 1;
        }
        let mut options = Vec::new();
        while let Some(next) = self.inner_line(line.indent) {
            match option_name(next.written(self.text)) {
                Some(length) => options.push(self.option(&next, length)),
                None => break,
            }
        }
        let end = self.lines.get(self.at.saturating_sub(1)).map_or(line.end, |last| last.end);
        let directive = Directive {
            name: lines::spanned(self.text, name_span),
            title: lines::spanned(self.text, title),
            options,
            body: Span::new(end, end),
            block: Span::new(line.start, end),
        };
        let is_csv = directive.name.text == "csv-table";
        self.open.push(Open { indent: line.indent, directive, content: self.at });
        if is_csv {
            self.skip_deeper_from_here(line.indent);
        }
    }

    /// One option, with the deeper lines that continue its value.
    fn option(&mut self, line: &Line, length: usize) -> (Spanned, Spanned) {
        let name = Span::new(line.start + 1, line.start + 1 + length);
        let mut value = lines::trimmed(self.text, line.start + length + 2, line.end);
        self.at += 1;
        while let Some(next) = self.inner_line(line.indent) {
            let begin = if value.len == 0 { next.start } else { value.range().start };
            value = Span::new(begin, next.end);
            self.at += 1;
        }
        (lines::spanned(self.text, name), lines::spanned(self.text, value))
    }

    /// The next line, if it is filled and deeper than `indent`.
    fn inner_line(&self, indent: usize) -> Option<Line> {
        self.lines.get(self.at).copied().filter(|line| !line.is_blank() && line.indent > indent)
    }

    /// A paragraph; one that ends with `::` announces a literal block.
    fn paragraph(&mut self, line: &Line) {
        self.at += 1;
        let written = line.written(self.text);
        let label = written.strip_prefix("**").and_then(|rest| rest.trim_end_matches(':').strip_suffix("**"));
        let example = |label: &str| {
            matches!(label.trim_end_matches(':').to_lowercase().as_str(), "example" | "examples" | "result" | "results")
        };
        if label.is_some_and(example) {
            self.shown = Some(line.indent);
        } else if self.shown.is_some_and(|shown| line.indent <= shown) {
            // The text goes on.
            self.shown = None;
        }
        if line.indent == 0 && self.shown.is_none() {
            self.items.extend(items::identifier(self.text, line));
        }
        if !line.written(self.text).ends_with("::") {
            return;
        }
        let next = self.lines.get(self.at..).unwrap_or_default();
        let blank = next.first().is_some_and(Line::is_blank);
        if blank {
            self.skip_deeper_from_here(line.indent);
        }
    }

    /// Skips this line and all deeper ones that follow it.
    fn skip_deeper(&mut self, indent: usize) {
        self.at += 1;
        self.skip_deeper_from_here(indent);
    }

    fn skip_deeper_from_here(&mut self, indent: usize) {
        while let Some(line) = self.lines.get(self.at) {
            if !line.is_blank() && line.indent <= indent {
                break;
            }
            self.at += 1;
        }
    }
}

/// The name in `.. name:: …`; `None` for comments, targets and the like.
fn directive_name(written: &str) -> Option<&str> {
    let rest = written.strip_prefix("..")?.trim_start();
    let (name, behind) = rest.split_once("::")?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+');
    let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (ends && !name.is_empty() && name.chars().all(word)).then_some(name)
}

/// The length of the name in `:name: value`.
fn option_name(written: &str) -> Option<usize> {
    let (name, behind) = written.strip_prefix(':')?.split_once(':')?;
    let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    (ends && !name.is_empty() && name.chars().all(word)).then_some(name.len())
}

fn is_requirement(name: &str) -> bool {
    let last = name.rsplit([':', '_', '-', '.']).next().unwrap_or(name);
    REQUIREMENTS.iter().any(|ending| last.ends_with(ending))
}
