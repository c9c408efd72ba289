//! Text of inputs made safe to show: what would move the cursor, change colours, turn the direction of writing around or
//! command a build service that prints it is written as an escape.

use std::borrow::Cow;

/// Whether a character must not reach a terminal as it is.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character steers what shows it, after what stands before it: a terminal, or a build service that takes
/// `##[…]` and `##vso[…]` anywhere in a line for a command.
pub fn steers(before: &str, c: char) -> bool {
    is_hidden(c) || c == '[' && (before.ends_with("##") || before.ends_with("##vso"))
}

/// Adds one character, escaped if it must be; a tab becomes spaces.
pub fn push(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("    "),
        c if steers(out, c) => out.extend(c.escape_unicode()),
        c => out.push(c),
    }
}

/// The text with every character escaped that steers what shows it: one line, whatever it was.
pub fn line(text: &str) -> Cow<'_, str> {
    // At the start of a line `::` is a command, too.
    let command = text.trim_start().strip_prefix("::").map(|rest| text.len() - rest.len() - 2);
    if command.is_none() && !text.char_indices().any(|(at, c)| steers(text.get(..at).unwrap_or(""), c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if Some(at) == command => out.extend(c.escape_unicode()),
            c => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// At most `most` characters of a text, made safe; what is left out shows as `…`.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line(text.get(..end).unwrap_or(""))),
        None => line(text).into_owned(),
    }
}

/// A number of things: `1 row`, `2 rows`, `3 matrices`.
pub fn count(n: usize, one: &str) -> String {
    match (n, one.strip_suffix("ix")) {
        (1, _) => format!("{n} {one}"),
        (_, Some(stem)) => format!("{n} {stem}ices"),
        (_, None) => format!("{n} {one}s"),
    }
}
