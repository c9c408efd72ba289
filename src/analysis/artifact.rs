//! What runners of tests leave behind, told by its content.

mod emptied;

use super::{Choice, matches};
use crate::discover::passed_over::Family;
use crate::model::Facts;
use crate::read::{coverage, inventory, mutation, results};
use crate::source::Text;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Words of which the head of a file has all of a row where it holds what a look at its first bytes alone cannot tell for sure:
/// mutation results and the JSON of llvm-cov.
const TELLING: [&[&str]; 4] = [
    &["\"schemaVersion\"", "\"thresholds\""],
    &["\"files\"", "\"mutants\""],
    &["\"outcomes\"", "\"scenario\""],
    &["\"expansions\"", "\"filename\""],
];

/// Words of which the head of an artifact has one. Most data has none, and nothing more is asked of it.
const WORDS: [&str; 17] = [
    "\"Action\"",
    "\"Feature\"",
    "\"backtraceGraph\"",
    "\"created\"",
    "\"ctestInfo\"",
    "\"expansions\"",
    "\"meta\"",
    "\"mutants\"",
    "\"numTotalTest",
    "\"outcomes\"",
    "\"reportFormat\"",
    "\"rootDir\"",
    "\"rust-",
    "\"statementMap\"",
    "\"stats\"",
    "\"thresholds\"",
    "llvm.coverage",
];

static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(WORDS).ok());

/// Whether the first bytes of JSON are those of something that is read, or that is known and not read. A list of names or paths
/// says too little of what it is of, and so does the schema of such a report.
pub(super) fn is_one(head: &[u8]) -> bool {
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF));
    if first.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return inventory::begins_with_test(&String::from_utf8_lossy(head));
    }
    if !first.is_some_and(|byte| matches!(byte, b'{' | b'[')) || ANY.as_ref().is_some_and(|any| !any.is_match(head)) {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let has = |word: &str| head.contains(word);
    let object = head.trim_start_matches('\u{FEFF}').trim_start().strip_prefix('{').map(str::trim_start);
    if has("\"properties\"") && (has("\"$schema\"") || has("\"$id\"")) {
        return false;
    }
    let measured = match coverage::format(&head) {
        Some(coverage::Format::Python) => object.is_some_and(|object| object.starts_with("\"meta\"")),
        found => found.is_some(),
    };
    measured
        || TELLING.iter().any(|words| words.iter().all(|word| has(word)))
        || results::format(&head).is_some()
        || object.is_some() && inventory::format(&head).is_some()
        || results::unread(&head).is_some()
}

/// What a runner of tests left behind: results, a list of its tests, coverage or mutation results, which often stand side by
/// side. The content tells the format.
pub(super) fn read(path: &str, family: Family, text: &Text, choice: &Choice) -> (&'static str, Facts) {
    if family == Family::Data && inventory::begins_with_test(text.as_str()) && !inventory::is_counted(text.as_str()) {
        // Names of tests without the line that counts them may be those that failed, or are left out.
        return ("text", Facts::default());
    }
    if let Some(format) = results::format(text.as_str()) {
        return (format.name(), results::read(format, text));
    }
    if let Some(format) = inventory::format(text.as_str()) {
        return (format.name(), inventory::read(format, text));
    }
    if let Some(format) = coverage::format(text.as_str()) {
        return (format.name(), coverage::read(format, text));
    }
    match mutation::format(text.as_str()) {
        Some(format) => (format.name(), mutation::read(format, text)),
        None if matches(&choice.mutation, path) => ("none", mutation::unknown()),
        None if matches(&choice.coverage, path) => ("none", coverage::unknown()),
        None if matches(&choice.results, path) => ("none", results::unknown(text)),
        None if matches(&choice.inventory, path) => ("none", inventory::unknown()),
        // A run that broke off leaves what is no XML at all under any name.
        None if family == Family::Xml && is_among_results(path) && !text.as_str().trim_start().starts_with('<') => {
            ("none", results::unknown(text))
        }
        None if emptied::mutation(path, text.as_str()) => ("none", mutation::unknown()),
        None if emptied::results(path, text.as_str()) => ("none", emptied::told(text.as_str())),
        None if coverage::is_cut_export(text.as_str()) => ("none", coverage::damaged()),
        None if family == Family::Data => ("json", results::unread(text.as_str()).unwrap_or_default()),
        None if coverage::is_damaged(path, text.as_str()) => ("none", coverage::damaged()),
        None if is_among_results(path) && results::is_damaged_json(path, text.as_str()) => ("none", results::unknown(text)),
        None => (if family == Family::Xml { "xml" } else { "json" }, results::unread(text.as_str()).unwrap_or_default()),
    }
}

/// Whether a file lies in a folder that is called after the results of test runs.
fn is_among_results(path: &str) -> bool {
    const FOLDERS: &[&str] = &["results", "test-results", "test_results", "junit", "surefire-reports", "failsafe-reports"];
    path.rsplit('/').nth(1).is_some_and(|folder| FOLDERS.contains(&folder))
}
