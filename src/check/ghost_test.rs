//! # M02 ghost-test
//!
//! Every test, test case, file and pattern that a matrix cites must exist.
//!
//! ## Why it matters
//!
//! A row that cites a test which does not exist looks exactly like a row that is verified. Such
//! rows appear when a test is renamed, or when a matrix is filled in before its tests are written,
//! and a reviewer who compares the matrix only with itself never sees them.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Dry run
//! The pump shall stop when the tank is empty.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Dry run | tests/test_pump.py::test_stops_dry | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_stops_when_dry():
//!     assert True
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # PUMP-SRS: Pump Requirements Specification
//!
//! ### REQ-PUMP-001: Dry run
//! The pump shall stop when the tank is empty.
//! ```
//!
//! ```file docs/rtm.md
//! # PUMP-RTM: Pump Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PUMP-001 | Dry run | tests/test_pump.py::test_stops_when_dry | PASS |
//! ```
//!
//! ```file tests/test_pump.py
//! def test_stops_when_dry():
//!     assert True
//! ```
//!
//! ## What to do
//!
//! Correct the name if the test was renamed or moved. If it was never written, write it, or take
//! the citation out and give the row a status that says so. A row whose status or cell says
//! "planned", "pending" or "TODO" is only noted.
//!
//! ## Serves
//!
//! DO-178C 11.21; IEC 62304 5.7.5

use super::cited::{self, code};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Ghost, Graph, Resolution, RowNode, TestId};
use crate::model::citation::{Citation, Target};
use crate::model::test_case::Kind;
use crate::settings::Settings;
use crate::source::FileId;

/// The check.
pub const CHECK: Check =
    Check { code: "M02", name: "ghost-test", severity: Severity::Error, source: include_str!("ghost_test.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        let planned = cited::is_planned(graph, node);
        for group in groups(graph, node) {
            let finding = if planned { plan(graph, node, &group) } else { report(graph, node, &group) };
            findings.push(cited::about(finding, graph, node));
        }
    }
}

/// Ghosts of one row that have one cause.
struct Group<'g> {
    citation: &'g Citation,
    ghost: &'g Ghost,
    names: Vec<String>,
}

/// The ghosts of a row; those of one missing file are told together.
fn groups<'g>(graph: &'g Graph, node: &'g RowNode) -> Vec<Group<'g>> {
    let mut groups: Vec<Group<'g>> = Vec::new();
    for (citation, resolution) in graph.citations(node) {
        let Resolution::Ghost(ghost) = resolution else { continue };
        let name = short(citation);
        let same = |group: &&mut Group<'g>| {
            matches!((ghost, group.ghost), (Ghost::NoFile(_), Ghost::NoFile(_))) && file(group.citation) == file(citation)
        };
        match groups.iter_mut().find(same) {
            Some(group) if group.names.contains(&name) => {}
            Some(group) => group.names.push(name),
            None => groups.push(Group { citation, ghost, names: vec![name] }),
        }
    }
    groups
}

/// The file that a citation names.
fn file(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(name) => name.file.as_deref(),
        Target::File { path, .. } => Some(path),
        Target::Glob(_) | Target::CaseId(_) | Target::Elided | Target::Prose(_) => None,
    }
}

/// What a citation names, without its file.
fn short(citation: &Citation) -> String {
    match &citation.target {
        Target::Test(name) => code(&name.scope.iter().chain([&name.name]).map(String::as_str).collect::<Vec<_>>().join("::")),
        Target::File { path, .. } => code(path),
        Target::Glob(text) | Target::CaseId(text) | Target::Prose(text) => code(text),
        Target::Elided => String::new(),
    }
}

fn start(graph: &Graph, node: &RowNode, group: &Group<'_>, message: String) -> Finding {
    let subject = match &group.citation.target {
        Target::Test(name) => name.qualified(),
        _ => short(group.citation).trim_matches('`').to_owned(),
    };
    let finding = Finding::new(cited::place(node, group.citation.span), subject, message);
    match group.ghost {
        Ghost::NoFile(Some(near)) => {
            finding.related(cited::top(*near), format!("the nearest file that exists: {}", graph.path(*near)))
        }
        Ghost::NoTest(_, Some(near)) | Ghost::NoName(Some(near)) => {
            finding.related(graph.test_place(*near), format!("the nearest name that exists: {}", graph.test(*near).name))
        }
        _ => finding,
    }
}

fn plan(graph: &Graph, node: &RowNode, group: &Group<'_>) -> Finding {
    let row = cited::subject(graph, node);
    let verb = if group.names.len() == 1 { "does" } else { "do" };
    let message = format!("{row} is to be verified by {}, which {verb} not exist yet", cited::list(&group.names));
    start(graph, node, group, message)
        .label("planned")
        .help("Write the test before the row claims to be verified.")
        .severity(Severity::Info)
}

fn report(graph: &Graph, node: &RowNode, group: &Group<'_>) -> Finding {
    let row = cited::subject(graph, node);
    let names = cited::list(&group.names);
    let write = "write the test, or take the citation out";
    let (message, label, help) = match group.ghost {
        Ghost::NoFile(near) => {
            let path = file(group.citation).unwrap_or("");
            let whole = matches!(group.citation.target, Target::File { .. }) && group.names.len() == 1;
            let message = if whole {
                format!("{row} cites the file `{path}`, which does not exist")
            } else {
                format!("{row} cites {names} in `{path}`, a file that does not exist")
            };
            let help = match near.and_then(|near| near_path(graph, near, path)) {
                Some(near) => format!("Did you mean `{near}`? Correct the path, {write}."),
                None => format!("Correct the path, {write}."),
            };
            (message, "no such file", help)
        }
        Ghost::NoTest(file, near) => {
            let others = graph.tests_of(*file).filter(|id| graph.test(*id).kind == Kind::Test).count();
            let message = format!("{row} cites {names}, but {} has no test of that name ({} in it)", graph.path(*file), count(others, "test"));
            (message, "no such test", suggest(graph, *near, write))
        }
        Ghost::NoName(near) => {
            let tests = graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test).count();
            let message = format!("{row} cites {names}, but none of the {} that were read has that name", count(tests, "test"));
            (message, "no such test", suggest(graph, *near, write))
        }
        Ghost::NoMatch => {
            let message = format!("{row} cites the files {names}, and no file matches that pattern");
            (message, "matches nothing", format!("Correct the pattern, {write}."))
        }
        Ghost::NoCase => {
            let message = format!("{row} cites the test case {names}, which no document and no test describes, though others of its kind are described");
            (message, "no such test case", String::from("Correct the identifier, describe the test case, or take the citation out."))
        }
    };
    start(graph, node, group, message).label(label).help(help)
}

/// A path worth suggesting: not the one that is cited.
fn near_path<'g>(graph: &'g Graph, near: FileId, path: &str) -> Option<&'g str> {
    Some(graph.path(near)).filter(|near| *near != path)
}

fn suggest(graph: &Graph, near: Option<TestId>, write: &str) -> String {
    match near {
        Some(near) => format!("Did you mean `{}` in {}? Correct the name, {write}.", graph.test(near).name, graph.path(graph.test_node(near).fact.file)),
        None => format!("Correct the name, {write}."),
    }
}
