//! The trace graph: requirements, rows, tests, results and actions, and the links between them.
//!
//! It is built once and then only read. Nodes are small; the facts that they
//! stand for stay with their files and are reached through the methods of [`Graph`].

use super::alternatives::Pieces;
use super::anomalies::Anomalies;
use super::bound::Commit;
use super::code::{Code, Part};
use super::collected::Collection;
use super::committed::Committed;
use super::drift::Drifts;
use super::executed::Execution;
use super::measured::Measured;
use super::mocked::Mocked;
use super::mutated::{Killing, Mutated};
use super::net::Net;
use super::oracles::Oracles;
use super::plans::Plan;
use super::process::Starters;
use super::proof::Proofs;
use super::records::Records;
use super::registers::Apart;
use super::runs::Runs;
use super::sealed::Broken;
use super::sightings::Sightings;
use super::structure::Asked;
use crate::model::evidence::Outcome;
use crate::model::id::Id;
use crate::model::requirement::Standing;
use crate::model::vocabulary::{Level, Method};
use crate::model::{Facts, Role};
use crate::source::{FileId, Place, Span, Spanned, Text};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::OnceLock;

/// One input file: its text and what was read from it.
#[derive(Debug, Default)]
pub struct Input {
    /// Relative path with `/`.
    pub path: String,
    /// The text; empty where a file had nothing to say.
    pub text: Text,
    /// The reader that took it, by name.
    pub reader: &'static str,
    /// What it was taken for.
    pub role: Option<Role>,
    /// What it says.
    pub facts: Facts,
}

/// The reader of a file that is one item whatever its format.
pub const ITEM: &str = "item";

/// Index of a requirement in [`Graph::requirements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReqId(pub u32);
/// Index of a row in [`Graph::rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);
/// Index of a test, fixture, helper or class in [`Graph::tests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestId(pub u32);
/// Index of a result in [`Graph::results`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultId(pub u32);
/// Index of an action in [`Graph::actions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u32);

/// A fact by its file and its position in one of the lists of [`Facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// The file.
    pub file: FileId,
    /// The position.
    pub index: u32,
}

/// A specification as the holder of identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// Its name: the identifier of the document, or its path where that is not unique.
    pub name: String,
    /// The specification, or the matrix where no specification defines the identifiers.
    pub file: FileId,
    /// The identifiers are defined by a matrix alone.
    pub by_matrix: bool,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The identifier.
    pub id: Id,
    /// Index into [`Graph::namespaces`].
    pub namespace: u32,
    /// The definition that counts; `None` where only a matrix row defines it.
    pub definition: Option<FactRef>,
    /// Where the identifier stands in its definition.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// Whether it is in force.
    pub standing: Standing,
    /// Further definitions of the same construct in the same document: duplicates.
    pub duplicates: Vec<Place>,
    /// The same requirement told again in other documents.
    pub restated: Vec<Place>,
    /// The verification methods that are assigned; empty where none is.
    pub methods: Vec<Method>,
    /// What obliges a level or a method.
    pub demands: Vec<Demand>,
    /// The rows that claim its verification, summary rows before detail rows.
    pub rows: Vec<RowId>,
    /// Markers in test code that name it.
    pub markers: Vec<FactRef>,
    /// Markers in other source code that name it.
    pub implemented: Vec<FactRef>,
    /// Markers in other source code that call it the entry point.
    pub entered: Vec<FactRef>,
    /// The code that implements it, as far as that matters: where coverage was read, a policy names code,
    /// or a test that is evidence replaces something.
    pub parts: Vec<Part>,
    /// What is known of whether its tests run that code.
    pub execution: Execution,
    /// What is known of whether its tests kill mutants of that code.
    pub killing: Killing,
    /// Its parents, of those that are defined.
    pub parents: Vec<ReqId>,
    /// Its children.
    pub children: Vec<ReqId>,
    /// The tests that verify it, and how that is known; sorted, without repeats.
    pub evidence: Vec<Evidence>,
    /// The highest rung that it reaches.
    pub rung: Rung,
    /// Why the rung above could not be assessed, where that is the reason to stop.
    pub not_assessed: Option<Cow<'static, str>>,
    /// Open actions that put its verification in doubt.
    pub suspects: Vec<ActionId>,
}

/// One test that verifies a requirement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The test.
    pub test: TestId,
    /// The level of the test, where it is known.
    pub level: Option<Level>,
    /// How the link is known.
    pub via: Via,
}

/// How a test came to verify a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// A row cites it.
    Row(RowId),
    /// It carries a marker.
    Marker(FactRef),
}

