//! Titles of tests in JavaScript and TypeScript as their runners write them: behind the titles of the suites, and with values
//! in place of what `test.each` leaves open.

use super::graph::{Graph, TestId};
use super::produced::Names;
use crate::model::evidence::TestResult;
use crate::model::test_case::TestCase;

/// What stands between the titles of suites and that of a test, by runner.
const BETWEEN: [&str; 3] = [" ", " > ", " › "];

/// The one test whose title, with those of its suites, is the name of the result.
pub(super) fn find(graph: &Graph, tests: &Names<'_>, result: &TestResult) -> Option<TestId> {
    let full = result.name.as_str();
    // The title is the end of the name, behind one of its spaces.
    let ends = full.match_indices(' ').filter_map(|(at, _)| full.get(at + 1..));
    let plain = ends.flat_map(|end| tests.called(graph, end)).copied().filter(|id| is_whole(graph.test(*id), full));
    let open = tests.open_titles().iter().filter(|(_, piece)| full.contains(piece)).map(|(id, _)| *id);
    let open = open.filter(|id| is_meant(graph.test(*id), result));
    let mut found: Vec<TestId> = plain.chain(open).collect();
    found.sort_unstable();
    found.dedup();
    if let [one] = found.as_slice() { Some(*one) } else { None }
}

/// Whether a title leaves something open: `%i`, `$name`, `${name}`.
pub(super) fn is_open(title: &str) -> bool {
    pieces(title).len() > 1
}

/// The longest piece of a title that it does not leave open.
pub(super) fn longest(title: &str) -> &str {
    pieces(title).into_iter().max_by_key(|piece| piece.len()).unwrap_or_default()
}

/// Whether a name is a title with the titles of all suites before it.
fn is_whole(test: &TestCase, full: &str) -> bool {
    let parts: Vec<&str> = test.scope.iter().chain([&test.name]).map(|part| part.as_str()).collect();
    parts.len() > 1 && BETWEEN.iter().any(|between| fits(&parts.join(between), full))
}

/// Whether a result is of a test with an open title: the suites stand before it, or around it.
fn is_meant(test: &TestCase, result: &TestResult) -> bool {
    let named = |scope: &str| result.class.contains(scope) || result.suites.iter().any(|suite| suite.contains(scope));
    let around = || !test.scope.is_empty() && test.scope.iter().all(|scope| named(scope));
    is_whole(test, &result.name) || around() && fits(&test.name, &result.name)
}

/// Whether a text is a title with something in each place that it leaves open. A title that says hardly anything fits nothing.
fn fits(title: &str, text: &str) -> bool {
    let pieces = pieces(title);
    let (Some((first, rest)), true) = (pieces.split_first(), title.len() > 2) else { return false };
    let Some((last, middle)) = rest.split_last() else { return title == text };
    if pieces.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphabetic()).count() < 3 {
        return false;
    }
    let Some(mut left) = text.strip_prefix(first).and_then(|left| left.strip_suffix(last)) else { return false };
    for piece in middle {
        match left.split_once(piece) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    true
}

/// The literal pieces of a title, between what it leaves open.
fn pieces(title: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = title.get(at..).filter(|rest| !rest.is_empty()) {
        match open(rest) {
            0 => at += rest.chars().next().map_or(1, char::len_utf8),
            length => {
                found.push(title.get(start..at).unwrap_or_default());
                at += length;
                start = at;
            }
        }
    }
    found.push(title.get(start..).unwrap_or_default());
    found
}

/// The length of the open place with which a text begins.
fn open(rest: &str) -> usize {
    let word = |text: &str| text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')).count();
    if let Some(inner) = rest.strip_prefix("${") {
        return inner.find('}').map_or(0, |at| at + 3);
    }
    if let Some(name) = rest.strip_prefix('$') {
        let length = word(name);
        return if name.starts_with(|c: char| c.is_ascii_alphabetic()) { length + 1 } else { 0 };
    }
    let format = rest.strip_prefix('%').and_then(|kind| kind.bytes().next());
    if format.is_some_and(|kind| b"sdifjoOcp#$".contains(&kind)) { 2 } else { 0 }
}
