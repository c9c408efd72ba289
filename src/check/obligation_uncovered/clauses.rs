//! The clauses of a requirement that have a letter or a number, and what of them is named behind its identifier.

use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A letter or a number by which a clause is named: `b`, `2`.
pub(super) type Label = String;

/// `(a) …` anywhere in a text.
static IN_BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|\s)\(([a-z]|\d{1,2})\)\s+\S").ok());

/// `a) …`, `2. …` at the beginning of a line.
static AT_LINES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t>]*(?:[-*+]\s+)?([a-z]|\d{1,2})[.)]\s+\S").ok());

/// What stands behind an identifier: `(a)`, `(a), (c)`, ` clause b`, `, items 1 and 3`.
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = r"(?:[a-z]|\d{1,2})";
    let joint = r"\s*(?:,|/|&|\band\b|\bto\b|-|–|\.\.)\s*";
    let bracketed = format!(r"\({label}(?:{joint}{label})*\)");
    let word = r"(?:clauses?|items?|parts?|points?|bullets?|lit\.|§)";
    Regex::new(&format!(
        r"^(?:\s*,?\s*{word}\s*(?:{bracketed}|{label}(?:{joint}{label})*)|\s*{bracketed}(?:{joint}{bracketed})*)(?P<end>$|[^\w(-])"
    ))
    .ok()
});

/// A label, or what joins it to the next as a range.
static PIECES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:[a-z]|\d{1,2})\b|\bto\b|-|–|\.\.").ok());

/// The labels of the clauses of a requirement in their order; empty unless they are counted from the first on.
pub(super) fn clauses(text: &str) -> Vec<Label> {
    let of = |pattern: &Option<Regex>| {
        let found = pattern.iter().flat_map(|pattern| pattern.captures_iter(text));
        found.filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect::<Vec<Label>>()
    };
    let counted = |labels: &Vec<Label>| {
        let letters = || (b'a'..=b'z').map(|letter| char::from(letter).to_string());
        let numbers = || (1..100).map(|number: u32| number.to_string());
        labels.len() > 1
            && (labels.iter().cloned().eq(letters().take(labels.len()))
                || labels.iter().cloned().eq(numbers().take(labels.len())))
    };
    let (brackets, lines) = (of(&IN_BRACKETS), of(&AT_LINES));
    match (counted(&brackets), counted(&lines)) {
        (true, false) if lines.is_empty() => brackets,
        (false, true) if brackets.is_empty() => lines,
        // Of two lists it is not known which is meant.
        _ => Vec::new(),
    }
}

/// Whether a glance shows that a clause may be named right behind an identifier: hardly ever.
pub(super) fn may_follow(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', ',']).as_bytes();
    let begins = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    ["(", "clause", "item", "part", "point", "bullet", "lit.", "§"].iter().any(|word| begins(word))
}

/// The clauses that are named right behind an identifier, out of those that there are; `None` where none is, or another.
pub(super) fn behind(rest: &str, clauses: &[Label]) -> Option<BTreeSet<Label>> {
    let line = rest.lines().next().unwrap_or("").to_lowercase();
    let found = BEHIND.as_ref()?.captures(&line)?;
    let end = found.name("end").map_or(0, |end| end.start());
    let named = line.get(..end)?;
    // The letters of the word in front are none.
    let from = named.find(['(', 'c', 'i', 'p', 'b', 'l', '§']).unwrap_or(0);
    let word = named.get(from..)?.bytes().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let named = named.get(from + if word > 1 { word } else { 0 }..)?;
    let at = |label: &str| clauses.iter().position(|one| one == label);
    let mut labels = BTreeSet::new();
    let (mut last, mut range) = (None, false);
    for piece in PIECES.as_ref()?.find_iter(named) {
        match piece.as_str() {
            "to" | "-" | "–" | ".." => range = true,
            label => {
                let this = at(label)?;
                let first = last.filter(|_| range).unwrap_or(this);
                labels.extend(clauses.get(first..=this)?.iter().cloned());
                (last, range) = (Some(this), false);
            }
        }
    }
    (!labels.is_empty()).then_some(labels)
}

/// Whether a text names a clause behind an identifier in any way at all: `REQ-1.b`, `REQ-1-b`, `req_1_b`, `REQ-1 … b`.
pub(super) fn may_name(text: &str, id: &str, label: &str) -> bool {
    let dense = |text: &str| text.to_lowercase().replace(['-', '_', '.', ' '], "-");
    let (text, id) = (dense(text), dense(id));
    text.match_indices(&id).any(|(at, _)| {
        let line = text.get(at + id.len()..).unwrap_or("").lines().next().unwrap_or("");
        line.split(|c: char| !c.is_alphanumeric()).any(|word| word == label)
    })
}

#[cfg(test)]
mod tests {
    use super::{behind, clauses, may_name};

    #[test]
    fn clauses_are_counted_from_the_first() {
        for (text, expected) in [
            ("The doors shall:\n(a) open,\n(b) shut,\n(c) reopen.", "a b c"),
            ("The doors shall (a) open and (b) shut.", "a b"),
            ("The doors shall:\n- a) open\n- b) shut", "a b"),
            ("The doors shall:\n1. open\n2. shut\n", "1 2"),
            ("The doors shall:\n1. open\n1. shut\n", ""),
            ("The doors shall (b) open and (c) shut.", ""),
            ("The doors shall (a) open.", ""),
            ("The doors shall (a) open and (b) shut.\n1. Note\n2. Note", ""),
            ("The doors shall open (see (a)).", ""),
        ] {
            assert_eq!(clauses(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn clauses_behind_an_identifier() {
        let all = ["a", "b", "c", "d"].map(str::to_owned);
        let of = |rest: &str| behind(rest, &all).map(|found| found.into_iter().collect::<Vec<_>>().join(" "));
        for (rest, expected) in [
            ("(a)", "a"),
            (" (b): shuts", "b"),
            (" (a), (c)", "a c"),
            (" (a)/(c)", "a c"),
            (" (a, b and d)", "a b d"),
            (" (b-d)", "b c d"),
            (" (b)-(d)", "b c d"),
            (" clause b", "b"),
            (", clauses a to c", "a b c"),
            (" item (d)", "d"),
            (" part a and c\"\"\"", "a c"),
        ] {
            assert_eq!(of(rest).as_deref(), Some(expected), "{rest}");
        }
        for rest in ["", " a door", " (abc)", " (e)", " (a door)", ": opens (a)", " clause", " points at a door", " (2)"] {
            assert_eq!(of(rest), None, "{rest}");
        }
        let numbers = ["1", "2", "3"].map(str::to_owned);
        assert_eq!(behind(" items 1..3", &numbers).map(|found| found.len()), Some(3));
        assert_eq!(behind(" (12)", &numbers), None);
    }

    #[test]
    fn any_other_way_to_name_a_clause() {
        for text in ["REQ-1.b", "REQ-1-b", "req_1_b", "REQ-1 and its part b", "REQ-1(B)"] {
            assert!(may_name(text, "REQ-1", "b"), "{text}");
        }
        assert!(!may_name("REQ-1 (a)\nb", "REQ-1", "b"));
    }
}
