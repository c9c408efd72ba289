//! What a document states of other records: their status and version, and what they wait for.

use crate::source::{Span, Spanned};

/// A status or a version that a document states of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The record: its identifier, or the path of its document from here.
    pub id: Spanned,
    /// The status.
    pub status: Option<Spanned>,
    /// What a column of approvals beside it says.
    pub approval: Option<Spanned>,
    /// The version, without a `v`.
    pub version: Option<Spanned>,
}

/// "Release CR-1-VAR-2 after INV-3 is pre-approved": a record that is to wait for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The sentence.
    pub span: Span,
    /// The record that waits.
    pub id: Spanned,
    /// What is to be done with it then, in lower case: `release`, `close`.
    pub step: String,
    /// The record that it waits for.
    pub on: Spanned,
    /// The status that this one must have reached, if one is named.
    pub status: Option<Spanned>,
}
