//! Acceptance criteria of which the requirement is traced, and not they.

use super::graph::{Graph, ReqId, Requirement, Rung};
use super::lookup::folded;
use crate::model::mention::Mention;
use crate::model::requirement::Standing;
use rustc_hash::{FxHashMap, FxHashSet};

/// Says of each criterion that nothing names by itself that its requirement has evidence: `AC-FR-1` of `FR-1`, what the row of a
/// requirement names in a column of criteria, and what stands below one. Where others of its family are named by tests or rows
/// themselves, each has to be.
pub(super) fn settle(graph: &mut Graph) {
    if !graph.requirements.iter().any(may_be_open) {
        return;
    }
    let mut known: FxHashMap<(u32, String), ReqId> = FxHashMap::default();
    for (id, one) in graph.requirements() {
        known.entry((one.namespace, folded(&one.id).into_owned())).or_insert(id);
    }
    let listed = listed(graph, &known);
    let owner = |id: ReqId, one: &Requirement| {
        let by_name = || {
            let id = folded(&one.id);
            let mut stem = id.strip_prefix("AC-")?;
            // `AC-FR-5-B` is the second of FR-5.
            loop {
                if let Some(owner) = known.get(&(one.namespace, stem.to_owned())) {
                    return Some(*owner);
                }
                stem = stem.rsplit_once(['-', '.'])?.0;
            }
        };
        let above = || one.parents.iter().copied().filter(|_| is_criterion(&one.id));
        let owners = listed.get(&id).copied().into_iter().chain(by_name()).chain(above());
        owners.filter(|owner| *owner != id).map(|owner| graph.requirement(owner)).find(|owner| has_evidence(owner))
    };
    let traced: FxHashSet<u32> = graph
        .requirements
        .iter()
        .filter(|one| is_criterion(&one.id) && (has_evidence(one) || !one.rows.is_empty()))
        .map(|one| one.namespace)
        .collect();
    let open = graph.requirements().filter(|(_, one)| may_be_open(one) && !traced.contains(&one.namespace));
    let told: Vec<(ReqId, String)> = open
        .filter_map(|(id, one)| Some((id, format!("it is a criterion of {}, which has evidence of its own", owner(id, one)?.id))))
        .collect();
    for (id, why) in told {
        if let Some(one) = graph.requirements.get_mut(id.0 as usize) {
            one.not_assessed = Some(why.into());
        }
    }
}

/// The criteria that requirements list, each with its requirement.
fn listed(graph: &Graph, known: &FxHashMap<(u32, String), ReqId>) -> FxHashMap<ReqId, ReqId> {
    let mut found = FxHashMap::default();
    for (id, one) in graph.requirements() {
        let criteria = graph.definition(one).map(|definition| definition.criteria.as_slice()).unwrap_or_default();
        for criterion in criteria.iter().filter_map(Mention::id) {
            if let Some(listed) = known.get(&(one.namespace, folded(criterion).into_owned())) {
                found.entry(*listed).or_insert(id);
            }
        }
    }
    found
}

/// Whether an identifier calls what it names a criterion.
fn is_criterion(id: &str) -> bool {
    id.split(['-', '_', '.', '\u{2011}']).any(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()) == "AC")
}

fn has_evidence(one: &Requirement) -> bool {
    one.rung != Rung::None || !one.markers.is_empty()
}

/// Whether nothing is known of how a criterion is verified.
fn may_be_open(one: &Requirement) -> bool {
    is_criterion(&one.id)
        && one.standing == Standing::Active
        && one.not_assessed.is_none()
        && one.rows.is_empty()
        && !has_evidence(one)
}
