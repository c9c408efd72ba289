//! The table of languages: one row says how comments, strings, tests and annotations look.

use super::Language;
use super::mask::{Quirk, Quote, Syntax};
use crate::model::test_case::{Kind, State};

/// One language.
pub(super) struct Row {
    /// Which.
    pub(super) language: Language,
    /// Extensions of its files, in lower case.
    pub(super) extensions: &'static [&'static str],
    /// Comments and strings.
    pub(super) syntax: Syntax,
    /// How blocks are built.
    pub(super) shape: Shape,
    /// Words with a meaning to a reader of tests.
    pub(super) words: &'static [(&'static str, Word)],
    /// What annotations, attributes and decorators mean, by their last name.
    pub(super) marks: &'static [(&'static str, Mark)],
}

/// How blocks are built and where declarations stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// By indentation (Python).
    Indented,
    /// By brackets.
    Braced {
        /// How annotations are written.
        attribute: Attribute,
        /// Functions are declared without a keyword: `void name() {`.
        bare: bool,
        /// Functions whose names begin so are tests.
        prefix: &'static str,
    },
    /// By `do` and `end` (Ruby).
    Worded,
    /// Line by line (Gherkin).
    Gherkin,
    /// Line by line (Robot Framework).
    Robot,
}

/// How annotations are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// The language has none that matter.
    None,
    /// `@Name(…)`.
    At,
    /// `#[name(…)]`.
    Hash,
    /// `[Name(…)]`.
    Square,
}

/// A word that begins something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The keyword of a function.
    Function,
    /// The keyword of a class or module.
    Class,
    /// Declares a value: what stood before is no longer about a function.
    Value,
    /// `it("sentence", …)`.
    Title(Kind, State),
    /// `t.Run("name", …)`: only after a dot.
    Run,
    /// `TEST(suite, name) {`.
    SuiteMacro,
    /// `TYPED_TEST(suite, name) {`: for several types or values.
    SuiteMacroMany,
    /// `BOOST_AUTO_TEST_CASE(name) {`.
    NameMacro,
    /// `TEST_CASE("name", "[tags]") {`.
    TitleMacro,
    /// `TEST_CASE_METHOD(Fixture, "name", "[tags]") {`.
    FixtureMacro,
    /// `BOOST_AUTO_TEST_SUITE(name)`.
    SuiteBegin,
    /// `BOOST_AUTO_TEST_SUITE_END()`.
    SuiteEnd,
    /// `beforeEach(…)`.
    Hook,
    /// Leaves the test that runs it: `t.Skip()`.
    Skip,
    /// `RUN_TEST(f)`: the function is a test.
    Register,
    /// `REQUIREMENT("ID")`.
    Marker,
}

/// What an annotation means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A test.
    Test,
    /// A test that runs once a row of data.
    Tests,
    /// A row of data, or a source of rows.
    Data,
    /// A fixture, set-up or tear-down.
    Fixture,
    /// Not run, or not as usual.
    State(State),
    /// Its strings are tags.
    Tag,
    /// Its strings are a key and a value.
    Pair,
    /// Its string is a title.
    Title,
    /// Its arguments decide: `cfg(…)`.
    Condition,
}

const fn quote(mark: &'static str, escape: bool, lines: bool) -> Quote {
    Quote { mark, escape, lines }
}

const DOUBLE: Quote = quote("\"", true, false);
const SINGLE: Quote = quote("'", true, false);
const TRIPLE: Quote = quote("\"\"\"", true, true);

const fn c_like(quotes: &'static [Quote], nested: bool, quirk: Quirk) -> Syntax {
    Syntax { line: &["//"], block: Some(("/*", "*/")), nested, quotes, quirk }
}

const fn hash_like(quotes: &'static [Quote], quirk: Quirk) -> Syntax {
    Syntax { line: &["#"], block: None, nested: false, quotes, quirk }
}

const fn braced(attribute: Attribute, bare: bool, prefix: &'static str) -> Shape {
    Shape::Braced { attribute, bare, prefix }
}

const CLASS: Word = Word::Class;
const TEST: Word = Word::Title(Kind::Test, State::Active);
const GROUP: Word = Word::Title(Kind::Class, State::Active);
const OFF: Word = Word::Title(Kind::Test, State::Ignored);
const GROUP_OFF: Word = Word::Title(Kind::Class, State::Ignored);
const IGNORED: Mark = Mark::State(State::Ignored);
const SKIPPED: Mark = Mark::State(State::Skipped);
const MAYBE: Mark = Mark::State(State::Conditional);
const FAILS: Mark = Mark::State(State::ExpectedFailure);

