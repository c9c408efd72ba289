//! Results with what is known of their runs, and evidence that is no test.

use super::matrices::outcome;
use super::{Account, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::link::graph::{Graph, Requirement, Resolution, RowId};
use crate::model::evidence::Outcome;
use crate::model::requirement::Standing;
use crate::model::vocabulary::Method;
use crate::report::trace::words;
use crate::source::{FileId, Place};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The files of results.
pub(super) const RUNS: Entry = entry(
    "runs",
    "Test runs and their environment",
    "The files of results that were read: how many came out how, and whether they say where and on what they were made.",
    &[
        column("path", "File", Kind::Place),
        column("reader", "Format", Kind::Text),
        column("results", "Results", Kind::Number),
        column("passed", "Passed", Kind::Number),
        column("failed", "Failed or broken", Kind::Number),
        column("skipped", "Skipped or not run", Kind::Number),
        column("other", "Flaky or unexpected", Kind::Number),
        column("unlinked", "Of no test that was found", Kind::Number),
        column("commit", "Says its commit", Kind::Text),
        column("environment", "Says its environment", Kind::Status),
    ],
    runs,
);

/// Each result.
pub(super) const RESULTS: Entry = entry(
    "results",
    "Results",
    "Each result as its file tells it, with the test that produced it.",
    &[
        column("name", "Result", Kind::Text),
        column("suite", "Suite", Kind::Text),
        column("outcome", "Outcome", Kind::Status),
        column("message", "Message", Kind::Text),
        column("place", "Place", Kind::Place),
        column("test", "Test", Kind::Id),
    ],
    results,
);

/// Inspections, analyses, demonstrations, and whatever else is no test.
pub(super) const OTHER: Entry = entry(
    "other-evidence",
    "Evidence other than tests",
    "Requirements for which a method other than test is assigned or claimed. Whether it took place is not to be seen in what was read.",
    &[
        column("id", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("title", "Title", Kind::Text),
        column("state", "State", Kind::Status),
        column("assigned", "Assigned method", Kind::Text),
        column("claimed", "Claimed method", Kind::Text),
        column("cites", "Cites", Kind::Text),
        column("resolution", "What came of it", Kind::Status),
        column("status", "Claimed status", Kind::Text),
        column("place", "Place", Kind::Place),
    ],
    other,
);

/// How many results of a file came out how.
#[derive(Default)]
struct Count {
    all: usize,
    passed: usize,
    failed: usize,
    skipped: usize,
    other: usize,
    unlinked: usize,
}

fn runs<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let mut counts: BTreeMap<FileId, Count> = BTreeMap::new();
    for node in &graph.results {
        let count = counts.entry(node.fact.file).or_default();
        let Some(result) = graph.facts(node.fact.file).results.get(node.fact.index as usize) else { continue };
        count.all += 1;
        count.unlinked += usize::from(node.test.is_none());
        *match result.outcome {
            Outcome::Passed => &mut count.passed,
            Outcome::Failed | Outcome::Error => &mut count.failed,
            Outcome::Skipped | Outcome::NotRun => &mut count.skipped,
            Outcome::ExpectedFailure | Outcome::UnexpectedPass | Outcome::Flaky => &mut count.other,
        } += 1;
    }
    let row = |(file, count): (FileId, Count)| {
        let input = graph.input(file);
        let run = input.facts.run.as_deref();
        let commit = run.and_then(|run| run.commit.as_ref()).map(|commit| commit.text.as_str());
        let environment = match run.is_some_and(|run| run.environment) {
            true => Cell::status(Tone::Good, "yes"),
            false => Cell::status(Tone::Warn, "no"),
        };
        let numbers = [count.all, count.passed, count.failed, count.skipped, count.other, count.unlinked];
        let head = [Cell::Place(&input.path, None), Cell::text(input.reader)];
        let tail = [Cell::text(commit.unwrap_or("no")), environment];
        Row::new(head.into_iter().chain(numbers.map(Cell::Number)).chain(tail).collect())
    };
    or_note(counts.into_iter().map(row).collect(), || NO_RESULTS.into())
}

const NO_RESULTS: &str = "Not assessed: no result file was read.";

fn results<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let row = |node: &crate::link::graph::ResultNode| {
        let result = graph.facts(node.fact.file).results.get(node.fact.index as usize)?;
        let suite = result.suites.iter().map(String::as_str).chain([result.class.as_str()]).filter(|name| !name.is_empty());
        Some(Row::new(vec![
            Cell::text(result.name.as_str()),
            Cell::text(suite.collect::<Vec<_>>().join(" / ")),
            outcome(Some(result.outcome)),
            Cell::text(result.message.as_str()),
            Cell::at(graph, Place::new(node.fact.file, result.span)),
            node.test.map_or(Cell::Empty, |test| Cell::test(graph, test)),
        ]))
    };
    let row_of = |node| row(node);
    or_note(graph.results.iter().filter_map(row_of).collect(), || NO_RESULTS.into())
}

