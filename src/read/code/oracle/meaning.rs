//! What a word in the body of a test says about its oracle.

use super::super::Language;
use super::super::mask::{Masked, is_word};
use super::super::table::MARKERS;
use crate::model::oracle::Doubt;

/// A word of code, and what stands around it.
pub(in super::super) struct Use<'m> {
    /// The word.
    pub(in super::super) word: &'m str,
    /// Where it begins.
    pub(in super::super) at: usize,
    /// Just past it.
    pub(in super::super) end: usize,
    /// The last byte before it that is not blank.
    pub(in super::super) before: u8,
    /// The first byte behind it that is no blank.
    pub(in super::super) after: u8,
    /// Whether it belongs to something else: a dot, colons or an arrow stand in front of it.
    pub(in super::super) is_member: bool,
    /// The word before these; empty where none stands there.
    pub(in super::super) owner: &'m str,
}

impl<'m> Use<'m> {
    /// The word between two offsets.
    pub(in super::super) fn new(masked: &'m Masked<'_>, at: usize, end: usize) -> Self {
        let text = |from: usize, to: usize| masked.text.get(from..to).unwrap_or("");
        let code = masked.code.get(..at).unwrap_or_default();
        let code = code.trim_ascii_end();
        let owned = [b".".as_slice(), b"::", b"->"].iter().find_map(|joint| code.strip_suffix(*joint));
        let owner = owned.map_or("", |code| {
            let code = code.strip_suffix(b"?").unwrap_or(code).trim_ascii_end();
            let start = code.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
            text(start, code.len())
        });
        let rest = masked.code.get(end..).unwrap_or_default();
        let after = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')).copied().unwrap_or(0);
        Self { word: text(at, end), at, end, before: code.last().copied().unwrap_or(0), after, is_member: owned.is_some(), owner }
    }

    /// Whether it is called: `word(`, `word!(`, `word<T>(`, `word { … }` behind a verb of Kotlin is not seen here.
    pub(in super::super) fn is_called(&self) -> bool {
        matches!(self.after, b'(' | b'!' | b'<')
    }

    /// Whether it is handed to something: `each(check)`.
    fn is_handed(&self) -> bool {
        matches!(self.before, b'(' | b',') && matches!(self.after, b')' | b',')
    }

    /// Whether it belongs to the test itself.
    pub(in super::super) fn is_own(&self) -> bool {
        self.is_member && matches!(self.owner, "self" | "cls" | "this" | "super" | "base")
    }

    fn begins(&self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|prefix| self.word.starts_with(prefix))
    }
}

/// Methods of what tap, ava, tape and QUnit hand to a test.
const T_METHODS: &[&str] = &[
    "is",
    "not",
    "ok",
    "notOk",
    "equal",
    "equals",
    "notEqual",
    "same",
    "notSame",
    "deepEqual",
    "notDeepEqual",
    "strictEqual",
    "looseEqual",
    "true",
    "false",
    "truthy",
    "falsy",
    "throws",
    "throwsAsync",
    "notThrows",
    "rejects",
    "resolves",
    "match",
    "like",
    "regex",
    "pass",
    "fail",
    "snapshot",
    "assert",
    "error",
    "ifError",
];

/// How NSubstitute asks what was called.
const RECEIVED: &[&str] = &[
    "Received",
    "ReceivedWithAnyArgs",
    "DidNotReceive",
    "DidNotReceiveWithAnyArgs",
    "MustHaveHappened",
    "MustHaveHappenedOnceExactly",
    "MustNotHaveHappened",
];

