//! What obliges a level or a rung of verification: attributes, policy, and open actions.

use super::graph::{ActionId, ActionNode, Demand, FactRef, Found, Graph, ReqId, Rung, index};
use super::lookup::Lookup;
use crate::model::mention::Mention;
use crate::model::vocabulary::{self, Level, Method};
use crate::read::grammar::identifier;
use crate::settings::{CONFIGURATION, Policy, Settings};
use crate::source::{FileId, Place, Spanned};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Finds the demands on every requirement, and the open actions that put its verification in doubt.
pub(super) fn link(graph: &mut Graph, lookup: &Lookup, settings: &Settings) {
    attributes(graph);
    policies(graph, lookup, settings);
    graph.actions = actions(graph, lookup);
    open_actions(graph);
}

/// A level attribute of the specification demands that level of a requirement that is tested.
fn attributes(graph: &mut Graph) {
    let mut demands: Vec<(ReqId, Demand)> = Vec::new();
    // What a cell names: most say the same.
    let mut named: FxHashMap<&str, Vec<(Level, Vec<Level>)>> = FxHashMap::default();
    for (id, requirement) in graph.requirements() {
        let Some(definition) = graph.definition(requirement) else { continue };
        let known = || requirement.evidence.iter().all(|evidence| evidence.level.is_some()) && !requirement.evidence.is_empty();
        let by_method =
            definition.method.iter().filter(|_| requirement.methods.contains(&Method::Test) || requirement.methods.is_empty());
        for cell in definition.level.iter().chain(by_method) {
            for (level, or) in named.entry(&cell.text).or_insert_with(|| demanded(&cell.text)).iter().cloned() {
                let place = Place::new(requirement.place.file, cell.span);
                demands.push((
                    id,
                    Demand {
                        level: Some(level),
                        rung: None,
                        or,
                        source: String::from("its definition"),
                        places: vec![(place, format!("{} verification is assigned here", level.name()))],
                        // Where the level of a test of the requirement is not known, nothing is known to be missing.
                        weak: !known(),
                    },
                ));
            }
        }
    }
    give(graph, demands);
}

/// The levels that a text demands, each with those that serve instead: "Unit/integration tests" asks for one of the two,
/// and scenarios ("BDD/unit") are tests of the whole.
fn demanded(text: &str) -> Vec<(Level, Vec<Level>)> {
    let of = |part: &str| match vocabulary::words(part).as_str() {
        "bdd" => vec![Level::Acceptance],
        _ => vocabulary::levels(part),
    };
    let choices = text.split_whitespace().filter(|token| token.contains('/'));
    let choices = choices.map(|token| token.split('/').flat_map(of).collect::<Vec<Level>>());
    let choices: Vec<Vec<Level>> = choices.filter(|levels| levels.len() > 1).collect();
    let single = vocabulary::levels(text).into_iter().filter(|level| !choices.iter().flatten().any(|one| one == level));
    let single: Vec<(Level, Vec<Level>)> = single.map(|level| (level, Vec::new())).collect();
    let chosen = choices.iter().filter_map(|levels| levels.split_first().map(|(first, rest)| (*first, rest.to_vec())));
    chosen.chain(single).collect()
}

fn policies(graph: &mut Graph, lookup: &Lookup, settings: &Settings) {
    let configuration = graph.files().find(|(_, input)| input.reader == CONFIGURATION).map(|(file, _)| file);
    let (mut demands, mut aimless) = (Vec::new(), Vec::new());
    for policy in &settings.policies {
        let mut ids = Vec::new();
        for mention in identifier::list(&policy.requirements.text, 0) {
            let before = ids.len();
            for target in lookup.resolve(&mention, "") {
                match target.found {
                    Found::One(id) => ids.push(id),
                    Found::Ambiguous(several) => ids.extend(several),
                    Found::Missing | Found::Foreign => {}
                }
            }
            if ids.len() == before {
                aimless.push(Spanned { text: mention.written(), span: policy.requirements.span });
            }
        }
        for demand in demanded_by(policy, configuration) {
            demands.extend(ids.iter().map(|id| (*id, demand.clone())));
        }
    }
    graph.aimless = aimless;
    give(graph, demands);
}

/// The level and the rung that a policy demands.
fn demanded_by(policy: &Policy, configuration: Option<FileId>) -> impl Iterator<Item = Demand> {
    let source = format!("the policy for {}", policy.requirements.text);
    let nothing = Demand { level: None, rung: None, or: Vec::new(), source, places: Vec::new(), weak: false };
    let level = policy.level.map(|level| Demand { level: Some(level), ..nothing.clone() });
    let rung = policy.rung.as_ref().and_then(|written| {
        let place = configuration.map(|file| (Place::new(file, written.span), String::from("the policy that demands it")));
        let source = format!("{} (rung {})", nothing.source, written.text);
        Some(Demand { rung: Some(Rung::named(&written.text)?), source, places: place.into_iter().collect(), ..nothing })
    });
    level.into_iter().chain(rung)
}

