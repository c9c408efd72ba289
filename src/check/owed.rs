//! Requirements that nothing verifies, and what is known of each.

use super::families::Families;
use super::naming::Naming;
use super::support::{NearMisses, has_children};
use crate::link::graph::{Graph, ReqId, Requirement, Rung};
use crate::model::requirement::{Definition, Standing};
use crate::model::vocabulary;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

/// What is owed to a requirement that needs a verification of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Debt {
    /// Nothing: it is verified, excused, or no requirement.
    None,
    /// It is not known: what names it may mean another of the same identifier.
    Unclear,
    /// Everything: nothing names it, or a remark only.
    All,
}

/// The debts of all requirements. Make it once a run.
pub struct Owed {
    debts: Vec<Debt>,
}

impl Owed {
    /// Looks at every requirement.
    pub fn new(graph: &Graph, naming: &Naming) -> Self {
        // Most trees owe nothing, and need neither.
        let near = LazyCell::new(|| NearMisses::new(graph));
        let families = LazyCell::new(|| Families::new(graph));
        let types = LazyCell::new(|| types(graph));
        // An item of OpenFastTrace that needs one of another type, which the tree has.
        let lacks = |one: &Requirement| {
            let open = one.standing == Standing::Active && is_unneeded(graph, one);
            open && !uncovered(graph, one, &types).is_empty()
        };
        let debt = |(id, one): (ReqId, &Requirement)| {
            let mistaken = || one.definition.is_none() && near.of(graph, &one.id, one.place.file).is_some();
            if !(needs(graph, one) || lacks(one)) || graph.is_excused(one) || families.is_doubtful(one) || mistaken() {
                Debt::None
            } else if naming.is_ambiguous(id) {
                Debt::Unclear
            } else {
                Debt::All
            }
        };
        Self { debts: graph.requirements().map(debt).collect() }
    }

    /// The debt of a requirement.
    pub fn of(&self, id: ReqId) -> Debt {
        self.debts.get(id.0 as usize).copied().unwrap_or(Debt::None)
    }
}

/// Whether a requirement needs a verification of its own and none is named.
fn needs(graph: &Graph, one: &Requirement) -> bool {
    let nothing = one.rung == Rung::None && one.not_assessed.is_none() && one.markers.is_empty();
    // An inspection is no test: whether it took place is not to be seen here.
    let testable = !is_unneeded(graph, one) && !graph.is_verified_otherwise(one);
    one.standing == Standing::Active && nothing && testable && !has_children(graph, one)
}

/// The types that an item of OpenFastTrace needs, of those that are given, and of which none covers it.
pub fn uncovered<'g>(graph: &'g Graph, one: &Requirement, types: &FxHashSet<&str>) -> Vec<&'g str> {
    let level = graph.definition(one).and_then(|definition| definition.level.as_ref()).filter(|_| vocabulary::is_item(&one.id));
    let needed = level.map_or("", |level| graph.input(one.place.file).text.slice(level.span));
    // What stands in a comment is needed no more.
    let needed = if needed.contains("-->") { "" } else { needed };
    let kinds = needed.split(|c: char| c.is_whitespace() || c == ',').map(|kind| kind.trim_matches(['-', '*', '+', '`']));
    let active = |child: &&Requirement| child.standing == Standing::Active;
    let covers =
        |kind: &str| one.children.iter().map(|id| graph.requirement(*id)).filter(active).any(|child| kind_of(&child.id) == kind);
    kinds.filter(|kind| types.contains(kind) && !covers(kind)).collect()
}

/// The types of the items of OpenFastTrace that are defined.
pub fn types(graph: &Graph) -> FxHashSet<&str> {
    graph
        .requirements
        .iter()
        .filter(|one| one.definition.is_some() && vocabulary::is_item(&one.id))
        .map(|one| kind_of(&one.id))
        .collect()
}

/// The type of an item of OpenFastTrace: `req` of `req~heat~1`.
fn kind_of(id: &str) -> &str {
    id.split_once('~').map_or("", |(kind, _)| kind)
}

/// Whether the specification says that no verification is needed.
pub fn is_unneeded(graph: &Graph, one: &Requirement) -> bool {
    graph.definition(one).is_some_and(Definition::needs_none)
}
