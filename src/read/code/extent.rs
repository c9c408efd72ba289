//! Where comments, strings, templates, regular expressions and directives end.

use memchr::{memchr, memchr2, memchr3, memmem};

use super::mask::{Quirk, Quote, is_word};
use super::work;

/// Longer regular expressions are not looked for, lest every slash scan a minified file.
const MAX_REGEX: usize = 2_000;

pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |n| at + n)
}

pub(super) fn block_end(bytes: &[u8], at: usize, open: &str, close: &str, nested: bool) -> usize {
    let mut depth = 1usize;
    let mut at = at + open.len();
    let last = close.as_bytes().last().copied().unwrap_or(b'/');
    while let Some(rest) = bytes.get(at..) {
        work::spend(1);
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
pub(super) fn string_end(bytes: &[u8], mut at: usize, quote: &Quote) -> (usize, usize) {
    let mark = quote.mark.as_bytes();
    let first = mark.first().copied().unwrap_or(b'"');
    while let Some(skip) = bytes
        .get(at..)
        .and_then(|rest| if quote.lines { memchr2(first, b'\\', rest) } else { memchr3(first, b'\\', b'\n', rest) })
    {
        work::spend(skip + 1);
        at += skip;
        match bytes.get(at) {
            Some(b'\\') if quote.escape => at += 1,
            Some(b'\n') if !quote.lines => return (at, at),
            Some(byte) if *byte == first && bytes.get(at..).is_some_and(|rest| rest.starts_with(mark)) => {
                return (at, at + mark.len());
            }
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), bytes.len())
}

pub(super) fn doubled_end(bytes: &[u8], mut at: usize) -> (usize, usize) {
    while let Some(next) = memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        work::spend(1);
        at += next;
        if bytes.get(at + 1) != Some(&b'"') {
            return (at, at + 1);
        }
        at += 2;
    }
    (bytes.len(), bytes.len())
}

pub(super) fn is_verbatim(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied();
    before(1) == Some(b'@') || (before(1) == Some(b'$') && before(2) == Some(b'@'))
}

pub(super) fn rust_char(bytes: &[u8], at: usize) -> Option<usize> {
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

pub(super) fn separates_digits(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(24)..at).unwrap_or_default();
    let word = before.iter().rposition(|byte| !is_word(*byte) && *byte != b'\'').map_or(0, |n| n + 1);
    before.get(word).is_some_and(u8::is_ascii_digit)
}

/// Start of the content and the closing mark of a raw string whose quote is at `at`.
pub(super) fn raw_string(bytes: &[u8], at: usize, quirk: Quirk) -> Option<(usize, Vec<u8>)> {
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

pub(super) fn first_on_line(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| *byte == b'\n')
}

/// The end of a preprocessor directive with its continuation lines, or the comment in it.
pub(super) fn directive_end(bytes: &[u8], at: usize) -> usize {
    let mut start = at;
    loop {
        work::spend(1);
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
pub(super) fn template_end(bytes: &[u8], mut at: usize) -> (usize, usize) {
    // Depth of braces in each open `${`; a template is the text between them.
    let mut open: Vec<u32> = Vec::new();
    let mut in_text = true;
    while let Some(byte) = bytes.get(at) {
        work::spend(1);
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
pub(super) fn regex_end(bytes: &[u8], code: &[u8], at: usize) -> Option<usize> {
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
        work::spend(1);
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
