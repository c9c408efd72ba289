//! # Q04 unread-input
//!
//! Whatever looks like a definition, a row or a citation and could not be read is reported with the reason:
//! an error where a whole file is lost, a warning where it is one place. A file that is named like the results of a test
//! run and holds none is an error too, and a matrix of which no row was read a warning. Names that nothing links and that
//! stand in a telling place all the same, in test code, in a table of tests or where definitions begin, are told once a
//! file: they are not assessed instead of missing. Where two specifications define such a name and what is read means the
//! other one, both are named. So is code that a column of a matrix names and its file does not have, and
//! a source file that it names and that is not there.
//!
//! ## Why it matters
//! What a tool does not read, it does not check, and a report without findings then means nothing. A table that lost its
//! separator line takes all its requirements with it, silently, in every other report.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the coffee machine
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-BREW-001 | The machine shall heat the water to 92 °C. |
//! | REQ-BREW-002 | The machine shall stop when the tank is empty. |
//! ```
//!
//! A record on traceability ("Traceability audit report") tells what somebody found on some day: that its rows are not checked is a
//! remark.
//!
//! ## What to do
//! Repair the place, or name the file under `ignore` in the configuration if it is not meant to be read.
//!
//! ## Serves
//! Every report: absent input is never a pass

mod lost;
mod seen;

use super::Check;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input};
use crate::model::{Problem, vocabulary};
use crate::read::grammar::identifier;
use crate::read::junit::NO_CASE;
use crate::read::results::{UNREAD_FORMAT, hides_a_failure, is_of_coverage};
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "Q04", name: "unread-input", severity: Severity::Error, source: include_str!("unread_input.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (file, input) in graph.files() {
        let problems =
            input.facts.problems.iter().filter(|problem| matters(input, problem) && !is_told_again(graph, input, problem));
        let (rows, others): (Vec<&Problem>, Vec<&Problem>) = problems.partition(|problem| is_of_rows(problem));
        findings.extend(others.into_iter().map(|problem| of(graph, file, input, problem)));
        // Rows that lost their table lie in several pieces where one hand wrote them.
        let mut pieces = rows.into_iter();
        if let Some(first) = pieces.next() {
            let first = finding(file, input, first);
            findings.push(pieces.fold(first, |found, next| found.related(Place::new(file, next.span), "and here")));
        }
        findings.extend(lost::results(file, input));
        findings.extend(lost::matrix(graph, file, input));
    }
    findings.extend(lost::definitions(graph));
    findings.extend(lost::audits(graph));
    findings.extend(seen::traces(graph));
    findings.extend(seen::definitions(graph));
    findings.extend(seen::code(graph));
}

/// Whether a place may hold something to check: a ragged row of some other table does not.
fn matters(input: &Input, problem: &Problem) -> bool {
    let facts = &input.facts;
    let run = !facts.results.is_empty() || facts.inventory.is_some();
    let traced = run || !(facts.definitions.is_empty() && facts.rows.is_empty());
    let line = input.text.slice(problem.span).trim_start_matches(['|', ' ', '*', '`', '"', '[', '~']);
    let identified = identifier::leading(line, false).is_some_and(|(id, _)| !vocabulary::is_foreign(id));
    let fenced = input.reader == "markdown" && problem.reason.contains("cells");
    // The reader has seen identifiers in these lines, though perhaps not in the first.
    // A run that did not end is said of the file, at no line of it.
    problem.whole_file
        || facts.mutation.is_some()
        || facts.kept.is_some()
        || is_of_rows(problem)
        || problem.reason.starts_with(UNREAD_FORMAT)
        || (identified || traced) && !fenced
}

/// Whether a file is coverage in a format that is not read, beside the same in one that is: runners write several at once.
fn is_told_again(graph: &Graph, input: &Input, problem: &Problem) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len());
    let beside = |other: &Input| {
        other.facts.coverage.is_some() && other.path.get(..folder(&other.path)) == input.path.get(..folder(&input.path))
    };
    is_of_coverage(&problem.reason) && graph.inputs.iter().any(beside)
}

/// Whether a place holds rows of a table that has no head.
fn is_of_rows(problem: &Problem) -> bool {
    problem.reason.contains(" of a table, but no header ")
}

/// What is said of a problem. Surefire writes a file without a test for the class around those that have them; any other run
/// of no test is an error, whatever lies beside it.
fn of(graph: &Graph, file: FileId, input: &Input, problem: &Problem) -> Finding {
    let mut found = finding(file, input, problem);
    if !(problem.whole_file && problem.reason == NO_CASE && has_inner_classes(graph, &input.path)) {
        return found;
    }
    found.message = format!("{} has no test, though the classes within its class have: {}.", input.path, problem.reason);
    found.severity(Severity::Info)
}

/// Whether results of classes within the one of a file lie beside it: `TEST-org.Pump$Stop.xml` beside `TEST-org.Pump.xml`.
fn has_inner_classes(graph: &Graph, path: &str) -> bool {
    let Some((stem, _)) = path.rsplit_once('.') else { return false };
    let inner = |other: &Input| other.path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('$'));
    graph.inputs.iter().any(|other| inner(other) && !other.facts.results.is_empty())
}

fn finding(file: FileId, input: &Input, problem: &Problem) -> Finding {
    let reason = problem.reason.trim_end_matches('.');
    let finding = if problem.whole_file {
        let message = match input.facts.results.len() {
            0 => format!("{} could not be read, so nothing in it is checked: {reason}.", input.path),
            some => format!(
                "{} is damaged: what it tells before this place was read ({}), and nothing behind it: {reason}.",
                input.path,
                count(some, "result")
            ),
        };
        Finding::new(Place::new(file, problem.span), &input.path, message).label("not read")
    } else if problem.reason.starts_with(UNREAD_FORMAT) {
        let message = format!("{} was not read, so nothing in it is checked: {reason}.", input.path);
        Finding::new(Place::new(file, problem.span), &input.path, message).label("not read").severity(Severity::Warning)
    } else if hides_a_failure(&problem.reason) {
        let message = format!("{} does not show all that failed: {reason}.", input.path);
        Finding::new(Place::new(file, problem.span), subject(input, problem.span), message).label("counts a failure")
    } else if input.facts.mutation.is_some() {
        let message = format!("{} does not tell everything: {reason}.", input.path);
        Finding::new(Place::new(file, problem.span), &input.path, message).label("not complete").severity(Severity::Warning)
    } else {
        let message = format!("This place in {} was not read, so it is not checked: {reason}.", input.path);
        Finding::new(Place::new(file, problem.span), subject(input, problem.span), message)
            .label("not read")
            .severity(Severity::Warning)
    };
    finding.help(problem.help.clone())
}

/// The beginning of what was not read: it stays the same when lines move.
fn subject(input: &Input, span: Span) -> String {
    let line = input.text.slice(span).lines().next().unwrap_or("").trim();
    let subject: String = line.chars().take(80).collect();
    if subject.is_empty() { input.path.clone() } else { subject }
}