/// What obliges a level or a method of verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The level, if one is demanded.
    pub level: Option<Level>,
    /// The rung of the evidence ladder, if one is demanded.
    pub rung: Option<Rung>,
    /// Levels that serve instead.
    pub or: Vec<Level>,
    /// What demands it, as a person would say: "INV-008-CAPA-003 (open)".
    pub source: String,
    /// The places that show it, most telling first.
    pub places: Vec<(Place, String)>,
    /// Only the wording of the requirement suggests it.
    pub weak: bool,
}

/// The evidence ladder, as far as documents, sources and results show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Rung {
    /// No test and no other verification is named.
    #[default]
    None,
    /// A document or a marker names a test or another verification.
    Cited,
    /// The test exists in the tree.
    Exists,
    /// It has a result and all its results are passes.
    Passes,
    /// One of its tests can fail by what it looks at.
    Asserts,
    /// It runs the code that implements the requirement. That none of its tests asserts keeps it below; that this could not
    /// be assessed does not.
    Executes,
    /// One of its tests fails when that code is changed.
    Kills,
}

impl Rung {
    /// The rung of a name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::None, Self::Cited, Self::Exists, Self::Passes, Self::Asserts, Self::Executes, Self::Kills];
        all.into_iter().find(|rung| rung.name() == name)
    }

    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cited => "cited",
            Self::Exists => "exists",
            Self::Passes => "passes",
            Self::Asserts => "asserts",
            Self::Executes => "executes",
            Self::Kills => "kills",
        }
    }
}

/// One row of a matrix, linked.
#[derive(Debug, Clone)]
pub struct RowNode {
    /// The row.
    pub fact: FactRef,
    /// The requirements that it claims to verify, ranges expanded.
    pub targets: Vec<Target>,
    /// Its further identifiers (`related`), resolved the same way.
    pub related: Vec<Target>,
    /// Its citations in the order of the row.
    pub citations: Vec<Resolution>,
}

/// A requirement as a mention names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The identifier that was looked up.
    pub id: Id,
    /// Where it is written.
    pub span: Span,
    /// What came of it.
    pub found: Found,
}

/// What came of looking up an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The requirement.
    One(ReqId),
    /// Several specifications define it and none is nearer.
    Ambiguous(Vec<ReqId>),
    /// Its family is defined and it is not.
    Missing,
    /// Nothing of its family is defined here.
    Foreign,
}

/// What came of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It names these tests: one, the cases of a class, or all tests of a file.
    Tests(Vec<TestId>),
    /// It names a file that exists and in which no test was recognised.
    File(FileId),
    /// It names a test case that a document describes.
    Documented(Vec<Place>),
    /// It names a fixture, a helper or an empty class.
    NotATest(TestId),
    /// The test exists, but not in the file that is named.
    WrongFile {
        /// The file that is named, if it exists.
        cited: Option<FileId>,
        /// Where tests of that name stand.
        found: Vec<TestId>,
    },
    /// The line lies behind the end of the file.
    NoLine {
        /// The file.
        file: FileId,
        /// The line that is cited.
        line: u32,
        /// The last line of the file.
        last: u32,
    },
    /// The name alone fits several tests in several files.
    Ambiguous(Vec<TestId>),
    /// It exists nowhere.
    Ghost(Ghost),
    /// It cannot be looked up here.
    NotAssessed(Why),
    /// It names no test: a procedure, an inspection, a list that is cut short.
    NoTest,
}

/// Why a cited test is a ghost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ghost {
    /// The file does not exist; the nearest path that does, if one is near.
    NoFile(Option<FileId>),
    /// The file exists and has no such test; the nearest name in it, if one is near.
    NoTest(FileId, Option<TestId>),
    /// No test of that name exists in any file; the nearest name, if one is near.
    NoName(Option<TestId>),
    /// The pattern matches no file.
    NoMatch,
    /// No document and no test has this identifier, though others of its family exist.
    NoCase,
}

/// Why a citation cannot be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// No test source was found at all.
    NoTests,
    /// The matrix says that the tests live in another repository.
    OtherRepository,
    /// The path lies in a submodule that is not checked out.
    AbsentSubmodule,
    /// The cited file belongs to the tree and could not be read.
    Unreadable,
    /// The language of the cited file has no reader and no such file was seen.
    OtherLanguage,
    /// The cited file is there, and no reader takes it.
    UnreadFile,
    /// No test case of this family is described anywhere.
    UnknownCases,
    /// The name stands in a file, in a form that was not recognised as a test.
    Seen,
}

