//! The report for programs: schema version 1.
//!
//! The text of a message may change; the fields may not. `tests/schema/report.schema.json` describes them.

use super::escaped::Escaped;
use super::sections::{Account, Cell, Section, sections};
use super::{Report, Since};
use crate::check;
use crate::finding::{Acceptance, Finding, fingerprints};
use crate::link::drift::fingerprint;
use crate::link::graph::{Graph, Input, ReqId, Requirement, TestId};
use crate::link::review::test_fingerprints;
use crate::model::Facts;
use crate::model::test_case::Kind;
use crate::source::Place;
use crate::verdict::{self, BySeverity, State, States, Summary, Verdict, role_name};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The rung that most reasons leave open without a doubt about those below.
const EXECUTES: &str = "executes";
/// That of the rung below.
const ASSERTS: &str = "asserts";
/// That of the highest.
const KILLS: &str = "kills";

/// The version of the schema.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Root<'r> {
    schema: u32,
    tool: Tool,
    verdict: Verdict,
    summary: Counts,
    inputs: Vec<File<'r>>,
    requirements: Vec<Obligation<'r>>,
    findings: Vec<Hit<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Comparison<'r>>,
    /// The tables of the whole report; `check` writes none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Table<'r>>,
}

/// A section of the whole report.
#[derive(Serialize)]
struct Table<'r> {
    key: &'static str,
    title: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value<'r>>>,
    notes: Vec<&'r str>,
}

/// A cell: words, a number, or nothing.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'r> {
    Words(Cow<'r, str>),
    Number(usize),
    None(()),
}

/// What the findings are compared with, and those that were absent there.
#[derive(Serialize)]
struct Comparison<'r> {
    name: &'r str,
    new: BySeverity,
    known: BySeverity,
    not_compared: BySeverity,
    absent: &'r [String],
}

/// Which program wrote a report.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// This program.
pub const TOOL: Tool = Tool { name: "tracegate", version: env!("CARGO_PKG_VERSION") };

/// The counts of a run.
#[derive(Debug, Serialize)]
pub struct Counts {
    requirements: usize,
    active: usize,
    planned: usize,
    retired: usize,
    rows: usize,
    matrices: usize,
    tests: usize,
    results: usize,
    verified: usize,
    gap: usize,
    waived: usize,
    not_assessed: usize,
    findings: BySeverity,
    ladder: Rungs,
}

#[derive(Debug, Serialize)]
struct Rungs {
    cited: usize,
    exists: usize,
    passes: usize,
    asserts: usize,
    executes: usize,
    kills: usize,
    not_assessed: BTreeMap<String, usize>,
}

/// One input.
#[derive(Debug, Serialize)]
pub struct File<'r> {
    path: &'r str,
    role: &'static str,
    reader: &'static str,
    sha256: &'r str,
    records: usize,
}

#[derive(Serialize)]
struct Obligation<'r> {
    id: &'r str,
    namespace: &'r str,
    title: &'r str,
    path: &'r str,
    line: u32,
    demands: Vec<Duty<'r>>,
    levels: Vec<&'static str>,
    rung: &'static str,
    /// Why it stands on no higher rung, where that could not be assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_assessed: Option<String>,
    tests: Vec<Proof<'r>>,
    verdict: State,
    /// Of what it says; absent where no specification defines it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
}

#[derive(Serialize)]
struct Duty<'r> {
    level: Option<&'static str>,
    source: &'r str,
}

#[derive(Serialize)]
struct Proof<'r> {
    name: String,
    path: &'r str,
    line: u32,
    outcome: Option<&'static str>,
    /// Of what it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<&'r str>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct Hit<'r> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    requirement: Option<&'r str>,
    namespace: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    covers: Vec<Named<'r>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    parts: &'r [String],
    subject: &'r str,
    message: &'r str,
    help: &'r str,
    path: &'r str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    related: Vec<Other<'r>>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<&'r Acceptance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<bool>,
}

/// A further requirement of which a finding says the same.
#[derive(Debug, Serialize)]
struct Named<'r> {
    id: &'r str,
    namespace: &'r str,
}

#[derive(Debug, Serialize)]
struct Other<'r> {
    path: &'r str,
    line: u32,
    message: &'r str,
}

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    root(report, Vec::new(), out)
}

