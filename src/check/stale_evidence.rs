//! # E05 stale-evidence
//!
//! Nothing that evidence relies on has changed since the commit that it is bound to: not the text of the requirement, not
//! the cited test with what it calls in its file, not the code that implements the requirement, and no constant of their files that
//! they use and no function of its file that the implementing code calls.
//!
//! ## Why it matters
//!
//! A test that passed proves something about what it was, for what was asked for and for the code that it ran. When one of
//! these changes, the row still says PASS, and nobody has looked.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 20 ms.
//! ```
//!
//! ```file at-5d0c2aa/docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 90 ms.
//! ```
//!
//! ```file docs/rtm.md
//! # MILL-RTM: Mill Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-MILL-001 | Stop | tests/test_mill.py::test_stops | PASS |
//! ```
//!
//! ```file tests/test_mill.py
//! def test_stops():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 20 ms.
//! ```
//!
//! ```file at-5d0c2aa/docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ## Motion
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop
//! within 20 ms.
//! ```
//!
//! ```file docs/rtm.md
//! # MILL-RTM: Mill Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-MILL-001 | Stop | tests/test_mill.py::test_stops | PASS |
//! ```
//!
//! ```file tests/test_mill.py
//! def test_stops():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Look at what changed, run the tests again, and name the commit on which they ran. Where the tree has moved on and an
//! earlier state is what was qualified, check that state: `tracegate check --baseline COMMIT`.
//!
//! (In the examples `at-5d0c2aa/` marks a file as it was at that commit.) The commit is the one that the row or its matrix
//! names, else the configured baseline. Contents are compared, not commits: other lines of a file, comments, layout and a
//! new name change nothing. A test that was cited as part of a file or a class may come later; one that was cited by its
//! name may not. Helpers and fixtures that a test names, and set-ups that run for it, are looked for in its file, and in Python in
//! the `conftest.py` of its folder and above. Helpers of other test sources are followed where it is plain which is meant: what
//! Python, JavaScript and TypeScript import from the tree, modules of Rust, and what stands in the
//! package of a test of Go, Java, Kotlin and C#. A test that was there and is gone is told here and is no ghost (M02). What cannot be seen is not
//! assessed: a clone without its history, a commit outside of it (after a squash), documents in another repository, a
//! requirement that was written down later. What a repository has and cannot read is an error: it is damaged.
//!
//! ## Serves
//!
//! IEC 62304 5.7.3

use super::cited;
use super::fold::{Many, fold};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::drift::{By, Drift, How, Thing, Unassessed, Unseen};
use crate::link::graph::{Graph, ReqId, TestId};
use crate::model::revision::Why;
use crate::model::test_case::Kind;
use crate::read::code::looks_like_test;
use crate::settings::Settings;
use crate::source::Place;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E05", name: "stale-evidence", severity: Severity::Error, source: include_str!("stale_evidence.rs"), run };

/// As many rows are shown that rely on what changed.
const MAX_ROWS: usize = 4;

/// Labels of the findings.
const REQUIREMENT: &str = "changed after the evidence";
const TEST: &str = "this test changed after the evidence";
const HELPER: &str = "tests run this, and it changed after the evidence";
const CODE: &str = "this code changed after the evidence";
const BESIDE: &str = "evidence or implementing code uses this, and it changed after the evidence";
const ADDED: &str = "added after the evidence";
const DELETED: &str = "deleted after the evidence";

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let told = graph.drifts.found.iter().map(|drift| finding(graph, drift)).collect();
    findings.extend(fold(graph, told, many));
    findings.extend(graph.drifts.unseen.iter().map(|one| not_assessed(graph, one)));
}

/// What is told of many in one file.
fn many(label: &str, many: &Many<'_>) -> Option<String> {
    let Many { count, path, names } = many;
    Some(match label {
        REQUIREMENT => format!("{count} requirements of {path} changed after their evidence: {names}"),
        TEST => format!("{count} tests of {path} changed after the evidence that cites them: {names}"),
        HELPER => format!("{count} helpers and set-ups in {path} that cited tests run changed after the evidence: {names}"),
        CODE => format!("{count} pieces of code in {path} that implement requirements changed after the evidence: {names}"),
        BESIDE => format!(
            "{count} functions and constants of {path} that evidence or implementing code uses changed after the evidence: {names}"
        ),
        ADDED => format!("{count} things in {path} were added after the evidence that relies on them: {names}"),
        DELETED => format!("{count} tests that {path} cites were deleted after the evidence: {names}"),
        _ => return None,
    })
}

