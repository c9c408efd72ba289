//! What changed between two states: requirements, links, evidence and findings.

use super::looked_at;
use super::saved::{Hit, Obligation, Proof, Saved};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How something changed. The order is that of reports: what is lost matters most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is gone.
    Lost,
    /// It is something else.
    Changed,
    /// It came.
    Added,
    /// A finding that is not there any more.
    Resolved,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// How.
    pub change: Kind,
    /// What changed: the identifier of a requirement, with its test where a link changed; the code of a finding.
    pub what: String,
    /// In a few words.
    pub message: String,
    /// Where that stands, after the change if it still does.
    pub path: String,
}

/// All changes, each list in the order of reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Delta {
    /// Tests that passed and do so no longer, or do so now.
    pub evidence: Vec<Change>,
    /// Which test is evidence of which requirement.
    pub links: Vec<Change>,
    /// Requirements, what they say and the state of their verification.
    pub requirements: Vec<Change>,
    /// Findings.
    pub findings: Vec<Change>,
    /// Which of the two had no results, so that evidence is not compared.
    pub without_results: Vec<&'static str>,
    /// Findings that are not compared: they tell of results or coverage that only one of the two has.
    pub not_compared: usize,
}

/// The outcome that is evidence.
const PASSED: &str = "passed";

impl Delta {
    /// Compares two states.
    pub fn of(base: &Saved, head: &Saved) -> Self {
        let mut delta = Self::default();
        let sides = [("base", base), ("head", head)];
        delta.without_results = sides.iter().filter(|(_, side)| side.summary.results == 0).map(|(name, _)| *name).collect();
        let (before, after) = (by_name(base), by_name(head));
        for (name, old) in &before {
            match after.get(name) {
                None => delta.requirements.push(requirement(Kind::Lost, old, "is gone".to_owned())),
                Some(new) => delta.requirements.extend(changed(old, new, delta.without_results.len() != 1)),
            }
        }
        for (_, new) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            delta.requirements.push(requirement(Kind::Added, new, "is new".to_owned()));
        }
        delta.link(&links(base), &links(head));
        delta.find(base, head);
        for list in [&mut delta.evidence, &mut delta.links, &mut delta.requirements, &mut delta.findings] {
            list.sort();
        }
        delta
    }

    /// Whether a pass, a link or a requirement is gone.
    pub fn loses(&self) -> bool {
        [&self.evidence, &self.links, &self.requirements].into_iter().flatten().any(|one| one.change == Kind::Lost)
    }

    fn link(&mut self, before: &Links<'_>, after: &Links<'_>) {
        let compared = self.without_results.is_empty();
        let moved = moved(before, after);
        for (link, old) in before {
            let there = moved.get(link);
            let new = after.get(there.unwrap_or(link));
            if let Some((_, _, path, name)) = there {
                let whereto = if *path == link.2 { format!("is called {name} now") } else { format!("stands in {path} now") };
                self.links.extend(new.map(|new| change(Kind::Changed, link, whereto, new)));
            }
            let passed = |proof: &Proof| proof.outcome.as_deref() == Some(PASSED);
            if new.is_none() {
                self.links.push(change(Kind::Lost, link, "is no longer its evidence".to_owned(), old));
            }
            let marks = new.and_then(|new| old.fingerprint.as_ref().zip(new.fingerprint.as_ref()));
            if let (Some(new), true) = (new, marks.is_some_and(|(old, new)| old != new)) {
                self.links.push(change(Kind::Changed, link, "does something else now".to_owned(), new));
            }
            // Without results on one side nothing is known to have changed.
            match new {
                None if passed(old) => {
                    self.evidence.push(change(Kind::Lost, link, "passed, and is no longer its evidence".to_owned(), old))
                }
                Some(new) if compared && passed(old) && !passed(new) => {
                    let now = new.outcome.as_deref().unwrap_or("has no result");
                    self.evidence.push(change(Kind::Lost, link, format!("passed, and now: {now}"), new));
                }
                Some(new) if compared && !passed(old) && passed(new) => {
                    let was = old.outcome.as_deref().unwrap_or("had no result");
                    self.evidence.push(change(Kind::Added, link, format!("passes, and before: {was}"), new));
                }
                _ => {}
            }
        }
        let arrived: BTreeSet<_> = moved.values().collect();
        for (link, new) in after.iter().filter(|(link, _)| !before.contains_key(*link) && !arrived.contains(link)) {
            self.links.push(change(Kind::Added, link, "is its evidence now".to_owned(), new));
        }
    }

    fn find(&mut self, base: &Saved, head: &Saved) {
        let (run, later) = (base.run(), head.run());
        let comparable = |one: &&Hit| looked_at(&one.code).all(|role| run.contains(role) == later.contains(role));
        let marks = |side: &'_ Saved| side.findings.iter().map(|one| one.fingerprint.clone()).collect::<BTreeSet<_>>();
        let (old, new) = (marks(base), marks(head));
        let resolved = base.findings.iter().filter(|one| !new.contains(&one.fingerprint));
        let added = head.findings.iter().filter(|one| !old.contains(&one.fingerprint));
        let (resolved, unseen): (Vec<&Hit>, Vec<&Hit>) = resolved.partition(comparable);
        let (added, unheard): (Vec<&Hit>, Vec<&Hit>) = added.partition(comparable);
        self.not_compared = unseen.len() + unheard.len();
        let kept: BTreeSet<_> = head.requirements.iter().map(|one| (one.namespace.as_str(), one.id.as_str())).collect();
        let gone = |one: &Hit| {
            let name = one.namespace.as_deref().zip(one.requirement.as_deref());
            name.is_some_and(|name| !kept.contains(&name))
        };
        let told = |change: Kind, one: &Hit, more: &str| {
            let waived = if one.waiver.is_some() { "waived " } else { "" };
            let message = format!("{waived}{}: {}{more}", one.severity, one.message);
            Change { change, what: one.code.clone(), message, path: format!("{}:{}", one.path, one.line) }
        };
        let why = |one: &Hit| if gone(one) { " (its requirement is gone)" } else { "" };
        self.findings.extend(resolved.into_iter().map(|one| told(Kind::Resolved, one, why(one))));
        self.findings.extend(added.into_iter().map(|one| told(Kind::Added, one, "")));
    }
}

