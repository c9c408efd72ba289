//! The commit to which a folder belongs, and which of its files are another there.

use super::commit::below;
use crate::model::history::{Head, Tip};
use crate::model::revision::Why;
use gix::objs::{Kind, compute_hash};
use gix::{ObjectId, Repository};
use rustc_hash::FxHashMap;

/// The commit that is checked out in a folder, compared with files by their paths in the folder. `top` is the folder in the
/// repository.
pub(super) fn of_folder(repository: &Repository, top: &str, files: &[&str], bytes: impl Fn(&str) -> Option<Vec<u8>>) -> Head {
    let mut changed = Vec::new();
    let mut look = || {
        let id = repository.head_id().ok()?.detach();
        let commit = repository.find_commit(id).ok()?;
        let (seconds, tree) = (commit.time().ok()?.seconds, commit.tree_id().ok()?.detach());
        let mut folders = Folders { repository, known: FxHashMap::default() };
        for path in files {
            let committed = folders.blob(tree, &below(top, path));
            let same = committed.is_some_and(|id| bytes(path).is_some_and(|bytes| is_blob(repository, id, &bytes)));
            if !same {
                changed.push((*path).to_owned());
            }
        }
        Some((id.to_string(), seconds))
    };
    let commit = match look() {
        Some((id, seconds)) => Ok(Tip { id, seconds, compared: files.len(), changed }),
        None => Err(Why::NoCommit),
    };
    Head { folder: String::new(), is_commit: false, commit }
}

/// A commit that is read itself.
pub(super) fn of_commit(repository: &Repository, id: ObjectId) -> Head {
    let seconds = repository.find_commit(id).ok().and_then(|commit| Some(commit.time().ok()?.seconds));
    let commit = match seconds {
        Some(seconds) => Ok(Tip { id: id.to_string(), seconds, compared: 0, changed: Vec::new() }),
        None => Err(Why::Damaged),
    };
    Head { folder: String::new(), is_commit: true, commit }
}

/// Whether bytes are those of a blob; git may have turned the ends of lines around when it checked them out.
fn is_blob(repository: &Repository, id: ObjectId, bytes: &[u8]) -> bool {
    let is = |bytes: &[u8]| compute_hash(repository.object_hash(), Kind::Blob, bytes).is_ok_and(|hash| hash == id);
    is(bytes) || memchr::memchr(b'\r', bytes).is_some() && is(&without_returns(bytes))
}

fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let ends = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
    bytes.iter().enumerate().filter(|(at, _)| !ends(*at)).map(|(_, byte)| *byte).collect()
}

/// Folders of a commit, each read once: what stands in them by name.
struct Folders<'r> {
    repository: &'r Repository,
    known: FxHashMap<ObjectId, FxHashMap<String, ObjectId>>,
}

impl Folders<'_> {
    /// The object at a path.
    fn blob(&mut self, tree: ObjectId, path: &str) -> Option<ObjectId> {
        path.split('/').try_fold(tree, |tree, name| {
            let repository = self.repository;
            let names = self.known.entry(tree).or_insert_with(|| {
                let found = repository.find_tree(tree);
                let entries = found.iter().flat_map(|tree| tree.iter().flatten());
                entries.map(|entry| (entry.filename().to_string(), entry.object_id())).collect()
            });
            names.get(name).copied()
        })
    }
}
