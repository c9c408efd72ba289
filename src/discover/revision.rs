//! Commits that documents name, looked up in the repository of a tree.

use crate::model::revision::{Revision, Why};
use gix::revision::spec::parse;
use gix::revision::spec::parse::CandidateInfo;
use gix::{ObjectId, Repository};
use rustc_hash::FxHashSet;

/// Commits of a history that are looked through; where it is longer, what was not met may still be in it.
const MAX_COMMITS: usize = 300_000;

/// Looks hashes up, whole or their beginnings.
pub(super) fn look_up(repository: &Repository, hashes: &[&str]) -> Vec<Revision> {
    let shallow = repository.is_shallow().unwrap_or(true);
    let found: Vec<Result<ObjectId, Revision>> = hashes.iter().map(|hash| resolve(repository, hash, shallow)).collect();
    let ids: FxHashSet<ObjectId> = found.iter().filter_map(|one| one.as_ref().ok().copied()).collect();
    let unmet = unmet(repository, ids, shallow);
    let place = |id: ObjectId| match &unmet {
        None => Revision::Exists,
        Some(unmet) if unmet.contains(&id) => Revision::Unreachable,
        Some(_) => Revision::Reachable,
    };
    found.into_iter().map(|one| one.map_or_else(|revision| revision, place)).collect()
}

/// The commit that a hash names.
fn resolve(repository: &Repository, hash: &str, shallow: bool) -> Result<ObjectId, Revision> {
    // The ending says that it is a commit, so that a file with the same beginning does no harm.
    repository.rev_parse_single(format!("{hash}^{{commit}}").as_str()).map(gix::Id::detach).map_err(|error| {
        if is_damaged(repository, hash) {
            return Revision::NotAssessed(Why::Damaged);
        }
        let candidates = error.iter_errors().find_map(|error| match error.downcast_ref() {
            Some(parse::Error::AmbiguousPrefix { candidates, .. }) => Some(candidates),
            _ => None,
        });
        let commits = candidates.into_iter().flatten().filter(|(_, what)| matches!(what, CandidateInfo::Commit { .. }));
        let commits: Vec<String> = commits.map(|(prefix, _)| prefix.to_string()).collect();
        match (commits.len(), shallow) {
            (0 | 1, true) => Revision::NotAssessed(Why::Shallow),
            (0, false) => Revision::Missing,
            (1, false) => Revision::Exists,
            _ => Revision::Ambiguous(commits),
        }
    })
}

/// Whether a repository has an object of this name that cannot be read.
fn is_damaged(repository: &Repository, hash: &str) -> bool {
    repository.rev_parse_single(hash).is_ok_and(|id| repository.try_find_object(id).is_err())
}

/// Those commits that the history of what is checked out does not have; `None` where it cannot be seen as a whole.
fn unmet(repository: &Repository, mut ids: FxHashSet<ObjectId>, shallow: bool) -> Option<FxHashSet<ObjectId>> {
    if ids.is_empty() {
        return Some(ids);
    }
    let head = repository.head_id().ok()?;
    let walk = repository.rev_walk([head.detach()]).all().ok()?;
    for (number, commit) in walk.enumerate() {
        ids.remove(&commit.ok()?.id);
        if ids.is_empty() {
            return Some(ids);
        }
        if number >= MAX_COMMITS {
            return None;
        }
    }
    (!shallow).then_some(ids)
}