type ByName<'s> = BTreeMap<(&'s str, &'s str), &'s Obligation>;

fn by_name(side: &Saved) -> ByName<'_> {
    side.requirements.iter().map(|one| ((one.namespace.as_str(), one.id.as_str()), one)).collect()
}

/// Tests by requirement, file and name.
type Links<'s> = BTreeMap<Link<'s>, &'s Proof>;

/// Specification and identifier of a requirement, file and name of a test.
type Link<'s> = (&'s str, &'s str, &'s str, &'s str);

fn links(side: &Saved) -> Links<'_> {
    let each = side.requirements.iter().flat_map(|one| one.tests.iter().map(move |test| (one, test)));
    each.map(|(one, test)| ((one.namespace.as_str(), one.id.as_str(), test.path.as_str(), test.name.as_str()), test)).collect()
}

/// Tests of a requirement that are gone, and each the only one that does the same and came, under another name or in another file.
fn moved<'s>(before: &Links<'s>, after: &Links<'s>) -> BTreeMap<Link<'s>, Link<'s>> {
    let came = after.iter().filter(|(link, _)| !before.contains_key(*link));
    let mut same: BTreeMap<(&str, &str, &str), Vec<Link<'s>>> = BTreeMap::new();
    for (link, proof) in came {
        if let Some(mark) = &proof.fingerprint {
            same.entry((link.0, link.1, mark)).or_default().push(*link);
        }
    }
    let gone = before.iter().filter(|(link, _)| !after.contains_key(*link));
    let to = |(link, proof): (&Link<'s>, &&Proof)| {
        let all = same.get(&(link.0, link.1, proof.fingerprint.as_deref()?))?;
        let named = all.iter().find(|one| one.3 == link.3);
        let only = if let [one] = all.as_slice() { Some(one) } else { None };
        Some((*link, *named.or(only)?))
    };
    let mut taken: BTreeSet<Link<'s>> = BTreeSet::new();
    gone.filter_map(to).filter(|(_, there)| taken.insert(*there)).collect()
}

fn change(change: Kind, link: &(&str, &str, &str, &str), message: String, proof: &Proof) -> Change {
    let (_, id, _, test) = link;
    Change { change, what: id.to_string(), message: format!("{test} {message}"), path: proof.path.clone() }
}

fn requirement(change: Kind, one: &Obligation, message: String) -> Change {
    let title = if one.title.is_empty() { String::new() } else { format!(" ({})", one.title) };
    Change { change, what: one.id.clone(), message: message + &title, path: format!("{}:{}", one.path, one.line) }
}

/// What is another with a requirement that is still there. Its state rests on results: where only one side has any, it is not
/// compared.
fn changed(old: &Obligation, new: &Obligation, states: bool) -> Option<Change> {
    let text = (old.fingerprint != new.fingerprint).then(|| "says something else".to_owned());
    let state = (states && old.verdict != new.verdict).then(|| format!("was {} and is {}", old.verdict, new.verdict));
    let all: Vec<String> = [text, state].into_iter().flatten().collect();
    (!all.is_empty()).then(|| requirement(Kind::Changed, new, all.join(", ")))
}
