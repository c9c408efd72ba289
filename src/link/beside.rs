//! What stands beside the file that a citation names: the title or the name of one of its tests.
//!
//! Titles have blanks and signs, so that no grammar says where they end: the tests of the file do.

use super::graph::{Ghost, Resolution, TestId};
use super::inventory::Inventory;
use crate::model::citation::Target;
use crate::model::matrix::Row;
use crate::model::test_case::{Kind, TestCase};
use crate::source::{Span, Spanned};

/// A cell of which more stands beside a file is prose.
const MOST: usize = 400;

/// Signs between a file and the title of its test, and around that.
const SIGNS: [char; 16] = [' ', '`', ':', '#', '-', '–', '—', '(', ')', '>', '›', '/', '"', '*', '[', ']'];

/// Of a file that stands for all of its tests, beside the name of one, only that is meant; and a title with words behind it is the
/// title.
pub(super) fn narrow(inventory: &Inventory<'_>, row: &Row, text: &str, resolutions: &mut [Resolution]) {
    for at in 0..resolutions.len() {
        let Some((citation, found)) = row.citations.get(at).zip(resolutions.get(at)) else { continue };
        let meant = match (&citation.target, found) {
            (Target::File { path, lines, count: None }, Resolution::Tests(tests)) if lines.is_empty() && tests.len() > 1 => {
                let told = told(inventory, row, text, (citation.span, path), tests);
                if told.is_empty() { followed(row, resolutions, at, tests) } else { told }
            }
            (Target::Test(name), Resolution::Ghost(Ghost::NoTest(file, _))) if name.name.contains(' ') => {
                let begins = |title: &str| name.name.strip_prefix(title).is_some_and(|rest| rest.starts_with(' '));
                let is = |test: &TestCase| test.kind == Kind::Test && begins(&test.name);
                inventory.tests_of(*file).filter(|id| is(inventory.test(*id).1)).collect::<Vec<TestId>>()
            }
            _ => continue,
        };
        if let Some(found) = resolutions.get_mut(at).filter(|_| !meant.is_empty()) {
            *found = Resolution::Tests(meant);
        }
    }
}

/// The tests of a file whose name or title stands in front of it or behind it.
fn told(inventory: &Inventory<'_>, row: &Row, text: &str, (span, path): (Span, &str), tests: &[TestId]) -> Vec<TestId> {
    let holds = |cell: &&Spanned| cell.span.contains(span);
    let Some(cell) = row.cited.iter().find(holds) else { return Vec::new() };
    // The citation may go on behind the path: "link.rs: starts".
    let start = span.start as usize;
    let end = text.get(span.range()).and_then(|cited| cited.find(path)).map_or(span.end() as usize, |at| start + at + path.len());
    let before = text.get(cell.span.start as usize..start).unwrap_or("");
    // Up to the next file, which has tests of its own.
    let files = row.citations.iter().filter(|one| match &one.target {
        Target::File { .. } | Target::Glob(_) => true,
        Target::Test(name) => name.file.is_some() && !name.inherited,
        _ => false,
    });
    let next = files.map(|one| one.span.start as usize).filter(|start| *start >= end).min();
    let after = text.get(end..(cell.span.end() as usize).min(next.unwrap_or(usize::MAX))).unwrap_or("");
    if before.len() + after.len() > MOST {
        return Vec::new();
    }
    let named = |told: &str| -> Vec<TestId> {
        let told = told.trim_matches(SIGNS);
        let is = |id: &&TestId| inventory.test(**id).1.name.as_str().trim_matches(SIGNS) == told;
        if told.is_empty() { Vec::new() } else { tests.iter().filter(is).copied().collect() }
    };
    // What stands behind may be one title, or a list: only where all of it names tests nothing is left out by taking these alone.
    let after = after.split(['\n', '<']).next().unwrap_or("");
    let title = named(after);
    if !title.is_empty() {
        return title;
    }
    let pieces: Vec<Vec<TestId>> = after.split([',', ';']).filter(|piece| !piece.trim().is_empty()).map(named).collect();
    if pieces.iter().any(|piece| !piece.is_empty()) {
        return if pieces.iter().all(|piece| !piece.is_empty()) { pieces.concat() } else { Vec::new() };
    }
    // `[starts](tests/link.rs)`, "starts in tests/link.rs".
    let front = before.rsplit([',', ';', '\n', '>']).next().unwrap_or(before);
    let front = front.rsplit_once("](").map_or(front, |(title, _)| title).trim_end_matches(SIGNS);
    let front = [" in", " from", " of"].iter().find_map(|word| front.strip_suffix(word)).unwrap_or(front);
    named(front)
}

/// The tests that follow the file by name alone, and are among its own.
fn followed(row: &Row, resolutions: &[Resolution], at: usize, tests: &[TestId]) -> Vec<TestId> {
    let Some(Target::File { path, .. }) = row.citations.get(at).map(|citation| &citation.target) else { return Vec::new() };
    let behind = row.citations.iter().zip(resolutions).skip(at + 1);
    let of_file = behind.take_while(
        |(citation, _)| matches!(&citation.target, Target::Test(name) if name.inherited && name.file.as_ref() == Some(path)),
    );
    let named = of_file.filter_map(|(_, found)| if let Resolution::Tests(found) = found { Some(found) } else { None });
    let mut found: Vec<TestId> = named.flatten().copied().filter(|test| tests.contains(test)).collect();
    found.sort_unstable();
    found.dedup();
    found
}
