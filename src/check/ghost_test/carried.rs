//! Test cases that no test carries, where tests carry nearly all others of their family.

use crate::check::cited;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Resolution, RowNode};
use crate::model::citation::{Citation, Target};
use crate::model::mention::family;
use crate::model::vocabulary::words;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// So many cases of a family must be carried by tests before one that is not stands out.
const CARRIED: usize = 10;

/// As many are carried for each that is not.
const SHARE: usize = 10;

/// So much of the description of a case is looked at.
const DESCRIBED: usize = 800;

/// What rows cite of one family of test cases.
#[derive(Default)]
struct Family<'g> {
    carried: BTreeSet<&'g str>,
    /// Those that only documents describe, each with the first row that cites it and where it is described.
    described: BTreeMap<&'g str, (&'g RowNode, &'g Citation, Place)>,
}

/// One warning for each such case: its description may well be one of a test that nobody wrote.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let mut families: BTreeMap<&str, Family<'_>> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node) && !cited::is_planned(graph, node)) {
        for (citation, resolution) in graph.citations(node) {
            let Target::CaseId(id) = &citation.target else { continue };
            match resolution {
                Resolution::Tests(_) => drop(families.entry(family(id)).or_default().carried.insert(id)),
                Resolution::Documented(places) => {
                    let Some(place) = places.first() else { continue };
                    families.entry(family(id)).or_default().described.entry(id).or_insert((node, citation, *place));
                }
                _ => {}
            }
        }
    }
    for one in families.values() {
        let (carried, all) = (one.carried.len(), one.carried.len() + one.described.len());
        if carried < CARRIED || one.described.len() * SHARE > carried {
            continue;
        }
        let open = one.described.iter().filter(|(id, (_, _, place))| !one.carried.contains(*id) && !is_by_hand(graph, *place));
        findings.extend(open.map(|(id, (node, citation, place))| {
            let path = graph.path(place.file);
            let message = format!(
                "{} cites {id}, which {path} describes, and no test carries it; tests carry {carried} of the {all} cases of its family that rows cite",
                cited::subject(graph, node)
            );
            let finding = Finding::new(cited::place(node, citation.span), *id, message)
                .label("carried by no test")
                .help("Name the case in the test that automates it, or say in its description that it is carried out by hand.")
                .related(*place, "described here")
                .severity(Severity::Warning);
            cited::about(finding, graph, node)
        }));
    }
}

/// Whether the description of a case says that somebody carries it out, or looks.
fn is_by_hand(graph: &Graph, place: Place) -> bool {
    let text = graph.input(place.file).text.as_str();
    let start = place.span.start as usize;
    let mut end = text.len().min(start + DESCRIBED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let said = text.get(start..end).unwrap_or("");
    let said = words(said);
    said.split(' ').any(|word| matches!(word, "manual" | "manually" | "inspection" | "demonstration" | "visual" | "visually"))
        || said.contains("by hand")
}
