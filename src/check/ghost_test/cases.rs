//! Cases of parametrised tests that the runner does not have.

use crate::check::cited::{self, list};
use crate::check::support::count;
use crate::finding::Finding;
use crate::link::cited::is_any;
use crate::link::graph::{Graph, Resolution};
use crate::model::citation::Target;

/// One finding for each citation of a case that a complete list of the runner lacks, although it has others of the test.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        for (citation, resolution) in graph.citations(node) {
            let (Target::Test(name), Resolution::Tests(tests)) = (&citation.target, resolution) else { continue };
            let (Some(case), [test]) = (name.params.as_deref().filter(|case| !is_any(case)), tests.as_slice()) else { continue };
            let (known, Some((_, place))) = (graph.listed_cases(*test), graph.collected(*test)) else { continue };
            // A bracket at the end of a case may be taken for that of the citation.
            let same = |one: &String| one.trim_end_matches(']') == case.trim_end_matches(']');
            if known.is_empty() || known.iter().any(same) {
                continue;
            }
            let shown: Vec<String> = known.iter().map(|one| format!("`{one}`")).collect();
            let message = format!(
                "{} cites the case `{case}` of `{}`, and the runner lists {} of it without that one: {}",
                cited::subject(graph, node),
                name.name,
                count(known.len(), "case"),
                list(&shown)
            );
            let finding = Finding::new(cited::place(node, citation.span), name.qualified(), message)
                .label("no such case")
                .help("Correct the case, or print the list of the runner again, if it is older.")
                .related(place, "its first case in the list");
            findings.push(cited::about(finding, graph, node));
        }
    }
}
