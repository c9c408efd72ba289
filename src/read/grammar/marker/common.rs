//! The commonest notations, `Verifies: REQ-1` and its like, which need no parser.

use super::{Notation, Sense};
use crate::read::grammar::plain;
use crate::source::Span;

/// A line that is one notation of a common word with full identifiers from end to end, as most markers are: it says nothing
/// else that would have to be looked for.
pub(super) fn plain_line(text: &str, base: usize) -> Option<Notation> {
    /// No word that a plain notation begins with is longer.
    const LONGEST: usize = 12;
    let head = text.as_bytes().get(..text.len().min(LONGEST + 1))?;
    let colon = head.iter().position(|byte| !byte.is_ascii_alphabetic()).filter(|end| head.get(*end) == Some(&b':'))?;
    let found = plain_notation(text, (0, colon), colon + 1, base)?;
    let last = found.ids.last()?.span.end() as usize;
    (last == base + text.len()).then_some(found)
}

/// A notation of one common word and full identifiers, which needs no parser.
pub(super) fn plain_notation(text: &str, word: (usize, usize), after: usize, base: usize) -> Option<Notation> {
    const WORDS: &[(&str, Sense)] = &[
        ("verifies", Sense::Verifies),
        ("tests", Sense::Verifies),
        ("covers", Sense::Verifies),
        ("validates", Sense::Verifies),
        ("implements", Sense::Implements),
        ("satisfies", Sense::Traces),
        ("requirement", Sense::Traces),
        ("requirements", Sense::Traces),
        ("req", Sense::Traces),
    ];
    let written = text.get(word.0..word.1)?;
    let sense = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(written)).map(|(_, sense)| *sense)?;
    let blanks = text.as_bytes().get(after..)?.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = after + blanks;
    let (ids, end) = plain::list(text.get(start..)?, base + start)?;
    let note = plain::note(text.get(start + end..)?)?;
    Some(Notation { sense, span: Span::new(base + word.0, base + start + end + note), ids, open: false })
}
