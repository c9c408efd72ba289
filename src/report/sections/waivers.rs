//! What somebody accepted.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::finding::Finding;
use crate::settings::{WAIVERS as READER, Waiver};
use crate::source::{FileId, Place, Spanned};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// All waivers.
pub(super) const WAIVERS: Entry = entry(
    "waivers",
    "Waivers",
    "What somebody accepted, why and until when, and whether it is in force.",
    &[
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
    waivers,
);

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
