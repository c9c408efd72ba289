//! One pass over the blocks of a document, with the headings above at hand.

use super::blocks::{self, Block, BlockKind};
use super::leads::{checkbox, is_closed_lead, is_reference, numbered, subject, suffixed};
use super::settle::{self, UNTICKED};
use super::specification::{self, Lead};
use super::{cases, disposal};
use crate::model::mention::Mention;
use crate::model::record::{Document, Kind};
use crate::model::requirement::{Certainty, Shape, Standing};
use crate::model::vocabulary::words;
use crate::model::{Facts, Problem};
use crate::read::table::Grid;
use crate::read::table::rows::{self, Section};
use crate::read::{claims, csv_table, document, record};
use crate::source::{Span, Spanned, Text};

/// Reads a Markdown document; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let blocks = blocks::blocks(source);
    let mut document = describe(path, source, &blocks);
    document.kind = kind.unwrap_or(document.kind);
    let mut reader = Reader {
        text: source,
        closed: is_closed(&document),
        document,
        facts: Facts::default(),
        headings: Vec::new(),
        group: 0,
        ticked: false,
        suffixed: Vec::new(),
        listed: Vec::new(),
    };
    for block in &blocks {
        reader.block(block);
    }
    reader.close_headings(0, source.len());
    let mut facts = reader.finish();
    cases::read(path, source, &blocks, &mut facts);
    facts
}

fn describe(path: &str, text: &str, blocks: &[Block]) -> Document {
    let title = title(blocks);
    let mut headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(..)));
    let end = headings.nth(1).map_or(text.len().min(4000), |block| block.span.start as usize);
    document::describe(path, title.unwrap_or(""), text, Span::new(0, end))
}

/// The title of a document: the heading on top of everything else, or else the first of the first level. A section
/// further down names itself and not the document.
fn title(blocks: &[Block]) -> Option<&str> {
    let top = blocks.iter().find(|block| block.kind != BlockKind::FrontMatter);
    let first = || blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(1, _)));
    match &top.filter(|block| matches!(block.kind, BlockKind::Heading(..))).or_else(first)?.kind {
        BlockKind::Heading(_, title) => Some(&title.text),
        _ => None,
    }
}

fn is_closed(document: &Document) -> bool {
    let status = document.status.as_ref().map_or("", |status| status.text.as_str()).to_lowercase();
    ["closed", "complete", "cancelled", "retired", "done"].iter().any(|word| status.contains(word))
}

