//! Requirements whose status is "open" where that of others of their family says that these are done: their turn is still to
//! come.

use super::graph::{Graph, Requirement};
use super::lookup::kin;
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use rustc_hash::FxHashMap;

/// So many of a family that are done tell what "open" means in it.
const FEWEST: usize = 3;

/// Words of what is done.
const DONE: &[&str] = &["closed", "complete", "completed", "done", "implemented", "released", "tested", "validated", "verified"];

/// Whether a status says that the work is done: "verified", "implemented".
pub fn is_done(status: &str) -> bool {
    DONE.contains(&words(status).as_str())
}

/// The words of a requirement's status, where its definition tells them.
pub fn status<'g>(graph: &'g Graph, one: &Requirement) -> Option<&'g str> {
    let span = graph.definition(one)?.standing_span?;
    let said = graph.input(one.place.file).text.slice(span).trim();
    (!said.is_empty() && said.len() < 40 && !said.contains('\n')).then_some(said)
}

/// Takes what is open for planned, where nothing names it: no row, no test and no code.
pub(super) fn settle(graph: &mut Graph) {
    let open = |one: &Requirement| status(graph, one).is_some_and(|said| words(said) == "open");
    let silent = |one: &Requirement| one.rows.is_empty() && one.markers.is_empty() && one.implemented.is_empty();
    let waiting = |one: &Requirement| one.standing == Standing::Active && silent(one) && open(one);
    let found: Vec<usize> = (0..).zip(&graph.requirements).filter(|(_, one)| waiting(one)).map(|(at, _)| at).collect();
    if found.is_empty() {
        return;
    }
    let mut done: FxHashMap<&str, usize> = FxHashMap::default();
    for one in graph.requirements.iter().filter(|one| status(graph, one).is_some_and(is_done)) {
        *done.entry(kin(&one.id)).or_default() += 1;
    }
    let among = |at: &usize| {
        let kin = graph.requirements.get(*at).map_or("", |one| kin(&one.id));
        done.get(kin).is_some_and(|count| *count >= FEWEST)
    };
    let found: Vec<usize> = found.into_iter().filter(among).collect();
    for at in found {
        if let Some(one) = graph.requirements.get_mut(at) {
            one.standing = Standing::Planned;
        }
    }
}
