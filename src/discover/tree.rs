//! A set of files by relative path: on disk, in a commit or in memory.

use crate::model::history::{Asked, Change, Head, Made, Version, Versions};
use crate::model::revision::{Revision, Why};
use std::collections::BTreeMap;
use std::io;

/// One file of a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The path relative to the root of the tree, with `/` between its parts.
    pub path: String,
}

/// Something that belongs to a tree and cannot be read from it.
///
/// A scan that leaves a part out must say so: what is absent is not assessed,
/// it is not missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absent {
    /// The path relative to the root of the tree.
    pub path: String,
    /// Why, in one lower-case fragment: "the submodule is not checked out".
    pub reason: String,
}

/// A set of files that can be listed and read.
///
/// The list is sorted by the bytes of the paths and holds each path once, so
/// that the index of a file never depends on the order in which it was found.
pub trait Tree: Send + Sync {
    /// The files, sorted by the bytes of their paths.
    fn files(&self) -> &[Entry];

    /// The content of the file at `index` in [`files`](Self::files).
    fn bytes(&self, index: usize) -> io::Result<Vec<u8>>;

    /// The first bytes of that file, at most so many.
    fn head(&self, index: usize, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.bytes(index)?;
        bytes.truncate(most);
        Ok(bytes)
    }

    /// What belongs to the tree and cannot be read, sorted by path.
    fn absent(&self) -> &[Absent] {
        &[]
    }

    /// Files that seem to be results of test runs and are not listed, because an ignore file names them. It is asked where no
    /// results were read.
    fn hidden_results(&self) -> Vec<String> {
        Vec::new()
    }

    /// Looks up commits, each given with a file beside which it belongs; as many answers as questions.
    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        vec![Revision::NotAssessed(Why::NoRepository); wanted.len()]
    }

    /// The part of the tree to which a path belongs, as it was at a commit, with the paths of this tree.
    fn past(&self, _beside: &str, _commit: &str) -> Result<Box<dyn Tree>, Why> {
        Err(Why::NoRepository)
    }

    /// The day on which the tree was made, `2024-03-01`, where it is that of a commit.
    fn day(&self) -> Option<String> {
        None
    }

    /// What became of files after a commit; as many answers as paths.
    fn versions(&self, paths: &[&str], _since: &str) -> Vec<Versions> {
        vec![Versions::default(); paths.len()]
    }

    /// What commits changed in the part of the tree to which a path belongs.
    fn made(&self, _beside: &str, _asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        Err(Why::NoRepository)
    }

    /// The commits of the repositories that hold the files, and which of the given files, by their positions in
    /// [`files`](Self::files), are another there.
    fn heads(&self, _files: &[usize]) -> Vec<Head> {
        vec![Head { folder: String::new(), is_commit: false, commit: Err(Why::NoRepository) }]
    }

    /// Of several trees in one the number of that to which a path belongs.
    fn part(&self, _path: &str) -> usize {
        0
    }

    /// The position of a path in [`files`](Self::files).
    fn find(&self, path: &str) -> Option<usize> {
        self.files().binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
    }
}

/// The error of an index that no file has.
pub(super) fn no_such_index(index: usize) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("the tree has no file number {index}"))
}

/// A tree in memory, and what it was at one commit if that is given.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    entries: Vec<Entry>,
    contents: Vec<Vec<u8>>,
    day: Option<String>,
    past: Option<Box<Past>>,
}

/// A tree in memory at a commit, and the one commit that came after it.
#[derive(Debug, Clone)]
struct Past {
    commit: String,
    tree: Memory,
    next: Change,
}

impl Memory {
    /// A tree of paths and contents, in any order; of two equal paths the last counts.
    pub fn new<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Self
    where
        P: Into<String>,
        B: Into<Vec<u8>>,
    {
        let by_path: BTreeMap<String, Vec<u8>> = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        let (entries, contents) = by_path.into_iter().map(|(path, bytes)| (Entry { path }, bytes)).unzip();
        Self { entries, contents, day: None, past: None }
    }

    /// The tree with what it was at a commit. What is not among the files was then as it is now.
    #[must_use]
    pub fn after<P, B>(mut self, commit: &str, next: Change, files: impl IntoIterator<Item = (P, B)>) -> Self
    where
        P: Into<String>,
        B: Into<Vec<u8>>,
    {
        let now = self.entries.iter().map(|entry| entry.path.clone()).zip(self.contents.iter().cloned());
        let mut all: BTreeMap<String, Vec<u8>> = now.collect();
        all.extend(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())));
        self.past = Some(Box::new(Past { commit: commit.to_owned(), tree: Self::new(all), next }));
        self
    }

    /// The tree with the day on which that commit was made.
    #[must_use]
    pub fn made_on(mut self, day: &str) -> Self {
        if let Some(past) = &mut self.past {
            past.tree.day = Some(day.to_owned());
        }
        self
    }
}

impl Past {
    /// Whether a hash, or the beginning of one, names the commit.
    fn is(&self, hash: &str) -> bool {
        self.commit.starts_with(hash) || hash.starts_with(&self.commit)
    }
}

impl Tree for Memory {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        self.contents.get(index).cloned().ok_or_else(|| no_such_index(index))
    }

    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        let look = |hash: &str| match &self.past {
            None => Revision::NotAssessed(Why::NoRepository),
            Some(past) if past.is(hash) => Revision::Reachable,
            Some(_) => Revision::Missing,
        };
        wanted.iter().map(|(_, hash)| look(hash)).collect()
    }

    fn day(&self) -> Option<String> {
        self.day.clone()
    }

    fn past(&self, _beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        let past = self.past.as_ref().ok_or(Why::NoRepository)?;
        if past.is(commit) { Ok(Box::new(past.tree.clone())) } else { Err(Why::NoCommit) }
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        let Some(past) = self.past.as_ref().filter(|past| past.is(since)) else {
            return vec![Versions::default(); paths.len()];
        };
        let content = |tree: &Self, path: &str| tree.find(path).and_then(|at| tree.contents.get(at).cloned());
        let of = |path: &&str| {
            let (then, now) = (content(&past.tree, path), content(self, path));
            let version = || Version { change: past.next.clone(), bytes: now.clone() };
            Versions { list: (then != now).then(version).into_iter().collect(), whole: true }
        };
        paths.iter().map(of).collect()
    }

    fn made(&self, _beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        let past = self.past.as_ref().ok_or(Why::NoRepository)?;
        let content = |tree: &Self, path: &str| tree.find(path).and_then(|at| tree.contents.get(at).cloned());
        let changed = |path: &&String| content(&past.tree, path) != content(self, path);
        let files: Vec<String> = self.entries.iter().map(|entry| &entry.path).filter(changed).cloned().collect();
        let named = asked.commits.iter().filter(|written| past.next.commit.starts_with(written.as_str()));
        let made = |written: &String| Made {
            change: past.next.clone(),
            asked: Some(written.clone()),
            files: files.clone(),
            ..Made::default()
        };
        Ok(named.map(made).collect())
    }
}
