//! Children that a closed record names and that are not here.

use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::told::children_named;
use crate::model::lifecycle::{Class, family};
use crate::source::Place;
use rustc_hash::FxHashSet;

/// A finding for each: nobody can tell whether it is closed. Where no record of its family is here they may all be kept elsewhere.
pub(super) fn run(graph: &Graph, findings: &mut Vec<Finding>) {
    for (_, parent) in graph.records().iter().filter(|(_, one)| one.is_closed()) {
        let Some(file) = parent.file else { continue };
        let mut told: FxHashSet<String> = FxHashSet::default();
        for name in children_named(graph, parent) {
            let deviates = matches!(Class::of_family(family(&name.text)), Some(Class::Deviation | Class::Investigation));
            if !deviates || !graph.records().called(&name.text).is_empty() || !told.insert(name.text.to_ascii_uppercase()) {
                continue;
            }
            let kept = graph.records().iter().any(|(_, one)| family(&one.id).eq_ignore_ascii_case(family(&name.text)));
            let message = format!(
                "{} is closed, and whether its child {} is closed too is not assessed: no such record is here",
                parent.id, name.text
            );
            findings.push(
                Finding::new(Place::new(file, name.span), name.text.clone(), message)
                    .label("there is no such record")
                    .severity(if kept { Severity::Warning } else { Severity::Info })
                    .help("Add the record, or say in the parent where it is kept; correct the name if it is called otherwise."),
            );
        }
    }
}
