//! Stated numbers of tests against results, against citations and against each other.

use crate::check::cited::{self, code, list};
use crate::finding::Finding;
use crate::link::graph::{Graph, Input, Resolution};
use crate::model::citation::Target;
use crate::model::claim::{Outcomes, What};
use crate::model::matrix::Layout;
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A row of a table of outcomes.
type Line<'g> = (Span, &'g Outcomes);

/// A column of such a table.
type Column = fn(&Outcomes) -> Option<u64>;

pub(super) fn check(graph: &Graph, file: FileId, input: &Input, findings: &mut Vec<Finding>) {
    let mut tables: BTreeMap<u32, Vec<Line<'_>>> = BTreeMap::new();
    for claim in &input.facts.claims {
        if let What::Outcomes(outcomes) = &claim.what
            && outcomes.tests.is_some()
        {
            tables.entry(outcomes.table).or_default().push((claim.span, outcomes));
        }
    }
    let cited = if tables.is_empty() { BTreeMap::new() } else { cited(graph, file) };
    for lines in tables.values() {
        for line in lines {
            findings.extend(adds_up(file, input, line));
            findings.extend(against_facts(graph, file, line, &cited));
        }
        findings.extend(total_of_table(file, lines));
    }
    findings.extend(total_of_document(file, input, &tables));
}

fn report(file: FileId, span: Span, subject: String, message: String) -> Finding {
    Finding::new(Place::new(file, span), subject, message)
        .label("does not fit")
        .help("Count again from the results of the run, and correct the number.")
}

/// Passed, failed and skipped make up the number of tests.
fn adds_up(file: FileId, input: &Input, (span, outcomes): &Line<'_>) -> Option<Finding> {
    let (tests, passed) = (outcomes.tests?, outcomes.passed?);
    let sum = passed + outcomes.failed.unwrap_or(0) + outcomes.skipped.unwrap_or(0);
    let complete = outcomes.failed.is_some() && outcomes.skipped.is_some() && !has_other_outcomes(input, *span);
    if sum == tests || sum < tests && !complete {
        return None;
    }
    let subject = outcomes.file.clone().unwrap_or_else(|| String::from("the total"));
    let name = outcomes.file.as_deref().map_or_else(|| subject.clone(), code);
    let mut parts = vec![format!("{passed} passed")];
    parts.extend(outcomes.failed.map(|failed| format!("{failed} failed")));
    parts.extend(outcomes.skipped.map(|skipped| format!("{skipped} skipped")));
    let message = format!("The matrix states {tests} tests for {name}, but {} make {sum}", list(&parts));
    Some(report(file, *span, subject, message))
}

/// Whether the table has a column for outcomes beside the three that are read.
fn has_other_outcomes(input: &Input, span: Span) -> bool {
    const OTHER: &[&str] = &[
        "error",
        "errors",
        "blocked",
        "xfail",
        "xfailed",
        "xpass",
        "run",
        "deselected",
        "pending",
        "other",
        "ignored",
        "todo",
        "na",
        "n",
        "flaky",
        "partial",
    ];
    let before = input.text.as_str().get(..span.start as usize).unwrap_or("");
    let header = before.lines().rev().take_while(|line| line.contains('|')).last().unwrap_or("");
    words(header).split(' ').any(|word| OTHER.contains(&word))
}

