//! Whether somebody filled in a cell or a paragraph, or left what the form has there.

use super::tongues;
use crate::model::contents::{Field, Filled};
use crate::model::matrix::Status;
use crate::model::vocabulary::words;
use crate::read::grammar::row;
use crate::read::markdown::inline;
use crate::source::Span;

/// A cell as a field that somebody has to fill in.
pub(in crate::read) fn field(text: &str, span: Span) -> Field {
    let raw = text.get(span.range()).unwrap_or("");
    let plain = inline::plain(raw);
    let filled = filled(raw);
    let good = filled == Filled::Yes && tongues::is_passed(&words(&plain)).unwrap_or_else(|| is_good(&plain));
    Field { text: plain, span, filled, good }
}

fn is_good(plain: &str) -> bool {
    let first = words(plain);
    let first = first.split(' ').next().unwrap_or("");
    matches!(row::status(plain), Status::Pass | Status::Covered)
        || matches!(first, "complete" | "completed" | "done" | "closed" | "implemented" | "effective" | "accepted" | "yes" | "ok")
}

/// Whether a cell says something.
pub(in crate::read) fn filled(raw: &str) -> Filled {
    let raw = raw.trim().trim_matches(['*', '`', '_']).trim();
    if raw.is_empty() {
        return Filled::Empty;
    }
    if let Some(filled) = boxes(raw) {
        return filled;
    }
    if raw.chars().all(|c| matches!(c, '-' | '–' | '—'))
        || matches!(words(raw).as_str(), "n a" | "na" | "none" | "not applicable")
    {
        return Filled::Nothing;
    }
    if is_form(raw) { Filled::Form } else { Filled::Yes }
}

/// `[ ] Pass [ ] Fail`: boxes of which one has to be ticked.
fn boxes(raw: &str) -> Option<Filled> {
    let empty = ["[ ]", "[]", "☐", "□"].iter().any(|sign| raw.contains(sign));
    let ticked = ["[x]", "[X]", "☑", "☒", "✅", "✓", "✔"].iter().any(|sign| raw.contains(sign));
    match (empty, ticked) {
        (_, true) => Some(Filled::Yes),
        (true, false) => Some(Filled::Form),
        (false, false) => None,
    }
}

/// Whether a text is nothing but what a form has there: `[SUMMARY]`, `[PERFORMER] - [DATE]`, `{{TITLE}}`, `TBD`, `____`.
pub(in crate::read) fn is_form(raw: &str) -> bool {
    let mut rest = raw.trim();
    let mut found = false;
    while !rest.is_empty() {
        let Some(end) = token(rest) else { return false };
        found = true;
        rest = rest.get(end..).unwrap_or("").trim_start_matches([' ', '-', '–', '—', '/', ',', ':', ';', '.', '|']);
    }
    found
}

/// Whether a field still holds what the form has there for it: `TBD`, a line, or its own name in brackets, `[DATE]`. What else stands
/// in brackets may be a tag.
pub(in crate::read) fn is_left(name: &str, value: &str) -> bool {
    let value = value.trim().trim_matches('*').trim();
    if value.len() > 2 && value.bytes().all(|byte| byte == b'_') {
        return true;
    }
    let name = words(name);
    let own = |word: &str| FORM_WORDS.contains(&word) || name.split(' ').any(|part| part == word);
    let bracketed = value.starts_with(['[', '<']) || value.starts_with('{') && !value.starts_with("{{");
    filled(value) == Filled::Form && (!bracketed || words(value).split(' ').all(own))
}

