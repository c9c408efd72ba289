//! Several versions of one specification side by side, `spec.md` and `spec2.md`, of which one is traced more than another.

use crate::check::families::is_linked;
use crate::check::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::folded;
use crate::link::graph::{Graph, ReqId};
use crate::model::vocabulary::words;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// More identifiers than this are only counted.
const SHOWN: usize = 4;

/// What is known of a specification.
#[derive(Default)]
struct Known<'g> {
    ids: BTreeSet<Cow<'g, str>>,
    linked: usize,
}

/// Takes out what is missed in a version most of whose identifiers another one has that is traced more: which of the two is in
/// force, nothing says.
pub(super) fn withhold(graph: &Graph, missed: &mut Vec<ReqId>) -> Vec<Finding> {
    let mut groups: BTreeMap<String, BTreeMap<u32, Known<'_>>> = BTreeMap::new();
    let stems: Vec<Option<String>> = graph.namespaces.iter().map(|one| stem(graph.path(one.file))).collect();
    let of = |namespace: u32| stems.get(namespace as usize).and_then(Option::as_ref);
    let asked: BTreeSet<&String> = missed.iter().filter_map(|id| of(graph.requirement(*id).namespace)).collect();
    for one in graph.requirements.iter() {
        if let Some(stem) = of(one.namespace).filter(|stem| asked.contains(stem)) {
            let known = groups.entry(stem.clone()).or_default().entry(one.namespace).or_default();
            known.ids.insert(folded(&one.id));
            known.linked += usize::from(is_linked(one));
        }
    }
    let traced = |namespace: u32| {
        let versions = of(namespace).and_then(|stem| groups.get(stem))?;
        let own = versions.get(&namespace)?;
        let alike = |other: &Known<'_>| own.ids.intersection(&other.ids).count() * 2 >= own.ids.len();
        let others = versions.iter().filter(|(at, other)| **at != namespace && other.linked > own.linked && alike(other));
        others.max_by_key(|(at, other)| (other.linked, std::cmp::Reverse(**at))).map(|(at, _)| *at)
    };
    let mut withheld: BTreeMap<(u32, u32), Vec<ReqId>> = BTreeMap::new();
    missed.retain(|id| {
        let namespace = graph.requirement(*id).namespace;
        let Some(other) = traced(namespace) else { return true };
        withheld.entry((namespace, other)).or_default().push(*id);
        false
    });
    withheld.into_iter().filter_map(|((_, other), ids)| finding(graph, other, &ids)).collect()
}

fn finding(graph: &Graph, other: u32, ids: &[ReqId]) -> Option<Finding> {
    let first = graph.requirement(*ids.first()?);
    let names: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    let (path, other) = (graph.path(first.place.file), graph.path(graph.namespaces.get(other as usize)?.file));
    let message = format!(
        "{path} and {other} look like versions of one specification, and more of {other} is traced: {} of {path} that nothing verifies ({}) may not be in force.",
        count(ids.len(), "requirement"),
        listed(&names, SHOWN)
    );
    let finding = Finding::new(first.place, format!("{path} version"), message)
        .label("not verified")
        .help("Name the version in force under `specifications` in the section `[documents]` of tracegate.toml, or move the other into an archive.")
        .severity(Severity::Warning)
        .about(graph.namespace(first), &first.id);
    Some(ids.iter().skip(1).fold(finding, |finding, id| {
        let one = graph.requirement(*id);
        finding.covers(graph.namespace(one), &one.id)
    }))
}

/// The folder and the name of a document without the number of its version.
fn stem(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = words(name.rsplit_once('.').map_or(name, |(name, _)| name));
    let mut kept: Vec<&str> = name.split(' ').collect();
    let version = |word: &str| {
        let number = word.strip_prefix('v').unwrap_or(word);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(word, "draft" | "old" | "v" | "version")
    };
    while kept.len() > 1 && kept.last().is_some_and(|word| version(word)) {
        kept.pop();
    }
    let last = kept.pop()?.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    (!last.is_empty()).then(|| format!("{folder}/{} {last}", kept.join(" ")))
}
