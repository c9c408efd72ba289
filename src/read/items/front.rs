//! Markdown files that are one requirement each: the front matter says which, and what stands below says what.

use super::{Place, case, is_below_specifications, item_facts, stem};
use crate::model::Facts;
use crate::model::record::{Document, Kind};
use crate::model::requirement::{Certainty, Definition, Shape};
use crate::model::vocabulary::{self, words};
use crate::read::document::only_requirement;
use crate::read::grammar::identifier;
use crate::read::markdown;
use crate::read::yaml_items::{self, Item};
use crate::source::{Spanned, Text};

/// Reads a Markdown document, with what its front matter says of it; `true` where it is one requirement and no other.
pub fn markdown(path: &str, text: &Text, kind: Option<Kind>) -> (bool, Facts) {
    let mut facts = markdown::read(path, text, kind);
    let source = text.as_str();
    if !source.starts_with("---") {
        let title = facts.document.as_ref().map_or("", |document| document.title.as_str());
        return (facts.definitions.len() == 1 && kind.is_none() && only_requirement(path, title).is_some(), facts);
    }
    let Some(item) = yaml_items::identified(source) else { return (false, facts) };
    // The status of a requirement that is a file is its own, and does not end a document.
    let own = is_named_for(stem(path), &item.id.text);
    let closed = |document: &Document| document.ended && !own || document.kind == Kind::Template;
    if facts.document.as_ref().is_none_or(closed) {
        return (false, facts);
    }
    if vocabulary::is_test_case(&item.id.text) {
        case(&item, &mut facts);
        return (false, facts);
    }
    if !is_requirement(&item, path, &facts) {
        return (false, facts);
    }
    let place = Place { specifies: is_below_specifications(path) || calls_requirement(&item) == Some(true), matrix: false };
    let mut said = Facts::default();
    item_facts(&item, source, place, &mut said);
    let Some(mut one) = said.definitions.pop() else { return (false, facts) };
    if calls_requirement(&item) == Some(true) {
        one.certainty = Certainty::Certain;
    }
    let table = u32::try_from(facts.tables.len()).unwrap_or(u32::MAX);
    facts.tables.append(&mut said.tables);
    facts.rows.extend(said.rows.into_iter().map(|mut row| {
        row.table += table;
        row
    }));
    match facts.definitions.iter_mut().find(|known| known.id == one.id) {
        Some(known) => complete(known, one),
        None => {
            let parts = facts.definitions.iter().map(|part| crate::model::mention::Mention::one(part.id.clone(), part.span));
            one.children.extend(parts);
            facts.definitions.push(one);
        }
    }
    if let Some(document) = facts.document.as_mut().filter(|_| kind.is_none()) {
        document.kind = Kind::Specification;
        document.ended = false;
    }
    let single = matches!(facts.definitions.as_slice(), [only] if only.shape == Shape::YamlItem);
    (single, facts)
}

/// Adds to what the text defines what only the front matter says of it.
fn complete(known: &mut Definition, said: Definition) {
    known.certainty = known.certainty.max(said.certainty);
    known.standing = known.standing.max(said.standing);
    known.standing_span = known.standing_span.or(said.standing_span);
    known.method = known.method.take().or(said.method);
    known.level = known.level.take().or(said.level);
    known.priority = known.priority.take().or(said.priority);
    if known.parents.is_empty() {
        known.parents = said.parents;
    }
}

/// Whether the identifier in the front matter is that of a requirement, and not that of a document about some.
fn is_requirement(item: &Item, path: &str, facts: &Facts) -> bool {
    let id = item.id.text.as_str();
    // Words without a number are an identifier where the file says that it is a requirement, and is called so.
    let slug = calls_requirement(item) == Some(true) && is_named_for(stem(path), id);
    let whole = identifier::leading(id, slug).is_some_and(|(_, end)| end == id.len());
    // `HAZ-SEC-001` is a hazard of security.
    let first = id.split(['-', '_']).next().unwrap_or(id);
    if !whole || vocabulary::is_foreign(id) || first != id && vocabulary::is_foreign(&format!("{first}-1")) {
        return false;
    }
    // Whoever defines others is a document, and its identifier the document's own.
    if facts.definitions.iter().any(|one| one.id != id && !one.id.starts_with(id)) {
        return false;
    }
    match calls_requirement(item) {
        Some(called) => called,
        None if item.called_requirement && is_named_for(stem(path), id) => true,
        None => {
            let folder = is_below_specifications(path);
            let family = id.split(['-', '_']).next().unwrap_or(id);
            let document = matches!(family, "SPEC" | "DOC" | "PRD" | "SRS" | "URS") && !folder;
            !document && (vocabulary::is_requirement_word(id) || folder) && is_named_for(stem(path), id)
        }
    }
}

/// Whether a file is called after an identifier: `REQ-001.md`, `req_001-start.md`.
fn is_named_for(stem: &str, id: &str) -> bool {
    let (stem, id) = (words(stem), words(id));
    stem.strip_prefix(&id).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the front matter says that the file is a requirement, or something else; `None` where it says nothing.
fn calls_requirement(item: &Item) -> Option<bool> {
    const REQUIREMENTS: &[&str] = &["requirement", "requirements", "story", "req", "need", "shall"];
    const OTHERS: &[&str] = &[
        "adr",
        "bug",
        "case",
        "chore",
        "component",
        "decision",
        "design",
        "doc",
        "document",
        "epic",
        "guide",
        "hazard",
        "issue",
        "note",
        "plan",
        "record",
        "report",
        "risk",
        "spec",
        "specification",
        "task",
        "test",
        "testcase",
        "ticket",
        "workflow",
    ];
    let values = item.fields.iter().filter(|(key, _)| matches!(words(key).as_str(), "type" | "kind" | "artifact type"));
    let said: Vec<String> = values.flat_map(|(_, values)| values).map(|value: &Spanned| words(&value.text)).collect();
    let has = |list: &[&str]| said.iter().any(|said| said.split(' ').any(|word| list.contains(&word)));
    match () {
        () if has(REQUIREMENTS) => Some(true),
        () if has(OTHERS) => Some(false),
        () => None,
    }
}
