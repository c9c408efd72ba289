//! Corrective and preventive actions in the tables of records.

use crate::model::Facts;
use crate::model::contents::Filled;
use crate::model::record::{Action, Details};
use crate::model::vocabulary::{self, words};
use crate::read::contents::progress::{self, Progress};
use crate::read::contents::{causes, filled, names as forms, tongues};
use crate::read::grammar::{identifier, row};
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::source::Spanned;

/// Names of columns that are called after the identifiers of actions.
pub(in crate::read) const ACTION_IDS: &[&str] = &[
    "capa",
    "capa id",
    "action",
    "action id",
    "capa no",
    "capa number",
    "action item",
    "corrective action",
    "preventive action",
];

/// Reads a table of actions; any other table adds nothing. `above` are the headings above it, the nearest first.
pub fn actions<'h>(text: &str, grid: &Grid, closed: bool, mut above: impl Iterator<Item = &'h str>, facts: &mut Facts) {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let named = |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str()));
    let Some(id) = named(ACTION_IDS) else { return };
    let Some(what) =
        named(&["description", "action description", "what", "action", "task", "details", "measure"]).filter(|what| *what != id)
    else {
        return;
    };
    let outcome = named(&["outcome", "status", "result", "state", "completed", "completion", "closed"]);
    let told = above.find_map(causes::kind);
    for line in &grid.rows {
        let Some(mut action) = action(text, line, id, what, outcome, closed) else { continue };
        action.details = Box::new(details(text, line, &names));
        action.details.outcome = outcome.map(|at| filled::filled(line.cell(text, at)));
        // A record may be closed although nobody wrote down what came of an action.
        action.done &= !action.details.is_unfilled();
        let kind =
            named(&["type", "kind", "category", "action type", "capa type"]).and_then(|at| causes::kind(line.cell(text, at)));
        let column = names.get(id).and_then(|name| causes::kind(name));
        action.kind = kind.or(column).or(told);
        facts.actions.push(action);
    }
}

/// What the other cells of an action's line say. Cells that nobody filled in say nothing.
pub(in crate::read) fn details(text: &str, line: &GridRow, names: &[String]) -> Details {
    let at =
        |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str())).and_then(|at| line.cells.get(at).copied());
    let said = |list: &[&str]| {
        let span = at(list)?;
        let filled = filled::filled(text.get(span.range())?);
        (filled == Filled::Yes).then(|| inline::spanned(text, span))
    };
    let due = at(&["due", "due date", "target date", "target", "deadline", "planned date", "target completion"]);
    let due = due.or_else(|| at(tongues::DUE));
    let verified = names.iter().position(|name| name.starts_with("verified by") || name == "verifier");
    Details {
        cause: said(&["addresses", "cause", "root cause", "finding", "causes", "for", "rc"]),
        owner: said(&["owner", "responsible", "assigned to", "assignee", "responsibility", "who"])
            .or_else(|| said(tongues::OWNERS)),
        due: due.and_then(|span| forms::any_day(text.get(span.range())?, span.start as usize)),
        done: said(&["implementation", "implemented by", "action taken", "evidence", "completion evidence", "implemented in"]),
        verified: verified.and_then(|at| line.cells.get(at)).map(|span| filled::field(text, *span)),
        outcome: None,
    }
}

fn action(text: &str, line: &GridRow, id: usize, what: usize, outcome: Option<usize>, closed: bool) -> Option<Action> {
    let cell = |at: usize| line.cells.get(at).map(|span| inline::spanned(text, *span));
    let id = cell(id)?;
    identifier::leading(&id.text, false)?;
    let description = cell(what)?;
    let outcome = outcome.and_then(cell);
    let raw = text.get(description.span.range()).unwrap_or("");
    let spoken = words(&description.text);
    let has = |list: &[&str]| spoken.split(' ').any(|word| list.contains(&word));
    let pending =
        outcome.as_ref().is_some_and(|cell| progress::of(text.get(cell.span.range()).unwrap_or("")) == Progress::Pending);
    Some(Action {
        // A record may be closed although it says of an action that it is open.
        done: closed && !pending || outcome.is_some_and(|cell| is_done(&cell.text)),
        pending,
        ids: identifier::mentions(raw, description.span.start as usize),
        evidence: has(&[
            "verification",
            "evidence",
            "test",
            "tests",
            "testing",
            "rtm",
            "traceability",
            "qualification",
            "coverage",
            "verify",
        ]),
        level: demanded_level(&description),
        kind: None,
        details: Box::default(),
        span: id.span,
        id: id.text,
        text: description,
    })
}

/// An outcome cell that is filled in; a placeholder such as `[Pass/Fail]` is not.
fn is_done(cell: &str) -> bool {
    use crate::model::matrix::Status;
    !cell.contains('[') && matches!(row::status(cell), Status::Pass | Status::Covered) || cell.eq_ignore_ascii_case("closed")
}

/// The level of a test that the action asks to be made. Guidelines about testing ask for none.
fn demanded_level(description: &Spanned) -> Option<Spanned> {
    let text = words(&description.text);
    let has = |list: &[&str]| text.split(' ').any(|word| list.contains(&word));
    let asks = has(&[
        "add",
        "create",
        "write",
        "implement",
        "introduce",
        "develop",
        "provide",
        "perform",
        "run",
        "execute",
        "extend",
        "include",
    ]);
    let about = has(&["guideline", "guidelines", "document", "procedure", "policy", "template", "training", "guidance"]);
    let level = vocabulary::levels(&text).into_iter().next()?;
    let noun = has(&["test", "tests"]);
    (asks && noun && !about).then(|| Spanned { text: level.name().to_owned(), span: description.span })
}
