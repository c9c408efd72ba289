//! What came of a citation, and why a requirement stands no higher, in words.

use super::Item;
use crate::link::executed::Execution;
use crate::link::graph::{Ghost, Graph, Requirement, Resolution, Rung, TestId, Via};
use crate::link::mutated::Killing;
use crate::model::citation::{Citation, Target};
use crate::model::evidence::Outcome;
use crate::model::oracle::Oracle;
use crate::model::test_case::Grade;
use crate::source::Place;
use crate::verdict;
use std::collections::BTreeSet;

/// A citation as its document writes it.
pub(in crate::report) fn citation(citation: &Citation) -> String {
    match &citation.target {
        Target::Test(name) => name.qualified(),
        Target::File { path, lines, .. } => match lines.first() {
            Some(line) => format!("{path}:{line}"),
            None => path.clone(),
        },
        Target::Glob(pattern) => pattern.clone(),
        Target::CaseId(id) => id.clone(),
        Target::Elided => "a list that is cut short".to_owned(),
        Target::Prose(words) => words.clone(),
    }
}

/// What came of a citation: a sentence, and the tests that it speaks of.
pub(in crate::report) fn resolution(graph: &Graph, resolution: &Resolution) -> (String, Vec<Item>) {
    let tests = |ids: &[TestId]| ids.iter().map(|id| test(graph, *id)).collect::<Vec<_>>();
    let plain = |text: String| (text, Vec::new());
    match resolution {
        Resolution::Tests(ids) if ids.len() == 1 => ("exists".to_owned(), tests(ids)),
        Resolution::Tests(ids) => (format!("stands for {} tests", ids.len()), tests(ids)),
        Resolution::File(file) => plain(format!("the file `{}` exists; no test was recognised in it", graph.path(*file))),
        Resolution::Documented(places) => (
            "a test case that a document describes".to_owned(),
            places.iter().map(|place| Item::at(graph, *place, "described")).collect(),
        ),
        Resolution::NotATest(id) => ("exists and is no test".to_owned(), tests(&[*id])),
        Resolution::WrongFile { found, .. } => {
            ("no such test in the cited file; that name stands elsewhere".to_owned(), tests(found))
        }
        Resolution::NoLine { file, line, last } => plain(format!("`{}` has {last} lines and no line {line}", graph.path(*file))),
        Resolution::Ambiguous(ids) => ("fits several tests".to_owned(), tests(ids)),
        Resolution::Ghost(ghost) => plain(self::ghost(graph, ghost)),
        Resolution::NotAssessed(why) => plain(format!("not assessed: {}", why.text())),
        Resolution::NoTest => plain("names no test".to_owned()),
    }
}

fn ghost(graph: &Graph, ghost: &Ghost) -> String {
    let nearest = |name: Option<String>| name.map_or(String::new(), |name| format!("; the nearest is `{name}`"));
    let named = |id: &Option<TestId>| nearest(id.map(|id| graph.test(id).qualified()));
    match ghost {
        Ghost::NoFile(near) => format!("the file does not exist{}", nearest(near.map(|file| graph.path(file).to_owned()))),
        Ghost::NoTest(file, near) => format!("`{}` has no such test{}", graph.path(*file), named(near)),
        Ghost::NoName(near) => format!("no test has that name{}", named(near)),
        Ghost::NoMatch => "the pattern matches no file".to_owned(),
        Ghost::NoCase => "no document and no test has this identifier".to_owned(),
    }
}

/// A test with its level and outcome.
pub(super) fn test(graph: &Graph, id: TestId) -> Item {
    let node = graph.test_node(id);
    let level = node.level.map_or("level unknown", |level| level.name());
    let outcome = node.outcome.map_or("no result", Outcome::name);
    Item::at(graph, graph.test_place(id), format!("{} ({level}, {outcome})", graph.test(id).qualified()))
}

/// The tests that verify a requirement, with what links them to it.
pub(super) fn evidence(graph: &Graph, requirement: &Requirement) -> Vec<Item> {
    let mut items: Vec<(TestId, Item)> = Vec::new();
    for one in &requirement.evidence {
        if items.last().is_none_or(|(test, _)| *test != one.test) {
            items.push((one.test, test(graph, one.test).with(about(graph, one.test))));
        }
        let via = match one.via {
            Via::Row(row) => {
                let node = graph.row_node(row);
                Item::at(graph, Place::new(node.fact.file, graph.row(node).span), "cited by a row")
            }
            Via::Marker(fact) => {
                let marker = graph.marker(fact);
                let what = match marker.grade {
                    _ if !graph.facts(fact.file).results.is_empty() => "named by a result",
                    Grade::File => "marked in the head of its file",
                    Grade::Class => "marked in its class",
                    Grade::Function => "marked in the test",
                };
                Item::at(graph, Place::new(fact.file, marker.span), what)
            }
        };
        if let Some((_, item)) = items.last_mut() {
            item.items.push(via);
        }
    }
    items.into_iter().map(|(_, item)| item).collect()
}

