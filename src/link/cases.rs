//! Test cases that are cited by their identifiers in ways that no single description answers.

use super::graph::{Ghost, Resolution, TestId, Why, index};
use super::inventory::Inventory;
use crate::model::mention::{expand, split_number};
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;

impl<'g> Inventory<'g> {
    /// What a document means by the identifier of a test case.
    pub(super) fn resolve_case(&self, id: &str) -> Resolution {
        match self.case_of(id) {
            Some((_, tests)) if !tests.is_empty() => return Resolution::Tests(tests.clone()),
            Some((places, _)) => return Resolution::Documented(places.clone()),
            None => {}
        }
        if let Some(range) = self.case_range(id) {
            return range;
        }
        let named: Vec<FileId> = self.files_with(id);
        let tests: Vec<TestId> = named.iter().flat_map(|file| self.tests_in(*file)).collect();
        match named.first() {
            Some(_) if !tests.is_empty() => Resolution::Tests(tests),
            Some(first) => Resolution::File(*first),
            None if self.requirements.knows_family(id) => Resolution::NoTest,
            None => match self.spelled_in(id) {
                Some(file) => Resolution::File(file),
                None if self.describes_kin(id) => Resolution::Ghost(Ghost::NoCase),
                None => Resolution::NotAssessed(Why::UnknownCases),
            },
        }
    }

    /// `TC-PAY-001-006`, `TC-PAY-001..006`: all cases from the one to the other, if any of them is known.
    pub(super) fn case_range(&self, id: &str) -> Option<Resolution> {
        let (first, last) = id.split_once("..").or_else(|| id.rsplit_once(['-', '~', '–']))?;
        let (stem, _, width, _) = split_number(first)?;
        let digits = last.len() == width && last.bytes().all(|byte| byte.is_ascii_digit());
        let members = expand(first, &format!("{stem}{last}")).filter(|_| digits)?;
        let known: Vec<&(Vec<Place>, Vec<TestId>)> = members.iter().filter_map(|id| self.case_of(id)).collect();
        let tests: Vec<TestId> = known.iter().flat_map(|(_, tests)| tests).copied().collect();
        match known.first() {
            Some(_) if !tests.is_empty() => Some(Resolution::Tests(tests)),
            Some((places, _)) => Some(Resolution::Documented(places.clone())),
            None => None,
        }
    }

    /// The first source with tests in which an identifier stands, in whatever way it is bound to a test there.
    pub(super) fn spelled_in(&self, id: &str) -> Option<FileId> {
        self.spelled(|inputs| {
            let mut found: FxHashMap<&'g str, FileId> = FxHashMap::default();
            for (at, input) in inputs.iter().enumerate().filter(|(_, input)| !input.facts.tests.is_empty()) {
                let words = input.text.as_str().split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
                let composed = |word: &&str| word.contains(['-', '_']) && word.bytes().any(|byte| byte.is_ascii_digit());
                for word in words.map(|word| word.trim_matches('.')).filter(composed) {
                    found.entry(word).or_insert(FileId(index(at)));
                }
            }
            found
        })
        .get(id)
        .copied()
    }
}