fn other<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let mut rows = Vec::new();
    for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
        let otherwise = graph.is_verified_otherwise(one) || one.methods.iter().any(|method| *method != Method::Test);
        let before = rows.len();
        let head = |assigned: &str| {
            vec![
                Cell::requirement(graph, id),
                Cell::text(graph.namespace(one)),
                Cell::text(one.title.as_str()),
                Cell::state(account.states.get(id)),
                Cell::text(assigned.to_owned()),
            ]
        };
        let assigned = assigned(graph, one);
        for row in &one.rows {
            rows.extend(in_row(graph, *row, otherwise).map(|tail| Row::new(head(assigned).into_iter().chain(tail).collect())));
        }
        if rows.len() == before && otherwise {
            let open = Cell::status(Tone::Open, "not assessed: nothing names its evidence");
            let tail = [Cell::Empty, Cell::Empty, open, Cell::Empty, Cell::at(graph, one.place)];
            rows.push(Row::new(head(assigned).into_iter().chain(tail).collect()));
        }
    }
    or_note(rows, || "No requirement in force is to be verified by anything but tests, as far as was read.".into())
}

fn assigned<'g>(graph: &'g Graph, one: &Requirement) -> &'g str {
    graph.definition(one).and_then(|definition| definition.method.as_ref()).map_or("", |method| &method.text)
}

/// What a row says that leads to no test; nothing where all of it does, unless the method is another.
fn in_row<'r>(graph: &'r Graph, row: RowId, otherwise: bool) -> impl Iterator<Item = [Cell<'r>; 5]> {
    let node = graph.row_node(row);
    let fact = graph.row(node);
    let words_of = move |resolution: &Resolution| match resolution {
        Resolution::File(_) | Resolution::Documented(_) => Some(Tone::Plain),
        Resolution::NoTest => Some(Tone::Open),
        _ if otherwise => Some(Tone::Plain),
        _ => None,
    };
    let method = || Cell::maybe(fact.method.as_ref().map(|method| method.text.as_str()));
    let status = || Cell::maybe(fact.status.as_ref().map(|(_, cell)| cell.text.as_str()));
    let cited = graph.citations(node).filter_map(move |(citation, resolution)| {
        let tone = words_of(resolution)?;
        let place = Cell::at(graph, Place::new(node.fact.file, citation.span));
        let what = Cell::status(tone, words::resolution(graph, resolution).0);
        Some([method(), Cell::text(words::citation(citation)), what, status(), place])
    });
    let bare = (fact.citations.is_empty() && otherwise).then(|| {
        let said: Vec<&str> = fact.cited.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let place = Cell::at(graph, Place::new(node.fact.file, fact.span));
        let open = Cell::status(Tone::Open, "not assessed: names no test");
        let method = Cell::maybe(fact.method.as_ref().map(|method| method.text.as_str()));
        let status = Cell::maybe(fact.status.as_ref().map(|(_, cell)| cell.text.as_str()));
        [method, Cell::text(Cow::from(said.join(", "))), open, status, place]
    });
    cited.chain(bare)
}