/// Whether a word is an assertion beyond doubt.
pub(super) fn is_sure(language: Language, one: &Use<'_>) -> bool {
    if is_marker(one.word) {
        return false;
    }
    let called = one.is_called();
    match language {
        Language::Python => {
            let asserts = one.word == "assert" && !one.is_member || called && one.begins(&["assert"]);
            let raises = matches!(one.word, "raises" | "warns" | "deprecated_call") && matches!(one.owner, "pytest" | "");
            asserts || called && (raises || one.word == "fail" && matches!(one.owner, "pytest" | "self"))
        }
        Language::JavaScript => {
            let asserts = matches!(one.word, "expect" | "assert") && (called || one.after == b'.');
            let of_t = matches!(one.owner, "t" | "assert" | "tap" | "should") && T_METHODS.contains(&one.word);
            let should = one.word == "should" && one.is_member;
            asserts || called && (one.begins(&["assert"]) || of_t) || should || called && one.word == "fail" && !one.is_member
        }
        Language::Java | Language::Kotlin => {
            let asserts = one.word == "assert" || called && one.begins(&["assert", "expect", "andExpect"]);
            let called = called || language == Language::Kotlin && one.after == b'{';
            let asserts = asserts || called && one.begins(&["assert", "expect"]);
            let verifies = called && one.begins(&["verify", "coVerify"]) && (!one.is_member || one.owner.ends_with("Mockito"));
            let fails = called && one.word == "fail" && (!one.is_member || one.owner.starts_with("Assert"));
            let labelled = matches!(one.word, "then" | "expect") && one.after == b':';
            let matchers = language == Language::Kotlin && one.begins(&["should", "must"]);
            asserts || verifies || fails || labelled || matchers
        }
        Language::Rust => {
            let lower = one.word.contains("assert");
            one.after == b'!' && (lower || one.begins(&["expect"])) || called && one.word == "assert" && one.before == b'.'
        }
        Language::C => called && is_macro_of_assertions(one.word),
        Language::Go => {
            let of_t = matches!(one.owner, "t" | "b" | "f" | "tb" | "tt" | "c" | "T") || one.owner.is_empty() && one.is_member;
            let fails =
                of_t && matches!(one.word, "Error" | "Errorf" | "Fatal" | "Fatalf" | "Fail" | "FailNow" | "Assert" | "Check");
            let library = matches!(one.owner, "require" | "assert" | "is" | "qt" | "must");
            let gomega = matches!(one.word, "Expect" | "Ω" | "So" | "Eventually" | "Consistently" | "EXPECT");
            called && (fails && !one.owner.contains("err") || library || gomega)
        }
        Language::CSharp => {
            let asserts = one.word.contains("Assert") && (called || one.after == b'.');
            // NSubstitute and FakeItEasy ask afterwards what was called.
            let received = one.is_member && (called && RECEIVED.contains(&one.word) || one.owner == "Received");
            asserts || one.before == b'.' && one.begins(&["Should", "Verify"]) || called && one.word == "Expect" || received
        }
        _ => false,
    }
}

/// `EXPECT_EQ`, `TEST_ASSERT_TRUE`, `zassert_equal`, `CHECK`, `LONGS_EQUAL`.
fn is_macro_of_assertions(word: &str) -> bool {
    let upper = !word.bytes().any(|byte| byte.is_ascii_lowercase());
    let known =
        ["EXPECT_", "CHECK", "REQUIRE", "BOOST_TEST", "BOOST_CHECK", "BOOST_REQUIRE", "BOOST_ERROR", "FAIL", "ADD_FAILURE"];
    let of_qt = ["QVERIFY", "QCOMPARE", "QFAIL", "QTRY_", "TEST_FAIL", "VERIFY"];
    word.to_ascii_lowercase().contains("assert")
        || upper && (known.iter().chain(&of_qt).any(|prefix| word.starts_with(prefix)) || word.contains("_EQUAL"))
}

/// Whether a word says which requirement is verified, and verifies nothing.
pub(super) fn is_marker(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    MARKERS.iter().any(|marker| marker.eq_ignore_ascii_case(word))
        || ["verifies", "validates", "covers", "requirement", "requires", "traces", "implements"]
            .iter()
            .any(|one| lower.starts_with(one))
}

/// Beginnings of words by which a call sounds like a check.
const CHECKS: &[&str] = &[
    "check",
    "verif",
    "validat",
    "ensur",
    "assert",
    "expect",
    "compar",
    "match",
    "confirm",
    "should",
    "must",
    "wait",
    "until",
    "equal",
    "same",
    "diff",
    "golden",
    "snapshot",
    "raise",
    "throw",
    "reject",
    "require",
    "prove",
    "inspect",
    "satisf",
    "eventually",
    "approv",
    "baseline",
    "regression",
    "regtest",
    "refut",
    "contains",
];

