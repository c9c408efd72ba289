//! The bodies of tests in languages of words, and the helpers that they call.

use super::super::Language;
use super::super::mask::{Masked, is_word};
use super::meaning::{self, Use};
use super::near::{Names, is_declared};
use super::{dead, vacuous};
use crate::model::oracle::{Doubt, Oracle};
use crate::model::test_case::{Kind, State, TestCase};
use crate::source::Span;
use std::collections::BTreeSet;

/// Marks of tests that pass only where something fails.
const EXPECTED: &[&str] = &["should_panic", "expected", "expectedExceptions", "ExpectedException", "expect", "raises"];

/// Decorators that compare what a test makes, by the parts of their names.
const COMPARES: &[&str] = &["compar", "check_", "golden", "snapshot", "regression"];

/// Words before a parenthesis that call nothing.
const KEYWORDS: &[&str] = &[
    "if",
    "for",
    "while",
    "switch",
    "catch",
    "return",
    "synchronized",
    "super",
    "this",
    "lock",
    "using",
    "nameof",
    "typeof",
    "sizeof",
    "foreach",
    "when",
    "await",
    "fixed",
    "default",
    "checked",
    "unchecked",
    "try",
    "else",
    "do",
    "and",
    "or",
    "not",
    "in",
    "is",
    "lambda",
    "fun",
    "function",
    "defined",
    "alignof",
    "decltype",
    "static_cast",
    "func",
    "async",
    "new",
    "throws",
];

/// Fixtures of pytest and its plugins whose methods assert nothing.
const FIXTURES: &[&str] = &[
    "self",
    "monkeypatch",
    "tmp_path",
    "tmpdir",
    "tmp_path_factory",
    "capsys",
    "capfd",
    "caplog",
    "request",
    "mocker",
    "qtbot",
    "client",
];

/// Functions of Kotlin and its libraries that assert nothing.
const KOTLIN: &[&str] = &[
    "listOf",
    "mutableListOf",
    "setOf",
    "mapOf",
    "mutableMapOf",
    "mutableSetOf",
    "arrayOf",
    "emptyList",
    "println",
    "print",
    "runBlocking",
    "runTest",
    "repeat",
    "lazy",
    "mockk",
    "mock",
    "every",
    "coEvery",
    "delay",
    "launch",
    "async",
    "let",
    "apply",
    "also",
    "run",
    "with",
    "pair",
    "buildString",
];

/// Macros of Rust that assert nothing.
const RUST: &[&str] = &[
    "println",
    "print",
    "eprintln",
    "eprint",
    "format",
    "vec",
    "write",
    "writeln",
    "dbg",
    "matches",
    "info",
    "debug",
    "warn",
    "error",
    "trace",
    "json",
    "include_str",
    "include_bytes",
    "env",
    "concat",
    "line",
    "file",
    "stringify",
    "todo",
    "cfg",
    "select",
    "join",
    "pin",
    "thread_local",
    "hashmap",
    "smallvec",
    "log",
];

/// Parts of the names of macros in C that assert nothing.
const LOGS: &[&str] =
    &["LOG", "PRINT", "INFO", "TRACE", "DEBUG", "CAPTURE", "SECTION", "SUBCASE", "UNUSED", "ARRAY", "SIZE", "MIN", "MAX"];

/// Words of Catch2 and others that give a part of a test a title.
const TITLES: &[&str] = &["GIVEN", "WHEN", "THEN", "AND_WHEN", "AND_THEN", "AND_GIVEN"];

