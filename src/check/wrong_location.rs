//! # M04 wrong-location
//!
//! A cited test must stand in the file that is cited, a cited line must lie within its file, and a
//! name without a file must fit one test only, and so must the name of a file without its folder. What else the row or
//! the heading above it names, and the code beside which a file lies, may say which one is meant.
//!
//! ## Why it matters
//!
//! Who follows the citation finds another test or none, and cannot repeat the verification. When
//! two files hold a test of the same name, one of them may pass while the other, the one that was
//! meant, fails.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not start when it is overloaded.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Overload | tests/test_door.py::test_overload | PASS |
//! ```
//!
//! ```file tests/test_door.py
//! def test_door_closes():
//!     assert works()
//! ```
//!
//! ```file tests/test_drive.py
//! def test_overload():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Overload
//! The lift shall not start when it is overloaded.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Overload | tests/test_drive.py::test_overload | PASS |
//! ```
//!
//! ```file tests/test_drive.py
//! def test_overload():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Write the file where the test stands in front of its name. In a list, a name without a file
//! belongs to the file before it: `test_a::one, two` says that both stand in `test_a`.
//!
//! ## Serves
//!
//! DO-178C 11.21; IEC 62304 5.7.5

use super::cited::{self, code, list};
use super::fold::{Many, fold, unite};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Ghost, Graph, Resolution, RowNode, TestId};
use crate::model::citation::{Citation, Target, TestName};
use crate::settings::Settings;
use crate::source::FileId;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M04", name: "wrong-location", severity: Severity::Error, source: include_str!("wrong_location.rs"), run };

/// As many places of a name are shown.
const MAX_PLACES: usize = 5;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut found = Vec::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        for (citation, resolution) in graph.citations(node) {
            let finding = match (resolution, &citation.target) {
                (Resolution::WrongFile { cited, found }, Target::Test(name)) => {
                    wrong_file(graph, node, citation, name, *cited, found)
                }
                (Resolution::NoLine { file, line, last }, _) => no_line(graph, node, citation, (*file, *line, *last)),
                // A column beside it names the file, and that this is missing is told already.
                (Resolution::Ambiguous(_), Target::Test(_)) if lacks_file(graph, node, citation) => continue,
                (Resolution::Ambiguous(found), Target::Test(name)) => ambiguous(graph, node, citation, name, found),
                (Resolution::Ambiguous(found), Target::File { path, .. }) if names_requirement(node) => {
                    several(graph, node, citation, path, found)
                }
                _ => continue,
            };
            found.push(cited::about(finding, graph, node));
        }
    }
    findings.extend(fold(graph, unite(found), many));
}

/// What many citations of one matrix have in common.
fn many(label: &str, many: &Many<'_>) -> Option<String> {
    let what = match label {
        SEVERAL => "names without a file that tests in several files have",
        CALLED => "files without a folder, and several files with tests are called so",
        ELSEWHERE => "files in which the tests do not stand",
        CLASS => "classes in which the tests do not stand",
        BEHIND => "lines behind the end of their files",
        _ => return None,
    };
    Some(format!("{} citations of {} name {what}: {}", many.count, many.path, many.names))
}

/// Labels of the findings.
const ELSEWHERE: &str = "stands elsewhere";
const CLASS: &str = "stands in another class";
const BEHIND: &str = "behind the end of the file";
const SEVERAL: &str = "fits several tests";
const CALLED: &str = "fits several files";

fn wrong_file(
    graph: &Graph,
    node: &RowNode,
    citation: &Citation,
    name: &TestName,
    named: Option<FileId>,
    found: &[TestId],
) -> Finding {
    let row = cited::subject(graph, node);
    let (test, file) = (&name.name, name.file.as_deref().unwrap_or(""));
    let places = list(&paths(graph, found));
    let real =
        if paths(graph, found).len() == 1 { format!("stands in {places}") } else { format!("stands in other files: {places}") };
    let within = |known: FileId| found.iter().filter(move |id| graph.test_node(**id).fact.file == known);
    if let Some(known) = named.filter(|known| !name.scope.is_empty() && within(*known).next().is_some()) {
        return wrong_class(graph, node, citation, name, known, &within(known).copied().collect::<Vec<TestId>>());
    }
    let message = match (name.inherited, named) {
        (true, _) => format!("{row} cites `{test}` without a file, so it belongs to `{file}` before it, but the test {real}"),
        (false, Some(known)) => format!("{row} cites `{test}` in {}, but the test {real}", graph.path(known)),
        (false, None) => format!("{row} cites `{test}` in `{file}`, which does not exist; a test of that name {real}"),
    };
    let right = found.first().map_or("", |id| cited::stem(graph.path(graph.test_node(*id).fact.file)));
    let help = match name.inherited {
        true => format!("Write the file in front of the name: `{right}::{test}`."),
        false => String::from("Correct the file of the citation, or move the test."),
    };
    let finding = Finding::new(cited::place(node, citation.span), name.qualified(), message).label(ELSEWHERE).help(help);
    show(graph, finding, found)
}

