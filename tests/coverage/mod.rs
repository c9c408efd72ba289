//! Coverage: the formats of the tools, what is wrong with a file, and what it says of tests and requirements.

mod choice;
mod damage;
mod database;
mod entries;
mod formats;
mod linked;
mod robust;
mod single;
mod structure;

use std::fmt::Write as _;
use tracegate::model::Facts;
use tracegate::read::coverage::{self, Format};
use tracegate::source::Text;

fn read(text: &str) -> Facts {
    let text = Text::decode(text.as_bytes().to_vec());
    coverage::format(text.as_str()).map_or_else(coverage::unknown, |format| coverage::read(format, &text))
}

/// The facts in lines: one a measured file, one a context of it, one a problem.
fn told(text: &str) -> String {
    let source = Text::decode(text.as_bytes().to_vec());
    let facts = read(text);
    let mut out = coverage::format(text).map_or("", Format::name).to_owned() + "\n";
    if let Some(coverage) = &facts.coverage {
        if !coverage.sources.is_empty() {
            writeln!(out, "sources {:?}", coverage.sources).unwrap();
        }
        for file in &coverage.files {
            write!(out, "{} ran {:?} not {:?}", file.path, file.executed, file.missing).unwrap();
            for branch in &file.branches {
                write!(out, " | {}: {} of {}", branch.line, branch.taken, branch.ways).unwrap();
            }
            out.push('\n');
            for (at, name) in (0..).zip(&coverage.contexts) {
                let lines: Vec<u32> = file.lines_of(at).collect();
                if !lines.is_empty() {
                    writeln!(out, "  {name:?} {lines:?}").unwrap();
                }
            }
        }
    }
    for problem in &facts.problems {
        let (line, column) = source.position(problem.span.start);
        let kind = if problem.whole_file { "lost" } else { "problem" };
        writeln!(out, "{line}:{column}: {kind}: {}", problem.reason).unwrap();
    }
    out
}
