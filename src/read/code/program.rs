//! Programs that are one test as a whole: their exit code is the result, and their file gives them their name.

use super::Language;
use super::items::{Items, New};
use super::mask::{Masked, is_word};
use super::{looks_like_test, stem};
use crate::model::test_case::{Kind, State};
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Takes a file without any other test for one test, if it is one by its name: a `main` in C that asserts, a script of a
/// shell. To be called before the items are settled.
pub(super) fn add(masked: &Masked<'_>, language: Language, path: &str, items: &mut Items) {
    if !looks_like_test(path) || items.tests.iter().any(|test| test.kind == Kind::Test) {
        return;
    }
    let name = stem(path);
    match language {
        Language::C => {
            if run_by_macros(masked, items) {
                return;
            }
            let asserts = || [b"assert".as_slice(), b"ASSERT", b"CHECK"].iter().any(|word| holds(masked, word));
            let main = items.tests.iter_mut().find(|item| item.name == "main");
            if let Some(main) = main.filter(|_| asserts()) {
                (main.kind, main.name) = (Kind::Test, name.into());
            }
        }
        Language::Bats if is_among_tests(path) && is_named_test(name) => {
            let item = items.open(New { kind: Kind::Test, name, span: (0, 0), start: 0, parent: None, suite: None });
            if let Some(item) = item {
                items.close(item, masked.code.len());
            }
        }
        _ => {}
    }
}

/// Lines of a source file in which such a command stands.
const HEAD: usize = 40;

/// Signs in front of a command.
const SIGNS: [&str; 4] = ["//", "#", ";", "/*"];

/// The one test that a file is to a runner such as lit, whose commands stand in its comments: `// RUN: %check %s -o %t`.
/// They compile, run or compare it, and whatever functions it holds are what they do that to.
pub(super) fn checked(masked: &mut Masked<'_>, language: Language, path: &str) -> Option<Items> {
    let own = language == Language::Lit;
    let runs = |line: &str| {
        let command = if own { directive(line, "RUN") } else { commented(line).and_then(|bare| bare.strip_prefix("RUN:")) };
        command.is_some_and(|command| own || command.contains('%'))
    };
    if !masked.text.lines().take(if own { usize::MAX } else { HEAD }).any(runs) {
        return None;
    }
    if own {
        // What the output is compared with names nothing that the test is about.
        let text = masked.text;
        let word = |at: &(u32, u32)| text.get(at.0 as usize..at.1 as usize).and_then(keyword);
        masked.comments.retain(|comment| word(comment).is_none_or(|word| !word.contains("CHECK")));
    }
    let mut items = Items::default();
    // Most files of a folder may have one stem: lit calls them by their whole names.
    let name = if own { path.rsplit('/').next().unwrap_or(path) } else { stem(path) };
    let item = items.open(New { kind: Kind::Test, name, span: (0, 0), start: 0, parent: None, suite: None })?;
    items.close(item, masked.code.len());
    let state = state(masked.text);
    if let Some(test) = items.get(Some(item)) {
        // Its commands fail, or they do not.
        test.asserts = true;
        if let Some((state, span)) = state {
            (test.state, test.state_span) = (state, Some(span));
        }
    }
    Some(items)
}

/// Takes the functions that a program gives to a macro of its own, `OWN_RUN(opens_in_time);`, for tests; whether there are such.
fn run_by_macros(masked: &Masked<'_>, items: &mut Items) -> bool {
    /// One call may be anything.
    const FEWEST: usize = 2;
    let mut run: FxHashSet<&str> = FxHashSet::default();
    for open in memchr::memchr_iter(b'(', &masked.code) {
        let before = masked.code.get(..open).unwrap_or_default();
        let length = before.iter().rev().take_while(|byte| is_word(**byte)).count();
        let word = masked.code.get(open - length..open).unwrap_or_default();
        let (from, to) = (masked.skip_space(open + 1), masked.word_end(masked.skip_space(open + 1)));
        let alone = from < to && masked.at(masked.skip_space(to)) == b')';
        if alone && calls_runner(word) {
            run.insert(masked.slice(u32::try_from(from).unwrap_or(0), u32::try_from(to).unwrap_or(0)));
        }
    }
    let is_run = |name: &str| run.contains(name);
    if items.tests.iter().filter(|item| item.kind == Kind::Helper && is_run(&item.name)).count() < FEWEST {
        return false;
    }
    items.tests.iter_mut().filter(|item| item.kind == Kind::Helper && is_run(&item.name)).for_each(|item| item.kind = Kind::Test);
    true
}

/// Whether a word is a macro that runs a test, by its name: `OWN_RUN`, `RUN_CASE`.
fn calls_runner(word: &[u8]) -> bool {
    let upper = word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_');
    upper && word.split(|byte| *byte == b'_').any(|part| part == b"RUN") && word.len() > 3
}

/// A line without the sign of its comment, where it has one.
fn commented(line: &str) -> Option<&str> {
    let bare = line.trim_start();
    SIGNS.iter().find_map(|sign| Some(bare.strip_prefix(*sign)?.trim_start()))
}

/// What stands behind a keyword of lit, in a comment or bare.
fn directive<'l>(line: &'l str, keyword: &str) -> Option<&'l str> {
    let bare = commented(line).unwrap_or(line.trim_start());
    bare.strip_prefix(keyword)?.strip_prefix(':').map(str::trim)
}

/// The keyword that a comment begins with: `CHECK-NEXT` in `; CHECK-NEXT: ret i32 7`.
pub(super) fn keyword(comment: &str) -> Option<&str> {
    let (word, _) = commented(comment)?.split_once(':')?;
    let signs = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    (word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().all(signs)).then_some(word)
}

/// What the keywords of a file say of when it runs: expected to fail, or not run at all, everywhere or in some places.
fn state(text: &str) -> Option<(State, Span)> {
    let mut found: Option<(State, Span)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let everywhere = |value: &str| matches!(value, "*" | "true");
        let said = [("UNSUPPORTED", State::Ignored), ("XFAIL", State::ExpectedFailure), ("REQUIRES", State::Conditional)];
        let said = said.iter().find_map(|(keyword, state)| Some((directive(line, keyword)?, *state)));
        if let Some((value, state)) = said.filter(|(value, _)| !value.is_empty()) {
            let state = if everywhere(value) { state } else { State::Conditional };
            let line = Span::new(at, at + line.trim_end().len());
            if found.is_none_or(|(known, _)| rank(state) > rank(known)) {
                found = Some((state, line));
            }
        }
        at += line.len();
    }
    found
}

/// How much a state takes away.
fn rank(state: State) -> u8 {
    match state {
        State::Active => 0,
        State::Conditional => 1,
        State::ExpectedFailure => 2,
        State::Skipped | State::Ignored => 3,
    }
}

fn holds(masked: &Masked<'_>, word: &[u8]) -> bool {
    memchr::memmem::find(&masked.code, word).is_some()
}

/// Elsewhere scripts are called tests that start others.
fn is_among_tests(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| matches!(folder.to_ascii_lowercase().as_str(), "test" | "tests" | "e2e"))
}

/// Scripts in a folder of tests may as well prepare them: their own names must say that they test.
fn is_named_test(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let runs = ["run", "start", "setup", "all"].iter().any(|begin| stem.starts_with(begin));
    !runs
        && (["test_", "test-"].iter().any(|begin| stem.starts_with(begin))
            || ["_test", "-test", ".test"].iter().any(|end| stem.ends_with(end)))
}
