//! Open actions of records, waivers, and what changed since a baseline.

use super::{About, Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, or_note};
use crate::compare::delta::{Change, Kind as Changed};
use crate::finding::Finding;
use crate::link::graph::{ActionId, ActionNode, Found, Graph, Target};
use crate::settings::{WAIVERS as READER, Waiver};
use crate::source::{FileId, Place, Spanned};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Actions without an outcome.
pub(super) const ACTIONS: Entry = Entry {
    about: About {
        key: "records",
        title: "Open records",
        what: "Corrective and preventive actions of which no outcome is recorded, with the requirements that they name.",
        columns: &[
            column("id", "Action", Kind::Id),
            column("record", "Record", Kind::Text),
            column("text", "What is to be done", Kind::Text),
            column("state", "State", Kind::Status),
            column("requirements", "Requirements", Kind::Text),
            column("place", "Place", Kind::Place),
        ],
    },
    rows: actions,
};

/// All waivers.
pub(super) const WAIVERS: Entry = Entry {
    about: About {
        key: "waivers",
        title: "Waivers",
        what: "What somebody accepted, why and until when, and whether it is in force.",
        columns: &[
            column("id", "Waiver", Kind::Id),
            column("check", "Check", Kind::Text),
            column("subject", "Subject", Kind::Text),
            column("path", "Files", Kind::Text),
            column("state", "State", Kind::Status),
            column("findings", "Accepted findings", Kind::Number),
            column("reason", "Reason", Kind::Text),
            column("risk", "Risk", Kind::Text),
            column("requested_by", "Requested by", Kind::Text),
            column("approved_by", "Approved by", Kind::Text),
            column("expires", "Expires", Kind::Text),
            column("baseline", "Baseline", Kind::Text),
            column("ticket", "Ticket", Kind::Text),
            column("place", "Place", Kind::Place),
        ],
    },
    rows: waivers,
};

/// What changed.
pub(super) const DELTA: Entry = Entry {
    about: About {
        key: "delta",
        title: "Changes since the baseline",
        what: "Evidence, links, requirements and findings that were lost, changed or added.",
        columns: &[
            column("kind", "Kind", Kind::Text),
            column("change", "Change", Kind::Status),
            column("what", "What", Kind::Text),
            column("message", "Message", Kind::Text),
            column("place", "Place", Kind::Text),
        ],
    },
    rows: delta,
};

fn actions<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let numbered = graph.actions.iter().enumerate();
    let open = numbered.filter(|(_, node)| node.open).map(|(at, node)| (ActionId(u32::try_from(at).unwrap_or(u32::MAX)), node));
    let rows = open.map(|(id, node)| action(graph, id, node)).collect();
    or_note(rows, || match graph.actions.len() {
        0 => "No record with actions was read.".into(),
        n => format!("Of {} each has an outcome.", crate::report::visible::count(n, "action")).into(),
    })
}

fn action<'r>(graph: &'r Graph, id: ActionId, node: &'r ActionNode) -> Row<'r> {
    let action = graph.action(node.fact);
    // What belongs to no family of requirements is none.
    let name = |target: &'r Target| match &target.found {
        Found::One(id) => Some(graph.requirement(*id).id.as_str()),
        Found::Foreign => None,
        Found::Ambiguous(_) | Found::Missing => Some(target.id.as_str()),
    };
    let names: Vec<&str> = node.targets.iter().filter_map(name).collect();
    let record = graph.document(node.fact.file).map_or(graph.path(node.fact.file), |document| &document.id);
    Row::of(
        Anchor::Action(id),
        vec![
            Cell::Link(Cow::Borrowed(&action.id), Anchor::Action(id)),
            Cell::text(record),
            Cell::text(action.text.text.as_str()),
            Cell::status(Tone::Bad, "open"),
            Cell::text(names.join(", ")),
            Cell::at(graph, Place::new(node.fact.file, action.span)),
        ],
    )
}

fn waivers<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let Some(waivers) = &account.settings.waivers else { return (Vec::new(), vec!["There is no file of waivers.".into()]) };
    let file = graph.files().find(|(_, input)| input.reader == READER && input.path == waivers.path).map(|(file, _)| file);
    let mut accepted: BTreeMap<&str, usize> = BTreeMap::new();
    for waiver in account.report.findings.iter().filter_map(|finding| finding.waiver.as_deref()) {
        *accepted.entry(&waiver.id).or_default() += 1;
    }
    let rows = waivers.list.iter().enumerate().map(|(at, one)| {
        let count = accepted.get(one.id.text.as_str()).copied().unwrap_or(0);
        waiver(account, u32::try_from(at).unwrap_or(u32::MAX), one, count, file)
    });
    or_note(rows.collect(), || "The file of waivers has none.".into())
}

fn waiver<'r>(account: &Account<'r>, number: u32, one: &'r Waiver, count: usize, file: Option<FileId>) -> Row<'r> {
    let graph = account.graph();
    let maybe = |field: &'r Option<Spanned>| Cell::maybe(field.as_ref().map(|field| field.text.as_str()));
    let faults: Vec<&str> = faults(account.report.findings, file, one).collect();
    let state = match (count, faults.is_empty()) {
        (0, true) => Cell::status(Tone::Warn, "accepts nothing"),
        (0, false) => Cell::status(Tone::Bad, format!("accepts nothing: {}", faults.join("; "))),
        (_, true) => Cell::status(Tone::Good, "in force"),
        (_, false) => Cell::status(Tone::Warn, format!("in force, in part: {}", faults.join("; "))),
    };
    let id = Anchor::Waiver(number);
    Row::of(
        id,
        vec![
            Cell::Link(Cow::Borrowed(&one.id.text), id),
            Cell::text(one.check.text.as_str()),
            maybe(&one.subject),
            maybe(&one.path),
            state,
            Cell::Number(count),
            maybe(&one.reason),
            maybe(&one.risk),
            maybe(&one.requested_by),
            maybe(&one.approved_by),
            maybe(&one.expires),
            maybe(&one.baseline),
            maybe(&one.ticket),
            file.map_or(Cell::Empty, |file| Cell::at(graph, Place::new(file, one.id.span))),
        ],
    )
}

/// What P08 tells of a waiver: its findings point at it.
fn faults<'r>(findings: &'r [Finding], file: Option<FileId>, one: &'r Waiver) -> impl Iterator<Item = &'r str> {
    let here = move |finding: &&Finding| finding.code == "P08" && Some(finding.place.file) == file;
    findings.iter().filter(here).filter(|finding| finding.subject == one.id.text).map(|finding| finding.message.as_str())
}

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
    if rows.is_empty() {
        notes.push(format!("Nothing changed since {name}, as far as it was compared.").into());
    }
    (rows, notes)
}

fn change<'r>(kind: &'static str, one: &'r Change) -> Row<'r> {
    let (tone, word) = match (one.change, kind) {
        (Changed::Lost, "finding") => (Tone::Good, "gone"),
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
