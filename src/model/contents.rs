//! What stands inside a record: items of its execution, causes, actions, files, planned and delivered tests.

use super::lifecycle::Class;
use super::record::Action;
use crate::source::{Span, Spanned};
use std::ops::Range;

/// What stands inside a record, each list in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Execution items, steps of a test or an inspection, and signatures.
    pub items: Vec<Item>,
    /// Root causes.
    pub causes: Vec<Cause>,
    /// Actions that stand in headings and lists. Those of tables stand in [`Facts::actions`](super::Facts::actions).
    pub actions: Vec<Action>,
    /// The files, folders and documents that the record says it affects.
    pub affected: Vec<Affected>,
    /// The files and documents that it says were modified.
    pub modified: Vec<Affected>,
    /// The tests that its plan names.
    pub planned: Vec<Spanned>,
    /// Names of two words in a plan, `readsOption`: tests where those of the tree are called so.
    pub maybe_planned: Vec<MaybePlanned>,
    /// Where it counts tests and names more or fewer.
    pub counted: Vec<Counted>,
    /// The tests that it says were made or changed.
    pub delivered: Vec<Spanned>,
    /// The identifiers of other documents below a heading of references.
    pub references: Vec<Spanned>,
    /// The records below a heading that says that they belong to this one.
    pub children: Vec<Spanned>,
    /// Lines that sum up how the steps of a table went.
    pub verdicts: Vec<StepsVerdict>,
    /// What it says is to be done next, in order.
    pub steps: Vec<Spanned>,
    /// Commits, versions and releases that it calls qualified.
    pub qualified: Vec<Spanned>,
    /// Commits, and ranges of them, that it says carried it out.
    pub commits: Vec<Spanned>,
    /// What it says was put off, left out or not made.
    pub deferred: Vec<Spanned>,
    /// Paragraphs that hold nothing but what was to be filled in.
    pub blanks: Vec<Blank>,
    /// Boxes of lists in its account and where it is signed.
    pub boxes: Vec<TickBox>,
    /// Fields of who signed and when that hold nothing but a line or the words of a form: the name of each, where that stands.
    pub unsigned: Vec<Spanned>,
    /// Other fields at its head that still hold what the form has there: the name of each, where that stands.
    pub left: Vec<Spanned>,
    /// Which sections it has that investigations have.
    pub sections: Sections,
    /// What its entries are, where it is a log of them.
    pub log: Option<Class>,
    /// Where the account of what was done begins: the plan stands in front of it.
    pub execution: Option<u32>,
    /// The newest day in its cells and fields that say when something was done, as days since 1970.
    pub newest: Option<i32>,
}

impl Contents {
    /// Whether nothing was read that a check or a chain could show.
    pub fn is_empty(&self) -> bool {
        let told = [self.items.len(), self.causes.len(), self.actions.len(), self.affected.len(), self.modified.len()];
        let named = [
            self.planned.len(),
            self.maybe_planned.len(),
            self.delivered.len(),
            self.references.len(),
            self.children.len(),
            self.verdicts.len(),
            self.steps.len(),
            self.qualified.len(),
        ];
        let open = [
            self.deferred.len(),
            self.blanks.len(),
            self.boxes.len(),
            self.unsigned.len(),
            self.left.len(),
            self.commits.len(),
            self.counted.len(),
        ];
        self.newest.is_none()
            && self.sections == Sections::default()
            && told.iter().chain(&named).chain(&open).all(|count| *count == 0)
    }

    /// The days on which somebody did or signed something, as `2026-02-01`. Where the outcome is still to be filled in and nobody
    /// signed, the day is that of a plan.
    pub fn days(&self) -> impl Iterator<Item = &str> {
        let open = |item: &Item| {
            let signed = item.by.as_ref().is_some_and(|by| by.filled == Filled::Yes);
            !signed && item.outcome.as_ref().is_some_and(|outcome| outcome.filled.is_open())
        };
        self.items.iter().filter(move |item| !open(item)).filter_map(|item| item.day.as_ref()).map(|day| day.text.as_str())
    }
}

