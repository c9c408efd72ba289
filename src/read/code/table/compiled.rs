//! Languages that are compiled to machine code or to a chain.

use super::*;

pub(super) const RUST: Row = Row {
    language: Language::Rust,
    extensions: &["rs"],
    syntax: c_like(&[quote("\"", true, true), SINGLE], true, Quirk::Rust),
    shape: braced(Attribute::Hash, false, ""),
    words: &[("fn", Word::Function), ("mod", CLASS)],
    marks: &[
        ("test", Mark::Test),
        ("rstest", Mark::Test),
        ("case", Mark::Data),
        ("values", Mark::Data),
        ("test_case", Mark::Tests),
        ("test_matrix", Mark::Tests),
        ("test_log", Mark::Test),
        ("quickcheck", Mark::Test),
        ("proptest", Mark::Test),
        ("wasm_bindgen_test", Mark::Test),
        ("test_trait", Mark::Test),
        ("fixture", Mark::Fixture),
        ("ignore", IGNORED),
        ("cfg_attr", Mark::Condition),
        ("cfg", Mark::Condition),
    ],
};

pub(super) const C: Row = Row {
    language: Language::C,
    extensions: &["c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "c++", "ipp", "inl", "cu", "th"],
    syntax: c_like(&[DOUBLE, SINGLE], false, Quirk::Cpp),
    shape: braced(Attribute::None, true, "test_"),
    words: C_WORDS,
    marks: &[],
};

pub(super) const GO: Row = Row {
    language: Language::Go,
    extensions: &["go"],
    syntax: c_like(&[DOUBLE, SINGLE, quote("`", false, true)], false, Quirk::None),
    shape: braced(Attribute::None, false, "Test"),
    words: &[("func", Word::Function), ("Run", Word::Run), ("Skip", Word::Skip), ("Skipf", Word::Skip), ("SkipNow", Word::Skip)],
    marks: &[],
};

pub(super) const SWIFT: Row = Row {
    language: Language::Swift,
    extensions: &["swift"],
    syntax: c_like(&[TRIPLE, DOUBLE], true, Quirk::None),
    shape: braced(Attribute::At, false, "test"),
    words: &[
        ("func", Word::Function),
        ("class", CLASS),
        ("struct", CLASS),
        ("extension", CLASS),
        ("let", Word::Value),
        ("var", Word::Value),
        ("XCTSkip", Word::Skip),
    ],
    marks: &[("Test", Mark::Test)],
};

pub(super) const MOVE: Row = Row {
    language: Language::Move,
    extensions: &["move"],
    syntax: c_like(&[DOUBLE], true, Quirk::None),
    shape: braced(Attribute::Hash, false, ""),
    words: &[("fun", Word::Function), ("module", CLASS)],
    // An expected failure is what the test asserts, as `should_panic` is in Rust.
    marks: &[("test", Mark::Test), ("random_test", Mark::Test)],
};

const C_WORDS: &[(&str, Word)] = &[
    ("class", CLASS),
    ("struct", CLASS),
    ("TEST", Word::SuiteMacro),
    ("TEST_F", Word::SuiteMacro),
    ("TEST_P", Word::SuiteMacroMany),
    ("TYPED_TEST", Word::SuiteMacroMany),
    ("TYPED_TEST_P", Word::SuiteMacroMany),
    ("IGNORE_TEST", Word::SuiteMacro),
    ("BOOST_AUTO_TEST_CASE", Word::NameMacro),
    ("BOOST_FIXTURE_TEST_CASE", Word::NameMacro),
    ("BOOST_DATA_TEST_CASE", Word::NameMacro),
    ("BOOST_AUTO_TEST_CASE_TEMPLATE", Word::NameMacro),
    ("TEST_FUNCTION", Word::NameMacro),
    ("TEST_METHOD", Word::NameMacro),
    ("BOOST_AUTO_TEST_SUITE", Word::SuiteBegin),
    ("BOOST_FIXTURE_TEST_SUITE", Word::SuiteBegin),
    ("BOOST_AUTO_TEST_SUITE_END", Word::SuiteEnd),
    ("TEST_CASE", Word::TitleMacro),
    ("SCENARIO", Word::TitleMacro),
    ("SECTION", Word::TitleMacro),
    ("SUBCASE", Word::TitleMacro),
    ("TEMPLATE_TEST_CASE", Word::TitleMacro),
    ("TEST_CASE_TEMPLATE", Word::TitleMacro),
    ("TEST_CASE_METHOD", Word::FixtureMacro),
    ("TEST_CASE_FIXTURE", Word::FixtureMacro),
    ("GTEST_SKIP", Word::Skip),
    ("TEST_IGNORE", Word::Skip),
    ("TEST_IGNORE_MESSAGE", Word::Skip),
    ("SKIP", Word::Skip),
    ("RUN_TEST", Word::Register),
    ("UtTest_Add", Word::Register),
    ("UT_ADD_TEST", Word::Register),
    ("ADD_TEST", Word::Register),
    ("cmocka_unit_test", Word::Register),
    ("cmocka_unit_test_setup_teardown", Word::Register),
    ("cmocka_unit_test_teardown", Word::Register),
    ("cmocka_unit_test_setup", Word::Register),
];
