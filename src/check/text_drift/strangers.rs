//! Rows that state another obligation than the requirement that they name.

use super::registers::quoted;
use crate::check::cited::{self, about_requirement};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId};
use crate::link::registers::stranger;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// One finding for each requirement and each matrix that says something else under its identifier.
pub(super) fn findings(graph: &Graph) -> Vec<Finding> {
    let mut told: BTreeMap<(FileId, ReqId), Vec<Place>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        if let Some((id, place)) = stranger(graph, node) {
            told.entry((node.fact.file, id)).or_default().push(place);
        }
    }
    told.into_iter().filter_map(|((_, id), places)| finding(graph, id, &places)).collect()
}

fn finding(graph: &Graph, id: ReqId, places: &[Place]) -> Option<Finding> {
    let (first, others) = places.split_first()?;
    let one = graph.requirement(id);
    let (fact, definition) = one.definition.zip(graph.definition(one))?;
    let text = graph.text(Place::new(fact.file, definition.text));
    let text = if text.is_empty() { one.title.as_str() } else { text };
    let message = format!(
        "{} is \u{201c}{}\u{201d} here, which has not a word in common with the requirement: \u{201c}{}\u{201d}",
        one.id,
        quoted(graph.text(*first)),
        quoted(text)
    );
    let finding = Finding::new(*first, one.id.as_str(), message)
        .label("another requirement")
        .help("Correct the identifier or the text of the row, and look whether its tests show what the requirement says.")
        .related(one.place, "the requirement");
    let finding = others.iter().take(4).fold(finding, |finding, place| finding.related(*place, "and here"));
    Some(about_requirement(finding, graph, id))
}
