//! What a run comes to: counts with their denominators, the verdict and the exit code.
//!
//! Every report takes its numbers from here, so that they are the same in every format.

use crate::finding::{Finding, Severity};
use crate::link::executed::Execution;
use crate::link::graph::{Found, Graph, ReqId, Requirement, Resolution, RowNode, Rung};
use crate::link::mutated::Killing;
use crate::model::matrix::Layout;
use crate::model::oracle::Oracle;
use crate::model::requirement::{Definition, Standing};
use crate::model::test_case::Kind;
use crate::model::{Facts, Role};
use crate::source::FileId;
use serde::Serialize;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// Whether the gate is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No finding at or above the threshold.
    Pass,
    /// At least one.
    Fail,
}

impl Verdict {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
        }
    }

    /// The exit code that stands for it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Fail => 1,
        }
    }
}

/// From which severity on a finding closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Threshold {
    /// Errors alone.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// No finding does.
    Never,
}

impl Threshold {
    /// The word that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }

    /// The verdict on findings. Those that a waiver accepts, or that were there before, leave the gate open.
    pub fn verdict(self, findings: &[Finding]) -> Verdict {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Never => return Verdict::Pass,
        };
        let fails = findings.iter().any(|finding| finding.severity >= least && finding.counts());
        if fails { Verdict::Fail } else { Verdict::Pass }
    }
}

/// What is known about the verification of one requirement.
///
/// "Not assessed" is never counted as verified: it says that something was not there to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its tests exist and pass, and no error is found about it.
    Verified,
    /// Something is missing or wrong.
    Gap,
    /// Its findings are accepted, with reason, approver and expiry.
    Waived,
    /// It could not be assessed here.
    NotAssessed,
}

impl State {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Gap => "gap",
            Self::Waived => "waived",
            Self::NotAssessed => "not-assessed",
        }
    }
}

/// Findings by severity; those that waivers accept are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct BySeverity {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Remarks.
    pub info: usize,
    /// Those of any severity that a waiver accepts.
    pub waived: usize,
}

/// Active requirements that reach each rung; whoever reaches one also stands on those below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder {
    /// A test or another verification is named.
    pub cited: usize,
    /// The named test exists.
    pub exists: usize,
    /// All its results are passes.
    pub passes: usize,
    /// One of its tests can fail by what it looks at. Those that run its code and could not be assessed are not among them.
    pub asserts: usize,
    /// Requirements whose tests pass, and of which it is in doubt whether any of them asserts, by reason.
    pub not_asserted: BTreeMap<String, usize>,
    /// A test runs the code that implements the requirement.
    pub executes: usize,
    /// Requirements whose tests pass, and of which nothing is in doubt but whether these run the code, by reason.
    pub not_executed: BTreeMap<String, usize>,
    /// A test fails when the code that implements the requirement is changed.
    pub kills: usize,
    /// Requirements whose tests pass, and of which it is in doubt whether these notice changes of the code, by reason.
    pub not_killed: BTreeMap<String, usize>,
    /// Requirements that could not be assessed further, by reason.
    pub not_assessed: BTreeMap<String, usize>,
}

/// What somebody decided that is to be checked, where no requirement is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// Gaps and tests: by a gate that runs before the tests, or by severities of their own.
    pub gaps: bool,
    /// Records alone: the configuration names them, and no code names requirements.
    pub records: bool,
}

/// Counts, each with what it is out of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Requirements in all.
    pub requirements: usize,
    /// Those in force: the denominator of the ladder and of the states.
    pub active: usize,
    /// Those planned for later.
    pub planned: usize,
    /// Those removed.
    pub retired: usize,
    /// Specifications that define them.
    pub specifications: usize,
    /// Rows of matrices.
    pub rows: usize,
    /// Files with rows.
    pub matrices: usize,
    /// Test cases; fixtures, helpers and classes are not counted.
    pub tests: usize,
    /// Files with test cases.
    pub test_files: usize,
    /// Results of test runs.
    pub results: usize,
    /// Files with results.
    pub result_files: usize,
    /// The evidence ladder.
    pub ladder: Ladder,
    /// Active requirements by state.
    pub verified: usize,
    /// Active requirements by state.
    pub gap: usize,
    /// Active requirements by state.
    pub waived: usize,
    /// Active requirements by state.
    pub not_assessed: usize,
    /// Findings by severity.
    pub findings: BySeverity,
    /// Controlled records.
    pub records: usize,
    /// Errors about controlled records, which need no requirement.
    pub of_records: usize,
}

