//! Matrices whose specification is not there.

use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::model::claim::What;
use crate::read::document;
use crate::source::{FileId, Place};

/// A matrix says which version of which specification it is for, that specification is not in the tree, and nothing else
/// defines what it has rows for: then it is measured against itself alone.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let named = |file: FileId, id: &str| graph.document(file).is_some_and(|document| document.id == id);
    let present = |id: &str| graph.files().any(|(file, _)| named(file, id) || is_numbered(graph, file, id));
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

/// Whether a document has an identifier as its number, in a field of its head: `| **문서 ID** | PUMP-SRS |`.
fn is_numbered(graph: &Graph, file: FileId, id: &str) -> bool {
    const HEAD: usize = 2000;
    const NUMBERS: &[&str] = &["id", "no", "number", "nr", "번호", "编号", "編號", "番号", "номер", "número", "numéro", "nummer"];
    let text = graph.input(file).text.as_str();
    let head = text.get(..HEAD).unwrap_or(text);
    // Hardly any document has it.
    let number = |key: &str| key.split(' ').next_back().is_some_and(|word| NUMBERS.contains(&word));
    graph.document(file).is_some()
        && head.contains(id)
        && document::fields(head, 0).iter().any(|(key, value)| number(key) && value.text == id)
}

/// Whether the identifier of a document calls it a specification: `PUMP-RS`, `SRS-001`, `LIFT-URS`.
fn is_specification(id: &str) -> bool {
    const PARTS: &[&str] = &["RS", "SRS", "URS", "FRS", "SSS", "SSRS", "PRD", "SPEC", "REQ", "REQS"];
    id.split('-').any(|part| PARTS.contains(&part))
}
