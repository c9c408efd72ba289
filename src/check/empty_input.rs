//! # E12 empty-input
//!
//! Everything that was named as input must exist and say something: each pattern of the
//! configuration, the code and the requirements that a policy names, the tests that a matrix cites, and coverage and
//! mutation results of files that are in the tree. Files that are named as records hold one: a document with the identifier of a record.
//!
//! ## Why it matters
//!
//! A gate that reads nothing finds nothing, and looks as green as one that found everything in
//! order. A path with a typing mistake kept such a gate green for months.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Door
//! The lift shall not move while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Door | tests/test_door.py::test_waits | PASS |
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Door
//! The lift shall not move while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # LIFT-RTM: Lift Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-LIFT-001 | Door | tests/test_door.py::test_waits | PASS |
//! ```
//!
//! ```file tests/test_door.py
//! def test_waits():
//!     assert works()
//! ```
//!
//! ```file results/junit.xml
//! <testsuite name="pytest" tests="1">
//!   <testcase classname="tests.test_door" name="test_waits"/>
//! </testsuite>
//! ```
//!
//! ## What to do
//!
//! Correct the path, or run the step that writes the file before the gate. Where the tests live in
//! another tree, name it: `root` in the section `[tests]` of the configuration.
//!
//! ## Serves
//!
//! No clause asks for it, all of them presume it.

use super::cited;
use super::families::by_family;
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input, Requirement, Resolution, RowNode, Rung, Why};
use crate::model::Facts;
use crate::model::test_case::Kind;
use crate::settings::{CONFIGURATION, Settings};
use crate::source::{FileId, Place};
use globset::Glob;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E12", name: "empty-input", severity: Severity::Error, source: include_str!("empty_input.rs"), run };

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    patterns(graph, settings, findings);
    unassessed(graph, findings);
    findings.extend(untested(graph, settings));
    foreign(graph, findings);
    foreign_mutants(graph, findings);
    foreign_lists(graph, findings);
    unknown_code(graph, findings);
    aimless(graph, findings);
}

/// Coverage of other files than those of the tree.
fn foreign(graph: &Graph, findings: &mut Vec<Finding>) {
    for file in &graph.measured.foreign {
        let Some(coverage) = &graph.facts(*file).coverage else { continue };
        let first = coverage.files.first().map_or_else(String::new, |first| format!(" (the first is `{}`)", first.path));
        let message = format!(
            "{} measures {}, and none of them is in this tree{first}",
            graph.path(*file),
            count(coverage.files.len(), "file")
        );
        findings.push(Finding::new(cited::top(*file), graph.path(*file), message).label("coverage of other files").help(
            "Write paths that are relative to the root of the tree: for coverage.py `relative_files = true`, or `[paths]`.",
        ));
    }
}

/// Mutation results of other files than those of the tree.
fn foreign_mutants(graph: &Graph, findings: &mut Vec<Finding>) {
    for file in &graph.mutated.foreign {
        let Some(mutation) = &graph.facts(*file).mutation else { continue };
        let first = mutation.files.first().map_or_else(String::new, |first| format!(" (the first is `{}`)", first.path));
        let files = count(mutation.files.len(), "file");
        let message = format!("{} is about mutants of {files}, and none of them is in this tree{first}", graph.path(*file));
        findings.push(
            Finding::new(cited::top(*file), graph.path(*file), message)
                .label("mutants of other files")
                .help("Run the mutation tests at the root of the tree, so that the paths that they write are those of the tree."),
        );
    }
}

/// Lists of other tests than those of the tree.
fn foreign_lists(graph: &Graph, findings: &mut Vec<Finding>) {
    for file in &graph.collection.foreign {
        let Some(inventory) = &graph.facts(*file).inventory else { continue };
        let path = inventory.files.first().map(|(path, _)| path);
        let first = inventory.tests.first().map(|first| &first.name).or(path);
        let first = first.map_or_else(String::new, |first| format!(" (the first is `{first}`)"));
        let listed = match inventory.tests.len() {
            0 => format!("{} of tests", count(inventory.files.len(), "file")),
            tests => count(tests, "test"),
        };
        let message = format!("{} lists {}, and none of them is in this tree{first}", graph.path(*file), listed);
        findings.push(
            Finding::new(cited::top(*file), graph.path(*file), message)
                .label("a list of other tests")
                .help("Let the runner print its list in this tree, or take the file out."),
        );
    }
}

