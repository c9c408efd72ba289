//! Outcomes of a test run, as a result file gives them.

use super::time::Time;
use crate::source::{Span, Spanned};

/// The outcome of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It ran and passed.
    Passed,
    /// It ran and an assertion failed.
    Failed,
    /// It broke outside of an assertion, in set-up or tear-down for example.
    Error,
    /// It was skipped.
    Skipped,
    /// It failed and was expected to.
    ExpectedFailure,
    /// It passed although its source expects it to fail.
    UnexpectedPass,
    /// It passed only when it was run again.
    Flaky,
    /// The runner lists it and did not run it.
    NotRun,
}

impl Outcome {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Error => "error",
            Self::Skipped => "skipped",
            Self::ExpectedFailure => "expected failure",
            Self::UnexpectedPass => "unexpected pass",
            Self::Flaky => "flaky",
            Self::NotRun => "not run",
        }
    }
}

/// One case of a result file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Names of the suites around it, outermost first.
    pub suites: Vec<String>,
    /// The `classname` or its equivalent, as written.
    pub class: String,
    /// The name as written, parameters included.
    pub name: String,
    /// The file, where the result gives it.
    pub file: Option<String>,
    /// The line, where the result gives it.
    pub line: Option<u32>,
    /// What happened.
    pub outcome: Outcome,
    /// The first line of the message of a failure or skip.
    pub message: String,
    /// Properties of the case, in their order.
    pub properties: Vec<(String, String)>,
    /// Where the case stands in the result file.
    pub span: Span,
}

/// What a file of results says of its run as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The commit that was tested, in small letters, and where that is said.
    pub commit: Option<Spanned>,
    /// The branch that was tested, and where that is said.
    pub branch: Option<Spanned>,
    /// The last day on which something of it ran, `2024-03-01`, and where that is said.
    pub day: Option<Spanned>,
    /// The first and the last moment at which something of it is said to have begun.
    pub moments: Option<(Time, Time)>,
    /// The machine on which it ran.
    pub host: Option<String>,
    /// It says on what it ran: a host, a platform, versions.
    pub environment: bool,
}

impl Run {
    /// Takes a moment at which something of it began.
    pub fn began(&mut self, moment: Time) {
        let (first, last) = self.moments.unwrap_or((moment, moment));
        self.moments = Some((first.min(moment), last.max(moment)));
    }
}
