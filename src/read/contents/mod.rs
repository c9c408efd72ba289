//! What stands inside a record, learnt from headings and from the names of columns.
//!
//! It is read in a pass of its own over the blocks, for documents that may be records only. Quoted text and code
//! tell nothing of the record itself, with one exception: accounts of what was done are often set as quotations.

pub(super) mod causes;
pub mod children;
mod commits;
mod counted;
mod days;
mod files;
pub(super) mod filled;
mod forms;
pub(super) mod listed;
pub(super) mod names;
mod planned;
pub mod progress;
pub(super) mod registers;
mod section;
mod signed;
mod tables;
pub mod tongues;
mod upright;
mod verdict;

use super::markdown::blocks::{Block, BlockKind};
use super::markdown::inline;
use crate::model::contents::{Blank, Contents, Item};
use crate::model::lifecycle::Class;
use crate::model::record::{Details, Kind};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};
use section::{Headings, Section};
use std::ops::Range;

/// Reads what stands inside a document; `None` where it is no record, or tells nothing.
pub fn read(text: &str, kind: Kind, log: Option<Class>, blocks: &[Block]) -> Option<Box<Contents>> {
    if !matches!(kind, Kind::Investigation | Kind::Record | Kind::Other) {
        return None;
    }
    let mut reader = Reader {
        text,
        headings: Headings::of(kind == Kind::Investigation),
        found: Contents::default(),
        told: false,
        lists: 0,
        log,
        entry: false,
        title: None,
        form: upright::Form::default(),
        children: false,
        steps: 0..0,
        fates: Vec::new(),
        entries: Vec::new(),
    };
    for block in blocks {
        reader.block(block);
    }
    reader.close_form();
    listed::settle(&mut reader.found.actions, &reader.entries, &reader.fates);
    (!reader.found.is_empty()).then(|| Box::new(reader.found))
}

