//! Fields and boxes of lists and paragraphs that somebody has to sign or to tick.

use super::{bullet, filled};
use crate::model::contents::{Filled, TickBox};
use crate::model::vocabulary::words;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

/// The fields of who signed and when that nobody filled in: `**Signature:** ____`. A date alone is one only where something is
/// signed.
pub(super) fn fields(text: &str, span: Span, dated: bool) -> Vec<Spanned> {
    those(text, span, |name, value| is_signature(&words(name), dated) && is_open(value))
}

/// The fields at the head of a document that still hold what the form has there, whatever they are called.
pub(super) fn left(text: &str, span: Span) -> Vec<Spanned> {
    those(text, span, |name, value| words(name).split(' ').count() < 5 && filled::is_left(name, value.trim_matches(['*', ' '])))
}

/// The names of fields, `- **Name:** value` a line, of which something holds.
fn those(text: &str, span: Span, holds: impl Fn(&str, &str) -> bool) -> Vec<Spanned> {
    let raw = text.get(span.range()).unwrap_or("");
    let mut found = Vec::new();
    let mut at = span.start as usize;
    for line in raw.split_inclusive('\n') {
        let lead = bullet(line);
        let body = line.get(lead..).unwrap_or("").trim_end();
        let field = body.split_once(':').map(|(name, value)| (name.trim_matches(['*', ' ']), value));
        if let Some((name, _)) = field.filter(|(name, value)| holds(name, value)) {
            found.push(Spanned { text: inline::plain(name), span: Span::new(at + lead, at + lead + body.len()) });
        }
        at += line.len();
    }
    found
}

/// Whether a field at the head of a record is of who did something with it, or of when: `Approver`, `Closed on`.
pub(super) fn signs(name: &str) -> bool {
    const DONE: &[&str] = &["approval", "approved", "closed", "closure", "completed", "completion", "performed", "verified"];
    const DAY: &[&str] = &["at", "date", "on"];
    let list: Vec<&str> = name.split(' ').collect();
    let dated = list.len() == 2 && list.iter().any(|word| DONE.contains(word)) && list.iter().any(|word| DAY.contains(word));
    is_signature(name, true) || dated || matches!(name, "author" | "implemented by" | "prepared by")
}

fn is_signature(name: &str, dated: bool) -> bool {
    const NAMES: &[&str] = &[
        "approved by",
        "approver",
        "closed by",
        "executed by",
        "inspected by",
        "performed by",
        "performer",
        "released by",
        "reviewed by",
        "reviewer",
        "signature",
        "signed",
        "signed by",
        "tested by",
        "verified by",
        "verifier",
    ];
    NAMES.contains(&name) || name.ends_with(" signature") || dated && matches!(name, "date" | "date signed" | "signed on")
}

/// Whether nothing stands there but a line to write on, or what a form has there. Nothing at all may be led in by it.
fn is_open(value: &str) -> bool {
    let value = value.trim_matches(['*', ' ']);
    let behind = value.trim_start_matches('_');
    let line = value.len() - behind.len() > 2 && !behind.starts_with(char::is_alphanumeric);
    line || filled::filled(value) == Filled::Form
}

/// The box that an item of a list begins with: `- [ ] Tell the nurse`.
pub(super) fn tick_box(text: &str, span: Span, list: u32) -> Option<TickBox> {
    let raw = text.get(span.range())?;
    let lead = bullet(raw);
    if !raw.trim_start().starts_with(['-', '*', '+']) && !raw.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (ticked, rest) = split_box(raw.get(lead..)?)?;
    // What is struck out is not to be done.
    if rest.trim_end().len() > 4 && rest.starts_with("~~") && rest.trim_end().ends_with("~~") {
        return None;
    }
    let line = rest.lines().next().unwrap_or("").trim_end();
    let start = span.start as usize + raw.len() - rest.len();
    Some(TickBox { text: Spanned { text: inline::plain(line), span: Span::new(start, start + line.len()) }, ticked, list })
}

/// Whether a text begins with a box that is ticked or not, and what stands behind it.
pub(super) fn split_box(text: &str) -> Option<(bool, &str)> {
    let boxes = [("[ ] ", false), ("[x] ", true), ("[X] ", true)];
    boxes.iter().find_map(|(sign, ticked)| Some((*ticked, text.strip_prefix(sign)?.trim_start())))
}

#[cfg(test)]
mod tests {
    use super::{fields, tick_box};
    use crate::source::Span;

    #[test]
    fn lines_to_write_on_are_told_from_names() {
        let open = |text: &str| fields(text, Span::new(0, text.len()), true).into_iter().map(|one| one.text).collect::<Vec<_>>();
        assert_eq!(open("**Signature:** ____\n**Date:** TBD\n"), ["Signature", "Date"]);
        assert_eq!(open("- QA signature: ______ (head of quality)"), ["QA signature"]);
        assert_eq!(open("**Approved by:** [NAME]"), ["Approved by"]);
        assert_eq!(open("**Approved by:**\n- lind"), Vec::<String>::new());
        assert_eq!(open("**Signature:** __lind__\n**Date:** 2026-02-01, TBD by nobody\n**Summary:** ____"), Vec::<String>::new());
        assert!(fields("Date: TBD", Span::new(0, 9), false).is_empty());
    }

    #[test]
    fn boxes_are_those_of_items() {
        let of = |text: &str| tick_box(text, Span::new(0, text.len()), 1).map(|one| (one.text.text, one.ticked));
        assert_eq!(of("- [ ] Tell the `nurse`\n"), Some((String::from("Tell the nurse"), false)));
        assert_eq!(of("1. [x] Done"), Some((String::from("Done"), true)));
        assert_eq!(of("- [link](a.md)"), None);
        assert_eq!(of("[ ] no item"), None);
    }
}
