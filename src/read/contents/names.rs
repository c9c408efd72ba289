//! Names of tests, days and other words with a form of their own, in prose.

use crate::model::vocabulary::words;
use crate::source::{Span, Spanned};

/// The names of tests in a text: `test_doors_open`, `TestDoors.test_open`, `doorsOpen_test`. `base` is its offset.
///
/// Files and modules of tests are none: what is delivered in a file is named beside it.
pub(in crate::read) fn tests(text: &str, base: usize) -> Vec<Spanned> {
    let mut found = Vec::new();
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(part)).map(|from| at + from) {
        let rest = text.get(start..).unwrap_or("");
        let end = start + rest.find(|c| !part(c)).unwrap_or(rest.len());
        let (name, behind) = (text.get(start..end).unwrap_or(""), text.get(end..).unwrap_or(""));
        let before = text.get(..start).unwrap_or("");
        at = end;
        // `test_doors.py`, `tests/test_doors/`, `test_doors::test_open`: a file, a folder, a module.
        let extension = behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        let holds = extension || behind.starts_with(['/', '\\']) || behind.starts_with("::") || behind.starts_with('*');
        let option = before.ends_with(['-', '@', '$']);
        if !holds && !option && is_test(name, in_code(before)) {
            found.push(Spanned { text: name.to_owned(), span: Span::new(base + start, base + end) });
        }
    }
    found
}

/// Whether a place lies within a code span, by the number of marks before it on its line.
fn in_code(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    line.bytes().filter(|byte| *byte == b'`').count() % 2 == 1
}

/// Whether a word has the form of a test's name. In prose only the plainest counts.
fn is_test(name: &str, code: bool) -> bool {
    let plain = name.strip_prefix("test_").or_else(|| name.strip_suffix("_test"));
    if plain.is_some_and(|rest| rest.len() > 2 && rest.chars().any(char::is_alphabetic)) {
        return true;
    }
    let humps = name.chars().skip(4).filter(|c| c.is_uppercase()).count();
    let camel = name.strip_prefix("test").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    code && camel && humps > 1
}

/// The names in code spans of a text that is known to list tests: any function name counts.
pub(in crate::read) fn functions(text: &str, base: usize) -> Vec<Spanned> {
    let mut found = Vec::new();
    let mut at = 0;
    for (index, piece) in text.split('`').enumerate() {
        if index % 2 == 1 && is_function(piece) {
            found.push(Spanned { text: piece.to_owned(), span: Span::new(base + at, base + at + piece.len()) });
        }
        at += piece.len() + 1;
    }
    found
}

fn is_function(name: &str) -> bool {
    name.contains('_') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && name.len() > 5
}

/// The first day in a text, as `2026-02-01`.
pub(in crate::read) fn day(text: &str, base: usize) -> Option<Spanned> {
    let bytes = text.as_bytes();
    let digits =
        |from: usize, count: usize| bytes.get(from..from + count).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let sign = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/' | b'.'));
    let alone = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let is_day = |at: usize| {
        digits(at, 4) && sign(at + 4) && digits(at + 5, 2) && sign(at + 7) && digits(at + 8, 2) && !digits(at + 10, 1)
    };
    let at = (0..bytes.len().saturating_sub(9)).find(|at| is_day(*at) && (*at == 0 || alone(*at - 1)))?;
    let raw = text.get(at..at + 10)?;
    let day = raw.replace(['/', '.'], "-");
    let part = |from: usize| day.get(from..from + 2).and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    let real = (1..=12).contains(&part(5)) && (1..=31).contains(&part(8));
    real.then(|| Spanned { text: day, span: Span::new(base + at, base + at + 10) })
}

/// The sentences of a text, with what stands between them: `a.py` ends none.
pub(in crate::read) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let ends = [". ", "; ", "\n"].iter().filter_map(|sign| rest.find(sign).map(|at| at + sign.len()));
        let (sentence, behind) = rest.split_at(ends.min().unwrap_or(rest.len()));
        rest = behind;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// Whether a sentence says that something was put off, left out or not made.
pub(in crate::read) fn defers(text: &str) -> bool {
    let spoken = words(text);
    let phrase = |name: &str| format!(" {spoken} ").contains(&format!(" {name} "));
    DEFERRED.iter().any(|name| phrase(name))
}

const DEFERRED: &[&str] = &[
    "deferred",
    "descoped",
    "postponed",
    "not added",
    "not written",
    "not delivered",
    "omitted",
    "will not be added",
    "removed from scope",
    "left out",
];

#[cfg(test)]
mod tests {
    use super::{day, defers, functions, sentences, tests};

    fn names(text: &str) -> Vec<String> {
        tests(text, 0).into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn tests_are_told_from_files_and_words() {
        assert_eq!(names("Added test_opens, `test_shuts` to test_doors.py (2 tests)."), ["test_opens", "test_shuts"]);
        assert_eq!(names("`test_doors::test_opens`, tests/test_doors/, test-env, `pump_test`"), ["test_opens", "pump_test"]);
        assert_eq!(names("`testDoorOpens` and testDoorShuts, `TestCase`, test_*"), ["testDoorOpens"]);
        assert_eq!(names("the latest_ and contest_a"), Vec::<String>::new());
    }

    #[test]
    fn functions_stand_in_code() {
        let found: Vec<String> =
            functions("| `opens_twice` `--flag` `a b` plain_name", 0).into_iter().map(|name| name.text).collect();
        assert_eq!(found, ["opens_twice"]);
    }

    #[test]
    fn days_are_found_and_others_are_not() {
        assert_eq!(day("lind - 2026-02-01", 0).unwrap().text, "2026-02-01");
        assert_eq!(day("2026/02/28 by lind", 0).unwrap().text, "2026-02-28");
        assert!(day("2026-13-01", 0).is_none() && day("12026-01-01x", 0).is_none() && day("CR-2026-01-015", 0).is_none());
    }

    #[test]
    fn sentences_are_apart_and_lose_nothing() {
        let text = "Added a.py. Left b; the rest\nis é. ";
        assert_eq!(sentences(text).collect::<Vec<_>>(), ["Added a.py. ", "Left b; ", "the rest\n", "is é. "]);
        assert_eq!(sentences(text).collect::<String>(), text);
    }

    #[test]
    fn what_is_put_off_is_told() {
        assert!(defers("EI-4 was deferred to a later change") && defers("Not added yet"));
        assert!(!defers("Added the tests of the doors; a flag is not implemented"));
    }
}
