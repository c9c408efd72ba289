//! Requirements in blocks of labels, several below one heading:
//!
//! ```text
//! **Requirement ID:** REQ-1
//! **Title:** Start
//! **Description:** The pump shall start.
//! ```

use super::Reader;
use crate::model::record::Kind;
use crate::model::requirement::Shape;
use crate::read::document;
use crate::read::markdown::specification;
use crate::source::{Span, Spanned};

/// The requirement whose labels are being read.
pub(super) struct Labelled {
    /// Index of its definition.
    index: usize,
    /// Where its block begins.
    start: usize,
    /// Where the heading above begins.
    below: usize,
}

impl Reader<'_> {
    /// Takes a paragraph of a block of labels: its first names the requirement. Whether a block begins with it.
    pub(super) fn label(&mut self, raw: &str, span: Span) -> bool {
        if self.document.kind != Kind::Specification || !raw.contains(':') {
            return false;
        }
        let bare = raw.trim_start_matches(['*', '_', ' ']).as_bytes();
        let begins = |word: &str| bare.get(..word.len()).is_some_and(|lead| lead.eq_ignore_ascii_case(word.as_bytes()));
        if begins("req") {
            return self.opens_label(raw, span);
        }
        if self.labelled.is_some() && (begins("title") || begins("name")) {
            self.titles_label(raw, span);
        }
        false
    }

    fn opens_label(&mut self, raw: &str, span: Span) -> bool {
        let own = |key: &str| matches!(key, "requirement id" | "req id" | "requirement uid" | "requirement identifier");
        let fields = document::fields(raw, span.start as usize);
        let Some((_, value)) = fields.first().filter(|(key, _)| own(key)) else { return false };
        let text = self.text;
        let cell = text.get(value.span.range()).unwrap_or("");
        let Some(lead) = specification::lead(cell).filter(specification::may_define) else { return false };
        if !lead.rest.trim_matches(['*', '`', ' ']).is_empty() {
            return false;
        }
        let start = span.start as usize;
        // Elsewhere than on top of a section it takes a second label: alone it points at what stands elsewhere.
        let before = self.headings.last().and_then(|heading| text.get(heading.start..start)).unwrap_or("");
        let on_top = before.trim().lines().take(2).count() == 1;
        let next = text.get(span.end() as usize..).unwrap_or("").trim_start().lines().next().unwrap_or("");
        if !on_top && fields.len() < 2 && !(next.starts_with("**") && next.contains(':')) {
            return false;
        }
        let below = self.headings.last().map_or(0, |heading| heading.start);
        // Of several blocks below one heading none is the section.
        let again = self.labelled.as_ref().is_some_and(|open| open.below == below);
        self.close_labels(start);
        let Some(index) = self.define(&lead, value.span.start as usize, span, Shape::Paragraph, 0) else { return true };
        self.labelled = Some(Labelled { index, start, below });
        match self.headings.last_mut().filter(|_| again) {
            Some(heading) => {
                heading.defines = None;
                heading.subject = Some(super::subject(&lead, value.span.start as usize));
            }
            None => self.adopt(Some(index)),
        }
        if let Some((_, title)) = fields.iter().find(|(key, _)| key == "title" || key == "name") {
            self.name_label(title);
        }
        true
    }

    fn titles_label(&mut self, raw: &str, span: Span) {
        let fields = document::fields(raw, span.start as usize);
        if let Some((_, title)) = fields.first().filter(|(key, _)| key == "title" || key == "name") {
            self.name_label(title);
        }
    }

    fn name_label(&mut self, title: &Spanned) {
        let index = self.labelled.as_ref().map(|open| open.index);
        if let Some(definition) = index.and_then(|index| self.facts.definitions.get_mut(index)) {
            definition.title.clone_from(&title.text);
        }
    }

    /// The block that is open ends here: what stands in it is what its requirement says.
    pub(super) fn close_labels(&mut self, at: usize) {
        let Some(open) = self.labelled.take() else { return };
        if let Some(definition) = self.facts.definitions.get_mut(open.index) {
            definition.block = Span::new(open.start, at.max(open.start));
            definition.text = definition.block;
        }
    }
}
