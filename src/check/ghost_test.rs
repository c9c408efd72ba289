//! # M02 ghost-test
//!
//! Every test, test case, file and pattern that a matrix cites must exist. A test case that only a document describes is a warning
//! where tests carry ten times as many of its family, unless its description says that somebody carries it out by hand.
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
//!     assert works()
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
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Correct the name if the test was renamed or moved. If it was never written, write it, or take
//! the citation out and give the row a status that says so. A row whose status or cell says
//! "planned", "pending" or "TODO" is only noted, and so is a test case that a specification names and of which a matrix says that.
//!
//! A test case is described where a document has a section, a page or a row of a table for it: in a plan a row with what is expected, in a
//! list one with the file of its test. `TC-PAY-*` means the cases that begin so, `TC-PAY-001-024` those from the one to the other.
//!
//! ## Serves
//!
//! DO-178C 11.21; IEC 62304 5.7.5

mod carried;
mod cases;
mod columns;
mod together;
mod words;

use super::cited::{self, code};
use super::fold::{Many, fold, unite};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::drift::Bound;
use crate::link::graph::{Found, Ghost, Graph, Resolution, RowId, RowNode, TestId};
use crate::model::citation::{Citation, Target};
use crate::model::matrix::Layout;
use crate::model::test_case::Kind;
use crate::settings::Settings;
use crate::source::FileId;
use columns::Columns;
use rustc_hash::FxHashMap;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use together::Cause;
use words::{heading_announces, resemble, status_announces};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M02", name: "ghost-test", severity: Severity::Error, source: include_str!("ghost_test.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let columns = Columns::of(graph);
    columns.report(graph, findings);
    cases::report(graph, findings);
    carried::report(graph, findings);
    let elsewhere = LazyCell::new(|| planned_cases(graph));
    let mut alike: BTreeMap<(FileId, Cause), Vec<InRow<'_>>> = BTreeMap::new();
    for (row, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        // Most rows have none, and then it does not matter what they announce.
        let ghosts = groups(graph, (row, node), &columns);
        if ghosts.is_empty() {
            continue;
        }
        let described = described(graph, node);
        let planned = cited::is_planned(graph, node)
            || is_announced(graph, node)
            || described.is_some_and(|case| is_planned_case(graph, node, case));
        for group in ghosts {
            let planned = planned || !graph.table(node).has_status && is_planned_elsewhere(node, &group, &elsewhere);
            let cause = Cause::of(planned, described.is_some(), group.ghost, file(group.citation));
            alike.entry((node.fact.file, cause)).or_default().push((node, group));
        }
    }
    together::join(&mut alike);
    together::drop_planned(&mut alike);
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for ((_, cause), found) in alike {
        let told = if matches!(cause, Cause::File(_)) { &mut files } else { &mut others };
        if let Some(finding) = together::finding(graph, &cause, &found) {
            told.push(finding);
            continue;
        }
        for (node, group) in found {
            let finding = if cause == Cause::Planned { plan(graph, node, &group) } else { report(graph, node, &group) };
            told.push(cited::about(finding, graph, node));
        }
    }
    let missing = |many: &Many<'_>| format!("{} files that {} cites do not exist: {}", many.count, many.path, many.names);
    files.iter_mut().for_each(|finding| finding.label = NO_FILE.into());
    findings.extend(fold(graph, files, |_, many| Some(missing(many))));
    let names = |many: &Many<'_>| format!("{} tests that {} cites do not exist: {}", many.count, many.path, many.names);
    let patterns =
        |many: &Many<'_>| format!("{} folders and patterns that {} cites match no file: {}", many.count, many.path, many.names);
    findings.extend(fold(graph, unite(others), |label, many| match label {
        NO_TEST => Some(names(many)),
        NO_MATCH => Some(patterns(many)),
        _ => None,
    }));
}

/// Labels of the findings.
const NO_FILE: &str = "no such file";
const NO_TEST: &str = "no such test";
const NO_MATCH: &str = "matches nothing";

/// The test case that a row outside of a matrix describes.
fn described<'g>(graph: &'g Graph, node: &'g RowNode) -> Option<&'g str> {
    let (first, resolution) = graph.citations(node).next()?;
    let own = graph.table(node).layout == Layout::Detail && !matches!(resolution, Resolution::Ghost(_));
    match &first.target {
        Target::CaseId(id) if own => Some(id),
        _ => None,
    }
}

