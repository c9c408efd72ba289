//! Findings of one check about one file that have one cause: they are told once.

use super::cited;
use crate::finding::{Finding, Related};
use crate::link::graph::Graph;
use crate::read::grammar::citation::is_source_extension;
use crate::source::FileId;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// So many are told one by one; more have one cause.
const FEW: usize = 3;

/// More places than this are only counted.
const SHOWN: usize = 10;

/// What a message says of many findings.
pub(super) struct Many<'f> {
    /// How many there are.
    pub count: usize,
    /// The file that they are about.
    pub path: &'f str,
    /// Their subjects, as many as fit in a sentence.
    pub names: String,
}

/// Tells more than three findings of one file and one label as one; `tell` has the message for a label, or none where
/// each is a matter of its own.
pub(super) fn fold(graph: &Graph, found: Vec<Finding>, tell: impl Fn(&str, &Many<'_>) -> Option<String>) -> Vec<Finding> {
    let mut groups: BTreeMap<(FileId, String), Vec<Finding>> = BTreeMap::new();
    for finding in found {
        let key = (finding.place.file, format!("{} {}", finding.label, finding.severity.name()));
        groups.entry(key).or_default().push(finding);
    }
    let mut told = Vec::new();
    for ((file, _), mut group) in groups {
        group.sort_unstable();
        let mut names: Vec<&str> = group.iter().map(|finding| finding.subject.as_str()).collect();
        let mut seen = rustc_hash::FxHashSet::default();
        names.retain(|name| seen.insert(*name));
        let many = Many { count: group.len(), path: graph.path(file), names: cited::list(&names) };
        let message = group.first().filter(|_| group.len() > FEW).and_then(|first| tell(&first.label, &many));
        match message {
            Some(message) => told.extend(one(many.path, group, message)),
            None => told.extend(group),
        }
    }
    told
}

/// Tells once what several rows of one file say of the same name: the summary of a requirement and its detail section, or
/// two requirements.
pub(super) fn unite(found: Vec<Finding>) -> Vec<Finding> {
    let mut known = FxHashMap::default();
    let mut told: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        let about = finding.related.first().map(|related| related.place);
        let key = (finding.place.file, finding.label.clone(), finding.severity, named(&finding.subject), about);
        let at = *known.entry(key).or_insert(told.len());
        match told.get_mut(at) {
            Some(first) => repeat(first, finding),
            None => told.push(finding),
        }
    }
    told
}

/// The subject of a citation without the extension of its file, which some places write and some leave out.
fn named(subject: &str) -> String {
    let Some((file, name)) = subject.split_once("::") else { return subject.to_owned() };
    let stem = file.rsplit_once('.').filter(|(_, extension)| is_source_extension(extension)).map_or(file, |(stem, _)| stem);
    format!("{stem}::{name}")
}

/// Adds the place and the requirements of a finding that says the same.
fn repeat(first: &mut Finding, other: Finding) {
    first.related.push(Related { place: other.place, message: String::from("cited here too") });
    for one in other.requirement.into_iter().chain(other.covers) {
        if first.requirement.is_none() {
            first.requirement = Some(one);
        } else if first.requirement.as_ref() != Some(&one) && !first.covers.contains(&one) {
            first.covers.push(one);
        }
    }
}

/// The first finding with the message of all, the places of the others, and all of their requirements.
fn one(path: &str, group: Vec<Finding>, message: String) -> Option<Finding> {
    let mut group = group.into_iter();
    let mut told = group.next()?;
    told.subject = format!("{path} {}", told.label);
    told.message = message;
    told.related.clear();
    let mut about: Vec<(String, String)> = told.requirement.take().into_iter().chain(std::mem::take(&mut told.covers)).collect();
    for (number, other) in group.enumerate() {
        if number < SHOWN {
            let meant = other.help.split_once('?').map(|(meant, _)| meant).filter(|meant| meant.starts_with("Did you mean"));
            let meant = meant.map_or_else(String::new, |meant| format!(". {meant}?"));
            told = told.related(other.place, format!("{} too{meant}", other.subject));
        }
        about.extend(other.requirement.into_iter().chain(other.covers));
    }
    let mut seen = rustc_hash::FxHashSet::default();
    about.retain(|one| seen.insert(one.clone()));
    let mut about = about.into_iter();
    told.requirement = about.next();
    told.covers = about.collect();
    Some(told)
}
