//! The text of a requirement without its notation and without what administers it.

use crate::link::graph::{Graph, Input, Requirement};
use crate::model::requirement::Definition;
use crate::model::vocabulary::words;
use sha2::{Digest, Sha256};

/// Fields that say nothing about the obligation.
const FIELDS: &[&str] = &[
    "approved by",
    "author",
    "change history",
    "created",
    "date",
    "last updated",
    "level",
    "method",
    "modified",
    "owner",
    "parent",
    "parents",
    "priority",
    "revision",
    "source",
    "status",
    "state",
    "test",
    "tests",
    "trace",
    "traces",
    "traces to",
    "verification",
    "verification level",
    "verification method",
    "verified by",
    "version",
];

/// What a requirement says: its title and its text, however they are set.
pub(super) fn wording(input: &Input, definition: &Definition) -> String {
    let text = input.text.slice(definition.text);
    let lines = text.lines().filter(|line| !administers(line)).flat_map(str::split_whitespace);
    let plain = |word: &str| word.replace(['*', '`', '_', '\\', '|', '#'], "");
    let said = definition.title.split_whitespace().chain(lines).map(plain);
    let mut said: Vec<String> = said.filter(|word| !word.is_empty() && !matches!(word.as_str(), "-" | "+" | "•")).collect();
    if let Some(last) = said.last_mut() {
        last.truncate(last.trim_end_matches('.').len());
    }
    said.join(" ")
}

/// Sixteen hexadecimal digits that stay the same while a requirement says the same; `None` where nothing defines it.
pub fn fingerprint(graph: &Graph, requirement: &Requirement) -> Option<String> {
    let fact = requirement.definition?;
    let said = wording(graph.input(fact.file), graph.definition(requirement)?);
    Some(Sha256::digest(said).iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a line is a field such as `**Status:** Approved`.
fn administers(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+' | '|' | '>' | ':' | '_'));
    let Some((key, _)) = line.split_once([':', '|']) else { return false };
    key.len() < 40 && FIELDS.contains(&words(key).as_str())
}

#[cfg(test)]
mod tests {
    use super::administers;

    #[test]
    fn fields_and_sentences() {
        for line in ["**Status:** Approved", "- Priority: high", "| Verification method | Test |", ":status: open"] {
            assert!(administers(line), "{line}");
        }
        for line in ["The status: it is shown.", "Rationale: heat", "- open: within 10 ms", "Status"] {
            assert!(!administers(line), "{line}");
        }
    }
}
