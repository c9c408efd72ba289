//! Lines of a text, and spans over several of them.

use crate::source::{Span, Spanned};

/// Columns of a tab (reStructuredText specification, "Whitespace").
const TAB: usize = 8;

/// One line without its indentation, the blanks at its end and its line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Columns of the indentation.
    pub(super) indent: usize,
    /// Offset of the first character that is no blank.
    pub(super) start: usize,
    /// Offset behind the last.
    pub(super) end: usize,
    /// Index of the nearest filled line here or before; `usize::MAX` if there is none.
    last_filled: usize,
    /// Index of the nearest filled line here or behind; `usize::MAX` if there is none.
    next_filled: usize,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.start == self.end
    }

    pub(super) fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// All lines of a text, linked over empty ones: thousands of those may end many directives.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let (mut at, mut last_filled) = (0, usize::MAX);
    let mut lines: Vec<Line> = Vec::new();
    for whole in text.split_inclusive('\n') {
        let written = whole.trim_end();
        let rest = written.trim_start_matches([' ', '\t']);
        let blanks = written.len() - rest.len();
        let indent = written.bytes().take(blanks).fold(0, |column, byte| match byte {
            b'\t' => (column / TAB + 1) * TAB,
            _ => column + 1,
        });
        if !rest.is_empty() {
            last_filled = lines.len();
        }
        let (start, end) = (at + blanks, at + written.len());
        lines.push(Line { indent, start, end, last_filled, next_filled: usize::MAX });
        at += whole.len();
    }
    let mut next_filled = usize::MAX;
    for (index, line) in lines.iter_mut().enumerate().rev() {
        if !line.is_blank() {
            next_filled = index;
        }
        line.next_filled = next_filled;
    }
    lines
}

/// From the first to the last filled line of a range; empty where there is none.
pub(super) fn content(lines: &[Line], from: usize, to: usize) -> Span {
    let first = lines.get(from).map(|line| line.next_filled).filter(|at| *at < to);
    let last = to.checked_sub(1).and_then(|at| lines.get(at)).map(|line| line.last_filled);
    let line = |at: usize| lines.get(at);
    match first.and_then(line).zip(last.and_then(line)) {
        Some((first, last)) => Span::new(first.start, last.end),
        None => {
            let end = from.checked_sub(1).and_then(line).map_or(0, |line| line.end);
            Span::new(end, end)
        }
    }
}

/// The range without the blanks at its ends.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let slice = text.get(start..end).unwrap_or_default();
    let start = start + slice.len() - slice.trim_start().len();
    Span::new(start, start + slice.trim().len())
}

/// The text of a span, with line breaks and indentation as single blanks.
pub(super) fn spanned(text: &str, span: Span) -> Spanned {
    let slice = text.get(span.range()).unwrap_or_default();
    let joined = match slice.contains('\n') {
        true => slice.lines().map(str::trim).collect::<Vec<_>>().join(" "),
        false => slice.to_owned(),
    };
    Spanned { text: joined, span }
}