fn give(graph: &mut Graph, demands: Vec<(ReqId, Demand)>) {
    for (id, demand) in demands {
        if let Some(requirement) = graph.requirements.get_mut(id.0 as usize)
            && !requirement.demands.contains(&demand)
        {
            requirement.demands.push(demand);
        }
    }
}

/// Actions of all documents. One that several documents tell is one action, and the
/// document whose identifier it carries has the last word on it.
fn actions(graph: &Graph, lookup: &Lookup) -> Vec<ActionNode> {
    let mut told: BTreeMap<(String, Option<FileId>), Vec<FactRef>> = BTreeMap::new();
    for (file, input) in graph.files() {
        for (at, action) in input.facts.actions.iter().enumerate() {
            // `CAPA-001` alone is numbered anew in every record.
            let own = action.id.matches('-').count() < 2;
            told.entry((action.id.clone(), own.then_some(file))).or_default().push(FactRef { file, index: index(at) });
        }
    }
    told.into_iter()
        .filter_map(|((id, _), facts)| {
            let home = |fact: &&FactRef| graph.document(fact.file).is_some_and(|document| id.starts_with(&document.id));
            let fact = *facts.iter().find(home).or(facts.first())?;
            let action = graph.action(fact);
            let path = graph.path(fact.file);
            Some(ActionNode {
                fact,
                repeated: facts.into_iter().filter(|other| *other != fact).collect(),
                open: !action.done,
                targets: action.ids.iter().flat_map(|mention: &Mention| lookup.resolve(mention, path)).collect(),
            })
        })
        .collect()
}

/// The record that an action belongs to: its identifier without the number of the action.
fn record_of(graph: &Graph, node: &ActionNode) -> String {
    let id = &graph.action(node.fact).id;
    match id.rsplit_once("-CAPA").filter(|(record, _)| !record.is_empty()) {
        Some((record, _)) => record.to_owned(),
        None => {
            graph.document(node.fact.file).map_or_else(|| graph.path(node.fact.file).to_owned(), |document| document.id.clone())
        }
    }
}

/// While a record is open, the requirements whose evidence one of its actions names are
/// suspect, and a level that one of its actions asks for is demanded of them.
fn open_actions(graph: &mut Graph) {
    let mut records: BTreeMap<String, Vec<ActionId>> = BTreeMap::new();
    for (at, node) in graph.actions.iter().enumerate().filter(|(_, node)| node.open) {
        records.entry(record_of(graph, node)).or_default().push(ActionId(index(at)));
    }
    let mut demands = Vec::new();
    let mut suspects = Vec::new();
    for (record, actions) in records {
        let asking: Vec<(ActionId, Level)> = actions.iter().filter_map(|id| Some((*id, level(graph, *id)?))).collect();
        for naming in &actions {
            let node = graph.action_node(*naming);
            if !graph.action(node.fact).evidence {
                continue;
            }
            for target in &node.targets {
                let Found::One(requirement) = target.found else { continue };
                suspects.push((requirement, *naming));
                demands.extend(
                    asking.iter().map(|(asking, level)| (requirement, action_demand(graph, &record, *asking, *naming, *level))),
                );
            }
        }
    }
    for (requirement, action) in suspects {
        if let Some(requirement) = graph.requirements.get_mut(requirement.0 as usize)
            && !requirement.suspects.contains(&action)
        {
            requirement.suspects.push(action);
        }
    }
    give(graph, demands);
}

fn level(graph: &Graph, id: ActionId) -> Option<Level> {
    let action = graph.action(graph.action_node(id).fact);
    vocabulary::levels(&action.level.as_ref()?.text).first().copied()
}

fn action_demand(graph: &Graph, record: &str, asking: ActionId, naming: ActionId, level: Level) -> Demand {
    let place = |id: ActionId| {
        let fact = graph.action_node(id).fact;
        Graph::place(fact, graph.action(fact).text.span)
    };
    let name = |id: ActionId| graph.action(graph.action_node(id).fact).id.clone();
    let mut places = vec![(place(asking), format!("{} asks for a test of level {}", name(asking), level.name()))];
    if asking != naming {
        places.push((place(naming), format!("{} names the requirement", name(naming))));
    }
    let source = match asking == naming {
        true => format!("{}, an open action of {record}", name(asking)),
        false => format!("{} (with {}), open actions of {record}", name(asking), name(naming)),
    };
    Demand { level: Some(level), rung: None, or: Vec::new(), source, places, weak: false }
}
