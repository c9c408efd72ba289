//! Documents as a whole, and records with actions.

use super::contents::{Field, Filled};
use super::mention::Mentions;
use crate::source::{Span, Spanned};

/// What a document says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its identifier: from the title, the front matter, or else the file's stem.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its effective version, without a `v`, and where it says so.
    pub version: Option<Spanned>,
    /// Its status, where it says so.
    pub status: Option<Spanned>,
    /// It calls itself a specification, a matrix or another record.
    pub kind: Kind,
    /// It says right below its title that it is archived or superseded: nothing in it is in force.
    pub ended: bool,
    /// A newer version beside it, or the matrix that it is a part of, has its rows: nothing in it is in force either.
    pub replaced: bool,
    /// A table in it lists identifiers, whether its rows could be read or not.
    pub lists_identifiers: bool,
    /// So many rows of a record on traceability name requirements and tests: they are what somebody found.
    pub audited: u32,
    /// What it says of itself as a record.
    pub identity: Identity,
}

/// What a document says of itself as a controlled record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The identifier, where a field gives one.
    pub id: Option<Spanned>,
    /// What kind of record it calls itself.
    pub kind: Option<Spanned>,
    /// The status, where a field, a table or a section of that name gives one.
    pub status: Option<Spanned>,
    /// The record that it belongs to.
    pub parent: Option<Spanned>,
    /// The records that it says belong to it.
    pub children: Option<Spanned>,
    /// The item of the parent that failed.
    pub failed: Option<Spanned>,
    /// How much its parent waits for it: `Type 1`, `blocking`.
    pub grade: Option<Spanned>,
    /// The day that the document is about or was written on.
    pub date: Option<Spanned>,
    /// The day on which it was opened, as `2026-02-01`.
    pub opened: Option<Spanned>,
    /// Who wrote it.
    pub author: Option<Spanned>,
    /// Who reviewed it.
    pub reviewer: Option<Spanned>,
    /// Who approved it.
    pub approver: Option<Spanned>,
    /// Who carried it out.
    pub performer: Option<Spanned>,
    /// Who verified that.
    pub verifier: Option<Spanned>,
}

/// What a document calls itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// A requirements specification.
    Specification,
    /// A traceability matrix.
    Matrix,
    /// An investigation, a corrective or preventive action, a session summary.
    Investigation,
    /// Another controlled record: a change, a procedure, a decision, a plan, a report.
    Record,
    /// A template or an example.
    Template,
    /// It does not say.
    #[default]
    Other,
}

/// One corrective or preventive action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its identifier.
    pub id: String,
    /// Where the identifier stands.
    pub span: Span,
    /// What is to be done.
    pub text: Spanned,
    /// Whether an outcome is recorded.
    pub done: bool,
    /// Its line says in words that it is not done: "open", "in progress".
    pub pending: bool,
    /// The requirements that it names.
    pub ids: Mentions,
    /// The verification level of the test that it asks for.
    pub level: Option<Spanned>,
    /// Whether it speaks of verification, tests or evidence.
    pub evidence: bool,
    /// Corrective or preventive, where it says so.
    pub kind: Option<ActionKind>,
    /// What else its line says: its cause, its owner, when it is due, what was done and who verified it.
    pub details: Box<Details>,
}

/// What an action is against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// Against what happened.
    Corrective,
    /// Against its happening again.
    Preventive,
}

/// What the line of an action says beside what is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The cause or finding that it is against.
    pub cause: Option<Spanned>,
    /// Who is to do it.
    pub owner: Option<Spanned>,
    /// The day by which it is to be done, as `2026-03-31`.
    pub due: Option<Spanned>,
    /// What was done about it.
    pub done: Option<Spanned>,
    /// Who verified it.
    pub verified: Option<Field>,
    /// Whether somebody wrote down what came of it, where there is a place for that.
    pub outcome: Option<Filled>,
}

impl Details {
    /// Whether there is a place for what came of it, and nobody wrote anything there or beside it.
    pub fn is_unfilled(&self) -> bool {
        let verified = self.verified.as_ref().is_some_and(|field| field.filled == Filled::Yes);
        self.outcome.is_some_and(Filled::is_open) && self.done.is_none() && !verified
    }
}