/// Whether the name of a test says that nothing goes wrong: something is allowed, or does not fail.
fn permits(name: &str) -> bool {
    const ALLOWED: &[&str] = &[
        "allowed",
        "allows",
        "permitted",
        "permits",
        "accepts",
        "accepted",
        "tolerates",
        "tolerated",
        "survives",
        "idempotent",
        "noop",
        "harmless",
        "may",
    ];
    const FAILS: &[&str] = &[
        "crash", "crashes", "raise", "raises", "throw", "throws", "panic", "panics", "fail", "fails", "error", "collide",
        "deadlock", "hang",
    ];
    let words: Vec<String> = meaning::parts(name).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    (0..words.len()).any(|at| {
        let denies = matches!(word(at), "not" | "no" | "never" | "without" | "doesnt" | "dont" | "cannot");
        ALLOWED.contains(&word(at)) && !(1..=2).any(|back| at >= back && matches!(word(at - back), "not" | "never" | "no"))
            || denies && (1..=2).any(|on| FAILS.contains(&word(at + on)))
            || word(at) == "no" && word(at + 1) == "op"
    })
}

/// Whether a word is the type of what tests something else: its methods may assert.
fn is_tester(word: &str) -> bool {
    let type_of = |suffix: &&str| word.strip_suffix(*suffix).is_some_and(|rest| !rest.ends_with(|c: char| c.is_uppercase()));
    ["Tester", "Harness", "Checker", "Verifier"].iter().any(type_of)
}

/// A file with the tests that are asked for.
pub(super) struct File<'m> {
    language: Language,
    masked: &'m Masked<'m>,
    tests: &'m [TestCase],
    names: Names<'m>,
    signs: dead::Signs,
}

/// What reading one body came to.
#[derive(Default)]
struct Reading {
    asserts: bool,
    /// The first assertion that holds whatever happens.
    vacuous: Option<Span>,
    /// The first one that is never reached.
    unreached: Option<Span>,
    doubt: Option<Doubt>,
    calls: Vec<u32>,
}

impl<'m> File<'m> {
    pub(super) fn new(language: Language, masked: &'m Masked<'m>, tests: &'m [TestCase]) -> Self {
        Self {
            language,
            masked,
            tests,
            names: Names::new(language, masked.text, tests),
            signs: dead::Signs::of(language, masked),
        }
    }

    /// What is known of the oracle of a test.
    pub(super) fn oracle(&self, at: u32) -> Oracle {
        let Some(test) = self.tests.get(at as usize) else { return Oracle::Unclear(Doubt::Body) };
        if test.asserts || test.state == State::ExpectedFailure {
            return Oracle::Asserts;
        }
        let mut doubt = match self.header(test) {
            Oracle::Asserts => return Oracle::Asserts,
            Oracle::Unclear(why) => Some(why),
            Oracle::Vacuous(_) | Oracle::Unreached(_) | Oracle::Nothing => None,
        };
        let (mut vacuous, mut unreached) = (None, None);
        if !self.is_whole(test) {
            doubt = Some(Doubt::Body);
        }
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        let mut next = vec![at];
        next.extend(self.around(test));
        while let Some(item) = next.pop() {
            let Some(case) = self.tests.get(item as usize).filter(|_| seen.insert(item)) else { continue };
            let reading = self.body(case, item == at);
            if case.asserts || reading.asserts {
                return Oracle::Asserts;
            }
            doubt = doubt.min(reading.doubt).or(doubt).or(reading.doubt);
            vacuous = vacuous.or(reading.vacuous);
            unreached = unreached.or(reading.unreached);
            next.extend(reading.calls);
        }
        // "is allowed", "does not crash": that it comes to its end is what such a test looks at.
        let doubt =
            doubt.or_else(|| ((vacuous.or(unreached).is_none()) && permits(test.name.as_str())).then_some(Doubt::Unwraps));
        let without = vacuous.map(Oracle::Vacuous).or(unreached.map(Oracle::Unreached)).unwrap_or(Oracle::Nothing);
        doubt.map_or(without, Oracle::Unclear)
    }

