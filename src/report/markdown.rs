//! The report in Markdown, for the summary of a job or a comment.
//!
//! Text of inputs is written so that no renderer finds markup, a link, a mention or a reference in it.

mod changes;

use super::text::{accepted, counts, groups, standing};
use super::visible::{self, count};
use super::{Report, sentence, title};
use crate::check;
use crate::explain;
use crate::finding::Finding;
use crate::link::executed::Unknown;
use crate::link::mutated::Unkilled;
use crate::model::own_report::MARKDOWN_HEAD;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Findings of one check that are listed unless all are asked for.
const SHOWN: usize = 25;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARKDOWN_HEAD}{}\n\n{}\n", report.verdict_name(), text(&sentence(report)))?;
    if let Some(since) = report.since {
        changes::write(report, since, out)?;
    }
    states(report, out)?;
    ladder(report, out)?;
    read(report, out)?;
    for group in groups(report.findings) {
        // What is new stands above; what was known is counted there.
        if report.since.is_none() || report.view.all {
            write_group(report, &group, out)?;
        }
    }
    Ok(())
}

fn states(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let s = report.summary;
    writeln!(out, "| requirements in force | of {} |\n|---|---:|", s.active)?;
    for (word, n) in [("verified", s.verified), ("gap", s.gap), ("waived", s.waived), ("not assessed", s.not_assessed)] {
        writeln!(out, "| {word} | {n} |")?;
    }
    writeln!(out)
}

fn ladder(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ladder = &report.summary.ladder;
    let all = BTreeMap::new();
    let no_coverage = once(Unknown::NoCoverage.text(), report.graph.measured.any);
    let no_mutants = once(Unkilled::NoResults.text(), report.graph.mutated.any);
    let rungs = [
        ("cited", ladder.cited, &all, None),
        ("exists", ladder.exists, &all, None),
        ("passes", ladder.passes, &all, None),
        ("asserts", ladder.asserts, &ladder.not_asserted, None),
        ("executes", ladder.executes, &ladder.not_executed, no_coverage),
        ("kills", ladder.kills, &ladder.not_killed, no_mutants),
    ];
    writeln!(out, "| evidence | of {} | not assessed |\n|---|---:|---|", report.summary.active)?;
    for (name, reached, open, absent) in rungs {
        match absent {
            Some(why) => writeln!(out, "| {name} | | {} |", text(why))?,
            None => writeln!(out, "| {name} | {reached} | {} |", reasons(open))?,
        }
    }
    if !ladder.not_assessed.is_empty() {
        writeln!(out, "| no further | | {} |", reasons(&ladder.not_assessed))?;
    }
    writeln!(out)
}

/// What is told once for all where nothing of its kind was read.
fn once(why: &'static str, any: bool) -> Option<&'static str> {
    (!any).then_some(why)
}

fn reasons(open: &BTreeMap<String, usize>) -> String {
    open.iter().map(|(why, n)| format!("{n}: {}", text(why))).collect::<Vec<_>>().join("; ")
}

fn read(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let s = report.summary;
    writeln!(out, "| read | | in |\n|---|---:|---|")?;
    writeln!(out, "| requirements | {} | {} |", s.requirements, count(s.specifications, "specification"))?;
    writeln!(out, "| rows | {} | {} |", s.rows, count(s.matrices, "matrix"))?;
    writeln!(out, "| tests | {} | {} |", s.tests, count(s.test_files, "file"))?;
    writeln!(out, "| results | {} | {} |\n", s.results, count(s.result_files, "file"))
}

fn write_group(report: &Report<'_>, group: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = group.first() else { return Ok(()) };
    writeln!(out, "### {} · {}\n", text(&title(first.code)), counts(group))?;
    if let Some(check) = check::find(first.code) {
        writeln!(out, "{}\n", text(&explain::summary(check)))?;
    }
    writeln!(out, "| severity | place | finding | what to do |\n|---|---|---|---|")?;
    let shown = if report.view.all { group.len() } else { SHOWN };
    for finding in group.iter().take(shown) {
        let severity = format!("{}{}", standing(finding), finding.severity.name());
        writeln!(out, "| {severity} | {}", row(report, finding))?;
    }
    if group.len() > shown {
        writeln!(out, "\n… and {} (`--all` lists each)", count(group.len() - shown, "further finding"))?;
    }
    writeln!(out)
}

/// Place, message and advice of a finding as the cells of a row.
fn row(report: &Report<'_>, finding: &Finding) -> String {
    let (line, _) = report.graph.input(finding.place.file).text.position(finding.place.span.start);
    let place = code(&format!("{}:{line}", report.path(finding.place.file)));
    let help = finding.waiver.as_ref().map_or_else(|| finding.help.to_string(), |waiver| accepted(waiver));
    format!("{place} | {} | {} |", text(&finding.message), text(&help))
}

/// Text of one line; what stands between backticks is shown as code.
pub(super) fn text(raw: &str) -> String {
    let raw = visible::line(raw);
    let parts: Vec<&str> = raw.split('`').collect();
    // A backtick without a partner belongs to the text behind it.
    let paired = parts.len() - (parts.len() + 1) % 2;
    let mut out = String::with_capacity(raw.len() * 2);
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 1 && at < paired {
            out.push_str(&coded(part));
        } else {
            out.push_str(if at >= paired { "&#96;" } else { "" });
            plain(&mut out, part);
        }
    }
    out
}

/// Code, where it can be written as code in a cell; else the text between backticks.
pub(super) fn code(raw: &str) -> String {
    coded(&visible::line(raw))
}

/// The same of a part of a text that is safe to show as a whole: escaped again, it would say something else.
fn coded(raw: &str) -> String {
    let is_code = !raw.contains(['`', '|', '\\']) && !raw.starts_with(' ') && !raw.ends_with(' ') && !raw.is_empty();
    if is_code {
        return format!("`{raw}`");
    }
    let mut out = String::from("&#96;");
    plain(&mut out, raw);
    out.push_str("&#96;");
    out
}

/// Text in which nothing is markup: signs that could be are named, and an empty comment parts what renderers make links
/// of after they have resolved the names: `@name`, `#12`, `https://…`, `www.…`.
fn plain(out: &mut String, raw: &str) {
    const APART: &str = "<!-- -->";
    let mut in_a_row = 0;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '@' | '#' | ':' if chars.peek() != Some(&' ') => out.push_str(&format!("&#{};{APART}", u32::from(c))),
            '.' if in_a_row >= 3 => out.push_str(&format!("{APART}.")),
            '-' | '.' | ',' | '(' | ')' | '/' | '\'' | '"' | ';' | ':' | '?' | '%' | '=' | '+' => out.push(c),
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
        in_a_row = if c.eq_ignore_ascii_case(&'w') { in_a_row + 1 } else { 0 };
    }
}
