//! What changed after the evidence: requirements, tests and implementing code, compared with what they were at the commit
//! that the evidence is bound to.
//!
//! Contents are compared, not lists of commits: another line of the same file, a comment and a new layout change nothing.
//! Nothing is asked of a repository where no document names a commit and none is configured.

mod beside;
mod binding;
mod blame;
mod compare;
mod helpers;
mod imported;
mod lost;
mod wording;

pub(super) use compare::body;
pub use wording::fingerprint;

use super::code::Part;
use super::graph::{Graph, Input, ReqId, RowId, TestId};
use crate::model::history::{Asked, Change, Made, Versions};
use crate::model::revision::Why;
use crate::settings::Settings;
use crate::source::{FileId, Place, Text};
use binding::Bindings;
use helpers::Helpers;
pub use lost::{Lost, NotCompared, Of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files as they were. Whoever knows the tree hands it in.
pub trait Past: Sync {
    /// A file at a commit, read; `None` where there was none.
    fn read(&self, commit: &str, path: &str) -> Result<Option<Arc<Input>>, Why>;

    /// The day on which a commit was made, `2024-03-01`, in the part of the tree to which a path belongs.
    fn day(&self, commit: &str, beside: &str) -> Option<String>;

    /// The paths of a commit, in the part of the tree to which a path belongs.
    fn paths(&self, commit: &str, beside: &str) -> Result<Vec<String>, Why>;

    /// The files of a commit beside a path in which a word stands, read: sources, or else documents.
    fn holding(&self, commit: &str, beside: &str, word: &str, code: bool) -> Result<Vec<Arc<Input>>, Why>;

    /// What became of files after a commit.
    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions>;

    /// What commits changed beside a path.
    fn made(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why>;

    /// A file as it is now.
    fn now(&self, path: &str) -> Option<Text>;

    /// Reads another content of a file.
    fn reread(&self, path: &str, bytes: Vec<u8>) -> Input;
}

/// Something that evidence relies on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The text of a requirement.
    Requirement(ReqId),
    /// A test that is cited, or a helper or set-up that one runs.
    Test(TestId),
    /// Code that implements a requirement.
    Code(Part),
    /// A test or a file that is cited and is not there any more: its path, and its name in it.
    Gone(String, String),
    /// A constant of a file that cited tests or implementing code use, or a function that implementing code calls, by its name.
    Beside(FileId, String),
}

/// What became of it after the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It says something else now.
    Changed,
    /// It was not there yet.
    Added,
    /// It was there and is gone.
    Deleted,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// These commits, the newest first.
    Commits(Vec<Change>),
    /// Nobody yet: it is not committed.
    Uncommitted,
    /// It could not be seen.
    Unknown,
}

/// The commit that evidence is bound to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound {
    /// As it is written.
    pub commit: String,
    /// Where it is written; the row itself where it is configured.
    pub place: Place,
}

/// One thing that changed after evidence that relies on it.
#[derive(Debug, Clone)]
pub struct Drift {
    /// What.
    pub thing: Thing,
    /// How.
    pub how: How,
    /// Who did it.
    pub by: By,
    /// The commit of the evidence.
    pub bound: Bound,
    /// The rows that rely on it, with the citation where one names it.
    pub rows: Vec<(RowId, Place)>,
    /// The requirements whose evidence it is.
    pub requirements: Vec<ReqId>,
}

/// Why it is not known whether something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unseen {
    /// The commit cannot be looked into.
    Commit(Why),
    /// The commit is not part of the history of what is checked out.
    Unreachable,
    /// No specification defined the requirement at the commit.
    NotDefined,
    /// The name stands in a file of the commit, in a form that was not recognised.
    NotRecognised,
}

impl Unseen {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::Commit(why) => why.text(),
            Self::Unreachable => "the commit is not in the history of what is checked out",
            Self::NotDefined => "nothing was read at that commit that defined it",
            Self::NotRecognised => "at that commit its name stands in a form that was not recognised",
        }
    }
}

