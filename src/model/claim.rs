//! Statements of a document that can be checked against facts.

use crate::source::{Span, Spanned};

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where the stated value is written.
    pub span: Span,
    /// What is stated.
    pub what: What,
}

/// What a document states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// "covers all 97 requirements": requirements in total.
    Requirements(u64),
    /// "REQ-SEC (Security): 8 requirements": requirements of one family.
    Family(String, u64),
    /// "| Planned | 57 |" below "| Status | Count |": rows of a status, in the words of the document.
    Status {
        /// The status, in lower case and without marks.
        status: String,
        /// How many rows are said to have it.
        count: u64,
        /// Which table of the document says so.
        table: u32,
    },
    /// Total number of tests.
    Tests(u64),
    /// Outcomes of a run or of one file in it.
    Outcomes(Outcomes),
    /// The version of a document by its name: `SDLC-QMS-RS v5.0`.
    Version {
        /// The document.
        document: String,
        /// The version, without its `v`.
        version: String,
    },
    /// The commit that the evidence belongs to.
    Commit(Spanned),
    /// The commit at which the test of one row was run.
    Tested(Spanned),
    /// The commit of one row, in a column that may as well name what implements the requirement.
    Beside(Spanned),
    /// The commit of one repository in a table that has one of each.
    At {
        /// The repository.
        repository: Spanned,
        /// What is written for its commit.
        commit: Spanned,
    },
    /// The version of the software that the evidence belongs to, which may be called as a tag is.
    Release(Spanned),
    /// The branch that the evidence belongs to.
    Branch(Spanned),
    /// The repository in which the tests live.
    Repository(Spanned),
}

/// A row of a table of test results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// The file or suite; `None` for the total.
    pub file: Option<String>,
    /// Number of tests.
    pub tests: Option<u64>,
    /// How many passed.
    pub passed: Option<u64>,
    /// How many failed.
    pub failed: Option<u64>,
    /// How many were skipped.
    pub skipped: Option<u64>,
    /// Which table of the document the row belongs to.
    pub table: u32,
}
