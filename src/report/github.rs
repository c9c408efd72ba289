//! The report for GitHub Actions: workflow commands, which become annotations of lines.
//!
//! GitHub shows ten of each kind a step. Therefore each check has its first finding shown before any has its second, and
//! the last line tells how many are left out.

use super::region::Region;
use super::visible::{self, count};
use super::{Report, sentence, title};
use crate::finding::{Finding, Severity};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Annotations of one kind that GitHub shows of a step.
const SHOWN: usize = 10;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut left_out = 0;
    // The last line is a notice, too.
    let kinds = [(Severity::Error, "error", SHOWN), (Severity::Warning, "warning", SHOWN), (Severity::Info, "notice", SHOWN - 1)];
    for (severity, command, shown) in kinds {
        let found = in_turn(report.findings.iter().filter(|finding| finding.severity == severity && finding.counts()));
        for finding in found.iter().take(shown) {
            annotation(report, finding, command, out)?;
        }
        left_out += found.len().saturating_sub(shown);
    }
    let mut last = sentence(report);
    if left_out > 0 {
        last.push_str(&format!(". {} not shown here; other formats list each.", count(left_out, "finding")));
    }
    let title = property(&format!("tracegate: {}", report.verdict_name()));
    writeln!(out, "::notice title={title}::{}", data(&last))
}

/// Says that nothing could be checked, and why: who reads annotations alone sees it nowhere else.
pub fn failure(message: &str, help: &str) -> String {
    let message = visible::line(message).into_owned();
    let text = if help.is_empty() { message } else { format!("{message}\n{}", visible::line(help)) };
    format!("::error title={}::{}\n", property("tracegate: could not check"), data(&text))
}

/// The first finding of each check, then the second of each, and so on: no check hides another.
fn in_turn<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<&'f Finding> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, &Finding)> = findings
        .map(|finding| {
            let turn = counts.entry(finding.code).or_default();
            *turn += 1;
            (*turn, finding)
        })
        .collect();
    // Stable: within a turn the order of places stays.
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, finding)| finding).collect()
}

fn annotation(report: &Report<'_>, finding: &Finding, command: &str, out: &mut dyn Write) -> io::Result<()> {
    let at = Region::of(report.graph, finding.place);
    let file = property(&visible::line(&report.path(finding.place.file)));
    let mut place = format!("file={file},line={},endLine={}", at.line, at.end_line);
    if at.line == at.end_line {
        // Columns are for one line alone, and the end is the last character here.
        let end = at.end_column.saturating_sub(1).max(at.column);
        place.push_str(&format!(",col={},endColumn={end}", at.column));
    }
    let mut message = visible::line(&finding.message).into_owned();
    if !finding.help.is_empty() {
        message.push_str(&format!("\n{}", visible::line(&finding.help)));
    }
    writeln!(out, "::{command} {place},title={}::{}", property(&title(finding.code)), data(&message))
}

/// The message of a command: what would end it is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, which a comma or a colon would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
