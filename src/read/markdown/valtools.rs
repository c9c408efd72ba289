//! The validation of R packages as valtools lays it out: requirements with numbers alone below a folder `requirements`, and test
//! cases that say at their head which of them they cover.
//!
//! ```text
//! #' @title 01. Test cases
//! #' @coverage
//! #' 01.01: 01.03, 01.06
//! ```
//!
//! A requirement and a test case may have one number. So the requirement is called "Requirement 01.03", and the case by the name of
//! the test, `test_that("01.01", …)`.

use super::specification::{self, Lead};
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions, WORDED};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Shape};
use crate::source::{Span, Spanned};

/// Reads such a document; every other is left as it is. What is installed with the package is a copy.
pub(super) fn read(path: &str, text: &str, facts: &mut Facts) {
    if !text.trim_start().starts_with("#' @") || format!("/{path}").contains("/inst/") {
        return;
    }
    let below = path.split('/').rev().skip(1).any(|folder| folder.eq_ignore_ascii_case("requirements"));
    if below { requirements(text, facts) } else { coverage(text, facts) }
}

/// `* 01.03: The package calculates …`.
fn requirements(text: &str, facts: &mut Facts) {
    let mut found = Vec::new();
    for (at, line) in lines(text) {
        let body = line.trim_start().strip_prefix(['*', '-', '+']).map(str::trim_start);
        let Some((number, rest)) = body.and_then(numbered) else { continue };
        let id = format!("{WORDED}{number}");
        let lead = Lead { id: &id, start: 0, rest, marked: true, strong: true, separated: true };
        let start = at + line.len() - body.map_or(0, str::len);
        let block = Span::new(at, at + line.trim_end().len());
        let mut one = specification::definition(&lead, start, block, Shape::ListItem, 0, Certainty::Certain);
        one.span.len = u32::try_from(number.len()).unwrap_or(1);
        found.push(one);
    }
    if !found.is_empty() {
        facts.definitions = found;
        if let Some(document) = &mut facts.document {
            document.kind = Kind::Specification;
        }
    }
}

/// The lines below `@coverage`, each with a case and what it covers.
fn coverage(text: &str, facts: &mut Facts) {
    let mut listing = false;
    let mut rows = Vec::new();
    for (at, line) in lines(text) {
        // A line that is commented out covers nothing.
        if line.trim_start().starts_with("<!--") {
            continue;
        }
        let Some(said) = line.strip_prefix("#'") else { break };
        let said = said.trim();
        if let Some(key) = said.strip_prefix('@') {
            listing = key.trim() == "coverage";
        } else if let Some((case, covered)) = numbered(said).filter(|_| listing) {
            let span = Span::new(at, at + line.trim_end().len());
            let ids: Mentions = covered
                .split([',', ';'])
                .filter_map(|one| Some(Mention::one(format!("{WORDED}{}", number(one.trim())?), span)))
                .collect();
            let name = TestName { name: case.to_owned(), ..TestName::default() };
            rows.push((span, ids, Citation::new(span, Target::Test(name)), Spanned { text: case.to_owned(), span }));
        }
    }
    rows.retain(|(_, ids, ..)| !ids.is_empty());
    let Some((header, ..)) = rows.first() else { return };
    let table = facts.tables.len();
    facts.tables.push(Table {
        header: *header,
        layout: Layout::Inverted,
        has_tests: true,
        has_status: false,
        heading: String::new(),
    });
    facts.rows.extend(rows.into_iter().map(|(span, ids, citation, cell)| {
        let mut row = Row::bare(table, span, ids);
        row.citations = vec![citation];
        row.cited = vec![cell];
        row
    }));
    if let Some(document) = &mut facts.document {
        document.kind = Kind::Matrix;
    }
}

/// The lines of a text with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end_matches(['\n', '\r'])))
    })
}

/// `01.03: text`, parted.
fn numbered(said: &str) -> Option<(&str, &str)> {
    let (first, rest) = said.split_once(':')?;
    Some((number(first)?, rest.trim()))
}

/// A number of at least two parts.
fn number(said: &str) -> Option<&str> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (said.contains('.') && said.split('.').all(part)).then_some(said)
}
