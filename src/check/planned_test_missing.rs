//! # M09 planned-test-missing
//!
//! Each test that the plan of a change names was delivered by the time the change is closed: it exists, a matrix cites it or
//! a result is of it, or the record says that it was made. A test that was delivered under a name that says more, or the same
//! in another order, is shown and is no error; neither is one that a record of a deviation names. Where the record does not
//! tell which tests were made, those of which no test has the name are a warning: they may have other names. Plans are tables and
//! lists of tests below headings such as "Testing" and sentences such as "Add `test_opens`". In such tables and lists tests are also
//! known by the names of other languages, where these stand alone in a code span: `TestLinkStarts`, `LinkTest.Starts`,
//! `LinkTest#startsTheLink`, `startsTheLink`; a name of two words, `startsLink`, is one where tests of the tree are called so and it begins
//! as one of them or with what tests say (`starts`, `returns`), and in a list where another of the list is there. Tests that are told in words have no name to look for, and what is struck out is not planned; neither is what
//! the plan calls deleted, replaced, left to another change or to a follow-up. A change that counts tests and names more or fewer of them in the same sentence, "Add 3 tests:
//! `test_opens`, `test_shuts`", is a warning.
//!
//! ## Why it matters
//! Tests are planned where somebody knows the risk best: before the code is written. The one that is dropped on the way is
//! often the only one that would have started the thing. The record says "7 tests added", the matrix says PASS, and both are
//! true.
//!
//! ## Bad
//! ```file records/CR-007.md
//! # CR-007: Remote link of the pump
//!
//! **Status:** Closed
//!
//! ## Testing
//!
//! | Test | Description |
//! |---|---|
//! | `test_link_option` | The option is read |
//! | `test_link_answers` | A started link answers |
//!
//! ## Execution
//!
//! | EI | Task | Execution Summary | Outcome | Performed By - Date |
//! |---|---|---|---|---|
//! | EI-1 | Add the tests | Added 1 test: test_link_option | Pass | lind - 2026-02-01 |
//! ```
//!
//! ## Good
//! ```file records/CR-007.md
//! # CR-007: Remote link of the pump
//!
//! **Status:** Closed
//!
//! ## Testing
//!
//! | Test | Description |
//! |---|---|
//! | `test_link_option` | The option is read |
//! | `test_link_answers` | A started link answers |
//!
//! ## Execution
//!
//! | EI | Task | Execution Summary | Outcome | Performed By - Date |
//! |---|---|---|---|---|
//! | EI-1 | Add the tests | Added 2 tests: test_link_option, test_link_answers | Pass | lind - 2026-02-01 |
//! ```
//!
//! ## What to do
//! Add the test. If it was left out for a reason, record a deviation that names it and says what shows the same instead.
//!
//! ## Serves
//! ISO 26262-8 9.4.3

use super::Check;
use super::cited::code;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::plans::{Fate, Plan, Planned};
use crate::link::records::Record;
use crate::model::contents::Counted;
use crate::model::lifecycle::Class;
use crate::settings::Settings;
use crate::source::{FileId, Place};

/// The check.
pub(super) const CHECK: Check = Check {
    code: "M09",
    name: "planned-test-missing",
    severity: Severity::Error,
    source: include_str!("planned_test_missing.rs"),
    run,
};

/// So many tests are named in a message and shown beside it.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for plan in &graph.plans {
        findings.extend(plan.tests.iter().filter(|test| test.fate == Fate::Missing).map(|test| missing(graph, plan, test)));
        findings.extend(absent(graph, plan));
        findings.extend(renamed(graph, plan));
        findings.extend(unknown(graph, plan));
    }
    for (_, record) in graph.records().iter().filter(|(_, record)| record.class == Class::Change) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        findings.extend(contents.counted.iter().map(|one| miscounted(record, file, one)));
    }
}

/// A number of tests that is not that of the tests named behind it.
fn miscounted(record: &Record, file: FileId, one: &Counted) -> Finding {
    let names: Vec<String> = one.names.iter().map(|name| code(&name.text)).collect();
    let message = format!("{} speaks of {} and names {}: {}", record.id, one.count.text, names.len(), listed(&names, SHOWN));
    Finding::new(Place::new(file, one.count.span), format!("{} {}", record.id, one.count.text), message)
        .severity(Severity::Warning)
        .label("not as many as are named")
        .help("Name the test that is missing, or correct the number.")
}

