//! The matrix in both directions, as it was found: requirements to tests, and tests to requirements.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::link::graph::{Evidence, Graph, ReqId, Requirement, Resolution, RowId, TestId, Via};
use crate::model::evidence::Outcome;
use crate::model::test_case::{Grade, Kind as TestKind};
use crate::report::list::state_name;
use crate::report::trace::words;
use crate::source::Place;
use std::borrow::Cow;

/// Requirements to tests.
pub(super) const FORWARD: Entry = entry(
    "forward",
    "Forward matrix",
    "Requirements to tests: a row for each citation and each marker, with what came of it. A requirement that nothing names has a row that says so.",
    &[
        column("id", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("title", "Title", Kind::Text),
        column("state", "State", Kind::Status),
        column("named", "Named by", Kind::Text),
        column("at", "At", Kind::Place),
        column("cites", "Cites", Kind::Text),
        column("resolution", "What came of it", Kind::Status),
        column("test", "Test", Kind::Id),
        column("test_place", "Test stands at", Kind::Place),
        column("level", "Level", Kind::Text),
        column("outcome", "Outcome", Kind::Status),
        column("claimed", "Claimed status", Kind::Text),
    ],
    forward,
);

/// Tests to requirements.
pub(super) const BACKWARD: Entry = entry(
    "backward",
    "Backward matrix",
    "Tests to requirements: a row for each test and each requirement that it is evidence of. A test without one has a row that says so.",
    &[
        column("test", "Test", Kind::Id),
        column("place", "Place", Kind::Place),
        column("level", "Level", Kind::Text),
        column("runs", "In its source", Kind::Text),
        column("outcome", "Outcome", Kind::Status),
        column("id", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("title", "Title", Kind::Text),
        column("link", "Link", Kind::Status),
    ],
    backward,
);

fn forward<'r>(account: &Account<'r>) -> Made<'r> {
    let mut rows = Vec::new();
    for (id, one) in account.graph().requirements() {
        let before = rows.len();
        for row in &one.rows {
            cited(account, id, *row, &mut rows);
        }
        marked(account, id, one, &mut rows);
        if rows.len() == before {
            rows.push(Line { resolution: unnamed(account, id), ..Line::default() }.row(account, id));
        }
    }
    or_note(rows, || "No requirement was found.".into())
}

/// One row of the forward matrix without its requirement.
struct Line<'r> {
    named: &'static str,
    at: Cell<'r>,
    cites: Cow<'r, str>,
    resolution: Cell<'r>,
    test: Option<TestId>,
    level: Cell<'r>,
    outcome: Cell<'r>,
    claimed: Cell<'r>,
}

impl Default for Line<'_> {
    fn default() -> Self {
        let empty = || Cell::Empty;
        let (at, resolution, level, outcome, claimed) = (empty(), empty(), empty(), empty(), empty());
        Self { named: "", at, cites: Cow::default(), resolution, test: None, level, outcome, claimed }
    }
}

impl<'r> Line<'r> {
    fn row(self, account: &Account<'r>, id: ReqId) -> Row<'r> {
        let graph = account.graph();
        let one = graph.requirement(id);
        let test = self
            .test
            .map_or((Cell::Empty, Cell::Empty), |test| (Cell::test(graph, test), Cell::at(graph, graph.test_place(test))));
        Row::new(vec![
            Cell::requirement(graph, id),
            Cell::text(graph.namespace(one)),
            Cell::text(one.title.as_str()),
            Cell::state(account.states.get(id)),
            Cell::text(self.named),
            self.at,
            Cell::text(self.cites),
            self.resolution,
            test.0,
            test.1,
            self.level,
            self.outcome,
            self.claimed,
        ])
    }
}

/// Why a requirement has no row of its own.
fn unnamed(account: &Account<'_>, id: ReqId) -> Cell<'static> {
    match account.states.not_assessed(account.graph(), id) {
        Some(why) => Cell::status(Tone::Open, format!("not assessed: {why}")),
        None => Cell::status(Tone::Bad, "nothing names it"),
    }
}

/// The citations of a row, each with the tests that it leads to.
fn cited<'r>(account: &Account<'r>, id: ReqId, row: RowId, rows: &mut Vec<Row<'r>>) {
    let graph = account.graph();
    let node = graph.row_node(row);
    let fact = graph.row(node);
    let claimed = || Cell::maybe(fact.status.as_ref().map(|(_, cell)| cell.text.as_str()));
    let before = rows.len();
    for (citation, resolution) in graph.citations(node) {
        let (tests, what) = resolved(graph, resolution);
        let line = |test: Option<TestId>| Line {
            named: "row",
            at: Cell::at(graph, Place::new(node.fact.file, citation.span)),
            cites: words::citation(citation).into(),
            resolution: what.clone(),
            test,
            level: test.map_or(Cell::Empty, |test| level(graph, graph.requirement(id), test)),
            outcome: test.map_or(Cell::Empty, |test| outcome(graph.cited_outcome(test, citation))),
            claimed: claimed(),
        };
        if tests.is_empty() {
            rows.push(line(None).row(account, id));
        }
        rows.extend(tests.iter().map(|test| line(Some(*test)).row(account, id)));
    }
    if rows.len() == before {
        let said: Vec<&str> = fact.cited.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let line = Line {
            named: "row",
            at: Cell::at(graph, Place::new(node.fact.file, fact.span)),
            cites: said.join(", ").into(),
            resolution: Cell::status(Tone::Plain, "cites no test"),
            claimed: claimed(),
            ..Line::default()
        };
        rows.push(line.row(account, id));
    }
}

/// The tests that a citation leads to, and what came of it.
fn resolved<'g>(graph: &Graph, resolution: &'g Resolution) -> (&'g [TestId], Cell<'static>) {
    let (tests, tone): (&[TestId], Tone) = match resolution {
        Resolution::Tests(tests) => (tests, Tone::Good),
        Resolution::WrongFile { found, .. } => (found, Tone::Bad),
        Resolution::File(_) | Resolution::Documented(_) | Resolution::NoTest => (&[], Tone::Plain),
        Resolution::NotAssessed(_) | Resolution::Ambiguous(_) => (&[], Tone::Open),
        Resolution::NotATest(_) | Resolution::NoLine { .. } | Resolution::Ghost(_) => (&[], Tone::Bad),
    };
    (tests, Cell::status(tone, words::resolution(graph, resolution).0))
}

