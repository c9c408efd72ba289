//! The report for merge requests of GitLab: a list of issues in the format Code Quality.

use super::json::write_pretty;
use super::region::Region;
use super::{Report, visible};
use crate::finding::{Severity, fingerprints};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let fingerprints = fingerprints(report.findings, |file| report.graph.path(file));
    let issues = report.findings.iter().zip(fingerprints).map(|(finding, fingerprint)| {
        let region = Region::of(report.graph, finding.place);
        let check = super::title(finding.code);
        Issue {
            description: format!("{check}: {}", visible::line(&finding.message)),
            check_name: check,
            fingerprint,
            // What is accepted or was there before stays visible and raises no alarm.
            severity: if finding.counts() { severity(finding.severity) } else { severity(Severity::Info) },
            location: Location {
                path: report.path(finding.place.file),
                lines: Lines { begin: region.line, end: region.end_line },
            },
        }
    });
    write_pretty(&issues.collect::<Vec<_>>(), out)
}

/// The word of the format; `blocker` is not for a tool to say.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}
