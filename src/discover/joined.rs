//! Several trees as one: folders given together, or documents beside the tests of another repository.

use super::tree::{Absent, Entry, Tree, no_such_index};
use crate::model::revision::{Revision, Why};
use std::io;

/// One of the trees, and what of it is taken.
pub struct Part {
    /// The tree.
    pub tree: Box<dyn Tree>,
    /// What stands before its paths, without a `/` at the end; may be empty.
    pub prefix: String,
    /// Which of its paths are taken.
    pub takes: fn(&str) -> bool,
}

impl Part {
    /// All of a tree.
    pub fn whole(tree: Box<dyn Tree>, prefix: impl Into<String>) -> Self {
        Self { tree, prefix: prefix.into(), takes: |_| true }
    }
}

/// Several trees as one, sorted like any other. Of two equal paths the first tree's counts.
pub struct Joined {
    trees: Vec<Box<dyn Tree>>,
    entries: Vec<Entry>,
    sources: Vec<(usize, usize)>,
    absent: Vec<Absent>,
}

impl Joined {
    /// Joins trees.
    pub fn new(parts: Vec<Part>) -> Self {
        let (mut found, mut absent, mut trees) = (Vec::new(), Vec::new(), Vec::new());
        for (at, part) in parts.into_iter().enumerate() {
            let path = |path: &str| match part.prefix.is_empty() {
                true => path.to_owned(),
                false => format!("{}/{path}", part.prefix),
            };
            for (index, entry) in part.tree.files().iter().enumerate().filter(|(_, entry)| (part.takes)(&entry.path)) {
                found.push((Entry { path: path(&entry.path) }, (at, index)));
            }
            absent.extend(part.tree.absent().iter().map(|one| Absent { path: path(&one.path), reason: one.reason.clone() }));
            trees.push(part.tree);
        }
        found.sort_unstable_by(|a, b| a.0.path.cmp(&b.0.path).then(a.1.cmp(&b.1)));
        found.dedup_by(|next, kept| next.0.path == kept.0.path);
        absent.sort_unstable();
        absent.dedup();
        let (entries, sources) = found.into_iter().unzip();
        Self { trees, entries, sources, absent }
    }
}

impl Tree for Joined {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        let source = self.sources.get(index).and_then(|(tree, at)| Some((self.trees.get(*tree)?, *at)));
        source.map_or_else(|| Err(no_such_index(index)), |(tree, at)| tree.bytes(at))
    }

    fn absent(&self) -> &[Absent] {
        &self.absent
    }

    /// Each tree is asked for what belongs beside its files.
    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        let mut told = vec![Revision::NotAssessed(Why::NoRepository); wanted.len()];
        let of = |path: &str| self.find(path).and_then(|at| self.sources.get(at)).map(|(tree, _)| *tree);
        for (at, tree) in self.trees.iter().enumerate() {
            let asked: Vec<usize> =
                (0..wanted.len()).filter(|one| wanted.get(*one).is_some_and(|(path, _)| of(path) == Some(at))).collect();
            let questions: Vec<(&str, &str)> = asked.iter().filter_map(|one| wanted.get(*one).copied()).collect();
            if questions.is_empty() {
                continue;
            }
            for (one, revision) in asked.into_iter().zip(tree.revisions(&questions)) {
                if let Some(slot) = told.get_mut(one) {
                    *slot = revision;
                }
            }
        }
        told
    }
}
