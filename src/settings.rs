//! What a person can set, as plain data: the same for the command line, a file and tests.

use crate::finding::Severity;
use crate::model::lifecycle::{Class, State};
use crate::model::vocabulary::Level;
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Settings of one run. The default is "no configuration": everything is discovered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Patterns of specifications; empty: discovered.
    pub specifications: Vec<String>,
    /// Patterns of matrices; empty: discovered.
    pub matrices: Vec<String>,
    /// Patterns of records; empty: discovered.
    pub records: Vec<String>,
    /// Families of identifiers, `XYZ` of `XYZ-001`, with the class of their records.
    pub record_types: Vec<(String, Class)>,
    /// What records must wait for.
    pub gates: Vec<Gate>,
    /// Patterns of documents to leave alone.
    pub ignore: Vec<String>,
    /// Patterns of test sources; empty: discovered.
    pub tests: Vec<String>,
    /// Whether the cited tests live in another tree that was read too.
    pub tests_root: bool,
    /// The commit that the evidence belongs to where no document names one.
    pub baseline: Option<Baseline>,
    /// The commit of the evidence before this one.
    pub previous: Option<Baseline>,
    /// Patterns of result files; empty: discovered.
    pub results: Vec<String>,
    /// Patterns of inventories of tests; empty: discovered.
    pub inventory: Vec<String>,
    /// Patterns of coverage files; empty: discovered.
    pub coverage: Vec<String>,
    /// Patterns of mutation results; empty: discovered.
    pub mutation: Vec<String>,
    /// Whether the gate runs before the tests do, so that no result can be there yet.
    pub without_results: bool,
    /// Behind this date, `2024-03-01`, lies the future; `None` where nobody says what day it is.
    pub today: Option<String>,
    /// How the level of a test is known; the first match wins.
    pub levels: Vec<(Level, Vec<Matcher>)>,
    /// Demands by configuration.
    pub policies: Vec<Policy>,
    /// Severities by check code; `None` turns the check off.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// The address of the page of a check, with `{code}` or `{name}` in it; `None` where the pages are not published.
    pub pages: Option<String>,
    /// The file that says all this, for findings to point at.
    pub origin: Option<Origin>,
    /// Findings that somebody accepted.
    pub waivers: Option<Waivers>,
    /// Links that somebody reviewed.
    pub reviews: Option<Reviews>,
    /// Whether links are about to be reviewed.
    pub reviewing: bool,
    /// Whether only a part of the tree is read: what is not found may stand in the rest.
    pub partial: bool,
    /// Paths of parts of the tree that are not there to read.
    pub absent: Vec<String>,
    /// Those of them that are submodules which are not checked out.
    pub submodules: Vec<String>,
    /// Paths of files that are there and that no reader takes.
    pub unread: Vec<String>,
    /// Folders that the command line names beside others and that are hidden: what stands in them is read.
    pub named: Vec<String>,
    /// Files that seem to be results and that an ignore file hides.
    pub hidden_results: Vec<String>,
}

/// A commit by its full hash, and as a person calls it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The hash.
    pub id: String,
    /// The name: `v2.0`.
    pub name: String,
}

/// What the configuration is read by, among the readers of the inputs.
pub const CONFIGURATION: &str = "configuration";

/// The file that the settings were read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its path as reports show it.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Where the patterns of each key stand, in their order.
    pub patterns: BTreeMap<&'static str, Vec<Span>>,
}

/// What waivers are read by, among the readers of the inputs.
pub const WAIVERS: &str = "waivers";

/// The file of waivers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    /// Its path as reports show it.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The waivers, in their order.
    pub list: Vec<Waiver>,
}

