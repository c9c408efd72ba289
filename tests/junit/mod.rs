//! Results of test runs: the dialects of the runners, and what is wrong with a file.

mod damage;
mod dialects;
mod linked;
mod robust;

use tracegate::model::Facts;
use tracegate::read::junit;
use tracegate::source::Text;

fn read(text: &str) -> Facts {
    junit::read(&Text::decode(text.as_bytes().to_vec()))
}

/// The facts in lines: one a result, one a problem.
fn told(text: &str) -> String {
    let source = Text::decode(text.as_bytes().to_vec());
    let facts = junit::read(&source);
    let mut lines = Vec::new();
    for result in &facts.results {
        let place = source.position(result.span.start).0;
        let mut line = format!("{place}: {}", result.outcome.name());
        line += &format!(" | {:?} | {} | {}", result.suites, result.class, result.name);
        if let Some(file) = &result.file {
            line += &format!(" | {file}:{:?}", result.line);
        }
        if !result.message.is_empty() {
            line += &format!(" | {}", result.message);
        }
        if !result.properties.is_empty() {
            line += &format!(" | {:?}", result.properties);
        }
        lines.push(line);
    }
    for problem in &facts.problems {
        let (line, column) = source.position(problem.span.start);
        let kind = if problem.whole_file { "lost" } else { "problem" };
        lines.push(format!("{line}:{column}: {kind}: {}\n    {}", problem.reason, problem.help));
    }
    lines.join("\n")
}