    /// Set-up and tear-down that run for a test without being named.
    fn around(&self, test: &TestCase) -> impl Iterator<Item = u32> {
        let runs = |fixture: &TestCase| {
            let body = self.masked.text.get(fixture.body.range()).unwrap_or("");
            self.language != Language::Python || body.contains("autouse") || !body.trim_start().starts_with('@')
        };
        let around = |fixture: &TestCase| fixture.scope.iter().zip(&test.scope).all(|(a, b)| a == b);
        let fixtures = (0u32..).zip(self.tests).filter(|(_, one)| one.kind == Kind::Fixture);
        let found: Vec<u32> = fixtures.filter(|(_, one)| around(one) && runs(one)).map(|(at, _)| at).collect();
        found.into_iter()
    }

    /// What stands above a test: attributes, annotations and decorators.
    fn header(&self, test: &TestCase) -> Oracle {
        let mut found = Oracle::Nothing;
        for one in self.words(test.body.start as usize, test.span.start as usize) {
            let marked = !matches!(self.language, Language::JavaScript | Language::C | Language::Go);
            if marked && EXPECTED.contains(&one.word) {
                return Oracle::Asserts;
            }
            let lower = one.word.to_ascii_lowercase();
            // What a scenario of pytest-bdd asserts stands in its steps.
            let told = self.language == Language::Python && matches!(one.word, "scenario" | "scenarios");
            if told || marked && COMPARES.iter().any(|part| lower.contains(part)) {
                found = Oracle::Unclear(Doubt::Elsewhere);
            }
        }
        // `fn opens() -> Result<…>`: what it returns decides.
        let head = self.code(test.span.end() as usize, test.body.end() as usize);
        let head = head.split(|byte| *byte == b'{').next().unwrap_or_default();
        if self.language == Language::Rust && head.windows(2).any(|two| two == b"->") {
            return Oracle::Unclear(Doubt::Unwraps);
        }
        // What must not compile is told by the compiler.
        let compiled =
            matches!(self.language, Language::C | Language::Rust) && test.name.to_ascii_lowercase().contains("compile");
        if compiled { Oracle::Unclear(Doubt::Own) } else { found }
    }

    /// Whether the body of a test was recognised as a whole.
    fn is_whole(&self, test: &TestCase) -> bool {
        let code = self.code(test.span.end() as usize, test.body.end() as usize);
        if self.language == Language::Python {
            return code.contains(&b':');
        }
        let depth = |open: u8, close: u8| {
            let count = |byte: u8| code.iter().filter(|one| **one == byte).count();
            (count(open), count(close))
        };
        let (opened, closed) = depth(b'{', b'}');
        let expression = code.windows(2).any(|two| two == b"=>") || self.language == Language::Kotlin && code.contains(&b'=');
        // Alternatives of a preprocessor may open a brace twice.
        (opened > 0 || expression) && opened == closed
    }

    fn code(&self, from: usize, to: usize) -> &[u8] {
        self.masked.code.get(from..to).unwrap_or_default()
    }