/// Whether a matrix says of a described test case that it is still to come.
fn is_planned_case(graph: &Graph, node: &RowNode, case: &str) -> bool {
    let cites =
        |other: &RowNode| graph.row(other).citations.iter().any(|one| matches!(&one.target, Target::CaseId(id) if id == case));
    let rows = node.targets.iter().filter_map(|target| if let Found::One(id) = target.found { Some(id) } else { None });
    rows.flat_map(|id| &graph.requirement(id).rows)
        .map(|row| graph.row_node(*row))
        .any(|other| other.fact != node.fact && cites(other) && cited::is_planned(graph, other))
}

/// Test cases that rows announce, with the documents in which they do.
fn planned_cases(graph: &Graph) -> FxHashMap<&str, Vec<FileId>> {
    let mut found: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
    for (_, node) in graph.rows().filter(|(_, node)| cited::is_planned(graph, node)) {
        for citation in &graph.row(node).citations {
            let Target::CaseId(id) = &citation.target else { continue };
            let files = found.entry(id).or_default();
            if files.last() != Some(&node.fact.file) {
                files.push(node.fact.file);
            }
        }
    }
    found
}

/// Whether another document says of the test cases of a row that they are still to come, where the row itself says nothing of that:
/// a specification names them, and the matrix tells how far they are.
fn is_planned_elsewhere(node: &RowNode, group: &Group<'_>, known: &FxHashMap<&str, Vec<FileId>>) -> bool {
    let announced = |name: &String| {
        let files = known.get(name.trim_matches('`'));
        files.is_some_and(|files| files.iter().any(|file| *file != node.fact.file))
    };
    matches!(group.ghost, Ghost::NoCase) && group.names.iter().all(announced)
}

/// Whether the heading or the status of a row speaks of tests that are missing or proposed.
fn is_announced(graph: &Graph, node: &RowNode) -> bool {
    let status = graph.row(node).status.as_ref().map_or("", |(_, cell)| &cell.text);
    heading_announces(&graph.table(node).heading) || status_announces(status)
}

/// The other ways out beside a correction.
const OR_WRITE: &str = "write the test, or take the citation out";

/// Ghosts of one row that have one cause.
struct Group<'g> {
    citation: &'g Citation,
    ghost: &'g Ghost,
    names: Vec<String>,
    /// The commit of the evidence, where it was looked for there too.
    never: Option<&'g Bound>,
}

/// Ghosts and the row that cites them.
type InRow<'g> = (&'g RowNode, Group<'g>);

/// The ghosts of a row; those of one missing file are told together. What was there at the commit of the evidence is no
/// ghost: that it is gone is told by E05.
fn groups<'g>(graph: &'g Graph, (row, node): (RowId, &'g RowNode), columns: &Columns) -> Vec<Group<'g>> {
    let mut groups: Vec<Group<'g>> = Vec::new();
    for (at, (citation, resolution)) in graph.citations(node).enumerate() {
        let Resolution::Ghost(ghost) = resolution else { continue };
        if columns.tells(graph, node, citation) || graph.drifts.existed.contains(&(row, at)) {
            continue;
        }
        let name = short(citation);
        let same = |group: &&mut Group<'g>| {
            let missing = matches!(ghost, Ghost::NoFile(_)) || is_inherited(citation) && matches!(ghost, Ghost::NoName(_));
            missing && matches!(group.ghost, Ghost::NoFile(_)) && file(group.citation) == file(citation)
        };
        match groups.iter_mut().find(same) {
            Some(group) if group.names.contains(&name) => {}
            Some(group) => group.names.push(name),
            None => groups.push(Group { citation, ghost, names: vec![name], never: graph.drifts.never.get(&(row, at)) }),
        }
    }
    groups
}

/// Whether a citation takes over the file of the one before it.
fn is_inherited(citation: &Citation) -> bool {
    matches!(&citation.target, Target::Test(name) if name.inherited)
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
        Target::Glob(text) => code(text.strip_suffix("**").filter(|folder| !folder.contains('*')).unwrap_or(text)),
        Target::CaseId(text) | Target::Prose(text) => code(text),
        Target::Elided => String::new(),
    }
}

