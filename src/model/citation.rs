//! Citations: how a document names the tests that verify a requirement.

use crate::source::Span;

/// One cited thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Where it is written.
    pub span: Span,
    /// What it names.
    pub target: Target,
    /// A verification level that words beside the citation state.
    pub level: Option<String>,
    /// The outcome claimed right behind the citation (`@ a1b2c3d PASS`).
    pub outcome: Option<String>,
    /// The commit claimed right behind the citation.
    pub commit: Option<String>,
    /// It stands in a column that need not name tests: it counts only where it leads to one.
    pub tentative: bool,
    /// It is an entry of a list of tests and has no form of one: it is missing only where others of its file are found.
    pub listed: bool,
}

impl Citation {
    /// A citation of which nothing is known but its place and its target.
    pub fn new(span: Span, target: Target) -> Self {
        Self { span, target, level: None, outcome: None, commit: None, tentative: false, listed: false }
    }
}

/// What a citation names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A test by its name, as exactly as the document gives it.
    Test(TestName),
    /// A file, with or without a line.
    File {
        /// The path as written, with `/`.
        path: String,
        /// The lines as written, from 1; empty if none.
        lines: Vec<u32>,
        /// How many tests the document says the file has.
        count: Option<u32>,
    },
    /// Files by a pattern; without a `*`, words that name a folder if there is one.
    Glob(String),
    /// A test case by an identifier of its own, `TC-CVC-001`.
    CaseId(String),
    /// A list that is cut short (`… +3 more`): the rest cannot be known.
    Elided,
    /// Words that name no test: "visual inspection", "CI `x` job".
    Prose(String),
}

/// The name of a test in parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TestName {
    /// The file, or a module that stands for it, as written.
    pub file: Option<String>,
    /// Whether `file` is repeated from an earlier citation of the cell.
    pub inherited: bool,
    /// Modules, suites and classes between the file and the name.
    pub scope: Vec<String>,
    /// The function, case or sentence.
    pub name: String,
    /// The case of a parametrised test.
    pub params: Option<String>,
}

impl TestName {
    /// The name with its scope, joined with `::`.
    pub fn qualified(&self) -> String {
        let parts = self.file.iter().chain(&self.scope).chain(std::iter::once(&self.name));
        let mut text = parts.map(String::as_str).collect::<Vec<_>>().join("::");
        if let Some(params) = &self.params {
            text.push_str(&format!("[{params}]"));
        }
        text
    }
}
