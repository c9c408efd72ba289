//! The table of languages: one row says how comments, strings, tests and annotations look.

mod compiled;
mod managed;
mod script;
mod sentence;

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
    /// By words and `end` (Ruby, Julia).
    Worded,
    /// Line by line (Gherkin).
    Gherkin,
    /// Line by line (Robot Framework).
    Robot,
    /// The file is one test, or none.
    Whole,
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
    /// `})->skip()`: says more of the test whose call has just ended.
    Chained(Mark),
    /// `RUN_TEST(f)`: the function is a test.
    Register,
    /// `REQUIREMENT("ID")`.
    Marker,
    /// `covers!(pump_req_7)`: a call or a macro of identifiers.
    Claim,
    /// `allure.tms("ID")`, `annotations.push({ … })`: tells more of the test that runs.
    Told,
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
    /// Its strings tell what the test belongs to: links, stories.
    Told,
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
const TODO: Word = Word::Title(Kind::Test, State::Skipped);
const GROUP: Word = Word::Title(Kind::Class, State::Active);
const OFF: Word = Word::Title(Kind::Test, State::Ignored);
const GROUP_OFF: Word = Word::Title(Kind::Class, State::Ignored);
const IGNORED: Mark = Mark::State(State::Ignored);
const SKIPPED: Mark = Mark::State(State::Skipped);
const MAYBE: Mark = Mark::State(State::Conditional);
const FAILS: Mark = Mark::State(State::ExpectedFailure);

/// All languages, in the order of [`Language`].
pub(super) static ROWS: &[Row] = &[
    script::PYTHON,
    compiled::RUST,
    script::JAVASCRIPT,
    managed::JAVA,
    managed::KOTLIN,
    compiled::C,
    compiled::GO,
    managed::CSHARP,
    script::R,
    compiled::SWIFT,
    managed::DART,
    script::PHP,
    script::RUBY,
    script::BATS,
    sentence::GHERKIN,
    sentence::ROBOT,
    compiled::MOVE,
    script::JULIA,
    sentence::LIT,
];

/// Calls that name a requirement, in any language.
pub(super) const MARKERS: &[&str] =
    &["REQUIREMENT", "REQUIREMENTS", "VERIFIES", "RecordProperty", "record_property", "user_properties"];

/// Calls and macros that claim what they are given, where that is identifiers and nothing else: `covers!(pump_req_7)`.
pub(super) const CLAIMS: &[&str] =
    &["covers", "verifies", "validates", "satisfies", "requirement", "requirements", "req", "reqs", "traces"];

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
