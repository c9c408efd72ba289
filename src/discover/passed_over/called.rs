//! What files are called that runners of tests write, and data about requirements.

use super::{Family, file_name};
use crate::model::lifecycle;
use crate::model::vocabulary::{begins_with_requirement, words};

/// Whether a file is called coverage: `lcov.info`, `coverage-unit.json`, `door.lcov`.
pub(super) fn is_called_coverage(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    extension == "lcov" || matches!(extension, "json" | "info") && stem.contains("cov")
}

/// Whether a file is called results or a list of tests: `test.json`, `go-test-results.jsonl`, `report.ndjson`,
/// `nextest-list.json`, `collected.txt`.
pub(super) fn is_called_results(path: &str) -> bool {
    const WORDS: &[&str] = &[
        "gotest",
        "result",
        "results",
        "test",
        "testresults",
        "tests",
        "ctest",
        "inventory",
        "jest",
        "junit",
        "nextest",
        "pytest",
        "vitest",
    ];
    const LISTS: &[&str] = &["collect", "collected", "collection", "gotest", "inventory", "pytest"];
    let name = file_name(path).to_ascii_lowercase();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let has = |known: &[&str]| stem.split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word));
    if extension == "txt" {
        return has(LISTS);
    }
    let named = || has(WORDS);
    matches!(extension, "json" | "jsonl" | "ndjson") && (named() || extension != "json" && stem.contains("report"))
}

/// Whether a file is called mutation results: `mutation.json`, `mutation-report.json`, `mutants.out/outcomes.json`. What an
/// older run left behind is called `mutants.out.old`.
pub(super) fn is_called_mutation(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let name = file_name(&lower);
    let Some((stem, "json")) = name.rsplit_once('.') else { return false };
    (stem.contains("mutation") || lower.ends_with("mutants.out/outcomes.json")) && !lower.contains("mutants.out.old/")
}

/// Whether JSON is called after requirements or their trace: `traceability.json`, `requirements.json`, `rtm.json`.
pub(super) fn is_called_trace(path: &str) -> bool {
    const WORDS: &[&str] = &["requirement", "requirements", "reqs", "rtm", "traceability"];
    let name = file_name(path).to_ascii_lowercase();
    let Some((stem, "json")) = name.rsplit_once('.') else { return false };
    let mut words = stem.split(|c: char| !c.is_alphanumeric());
    words.clone().any(|word| WORDS.contains(&word)) && !words.any(|word| matches!(word, "schema" | "results" | "result"))
}

/// Whether JSON is called like a list of records: `capas.json`, `open-deviations.json`.
pub(super) fn is_called_register(path: &str) -> bool {
    let name = file_name(path);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let said = words(stem);
    let class = lifecycle::Class::in_words(&said).filter(|class| class.is_executed());
    let records =
        matches!(said.as_str(), "records" | "quality records" | "record register" | "records register" | "defects" | "bugs");
    extension.eq_ignore_ascii_case("json") && (records || class.is_some() && !said.split(' ').any(|word| word == "schema"))
}

/// Whether plain text is called as a record is: `CR-005.txt`.
pub(super) fn is_called_record(path: &str) -> bool {
    let Some((stem, extension)) = file_name(path).rsplit_once('.') else { return false };
    extension.eq_ignore_ascii_case("txt") && is_record_name(stem)
}

/// Whether a name is the identifier of a record that is carried out or verifies something.
pub fn is_record_name(stem: &str) -> bool {
    let class = lifecycle::Class::of_family(lifecycle::family(stem)).filter(|_| lifecycle::is_numbered_id(stem));
    class.is_some_and(|class| class.is_executed() || class == lifecycle::Class::Verification)
}

/// Whether plain text is called like a specification: `srs.txt`, `pump-requirements.txt`.
pub(super) fn is_called_specification(path: &str) -> bool {
    const WORDS: &[&str] =
        &["brd", "frd", "frs", "fsd", "prd", "reqs", "spec", "specification", "specifications", "specs", "srs", "sss", "urs"];
    let Some(stem) = file_name(path).strip_suffix(".txt").or_else(|| file_name(path).strip_suffix(".TXT")) else { return false };
    let stem = stem.to_lowercase();
    let mut words = stem.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word) || begins_with_requirement(word))
}

/// The family of data that may hold anything, and of plain text that may be a list of tests; not what an older run of cargo-mutants left
/// behind.
pub(super) fn data(path: &str) -> Option<Family> {
    let (stem, extension) = file_name(path).rsplit_once('.').filter(|_| !path.contains("mutants.out.old/"))?;
    let is = |known: &[&str]| known.iter().any(|known| extension.eq_ignore_ascii_case(known));
    (is(&["json", "jsonl", "ndjson"]) || is(&["txt", "log", "out"]) && lists_tests(stem)).then_some(Family::Data)
}

/// Whether a name may be that of a list of tests: `list.txt`, `all-tests.txt`, `nodeids.txt`.
fn lists_tests(stem: &str) -> bool {
    const WORDS: &[&str] =
        &["cases", "collect", "collected", "inventory", "list", "nodeids", "nodes", "pytest", "suite", "test", "tests"];
    let stem = stem.to_ascii_lowercase();
    stem.split(|c: char| !c.is_alphanumeric())
        .any(|word| WORDS.contains(&word) || word.ends_with("tests") || word.ends_with("list"))
}

/// Whether a file is the database of coverage.py, which is read where it is named.
pub(super) fn is_coverage_database(path: &str) -> bool {
    let name = file_name(path);
    // Runs side by side add host, process and a number: `.coverage.bench.412.XaZ`.
    name == ".coverage" || name.starts_with(".coverage.") && name.matches('.').count() > 3
}
