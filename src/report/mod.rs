//! Findings and graph to text, JSON and whatever else people read.
//!
//! One file an output, one line in [`FORMATS`]. An output writes what it is handed
//! and decides nothing: verdict and exit code are the same in every format.

pub mod delta;
pub mod excerpt;
pub mod json;
pub mod list;
pub mod nothing;
pub mod snippet;
pub mod text;
pub mod trace;
pub mod visible;

use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::source::Place;
use crate::verdict::{Summary, Threshold, Verdict};
use std::io::{self, Write};

/// How a report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// With colours.
    pub color: bool,
    /// With lines drawn in Unicode, else in ASCII.
    pub unicode: bool,
    /// Every finding in full.
    pub all: bool,
    /// The verdict alone.
    pub quiet: bool,
}

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Report<'r> {
    /// What is known.
    pub graph: &'r Graph,
    /// What was found, in order.
    pub findings: &'r [Finding],
    /// The counts.
    pub summary: &'r Summary,
    /// The verdict.
    pub verdict: Verdict,
    /// From which severity on the verdict is "fail".
    pub threshold: Threshold,
    /// What it is compared with, if it is.
    pub since: Option<&'r Since>,
    /// How it looks to people.
    pub view: View,
}

/// What findings are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The revision or the report, as a person calls it.
    pub name: String,
    /// What was not there to compare with, each in a few words.
    pub absent: Vec<String>,
}

/// An output.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Writes the report of `check`.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All outputs, in the order in which help shows them.
pub const FORMATS: &[Format] = &[Format { name: "text", write: text::write }, Format { name: "json", write: json::write }];

/// A format by its name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// `path:line` of a place, safe to show.
pub fn at(graph: &Graph, place: Place) -> String {
    let input = graph.input(place.file);
    let (line, _) = input.text.position(place.span.start);
    format!("{}:{line}", visible::line(&input.path))
}
