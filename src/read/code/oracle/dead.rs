//! Parts of a body that nothing reaches: behind a `return`, in `if False:`, in a function within it that nobody calls.
//!
//! Only what is plain counts. What jumps, what a preprocessor leaves out and what a decorator may call is reached.

use super::super::Language;
use super::super::mask::{FILL, Masked, is_word};
use std::ops::Range;

/// More functions within one body are not looked for.
const MOST_INNER: usize = 64;

/// Where a file has words without which all of a body is reached: most bodies have none.
pub(super) struct Signs(Vec<usize>);

impl Signs {
    /// Looks through a file once.
    pub(super) fn of(language: Language, masked: &Masked<'_>) -> Self {
        let inner: &[&[u8]] = match language {
            Language::Python => &[b"def ", b"while False"],
            Language::JavaScript => &[b"function "],
            Language::Rust => &[b"fn "],
            _ => &[],
        };
        let words = [b"return".as_slice(), b"if ", b"if("].into_iter().chain(inner.iter().copied());
        let mut found: Vec<usize> = words.flat_map(|word| memchr::memmem::find_iter(&masked.code, word)).collect();
        found.sort_unstable();
        Self(found)
    }

    /// Whether some stand between two offsets.
    pub(super) fn stand_in(&self, (from, to): (usize, usize)) -> bool {
        self.0.get(self.0.partition_point(|at| *at < from)).is_some_and(|at| *at < to)
    }
}

/// The parts of a body that are never reached, in order.
pub(super) fn regions(language: Language, masked: &Masked<'_>, signs: &Signs, (from, to): (usize, usize)) -> Vec<Range<usize>> {
    let to = to.min(masked.code.len());
    if !signs.stand_in((from, to)) {
        return Vec::new();
    }
    let body = Body { language, masked, from, to };
    let mut found = if language == Language::Python { body.indented() } else { body.braced() };
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// Whether an offset lies in one of some regions.
pub(super) fn holds(regions: &[Range<usize>], at: usize) -> bool {
    regions.iter().any(|range| range.contains(&at))
}

struct Body<'b, 'm> {
    language: Language,
    masked: &'b Masked<'m>,
    from: usize,
    to: usize,
}

/// A line of a body: where it begins, how far it is indented, and its code.
struct Line<'b> {
    at: usize,
    indent: usize,
    code: &'b [u8],
}

impl Body<'_, '_> {
    fn code(&self, range: Range<usize>) -> &[u8] {
        self.masked.code.get(range).unwrap_or_default()
    }

    /// Whether a name stands once in the body, which is searched for so many names only.
    fn count_one(&self, name: &str, searched: &mut usize) -> bool {
        *searched += 1;
        *searched <= MOST_INNER && self.count(name) == 1
    }

