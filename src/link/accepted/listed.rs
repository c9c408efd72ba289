//! What the rows of matrices name, each identifier by itself or from one number to another.

use crate::link::graph::{Input, index};
use crate::link::lookup::kin;
use crate::model::mention::{MAX_RANGE, Name, split_number};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What the rows of one matrix name of a family.
#[derive(Default)]
pub(super) struct Listed<'i> {
    /// Each by itself.
    pub(super) ids: FxHashSet<&'i str>,
    /// From one number to another: `REQ-1–REQ-9`.
    ranges: Vec<(u64, u64)>,
}

impl Listed<'_> {
    /// How many there are at least.
    pub(super) fn len(&self) -> usize {
        let longest = self.ranges.iter().map(|(first, last)| (last.min(&MAX_RANGE) + 1).saturating_sub(*first)).max();
        self.ids.len().max(usize::try_from(longest.unwrap_or(0)).unwrap_or(0))
    }

    /// Whether an identifier of the family is among them.
    pub(super) fn names(&self, id: &str) -> bool {
        let number = || split_number(id).map(|(_, number, ..)| number);
        self.ids.contains(id)
            || !self.ranges.is_empty()
                && number().is_some_and(|n| self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&n)))
    }
}

/// What the rows of each matrix name, by family.
pub(super) fn listed<'i>(inputs: &'i [Input], matrices: &FxHashSet<FileId>) -> FxHashMap<&'i str, Vec<Listed<'i>>> {
    let mut found: FxHashMap<&str, Vec<Listed<'_>>> = FxHashMap::default();
    for (_, input) in inputs.iter().enumerate().filter(|(at, _)| matrices.contains(&FileId(index(*at)))) {
        let mut lists: BTreeMap<&str, Listed<'_>> = BTreeMap::new();
        for mention in input.facts.rows.iter().flat_map(|row| &row.ids) {
            match &mention.name {
                Name::One(id) => {
                    lists.entry(kin(id)).or_default().ids.insert(id);
                }
                Name::Range(ends) => {
                    let numbers = split_number(&ends.0).zip(split_number(&ends.1));
                    lists.entry(kin(&ends.0)).or_default().ranges.extend(numbers.map(|(first, last)| (first.1, last.1)));
                }
                Name::Prefix(_) => {}
            }
        }
        for (kin, list) in lists {
            found.entry(kin).or_default().push(list);
        }
    }
    found
}
