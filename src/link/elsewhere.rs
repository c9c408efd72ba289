//! What a matrix cites beside tests: names that stand in sources.

use super::inventory::Inventory;
use crate::read::grammar::citation::looks_like_test;
use crate::source::FileId;

impl Inventory<'_> {
    /// The file in which a name stands that is none of a test: a matrix may cite a function, a view or a key. In a file
    /// with tests a name that is formed like that of a test would have been found.
    pub(super) fn mentioning(&self, files: &[FileId], name: &str) -> Option<FileId> {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let stands = |text: &str| {
            text.match_indices(name).any(|(at, _)| {
                !text.get(..at).is_some_and(|before| before.ends_with(word))
                    && !text.get(at + name.len()..).is_some_and(|after| after.starts_with(word))
            })
        };
        let may = |file: &FileId| !looks_like_test(name) || self.tests_in(*file).is_empty();
        files.iter().copied().filter(may).find(|file| {
            let text = self.inputs.get(file.index()).map_or("", |input| input.text.as_str());
            let left = self.bytes.get().checked_sub(text.len());
            self.bytes.set(left.unwrap_or(0));
            left.is_some() && stands(text)
        })
    }
}
