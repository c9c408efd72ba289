//! Comments and strings out of the way: the same bytes, of which only code is left.

use memchr::{memchr, memchr2, memmem};

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

/// Longer regular expressions are not looked for, lest every slash scan a minified file.
const MAX_REGEX: usize = 2_000;

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
        let table = starters(syntax);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..) {
            let Some(skip) = rest.iter().position(|byte| table[*byte as usize]) else {
                break;
            };
            at = masked.token(at + skip, syntax);
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
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The code byte at an offset, zero past the end.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.code.get(at).copied().unwrap_or(0)
    }

    /// The first offset from `at` that does not hold white space.
    pub(super) fn skip_space(&self, at: usize) -> usize {
        let rest = self.code.get(at..).unwrap_or_default();
        rest.iter().position(|byte| !byte.is_ascii_whitespace()).map_or(self.code.len(), |n| at + n)
    }

    /// The end of the word that begins at `at`.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let rest = self.code.get(at..).unwrap_or_default();
        rest.iter().position(|byte| !is_word(*byte)).map_or(self.code.len(), |n| at + n)
    }

    /// Just past the bracket that closes the one at `at`.
    pub(super) fn close(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (offset, byte) in self.code.get(at..)?.iter().enumerate() {
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
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn starters(syntax: &Syntax) -> [bool; 256] {
    let mut table = [false; 256];
    let marks = syntax.line.iter().copied().chain(syntax.block.map(|(open, _)| open));
    for mark in marks.chain(syntax.quotes.iter().map(|quote| quote.mark)) {
        table[mark.as_bytes().first().copied().unwrap_or(0) as usize] = true;
    }
    if matches!(syntax.quirk, Quirk::Cpp | Quirk::CSharp) {
        table[b'#' as usize] = true;
    }
    table
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |n| at + n)
}

fn block_end(bytes: &[u8], at: usize, open: &str, close: &str, nested: bool) -> usize {
    let mut depth = 1usize;
    let mut at = at + open.len();
    let last = close.as_bytes().last().copied().unwrap_or(b'/');
    while let Some(rest) = bytes.get(at..) {
        if !nested {
            return memmem::find(rest, close.as_bytes()).map_or(bytes.len(), |n| at + n + close.len());
        }
        let first = open.as_bytes().first().copied().unwrap_or(last);
        let second = close.as_bytes().first().copied().unwrap_or(last);
        let Some(next) = memchr2(first, second, rest) else {
            break;
        };
        at += next;
        let here = bytes.get(at..).unwrap_or_default();
        if here.starts_with(close.as_bytes()) {
            at += close.len();
            depth -= 1;
            if depth == 0 {
                return at;
            }
        } else if here.starts_with(open.as_bytes()) {
            at += open.len();
            depth += 1;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// End of the content and of the whole of a string whose content begins at `at`.
fn string_end(bytes: &[u8], mut at: usize, quote: &Quote) -> (usize, usize) {
    let mark = quote.mark.as_bytes();
    let first = mark.first().copied().unwrap_or(b'"');
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote.escape => at += 1,
            b'\n' if !quote.lines => return (at, at),
            _ if *byte == first && bytes.get(at..).is_some_and(|rest| rest.starts_with(mark)) => {
                return (at, at + mark.len());
            }
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), bytes.len())
}

fn doubled_end(bytes: &[u8], mut at: usize) -> (usize, usize) {
    while let Some(next) = memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        at += next;
        if bytes.get(at + 1) != Some(&b'"') {
            return (at, at + 1);
        }
        at += 2;
    }
    (bytes.len(), bytes.len())
}

fn is_verbatim(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied();
    before(1) == Some(b'@') || (before(1) == Some(b'$') && before(2) == Some(b'@'))
}

fn rust_char(bytes: &[u8], at: usize) -> Option<usize> {
    let first = *bytes.get(at + 1)?;
    if first == b'\\' {
        let rest = bytes.get(at + 3..(at + 14).min(bytes.len()))?;
        return memchr(b'\'', rest).map(|n| at + 4 + n);
    }
    let width = match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    };
    (bytes.get(at + 1 + width) == Some(&b'\'')).then_some(at + 2 + width)
}

fn separates_digits(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(24)..at).unwrap_or_default();
    let word = before.iter().rposition(|byte| !is_word(*byte) && *byte != b'\'').map_or(0, |n| n + 1);
    before.get(word).is_some_and(u8::is_ascii_digit)
}

