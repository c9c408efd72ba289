//! Several requirements in one item or paragraph: `- **REQ-1** Doors. **REQ-2** Lamps.`, `- **REQ-3/004** Alarms`,
//! `REQ-5 fans · REQ-6 pumps · REQ-7 valves`.

use super::Reader;
use crate::model::mention::split_number;
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Shape};
use crate::read::grammar::identifier;
use crate::read::markdown::leads::is_reference;
use crate::read::markdown::specification::{self, Lead};
use crate::source::Span;

/// Signs that part short requirements of one line.
const PARTS: [&str; 3] = [" · ", " • ", " ·\n"];

/// Where the requirements of an item begin: at its start, and at each further identifier in bold that opens a sentence and goes
/// on with the numbers of the first.
pub(super) fn bold_starts(body: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    if !body.starts_with("**") {
        return starts;
    }
    let mut before: Option<(&str, u64)> = None;
    let paragraph = body.split("\n\n").next().unwrap_or(body);
    for (at, _) in paragraph.match_indices("**") {
        let opens = at == 0 || paragraph.get(..at).is_some_and(|text| text.trim_end().ends_with(['.', ';', '·', '•', '|']));
        let inner = paragraph.get(at + 2..).unwrap_or("");
        let Some((id, end)) = identifier::leading(inner, false).filter(|_| opens) else { continue };
        let Some((stem, number, ..)) = split_number(id) else { continue };
        let closed = inner.get(end..).is_some_and(|rest| rest.starts_with("**") || rest.starts_with(":**"));
        if closed && before.is_none_or(|(family, last)| family == stem && last < number) {
            before = Some((stem, number));
            starts.push(at);
        }
    }
    if starts.first() == Some(&0) && starts.len() > 1 { starts } else { Vec::new() }
}

/// Where requirements begin whose text stands in brackets behind a bold identifier, `**REQ-1: [**The door opens.**]**, **REQ-2: [**…`:
/// the brackets say where each ends, wherever in a paragraph it stands.
pub(super) fn enclosed_starts(raw: &str) -> Vec<usize> {
    if !raw.contains("[**") {
        return Vec::new();
    }
    let opens = |at: usize| {
        let inner = raw.get(at + 2..).unwrap_or("");
        let inner = inner.strip_prefix('`').unwrap_or(inner);
        let (_, end) = identifier::leading(inner, false)?;
        let rest = inner.get(end..)?.trim_start_matches('`').strip_prefix(':')?;
        rest.trim_start().starts_with("[**").then_some(at)
    };
    raw.match_indices("**").filter_map(|(at, _)| opens(at)).collect()
}

/// The part of a piece up to the bracket that closes its text, if one does.
pub(super) fn enclosed(piece: &str) -> &str {
    piece.find("**]**").map_or(piece, |end| piece.get(..end + 5).unwrap_or(piece))
}

/// The identifiers that an item names in bold before one text, `**REQ-3/004**`, `**REQ-7..12**`, and where the text begins.
pub(super) fn group(body: &str) -> Option<(Vec<(String, Span)>, usize)> {
    let inner = body.strip_prefix("**")?;
    let (bold, rest) = inner.split_once("**")?;
    if bold.len() > 60 || !bold.contains(['/', '.', '–', ',', '~', '…']) {
        return None;
    }
    let bold = bold.trim_end_matches(':');
    let found = identifier::mentions(bold, 2);
    if !identifier::is_list(bold, &identifier::mentions(bold, 0)) {
        return None;
    }
    let ids = identifier::members(&found)?;
    let skipped = rest.len() - rest.trim_start_matches([':', ' ', '—', '–', '-']).len();
    let text = body.len() - rest.len() + skipped;
    (!body.get(text..)?.trim().is_empty()).then_some((ids, text))
}

/// The length of the sign of an item with the blanks around it.
pub(super) fn bullet(raw: &str) -> usize {
    let rest = raw.trim_start();
    let body = rest.strip_prefix(['-', '*', '+']).filter(|body| body.starts_with(' ')).unwrap_or(rest);
    raw.len() - body.trim_start().len()
}

/// Where lines begin, behind the signs of a quotation, and what a sign parts from the text before it.
pub(super) fn part_starts(raw: &str) -> Vec<usize> {
    let quoted = |at: usize| {
        let line = raw.get(at..).unwrap_or("");
        if line.starts_with('>') { line.len() - line.trim_start_matches(['>', ' ']).len() } else { 0 }
    };
    let lines = memchr::memchr_iter(b'\n', raw.as_bytes()).map(|at| at + 1 + quoted(at + 1));
    let parted = PARTS.iter().flat_map(|sign| raw.match_indices(sign).map(|(at, sign)| at + sign.len()));
    let mut starts: Vec<usize> = std::iter::once(0).chain(lines).chain(parted).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

impl Reader<'_> {
    /// Defines the requirements of an item or a cell whose texts stand in brackets; whether there are any.
    pub(super) fn enclosures(&mut self, span: Span) -> bool {
        let text = self.text;
        let raw = text.get(span.range()).unwrap_or("");
        let starts = enclosed_starts(raw);
        for (index, at) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(raw.len());
            let piece = enclosed(raw.get(*at..end).unwrap_or(""));
            let base = span.start as usize + at;
            if let Some(lead) = specification::lead(piece) {
                self.define(&lead, base, Span::new(base, base + piece.len()), Shape::ListItem, 0);
            }
        }
        !starts.is_empty()
    }

    /// Defines the requirements that an item names before one text; whether it names several. They count where the document
    /// defines others of their family, or rows and markers name them.
    pub(super) fn grouped(&mut self, body: &str, base: usize, span: Span) -> bool {
        if self.document.kind != Kind::Specification {
            return false;
        }
        let Some((ids, text)) = group(body) else { return false };
        let rest = body.get(text..).unwrap_or("");
        let lead = |id| Lead { id, start: 0, rest, marked: true, strong: true, separated: true };
        if is_reference(rest) || !ids.iter().all(|(id, _)| specification::may_define(&lead(id))) {
            return false;
        }
        for (id, place) in &ids {
            let lead = lead(id);
            let made = self.define(&lead, base, span, Shape::ListItem, 0);
            if let Some(definition) = made.and_then(|made| self.facts.definitions.get_mut(made)) {
                definition.span = Span { start: place.start + u32::try_from(base).unwrap_or(u32::MAX), len: place.len };
                definition.certainty = Certainty::Possible;
            }
        }
        true
    }
}