/// More results of one test than this are only counted.
const MAX_RESULTS: usize = 5;

/// What an auditor would look up of a test: its body, what came of it, and what it can fail by.
fn about(graph: &Graph, id: TestId) -> Vec<Item> {
    let (node, test) = (graph.test_node(id), graph.test(id));
    let text = &graph.input(node.fact.file).text;
    let line = |at: u32| text.position(at).0;
    let body = match (line(test.body.start), line(test.body.end().saturating_sub(1).max(test.body.start))) {
        (first, last) if first == last => format!("its body stands on line {first}"),
        (first, last) => format!("its body stands on lines {first} to {last}"),
    };
    let results = node.results.iter().take(MAX_RESULTS).map(|id| {
        let result = graph.result(*id);
        Item::at(graph, graph.result_place(*id), format!("result of {}: {}", result.name, result.outcome.name()))
    });
    let more = node.results.len().checked_sub(MAX_RESULTS).filter(|more| *more > 0);
    let more = more.map(|more| Item::new(format!("and {}", crate::report::visible::count(more, "further result"))));
    let oracle = graph.oracle(id).map(|it| Item::new(oracle(it)));
    std::iter::once(Item::new(body)).chain(results).chain(more).chain(oracle).collect()
}

/// Why a requirement does not stand on a higher rung.
pub(in crate::report) fn why_not_higher(graph: &Graph, requirement: &Requirement) -> String {
    if let Some(reason) = verdict::not_assessed(graph, requirement) {
        return format!("not assessed further: {reason}");
    }
    match requirement.rung {
        Rung::None if requirement.rows.is_empty() => "no row of a matrix and no marker names it".to_owned(),
        Rung::None => "its rows name no test and no other verification".to_owned(),
        Rung::Cited => "none of the tests that are named exists".to_owned(),
        Rung::Exists => {
            let tests: BTreeSet<TestId> = requirement.evidence.iter().map(|one| one.test).collect();
            let lacking = |id: &&TestId| graph.test_node(**id).outcome != Some(Outcome::Passed);
            let names: Vec<String> = tests.iter().filter(lacking).take(3).map(|id| graph.test(*id).qualified()).collect();
            format!("not all its tests have results that are passes: {}", names.join(", "))
        }
        Rung::Passes | Rung::Asserts => {
            let asserts = match graph.oracle_of(requirement) {
                Some(Oracle::Vacuous(_)) => Some("what its tests assert holds whatever happens".to_owned()),
                Some(Oracle::Unreached(_)) => Some("what its tests would assert is never reached".to_owned()),
                Some(Oracle::Nothing) => Some("none of its tests asserts anything".to_owned()),
                Some(oracle @ Oracle::Unclear(_)) => Some(self::oracle(oracle)),
                _ => None,
            };
            asserts.into_iter().chain(executes(requirement.execution)).collect::<Vec<_>>().join("; ")
        }
        Rung::Executes => {
            let asserts = graph.oracle_of(requirement).filter(|oracle| matches!(oracle, Oracle::Unclear(_))).map(oracle);
            asserts.into_iter().chain(kills(requirement.killing)).collect::<Vec<_>>().join("; ")
        }
        Rung::Kills => "there is no higher one".to_owned(),
    }
}

fn kills(killing: Killing) -> Option<String> {
    match killing {
        Killing::NotAssessed(unknown) => {
            Some(format!("whether its tests notice changes of the code is not assessed: {}", unknown.text()))
        }
        Killing::KillsNone => Some("none of its tests kills any mutant of the code that implements it".to_owned()),
        Killing::Kills => None,
    }
}

fn executes(execution: Execution) -> Option<String> {
    match execution {
        Execution::NotAssessed(unknown) => Some(format!("whether its tests run its code is not assessed: {}", unknown.text())),
        Execution::Hollow => Some("none of its tests runs any of the code that implements it".to_owned()),
        Execution::Runs => None,
    }
}

/// What is known of the oracle of a test.
pub(super) fn oracle(oracle: Oracle) -> String {
    match oracle {
        Oracle::Asserts => "it asserts something".to_owned(),
        Oracle::Vacuous(_) => "what it asserts holds whatever happens".to_owned(),
        Oracle::Unreached(_) => "what it would assert is never reached".to_owned(),
        Oracle::Nothing => "no assertion was found, nor anything else by which it could fail".to_owned(),
        Oracle::Unclear(doubt) => format!("whether it asserts anything is not assessed: {}", doubt.text()),
    }
}
