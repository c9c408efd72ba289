//! Comments and strings out of the way: the same bytes, of which only code is left.

use memchr::memmem;

use super::extent::{
    block_end, directive_end, doubled_end, first_on_line, is_verbatim, line_end, raw_string, regex_end, rust_char,
    separates_digits, string_end, template_end,
};
use super::work;

/// How comments and strings of a language look.
pub(super) struct Syntax {
    /// What begins a comment that ends with the line.
    pub(super) line: &'static [&'static str],
    /// What begins and ends a comment that may span lines.
    pub(super) block: Option<(&'static str, &'static str)>,
    /// Whether block comments nest.
    pub(super) nested: bool,
    /// String notations, the longest opening first.
    pub(super) quotes: &'static [Quote],
    /// What else has to be told from strings and comments.
    pub(super) quirk: Quirk,
}

/// One string notation.
pub(super) struct Quote {
    /// Opens and closes the string.
    pub(super) mark: &'static str,
    /// Whether a backslash takes the next character along.
    pub(super) escape: bool,
    /// Whether the string may span lines.
    pub(super) lines: bool,
}

/// Tokens of single languages that contain quotes or comment signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirk {
    /// None.
    None,
    /// Regular expressions and templates with `${}`.
    JavaScript,
    /// Raw strings with `#`, lifetimes.
    Rust,
    /// `R"x(…)x"`, digit separators, directives.
    Cpp,
    /// `@"…""…"`, directives.
    CSharp,
    /// `r"(…)"`.
    R,
    /// `#` begins a comment only where a word may begin.
    Shell,
    /// `#[` is an attribute.
    Php,
    /// A comment has its line to itself.
    LineStart,
}

/// A string literal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal {
    /// First byte of the opening quote.
    pub(super) start: u32,
    /// Just past the closing quote.
    pub(super) end: u32,
    /// First byte of the content.
    pub(super) inner: u32,
    /// Just past the content.
    pub(super) inner_end: u32,
}

/// Stands for every byte inside a string.
pub(super) const FILL: u8 = 2;

/// A text in which only code is left.
pub(super) struct Masked<'t> {
    /// The text as it is.
    pub(super) text: &'t str,
    /// The same bytes with blanks for comments, [`FILL`] inside strings and `"` at their ends.
    pub(super) code: Vec<u8>,
    /// Comments in order: offsets of the first byte and past the last.
    pub(super) comments: Vec<(u32, u32)>,
    /// Strings in order.
    pub(super) strings: Vec<Literal>,
}