/// Writes the whole report: what [`write()`] writes, and the tables of all sections.
pub fn write_whole(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let made = sections(account);
    root(account.report, made.iter().map(table).collect(), out)
}

fn table<'r>(section: &'r Section<'_>) -> Table<'r> {
    let value = |cell: &'r Cell<'_>| match cell {
        Cell::Empty => Value::None(()),
        Cell::Number(number) => Value::Number(*number),
        Cell::Text(text) | Cell::Link(text, _) | Cell::Status(_, text) => Value::Words(Cow::Borrowed(text)),
        Cell::Place(..) => Value::Words(Cow::Owned(cell.to_string())),
    };
    Table {
        key: section.about.key,
        title: section.about.title,
        columns: section.about.columns.iter().map(|column| column.key).collect(),
        rows: section.rows.iter().map(|row| row.cells.iter().map(value).collect()).collect(),
        notes: section.notes.iter().map(Cow::as_ref).collect(),
    }
}

fn root(report: &Report<'_>, sections: Vec<Table<'_>>, out: &mut dyn Write) -> io::Result<()> {
    let graph = report.graph;
    let states = States::of(graph, report.findings);
    let bodies = test_fingerprints(graph);
    let root = Root {
        schema: SCHEMA,
        tool: TOOL,
        verdict: report.verdict,
        summary: counts(report.summary),
        inputs: graph.inputs.iter().map(file).collect(),
        requirements: graph.requirements().map(|one| obligation(graph, one, &states, &bodies)).collect(),
        findings: hits(graph, report.findings),
        since: report.since.map(|since| comparison(since, report.findings)),
        sections,
    };
    write_pretty(&root, out)
}

fn comparison<'r>(since: &'r Since, findings: &[Finding]) -> Comparison<'r> {
    let of = |is_new| verdict::by_severity(findings.iter().filter(|finding| finding.is_new == is_new));
    Comparison { name: &since.name, new: of(Some(true)), known: of(Some(false)), not_compared: of(None), absent: &since.absent }
}

/// Writes any value as indented JSON with a line break at its end.
pub fn write_pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Escaped::default()))?;
    writeln!(out)
}

/// The counts as programs read them.
pub fn counts(summary: &Summary) -> Counts {
    let ladder = &summary.ladder;
    // Their verdict stands: the reason says that it is about the next rung alone.
    let not_asserted = ladder.not_asserted.iter().map(|(reason, n)| (format!("{ASSERTS}: {reason}"), *n));
    let not_executed = ladder.not_executed.iter().map(|(reason, n)| (format!("{EXECUTES}: {reason}"), *n));
    let not_killed = ladder.not_killed.iter().map(|(reason, n)| (format!("{KILLS}: {reason}"), *n));
    Counts {
        requirements: summary.requirements,
        active: summary.active,
        planned: summary.planned,
        retired: summary.retired,
        rows: summary.rows,
        matrices: summary.matrices,
        tests: summary.tests,
        results: summary.results,
        verified: summary.verified,
        gap: summary.gap,
        waived: summary.waived,
        not_assessed: summary.not_assessed,
        findings: summary.findings,
        ladder: Rungs {
            cited: ladder.cited,
            exists: ladder.exists,
            passes: ladder.passes,
            asserts: ladder.asserts,
            executes: ladder.executes,
            kills: ladder.kills,
            not_assessed: ladder
                .not_assessed
                .iter()
                .map(|(reason, n)| (reason.clone(), *n))
                .chain(not_asserted)
                .chain(not_executed)
                .chain(not_killed)
                .collect(),
        },
    }
}

/// One input as reports describe it.
pub fn file(input: &Input) -> File<'_> {
    File {
        path: &input.path,
        role: role_name(input.role),
        reader: input.reader,
        sha256: input.text.digest(),
        records: records(&input.facts),
    }
}

