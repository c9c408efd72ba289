//! Rows that say themselves that the verification failed.

use crate::check::cited;
use crate::check::fold::{Many, fold, unite};
use crate::check::support::status_place;
use crate::finding::Finding;
use crate::link::graph::{Found, Graph, Resolution, RowNode, TestId};
use crate::model::evidence::Outcome;
use crate::model::matrix::Status;
use crate::model::requirement::Standing;

/// Words for "failed" with which a cell begins: "0 failed" is none, and a cross alone may say that there is no test yet.
const FAILED: &[&str] = &[
    "fail",
    "nok",
    "fehlgeschlagen",
    "échec",
    "échoué",
    "falha",
    "falhou",
    "reprovad",
    "falló",
    "fallid",
    "провал",
    "не пройден",
    "失败",
    "失敗",
    "不合格",
    "실패",
    "불합격",
];

/// Words by which a cell goes on to say that it passes by now.
const MENDED: &[&str] = &["pass", "fix", "resolv", "retest", "correct", "behoben"];

const LABEL: &str = "says that it failed";

/// A finding for each row, or for all of a matrix where many say so.
pub(super) fn rows(graph: &Graph) -> Vec<Finding> {
    let open = graph.rows().filter(|(_, node)| !cited::is_retired(graph, node) && says_so(graph, node));
    let found = open.filter(|(_, node)| is_about_something(graph, node) && !is_seen_to_fail(graph, node));
    fold(graph, unite(found.map(|(_, node)| finding(graph, node)).collect()), many)
}

fn says_so(graph: &Graph, node: &RowNode) -> bool {
    if !matches!(graph.row(node).status, Some((Status::Fail, _))) {
        return false;
    }
    let cell = graph.text(status_place(graph, node)).to_lowercase();
    let said = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins =
        FAILED.iter().any(|word| said.starts_with(word)) && !["fail-", "failsafe"].iter().any(|word| said.starts_with(word));
    begins && !MENDED.iter().any(|word| said.contains(word))
}

fn is_about_something(graph: &Graph, node: &RowNode) -> bool {
    let active = |found: &Found| matches!(found, Found::One(id) if graph.requirement(*id).standing == Standing::Active);
    node.targets.iter().any(|target| active(&target.found))
}

/// Whether a result says of a test of the row that it failed: then that is told of the test.
fn is_seen_to_fail(graph: &Graph, node: &RowNode) -> bool {
    let failed = |test: &TestId| matches!(graph.test_node(*test).outcome, Some(Outcome::Failed | Outcome::Error));
    node.citations.iter().any(|found| matches!(found, Resolution::Tests(tests) if tests.iter().any(failed)))
}

fn finding(graph: &Graph, node: &RowNode) -> Finding {
    let row = cited::subject(graph, node);
    let message = format!("The row of {row} says that its verification failed");
    let finding = Finding::new(status_place(graph, node), row, message)
        .label(LABEL)
        .help("Correct the code or the test and run it again, or correct the status of the row.");
    cited::about(finding, graph, node)
}

fn many(_: &str, many: &Many<'_>) -> Option<String> {
    Some(format!("{} rows of {} say that their verification failed: {}", many.count, many.path, many.names))
}