impl<'t> Masked<'t> {
    /// Masks a text; bytes past 4 GiB are left out.
    pub(super) fn new(text: &'t str, syntax: &Syntax) -> Self {
        let code = text.as_bytes().to_vec();
        let mut masked = Self { text, code, comments: Vec::new(), strings: Vec::new() };
        if u32::try_from(text.len()).is_err() {
            masked.code.clear();
            return masked;
        }
        let starters = Starters::of(syntax);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..) {
            let Some(skip) = starters.find(rest) else {
                break;
            };
            let next = masked.token(at + skip, syntax);
            work::spend(next.abs_diff(at));
            at = next;
        }
        masked
    }

    /// The literal that begins at an offset.
    pub(super) fn literal(&self, start: usize) -> Option<Literal> {
        let found = self.strings.binary_search_by_key(&start, |it| it.start as usize).ok()?;
        self.strings.get(found).copied()
    }

    /// The text between two offsets, empty where they do not fit.
    pub(super) fn slice(&self, start: u32, end: u32) -> &'t str {
        work::spend(end.saturating_sub(start) as usize);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The code byte at an offset, zero past the end.
    pub(super) fn at(&self, at: usize) -> u8 {
        work::spend(1);
        self.code.get(at).copied().unwrap_or(0)
    }

    /// The first offset from `at` that does not hold white space.
    pub(super) fn skip_space(&self, at: usize) -> usize {
        let rest = self.code.get(at..).unwrap_or_default();
        self.counted(at, rest.iter().position(|byte| !byte.is_ascii_whitespace()))
    }

    /// The end of the word that begins at `at`.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let rest = self.code.get(at..).unwrap_or_default();
        self.counted(at, rest.iter().position(|byte| !is_word(*byte)))
    }

    /// The offset that a search from `at` has found.
    fn counted(&self, at: usize, found: Option<usize>) -> usize {
        let end = found.map_or(self.code.len(), |n| at + n);
        work::spend(end.saturating_sub(at));
        end
    }

    /// Just past the bracket that closes the one at `at`.
    pub(super) fn close(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (offset, byte) in self.code.get(at..)?.iter().enumerate() {
            work::spend(1);
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
                _ => continue,
            }
            if depth == 0 {
                return Some(at + offset + 1);
            }
        }
        None
    }

    /// Masks what begins at `at`, if anything does; returns where to go on.
    fn token(&mut self, at: usize, syntax: &Syntax) -> usize {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(at..).unwrap_or_default();
        let begins = |mark: &str| rest.starts_with(mark.as_bytes());
        if let Some((open, close)) = syntax.block.filter(|(open, _)| begins(open)) {
            let end = block_end(bytes, at, open, close, syntax.nested);
            return self.comment(at, end);
        }
        if syntax.line.iter().any(|mark| begins(mark)) && self.comments_here(at, syntax.quirk) {
            return self.comment(at, line_end(bytes, at));
        }
        if let Some(quote) = syntax.quotes.iter().find(|quote| begins(quote.mark)) {
            return self.quoted(at, quote, syntax.quirk);
        }
        match (syntax.quirk, rest.first()) {
            (Quirk::JavaScript, Some(b'/')) => match regex_end(bytes, &self.code, at) {
                Some(end) => self.string(at, end, at + 1, end),
                None => at + 1,
            },
            (Quirk::Cpp | Quirk::CSharp, Some(b'#')) if first_on_line(bytes, at) => {
                let end = directive_end(bytes, at);
                self.blank(at, end);
                end
            }
            _ => at + 1,
        }
    }

    fn comments_here(&self, at: usize, quirk: Quirk) -> bool {
        let bytes = self.text.as_bytes();
        match quirk {
            Quirk::Shell => at == 0 || bytes.get(at - 1).is_none_or(|b| b" \t\r\n;(){}&|".contains(b)),
            Quirk::LineStart => first_on_line(bytes, at),
            Quirk::Php => bytes.get(at) != Some(&b'#') || bytes.get(at + 1) != Some(&b'['),
            _ => true,
        }
    }

    fn quoted(&mut self, at: usize, quote: &Quote, quirk: Quirk) -> usize {
        let bytes = self.text.as_bytes();
        let single = quote.mark == "'";
        match quirk {
            Quirk::Rust if single => {
                return rust_char(bytes, at).map_or(at + 1, |end| self.string(at, end, at + 1, end - 1));
            }
            Quirk::Cpp if single && separates_digits(bytes, at) => return at + 1,
            Quirk::JavaScript if quote.mark == "`" => {
                let (inner_end, end) = template_end(bytes, at + 1);
                return self.string(at, end, at + 1, inner_end);
            }
            _ => {}
        }
        if let Some((inner, close)) = raw_string(bytes, at, quirk) {
            let body = bytes.get(inner..).unwrap_or_default();
            let inner_end = memmem::find(body, &close).map_or(bytes.len(), |n| inner + n);
            return self.string(at, (inner_end + close.len()).min(bytes.len()), inner, inner_end);
        }
        let verbatim = quirk == Quirk::CSharp && quote.mark == "\"" && is_verbatim(bytes, at);
        let inner = at + quote.mark.len();
        let (inner_end, end) = if verbatim { doubled_end(bytes, inner) } else { string_end(bytes, inner, quote) };
        self.string(at, end, inner, inner_end)
    }

    fn comment(&mut self, start: usize, end: usize) -> usize {
        self.comments.push((start as u32, end as u32));
        self.blank(start, end);
        end
    }

    fn blank(&mut self, start: usize, end: usize) {
        if let Some(bytes) = self.code.get_mut(start..end) {
            bytes.fill(b' ');
        }
    }

    fn string(&mut self, start: usize, end: usize, inner: usize, inner_end: usize) -> usize {
        let inner_end = inner_end.clamp(inner.min(end), end);
        if let Some(bytes) = self.code.get_mut(start..end) {
            bytes.fill(FILL);
            if let Some(first) = bytes.first_mut() {
                *first = b'"';
            }
            if let Some(last) = bytes.last_mut().filter(|_| inner_end < end) {
                *last = b'"';
            }
        }
        self.strings.push(Literal {
            start: start as u32,
            end: end as u32,
            inner: inner.min(end) as u32,
            inner_end: inner_end as u32,
        });
        end
    }
}

/// Whether a byte can be part of a word; bytes above ASCII count as letters.
pub(super) fn is_word(byte: u8) -> bool {
    const WORD: [bool; 256] = {
        let (mut table, mut byte) = ([false; 256], 0);
        while byte < 256 {
            table[byte] = byte >= 0x80 || byte == b'_' as usize || (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    WORD[usize::from(byte)]
}

/// The bytes with which a comment or a string may begin.
enum Starters {
    /// Three are searched for many times faster than any others.
    Three(u8, u8, u8),
    /// By byte.
    Any(Box<[bool; 256]>),
}

impl Starters {
    fn of(syntax: &Syntax) -> Self {
        let marks = syntax.line.iter().copied().chain(syntax.block.map(|(open, _)| open));
        let marks = marks.chain(syntax.quotes.iter().map(|quote| quote.mark)).filter_map(|mark| mark.bytes().next());
        let directive = matches!(syntax.quirk, Quirk::Cpp | Quirk::CSharp).then_some(b'#');
        let mut bytes: Vec<u8> = marks.chain(directive).collect();
        bytes.sort_unstable();
        bytes.dedup();
        if let [a, b, c] = bytes.as_slice() {
            return Self::Three(*a, *b, *c);
        }
        let mut table = Box::new([false; 256]);
        bytes.iter().for_each(|byte| table[*byte as usize] = true);
        Self::Any(table)
    }

    fn find(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Three(a, b, c) => memchr::memchr3(*a, *b, *c, bytes),
            Self::Any(table) => bytes.iter().position(|byte| table[*byte as usize]),
        }
    }
}
