//! Identifiers that leave out what they have in common with one before them in their cell: `PRD-FR-010, NFR-004`.

use super::graph::{Input, index};
use super::lookup::Lookup;
use crate::model::id::Id;
use crate::model::mention::{Mention, Name};
use crate::source::{FileId, Span};
use rustc_hash::FxHashMap;

/// What such mentions in rows stand for, by their places.
#[derive(Debug, Default)]
pub(super) struct Shortened {
    full: FxHashMap<(FileId, Span), Id>,
}

impl Shortened {
    /// Nothing is called so, and with the first part of a defined one before it something is.
    pub(super) fn of(inputs: &[Input], lookup: &Lookup) -> Self {
        let mut full = FxHashMap::default();
        for (at, input) in inputs.iter().enumerate() {
            let file = FileId(index(at));
            for row in input.facts.rows.iter().filter(|row| row.ids.len() > 1) {
                let mut first = None;
                for mention in &row.ids {
                    let known = leading(mention).filter(|id| !lookup.all(id).is_empty()).and_then(|id| id.split_once('-'));
                    first = known.map(|(part, _)| part).or(first);
                    let Some((part, id)) = first.zip(mention.id()) else { continue };
                    let whole = || format!("{part}-{id}");
                    if !lookup.knows_family(id) && lookup.all(id).is_empty() && !lookup.all(&whole()).is_empty() {
                        full.insert((file, mention.span), Id::from(whole()));
                    }
                }
            }
        }
        Self { full }
    }

    /// Whether a mention in a row is one of them.
    pub(super) fn has(&self, file: FileId, mention: &Mention) -> bool {
        self.full.contains_key(&(file, mention.span))
    }

    /// Writes them out.
    pub(super) fn settle(&self, inputs: &mut [Input]) {
        for (at, input) in inputs.iter_mut().enumerate().filter(|_| !self.full.is_empty()) {
            let file = FileId(index(at));
            for mention in input.facts.rows.iter_mut().filter(|row| row.ids.len() > 1).flat_map(|row| &mut row.ids) {
                if let Some(id) = self.full.get(&(file, mention.span)) {
                    mention.name = Name::One(id.clone());
                }
            }
        }
    }
}

/// The identifier that a mention names first.
fn leading(mention: &Mention) -> Option<&str> {
    match &mention.name {
        Name::One(id) => Some(id),
        Name::Range(ends) => Some(&ends.0),
        Name::Prefix(_) => None,
    }
}
