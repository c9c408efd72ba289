//! Whether two documents tell of the same requirement under one identifier.

use crate::model::vocabulary::words;
use rustc_hash::FxHashSet;

/// Longer titles are the text itself.
const SHORT: usize = 5;

/// Words of forms that every requirement of a document repeats.
const FORM: &[&str] = &[
    "acceptance",
    "criteria",
    "criterion",
    "dependencies",
    "description",
    "high",
    "implemented",
    "input",
    "inputs",
    "medium",
    "must",
    "output",
    "outputs",
    "owner",
    "priority",
    "rationale",
    "requirement",
    "shall",
    "should",
    "source",
    "status",
    "system",
    "title",
    "verification",
    "version",
];

/// The words of a text by which it is compared.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashSet<String>);

impl Words {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(stems(text))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many another text has too.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.0.intersection(&other.0).count()
    }

    /// Adds those of another text.
    pub(super) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// Whether two definitions, each a title and a text, say the same. Short titles have to agree: "Create a post" and
/// "Delete a post" fill the same form with the same words.
pub(super) fn same(a: (&str, &str), b: (&str, &str)) -> bool {
    let titles = (stems(a.0), stems(b.0));
    let short = |title: &FxHashSet<String>| (1..=SHORT).contains(&title.len());
    let texts = (stems(&format!("{} {}", a.0, a.1)), stems(&format!("{} {}", b.0, b.1)));
    if short(&titles.0) && short(&titles.1) {
        let told = texts.0.len().min(texts.1.len()) > SHORT;
        // "Performance" is a title in every document; what stands below says whether it is the same.
        let other = told && texts.0.intersection(&texts.1).count() * 4 <= texts.0.len().min(texts.1.len());
        return most(&titles.0, &titles.1) && !other || told && most(&texts.0, &texts.1);
    }
    half(&texts.0, &texts.1)
}

/// Whether two rows of one document say the same. Chapters that number their requirements anew speak of the same things, so
/// it takes most of the words.
pub(super) fn same_row(a: (&str, &str), b: (&str, &str)) -> bool {
    same(a, b) && most(&stems(&format!("{} {}", a.0, a.1)), &stems(&format!("{} {}", b.0, b.1)))
}

/// Whether two definitions share at least a fifth of the words of the shorter one.
pub(super) fn near(a: (&str, &str), b: (&str, &str)) -> bool {
    let (a, b) = (stems(&format!("{} {}", a.0, a.1)), stems(&format!("{} {}", b.0, b.1)));
    a.intersection(&b).count() * 5 >= a.len().min(b.len()).max(1)
}

/// Whether at least half of the words of the shorter text stand in the other one too.
fn half(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    a.intersection(b).count() * 2 >= a.len().min(b.len())
}

/// Whether more than two thirds of them do.
fn most(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    a.intersection(b).count() * 3 > a.len().min(b.len()) * 2
}

/// The beginnings of the longer words: "deletion" and "delete" are one.
fn stems(text: &str) -> FxHashSet<String> {
    let words = words(text);
    let told = words.split(' ').filter(|word| word.len() > 3 && !FORM.contains(word));
    told.map(|word| word.chars().take(4).collect()).collect()
}
