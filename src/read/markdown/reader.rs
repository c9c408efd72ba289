//! One pass over the blocks of a document, with the headings above at hand.

mod chain;
mod grids;
mod head;
mod items;
mod kinds;
mod labels;
mod legend;
mod listed;
mod pairs;
mod paragraphs;
mod pointed;
mod several;
mod spelled;
mod titled;
mod worded;

use super::alone;
use super::blocks::{self, Block, BlockKind};
use super::cases;
use super::design;
use super::leads::{labelled, numbered, subject, suffixed};
use super::settle;
use super::specification::{self, Lead};
use super::valtools;
use super::{parts, standing};
use crate::model::Facts;
use crate::model::mention::Mention;
use crate::model::record::{Document, Kind};
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::{self, words};
use crate::read::table::Grid;
use crate::read::table::rows::{self, Section};
use crate::read::{claims, contents, csv_table, document, identity, record, stated};
use crate::source::{Span, Spanned, Text};
use head::describe;

/// Reads a Markdown document; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    read_blocks(path, text, kind, &blocks::blocks(text.as_str()))
}

/// Reads the blocks of a document, from whichever notation they are.
pub fn read_blocks(path: &str, text: &Text, kind: Option<Kind>, blocks: &[Block]) -> Facts {
    let source = text.as_str();
    let mut document = describe(path, source, blocks);
    let specifies = || design::specifies(&document, source, blocks) || design::demands(path, source, blocks);
    if document.kind == Kind::Other && specifies() {
        document.kind = Kind::Specification;
    }
    document::settle(&mut document, kind);
    let mut reader = Reader {
        text: source,
        closed: is_closed(&document),
        later: false,
        own: document::own_requirement(path, &document.title).map(str::to_owned),
        document,
        guides: is_guide(path),
        facts: Facts::default(),
        headings: Vec::new(),
        group: 0,
        ticked: false,
        suffixed: Vec::new(),
        listed: Vec::new(),
        titled: Vec::new(),
        worded: worded::Worded::default(),
        labelled: None,
        illustrated: false,
        listed_rows: listed::Listed::default(),
        enumeration: None,
        subject: None,
        pointing: None,
        legend: legend::Legend::new(),
    };
    for block in blocks {
        reader.block(block);
    }
    reader.close_rows();
    reader.close_labels(source.len());
    reader.close_headings(0, source.len());
    let mut facts = reader.finish();
    let title = facts.document.as_ref().map_or("", |document| document.title.as_str());
    let log = contents::listed::log(path, title);
    if let Some(own) = document::only_requirement(path, title).filter(|_| kind.is_none()) {
        let own = own.to_owned();
        let (kept, others) = facts.definitions.into_iter().partition(|one| one.id.starts_with(own.as_str()));
        facts.definitions = kept;
        let others: Vec<Definition> = others;
        facts.named.extend(others.into_iter().map(|one| Mention::one(one.id, one.span)));
    }
    cases::read(path, source, blocks, &mut facts);
    if kind.is_none_or(|kind| kind == Kind::Specification || kind == Kind::Matrix) {
        valtools::read(path, source, &mut facts);
    }
    if let (None, Some(document)) = (kind, &facts.document) {
        facts.alone = alone::alone(path, source, blocks, document).map(Box::new);
    }
    let kind = facts.document.as_ref().map_or(Kind::Other, |document| document.kind);
    facts.contents = contents::read(source, kind, log, blocks);
    facts
}