    /// How often a word stands in the body.
    fn count(&self, word: &str) -> usize {
        let code = self.code(self.from..self.to);
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| !is_word(*byte));
        let whole = |at: &usize| free(at.checked_sub(1).and_then(|at| code.get(at))) && free(code.get(at + word.len()));
        memchr::memmem::find_iter(code, word.as_bytes()).filter(whole).count()
    }

    fn indented(&self) -> Vec<Range<usize>> {
        // The head may go over lines; its end is the colon behind the parameters.
        let head = self.masked.close(self.masked.skip_space(self.from)).unwrap_or(self.from);
        let Some(first) = self.code(head..self.to).iter().position(|byte| *byte == b'\n') else { return Vec::new() };
        let mut at = head + first + 1;
        let mut lines: Vec<Line<'_>> = Vec::new();
        for code in self.code(at..self.to).split_inclusive(|byte| *byte == b'\n') {
            let indent = code.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let bare = code.trim_ascii();
            // Nothing, and the inside of a string that spans lines.
            if !bare.is_empty() && bare.first() != Some(&FILL) {
                lines.push(Line { at, indent, code: bare });
            }
            at += code.len();
        }
        let Some(base) = lines.first().map(|line| line.indent) else { return Vec::new() };
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut class: Option<usize> = None;
        let mut inner = 0;
        for (number, line) in lines.iter().enumerate() {
            class = class.filter(|indent| line.indent > *indent);
            let behind = lines.get(number + 1..).unwrap_or_default();
            let end = || behind.iter().find(|next| next.indent <= line.indent).map_or(self.to, |next| next.at);
            if line.indent == base && is_word_at(line.code, b"return") {
                found.push(line.at + line.code.len() + line.indent..self.to);
                break;
            }
            if line.code.starts_with(b"class ") {
                class = class.or(Some(line.indent));
            }
            let never = [b"if False:".as_slice(), b"if 0:", b"while False:", b"if not True:"];
            let before = number.checked_sub(1).and_then(|before| lines.get(before));
            let decorated = before.is_some_and(|line| line.code.starts_with(b"@") || line.code == b")");
            if never.contains(&line.code) {
                found.push(line.at + line.indent..end());
            } else if let Some(name) = defined(line.code).filter(|_| class.is_none() && !decorated)
                && self.count_one(name, &mut inner)
                && self.count("locals") == 0
            {
                found.push(line.at..end());
            }
        }
        found
    }

    fn braced(&self) -> Vec<Range<usize>> {
        let Some(open) = self.opens() else { return Vec::new() };
        let Some(close) = self.masked.close(open).filter(|close| *close <= self.to) else { return Vec::new() };
        let directed = matches!(self.language, Language::C | Language::CSharp);
        let text = self.masked.text.get(open..close).unwrap_or("");
        let directives = directed && text.lines().any(|line| line.trim_start().starts_with('#'));
        let jumps = self.count("goto") > 0;
        let (mut found, mut inner) = (Vec::new(), 0);
        let (mut at, mut depth) = (open + 1, 1usize);
        // The last byte of code before, and whether a new line began since then.
        let (mut last, mut apart) = (b'{', false);
        while at < close {
            let byte = self.masked.at(at);
            if is_word(byte) {
                let end = self.masked.word_end(at).max(at + 1);
                let word = self.masked.text.get(at..end).unwrap_or("");
                let begins = matches!(last, b';' | b'{' | b'}') || apart && self.language == Language::Go;
                match word {
                    "return" if depth == 1 && begins && !directives && !jumps => {
                        found.push(self.ends(end, close)..close - 1);
                        break;
                    }
                    "if" => found.extend(self.never(end)),
                    "fn" | "function" if begins => found.extend(self.uncalled(at, end, &mut inner)),
                    _ => {}
                }
                (last, apart, at) = (byte, false, end);
                continue;
            }
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth = depth.saturating_sub(1),
                b'\n' => apart = true,
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                (last, apart) = (byte, false);
            }
            at += 1;
        }
        found
    }

    /// Where the body opens. In JavaScript the parameters may have braces too.
    fn opens(&self) -> Option<usize> {
        let mut braces = (self.from..self.to).filter(|at| self.masked.at(*at) == b'{');
        if self.language != Language::JavaScript {
            return braces.next();
        }
        braces.find(|at| {
            let before = self.code(self.from..*at).trim_ascii_end();
            before.ends_with(b"=>") || before.ends_with(b")")
        })
    }

    /// Where a `return` ends.
    fn ends(&self, from: usize, close: usize) -> usize {
        let mut at = from;
        while at < close {
            at = match self.masked.at(at) {
                b'(' | b'[' | b'{' => self.masked.close(at).unwrap_or(close),
                b';' => return at + 1,
                b'\n' if self.language == Language::Go => return at,
                _ => at + 1,
            };
        }
        close - 1
    }

    /// The block of `if (false) {`.
    fn never(&self, from: usize) -> Option<Range<usize>> {
        let start = self.masked.skip_space(from);
        let code = self.code(start..self.to);
        let zero = [b"(0)".as_slice()].into_iter().filter(|_| self.language == Language::C);
        let mut conditions = [b"(false)".as_slice(), b"false "].into_iter().chain(zero);
        let open = self.masked.skip_space(start + conditions.find(|condition| code.starts_with(condition))?.len());
        (self.masked.at(open) == b'{').then(|| open..self.masked.close(open).unwrap_or(self.to))
    }

    /// A function within the body that nobody calls.
    fn uncalled(&self, at: usize, end: usize, searched: &mut usize) -> Option<Range<usize>> {
        let start = self.masked.skip_space(end);
        let name = self.masked.text.get(start..self.masked.word_end(start)).filter(|name| !name.is_empty())?;
        let marked = self.code(self.from..at).trim_ascii_end().ends_with(b"]");
        if marked || !self.count_one(name, searched) {
            return None;
        }
        let open = (start..self.to).find(|at| self.masked.at(*at) == b'{')?;
        Some(at..self.masked.close(open).unwrap_or(self.to))
    }
}

/// Whether code begins with a word.
fn is_word_at(code: &[u8], word: &[u8]) -> bool {
    code.strip_prefix(word).is_some_and(|rest| rest.first().is_none_or(|byte| !is_word(*byte)))
}

/// The name of the function that a line of Python defines.
fn defined(code: &[u8]) -> Option<&str> {
    let code = code.strip_prefix(b"async ").unwrap_or(code).strip_prefix(b"def ")?.trim_ascii_start();
    let len = code.iter().take_while(|byte| is_word(**byte)).count();
    std::str::from_utf8(code.get(..len)?).ok().filter(|name| !name.is_empty())
}
