//! Files by the identifiers in their names: `test-qual_T1_1.R`.

use super::graph::{Input, index};
use crate::source::FileId;
use rustc_hash::FxHashMap;

/// The names of all files, each found by the words in it.
pub(super) struct NamedFiles {
    names: Vec<String>,
    /// The files with a word in their names, in order.
    words: FxHashMap<String, Vec<u32>>,
}

impl NamedFiles {
    /// Goes through the names once; folders do not count.
    pub(super) fn of(inputs: &[Input]) -> Self {
        let names: Vec<String> = inputs.iter().map(|input| form(input.path.rsplit('/').next().unwrap_or(""))).collect();
        let mut words: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, name) in names.iter().enumerate() {
            for word in words_of(name) {
                let files = words.entry(word.to_string()).or_default();
                if files.last() != Some(&index(at)) {
                    files.push(index(at));
                }
            }
        }
        Self { names, words }
    }

    /// The files whose name holds an identifier as a whole: not `T1_10` for `T1_1`.
    pub(super) fn with(&self, id: &str) -> Vec<FileId> {
        let key = form(id);
        // The word that the fewest names have leaves the fewest to look at.
        let files = |word: &str| self.words.get(word).map_or(&[][..], Vec::as_slice);
        let fewest = words_of(&key).map(files).min_by_key(|files| files.len()).unwrap_or_default();
        let named = |at: &&u32| self.names.get(**at as usize).is_some_and(|name| holds(name, &key));
        fewest.iter().filter(named).map(|at| FileId(*at)).collect()
    }
}

/// A name in which every sign that parts words is one and the same.
fn form(text: &str) -> String {
    text.to_lowercase().replace(['-', '.'], "_")
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a name holds a key and neither goes on in a word.
fn holds(name: &str, key: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    name.match_indices(key).any(|(at, _)| {
        edge(name.get(..at).and_then(|rest| rest.chars().next_back()))
            && edge(name.get(at + key.len()..).and_then(|rest| rest.chars().next()))
    })
}
