//! `pytest --collect-only -q`: one node identifier a line, and at last a line that counts them.

use super::{AGAIN, Found, place};
use crate::model::Facts;
use crate::model::inventory::{Collected, Listed};
use crate::source::Span;

/// Whether a text lists node identifiers of pytest.
pub(super) fn looks_like(head: &str) -> bool {
    head.lines().any(|line| node(line).is_some())
}

/// The file, the classes and the name of a node: `tests/test_a.py::TestB::test_c[1]`.
fn node(line: &str) -> Option<(&str, &str, &str)> {
    let (file, rest) = line.trim_end().split_once("::")?;
    let python = file.ends_with(".py") && !file.contains(char::is_whitespace);
    // Parameters may hold anything, colons too.
    let bare = rest.split('[').next().unwrap_or(rest);
    let at = bare.rfind("::");
    let (class, name) = at.map_or(Some(("", rest)), |at| Some((rest.get(..at)?, rest.get(at + 2..)?)))?;
    // What a run prints behind a name is no part of it: `[a] PASSED [ 50%]`.
    let whole = !rest.contains('[') || rest.ends_with(']') && !rest.ends_with("%]");
    (python && whole && !bare.contains(char::is_whitespace) && !name.is_empty()).then_some((file, class, name))
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut found = Found::default();
    let (mut counted, mut stated, mut nodes) = (false, None, 0u32);
    for line in text.lines() {
        // Tests of documents are listed too, though they are no tests that a matrix could cite.
        nodes += u32::from(line.contains("::"));
        if let Some((file, class, name)) = node(line) {
            let span = place(text, line.trim_end());
            let (class, name) = (class.replace("::", "."), name.to_owned());
            found.take(Listed { class, name, file: Some(file.replace('\\', "/")), state: Collected::Runs, span });
            continue;
        }
        if summary(&mut found, text, line) {
            counted = true;
            stated = number(line);
        }
    }
    if stated.is_some_and(|stated| stated > f64::from(nodes)) {
        found.compare(stated);
    }
    if !counted {
        found.inventory.partial = true;
        let end = Span::new(text.len(), text.len());
        found.problem(end, true, "the list ends without the line that counts its tests", AGAIN);
    }
    found.finish()
}

/// The number of tests in the line that counts them: `4 tests collected`, `4/9 tests collected (5 deselected)`.
fn number(line: &str) -> Option<f64> {
    let digits = line.trim_matches(|c: char| c == '=' || c.is_whitespace());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Takes a line of the summary: what was left out, and what could not be collected. True for the one that counts.
fn summary(found: &mut Found, text: &str, line: &str) -> bool {
    let span = place(text, line);
    // In a summary that was coloured or framed the words are the same.
    let words = line.trim_matches(|c: char| c == '=' || c.is_whitespace());
    if let Some(what) = words.strip_prefix("ERROR ") {
        let what = what.split(" - ").next().unwrap_or(what).trim();
        let known = found.problems.iter().any(|problem| problem.reason.contains(&format!("`{what}`")));
        if !what.is_empty() && !what.contains(' ') && !known {
            let help = "Make it load: none of its tests is collected, and none of them runs.";
            found.problem(span, false, format!("the runner could not collect `{what}`"), help);
        }
        return false;
    }
    let counts = counts(line);
    if counts && words.contains("deselected") {
        found.inventory.partial = true;
        let help = "Print the list without `-k` and `-m`: what is missing from this one may be collected all the same.";
        found.problem(span, false, format!("tests were left out of the list: {words}"), help);
    }
    counts
}

/// Whether a line counts the tests of the list.
pub(super) fn counts(line: &str) -> bool {
    let words = line.trim_matches(|c: char| c == '=' || c.is_whitespace());
    words.contains(" collected") && words.starts_with(|c: char| c.is_ascii_digit()) || words.starts_with("no tests ")
}
