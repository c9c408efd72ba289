//! Matrices whose specification is not there.

use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::model::claim::What;
use crate::source::Place;

/// A matrix says which version of which specification it is for, that specification is not in the tree, and nothing else
/// defines what it has rows for: then it is measured against itself alone.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let present = |id: &str| graph.files().any(|(file, _)| graph.document(file).is_some_and(|document| document.id == id));
    for (number, namespace) in graph.namespaces.iter().enumerate().filter(|(_, namespace)| namespace.by_matrix) {
        let claims = &graph.facts(namespace.file).claims;
        let named = claims.iter().find_map(|claim| match &claim.what {
            What::Version { document, .. } if is_specification(document) && !present(document) => Some((claim.span, document)),
            _ => None,
        });
        let Some((span, document)) = named else { continue };
        let members = graph.requirements.iter().filter(|one| usize::try_from(one.namespace) == Ok(number)).count();
        let message = format!(
            "{} is a matrix of {document}, which is not among the files: nothing defines {} that it has rows for",
            graph.path(namespace.file),
            count(members, "requirement")
        );
        findings.push(
            Finding::new(Place::new(namespace.file, span), document.clone(), message)
                .label("is not there")
                .help("Put the specification into the tree, or name it under `specifications` in the section `[documents]` of tracegate.toml."),
        );
    }
}

/// Whether the identifier of a document calls it a specification: `PUMP-RS`, `SRS-001`, `LIFT-URS`.
fn is_specification(id: &str) -> bool {
    const PARTS: &[&str] = &["RS", "SRS", "URS", "FRS", "SSS", "SSRS", "PRD", "SPEC", "REQ", "REQS"];
    id.split('-').any(|part| PARTS.contains(&part))
}
