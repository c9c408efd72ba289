//! Tests as exactly as a requirement names them: whole, or some cases of a parametrised one.

use super::graph::{FactRef, Graph, ReqId, Requirement, Resolution, RowId, TestId, Via};
use crate::model::citation::{Citation, Target};
use crate::model::evidence::Outcome;
use crate::model::requirement::Standing;
use crate::model::test_case::State;
use crate::read::code::{Language, language};
use rustc_hash::{FxHashMap, FxHashSet};

/// A test that verifies a requirement, and which of its cases do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited<'g> {
    /// The test.
    pub test: TestId,
    /// The cases that are cited, as pytest writes them between brackets; empty where all are meant.
    pub cases: Vec<&'g str>,
}

impl<'g> Cited<'g> {
    /// Whether what is told of a case counts: `Some(true)` if the case is meant, `Some(false)` if it is told of all cases in
    /// one, so that it may be of another.
    pub(super) fn means(&self, case: Option<&str>) -> Option<bool> {
        match case {
            _ if self.cases.is_empty() => Some(true),
            None => Some(false),
            Some(case) => self.cases.contains(&case).then_some(true),
        }
    }

    /// The test as it is cited, with its scope.
    pub fn name(&self, graph: &Graph) -> String {
        let name = graph.test(self.test).qualified();
        match self.cases.as_slice() {
            [] => name,
            cases => format!("{name}[{}]", cases.join("], [")),
        }
    }
}

impl Graph {
    /// The outcome of some cases of a test: the worst of theirs where results name each of them, else that of the test. `None`
    /// where one of them has no result.
    pub fn outcome_of(&self, test: TestId, cases: &[&str]) -> Option<Outcome> {
        let node = self.test_node(test);
        if cases.iter().any(|case| self.is_unrun(test, case)) {
            return None;
        }
        // A source that expects a failure speaks of all cases.
        let plain = matches!(self.test(test).state, State::Active | State::Conditional);
        if cases.is_empty() || node.outcome == Some(Outcome::Passed) || !plain {
            return node.outcome;
        }
        let path = self.path(node.fact.file);
        let passed = |case: &&str| {
            let own = || node.results.iter().map(|id| self.result(*id)).filter(|result| is_case(path, &result.name, case));
            own().next().is_some() && own().all(|result| result.outcome == Outcome::Passed)
        };
        if cases.iter().all(passed) { Some(Outcome::Passed) } else { node.outcome }
    }

    /// The outcome of a test as a citation names it: of one case, or of all.
    pub fn cited_outcome(&self, test: TestId, citation: &Citation) -> Option<Outcome> {
        match named_case(citation) {
            Some(case) => self.outcome_of(test, &[case]),
            None => self.test_node(test).outcome,
        }
    }

    /// Whether a citation names one case of a test, and all results of that case are passes.
    pub fn case_passed(&self, test: TestId, citation: &Citation) -> bool {
        named_case(citation).is_some_and(|case| self.outcome_of(test, &[case]) == Some(Outcome::Passed))
    }

    /// Whether a citation names one case of a test that has no result, while others of the test have.
    pub fn lacks_case(&self, test: TestId, citation: &Citation) -> bool {
        named_case(citation).is_some_and(|case| self.is_unrun(test, case))
    }

    /// Whether a row of a requirement names a case that has no result.
    pub fn relies_on_unrun_case(&self, one: &Requirement) -> bool {
        let lacks = |(citation, resolution): (&Citation, &Resolution)| match resolution {
            Resolution::Tests(tests) | Resolution::WrongFile { found: tests, .. } => {
                tests.iter().any(|test| self.lacks_case(*test, citation))
            }
            _ => false,
        };
        one.rows.iter().any(|row| self.citations(self.row_node(*row)).any(lacks))
    }

    /// The cases of a test that have results, where every result of it names its case as pytest, Go or GoogleTest does.
    pub fn run_cases(&self, test: TestId) -> Vec<&str> {
        let node = self.test_node(test);
        let path = self.path(node.fact.file);
        let names = node.results.iter().map(|id| self.result(*id).name.as_str());
        if path.ends_with("_test.go") {
            // The test itself has a result too.
            return names.filter_map(|name| own_case(path, name)).collect();
        }
        let named = path.ends_with(".py") || language(path) == Some(Language::C);
        let cases: Option<Vec<&str>> = names.map(|name| own_case(path, name).filter(|_| named)).collect();
        cases.unwrap_or_default()
    }