impl Summary {
    /// Counts.
    pub fn of(graph: &Graph, findings: &[Finding]) -> Self {
        let files = |has: &dyn Fn(&Facts) -> bool| graph.inputs.iter().filter(|input| has(&input.facts)).count();
        let standing = |which: Standing| graph.requirements.iter().filter(|one| one.standing == which).count();
        let specifications: BTreeSet<_> = graph.namespaces.iter().filter(|one| !one.by_matrix).map(|one| one.file).collect();
        let tests: Vec<usize> = graph.inputs.iter().map(|input| tests_in(&input.facts)).filter(|count| *count > 0).collect();
        let named = naming(graph);
        let mut summary = Self {
            requirements: graph.requirements.len(),
            active: standing(Standing::Active),
            planned: standing(Standing::Planned),
            retired: standing(Standing::Retired),
            specifications: specifications.len(),
            rows: claims(graph, &named),
            matrices: named.len(),
            tests: tests.iter().sum(),
            test_files: tests.len(),
            results: graph.results.len(),
            result_files: files(&|facts| !facts.results.is_empty()),
            findings: by_severity(findings),
            records: graph.records().len(),
            of_records: findings.iter().filter(|one| one.severity == Severity::Error && is_about_records(one.code)).count(),
            ..Self::default()
        };
        summary.climb(graph, findings);
        summary
    }

    fn climb(&mut self, graph: &Graph, findings: &[Finding]) {
        let states = States::of(graph, findings);
        for (id, requirement) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
            self.ladder.cited += usize::from(requirement.rung >= Rung::Cited);
            self.ladder.exists += usize::from(requirement.rung >= Rung::Exists);
            self.ladder.passes += usize::from(requirement.rung >= Rung::Passes);
            let asserts = requirement.rung >= Rung::Passes && graph.oracle_of(requirement) == Some(Oracle::Asserts);
            self.ladder.asserts += usize::from(asserts);
            self.ladder.executes += usize::from(requirement.rung >= Rung::Executes);
            self.ladder.kills += usize::from(requirement.rung >= Rung::Kills);
            if let Some(reason) = states.not_assessed(graph, id) {
                match self.ladder.not_assessed.get_mut(reason.as_ref()) {
                    Some(count) => *count += 1,
                    None => _ = self.ladder.not_assessed.insert(reason.into_owned(), 1),
                }
            } else {
                let [asserts, executes, kills] = open_rungs(graph, requirement);
                let count = |map: &mut BTreeMap<String, usize>, why: &str| *map.entry(why.to_owned()).or_default() += 1;
                asserts.iter().for_each(|why| count(&mut self.ladder.not_asserted, why));
                executes.iter().for_each(|why| count(&mut self.ladder.not_executed, why));
                kills.iter().for_each(|why| count(&mut self.ladder.not_killed, why));
            }
            match states.get(id) {
                State::Verified => self.verified += 1,
                State::Gap => self.gap += 1,
                State::Waived => self.waived += 1,
                State::NotAssessed => self.not_assessed += 1,
            }
        }
    }

    /// Whether there was nothing to check: no requirement is in force, or nothing is verified and nothing is found to be
    /// wrong. Rows without any requirement claim nothing. Where somebody decided that gaps count, it is enough that there are
    /// gaps or tests, and where somebody named records, that records were read and no row of a matrix. An error about a
    /// controlled record is worth telling where no requirement is, too; a pass it never is.
    pub fn is_empty(&self, decided: Decided) -> bool {
        if decided.records && self.records > 0 && self.requirements + self.rows == 0 {
            return false;
        }
        let untold = self.ladder.not_assessed.get(UNTOLD).copied().unwrap_or_default();
        let idle = self.verified + self.waived == 0 && !(decided.gaps && self.ladder.exists + self.gap + untold > 0);
        self.requirements == 0 && self.of_records == 0 || idle && self.findings.error == 0
    }
}

/// Whether a check looks at controlled records, whatever they say of requirements.
pub fn is_about_records(code: &str) -> bool {
    code.starts_with('P') && code != "P08" || matches!(code, "E08" | "M09")
}

/// The number of test cases that a file has.
fn tests_in(facts: &Facts) -> usize {
    facts.tests.iter().filter(|test| test.kind == Kind::Test).count()
}

/// Counts findings.
pub fn by_severity<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> BySeverity {
    let mut counts = BySeverity::default();
    for finding in findings {
        *match (&finding.waiver, finding.severity) {
            (Some(_), _) => &mut counts.waived,
            (None, Severity::Error) => &mut counts.error,
            (None, Severity::Warning) => &mut counts.warning,
            (None, Severity::Info) => &mut counts.info,
        } += 1;
    }
    counts
}