/// Code that a policy names and that is not there: whatever it demands would demand nothing.
fn unknown_code(graph: &Graph, findings: &mut Vec<Finding>) {
    let file = graph.files().find(|(_, input)| input.reader == CONFIGURATION).map(|(file, _)| file);
    for (name, why) in &graph.code.unknown {
        let place = file.map_or_else(Place::default, |file| Place::new(file, name.span));
        let message = format!("A policy names the code `{}`: {why}", name.text);
        findings.push(
            Finding::new(place, name.text.as_str(), message)
                .label("no such code")
                .help("Write the path from the root of the tree, and the symbol with its class: `pump/link.py:Link.main`."),
        );
    }
}

/// Requirements that a policy is for and that are not there: it demands nothing of anybody.
fn aimless(graph: &Graph, findings: &mut Vec<Finding>) {
    let file = graph.files().find(|(_, input)| input.reader == CONFIGURATION).map(|(file, _)| file);
    findings.extend(graph.aimless.iter().map(|name| {
        let place = file.map_or_else(Place::default, |file| Place::new(file, name.span));
        let message = format!("A policy is for `{}`, and no requirement has such an identifier", name.text);
        Finding::new(place, name.text.as_str(), message)
            .label("no such requirement")
            .help("`tracegate list requirements` shows the identifiers. Correct the policy or remove it.")
    }));
}

/// What the files of a pattern must hold at least one of.
struct Expected<'s> {
    key: &'static str,
    patterns: &'s [String],
    record: &'static str,
    has: fn(&Graph, FileId, &Facts) -> bool,
}

fn patterns(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let expected = [
        Expected {
            key: "specifications",
            patterns: &settings.specifications,
            record: "requirement",
            has: |_, _, facts| !facts.definitions.is_empty(),
        },
        Expected {
            key: "matrices",
            patterns: &settings.matrices,
            record: "row of a matrix",
            has: |_, _, facts| !facts.rows.is_empty(),
        },
        // A document that nobody knows to be a record is checked by nothing that is for records.
        Expected {
            key: "records",
            patterns: &settings.records,
            record: "record",
            has: |graph, file, facts| {
                graph.records().of_file(file).is_some() || facts.kept.is_some() || !facts.actions.is_empty()
            },
        },
        Expected {
            key: "tests",
            patterns: &settings.tests,
            record: "test",
            has: |_, _, facts| facts.tests.iter().any(|test| test.kind == Kind::Test),
        },
        Expected {
            key: "results",
            patterns: &settings.results,
            record: "test result",
            has: |_, _, facts| !facts.results.is_empty(),
        },
        Expected {
            key: "inventory",
            patterns: &settings.inventory,
            record: "listed test",
            has: |_, _, facts| facts.inventory.is_some(),
        },
        Expected {
            key: "coverage",
            patterns: &settings.coverage,
            record: "measured line",
            has: |_, _, facts| facts.coverage.is_some(),
        },
        Expected { key: "mutation", patterns: &settings.mutation, record: "mutant", has: |_, _, facts| facts.mutation.is_some() },
    ];
    let wanted = expected
        .iter()
        .filter(|one| !matches!(one.key, "results" | "inventory" | "coverage" | "mutation") || !settings.without_results);
    for expected in wanted {
        for (at, pattern) in expected.patterns.iter().enumerate() {
            let named = named(graph, settings, expected.key, at);
            findings.extend(empty_pattern(graph, expected, pattern, named));
        }
    }
}

/// Where the configuration names a pattern, if it was read from a file.
fn named(graph: &Graph, settings: &Settings, key: &str, at: usize) -> Option<Place> {
    let origin = settings.origin.as_ref()?;
    let (file, _) = graph.files().find(|(_, input)| input.reader == CONFIGURATION)?;
    Some(Place::new(file, *origin.patterns.get(key)?.get(at)?))
}