/// All languages, in the order of [`Language`].
pub(super) static ROWS: &[Row] = &[
    Row {
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
        ],
    },
    Row {
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
    },
    Row {
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
        ],
        marks: &[],
    },
    Row {
        language: Language::Java,
        extensions: &["java", "groovy"],
        syntax: c_like(&[TRIPLE, DOUBLE, SINGLE], false, Quirk::None),
        shape: braced(Attribute::At, true, ""),
        words: JVM_WORDS,
        marks: JVM,
    },
    Row {
        language: Language::Kotlin,
        extensions: &["kt", "kts", "scala"],
        syntax: c_like(&[quote("\"\"\"", false, true), DOUBLE, SINGLE, quote("`", false, false)], true, Quirk::None),
        shape: braced(Attribute::At, false, ""),
        words: &[
            ("fun", Word::Function),
            ("def", Word::Function),
            ("class", CLASS),
            ("object", CLASS),
            ("val", Word::Value),
            ("var", Word::Value),
        ],
        marks: JVM,
    },
    Row {
        language: Language::C,
        extensions: &["c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "c++", "ipp", "inl", "cu"],
        syntax: c_like(&[DOUBLE, SINGLE], false, Quirk::Cpp),
        shape: braced(Attribute::None, true, "test_"),
        words: C_WORDS,
        marks: &[],
    },
    Row {
        language: Language::Go,
        extensions: &["go"],
        syntax: c_like(&[DOUBLE, SINGLE, quote("`", false, true)], false, Quirk::None),
        shape: braced(Attribute::None, false, "Test"),
        words: &[
            ("func", Word::Function),
            ("Run", Word::Run),
            ("Skip", Word::Skip),
            ("Skipf", Word::Skip),
            ("SkipNow", Word::Skip),
        ],
        marks: &[],
    },
    Row {
        language: Language::CSharp,
        extensions: &["cs"],
        syntax: c_like(&[TRIPLE, DOUBLE, SINGLE], false, Quirk::CSharp),
        shape: braced(Attribute::Square, true, ""),
        words: &[("class", CLASS), ("struct", CLASS), ("record", CLASS)],
        marks: &[
            ("Fact", Mark::Test),
            ("SkippableFact", Mark::Test),
            ("Theory", Mark::Tests),
            ("SkippableTheory", Mark::Tests),
            ("Test", Mark::Test),
            ("TestMethod", Mark::Test),
            ("DataTestMethod", Mark::Tests),
            ("TestCase", Mark::Tests),
            ("TestCaseSource", Mark::Tests),
            ("RetryFact", Mark::Test),
            ("RetryTheory", Mark::Tests),
            ("InlineData", Mark::Data),
            ("MemberData", Mark::Data),
            ("DataRow", Mark::Data),
            ("Values", Mark::Data),
            ("SetUp", Mark::Fixture),
            ("TearDown", Mark::Fixture),
            ("OneTimeSetUp", Mark::Fixture),
            ("OneTimeTearDown", Mark::Fixture),
            ("TestInitialize", Mark::Fixture),
            ("TestCleanup", Mark::Fixture),
            ("ClassInitialize", Mark::Fixture),
            ("ClassCleanup", Mark::Fixture),
            ("Ignore", IGNORED),
            ("Explicit", IGNORED),
            ("Category", Mark::Tag),
            ("TestCategory", Mark::Tag),
            ("Trait", Mark::Pair),
            ("Property", Mark::Pair),
            ("TestProperty", Mark::Pair),
            ("Description", Mark::Title),
        ],
    },
    Row {
        language: Language::R,
        extensions: &["r"],
        syntax: hash_like(&[quote("\"", true, true), quote("'", true, true), quote("`", false, false)], Quirk::R),
        shape: braced(Attribute::None, false, ""),
        words: &[("test_that", TEST), ("it", TEST), ("describe", GROUP), ("skip", Word::Skip)],
        marks: &[],
    },
    Row {
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
    },
    Row {
        language: Language::Dart,
        extensions: &["dart"],
        syntax: c_like(&[TRIPLE, quote("'''", true, true), DOUBLE, SINGLE], true, Quirk::None),
        shape: braced(Attribute::None, false, ""),
        words: &[("test", TEST), ("testWidgets", TEST), ("group", GROUP), ("setUp", Word::Hook), ("tearDown", Word::Hook)],
        marks: &[],
    },
    Row {
        language: Language::Php,
        extensions: &["php"],
        syntax: Syntax { line: &["//", "#"], ..c_like(&[quote("\"", true, true), quote("'", true, true)], false, Quirk::Php) },
        shape: braced(Attribute::Hash, false, "test"),
        words: &[("function", Word::Function), ("class", CLASS), ("it", TEST), ("markTestSkipped", Word::Skip)],
        marks: &[
            ("Test", Mark::Test),
            ("DataProvider", Mark::Data),
            ("Before", Mark::Fixture),
            ("After", Mark::Fixture),
            ("Group", Mark::Tag),
        ],
    },
    Row {
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
    },
    Row {
        language: Language::Bats,
        extensions: &["bats"],
        syntax: hash_like(&[quote("\"", true, true), quote("'", false, true)], Quirk::Shell),
        shape: braced(Attribute::None, false, ""),
        words: &[("@test", TEST), ("skip", Word::Skip)],
        marks: &[],
    },
    Row {
        language: Language::Gherkin,
        extensions: &["feature"],
        syntax: hash_like(&[], Quirk::Shell),
        shape: Shape::Gherkin,
        words: &[],
        marks: &[],
    },
    Row {
        language: Language::Robot,
        extensions: &["robot"],
        syntax: hash_like(&[], Quirk::Shell),
        shape: Shape::Robot,
        words: &[],
        marks: &[],
    },
];

