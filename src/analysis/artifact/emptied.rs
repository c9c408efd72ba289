//! Files that are called as runners call what they write, and hold nothing: a run that broke off before its first byte, or that wrote
//! its console into them.

use crate::model::{Facts, Problem};
use crate::source::Span;

/// Names of files, without their extensions, that only mutation tests write.
const MUTATION: &[&str] = &["mutation", "mutation-report", "mutation_report", "mutations", "outcomes"];

/// Words that name results by themselves.
const RESULTS: &[&str] =
    &["gotest", "jest", "junit", "nextest", "nunit", "pytest", "results", "testresult", "testresults", "vitest", "xunit"];

/// Words that stand beside such, and name results together with each other.
const BESIDE: &[&str] = &[
    "all",
    "ci",
    "e2e",
    "functional",
    "go",
    "integration",
    "list",
    "output",
    "report",
    "reports",
    "result",
    "run",
    "system",
    "test",
    "tests",
    "unit",
    "unittest",
];

/// Names of XML that runners write and that have no such word.
const XML: &[&str] = &["mutations", "output", "report", "test-report", "test_report", "test-output", "unittest"];

/// Whether a file is called mutation results and holds nothing.
pub(super) fn mutation(path: &str, text: &str) -> bool {
    let (stem, extension) = parts(path);
    extension == "json" && MUTATION.contains(&stem.as_str()) && says_nothing(text, &extension)
}

/// Whether a file is called results and holds nothing.
pub(super) fn results(path: &str, text: &str) -> bool {
    let (stem, extension) = parts(path);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let all = words.iter().all(|word| RESULTS.contains(word) || BESIDE.contains(word));
    let tests = has(&["test", "tests", "unittest"]) && has(&["result", "report", "reports", "go"]);
    let named = all && (has(RESULTS) || tests);
    let known = match extension.as_str() {
        "json" | "jsonl" | "ndjson" => named,
        "xml" => named || XML.contains(&stem.as_str()),
        _ => false,
    };
    known && says_nothing(text, &extension)
}

/// What is said of such results: an empty list is what a run of no test writes.
pub(super) fn told(text: &str) -> Facts {
    let broken = !plain(text).starts_with(['{', '[']);
    let (reason, help) = match broken {
        true => (
            "it is called results of tests and holds none: it is empty or something else",
            "Let the run write the file again, or name it under `ignore` if it is none of results.",
        ),
        false => (
            "it is called results of tests and holds none: a run of no test proves nothing",
            "Check that the run collected its tests, or name the file under `ignore` if it is none of results.",
        ),
    };
    let problem = Problem { span: Span::default(), whole_file: true, reason: reason.to_owned(), help: help.to_owned() };
    Facts { problems: vec![problem], ..Facts::default() }
}

/// The stem and the extension of the name of a file, in lower case.
fn parts(path: &str) -> (String, String) {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.rsplit_once('.').map_or((name.clone(), String::new()), |(stem, extension)| (stem.to_owned(), extension.to_owned()))
}

/// A text without blanks around it.
fn plain(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}').trim()
}

/// Whether nothing is in a file that its extension lets expect.
fn says_nothing(text: &str, extension: &str) -> bool {
    let text = plain(text);
    match extension {
        "xml" => !text.starts_with('<'),
        _ => {
            let bare: String = text.chars().take(8).filter(|c| !c.is_whitespace()).collect();
            text.is_empty() || !text.starts_with(['{', '[']) || text.len() < 8 && matches!(bare.as_str(), "{}" | "[]")
        }
    }
}