struct Reader<'t> {
    text: &'t str,
    headings: Headings,
    found: Contents,
    /// The heading above, or the lead-in, calls what follows unauthorised.
    told: bool,
    /// How many blocks that are no items were read: items between two of them are one list.
    lists: u32,
    /// What its entries are, where it calls itself a log.
    log: Option<Class>,
    /// The heading above is that of an entry.
    entry: bool,
    /// The heading above, and its level.
    title: Option<(u8, Spanned)>,
    /// The fields in a row that may be a form of one item.
    form: upright::Form,
    /// The heading above says that what stands below belongs to the record.
    children: bool,
    /// Which of the items are the steps of the last table.
    steps: Range<usize>,
    /// Which of the actions are entries that tell how far they are.
    fates: Vec<usize>,
    /// Which of them stand below headings of their own.
    entries: Vec<usize>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        self.lists += u32::from(!matches!(block.kind, BlockKind::Item(_)));
        if !matches!(block.kind, BlockKind::Item(_) | BlockKind::Paragraph) {
            if !matches!(block.kind, BlockKind::Heading(..)) {
                self.form.leads_in();
            }
            self.close_form();
        }
        match &block.kind {
            BlockKind::Heading(level, title) => self.heading(*level, title),
            BlockKind::Paragraph => self.paragraph(block.span),
            BlockKind::Item(depth) => self.item(*depth, first_paragraph(self.text, block.span)),
            BlockKind::Table(grid) => self.table(grid),
            BlockKind::FrontMatter => self.front(block.span),
            BlockKind::Named { .. } | BlockKind::Code(..) => {}
        }
    }

    fn heading(&mut self, level: u8, title: &Spanned) {
        self.headings.enter(level, &title.text);
        self.children = children::is_heading(&title.text);
        // Below the next chapter a line sums up something else.
        if level < 3 && !verdict::is_heading(&title.text) {
            self.steps = 0..0;
        }
        self.title = Some((level, title.clone()));
        self.told = files::is_unauthorised(&title.text);
        self.entry = false;
        if let Some(entry) = self.log.filter(|_| level > 1).and_then(|_| listed::entry(self.text, title.span)) {
            self.found.log = self.log;
            self.entries.push(self.found.actions.len());
            self.found.actions.push(entry);
            self.entry = true;
        }
        section::tell(&title.text, level, &mut self.found.sections);
        let section = self.headings.section();
        self.found.sections.actions |= section == Section::Actions;
        if matches!(section, Section::Execution | Section::Account) && level > 1 {
            self.found.execution.get_or_insert(title.span.start);
        }
        if section == Section::Causes
            && let Some(cause) = causes::cause(self.text, title.span, false)
        {
            self.found.causes.push(cause);
        }
        if section == Section::Actions || is_action(&title.text) {
            self.found.actions.extend(causes::action(self.text, title.span, &self.headings));
        }
    }

    fn paragraph(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let quoted = is_quoted(self.text, span);
        self.headings.lead(raw);
        if raw.trim_end().trim_end_matches('*').ends_with(':') && raw.len() < 200 {
            self.told = files::is_unauthorised(raw);
        }
        let section = self.headings.section();
        if raw.len() < 200 && filled::is_form(raw) && !quoted {
            self.blank(span);
            return;
        }
        if !quoted {
            self.plan(span, section);
            self.cause(span, section, self.found.causes.is_empty() && !is_unsaid(raw));
            self.fields_of_lines(raw, span);
            self.signed(span, section);
            self.upright(0, span);
            self.measure(raw, section);
            self.stated(raw);
            self.found.verdicts.extend(verdict::of(self.text, span, &self.steps));
            self.found.newest = self.found.newest.max(days::in_fields(raw));
            self.found.commits.extend(commits::own(raw, span.start as usize));
        }
        self.account(span, section);
    }

    /// A paragraph that nobody filled in.
    fn blank(&mut self, span: Span) {
        let heading = self.headings.title().to_owned();
        let spoken = words(&heading);
        let optional = self.headings.section() == Section::Comments || spoken.split(' ').any(|word| word == "optional");
        self.found.blanks.push(Blank { form: inline::spanned(self.text, span), heading, optional });
    }

    fn item(&mut self, depth: u8, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let quoted = is_quoted(self.text, span);
        let section = self.headings.section();
        let told = self.told;
        if !quoted && self.children {
            self.found.children.extend(children::named(raw, span.start as usize).take(1));
        }
        match section {
            Section::Scope if !quoted => self.found.affected.extend(files::in_item(self.text, span, false)),
            Section::Modified if depth == 1 => self.found.modified.extend(files::in_item(self.text, span, told)),
            Section::Testing if !quoted => self.planned_item(raw, span),
            Section::References => {
                self.found.references.extend(files::documents(raw, span.start as usize).into_iter().take(1));
            }
            Section::Steps => self.found.steps.push(inline::spanned(self.text, span)),
            Section::Actions if !quoted => {
                let known = self.unnumbered();
                let action = causes::action(self.text, span, &self.headings);
                let boxed = || listed::boxed(self.text, span, known + 1).filter(|_| !self.describes());
                self.found.actions.extend(action.or_else(boxed));
            }
            _ => {}
        }
        if !quoted {
            self.plan(span, section);
            self.cause(span, section, depth == 1);
            self.signed(span, section);
            self.upright(depth, span);
            self.described(raw, span);
            self.measure(raw, section);
            self.stated(raw);
            self.found.verdicts.extend(verdict::of(self.text, span, &self.steps));
            self.found.newest = self.found.newest.max(days::in_fields(raw));
            self.found.commits.extend(commits::own(raw, span.start as usize));
        }
        self.account(span, section);
    }

    fn table(&mut self, grid: &Grid) {
        let section = self.headings.section();
        let quoted = is_quoted(self.text, grid.header.span);
        match section {
            Section::Scope if !quoted => self.found.affected.extend(files::in_table(self.text, grid, false)),
            Section::Modified => self.found.modified.extend(files::in_table(self.text, grid, self.told)),
            _ => {}
        }
        if quoted {
            return;
        }
        if self.children {
            let first = grid.rows.iter().filter_map(|row| row.cells.first());
            let named =
                first.flat_map(|cell| children::named(self.text.get(cell.range()).unwrap_or(""), cell.start as usize).take(1));
            self.found.children.extend(named);
        }
        self.found.newest = self.found.newest.max(days::in_table(self.text, grid));
        if section == Section::Actions && self.describes() {
            self.described_in(grid);
        }
        if section == Section::Actions && !self.describes() {
            let kind = self.headings.nearest(causes::kind);
            self.found.actions.extend(listed::unnumbered(self.text, grid, self.unnumbered(), kind));
        } else if self.entry {
            if let Some(fate) = listed::fate(self.text, grid) {
                self.progress(fate);
            }
        } else if self.log.is_some() {
            let entries = listed::logged(self.text, grid);
            self.found.log = self.found.log.or(self.log.filter(|_| !entries.is_empty()));
            self.found.actions.extend(entries);
        }
        let planning = matches!(section, Section::Testing | Section::Plan) && !self.headings.is_done() && !self.leaves_tests();
        match tables::tests(self.text, grid) {
            (true, told) => self.found.delivered.extend(told),
            (false, planned) if planning => {
                self.found.planned.extend(planned);
                self.found.maybe_planned.extend(tables::maybe_planned(self.text, grid));
            }
            (false, _) => {}
        }
        self.found.sections.measures |= section == Section::Actions;
        let items = tables::items(self.text, grid, self.is_optional(), self.headings.is_signing(), self.is_working());
        if items.is_empty() {
            self.fields(grid, section);
        }
        let from = self.found.items.len();
        items.into_iter().for_each(|item| self.take(item));
        let told = verdict::last(&mut self.found.items, from);
        self.found.verdicts.extend(told);
        self.steps = verdict::steps(&self.found.items, from);
    }

    /// Whether what stands here was to be done: the account of the work, or a list of checks.
    fn is_working(&self) -> bool {
        let checks = |word: &str| matches!(word, "checklist" | "inspection" | "verification" | "verifications");
        let title = words(self.headings.title());
        let planned = title.split(' ').any(|word| matches!(word, "plan" | "planned" | "strategy" | "approach" | "criteria"));
        !planned && (self.headings.is_done() || title.split(' ').any(checks))
    }

    /// Whether what stands here may be left out.
    fn is_optional(&self) -> bool {
        let optional = words(self.headings.title()).split(' ').any(|word| word == "optional");
        self.headings.section() == Section::Comments || optional
    }

    /// Takes an item, and the tests that it says were made.
    fn take(&mut self, item: Item) {
        let passed = item.passed();
        let summary = item.summary.as_ref().map(|field| field.span);
        let put_off = summary.is_some_and(|span| names::defers(self.text.get(span.range()).unwrap_or("")));
        let told = summary.into_iter().chain(item.task.as_ref().filter(|_| passed && !put_off).map(|task| task.span));
        let told: Vec<Span> = told.collect();
        told.into_iter().for_each(|span| self.delivered(span));
        self.found.items.push(item);
    }

    /// `**Status:** Open` below the heading of an entry.
    fn stated(&mut self, raw: &str) {
        if !self.entry {
            return;
        }
        for line in raw.lines() {
            let Some((name, value)) = line.get(bullet(line)..).and_then(|line| line.split_once(':')) else { continue };
            let name = words(name);
            // A status outweighs what is said to have come of it.
            let known = self.fates.last().is_some_and(|at| at + 1 == self.found.actions.len());
            let settled = || listed::settled(&name, value).filter(|_| !known);
            let fate = if listed::is_status(&name) { Some(progress::of(value)) } else { settled() };
            if let Some(fate) = fate {
                self.progress(fate);
            }
        }
    }

    /// Takes how far the entry above is: what its status says, or else what came of it.
    fn progress(&mut self, progress: progress::Progress) {
        let at = self.found.actions.len();
        if let Some(entry) = self.found.actions.last_mut().filter(|_| self.entry) {
            entry.pending = progress == progress::Progress::Pending;
            entry.done = !entry.pending;
            self.fates.push(at - 1);
        }
    }

    /// Whether the heading above is that of one action: what stands below describes it.
    fn describes(&self) -> bool {
        identifier::leading(self.headings.title(), false).is_some()
    }

    /// How many actions without identifiers were found.
    fn unnumbered(&self) -> usize {
        self.found.actions.iter().filter(|action| action.id.starts_with("action ")).count()
    }

    fn cause(&mut self, span: Span, section: Section, item: bool) {
        let title = words(self.headings.title());
        let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let listing = section == Section::Causes && matches!(title, "root cause" | "root causes" | "root cause s");
        // "Root Cause:" tells of one under any heading; what only follows another cause explains it.
        let among = listing && item
            || title == "primary cause"
                && section == Section::Causes
                && self.text.get(span.range()).is_some_and(|raw| raw.starts_with("**"));
        self.found.causes.extend(causes::cause(self.text, span, among));
    }

    /// `**Owner:** lind`, `**Qualified Release:** 4.0 (commit …)`: a field of the action above, or of the record.
    fn field(&mut self, raw: &str, span: Span) {
        let Some((name, value)) = raw.trim_start_matches(['*', '_', ' ']).split_once(':') else { return };
        let value = value.trim_matches(['*', '_', ' ', '\n']);
        if name.len() > 40 || value.is_empty() || value.len() > 200 {
            return;
        }
        self.told(&words(name), value, span.start as usize + raw.find(value).unwrap_or(0));
    }

    /// Takes a field of the action above, or of the record.
    fn told(&mut self, name: &str, value: &str, from: usize) {
        let held = Spanned { text: inline::plain(value), span: Span::new(from, from + value.len()) };
        if name.split(' ').any(|word| word == "qualified") {
            self.found.qualified.push(held);
            return;
        }
        let Some(action) = self.found.actions.last_mut().filter(|_| self.headings.section() == Section::Actions) else { return };
        if matches!(name, "outcome" | "status") {
            action.details.outcome = Some(filled::filled(value));
            action.pending |= progress::of(value) == progress::Progress::Pending;
            action.done |= progress::of(value) == progress::Progress::Done && !forms::is_failed(value);
        }
        action.done |= forms::is_done_on(name) && days::is_in(value);
        let Details { cause, owner, due, done, .. } = &mut *action.details;
        match name {
            "type" => action.kind = causes::kind(value).or(action.kind),
            "owner" | "responsible" | "assigned to" | "assignee" if filled::filled(value).is_open() => {}
            "owner" | "responsible" | "assigned to" | "assignee" => *owner = Some(held),
            "due" | "due date" | "target date" | "deadline" => *due = names::any_day(value, from),
            "addresses" | "cause" | "root cause" => *cause = Some(held),
            "implementation" | "outcome" | "completed" | "completed on" if !filled::filled(value).is_open() => *done = Some(held),
            _ => {}
        }
    }
}

