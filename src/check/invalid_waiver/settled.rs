//! Which findings the waivers accept, and which waivers accept nothing.

use super::{faults, told};
use crate::check::support::count;
use crate::finding::{Acceptance, Finding, Severity, fingerprints};
use crate::link::drift::fingerprint;
use crate::link::graph::{Graph, Requirement};
use crate::link::naming::Named;
use crate::model::id::Id;
use crate::settings::{MAX_WAIVED, Settings, Waiver};
use crate::source::Place;
use globset::{Glob, GlobMatcher};
use std::collections::{BTreeMap, BTreeSet};

/// Marks the findings that waivers in force accept, and yields what is wrong with waivers that fit none, too many, or what
/// has changed. A finding about several requirements is divided: those that a waiver names are accepted, the others count.
pub(in crate::check) fn settle(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) -> Vec<Finding> {
    let Some(waivers) = &settings.waivers else { return Vec::new() };
    let marks = fingerprints(findings, |file| graph.path(file));
    let mut wrong = Vec::new();
    for waiver in waivers.list.iter().filter(|waiver| faults(waiver, settings).next().is_none()) {
        let wanted = Wanted::new(waiver);
        let fits: Vec<(usize, Names)> =
            findings.iter().enumerate().filter_map(|(at, finding)| Some((at, wanted.fits(graph, finding)?))).collect();
        // A finding that tells of several requirements is as much as one for each.
        let many: usize = fits.iter().map(|(_, names)| names.len().max(1)).sum();
        if fits.is_empty() {
            wrong.push(idle(graph, settings, waiver));
        } else if many > MAX_WAIVED {
            wrong.push(too_many(graph, waiver, many));
        }
        let fits = if many > MAX_WAIVED { Vec::new() } else { fits };
        wrong.extend(accept(graph, waiver, findings, &fits, &marks));
    }
    findings.sort_unstable();
    wrong
}

/// Accepts what the waiver was given for, and yields what is told of the rest: once for each requirement of which nothing is
/// accepted. Another requirement or finding of the same name simply counts.
fn accept(
    graph: &Graph,
    waiver: &Waiver,
    findings: &mut Vec<Finding>,
    fits: &[(usize, Names)],
    marks: &[String],
) -> Vec<Finding> {
    let (mut accepted, mut others) = (BTreeSet::new(), BTreeMap::new());
    for (at, names) in fits {
        let (Some(finding), Some(mark)) = (findings.get_mut(*at), marks.get(*at)) else { continue };
        let (same, changed) = compared(graph, waiver, names, mark);
        for what in changed {
            others.entry(what).or_insert(finding.place);
        }
        let Some(same) = same else { continue };
        let whole = names.is_empty().then(Id::default);
        accepted.extend(same.iter().map(|(_, id)| id.clone()).chain(whole));
        if finding.waiver.is_some() {
            // Of two waivers the first is told.
        } else if same.len() < finding.requirements().count() {
            let mut part = divided(graph, finding, &same);
            part.waiver = acceptance(waiver).map(Box::new);
            findings.push(part);
        } else {
            finding.waiver = acceptance(waiver).map(Box::new);
        }
    }
    others.retain(|what, _| !accepted.contains(what));
    others.into_iter().map(|(what, place)| void(graph, waiver, place, (&what, !accepted.is_empty()))).collect()
}

/// Requirements by specification and identifier.
type Names = Vec<(Id, Id)>;

/// What a waiver is for.
struct Wanted<'w> {
    waiver: &'w Waiver,
    subject: Option<Named>,
    path: Option<GlobMatcher>,
}

impl<'w> Wanted<'w> {
    fn new(waiver: &'w Waiver) -> Self {
        let matcher = |text: &str| Glob::new(text).ok().map(|glob| glob.compile_matcher());
        let subject = waiver.subject.as_ref().map(|subject| Named::of(&subject.text));
        let path = waiver.path.as_ref().and_then(|path| matcher(&path.text));
        Self { waiver, subject, path }
    }

    /// The requirements of a finding that are accepted, where it is accepted for any, or is about none.
    fn fits(&self, graph: &Graph, finding: &Finding) -> Option<Names> {
        let here = self.path.as_ref().is_none_or(|path| path.is_match(graph.path(finding.place.file)));
        if !here || finding.code != self.waiver.check.text {
            return None;
        }
        let all = || finding.requirement.iter().chain(&finding.covers);
        let named: Names = all().filter(|(_, id)| self.names(id)).cloned().collect();
        if !named.is_empty() {
            return Some(named);
        }
        // What is called as one of the requirements is no name of the whole finding.
        let whole = !all().any(|(_, id)| *id == *finding.subject) && self.names(&finding.subject);
        whole.then(|| all().cloned().collect())
    }

    fn names(&self, name: &str) -> bool {
        self.subject.as_ref().is_some_and(|subject| subject.names(name))
    }
}

