//! Facts as plain data: what the readers found, before anything is linked.
//!
//! Nothing here refers to another file; spans are offsets in the file that the
//! [`Facts`] belong to.

pub mod citation;
pub mod claim;
pub mod contents;
pub mod coverage;
pub mod evidence;
pub mod history;
pub mod id;
pub mod inventory;
pub mod kept;
pub mod lifecycle;
pub mod matrix;
pub mod mention;
pub mod mutation;
pub mod oracle;
pub mod outline;
pub mod own_report;
pub mod record;
pub mod replaced;
pub mod requirement;
pub mod revision;
pub mod shell;
pub mod stated;
pub mod test_case;
pub mod time;
pub mod vocabulary;
mod word_list;

use crate::source::Span;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Defines requirements.
    Specification,
    /// Claims how requirements are verified.
    Matrix,
    /// Any other controlled record.
    Record,
    /// Holds test cases.
    Tests,
    /// Other source code.
    Source,
    /// Results of a test run.
    Results,
    /// Which lines ran in a test run.
    Coverage,
    /// Which changes of the code a test run noticed.
    Mutation,
    /// Which tests a runner collects.
    Inventory,
    /// Says what state a record is in.
    Sidecar,
    /// Says what happened to records.
    Trail,
    /// A former version of a record.
    Archive,
    /// A document that is none of these.
    Document,
}

impl Role {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Specification => "specification",
            Self::Matrix => "matrix",
            Self::Record => "record",
            Self::Tests => "tests",
            Self::Source => "source",
            Self::Results => "results",
            Self::Coverage => "coverage",
            Self::Mutation => "mutation",
            Self::Inventory => "inventory",
            Self::Sidecar => "sidecar",
            Self::Trail => "audit trail",
            Self::Archive => "archive",
            Self::Document => "document",
        }
    }
}

/// Everything that one file says.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Title, identity and version of a document.
    pub document: Option<record::Document>,
    /// Requirements that are defined here.
    pub definitions: Vec<requirement::Definition>,
    /// The one requirement that the whole document may be, if others beside it are.
    pub alone: Option<Box<requirement::Definition>>,
    /// Rows of matrices.
    pub rows: Vec<matrix::Row>,
    /// Tables that `rows` refer to.
    pub tables: Vec<matrix::Table>,
    /// Requirements of one level that are allocated to requirements of another: parents, then children.
    pub allocations: Vec<(mention::Mentions, mention::Mentions)>,
    /// Counts, totals, versions and baselines that the document states.
    pub claims: Vec<claim::Claim>,
    /// Actions of a record.
    pub actions: Vec<record::Action>,
    /// What else stands inside a record. Most documents are none: it stands apart.
    pub contents: Option<Box<contents::Contents>>,
    /// Statuses and versions that the document states of records.
    pub stated: Vec<stated::Stated>,
    /// Records that are to wait for others, as the document says.
    pub waits: Vec<stated::Wait>,
    /// Objects of sphinx-needs with the objects that they are linked to.
    pub needs: Vec<requirement::Need>,
    /// Identifiers of other things that the document gives a heading, an item or a row: test cases, risks, actions.
    pub named: Vec<mention::Mention>,
    /// Test cases and the other functions of test files.
    pub tests: Vec<test_case::TestCase>,
    /// Other names under which tests are registered, each with the index of its test.
    pub aliases: Vec<(id::Id, u32)>,
    /// Mentions of requirements in test and source code.
    pub markers: Vec<test_case::Marker>,
    /// Tasks that the project gives a name: targets of make and just, scripts of npm.
    pub tasks: Vec<mention::Mention>,
    /// Outcomes of a test run.
    pub results: Vec<evidence::TestResult>,
    /// What the results say of their run.
    pub run: Option<Box<evidence::Run>>,
    /// Which lines ran. It is large and rare: it stands apart.
    pub coverage: Option<Box<coverage::Coverage>>,
    /// Which changes of the code were noticed.
    pub mutation: Option<Box<mutation::Mutation>>,
    /// Which tests a runner collects; as rare.
    pub inventory: Option<Box<inventory::Inventory>>,
    /// What is kept of records beside them; as rare.
    pub kept: Option<Box<kept::Kept>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Facts {
    /// Whether the file said nothing at all.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
            && self.alone.is_none()
            && self.rows.is_empty()
            && self.allocations.is_empty()
            && self.claims.is_empty()
            && self.actions.is_empty()
            && self.contents.is_none()
            && self.stated.is_empty()
            && self.waits.is_empty()
            && self.named.is_empty()
            && self.tasks.is_empty()
            && self.tests.is_empty()
            && self.markers.is_empty()
            && self.results.is_empty()
            && self.coverage.is_none()
            && self.mutation.is_none()
            && self.inventory.is_none()
            && self.kept.is_none()
            && self.problems.is_empty()
    }
}

/// Input that looks like something we read and could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// Whether the rest of the file was lost, or only this place.
    pub whole_file: bool,
    /// Why, in one lower-case fragment: "the table ends without …".
    pub reason: String,
    /// What to do, in one sentence.
    pub help: String,
}