    /// The words between two offsets.
    fn words(&self, from: usize, to: usize) -> impl Iterator<Item = Use<'m>> {
        let mut at = from;
        std::iter::from_fn(move || {
            let code = self.masked.code.get(at..to)?;
            let start = at + code.iter().position(|byte| is_word(*byte))?;
            let end = self.masked.word_end(start).min(to);
            at = end;
            Some(Use::new(self.masked, start, end))
        })
    }

    /// Reads one body, up to an assertion that is sure.
    fn body(&self, case: &TestCase, is_test: bool) -> Reading {
        let (from, to) = (case.span.end() as usize, case.body.end() as usize);
        let mut reading = Reading { doubt: self.told(from, to), ..Reading::default() };
        let mut read = from;
        let dead = dead::regions(self.language, self.masked, &self.signs, (from, to));
        let mirrors = || !vacuous::is_of_equality(case);
        for one in self.words(from, to) {
            if one.at < read {
                continue;
            }
            if dead::holds(&dead, one.at) {
                let sure = reading.unreached.is_none() && meaning::is_sure(self.language, &one);
                reading.unreached = reading.unreached.or(sure.then(|| Span::new(one.at, one.end)));
                continue;
            }
            let items = self.names.items(one.word);
            let here = one.word != case.name.as_str() && !items.is_empty();
            let sure = meaning::is_sure(self.language, &one);
            if sure && vacuous::is_half(self.language, self.masked, &one) {
                continue;
            }
            if here {
                reading.calls.extend(items);
            } else if sure || vacuous::passes(self.language, &one) {
                let held = vacuous::held(self.language, self.masked, &one, &mirrors);
                reading.asserts = sure && held.is_none();
                if reading.asserts {
                    break;
                }
                read = held.map_or(read, |held| held.end() as usize);
                reading.vacuous = reading.vacuous.or(held);
            } else if reading.doubt.is_none() {
                let doubt = meaning::doubt(self.language, &one).or_else(|| self.elsewhere(&one, case));
                reading.doubt = doubt.or_else(|| self.returned(&one).filter(|_| is_test));
            }
        }
        if is_test && reading.doubt.is_none() {
            reading.doubt = self.parameters(case);
        }
        reading
    }

    /// What strings and signs say: a test that prints its verdict, an error that ends a test of Rust.
    fn told(&self, from: usize, to: usize) -> Option<Doubt> {
        let text = self.masked.text.get(from..to).unwrap_or("");
        if ["PASS", "FAIL", "✓", "✗", "✅", "❌", "Output:"].iter().any(|word| text.contains(word)) {
            return Some(Doubt::Own);
        }
        (self.language == Language::Rust && self.code(from, to).contains(&b'?')).then_some(Doubt::Unwraps)
    }

    /// A value that a test returns may be its verdict.
    fn returned(&self, one: &Use<'_>) -> Option<Doubt> {
        let value = !matches!(one.after, b';' | b'\n' | b'\r' | 0 | b'}');
        let rest = self.masked.text.get(one.end..).unwrap_or("").trim_start();
        // A stub of C ends with `return true;`, and can't fail before.
        let stub = self.language == Language::C && ["true;", "TRUE;"].iter().any(|word| rest.starts_with(word));
        let nothing = stub || ["None", "0;", "EXIT_SUCCESS", "0\n"].iter().any(|word| rest.starts_with(word));
        let decides = matches!(self.language, Language::Python | Language::C);
        (decides && one.word == "return" && value && !nothing).then_some(Doubt::Own)
    }

    /// What may assert and stands in another file.
    fn elsewhere(&self, one: &Use<'_>, case: &TestCase) -> Option<Doubt> {
        let called = one.is_called() && !KEYWORDS.contains(&one.word);
        let own = called && one.is_own();
        let free = called && !one.is_member;
        let body = (case.body.start as usize, case.body.end() as usize);
        let found = match self.language {
            Language::Python => {
                let harmless =
                    matches!(one.word, "subTest" | "skipTest" | "addCleanup" | "id" | "setUp" | "tearDown" | "__init__");
                own && !harmless || self.names.is_support(one.word) || free && is_declared(self.masked, one.word, body)
            }
            Language::JavaScript => {
                let page = one.word == "cy" && one.after == b'.';
                own || page || self.names.is_support(one.word) || free && is_declared(self.masked, one.word, body)
            }
            Language::Java | Language::CSharp => {
                let made = self.before_word(one.at) == "new" || one.before == b'@';
                (own || free) && !made || is_tester(one.word)
            }
            Language::Kotlin => {
                let function = one.word.starts_with(|c: char| c.is_lowercase()) && !KOTLIN.contains(&one.word);
                (own || free) && function && one.before != b'@' || is_tester(one.word)
            }
            Language::Rust => {
                let module = one.after == b':'
                    && ["util", "common", "helper", "support", "test"].iter().any(|part| one.word.contains(part));
                module
                    || one.after == b'!'
                        && !self.masked.code.get(one.end..).is_some_and(|code| code.starts_with(b"!="))
                        && !RUST.contains(&one.word)
            }
            Language::Go => {
                let handed =
                    matches!(one.word, "t" | "tb" | "b") && matches!(one.before, b'(' | b',') && matches!(one.after, b')' | b',');
                let suite = called && matches!(one.owner, "s" | "suite" | "ts" | "ginkgo" | "g");
                handed && !self.is_handed_within(one.at) || suite || free && is_declared(self.masked, one.word, body)
            }
            Language::C => {
                let upper = one.word.len() > 2 && !one.word.bytes().any(|byte| byte.is_ascii_lowercase());
                let harmless = LOGS.iter().any(|part| one.word.contains(part)) || TITLES.contains(&one.word);
                let inherited = free && !upper && self.is_of_foreign_fixture(case);
                let helped = free && !upper && self.has_message(one);
                let asserts = called && upper && !harmless || inherited || helped || is_tester(one.word);
                asserts || free && is_declared(self.masked, one.word, body)
            }
            _ => false,
        };
        found.then_some(Doubt::Elsewhere)
    }

    /// Whether a call of C is handed a string and does not print it: what fails has a message.
    fn has_message(&self, one: &Use<'_>) -> bool {
        let lower = one.word.to_ascii_lowercase();
        let prints = ["print", "puts", "log"].iter().any(|part| lower.contains(part));
        let open = self.masked.skip_space(one.end);
        let end = self.masked.close(open).filter(|_| !prints && !meaning::is_marker(one.word)).unwrap_or(open);
        self.code(open, end).contains(&b'"')
    }

    /// Whether what a test of Go is handed to stands in the same file.
    fn is_handed_within(&self, at: usize) -> bool {
        let code = self.code(0, at).trim_ascii_end();
        let Some(code) = code.strip_suffix(b"(") else { return false };
        let start = code.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
        let name = self.masked.text.get(start..code.len()).unwrap_or("");
        !self.names.items(name).is_empty() || name == "func"
    }

    /// The word before an offset.
    fn before_word(&self, at: usize) -> &str {
        let code = self.code(0, at).trim_ascii_end();
        let start = code.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
        self.masked.text.get(start..code.len()).unwrap_or("")
    }

    /// Whether a test of googletest and its kin has a fixture that stands in another file.
    fn is_of_foreign_fixture(&self, case: &TestCase) -> bool {
        let head = self.masked.text.get(case.body.start as usize..case.span.start as usize).unwrap_or("");
        let fixture =
            ["TEST_F", "TEST_P", "TYPED_TEST", "FIXTURE", "METHOD", "TEST_GROUP"].iter().any(|word| head.contains(word));
        fixture && case.scope.last().is_none_or(|class| self.names.items(class).is_empty())
    }

    /// A fixture of pytest that is no helper of the file and that the test calls, itself or a method of it, or whose name
    /// sounds like a check.
    fn parameters(&self, case: &TestCase) -> Option<Doubt> {
        if self.language != Language::Python {
            return None;
        }
        let head = case.span.end() as usize;
        let end = self.masked.close(head)?;
        let body: Vec<Use<'_>> = self.words(end, case.body.end() as usize).collect();
        let called = |name: &str| {
            body.iter().any(|one| {
                let own = FIXTURES.contains(&name);
                let method = one.owner == name && !own;
                // What is reached through a part of it, `api.orders.get(1)`, is not known either.
                let parts = one.word == name && !one.is_member && one.after == b'.' && !own;
                one.after == b'(' && (one.word == name && !one.is_member || method) || parts
            })
        };
        let sounds = |one: Use<'_>| meaning::doubt(self.language, &Use { after: b'(', ..one }).is_some();
        let mut all =
            self.words(head, end).filter(|one| self.names.items(one.word).is_empty() && matches!(one.before, b'(' | b','));
        all.any(|one| called(one.word) || sounds(one)).then_some(Doubt::Elsewhere)
    }
}
