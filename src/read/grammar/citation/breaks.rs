//! Places where a browser may break a long name, `<code>tests/<wbr>test_a.py</code>`: they are no part of it.

use crate::model::citation::Citation;
use crate::source::Span;

const TAGS: [&str; 5] = ["<wbr>", "<wbr/>", "<wbr />", "<code>", "</code>"];

/// Reads a cell without such tags; the citations stand where they are written.
pub(super) fn without(cell: &str, base: usize, read: impl Fn(&str) -> Vec<Citation>) -> Vec<Citation> {
    let mut shown = String::with_capacity(cell.len());
    // Where each byte of what is shown stands.
    let mut places: Vec<usize> = Vec::with_capacity(cell.len());
    let mut at = 0;
    while let Some(rest) = cell.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(tag) = TAGS.iter().find(|tag| rest.starts_with(**tag)) {
            at += tag.len();
            continue;
        }
        let length = rest.chars().next().map_or(1, char::len_utf8);
        shown.push_str(rest.get(..length).unwrap_or(""));
        places.extend(at..at + length);
        at += length;
    }
    let place = |at: usize| places.get(at).copied().unwrap_or(cell.len());
    let mut found = read(&shown);
    for citation in &mut found {
        let last = (citation.span.end() as usize).saturating_sub(1);
        citation.span = Span::new(base + place(citation.span.start as usize), base + place(last) + 1);
    }
    found
}
