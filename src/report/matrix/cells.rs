//! What stands in the cells of a matrix: tests as they can be cited, statuses that are true, and what else is known.

use super::Links;
use super::shape::{Shape, is_exact, is_whole};
use crate::link::graph::{Graph, ReqId, Requirement, Resolution, TestId};
use crate::model::evidence::Outcome;
use crate::model::vocabulary::Level;
use crate::report::visible::count;
use crate::source::Place;
use crate::verdict::{State, States};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// A piece of evidence as a matrix names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// In one piece.
    pub(super) whole: String,
    /// Its file alone, where it is a test.
    pub(super) file: String,
    /// Its name alone.
    pub(super) name: String,
    /// Whether it is a test, and no words.
    pub(super) is_test: bool,
}

/// What is not taken over from the matrix that is there.
#[derive(Debug, Default)]
pub(super) struct Left {
    ghosts: usize,
}

impl Left {
    pub(super) fn told(&self) -> Vec<String> {
        let verb = if self.ghosts == 1 { "leads" } else { "lead" };
        let ghosts = (self.ghosts > 0).then(|| format!("{} that {verb} to no test", count(self.ghosts, "citation")));
        ghosts.into_iter().collect()
    }
}

/// What the rows of a requirement cite already.
#[derive(Default)]
struct Written {
    /// Tests that are cited one by one.
    tests: FxHashMap<TestId, String>,
    /// Tests of files that are cited as a whole.
    covered: FxHashSet<TestId>,
    /// Those files.
    whole: Vec<Named>,
    /// Evidence that is no test.
    others: Vec<Named>,
}

/// How tests are cited.
pub(super) struct Citing<'g> {
    pub(super) graph: &'g Graph,
    pub(super) links: Links,
    pub(super) shape: &'g Shape,
    /// Whether several tests have a name, so that it does not say which is meant.
    pub(super) is_shared: &'g dyn Fn(&str) -> bool,
}

impl Citing<'_> {
    /// The evidence of a requirement: its tests, and what is no test as the rows that there are write it.
    pub(super) fn evidence(&self, one: &Requirement, left: &mut Left) -> Vec<Named> {
        let graph = self.graph;
        let Written { tests: written, covered, whole, others } = self.written(one, left);
        let marked: Option<FxHashSet<TestId>> = (self.links == Links::Markers).then(|| {
            let all = one.tests();
            one.markers.iter().flat_map(|fact| graph.marked(&all, *fact)).collect()
        });
        let mut named = whole;
        for cited in graph.cited(one) {
            let known = covered.contains(&cited.test) && cited.cases.is_empty();
            if known || marked.as_ref().is_some_and(|marked| !marked.contains(&cited.test)) {
                continue;
            }
            let (path, name) = (graph.path(graph.test_node(cited.test).fact.file), graph.test(cited.test).qualified());
            let alone = if (self.is_shared)(&name) { format!("{path}::{name}") } else { name.clone() };
            let test = |whole: String, case: &str| {
                let name = format!("{alone}{case}");
                Named { whole, file: path.to_owned(), name, is_test: true }
            };
            if cited.cases.is_empty() {
                let known = written.get(&cited.test).cloned();
                named.push(test(known.unwrap_or_else(|| format!("{path}::{name}")), ""));
            }
            named.extend(cited.cases.iter().map(|case| test(format!("{path}::{name}[{case}]"), &format!("[{case}]"))));
        }
        named.extend(others);
        named
    }

    /// Tests as rows cite them already, and evidence that is no test.
    fn written(&self, one: &Requirement, left: &mut Left) -> Written {
        let graph = self.graph;
        let (mut known, mut seen) = (Written::default(), FxHashSet::default());
        let mut keep = |list: &mut Vec<Named>, text: &str, is_test: bool| {
            let text = text.trim();
            if !text.is_empty() && seen.insert(text.to_owned()) {
                let text = text.to_owned();
                list.push(Named { whole: text.clone(), file: String::new(), name: text, is_test });
            }
        };
        // Where files have a column of their own, each test has a row, and names alone do not say which is meant.
        let (apart, all) = (self.shape.has(super::Holds::TestFile), self.links == Links::All);
        for node in one.rows.iter().map(|row| graph.row_node(*row)) {
            let row = graph.row(node);
            for (citation, resolution) in graph.citations(node) {
                let text = graph.text(Place::new(node.fact.file, citation.span));
                match resolution {
                    Resolution::Tests(_) if apart || text.contains(['`', '[', '\n', '|', '*']) => {}
                    Resolution::Tests(tests) => match tests.as_slice() {
                        [test] if is_exact(&citation.target, text) => {
                            known.tests.entry(*test).or_insert_with(|| text.to_owned());
                        }
                        [_, _, ..] if all && is_whole(&citation.target, text) => {
                            known.covered.extend(tests);
                            keep(&mut known.whole, text, true);
                        }
                        _ => {}
                    },
                    Resolution::WrongFile { .. } => {}
                    Resolution::Ghost(_) | Resolution::NotATest(_) | Resolution::NoLine { .. } => left.ghosts += 1,
                    _ => keep(&mut known.others, text, false),
                }
            }
            if row.citations.is_empty() {
                row.cited.iter().for_each(|cell| keep(&mut known.others, &cell.text, false));
            }
        }
        known
    }
}

/// The status of a requirement: a pass only where it is verified.
pub(super) fn status(graph: &Graph, states: &States, id: ReqId) -> &'static str {
    let one = graph.requirement(id);
    let failed = |test: &TestId| matches!(graph.test_node(*test).outcome, Some(Outcome::Failed | Outcome::Error));
    match states.get(id) {
        // Through its children alone: they have rows of their own.
        State::Verified if one.tests().is_empty() => "",
        State::Verified => "PASS",
        _ if one.tests().iter().any(failed) => "FAIL",
        _ => "Pending",
    }
}

/// The method that the specification assigns, or else that of the evidence.
pub(super) fn method(graph: &Graph, one: &Requirement, has_tests: bool) -> String {
    let assigned = graph.definition(one).and_then(|definition| definition.method.as_ref()).map(|method| method.text.clone());
    assigned.unwrap_or_else(|| if has_tests { "Test".to_owned() } else { String::new() })
}

/// The levels of the tests.
pub(super) fn levels(one: &Requirement) -> String {
    let levels: BTreeSet<Level> = one.evidence.iter().filter_map(|evidence| evidence.level).collect();
    levels.into_iter().map(Level::name).collect::<Vec<_>>().join(", ")
}

/// The files that say that they implement a requirement.
pub(super) fn code(graph: &Graph, one: &Requirement) -> Vec<String> {
    let paths: BTreeSet<&str> = one.implemented.iter().chain(&one.entered).map(|fact| graph.path(fact.file)).collect();
    paths.into_iter().map(str::to_owned).collect()
}
