//! Results of test runs that an ignore file hides.

use super::{Disk, Walk, walk};
use crate::discover::passed_over::{Class, Family, classify};
use crate::model::vocabulary::words;

/// Words in the names of files and folders that hold results.
const WORDS: &[&str] = &["junit", "output", "report", "reports", "result", "results", "surefire", "test", "tests", "xunit"];

impl Disk {
    /// Files below the root that an ignore file names and that seem to be results: nothing else of what is ignored matters.
    pub(super) fn hidden(&self) -> Vec<String> {
        let all = walk(&self.root, &self.root, Walk::Unfiltered);
        let known = |path: &str| self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok();
        let paths = all.iter().filter_map(|found| found.file()).filter(|path| is_called_results(path) && !known(path));
        let mut paths: Vec<String> = paths.map(str::to_owned).collect();
        paths.sort_unstable();
        paths
    }
}

/// Whether a path is that of a file of results: `results/output.xml`, `junit.xml`, `run.trx`.
fn is_called_results(path: &str) -> bool {
    let called = || {
        let mut parts = path.rsplit('/').take(2);
        parts.any(|part| words(part).split(' ').any(|word| WORDS.contains(&word)))
    };
    match classify(path) {
        Class::Candidate(Family::Results) => true,
        Class::Candidate(Family::Xml) => path.ends_with(".trx") || called(),
        _ => false,
    }
}
