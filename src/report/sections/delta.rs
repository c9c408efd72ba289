//! What changed since a baseline.

use super::{Account, Cell, Entry, Kind, Made, Row, Tone, column, entry};
use crate::compare::delta::{Change, Kind as Changed};
use std::borrow::Cow;

/// What changed.
pub(super) const DELTA: Entry = entry(
    "delta",
    "Changes since the baseline",
    "Evidence, links and requirements that were lost, changed or added, and findings that are new or resolved.",
    &[
        column("kind", "Kind", Kind::Text),
        column("change", "Change", Kind::Status),
        column("what", "What", Kind::Text),
        column("message", "Message", Kind::Text),
        column("place", "Place", Kind::Text),
    ],
    delta,
);

fn delta<'r>(account: &Account<'r>) -> Made<'r> {
    let Some((name, delta)) = account.delta else {
        return (Vec::new(), vec!["Not assessed: no baseline to compare with was named (`--new-since`).".into()]);
    };
    let lists = [
        ("evidence", &delta.evidence),
        ("link", &delta.links),
        ("requirement", &delta.requirements),
        ("finding", &delta.findings),
    ];
    let rows: Vec<Row<'r>> = lists.iter().flat_map(|(kind, list)| list.iter().map(|one| change(kind, one))).collect();
    let mut notes: Vec<Cow<'r, str>> = delta
        .without_results
        .iter()
        .map(|side| {
            let side = if *side == "base" { name } else { "what was read now" };
            format!("Whether tests pass is not compared: {side} has no results.").into()
        })
        .collect();
    if delta.not_compared > 0 {
        let findings = crate::report::visible::count(delta.not_compared, "finding");
        notes
            .push(format!("Not compared: {findings} about results, coverage or mutation results that only one side has.").into());
    }
    if rows.is_empty() {
        notes.push(format!("Nothing changed since {name}, as far as it was compared.").into());
    }
    (rows, notes)
}

fn change<'r>(kind: &'static str, one: &'r Change) -> Row<'r> {
    let (tone, word) = match (one.change, kind) {
        (Changed::Resolved, _) => (Tone::Good, "resolved"),
        (Changed::Added, "finding") => (Tone::Bad, "new"),
        (Changed::Lost, _) => (Tone::Bad, "lost"),
        (Changed::Changed, _) => (Tone::Warn, "changed"),
        (Changed::Added, _) => (Tone::Good, "added"),
    };
    Row::new(vec![
        Cell::text(kind),
        Cell::status(tone, word),
        Cell::text(one.what.as_str()),
        Cell::text(one.message.as_str()),
        Cell::text(one.path.as_str()),
    ])
}