impl Why {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::NoTests => "no test source was found in this tree",
            Self::OtherRepository => "the matrix says that the tests live in another repository",
            Self::AbsentSubmodule => "the path lies in a submodule that is not checked out",
            Self::Unreadable => "the cited file belongs to the tree and could not be read",
            Self::OtherLanguage => "no test source of that language was found in this tree",
            Self::UnreadFile => "the cited file is of a kind that is not read",
            Self::UnknownCases => "no document and no test describes these test cases",
            Self::Seen => "the name stands in a file, in a form that was not recognised as a test",
        }
    }
}

/// One test, fixture, helper or class, linked.
#[derive(Debug, Clone)]
pub struct TestNode {
    /// The fact.
    pub fact: FactRef,
    /// The requirements that it verifies, by row or marker.
    pub verifies: SmallVec<[ReqId; 4]>,
    /// A row cites it, whether or not the requirement is known.
    pub cited: bool,
    /// Its results in the bound run.
    pub results: Vec<ResultId>,
    /// The worst of its outcomes; `None` without a result.
    pub outcome: Option<Outcome>,
    /// The level, from configuration, path, tags or name.
    pub level: Option<Level>,
}

/// One case of a result file, linked.
#[derive(Debug, Clone)]
pub struct ResultNode {
    /// The fact.
    pub fact: FactRef,
    /// The test that produced it, if it was found.
    pub test: Option<TestId>,
}

/// One action, merged over the documents that repeat it.
#[derive(Debug, Clone)]
pub struct ActionNode {
    /// The action as its own record tells it.
    pub fact: FactRef,
    /// The same action in other documents.
    pub repeated: Vec<FactRef>,
    /// No outcome is recorded.
    pub open: bool,
    /// The requirements that it names.
    pub targets: Vec<Target>,
}

/// Everything that is known, linked.
#[derive(Debug, Default)]
pub struct Graph {
    /// The inputs, sorted by path; [`FileId`] is the index.
    pub inputs: Vec<Input>,
    /// The specifications.
    pub namespaces: Vec<Namespace>,
    /// The requirements, sorted by namespace and place.
    pub requirements: Vec<Requirement>,
    /// The rows, in order of file and place.
    pub rows: Vec<RowNode>,
    /// Tests, fixtures, helpers and classes, in order of file and place.
    pub tests: Vec<TestNode>,
    /// Results, in order of file and place.
    pub results: Vec<ResultNode>,
    /// Actions, sorted by identifier.
    pub actions: Vec<ActionNode>,
    /// Every requirement identifier in a marker, resolved: the marker, then what it names.
    pub marked: Vec<(FactRef, Target)>,
    /// Coverage, mapped to files and tests.
    pub measured: Measured,
    /// Mutation results, mapped to files and tests.
    pub mutated: Mutated,
    /// Implementing code and entry points.
    pub code: Code,
    /// How much of implementing code policies ask to be run.
    pub asked: Vec<Asked>,
    /// Requirements whose tests all replace the code that implements them.
    pub mocked: Vec<Mocked>,
    /// What tests without a plain assertion can fail by.
    pub oracles: Oracles,
    /// The words of tests by which alternatives are told, found when somebody asks.
    pub speech: OnceLock<Pieces>,
    /// Helpers that start processes, found when somebody asks.
    pub starters: OnceLock<Starters>,
    /// The net of nodes and links, which is woven when somebody asks for it.
    pub net: OnceLock<Net>,
    /// First test of each file, by [`FileId`].
    pub first_tests: Vec<u32>,
    /// Which matrices speak for which namespaces: the matrix file, the namespace, how many of its rows.
    pub bindings: Vec<(FileId, u32, u32)>,
    /// Matrices whose rows are about other requirements than those of their identifiers.
    pub registers: Vec<Apart>,
    /// Where names were seen that nothing links.
    pub sightings: Sightings,
    /// Names of requirements that a policy is for and that nothing has.
    pub aimless: Vec<Spanned>,
    /// The tests of results that name a requirement, by the marker that stands for its name.
    pub reported: FxHashMap<FactRef, TestId>,
    /// Which results of several runs count.
    pub runs: Runs,
    /// What the lists of runners say of the tests.
    pub collection: Collection,
    /// The tests that changes planned, and what became of them.
    pub plans: Vec<Plan>,
    /// What records say of the failures.
    pub anomalies: Anomalies,
    /// The commits that documents name for their evidence, in order of file and place.
    pub commits: Vec<Commit>,
    /// What changed after the evidence.
    pub drifts: Drifts,
    /// What commits changed for records.
    pub committed: Committed,
    /// The files that rows name as evidence, where links are reviewed.
    pub proofs: Proofs,
    /// Files that are not those which a list of digests vouches for.
    pub broken: Vec<Broken>,
    /// The controlled records.
    pub records: Records,
}

/// A list position as the 32 bits that identifiers have.
pub(crate) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
