//! Formats of results and coverage that are known and not read.

use super::{Found, SNIFFED, bounded};
use crate::model::Facts;
use crate::read::junit;
use crate::source::Span;

/// How the reason begins that a format is known and not read.
pub const UNREAD_FORMAT: &str = "it is in the format of ";

const OPEN_COVER: &str = "OpenCover";
const CLOVER: &str = "Clover";
const ISTANBUL: &str = "Istanbul's JSON";

/// Formats of JSON: words that the head of a file has all of, what it is, and what to write instead.
const JSON: [(&[&str], &str, &str); 5] = [
    (&["\"statementMap\"", "\"fnMap\""], ISTANBUL, "Let the run write LCOV as well: the reporter `lcov`."),
    (
        &["\"stats\"", "\"suites\"", "\"passes\"", "\"pending\""],
        "Mocha's JSON",
        "Let Mocha write JUnit XML: the reporter `xunit`.",
    ),
    (
        &["\"rootDir\"", "\"reporter\"", "\"projects\""],
        "Playwright's JSON",
        "Let Playwright write JUnit XML: the reporter `junit`.",
    ),
    (&["\"reportFormat\"", "\"CTRF\""], "CTRF", "Let the runner itself write JUnit XML."),
    (&["\"keyword\"", "\"Feature\"", "\"elements\""], "Cucumber's JSON", "Let Cucumber write JUnit XML: the formatter `junit`."),
];

/// Whether the reason that a file was not read names a format of coverage.
pub fn is_of_coverage(reason: &str) -> bool {
    let format = reason.strip_prefix(UNREAD_FORMAT).unwrap_or_default();
    [OPEN_COVER, CLOVER, ISTANBUL].iter().any(|known| format.starts_with(known))
}

/// What is said of results and coverage in formats that are known and not read; `None` for anything else.
pub fn unread(text: &str) -> Option<Facts> {
    let head = bounded(text, SNIFFED);
    let (format, instead) = match junit::root(head)? {
        "CoverageSession" => (OPEN_COVER, "Write Cobertura: `--collect:\"XPlat Code Coverage\"` does."),
        "coverage" if head.contains("clover=") => (CLOVER, "Write Cobertura, LCOV or JaCoCo."),
        "TestLog" | "TestResult" if head.contains("<TestSuite") => {
            ("Boost.Test", "Let the runner write JUnit XML: `--log_format=JUNIT`.")
        }
        "TestRun" if ["<FailedTests", "<SuccessfulTests", "<Statistics"].iter().any(|part| head.contains(part)) => {
            ("CppUnit", "Let the tests write JUnit XML.")
        }
        "assembly" if head.contains("run-date=") => ("xUnit.net 1", "Let the runner write TRX: `--logger trx`."),
        "Site" if head.contains("BuildName=") => {
            ("CTest's dashboard", "Let CTest write JUnit XML: `--output-junit results/ctest.xml`.")
        }
        "" => json(head)?,
        _ => return None,
    };
    let mut found = Found::default();
    found.problem(Span::default(), false, format!("{UNREAD_FORMAT}{format}, which no reader takes"), instead);
    Some(found.facts)
}

/// The format of JSON by its beginning.
fn json(head: &str) -> Option<(&'static str, &'static str)> {
    if !head.trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']) {
        return None;
    }
    let is = |words: &&[&str]| words.iter().all(|word| head.contains(word));
    JSON.iter().find(|(words, ..)| is(words)).map(|(_, format, instead)| (*format, *instead))
}