/// Why a requirement stands no higher than it does, where the reason is that something was not there to look at.
pub fn not_assessed(graph: &Graph, requirement: &Requirement) -> Option<Cow<'static, str>> {
    match requirement.standing {
        Standing::Active => {}
        Standing::Planned => return Some("planned, not in force yet".into()),
        Standing::Retired => return Some("no longer in force".into()),
    }
    let otherwise = graph.is_verified_otherwise(requirement);
    match requirement.rung {
        Rung::Passes | Rung::Asserts | Rung::Executes | Rung::Kills if !requirement.suspects.is_empty() => {
            Some("an open action puts the evidence in doubt".into())
        }
        // Tests that pass do not speak for those that could not be looked up.
        Rung::Passes | Rung::Asserts | Rung::Executes | Rung::Kills => {
            out_of_reach(graph, requirement).map(|why| Cow::Owned(format!("part of the evidence: {why}")))
        }
        _ if requirement.not_assessed.is_some() => requirement.not_assessed.clone(),
        Rung::Exists if !graph.has_results() => Some("no result file was read".into()),
        Rung::None | Rung::Cited if otherwise => Some("verified by another method than test".into()),
        Rung::None if !requirement.children.is_empty() => Some("verified through its children alone".into()),
        Rung::None if graph.is_excused(requirement) => Some("its row says that it is not to be verified now".into()),
        Rung::None if needs_none(graph, requirement) => Some("its specification asks for no verification".into()),
        _ => None,
    }
}

/// Why it could not be assessed whether the tests of a requirement assert anything, whether they run its code, and whether
/// they kill mutants of it. Where they pass, that leaves the verdict as it is.
pub fn open_rungs(graph: &Graph, requirement: &Requirement) -> [Option<&'static str>; 3] {
    if requirement.rung < Rung::Passes {
        return [None; 3];
    }
    let asserts = match graph.oracle_of(requirement) {
        Some(Oracle::Unclear(doubt)) => Some(doubt.text()),
        _ => None,
    };
    let executes = match requirement.execution {
        Execution::NotAssessed(unknown) if requirement.rung < Rung::Kills => Some(unknown.text()),
        _ => None,
    };
    // Without any mutation results that is told once for all.
    let kills = match requirement.killing {
        Killing::NotAssessed(unknown) if graph.mutated.any => Some(unknown.text()),
        _ => None,
    };
    [asserts, executes, kills]
}

fn needs_none(graph: &Graph, requirement: &Requirement) -> bool {
    graph.definition(requirement).is_some_and(Definition::needs_none)
}

/// Why one of the citations of a requirement could not be looked up, if there is such a one.
fn out_of_reach(graph: &Graph, requirement: &Requirement) -> Option<&'static str> {
    let citations = requirement.rows.iter().flat_map(|row| &graph.row_node(*row).citations);
    let why = |resolution: &Resolution| match resolution {
        Resolution::NotAssessed(why) => Some(why.text()),
        _ => None,
    };
    citations.filter_map(why).next()
}

/// Why a requirement is not assessed of which something is missing and no finding says what: it is doubtful whether it is
/// a requirement, or which of several its tests mean.
pub const UNTOLD: &str = "something is missing, and no check could tell what";

/// The states of all requirements.
#[derive(Debug, Default)]
pub struct States {
    states: Vec<State>,
    /// Those of which no finding says what is missing.
    untold: BTreeSet<ReqId>,
}

impl States {
    /// Settles them: from the rungs, from the findings, and for parents from their children.
    pub fn of(graph: &Graph, findings: &[Finding]) -> Self {
        let names = |which: &dyn Fn(&&Finding) -> bool| -> BTreeSet<(&str, &str)> {
            findings.iter().filter(which).flat_map(Finding::requirements).collect()
        };
        let open = names(&|finding| finding.severity == Severity::Error && finding.waiver.is_none());
        let waived = names(&|finding| finding.severity == Severity::Error && finding.waiver.is_some());
        // Most trees lack nothing, and need it not.
        let told = LazyCell::new(|| names(&|_| true));
        let mut untold = BTreeSet::new();
        let own = graph.requirements().map(|(id, one)| {
            let name = (graph.namespace(one), one.id.as_str());
            // What is accepted does not hide what is not.
            let fault = if open.contains(&name) { Some(State::Gap) } else { waived.contains(&name).then_some(State::Waived) };
            match own_state(graph, one, fault) {
                Some(State::Gap) if !told.contains(&name) => {
                    untold.insert(id);
                    Some(State::NotAssessed)
                }
                state => state,
            }
        });
        let states = through_children(graph, own.collect());
        Self { states, untold }
    }

