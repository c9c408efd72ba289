//! Test cases that are cited by their identifiers in ways that no single description answers.

use super::graph::{Ghost, Input, Resolution, TestId, Why, index};
use super::inventory::{Files, Inventory};
use super::named_files::NamedFiles;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row};
use crate::model::mention::{expand, split_number};
use crate::model::vocabulary::is_test_case;
use crate::read::grammar::citation::is_suite;
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;

/// The citations with which rows describe test cases, by the identifier of the case.
#[derive(Default)]
pub(super) struct Automated<'g>(FxHashMap<&'g str, Vec<&'g Citation>>);

impl<'g> Automated<'g> {
    /// Rows that say of one test case what it verifies and where it is automated.
    pub(super) fn of(inputs: &'g [Input]) -> Self {
        let mut found: FxHashMap<&'g str, Vec<&'g Citation>> = FxHashMap::default();
        for facts in inputs.iter().map(|input| &input.facts) {
            let describes =
                |row: &&Row| facts.tables.get(row.table as usize).is_some_and(|table| table.layout != Layout::Forward);
            for row in facts.rows.iter().filter(describes) {
                if let Some((Citation { target: Target::CaseId(case), .. }, rest)) = row.citations.split_first()
                    && !rest.iter().any(|one| matches!(one.target, Target::CaseId(_)))
                {
                    found.entry(case).or_default().extend(rest);
                }
            }
        }
        Self(found)
    }
}

impl<'g> Inventory<'g> {
    /// The tests that automate a test case, as its description names them.
    fn automation(&self, id: &str) -> Vec<TestId> {
        let citations = self.automated.0.get(id).map(Vec::as_slice).unwrap_or_default();
        let mut tests: Vec<TestId> = citations
            .iter()
            .filter_map(|citation| match self.resolve(&citation.target, false) {
                Resolution::Tests(tests) => Some(tests),
                _ => None,
            })
            .flatten()
            .collect();
        tests.sort_unstable();
        tests.dedup();
        tests
    }

    /// Beside a test case that is found in its tests, a file only says where they stand, and so does a class beside the names of
    /// its tests.
    pub(super) fn narrow(&self, row: &Row, resolutions: &mut [Resolution]) {
        self.narrow_classes(row, resolutions);
        self.narrow_own(row, resolutions);
        let of_case = |(citation, found): (&Citation, &Resolution)| match (&citation.target, found) {
            (Target::CaseId(_), Resolution::Tests(tests)) => tests.clone(),
            _ => Vec::new(),
        };
        let known: Vec<TestId> = row.citations.iter().zip(resolutions.iter()).flat_map(of_case).collect();
        if known.is_empty() {
            return;
        }
        for (citation, resolution) in row.citations.iter().zip(resolutions) {
            if let (Target::File { .. }, Resolution::Tests(tests)) = (&citation.target, resolution)
                && tests.iter().any(|test| known.contains(test))
            {
                tests.retain(|test| known.contains(test));
            }
        }
    }

    /// A case that nothing but its own row describes is what the row cites beside it, and these tests are evidence once.
    fn narrow_own(&self, row: &Row, resolutions: &mut [Resolution]) {
        let Some(Citation { target: Target::CaseId(id), .. }) = row.citations.first() else { return };
        let Some((first, rest)) = resolutions.split_first_mut().filter(|_| self.case_of(id).is_none()) else { return };
        let Resolution::Tests(tests) = &*first else { return };
        let cited = |test: &TestId| rest.iter().any(|one| matches!(one, Resolution::Tests(found) if found.contains(test)));
        if tests.iter().all(cited) {
            *first = Resolution::NoTest;
        }
    }