/// A test that stands in the file which is cited, and in another class of it.
fn wrong_class(graph: &Graph, node: &RowNode, citation: &Citation, name: &TestName, file: FileId, found: &[TestId]) -> Finding {
    let (row, path) = (cited::subject(graph, node), graph.path(file));
    let names: Vec<String> = found.iter().map(|id| graph.test(*id).qualified()).collect();
    let (test, class) = (&name.name, name.scope.join("::"));
    let message = format!("{row} cites `{test}` in `{class}` of {path}, but the test there is {}", list(&names));
    let finding = Finding::new(cited::place(node, citation.span), name.qualified(), message)
        .label(CLASS)
        .help("Correct the class or the suite of the citation, or move the test.");
    show(graph, finding, found)
}

/// Whether a column beside a name has the file in which it is to be found, and that does not exist.
fn lacks_file(graph: &Graph, node: &RowNode, name: &Citation) -> bool {
    let cell = |one: &Citation| graph.row(node).cited.iter().position(|cell| cell.span.contains(one.span));
    let missing = |one: &Resolution| matches!(one, Resolution::Ghost(Ghost::NoFile(_)));
    let file = |one: &Citation| matches!(one.target, Target::File { .. }) && cell(one) != cell(name);
    graph.citations(node).any(|(citation, one)| file(citation) && missing(one))
}

fn no_line(graph: &Graph, node: &RowNode, citation: &Citation, (file, line, last): (FileId, u32, u32)) -> Finding {
    let (row, path) = (cited::subject(graph, node), graph.path(file));
    let message = format!("{row} cites line {line} of {path}, which ends with line {last}");
    Finding::new(cited::place(node, citation.span), format!("{path}:{line}"), message)
        .label(BEHIND)
        .help("Correct the line, or cite the test by its name, which survives edits above it.")
        .related(cited::top(file), "the file that is cited")
}

fn ambiguous(graph: &Graph, node: &RowNode, citation: &Citation, name: &TestName, found: &[TestId]) -> Finding {
    let row = cited::subject(graph, node);
    let files = paths(graph, found);
    let message = format!(
        "{row} cites `{}` without a file, and {} have a test of that name: {}",
        name.name,
        count(files.len(), "file"),
        list(&files)
    );
    let right = found.first().map_or("", |id| cited::stem(graph.path(graph.test_node(*id).fact.file)));
    let finding = Finding::new(cited::place(node, citation.span), name.qualified(), message).label(SEVERAL).help(format!(
        "Write the file that is meant in front of the name, for example {}.",
        code(&format!("{right}::{}", name.name))
    ));
    show(graph, finding, found)
}

/// Whether a row is about a requirement that is known: the names of files in other tables need not say which one is meant.
fn names_requirement(node: &RowNode) -> bool {
    node.targets.iter().any(|target| matches!(target.found, Found::One(_)))
}

/// The name of a file that several have.
fn several(graph: &Graph, node: &RowNode, citation: &Citation, path: &str, found: &[TestId]) -> Finding {
    let files = paths(graph, found);
    let (row, called) = (cited::subject(graph, node), code(path));
    let shown: Vec<&str> = files.iter().map(String::as_str).take(MAX_PLACES).collect();
    let more = files.len() - shown.len();
    let names = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { list(&files) };
    let message = format!("{row} cites {called}, and {} with tests are called so: {names}", count(files.len(), "file"));
    let right = files.first().map_or("", String::as_str);
    let help = format!("Write the path of the file that is meant, for example {}.", code(right));
    Finding::new(cited::place(node, citation.span), path, message).label(CALLED).help(help)
}

fn paths(graph: &Graph, found: &[TestId]) -> Vec<String> {
    let mut paths: Vec<String> = found.iter().map(|id| graph.path(graph.test_node(*id).fact.file).to_owned()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn show(graph: &Graph, finding: Finding, found: &[TestId]) -> Finding {
    found
        .iter()
        .take(MAX_PLACES)
        .fold(finding, |finding, id| finding.related(graph.test_place(*id), "a test of that name stands here"))
}
