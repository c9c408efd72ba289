//! Which levels of tests each requirement has: a map to be looked at.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::link::graph::{Demand, Graph, ReqId, Requirement, TestId};
use crate::model::evidence::Outcome;
use crate::model::vocabulary::Level;
use std::borrow::Cow;

/// The map.
pub(super) const LEVELS: Entry = entry(
    "levels",
    "Requirements by level",
    "For each requirement how many of its tests of each level passed, and which level is demanded and has none.",
    &[
        column("id", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("title", "Title", Kind::Text),
        column("standing", "Standing", Kind::Text),
        column("state", "State", Kind::Status),
        column("rung", "Rung", Kind::Text),
        column("unit", "Unit", Kind::Status),
        column("integration", "Integration", Kind::Status),
        column("system", "System", Kind::Status),
        column("acceptance", "Acceptance", Kind::Status),
        column("unknown", "Level unknown", Kind::Status),
        column("demands", "Demands", Kind::Text),
        column("place", "Defined at", Kind::Place),
    ],
    levels,
);

/// The levels, and at last those whose level is not known.
const COLUMNS: [Option<Level>; 5] =
    [Some(Level::Unit), Some(Level::Integration), Some(Level::System), Some(Level::Acceptance), None];

fn levels<'r>(account: &Account<'r>) -> Made<'r> {
    let rows = account.graph().requirements().map(|(id, one)| row(account, id, one)).collect();
    or_note(rows, || "No requirement was found.".into())
}

fn row<'r>(account: &Account<'r>, id: ReqId, one: &'r Requirement) -> Row<'r> {
    let graph = account.graph();
    let mut cells = vec![
        Cell::requirement(graph, id),
        Cell::text(graph.namespace(one)),
        Cell::text(one.title.as_str()),
        Cell::text(one.standing.name()),
        Cell::state(account.states.get(id)),
        Cell::text(one.rung.name()),
    ];
    let tests = by_level(graph, one);
    cells.extend(COLUMNS.iter().zip(tests).map(|(level, count)| cell(one, *level, count)));
    cells.push(Cell::text(one.demands.iter().map(demand).collect::<Vec<_>>().join("; ")));
    cells.push(Cell::at(graph, one.place));
    Row::of(Anchor::Requirement(id), cells)
}

/// Tests of one level: how many, and how they came out.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    passed: usize,
    without: usize,
}

/// The tests of a requirement, each counted once for each level that it has.
fn by_level(graph: &Graph, one: &Requirement) -> [Count; 5] {
    let mut counts = [Count::default(); 5];
    let mut seen: Vec<(Option<Level>, TestId)> = one.evidence.iter().map(|evidence| (evidence.level, evidence.test)).collect();
    seen.sort_unstable();
    seen.dedup();
    let cited = graph.cited(one);
    for (level, test) in seen {
        let known = cited.binary_search_by_key(&test, |cited| cited.test).ok().and_then(|at| cited.get(at));
        let cases = known.map_or(&[][..], |cited| &cited.cases);
        let outcome = graph.outcome_of(test, cases);
        let slot = COLUMNS.iter().position(|column| *column == level).and_then(|at| counts.get_mut(at));
        if let Some(count) = slot {
            count.all += 1;
            count.passed += usize::from(outcome == Some(Outcome::Passed));
            count.without += usize::from(outcome.is_none());
        }
    }
    counts
}

fn cell(one: &Requirement, level: Option<Level>, count: Count) -> Cell<'static> {
    let demanded = one.demands.iter().any(|demand| level.is_some() && demand.level == level && !demand.weak);
    match count {
        Count { all: 0, .. } if demanded => Cell::status(Tone::Warn, "demanded, none"),
        Count { all: 0, .. } => Cell::Empty,
        Count { all, passed, .. } if passed == all => Cell::status(Tone::Good, format!("{all} passed")),
        Count { all, passed: 0, without } if without == all => Cell::status(Tone::Open, format!("{all} without a result")),
        Count { all, passed, without } if passed + without == all => {
            Cell::status(Tone::Open, format!("{passed} of {all} passed, {without} without a result"))
        }
        Count { all, passed, .. } => Cell::status(Tone::Bad, format!("{passed} of {all} passed")),
    }
}

/// A demand in words.
fn demand(demand: &Demand) -> Cow<'_, str> {
    let what = match (demand.level, demand.rung) {
        (Some(level), _) => level.name(),
        (None, Some(rung)) => rung.name(),
        (None, None) => "a verification",
    };
    let weak = if demand.weak { ", by its wording alone" } else { "" };
    format!("{what} ({}{weak})", demand.source).into()
}