/// A test that was never delivered.
fn missing(graph: &Graph, plan: &Plan, test: &Planned) -> Finding {
    let record = graph.records().record(plan.record);
    let name = code(&test.name);
    let message = format!(
        "{} is {} and planned {name}, which was never delivered: no test, no matrix, no result and no record of what was done has it",
        record.id,
        record.state.name()
    );
    let mut finding = Finding::new(test.place, format!("{} {}", record.id, test.name), message)
        .label("was never delivered")
        .help("Add the test, or record a deviation that names it and says what shows the same instead.");
    let contents = graph.contents(plan.file);
    if let Some(first) = contents.and_then(|contents| contents.delivered.first()) {
        finding = finding.related(Place::new(plan.file, first.span), "what was made is told here");
    }
    for told in contents.iter().flat_map(|contents| &contents.deferred).take(2) {
        finding = finding.related(Place::new(plan.file, told.span), "something is put off here, without a deviation");
    }
    finding
}

/// The tests of a plan of which no test has the name, where the record does not tell which tests were made.
fn absent(graph: &Graph, plan: &Plan) -> Option<Finding> {
    let open: Vec<&Planned> = plan.tests.iter().filter(|test| test.fate == Fate::Absent).collect();
    let first = open.first()?;
    let record = graph.records().record(plan.record);
    let names: Vec<String> = open.iter().map(|test| code(&test.name)).collect();
    let message = format!(
        "{} is {}, and {} of the {} that it planned {} no test here of that name: {}; no record tells that they were made",
        record.id,
        record.state.name(),
        open.len(),
        count(plan.tests.len(), "test"),
        if open.len() == 1 { "has" } else { "have" },
        listed(&names, SHOWN)
    );
    let finding = Finding::new(first.place, format!("{} absent", record.id), message)
        .severity(Severity::Warning)
        .label("no test has this name")
        .help("Add the tests, or say in the record under which names they were made.");
    Some(open.iter().skip(1).take(SHOWN).fold(finding, |finding, test| finding.related(test.place, "nor this one")))
}

/// The tests of a plan that were delivered under other names.
fn renamed(graph: &Graph, plan: &Plan) -> Option<Finding> {
    let others: Vec<(&Planned, &str, Place)> = plan
        .tests
        .iter()
        .filter_map(|test| match &test.fate {
            Fate::Renamed(name, place) => Some((test, name.as_str(), *place)),
            _ => None,
        })
        .collect();
    let (first, ..) = others.first()?;
    let record = &graph.records().record(plan.record).id;
    let pairs: Vec<String> = others.iter().map(|(test, name, _)| format!("{} as {}", code(&test.name), code(name))).collect();
    let (of, were) = (count(plan.tests.len(), "test"), if others.len() == 1 { "was" } else { "were" });
    let message = format!(
        "{} of the {of} that {record} planned {were} delivered under another name, as it seems: {}",
        others.len(),
        listed(&pairs, SHOWN)
    );
    let finding = Finding::new(first.place, format!("{record} names"), message)
        .severity(Severity::Info)
        .label("has another name now")
        .help("Nothing, if it is the same test; else add the one that was planned.");
    Some(
        others.iter().fold(finding, |finding, (test, _, place)| {
            finding.related(*place, format!("what {} may have become", code(&test.name)))
        }),
    )
}

/// The tests of a plan of which nothing shows whether they were delivered.
fn unknown(graph: &Graph, plan: &Plan) -> Option<Finding> {
    let open: Vec<&Planned> = plan.tests.iter().filter(|test| matches!(test.fate, Fate::Unknown | Fate::Seen(_))).collect();
    let first = open.first()?;
    let record = &graph.records().record(plan.record).id;
    let names: Vec<String> = open.iter().map(|test| code(&test.name)).collect();
    let seen = open.iter().find_map(|test| match test.fate {
        Fate::Seen(place) => Some(place),
        _ => None,
    });
    let reason = match seen {
        Some(_) => "the name stands in a file, in a form that was not recognised as a test",
        None => "not all tests of the project were read, and the record names none that was made",
    };
    let message = format!("Whether {record} delivered {} is not assessed: {reason}", listed(&names, SHOWN));
    let finding = Finding::new(first.place, format!("{record} not assessed"), message)
        .severity(Severity::Info)
        .label("not assessed")
        .help("Check the tests in the same run (`root` under `[tests]`), or name in the record what was made.");
    Some(seen.into_iter().fold(finding, |finding, place| finding.related(place, "its name stands here")))
}
