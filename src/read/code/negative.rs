//! Whether a test looks at nothing but success: no sign in it of something that is to fail, to be refused or not to be there.
//!
//! Signs are taken from all that a test says, its comments and strings included, and from the helpers of its file. What may
//! hide one counts as one: a comparison with anything but success, data that stands elsewhere, letters beyond ASCII.

use super::Language;
use super::mask::{Masked, is_word};
use super::oracle::Names;
use crate::model::test_case::{Kind, TestCase};
use crate::source::Text;
use std::collections::BTreeSet;

/// Pieces of words by which a test says that something goes wrong, is refused, is kept as it was, or is not there.
const PIECES: &[&str] = &[
    "abort",
    "absen",
    "abus",
    "alarm",
    "alert",
    "attack",
    "bad",
    "block",
    "broken",
    "conflict",
    "corrupt",
    "danger",
    "deni",
    "deny",
    "diag",
    "disab",
    "disallow",
    "discard",
    "drop",
    "dupl",
    "empty",
    "err",
    "evil",
    "exceed",
    "except",
    "exclu",
    "expir",
    "fail",
    "fals",
    "fault",
    "finding",
    "forbad",
    "forbid",
    "garbage",
    "guard",
    "halt",
    "ignor",
    "illegal",
    "inject",
    "insuff",
    "inval",
    "issue",
    "lack",
    "limit",
    "malform",
    "malicious",
    "mismatch",
    "miss",
    "n't",
    "negat",
    "never",
    "none",
    "not",
    "null",
    "outside",
    "overflow",
    "panic",
    "prevent",
    "problem",
    "prohibit",
    "protect",
    "raise",
    "refus",
    "reject",
    "restrict",
    "revok",
    "skip",
    "tamper",
    "throw",
    "too",
    "trunc",
    "unable",
    "unauth",
    "undef",
    "unexp",
    "unknown",
    "unproc",
    "unsafe",
    "unsup",
    "untrust",
    "violat",
    "warn",
    "without",
    "wrong",
];

/// Words of their own that say it, and those by which a value is compared: it may be that of a refusal.
const WORDS: &[&str] = &["no", "non", "nor", "nil", "nan", "nok", "ng", "in", "is", "eq", "ne", "lt", "gt", "le", "ge", "zero"];

/// Pieces of names of assertions that compare.
const COMPARES: &[&str] =
    &["equal", "compar", "match", "contain", "same", "that", "less", "greater", "has", "be_", "tobe", "should"];

/// What a comparison with success looks like, without blanks.
const SUCCESS: &[&str] = &["==true", ".tobe(true)", ".tobetruthy()", "==200", "==201", "==202", "==204"];

/// Whether a test with its helpers looks at nothing but success, and was read as a whole.
pub fn looks_at_success_alone(language: Language, text: &Text, tests: &[TestCase], at: u32) -> bool {
    use Language::{C, CSharp, Go, Java, JavaScript, Kotlin, Python, Rust};
    let supported = matches!(language, C | CSharp | Go | Java | JavaScript | Kotlin | Python | Rust);
    let test = tests.get(at as usize).filter(|test| supported && test.kind == Kind::Test && test.asserts);
    let Some(test) = test else { return false };
    let titles = test.scope.iter().map(|title| &**title).chain(test.tags.iter().map(|tag| tag.text.as_str()));
    if titles.into_iter().any(has_sign) {
        return false;
    }
    let masked = Masked::new(text.as_str(), &language.row().syntax);
    let names = Names::new(language, text.as_str(), tests);
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut next = vec![at];
    while let Some(item) = next.pop() {
        let Some(case) = tests.get(item as usize).filter(|_| seen.insert(item)) else { continue };
        let body = text.slice(case.body);
        if body.is_empty() || has_sign(body) || compares(&masked, case) || has_hidden(&masked, case) {
            return false;
        }
        next.extend(words(body).flat_map(|word| names.items(word)).copied());
    }
    true
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii() || !is_word(c as u8)).filter(|word| !word.is_empty())
}

/// Whether a text says anything that is negative, by a word, a sign of negation, or a number: zero, one below it, or one that may
/// be a status of failure.
fn has_sign(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if !text.is_ascii() || PIECES.iter().any(|piece| lower.contains(piece)) {
        return true;
    }
    let bytes = text.as_bytes();
    let around = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        (before, bytes.get(at + 1).copied().unwrap_or(b' '))
    };
    // The sign behind the name of a macro of Rust negates nothing.
    let is_macro = |at: usize| matches!(around(at), (before, b'(' | b'[' | b'{') if is_word(before));
    let negates = memchr::memchr_iter(b'!', bytes).any(|at| !is_macro(at));
    // The dash of an identifier is none.
    let minus = memchr::memchr_iter(b'-', bytes).any(|at| matches!(around(at), (before, b'0'..=b'9') if !is_word(before)));
    let status = |word: &str| word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|byte| byte.is_ascii_digit());
    negates || minus || words(text).any(|word| word == "0" || status(word))
}

/// Whether a body compares anything with another thing than success.
fn compares(masked: &Masked<'_>, case: &TestCase) -> bool {
    let code = masked.code.get(case.span.end() as usize..case.body.end() as usize).unwrap_or_default();
    let code = String::from_utf8_lossy(code).to_ascii_lowercase();
    let mut dense: String = code.split_whitespace().collect();
    for success in SUCCESS {
        dense = dense.replace(success, "");
    }
    let apart = |word: &str| word.split('_').any(|part| WORDS.contains(&part));
    dense.contains("==") || words(&dense).any(|word| COMPARES.iter().any(|piece| word.contains(piece))) || words(&code).any(apart)
}

/// Whether a body takes data that stands elsewhere: parameters and constants.
fn has_hidden(masked: &Masked<'_>, case: &TestCase) -> bool {
    let code = masked.code.get(case.body.range()).unwrap_or_default();
    let text = String::from_utf8_lossy(code);
    let constant = |word: &str| {
        word.len() > 2
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && !word.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    let called = |word: &str| {
        let mut uses = text.match_indices(word);
        uses.all(|(at, _)| text.get(at + word.len()..).is_some_and(|rest| rest.trim_start().starts_with('(')))
    };
    case.parametrised || words(&text).any(|word| constant(word) && !called(word))
}