/// Whether a text says that there is nothing to say, or nothing yet.
fn is_unsaid(raw: &str) -> bool {
    let said = words(raw);
    let begins = |phrase: &&str| said.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let all = ["n a", "na", "no", "none", "none yet", "tbd", "not applicable"];
    let first = [
        "not known",
        "not yet",
        "unknown",
        "to be determined",
        "tbd",
        "under investigation",
        "no action",
        "no actions",
        "pending",
    ];
    all.contains(&said.as_str()) || first.iter().any(begins)
}

/// Whether a heading is that of one action: `CAPA-001: Add a check`.
fn is_action(title: &str) -> bool {
    title.starts_with("CAPA-") || title.starts_with("CA-") || title.starts_with("PA-")
}

/// Whether a place lies in a quotation.
fn is_quoted(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.trim_start().starts_with('>') || text.get(span.range()).is_some_and(|raw| raw.trim_start().starts_with('>'))
}

/// An item of a list without the lists and paragraphs within it.
fn first_paragraph(text: &str, span: Span) -> Span {
    let raw = text.get(span.range()).unwrap_or("");
    let mut end = 0;
    for (at, line) in raw.split_inclusive('\n').enumerate() {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let numbered = digits > 0 && body.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
        let marked = ["- ", "* ", "+ "].iter().any(|sign| body.starts_with(sign));
        if at > 0 && (body.trim().is_empty() || numbered || marked) {
            break;
        }
        end += line.len();
    }
    let start = span.start as usize;
    Span::new(start, start + raw.get(..end).unwrap_or("").trim_end().len())
}

/// The length of what stands in front of the words of an item or a heading: signs, numbers and marks.
fn bullet(raw: &str) -> usize {
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | ' ' | '.' | ')' | '#' | '_');
    raw.len() - raw.trim_start_matches(sign).len()
}
