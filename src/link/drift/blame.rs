//! Which commits changed a thing.

use super::compare::{own, states};
use super::{Bound, By, Drift, How, Past, Reliance, Thing};
use crate::link::graph::{Graph, Input};
use crate::model::history::Versions;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Something that changed: the commit of the evidence, the path, how, what, what binds it and what relies on it.
pub(super) type Changed = (String, String, How, Thing, Bound, Reliance);

/// A file after a commit.
type After = (crate::model::history::Change, Option<Input>);

/// Says of all that changed who did it.
pub(super) fn all(graph: &Graph, past: &dyn Past, mut changed: Vec<Changed>) -> Vec<Drift> {
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (commit, path, ..) in &changed {
        asked.entry(commit.clone()).or_default().push(path.clone());
    }
    let mut told: BTreeMap<(String, String), (Vec<After>, bool)> = BTreeMap::new();
    for (commit, mut paths) in asked {
        paths.sort_unstable();
        paths.dedup();
        let questions: Vec<&str> = paths.iter().map(String::as_str).collect();
        for (path, versions) in questions.iter().zip(past.versions(&questions, &commit)) {
            told.insert((commit.clone(), (*path).to_owned()), read(past, path, versions));
        }
    }
    changed.sort_by(|a, b| (&a.3, &a.0).cmp(&(&b.3, &b.0)));
    let found = changed.into_par_iter().map(|(commit, path, how, thing, bound, reliance)| {
        let known = told.get(&(commit.clone(), path.clone()));
        let by = known.map_or(By::Unknown, |(after, whole)| by(graph, past, (&commit, &path), &thing, after, *whole));
        Drift { thing, how, by, bound, rows: reliance.rows, requirements: reliance.requirements }
    });
    found.collect()
}

fn read(past: &dyn Past, path: &str, versions: Versions) -> (Vec<After>, bool) {
    let list = versions.list.into_par_iter();
    let read = list.map(|version| (version.change, version.bytes.map(|bytes| past.reread(path, bytes))));
    (read.collect(), versions.whole)
}

/// The commits of one file that changed one thing in it.
fn by(graph: &Graph, past: &dyn Past, (commit, path): (&str, &str), thing: &Thing, after: &[After], whole: bool) -> By {
    let said = |input: Option<&Input>| input.map_or_else(Vec::new, |input| states(graph, thing, input));
    let first = past.read(commit, path).ok().flatten();
    let mut then = said(first.as_deref());
    let mut commits = Vec::new();
    // From the oldest on, each compared with what was before.
    for (change, input) in after.iter().rev() {
        let next = said(input.as_ref());
        if next != then {
            commits.push(change.clone());
        }
        then = next;
    }
    commits.reverse();
    let is_now = if matches!(thing, Thing::Gone(..)) { then.is_empty() } else { then.contains(&own(graph, past, thing)) };
    match (whole, is_now, commits.is_empty()) {
        (true, false, _) => By::Uncommitted,
        (_, _, false) => By::Commits(commits),
        _ => By::Unknown,
    }
}
