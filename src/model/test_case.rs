//! Test cases, the other functions that live beside them, and markers.

use super::id::Id;
use super::mention::Mentions;
use crate::source::{Span, Spanned};

/// What a function or block of a test source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A test case that a runner collects.
    Test,
    /// A fixture, set-up or tear-down.
    Fixture,
    /// Any other function of a test source.
    Helper,
    /// A class, suite, module or `describe` block that holds tests.
    Class,
}

/// Whether a runner would execute a test case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// It runs.
    #[default]
    Active,
    /// Skipped without a condition.
    Skipped,
    /// Skipped on some platforms or inputs only.
    Conditional,
    /// Expected to fail.
    ExpectedFailure,
    /// Ignored or disabled: `#[ignore]`, `DISABLED_`, `@Disabled`, `xit`.
    Ignored,
}

/// A function, block or class of a test source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase {
    /// The function, the sentence of an `it(...)`, the case of a gtest suite.
    pub name: Id,
    /// Modules, classes, suites and `describe` blocks around it, outermost first;
    /// the file is not part of it.
    pub scope: Vec<Id>,
    /// Where the name stands.
    pub span: Span,
    /// From the first decorator or attribute to the end of the body.
    pub body: Span,
    /// What it is.
    pub kind: Kind,
    /// Whether it runs.
    pub state: State,
    /// What says that it does not run, when it does not.
    pub state_span: Option<Span>,
    /// Whether one source stands for several cases.
    pub parametrised: bool,
    /// Whether an assertion that cannot be mistaken stands in its body; others are looked for when somebody asks.
    pub asserts: bool,
    /// Tags, categories and marks, as written: `integration`, `slow`.
    pub tags: Vec<Spanned>,
    /// Identifier of the test case itself where the source gives one.
    pub case_id: Option<String>,
}

impl TestCase {
    /// The name with its scope, joined with `::`.
    pub fn qualified(&self) -> String {
        let parts = self.scope.iter().chain(std::iter::once(&self.name));
        parts.map(Id::as_str).collect::<Vec<_>>().join("::")
    }
}

/// What a marker is attached to; nearer is better evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The header of a file.
    File,
    /// A class, suite or module.
    Class,
    /// One test.
    Function,
}

/// What a marker says about the requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// A notation that can only mean verification: `Verifies:`, `@verifies`, `[utest->id]`, `@pytest.mark.requirement`.
    Verifies,
    /// A notation that means implementation: `@implements`, `[impl->id]`.
    Implements,
    /// The code by which evidence must enter: `Entry point of REQ-1`, `@entrypoint REQ-1`.
    Enters,
    /// The identifier alone, in brackets, in a comment, or in the name of the test.
    Mentions,
    /// A tag or a trait of a test that holds identifiers and nothing else: what it means is settled once it is known what is defined.
    Tagged,
}

/// A mention of requirements in test or source code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The requirements.
    pub ids: Mentions,
    /// The whole marker.
    pub span: Span,
    /// What it is attached to.
    pub grade: Grade,
    /// What it says.
    pub verb: Verb,
    /// Index into the tests of the file, where it is attached to one or to a class.
    pub test: Option<u32>,
    /// What it speaks of: the tests whose names lie in here. Empty for a remark, which speaks of none.
    pub reach: Span,
}
