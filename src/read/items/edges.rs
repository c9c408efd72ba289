//! Lists of trace links: one link a row, with its two ends and what it means.
//!
//! ```text
//! from,to,relation
//! TEST-002,REQ-001,verifies
//! REQ-002,REQ-001,derives from
//! ```

use crate::model::Facts;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::vocabulary::{self, words};
use crate::read::grammar::citation::{Expect, citations, cites_tests};
use crate::read::grammar::identifier;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};

const FROM: &[&str] = &["from", "from id", "source", "source id", "src"];
const TO: &[&str] = &["to", "to id", "target", "target id", "dst"];
const RELATION: &[&str] = &["relation", "relationship", "link", "link type", "type", "rel", "relation type"];

/// Relations of which the first end tests the second, and the other way round.
const TESTING: &[&str] = &["tests", "test", "verifies", "validates", "covers", "checks", "verification"];
const TESTED: &[&str] = &["tested by", "verified by", "validated by", "covered by", "checked by"];

/// Reads a list of links; `false` where the table is none. What does not say that a test verifies something is passed over.
pub(super) fn read(grid: &Grid, text: &str, facts: &mut Facts) -> bool {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let (Some(from), Some(to), Some(relation)) = (find(FROM), find(TO), find(RELATION)) else { return false };
    let table = facts.tables.len();
    let rows = grid.rows.iter().filter_map(|row| {
        let relation = words(row.cell(text, relation));
        let (test, requirement) = match relation.as_str() {
            said if TESTING.contains(&said) => (from, to),
            said if TESTED.contains(&said) => (to, from),
            _ => return None,
        };
        verifying(row, text, table, (test, requirement))
    });
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() {
        let header = grid.header.span;
        facts.tables.push(Table { header, layout: Layout::Detail, has_tests: true, has_status: false, heading: String::new() });
        facts.rows.extend(rows);
    }
    true
}

/// The row of one link, if one of its ends is a test and the other is none.
fn verifying(row: &GridRow, text: &str, table: usize, (test, requirement): (usize, usize)) -> Option<Row> {
    let (test, span) = end(row, text, test)?;
    let (id, place) = end(row, text, requirement)?;
    if vocabulary::is_foreign(id) || identifier::leading(id, false).is_none_or(|(_, end)| end != id.len()) {
        return None;
    }
    let found = match vocabulary::is_test_case(test) {
        true => vec![Citation::new(span, Target::CaseId(test.to_owned()))],
        false if cites_tests(test) => citations(test, span.start as usize, Expect::Anything),
        false => return None,
    };
    let mut link = Row::bare(table, row.span, Mentions::from_buf([Mention::one(id, place)]));
    link.citations = found;
    link.cited = vec![Spanned { text: test.to_owned(), span }];
    Some(link)
}

/// What stands at one end of a link.
fn end<'t>(row: &GridRow, text: &'t str, at: usize) -> Option<(&'t str, Span)> {
    let span = *row.cells.get(at)?;
    let cell = text.get(span.range())?;
    (!cell.is_empty()).then_some((cell, span))
}
