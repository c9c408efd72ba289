//! Oracles: whether a test can fail by what it looks at.
//!
//! Most tests have an assertion that cannot be mistaken: these are marked while their file is read, by one search for
//! a few words. The others are read again, with the helpers that they call, when somebody asks for them.

mod body;
mod dead;
pub(super) mod meaning;
mod near;
mod sentence;
mod vacuous;

use super::Language;
use super::mask::{Masked, is_word};
use crate::model::oracle::{Doubt, Oracle};
use crate::model::test_case::{Kind, TestCase};
use crate::source::Text;
use dead::Signs;
use meaning::Use;
pub(super) use near::Names;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What the words of the commonest assertions have in common, by language.
fn common(language: Language) -> &'static [&'static str] {
    match language {
        Language::Python | Language::Rust => &["assert"],
        Language::JavaScript => &["expect", "assert"],
        Language::Java | Language::Kotlin => &["assert"],
        Language::C => &["EXPECT_", "ASSERT", "CHECK", "REQUIRE", "assert"],
        Language::Go => &["require.", "assert.", ".Error", ".Fatal"],
        Language::CSharp => &["Assert", "Should"],
        _ => &[],
    }
}

/// Marks the tests in whose bodies an assertion stands that cannot be mistaken.
pub(super) fn mark(masked: &Masked<'_>, language: Language, tests: &mut [TestCase]) {
    if !tests.iter().any(|test| test.kind == Kind::Test) {
        return;
    }
    let signs = Signs::of(language, masked);
    let mut dead: FxHashMap<usize, Vec<Range<usize>>> = FxHashMap::default();
    for word in common(language) {
        let mut next = 0;
        // The items around an assertion, the innermost last.
        let mut open: Vec<usize> = Vec::new();
        for hit in memchr::memmem::find_iter(&masked.code, word) {
            let ended = |at: usize| tests.get(at).is_some_and(|test| (test.body.end() as usize) <= hit);
            while open.pop_if(|at| ended(*at)).is_some() {}
            while let Some(test) = tests.get(next).filter(|test| (test.body.start as usize) <= hit) {
                if test.body.end() as usize > hit {
                    open.push(next);
                }
                next += 1;
            }
            let known = open.last().and_then(|at| tests.get(*at)).is_none_or(|test| test.asserts);
            if known {
                continue;
            }
            let one = around(masked, hit, word);
            let half = vacuous::is_half(language, masked, &one);
            let mirrors = || open.last().and_then(|at| tests.get(*at)).is_none_or(|test| !vacuous::is_of_equality(test));
            if half || !meaning::is_sure(language, &one) || vacuous::held(language, masked, &one, &mirrors).is_some() {
                continue;
            }
            for at in &open {
                if let Some(test) = tests.get_mut(*at).filter(|test| (test.body.end() as usize) > hit) {
                    let body = (test.span.end() as usize, test.body.end() as usize);
                    let regions = || dead::regions(language, masked, &signs, body);
                    test.asserts |= !(signs.stand_in(body) && dead::holds(dead.entry(*at).or_insert_with(regions), hit));
                }
            }
        }
    }
}

/// The use of the word in which something was found.
fn around<'m>(masked: &'m Masked<'_>, hit: usize, found: &str) -> Use<'m> {
    let letters = found.trim_start_matches('.');
    let inside = hit + found.len() - letters.len();
    let before = masked.code.get(..inside).unwrap_or_default();
    let start = inside - before.iter().rev().take_while(|byte| is_word(**byte)).count();
    if let Some(owner) = found.strip_suffix('.') {
        // `require.NoError`: the word behind is what is called.
        let at = inside + owner.len() + 1;
        return Use::new(masked, at, masked.word_end(at));
    }
    Use::new(masked, start, masked.word_end(inside))
}

/// What is known of the oracles of the tests with these positions.
pub fn oracles(language: Language, text: &Text, tests: &[TestCase], wanted: &[u32]) -> Vec<Oracle> {
    let unknown = |doubt: Doubt| vec![Oracle::Unclear(doubt); wanted.len()];
    let test = |at: &u32| tests.get(*at as usize);
    match language {
        Language::Gherkin => {
            let of = |at| test(at).map_or(Oracle::Unclear(Doubt::Body), |test| sentence::gherkin(text.as_str(), test));
            wanted.iter().map(of).collect()
        }
        Language::Robot => {
            let file = sentence::Robot::new(text.as_str(), tests);
            wanted.iter().map(|at| test(at).map_or(Oracle::Unclear(Doubt::Body), |test| file.oracle(test))).collect()
        }
        _ if common(language).is_empty() => unknown(Doubt::Language),
        _ => {
            let masked = Masked::new(text.as_str(), &language.row().syntax);
            let file = body::File::new(language, &masked, tests);
            wanted.iter().map(|at| file.oracle(*at)).collect()
        }
    }
}