/// Findings that somebody accepted. What it takes for them to stay accepted is for P08 to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiver {
    /// Its own identifier.
    pub id: Spanned,
    /// The code of the check.
    pub check: Spanned,
    /// The identifiers of the requirements, or the subject of the findings: a list, a range or a pattern.
    pub subject: Option<Spanned>,
    /// The files in which the findings are: a pattern.
    pub path: Option<Spanned>,
    /// Fingerprints of the texts of the requirements, or of findings that are about no requirement.
    pub fingerprints: Vec<String>,
    /// The baseline for which it was given.
    pub baseline: Option<Spanned>,
    /// Why the findings are acceptable.
    pub reason: Option<Spanned>,
    /// What may come of it.
    pub risk: Option<Spanned>,
    /// Who asked.
    pub requested_by: Option<Spanned>,
    /// Who agreed.
    pub approved_by: Option<Spanned>,
    /// The last day, or the last baseline.
    pub expires: Option<Spanned>,
    /// Where the matter is followed up.
    pub ticket: Option<Spanned>,
}

/// What the lock of reviews is read by, among the readers of the inputs.
pub const REVIEWS: &str = "reviews";

/// The version of the lock's format.
pub const REVIEWS_VERSION: i64 = 1;

/// The lock of reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    /// Its path as reports show it.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The reviews, in their order.
    pub list: Vec<Review>,
}

/// A link that somebody looked at: a requirement, and what verifies it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Where the lock says so.
    pub span: Span,
    /// Which link.
    pub link: LinkName,
    /// What its ends said.
    pub seen: Seen,
    /// Who looked.
    pub by: Option<String>,
    /// When: `2024-03-01`.
    pub on: Option<String>,
}

/// A link by the names of its ends. The order is that of the lock.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkName {
    /// The specification of the requirement.
    pub specification: String,
    /// The identifier of the requirement.
    pub requirement: String,
    /// The file of the test, or the one that is cited as a whole.
    pub file: String,
    /// The test with its classes; empty where the file is cited as a whole.
    pub test: String,
}

impl LinkName {
    /// What verifies the requirement, in one word.
    pub fn end(&self) -> &str {
        if self.test.is_empty() { &self.file } else { &self.test }
    }
}

/// What the ends of a link say, as fingerprints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The text of the requirement.
    pub text: String,
    /// The code of the test; empty where a file is cited as a whole.
    pub body: String,
    /// The files of evidence, each with the SHA-256 of its bytes; empty where they were left out.
    pub evidence: BTreeMap<String, String>,
    /// What became of the test; empty where no result was read.
    pub outcome: String,
}

/// How one test is recognised as of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// By a pattern of its path.
    Path(String),
    /// By a tag or marker.
    Marker(String),
    /// By words beside its citation.
    Text(String),
}

/// What a record must wait for by configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The records: a class or a family of identifiers.
    pub record: String,
    /// The state that they may not reach before.
    pub before: State,
    /// What they wait for: a class or a family of identifiers.
    pub needs: String,
    /// How that belongs to them.
    pub relation: Relation,
    /// The state that it must have reached.
    pub status: State,
}

/// How one record belongs to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is a child.
    Children,
    /// It is the parent.
    Parent,
    /// The text names it.
    Named,
}

/// A demand by configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// The requirements, as an identifier expression.
    pub requirements: Spanned,
    /// The level.
    pub level: Option<Level>,
    /// The rung that must be reached, by name.
    pub rung: Option<Spanned>,
    /// The code that implements the requirements: `path`, or `path:symbol`.
    pub implementation: Vec<Spanned>,
    /// The code that evidence must enter: `path:symbol`.
    pub entry_points: Vec<Spanned>,
    /// How much of the code that implements the requirements the tests must run.
    pub coverage: Option<Extent>,
}

/// How much of some code must have run, in percent, and where the configuration says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extent {
    /// Of its lines.
    pub lines: Option<u8>,
    /// Of the ways on from its lines.
    pub branches: Option<u8>,
    /// Where.
    pub span: Span,
}

impl Policy {
    /// All code that it names, and whether that is an entry point.
    pub fn code(&self) -> impl Iterator<Item = (&Spanned, bool)> {
        let entries = self.entry_points.iter().map(|name| (name, true));
        self.implementation.iter().map(|name| (name, false)).chain(entries)
    }
}

/// More requirements than this on one test are reported (S09).
pub const MAX_SHARED: usize = 10;

/// A waiver of more findings than this is too broad (P08).
pub const MAX_WAIVED: usize = 10;
