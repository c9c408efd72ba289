//! How strong the evidence is: counts for each rung, and each requirement by itself.

use super::{Account, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::link::executed::Unknown;
use crate::link::graph::Rung;
use crate::link::mutated::Unkilled;
use crate::report::trace::ladder::{Answer, Step, steps};
use crate::report::trace::words::why_not_higher;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many requirements stand on each rung.
pub(super) const LADDER: Entry = entry(
    "ladder",
    "Evidence ladder",
    "How many requirements in force reach each rung; whoever reaches one also stands on those below it.",
    &[
        column("rung", "Rung", Kind::Text),
        column("reached", "Reached", Kind::Number),
        column("of", "Of", Kind::Number),
        column("not_assessed", "Not assessed", Kind::Number),
        column("why", "Why not assessed", Kind::Text),
    ],
    ladder,
);

/// What is known of each rung of each requirement.
pub(super) const STRENGTH: Entry = entry(
    "strength",
    "Strength of the evidence",
    "For each requirement which rungs its evidence reaches, and why it stands no higher.",
    &[
        column("id", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("state", "State", Kind::Status),
        column("rung", "Rung", Kind::Text),
        column("cited", "Cited", Kind::Status),
        column("exists", "Exists", Kind::Status),
        column("passes", "Passes", Kind::Status),
        column("asserts", "Asserts", Kind::Status),
        column("executes", "Executes", Kind::Status),
        column("kills", "Kills", Kind::Status),
        column("why", "Why no higher", Kind::Text),
    ],
    strength,
);

fn ladder<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let ladder = &account.report.summary.ladder;
    let (all, of) = (BTreeMap::new(), account.report.summary.active);
    // Without anything of its kind a reason is told once for all.
    let absent = |why: &'static str, any: bool| (!any).then_some(why);
    let rungs = [
        (Rung::Cited, ladder.cited, &all, None),
        (Rung::Exists, ladder.exists, &all, None),
        (Rung::Passes, ladder.passes, &all, None),
        (Rung::Asserts, ladder.asserts, &ladder.not_asserted, None),
        (Rung::Executes, ladder.executes, &ladder.not_executed, absent(Unknown::NoCoverage.text(), graph.measured.any)),
        (Rung::Kills, ladder.kills, &ladder.not_killed, absent(Unkilled::NoResults.text(), graph.mutated.any)),
    ];
    let row = |(rung, reached, open, absent): (Rung, usize, &BTreeMap<String, usize>, Option<&'static str>)| {
        let (reached, open, why) = match absent {
            Some(why) => (Cell::Empty, of, why.to_owned()),
            None => (Cell::Number(reached), open.values().sum(), reasons(open)),
        };
        Row::new(vec![Cell::text(rung.name()), reached, Cell::Number(of), Cell::Number(open), Cell::text(why)])
    };
    let further = || {
        let open = ladder.not_assessed.values().sum();
        let why = Cell::text(reasons(&ladder.not_assessed));
        Row::new(vec![Cell::text("any further"), Cell::Empty, Cell::Number(of), Cell::Number(open), why])
    };
    (rungs.into_iter().map(row).chain([further()]).collect(), Vec::new())
}

fn reasons(open: &BTreeMap<String, usize>) -> String {
    open.iter().map(|(why, n)| format!("{n}: {why}")).collect::<Vec<_>>().join("; ")
}

fn strength<'r>(account: &Account<'r>) -> Made<'r> {
    let (graph, states) = (account.graph(), account.states);
    let requirements: Vec<_> = graph.requirements().collect();
    let rows = requirements.into_par_iter().map(|(id, one)| {
        let mut cells = vec![
            Cell::requirement(graph, id),
            Cell::text(graph.namespace(one)),
            Cell::state(states.get(id)),
            Cell::text(one.rung.name()),
        ];
        cells.extend(steps(graph, one).iter().map(answer));
        cells.push(Cell::text(why_not_higher(graph, one)));
        Row::new(cells)
    });
    or_note(rows.collect(), || "No requirement was found.".into())
}

fn answer<'r>(step: &Step) -> Cell<'r> {
    let tone = match step.answer {
        Answer::Yes => Tone::Good,
        Answer::No => Tone::Bad,
        Answer::NotAssessed => Tone::Open,
    };
    Cell::status(tone, step.text())
}