/// The length of one thing to be filled in at the start of a text.
fn token(text: &str) -> Option<usize> {
    const PAIRS: &[(&str, &str)] = &[("{{", "}}"), ("[", "]"), ("<", ">"), ("{", "}")];
    for (open, close) in PAIRS {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(end) = inner.find(close)
        {
            let held = inner.get(..end)?;
            let behind = inner.get(end + close.len()..).unwrap_or("");
            // `[name](path)` is a link, and `{{…}}` is never anything but a form.
            let form = *open == "{{" || !behind.starts_with(['(', '[']) && holds_form(held);
            return form.then_some(open.len() + end + close.len());
        }
    }
    let word = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ',' | '.')).next().unwrap_or("");
    let upper = word.trim_end_matches(':');
    let open = matches!(upper, "TBD" | "TBC" | "TBA" | "TODO" | "XXX" | "PENDING" | "YYYY" | "MM" | "DD")
        || upper.eq_ignore_ascii_case("tbd")
        || word.len() > 2 && word.bytes().all(|byte| matches!(byte, b'_' | b'?' | b'.'));
    // "PENDING" says that it is still to come, as well as a form would.
    open.then_some(word.len())
}

/// Whether what stands between brackets asks for something: `SUMMARY`, `Pass/Fail`, `Describe the purpose`.
fn holds_form(held: &str) -> bool {
    let spoken = words(held);
    if spoken.is_empty() || held.len() > 120 {
        return false;
    }
    let shouted = held.chars().any(char::is_alphabetic) && !held.chars().any(char::is_lowercase);
    let list: Vec<&str> = spoken.split(' ').collect();
    let all = list.iter().all(|word| FORM_WORDS.contains(word));
    let mark = matches!(spoken.as_str(), "toc" | "draft" | "wip" | "sic");
    let asks = list.first().is_some_and(|word| ASKING.contains(word)) || spoken.ends_with(" here");
    !mark && (shouted && !held.bytes().any(|byte| byte.is_ascii_digit()) || all || asks)
}

const FORM_WORDS: &[&str] = &[
    "a",
    "and",
    "approver",
    "author",
    "comment",
    "comments",
    "date",
    "dd",
    "description",
    "details",
    "fail",
    "initials",
    "mm",
    "n",
    "na",
    "name",
    "no",
    "of",
    "or",
    "outcome",
    "pass",
    "performer",
    "result",
    "role",
    "signature",
    "summary",
    "the",
    "time",
    "title",
    "verifier",
    "version",
    "yes",
    "your",
    "yyyy",
];

const ASKING: &[&str] =
    &["describe", "enter", "insert", "fill", "define", "explain", "specify", "add", "provide", "list", "state"];

#[cfg(test)]
mod tests {
    use super::filled;
    use crate::model::contents::Filled;

    #[test]
    fn forms_are_told_from_words() {
        let cases = [
            ("", Filled::Empty),
            ("[SUMMARY]", Filled::Form),
            ("[Pass/Fail]", Filled::Form),
            ("[PERFORMER] - [DATE]", Filled::Form),
            ("[PERFORMER] — [DATE]", Filled::Form),
            ("[EXECUTION_SUMMARY]", Filled::Form),
            ("{{DESCRIPTION}}", Filled::Form),
            ("TBD", Filled::Form),
            ("tbd", Filled::Form),
            ("____", Filled::Empty),
            ("<name>", Filled::Form),
            ("[Describe the purpose of this document]", Filled::Form),
            ("[ ] Pass [ ] Fail", Filled::Form),
            ("[x] Pass [ ] Fail", Filled::Yes),
            ("-", Filled::Nothing),
            ("N/A", Filled::Nothing),
            ("Pass", Filled::Yes),
            ("[Report 7](reports/7.md)", Filled::Yes),
            ("[CR-012] closed", Filled::Yes),
            ("[CR-012]", Filled::Yes),
            ("[Change to compare both makes of battery]", Filled::Yes),
            ("TBD by the maker of the motor", Filled::Yes),
            ("k.lind - 2026-02-01", Filled::Yes),
            ("[R/W]", Filled::Form),
        ];
        for (raw, expected) in cases {
            assert_eq!(filled(raw), expected, "{raw}");
        }
    }
}