/// Against the results of that file, else against the tests that are cited from it.
fn against_facts(
    graph: &Graph,
    file: FileId,
    (span, outcomes): &Line<'_>,
    cited: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<Finding> {
    let (name, tests) = (outcomes.file.as_deref()?, outcomes.tests?);
    let stem = cited::stem(name);
    if let Some(results) = results(graph, stem) {
        let (cases, functions) = (number(results.cases), number(results.functions));
        if tests == cases || tests == functions {
            return None;
        }
        let message =
            format!("The matrix states {tests} tests for `{name}`, but the results that were read hold {cases} of that file");
        return Some(report(file, *span, name.to_owned(), message).related(results.first, "the first result of that file"));
    }
    let names = cited.get(stem).filter(|names| number(names.len()) > tests)?;
    let shown: Vec<String> = names.iter().map(|name| code(name)).collect();
    let message = format!(
        "The matrix states {tests} tests for `{name}`, but its own rows cite {} different tests of that file: {}",
        names.len(),
        list(&shown)
    );
    Some(report(file, *span, name.to_owned(), message))
}

struct Results {
    cases: usize,
    functions: usize,
    first: Place,
}

/// The results of the one test file with this stem; `None` where no result is of that file for certain.
fn results(graph: &Graph, stem: &str) -> Option<Results> {
    let named = graph.files().filter(|(_, input)| !input.facts.tests.is_empty() && cited::stem(&input.path) == stem);
    let files: Vec<FileId> = named.map(|(file, _)| file).collect();
    let mut cases: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut first = None;
    for node in &graph.results {
        let Some(result) = graph.facts(node.fact.file).results.get(node.fact.index as usize) else { continue };
        let by_path = result.file.as_deref().is_some_and(|path| cited::stem(path) == stem);
        let by_test = node.test.is_some_and(|test| files.contains(&graph.test_node(test).fact.file));
        let by_class = node.test.is_none() && result.class.split(['.', ':']).any(|part| part == stem);
        if by_path || by_test || by_class {
            cases.insert((&result.class, &result.name));
            first = first.or(Some(Place::new(node.fact.file, result.span)));
        }
    }
    let functions: BTreeSet<(&str, &str)> =
        cases.iter().map(|(class, name)| (*class, name.split(['[', '(']).next().unwrap_or(name))).collect();
    let first = first.filter(|_| files.len() <= 1)?;
    Some(Results { cases: cases.len(), functions: functions.len(), first })
}

/// The different tests that a matrix cites from each file, by stem.
///
/// A name that took over the file of the citation before it counts only where no
/// other place of the matrix names its file.
fn cited(graph: &Graph, file: FileId) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut by_stem: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut explicit: BTreeSet<&str> = BTreeSet::new();
    let mut inherited: Vec<(&str, &str)> = Vec::new();
    for node in graph.rows.iter().filter(|node| node.fact.file == file && graph.table(node).layout != Layout::Inverted) {
        for (citation, resolution) in graph.citations(node) {
            let Target::Test(name) = &citation.target else { continue };
            let elsewhere =
                matches!(resolution, Resolution::WrongFile { .. } | Resolution::NotATest(_) | Resolution::Ambiguous(_));
            // A class is named once and stands for several tests.
            let group =
                matches!(resolution, Resolution::Tests(tests) if !tests.iter().all(|test| cited::names(graph, *test, citation)));
            if elsewhere || group || cited::is_called_fixture(graph, node, citation) {
                continue;
            }
            match name.file.as_deref().map(cited::stem) {
                Some(stem) if name.inherited => inherited.push((stem, &name.name)),
                Some(stem) => {
                    explicit.insert(&name.name);
                    by_stem.entry(stem).or_default().insert(&name.name);
                }
                None => {}
            }
        }
    }
    for (stem, name) in inherited.into_iter().filter(|(_, name)| !explicit.contains(name)) {
        by_stem.entry(stem).or_default().insert(name);
    }
    by_stem
}

/// The files of a table make up its total.
fn total_of_table(file: FileId, lines: &[Line<'_>]) -> Vec<Finding> {
    let (totals, files): (Vec<&Line<'_>>, Vec<&Line<'_>>) = lines.iter().partition(|(_, outcomes)| outcomes.file.is_none());
    let [(span, total)] = totals.as_slice() else { return Vec::new() };
    if files.len() < 2 {
        return Vec::new();
    }
    let columns: [(&str, Column); 4] =
        [("tests", |one| one.tests), ("passed", |one| one.passed), ("failed", |one| one.failed), ("skipped", |one| one.skipped)];
    let mut found = Vec::new();
    for (column, value) in columns {
        let sum: Option<u64> = files.iter().map(|(_, outcomes)| value(outcomes)).sum();
        if let (Some(stated), Some(sum)) = (value(total), sum)
            && stated != sum
        {
            let message =
                format!("The total row states {stated} {column}, but the {} rows above it add up to {sum}", files.len());
            found.push(report(file, *span, format!("total {column}"), message));
        }
    }
    found
}

/// The number of tests in the text or in a list of attributes is that of the only table of outcomes.
fn total_of_document(file: FileId, input: &Input, tables: &BTreeMap<u32, Vec<Line<'_>>>) -> Vec<Finding> {
    let mut lines = tables.values();
    let (Some(lines), None) = (lines.next(), lines.next()) else { return Vec::new() };
    let mut totals = lines.iter().filter(|(_, outcomes)| outcomes.file.is_none());
    let sum: Option<u64> = lines.iter().filter(|(_, outcomes)| outcomes.file.is_some()).map(|(_, outcomes)| outcomes.tests).sum();
    let (total, place) = match (totals.next(), lines.first()) {
        (Some((span, total)), _) => (total.tests, *span),
        (None, Some((span, _))) => (sum, *span),
        (None, None) => return Vec::new(),
    };
    let Some(total) = total else { return Vec::new() };
    let stated = input.facts.claims.iter().filter_map(|claim| match claim.what {
        What::Tests(stated) if stated != total => Some((claim.span, stated)),
        _ => None,
    });
    stated
        .map(|(span, stated)| {
            let message = format!("The matrix states {stated} tests here and {total} in its table of results");
            report(file, span, format!("{stated} tests"), message).related(Place::new(file, place), format!("{total} tests here"))
        })
        .collect()
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
