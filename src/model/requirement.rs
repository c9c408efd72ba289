//! Requirements as a specification defines them.

use super::id::Id;
use super::mention::Mention;
use crate::source::{Span, Spanned};

/// The construct that defines a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// `### ID: title`
    Heading,
    /// `**ID**: title` as a paragraph of its own.
    Paragraph,
    /// `- **ID**: text`
    ListItem,
    /// A row of a table of requirements.
    TableRow,
    /// A directive of reStructuredText, a block of StrictDoc.
    Directive,
    /// A record of a CSV file.
    CsvRecord,
    /// A mapping or an item of a YAML list.
    YamlItem,
    /// A row of a table that allocates or traces requirements: a definition only where nothing else is one.
    MatrixRow,
}

/// How sure the reader is that this is a requirement and not another identified thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The construct alone does not say: needs a matrix, a marker or a sibling that names its family.
    Possible,
    /// The document or the table says that it defines requirements.
    Certain,
}

/// Whether a requirement is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standing {
    /// In force.
    #[default]
    Active,
    /// Proposed, deferred or planned for later: not to be verified yet.
    Planned,
    /// Removed, cancelled, withdrawn or struck out.
    Retired,
}

impl Standing {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "in force",
            Self::Planned => "planned",
            Self::Retired => "retired",
        }
    }
}

/// One definition of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The identifier as written.
    pub id: Id,
    /// Where the identifier stands.
    pub span: Span,
    /// The whole definition: heading and body, row, item.
    pub block: Span,
    /// The title, empty if there is none.
    pub title: String,
    /// Where the obligation is stated; empty when only a title is given.
    pub text: Span,
    /// The construct.
    pub shape: Shape,
    /// Which table, list or heading level of the document it belongs to:
    /// two definitions of one group are siblings.
    pub group: u32,
    /// How sure the reader is.
    pub certainty: Certainty,
    /// Whether it is in force.
    pub standing: Standing,
    /// The words that say so, when they are not "active".
    pub standing_span: Option<Span>,
    /// The verification method, where an attribute states it.
    pub method: Option<Spanned>,
    /// Whether the construct has a place for the method (a column or a field), filled or not.
    pub method_expected: bool,
    /// The verification level, where an attribute states it.
    pub level: Option<Spanned>,
    /// Priority or criticality, where an attribute states it.
    pub priority: Option<Spanned>,
    /// Parents that it refines.
    pub parents: Vec<Mention>,
    /// Children that it lists itself.
    pub children: Vec<Mention>,
    /// Acceptance criteria that it lists.
    pub criteria: Vec<Mention>,
}

impl Definition {
    /// Whether it says of itself that it needs no verification of its own.
    pub fn needs_none(&self) -> bool {
        self.method.as_ref().is_some_and(|method| method.text == "none")
    }
}

/// An object of sphinx-needs, be it a requirement or not, with the objects that it is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its identifier.
    pub id: Id,
    /// Whether it calls itself a requirement.
    pub required: bool,
    /// The objects that its options name.
    pub links: Vec<Id>,
}