fn start(node: &RowNode, group: &Group<'_>, message: String) -> Finding {
    let subject = match &group.citation.target {
        Target::Test(name) => name.qualified(),
        _ => short(group.citation).trim_matches('`').to_owned(),
    };
    let finding = Finding::new(cited::place(node, group.citation.span), subject, message);
    match group.never {
        Some(bound) => {
            finding.related(bound.place, format!("it did not exist at `{}` either, the commit of the evidence", bound.commit))
        }
        None => finding,
    }
}

fn plan(graph: &Graph, node: &RowNode, group: &Group<'_>) -> Finding {
    let row = cited::subject(graph, node);
    let names = cited::list(&group.names);
    let (message, help) = match group.ghost {
        Ghost::NoCase => (
            format!("{row} is to be verified by the test case {names}, which no document describes yet and no test carries"),
            "Describe the test case before the row claims to be verified.",
        ),
        _ => {
            let verb = if group.names.len() == 1 { "does" } else { "do" };
            let message = format!("{row} is to be verified by {names}, which {verb} not exist yet");
            (message, "Write the test before the row claims to be verified.")
        }
    };
    start(node, group, message).label("planned").help(help).severity(Severity::Info)
}

fn report(graph: &Graph, node: &RowNode, group: &Group<'_>) -> Finding {
    let row = cited::subject(graph, node);
    let names = cited::list(&group.names);
    match group.ghost {
        Ghost::NoFile(near) => no_file(graph, node, group, *near),
        Ghost::NoTest(file, near) => {
            let others = graph.tests_of(*file).filter(|id| graph.test(*id).kind == Kind::Test).count();
            let message = format!(
                "{row} cites {names}, but {} has no test of that name ({} in it)",
                graph.path(*file),
                count(others, "test")
            );
            suggest(graph, start(node, group, message).label(NO_TEST), group, *near)
        }
        Ghost::NoName(near) => {
            let tests = graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test).count();
            let message = format!("{row} cites {names}, but none of the {} that were read has that name", count(tests, "test"));
            suggest(graph, start(node, group, message).label(NO_TEST), group, *near)
        }
        Ghost::NoMatch => {
            let message = format!("{row} cites the files {names}, and no file matches that pattern");
            start(node, group, message).label(NO_MATCH).help(format!("Correct the pattern, {OR_WRITE}."))
        }
        Ghost::NoCase => {
            let message = format!("{row} cites the test case {names}: no document describes it and no test carries it");
            start(node, group, message)
                .label("no such test case")
                .help("Correct the identifier, describe the test case, or take the citation out.")
        }
    }
}

fn no_file(graph: &Graph, node: &RowNode, group: &Group<'_>, near: Option<FileId>) -> Finding {
    let row = cited::subject(graph, node);
    let path = file(group.citation).unwrap_or("");
    let message = if matches!(group.citation.target, Target::File { .. }) && group.names.len() == 1 {
        format!("{row} cites the file `{path}`, which does not exist")
    } else {
        format!("{row} cites {} in `{path}`, a file that does not exist", cited::list(&group.names))
    };
    let finding = start(node, group, message).label(NO_FILE);
    let tests = |file: FileId| graph.tests_of(file).any(|id| graph.test(id).kind == Kind::Test);
    match near.filter(|near| tests(*near) && resemble(cited::stem(path), cited::stem(graph.path(*near)))) {
        Some(near) => finding
            .help(format!("Did you mean `{}`? Correct the path, {OR_WRITE}.", graph.path(near)))
            .related(cited::top(near), "the nearest file that exists"),
        None => finding.help(format!("Correct the path, {OR_WRITE}.")),
    }
}

/// Names the nearest test, if it looks like the one that was meant.
fn suggest(graph: &Graph, finding: Finding, group: &Group<'_>, near: Option<TestId>) -> Finding {
    let cited = match &group.citation.target {
        Target::Test(name) => name.name.as_str(),
        _ => "",
    };
    match near.filter(|near| resemble(cited, &graph.test(*near).name)) {
        Some(near) => {
            let path = graph.path(graph.test_node(near).fact.file);
            finding
                .help(format!("Did you mean `{}` in {path}? Correct the name, {OR_WRITE}.", graph.test(near).name))
                .related(graph.test_place(near), "the nearest name that exists")
        }
        None => finding.help(format!("Correct the name, {OR_WRITE}.")),
    }
}
