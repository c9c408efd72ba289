//! Reports, the verdict and the command itself.

mod accept;
mod chain;
mod command;
mod config;
mod diff;
mod finding;
mod formats;
mod hostile;
mod hostile_whole;
mod init;
mod json;
mod matrix;
mod page;
mod picture;
mod sarif;
mod sections;
mod since;
mod staged;
mod text;
mod verdict;
mod waivers;
mod whole;

use std::collections::BTreeMap;
use tracegate::analysis::Analysis;
use tracegate::finding::Finding;
use tracegate::link::graph::{Graph, Input};
use tracegate::report::sections::Account;
use tracegate::report::{Report, View, format};
use tracegate::settings::Settings;
use tracegate::source::{FileId, Place, Span, Text};
use tracegate::verdict::{States, Summary, Threshold};

/// A graph of files that nothing was read from: enough for findings to point at.
pub(crate) fn graph(files: &[(&str, &str)]) -> Graph {
    let input = |(path, text): &(&str, &str)| Input {
        path: (*path).to_owned(),
        text: Text::decode(text.as_bytes().to_vec()),
        ..Input::default()
    };
    Graph { inputs: files.iter().map(input).collect(), ..Graph::default() }
}

/// The place of the first occurrence of a text in a file.
pub(crate) fn place(graph: &Graph, file: u32, what: &str) -> Place {
    let start = graph.input(FileId(file)).text.as_str().find(what).unwrap();
    Place::new(FileId(file), Span::new(start, start + what.len()))
}

/// A report in a format.
pub(crate) fn report(graph: &Graph, findings: &[Finding], name: &str, view: View) -> String {
    report_with(graph, findings, |report| {
        let mut out = Vec::new();
        (format(name).unwrap().write)(&Report { view, ..report }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    })
}

/// What is made of a report.
pub(crate) fn report_with(graph: &Graph, findings: &[Finding], make: impl FnOnce(Report<'_>) -> String) -> String {
    let summary = Summary::of(graph, findings);
    let threshold = Threshold::Error;
    let severity = BTreeMap::new();
    let verdict = threshold.verdict(findings);
    make(Report {
        graph,
        findings,
        summary: &summary,
        verdict,
        threshold,
        severity: &severity,
        pages: None,
        base: "",
        since: None,
        view: VIEW,
    })
}

/// What is made of a whole report.
pub(crate) fn account_with<T>(analysis: &Analysis, settings: &Settings, make: impl FnOnce(&Account<'_>) -> T) -> T {
    let (graph, findings) = (&analysis.graph, &analysis.findings);
    let (summary, threshold) = (Summary::of(graph, findings), Threshold::Error);
    let (severity, verdict) = (&settings.severity, threshold.verdict(findings));
    let report = Report {
        graph,
        findings,
        summary: &summary,
        verdict,
        threshold,
        severity,
        pages: None,
        base: "",
        since: None,
        view: VIEW,
    };
    make(&Account {
        report: &report,
        states: &States::of(graph, findings),
        settings,
        passed_over: &analysis.passed_over,
        heads: &[],
        delta: None,
        command: "tracegate report",
        stamp: None,
    })
}

/// How most tests look at a report.
pub(crate) const VIEW: View = View { color: false, unicode: true, all: false, quiet: false, only_new: false };

/// Compares with a snapshot of this area.
pub(crate) fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../../snapshots/report", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}
