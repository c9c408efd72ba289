//! Documents that tell again what another one defines.

use super::alike;
use super::graph::{FactRef, Input, ReqId};
use crate::model::requirement::Definition;
use crate::source::FileId;
use rustc_hash::FxHashMap;

/// What a definition has to do with those of the same identifier in other documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// There is none, or it speaks of something else.
    First,
    /// It tells this requirement again.
    Again(ReqId),
    /// It uses other words for what may be this one, which is defined in this file.
    Else((ReqId, FileId)),
}

/// How much two definitions have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// They say the same.
    Same,
    /// They share some words.
    Near,
    /// They share hardly any.
    Other,
}

/// As many entries that a document tells again settle one that it tells in other words.
const SETTLING: usize = 8;

/// Where a document tells nearly all again, it tells the few again as well that it puts in other words.
pub(super) fn settle(told: &mut [Telling]) {
    let again = told.iter().filter(|one| matches!(one, Telling::Again(_))).count();
    let mut others: FxHashMap<FileId, usize> = FxHashMap::default();
    for one in told.iter() {
        if let Telling::Else((_, file)) = one {
            *others.entry(*file).or_default() += 1;
        }
    }
    for one in told.iter_mut() {
        if let Telling::Else((known, file)) = *one
            && others.len() == 1
            && others.get(&file).is_some_and(|count| count * SETTLING <= again)
        {
            *one = Telling::Again(known);
        }
    }
}

/// How much a definition has in common with a known one in another document.
pub(super) fn likeness(inputs: &[Input], known: FactRef, one: &Definition, at: FactRef) -> Likeness {
    let Some(input) = inputs.get(known.file.index()) else { return Likeness::Other };
    let Some(first) = input.facts.definitions.get(known.index as usize) else { return Likeness::Other };
    let text = |file: FileId, one: &Definition| {
        let body = inputs.get(file.index()).map_or("", |input| input.text.slice(one.text));
        body.chars().take(400).collect::<String>()
    };
    let (mine, theirs) = (text(known.file, first), text(at.file, one));
    // "The system shall implement FR-1" points at what stands elsewhere.
    let points = one.title.is_empty() && theirs.matches(one.id.as_str()).nth(1).is_some();
    let (a, b) = ((first.title.as_str(), mine.as_str()), (one.title.as_str(), theirs.as_str()));
    match () {
        () if points || alike::same(a, b) => Likeness::Same,
        () if alike::near(a, b) => Likeness::Near,
        () => Likeness::Other,
    }
}