    /// Whether the results have other cases of a test and not this one. One that names a part of a case, or several cases, may
    /// be meant in a way that only its author knows; what is not ASCII is escaped by pytest in its own way.
    fn is_unrun(&self, test: TestId, case: &str) -> bool {
        if !case.is_ascii() {
            return false;
        }
        let plain = |text: &str| text.trim_end_matches(']').replace('\\', "");
        let run: Vec<String> = self.run_cases(test).into_iter().map(plain).collect();
        let case = plain(case);
        let part = |one: &String| format!("-{one}-").replace('/', "-").contains(&format!("-{case}-").replace('/', "-"));
        let pieces = || case.split([',', ';', '|', '/', ' ', '-', '.']).filter(|piece| !piece.is_empty());
        let several = || pieces().count() > 1 && pieces().all(|piece| run.iter().any(|one| one == piece));
        !run.is_empty() && !run.iter().any(part) && !several()
    }

    /// Those of the tests of a requirement, in order, of which a marker or a result speaks.
    pub fn marked(&self, tests: &[TestId], fact: FactRef) -> Vec<TestId> {
        let reach = self.marker(fact).reach;
        let at = |test: &TestId| (self.test_node(*test).fact.file, self.test(*test).span);
        let first = tests.partition_point(|test| {
            let (file, span) = at(test);
            (file, span.start) < (fact.file, reach.start)
        });
        let within = |test: &&TestId| {
            let (file, span) = at(test);
            file == fact.file && reach.contains(span)
        };
        let here = tests.get(first..).unwrap_or_default().iter().take_while(within).copied();
        here.chain(self.reported.get(&fact).copied()).collect()
    }

    /// The tests that verify a requirement, each once. All cases are meant where anything names the test without a case.
    pub fn cited<'g>(&'g self, one: &'g Requirement) -> Vec<Cited<'g>> {
        let rows = one.evidence.iter().filter_map(|evidence| match evidence.via {
            Via::Row(row) => Some(row),
            Via::Marker(_) => None,
        });
        let mut rows: Vec<RowId> = rows.collect();
        rows.sort_unstable();
        rows.dedup();
        let mut cases: FxHashMap<TestId, Vec<&str>> = FxHashMap::default();
        let mut whole: FxHashSet<TestId> = FxHashSet::default();
        for row in rows.iter().map(|row| self.row_node(*row)) {
            for (citation, resolution) in self.citations(row) {
                let (Resolution::Tests(found) | Resolution::WrongFile { found, .. }) = resolution else { continue };
                match &citation.target {
                    Target::Test(name) if name.params.as_ref().is_some_and(|case| !is_any(case)) => {
                        found.iter().for_each(|test| cases.entry(*test).or_default().extend(name.params.as_deref()));
                    }
                    _ => whole.extend(found),
                }
            }
        }
        whole.extend(one.evidence.iter().filter(|evidence| matches!(evidence.via, Via::Marker(_))).map(|one| one.test));
        let cited = one.tests().into_iter().map(|test| {
            let mut cases = cases.remove(&test).filter(|_| !whole.contains(&test)).unwrap_or_default();
            cases.sort_unstable();
            cases.dedup();
            Cited { test, cases }
        });
        cited.collect()
    }
}

impl Graph {
    /// Whether a requirement may have evidence beside its tests: citations that lead to none that was read, and children.
    pub fn has_further_evidence(&self, one: &Requirement) -> bool {
        let open = |resolution: &Resolution| {
            matches!(
                resolution,
                Resolution::NotAssessed(_) | Resolution::File(_) | Resolution::Documented(_) | Resolution::Ambiguous(_)
            )
        };
        let in_force = |id: &ReqId| self.requirement(*id).standing == Standing::Active;
        one.children.iter().any(in_force) || one.rows.iter().any(|row| self.row_node(*row).citations.iter().any(open))
    }
}

/// The one case of a test that a citation names.
fn named_case(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(name) => name.params.as_deref().filter(|case| !is_any(case)),
        _ => None,
    }
}

/// Whether a result of a test in this file is of this case.
fn is_case(path: &str, result: &str, case: &str) -> bool {
    own_case(path, result).is_some_and(|own| own == case.trim_end_matches(']'))
}

/// The case in the name of a result: `test_x[sse]`, in Go `TestX/sse`, of GoogleTest `Starts/0` or `All/Motor.Starts/0`. A bracket at the end of a case may be taken for that of
/// the citation.
fn own_case<'n>(path: &str, name: &'n str) -> Option<&'n str> {
    match path.ends_with("_test.go") {
        true => name.split_once('/').map(|(_, own)| own),
        false if language(path) == Some(Language::C) => {
            name.rsplit_once('/').map(|(_, own)| own).filter(|own| !own.contains('.'))
        }
        false => name.split_once('[').map(|(_, own)| own.trim_end_matches(']')),
    }
}

/// `[*]` and `[...]` stand for every case.
pub fn is_any(case: &str) -> bool {
    matches!(case.trim(), "" | "*" | "..." | "…")
}
