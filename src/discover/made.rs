//! What commits changed: those that somebody names, those whose subjects are picked, and those that move a submodule.

use super::commit::below;
use super::history::{change, tree_of};
use crate::model::history::{Asked, Made};
use crate::model::revision::Why;
use gix::objs::tree::EntryKind;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{ObjectId, Repository};
use std::collections::BTreeMap;

/// Commits that are looked through.
const MAX_COMMITS: usize = 50_000;

/// A commit that changes more files than this is an import, a move or the work of a tool.
const MAX_FILES: usize = 2_000;

/// The commits of a history that are asked for, the newest first, with paths below a folder of the repository.
pub(super) fn made(mut repository: Repository, tip: ObjectId, folder: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
    repository.object_cache_size(16 * 1024 * 1024);
    if repository.is_shallow().unwrap_or(true) {
        return Err(Why::Shallow);
    }
    let history = History { repository: &repository, folder };
    let mut found: Vec<Made> = asked.commits.iter().filter_map(|written| history.named(tip, written)).collect();
    found.extend(history.walk(tip, asked).ok_or(Why::Damaged)?);
    Ok(found)
}

struct History<'r> {
    repository: &'r Repository,
    folder: &'r str,
}

impl History<'_> {
    /// What a commit, or a range of them, changed; `None` where it is not part of the history of the tip or cannot be seen.
    fn named(&self, tip: ObjectId, written: &str) -> Option<Made> {
        let (from, to) = written.split_once("..").map_or((None, written), |(from, to)| (Some(from), to.trim_start_matches('.')));
        let id = |text: &str| Some(self.repository.rev_parse_single(format!("{text}^{{commit}}").as_str()).ok()?.detach());
        let to = id(to)?;
        if self.repository.merge_base(tip, to).ok()??.detach() != to {
            return None;
        }
        let from = match from {
            Some(from) => Some(id(from)?),
            None => self.parents(to)?.first().copied(),
        };
        let files = self.changed(from.and_then(|from| tree_of(self.repository, from)), tree_of(self.repository, to)?)?;
        Some(Made { asked: Some(written.to_owned()), files, ..self.told(to)? })
    }

    fn parents(&self, commit: ObjectId) -> Option<Vec<ObjectId>> {
        Some(self.repository.find_commit(commit).ok()?.parent_ids().map(|parent| parent.detach()).collect())
    }

    /// A commit without what it changed.
    fn told(&self, id: ObjectId) -> Option<Made> {
        let commit = self.repository.find_commit(id).ok()?;
        let subject = commit.message().ok()?.summary().to_string();
        let seconds = commit.time().ok()?.seconds;
        Some(Made { change: change(&commit)?, subject, seconds, ..Made::default() })
    }

    /// The commits of the history that are picked by their subjects or move a submodule; `None` where it cannot be seen.
    fn walk(&self, tip: ObjectId, asked: &Asked<'_>) -> Option<Vec<Made>> {
        let links = if asked.links { self.links(tip)? } else { Vec::new() };
        let order = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
        let walk = self.repository.rev_walk([tip]).sorting(order).all().ok()?;
        let mut found = Vec::new();
        for info in walk.take(MAX_COMMITS) {
            let info = info.ok()?;
            let parents: Vec<ObjectId> = info.parent_ids.iter().copied().collect();
            let moved = self.moved(info.id, &parents, &links)?;
            let commit = self.repository.find_commit(info.id).ok()?;
            let picked = (asked.picks)(&commit.message().ok()?.summary().to_string());
            if !picked && moved.is_empty() {
                continue;
            }
            let before = parents.first().and_then(|parent| tree_of(self.repository, *parent));
            let files = if picked { self.changed(before, tree_of(self.repository, info.id)?) } else { None };
            found.push(Made { files: files.unwrap_or_default(), links: moved, ..self.told(info.id)? });
        }
        Some(found)
    }

    /// The paths of submodules at a commit.
    fn links(&self, tip: ObjectId) -> Option<Vec<String>> {
        let tree = self.repository.find_tree(tree_of(self.repository, tip)?).ok()?;
        let Some(entry) = tree.find_entry(".gitmodules") else { return Some(Vec::new()) };
        let object = self.repository.find_object(entry.object_id()).ok()?;
        let text = String::from_utf8_lossy(&object.data);
        let path =
            |line: &str| line.trim().strip_prefix("path")?.trim_start().strip_prefix('=').map(|path| path.trim().to_owned());
        Some(text.lines().filter_map(path).collect())
    }

    /// The submodules that a commit moves: each of its parents points elsewhere. To add or to remove one is no move.
    fn moved(&self, commit: ObjectId, parents: &[ObjectId], links: &[String]) -> Option<Vec<String>> {
        if links.is_empty() || parents.is_empty() {
            return Some(Vec::new());
        }
        let at = |commit: ObjectId| -> Option<Vec<Option<ObjectId>>> {
            let tree = self.repository.find_tree(tree_of(self.repository, commit)?).ok()?;
            let entry = |path: &String| tree.lookup_entry_by_path(path).ok().flatten();
            Some(
                links
                    .iter()
                    .map(|path| entry(path).filter(|entry| entry.mode().is_commit()).map(|entry| entry.object_id()))
                    .collect(),
            )
        };
        let now = at(commit)?;
        let before: Vec<Vec<Option<ObjectId>>> = parents.iter().map(|parent| at(*parent)).collect::<Option<_>>()?;
        let moves = |number: usize, id: &Option<ObjectId>| {
            id.is_some() && before.iter().all(|one| one.get(number).is_some_and(|other| other.is_some() && other != id))
        };
        let moved = links.iter().zip(&now).enumerate().filter(|(number, (_, id))| moves(*number, id));
        Some(moved.filter_map(|(_, (path, _))| self.below(path)).collect())
    }

    /// A path of the repository as one below the folder.
    fn below(&self, path: &str) -> Option<String> {
        match self.folder {
            "" => Some(path.to_owned()),
            folder => path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned),
        }
    }

    /// The files that are another in one of two trees, sorted; `None` where they cannot be seen or are too many.
    fn changed(&self, old: Option<ObjectId>, new: ObjectId) -> Option<Vec<String>> {
        let mut found = Vec::new();
        // A stack of its own: the depth of the trees is not ours to choose.
        let mut waiting = vec![(String::new(), old, Some(new))];
        while let Some((folder, old, new)) = waiting.pop() {
            let (old, new) = (self.entries(old)?, self.entries(new)?);
            let names: BTreeMap<&String, ()> = old.keys().chain(new.keys()).map(|name| (name, ())).collect();
            for name in names.into_keys().filter(|name| old.get(*name) != new.get(*name)) {
                let path = below(&folder, name);
                let (before, after) = (old.get(name), new.get(name));
                let tree =
                    |entry: Option<&(EntryKind, ObjectId)>| entry.filter(|(kind, _)| *kind == EntryKind::Tree).map(|(_, id)| *id);
                let blob = |entry: Option<&(EntryKind, ObjectId)>| {
                    entry.is_some_and(|(kind, _)| matches!(kind, EntryKind::Blob | EntryKind::BlobExecutable))
                };
                if blob(before) || blob(after) {
                    found.extend(self.below(&path));
                }
                if tree(before).is_some() || tree(after).is_some() {
                    waiting.push((path, tree(before), tree(after)));
                }
                if found.len() > MAX_FILES || waiting.len() > MAX_FILES {
                    return None;
                }
            }
        }
        found.sort_unstable();
        Some(found)
    }

    fn entries(&self, tree: Option<ObjectId>) -> Option<BTreeMap<String, (EntryKind, ObjectId)>> {
        let Some(tree) = tree else { return Some(BTreeMap::new()) };
        let tree = self.repository.find_tree(tree).ok()?;
        let entry =
            |entry: gix::object::tree::EntryRef<'_, '_>| (entry.filename().to_string(), (entry.kind(), entry.object_id()));
        tree.iter().map(|one| one.ok().map(entry)).collect()
    }
}
