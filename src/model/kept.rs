//! What is kept beside a record: its sidecar, its audit trail, and copies of its former versions.

use super::time::Time;
use crate::source::{Span, Spanned};

/// What one file keeps of records. Few files do: it stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// What is told of records, mostly of one.
    pub sidecars: Vec<Sidecar>,
    /// What happened to records, in the order of the file.
    pub events: Vec<Event>,
    /// The record of which the file is a former version.
    pub copy: Option<Copy>,
}

/// What a data file beside a record says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sidecar {
    /// The identifier of the record; that of the file's name has an empty span.
    pub id: Spanned,
    /// What kind of record it calls it.
    pub kind: Option<Spanned>,
    /// The status.
    pub status: Option<Spanned>,
    /// The version.
    pub version: Option<Spanned>,
    /// The version in force, where that is told apart.
    pub effective: Option<Spanned>,
    /// The record that it belongs to.
    pub parent: Option<Spanned>,
    /// The title.
    pub title: Option<Spanned>,
    /// It is a line of a list of records, and not kept beside one.
    pub listed: bool,
}

/// One event of an audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// The record, where the event names it: else it is that of the file.
    pub record: Option<String>,
    /// The whole event.
    pub span: Span,
    /// When.
    pub time: Option<Time>,
    /// The time as it is written.
    pub written: String,
    /// What happened, as it is written: `STATUS_CHANGE`.
    pub name: String,
    /// Who did it.
    pub user: String,
    /// The version of the record.
    pub version: Option<String>,
    /// The status before.
    pub from: Option<String>,
    /// The status after.
    pub to: Option<String>,
    /// What came of a review.
    pub outcome: Option<String>,
}

/// A copy of a former version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copy {
    /// The identifier of the record, from the name of the file.
    pub id: String,
    /// The version, without a `v`.
    pub version: String,
}
