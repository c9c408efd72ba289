//! Whether a test has both of two values of which a requirement says that one goes before the other, and any word of what it
//! forbids.

use super::graph::{Graph, Requirement, TestId};
use crate::model::test_case::Kind;
use crate::read::alternatives::parts;
use crate::read::precedence::{Precedence, may_precede, order, precedence};
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words in the name of a test by which it speaks of precedence, whatever it calls the values.
const SPEAKING: &[&str] = &[
    "precedence",
    "priority",
    "override",
    "overrides",
    "overridden",
    "overriding",
    "over",
    "wins",
    "win",
    "beats",
    "prefer",
    "prefers",
    "preferred",
    "before",
    "first",
    "both",
    "conflict",
    "order",
    "ordered",
    "ordering",
    "sequence",
    "after",
    "then",
    "steps",
    "flow",
    "lifecycle",
];

/// Two values that tests have, and none has both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The values, and the phrase.
    pub precedence: Precedence,
    /// Where the phrase stands.
    pub place: Place,
    /// A test that has the first one, and one that has the other.
    pub tests: (TestId, TestId),
}

impl Graph {
    /// The two values of a requirement of which one goes before the other, where each is named by a test of it and no test
    /// names both. What stands in its file beside tests counts for every test of the file.
    pub fn apart(&self, one: &Requirement) -> Option<Apart> {
        let (fact, definition) = one.definition.zip(self.definition(one))?;
        let text = self.text(Place::new(fact.file, definition.text));
        if !may_precede(text) {
            return None;
        }
        let pairs: Vec<Precedence> = precedence(text).into_iter().chain(order(text)).collect();
        let tests = one.tests();
        if pairs.is_empty() || self.has_further_evidence(one) || tests.iter().any(|test| self.speaks_of_precedence(*test)) {
            return None;
        }
        let place = |range: &std::ops::Range<usize>| {
            let start = definition.text.start as usize;
            Place::new(fact.file, Span::new(start + range.start, start + range.end))
        };
        pairs.into_iter().find_map(|found| self.never_both(&tests, found, place))
    }

    /// The tests that name each of two values, where none names both.
    fn never_both(&self, tests: &[TestId], found: Precedence, place: impl Fn(&std::ops::Range<usize>) -> Place) -> Option<Apart> {
        let over = self.naming(tests, &found.over);
        let under = self.naming(tests, &found.under);
        let first = tests.iter().find(|test| over.contains(test))?;
        let other = tests.iter().find(|test| under.contains(test))?;
        if tests.iter().any(|test| over.contains(test) && under.contains(test)) {
            return None;
        }
        Some(Apart { place: place(&found.phrase), tests: (*first, *other), precedence: found })
    }

    /// Whether any of these tests has one of some beginnings of words.
    pub fn mention(&self, tests: &[TestId], words: &[String]) -> bool {
        let has = |text: &str| words.iter().any(|word| text.to_lowercase().contains(word.as_str()));
        tests.iter().any(|test| {
            let case = self.test(*test);
            has(self.input(self.test_node(*test).fact.file).text.slice(case.body)) || has(&case.qualified())
        })
    }

    /// Whether the file of any of these tests has one of some beginnings of words.
    pub fn mention_beside(&self, tests: &[TestId], words: &[String]) -> bool {
        let mut files: Vec<FileId> = tests.iter().map(|test| self.test_node(*test).fact.file).collect();
        files.sort_unstable();
        files.dedup();
        files.into_iter().any(|file| {
            let text = self.input(file).text.as_str().to_lowercase();
            words.iter().any(|word| text.contains(word.as_str()) || self.path(file).to_lowercase().contains(word.as_str()))
        })
    }

    fn speaks_of_precedence(&self, test: TestId) -> bool {
        parts(&self.test(test).qualified()).iter().any(|word| SPEAKING.contains(&word.as_str()))
    }

    /// The tests that name a value.
    fn naming(&self, tests: &[TestId], value: &str) -> FxHashSet<TestId> {
        let mut files: FxHashMap<FileId, Vec<TestId>> = FxHashMap::default();
        for test in tests {
            files.entry(self.test_node(*test).fact.file).or_default().push(*test);
        }
        let value = dense(value.trim_start_matches('-'));
        let mut found = FxHashSet::default();
        #[allow(clippy::iter_over_hash_type, reason = "what is gathered has no order")]
        for (file, tests) in files {
            let text = dense(self.input(file).text.as_str());
            let bodies: Vec<Span> = self
                .tests_of(file)
                .map(|id| self.test(id))
                .filter(|case| case.kind == Kind::Test)
                .map(|case| case.body)
                .collect();
            for at in free(&text, &value) {
                let within = |body: Span| (body.start as usize..body.end() as usize).contains(&at);
                let beside = !bodies.iter().any(|body| within(*body));
                found.extend(tests.iter().copied().filter(|test| beside || within(self.test(*test).body)));
            }
        }
        found
    }
}

/// A text in small letters with one sign for all that joins words; as long as it was.
fn dense(text: &str) -> String {
    text.to_ascii_lowercase().replace('-', "_")
}

/// Where a value stands by itself: `--root` is no part of `KILN_ROOT`.
fn free<'t>(text: &'t str, value: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(value).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).unwrap_or("").trim_end_matches("__");
        let behind = text.get(at + value.len()..).unwrap_or("");
        !before.ends_with(is_word) && !behind.starts_with(is_word)
    })
}