/// Takes some requirements out of a finding, as a finding of their own.
fn divided(graph: &Graph, finding: &mut Finding, names: &Names) -> Finding {
    let ids = names.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>();
    let place = names.first().and_then(|(space, id)| requirement(graph, space, id)).map_or(finding.place, |one| one.place);
    let message = format!("{}: {}", ids.join(", "), finding.message);
    let mut part = Finding::new(place, ids.join(", "), message).severity(finding.severity).of(finding.code, finding.severity);
    let all = finding.requirement.take().into_iter().chain(std::mem::take(&mut finding.covers));
    let (theirs, others): (Names, Names) = all.partition(|one| names.contains(one));
    for (finding, mut names) in [(&mut part, theirs), (finding, others)] {
        finding.requirement = (!names.is_empty()).then(|| names.remove(0));
        finding.covers = names;
    }
    part
}

/// Which requirements of a finding say what they said when the waiver was given, `None` where nothing is accepted, and the
/// identifiers of those that do not. Where no text can tell, the fingerprint must be that of the finding itself, which an
/// empty identifier stands for where it is about no requirement.
fn compared(graph: &Graph, waiver: &Waiver, names: &Names, mark: &str) -> (Option<Names>, Vec<Id>) {
    let known = |mark: &str| waiver.fingerprints.iter().any(|known| known.trim().eq_ignore_ascii_case(mark));
    let text = |(space, id): &(Id, Id)| fingerprint(graph, requirement(graph, space, id)?);
    let texts: Vec<Option<String>> = names.iter().map(text).collect();
    if waiver.fingerprints.is_empty() || texts.iter().all(Option::is_none) && known(mark) {
        return (Some(names.clone()), Vec::new());
    }
    let is_same = |text: &Option<String>| text.as_deref().is_some_and(known);
    let (same, other): (Vec<_>, Vec<_>) = names.iter().zip(&texts).partition(|(_, text)| is_same(text));
    let same: Names = same.into_iter().map(|(name, _)| name.clone()).collect();
    let mut other: Vec<Id> = other.into_iter().map(|((_, id), _)| id.clone()).collect();
    if names.is_empty() {
        other.push(Id::default());
    }
    ((!same.is_empty()).then_some(same), other)
}

fn requirement<'g>(graph: &'g Graph, namespace: &str, id: &str) -> Option<&'g Requirement> {
    graph.requirements.iter().find(|one| one.id == *id && graph.namespace(one) == namespace)
}

fn too_many(graph: &Graph, waiver: &Waiver, many: usize) -> Finding {
    let found = count(many, "finding");
    let message = format!(
        "The waiver `{}` is void: it is for {found}, and nobody decides on more than {MAX_WAIVED} at once",
        waiver.id.text
    );
    told(graph, waiver, waiver.subject.as_ref().unwrap_or(&waiver.id), message)
        .label("too broad")
        .help("Name fewer subjects, or write a waiver for each.")
}

/// The waiver was given for another text; where others of its subjects are still `accepted`, it is void for this one alone.
fn void(graph: &Graph, waiver: &Waiver, place: Place, (id, accepted): (&str, bool)) -> Finding {
    let what = if id.is_empty() { "the finding".to_owned() } else { format!("the text of {id}") };
    let part = if accepted && !id.is_empty() { format!(" for {id}, though not for all of its subjects") } else { String::new() };
    let message = format!("The waiver `{}` is void{part}: its fingerprint is not that of {what}", waiver.id.text);
    told(graph, waiver, &waiver.id, message)
        .label("given for something else")
        .help("Read what it says now and decide again. `tracegate trace ID` has the fingerprint of a requirement's text, `check --format json` that of a finding.")
        .related(place, "the finding, which counts again")
}

/// A waiver that fits no finding. Where not all was there to look at, that is a remark.
fn idle(graph: &Graph, settings: &Settings, waiver: &Waiver) -> Finding {
    let subject = waiver.subject.as_ref().unwrap_or(&waiver.id);
    let lacks = if settings.without_results {
        Some("without results of tests")
    } else if settings.partial || !settings.submodules.is_empty() {
        Some("with a part of the tree alone")
    } else {
        None
    };
    let nothing = format!(
        "The waiver `{}` accepts {} of `{}`, and there is no such finding",
        waiver.id.text, waiver.check.text, subject.text
    );
    let found = |message| told(graph, waiver, subject, message).label("fits no finding");
    match lacks {
        Some(why) => found(format!("{nothing}; {why} that is not assessed"))
            .severity(Severity::Info)
            .help("Check the whole tree with its results to know."),
        None => found(nothing).help("Remove the waiver if the gap is closed; else correct `check`, `subject` or `path`."),
    }
}

fn acceptance(waiver: &Waiver) -> Option<Acceptance> {
    Some(Acceptance {
        id: waiver.id.text.clone(),
        reason: waiver.reason.as_ref()?.text.clone(),
        risk: waiver.risk.as_ref()?.text.clone(),
        approved_by: waiver.approved_by.as_ref()?.text.clone(),
        expires: waiver.expires.as_ref()?.text.clone(),
        ticket: waiver.ticket.as_ref().map(|ticket| ticket.text.clone()),
    })
}
