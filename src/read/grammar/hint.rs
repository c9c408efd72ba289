//! Telling without a parser whether and where a line may name something.

use crate::source::Span;

/// What a line may hold, told without a parser.
pub(super) struct Hints {
    /// It has a sign that may begin or end a notation.
    pub(super) notation: bool,
    /// From the first to the end of the last token that looks like an identifier.
    pub(super) identifiers: Option<(usize, usize)>,
}

impl Hints {
    /// Looks at every byte of a line once.
    pub(super) fn of(text: &str) -> Self {
        let mut hints = Self { notation: false, identifiers: None };
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            hints.notation = text.bytes().any(|byte| matches!(byte, b':' | b'@' | b'[' | b'\\'));
            return hints;
        }
        // Where the token began, and whether it has a separator or a capital.
        let (mut begun, mut shaped) = (None, false);
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'a'..=b'z' | 0x80.. => begun = begun.or(Some(at)),
                b'A'..=b'Z' => (begun, shaped) = (begun.or(Some(at)), true),
                b'0'..=b'9' => {
                    if let Some(start) = begun.filter(|_| shaped) {
                        hints.identifiers = Some((hints.identifiers.map_or(start, |found| found.0), at + 1));
                    }
                }
                b'-' | b'_' | b'.' | b'~' => shaped |= begun.is_some(),
                b' ' if shaped && begun.is_some_and(|start| at - start <= 6 && at > start + 1) => {
                    // `FR 1.1` is one identifier.
                    shaped = text.as_bytes().get(at - 1).is_some_and(u8::is_ascii_uppercase);
                    begun = begun.filter(|_| shaped && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit));
                }
                b':' | b'@' | b'[' | b'\\' => {
                    hints.notation = true;
                    (begun, shaped) = (None, false);
                }
                _ => (begun, shaped) = (None, false),
            }
        }
        hints
    }
}

/// The end of the words that may lean on the identifier that ends at `end`: `, 004`, ` to 005`.
pub(super) fn with_tail(text: &str, end: usize) -> usize {
    let far = (end + 24).min(text.len());
    let rest = text.as_bytes().get(far..).unwrap_or_default();
    let mut far = rest.iter().position(u8::is_ascii_whitespace).map_or(text.len(), |n| far + n);
    while !text.is_char_boundary(far) {
        far += 1;
    }
    far
}

/// A separator or a capital makes a token look like an identifier; `x86` and `utf8` do not.
pub(super) fn plausible(text: &str, span: Span, base: usize) -> bool {
    let start = (span.start as usize).saturating_sub(base);
    let token = text.get(start..start + span.len as usize).unwrap_or("");
    token.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_alphabetic())
        || token.contains(['-', '_', '~'])
        || token.chars().any(char::is_uppercase)
}
