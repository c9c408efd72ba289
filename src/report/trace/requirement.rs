//! The chain of a requirement.

use super::code;
use super::ladder;
use super::reach;
use super::since;
use super::words;
use super::{At, Chain, Item, Section, told};
use crate::finding::Finding;
use crate::link::code::Source;
use crate::link::drift::fingerprint;
use crate::link::graph::{Graph, ReqId, Requirement, RowId};
use crate::model::requirement::Standing;
use crate::model::test_case::{Grade, Verb};
use crate::source::Place;
use crate::verdict::{State, States, UNTOLD};

/// Everything that is known about a requirement: its findings and its state among it.
pub(super) fn chain(graph: &Graph, findings: &[&Finding], states: &States, id: ReqId) -> Chain {
    let one = graph.requirement(id);
    let namespace = graph.namespace(one).to_owned();
    let others = |ids: &[ReqId]| {
        ids.iter().map(|id| graph.requirement(*id)).map(|other| Item::at(graph, other.place, title(other))).collect()
    };
    let sections = vec![
        Section { heading: "definition", items: definition(graph, one) },
        Section { heading: "parents", items: others(&one.parents) },
        Section { heading: "children", items: others(&one.children) },
        Section { heading: "reach", items: reach::items(graph, id) },
        Section { heading: "demands", items: demands(graph, one) },
        Section { heading: "rows", items: one.rows.iter().map(|row| self::row(graph, *row)).collect() },
        Section { heading: "markers", items: markers(graph, one) },
        Section { heading: "tests", items: words::evidence(graph, one) },
        Section { heading: "implementation", items: code::implementation(graph, one) },
        Section { heading: "mutants", items: code::mutants(graph, one) },
        Section { heading: "entry points", items: code::entries(graph, id) },
        Section { heading: "alternatives", items: code::alternatives(graph, one) },
        Section { heading: "since the evidence", items: since::items(graph, id) },
        Section { heading: "rung", items: rung(graph, states, id) },
        told(graph, findings.iter().copied()),
    ];
    Chain {
        kind: "requirement",
        name: one.id.to_string(),
        place: Some(At::new(graph, one.place)),
        namespace: Some(namespace),
        sections,
    }
}

/// Identifier and title.
pub(super) fn title(one: &Requirement) -> String {
    if one.title.is_empty() { one.id.to_string() } else { format!("{}: {}", one.id, one.title) }
}

fn definition(graph: &Graph, one: &Requirement) -> Vec<Item> {
    let mut items = Vec::new();
    if !one.title.is_empty() {
        items.push(Item::at(graph, one.place, one.title.clone()));
    }
    if let (Some(definition), Some(fact)) = (graph.definition(one), one.definition) {
        let lines = graph.text(Place::new(fact.file, definition.text)).lines().filter(|line| !line.starts_with('#'));
        let text = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        match items.first_mut() {
            // A title that is the beginning of the text says nothing more.
            Some(title) if text.starts_with(title.text.as_str()) => title.text = text,
            _ if text.is_empty() => {}
            _ => items.push(Item::new(text)),
        }
        let method = definition.method.as_ref().map(|method| format!("method: {}", method.text));
        items.extend(method.map(Item::new));
        items.extend(fingerprint(graph, one).map(|mark| Item::new(format!("fingerprint of the text: {mark}"))));
    } else {
        items.push(Item::at(graph, one.place, "no specification defines it; a matrix alone names it"));
    }
    match one.standing {
        Standing::Active => {}
        Standing::Planned => items.push(Item::new("planned, not in force yet")),
        Standing::Retired => items.push(Item::new("no longer in force")),
    }
    items.extend(one.duplicates.iter().map(|place| Item::at(graph, *place, "defined a second time")));
    items.extend(one.restated.iter().map(|place| Item::at(graph, *place, "told again")));
    items
}

fn demands(graph: &Graph, one: &Requirement) -> Vec<Item> {
    let demand = |demand: &crate::link::graph::Demand| {
        let what = match (demand.level, demand.rung) {
            (Some(level), _) => format!("a test of level {}", level.name()),
            (None, Some(rung)) => format!("the rung {}", rung.name()),
            (None, None) => "a verification".to_owned(),
        };
        let weak = if demand.weak { " (by its wording alone)" } else { "" };
        let places = demand.places.iter().map(|(place, what)| Item::at(graph, *place, what.clone()));
        Item::new(format!("{what}, demanded by {}{weak}", demand.source)).with(places.collect())
    };
    let suspect = |id: &crate::link::graph::ActionId| {
        let node = graph.action_node(*id);
        let action = graph.action(node.fact);
        Item::at(graph, Place::new(node.fact.file, action.span), format!("in doubt by {}: {}", action.id, action.text.text))
    };
    one.demands.iter().map(demand).chain(one.suspects.iter().map(suspect)).collect()
}

/// A row with each citation and what came of it.
pub(super) fn row(graph: &Graph, id: RowId) -> Item {
    let node = graph.row_node(id);
    let row = graph.row(node);
    let status = row.status.as_ref().map_or(String::new(), |(_, text)| format!(", status \"{}\"", text.text));
    let ids = row.ids.iter().map(|mention| mention.written()).collect::<Vec<_>>().join(", ");
    let citation = |(citation, resolution): (&crate::model::citation::Citation, &crate::link::graph::Resolution)| {
        let (words, tests) = words::resolution(graph, resolution);
        let place = Place::new(node.fact.file, citation.span);
        Item::at(graph, place, format!("{}: {words}", words::citation(citation))).with(tests)
    };
    let items: Vec<Item> = graph.citations(node).map(citation).collect();
    let cited = crate::report::visible::count(items.len(), "citation");
    Item::at(graph, Place::new(node.fact.file, row.span), format!("row of {ids}: {cited}{status}")).with(items)
}

fn markers(graph: &Graph, one: &Requirement) -> Vec<Item> {
    // Those of code whose extent is known are told with the code.
    let parts = || one.parts.iter().chain(graph.code.entries.iter().map(|entry| &entry.part));
    let told = |fact: &&crate::link::graph::FactRef| parts().any(|part| part.source == Source::Marker(**fact));
    let all = one.markers.iter().chain(one.implemented.iter().chain(&one.entered).filter(|fact| !told(fact)));
    let item = |fact: &crate::link::graph::FactRef| {
        let marker = graph.marker(*fact);
        let verb = match marker.verb {
            Verb::Verifies => "verifies it",
            Verb::Implements => "implements it",
            Verb::Enters => "is its entry point",
            Verb::Mentions | Verb::Tagged => "mentions it",
        };
        let place = Place::new(fact.file, marker.span);
        if !graph.facts(fact.file).results.is_empty() {
            return Item::at(graph, place, "a result names it");
        }
        let what = match marker.grade {
            Grade::File => "the head of a file",
            Grade::Class => "a class",
            Grade::Function => "a function",
        };
        Item::at(graph, place, format!("{what} {verb}"))
    };
    all.map(item).collect()
}

fn rung(graph: &Graph, states: &States, id: ReqId) -> Vec<Item> {
    let one = graph.requirement(id);
    let why = words::why_not_higher(graph, one);
    let stands = Item::new(format!("{}; {why}", one.rung.name())).with(ladder::items(graph, one));
    let verdict = match states.get(id) {
        State::NotAssessed if states.is_untold(id) => format!("verdict: not-assessed: {UNTOLD}"),
        state => format!("verdict: {}", state.name()),
    };
    vec![stands, Item::new(verdict)]
}
