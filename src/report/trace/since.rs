//! What became of the things that the evidence of a requirement relies on, since the commit that it is bound to.

use super::Item;
use crate::link::drift::{Bound, By, Drift, How, Thing, Unassessed};
use crate::link::graph::{Graph, ReqId};
use crate::model::test_case::Kind;

/// What changed, what did not, and what could not be seen.
pub(super) fn items(graph: &Graph, id: ReqId) -> Vec<Item> {
    let one = graph.requirement(id);
    let changed = graph.drifts.found.iter().filter(|drift| drift.requirements.contains(&id)).map(|drift| change(graph, drift));
    let same = graph.drifts.unchanged.iter().filter(|same| same.requirements.contains(&id));
    let same = same.map(|same| thing(graph, &same.thing, &same.bound, &format!("unchanged since `{}`", same.bound.commit)));
    let documents: Vec<_> = one.rows.iter().map(|row| graph.row_node(*row).fact.file).collect();
    let unseen =
        graph.drifts.unseen.iter().filter(|unseen| documents.contains(&unseen.file)).filter_map(|it| lost(graph, id, it));
    let mut items: Vec<Item> = changed.chain(same).chain(unseen).collect();
    if items.is_empty() && !one.evidence.is_empty() {
        items.push(Item::new("not assessed: no commit is known of its evidence"));
    }
    items
}

fn change(graph: &Graph, drift: &Drift) -> Item {
    let what = match drift.how {
        How::Changed => "changed",
        How::Added => "was added",
        How::Deleted => "was deleted",
    };
    let item = thing(graph, &drift.thing, &drift.bound, &format!("{what} after `{}`", drift.bound.commit));
    let by = match &drift.by {
        By::Commits(commits) => {
            commits.iter().map(|one| Item::new(format!("by {} ({}, {})", one.commit, one.author, one.day))).collect()
        }
        By::Uncommitted => vec![Item::new("in the working tree, not committed")],
        By::Unknown => vec![Item::new("by which commit could not be seen")],
    };
    Item { items: by.into_iter().chain(item.items).collect(), ..item }
}

/// A thing, what is said of it, and where the commit stands with which it was compared.
fn thing(graph: &Graph, thing: &Thing, bound: &Bound, said: &str) -> Item {
    let item = match thing {
        Thing::Requirement(id) => Item::at(graph, graph.requirement(*id).place, format!("its text: {said}")),
        Thing::Test(id) => {
            let case = graph.test(*id);
            let what = if case.kind == Kind::Test { "the test" } else { "what its tests run," };
            Item::at(graph, graph.test_place(*id), format!("{what} {}: {said}", case.qualified()))
        }
        Thing::Code(part) => Item::at(graph, graph.part_place(part), format!("the code {}: {said}", graph.part_name(part))),
        Thing::Beside(file, name) => {
            let path = graph.path(*file);
            Item::at(graph, graph.beside_place(*file, name), format!("{name} of {path}, which is used: {said}"))
        }
        Thing::Gone(path, name) if name.is_empty() => Item::new(format!("the file {path}: {said}")),
        Thing::Gone(path, name) => Item::new(format!("the test {name} of {path}: {said}")),
    };
    item.with(vec![Item::at(graph, bound.place, "the commit of the evidence")])
}

/// What of the evidence of a requirement could not be compared.
fn lost(graph: &Graph, id: ReqId, unseen: &Unassessed) -> Option<Item> {
    let one = graph.requirement(id);
    let is_own = |name: &&String| {
        **name == *one.id
            || one.tests().iter().any(|test| *graph.test(*test).name == ***name)
            || one.parts.iter().any(|part| graph.part_name(part) == **name)
    };
    let own: Vec<&str> = unseen.names.iter().filter(is_own).map(String::as_str).collect();
    let what = match (unseen.names.is_empty(), own.is_empty()) {
        (true, _) => String::from("all of it"),
        (false, true) => return None,
        (false, false) => own.join(", "),
    };
    let text = format!("{what}: whether it changed after `{}` is not assessed: {}", unseen.bound.commit, unseen.why.text());
    Some(Item::at(graph, unseen.bound.place, text))
}
