//! Words that are written in one with an identifier: `Tests_SRS_PUMP_01_004`, `Codes_SRS_PUMP_01_004`.

use super::{Notation, Notations, Sense};
use crate::model::mention::{Mention, Mentions};
use crate::source::Span;

/// The words, and what each says.
const WORDS: &[(&str, Sense)] = &[("Tests_", Sense::Verifies), ("Codes_", Sense::Implements)];

/// Makes notations of the identifiers that have such a word before them; the others stay.
pub(super) fn take(ids: &mut Mentions, found: &mut Notations) {
    let before = found.len();
    ids.retain(|mention| {
        let Some((sense, named)) = apart(mention) else { return true };
        found.push(Notation { sense, span: mention.span, ids: Mentions::from_buf([named]), open: false });
        false
    });
    if found.len() > before {
        found.sort_by_key(|it| it.span.start);
    }
}

/// What the word says, and the identifier behind it.
fn apart(mention: &Mention) -> Option<(Sense, Mention)> {
    let written = mention.id().filter(|id| id.len() == mention.span.len as usize)?;
    let (rest, sense) = WORDS.iter().find_map(|(word, sense)| Some((written.strip_prefix(word)?, *sense)))?;
    let is_id = rest.starts_with(|first: char| first.is_ascii_uppercase()) && rest.contains('_');
    let start = mention.span.end() as usize - rest.len();
    is_id.then(|| (sense, Mention::one(rest, Span::new(start, mention.span.end() as usize))))
}
