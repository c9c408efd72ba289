//! Long tables without their middle.
//!
//! The rows of a table are split into cells by this crate itself: all that the parser of Markdown has to say of it is
//! where it begins and ends, and it takes longer for the rows than everything else together. So it sees the first rows
//! and the last, and what it says is moved to where it holds.

use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Shorter runs of rows are not worth it.
const LONG: usize = 64;

/// The header, the separator and some more rows stay.
const KEPT: usize = 8;

/// A text of which the middle of long tables is left out.
pub(super) struct Condensed<'t> {
    text: Cow<'t, str>,
    /// Offsets in the shorter text behind which something is left out, and how many bytes in all by then.
    cuts: Vec<(usize, usize)>,
}

impl<'t> Condensed<'t> {
    /// Leaves out what makes no difference.
    pub(super) fn of(text: &'t str) -> Self {
        let middles = middles(text);
        if middles.is_empty() {
            return Self { text: Cow::Borrowed(text), cuts: Vec::new() };
        }
        let (mut shorter, mut cuts) = (String::new(), Vec::new());
        let (mut copied, mut left_out) = (0, 0);
        for middle in middles {
            shorter.push_str(text.get(copied..middle.start).unwrap_or(""));
            left_out += middle.len();
            cuts.push((shorter.len(), left_out));
            copied = middle.end;
        }
        shorter.push_str(text.get(copied..).unwrap_or(""));
        Self { text: Cow::Owned(shorter), cuts }
    }

    /// The shorter text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A range of the shorter text in the whole one.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.whole(range.start), self.whole(range.end))
    }

    fn whole(&self, offset: usize) -> usize {
        let before = self.cuts.partition_point(|(at, _)| *at < offset);
        offset + before.checked_sub(1).and_then(|last| self.cuts.get(last)).map_or(0, |(_, left_out)| *left_out)
    }
}

/// Lines that begin with a pipe, one behind the other.
#[derive(Default)]
struct Run {
    lines: usize,
    /// Where the first line begins that need not stay.
    from: usize,
    /// Where the last line begins.
    last: usize,
    /// A line that need not stay may be more than a row.
    doubtful: bool,
}

impl Run {
    /// What can be left out of it.
    fn middle(&self, text: &[u8]) -> Option<Range<usize>> {
        let middle = self.from..self.last;
        let bytes = text.get(middle.clone()).filter(|_| self.lines >= LONG && !self.doubtful)?;
        let broken = || memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
        // An escape may join lines, and `>` may end what began above as HTML.
        (memchr::memchr2(b'\\', b'>', bytes).is_none() && !broken()).then_some(middle)
    }
}

/// The ranges that can be left out. What begins with a pipe behind an empty line begins a table or a paragraph, or goes
/// on with code: another line with a pipe and words changes none of them.
fn middles(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // The run of the lines before, and whether one may begin here.
    let (mut run, mut apart): (Option<Run>, bool) = (None, true);
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..end).unwrap_or(rest);
        if line.starts_with(b"|") {
            if apart {
                run = Some(Run::default());
            }
            if let Some(run) = &mut run {
                run.lines += 1;
                run.doubtful |= run.lines > KEPT && line.iter().all(|byte| b"|-: \t\r\n".contains(byte));
                run.last = at;
                if run.lines == KEPT {
                    run.from = at + end;
                }
            }
            apart = false;
        } else {
            found.extend(run.take().and_then(|run| run.middle(bytes)));
            apart = line.trim_ascii().is_empty();
        }
        at += end;
    }
    found.extend(run.and_then(|run| run.middle(bytes)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markdown::blocks::{Block, BlockKind, blocks};

    fn rows(count: usize) -> String {
        (0..count).map(|at| format!("| REQ-{at} | text |\n")).collect()
    }

    #[test]
    fn the_middle_of_a_long_table_is_left_out() {
        let text = format!("# T\n\n| ID | Text |\n|---|---|\n{}\nBehind\n", rows(100));
        let condensed = Condensed::of(&text);
        assert_eq!(condensed.text().lines().count(), 3 + KEPT + 1 + 2 - 1);
        let at = condensed.text().find("Behind").unwrap_or(0);
        let span = condensed.span(at..at + 6);
        assert_eq!(text.get(span.range()), Some("Behind"));
        let last = condensed.text().find("| REQ-99").unwrap_or(0);
        assert_eq!(condensed.span(0..last + 3).end() as usize, text.find("| REQ-99").unwrap_or(0) + 3);
    }

    #[test]
    fn all_rows_are_read_and_what_stands_below_is_found_where_it_stands() {
        let text =
            format!("---\ntitle: T\n---\n\n| ID | Text |\n|---|---|\n{0}\n## Second\n\n| ID |\n|---|\n{0}\nEnd\n", rows(90));
        let blocks = blocks(&text);
        let rows = |block: &Block| match &block.kind {
            BlockKind::Table(grid) => Some((grid.rows.len(), grid.rows.last().map(|row| row.cell(&text, 0)))),
            _ => None,
        };
        assert_eq!(blocks.iter().filter_map(rows).collect::<Vec<_>>(), [(90, Some("REQ-89")); 2]);
        let told = |block: &Block| text.get(block.span.range()).map(str::trim_end).filter(|text| text.len() < 12);
        assert_eq!(blocks.iter().filter_map(told).collect::<Vec<_>>(), ["## Second", "End"]);
    }

    #[test]
    fn what_may_be_more_than_a_row_stays() {
        for odd in ["| a --> |\n", "| a \\\n", "| a \r| b |\n", "|---|---|\n", "|\n"] {
            let text = format!("| ID | Text |\n|---|---|\n{}{odd}{}", rows(50), rows(50));
            assert_eq!(Condensed::of(&text).text(), text, "{odd:?}");
        }
        let joined = format!("Text\n| ID | Text |\n|---|---|\n{}", rows(100));
        assert_eq!(Condensed::of(&joined).text(), joined);
        let short = format!("| ID | Text |\n|---|---|\n{}", rows(10));
        assert_eq!(Condensed::of(&short).text(), short);
    }
}