/// Start of the content and the closing mark of a raw string whose quote is at `at`.
fn raw_string(bytes: &[u8], at: usize, quirk: Quirk) -> Option<(usize, Vec<u8>)> {
    match quirk {
        Quirk::Rust => {
            let before = bytes.get(at.saturating_sub(64)..at)?;
            let hashes = before.iter().rev().take_while(|byte| **byte == b'#').count();
            let prefix = before.get(..before.len() - hashes)?;
            let word = prefix.iter().rev().take_while(|byte| is_word(**byte)).count();
            let word = prefix.get(prefix.len() - word..)?;
            let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
            matches!(word, b"r" | b"br" | b"cr").then_some((at + 1, close))
        }
        Quirk::Cpp | Quirk::R => {
            let raw: &[u8] = if quirk == Quirk::R { b"rR" } else { b"R" };
            at.checked_sub(1).and_then(|at| bytes.get(at)).filter(|byte| raw.contains(byte))?;
            let rest = bytes.get(at + 1..(at + 19).min(bytes.len()))?;
            let open = rest.iter().position(|byte| b"([{ \n\"".contains(byte))?;
            let close = match rest.get(open)? {
                b'(' => b')',
                b'[' if quirk == Quirk::R => b']',
                b'{' if quirk == Quirk::R => b'}',
                _ => return None,
            };
            let close = [&[close], rest.get(..open)?, bytes.get(at..=at)?].concat();
            Some((at + open + 2, close))
        }
        _ => None,
    }
}

fn first_on_line(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| *byte == b'\n')
}

/// The end of a preprocessor directive with its continuation lines, or the comment in it.
fn directive_end(bytes: &[u8], at: usize) -> usize {
    let mut start = at;
    loop {
        let end = line_end(bytes, start);
        let line = bytes.get(start..end).unwrap_or_default();
        if let Some(comment) = memmem::find(line, b"//").or_else(|| memmem::find(line, b"/*")) {
            return start + comment;
        }
        let continued = line.strip_suffix(b"\r").unwrap_or(line).ends_with(b"\\");
        if !continued || end >= bytes.len() {
            return end;
        }
        start = end + 1;
    }
}

/// End of the content and of the whole of a template; `${}` may hold strings and templates.
fn template_end(bytes: &[u8], mut at: usize) -> (usize, usize) {
    // Depth of braces in each open `${`; a template is the text between them.
    let mut open: Vec<u32> = Vec::new();
    let mut in_text = true;
    while let Some(byte) = bytes.get(at) {
        match (byte, in_text) {
            (b'\\', _) => at += 1,
            (b'`', true) => match open.last() {
                None => return (at, at + 1),
                Some(_) => in_text = false,
            },
            (b'$', true) if bytes.get(at + 1) == Some(&b'{') => {
                open.push(0);
                in_text = false;
                at += 1;
            }
            (b'`', false) => {
                // A template in a template: its text ends where its own backtick stands.
                let end = nested_template(bytes, at + 1);
                at = end;
                continue;
            }
            (b'{', false) => {
                if let Some(depth) = open.last_mut() {
                    *depth += 1;
                }
            }
            (b'}', false) => match open.last_mut() {
                Some(0) => {
                    open.pop();
                    in_text = true;
                }
                Some(depth) => *depth -= 1,
                None => in_text = true,
            },
            (b'\'' | b'"', false) => {
                let mark = if *byte == b'"' { "\"" } else { "'" };
                at = string_end(bytes, at + 1, &Quote { mark, escape: true, lines: false }).1;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), bytes.len())
}

/// Past a template inside `${}`; deeper templates are not told apart.
fn nested_template(bytes: &[u8], at: usize) -> usize {
    string_end(bytes, at, &Quote { mark: "`", escape: true, lines: true }).1
}

/// The end of a regular expression whose slash is at `at`, if it is not a division.
fn regex_end(bytes: &[u8], code: &[u8], at: usize) -> Option<usize> {
    let before = code.get(at.saturating_sub(200)..at)?;
    let last = before.iter().rposition(|byte| !byte.is_ascii_whitespace());
    let divides = last.is_some_and(|last| {
        let word = before.get(..=last).unwrap_or_default();
        let from = word.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
        let keyword = matches!(word.get(from..), Some(b"return" | b"typeof" | b"case" | b"in" | b"of"));
        !keyword && word.last().is_some_and(|byte| is_word(*byte) || b")]}\"$<".contains(byte))
    });
    if divides {
        return None;
    }
    let bytes = bytes.get(..(at + MAX_REGEX).min(bytes.len()))?;
    let mut at = at + 1;
    let mut class = false;
    loop {
        match bytes.get(at)? {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}
