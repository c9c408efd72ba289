//! What changed between two states, for people and for programs.

use super::json::{SCHEMA, TOOL, write_pretty};
use super::visible;
use crate::compare::delta::{Change, Delta, Kind};
use serde_json::json;
use std::io::{self, Write};

/// Writes the changes between two states that a person calls `base` and `head`.
pub fn write(delta: &Delta, base: &str, head: &str, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        return write_pretty(&json!({"schema": SCHEMA, "tool": TOOL, "base": base, "head": head, "delta": delta}), out);
    }
    let lists = [
        ("evidence", &delta.evidence),
        ("links", &delta.links),
        ("requirements", &delta.requirements),
        ("findings", &delta.findings),
    ];
    for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(out, "{name}")?;
        for one in *list {
            let (what, message) = (visible::line(&one.what), visible::short(&one.message, 300));
            writeln!(out, "  {:8}  {what}: {message}  {}", word(one.change), visible::line(&one.path))?;
        }
        writeln!(out)?;
    }
    for side in &delta.without_results {
        let name = if *side == "base" { base } else { head };
        writeln!(out, "not compared: whether tests pass; {} has no results", visible::line(name))?;
    }
    if delta.not_compared > 0 {
        let findings = visible::count(delta.not_compared, "finding");
        writeln!(out, "not compared: {findings} about results, coverage or mutation results that only one side has")?;
    }
    let counts = lists.map(|(name, list)| counts(name, list));
    writeln!(out, "{} to {}: {}", visible::line(base), visible::line(head), counts.join("; "))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Lost => "lost",
        Kind::Changed => "changed",
        Kind::Added => "added",
        Kind::Resolved => "resolved",
    }
}

/// `links 1 lost, 2 added`
fn counts(name: &str, list: &[Change]) -> String {
    let of = |kind: Kind| (list.iter().filter(|one| one.change == kind).count(), word(kind));
    let parts = [of(Kind::Lost), of(Kind::Changed), of(Kind::Added), of(Kind::Resolved)];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    format!("{name} {}", if parts.is_empty() { "the same".to_owned() } else { parts.join(", ") })
}