/// The tests that say themselves, or in their results, what they verify; and markers beside no test.
fn marked<'r>(account: &Account<'r>, id: ReqId, one: &'r Requirement, rows: &mut Vec<Row<'r>>) {
    let graph = account.graph();
    let all = one.tests();
    for fact in &one.markers {
        let marker = graph.marker(*fact);
        let named = match marker.grade {
            _ if !graph.facts(fact.file).results.is_empty() => "result",
            Grade::File => "marker of its file",
            Grade::Class => "marker of its class",
            Grade::Function => "marker",
        };
        let at = || Cell::at(graph, Place::new(fact.file, marker.span));
        let tests = graph.marked(&all, *fact);
        for test in &tests {
            let line = Line {
                named,
                at: at(),
                resolution: Cell::status(Tone::Good, "exists"),
                test: Some(*test),
                level: level(graph, one, *test),
                outcome: outcome(graph.test_node(*test).outcome),
                ..Line::default()
            };
            rows.push(line.row(account, id));
        }
        if tests.is_empty() {
            let resolution = Cell::status(Tone::Open, "no test was recognised beside it");
            rows.push(Line { named, at: at(), resolution, ..Line::default() }.row(account, id));
        }
    }
}

/// The links between a requirement and a test.
fn links(one: &Requirement, test: TestId) -> &[Evidence] {
    let first = one.evidence.partition_point(|evidence| evidence.test < test);
    let end = one.evidence.partition_point(|evidence| evidence.test <= test);
    one.evidence.get(first..end).unwrap_or_default()
}

fn level(graph: &Graph, one: &Requirement, test: TestId) -> Cell<'static> {
    let known = links(one, test).iter().filter_map(|evidence| evidence.level);
    let mut known: Vec<&str> = known.chain(graph.test_node(test).level).map(|level| level.name()).collect();
    known.sort_unstable();
    known.dedup();
    Cell::text(if known.is_empty() { "unknown".to_owned() } else { known.join(", ") })
}

/// What came of a test.
pub(super) fn outcome(outcome: Option<Outcome>) -> Cell<'static> {
    match outcome {
        None => Cell::status(Tone::Open, "no result"),
        Some(Outcome::Passed) => Cell::status(Tone::Good, Outcome::Passed.name()),
        Some(outcome @ (Outcome::Failed | Outcome::Error)) => Cell::status(Tone::Bad, outcome.name()),
        Some(outcome) => Cell::status(Tone::Warn, outcome.name()),
    }
}

fn backward<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let mut rows = Vec::new();
    for (id, node) in graph.tests().filter(|(id, _)| graph.test(*id).kind == TestKind::Test) {
        let level = node.level.map_or("unknown", |level| level.name());
        let head = || {
            vec![
                Cell::test(graph, id),
                Cell::at(graph, graph.test_place(id)),
                Cell::text(level),
                Cell::text(state_name(graph.test(id).state)),
                outcome(node.outcome),
            ]
        };
        for requirement in &node.verifies {
            let one = graph.requirement(*requirement);
            let link = Cell::status(Tone::Good, via(one, id));
            let tail =
                [Cell::requirement(graph, *requirement), Cell::text(graph.namespace(one)), Cell::text(one.title.as_str()), link];
            rows.push(Row::of(Anchor::Test(id), head().into_iter().chain(tail).collect()));
        }
        if node.verifies.is_empty() {
            let word = if node.cited { "cited for what no specification defines" } else { "traces to no requirement" };
            let tail = [Cell::Empty, Cell::Empty, Cell::Empty, Cell::status(Tone::Warn, word)];
            rows.push(Row::of(Anchor::Test(id), head().into_iter().chain(tail).collect()));
        }
    }
    or_note(rows, || "No test was found.".into())
}

/// How it is known that a test verifies a requirement.
fn via(one: &Requirement, test: TestId) -> &'static str {
    match links(one, test).first().map(|evidence| evidence.via) {
        Some(Via::Row(_)) => "row",
        Some(Via::Marker(_)) => "marker",
        None => "named",
    }
}
