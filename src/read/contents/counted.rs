//! Sentences that count tests and name each of them, "Add 3 tests: `test_a`, `test_b`", where the two differ.

use super::names;
use crate::model::contents::Counted;
use crate::source::{Span, Spanned};

/// Words by which a list says that it does not name all.
const SOME: &[&str] = &["e.g", "such as", "incl", "etc", "…", "...", "more", "other", "among", "example", "first", "last"];

/// A count in a sentence and the names behind its colon, if there are more or fewer of them. What has more than names behind the
/// colon may count otherwise.
pub(super) fn differs(sentence: &str, base: usize) -> Option<Counted> {
    let (head, tail) = sentence.split_once(':')?;
    let (number, from, to) = count(head)?;
    let start = base + head.len() + 1;
    let mut found = names::tests(tail, start);
    let mut rest = tail.to_owned();
    found.iter().for_each(|name| rest = rest.replacen(&name.text, "", 1));
    let glue = rest.split(|c: char| !c.is_alphanumeric()).all(|word| matches!(word, "" | "and"));
    let lower = tail.to_lowercase();
    if !glue || SOME.iter().any(|word| lower.contains(word)) {
        return None;
    }
    found.sort_by(|one, other| one.text.cmp(&other.text));
    found.dedup_by(|next, kept| next.text == kept.text);
    found.sort_by_key(|name| name.span.start);
    let written = sentence.get(from..to)?.to_owned();
    let count = Spanned { text: written, span: Span::new(base + from, base + to) };
    (found.len() > 1 && found.len() != number).then_some(Counted { count, names: found })
}

/// The one number of tests in the front of a sentence, "3 new tests", with its place.
fn count(head: &str) -> Option<(usize, usize, usize)> {
    let mut found = None;
    let mut at = 0;
    let words: Vec<(usize, &str)> = head
        .split_inclusive(char::is_whitespace)
        .map(|word| {
            let start = at;
            at += word.len();
            (start, word.trim())
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    for (number, (start, word)) in words.iter().enumerate() {
        let Ok(value) = word.trim_matches(['*', '(', '_']).parse::<usize>() else { continue };
        let behind = words.iter().skip(number + 1).take(3);
        let tests = behind.clone().find(|(_, word)| matches!(word.trim_matches(['*', ')', '_']), "tests" | "Tests"));
        match (tests, found) {
            // "2 of 3 tests" counts two things.
            (Some(_), Some(_)) => return None,
            (Some((at, word)), None) => found = Some((value, *start, at + word.trim_end_matches(['*', ')', '_']).len())),
            (None, _) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::differs;

    fn told(text: &str) -> Option<(String, usize)> {
        differs(text, 0).map(|one| (one.count.text, one.names.len()))
    }

    #[test]
    fn counts_that_differ_from_their_names_are_told() {
        assert_eq!(told("Add 3 tests: `test_opens`, `test_shuts`."), Some(("3 tests".to_owned(), 2)));
        assert_eq!(
            told("Added 1 new unit tests to test_doors.py: test_opens, test_shuts and test_rings"),
            Some(("1 new unit tests".to_owned(), 3))
        );
        assert_eq!(told("Add 2 tests: `test_opens`, `test_shuts`."), None);
    }

    #[test]
    fn what_may_count_otherwise_is_left_alone() {
        for text in [
            "Add 3 tests: `test_opens`, `test_shuts`, …",
            "Add 3 tests: `test_opens` (two cases), `test_shuts`",
            "Add 3 tests, among them: `test_opens`, `test_shuts` and others",
            "2 of 3 tests: `test_opens`, `test_shuts`, `test_rings`",
            "Add 3 tests: the doors open, the doors shut",
            "Add tests: `test_opens`, `test_shuts`",
            "Add 3 tests",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
