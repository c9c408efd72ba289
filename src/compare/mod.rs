//! What changed between two states, and which findings are new: compared with those of a commit, or of a saved report.
//!
//! A finding is known where it was there before and what it is about says the same. Whatever cannot be compared counts. That
//! something was not looked at counts as well, unless a commit is to answer for it that left it as it was.

pub mod delta;
pub mod saved;

use crate::check::tells_of_the_run;
use crate::finding::{Finding, Severity, fingerprints, parts};
use crate::link::drift::fingerprint;
use crate::link::graph::{Graph, Requirement};
use crate::model::Role;
use saved::Saved;
use std::collections::{BTreeMap, BTreeSet};

/// What a run of tests leaves behind.
const OF_A_RUN: &[Role] = &[Role::Results, Role::Coverage, Role::Mutation];

/// Checks that tell what a run of tests shows, and what of it they look at. Where only one of two states has that, what they
/// tell of it is no change.
const BY_RUN: &[(&str, &[Role])] = &[
    ("E01", &[Role::Results]),
    ("E02", &[Role::Results]),
    ("E06", &[Role::Results]),
    ("E07", &[Role::Results]),
    ("E09", &[Role::Results]),
    ("E10", &[Role::Results]),
    ("E11", &[Role::Results]),
    ("M10", &[Role::Results]),
    ("S02", &[Role::Coverage]),
    ("S03", &[Role::Coverage]),
    ("S04", &[Role::Coverage]),
    ("S11", &[Role::Coverage]),
    ("S12", &[Role::Mutation]),
    ("S13", OF_A_RUN),
];

/// Those that tell something of a state without a run, too. A commit seldom holds what its run left behind, and then they say
/// of it what was never true.
const WITHOUT_RUN: &[&str] = &["E01", "S04", "S13"];

/// Checks whose findings are about requirements and nothing else: they are known by these, however many of them one finding
/// tells of, so that a gap that is closed does not make the others new.
const OF_REQUIREMENTS: &[&str] = &["M01", "R06", "T01"];

/// Checks of which each finding is one matter, by its subject: where several are told together, those that are left are known once
/// others are mended.
const OF_SUBJECTS: &[&str] = &["M02", "M03", "M04", "R02", "S05", "T02", "T03"];

/// What there was before.
#[derive(Debug, Default)]
pub struct Before {
    /// Findings that nobody accepted, by fingerprint and the further requirements that they are about.
    findings: BTreeSet<(String, Vec<Name>)>,
    /// Requirements of which a check told something.
    told: BTreeSet<(String, Name)>,
    /// What was told together, part by part.
    parts: BTreeSet<(String, String)>,
    /// Fingerprints of the texts of requirements.
    texts: BTreeMap<Name, Option<String>>,
    /// What its run left behind.
    run: BTreeSet<Role>,
    /// It is a commit, and no report of a run.
    is_commit: bool,
    /// Both were read in the same way: what could be looked at is the same but for what changed between them.
    alike: bool,
}

/// The specification and the identifier of a requirement.
type Name = (String, String);

impl Before {
    /// What an analysis found.
    pub fn of(graph: &Graph, findings: &[Finding]) -> Self {
        let marks = fingerprints(findings, |file| graph.path(file)).into_iter().zip(findings);
        let mut before = Self { texts: texts(graph), run: run(graph), is_commit: true, ..Self::default() };
        // What was accepted then counts once nobody accepts it any more.
        for (mark, finding) in marks.filter(|(_, finding)| finding.waiver.is_none()) {
            let own = finding.requirement.as_ref().map(|(space, id)| (space.to_string(), id.to_string()));
            before.add(finding.code, mark, own, covered(finding), finding.parts.clone());
        }
        before
    }

    /// Says that it was read just as what it is compared with: then also that something was not looked at can be known.
    #[must_use]
    pub fn read_alike(self) -> Self {
        Self { alike: true, ..self }
    }

    /// What a saved report tells.
    pub fn saved(saved: Saved) -> Self {
        let run = saved.run();
        let texts = saved.requirements.into_iter().map(|one| ((one.namespace, one.id), one.fingerprint));
        let mut before = Self { texts: texts.collect(), run, ..Self::default() };
        for one in saved.findings.into_iter().filter(|finding| finding.waiver.is_none()) {
            let mut covers: Vec<Name> = one.covers.into_iter().map(|name| (name.namespace, name.id)).collect();
            covers.sort_unstable();
            before.add(&one.code, one.fingerprint, one.namespace.zip(one.requirement), covers, one.parts);
        }
        before
    }

