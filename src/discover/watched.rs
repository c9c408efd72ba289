//! A tree that tells how much of it was read, for whoever waits.

use super::tree::{Absent, Entry, Tree};
use crate::model::history::{Asked, Made, Versions};
use crate::model::revision::{Revision, Why};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Another tree, and how often a file of it was asked for.
pub struct Watched<'t> {
    tree: &'t dyn Tree,
    asked: AtomicUsize,
}

impl<'t> Watched<'t> {
    /// Watches a tree.
    pub fn new(tree: &'t dyn Tree) -> Self {
        Self { tree, asked: AtomicUsize::new(0) }
    }

    /// How often a file was asked for. A few are read twice.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Tree for Watched<'_> {
    fn files(&self) -> &[Entry] {
        self.tree.files()
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.tree.bytes(index)
    }

    fn head(&self, index: usize, most: usize) -> io::Result<Vec<u8>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.tree.head(index, most)
    }

    fn absent(&self) -> &[Absent] {
        self.tree.absent()
    }

    fn hidden_results(&self) -> Vec<String> {
        self.tree.hidden_results()
    }

    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        self.tree.revisions(wanted)
    }

    fn past(&self, beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        self.tree.past(beside, commit)
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        self.tree.versions(paths, since)
    }

    fn made(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        self.tree.made(beside, asked)
    }

    fn part(&self, path: &str) -> usize {
        self.tree.part(path)
    }

    fn find(&self, path: &str) -> Option<usize> {
        self.tree.find(path)
    }
}
