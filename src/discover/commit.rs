//! Files of a commit, read from the repository without a checkout.

mod staged;

use super::passed_over::folder_passed_over;
use super::revision;
use super::tree::{Absent, Entry, Tree, no_such_index};
use super::{head, history, made};
use crate::model::history::{Asked, Head, Made, Versions};
use crate::model::revision::{Revision, Why};
use gix::bstr::{BStr, ByteSlice};
use gix::objs::tree::EntryKind;
use gix::revision::spec::parse;
use gix::{ObjectId, Repository, ThreadSafeRepository};
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Folders within folders that are entered.
const MAX_DEPTH: usize = 256;

/// Files and folders that one commit may list. A few hundred bytes of objects can
/// describe more files than any memory holds, so there must be an end.
const MAX_ENTRIES: usize = 4_000_000;

/// The files of a commit, below a folder of it.
///
/// Ignore files mean nothing here: what is committed is tracked. Folders of which nothing
/// is read are left out as on disk.
pub struct Commit {
    repository: ThreadSafeRepository,
    root: PathBuf,
    /// The folder of the repository that `root` is.
    folder: String,
    id: ObjectId,
    entries: Vec<Entry>,
    objects: Vec<ObjectId>,
    absent: Vec<Absent>,
}

/// Why a commit cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommitError {
    /// There is no repository at the path or above it.
    NoRepository {
        /// The path.
        path: PathBuf,
        /// What the attempt to open it met.
        reason: String,
    },
    /// The revision names nothing in the repository.
    Unknown {
        /// The revision as asked for.
        revision: String,
        /// Whether the clone is shallow, so that the commit may exist elsewhere.
        shallow: bool,
    },
    /// The revision names several things.
    Ambiguous {
        /// The revision as asked for.
        revision: String,
        /// What it may stand for.
        candidates: Vec<String>,
    },
    /// The revision names something that is no commit.
    NotACommit {
        /// The revision as asked for.
        revision: String,
    },
    /// The commit has no such folder.
    NoFolder {
        /// The folder, relative to the top of the repository.
        folder: String,
        /// The revision as asked for.
        revision: String,
    },
    /// An object of the commit is missing or damaged.
    Object {
        /// Its id.
        id: String,
        /// What reading it met.
        reason: String,
        /// It is not in the clone, as opposed to being there and damaged.
        missing: bool,
    },
    /// What is staged cannot be read.
    Index {
        /// What reading it met.
        reason: String,
    },
    /// The commit lists more than can be held.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository { path, reason } => {
                write!(f, "no git repository at `{}`: {reason}", path.display())
            }
            Self::Unknown { revision, shallow: false } => {
                write!(f, "the repository has no revision `{revision}`")
            }
            Self::Unknown { revision, shallow: true } => {
                write!(f, "this shallow clone has no revision `{revision}`; fetch more history")
            }
            Self::Ambiguous { revision, candidates } => {
                write!(f, "the revision `{revision}` is ambiguous: {}", candidates.join(", "))
            }
            Self::NotACommit { revision } => write!(f, "`{revision}` is not a commit"),
            Self::NoFolder { folder, revision } => {
                write!(f, "the commit `{revision}` has no folder `{folder}`")
            }
            Self::Object { id, reason, .. } => write!(f, "the object {id} cannot be read: {reason}"),
            Self::Index { reason } => write!(f, "what is staged cannot be read: {reason}"),
            Self::TooLarge { what } => write!(f, "the commit has too many {what}"),
        }
    }
}

impl std::error::Error for CommitError {}

impl Commit {
    /// Lists the files of a commit.
    ///
    /// `root` is a repository, bare or not, or a folder within one: then only what the
    /// commit has below that folder is listed, with paths relative to it. `revision` is
    /// anything that gitrevisions(7) allows.
    pub fn open(root: &Path, revision: &str) -> Result<Self, CommitError> {
        let repository = open_repository(root)?;
        let (id, tree) = resolve(&repository, revision)?;
        let folder = folder_of(&repository, root);
        let tree = descend(&repository, tree, &folder, revision)?;
        let mut listing = Listing::new(&repository);
        listing.list(tree)?;
        let Listing { mut files, mut absent, .. } = listing;
        files.sort_unstable();
        absent.sort_unstable();
        let (entries, objects) = files.into_iter().unzip();
        Ok(Self { repository: repository.into_sync(), root: root.to_owned(), folder, id, entries, objects, absent })
    }

