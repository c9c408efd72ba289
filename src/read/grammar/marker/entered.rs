//! Code that is called the entry point of requirements.

use super::rules::Rule;
use super::{Notation, Notations, Sense, notation, plausible, turn};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Every line with an identifier is searched: the search is made once.
static ENTRY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"ntry"));

/// So many places of a line may be an entry point; each is read with its list.
const MAX_STARTS: usize = 4;

/// Puts a notation between others, none of which says anything of what it names.
pub(super) fn insert(found: &mut Notations, entry: Notation) {
    for other in found.iter_mut() {
        other.ids.retain(|id| !entry.span.contains(id.span));
        if (other.span.start..other.span.end()).contains(&entry.span.start) {
            other.span.len = entry.span.start - other.span.start;
            other.open = false;
        }
    }
    found.retain(|other| other.open || !other.ids.is_empty());
    let at = found.partition_point(|other| other.span.start < entry.span.start);
    found.insert(at, entry);
}

/// The words `entry point` with the requirements that they are for, unless what stands before turns their meaning.
pub(super) fn point(text: &str, base: usize) -> Option<Notation> {
    let bytes = text.as_bytes();
    // Where no letter stands before `entry`, with the sign of a tag if it has one.
    let begins = |at: usize| {
        let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied();
        let sign = usize::from(matches!(before(2), Some(b'@' | b'\\')));
        let free = before(2 + sign).is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
        (matches!(before(1), Some(b'e' | b'E')) && free).then(|| at - 1 - sign)
    };
    // What says it often and never means it is data.
    let starts = ENTRY.find_iter(bytes).filter_map(begins).take(MAX_STARTS);
    let found = starts.filter_map(|at| Some((at, notation(Rule::entered, text, at, base)?))).next();
    let (_, mut entry) = found.filter(|(at, _)| turn(text.get(..*at).unwrap_or("")).is_none())?;
    entry.ids.retain(|id| plausible(text, id.span, base));
    entry.sense = Sense::Enters;
    (!entry.ids.is_empty()).then_some(entry)
}