/// How many things were read from a file: definitions, rows, actions, tests, markers, results, files that were measured or
/// mutated, and what is kept of records.
pub fn records(facts: &Facts) -> usize {
    let tests = facts.tests.iter().filter(|test| test.kind == Kind::Test).count();
    let covered = facts.coverage.as_ref().map_or(0, |coverage| coverage.files.len());
    let mutated = facts.mutation.as_ref().map_or(0, |mutation| mutation.files.len());
    let listed = facts.inventory.as_ref().map_or(0, |inventory| inventory.count());
    let kept = facts.kept.as_ref().map_or(0, |kept| kept.sidecars.len() + kept.events.len() + usize::from(kept.copy.is_some()));
    let run = tests + facts.results.len() + covered + mutated + listed + kept;
    facts.definitions.len() + facts.rows.len() + facts.actions.len() + facts.markers.len() + run
}

fn obligation<'r>(
    graph: &'r Graph,
    (id, one): (ReqId, &'r Requirement),
    states: &States,
    bodies: &'r FxHashMap<TestId, String>,
) -> Obligation<'r> {
    let (path, line) = locate(graph, one.place);
    let levels: BTreeSet<_> = one.evidence.iter().filter_map(|evidence| evidence.level).collect();
    let tests: BTreeSet<_> = one.evidence.iter().map(|evidence| evidence.test).collect();
    let proof = |test| {
        let (path, line) = locate(graph, graph.test_place(test));
        let outcome = graph.test_node(test).outcome.map(|outcome| outcome.name());
        let fingerprint = bodies.get(&test).map(String::as_str);
        Proof { name: graph.test(test).qualified(), path, line, outcome, fingerprint }
    };
    Obligation {
        id: &one.id,
        namespace: graph.namespace(one),
        title: &one.title,
        path,
        line,
        demands: one
            .demands
            .iter()
            .map(|duty| Duty { level: duty.level.map(|level| level.name()), source: &duty.source })
            .collect(),
        levels: levels.into_iter().map(|level| level.name()).collect(),
        rung: one.rung.name(),
        not_assessed: not_assessed(graph, id, states),
        tests: tests.into_iter().map(proof).collect(),
        verdict: states.get(id),
        fingerprint: fingerprint(graph, one),
    }
}

/// Why a requirement stands no higher, where something was not there to look at.
fn not_assessed(graph: &Graph, id: ReqId, states: &States) -> Option<String> {
    if let Some(reason) = states.not_assessed(graph, id) {
        return Some(reason.into_owned());
    }
    let reasons = [ASSERTS, EXECUTES, KILLS].into_iter().zip(verdict::open_rungs(graph, graph.requirement(id)));
    let reasons = reasons.filter_map(|(rung, why)| Some(format!("{rung}: {}", why?)));
    let reasons: Vec<String> = reasons.collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn locate(graph: &Graph, place: Place) -> (&str, u32) {
    let input = graph.input(place.file);
    (&input.path, input.text.position(place.span.start).0)
}

/// Findings as programs read them.
pub fn hits<'r>(graph: &'r Graph, findings: &'r [Finding]) -> Vec<Hit<'r>> {
    let fingerprints = fingerprints(findings, |file| graph.path(file));
    findings.iter().zip(fingerprints).map(|(finding, fingerprint)| hit(graph, finding, fingerprint)).collect()
}

fn hit<'r>(graph: &'r Graph, finding: &'r Finding, fingerprint: String) -> Hit<'r> {
    let text = &graph.input(finding.place.file).text;
    let (line, column) = text.position(finding.place.span.start);
    let (end_line, end_column) = text.position(finding.place.span.end());
    let other = |related: &'r crate::finding::Related| {
        let (path, line) = locate(graph, related.place);
        Other { path, line, message: &related.message }
    };
    Hit {
        code: finding.code,
        name: check::find(finding.code).map_or("", |check| check.name),
        severity: finding.severity.name(),
        requirement: finding.requirement.as_ref().map(|(_, id)| id.as_str()),
        namespace: finding.requirement.as_ref().map(|(namespace, _)| namespace.as_str()),
        covers: finding.covers.iter().map(|(namespace, id)| Named { id, namespace }).collect(),
        parts: &finding.parts,
        subject: &finding.subject,
        message: &finding.message,
        help: &finding.help,
        path: graph.path(finding.place.file),
        line,
        column,
        end_line,
        end_column,
        related: finding.related.iter().map(other).collect(),
        fingerprint,
        waiver: finding.waiver.as_deref(),
        new: finding.is_new,
    }
}
