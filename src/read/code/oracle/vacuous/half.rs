//! Assertions that are half a sentence and ask nothing: `expect(x);`, `assertThat(x);`, `x.Should();`, `expect(x).toBe;`.
//!
//! What is bound to a name, `var s = x.Should();`, asks where the name is used again.

use super::{Link, Reader};
use crate::read::code::Language;
use crate::read::code::mask::{Masked, is_word};
use crate::read::code::oracle::meaning::Use;

/// Bytes behind an assertion in which its name is looked for; whatever is longer may use it further down.
const FAR: usize = 20_000;

/// Words behind an assertion that only describe it.
const DESCRIBING: &[&str] = &["as", "describedAs", "overridingErrorMessage", "withFailMessage", "withRepresentation"];

/// Beginnings of matchers of Jest that are functions, so that their names alone ask nothing.
const FUNCTIONS: &[&str] = &[
    "toBe",
    "toContain",
    "toEqual",
    "toHave",
    "toMatch",
    "toResolve",
    "toReject",
    "toReturn",
    "toSatisfy",
    "toStrictEqual",
    "toThrow",
];

/// Whether an assertion is half a sentence that asks nothing.
pub(in super::super) fn is_half(language: Language, masked: &Masked<'_>, one: &Use<'_>) -> bool {
    let fluent = match language {
        Language::JavaScript => one.word == "expect" && !one.is_member,
        Language::Java | Language::Kotlin => one.word == "assertThat",
        Language::CSharp => one.word == "Should" && one.is_member,
        Language::Go => matches!(one.word, "Expect" | "Ω" | "Eventually" | "Consistently"),
        _ => false,
    };
    let reader = Reader { language, masked, mirrors: &|| false };
    let Some(open) = fluent.then(|| reader.open(one.end)).flatten() else { return false };
    let Some(close) = masked.close(open) else { return false };
    if reader.parts(open + 1..close - 1, b',').len() > 1 {
        return false;
    }
    let Some(end) = end_of_half(language, masked, &reader.chain(close), close) else { return false };
    ends(masked, end)
        && match bound(masked, one) {
            Bound::No => one.is_member || begins(masked, one),
            Bound::To(name) => !is_used(masked, end, name),
            Bound::Somehow => false,
        }
}

/// Where the sentence ends, if what hangs on it asks nothing either.
fn end_of_half(language: Language, masked: &Masked<'_>, chain: &[Link<'_>], close: usize) -> Option<usize> {
    let Some(last) = chain.last() else { return Some(close) };
    let called = masked.at(last.end.saturating_sub(1)) == b')';
    let nothing = match language {
        Language::JavaScript => {
            let unasked = matches!(last.name, "not" | "resolves" | "rejects");
            !called && (unasked || FUNCTIONS.iter().any(|begin| last.name.starts_with(begin)))
        }
        Language::Java | Language::Kotlin => chain.iter().all(|link| DESCRIBING.contains(&link.name)),
        _ => false,
    };
    nothing.then_some(last.end)
}

/// Whether a statement ends at an offset.
fn ends(masked: &Masked<'_>, at: usize) -> bool {
    let next = masked.skip_space(at);
    let broken = masked.code.get(at..next).is_some_and(|blank| blank.contains(&b'\n'));
    match masked.at(next) {
        b';' | b'}' => true,
        byte => broken && !b".?:,)]&|+-*/=<>!".contains(&byte),
    }
}

/// Whether a statement begins with a word.
fn begins(masked: &Masked<'_>, one: &Use<'_>) -> bool {
    let code = masked.code.get(..one.at).unwrap_or_default();
    let broken = code.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).any(|byte| *byte == b'\n');
    match one.before {
        b';' | b'{' | b'}' => true,
        // `if (open) expect(x);`, and the end of the statement before.
        b')' => true,
        byte => broken && !b"=,(+-*/&|?:.<>[".contains(&byte),
    }
}

/// To what an assertion is bound.
enum Bound<'m> {
    /// To nothing.
    No,
    /// To a name.
    To(&'m str),
    /// To the parts of it, or to a part of something.
    Somehow,
}

/// The name to which the statement of a word binds what it makes.
fn bound<'m>(masked: &Masked<'m>, one: &Use<'_>) -> Bound<'m> {
    let code = masked.code.get(..one.at).unwrap_or_default();
    let start = code.iter().rposition(|byte| matches!(byte, b';' | b'{' | b'}')).map_or(0, |at| at + 1);
    let mut depth = 0usize;
    // From the word to the front: what stands in brackets that are open binds nothing of it.
    for at in (start..one.at).rev() {
        match code.get(at) {
            Some(b')' | b']') => depth += 1,
            Some(b'(' | b'[') if depth == 0 => return Bound::No,
            Some(b'(' | b'[') => depth -= 1,
            // A statement without a semicolon ends with its line, unless the next one goes on.
            Some(b'\n') if depth == 0 && !goes_on(masked, at) => return Bound::No,
            Some(b'=') if depth == 0 && is_binding(code, at) => {
                let before = code.get(start..at).unwrap_or_default().trim_ascii_end();
                let before = before.strip_suffix(b":").unwrap_or(before).trim_ascii_end();
                let word = before.iter().rev().take_while(|byte| is_word(**byte)).count();
                let end = start + before.len();
                let part = before.len().checked_sub(word + 1).and_then(|at| before.get(at)).is_some_and(|byte| *byte == b'.');
                let name = masked.text.get(end - word..end).filter(|name| !name.is_empty() && !part);
                return name.map_or(Bound::Somehow, Bound::To);
            }
            _ => {}
        }
    }
    // The start was a bracket of `const { toBe } = expect(x)`: what stands before it belongs to the statement.
    let rest = code.get(start..).unwrap_or_default().trim_ascii();
    let front = start.checked_sub(1).and_then(|brace| code.get(..brace)).unwrap_or_default().trim_ascii_end();
    // `new[] { x.Should() }` is a list.
    if rest.starts_with(b"=") || front.ends_with(b"]") { Bound::Somehow } else { Bound::No }
}

/// Whether a sign of equality binds, and compares nothing.
fn is_binding(code: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| code.get(at));
    let after = code.get(at + 1);
    !matches!(before, Some(b'=' | b'!' | b'<' | b'>')) && !matches!(after, Some(b'=' | b'>'))
}

/// Whether a statement goes on over the end of a line.
fn goes_on(masked: &Masked<'_>, line_end: usize) -> bool {
    let before = masked.code.get(..line_end).unwrap_or_default().trim_ascii_end().last().copied().unwrap_or(0);
    b"=,(+-*/&|?:.".contains(&before) || b".?:".contains(&masked.at(masked.skip_space(line_end)))
}

/// Whether a name stands again in what is left of the block.
fn is_used(masked: &Masked<'_>, from: usize, name: &str) -> bool {
    let code = masked.code.get(from..).unwrap_or_default();
    let mut depth = 0usize;
    let mut end = code.len().min(FAR);
    for (at, byte) in code.iter().enumerate().take(FAR) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => {
                end = at;
                break;
            }
            b'}' => depth -= 1,
            _ => {}
        }
    }
    let block = code.get(..end).unwrap_or_default();
    let free = |byte: Option<&u8>| byte.is_none_or(|byte| !is_word(*byte));
    let whole = |at: &usize| free(at.checked_sub(1).and_then(|at| block.get(at))) && free(block.get(at + name.len()));
    end == FAR || memchr::memmem::find_iter(block, name.as_bytes()).any(|at| whole(&at))
}
