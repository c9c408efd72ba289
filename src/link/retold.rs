//! Documents that tell again what another one defines.

use super::alike;
use super::graph::{FactRef, Input, ReqId};
use crate::model::requirement::{Definition, Shape};
use crate::source::FileId;
use rustc_hash::FxHashMap;

/// What a definition has to do with those of the same identifier in other documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// There is none.
    First,
    /// It tells this requirement again.
    Again(Known),
    /// It uses other words for what may be this one.
    Else(Known),
    /// It says something else under the identifier of this one.
    Apart(Known),
}

/// A requirement that is known when a document tells of its identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// The requirement.
    pub(super) id: ReqId,
    /// The document that defines it.
    pub(super) file: FileId,
    /// Whether that document gives it a section or a block, and this one a row or an item of a list that says far less.
    pub(super) fuller: bool,
}

/// How much two definitions have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// So many settle one of which it has not a word in common.
const CERTAIN: usize = 15;

/// So many identifiers that two documents share are a summary, and fewer a chance.
const SEVERAL: usize = 3;

/// What a document has in common with another one that defines the same identifiers.
#[derive(Default)]
struct Shared {
    again: usize,
    otherwise: usize,
    apart: usize,
    /// Of those that it tells otherwise or apart, how many the other one defines in full.
    fuller: usize,
}

impl Shared {
    /// Whether it is a summary of the other one: what it has in common is told in full there, and mostly in like words.
    fn is_summary(&self) -> bool {
        let alike = self.again + self.otherwise;
        self.fuller == self.otherwise + self.apart && alike >= SEVERAL && alike > self.apart * 2
    }

    /// Whether the two number other things from one on: what they say under one number is seldom the same.
    fn is_chance(&self) -> bool {
        self.apart >= SETTLING && self.apart >= (self.again + self.otherwise) * 4
    }
}

/// Where a document tells nearly all of another one again, or sums it up, it tells the few again as well that it puts in other
/// words; and where it says something else under nearly every number, none of them.
pub(super) fn settle(told: &mut [Telling]) {
    let mut documents: FxHashMap<FileId, Shared> = FxHashMap::default();
    for one in told.iter() {
        match one {
            Telling::First => {}
            Telling::Again(known) => documents.entry(known.file).or_default().again += 1,
            Telling::Else(known) => {
                let shared = documents.entry(known.file).or_default();
                shared.otherwise += 1;
                shared.fuller += usize::from(known.fuller);
            }
            Telling::Apart(known) => {
                let shared = documents.entry(known.file).or_default();
                shared.apart += 1;
                shared.fuller += usize::from(known.fuller);
            }
        }
    }
    for one in told.iter_mut() {
        let (Telling::Again(known) | Telling::Else(known) | Telling::Apart(known)) = *one else { continue };
        let Some(shared) = documents.get(&known.file) else { continue };
        let repeated = match one {
            Telling::Else(_) => shared.otherwise * SETTLING <= shared.again,
            _ => (shared.otherwise + shared.apart) * CERTAIN <= shared.again,
        };
        if shared.is_chance() {
            *one = Telling::First;
        } else if repeated || shared.is_summary() {
            *one = Telling::Again(known);
        }
    }
}

/// Whether one document gives a requirement a section or a block of its own, and another one a row or an item that says far
/// less.
pub(super) fn is_fuller(first: &Definition, one: &Definition) -> bool {
    let full = !matches!(first.shape, Shape::TableRow | Shape::ListItem | Shape::CsvRecord | Shape::MatrixRow);
    let short = matches!(one.shape, Shape::TableRow | Shape::ListItem | Shape::MatrixRow);
    full && short && first.text.len > 2 * one.text.len
}

/// Whether a line in the list of one document only announces what a section of another defines: "Derived requirements:
/// - REQ-LOW-001: Parse".
pub(super) fn is_announced(first: &Definition, one: &Definition) -> bool {
    first.shape == Shape::ListItem && one.shape == Shape::Heading && one.text.len > 2 * first.text.len
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
