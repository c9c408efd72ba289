//! What people fill in and sign: signatures, boxes, and forms that stand upright.

use super::section::Section;
use super::{Reader, bullet, filled, is_unsaid, signed, upright};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};

impl Reader<'_> {
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
    pub(super) fn upright(&mut self, span: Span) {
        if !self.form.takes(self.text, span) {
            self.close_form();
        }
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
