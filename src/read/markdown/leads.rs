//! Where an identifier stands in a heading or an item, and what stands around it.

use super::specification::{self, Lead};
use crate::model::mention::Mention;
use crate::source::Span;

/// What a heading is about.
pub(super) fn subject(lead: &Lead<'_>, base: usize) -> Mention {
    let start = base + lead.start;
    Mention::one(lead.id, Span::new(start, start + lead.id.len()))
}

/// Whether the mark-up or the separator that ends the identifier follows it directly: `**ID**`, `ID:`.
pub(super) fn is_closed_lead(body: &str, lead: &Lead<'_>) -> bool {
    let after = body.get(lead.start + lead.id.len()..).unwrap_or("");
    after.starts_with(['*', '`', ':', ']', '—', '–'])
        || after.starts_with(" —")
        || after.starts_with(" –")
        || after.starts_with(" -")
}

/// The text behind the box of an item, whether there is one, and whether it is ticked.
pub(super) fn checkbox(body: &str) -> (&str, bool, bool) {
    for (mark, ticked) in [("[ ]", false), ("[x]", true), ("[X]", true)] {
        if let Some(rest) = body.strip_prefix(mark) {
            return (rest, true, ticked);
        }
    }
    (body, false, false)
}

/// `4.2 REQ-001: title`: the identifier stands behind the section number.
pub(super) fn numbered(raw: &str) -> Option<(Lead<'_>, usize)> {
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')'));
    let at = raw.len() - rest.len();
    (at > 0).then(|| specification::lead(rest)).flatten().map(|lead| (lead, at))
}

/// `Plants (DS-PLM-001)` and `Plants - FS-FIN-001`: the identifier ends the heading.
pub(super) fn suffixed(raw: &str) -> Option<(Lead<'_>, usize)> {
    let body = raw.trim_end().trim_end_matches(['*', '`']);
    let at = match body.strip_suffix(')') {
        Some(inner) => inner.rfind('(')? + 1,
        None => body.rfind(" - ").map(|at| at + 3)?,
    };
    let tail = body.get(at..)?.trim_end_matches(')');
    let mut lead = specification::lead(tail)?;
    let composed = lead.id.contains(['-', '_']);
    let whole = lead.start + lead.id.len() == tail.trim_end_matches(['*', '`']).len();
    lead.rest = raw
        .get(..at)?
        .trim_end_matches(['(', '-', ' '])
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    (composed && whole).then_some((lead, at))
}

/// An item that only lists where a requirement is treated, or its check mark.
pub(super) fn is_reference(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['*', '`', ' ', ':']);
    let first = rest.split([' ', ',']).next().unwrap_or("");
    let joins = matches!(
        first,
        "and"
            | "or"
            | "to"
            | "through"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "&"
            | "+"
            | "/"
            | "in"
            | "on"
            | "for"
            | "by"
            | "which"
            | "from"
            | "with"
    );
    joins || rest.starts_with(['✅', '❌', '✓', '✔', ',', '→', '⚠', '☑', '✗'])
}
