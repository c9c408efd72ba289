//! Items of lists: which of them define requirements.

use super::{Reader, several};
use crate::model::record::Kind;
use crate::model::requirement::Shape;
use crate::read::claims;
use crate::read::markdown::leads::{checkbox, is_closed_lead, is_reference, recalls};
use crate::read::markdown::settle::UNTICKED;
use crate::read::markdown::specification::{self, Lead};
use crate::source::Span;

impl Reader<'_> {
    /// The requirements of an item: one, or several that stand behind each other.
    pub(super) fn items(&mut self, span: Span) {
        let text = self.text;
        let raw = text.get(span.range()).unwrap_or("");
        if self.enclosures(span) {
            return;
        }
        let bullet = several::bullet(raw);
        let starts = several::bold_starts(raw.get(bullet..).unwrap_or(""));
        if starts.is_empty() {
            return self.item(span);
        }
        for (index, start) in starts.iter().enumerate() {
            let from = if index == 0 { 0 } else { bullet + start };
            let end = starts.get(index + 1).map_or(raw.len(), |next| bullet + next);
            self.item(Span::new(span.start as usize + from, span.start as usize + end));
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
        let text = self.text;
        if self.grouped(text.get(base..span.end() as usize).unwrap_or(""), base, span) {
            return;
        }
        let Some(lead) = specification::lead(body).filter(defining) else { return self.word_item(body, base, span) };
        // Behind an identifier a file alone says where it is treated.
        let rest = lead.rest.trim().trim_matches([' ', '*', '`', '(', ')', '.']);
        let file = !rest.contains(' ') && rest.contains('.') && rest.len() > 4;
        let told = !rest.is_empty() && !file;
        let required = self.is_among_requirements();
        let enough = match self.document.kind {
            Kind::Specification => lead.marked || required,
            _ => lead.strong || required,
        };
        // Numbered lists are questions, steps and findings more often than requirements.
        let numbered = raw.starts_with(|c: char| c.is_ascii_digit());
        // `[REQ-1](spec.md#req-1)` leads to where it is defined.
        let linked = body.get(lead.start + lead.id.len()..).is_some_and(|rest| rest.trim_start_matches('`').starts_with("]("));
        let titled = told && !enough && !boxed && !numbered && self.is_titled(&lead, span);
        if !(told && enough || titled)
            || linked
            || is_reference(lead.rest)
            || recalls(body, &lead)
            || numbered && !is_closed_lead(body, &lead)
        {
            return;
        }
        if self.allocates(&lead, body, base) || self.is_used(body) {
            return;
        }
        if let Some(index) = self.define(&lead, base, span, Shape::ListItem, 0)
            && let Some(definition) = self.facts.definitions.get_mut(index)
        {
            // Such an item defines in a specification below any heading.
            let alone = self.document.kind == Kind::Specification && lead.marked;
            if required && !lead.strong && !alone {
                self.listed.push(index);
            }
            if titled {
                self.titled.push(index);
            }
            self.ticked |= ticked;
            // Whether an empty box means "not done yet" is decided when the whole list is known.
            definition.group = if boxed && !ticked { UNTICKED } else { 0 };
        }
    }
}
