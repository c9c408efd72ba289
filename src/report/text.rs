//! The report for people: findings with the lines they are about, then the counts.

use super::excerpt::Mark;
use super::snippet::{self, Elsewhere, Paint};
use super::visible::{self, count};
use super::{Report, Since, View, at, records_alone, sentence};
use crate::check;
use crate::finding::{Acceptance, Finding, Related, Severity};
use crate::link::executed::Unknown;
use crate::link::graph::Graph;
use crate::link::mutated::Unkilled;
use crate::verdict::{self, Summary, Threshold, Verdict};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Findings of one check that are shown in full.
const IN_FULL: usize = 5;
/// Further findings of one check that get a line each.
const ONE_LINE: usize = 20;
/// Further places of one finding that are shown.
const PLACES: usize = 6;
/// Lines between two places that are shown in one piece.
const NEAR: u32 = 6;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.view.quiet {
        return verdict_line(report, out);
    }
    for mut group in groups(report.findings) {
        group.retain(|finding| finding.counts() || !report.view.only_new);
        write_group(report, &group, out)?;
    }
    summary(report, out)?;
    verdict_line(report, out)
}

/// Findings by check: the most serious checks first, then by code.
pub(super) fn groups(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut by_code: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_code.entry(finding.code).or_default().push(finding);
    }
    let mut groups: Vec<Vec<&Finding>> = by_code.into_values().collect();
    for group in &mut groups {
        // Stable: within a severity the order of places stays.
        group.sort_by_key(|finding| std::cmp::Reverse(weight(finding)));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.first().map(|finding| weight(finding))));
    groups
}

/// What counts for the gate comes first, then by severity; what somebody accepted comes last.
fn weight(finding: &Finding) -> (bool, bool, Severity) {
    (finding.waiver.is_none(), finding.counts(), finding.severity)
}

fn write_group(report: &Report<'_>, group: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint(report.view.color);
    let Some(first) = group.first() else { return Ok(()) };
    let dot = if report.view.unicode { '·' } else { '-' };
    let title = format!("{} {}", first.code, name(first.code));
    writeln!(out, "{} {dot} {}\n", paint.bold(title.trim_end()), counts(group))?;
    let in_full = if report.view.all { group.len() } else { IN_FULL };
    for finding in group.iter().take(in_full) {
        out.write_all(in_detail(report.graph, finding, report.view).as_bytes())?;
        writeln!(out)?;
    }
    let rest = group.get(in_full..).unwrap_or_default();
    for finding in rest.iter().take(ONE_LINE) {
        let severity = paint.severity(finding.severity, finding.severity.name());
        let (place, standing) = (at(report.graph, finding.place), standing(finding));
        writeln!(out, "{place}: {standing}{severity}: {}", visible::line(&finding.message))?;
    }
    if rest.len() > ONE_LINE {
        writeln!(out, "{} and {} more (--all shows each)", dots(report.view), rest.len() - ONE_LINE)?;
    }
    if !rest.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn dots(view: View) -> &'static str {
    if view.unicode { "…" } else { "..." }
}

fn name(code: &str) -> &'static str {
    check::find(code).map_or("", |check| check.name)
}

/// `2 errors, 1 warning, 1 waived`
pub(super) fn counts(group: &[&Finding]) -> String {
    let of = verdict::by_severity(group.iter().copied());
    let parts = [(of.error, "error"), (of.warning, "warning"), (of.info, "remark")];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| count(*n, word));
    parts.chain(waived(of.waived)).collect::<Vec<_>>().join(", ")
}

fn waived(n: usize) -> Option<String> {
    (n > 0).then(|| format!("{n} waived"))
}

/// What stands before the severity of a finding that somebody accepted, or that is compared with what was.
pub(super) fn standing(finding: &Finding) -> &'static str {
    match (&finding.waiver, finding.is_new) {
        (Some(_), _) => "waived ",
        (None, Some(true)) => "new ",
        (None, Some(false)) => "known ",
        (None, None) => "",
    }
}

/// Who accepted a finding, until when and why.
pub(super) fn accepted(waiver: &Acceptance) -> String {
    let ticket = waiver.ticket.as_ref().map_or_else(String::new, |ticket| format!(" ({ticket})"));
    let Acceptance { id, approved_by, expires, reason, risk, .. } = waiver;
    format!("{id}{ticket}, approved by {approved_by}, until {expires}: {reason} (risk: {risk})")
}

/// One finding with its lines, its further places and what to do.
pub fn in_detail(graph: &Graph, finding: &Finding, view: View) -> String {
    let paint = Paint(view.color);
    let input = graph.input(finding.place.file);
    let head = format!("{}{}[{}]", standing(finding), finding.severity.name(), finding.code);
    let head = paint.severity(finding.severity, &head);
    let name = paint.bold(&format!("{}:", name(finding.code)));
    let mut out = format!("{head} {name} {}\n", visible::line(&finding.message));
    let (near, far): (Vec<&Related>, Vec<&Related>) = finding.related.iter().partition(|other| is_near(graph, finding, other));
    let mut marks = vec![Mark { span: finding.place.span, label: finding.label.to_string() }];
    marks.extend(near.iter().take(PLACES).map(|other| Mark { span: other.place.span, label: other.message.to_string() }));
    out.push_str(&snippet::draw(&input.path, &input.text, &marks, finding.severity, view));
    let shown = if view.all { far.len() } else { PLACES };
    for other in far.iter().take(shown) {
        let file = graph.input(other.place.file);
        let other = Elsewhere { path: &file.path, text: &file.text, span: other.place.span, message: &other.message };
        out.push_str(&snippet::elsewhere(&other, view));
    }
    if far.len() > shown {
        out.push_str(&format!("  {} and {} (--all shows each)\n", dots(view), count(far.len() - shown, "further place")));
    }
    if let Some(waiver) = &finding.waiver {
        out.push_str(&format!("  {} {}\n", paint.help("waiver:"), visible::line(&accepted(waiver))));
    } else if !finding.help.is_empty() {
        out.push_str(&format!("  {} {}\n", paint.help("help:"), visible::line(&finding.help)));
    }
    out
}

