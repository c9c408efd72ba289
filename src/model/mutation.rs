//! Mutation results: which small changes of the code a test noticed, and where the format tells it, which test.

use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Everything that one file of mutation results says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mutation {
    /// The tests that it names.
    pub tests: Vec<Named>,
    /// Whether these are all tests of the run.
    pub lists_tests: bool,
    /// Whether it says which test killed a mutant.
    pub per_test: bool,
    /// Whether the other tests were tried on a mutant after one had killed it.
    pub all_tried: bool,
    /// The files that were mutated.
    pub files: Vec<MutatedFile>,
}

/// A test as the results name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// The file; empty where it is not told.
    pub file: String,
    /// The class; empty where it is not told.
    pub class: String,
    /// The name, or the titles around it and its own in one.
    pub name: String,
}

/// What is known of one mutated file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutatedFile {
    /// The path as written.
    pub path: String,
    /// What [`of_source`] makes of the text that was mutated, where the results hold it.
    pub source: Option<u64>,
    /// The mutants in their order.
    pub mutants: Vec<Mutant>,
}

/// One small change of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The line on which the change begins.
    pub line: u32,
    /// What was changed, in one line.
    pub what: String,
    /// The name of the function around it; empty where it is not told.
    pub function: String,
    /// What became of it.
    pub fate: Fate,
    /// The tests that are known to kill it, by position.
    pub killers: Vec<u32>,
    /// The tests that run the changed code, by position; `None` where that is not told.
    pub covering: Option<Vec<u32>>,
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// A test noticed it.
    Killed,
    /// Tests ran it and none noticed it.
    Survived,
    /// No test ran it.
    Uncovered,
    /// It was not tried, or its outcome is not known.
    Untried,
    /// It could not be built or was left out: it says nothing.
    Invalid,
}

/// A number that is the same for the same text, whatever its line ends are.
pub fn of_source(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.trim_start_matches('\u{FEFF}').lines().for_each(|line| line.hash(&mut hasher));
    hasher.finish()
}
