//! Section titles: a line of text over a line of punctuation, perhaps under one too.

use super::Section;
use super::lines::{Line, spanned};
use crate::source::Span;

/// The levels met so far, by underline character and whether there is an overline.
#[derive(Debug, Default)]
pub(super) struct Sections {
    styles: Vec<(char, bool)>,
}

impl Sections {
    /// The title that begins at a line, and how many lines it takes.
    pub(super) fn at(&mut self, text: &str, lines: &[Line], at: usize) -> Option<(Section, usize)> {
        // A title stands alone: text above it would make it part of a paragraph.
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        if before.is_some_and(|line| !line.is_blank() && rule(line.written(text)).is_none()) {
            return None;
        }
        let line = lines.get(at)?;
        let (title, under, over) = match rule(line.written(text)) {
            Some(_) => (lines.get(at + 1)?, lines.get(at + 2)?, Some(line)),
            None => (line, lines.get(at + 1)?, None),
        };
        let written = title.written(text);
        let character = rule(under.written(text))?;
        let is_title = !title.is_blank()
            && rule(written).is_none()
            && under.indent == 0
            && (over.is_some() || title.indent == 0)
            && over.is_none_or(|over| over.indent == 0 && rule(over.written(text)) == Some(character))
            // docutils takes a short underline for a title only from four characters on.
            && (width(under) >= 4 || width(under) >= written.chars().count());
        if !is_title {
            return None;
        }
        let level = self.level((character, over.is_some()));
        let span = Span::new(over.map_or(title.start, |over| over.start), under.end);
        let title = spanned(text, Span::new(title.start, title.end));
        Some((Section { title, level, span }, 2 + usize::from(over.is_some())))
    }

    fn level(&mut self, style: (char, bool)) -> u8 {
        let known = self.styles.iter().position(|known| *known == style);
        let index = known.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        u8::try_from(index + 1).unwrap_or(u8::MAX)
    }
}

/// The character of a line that consists of one punctuation character only.
fn rule(written: &str) -> Option<char> {
    let first = written.chars().next().filter(char::is_ascii_punctuation)?;
    (written.len() >= 2 && written.chars().all(|c| c == first)).then_some(first)
}

/// Length of a rule, which is ASCII.
fn width(line: &Line) -> usize {
    line.end - line.start
}
