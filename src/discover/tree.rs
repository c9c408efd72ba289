//! A set of files by relative path: on disk, in a commit or in memory.

use crate::model::revision::{Revision, Why};
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
pub trait Tree: Sync {
    /// The files, sorted by the bytes of their paths.
    fn files(&self) -> &[Entry];

    /// The content of the file at `index` in [`files`](Self::files).
    fn bytes(&self, index: usize) -> io::Result<Vec<u8>>;

    /// What belongs to the tree and cannot be read, sorted by path.
    fn absent(&self) -> &[Absent] {
        &[]
    }

    /// Looks up commits, each given with a file beside which it belongs; as many answers as questions.
    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        vec![Revision::NotAssessed(Why::NoRepository); wanted.len()]
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

/// A tree in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    entries: Vec<Entry>,
    contents: Vec<Vec<u8>>,
}

impl Memory {
    /// A tree of paths and contents, in any order; of two equal paths the last counts.
    pub fn new<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Self
    where
        P: Into<String>,
        B: Into<Vec<u8>>,
    {
        let by_path: std::collections::BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        let (entries, contents) = by_path.into_iter().map(|(path, bytes)| (Entry { path }, bytes)).unzip();
        Self { entries, contents }
    }
}

impl Tree for Memory {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        self.contents.get(index).cloned().ok_or_else(|| no_such_index(index))
    }
}
