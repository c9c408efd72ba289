//! What is new, lost and gone since what the run is compared with: the first thing that who reads a change wants to know.

use super::{SHOWN, code, row, text};
use crate::compare::delta::{Change, Delta, Kind};
use crate::finding::Finding;
use crate::report::text::{groups, standing};
use crate::report::visible::count;
use crate::report::{Report, Since, title};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes the changes.
pub(super) fn write(report: &Report<'_>, since: &Since, out: &mut dyn Write) -> io::Result<()> {
    let name = code(&since.name);
    new(report, &name, out)?;
    if let Some(delta) = &since.delta {
        lost(report, delta, &name, out)?;
        gone(report, delta, out)?;
    }
    known(report, out)?;
    for what in &since.absent {
        writeln!(out, "Not compared: {}\n", text(what))?;
    }
    // That what is compared with has none stands among the absent, unless nobody has any.
    let sides = since.delta.iter().map(|delta| delta.without_results.as_slice()).filter(|sides| *sides != ["base"]);
    for side in sides.flatten() {
        let of = if *side == "base" { name.as_str() } else { "the state that is checked" };
        writeln!(out, "Not compared: whether tests pass, because {of} has no results\n")?;
    }
    Ok(())
}

/// What counts for the gate, whatever check found it; each says what it is.
fn new(report: &Report<'_>, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let found: Vec<&Finding> = groups(report.findings).into_iter().flatten().filter(|finding| finding.counts()).collect();
    writeln!(out, "### New since {name}: {}\n", count(found.len(), "finding"))?;
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "| check | severity | place | finding | what to do |\n|---|---|---|---|---|")?;
    for finding in found.iter().take(shown(report, found.len())) {
        // What could not be compared is not said to be new.
        let standing = if finding.is_new.is_none() { "" } else { standing(finding) };
        let severity = format!("{standing}{}", finding.severity.name());
        writeln!(out, "| {} | {severity} | {}", text(&title(finding.code)), row(report, finding))?;
    }
    rest(report, found.len(), out)
}

/// Evidence that is no longer there, and links and requirements that are gone; then requirements that changed or came.
fn lost(report: &Report<'_>, delta: &Delta, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let lists = [&delta.evidence, &delta.links, &delta.requirements];
    let mut lost: Vec<&Change> = lists.into_iter().flatten().filter(|one| one.change == Kind::Lost).collect();
    // A pass that is gone is a link that is gone, too; the first says more.
    let mut seen = BTreeSet::new();
    lost.retain(|one| seen.insert((&one.what, one.message.split(' ').next(), &one.path)));
    requirements(report, &format!("Lost since {name}"), &lost, out)?;
    let changed: Vec<&Change> = delta.requirements.iter().filter(|one| one.change != Kind::Lost).collect();
    requirements(report, &format!("Changed since {name}"), &changed, out)
}

fn requirements(report: &Report<'_>, title: &str, list: &[&Change], out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "### {title}: {}\n\n| requirement | what | where |\n|---|---|---|", list.len())?;
    for one in list.iter().take(shown(report, list.len())) {
        writeln!(out, "| {} | {} | {} |", text(&one.what), text(&one.message), code(&one.path))?;
    }
    rest(report, list.len(), out)
}

/// Findings that are no longer there.
fn gone(report: &Report<'_>, delta: &Delta, out: &mut dyn Write) -> io::Result<()> {
    let gone: Vec<&Change> = delta.findings.iter().filter(|one| one.change == Kind::Resolved).collect();
    if gone.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Resolved: {}\n\n| check | finding | where it was |\n|---|---|---|", count(gone.len(), "finding"))?;
    for one in gone.iter().take(shown(report, gone.len())) {
        writeln!(out, "| {} | {} | {} |", text(&title_of(&one.what)), text(&one.message), code(&one.path))?;
    }
    rest(report, gone.len(), out)
}

/// A code that a saved report tells may be none of this version.
fn title_of(code: &str) -> String {
    crate::check::find(code).map_or_else(|| code.to_owned(), |check| title(check.code))
}

/// What was there before or is accepted, by check.
fn known(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let of = |group: &[&Finding]| {
        let (waived, known): (Vec<&Finding>, Vec<&Finding>) =
            group.iter().filter(|one| !one.counts()).partition(|one| one.waiver.is_some());
        let first = group.first().map_or("", |first| first.code);
        (first, known.len(), waived.len())
    };
    let known: Vec<_> =
        groups(report.findings).iter().map(|group| of(group)).filter(|(_, known, waived)| known + waived > 0).collect();
    if known.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Not new (`--all` lists each)\n\n| check | known | waived |\n|---|---:|---:|")?;
    for (code, known, waived) in known {
        writeln!(out, "| {} | {known} | {waived} |", text(&title(code)))?;
    }
    writeln!(out)
}

fn shown(report: &Report<'_>, all: usize) -> usize {
    if report.view.all { all } else { SHOWN.min(all) }
}

fn rest(report: &Report<'_>, all: usize, out: &mut dyn Write) -> io::Result<()> {
    match all - shown(report, all) {
        0 => writeln!(out),
        more => writeln!(out, "\n… and {more} more (`--all` lists each)\n"),
    }
}
