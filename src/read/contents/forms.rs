//! What people fill in and sign: signatures, boxes, and forms that stand upright.

use super::section::Section;
use super::{Reader, bullet, filled, is_unsaid, signed, upright};
use crate::model::vocabulary::words;
use crate::read::document;
use crate::read::grammar::identifier;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// Fields of the front matter that tell who and when, and hold what the form has there.
    pub(super) fn front(&mut self, span: Span) {
        let fields = document::fields(self.text.get(span.range()).unwrap_or(""), span.start as usize);
        let left = fields.into_iter().filter(|(key, value)| signed::signs(key) && filled::is_left(key, &value.text));
        self.found.left.extend(left.map(|(key, value)| Spanned { text: key, span: value.span }));
    }

    /// What somebody was to sign, and boxes that somebody was to tick.
    pub(super) fn signed(&mut self, span: Span, section: Section) {
        let signing = self.headings.is_signing();
        let done = signing || matches!(section, Section::Execution | Section::Account);
        // A plan may show the form that it is about.
        if done || section == Section::Other {
            self.found.unsigned.extend(signed::fields(self.text, span, done));
        }
        if self.headings.is_head() {
            let own = self.found.unsigned.iter().rev().take_while(|one| one.span.start >= span.start);
            let known: Vec<Span> = own.map(|one| one.span).collect();
            let left = signed::left(self.text, span);
            self.left(left.into_iter().filter(|one| !known.contains(&one.span)).collect());
        }
        if done {
            self.found.boxes.extend(signed::tick_box(self.text, span, self.lists));
        }
    }

    /// Takes what may be a field of an upright form; anything else ends the form.
    pub(super) fn upright(&mut self, depth: u8, span: Span) {
        let numbered = self.title.as_ref().is_some_and(|(level, title)| *level > 1 && upright::number(&title.text).is_some());
        if !self.form.takes(self.text, span, depth, numbered) {
            self.form.leads_in();
            self.close_form();
        }
    }

    /// The fields of a paragraph: one, or one on each of its lines.
    pub(super) fn fields_of_lines(&mut self, raw: &str, span: Span) {
        let is_field = |line: &str| line.split_once(':').is_some_and(|(name, _)| line.starts_with("**") && name.len() <= 40);
        if raw.lines().count() < 2 || !raw.lines().all(is_field) {
            return self.field(raw, span);
        }
        let mut at = span.start as usize;
        for line in raw.split_inclusive('\n') {
            self.field(line, Span::new(at, at + line.len()));
            at += line.len();
        }
    }

    /// `- **Status:** Closed` below the heading of an action.
    pub(super) fn described(&mut self, raw: &str, span: Span) {
        if self.describes() && self.is_below_action() {
            let lead = bullet(raw).min(raw.len());
            self.field(raw.get(lead..).unwrap_or(""), Span::new(span.start as usize + lead, span.end() as usize));
        }
    }

    /// A table of fields and their values below the heading of an action.
    pub(super) fn described_in(&mut self, grid: &Grid) {
        if !self.is_below_action() {
            return;
        }
        for line in std::iter::once(&grid.header).chain(&grid.rows) {
            let [name, value] = line.cells.as_slice() else { continue };
            let raw = self.text.get(value.range()).unwrap_or("");
            let held = raw.trim();
            if !held.is_empty() && held.len() <= 200 {
                let from = value.start as usize + raw.find(held).unwrap_or(0);
                self.told(&words(self.text.get(name.range()).unwrap_or("")), held, from);
            }
        }
    }

    /// Whether the newest action is that of the heading above.
    fn is_below_action(&self) -> bool {
        let title = self.title.as_ref().map(|(_, title)| title.span);
        let last = self.found.actions.last().map(|action| action.span);
        title.zip(last).is_some_and(|(title, last)| title.start <= last.start && last.end() <= title.end())
    }

    /// The item of the upright form that ends here.
    pub(super) fn close_form(&mut self) {
        let form = std::mem::take(&mut self.form);
        if !form.is_empty() && self.section_of_items() {
            self.form_item(&form);
        }
    }

    /// Whether people fill in what stands here; elsewhere a list shows what a form has.
    pub(super) fn section_of_items(&self) -> bool {
        let item = || {
            self.title.as_ref().is_some_and(|(_, title)| {
                identifier::leading(title.text.get(bullet(&title.text)..).unwrap_or(""), false).is_some()
            })
        };
        match self.headings.section() {
            Section::Execution | Section::Account | Section::Other => true,
            Section::Plan | Section::Testing => item(),
            _ => false,
        }
    }

    /// Takes the item of an upright form. Who has to sign may have been told of already.
    pub(super) fn form_item(&mut self, form: &upright::Form) {
        let top = self.title.as_ref().is_none_or(|(level, _)| *level == 1);
        let heading = self.title.as_ref().map(|(_, title)| title);
        let Some(mut item) = form.item(self.text, heading, top, self.is_optional()) else { return };
        let holds = |one: &Spanned, span: Span| one.span.start <= span.start && span.end() <= one.span.end();
        let unsigned = &self.found.unsigned;
        item.by = item.by.filter(|by| !unsigned.iter().any(|one| holds(one, by.span)));
        // What the item tells is told by no head.
        self.found.left.retain(|one| !item.fields().any(|(_, field)| holds(one, field.span)));
        self.take(item);
    }

    /// Notes that something is told of what is done about a cause.
    pub(super) fn measure(&mut self, raw: &str, section: Section) {
        self.found.sections.measures |= section == Section::Actions && !is_unsaid(raw) && !filled::filled(raw).is_open();
    }

    /// A table of fields and their values: the form of one item, or what stands at the head of the document.
    pub(super) fn fields(&mut self, grid: &Grid, section: Section) {
        let known = self.found.items.len();
        if let Some(form) = upright::Form::of_table(self.text, grid).filter(|_| section != Section::Actions) {
            self.form_item(&form);
        }
        if self.found.items.len() == known && (self.headings.is_head() || self.headings.is_signing()) {
            self.left(upright::unfilled(self.text, grid));
        }
    }

    /// Takes fields that nobody filled in: who did something and when is a signature.
    fn left(&mut self, fields: Vec<Spanned>) {
        let signs = |one: &Spanned| signed::signs(&words(&one.text));
        let (signatures, others): (Vec<Spanned>, Vec<Spanned>) = fields.into_iter().partition(signs);
        self.found.unsigned.extend(signatures);
        self.found.left.extend(others);
    }
}

/// Whether what came of an action is that it failed: then something is still to be done.
pub(super) fn is_failed(value: &str) -> bool {
    let said = words(value);
    matches!(said.split(' ').next(), Some("fail" | "failed" | "ineffective")) || said.starts_with("not effective")
}

/// Whether a field tells when an action was done.
pub(super) fn is_done_on(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "closed",
        "closed on",
        "completed",
        "completed on",
        "completion date",
        "date closed",
        "date completed",
        "done",
        "done on",
    ];
    NAMES.contains(&name)
}
