//! What was not checked: the section that an auditor reads first.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, column, entry, or_note};
use crate::check::CHECKS;
use crate::link::graph::Resolution;
use crate::model::requirement::Standing;
use crate::report::assessed::why_not;
use crate::report::list::dropped;
use crate::report::trace::words;
use crate::source::Place;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Everything that was not looked at, with the reason.
pub(super) const UNCHECKED: Entry = entry(
    "not-checked",
    "What was not checked",
    "Files that were passed over, text that could not be read, citations and rungs that could not be assessed, and checks that did not run, each with the reason.",
    &[
        column("kind", "Kind", Kind::Text),
        column("what", "What", Kind::Id),
        column("why", "Why", Kind::Text),
        column("count", "How many", Kind::Number),
        column("place", "Place", Kind::Place),
    ],
    unchecked,
);

fn row<'r>(kind: &'static str, what: Cell<'r>, why: impl Into<Cow<'r, str>>, count: Option<usize>, place: Cell<'r>) -> Row<'r> {
    Row::new(vec![Cell::text(kind), what, Cell::text(why), count.map_or(Cell::Empty, Cell::Number), place])
}

fn unchecked<'r>(account: &Account<'r>) -> Made<'r> {
    let mut rows = Vec::new();
    checks(account, &mut rows);
    rungs(account, &mut rows);
    requirements(account, &mut rows);
    citations(account, &mut rows);
    unread(account, &mut rows);
    compared(account, &mut rows);
    for (path, why) in account.passed_over {
        rows.push(row("file passed over", Cell::text(path.as_str()), why.as_str(), None, Cell::Empty));
    }
    or_note(rows, || "Everything that was found was read, and each check had something to look at.".into())
}

/// Checks that are turned off or had nothing to look at.
fn checks<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    for check in CHECKS {
        if let Some(why) = why_not(account.report, check) {
            rows.push(row("check", Cell::text(format!("{} {}", check.code, check.name)), why, None, Cell::Empty));
        }
    }
}

/// Rungs that could not be assessed, by reason.
fn rungs<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    let ladder = &account.report.summary.ladder;
    let lists: [(&str, &BTreeMap<String, usize>); 3] =
        [("asserts", &ladder.not_asserted), ("executes", &ladder.not_executed), ("kills", &ladder.not_killed)];
    for (rung, reasons) in lists {
        rows.extend(reasons.iter().map(|(why, n)| row("rung", Cell::text(rung), why.clone(), Some(*n), Cell::Empty)));
    }
}

/// Requirements that could not be assessed any further, each with its own reason.
fn requirements<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    let graph = account.graph();
    for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
        if let Some(why) = account.states.not_assessed(graph, id) {
            rows.push(row("requirement", Cell::requirement(graph, id), why, None, Cell::at(graph, one.place)));
        }
    }
}

/// Citations that could not be looked up.
fn citations<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    let graph = account.graph();
    for (_, node) in graph.rows() {
        for (citation, resolution) in graph.citations(node) {
            if let Resolution::NotAssessed(why) = resolution {
                let place = Cell::at(graph, Place::new(node.fact.file, citation.span));
                rows.push(row("citation", Cell::text(words::citation(citation)), why.text(), None, place));
            }
        }
    }
}

/// Text that could not be read, and documents whose identifiers count for nothing.
fn unread<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    let graph = account.graph();
    for (file, input) in graph.files() {
        let link = || Cell::Link(Cow::Borrowed(input.path.as_str()), Anchor::Input(file));
        for problem in &input.facts.problems {
            let kind = if problem.whole_file { "unread file" } else { "unread place" };
            rows.push(row(kind, link(), problem.reason.as_str(), None, Cell::at(graph, Place::new(file, problem.span))));
        }
        let why = dropped(input);
        if !why.is_empty() {
            rows.push(row("document", link(), why, None, Cell::Place(&input.path, None)));
        }
    }
}

/// What was not there to compare with.
fn compared<'r>(account: &Account<'r>, rows: &mut Vec<Row<'r>>) {
    let absent = account.report.since.into_iter().flat_map(|since| &since.absent);
    rows.extend(
        absent.map(|what| row("comparison", Cell::text(what.as_str()), "it was not there to compare with", None, Cell::Empty)),
    );
    if account.delta.is_none() {
        let why = "no baseline to compare with was named";
        rows.push(row("comparison", Cell::text("changes since a baseline"), why, None, Cell::Empty));
    }
}
