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

/// The commands of a test of lit stand in its comments or bare, and whatever else it holds is input.
pub(super) const LIT: Row = Row {
    language: Language::Lit,
    extensions: &["cu", "hlsl", "itest", "lit", "ll", "mir", "mlir", "s", "td", "test"],
    syntax: Syntax { line: &["#", "//", ";"], block: None, nested: false, quotes: &[], quirk: Quirk::LineStart },
    shape: Shape::Whole,
    words: &[],
    marks: &[],
};
