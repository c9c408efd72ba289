//! # S12 surviving-mutant
//!
//! When the code that implements a requirement is changed, a test of the requirement fails. Mutation tests change the code in
//! small ways, one at a time, and run the tests on each change; what they write is read: the JSON of Stryker, `mutations.xml` of
//! PIT, `outcomes.json` of cargo-mutants. The changes that no test noticed are listed. Where the results say which test
//! noticed a change, it is also told if those of the requirement noticed none of them, and the highest rung of the ladder is
//! reached where they noticed one. Nothing is said where the results are of another version of the code, or where the run did
//! not have the tests of the requirement.
//!
//! ## Why it matters
//! A test may run all of the code, assert something, and still pass whatever the code does. A change that no test notices
//! shows what is run and not looked at.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not move with more than 8 persons.
//! ```
//! ```file lift/load.js
//! /** Implements: REQ-LIFT-001 */
//! function mayMove(persons) {
//!   return persons <= 8;
//! }
//! ```
//! ```file tests/load.test.js
//! describe("load", () => {
//!   // Verifies: REQ-LIFT-001
//!   it("moves", () => expect(mayMove(2)).toBe(true));
//! });
//! ```
//! ```file mutation.json
//! {"schemaVersion": "2", "files": {"lift/load.js": {"language": "javascript",
//!   "source": "/** Implements: REQ-LIFT-001 */\nfunction mayMove(persons) {\n  return persons <= 8;\n}\n",
//!   "mutants": [
//!     {"id": "1", "mutatorName": "BooleanLiteral", "replacement": "false", "status": "Killed", "killedBy": ["1"],
//!       "coveredBy": ["1"], "location": {"start": {"line": 3, "column": 10}, "end": {"line": 3, "column": 22}}},
//!     {"id": "2", "mutatorName": "EqualityOperator", "replacement": "persons < 8", "status": "Survived",
//!       "coveredBy": ["1"], "location": {"start": {"line": 3, "column": 10}, "end": {"line": 3, "column": 22}}}]}},
//!   "testFiles": {"tests/load.test.js": {"tests": [{"id": "1", "name": "load moves"}]}}}
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not move with more than 8 persons.
//! ```
//! ```file lift/load.js
//! /** Implements: REQ-LIFT-001 */
//! function mayMove(persons) {
//!   return persons <= 8;
//! }
//! ```
//! ```file tests/load.test.js
//! describe("load", () => {
//!   // Verifies: REQ-LIFT-001
//!   it("moves", () => { expect(mayMove(8)).toBe(true); expect(mayMove(9)).toBe(false); });
//! });
//! ```
//! ```file mutation.json
//! {"schemaVersion": "2", "files": {"lift/load.js": {"language": "javascript",
//!   "source": "/** Implements: REQ-LIFT-001 */\nfunction mayMove(persons) {\n  return persons <= 8;\n}\n",
//!   "mutants": [
//!     {"id": "2", "mutatorName": "EqualityOperator", "replacement": "persons < 8", "status": "Killed", "killedBy": ["1"],
//!       "coveredBy": ["1"], "location": {"start": {"line": 3, "column": 10}, "end": {"line": 3, "column": 22}}}]}},
//!   "testFiles": {"tests/load.test.js": {"tests": [{"id": "1", "name": "load moves"}]}}}
//! ```
//!
//! ## What to do
//! Assert what the change would break, at the border that it moves, and cite that test. Some changes alter nothing that a
//! requirement asks for; then nothing is to be done, which is why this is a remark. The results are written by
//! `npx stryker run` with the reporter `json` (`coverageAnalysis: "perTest"` tells tests apart, `disableBail: true` tries all
//! tests on each change), `mvn org.pitest:pitest-maven:mutationCoverage -DoutputFormats=XML` (`-DfullMutationMatrix=true`
//! tries all), and `cargo mutants`, which knows no single tests. Name them under `mutation` in the section `[tests]` if they
//! stand in an ignored folder.
//!
//! ## Serves
//! DO-178C 6.4.4

use super::Check;
use super::cited::{code, list};
use super::hollow_evidence::evidence_place;
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::link::mutated::{Change, Killing};
use crate::model::mutation::Fate;
use crate::model::requirement::Standing;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "S12", name: "surviving-mutant", severity: Severity::Info, source: include_str!("surviving_mutant.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    if graph.mutated.any {
        let active = graph.requirements.iter().filter(|one| one.standing == Standing::Active && !one.evidence.is_empty());
        findings.extend(active.filter_map(|one| report(graph, one)));
    }
}

fn report(graph: &Graph, one: &Requirement) -> Option<Finding> {
    let (changes, _) = graph.changes_of(one);
    let surviving: Vec<&Change<'_>> = changes.iter().filter(|change| change.survives()).collect();
    let kill_none = one.killing == Killing::KillsNone;
    if surviving.is_empty() && !kill_none || !graph.were_tried(one, &changes) {
        return None;
    }
    let names: Vec<String> = one.parts.iter().map(|part| code(&graph.part_name(part))).collect();
    let verb = if names.len() == 1 { "implements" } else { "implement" };
    let tried = changes.iter().filter(|change| change.mutant.fate != Fate::Untried).count();
    let of = format!("{} in {}, which {verb} {}", count(tried, "mutant"), list(&names), one.id);
    let noticed = tried - surviving.len();
    let message = match (kill_none, noticed) {
        (true, 0) => format!("The tests of {} kill none of the {of}, and nor does any other", one.id),
        (true, _) => format!("The tests of {} kill none of the {of}; other tests kill {noticed}", one.id),
        (false, _) => format!("{} of the {of}, {} all tests of the run", surviving.len(), survive(surviving.len())),
    };
    let finding = Finding::new(evidence_place(graph, one), one.id.as_str(), message)
        .label("does not notice these changes")
        .help(format!("Assert what these changes break, and cite the test for {}; or see that they break nothing of it.", one.id))
        .about(graph.namespace(one), &one.id);
    Some(surviving.iter().fold(finding, |finding, change| with_place(finding, graph, change)))
}

fn survive(n: usize) -> &'static str {
    if n == 1 { "survives" } else { "survive" }
}

/// Adds the line that was changed.
fn with_place(finding: Finding, graph: &Graph, change: &Change<'_>) -> Finding {
    let line = graph.input(change.file).text.line_span(change.mutant.line).unwrap_or_default();
    let by = if change.mutant.fate == Fate::Uncovered { "no test runs it" } else { "no test notices it" };
    finding.related(Place::new(change.file, line), format!("{by}: {}", change.mutant.what))
}
