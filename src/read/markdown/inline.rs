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
    let next = |text: &str| text.bytes().position(|byte| MARKS[usize::from(byte)]);
    // Most cells have no mark-up at all.
    let Some(mut skip) = next(raw) else { return raw.trim().to_owned() };
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
        skip = next(rest).unwrap_or(rest.len());
    }
    if out.trim().len() < out.len() { out.trim().to_owned() } else { out }
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