    /// The full id of the commit that a revision names.
    pub fn resolve(root: &Path, revision: &str) -> Result<String, CommitError> {
        let repository = open_repository(root)?;
        resolve(&repository, revision).map(|(id, _)| id.to_string())
    }

    /// The full id of the commit.
    pub fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Tree for Commit {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        let id = self.objects.get(index).ok_or_else(|| no_such_index(index))?;
        let repository = self.repository.to_thread_local();
        let mut blob = repository.find_object(*id).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(std::mem::take(&mut blob.data))
    }

    fn absent(&self) -> &[Absent] {
        &self.absent
    }

    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        let hashes: Vec<&str> = wanted.iter().map(|(_, hash)| *hash).collect();
        revision::look_up(&self.repository.to_thread_local(), &hashes)
    }

    fn day(&self) -> Option<String> {
        history::day(&self.repository.to_thread_local(), self.id)
    }

    fn past(&self, _beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        history::past(&self.root, commit)
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        let paths: Vec<String> = paths.iter().map(|path| below(&self.folder, path)).collect();
        history::versions(self.repository.to_thread_local(), self.id, since, &paths)
    }

    fn made(&self, _beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        made::made(self.repository.to_thread_local(), self.id, &self.folder, asked)
    }

    fn heads(&self, _files: &[usize]) -> Vec<Head> {
        vec![head::of_commit(&self.repository.to_thread_local(), self.id)]
    }
}

/// Opens the repository without the settings of the user: they must not change a result.
fn open_repository(root: &Path) -> Result<Repository, CommitError> {
    let full = full(root);
    gix::discover_opts(&full, Default::default(), gix::open::Options::isolated())
        .map_err(|error| CommitError::NoRepository { path: root.to_owned(), reason: error.to_string() })
}

/// A folder by its full path: from `../pump.git` git's library goes up into a folder that is none.
pub(super) fn full(root: &Path) -> PathBuf {
    root.canonicalize().unwrap_or_else(|_| root.to_owned())
}

/// The commit that a revision names, and its tree.
fn resolve(repository: &Repository, revision: &str) -> Result<(ObjectId, ObjectId), CommitError> {
    let unknown = || CommitError::Unknown { revision: revision.to_owned(), shallow: repository.is_shallow().unwrap_or(false) };
    let id = repository.rev_parse_single(revision).map_err(|error| ambiguous(revision, &error).unwrap_or_else(unknown))?;
    // A full id is taken as it is written: whether the object is there shows only now.
    let found = repository.try_find_object(id).map_err(|error| object(repository, id.detach(), &error))?;
    let commit =
        found.ok_or_else(unknown)?.peel_to_commit().map_err(|_| CommitError::NotACommit { revision: revision.to_owned() })?;
    let tree = commit.tree_id().map_err(|error| object(repository, commit.id, &error))?;
    Ok((commit.id, tree.detach()))
}

/// The candidates, where several are the reason that a revision cannot be resolved.
fn ambiguous(revision: &str, error: &gix::Error) -> Option<CommitError> {
    let candidates = error.iter_errors().find_map(|error| match error.downcast_ref() {
        Some(parse::Error::AmbiguousPrefix { candidates, .. } | parse::Error::AmbiguousRefAndObject { candidates, .. }) => {
            Some(candidates.iter().map(|(id, what)| format!("{id} ({what})")).collect())
        }
        _ => None,
    })?;
    Some(CommitError::Ambiguous { revision: revision.to_owned(), candidates })
}

