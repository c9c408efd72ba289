//! Where an identifier stands in a heading or an item, and what stands around it.

use super::specification::{self, Lead};
use crate::model::mention::Mention;
use crate::model::vocabulary;
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

/// `Requirement FR-7: title` and `Business rule: BR-7 - title`: the identifier stands behind what it is called.
pub(super) fn labelled(raw: &str) -> Option<(Lead<'_>, usize)> {
    const LABELS: &[&str] =
        &["requirement", "story", "feature", "need", "rule", "process", "capability", "criterion", "constraint", "req"];
    /// Any other word before the label makes it a part of a sentence: "Changes to requirement FR-7".
    const KINDS: &[&str] = &[
        "acceptance",
        "business",
        "core",
        "data",
        "derived",
        "design",
        "functional",
        "interface",
        "key",
        "non",
        "performance",
        "product",
        "quality",
        "safety",
        "security",
        "software",
        "stakeholder",
        "system",
        "technical",
        "user",
    ];
    let open = raw.len() - raw.trim_start_matches(['*', '_', ' ']).len();
    let mut at = open;
    for _ in 0..3 {
        let rest = raw.get(at..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let word = rest.get(..end).filter(|word| !word.is_empty())?.to_ascii_lowercase();
        let gap = rest.get(end..)?;
        let glue = gap.len() - gap.trim_start_matches([':', ' ', '#', '*', '_', '-']).len();
        if glue == 0 {
            return None;
        }
        at += end + glue;
        if LABELS.contains(&word.as_str()) {
            let mut lead = specification::lead(raw.get(at..)?)?;
            let named = lead.id.contains(['-', '_']) || vocabulary::is_requirement_word(lead.id);
            lead.strong |= raw.get(..open)?.contains("**");
            // "Requirement: FR-7 (see there), FR-8" is a field that points at requirements.
            let rest = lead.rest.trim_start_matches(['*', '_', '`', ' ']);
            if raw.get(..open)?.contains("**")
                && gap.starts_with(':')
                && (rest.is_empty() || rest.starts_with(['.', ',', '(', ';']))
            {
                return None;
            }
            return (named && lead.id.len() > 2).then_some((lead, at));
        }
        if !KINDS.contains(&word.as_str()) {
            return None;
        }
    }
    None
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

/// An item that recalls in brackets what is written elsewhere: "`REQ-LAMP-3` (the night watch)."
pub(super) fn recalls(body: &str, lead: &Lead<'_>) -> bool {
    let whole = lead.rest.trim().trim_end_matches('.').trim_start_matches(['`', ' ']);
    let bracketed = whole.starts_with('(') && whole.ends_with(')') && whole.matches(')').count() == 1;
    let bold = body.get(..lead.start).is_some_and(|before| before.contains('*'));
    bracketed && !bold && {
        let said = format!(" {} ", vocabulary::words(whole));
        ![" shall ", " must ", " should ", " will "].iter().any(|obliges| said.contains(obliges))
    }
}
