//! Inline Markdown to plain text.

use crate::source::{Span, Spanned};

/// The bytes with which mark-up begins.
const MARKS: [bool; 256] = {
    let mut table = [false; 256];
    let (signs, mut at) = (b"*`~_\\<[", 0);
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Plain text of a piece of Markdown: emphasis, code, links, tags and escapes removed.
pub fn plain(raw: &str) -> String {
    // Most cells have no mark-up at all.
    let Some(mut skip) = mark(raw) else { return raw.trim().to_owned() };
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let (before, marked) = rest.split_at(skip);
        out.push_str(before);
        let taken = match marked.bytes().next() {
            Some(b'*' | b'`') => 1,
            Some(b'~') if marked.starts_with("~~") => 2,
            Some(b'_') => underscore(&mut out, marked),
            Some(b'\\') => escape(&mut out, marked),
            Some(b'<') => tag(&mut out, marked),
            Some(b'[') => link(&mut out, marked),
            Some(_) => {
                out.push_str(marked.get(..1).unwrap_or(""));
                1
            }
            None => break,
        };
        rest = marked.get(taken..).unwrap_or("");
        skip = mark(rest).unwrap_or(rest.len());
    }
    if out.trim().len() < out.len() { out.trim().to_owned() } else { out }
}

/// Where the first sign stands that may be mark-up; an underscore between letters, `test_starts`, is none.
fn mark(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let inside = |at: usize| bytes.get(at) == Some(&b'_') && letter(at.checked_sub(1)) && letter(at.checked_add(1));
    let mut marks = bytes.iter().enumerate().filter(|(_, byte)| MARKS[usize::from(**byte)]).map(|(at, _)| at);
    marks.find(|at| !inside(*at))
}

/// Underscores are kept inside words and dropped at their edges.
fn underscore(out: &mut String, rest: &str) -> usize {
    let run = rest.len() - rest.trim_start_matches('_').len();
    let inside = |c: char| c.is_alphanumeric();
    let after = rest.get(run..).and_then(|text| text.chars().next()).is_some_and(inside);
    if run == 1 && (after || out.ends_with(inside)) || run > 1 && after && out.ends_with(inside) {
        out.push_str(rest.get(..run).unwrap_or(""));
    }
    run
}

fn escape(out: &mut String, rest: &str) -> usize {
    match rest.chars().nth(1) {
        Some(next) if next.is_ascii_punctuation() => {
            out.push(next);
            2
        }
        _ => {
            out.push('\\');
            1
        }
    }
}

fn tag(out: &mut String, rest: &str) -> usize {
    let name = rest.get(1..).unwrap_or("").trim_start_matches('/');
    match rest.find('>') {
        Some(end) if name.starts_with(|c: char| c.is_ascii_alphabetic()) && end < 200 => {
            if name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("br")) {
                out.push(' ');
            }
            end + 1
        }
        _ => {
            out.push('<');
            1
        }
    }
}

/// `[text](target)` becomes its text; any other bracket stays.
fn link(out: &mut String, rest: &str) -> usize {
    let close = rest.find(']').filter(|close| *close < 500);
    if let Some(close) = close
        && let Some(target) = rest.get(close + 1..).filter(|after| after.starts_with('('))
        && let Some(end) = target.find(')')
    {
        let text = rest.get(1..close).unwrap_or("");
        out.extend(text.chars().filter(|c| !matches!(c, '`' | '*')));
        return close + 1 + end + 1;
    }
    out.push('[');
    1
}

/// The plain text of a span.
pub fn spanned(text: &str, span: Span) -> Spanned {
    Spanned { text: plain(text.get(span.range()).unwrap_or("")), span }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn mark_up_is_left_out_and_underscores_stay_inside_words() {
        let cases = [
            (" tests/test_pump.py::test_starts_twice ", "tests/test_pump.py::test_starts_twice"),
            ("_starts_ and __stops__", "_starts_ and stops"),
            ("a_b_ c_ _d é_é", "a_b_ c_ _d é_é"),
            ("__init__ a__b", "init a__b"),
            ("**bold** `code_1` ~~old~~ ~1", "bold code_1 old ~1"),
            ("[REQ_1](a_b.md) \\_x\\_ a<br>b < c", "REQ_1 _x_ a b < c"),
        ];
        for (raw, text) in cases {
            assert_eq!(plain(raw), text, "{raw}");
        }
    }
}
