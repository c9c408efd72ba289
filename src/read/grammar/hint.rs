//! Telling without a parser whether and where a line may name something.

use crate::source::Span;

/// What a line may hold, told by its bytes alone: most hold nothing.
pub(super) struct Signs {
    /// It has a sign that may begin or end a notation.
    pub(super) notation: bool,
    /// It has a digit, and a capital or a separator before or behind it.
    pub(super) identifier: bool,
}

impl Signs {
    const DIGIT: u8 = 1;
    const SHAPE: u8 = 2;
    const NOTATION: u8 = 4;

    const OF: [u8; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = match byte as u8 {
                b'0'..=b'9' => Self::DIGIT,
                b'A'..=b'Z' | b'-' | b'_' | b'.' | b'~' => Self::SHAPE,
                b':' | b'@' | b'[' | b'\\' => Self::NOTATION,
                _ => 0,
            };
            byte += 1;
        }
        table
    };

    /// Where the first sign stands that may begin or end a notation.
    pub(super) fn next(bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| Self::OF[usize::from(*byte)] == Self::NOTATION)
    }

    /// The length of the first line with its line break, and what it holds.
    pub(super) fn of_line(bytes: &[u8]) -> (usize, Self) {
        let mut seen = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' {
                return (at + 1, Self::from(seen));
            }
            seen |= Self::OF[usize::from(*byte)];
        }
        (bytes.len(), Self::from(seen))
    }

    /// Looks at every byte of a line once.
    pub(super) fn of(text: &str) -> Self {
        Self::from(text.bytes().fold(0, |seen, byte| seen | Self::OF[usize::from(byte)]))
    }

    fn from(seen: u8) -> Self {
        let has = |signs: u8| seen & signs == signs;
        Self { notation: has(Self::NOTATION), identifier: has(Self::DIGIT | Self::SHAPE) }
    }
}

/// From the first to the end of the last token of a line that looks like an identifier.
pub(super) fn identifiers(text: &str) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize)> = None;
    // Where the token began, and whether it has a separator or a capital.
    let (mut begun, mut shaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | 0x80.. => begun = begun.or(Some(at)),
            b'A'..=b'Z' => (begun, shaped) = (begun.or(Some(at)), true),
            b'0'..=b'9' => {
                if let Some(start) = begun.filter(|_| shaped) {
                    found = Some((found.map_or(start, |found| found.0), at + 1));
                }
            }
            b'-' | b'_' | b'.' | b'~' => shaped |= begun.is_some(),
            b' ' if shaped && begun.is_some_and(|start| at - start <= 6 && at > start + 1) => {
                // `FR 1.1` is one identifier.
                shaped = text.as_bytes().get(at - 1).is_some_and(u8::is_ascii_uppercase);
                begun = begun.filter(|_| shaped && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit));
            }
            _ => (begun, shaped) = (None, false),
        }
    }
    found
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
