//! Documents of one test case that call themselves by the identifier of another.

use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::Layout;
use crate::model::mention::Mention;
use crate::read::grammar::identifier;
use crate::source::Place;
use std::collections::BTreeMap;

/// One finding for each document whose name is that of one case and whose title is that of another, which a document of its own
/// describes: which of the two it specifies, and what that one verifies, nobody can tell.
pub(super) fn findings(graph: &Graph) -> Vec<Finding> {
    let mut whole: BTreeMap<&str, Place> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| graph.table(node).layout == Layout::Detail) {
        let Some(Citation { target: Target::CaseId(id), span, .. }) = graph.row(node).citations.first() else { continue };
        let place = Place::new(node.fact.file, *span);
        // A case that is a section is named by its heading.
        if is_named_by_file(graph, id, place) {
            whole.insert(id, place);
        }
    }
    let told = whole.iter().filter_map(|(id, place)| {
        let title = graph.text(*place);
        let found = identifier::mentions(title, place.span.start as usize);
        let named: Vec<(&str, &Mention)> = found.iter().filter_map(|one| Some((one.id()?, one))).collect();
        // "UT-7" over the file of "UT-7-B" is its group.
        let own = |other: &str| id.starts_with(other) || other.starts_with(*id);
        if named.iter().any(|(other, _)| own(other)) {
            return None;
        }
        let (other, mention, there) = named.iter().find_map(|(other, one)| Some((*other, *one, *whole.get(other)?)))?;
        let message = format!(
            "{} describes the test case {id} by its name and {other} by its title, which {} describes",
            graph.path(place.file),
            graph.path(there.file)
        );
        let finding = Finding::new(Place::new(place.file, mention.span), *id, message)
            .label("another test case")
            .help("Correct the title or the name of the file, and look whether the steps are those of its own case.")
            .related(there, format!("{other} is described here"));
        Some(finding)
    });
    told.collect()
}

/// Whether the file in which a case is described is called after it.
fn is_named_by_file(graph: &Graph, id: &str, place: Place) -> bool {
    let name = graph.path(place.file).rsplit('/').next().unwrap_or("");
    name.strip_prefix(id).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}
