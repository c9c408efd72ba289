//! Findings and graph to text, JSON and whatever else people read.
//!
//! One file an output, one line in [`FORMATS`]. An output writes what it is handed
//! and decides nothing: verdict and exit code are the same in every format.

pub mod assessed;
pub mod csv;
pub mod delta;
pub mod draft;
pub mod escaped;
pub mod excerpt;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod list;
pub mod markdown;
pub mod matrix;
pub mod nothing;
pub mod picture;
pub mod region;
pub mod sarif;
pub mod sections;
pub mod snippet;
pub mod text;
pub mod trace;
pub mod visible;
pub mod whole;
pub mod xlsx;

use crate::check;
use crate::compare::delta::Delta;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::source::{FileId, Place};
use crate::verdict::{Summary, Threshold, Verdict};
use sections::{Account, Section};
use std::collections::BTreeMap;
use std::io::{self, Write};
use visible::count;

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
    /// Of what is compared only what is new.
    pub only_new: bool,
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
    /// The severities that a person set, by code; `None` turns a check off.
    pub severity: &'r BTreeMap<String, Option<Severity>>,
    /// The address of the page of a check, with `{code}` or `{name}` in it, if the pages are published.
    pub pages: Option<&'r str>,
    /// What stands before each path to make it one from the folder that the command was started in: empty or `docs/`.
    pub base: &'r str,
    /// What it is compared with, if it is.
    pub since: Option<&'r Since>,
    /// How it looks to people.
    pub view: View,
}

impl Report<'_> {
    /// The verdict in words: a pass that rests on waivers is called one, and a gate that nothing closes says nothing by being
    /// open.
    pub fn verdict_name(&self) -> &'static str {
        match (self.threshold, self.verdict) {
            (Threshold::Never, _) => "no gate",
            (_, Verdict::Pass) if self.summary.findings.waived > 0 => "pass with waivers",
            (_, verdict) => verdict.name(),
        }
    }

    /// The path of a file as services find it, which look from the root of the repository.
    pub fn path(&self, file: FileId) -> String {
        format!("{}{}", self.base, self.graph.path(file))
    }

    /// Whether a finding counts as a failure in formats that know pass and fail alone: what closes the gate, and errors
    /// also where no finding does, because green would say that there are none.
    pub fn is_failure(&self, finding: &Finding) -> bool {
        let least = if self.threshold == Threshold::Warning { Severity::Warning } else { Severity::Error };
        finding.severity >= least && finding.counts()
    }
}

/// What findings are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// The revision or the report, as a person calls it.
    pub name: String,
    /// What was not there to compare with, each in a few words.
    pub absent: Vec<String>,
    /// What else changed; only for outputs that tell it.
    pub delta: Option<Delta>,
}

/// An output.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Writes the report of `check`.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All outputs, in the order in which help shows them.
pub const FORMATS: &[Format] = &[
    Format { name: "text", write: text::write },
    Format { name: "json", write: json::write },
    Format { name: "sarif", write: sarif::write },
    Format { name: "junit", write: junit::write },
    Format { name: "github", write: github::write },
    Format { name: "gitlab", write: gitlab::write },
    Format { name: "markdown", write: markdown::write },
];

/// A form of the whole report.
#[derive(Debug, Clone, Copy)]
pub struct Whole {
    /// Its name on the command line.
    pub name: &'static str,
    /// How it is written.
    pub writes: Writes,
}

/// How a whole report is written.
#[derive(Debug, Clone, Copy)]
pub enum Writes {
    /// Into one file.
    All(fn(&Account<'_>, &mut dyn Write) -> io::Result<()>),
    /// Into one file that is no text, and that no terminal shows.
    Bytes(fn(&Account<'_>, &mut dyn Write) -> io::Result<()>),
    /// A section a file.
    Each(fn(&Section<'_>, &mut dyn Write) -> io::Result<()>),
}

/// All forms of the whole report, in the order in which help shows them.
pub const WHOLES: &[Whole] = &[
    Whole { name: "html", writes: Writes::All(html::write) },
    Whole { name: "xlsx", writes: Writes::Bytes(xlsx::write) },
    Whole { name: "csv", writes: Writes::Each(csv::write) },
    Whole { name: "markdown", writes: Writes::All(whole::write) },
    Whole { name: "json", writes: Writes::All(json::write_whole) },
];

/// A form of the whole report by its name.
pub fn whole(name: &str) -> Option<&'static Whole> {
    WHOLES.iter().find(|whole| whole.name == name)
}

/// A format by its name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Whether an output tells what changed beside the findings, which costs a comparison.
pub fn tells_changes(format: &Format) -> bool {
    format.name == "markdown"
}

/// Code and name of a check: `M02 ghost-test`.
pub fn title(code: &str) -> String {
    let name = check::find(code).map_or("", |check| check.name);
    format!("{code} {name}").trim_end().to_owned()
}

/// What the verdict rests on, with its denominators.
pub fn sentence(report: &Report<'_>) -> String {
    let s = report.summary;
    let found = [(s.findings.error, "error"), (s.findings.warning, "warning"), (s.findings.info, "remark")];
    let waived = (s.findings.waived > 0).then(|| format!("{} waived", s.findings.waived));
    let found = found.iter().map(|(n, one)| count(*n, one)).chain(waived).collect::<Vec<_>>().join(", ");
    let new = report.since.map_or_else(String::new, |_| {
        let n = report.findings.iter().filter(|finding| finding.counts()).count();
        format!(" ({n} count as new)")
    });
    let verified = format!("{} of {} verified, {} not assessed", s.verified, count(s.active, "requirement"), s.not_assessed);
    let verified = records_alone(s).map_or(verified, |records| format!("no requirement; {records} read"));
    format!("{found}{new}; {verified} (fails on: {})", report.threshold.name())
}

/// How many controlled records were read, where they are all that there is to check.
fn records_alone(summary: &Summary) -> Option<String> {
    (summary.requirements == 0 && summary.records > 0).then(|| count(summary.records, "controlled record"))
}

/// `path:line` of a place, safe to show.
pub fn at(graph: &Graph, place: Place) -> String {
    let input = graph.input(place.file);
    let (line, _) = input.text.position(place.span.start);
    format!("{}:{line}", visible::line(&input.path))
}
