//! Rows that say themselves that the verification failed, or that there was none.

use crate::check::cited;
use crate::check::fold::{fold, unite};
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

/// Words with which a cell begins that denies any test.
const UNTESTED: &[&str] = &["not tested", "untested", "not covered", "not verified", "not validated", "uncovered", "unverified"];

/// What such a row says, and what is to be done.
#[derive(Clone, Copy)]
struct Saying {
    one: &'static str,
    several: &'static str,
    label: &'static str,
    help: &'static str,
}

const FAILURE: Saying = Saying {
    one: "that its verification failed",
    several: "that their verification failed",
    label: "says that it failed",
    help: "Correct the code or the test and run it again, or correct the status of the row.",
};

const ABSENCE: Saying = Saying {
    one: "that it is not tested, although it cites a test",
    several: "that they are not tested, although they cite tests",
    label: "says that it is not tested",
    help: "Test it and correct the status of the row, or take out the citation of what does not test it.",
};

/// A finding for each row, or for all of a matrix where many say so.
pub(super) fn rows(graph: &Graph) -> Vec<Finding> {
    let open =
        || graph.rows().map(|(_, node)| node).filter(|node| !cited::is_retired(graph, node) && is_about_something(graph, node));
    let failed = open().filter(|node| says_failed(graph, node) && !is_seen_to_fail(graph, node));
    let untested = open().filter(|node| says_untested(graph, node));
    let mut found = told(graph, failed, FAILURE);
    found.extend(told(graph, untested, ABSENCE));
    found
}

fn told<'g>(graph: &'g Graph, rows: impl Iterator<Item = &'g RowNode>, saying: Saying) -> Vec<Finding> {
    let found = rows.map(|node| finding(graph, node, saying)).collect();
    fold(graph, unite(found), |_, many| {
        Some(format!("{} rows of {} say {}: {}", many.count, many.path, saying.several, many.names))
    })
}

/// The words of the status cell, from the first on.
fn words_of_status(graph: &Graph, node: &RowNode) -> String {
    let cell = graph.text(status_place(graph, node)).to_lowercase();
    cell.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn says_failed(graph: &Graph, node: &RowNode) -> bool {
    if !matches!(graph.row(node).status, Some((Status::Fail, _))) {
        return false;
    }
    let said = words_of_status(graph, node);
    let begins =
        FAILED.iter().any(|word| said.starts_with(word)) && !["fail-", "failsafe"].iter().any(|word| said.starts_with(word));
    begins && !MENDED.iter().any(|word| said.contains(word))
}

/// A row that cites what is there and denies in its status that it tests anything.
fn says_untested(graph: &Graph, node: &RowNode) -> bool {
    let there = |found: &Resolution| matches!(found, Resolution::Tests(_) | Resolution::File(_));
    if graph.row(node).status.is_none() || !node.citations.iter().any(there) {
        return false;
    }
    let said = words_of_status(graph, node);
    let whole = |word: &&str| said.strip_prefix(*word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    UNTESTED.iter().any(whole) && !MENDED.iter().any(|word| said.contains(word))
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

fn finding(graph: &Graph, node: &RowNode, saying: Saying) -> Finding {
    let row = cited::subject(graph, node);
    let message = format!("The row of {row} says {}", saying.one);
    let finding = Finding::new(status_place(graph, node), row, message).label(saying.label).help(saying.help);
    cited::about(finding, graph, node)
}
