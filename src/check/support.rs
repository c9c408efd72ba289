//! What several checks need: questions to the graph, and words for messages.

pub use super::near::NearMisses;

use crate::link::graph::{Found, Graph, Requirement, RowId, RowNode, Target};
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use crate::source::Place;

/// Whether a requirement is verified through its children: the obligation is theirs.
pub fn has_children(graph: &Graph, requirement: &Requirement) -> bool {
    requirement.children.iter().any(|child| graph.requirement(*child).standing == Standing::Active)
}

/// Words by which documents say that something is gone.
const RETIRED: &[&str] = &[
    "removed",
    "cancelled",
    "canceled",
    "withdrawn",
    "obsolete",
    "retired",
    "deleted",
    "superseded",
    "deprecated",
    "rejected",
    "descoped",
];

/// Whether a text has a word by which documents say that something is gone.
pub fn has_retired_word(text: &str) -> bool {
    words(text).split(' ').any(|word| RETIRED.contains(&word))
}

/// Whether a requirement is retired beyond doubt, and not for a word of its subject: "deleted files".
///
/// A status or a strike-out says so. In titles and headings the word must stand alone: in brackets,
/// in capitals, or in a heading that says nothing else.
pub fn surely_retired(graph: &Graph, requirement: &Requirement) -> bool {
    let Some(definition) = graph.definition(requirement).filter(|one| one.standing == Standing::Retired) else { return false };
    if definition.standing_span.is_some() {
        return true;
    }
    let text = graph.input(requirement.place.file).text.as_str();
    let line = text.get(definition.block.range()).and_then(|block| block.lines().next()).unwrap_or("");
    if has_retired_word(line) {
        return stands_alone(line);
    }
    let above = text.get(..definition.block.start as usize).unwrap_or("");
    let heading = above.lines().rev().filter(|line| line.starts_with('#')).find(|line| has_retired_word(line));
    heading.is_some_and(|heading| {
        let general = ["requirement", "requirements", "items", "identifiers", "ids", "features", "and", "or"];
        words(heading)
            .split(' ')
            .all(|word| RETIRED.contains(&word) || general.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn stands_alone(line: &str) -> bool {
    let word = |piece: &str| RETIRED.contains(&words(piece).as_str());
    let bracketed = line.split(['(', '[', ']', ')', '*', '—', '–']).any(|piece| word(piece) || piece.split(':').any(word));
    let capitals = line.split(|c: char| !c.is_alphanumeric()).any(|piece| word(piece) && piece == piece.to_uppercase());
    bracketed || capitals
}

/// Whether a target is what its file says and no specification knows.
pub fn is_undefined(graph: &Graph, target: &Target) -> bool {
    match &target.found {
        Found::Missing | Found::Foreign => true,
        Found::One(id) => graph.requirement(*id).definition.is_none(),
        Found::Ambiguous(_) => false,
    }
}

/// The place in a row that a finding about its tests points at: the citation cell, else the identifiers.
pub fn cited_place(graph: &Graph, row: RowId) -> Place {
    let node = graph.row_node(row);
    let fact = graph.row(node);
    let cell = fact.cited.first().map(|cell| cell.span).filter(|span| span.len > 0);
    let span = cell.or_else(|| fact.ids.first().map(|mention| mention.span)).unwrap_or(fact.span);
    Place::new(node.fact.file, span)
}

/// The place of a row's status, else that of its identifiers.
pub fn status_place(graph: &Graph, node: &RowNode) -> Place {
    let fact = graph.row(node);
    let cell = fact.status.as_ref().map(|(_, cell)| cell.span).filter(|span| span.len > 0);
    let span = cell.or_else(|| fact.ids.first().map(|mention| mention.span)).unwrap_or(fact.span);
    Place::new(node.fact.file, span)
}

/// A count with its noun: "1 test", "3 tests".
pub fn count(n: usize, noun: &str) -> String {
    [n.to_string().as_str(), " ", noun, if n == 1 { "" } else { "s" }].concat()
}

/// A sentence with a capital letter at its beginning.
pub fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A list as a sentence has it, cut short after `most` items: "a, b and 3 more".
pub fn listed<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_at_checked(most) {
        Some((shown, rest)) if rest.len() > 1 => format!("{} and {} more", shown.join(", "), rest.len()),
        _ => match items.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(listed(&["a"], 3), "a");
        assert_eq!(listed(&["a", "b", "c", "d"], 3), "a, b, c and d");
        assert_eq!(listed(&["a", "b", "c", "d", "e"], 3), "a, b, c and 2 more");
    }
}
