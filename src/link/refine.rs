//! Refinement: which requirements are children of which.

use super::graph::{Found, Graph, ReqId};
use super::lookup::Lookup;
use crate::model::mention::Mention;

/// Links children to parents: by attribute, `FR-1.1` to `FR-1` of the same specification, and a criterion to its story.
pub(super) fn refine(graph: &mut Graph, lookup: &Lookup) {
    let mut pairs: Vec<(ReqId, ReqId)> = Vec::new();
    for (id, requirement) in graph.requirements() {
        let path = graph.path(requirement.place.file);
        let stated = graph.definition(requirement).map(|one| one.parents.as_slice()).unwrap_or_default();
        for target in stated.iter().flat_map(|mention| lookup.resolve(mention, path)) {
            if let Found::One(parent) = target.found {
                pairs.push((id, parent));
            }
        }
        let listed = graph.definition(requirement).map(|one| one.children.as_slice()).unwrap_or_default();
        for target in listed.iter().flat_map(|mention| lookup.resolve(mention, path)) {
            if let Found::One(child) = target.found {
                pairs.push((child, id));
            }
        }
        if let Some((stem, _)) = requirement.id.rsplit_once('.') {
            let same = |parent: &&ReqId| graph.requirement(**parent).namespace == requirement.namespace;
            pairs.extend(lookup.all(stem).iter().find(same).map(|parent| (id, *parent)));
        }
        if let Some([parent]) = criterion_of(&requirement.id).map(|story| lookup.all(story)) {
            pairs.push((id, *parent));
        }
    }
    for (_, input) in graph.files() {
        for (parents, children) in &input.facts.allocations {
            let resolve = |mentions: &[Mention]| {
                let targets = mentions.iter().flat_map(|mention| lookup.resolve(mention, &input.path));
                targets
                    .filter_map(|target| if let Found::One(id) = target.found { Some(id) } else { None })
                    .collect::<Vec<ReqId>>()
            };
            // Two wildcards would link everything with everything, which says no more than one link each.
            let (parents, children) = (resolve(parents), resolve(children));
            match (parents.as_slice(), children.as_slice()) {
                ([parent, ..], [_, ..]) if parents.len() * children.len() > 1000 => {
                    pairs.extend(children.iter().map(|child| (*child, *parent)))
                }
                _ => pairs.extend(children.iter().flat_map(|child| parents.iter().map(|parent| (*child, *parent)))),
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (child, parent) in pairs {
        if child == parent {
            continue;
        }
        if let Some(requirement) = graph.requirements.get_mut(child.0 as usize) {
            requirement.parents.push(parent);
        }
        if let Some(requirement) = graph.requirements.get_mut(parent.0 as usize) {
            requirement.children.push(child);
        }
    }
}

/// What `US-7-AC-2` is a criterion of: `US-7`.
fn criterion_of(id: &str) -> Option<&str> {
    let (story, number) = id.rsplit_once("-AC").or_else(|| id.rsplit_once("_AC"))?;
    let number = number.trim_start_matches(['-', '_', '.']);
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(story)
}
