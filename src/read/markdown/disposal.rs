//! Sections of a matrix that say that what they name was removed.

use crate::model::Facts;
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::Mentions;
use crate::model::vocabulary;
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::Span;

/// What follows these words is what came instead.
const INSTEAD: &[&str] = &["superseded by", "replaced by", "covered by", "moved to", "merged into", "instead", "see "];

/// A paragraph below a heading such as "Import — CANCELLED" disposes of the identifiers and wildcards in it.
pub(super) fn paragraph(text: &str, span: Span, heading: &str, facts: &mut Facts) {
    let raw = text.get(span.range()).unwrap_or("");
    let lower = raw.to_lowercase();
    let end = INSTEAD.iter().filter_map(|words| lower.find(words)).min().unwrap_or(raw.len());
    let named = identifier::mentions(raw.get(..end).unwrap_or(raw), span.start as usize);
    let ids: Mentions = named.into_iter().filter(|one| !one.id().is_some_and(vocabulary::is_foreign)).collect();
    if ids.is_empty() {
        return;
    }
    let table = facts.tables.len();
    let heading = heading.to_owned();
    facts.tables.push(Table { header: span, layout: Layout::Detail, has_tests: false, has_status: false, heading });
    let mut row = Row::bare(table, span, ids);
    row.notes = vec![inline::spanned(text, span)];
    row.retired = true;
    facts.rows.push(row);
}
