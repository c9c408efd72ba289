//! Sections about the parts of an architecture: `### MOD-001: Door control` with "Module ID: MOD-001" below it.

use crate::model::Facts;
use crate::model::record::Kind;
use crate::model::requirement::{Definition, Shape};
use crate::model::vocabulary;
use crate::read::document;

/// So many lines below a heading say what it is about.
const HEAD: usize = 6;

/// Takes out the sections that call themselves a part: what a module is to do stands in requirements elsewhere.
pub(super) fn drop(facts: &mut Facts, text: &str) {
    facts.definitions.retain(|one| !is_part(one, text));
}

/// Whether an item is one of those that a document which is no specification says that it fulfils: they are demanded elsewhere.
pub(super) fn only_fulfils(kind: Kind, shape: Shape, headings: &str) -> bool {
    shape == Shape::ListItem && kind == Kind::Other && vocabulary::lists_fulfilled(headings)
}

fn is_part(one: &Definition, text: &str) -> bool {
    if one.shape != Shape::Heading {
        return false;
    }
    let body = text.get(one.block.range()).unwrap_or("");
    let mut lines = body.lines().skip(1).take(HEAD).filter(|line| line.contains(one.id.as_str()));
    // Hardly any section repeats its identifier.
    lines.any(|line| {
        let fields = document::fields(line, 0);
        fields.iter().any(|(key, value)| vocabulary::numbers_parts(key) && value.text == one.id.as_str())
    })
}