    /// A class that stands alone, while the same row names some of its tests, is where these are found.
    fn narrow_classes(&self, row: &Row, resolutions: &mut [Resolution]) {
        let is_class = |(citation, found): (&Citation, &Resolution)| match (&citation.target, found) {
            (Target::Test(name), Resolution::Tests(tests)) if name.file.is_none() && !tests.is_empty() => {
                tests.iter().all(|test| self.test(*test).1.scope.iter().any(|part| *part == *name.name))
            }
            _ => false,
        };
        let classes: Vec<bool> = row.citations.iter().zip(resolutions.iter()).map(is_class).collect();
        if !classes.contains(&true) {
            return;
        }
        // Of several tests of one name those are meant that stand in a class of the row.
        let of_class = |(class, found): (&bool, &Resolution)| match found {
            Resolution::Tests(tests) if *class => tests.clone(),
            _ => Vec::new(),
        };
        let inside: Vec<TestId> = classes.iter().zip(resolutions.iter()).flat_map(of_class).collect();
        for resolution in resolutions.iter_mut() {
            if let Resolution::Ambiguous(several) = resolution
                && several.iter().any(|test| inside.contains(test))
            {
                *resolution = Resolution::Tests(several.iter().copied().filter(|test| inside.contains(test)).collect());
            }
        }
        let named: Vec<TestId> = classes
            .iter()
            .zip(resolutions.iter())
            .filter_map(|(class, found)| if let (false, Resolution::Tests(tests)) = (class, found) { Some(tests) } else { None })
            .flatten()
            .copied()
            .collect();
        for (resolution, _) in resolutions.iter_mut().zip(&classes).filter(|(_, class)| **class) {
            if let Resolution::Tests(tests) = resolution
                && tests.iter().any(|test| named.contains(test))
            {
                tests.retain(|test| named.contains(test));
            }
        }
    }

    /// What a document means by the identifier of a test case.
    pub(super) fn resolve_case(&self, id: &str) -> Resolution {
        // A test may well name the decision that it follows; it is no evidence under that name.
        if is_record(id) {
            return Resolution::NoTest;
        }
        // "Covered by US-01": a link between requirements.
        if !is_test_case(id) && !self.requirements.all(id).is_empty() {
            return Resolution::NoTest;
        }
        match self.case_of(id) {
            Some((_, tests)) if !tests.is_empty() => return Resolution::Tests(tests.clone()),
            Some((places, _)) => {
                let tests = self.automation(id);
                return if tests.is_empty() { Resolution::Documented(places.clone()) } else { Resolution::Tests(tests) };
            }
            None => {}
        }
        if let Some(stem) = id.strip_suffix('*') {
            return self.case_pattern(stem);
        }
        if let Some(range) = self.case_range(id) {
            return range;
        }
        // A row of a list of cases that names the file of one describes it.
        let automated = self.automation(id);
        if !automated.is_empty() {
            return Resolution::Tests(automated);
        }
        if !id.bytes().any(|byte| byte.is_ascii_digit()) {
            return self.suite(id);
        }
        let named = self.names.get_or_init(|| NamedFiles::of(self.inputs)).with(id);
        let tests: Vec<TestId> = named.iter().flat_map(|file| self.tests_in(*file)).collect();
        match named.first() {
            Some(_) if !tests.is_empty() => Resolution::Tests(tests),
            Some(first) => Resolution::File(*first),
            None if self.requirements.knows_family(id) => Resolution::NoTest,
            None => match self.spelled_in(id).first() {
                Some(file) => Resolution::File(*file),
                None if is_no_case(id) => Resolution::NoTest,
                None if self.describes_kin(id) => Resolution::Ghost(Ghost::NoCase),
                None => Resolution::NotAssessed(Why::UnknownCases),
            },
        }
    }

