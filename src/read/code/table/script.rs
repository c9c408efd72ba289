//! Languages of scripts, and shells.

use super::*;

pub(super) const PYTHON: Row = Row {
    language: Language::Python,
    extensions: &["py"],
    syntax: hash_like(&[TRIPLE, quote("'''", true, true), DOUBLE, SINGLE], Quirk::None),
    shape: Shape::Indented,
    words: &[],
    marks: &[
        ("fixture", Mark::Fixture),
        ("skip", SKIPPED),
        ("skipif", MAYBE),
        ("skipIf", MAYBE),
        ("skipUnless", MAYBE),
        ("xfail", FAILS),
        ("expectedFailure", FAILS),
        ("parametrize", Mark::Tests),
        ("expand", Mark::Tests),
        ("data", Mark::Data),
        ("tag", Mark::Tag),
        ("link", Mark::Told),
        ("testcase", Mark::Told),
        ("epic", Mark::Told),
        ("feature", Mark::Told),
        ("story", Mark::Told),
        ("TestScenario", Mark::Test),
        ("TestCase", Mark::Test),
        ("TestCheck", Mark::Test),
        ("Name", Mark::Title),
    ],
};

pub(super) const JAVASCRIPT: Row = Row {
    language: Language::JavaScript,
    extensions: &["js", "ts", "jsx", "tsx", "mjs", "cjs", "mts", "cts"],
    syntax: c_like(&[DOUBLE, SINGLE, quote("`", true, true)], false, Quirk::JavaScript),
    shape: braced(Attribute::None, false, ""),
    words: &[
        ("function", Word::Function),
        ("describe", GROUP),
        ("suite", GROUP),
        ("context", GROUP),
        ("fdescribe", GROUP),
        ("xdescribe", GROUP_OFF),
        ("it", TEST),
        ("test", TEST),
        ("fit", TEST),
        ("specify", TEST),
        ("xit", OFF),
        ("xtest", OFF),
        ("beforeEach", Word::Hook),
        ("afterEach", Word::Hook),
        ("beforeAll", Word::Hook),
        ("afterAll", Word::Hook),
        ("allure", Word::Told),
        ("annotations", Word::Told),
    ],
    marks: &[],
};

pub(super) const R: Row = Row {
    language: Language::R,
    extensions: &["r"],
    syntax: hash_like(&[quote("\"", true, true), quote("'", true, true), quote("`", false, false)], Quirk::R),
    shape: braced(Attribute::None, false, ""),
    words: &[("test_that", TEST), ("it", TEST), ("describe", GROUP), ("skip", Word::Skip)],
    marks: &[],
};

pub(super) const PHP: Row = Row {
    language: Language::Php,
    extensions: &["php"],
    syntax: Syntax { line: &["//", "#"], ..c_like(&[quote("\"", true, true), quote("'", true, true)], false, Quirk::Php) },
    shape: braced(Attribute::Hash, false, "test"),
    words: &[
        ("function", Word::Function),
        ("class", CLASS),
        ("it", TEST),
        ("test", TEST),
        ("todo", TODO),
        ("arch", TEST),
        ("describe", GROUP),
        ("beforeEach", Word::Hook),
        ("afterEach", Word::Hook),
        ("beforeAll", Word::Hook),
        ("afterAll", Word::Hook),
        ("skip", Word::Chained(Mark::State(State::Skipped))),
        ("skipOnWindows", Word::Chained(MAYBE)),
        ("skipOnMac", Word::Chained(MAYBE)),
        ("skipOnLinux", Word::Chained(MAYBE)),
        ("skipOnCi", Word::Chained(MAYBE)),
        ("skipOnPhp", Word::Chained(MAYBE)),
        ("onlyOnWindows", Word::Chained(MAYBE)),
        ("onlyOnMac", Word::Chained(MAYBE)),
        ("onlyOnLinux", Word::Chained(MAYBE)),
        ("fails", Word::Chained(FAILS)),
        ("with", Word::Chained(Mark::Data)),
        ("group", Word::Chained(Mark::Tag)),
        ("markTestSkipped", Word::Skip),
    ],
    marks: &[
        ("Test", Mark::Test),
        ("DataProvider", Mark::Data),
        ("Before", Mark::Fixture),
        ("After", Mark::Fixture),
        ("Group", Mark::Tag),
    ],
};

pub(super) const RUBY: Row = Row {
    language: Language::Ruby,
    extensions: &["rb"],
    syntax: hash_like(&[quote("\"", true, true), quote("'", true, true)], Quirk::Shell),
    shape: Shape::Worded,
    words: &[
        ("describe", GROUP),
        ("context", GROUP),
        ("feature", GROUP),
        ("it", TEST),
        ("specify", TEST),
        ("scenario", TEST),
        ("test", TEST),
        ("xit", OFF),
        ("xdescribe", GROUP_OFF),
    ],
    marks: &[],
};

pub(super) const BATS: Row = Row {
    language: Language::Bats,
    extensions: &["bats", "sh", "bash"],
    syntax: hash_like(&[quote("\"", true, true), quote("'", false, true)], Quirk::Shell),
    shape: braced(Attribute::None, true, "test"),
    words: &[("@test", TEST), ("skip", Word::Skip)],
    marks: &[],
};

pub(super) const JULIA: Row = Row {
    language: Language::Julia,
    extensions: &["jl"],
    syntax: Syntax { block: Some(("#=", "=#")), nested: true, ..hash_like(&[TRIPLE, DOUBLE], Quirk::None) },
    shape: Shape::Worded,
    words: &[],
    marks: &[],
};
