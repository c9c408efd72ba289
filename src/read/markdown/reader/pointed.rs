//! Lists that point at requirements: `**Derived from:**` and the items below it define nothing.

use super::Reader;
use crate::model::requirement::{Definition, Shape};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::markdown::specification;
use crate::source::Span;

/// What the items below a lead-in are, and how deep the lead-in stands: 0 for a paragraph, else as an item.
#[derive(Clone, Copy)]
pub(super) struct Pointing {
    /// They are what the requirement above refines.
    parents: bool,
    depth: u8,
}

impl Pointing {
    /// Reads the last line of a paragraph or the only line of an item: a lead-in is a line of its own that ends in a colon.
    fn of(raw: &str, depth: u8) -> Option<Self> {
        let line = raw.trim_end().lines().next_back()?.trim_end_matches(['*', '_', ' ']);
        let lead = words(line.strip_suffix(':')?);
        // A lead-in is a label: "Derived from the following requirements", and no sentence that speaks of them.
        if lead.split(' ').count() > 5 {
            return None;
        }
        if specification::is_parent_key(&lead)
            || PARENTS.iter().any(|key| lead.strip_prefix(key).is_some_and(|rest| rest.starts_with(' ')))
        {
            return Some(Self { parents: true, depth });
        }
        let sees = ["see", "see also", "references", "related requirements", "related", "depends on"].contains(&lead.as_str());
        sees.then_some(Self { parents: false, depth })
    }
}

/// Keys behind which the level that is pointed at may be named: "Traced to business requirements".
const PARENTS: &[&str] = &["derived from", "implements", "refines", "satisfies", "traced to", "traces to"];

impl Reader<'_> {
    /// Notes whether the items that follow a paragraph are pointed at.
    pub(super) fn point(&mut self, paragraph: Span) {
        self.pointing = Pointing::of(self.text.get(paragraph.range()).unwrap_or(""), 0);
    }

    /// Whether an item is one that the lead-in above it points at; then it names parents and defines nothing.
    pub(super) fn pointed(&mut self, depth: u8, span: Span) -> bool {
        let raw = self.text.get(span.range()).unwrap_or("");
        if let Some(pointing) = self.pointing.filter(|pointing| depth > pointing.depth) {
            if pointing.parents
                && let Some(definition) = self.speaker(span)
            {
                definition.parents.extend(identifier::list(raw, span.start as usize));
            }
            return true;
        }
        // The source of an item holds the items inside of it; their lead-in is its first line.
        self.pointing = Pointing::of(raw.lines().next().unwrap_or(""), depth);
        false
    }

    /// The requirement that an item stands below: an item around it, or the section.
    fn speaker(&mut self, item: Span) -> Option<&mut Definition> {
        let last = self.facts.definitions.len().checked_sub(1)?;
        let around = self.facts.definitions.last().is_some_and(|one| one.shape == Shape::ListItem && one.block.contains(item));
        let index = if around { last } else { self.headings.iter().rev().find_map(|heading| heading.defines)? };
        self.facts.definitions.get_mut(index)
    }
}
