//! Requirements that nothing traces to, told together: each by itself would say the same.

use crate::check::cited::about_all;
use crate::check::families::{is_among_tests, is_linked};
use crate::check::support::{count, listed};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::link::kin;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer requirements than this of a family that nothing traces to are told one by one.
const MANY: usize = 4;

/// More places than this are only counted.
const SHOWN: usize = 10;

/// The requirements to tell one by one, and the groups that nothing traces to: those of a family, of a
/// specification, or of all specifications where nothing in the tree traces to anything.
pub(super) fn split(graph: &Graph, missed: &[ReqId]) -> (Vec<ReqId>, Vec<Vec<ReqId>>) {
    let traced: BTreeSet<(u32, &str)> =
        graph.requirements.iter().filter(|one| is_linked(one)).map(|one| (one.namespace, kin(&one.id))).collect();
    let specifications: BTreeSet<u32> = traced.iter().map(|(namespace, _)| *namespace).collect();
    let (alone, untraced): (Vec<ReqId>, Vec<ReqId>) = missed.iter().partition(|id| {
        let one = graph.requirement(**id);
        traced.contains(&(one.namespace, kin(&one.id)))
    });
    let untraced: Vec<ReqId> =
        untraced.into_iter().filter(|id| !is_among_tests(graph.path(graph.requirement(*id).place.file))).collect();
    let groups = if specifications.is_empty() { vec![untraced] } else { grouped(graph, &specifications, &untraced) };
    (alone, groups.into_iter().filter(|group| !group.is_empty()).collect())
}

/// By family where others of the specification are traced, else by specification, or by folder where each
/// requirement has a file of its own.
fn grouped(graph: &Graph, specifications: &BTreeSet<u32>, untraced: &[ReqId]) -> Vec<Vec<ReqId>> {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for id in untraced {
        *sizes.entry(graph.requirement(*id).namespace).or_default() += 1;
    }
    let mut groups: BTreeMap<(&str, &str), Vec<ReqId>> = BTreeMap::new();
    for id in untraced {
        let one = graph.requirement(*id);
        let path = graph.namespaces.get(one.namespace as usize).map_or("", |namespace| graph.path(namespace.file));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = match (specifications.contains(&one.namespace), sizes.get(&one.namespace)) {
            (true, _) => (path, kin(&one.id)),
            (false, Some(1)) => (folder, ""),
            (false, _) => (path, ""),
        };
        groups.entry(key).or_default().push(*id);
    }
    let few = |family: &str, group: &Vec<ReqId>| !family.is_empty() && group.len() < MANY;
    let split = |((_, family), group): ((&str, &str), Vec<ReqId>)| match few(family, &group) {
        true => group.chunks(1).map(<[ReqId]>::to_vec).collect(),
        false => vec![group],
    };
    groups.into_iter().flat_map(split).collect()
}

/// One finding for a group.
pub(super) fn finding(graph: &Graph, group: &[ReqId], tests: usize) -> Option<Finding> {
    let requirement = |id: &ReqId| graph.requirement(*id);
    let first = requirement(group.first()?);
    let mut files: BTreeMap<&str, Vec<&Requirement>> = BTreeMap::new();
    for id in group {
        files.entry(graph.path(requirement(id).place.file)).or_default().push(requirement(id));
    }
    let ids: Vec<&str> = group.iter().map(|id| requirement(id).id.as_str()).collect();
    let of = match files.len() {
        1 => format!("{} ({})", count(ids.len(), "requirement"), listed(&ids, 4)),
        files => format!("{} in {files} documents", count(ids.len(), "requirement")),
    };
    let named = match (graph.rows.is_empty(), tests) {
        (true, 0) => String::from("there is no matrix, and no test was found"),
        (true, _) => format!("there is no matrix, and none of {} names one", count(tests, "test")),
        (false, 0) => String::from("no row of a matrix names one, and no test was found"),
        (false, _) => format!("no row of a matrix and none of {} names one", count(tests, "test")),
    };
    let subject = match files.len() {
        1 => format!("{} {}", graph.path(first.place.file), kin(&first.id)),
        _ => String::from("all specifications"),
    };
    let mut finding = Finding::new(first.place, subject, format!("Nothing verifies any of the {of}: {named}."))
        .label("not verified, and neither is any other here")
        .help("Write a matrix, or name the requirements in the tests; if they are no requirements, name the document under `ignore`.");
    for (path, members) in files.iter().filter(|(path, _)| files.len() > 1 && **path != graph.path(first.place.file)).take(SHOWN)
    {
        if let Some(one) = members.first() {
            finding = finding.related(one.place, format!("{} in {path}", count(members.len(), "more requirement")));
        }
    }
    Some(about_all(finding, graph, group))
}
