//! Requirements whose identifiers have full stops behind a word: `#### DOOR.1.2`, `- **GATE.DOOR.1.1v2**: …`.
//!
//! Names of files, versions and hosts have full stops too, so one alone says nothing. Several of a kind in the same place, below which
//! something is demanded, are requirements.

use crate::model::Facts;
use crate::model::id::Id;
use crate::model::mention::{Mention, dotted_root};
use crate::model::requirement::{Definition, Shape};
use rustc_hash::{FxHashMap, FxHashSet};

/// So many of a kind are one on purpose.
const SEVERAL: usize = 3;

/// As much of a section is looked through for what it demands.
const LOOKED: usize = 1_000;

/// `#### DOOR.1.2 Instructions` beside a section `#### DOOR.1.2` that demands something tells more of it and defines nothing anew.
pub(super) fn drop_repeats(facts: &mut Facts, text: &str) {
    let headed = |one: &Definition| one.shape == Shape::Heading && dotted_root(&one.id).is_some();
    let own = |one: &Definition| one.title.is_empty() && demands(text.get(one.block.range()).unwrap_or(""));
    let bare = facts.definitions.iter().filter(|one| headed(one) && own(one));
    let bare: FxHashSet<Id> = bare.map(|one| one.id.clone()).collect();
    if bare.is_empty() {
        return;
    }
    let repeats = |one: &Definition| headed(one) && !one.title.is_empty() && bare.contains(&one.id);
    let (out, kept) = std::mem::take(&mut facts.definitions).into_iter().partition(repeats);
    facts.definitions = kept;
    let out: Vec<Definition> = out;
    facts.named.extend(out.into_iter().map(|one| Mention::one(one.id, one.span)));
}

/// The words of such identifiers, with the form in which they stand, of which there are several and at least half of them demand
/// something.
pub(super) fn obliging(facts: &Facts, text: &str) -> FxHashSet<(Shape, String)> {
    let mut counts: FxHashMap<(Shape, String), (FxHashSet<&str>, usize)> = FxHashMap::default();
    for one in &facts.definitions {
        let Some(root) = dotted_root(&one.id) else { continue };
        let (ids, demanding) = counts.entry((one.shape, root.to_owned())).or_default();
        if ids.insert(&one.id) {
            *demanding += usize::from(demands(text.get(one.block.range()).unwrap_or("")));
        }
    }
    counts.retain(|_, (ids, demanding)| ids.len() >= SEVERAL && *demanding * 2 >= ids.len());
    counts.into_keys().collect()
}

/// Whether a section demands something.
fn demands(section: &str) -> bool {
    let mut end = section.len().min(LOOKED);
    while !section.is_char_boundary(end) {
        end -= 1;
    }
    let words = section.get(..end).unwrap_or("").split(|c: char| !c.is_alphanumeric());
    words.map(str::to_ascii_lowercase).any(|word| matches!(word.as_str(), "shall" | "must" | "should"))
}
