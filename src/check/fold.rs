//! Findings of one check about one file that have one cause: they are told once.

use super::cited;
use crate::finding::{Finding, Related, Severity, part, parts};
use crate::link::graph::{Graph, ReqId};
use crate::model::id::Id;
use crate::read::grammar::citation::is_source_extension;
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
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
    let mut groups: BTreeMap<(FileId, Cow<'static, str>, Severity), Vec<Finding>> = BTreeMap::new();
    for finding in found {
        groups.entry((finding.place.file, finding.label.clone(), finding.severity)).or_default().push(finding);
    }
    let mut told = Vec::new();
    for ((file, label, _), mut group) in groups {
        group.sort_unstable();
        let subjects = group.iter().map(|finding| finding.subject.as_str());
        match message(graph.path(file), &label, subjects, &tell) {
            Some(message) => told.extend(one(graph.path(file), group, Vec::new(), message)),
            None => told.extend(group),
        }
    }
    told
}

/// A finding about one requirement, written out only where it is shown: every row of a matrix may have one.
pub(super) struct Draft<'g> {
    /// Where.
    pub place: Place,
    /// How serious it is.
    pub severity: Severity,
    /// A few words at the span.
    pub label: &'static str,
    /// What it is about.
    pub subject: Cow<'g, str>,
    /// The requirement.
    pub requirement: ReqId,
    /// Writes it out.
    pub write: Box<dyn FnOnce() -> Finding + Send + 'g>,
}

/// What [`fold`] does, on findings that are not written out yet.
pub(super) fn fold_drafts(
    graph: &Graph,
    drafts: Vec<Draft<'_>>,
    tell: impl Fn(&str, &Many<'_>) -> Option<String>,
) -> Vec<Finding> {
    let mut groups: BTreeMap<(FileId, &str, Severity), Vec<Draft<'_>>> = BTreeMap::new();
    for draft in drafts {
        groups.entry((draft.place.file, draft.label, draft.severity)).or_default().push(draft);
    }
    let mut told = Vec::new();
    for ((file, label, _), mut group) in groups {
        group.sort_by(|a, b| (a.place, &a.subject, a.requirement).cmp(&(b.place, &b.subject, b.requirement)));
        let message = message(graph.path(file), label, group.iter().map(|draft| draft.subject.as_ref()), &tell);
        let rest = if message.is_some() { group.split_off(group.len().min(SHOWN + 1)) } else { Vec::new() };
        let shown: Vec<Finding> = group.into_iter().map(|draft| (draft.write)()).collect();
        match message {
            Some(message) => {
                let path = graph.path(file);
                let of = |draft: &Draft<'_>| {
                    let one = graph.requirement(draft.requirement);
                    (Id::from(graph.namespace(one)), one.id.clone())
                };
                let more = rest.iter().map(|draft| {
                    let about = of(draft);
                    let part = part(path, Some((about.0.as_str(), about.1.as_str())), &draft.subject);
                    (about, part)
                });
                told.extend(one(path, shown, more.collect(), message));
            }
            None => told.extend(shown),
        }
    }
    told
}

/// The message of a group, by the subjects of all that is in it, unless each is told by itself.
fn message<'s>(
    path: &str,
    label: &str,
    subjects: impl ExactSizeIterator<Item = &'s str>,
    tell: impl Fn(&str, &Many<'_>) -> Option<String>,
) -> Option<String> {
    let count = subjects.len();
    if count <= FEW {
        return None;
    }
    let mut seen = FxHashSet::with_capacity_and_hasher(count, Default::default());
    let names: Vec<&str> = subjects.filter(|name| seen.insert(*name)).collect();
    tell(label, &Many { count, path, names: cited::list(&names) })
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
    first.related.push(Related { place: other.place, message: "cited here too".into() });
    for one in other.requirement.into_iter().chain(other.covers) {
        if first.requirement.is_none() {
            first.requirement = Some(one);
        } else if first.requirement.as_ref() != Some(&one) && !first.covers.contains(&one) {
            first.covers.push(one);
        }
    }
}

/// The first finding with the message of all, the places of the others, and all of their requirements; `more` are those
/// of findings that are only counted.
fn one(path: &str, group: Vec<Finding>, more: Vec<((Id, Id), String)>, message: String) -> Option<Finding> {
    let mut all: Vec<String> = group.iter().flat_map(|one| parts(path, one)).collect();
    let mut group = group.into_iter();
    let mut told = group.next()?;
    told.subject = format!("{path} {}", told.label);
    told.message = message;
    told.related.clear();
    let mut about: Vec<(Id, Id)> = told.requirement.take().into_iter().chain(std::mem::take(&mut told.covers)).collect();
    for (number, other) in group.enumerate() {
        if number < SHOWN {
            let meant = other.help.split_once('?').map(|(meant, _)| meant).filter(|meant| meant.starts_with("Did you mean"));
            let meant = meant.map_or_else(String::new, |meant| format!(". {meant}?"));
            told = told.related(other.place, format!("{} too{meant}", other.subject));
        }
        about.extend(other.requirement.into_iter().chain(other.covers));
    }
    for (one, part) in more {
        about.push(one);
        all.push(part);
    }
    all.sort_unstable();
    all.dedup();
    told.parts = all;
    let mut seen = FxHashSet::with_capacity_and_hasher(about.len(), Default::default());
    about.retain(|one| seen.insert(one.clone()));
    let mut about = about.into_iter();
    told.requirement = about.next();
    told.covers = about.collect();
    Some(told)
}
