//! Test sources: test cases, fixtures, classes and markers, by a table of languages.
//!
//! A file is read in three steps: comments and strings are masked, the code
//! that is left is searched for tests, and comments, titles and annotations are
//! searched for markers, which are attached to what they stand on.

mod annotation;
mod attach;
mod beside;
mod braced;
mod calls;
mod claim;
mod details;
mod essence;
mod extent;
mod gherkin_words;
mod items;
mod julia;
mod lines;
mod mask;
mod mocks;
mod negative;
mod oracle;
mod outline;
mod printed;
mod program;
mod python;
mod register;
mod remarks;
mod table;
mod taken;
mod title;
mod used;
mod words;
pub mod work;

pub use beside::Beside;
pub use essence::essence;
pub use mocks::{imports, may_replace, replaced};
pub use negative::looks_at_success_alone;
pub use oracle::oracles;
pub use outline::outline;
pub use remarks::remarks;
pub use taken::{Taken, What, taken};
pub use used::{Manner, Used};

use crate::model::Facts;
use crate::source::Text;
use items::Items;
use mask::Masked;
use table::{ROWS, Row, Shape};

/// A language whose tests can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python: pytest and unittest.
    Python,
    /// Rust.
    Rust,
    /// JavaScript and TypeScript: every runner with `describe` and `it`.
    JavaScript,
    /// Java: JUnit and TestNG.
    Java,
    /// Kotlin and Scala with JUnit.
    Kotlin,
    /// C and C++: googletest, Catch2, doctest, Boost.Test, Unity, CppUTest, cmocka.
    C,
    /// Go.
    Go,
    /// C#: xUnit, NUnit, MSTest.
    CSharp,
    /// R: testthat.
    R,
    /// Swift: XCTest and Swift Testing.
    Swift,
    /// Dart.
    Dart,
    /// PHP: PHPUnit and Pest.
    Php,
    /// Ruby: RSpec.
    Ruby,
    /// Shell: bats, functions of shunit2, scripts that are one test.
    Bats,
    /// Gherkin.
    Gherkin,
    /// Robot Framework.
    Robot,
    /// Move: contracts of Sui and Aptos.
    Move,
    /// Julia: sets of the `Test` package.
    Julia,
    /// Files that are one test to lit, the runner of LLVM, and no source of another language.
    Lit,
}

impl Language {
    fn row(self) -> &'static Row {
        // Rows stand in the order of the languages; a test holds them to it.
        &ROWS[(self as usize).min(ROWS.len() - 1)]
    }
}

/// The language of a file by its extension, if its tests can be read.
pub fn language(path: &str) -> Option<Language> {
    let name = path.rsplit(['/', '\\']).next()?;
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    ROWS.iter().find(|row| row.extensions.contains(&extension.as_str())).map(|row| row.language)
}

/// Whether the first bytes of a file hold a command of lit.
pub fn holds_command(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"RUN:").is_some()
}

/// Whether a path looks like that of a test source: `tests/…`, `test_x.py`, `x.spec.ts`, `XTest.java`.
pub fn looks_like_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let folder = |part: &str| {
        let part = part.to_ascii_lowercase();
        matches!(part.as_str(), "test" | "tests" | "__tests__" | "spec" | "testing" | "e2e" | "testthat" | "androidtest")
            || part.ends_with(".tests")
            || part.ends_with("-tests")
            || part.ends_with("_tests")
            || part.ends_with("unittests")
    };
    let stem = stem(name);
    let lower = stem.to_ascii_lowercase();
    // A device that tests itself when it starts does so in its own code.
    let of_device = ["selftest", "self_test", "self-test"].iter().any(|end| lower.ends_with(end)) && !lower.starts_with("test");
    if of_device {
        return folders.split(['/', '\\']).any(folder);
    }
    lower == "conftest"
        || ["test_", "test-", "test."].iter().any(|prefix| lower.starts_with(prefix))
        || ["_test", "_tests", ".test", ".spec", "_spec", "-test", ".tests", ".cy"].iter().any(|end| lower.ends_with(end))
        || ["Test", "Tests", "Spec", "IT", "TestCase"].iter().any(|end| stem.ends_with(end))
        || matches!(lower.as_str(), "test" | "tests")
        || name.ends_with(".feature")
        || name.ends_with(".robot")
        || name.ends_with(".bats")
        || folders.split(['/', '\\']).any(folder)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reads the tests and markers of a source file.
pub fn read(language: Language, path: &str, text: &Text) -> Facts {
    let row = language.row();
    let mut masked = Masked::new(text.as_str(), &row.syntax);
    if let Some(items) = program::checked(&mut masked, language, path) {
        return attach::facts(&masked, path, items);
    }
    let mut items = match row.shape {
        Shape::Indented => python::read(&masked, row, path),
        Shape::Braced { attribute, bare, prefix } => braced::read(&masked, row, path, (attribute, bare, prefix)),
        Shape::Worded if language == Language::Julia => julia::read(&masked, path),
        Shape::Worded => lines::ruby(&masked, row, path),
        Shape::Gherkin => lines::gherkin(&masked),
        Shape::Robot => lines::robot(&masked),
        Shape::Whole => Items::default(),
    };
    oracle::mark(&masked, language, &mut items.tests);
    printed::notes(&masked, language, &mut items);
    let aliases = if matches!(row.shape, Shape::Braced { .. }) { register::aliases(&masked, &items) } else { Vec::new() };
    Facts { aliases, ..attach::facts(&masked, path, items) }
}
