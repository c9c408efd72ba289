//! Names that tell less than they seem to: those that several requirements share, and remarks in test code, which
//! say of no test that it verifies what they name.

use super::cited::is_retired;
use super::support::cited_place;
use crate::link::graph::{FactRef, Found, Graph, ReqId, Target};
use crate::model::id::Id;
use crate::model::test_case::{Kind, Verb};
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// Who is named in such a way. Make it once a run.
pub struct Naming {
    ambiguous: FxHashSet<ReqId>,
    /// Gathered when somebody asks, which takes a requirement that nothing verifies.
    remarks: OnceCell<FxHashMap<ReqId, Place>>,
    namesakes: Namesakes,
}

/// Requirements that rows and markers name, by their identifiers. Gathered when somebody asks.
#[derive(Default)]
pub struct Namesakes {
    named: OnceCell<FxHashMap<Id, Vec<ReqId>>>,
}

impl Namesakes {
    /// Another requirement of the same identifier, and where a row or a marker names that one.
    pub fn of(&self, graph: &Graph, id: ReqId) -> Option<(ReqId, Place)> {
        let named = self.named.get_or_init(|| {
            let mut named: FxHashMap<Id, Vec<ReqId>> = FxHashMap::default();
            for (id, one) in graph.requirements().filter(|(_, one)| !one.rows.is_empty() || !one.markers.is_empty()) {
                named.entry(one.id.clone()).or_default().push(id);
            }
            named
        });
        let other = *named.get(&graph.requirement(id).id)?.iter().find(|other| **other != id)?;
        let one = graph.requirement(other);
        let row = one.rows.first().map(|row| {
            let node = graph.row_node(*row);
            let target = node.targets.iter().chain(&node.related).find(|target| target.found == Found::One(other));
            target.map_or_else(|| cited_place(graph, *row), |target| Place::new(node.fact.file, target.span))
        });
        let marker = || one.markers.first().map(|fact| Place::new(fact.file, graph.marker(*fact).span));
        Some((other, row.or_else(marker)?))
    }
}

impl Naming {
    /// Collects them from rows and markers.
    pub fn new(graph: &Graph) -> Self {
        let ambiguous = ambiguous(graph).flat_map(|(_, ids, _)| ids.iter().copied()).collect();
        Self { ambiguous, remarks: OnceCell::new(), namesakes: Namesakes::default() }
    }

    /// Whether a row or a marker names it by an identifier that others have too, so that it may be verified.
    pub fn is_ambiguous(&self, id: ReqId) -> bool {
        self.ambiguous.contains(&id)
    }

    /// Another requirement of its identifier that a row or a marker names, and where.
    pub fn namesake(&self, graph: &Graph, id: ReqId) -> Option<(ReqId, Place)> {
        self.namesakes.of(graph, id)
    }

    /// Where a remark in test code mentions it, which no test carries.
    pub fn remark(&self, graph: &Graph, id: ReqId) -> Option<Place> {
        self.remarks.get_or_init(|| remarks(graph)).get(&id).copied()
    }
}

/// The first remark in test code on each requirement.
fn remarks(graph: &Graph) -> FxHashMap<ReqId, Place> {
    let mut remarks = FxHashMap::default();
    for (fact, target) in graph.marked.iter().filter(|(fact, _)| is_weak(graph, *fact)) {
        let ids = match &target.found {
            Found::One(id) => std::slice::from_ref(id),
            Found::Ambiguous(ids) => ids,
            Found::Missing | Found::Foreign => continue,
        };
        for id in ids {
            remarks.entry(*id).or_insert_with(|| Place::new(fact.file, target.span));
        }
    }
    remarks
}

/// Identifiers in rows and markers that fit several requirements: the file, the requirements, and who names them.
pub fn ambiguous(graph: &Graph) -> impl Iterator<Item = (FileId, &[ReqId], &Target)> {
    let rows = graph.rows.iter().flat_map(|node| node.targets.iter().chain(&node.related).map(move |target| (node, target)));
    let rows = rows.filter(|(node, target)| is_shared(target) && !is_retired(graph, node));
    let rows = rows.map(|(node, target)| (node.fact.file, target));
    let verifying = |fact: FactRef| match graph.marker(fact).verb {
        Verb::Verifies => true,
        Verb::Implements | Verb::Enters => false,
        Verb::Mentions | Verb::Tagged => is_carried(graph, fact),
    };
    // Hardly any is ambiguous, which is known at once; what a marker says stands elsewhere.
    let marked = graph.marked.iter().filter(|(_, target)| is_shared(target));
    let marked = marked.filter(move |(fact, _)| verifying(*fact)).map(|(fact, target)| (fact.file, target));
    rows.chain(marked).filter_map(|(file, target)| match &target.found {
        Found::Ambiguous(ids) => Some((file, ids.as_slice(), target)),
        Found::One(_) | Found::Missing | Found::Foreign => None,
    })
}

fn is_shared(target: &Target) -> bool {
    matches!(target.found, Found::Ambiguous(_))
}

/// Whether a marker only mentions a requirement in a file of tests, and none of the tests carries it.
fn is_weak(graph: &Graph, fact: FactRef) -> bool {
    let tests = || graph.facts(fact.file).tests.iter().any(|test| test.kind == Kind::Test);
    graph.marker(fact).verb == Verb::Mentions && !is_carried(graph, fact) && tests()
}

/// Whether a marker speaks of tests.
fn is_carried(graph: &Graph, fact: FactRef) -> bool {
    graph.marker(fact).reach.len > 0
}