/// A path below a folder, which is empty for the top.
pub(super) fn below(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// The folder of the repository that `root` is, empty for the top.
pub(super) fn folder_of(repository: &Repository, root: &Path) -> String {
    let top = repository.workdir().and_then(|top| top.canonicalize().ok());
    let root = root.canonicalize().ok();
    let inside = top.zip(root).and_then(|(top, root)| {
        let git = repository.git_dir().canonicalize().ok()?;
        let inside = root.strip_prefix(&top).ok()?;
        (!root.starts_with(git)).then(|| inside.to_string_lossy().replace('\\', "/"))
    });
    inside.unwrap_or_default()
}

/// The tree of a folder of a commit.
fn descend(repository: &Repository, tree: ObjectId, folder: &str, revision: &str) -> Result<ObjectId, CommitError> {
    if folder.is_empty() {
        return Ok(tree);
    }
    let top = repository.find_tree(tree).map_err(|error| object(repository, tree, &error))?;
    let entry = top.lookup_entry_by_path(folder).map_err(|error| object(repository, tree, &error))?;
    let is_tree = |entry: &gix::object::tree::Entry<'_>| entry.mode().is_tree();
    entry
        .filter(is_tree)
        .map(|entry| entry.object_id())
        .ok_or_else(|| CommitError::NoFolder { folder: folder.to_owned(), revision: revision.to_owned() })
}

/// The files of a tree and of the trees in it.
struct Listing<'r> {
    repository: &'r Repository,
    files: Vec<(Entry, ObjectId)>,
    absent: Vec<Absent>,
    waiting: Vec<(String, ObjectId, usize)>,
    seen: usize,
}

impl<'r> Listing<'r> {
    fn new(repository: &'r Repository) -> Self {
        let (files, absent, waiting) = (Vec::new(), Vec::new(), Vec::new());
        Self { repository, files, absent, waiting, seen: 0 }
    }

    /// A stack of its own, not recursion: the depth of the trees is not ours to choose.
    fn list(&mut self, top: ObjectId) -> Result<(), CommitError> {
        self.waiting.push((String::new(), top, 0));
        while let Some((folder, id, depth)) = self.waiting.pop() {
            let tree = self.repository.find_tree(id).map_err(|error| object(self.repository, id, &error))?;
            for entry in tree.iter() {
                let entry = entry.map_err(|error| object(self.repository, id, &error))?;
                self.seen += 1;
                if self.seen > MAX_ENTRIES {
                    return Err(CommitError::TooLarge { what: "files" });
                }
                self.take(&folder, entry.filename(), entry.kind(), entry.object_id(), depth)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, folder: &str, name: &BStr, kind: EntryKind, id: ObjectId, depth: usize) -> Result<(), CommitError> {
        let path = below(folder, &name.to_str_lossy());
        if name.to_str().is_err() {
            self.leave_out(path, "the name is not valid Unicode".to_owned());
            return Ok(());
        }
        match kind {
            EntryKind::Tree if folder_passed_over(&path).is_some() => {}
            EntryKind::Tree if depth >= MAX_DEPTH => {
                return Err(CommitError::TooLarge { what: "folders within folders" });
            }
            EntryKind::Tree => self.waiting.push((path, id, depth + 1)),
            EntryKind::Blob | EntryKind::BlobExecutable => self.file(path, id),
            EntryKind::Link => self.link(path, folder, id),
            EntryKind::Commit => {
                self.leave_out(path, "a submodule is not part of the commit".to_owned());
            }
        }
        Ok(())
    }

    /// A file whose object is missing, as in a partial clone, does not stop the scan.
    fn file(&mut self, path: String, id: ObjectId) {
        match self.repository.try_find_header(id) {
            Ok(Some(_)) => self.files.push((Entry { path }, id)),
            Ok(None) => self.leave_out(path, format!("the object {id} is not in the clone")),
            Err(error) => self.leave_out(path, format!("the object {id} cannot be read: {error}")),
        }
    }

    /// The target of a link is read where it stands, unless that is not in this tree.
    fn link(&mut self, path: String, folder: &str, id: ObjectId) {
        match self.repository.find_blob(id) {
            Ok(target) if leads_out(folder, &target.data.to_str_lossy()) => {
                self.leave_out(path, "the link leads outside of the scan".to_owned());
            }
            Ok(_) => {}
            Err(error) => self.leave_out(path, format!("the object {id} cannot be read: {error}")),
        }
    }

    fn leave_out(&mut self, path: String, reason: String) {
        self.absent.push(Absent { path, reason });
    }
}

/// Whether a link in `folder` leads above the root of the tree.
fn leads_out(folder: &str, target: &str) -> bool {
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    for part in target.split('/') {
        match part {
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            "" | "." => {}
            _ => depth += 1,
        }
    }
    target.starts_with('/')
}

fn object(repository: &Repository, id: ObjectId, error: &dyn fmt::Display) -> CommitError {
    CommitError::Object { id: id.to_string(), reason: error.to_string(), missing: !repository.has_object(id) }
}