/// Whether a document tells how to use something, by its name.
fn is_guide(path: &str) -> bool {
    let name = words(path.rsplit('/').next().unwrap_or(path));
    name.split(' ').any(|word| matches!(word, "readme" | "guide" | "howto" | "manual" | "usage" | "tutorial" | "format"))
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
    /// The document tells how to use something: what it shows in fences is an example.
    guides: bool,
    closed: bool,
    /// Whether the document puts off all that it demands.
    later: bool,
    /// The requirement that the document is, by its name and its title.
    own: Option<String>,
    facts: Facts,
    headings: Vec<Heading>,
    group: u32,
    ticked: bool,
    /// Definitions by the identifier that ends a heading.
    suffixed: Vec<usize>,
    /// Definitions by an item that only its heading makes one.
    listed: Vec<usize>,
    /// Definitions by an item that is the title of what follows.
    titled: Vec<usize>,
    worded: worded::Worded,
    listed_rows: listed::Listed,
    /// The family and the last number of the latest enumeration without mark-up.
    enumeration: Option<(String, u64)>,
    /// The requirement whose labels are being read.
    labelled: Option<labels::Labelled>,
    /// Whether the last paragraph announces an example.
    illustrated: bool,
    /// The requirement that the last paragraph below the heading names.
    subject: Option<Mention>,
    /// The lead-in of the list that follows, if it points at requirements.
    pointing: Option<pointed::Pointing>,
    /// What letters for methods mean here.
    legend: legend::Legend,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        let shown = std::mem::take(&mut self.illustrated);
        match &block.kind {
            BlockKind::Item(depth) if self.pointed(*depth, block.span) => return,
            BlockKind::Item(_) => {}
            BlockKind::Paragraph => self.point(block.span),
            _ => self.pointing = None,
        }
        if matches!(block.kind, BlockKind::Item(_)) {
            self.told(block.span);
        }
        match &block.kind {
            BlockKind::FrontMatter => {}
            BlockKind::Heading(level, title) => self.heading(*level, title, block.span),
            BlockKind::Paragraph => {
                self.told(block.span);
                self.paragraph(block.span);
                self.illustrated = rows::announces_example(self.text.get(block.span.range()).unwrap_or(""));
            }
            BlockKind::Item(depth) if self.criterion(*depth, block.span) => {}
            BlockKind::Item(_) if self.listed_row(block.span) || self.chained_item(block.span) => {}
            BlockKind::Item(_) => self.items(block.span),
            BlockKind::Table(_) if shown => {}
            BlockKind::Table(grid) => self.table(grid),
            BlockKind::Named { id, title, needs } => self.named(block.span, *id, *title, *needs),
            // In other documents a fence holds an example.
            BlockKind::Code(language, body)
                if language == "csv"
                    && !shown
                    && !self.guides
                    && matches!(self.document.kind, Kind::Matrix | Kind::Specification) =>
            {
                self.fenced_csv(*body);
            }
            BlockKind::Code(..) => {}
        }
    }

    /// A specification item of OpenFastTrace says itself that it is one.
    fn certainty(&self, id: &str) -> Option<Certainty> {
        match self.document.kind {
            Kind::Record | Kind::Other | Kind::Matrix if vocabulary::is_item(id) => Some(Certainty::Certain),
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
        let below = self.headings.iter().filter(|heading| heading.level > 1);
        let own = if self.later { Standing::Planned } else { Standing::Active };
        below.map(|heading| standing::of_heading(&heading.title)).max().unwrap_or_default().max(own)
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
        self.close_rows();
        self.close_labels(span.start as usize);
        self.close_headings(level, span.start as usize);
        if matches!(self.document.kind, Kind::Investigation | Kind::Record) {
            stated::heading(title, &mut self.facts);
        }
        let raw = self.text.get(title.span.range()).unwrap_or("");
        let mut heading = Heading { level, title: title.text.clone(), start: span.start as usize, subject: None, defines: None };
        let base = title.span.start as usize;
        self.name(raw, base);
        self.worded_heading(raw);
        self.subject = None;
        // `### 12.2 P99 latency (FR-ENT-009)`: a composed identifier at the end outweighs a bare one in front.
        let ends = suffixed(raw).is_some_and(|(lead, _)| specification::may_define(&lead));
        let weak = |lead: &Lead<'_>| ends && !lead.id.contains(['-', '_', '~']);
        let among = self.is_among_requirements();
        let may = |lead: &Lead<'_>| if among { specification::may_define_among(lead) } else { specification::may_define(lead) };
        let defining = |lead: &Lead<'_>| may(lead) && !specification::is_told(lead) && !specification::is_remarked(lead);
        // The identifier in the title of a matrix is that of the matrix.
        let names_document = level == 1 && self.document.kind == Kind::Matrix;
        if names_document {
            self.headings.push(heading);
            return;
        }
        if let Some(lead) = worded::any(raw).filter(|lead| defining(lead) && !weak(lead)) {
            heading.subject = Some(subject(&lead, base));
            if level > 1 || lead.marked || self.own.as_deref() == Some(lead.id) {
                heading.defines = self.define(&lead, base, span, Shape::Heading, u32::from(level));
            }
        } else if let Some((lead, at)) = numbered(raw).or_else(|| labelled(raw)).filter(|(lead, _)| defining(lead) && !weak(lead))
        {
            heading.subject = Some(subject(&lead, base + at));
            heading.defines = self.define(&lead, base + at, span, Shape::Heading, u32::from(level));
        } else if let Some(lead) = specification::lead(raw).filter(|lead| lead.separated && specification::is_section(lead.id)) {
            // `### B.2 — Doors` is a rule only if a matrix names it.
            heading.defines = self.define(&lead, base, span, Shape::Heading, u32::from(level));
        } else if let Some((lead, at)) = suffixed(raw).filter(|(lead, _)| level > 1 && specification::may_define(lead)) {
            heading.subject = Some(subject(&lead, base + at));
            heading.defines = self.define(&lead, base + at, span, Shape::Heading, u32::from(level));
            self.suffixed.extend(heading.defines);
        } else if let Some(lead) = spelled::lead(raw) {
            heading.subject = Some(subject(&lead, base));
            heading.defines = self.spelled(&lead, base, span, level);
        } else {
            let made = self.word_heading(raw, base, span, level);
            heading.defines = made.or_else(|| self.use_case(raw, base, span, level));
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
        let Some(heading) = self.headings.last() else { return false };
        // "普遍要件 (Ubiquitous)": what stands in brackets is the same in another language.
        let title = words(heading.title.split(['(', '（']).next().unwrap_or(""));
        title == "requirements"
            || title.ends_with(" requirements")
            || ["要件", "需求", "요구사항"].iter().any(|word| title.ends_with(word))
    }

    /// Whether a heading above says that test cases follow, or assumptions, risks and the like: what has an identifier
    /// there is one of them. An item of OpenFastTrace is a requirement below decisions too.
    fn is_among_others(&self, item: bool) -> bool {
        self.headings.iter().any(|heading| {
            if vocabulary::lists_other_things(&heading.title) {
                return !item;
            }
            let title = words(heading.title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
            ["test case", "test cases", "unit tests", "test scenarios", "acceptance test", "acceptance tests"]
                .iter()
                .any(|name| title == *name || title.ends_with(&format!(" {name}")))
        })
    }

    fn define(&mut self, lead: &Lead<'_>, base: usize, block: Span, shape: Shape, group: u32) -> Option<usize> {
        let other = || self.is_among_others(vocabulary::is_item(lead.id)) && !self.constrains(block);
        if self.document.ended || other() {
            self.facts.named.push(subject(lead, base));
            return None;
        }
        let certainty = self.certainty(lead.id).filter(|_| !parts::only_fulfils(self.document.kind, shape, &self.path()))?;
        let shape = if shape == Shape::ListItem && self.traces(block) { Shape::MatrixRow } else { shape };
        let mut definition = specification::definition(lead, base, block, shape, group, certainty);
        definition.standing = self.standing().max(standing::noted(&definition.title));
        self.facts.definitions.push(definition);
        Some(self.facts.definitions.len() - 1)
    }

    /// What a table below is about: in a matrix a paragraph names it as well as a heading.
    fn subject(&self) -> Option<&Mention> {
        let own = self.subject.as_ref().filter(|_| self.document.kind == Kind::Matrix);
        own.or_else(|| self.headings.iter().rev().find_map(|heading| heading.subject.as_ref()))
    }

    /// Whether a heading of a specification, or of the plan of a verification, says that its matrix follows.
    fn is_among_rows(&self, rows: usize) -> bool {
        const NAMES: &[&str] = &[
            "requirement traceability matrix",
            "requirements traceability matrix",
            "requirements verification matrix",
            "rtm",
            "traceability matrix",
            "verification matrix",
            "verification traceability matrix",
        ];
        // "Safety verification matrix" says of what it is one. A single row shows how one looks.
        let named = |heading: &Heading| {
            let title = words(&heading.title);
            let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            NAMES.iter().any(|name| title.strip_suffix(name).is_some_and(|of| of.is_empty() || of.ends_with(' ') && rows > 1))
        };
        let planned = || words(&self.document.title).split(' ').any(|word| word == "plan");
        let of = match self.document.kind {
            Kind::Specification | Kind::Other => true,
            Kind::Record => planned(),
            _ => false,
        };
        of && self.headings.iter().filter(|heading| heading.level > 1).any(named)
    }

    fn table(&mut self, grid: &Grid) {
        identity::table(self.text, grid, &mut self.document);
        if grid.rows.iter().any(|row| self.text.get(row.span.range()).is_some_and(|row| row.contains("[**"))) {
            for cell in grid.rows.iter().flat_map(|row| &row.cells) {
                self.enclosures(*cell);
            }
        }
        if self.pairs(grid) {
            return;
        }
        self.group += 1;
        let section = Section {
            text: self.text,
            kind: if self.is_among_rows(grid.rows.len()) { Kind::Matrix } else { self.document.kind },
            subject: self.subject().cloned(),
            heading: self.path(),
            standing: self.standing(),
            shape: Shape::TableRow,
            group: self.group,
        };
        let (known, told) = (self.facts.tables.len(), self.facts.rows.len());
        let defined = self.facts.definitions.len();
        rows::read(grid, &section, &mut self.facts);
        self.spell_methods(told, defined);
        self.explain_letters(grid);
        if self.is_among_others(false) {
            let cases = self.facts.definitions.drain(defined..);
            self.facts.named.extend(cases.map(|one| Mention::one(one.id, one.span)));
        }
        if self.facts.tables.len() == known || grids::own_cases(self.text, grid) {
            for row in &grid.rows {
                let start = row.cells.first().map_or(0, |cell| cell.start as usize);
                self.name(row.cell(self.text, 0), start);
            }
        }
        self.document.lists_identifiers |= grids::lists_identifiers(self.text, grid);
        if self.facts.tables.len() == known {
            self.document.audited += grids::audited(self.text, grid, &self.document);
        }
        match self.document.kind {
            Kind::Matrix => claims::table(self.text, grid, self.group, &mut self.facts.claims),
            Kind::Investigation | Kind::Record | Kind::Other => {
                let above = self.headings.iter().rev().filter(|one| one.level > 1).map(|one| one.title.as_str());
                record::actions(self.text, grid, self.closed, above, &mut self.facts);
                stated::table(self.text, grid, &mut self.facts);
                if self.document.kind != Kind::Other {
                    claims::bound(self.text, grid, &mut self.facts.claims);
                }
            }
            Kind::Specification | Kind::Template => {}
        }
    }

    /// What a paragraph or an item says of the document as a record, and of other records.
    fn told(&mut self, span: Span) {
        let title = self.headings.last().map_or("", |heading| heading.title.as_str());
        identity::section(title, self.text, span, &mut self.document.identity);
        if matches!(self.document.kind, Kind::Investigation | Kind::Record) {
            stated::field(self.text, span, title, &mut self.facts);
            stated::wait(self.text, span, &mut self.facts);
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

    fn finish(mut self) -> Facts {
        settle::doubtful(&mut self.facts, self.text, &self.suffixed, &self.listed, &self.titled);
        self.settle_words();
        self.settle_worded();
        parts::drop(&mut self.facts, self.text);
        self.settle_spelled();
        settle::definitions(&mut self.facts, self.text, self.document.kind, self.ticked);
        self.facts.document = Some(self.document);
        self.facts
    }
}
