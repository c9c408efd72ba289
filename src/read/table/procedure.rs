//! Procedures that somebody carries out by hand: `| # | Step | Expected result | Requirements |`.
//!
//! A row is a test case without an identifier. What it says is done is the evidence, described in words; it speaks for no
//! specification.

use super::Grid;
use super::catalogue::{links, mostly};
use super::cells::is_list;
use super::rows::Section;
use crate::model::Facts;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::Span;

/// Words in the names of columns that say what must come of a step.
const EXPECTED: &[&str] = &[
    "expect",
    "expected",
    "expectation",
    "esperado",
    "esperada",
    "attendu",
    "erwartet",
    "erwartetes",
    "erwartung",
    "atteso",
    "ожидаемый",
];
const EXPECTED_PARTS: &[&str] = &["期待", "预期", "預期", "기대"];

/// Reads a table of steps; `false` where it is none.
pub(super) fn read(grid: &Grid, section: &Section<'_>, facts: &mut Facts) -> bool {
    if !matches!(section.kind, Kind::Other | Kind::Specification) {
        return false;
    }
    let text = section.text;
    let Some((expected, requirements)) = columns(grid, text) else { return false };
    // What is done stands in front of what must come of it.
    let done =
        |at: &usize| *at != requirements && mostly(grid, text, *at, |row| row.cell(text, *at).chars().any(char::is_alphabetic));
    let told = (0..expected).rev().find(done).unwrap_or(expected);
    let table = u32::try_from(facts.tables.len()).unwrap_or(u32::MAX);
    facts.tables.push(Table {
        header: grid.header.span,
        layout: Layout::Detail,
        has_tests: true,
        has_status: false,
        heading: section.heading.clone(),
    });
    for row in &grid.rows {
        let base = row.cells.get(requirements).map_or(0, |span| span.start as usize);
        let ids = identifier::mentions(row.cell(text, requirements), base);
        let step = row.cells.get(told).filter(|span| span.len > 0);
        let (false, Some(span)) = (ids.is_empty(), step) else { continue };
        let cell = inline::spanned(text, *span);
        let mut found = Row::bare(table as usize, row.span, ids);
        found.citations = vec![Citation::new(*span, Target::Prose(cell.text.clone()))];
        found.cited = vec![cell];
        facts.rows.push(found);
    }
    true
}

/// The columns of what is expected and of the requirements, whose cells list identifiers and nothing else.
fn columns(grid: &Grid, text: &str) -> Option<(usize, usize)> {
    let names: Vec<String> = grid.header.cells.iter().map(|span: &Span| words(text.get(span.range()).unwrap_or(""))).collect();
    let expects = |name: &String| {
        name.split(' ').any(|word| EXPECTED.contains(&word)) || EXPECTED_PARTS.iter().any(|part| name.contains(part))
    };
    let expected = names.iter().position(expects)?;
    let listed =
        |at: &usize| mostly(grid, text, *at, |row| is_list(&inline::plain(row.cell(text, *at))) || row.cell(text, *at) == "—");
    let named = |at: &usize| names.get(*at).is_some_and(|name| links(name)) && *at != expected;
    let requirements = (1..names.len()).filter(named).find(listed)?;
    // `| REQ-1 | … | expected |` is about its requirement.
    let own = mostly(grid, text, 0, |row| identifier::leading(row.cell(text, 0).trim_matches(['`', '*']), false).is_some());
    (!own).then_some((expected, requirements))
}
