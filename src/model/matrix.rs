//! Rows of a matrix.

use super::{citation::Citation, mention::Mentions};
use crate::source::{Span, Spanned};
use smallvec::SmallVec;

/// How a matrix table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Requirement to tests, the usual direction.
    Forward,
    /// Test to requirements.
    Inverted,
    /// Tests of one requirement that a heading names.
    Detail,
}

/// One table of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Where the header row stands.
    pub header: Span,
    /// The direction.
    pub layout: Layout,
    /// Whether the table has a column for tests.
    pub has_tests: bool,
    /// Whether the table has a column for the status.
    pub has_status: bool,
    /// The heading under which it stands.
    pub heading: String,
}

/// What a status cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// PASS, ✅, verified, complete.
    Pass,
    /// FAIL, ❌.
    Fail,
    /// Partial, in progress, ⚠️.
    Partial,
    /// Pending, TBD, planned, not started.
    Pending,
    /// Removed, cancelled, struck out.
    Retired,
    /// Deferred to a later release, not applicable, waived.
    Excluded,
    /// Implemented or covered, which claims no test outcome.
    Covered,
    /// None of the words that are known.
    Other,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index into the tables of the file.
    pub table: u32,
    /// The whole row.
    pub span: Span,
    /// The requirements.
    pub ids: Mentions,
    /// Requirements of other levels that the row names beside its own.
    pub related: Mentions,
    /// Title or text of the requirement as the matrix repeats it.
    pub title: Option<Spanned>,
    /// The tests cited.
    pub citations: Vec<Citation>,
    /// The cell or cells of the citations, also when nothing in them could be read.
    pub cited: Vec<Spanned>,
    /// The status claimed.
    pub status: Option<(Status, Spanned)>,
    /// The verification method claimed.
    pub method: Option<Spanned>,
    /// The verification level claimed, from a column or from the name of the test column.
    pub level: Option<Spanned>,
    /// The cells that name the implementing code.
    pub code: SmallVec<[Span; 1]>,
    /// Notes, descriptions and other text of the row.
    pub notes: Vec<Spanned>,
    /// The requirement is struck out or the row says that it was removed.
    pub retired: bool,
}

impl Row {
    /// A row of a table that names requirements and nothing else yet.
    pub fn bare(table: usize, span: Span, ids: Mentions) -> Self {
        Self {
            table: u32::try_from(table).unwrap_or(u32::MAX),
            span,
            ids,
            related: Mentions::new(),
            title: None,
            citations: Vec::new(),
            cited: Vec::new(),
            status: None,
            method: None,
            level: None,
            code: SmallVec::new(),
            notes: Vec::new(),
            retired: false,
        }
    }
}
