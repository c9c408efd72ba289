//! Inventories: which tests a runner says that it collects.

use crate::source::Span;

/// What a runner does with a test that it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collected {
    /// It runs it.
    Runs,
    /// It leaves it out because its source or its build says so.
    Ignored,
    /// It leaves it out because a filter does.
    FilteredOut,
    /// It has no program to run it with.
    Unbuilt,
}

/// One test of an inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The suite, binary or class, as written.
    pub class: String,
    /// The name as written, parameters included.
    pub name: String,
    /// The file, where the runner gives it.
    pub file: Option<String>,
    /// What becomes of it.
    pub state: Collected,
    /// Where it stands.
    pub span: Span,
}

/// What a runner collects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// Its tests in their order.
    pub tests: Vec<Listed>,
    /// The files whose tests it would run, as paths of its machine, where it tells no tests.
    pub files: Vec<(String, Span)>,
    /// Some tests were left out without a name, or the list is cut short: what is not in it may exist.
    pub partial: bool,
}

impl Inventory {
    /// How many things it lists.
    pub fn count(&self) -> usize {
        self.tests.len() + self.files.len()
    }
}