/// What makes it unclear whether a body has an oracle, if this word does.
pub(super) fn doubt(language: Language, one: &Use<'_>) -> Option<Doubt> {
    let word = one.word;
    let keyword = match language {
        Language::JavaScript => word == "require",
        Language::Rust => word == "match",
        _ => false,
    };
    // `matches!(…)` alone is a value that nobody looks at.
    let value = language == Language::Rust && word == "matches" && one.after == b'!';
    if keyword || value || is_marker(word) {
        return None;
    }
    let called = one.is_called() || language == Language::Kotlin && one.after == b'{';
    if language == Language::Rust && called && matches!(word, "unwrap" | "expect" | "unwrap_err" | "expect_err") {
        return Some(Doubt::Unwraps);
    }
    let leaves = matches!(word, "raise" | "throw") || called && matches!(word, "exit" | "_exit" | "abort" | "panic" | "done");
    // `subprocess.run(…, check=True)` ends the test where the command fails.
    let checked = language == Language::Python && word == "check" && one.after == b'=';
    if leaves || checked || parts(word).any(|part| part.starts_with("fail")) {
        return Some(Doubt::Own);
    }
    // `client.get(id, expected_status=404)` leaves the look at the answer to the client.
    if matches!(one.before, b'(' | b',' | b'{')
        && matches!(one.after, b'=' | b':')
        && parts(word).any(|part| part.starts_with("expect"))
    {
        return Some(Doubt::Elsewhere);
    }
    if !called && !one.is_handed() {
        return None;
    }
    // Whoever is given the test itself can run what stands beside it: `Property.Holds(this)`.
    if !called && matches!(word, "this" | "self") {
        return Some(Doubt::Elsewhere);
    }
    let checks = |name: &str| parts(name).any(|part| CHECKS.iter().any(|check| part.starts_with(check)));
    // `PropertyCheck.Run(…)`: a type that is named after what it does. The object of a page, `ordersPage.cancel(7)`, waits for what
    // it brings about.
    let typed = one.owner.starts_with(char::is_uppercase) && checks(one.owner);
    let paged = one.owner.strip_suffix("Page").is_some_and(|of| !of.is_empty());
    let sounds = checks(word) || called && (typed || paged);
    let tests = word.starts_with(|c: char| c.is_lowercase()) && (!one.is_member || one.is_own());
    let tests = tests && parts(word).any(|part| matches!(part.as_str(), "test" | "tests"));
    let finds = ["getBy", "getAllBy", "findBy", "findAllBy"].iter().any(|find| word.starts_with(find));
    (sounds || tests || finds).then_some(Doubt::Elsewhere)
}

/// The words that a name is made of, in lower case: those of `checkAll_doors` are check, all and doors.
pub(super) fn parts(name: &str) -> impl Iterator<Item = String> {
    let hump = |at: usize| {
        let mut behind = name.get(at..).unwrap_or("").chars();
        let upper = behind.next().is_some_and(char::is_uppercase);
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        // The last capital of `HTTPCheck` begins a word.
        upper && (!before.is_some_and(char::is_uppercase) || behind.next().is_some_and(char::is_lowercase))
    };
    let starts = name.char_indices().map(|(at, _)| at).filter(move |at| *at > 0 && hump(*at));
    let mut from = 0;
    let pieces =
        starts.chain(std::iter::once(name.len())).map(move |to| name.get(std::mem::replace(&mut from, to)..to).unwrap_or(""));
    pieces.flat_map(|piece| piece.split('_')).filter(|part| !part.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_are_taken_apart() {
        let of = |name| parts(name).collect::<Vec<_>>();
        assert_eq!(of("checkAll_doors"), ["check", "all", "doors"]);
        assert_eq!(of("__EXPECT_EQ"), ["expect", "eq"]);
        assert_eq!(of("HTTPCheck"), ["http", "check"]);
        assert!(of("").is_empty());
    }
}
