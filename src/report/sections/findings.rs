//! What was found.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::check;
use crate::finding::{Finding, Severity, fingerprints};
use crate::link::graph::{Graph, ReqId};
use crate::report::at;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// All findings.
pub(super) const FINDINGS: Entry = entry(
    "findings",
    "Findings",
    "Everything that is missing, false or contradictory, with its place and what to do; accepted ones too.",
    &[
        column("code", "Check", Kind::Text),
        column("name", "Name", Kind::Text),
        column("severity", "Severity", Kind::Status),
        column("standing", "Standing", Kind::Status),
        column("requirement", "Requirement", Kind::Id),
        column("specification", "Specification", Kind::Text),
        column("covers", "Further requirements", Kind::Text),
        column("place", "Place", Kind::Place),
        column("message", "Finding", Kind::Text),
        column("help", "What to do", Kind::Text),
        column("related", "Further places", Kind::Text),
        column("waiver", "Waiver", Kind::Text),
        column("fingerprint", "Fingerprint", Kind::Text),
    ],
    findings,
);

/// Requirements by specification and identifier.
pub(super) struct Names<'r>(FxHashMap<(&'r str, &'r str), ReqId>);

impl<'r> Names<'r> {
    pub(super) fn of(graph: &'r Graph) -> Self {
        Self(graph.requirements().map(|(id, one)| ((graph.namespace(one), one.id.as_str()), id)).collect())
    }

    /// A requirement that a finding names, as a link where it is known.
    pub(super) fn cell(&self, space: &'r str, id: &'r str) -> Cell<'r> {
        match self.0.get(&(space, id)) {
            Some(known) => Cell::Link(Cow::Borrowed(id), Anchor::Requirement(*known)),
            None => Cell::text(id),
        }
    }
}

fn findings<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let found = account.report.findings;
    let names = Names::of(graph);
    let marks = fingerprints(found, |file| graph.path(file));
    let mut rows: Vec<_> = found.iter().zip(marks).enumerate().collect();
    // What closes the gate comes first.
    rows.sort_by_key(|(_, (finding, _))| std::cmp::Reverse(finding.severity));
    let rows = rows.into_iter();
    let rows = rows.map(|(at, (finding, mark))| row(graph, &names, at, finding, mark)).collect();
    or_note(rows, || "No check found anything in what was read. What was not checked stands in a section of its own.".into())
}

fn row<'r>(graph: &'r Graph, names: &Names<'r>, number: usize, finding: &'r Finding, mark: String) -> Row<'r> {
    let (requirement, specification) = match &finding.requirement {
        Some((space, id)) => (names.cell(space, id), Cell::text(space.as_str())),
        None => (Cell::Empty, Cell::Empty),
    };
    let covers: Vec<&str> = finding.covers.iter().map(|(_, id)| id.as_str()).collect();
    let related = finding.related.iter().map(|one| format!("{}: {}", at(graph, one.place), one.message));
    let number = Anchor::Finding(u32::try_from(number).unwrap_or(u32::MAX));
    Row::of(
        number,
        vec![
            Cell::text(finding.code),
            Cell::text(check::find(finding.code).map_or("", |check| check.name)),
            severity(finding.severity),
            standing(finding),
            requirement,
            specification,
            Cell::text(covers.join(", ")),
            Cell::at(graph, finding.place),
            Cell::text(finding.message.as_str()),
            Cell::text(finding.help.as_ref()),
            Cell::text(related.collect::<Vec<_>>().join("; ")),
            Cell::maybe(finding.waiver.as_ref().map(|waiver| waiver.id.as_str())),
            Cell::text(mark),
        ],
    )
}

/// A severity, as bad as it is.
pub(super) fn severity(severity: Severity) -> Cell<'static> {
    let tone = match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Plain,
    };
    Cell::status(tone, severity.name())
}

fn standing(finding: &Finding) -> Cell<'static> {
    match (&finding.waiver, finding.is_new) {
        (Some(_), _) => Cell::status(Tone::Warn, "waived"),
        (None, Some(true)) => Cell::status(Tone::Bad, "new"),
        (None, Some(false)) => Cell::status(Tone::Plain, "known"),
        (None, None) => Cell::status(Tone::Plain, "open"),
    }
}