/// The sections by which an account of what went wrong is known, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sections {
    /// What happened when.
    pub timeline: bool,
    /// Why it happened.
    pub causes: bool,
    /// What is to be done about it.
    pub actions: bool,
    /// Something stands below that: actions, or what is done about it in words.
    pub measures: bool,
    /// What was learnt.
    pub lessons: bool,
}

/// A line that sums up how the steps of the table above it went: "All steps passed."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepsVerdict {
    /// As it is written.
    pub told: Spanned,
    /// It says that all passed; else that some failed.
    pub passed: bool,
    /// Which of the items are the lines of that table.
    pub items: Range<usize>,
}

/// A number of tests, and the tests that are named behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// As it is written: "8 new tests".
    pub count: Spanned,
    /// The tests, each once.
    pub names: Vec<Spanned>,
}

/// What kind of line an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// Something to be done: an execution item, a step of a test or an inspection.
    Step,
    /// A signature.
    Signature,
    /// A comment.
    Comment,
}

/// One line of a table in which people write down what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind of line it is.
    pub kind: ItemKind,
    /// The whole row.
    pub span: Span,
    /// Its identifier, as written; empty where it has none.
    pub id: String,
    /// What is to be done, or the role of who signs.
    pub task: Option<Spanned>,
    /// What is expected: the criterion.
    pub expected: Option<Spanned>,
    /// What was done or observed.
    pub summary: Option<Field>,
    /// What came of it.
    pub outcome: Option<Field>,
    /// Who did it, and when: often one cell.
    pub by: Option<Field>,
    /// Who verified it, where somebody else is to sign for that.
    pub verified: Option<Field>,
    /// Who signs, where that is another column than the signature.
    pub name: Option<Spanned>,
    /// When, where that is a column of its own.
    pub date: Option<Field>,
    /// The day in the cells of who and when.
    pub day: Option<Spanned>,
    /// It stands below a heading that says that it may be left out.
    pub optional: bool,
}

impl Item {
    /// The cells that somebody has to fill in, with their names.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        let all = [
            ("summary", &self.summary),
            ("outcome", &self.outcome),
            ("signature", &self.by),
            ("verification", &self.verified),
            ("date", &self.date),
        ];
        all.into_iter().filter_map(|(name, field)| field.as_ref().map(|field| (name, field)))
    }

    /// Whether its outcome says that it was done and passed.
    pub fn passed(&self) -> bool {
        self.outcome.as_ref().is_some_and(|outcome| outcome.filled == Filled::Yes && outcome.good)
    }
}

/// A cell that somebody has to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its text without marks.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Whether it was filled in.
    pub filled: Filled,
    /// It says that all is well: pass, complete, done.
    pub good: bool,
}

/// Whether a cell was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filled {
    /// It says something.
    Yes,
    /// It says that there is nothing to say: `-`, `N/A`.
    Nothing,
    /// It is empty.
    Empty,
    /// It holds what a form has there: `[SUMMARY]`, `[Pass/Fail]`, `TBD`.
    Form,
}

impl Filled {
    /// Whether somebody still has to fill it in.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Empty | Self::Form)
    }
}

/// A box of a list that somebody is to tick: `- [ ] Tell the nurse`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickBox {
    /// What stands behind it.
    pub text: Spanned,
    /// Somebody ticked it.
    pub ticked: bool,
    /// The number of its list in the document.
    pub list: u32,
}

/// A paragraph that nobody filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// What the form has there.
    pub form: Spanned,
    /// The heading above it.
    pub heading: String,
    /// The heading says that it may be left out.
    pub optional: bool,
}

/// A name that may be that of a planned test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaybePlanned {
    /// The name.
    pub name: Spanned,
    /// It stands in a list, which may be one of the code under test.
    pub listed: bool,
}

/// Whether a name is written as `readsOption`.
pub fn is_two_words(name: &str) -> bool {
    let humps = name.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    humps == 1
        && name.len() > 4
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A root cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// `RC-1`; empty where it has no identifier.
    pub id: String,
    /// What it is, in the words of its heading or first sentence.
    pub text: Spanned,
}

/// A file, a folder or a document that a record names as affected or modified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// The path or the identifier, without marks.
    pub name: Spanned,
    /// The record itself calls this change unauthorised.
    pub unauthorised: bool,
    /// A line, a list or a table says no more than this; what the record says about the change.
    pub what: String,
}
