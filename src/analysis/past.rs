//! The tree as it was: files of earlier commits, read by the same readers.

use super::{Choice, facts};
use crate::discover::passed_over::{Family, family};
use crate::discover::tree::Tree;
use crate::link::drift::Past;
use crate::link::graph::Input;
use crate::model::history::{Asked, Made, Versions};
use crate::model::revision::Why;
use crate::source::Text;
use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Files beyond this many in which a name stands tell nothing more.
const MOST: usize = 64;

/// A tree at a commit, opened once.
type Opened = Result<Arc<dyn Tree>, Why>;
/// A file at a commit, read once.
type Known = Result<Option<Arc<Input>>, Why>;

/// The history of a tree; it is opened when somebody asks.
pub(super) struct History<'t> {
    tree: &'t dyn Tree,
    choice: &'t Choice,
    opened: Mutex<FxHashMap<(usize, String), Opened>>,
    read: Mutex<FxHashMap<(String, String), Known>>,
}

impl<'t> History<'t> {
    pub(super) fn new(tree: &'t dyn Tree, choice: &'t Choice) -> Self {
        Self { tree, choice, opened: Mutex::default(), read: Mutex::default() }
    }

    /// The part of the tree to which a path belongs, at a commit.
    fn at(&self, commit: &str, beside: &str) -> Opened {
        let key = (self.tree.part(beside), commit.to_owned());
        // Whoever panicked while he held it has put nothing wrong into it.
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.entry(key).or_insert_with(|| self.tree.past(beside, commit).map(Arc::from)).clone()
    }

    fn open(&self, tree: &dyn Tree, path: &str) -> Known {
        let Some(at) = tree.find(path) else {
            return match tree.absent().iter().find(|absent| absent.path == path) {
                Some(absent) if absent.reason.contains("cannot be read") => Err(Why::Damaged),
                Some(_) => Err(Why::NoObjects),
                None => Ok(None),
            };
        };
        // What is listed is in the clone.
        let bytes = tree.bytes(at).map_err(|_| Why::Damaged)?;
        Ok(Some(Arc::new(self.reread(path, bytes))))
    }

    fn known(&self, commit: &str, path: &str, tree: &dyn Tree) -> Known {
        let key = (commit.to_owned(), path.to_owned());
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let read = self.open(tree, path);
        self.read.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(read).clone()
    }
}

impl Past for History<'_> {
    fn read(&self, commit: &str, path: &str) -> Known {
        let tree = self.at(commit, path)?;
        self.known(commit, path, tree.as_ref())
    }

    fn day(&self, commit: &str, beside: &str) -> Option<String> {
        self.at(commit, beside).ok()?.day()
    }

    fn paths(&self, commit: &str, beside: &str) -> Result<Vec<String>, Why> {
        Ok(self.at(commit, beside)?.files().iter().map(|entry| entry.path.clone()).collect())
    }

    fn holding(&self, commit: &str, beside: &str, word: &str, code: bool) -> Result<Vec<Arc<Input>>, Why> {
        let tree = self.at(commit, beside)?;
        let fits = |path: &str| family(path).is_some_and(|family| matches!(family, Family::Code | Family::Lit) == code);
        let finder = memmem::Finder::new(word);
        let files = tree.files().par_iter().enumerate().filter(|(_, entry)| fits(&entry.path));
        let held = files.filter(|(at, _)| tree.bytes(*at).is_ok_and(|bytes| stands(&finder, &bytes)));
        let paths: Vec<&str> = held.map(|(_, entry)| entry.path.as_str()).collect();
        let read = paths.into_iter().take(MOST).map(|path| self.known(commit, path, tree.as_ref()));
        read.filter_map(Result::transpose).collect()
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        self.tree.versions(paths, since)
    }

    fn made(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        self.tree.made(beside, asked)
    }

    fn now(&self, path: &str) -> Option<Text> {
        self.tree.find(path).and_then(|at| self.tree.bytes(at).ok()).map(Text::decode)
    }

    fn reread(&self, path: &str, bytes: Vec<u8>) -> Input {
        let text = Text::decode(bytes);
        let Some(family) = family(path) else { return Input { path: path.to_owned(), text, ..Input::default() } };
        let (reader, facts) = facts(path, family, &text, self.choice);
        Input { path: path.to_owned(), text, reader, role: None, facts }
    }
}

/// Whether a word stands in a text and is no part of another.
fn stands(finder: &memmem::Finder<'_>, bytes: &[u8]) -> bool {
    let free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    finder.find_iter(bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        free(before) && free(bytes.get(at + finder.needle().len()))
    })
}
