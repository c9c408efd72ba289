//! Tasks that a project gives a name: targets of make and just, scripts of npm. A matrix may cite them as what is run.

use crate::model::Facts;
use crate::model::mention::Mention;
use crate::source::{Span, Text};

/// Reads the names of the tasks.
pub fn read(path: &str, text: &Text) -> Facts {
    let source = text.as_str();
    let tasks = if path.ends_with(".json") { scripts(source) } else { targets(source) };
    Facts { tasks, ..Facts::default() }
}

/// Lines such as `test_unit lint: build` that are not indented. What just takes as arguments may pass for names.
fn targets(source: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let rule = line.split_once(':').filter(|(_, rest)| !rest.starts_with('=') && !rest.starts_with(":="));
        let names = rule.map_or("", |(names, _)| names);
        // `X ?= a:b` sets a variable; what stands behind a recipe of just are its arguments.
        let sets = names.split_whitespace().any(|part| matches!(part, "=" | "?=" | "+=")) || names.contains('#');
        if line.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !sets {
            for name in names.split_whitespace().take_while(|part| !part.contains('=')).filter(|name| is_name(name)) {
                let start = at + (name.as_ptr() as usize - line.as_ptr() as usize);
                found.push(Mention::one(name, Span::new(start, start + name.len())));
            }
        }
        at += line.len();
    }
    found
}

/// A file or a pattern of files is a target, too, and no task.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// The keys of `scripts` in the description of a package.
fn scripts(source: &str) -> Vec<Mention> {
    let Ok(serde_json::Value::Object(package)) = serde_json::from_str(source) else { return Vec::new() };
    let Some(serde_json::Value::Object(scripts)) = package.get("scripts") else { return Vec::new() };
    let place = |name: &String| source.find(&format!("\"{name}\"")).map_or(0, |at| at + 1);
    scripts.keys().map(|name| Mention::one(name.as_str(), Span::new(place(name), place(name) + name.len()))).collect()
}
