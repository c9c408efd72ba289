//! What the history of the repository says was changed for which record, and when submodules were moved.
//!
//! A commit is one of a record where the record names it, or where its subject begins with the identifier of the record and
//! names no other. Nothing is asked of a repository where no change with files in its scope was carried out.

use super::drift::Past;
use super::graph::Graph;
use super::records::{Record, RecordId};
use crate::model::history::{Asked, Change, Made};
use crate::model::lifecycle::{Class, State, family};
use crate::model::revision::Why;
use crate::model::vocabulary::words;
use crate::read::stated;
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// What commits changed.
#[derive(Debug, Default)]
pub struct Committed {
    /// For records, in order of records, the newest commit of each first.
    pub records: Vec<(RecordId, Made)>,
    /// Commits that moved submodules, the newest first.
    pub moves: Vec<Made>,
    /// Why nothing is known of the history of records that were carried out, and the document of the first of them; a tree
    /// without a repository has none.
    pub unseen: Option<(FileId, Why)>,
}

/// Asks the history for the commits of records.
pub fn look(graph: &mut Graph, past: &dyn Past) {
    let carried: Vec<(RecordId, FileId)> =
        graph.records().iter().filter(|(_, one)| is_carried(graph, one)).filter_map(|(id, one)| Some((id, one.file?))).collect();
    let Some((_, beside)) = carried.first().copied() else { return };
    let ids: FxHashMap<String, RecordId> =
        carried.iter().map(|(id, _)| (graph.records().record(*id).id.to_ascii_uppercase(), *id)).collect();
    let own = |subject: &str| subject_of(subject).and_then(|id| ids.get(&id.to_ascii_uppercase()).copied());
    let named: Vec<(String, RecordId)> = carried.iter().flat_map(|(id, file)| commits(graph, *id, *file)).collect();
    // One that several records name is of none of them.
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    for (written, _) in &named {
        *times.entry(written).or_default() += 1;
    }
    let single: FxHashMap<&str, RecordId> = named
        .iter()
        .filter(|(written, _)| times.get(written.as_str()) == Some(&1))
        .map(|(name, id)| (name.as_str(), *id))
        .collect();
    let mut commits: Vec<String> = single.keys().map(|written| (*written).to_owned()).collect();
    commits.sort_unstable();
    let links = graph.records().iter().any(|(_, one)| is_timed(graph, one));
    let asked = Asked { commits: &commits, picks: &|subject| own(subject).is_some(), links };
    // What cannot be seen is not assessed.
    let found = match past.made(graph.path(beside), &asked) {
        Ok(found) => found,
        Err(why) => {
            graph.committed.unseen = (why != Why::NoRepository).then_some((beside, why));
            return;
        }
    };
    let mut told: FxHashSet<(RecordId, String)> = FxHashSet::default();
    let mut committed = Committed::default();
    for made in found {
        if !made.links.is_empty() {
            committed.moves.push(made.clone());
        }
        let record = match &made.asked {
            Some(written) => single.get(written.as_str()).copied(),
            None => own(&made.subject),
        };
        if let Some(record) = record.filter(|record| told.insert((*record, made.change.commit.clone()))) {
            committed.records.push((record, made));
        }
    }
    committed.records.sort_by_key(|(record, _)| *record);
    graph.committed = committed;
}

/// Whether a record was carried out, and names files in its scope.
fn is_carried(graph: &Graph, one: &Record) -> bool {
    let carried = matches!(one.class, Class::Change | Class::Deviation | Class::Action)
        && matches!(one.state, State::InExecution | State::InPostReview | State::PostApproved | State::Closed);
    let contents = one.file.filter(|_| carried).and_then(|file| graph.contents(file));
    contents.is_some_and(|contents| contents.affected.iter().any(|one| one.name.text.contains(['.', '/'])))
}

/// Whether the trail of a record tells when it was carried out.
fn is_timed(graph: &Graph, one: &Record) -> bool {
    let executes = |status: &str| State::of(status, one.class) == State::InExecution;
    graph.events(one).any(|(_, event)| event.time.is_some() && event.to.as_deref().is_some_and(executes))
}

/// The commits that a record says are its own.
fn commits(graph: &Graph, id: RecordId, file: FileId) -> impl Iterator<Item = (String, RecordId)> {
    let contents = graph.contents(file).map_or(&[][..], |contents| contents.commits.as_slice());
    contents.iter().map(move |written| (written.text.to_lowercase(), id))
}

/// The record that the subject of a commit begins with, if it speaks of no other: `CR-042: Start`, `[CR-042] Start`,
/// `fix(CR-042): start`. What somebody saved before the work or took back is not the work.
pub fn subject_of(subject: &str) -> Option<&str> {
    const OTHER: &[&str] = &["baseline", "pre", "revert", "reverts", "merge", "backport", "wip", "session"];
    let lead = subject.trim_start();
    let typed =
        lead.find('(').filter(|at| lead.get(..*at).is_some_and(|kind| kind.bytes().all(|byte| byte.is_ascii_lowercase())));
    let lead = lead.get(typed.unwrap_or(0)..)?.trim_start_matches(['[', '(']);
    let mut named = stated::tokens(lead);
    let (at, id) = named.next()?;
    // `EI-3` is a step of the record.
    let alone = at == 0 && named.all(|(_, other)| other == id || Class::of_family(family(other)).is_none());
    let rest = lead.get(id.len()..)?;
    let ends = rest.is_empty() || rest.starts_with([':', ' ', ']', ')', ',']);
    let other = words(rest).split(' ').any(|word| OTHER.contains(&word));
    (alone && ends && !other).then_some(id)
}

/// A commit as people name it, with its day.
pub fn written(change: &Change) -> String {
    format!("`{}` ({})", change.commit, change.day)
}

#[cfg(test)]
mod tests {
    use super::subject_of;

    #[test]
    fn a_subject_that_begins_with_a_record_is_of_that_record() {
        for (subject, expected) in [
            ("CR-042: Start the link", Some("CR-042")),
            ("CR-042 EI-3: Start the link", Some("CR-042")),
            ("[CR-042] Start", Some("CR-042")),
            ("fix(CR-042): start", Some("CR-042")),
            ("CR-042-VAR-001: Start", Some("CR-042-VAR-001")),
            ("CR-042/CR-043: Start", None),
            ("CR-042: Start, as CR-043 asks", None),
            ("CR-042 pre-execution baseline", None),
            ("Revert \"CR-042: Start\"", None),
            ("Start (CR-042)", None),
            ("Start the link", None),
            ("", None),
        ] {
            assert_eq!(subject_of(subject), expected, "{subject}");
        }
    }
}
