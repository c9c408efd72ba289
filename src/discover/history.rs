//! What became of files after a commit: one walk over the history for all of them.

use super::commit::{Commit, CommitError};
use super::tree::{Memory, Tree};
use crate::model::history::{Change, Version, Versions};
use crate::model::revision::Why;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{ObjectId, Repository};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

/// Commits that are looked through; where more came after, not all that touched a file were seen.
const MAX_COMMITS: usize = 50_000;

/// Versions of one file that are read.
const MAX_VERSIONS: usize = 100;

/// The tree at a commit.
pub(super) fn past(root: &Path, commit: &str) -> Result<Box<dyn Tree>, Why> {
    // The ending says that it is a commit, so that a file whose hash begins alike does no harm.
    match Commit::open(root, &format!("{commit}^{{commit}}")) {
        Ok(commit) => Ok(Box::new(commit)),
        // A folder that came later held nothing then.
        Err(CommitError::NoFolder { .. }) => Ok(Box::new(Memory::default())),
        Err(CommitError::NoRepository { .. }) => Err(Why::NoRepository),
        Err(CommitError::Unknown { shallow: true, .. }) => Err(Why::Shallow),
        Err(CommitError::Object { missing: false, .. }) => Err(Why::Damaged),
        Err(CommitError::Object { .. } | CommitError::Index { .. } | CommitError::TooLarge { .. }) => Err(Why::NoObjects),
        Err(CommitError::Unknown { .. } | CommitError::Ambiguous { .. } | CommitError::NotACommit { .. }) => Err(Why::NoCommit),
    }
}

/// What became of files, by their paths in the repository, between a commit and a later one.
pub(super) fn versions(mut repository: Repository, tip: ObjectId, since: &str, paths: &[String]) -> Vec<Versions> {
    repository.object_cache_size(16 * 1024 * 1024);
    let mut found = vec![Versions { list: Vec::new(), whole: true }; paths.len()];
    // Nothing found and nothing whole: it could not be seen.
    if walk(&repository, tip, since, paths, &mut found).is_none() {
        found.iter_mut().for_each(|one| one.whole = false);
    }
    found
}

/// Walks from the tip down to the commit; `None` where it could not come so far.
fn walk(repository: &Repository, tip: ObjectId, since: &str, paths: &[String], found: &mut [Versions]) -> Option<()> {
    let since = repository.rev_parse_single(format!("{since}^{{commit}}").as_str()).ok()?.detach();
    // A commit without its parents seems to have made everything that is in it.
    let cut: FxHashSet<ObjectId> = repository.shallow_commits().ok()?.iter().flat_map(|cut| cut.iter().copied()).collect();
    let order = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
    let walk = repository.rev_walk([tip]).with_hidden([since]).sorting(order).all().ok()?;
    let mut folders = Folders { repository, known: FxHashMap::default() };
    let mut whole = Some(());
    for (number, info) in walk.enumerate() {
        let info = info.ok()?;
        if number >= MAX_COMMITS {
            return None;
        }
        if cut.contains(&info.id) {
            whole = None;
            continue;
        }
        let tree = tree_of(repository, info.id)?;
        let parents: Vec<ObjectId> = info.parent_ids.iter().map(|parent| tree_of(repository, *parent)).collect::<Option<_>>()?;
        for (path, versions) in paths.iter().zip(found.iter_mut()) {
            let entry = folders.entry(tree, path);
            // A merge that took a file over from one side did not change it.
            let made = match parents.is_empty() {
                true => entry.is_some(),
                false => parents.iter().all(|parent| folders.entry(*parent, path) != entry),
            };
            if made && versions.list.len() < MAX_VERSIONS {
                versions.list.push(version(repository, info.id, entry)?);
            } else if made {
                versions.whole = false;
            }
        }
    }
    whole
}

pub(super) fn tree_of(repository: &Repository, commit: ObjectId) -> Option<ObjectId> {
    Some(repository.find_commit(commit).ok()?.tree_id().ok()?.detach())
}

/// The day on which a commit was made: of those on which it was written and committed the earlier one.
pub(super) fn day(repository: &Repository, commit: ObjectId) -> Option<String> {
    let commit = repository.find_commit(commit).ok()?;
    let written = commit.author().ok()?.time().ok()?;
    let committed = commit.committer().ok()?.time().ok()?;
    let first = if written.seconds <= committed.seconds { written } else { committed };
    first.format(gix::date::time::format::SHORT).ok()
}

/// A commit, as a person would name it.
pub(super) fn change(commit: &gix::Commit<'_>) -> Option<Change> {
    let author = commit.author().ok()?;
    let day = author.time().ok()?.format(gix::date::time::format::SHORT).ok()?;
    Some(Change { commit: commit.short_id().ok()?.to_string(), author: author.name.to_string(), day })
}

fn version(repository: &Repository, commit: ObjectId, entry: Option<ObjectId>) -> Option<Version> {
    let change = change(&repository.find_commit(commit).ok()?)?;
    let bytes = entry.and_then(|entry| Some(std::mem::take(&mut repository.find_object(entry).ok()?.data)));
    Some(Version { change, bytes })
}

/// Entries of trees. Most commits leave most folders as they were: each is looked into once.
struct Folders<'r> {
    repository: &'r Repository,
    known: FxHashMap<(ObjectId, String), Option<ObjectId>>,
}

impl Folders<'_> {
    /// What a tree has at a path.
    fn entry(&mut self, tree: ObjectId, path: &str) -> Option<ObjectId> {
        path.split('/').try_fold(tree, |tree, name| {
            let key = (tree, name.to_owned());
            if let Some(known) = self.known.get(&key) {
                return *known;
            }
            let folder = self.repository.find_tree(tree).ok();
            let entry = folder.and_then(|folder| folder.find_entry(name).map(|entry| entry.object_id()));
            self.known.insert(key, entry);
            entry
        })
    }
}
