//! Names of tests, days and other words with a form of their own, in prose.

use crate::model::contents::is_two_words;
use crate::model::time;
use crate::model::vocabulary::words;
use crate::read::grammar::citation::is_source_extension;
use crate::source::{Span, Spanned};
use regex::Regex;
use std::sync::LazyLock;

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
        if !holds && !option && is_test(name, in_code(before)) && !is_struck(before) {
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

/// Whether a place lies in what is struck out, `~~test_opens~~`.
fn is_struck(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    line.matches("~~").count() % 2 == 1
}

/// Whether a word has the form of a test's name. In prose only the plainest counts.
fn is_test(name: &str, code: bool) -> bool {
    let plain = name.strip_prefix("test_").or_else(|| name.strip_suffix("_test"));
    if plain.is_some_and(|rest| rest.len() > 2 && rest.chars().any(char::is_alphabetic)) {
        return true;
    }
    let humps = name.chars().skip(4).filter(|c| c.is_uppercase()).count();
    let rest = name.strip_prefix("test").or_else(|| name.strip_prefix("Test"));
    let camel = rest.is_some_and(|rest| rest.starts_with(char::is_uppercase)) && !is_suite(name);
    code && camel && humps > 1
}

/// The names in code spans of a text that is known to list tests: any function name counts.
pub(in crate::read) fn functions(text: &str, base: usize) -> Vec<Spanned> {
    let mut found = Vec::new();
    let mut at = 0;
    for (index, piece) in text.split('`').enumerate() {
        if index % 2 == 1 && is_function(piece) && !is_struck(text.get(..at).unwrap_or("")) {
            found.push(Spanned { text: piece.to_owned(), span: Span::new(base + at, base + at + piece.len()) });
        }
        at += piece.len() + 1;
    }
    found
}

fn is_function(name: &str) -> bool {
    name.contains('_') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && name.len() > 5
}

/// The test of which a text is the name and nothing else, in a code span: `LinkTest.Starts`, `LinkTest#startsTheLink`,
/// `startsTheLink`. A class of tests and what is called with something are none.
pub(in crate::read) fn called(text: &str, base: usize) -> Option<Spanned> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let name = bare.strip_prefix('`')?.strip_suffix('`')?;
    let name = name.strip_suffix("()").unwrap_or(name);
    let part = |part: &str| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let humps = |name: &str| name.chars().skip(1).filter(char::is_ascii_uppercase).count();
    let formed = match name.rsplit_once(['.', '#']) {
        // `LinkTest.java` is the file of a class.
        Some((_, "class")) => false,
        Some((class, method)) => part(class) && part(method) && is_suite(class) && !is_source_extension(method),
        None => part(name) && name.starts_with(|c: char| c.is_ascii_lowercase()) && humps(name) > 1,
    };
    let at = text.find(name)?;
    formed.then(|| Spanned { text: name.to_owned(), span: Span::new(base + at, base + at + name.len()) })
}

/// The name of two words in a code span, `readsOption`, of which a text is that and nothing else: a function, which may be a test.
pub(in crate::read) fn two_words(text: &str, base: usize) -> Option<Spanned> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let name = bare.strip_prefix('`')?.strip_suffix('`')?;
    let name = name.strip_suffix("()").unwrap_or(name);
    let at = text.find(name)?;
    is_two_words(name).then(|| Spanned { text: name.to_owned(), span: Span::new(base + at, base + at + name.len()) })
}

/// `LinkTest`, `PumpTests`, `DoorSpec`: what holds tests.
fn is_suite(name: &str) -> bool {
    let ends =
        ["Test", "Tests", "TestCase", "TestSuite", "Spec", "IT"].iter().any(|end| name.ends_with(end) && name.len() > end.len());
    ends && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Days that are not written from the year on: `31.12.2025`, `Dec 31, 2025`, `31 December 2025`. What parts three numbers by other
/// signs may begin with the month.
static WORDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const MONTH: &str = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    let days = format!(
        r"(?i)\b(?:(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})|{MONTH}\.?\ (\d{{1,2}})(?:st|nd|rd|th)?,?\ (\d{{4}})|(\d{{1,2}})(?:st|nd|rd|th)?[\ -]{MONTH}\.?,?[\ -](\d{{4}}))\b"
    );
    Regex::new(&days).ok()
});

/// The first day in a text in whatever way it is written, as `2026-02-01`.
pub(in crate::read) fn any_day(text: &str, base: usize) -> Option<Spanned> {
    day(text, base).or_else(|| {
        let found = WORDED.as_ref()?.captures(text)?;
        let whole = found.get(0)?;
        let near = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
        let (before, behind) = (text.get(..whole.start())?, text.get(whole.end()..)?);
        let numbers = near(before.chars().next_back()) || behind.starts_with('.') && near(behind.chars().nth(1));
        let part = |at: usize| found.get(at).map(|part| part.as_str());
        let (day, month, year) = match (part(1), part(4), part(7)) {
            (Some(day), ..) => (day, part(2)?.parse().ok()?, part(3)?),
            (_, Some(name), _) => (part(5)?, month(name)?, part(6)?),
            (.., Some(day)) => (day, month(part(8)?)?, part(9)?),
            _ => return None,
        };
        let written = format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?);
        let real = !numbers && time::date(&written).is_some();
        real.then(|| Spanned { text: written, span: Span::new(base + whole.start(), base + whole.end()) })
    })
}

/// The number of a month by the first letters of its name.
fn month(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().zip(1..).find(|(month, _)| month.eq_ignore_ascii_case(name)).map(|(_, number)| number)
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
    "left for later",
    "could not add",
    "could not be added",
    "could not write",
    "could not be written",
    "was dropped",
    "were dropped",
    "not yet added",
    "not yet delivered",
    "not yet written",
    "still to be added",
    "still to be written",
    "was skipped",
    "were skipped",
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
