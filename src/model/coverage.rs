//! Coverage: which lines of which files ran, and, where the format tells tests apart, under which test.

use crate::source::Span;

/// Lines behind this one are taken for damage: no source has so many.
pub const MAX_LINE: u32 = 2_000_000;

/// Everything that one coverage file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Folders that paths may be relative to, as the file names them.
    pub sources: Vec<String>,
    /// The names under which lines ran, as the tool writes them: `tests/test_x.py::test_y|run`. Empty is load time.
    pub contexts: Vec<String>,
    /// The files that were measured.
    pub files: Vec<CoveredFile>,
}

/// What is known of one measured file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoveredFile {
    /// The path as written.
    pub path: String,
    /// Where the coverage file names it; empty where that is not known.
    pub span: Span,
    /// Lines that ran, from 1, in order.
    pub executed: Vec<u32>,
    /// Lines that could have run and did not, in order.
    pub missing: Vec<u32>,
    /// The format tells nothing of lines that did not run: `missing` is empty, and means nothing.
    pub only_ran: bool,
    /// Lines from which control went several ways, in order.
    pub branches: Vec<Branch>,
    /// Index of a context and a line that ran under it, in order.
    pub ran: Vec<(u32, u32)>,
}

/// The ways that lead on from one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch {
    /// The line.
    pub line: u32,
    /// How many ways were taken by anybody.
    pub taken: u32,
    /// How many there are.
    pub ways: u32,
}

impl CoveredFile {
    /// The lines that ran under a context.
    pub fn lines_of(&self, context: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.ran.partition_point(|(other, _)| *other < context);
        self.ran.iter().skip(from).take_while(move |(other, _)| *other == context).map(|(_, line)| *line)
    }

    /// Whether a line is one that can run.
    pub fn can_run(&self, line: u32) -> bool {
        self.executed.binary_search(&line).is_ok() || self.missing.binary_search(&line).is_ok()
    }

    /// The last line of which anything is known; 0 if there is none.
    pub fn last_line(&self) -> u32 {
        self.executed.last().copied().max(self.missing.last().copied()).unwrap_or(0)
    }
}