/// Whether a further place is shown in the same piece as the finding's own.
fn is_near(graph: &Graph, finding: &Finding, other: &Related) -> bool {
    let text = &graph.input(finding.place.file).text;
    let line = |offset: u32| text.position(offset).0;
    let overlaps = other.place.span.start < finding.place.span.end() && finding.place.span.start < other.place.span.end();
    other.place.file == finding.place.file
        && !overlaps
        && line(other.place.span.start).abs_diff(line(finding.place.span.start)) <= NEAR
}

fn summary(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Summary { ladder, .. } = report.summary;
    let s = report.summary;
    let sep = if report.view.unicode { " · " } else { " | " };
    let paint = Paint(report.view.color);
    let key = |word: &str| paint.dim(&format!("{word:<13}"));
    let standing = [(s.active, "active"), (s.planned, "planned"), (s.retired, "retired")];
    let standing = standing.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
    let standing = standing.collect::<Vec<_>>().join(", ");
    let standing = if standing.is_empty() { String::new() } else { format!(" ({standing})") };
    writeln!(out, "{}{}{standing} in {}", key("requirements"), s.requirements, count(s.specifications, "specification"))?;
    if let Some(records) = records_alone(s) {
        writeln!(out, "{}{records}", key("records"))?;
    }
    writeln!(out, "{}{} in {}", key("rows"), s.rows, count(s.matrices, "matrix"))?;
    writeln!(out, "{}{} in {}", key("tests"), s.tests, count(s.test_files, "file"))?;
    writeln!(out, "{}{} in {}", key("results"), s.results, count(s.result_files, "file"))?;
    let mut rungs = vec![
        format!("cited {} of {}", ladder.cited, s.active),
        format!("exists {}", ladder.exists),
        format!("passes {}", ladder.passes),
    ];
    let listed = |reasons: &BTreeMap<String, usize>| {
        let each = reasons.iter().map(|(reason, n)| format!("{n}: {}", visible::line(reason)));
        format!("not assessed {} ({})", reasons.values().sum::<usize>(), each.collect::<Vec<_>>().join("; "))
    };
    let open =
        |reasons: &BTreeMap<String, usize>| if reasons.is_empty() { String::new() } else { format!(", {}", listed(reasons)) };
    rungs.push(format!("asserts {}{}", ladder.asserts, open(&ladder.not_asserted)));
    if report.graph.measured.any {
        rungs.push(format!("executes {}{}", ladder.executes, open(&ladder.not_executed)));
    } else {
        rungs.push(format!("executes: not assessed ({})", Unknown::NoCoverage.text()));
    }
    if report.graph.mutated.any {
        rungs.push(format!("kills {}{}", ladder.kills, open(&ladder.not_killed)));
    } else {
        rungs.push(format!("kills: not assessed ({})", Unkilled::NoResults.text()));
    }
    if !ladder.not_assessed.is_empty() {
        rungs.push(listed(&ladder.not_assessed));
    }
    writeln!(out, "{}{}", key("ladder"), rungs.join(sep))?;
    let states = [("verified", s.verified), ("gap", s.gap), ("waived", s.waived), ("not assessed", s.not_assessed)];
    let states = states.iter().map(|(word, n)| format!("{word} {n}"));
    writeln!(out, "{}{} (of {} active)", key("state"), states.collect::<Vec<_>>().join(sep), s.active)?;
    if let Some(since) = report.since {
        let unseen = if report.view.only_new { " (not shown; --all shows them)" } else { "" };
        writeln!(out, "{}{}", key("compared"), compared(since, report.findings, sep, unseen))?;
    }
    writeln!(out)
}

/// How many findings are new since when, and what could not be compared.
fn compared(since: &Since, findings: &[Finding], sep: &str, unseen: &str) -> String {
    let of = |is_new| findings.iter().filter(|finding| finding.waiver.is_none() && finding.is_new == is_new).count();
    let (name, new, known) = (visible::short(&since.name, 80), of(Some(true)), of(Some(false)));
    let unseen = if known == 0 { "" } else { unseen };
    let known = format!("since {name}: new {new}{sep}known {known}{unseen}");
    let open = of(None);
    let open = if open == 0 { String::new() } else { format!("{sep}not compared {open} (they count as new)") };
    let absent = since.absent.iter().map(|what| format!("{sep}not compared: {}", visible::line(what)));
    [known, open].into_iter().chain(absent).collect()
}

fn verdict_line(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint(report.view.color);
    let word = match report.verdict {
        Verdict::Pass if report.threshold == Threshold::Never => report.verdict_name().to_owned(),
        Verdict::Pass => paint.good(report.verdict_name()),
        Verdict::Fail => paint.severity(Severity::Error, report.verdict_name()),
    };
    writeln!(out, "{word}: {}", sentence(report))
}