struct Heading {
    level: u8,
    title: String,
    start: usize,
    subject: Option<Mention>,
    /// Index of the definition that the heading makes.
    defines: Option<usize>,
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    closed: bool,
    facts: Facts,
    headings: Vec<Heading>,
    group: u32,
    ticked: bool,
    /// Definitions by the identifier that ends a heading.
    suffixed: Vec<usize>,
    /// Definitions by an item that only its heading makes one.
    listed: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::FrontMatter => {}
            BlockKind::Heading(level, title) => self.heading(*level, title, block.span),
            BlockKind::Paragraph => self.paragraph(block.span),
            BlockKind::Item(_) => self.item(block.span),
            BlockKind::Table(grid) => self.table(grid),
            // In other documents a fence holds an example.
            BlockKind::Code(language, body)
                if language == "csv" && matches!(self.document.kind, Kind::Matrix | Kind::Specification) =>
            {
                self.fenced_csv(*body);
            }
            BlockKind::Code(..) => {}
        }
    }

    /// A specification item of OpenFastTrace says itself that it is one.
    fn certainty(&self, id: &str) -> Option<Certainty> {
        match self.document.kind {
            Kind::Record | Kind::Other | Kind::Matrix if id.contains('~') => Some(Certainty::Certain),
            Kind::Specification => Some(Certainty::Certain),
            // What a matrix tells outside of tables counts only if it has no rows.
            Kind::Other | Kind::Matrix => Some(Certainty::Possible),
            Kind::Investigation | Kind::Record | Kind::Template => None,
        }
    }

    fn path(&self) -> String {
        self.headings.iter().map(|heading| heading.title.as_str()).collect::<Vec<_>>().join(" / ")
    }

    fn standing(&self) -> Standing {
        // The title of the document names its version, not the standing of what it holds.
        let standings =
            self.headings.iter().filter(|heading| heading.level > 1).map(|heading| specification::standing(&heading.title));
        standings.max().unwrap_or_default()
    }

    fn close_headings(&mut self, level: u8, at: usize) {
        while self.headings.last().is_some_and(|heading| heading.level >= level) {
            let Some(heading) = self.headings.pop() else { break };
            let Some(definition) = heading.defines.and_then(|index| self.facts.definitions.get_mut(index)) else { continue };
            definition.block = Span::new(heading.start, at);
            definition.text = definition.block;
        }
    }

    fn heading(&mut self, level: u8, title: &Spanned, span: Span) {
        self.close_headings(level, span.start as usize);
        let raw = self.text.get(title.span.range()).unwrap_or("");
        let mut heading = Heading { level, title: title.text.clone(), start: span.start as usize, subject: None, defines: None };
        let base = title.span.start as usize;
        self.name(raw, base);
        // `### 12.2 P99 latency (FR-ENT-009)`: a composed identifier at the end outweighs a bare one in front.
        let ends = suffixed(raw).is_some_and(|(lead, _)| specification::may_define(&lead));
        let weak = |lead: &Lead<'_>| ends && !lead.id.contains(['-', '_', '~']);
        let defining = |lead: &Lead<'_>| specification::may_define(lead) && !specification::is_told(lead);
        // The identifier in the title of a matrix is that of the matrix.
        let names_document = level == 1 && self.document.kind == Kind::Matrix;
        if names_document {
            self.headings.push(heading);
            return;
        }
        if let Some(lead) = specification::lead(raw).filter(|lead| defining(lead) && !weak(lead)) {
            heading.subject = Some(subject(&lead, base));
            if level > 1 || lead.marked {
                heading.defines = self.define(&lead, base, span, Shape::Heading, u32::from(level));
            }
        } else if let Some((lead, at)) = numbered(raw).filter(|(lead, _)| defining(lead) && !weak(lead)) {
            heading.subject = Some(subject(&lead, base + at));
            heading.defines = self.define(&lead, base + at, span, Shape::Heading, u32::from(level));
        } else if let Some((lead, at)) = suffixed(raw).filter(|(lead, _)| specification::may_define(lead)) {
            heading.subject = Some(subject(&lead, base + at));
            heading.defines = self.define(&lead, base + at, span, Shape::Heading, u32::from(level));
            self.suffixed.extend(heading.defines);
        }
        self.headings.push(heading);
    }

    /// Notes an identifier of another family that a heading, an item or a row begins with.
    fn name(&mut self, raw: &str, base: usize) {
        let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '#'));
        let skipped = raw.len() - rest.len();
        if let Some(lead) = specification::lead(rest).filter(|lead| !specification::may_define(lead)) {
            let start = base + skipped + lead.start;
            self.facts.named.push(Mention::one(lead.id, Span::new(start, start + lead.id.len())));
        }
    }

    /// Whether the heading above says that requirements follow.
    fn is_among_requirements(&self) -> bool {
        let title = self.headings.last().map_or(String::new(), |heading| words(&heading.title));
        title == "requirements" || title.ends_with(" requirements")
    }

    /// Whether a heading above says that test cases follow: what has an identifier there is one of them.
    fn is_among_test_cases(&self) -> bool {
        self.headings.iter().any(|heading| {
            let title = words(heading.title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
            ["test case", "test cases", "unit tests", "test scenarios"]
                .iter()
                .any(|name| title == *name || title.ends_with(&format!(" {name}")))
        })
    }

    fn define(&mut self, lead: &Lead<'_>, base: usize, block: Span, shape: Shape, group: u32) -> Option<usize> {
        if self.is_among_test_cases() {
            self.facts.named.push(subject(lead, base));
            return None;
        }
        let certainty = self.certainty(lead.id)?;
        let mut definition = specification::definition(lead, base, block, shape, group, certainty);
        definition.standing = self.standing().max(specification::noted(&definition.title));
        self.facts.definitions.push(definition);
        Some(self.facts.definitions.len() - 1)
    }

    /// Lines of a paragraph that begin with a bold identifier define requirements of their own.
    fn paragraph(&mut self, span: Span) {
        let text = self.text;
        let raw = text.get(span.range()).unwrap_or("");
        self.unread_table(raw, span);
        self.test_identifiers(raw, span);
        self.identifier_field(raw, span);
        self.release(raw, span);
        if self.document.kind == Kind::Matrix {
            claims::prose(text, span, &mut self.facts.claims);
            if self.headings.iter().any(|heading| heading.level > 1 && specification::noted(&heading.title) == Standing::Retired)
            {
                disposal::paragraph(text, span, &self.path(), &mut self.facts);
            }
        }
        let starts: Vec<usize> = line_starts(raw)
            .filter(|at| {
                let line = raw.get(*at..).unwrap_or("").lines().next().unwrap_or("");
                specification::lead(line).is_some_and(|lead| self.defines_line(&lead, line))
            })
            .collect();
        for (index, at) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(raw.len());
            let piece = raw.get(*at..end).unwrap_or("");
            let base = span.start as usize + at;
            if let Some(lead) = specification::lead(piece) {
                let alone = lead.id.contains('~');
                let made = self.define(&lead, base, Span::new(base, base + piece.len()), Shape::Paragraph, 0);
                if alone {
                    self.adopt(made);
                }
            }
        }
    }

    /// `**Test Identifier:** TEST-A-100` describes a test case.
    fn test_identifiers(&mut self, raw: &str, span: Span) {
        if !raw.contains("est") {
            return;
        }
        for (key, value) in document::fields(raw, span.start as usize) {
            if matches!(
                key.as_str(),
                "test identifier" | "test id" | "test case id" | "test case" | "tc id" | "test case identifier"
            ) {
                let body = self.text.get(value.span.range()).unwrap_or("");
                self.name(body, value.span.start as usize);
            }
        }
    }

    /// `**UID**: PUMP-1` directly below a heading: the section defines what the heading names.
    fn identifier_field(&mut self, raw: &str, span: Span) {
        let Some(heading) = self.headings.last() else { return };
        let between = self.text.get(heading.start..span.start as usize).unwrap_or("");
        if heading.defines.is_some() || between.trim().lines().count() != 1 || !raw.contains(':') {
            return;
        }
        let level = u32::from(heading.level);
        let specified = self.document.kind == Kind::Specification;
        let own = |key: &str| matches!(key, "uid" | "requirement id" | "req id" | "requirement uid") || key == "id" && specified;
        let found = document::fields(raw, span.start as usize).into_iter().find(|(key, _)| own(key));
        let Some((_, value)) = found else { return };
        let text = self.text;
        let cell = text.get(value.span.range()).unwrap_or("");
        let Some(lead) = specification::lead(cell).filter(specification::may_define) else { return };
        if lead.rest.trim_matches(['*', '`', ' ']).is_empty() {
            let made = self.define(&lead, value.span.start as usize, span, Shape::Heading, level);
            self.adopt(made);
        }
    }

    /// `Target release` as a heading below a requirement, and "TBD" below that: it is not for this release.
    fn release(&mut self, raw: &str, span: Span) {
        const OPEN: &[&str] = &["tbd", "tbc", "future", "later", "backlog", "none", "post mvp"];
        let named = |heading: &Heading| matches!(words(&heading.title).as_str(), "target release" | "release" | "target version");
        if !self.headings.last().is_some_and(named) || !OPEN.contains(&words(raw).as_str()) {
            return;
        }
        let index = self.headings.iter().rev().find_map(|heading| heading.defines);
        if let Some(definition) = index.and_then(|index| self.facts.definitions.get_mut(index)) {
            definition.standing = definition.standing.max(Standing::Planned);
            definition.standing_span = Some(span);
        }
    }

    fn defines_line(&self, lead: &Lead<'_>, line: &str) -> bool {
        let item = lead.id.contains('~') && line.trim().trim_matches('`') == lead.id;
        let stated =
            lead.strong && !lead.rest.trim().is_empty() && !lead.rest.trim_start_matches(['*', '`', ' ']).starts_with(',');
        let bullet = line.trim_start().starts_with('•') && lead.id.contains('-') && !lead.rest.trim().is_empty();
        let plain = self.document.kind == Kind::Specification && (lead.marked && line.contains(" shall ") || bullet);
        specification::may_define(lead) && !specification::is_told(lead) && (item || stated || plain)
    }

    /// An item below its heading (`swdd~name~1`) is defined by the whole section.
    fn adopt(&mut self, made: Option<usize>) {
        let (Some(index), Some(heading)) = (made, self.headings.last_mut()) else { return };
        if heading.defines.is_none() {
            heading.defines = Some(index);
            if let Some(definition) = self.facts.definitions.get_mut(index) {
                definition.title.clone_from(&heading.title);
                heading.subject = Some(Mention::one(definition.id.clone(), definition.span));
            }
        }
    }

    fn item(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        if self.document.kind == Kind::Matrix {
            claims::prose(
                self.text,
                Span::new(span.start as usize, span.start as usize + raw.lines().next().unwrap_or("").len()),
                &mut self.facts.claims,
            );
        }
        self.identifier_field(raw, span);
        let bullet = raw.len()
            - raw.trim_start_matches(|c: char| matches!(c, '-' | '*' | '+' | ' ' | '\t' | '.' | ')') || c.is_ascii_digit()).len();
        // `- **ID**` begins with stars that belong to the identifier.
        let bullet = if raw.get(..bullet).is_some_and(|lead| lead.ends_with("**")) { bullet - 2 } else { bullet };
        let body = raw.get(bullet..).unwrap_or("");
        let (body, boxed, ticked) = checkbox(body);
        let base = span.start as usize + raw.len() - body.len();
        self.name(body, base);
        let defining = |lead: &Lead<'_>| specification::may_define(lead) && !specification::is_told(lead);
        let Some(lead) = specification::lead(body).filter(defining) else { return };
        let told = !lead.rest.trim_matches([' ', '*', '`']).is_empty();
        let required = self.is_among_requirements();
        let enough = match self.document.kind {
            Kind::Specification => lead.marked || required,
            _ => lead.strong || required,
        };
        // Numbered lists are questions, steps and findings more often than requirements.
        let numbered = raw.starts_with(|c: char| c.is_ascii_digit());
        // `[REQ-1](spec.md#req-1)` leads to where it is defined.
        let linked = lead.rest.starts_with('(') && body.contains("](");
        if !(told && enough) || linked || is_reference(lead.rest) || numbered && !is_closed_lead(body, &lead) {
            return;
        }
        if let Some(index) = self.define(&lead, base, span, Shape::ListItem, 0)
            && let Some(definition) = self.facts.definitions.get_mut(index)
        {
            if required && !lead.strong {
                self.listed.push(index);
            }
            self.ticked |= ticked;
            // Whether an empty box means "not done yet" is decided when the whole list is known.
            definition.group = if boxed && !ticked { UNTICKED } else { 0 };
        }
    }

    fn table(&mut self, grid: &Grid) {
        self.group += 1;
        let section = Section {
            text: self.text,
            kind: self.document.kind,
            subject: self.headings.iter().rev().find_map(|heading| heading.subject.clone()),
            heading: self.path(),
            standing: self.standing(),
            shape: Shape::TableRow,
            group: self.group,
        };
        let known = self.facts.tables.len();
        let defined = self.facts.definitions.len();
        rows::read(grid, &section, &mut self.facts);
        if self.is_among_test_cases() {
            let cases = self.facts.definitions.drain(defined..);
            self.facts.named.extend(cases.map(|one| Mention::one(one.id, one.span)));
        }
        if self.facts.tables.len() == known || own_cases(self.text, grid) {
            for row in &grid.rows {
                let start = row.cells.first().map_or(0, |cell| cell.start as usize);
                self.name(row.cell(self.text, 0), start);
            }
        }
        self.document.lists_identifiers |= lists_identifiers(self.text, grid);
        match self.document.kind {
            Kind::Matrix => claims::table(self.text, grid, self.group, &mut self.facts.claims),
            Kind::Investigation | Kind::Record | Kind::Other => record::actions(self.text, grid, self.closed, &mut self.facts),
            Kind::Specification | Kind::Template => {}
        }
    }

    fn fenced_csv(&mut self, body: Span) {
        let raw = self.text.get(body.range()).unwrap_or("");
        let csv = csv_table::rows(raw, body.start as usize);
        self.facts.problems.extend(csv.problems);
        if let Some(grid) = Grid::from_rows(csv.rows) {
            self.table(&grid);
        }
    }

    /// Lines that look like a table and are none would be lost silently.
    fn unread_table(&mut self, raw: &str, span: Span) {
        let named: Vec<&str> = raw
            .lines()
            .filter(|line| is_row_like(line))
            .filter(|line| {
                let first = line.trim_start_matches(['|', ' ', '*', '`']);
                specification::lead(first).is_some_and(|lead| specification::may_define(&lead))
            })
            .collect();
        let Some(first) = named.first() else { return };
        let count = named.len();
        let start = span.start as usize + raw.find(*first).unwrap_or(0);
        self.facts.problems.push(Problem {
            span: Span::new(start, start + first.trim_end().len()),
            whole_file: false,
            reason: format!(
                "{count} lines from here look like rows of a table, but no header and separator line stands directly above them"
            ),
            help: String::from(
                "Remove the blank line that cuts them off from their table, or give them a header and a separator line.",
            ),
        });
    }

    fn finish(mut self) -> Facts {
        settle::doubtful(&mut self.facts, &self.suffixed, &self.listed);
        settle::definitions(&mut self.facts, self.text, self.document.kind, self.ticked);
        self.facts.document = Some(self.document);
        self.facts
    }
}

/// `| ID | Test item |`: the table describes test cases, each under its own identifier.
fn own_cases(text: &str, grid: &Grid) -> bool {
    let named = |at: usize| words(grid.header.cell(text, at));
    named(0) == "id" && matches!(named(1).as_str(), "test item" | "test" | "test case" | "test name" | "test description")
}

/// Whether some column of a table holds identifiers that could be those of requirements.
fn lists_identifiers(text: &str, grid: &Grid) -> bool {
    let names = |cell: &str| {
        specification::lead(cell).is_some_and(|lead| specification::may_define(&lead) && lead.id.contains(['-', '_']))
    };
    grid.rows.iter().take(40).any(|row| (0..row.cells.len().min(8)).any(|at| names(row.cell(text, at))))
}

fn is_row_like(line: &str) -> bool {
    line.trim_start().starts_with('|') && line.matches('|').count() >= 2
}

fn line_starts(raw: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', raw.as_bytes()).map(|at| at + 1))
}
