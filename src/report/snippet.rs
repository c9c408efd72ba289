//! One message with the lines it is about, drawn for people.

use super::excerpt::{Excerpt, Mark};
use super::{View, visible};
use crate::finding::Severity;
use crate::source::{Span, Text};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;

/// A further place that does not fit into the lines of the first.
#[derive(Debug)]
pub struct Elsewhere<'s> {
    /// The path.
    pub path: &'s str,
    /// The text of the file.
    pub text: &'s Text,
    /// Where in it.
    pub span: Span,
    /// Why it matters.
    pub message: &'s str,
}

/// Colours, where they are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Paint(pub bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Text in the colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.with("1;31", text),
            Severity::Warning => self.with("1;33", text),
            Severity::Info => self.with("1;36", text),
        }
    }

    /// Text that stands out.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Text that stands back.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// Good news.
    pub fn good(self, text: &str) -> String {
        self.with("1;32", text)
    }

    /// The word before advice.
    pub fn help(self, text: &str) -> String {
        self.with("36", text)
    }
}

/// What the drawing library is handed: marked lines and nothing else, because heading and help are ours.
#[derive(Debug)]
struct Drawing {
    excerpt: Excerpt,
    severity: Severity,
}

impl fmt::Display for Drawing {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

/// Draws the lines of the marks; the first mark is the one that the message is about.
pub fn draw(path: &str, text: &Text, marks: &[Mark], severity: Severity, view: View) -> String {
    let theme = match (view.unicode, view.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_context_lines(1).without_syntax_highlighting();
    let drawing = Drawing { excerpt: Excerpt::new(path, text, marks), severity };
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &drawing).is_err() {
        return String::new();
    }
    // The first line would be the message, which is empty.
    drawn.split_once('\n').map_or(String::new(), |(_, lines)| lines.to_owned())
}

/// A place in another file or far away: `path:line: message` and the line itself.
pub fn elsewhere(other: &Elsewhere<'_>, view: View) -> String {
    let (line, column) = other.text.position(other.span.start);
    let bar = if view.unicode { '│' } else { '|' };
    let shown = other.text.line_span(line).map_or("", |span| other.text.slice(span));
    let from = if column > 120 { shown.char_indices().nth(column as usize - 40).map_or(0, |(at, _)| at) } else { 0 };
    let lead = if from > 0 { "…" } else { "" };
    let shown = visible::short(shown.get(from..).unwrap_or("").trim_end(), 160);
    let paint = Paint(view.color);
    let place = paint.help(&format!("{}:{line}", visible::line(other.path)));
    let gutter = paint.dim(&format!("{line:>5} {bar}"));
    format!("  {place}: {}\n{gutter} {lead}{shown}\n", visible::line(other.message))
}
