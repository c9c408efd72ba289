//! Why nothing could be checked, in one line and a hint.

use crate::config::Invalid;
use crate::finding::Severity;
use crate::report::excerpt::Mark;
use crate::report::snippet::{self, Paint};
use crate::report::{View, visible};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// An expected failure of the command; bugs have no such message.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    /// Lines of a file that show the cause; may be empty.
    lines: String,
    help: String,
    kind: Option<io::ErrorKind>,
}

impl Failure {
    /// A failure with what to do about it.
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), lines: String::new(), help: help.into(), kind: None }
    }

    /// The same with lines of text that show the cause.
    pub(super) fn with_lines(self, lines: String) -> Self {
        Self { lines, ..self }
    }

    /// The same as an annotation of GitHub Actions.
    pub(super) fn annotation(&self) -> String {
        crate::report::github::failure(&self.message, &self.help)
    }

    /// A failure of the system.
    pub(super) fn io(doing: &str, error: &io::Error, help: &str) -> Self {
        Self { kind: Some(error.kind()), ..Self::new(format!("{doing}: {error}"), help) }
    }

    /// A configuration that can't be used.
    pub(super) fn config(path: &Path, invalid: &Invalid) -> Self {
        let path = path.to_string_lossy();
        let (line, column) = invalid.text.position(invalid.span.start);
        let marks = [Mark { span: invalid.span, label: String::new() }];
        let view = View { color: color(), unicode: super::environment::unicode(), ..View::default() };
        Self {
            lines: snippet::draw(&path, &invalid.text, &marks, Severity::Error, view),
            ..Self::new(format!("{path}:{line}:{column}: {}", invalid.message), invalid.help.clone())
        }
    }

    /// Whether the reader of the output went away, which is no failure.
    pub(super) fn is_broken_pipe(&self) -> bool {
        self.kind == Some(io::ErrorKind::BrokenPipe)
    }

    /// Tells the person; where even that fails, the exit code tells the program.
    pub(super) fn print(&self) {
        let paint = Paint(color());
        let head = paint.severity(Severity::Error, "error:");
        let text = format!(
            "{head} {}\n{}  {} {}\n",
            visible::line(&self.message),
            self.lines,
            paint.help("help:"),
            visible::line(&self.help)
        );
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Something worth knowing that changes no verdict.
pub(super) fn note(message: &str) {
    let head = Paint(color()).severity(Severity::Info, "note:");
    let _ = io::stderr().lock().write_all(format!("{head} {}\n", visible::line(message)).as_bytes());
}

fn color() -> bool {
    super::environment::color(io::stderr().is_terminal())
}