    fn add(&mut self, code: &str, mark: String, own: Option<Name>, covers: Vec<Name>, parts: Vec<String>) {
        self.parts.extend(parts.into_iter().map(|part| (code.to_owned(), part)));
        let names = own.iter().chain(&covers).map(|name| (code.to_owned(), name.clone()));
        self.told.extend(names);
        self.findings.insert((mark, covers));
    }

    /// Says of each finding whether it is new.
    pub fn mark(&self, graph: &Graph, findings: &mut [Finding]) {
        let (now, of_run) = (texts(graph), run(graph));
        let same = |(space, id): (&str, &str)| {
            let name = (space.to_owned(), id.to_owned());
            self.texts.get(&name) == now.get(&name)
        };
        let marks = fingerprints(findings, |file| graph.path(file));
        for (finding, mark) in findings.iter_mut().zip(marks) {
            // That nothing ran is no better for having been so before.
            let ran = finding.code != "E01" || graph.has_results();
            let comparable = ran && (self.alike || !unlooked(finding)) && self.knows_run(finding.code, &of_run);
            let known = || {
                let told = self.findings.contains(&(mark, covered(finding)))
                    || self.told_of_all(finding)
                    || self.told_in_parts(graph.path(finding.place.file), finding);
                told && finding.requirements().all(same)
            };
            finding.is_new = comparable.then(|| !known());
        }
    }

    /// Whether a finding that is about requirements and nothing else was told of each of them.
    fn told_of_all(&self, finding: &Finding) -> bool {
        let told = |(space, id): (&str, &str)| self.told.contains(&(finding.code.to_owned(), (space.to_owned(), id.to_owned())));
        let mut all = finding.requirements().peekable();
        OF_REQUIREMENTS.contains(&finding.code) && all.peek().is_some() && all.all(told)
    }

    /// Whether a finding, or all that it tells together, was told before together with others.
    fn told_in_parts(&self, path: &str, finding: &Finding) -> bool {
        let told = |part: String| self.parts.contains(&(finding.code.to_owned(), part));
        OF_SUBJECTS.contains(&finding.code) && parts(path, finding).into_iter().all(told)
    }

    /// Whether what a check tells of a run can be compared with the run then.
    fn knows_run(&self, code: &str, now: &BTreeSet<Role>) -> bool {
        let strict = self.is_commit && WITHOUT_RUN.contains(&code);
        looked_at(code).all(|role| self.run.contains(role) || !strict && !now.contains(role))
    }

    /// What was not there to compare with of what the run left behind now, in words.
    pub fn lacks(&self, graph: &Graph) -> Vec<&'static str> {
        run(graph).difference(&self.run).map(|role| left_behind(*role)).collect()
    }
}

/// What of a run a check looks at.
fn looked_at(code: &str) -> impl Iterator<Item = &'static Role> {
    BY_RUN.iter().filter(move |(check, _)| *check == code).flat_map(|(_, needed)| *needed)
}

/// What is there of what a run of tests leaves behind.
fn run(graph: &Graph) -> BTreeSet<Role> {
    graph.inputs.iter().filter_map(|input| input.role).filter(|role| OF_A_RUN.contains(role)).collect()
}

/// What a run leaves behind, in words.
fn left_behind(role: Role) -> &'static str {
    match role {
        Role::Coverage => "coverage",
        Role::Mutation => "mutation results",
        _ => "results of tests",
    }
}

/// The fingerprints of the texts of all requirements.
fn texts(graph: &Graph) -> BTreeMap<Name, Option<String>> {
    let text = |one: &Requirement| ((graph.namespace(one).to_owned(), one.id.to_string()), fingerprint(graph, one));
    graph.requirements.iter().map(text).collect()
}

/// Whether it says that something was not looked at, which is no better for having been so before. Of what could not be read
/// that is a whole file; a single place is compared.
fn unlooked(finding: &Finding) -> bool {
    tells_of_the_run(finding.code) && (!finding.code.starts_with('Q') || finding.severity == Severity::Error)
}

/// The further requirements of a finding, in an order of their own.
fn covered(finding: &Finding) -> Vec<Name> {
    let mut names: Vec<Name> = finding.covers.iter().map(|(space, id)| (space.to_string(), id.to_string())).collect();
    names.sort_unstable();
    names
}