    /// `TC-PAY-*`: all cases that begin so. Where others of their kind are described and none of these is, they are missing.
    fn case_pattern(&self, stem: &str) -> Resolution {
        let mut tests: Vec<TestId> = Vec::new();
        let mut places: Vec<Place> = Vec::new();
        for (id, (described, own)) in self.cases_with(stem) {
            places.extend(described);
            if own.is_empty() { tests.extend(self.automation(id)) } else { tests.extend(own) }
        }
        tests.sort_unstable();
        tests.dedup();
        places.sort_unstable();
        let suite = stem.trim_end_matches('-');
        match (tests.is_empty(), places.is_empty()) {
            (false, _) => Resolution::Tests(tests),
            (true, false) => Resolution::Documented(places),
            (true, true) => match self.suite(suite) {
                found @ Resolution::Tests(_) if is_suite(suite) => found,
                _ if self.describes_kin(stem) => Resolution::Ghost(Ghost::NoCase),
                _ => Resolution::NotAssessed(Why::UnknownCases),
            },
        }
    }

    /// `TEST-SYNC`: a suite, the tests of all files that carry its code. Of one that no file carries nothing is known.
    fn suite(&self, code: &str) -> Resolution {
        let tests: Vec<TestId> = self.spelled_in(code).iter().flat_map(|file| self.tests_in(*file)).collect();
        if tests.is_empty() { Resolution::NoTest } else { Resolution::Tests(tests) }
    }

    /// `TC-PAY-001-006`, `TC-PAY-001..006`: all cases from the one to the other, if any of them is known.
    pub(super) fn case_range(&self, id: &str) -> Option<Resolution> {
        let (first, last) = id.split_once("..").or_else(|| id.rsplit_once(['-', '~', '–']))?;
        let (stem, _, width, _) = split_number(first)?;
        let digits = last.len() == width && last.bytes().all(|byte| byte.is_ascii_digit());
        let members = expand(first, &format!("{stem}{last}")).filter(|_| digits)?;
        let known: Vec<&(Vec<Place>, Vec<TestId>)> = members.iter().filter_map(|id| self.case_of(id)).collect();
        let tests: Vec<TestId> = known.iter().flat_map(|(_, tests)| tests).copied().collect();
        match known.first() {
            Some(_) if !tests.is_empty() => Some(Resolution::Tests(tests)),
            Some((places, _)) => Some(Resolution::Documented(places.clone())),
            None => None,
        }
    }

    /// The sources with tests in which an identifier stands, in whatever way it is bound to a test there.
    fn spelled_in(&self, id: &str) -> &[FileId] {
        let spelled = self.spelled(|inputs| {
            let mut found: FxHashMap<&'g str, Files> = FxHashMap::default();
            for (at, input) in inputs.iter().enumerate().filter(|(_, input)| !input.facts.tests.is_empty()) {
                let words = input.text.as_str().split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
                let numbered = |word: &str| word.contains(['-', '_']) && word.bytes().any(|byte| byte.is_ascii_digit());
                for word in words.map(|word| word.trim_matches('.')).filter(|word| numbered(word) || is_suite(word)) {
                    let files = found.entry(word).or_default();
                    if files.last() != Some(&FileId(index(at))) {
                        files.push(FileId(index(at)));
                    }
                }
            }
            found
        });
        // Names in code have no hyphens.
        spelled.get(id).or_else(|| spelled.get(id.replace('-', "_").as_str())).map_or(&[], |files| files.as_slice())
    }
}

/// Whether an identifier names a decision, a standard or a ticket.
fn is_record(id: &str) -> bool {
    matches!(id.split(['-', '_']).next(), Some("ADR" | "RFC" | "DEC" | "ISSUE" | "BUG" | "CVE" | "CWE" | "ISO" | "IEC" | "PR"))
}

/// Whether the family of an identifier is one of records that are no test cases, whatever column they stand in.
fn is_no_case(id: &str) -> bool {
    const RECORDS: &[&str] =
        &["KPI", "AC", "RISK", "ADR", "DEC", "HAZ", "WBS", "SLO", "SLA", "GOAL", "OBJ", "EPIC", "US", "MS", "RFC"];
    RECORDS.contains(&id.split(['-', '_']).next().unwrap_or(id))
}
