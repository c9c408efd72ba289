//! What the file of a test says of the names that the test uses: helpers, imports from other test code, other declarations.

use super::super::Language;
use super::super::mask::{Masked, is_word};
use crate::model::test_case::{Kind, TestCase};
use rustc_hash::{FxHashMap, FxHashSet};

/// Parts of the names of modules that help tests.
const SUPPORT: &[&str] = &[
    "test", "helper", "util", "support", "fixture", "harness", "common", "mock", "spec", "shared", "tool", "assert", "check",
    "expect",
];

/// The names that a file knows.
pub(in super::super) struct Names<'m> {
    /// Helpers and tests by name; helpers of a class by the name of the class too.
    items: FxHashMap<&'m str, Vec<u32>>,
    /// What is imported from other test code.
    support: FxHashSet<&'m str>,
}

impl<'m> Names<'m> {
    pub(in super::super) fn new(language: Language, text: &'m str, tests: &'m [TestCase]) -> Self {
        let mut items: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (at, test) in (0u32..).zip(tests).filter(|(_, test)| test.kind != Kind::Class) {
            items.entry(test.name.as_str()).or_default().push(at);
            if let Some(class) = test.scope.last().filter(|_| test.kind != Kind::Test) {
                items.entry(class.as_str()).or_default().push(at);
            }
        }
        Self { items, support: support(language, text) }
    }

    /// The helpers and tests of the file that a word may mean.
    pub(in super::super) fn items(&self, word: &str) -> &[u32] {
        self.items.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a name comes from a module that helps tests.
    pub(super) fn is_support(&self, word: &str) -> bool {
        self.support.contains(word)
    }
}

/// The names that are imported from modules which help tests, by their own names.
fn support(language: Language, text: &str) -> FxHashSet<&str> {
    let mut found = FxHashSet::default();
    let begins: &[&str] = match language {
        Language::Python => &["from ", "import "],
        Language::JavaScript => &["import ", "const ", "let ", "var "],
        _ => return found,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let statement = statement(text, at, language);
        at += line.len();
        let line = line.trim_start();
        if begins.iter().any(|begin| line.starts_with(begin))
            && let Some((names, module)) = imported(language, statement)
            && helps(language, module)
        {
            found.extend(names.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|name| !name.is_empty()));
        }
    }
    found
}

/// The statement that begins at an offset: to the bracket that closes, if one opens on the line.
fn statement(text: &str, at: usize, language: Language) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let close = match (language, line.contains('('), line.contains('{')) {
        (Language::Python, true, _) => ')',
        (Language::JavaScript, _, true) => '}',
        _ => return line,
    };
    let end = rest.find(close).map_or(line.len(), |end| end + rest.get(end..).and_then(|rest| rest.find('\n')).unwrap_or(0));
    rest.get(..end.max(line.len())).unwrap_or(line)
}

/// The names that a statement imports, and the module.
fn imported(language: Language, statement: &str) -> Option<(&str, &str)> {
    match language {
        Language::Python => match statement.trim_start().strip_prefix("from ") {
            Some(rest) => rest.split_once(" import ").map(|(module, names)| (names, module)),
            None => statement.trim_start().strip_prefix("import ").map(|names| (names, names)),
        },
        _ => {
            let (names, module) = statement.split_once(" from ").or_else(|| statement.split_once("require("))?;
            Some((names, module.split(['\'', '"']).nth(1)?))
        }
    }
}

/// Whether a module helps tests; the frameworks themselves are known.
fn helps(language: Language, module: &str) -> bool {
    let lower = module.to_ascii_lowercase();
    let known = ["unittest", "pytest", "vitest", "@testing-library", "jest"];
    let relative = language == Language::Python && module.trim_start().starts_with('.');
    let own = SUPPORT.iter().any(|part| lower.contains(part)) && !known.iter().any(|name| lower.trim().starts_with(name));
    relative || own
}

/// Whether a file declares a name outside of a body: a function that is no item, a macro, a value that is called.
pub(super) fn is_declared(masked: &Masked<'_>, word: &str, body: (usize, usize)) -> bool {
    const DECLARES: &[&[u8]] =
        &[b"def", b"function", b"func", b"fun", b"const", b"let", b"var", b"val", b"auto", b"define", b"class"];
    memchr::memmem::find_iter(masked.text.as_bytes(), word).any(|at| {
        let outside = at < body.0 || at >= body.1;
        let bytes = masked.text.as_bytes();
        let (before, behind) = (bytes.get(..at).unwrap_or_default(), bytes.get(at + word.len()..).unwrap_or_default());
        let whole = !before.last().is_some_and(|byte| is_word(*byte)) && !behind.first().is_some_and(|byte| is_word(*byte));
        if !outside || !whole {
            return false;
        }
        let before = before.trim_ascii_end();
        let declares = DECLARES.iter().any(|word| before.ends_with(word));
        let behind = behind.trim_ascii_start();
        declares || behind.first() == Some(&b'=') && !matches!(behind.get(1), Some(b'=' | b'>')) || behind.starts_with(b":=")
    })
}
