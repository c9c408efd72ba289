//! The report as JUnit XML, for dashboards of test results.
//!
//! One suite has a case for each requirement in force, and one suite a check has a case for
//! each finding. What is neither known to be good nor a failure is a skipped case with its reason: a warning that
//! closes no gate, a requirement that could not be assessed, a check that had nothing to look at.

use super::region::Region;
use super::text::{self, accepted};
use super::{Report, assessed, title, visible};
use crate::check::{CHECKS, Check};
use crate::finding::{Finding, Severity};
use crate::link::graph::{ReqId, Requirement};
use crate::model::own_report::JUNIT_HEAD;
use crate::model::requirement::Standing;
use crate::source::Place;
use crate::verdict::{State, States};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// How a case came out, with a line that says why.
enum Outcome {
    Passed,
    /// Passed, and something is worth knowing.
    Remark(String),
    Skipped(String),
    Failed(String),
}

/// One case.
struct Case {
    class: String,
    name: String,
    file: String,
    line: u32,
    outcome: Outcome,
    /// More lines about it.
    details: Vec<String>,
}

/// Cases under a name.
struct Suite {
    name: String,
    cases: Vec<Case>,
}

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites = vec![requirements(report)];
    suites.extend(CHECKS.iter().map(|check| suite(report, check)));
    suites.iter_mut().for_each(|suite| distinct(&mut suite.cases));
    writeln!(out, "{JUNIT_HEAD}{}>", totals(suites.iter().flat_map(|suite| &suite.cases)))?;
    for suite in suites.iter().filter(|suite| !suite.cases.is_empty()) {
        writeln!(out, "  <testsuite name=\"{}\"{}>", escaped(&suite.name), totals(suite.cases.iter()))?;
        for case in &suite.cases {
            write_case(case, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The requirements in force, each with its state.
fn requirements(report: &Report<'_>) -> Suite {
    let graph = report.graph;
    let states = States::of(graph, report.findings);
    let mut closing: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| report.is_failure(finding)) {
        for about in finding.requirements() {
            closing.entry(about).or_default().insert(finding.code);
        }
    }
    let in_force = graph.requirements().filter(|(_, one)| one.standing == Standing::Active);
    let case = |(id, one): (ReqId, &Requirement)| {
        let codes = closing.get(&(graph.namespace(one), one.id.as_str()));
        Case {
            class: format!("requirements.{}", graph.namespace(one)),
            name: format!("{} {}", one.id, one.title).trim_end().to_owned(),
            file: report.path(one.place.file),
            line: Region::of(graph, one.place).line,
            outcome: standing(report, id, &states, codes),
            details: Vec::new(),
        }
    };
    Suite { name: "requirements".to_owned(), cases: in_force.map(case).collect() }
}

/// A gap is a failure where a finding that closes the gate tells it, so that failures and exit code agree.
fn standing(report: &Report<'_>, id: ReqId, states: &States, codes: Option<&BTreeSet<&str>>) -> Outcome {
    match (states.get(id), codes) {
        (State::Verified, _) => Outcome::Passed,
        (State::Gap, Some(codes)) => {
            let codes: Vec<String> = codes.iter().map(|code| title(code)).collect();
            Outcome::Failed(format!("gap: {}", codes.join(", ")))
        }
        (State::Gap, None) => {
            Outcome::Skipped(format!("gap: its evidence is on the rung `{}`", report.graph.requirement(id).rung.name()))
        }
        (State::Waived, _) => Outcome::Skipped("waived".to_owned()),
        (State::NotAssessed, _) => {
            let reason = states.not_assessed(report.graph, id);
            Outcome::Skipped(format!("not assessed: {}", reason.as_deref().unwrap_or("its children are not")))
        }
    }
}

/// The findings of a check, or that it has none.
fn suite(report: &Report<'_>, check: &Check) -> Suite {
    let found = report.findings.iter().filter(|finding| finding.code == check.code);
    let mut cases: Vec<Case> = found.map(|finding| case(report, finding)).collect();
    if cases.is_empty() {
        let outcome = assessed::why_not(report, check).map_or(Outcome::Passed, |why| Outcome::Skipped(why.into_owned()));
        let (class, name) = (title(check.code), "no finding".to_owned());
        cases.push(Case { class, name, file: String::new(), line: 0, outcome, details: Vec::new() });
    }
    Suite { name: title(check.code), cases }
}

fn case(report: &Report<'_>, finding: &Finding) -> Case {
    let graph = report.graph;
    let at = |place: Place| format!("{}:{}", report.path(place.file), Region::of(graph, place).line);
    let mut details = vec![format!("at {}", at(finding.place))];
    details.extend(finding.related.iter().map(|other| format!("see {}: {}", at(other.place), other.message)));
    if !finding.help.is_empty() {
        details.push(format!("help: {}", finding.help));
    }
    if let Some(waiver) = &finding.waiver {
        details.push(format!("waiver: {}", accepted(waiver)));
    }
    let told = format!("{}{}: {}", text::standing(finding), finding.severity.name(), finding.message);
    let outcome = match finding.severity {
        _ if report.is_failure(finding) => Outcome::Failed(finding.message.clone()),
        Severity::Info => Outcome::Remark(told),
        _ => Outcome::Skipped(told),
    };
    // A name stays when lines move, so that a dashboard knows the case again.
    let id = finding.requirement.as_ref().map(|(_, id)| id.as_str()).filter(|id| *id != finding.subject);
    let name = id.map_or_else(|| finding.subject.clone(), |id| format!("{id}: {}", finding.subject));
    Case {
        class: title(finding.code),
        name,
        file: report.path(finding.place.file),
        line: Region::of(graph, finding.place).line,
        outcome,
        details,
    }
}

/// Numbers cases of one name, which dashboards would take for one.
fn distinct(cases: &mut [Case]) {
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for case in cases {
        let asked = (case.class.clone(), case.name.clone());
        while !seen.insert((case.class.clone(), case.name.clone())) {
            let count = counts.entry(asked.clone()).or_insert(1);
            *count += 1;
            case.name = format!("{} #{count}", asked.1);
        }
    }
}

fn totals<'c>(cases: impl Iterator<Item = &'c Case> + Clone) -> String {
    let failures = cases.clone().filter(|case| matches!(case.outcome, Outcome::Failed(_))).count();
    let skipped = cases.clone().filter(|case| matches!(case.outcome, Outcome::Skipped(_))).count();
    format!(" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"", cases.count())
}

fn write_case(case: &Case, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "    <testcase classname=\"{}\" name=\"{}\"", escaped(&case.class), escaped(&case.name))?;
    if !case.file.is_empty() {
        write!(out, " file=\"{}\" line=\"{}\"", escaped(&case.file), case.line)?;
    }
    let details: Vec<String> = case.details.iter().map(|line| escaped(line)).collect();
    let details = details.join("\n");
    match &case.outcome {
        Outcome::Passed => writeln!(out, "/>"),
        Outcome::Remark(told) => {
            writeln!(out, ">\n      <system-out>{}\n{details}</system-out>\n    </testcase>", escaped(told))
        }
        Outcome::Skipped(why) if details.is_empty() => {
            writeln!(out, ">\n      <skipped message=\"{}\"/>\n    </testcase>", escaped(why))
        }
        Outcome::Skipped(why) => {
            writeln!(out, ">\n      <skipped message=\"{}\">{details}</skipped>\n    </testcase>", escaped(why))
        }
        Outcome::Failed(why) => {
            writeln!(out, ">\n      <failure message=\"{}\">{details}</failure>\n    </testcase>", escaped(why))
        }
    }
}

/// Text of one line as XML, in an attribute or between tags; what XML may not hold at all is written as an escape.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