/// Something that is as it was at the commit of the evidence.
#[derive(Debug, Clone)]
pub struct Unchanged {
    /// What.
    pub thing: Thing,
    /// The commit of the evidence.
    pub bound: Bound,
    /// The requirements whose evidence it is.
    pub requirements: Vec<ReqId>,
}

/// Things of a document of which it is not known whether they changed, for one reason.
#[derive(Debug, Clone)]
pub struct Unassessed {
    /// The document whose evidence it is.
    pub file: FileId,
    /// The commit of the evidence.
    pub bound: Bound,
    /// Why.
    pub why: Unseen,
    /// What it is about; empty where it is all that the document relies on.
    pub names: Vec<String>,
}

/// What is known of changes after the evidence.
#[derive(Debug, Default)]
pub struct Drifts {
    /// What changed, in order of what it is.
    pub found: Vec<Drift>,
    /// What is as it was, in order of commits and of what it is.
    pub unchanged: Vec<Unchanged>,
    /// What could not be seen, in order of documents.
    pub unseen: Vec<Unassessed>,
    /// Citations, by their positions in rows, that name what existed at the commit of the evidence.
    pub existed: FxHashSet<(RowId, usize)>,
    /// Those that name what did not exist then either.
    pub never: FxHashMap<(RowId, usize), Bound>,
    /// Where there are fewer tests than at the previous baseline.
    pub lost: Vec<Lost>,
    /// What could not be compared with the previous baseline that is configured.
    pub not_compared: Vec<NotCompared>,
}

/// Finds out what changed after the evidence.
pub fn look(graph: &mut Graph, settings: &Settings, past: &dyn Past) {
    if graph.commits.is_empty() && settings.baseline.is_none() && settings.previous.is_none() {
        return;
    }
    let Bindings { by_commit, mut unseen } = Bindings::of(graph, settings);
    let cited = by_commit.values().flat_map(BTreeMap::keys).filter_map(|thing| match thing {
        Thing::Test(test) => Some(*test),
        _ => None,
    });
    let helpers = Helpers::of(graph, settings, cited);
    let mut drifts = Drifts::default();
    let mut changed = Vec::new();
    let mut same = FxHashSet::default();
    for (commit, mut relied) in by_commit {
        binding::add_helpers(&mut relied, &helpers);
        beside::add(graph, past, &mut relied);
        let compared = compare::all(graph, past, &commit, relied);
        for (thing, bound, reliance, fate) in compared {
            match fate {
                Fate::Same => {
                    same.insert(thing.clone());
                    if matches!(thing, Thing::Beside(..)) {
                        continue;
                    }
                    drifts.unchanged.push(Unchanged { thing, bound, requirements: reliance.requirements });
                }
                Fate::Unseen(why) => unseen.add(graph, &thing, &reliance, &bound, why),
                Fate::Never => drifts.never.extend(reliance.citations.iter().map(|at| (*at, bound.clone()))),
                Fate::Changed(how, path) => changed.push((commit.clone(), path, how, thing, bound, reliance)),
            }
        }
    }
    // What is unchanged since one of its commits was looked at since then.
    changed.retain(|(.., thing, _, _)| !same.contains(thing));
    let gone = changed.iter().filter(|(.., thing, _, _)| matches!(thing, Thing::Gone(..)));
    drifts.existed.extend(gone.flat_map(|(.., reliance)| reliance.citations.iter().copied()));
    drifts.found = blame::all(graph, past, changed);
    drifts.unseen = unseen.into_list();
    (drifts.lost, drifts.not_compared) = lost::all(graph, settings, past);
    graph.drifts = drifts;
}

/// What came of comparing a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It is as it was.
    Same,
    /// It changed; the path of the file in which it stood, or stands.
    Changed(How, String),
    /// It was not there at the commit and is not there now.
    Never,
    /// It could not be seen.
    Unseen(Unseen),
}

/// What relies on a thing.
#[derive(Debug, Clone, Default)]
struct Reliance {
    rows: Vec<(RowId, Place)>,
    requirements: Vec<ReqId>,
    /// A citation names it, and not what it stands in.
    named: bool,
    /// The citations, by their positions in rows.
    citations: Vec<(RowId, usize)>,
}