fn finding(graph: &Graph, drift: &Drift) -> Finding {
    let commit = format!("`{}`", drift.bound.commit);
    let by = by(drift);
    let whose = whose(graph, &drift.requirements);
    let (place, subject, label) = subject(graph, drift);
    let what = match &drift.thing {
        Thing::Requirement(_) => subject.clone(),
        Thing::Test(id) => match graph.test(*id).kind {
            Kind::Helper => format!("`{subject}`, which tests of {whose} call,"),
            Kind::Fixture => format!("`{subject}`, which runs for tests of {whose},"),
            Kind::Test | Kind::Class => format!("`{subject}`, a test of {whose},"),
        },
        Thing::Code(_) => format!("`{subject}`, which implements {whose},"),
        Thing::Gone(..) => format!("`{subject}`, which is cited for {whose},"),
        Thing::Beside(file, _) => {
            let path = graph.path(*file);
            let users = if looks_like_test(path) { "tests" } else { "the code" };
            format!("`{subject}` of {path}, on which {users} of {whose} {},", if users == "tests" { "rely" } else { "relies" })
        }
    };
    let message = match drift.how {
        How::Changed if matches!(drift.thing, Thing::Requirement(_)) => {
            format!("{what} says something else than at {commit}, the commit of its evidence{by}")
        }
        How::Changed => format!("{what} changed after {commit}, the commit of the evidence{by}"),
        How::Added => format!("{what} did not exist at {commit}, the commit of the evidence{by}"),
        How::Deleted => format!("{what} existed at {commit}, the commit of the evidence, and does not exist any more{by}"),
    };
    let help = match drift.how {
        How::Deleted => "Cite what took its place and run it, or check the state that was qualified with `--baseline`.",
        How::Changed | How::Added => "Look at the change, run the tests again and name the commit on which they ran.",
    };
    let told = Finding::new(place, subject, message).label(label).help(help);
    let told = cited::about_all(told, graph, &drift.requirements);
    let rows = drift.rows.iter().filter(|(_, row)| *row != place).take(MAX_ROWS);
    let told = rows.fold(told, |told, (_, row)| told.related(*row, "relies on it"));
    let named = !drift.rows.iter().any(|(_, row)| *row == drift.bound.place);
    if named { told.related(drift.bound.place, "the commit of the evidence") } else { told }
}

/// Where a change is told, of what, and in which few words.
fn subject(graph: &Graph, drift: &Drift) -> (Place, String, &'static str) {
    let label = |changed| if drift.how == How::Added { ADDED } else { changed };
    match &drift.thing {
        Thing::Requirement(id) => {
            let one = graph.requirement(*id);
            (one.place, one.id.to_string(), label(REQUIREMENT))
        }
        Thing::Test(id) => (graph.test_place(*id), graph.test(*id).name.to_string(), label(test_label(graph, *id))),
        Thing::Code(part) => (graph.part_place(part), graph.part_name(part), label(CODE)),
        Thing::Beside(file, name) => (graph.beside_place(*file, name), name.clone(), BESIDE),
        Thing::Gone(path, name) => {
            let place = drift.rows.first().map_or(drift.bound.place, |(_, place)| *place);
            (place, if name.is_empty() { path.clone() } else { name.clone() }, DELETED)
        }
    }
}

fn test_label(graph: &Graph, id: TestId) -> &'static str {
    if graph.test(id).kind == Kind::Test { TEST } else { HELPER }
}

/// The requirements that rely on it.
fn whose(graph: &Graph, ids: &[ReqId]) -> String {
    let names: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    if names.is_empty() { String::from("a row of the matrix") } else { cited::list(&names) }
}

/// Who did it, as the end of a sentence.
fn by(drift: &Drift) -> String {
    let verb = match drift.how {
        How::Changed => "",
        How::Added => "added ",
        How::Deleted => "removed ",
    };
    match &drift.by {
        By::Commits(commits) => commits.first().map_or_else(String::new, |last| {
            let more = match commits.len() {
                1 => String::new(),
                n => format!(", the last of {n} commits"),
            };
            format!(": {verb}by {} ({}, {}){more}", last.commit, last.author, last.day)
        }),
        By::Uncommitted => format!(": {verb}in the working tree and not committed"),
        By::Unknown => String::from("; which commit did it could not be seen"),
    }
}

fn not_assessed(graph: &Graph, one: &Unassessed) -> Finding {
    let path = graph.path(one.file);
    let commit = &one.bound.commit;
    let reason = one.why.text();
    let what = match one.names.as_slice() {
        [] => format!("anything that {path} relies on"),
        names => format!("{} that {path} relies on ({})", count(names.len(), "thing"), cited::list(names)),
    };
    let help = match one.why {
        Unseen::Commit(Why::Shallow | Why::NoObjects) => "Fetch the whole history before the gate: `git fetch --unshallow`.",
        Unseen::Commit(Why::NoRepository | Why::NoCommit | Why::OtherRepository) => {
            "Check where the history is: in a clone of the repository, with the tests' one as `root` in the section [tests]."
        }
        Unseen::Commit(Why::Damaged) => "Clone the repository again.",
        Unseen::Unreachable => "After a squash or a rebase run the tests on the new commit and name that one.",
        Unseen::NotDefined | Unseen::NotRecognised => "Compare them by hand, or run the tests again and name a later commit.",
    };
    let message = format!("Whether {what} changed after `{commit}` is not assessed: {reason}");
    let finding = Finding::new(one.bound.place, commit.clone(), message).label("not assessed").help(help);
    // A clone may have only a part of the history; one that has damaged parts is no evidence of anything.
    if one.why == Unseen::Commit(Why::Damaged) { finding } else { finding.severity(Severity::Info) }
}
