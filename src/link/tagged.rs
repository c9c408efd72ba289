//! Tags and traits that hold identifiers and nothing else: `[Trait("SWR", "SWR-12")]`, `@Tag("SWR-12")`.
//!
//! Where they name what is defined, or what is of a family or below a key with which others are, the test claims to verify it.
//! Any other is a word for sorting tests.

use super::graph::Input;
use super::lookup::Lookup;
use crate::model::mention::Mention;
use crate::model::test_case::{Marker, Verb};
use crate::model::vocabulary;
use rustc_hash::FxHashSet;

/// Settles what they say.
pub(super) fn settle(inputs: &mut [Input], lookup: &Lookup) {
    let tagged = |marker: &&Marker| marker.verb == Verb::Tagged;
    let defined = |marker: &Marker| marker.ids.iter().any(|one| is_defined(one, lookup));
    let mut keys: FxHashSet<String> = FxHashSet::default();
    for input in inputs.iter() {
        let named = input.facts.markers.iter().filter(tagged).filter(|marker| defined(marker));
        keys.extend(named.filter_map(|marker| key(input, marker)).map(str::to_owned));
    }
    for input in inputs {
        for at in 0..input.facts.markers.len() {
            let Some(marker) = input.facts.markers.get(at).filter(tagged) else { continue };
            let keyed = || key(input, marker).is_some_and(|key| keys.contains(key));
            let claims = defined(marker) || marker.ids.iter().all(|one| may_be(one, |id| lookup.knows_family(id) || keyed()));
            let verb = if claims { Verb::Verifies } else { Verb::Mentions };
            input.facts.markers.iter_mut().skip(at).take(1).for_each(|marker| marker.verb = verb);
        }
    }
}

fn is_defined(mention: &Mention, lookup: &Lookup) -> bool {
    mention.id().is_some_and(|id| !lookup.all(id).is_empty())
}

/// Whether an identifier may be one of a requirement: it has several parts, is of no other kind of thing, and `known` knows it.
fn may_be(mention: &Mention, known: impl Fn(&str) -> bool) -> bool {
    mention.id().is_some_and(|id| id.contains(['-', '_', '~']) && !vocabulary::is_foreign(id) && known(id))
}

/// The key before the value of a trait: `SWR` of `[Trait("SWR", "SWR-12")]`.
fn key<'t>(input: &'t Input, marker: &Marker) -> Option<&'t str> {
    let before = input.text.as_str().get(..marker.span.start as usize)?;
    let before = before.strip_suffix(['"', '\''])?.trim_end().strip_suffix(',')?.trim_end().strip_suffix(['"', '\''])?;
    let start = before.rfind(['"', '\'', '\n'])? + 1;
    before.get(start..).filter(|key| !key.is_empty())
}