const JVM_WORDS: &[(&str, Word)] = &[("class", CLASS), ("interface", CLASS), ("enum", CLASS), ("record", CLASS)];

const JVM: &[(&str, Mark)] = &[
    ("Test", Mark::Test),
    ("ParameterizedTest", Mark::Tests),
    ("RepeatedTest", Mark::Tests),
    ("TestFactory", Mark::Tests),
    ("TestTemplate", Mark::Tests),
    ("Property", Mark::Tests),
    ("ArchTest", Mark::Test),
    ("CsvSource", Mark::Data),
    ("ValueSource", Mark::Data),
    ("MethodSource", Mark::Data),
    ("BeforeEach", Mark::Fixture),
    ("AfterEach", Mark::Fixture),
    ("BeforeAll", Mark::Fixture),
    ("AfterAll", Mark::Fixture),
    ("Before", Mark::Fixture),
    ("After", Mark::Fixture),
    ("BeforeClass", Mark::Fixture),
    ("AfterClass", Mark::Fixture),
    ("BeforeMethod", Mark::Fixture),
    ("AfterMethod", Mark::Fixture),
    ("BeforeTest", Mark::Fixture),
    ("AfterTest", Mark::Fixture),
    ("Disabled", IGNORED),
    ("Ignore", IGNORED),
    ("DisabledOnOs", MAYBE),
    ("EnabledOnOs", MAYBE),
    ("DisabledIf", MAYBE),
    ("EnabledIf", MAYBE),
    ("DisabledIfEnvironmentVariable", MAYBE),
    ("EnabledIfEnvironmentVariable", MAYBE),
    ("EnabledIfSystemProperty", MAYBE),
    ("Tag", Mark::Tag),
    ("Category", Mark::Tag),
    ("DisplayName", Mark::Title),
];

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
    ("cmocka_unit_test", Word::Register),
    ("cmocka_unit_test_setup_teardown", Word::Register),
    ("cmocka_unit_test_teardown", Word::Register),
    ("cmocka_unit_test_setup", Word::Register),
];

/// Calls that name a requirement, in any language.
pub(super) const MARKERS: &[&str] = &["REQUIREMENT", "REQUIREMENTS", "VERIFIES", "RecordProperty", "record_property"];

/// Functions that set up or tear down, by convention of their framework.
pub(super) const FIXTURES: &[&str] = &[
    "setUp",
    "tearDown",
    "SetUp",
    "TearDown",
    "setup",
    "teardown",
    "setUpClass",
    "tearDownClass",
    "SetUpTestSuite",
    "TearDownTestSuite",
    "setUpModule",
    "tearDownModule",
    "asyncSetUp",
    "asyncTearDown",
    "setup_method",
    "teardown_method",
    "setup_class",
    "teardown_class",
    "setup_module",
    "teardown_module",
    "setup_function",
    "teardown_function",
    "TestMain",
];
