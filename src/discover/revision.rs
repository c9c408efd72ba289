//! Commits that documents name, looked up in the repository of a tree.

use crate::model::revision::{Revision, Why};
use gix::revision::spec::parse;
use gix::revision::spec::parse::CandidateInfo;
use gix::{ObjectId, Repository};
use rustc_hash::FxHashSet;

/// Commits of a history that are looked through; where it is longer, what was not met may still be in it.
const MAX_COMMITS: usize = 300_000;

/// Fewer digits are taken for a name first, and only then for the beginning of a hash.
const DIGITS: usize = 7;

/// Looks commits up: hashes, whole or their beginnings, and names of tags. A branch is no name of a commit, it moves.
pub(super) fn look_up(repository: &Repository, names: &[&str]) -> Vec<Revision> {
    let shallow = repository.is_shallow().unwrap_or(true);
    let is_hash = |name: &str| name.len() >= DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let found = names.iter().map(|name| match is_hash(name) {
        true => resolve(repository, name, shallow),
        false => named(repository, name, shallow),
    });
    let found: Vec<Result<ObjectId, Revision>> = found.collect();
    let ids: FxHashSet<ObjectId> = found.iter().filter_map(|one| one.as_ref().ok().copied()).collect();
    let unmet = unmet(repository, ids, shallow);
    let place = |id: ObjectId| match &unmet {
        None => Revision::Exists,
        Some(unmet) if unmet.contains(&id) => Revision::Unreachable,
        Some(_) => Revision::Reachable,
    };
    let told = |(name, one): (&&str, Result<ObjectId, Revision>)| match one {
        Ok(id) if is_hash(name) => place(id),
        Ok(id) => Revision::Named(id.to_string(), Box::new(place(id))),
        Err(revision) => revision,
    };
    names.iter().zip(found).map(told).collect()
}

/// The commit to which a tag leads, or else the few digits with which its hash begins.
fn named(repository: &Repository, name: &str, shallow: bool) -> Result<ObjectId, Revision> {
    if let Ok(id) = repository.rev_parse_single(format!("refs/tags/{name}^{{commit}}").as_str()) {
        return Ok(id.detach());
    }
    // Four is the fewest that git takes.
    let few = name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    match (few, shallow) {
        (true, _) => resolve(repository, name, shallow),
        (false, true) => Err(Revision::NotAssessed(Why::Shallow)),
        (false, false) => Err(Revision::Missing),
    }
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