    /// The state of a requirement.
    pub fn get(&self, id: ReqId) -> State {
        self.states.get(id.0 as usize).copied().unwrap_or(State::NotAssessed)
    }

    /// Why a requirement stands no higher than it does, where the reason is that something was not there to look at, or
    /// that no check could tell.
    pub fn not_assessed(&self, graph: &Graph, id: ReqId) -> Option<Cow<'static, str>> {
        not_assessed(graph, graph.requirement(id)).or_else(|| self.is_untold(id).then_some(Cow::Borrowed(UNTOLD)))
    }

    /// Whether something is missing and no finding says what.
    pub fn is_untold(&self, id: ReqId) -> bool {
        self.untold.contains(&id)
    }
}

/// The state that a requirement has by itself, where `fault` is what errors make of it; `None` where its children decide.
fn own_state(graph: &Graph, requirement: &Requirement, fault: Option<State>) -> Option<State> {
    if requirement.standing != Standing::Active {
        return Some(State::NotAssessed);
    }
    if fault.is_some() {
        return fault;
    }
    match (requirement.rung, not_assessed(graph, requirement)) {
        (Rung::Passes | Rung::Asserts | Rung::Executes | Rung::Kills, None) => Some(State::Verified),
        (Rung::None, Some(_)) if !requirement.children.is_empty() => None,
        (_, Some(_)) => Some(State::NotAssessed),
        (_, None) => Some(State::Gap),
    }
}

/// Parents without evidence of their own are as good as the worst of their children in force.
///
/// Settled states are handed upwards, each once, so that neither depth nor cycles matter;
/// who waits for himself is not assessed.
fn through_children(graph: &Graph, mut states: Vec<Option<State>>) -> Vec<State> {
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    let mut waiting: Vec<usize> = vec![0; states.len()];
    for (at, one) in graph.requirements.iter().enumerate().filter(|(at, _)| states.get(*at) == Some(&None)) {
        for child in &one.children {
            if let (Some(above), Some(count)) = (parents.get_mut(child.0 as usize), waiting.get_mut(at)) {
                above.push(at);
                *count += 1;
            }
        }
    }
    let mut settled: Vec<usize> = states.iter().enumerate().filter(|(_, state)| state.is_some()).map(|(at, _)| at).collect();
    while let Some(child) = settled.pop() {
        for parent in parents.get_mut(child).map(std::mem::take).unwrap_or_default() {
            let Some(count) = waiting.get_mut(parent) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                let worst = worst_child(graph, parent, &states);
                if let Some(state) = states.get_mut(parent) {
                    *state = Some(worst);
                }
                settled.push(parent);
            }
        }
    }
    states.into_iter().map(|state| state.unwrap_or(State::NotAssessed)).collect()
}

fn worst_child(graph: &Graph, parent: usize, states: &[Option<State>]) -> State {
    let children = graph.requirements.get(parent).into_iter().flat_map(|one| &one.children);
    let active = children.filter(|id| graph.requirement(**id).standing == Standing::Active);
    let found: BTreeSet<State> = active.filter_map(|id| states.get(id.0 as usize).copied().flatten()).collect();
    let worst = [State::Gap, State::NotAssessed, State::Waived, State::Verified];
    worst.into_iter().find(|state| found.contains(state)).unwrap_or(State::NotAssessed)
}

/// What a file was taken for, in a word; files that say nothing were taken for nothing.
pub fn role_name(role: Option<Role>) -> &'static str {
    role.map_or("none", Role::name)
}

/// The rows that claim something: those of detail sections repeat a row of their summary,
/// and count only where a document has no other.
fn claims(graph: &Graph, named: &BTreeSet<FileId>) -> usize {
    let detail = |node: &&RowNode| graph.table(node).layout == Layout::Detail;
    let summarised: BTreeSet<_> = graph.rows.iter().filter(|node| !detail(node)).map(|node| node.fact.file).collect();
    let counted = |node: &&RowNode| named.contains(&node.fact.file) && (!detail(node) || !summarised.contains(&node.fact.file));
    graph.rows.iter().filter(counted).count()
}

/// The files of which a row names a requirement, or one that is missing: rows about nothing but other things, such as
/// the questions of an experiment, claim nothing.
fn naming(graph: &Graph) -> BTreeSet<FileId> {
    let names = |node: &&RowNode| node.targets.iter().chain(&node.related).any(|target| target.found != Found::Foreign);
    graph.rows.iter().filter(names).map(|node| node.fact.file).collect()
}
