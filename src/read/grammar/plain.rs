//! The commonest shape of an identifier list, read without a parser.
//!
//! Nine markers in ten name full identifiers and nothing else: `REQ-A-001, REQ-B-002`. A test suite
//! of fifty thousand cases repeats that shape fifty thousand times, and a parser takes twenty times
//! as long for it. Whatever leans on another identifier, or may do so, is left to the grammars; a
//! property test holds this module to say the same as they do.

use crate::model::mention::{Mention, Mentions};
use crate::source::Span;

/// The end of the identifier that begins at `at`: a capital first, a separator and a digit in it.
fn token(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at).filter(|first| first.is_ascii_uppercase())?;
    let (mut end, mut digit, mut joint) = (at, false, false);
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => digit = true,
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'-' | b'_' | b'.' if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => joint |= *byte != b'.',
            _ => break,
        }
        end += 1;
    }
    let closed = bytes.get(end).is_none_or(|byte| b", ])\":;'".contains(byte));
    let wildcard = bytes.get(at..end)?.ends_with(b".x");
    (digit && joint && closed && !wildcard).then_some(end)
}

/// Full identifiers with commas between them, and the offset past the last; `None` where anything
/// stands after it that may belong to the list.
pub fn list(text: &str, base: usize) -> Option<(Mentions, usize)> {
    let bytes = text.as_bytes();
    let mut found = Mentions::new();
    let mut at = 0;
    loop {
        let end = token(bytes, at)?;
        found.push(Mention::one(text.get(at..end)?, Span::new(base + at, base + end)));
        if bytes.get(end) != Some(&b',') {
            return (!leans(text.get(end..)?)).then_some((found, end));
        }
        at = end + 1;
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
    }
}

/// The identifier that is exactly `text[from..to]`, if nothing after it leans on it.
pub fn single(text: &str, (from, to): (usize, usize), base: usize) -> Option<Mention> {
    let end = token(text.as_bytes(), from).filter(|end| *end == to)?;
    (!leans(text.get(end..)?)).then(|| Mention::one(text.get(from..to).unwrap_or(""), Span::new(base + from, base + to)))
}

/// Whether what follows an identifier may continue it: `, 004`, ` to 005`, `..`, ` [version==1]`.
fn leans(rest: &str) -> bool {
    let word = rest.trim_start_matches([' ', '\t']);
    if word.len() == rest.len() {
        return !rest.bytes().next().is_none_or(|byte| b"])\":'".contains(&byte));
    }
    match word.bytes().next() {
        None | Some(b'(') => false,
        Some(byte) if byte.is_ascii_alphabetic() => {
            let end = word.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(word.len());
            let word = word.get(..end).unwrap_or(word);
            // "s.d." and "até" begin with letters that are few.
            ["to", "through", "thru", "until", "bis", "and", "s", "sampai", "hasta", "at", "ate", "a"]
                .iter()
                .any(|joint| word.eq_ignore_ascii_case(joint))
        }
        Some(_) => true,
    }
}

/// Whether nothing but a note in brackets, or a full stop, stands here; the length of the note.
pub(super) fn note(rest: &str) -> Option<usize> {
    let word = rest.trim();
    if word.is_empty() || word == "." {
        return Some(0);
    }
    let inside = word.strip_prefix('(')?.strip_suffix(')')?;
    (!inside.contains(['(', ')', '\n'])).then(|| rest.trim_end().len())
}
