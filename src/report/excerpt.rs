//! The lines around a span, cut out before they are drawn.
//!
//! The drawing library looks lines up by scanning a text from its start. It is
//! therefore handed a few lines only, with the line number that they begin at:
//! drawing costs the same in a file of 20 MB and on a line of 100,000 columns.

use super::visible;
use crate::source::{Span, Text};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// The widest line that is shown whole; longer ones are cut around what they are shown for.
const WIDEST: usize = 200;
/// Characters before a span that are kept when its line is cut.
const BEFORE: usize = 60;

/// A span to mark, and the words for it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// The words; may be empty.
    pub label: String,
}

/// A few lines of a file with marks in them.
#[derive(Debug)]
pub struct Excerpt {
    name: String,
    text: String,
    /// Number of the first line, from 0.
    first_line: usize,
    /// Line and column of the first mark in the file, from 0.
    position: (usize, usize),
    marks: Vec<(Range<usize>, String)>,
}

impl Excerpt {
    /// Cuts out the lines of the marks and one line of context around them.
    ///
    /// The first mark is the one that the excerpt is about. A span of several lines is
    /// marked on its first line only.
    pub fn new(path: &str, text: &Text, marks: &[Mark]) -> Self {
        let lines: Vec<u32> = marks.iter().map(|mark| text.position(mark.span.start).0).collect();
        let from = lines.iter().min().copied().unwrap_or(1).saturating_sub(1).max(1);
        let to = lines.iter().max().copied().unwrap_or(1).saturating_add(1);
        let (line, column) = marks.first().map_or((1, 1), |mark| text.position(mark.span.start));
        let mut excerpt = Self {
            name: visible::line(path).into_owned(),
            text: String::new(),
            first_line: from as usize - 1,
            position: (line as usize - 1, column as usize - 1),
            marks: vec![(0..0, String::new()); marks.len()],
        };
        for number in from..=to {
            let Some(span) = text.line_span(number) else { break };
            if number > text.line_count() as u32 && !lines.contains(&number) {
                break;
            }
            let on_line = lines.iter().enumerate().filter(|(_, line)| **line == number).map(|(at, _)| at);
            let on_line: Vec<usize> = on_line.collect();
            excerpt.push_line(text, span, marks, &on_line);
        }
        excerpt
    }

    fn push_line(&mut self, text: &Text, line: Span, marks: &[Mark], on_line: &[usize]) {
        let raw = text.slice(line);
        let inside = |offset: u32| (offset.clamp(line.start, line.end()) - line.start) as usize;
        let spans: Vec<(usize, Range<usize>)> = on_line
            .iter()
            .filter_map(|at| marks.get(*at).map(|mark| (*at, inside(mark.span.start)..inside(mark.span.end()))))
            .collect();
        let window = window(raw, spans.iter().map(|(_, span)| span.start).min());
        if window.start > 0 {
            self.text.push('…');
        }
        // Offsets of each mark in what is shown, found while the text is made safe.
        let mut shown: Vec<(usize, usize, usize)> = spans.iter().map(|(at, _)| (*at, usize::MAX, usize::MAX)).collect();
        let kept = raw.get(window.clone()).unwrap_or("");
        for (at, c) in kept.char_indices().map(|(at, c)| (at + window.start, c)) {
            let here = self.text.len();
            visible::push(&mut self.text, c);
            for ((_, span), (_, start, end)) in spans.iter().zip(&mut shown) {
                if *start == usize::MAX && at >= span.start {
                    *start = here;
                }
                if at < span.end {
                    *end = self.text.len();
                }
            }
        }
        let end_of_line = self.text.len();
        if window.end < raw.len() {
            self.text.push('…');
        }
        self.text.push('\n');
        for (at, start, end) in shown {
            let start = start.min(end_of_line);
            let end = if end == usize::MAX || end < start { start } else { end };
            if let (Some(slot), Some(mark)) = (self.marks.get_mut(at), marks.get(at)) {
                *slot = (start..end, visible::line(&mark.label).into_owned());
            }
        }
    }

    /// The marks as the drawing library takes them; the first is the primary one.
    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.marks.iter().enumerate().map(|(at, (range, label))| {
            let label = (!label.is_empty()).then(|| label.clone());
            let span = (range.start, range.len());
            if at == 0 { LabeledSpan::new_primary_with_span(label, span) } else { LabeledSpan::new_with_span(label, span) }
        })
    }
}

/// The part of a line that is shown: all of it, or a window that begins before the first mark.
fn window(line: &str, mark: Option<usize>) -> Range<usize> {
    if line.char_indices().nth(WIDEST).is_none() {
        return 0..line.len();
    }
    let mut mark = mark.unwrap_or(0).min(line.len());
    while !line.is_char_boundary(mark) {
        mark -= 1;
    }
    let before = line.get(..mark).unwrap_or("");
    let start = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let rest = line.get(start..).unwrap_or("");
    let end = rest.char_indices().nth(WIDEST).map_or(line.len(), |(at, _)| start + at);
    start..end
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.as_str().read_span(span, context_lines_before, context_lines_after)?;
        let is_primary = self.marks.first().is_some_and(|(range, _)| range.start == span.offset() && range.len() == span.len());
        let (line, column) = match is_primary && context_lines_before == 0 {
            true => self.position,
            false => (self.first_line + inner.line(), inner.column()),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            line,
            column,
            inner.line_count(),
        )))
    }
}