fn empty_pattern(graph: &Graph, expected: &Expected<'_>, pattern: &str, named: Option<Place>) -> Option<Finding> {
    // A pattern that does not parse is refused before anything is read.
    let glob = Glob::new(pattern).ok()?.compile_matcher();
    let matched: Vec<(FileId, &Input)> =
        graph.files().filter(|(_, input)| input.reader != CONFIGURATION && glob.is_match(&input.path)).collect();
    let key = expected.key;
    let (place, message, help) = match matched.first() {
        None => {
            let message = format!("The configuration names {key} `{pattern}`, and no file matches");
            // A missing file has no line of its own; without a file that names it the first input stands for the tree.
            (
                named.or_else(|| graph.files().next().map(|(file, _)| cited::top(file)))?,
                message,
                "Correct the path, or run the step that writes the file before the gate.",
            )
        }
        Some((first, _)) if !matched.iter().any(|(file, input)| (expected.has)(graph, *file, &input.facts)) => {
            let files = if matched.len() == 1 { graph.path(*first).to_owned() } else { count(matched.len(), "file") };
            let message =
                format!("The configuration names {key} `{pattern}`, but not one {} was found in {files}", expected.record);
            (
                cited::top(*first),
                message,
                "Look into the file: it is empty, cut short, or written in a way that is not understood.",
            )
        }
        Some(_) => return None,
    };
    Some(Finding::new(place, format!("{key} {pattern}"), message).label("nothing to read").help(help))
}

/// Citations that are out of reach; one finding a matrix and reason. What no matrix can help is told once for all.
fn unassessed(graph: &Graph, findings: &mut Vec<Finding>) {
    let mut causes: BTreeMap<(Why, Option<FileId>), Vec<Place>> = BTreeMap::new();
    for (_, node) in graph.rows() {
        let mut lost = out_of_reach(graph, node).peekable();
        // Most rows lead somewhere: what else they say is asked of the others only.
        if lost.peek().is_none() || cited::is_retired(graph, node) || cited::is_planned(graph, node) {
            continue;
        }
        for (place, why) in lost {
            let matrix = (why != Why::NoTests).then_some(node.fact.file);
            causes.entry((why, matrix)).or_default().push(place);
        }
    }
    for ((why, _), places) in causes {
        let Some(first) = places.first() else { continue };
        let mut files: Vec<FileId> = places.iter().map(|place| place.file).collect();
        files.sort_unstable();
        files.dedup();
        let path = if files.len() == 1 { graph.path(first.file).to_owned() } else { count(files.len(), "document") };
        let verb = if places.len() == 1 { "was" } else { "were" };
        let message = format!(
            "{} of {path} {verb} not assessed: {}{}",
            count(places.len(), "citation"),
            why.text(),
            cases(graph, why, &places)
        );
        let help = match why {
            Why::UnknownCases => {
                "Put the documents that describe these test cases into the tree, or name the tests after them; in another tree, name it: `root` in the section [tests] of the configuration."
            }
            Why::Unreadable => {
                "Make the file readable; of a commit, clone the repository again. `tracegate list files` says why."
            }
            Why::AbsentSubmodule => "Check the submodule out: `git submodule update --init`.",
            _ => "Name the tree in which the tests live: `root` in the section [tests] of the configuration.",
        };
        findings.push(Finding::new(*first, path, message).label("the first of them").help(help));
    }
}

/// Requirements whose tests may live in a submodule that is not checked out, where none was found elsewhere.
fn untested(graph: &Graph, settings: &Settings) -> Option<Finding> {
    if settings.submodules.is_empty() {
        return None;
    }
    let open = graph.requirements.iter().filter(|one| one.rung == Rung::None);
    let open = open.filter_map(|one| Some((one, one.not_assessed.as_deref()?)));
    // Of what was not assessed for another reason, submodules say nothing.
    let open: Vec<(&Requirement, &str)> = open.filter(|(_, why)| why.ends_with("not checked out")).collect();
    let (first, why) = open.first()?;
    let verb = if open.len() == 1 { "was" } else { "were" };
    let message = format!("{} {verb} not assessed: {why}", count(open.len(), "requirement"));
    let finding = Finding::new(first.place, "absent submodules", message)
        .label("the first of them")
        .help("Check the submodules out: `git submodule update --init`.");
    Some(finding)
}

/// The test cases that nothing describes.
fn cases(graph: &Graph, why: Why, places: &[Place]) -> String {
    if why != Why::UnknownCases {
        return String::new();
    }
    let mut ids: Vec<&str> = places.iter().map(|place| graph.text(*place)).collect();
    ids.sort_unstable();
    ids.dedup();
    format!(" ({})", by_family(&ids))
}

fn out_of_reach<'g>(graph: &'g Graph, node: &'g RowNode) -> impl Iterator<Item = (Place, Why)> + 'g {
    graph.citations(node).filter_map(|(citation, resolution)| match resolution {
        Resolution::NotAssessed(why) if !matches!(why, Why::OtherLanguage | Why::UnreadFile | Why::Seen) => {
            Some((cited::place(node, citation.span), *why))
        }
        _ => None,
    })
}
