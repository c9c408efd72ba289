//! Languages of sentences, read line by line.

use super::*;

pub(super) const GHERKIN: Row = Row {
    language: Language::Gherkin,
    extensions: &["feature"],
    syntax: hash_like(&[], Quirk::Shell),
    shape: Shape::Gherkin,
    words: &[],
    marks: &[],
};

pub(super) const ROBOT: Row = Row {
    language: Language::Robot,
    extensions: &["robot"],
    syntax: hash_like(&[], Quirk::Shell),
    shape: Shape::Robot,
    words: &[],
    marks: &[],
};
