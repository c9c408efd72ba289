//! Requirements to which objects of sphinx-needs lead: from a requirement to an architecture, and from that to a test, which a
//! comment in code declares.

use crate::link::graph::{Graph, ReqId};
use crate::model::id::Id;
use crate::model::requirement::Need;
use rustc_hash::{FxHashMap, FxHashSet};

/// Longer chains are a web.
const STEPS: usize = 5;

/// So many objects are looked at for one requirement.
const MOST: usize = 500;

/// The tests that chains lead to, by requirement. Requirements on the way have tests of their own.
pub(super) fn of(graph: &Graph, wanted: impl Iterator<Item = ReqId>) -> FxHashMap<ReqId, Vec<&Id>> {
    let needs: FxHashMap<&str, &Need> =
        graph.inputs.iter().flat_map(|input| &input.facts.needs).map(|need| (need.id.as_str(), need)).collect();
    if needs.is_empty() {
        return FxHashMap::default();
    }
    // Tests that link to what they verify.
    let mut upward: FxHashMap<&str, Vec<&Id>> = FxHashMap::default();
    for need in needs.values().filter(|need| is_test(&need.id)) {
        need.links.iter().for_each(|link| upward.entry(link.as_str()).or_default().push(&need.id));
    }
    let led = wanted.map(|id| (id, tests(&needs, &upward, graph.requirement(id).id.as_str())));
    led.filter(|(_, tests)| !tests.is_empty()).collect()
}

fn tests<'g>(needs: &FxHashMap<&str, &'g Need>, upward: &FxHashMap<&str, Vec<&'g Id>>, from: &str) -> Vec<&'g Id> {
    let mut found: FxHashSet<&Id> = FxHashSet::default();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut edge: Vec<&str> = vec![from];
    for _ in 0..STEPS {
        let mut next: Vec<&str> = Vec::new();
        for id in std::mem::take(&mut edge) {
            if known.len() >= MOST || !known.insert(id) {
                continue;
            }
            found.extend(upward.get(id).into_iter().flatten().copied());
            let Some(need) = needs.get(id).copied() else { continue };
            found.extend(need.links.iter().filter(|link| is_test(link)));
            let on = need.links.iter().filter(|link| needs.get(link.as_str()).is_some_and(|next| !next.required));
            next.extend(on.map(Id::as_str));
        }
        edge = next;
    }
    let mut found: Vec<&Id> = found.into_iter().collect();
    found.sort_unstable();
    found
}

/// Whether an identifier is one of a test by its type: `itest~opens`, `TEST_opens`.
fn is_test(id: &str) -> bool {
    let kind = id.split(['~', '_', '-']).next().unwrap_or(id).to_ascii_lowercase();
    kind.len() < id.len() && (kind.ends_with("test") || matches!(kind.as_str(), "tst" | "tc" | "testcase"))
}
