//! Rows of a matrix that stand in lists: `- FR-1 | Covered | tests/test_a.py` and `- **FR-1** — tests/test_a.py`.

use super::Reader;
use crate::model::citation::Citation;
use crate::model::matrix::Row;
use crate::model::mention::Mentions;
use crate::model::record::Kind;
use crate::read::grammar::citation::{Expect, citations, cites_test_file};
use crate::read::grammar::{identifier, row};
use crate::read::markdown::inline;
use crate::read::markdown::specification::{self, Lead};
use crate::read::table::{Grid, GridRow};
use crate::source::Span;

/// What is known of such rows while a list is read.
#[derive(Default)]
pub(super) struct Listed {
    /// The names of the cells: "Format: `ID | Status | Evidence`".
    format: Option<GridRow>,
    /// The rows since then.
    rows: Vec<GridRow>,
    /// The table of the rows without cells, once there is one.
    pub(super) table: Option<usize>,
}

impl Reader<'_> {
    /// Notes what a paragraph says of the form of the items below it.
    pub(super) fn row_format(&mut self, raw: &str, span: Span) {
        let mut at = 0;
        for (index, part) in raw.split('`').enumerate() {
            let start = span.start as usize + at;
            if index % 2 == 1 && part.matches(" | ").count() > 1 && !part.contains('\n') {
                let span = Span::new(start, start + part.len());
                self.listed_rows.format = Some(GridRow { span, cells: row::cells(part, start) });
            }
            at += part.len() + 1;
        }
    }

    /// Takes an item of a matrix as a row, if it has the form of one; whether it was.
    pub(super) fn listed_row(&mut self, span: Span) -> bool {
        if self.document.kind != Kind::Matrix {
            return false;
        }
        let line = self.text.get(span.range()).unwrap_or("").lines().next().unwrap_or("");
        let body = line.trim_start_matches(['-', '*', '+', ' ']);
        let start = span.start as usize + line.len() - body.len();
        if self.listed_rows.format.is_some()
            && body.matches(" | ").count() > 1
            && identifier::leading(body.trim_start_matches(['*', '`']), false).is_some()
        {
            let body = body.trim_end();
            let span = Span::new(start, start + body.len());
            self.listed_rows.rows.push(GridRow { span, cells: row::cells(body, start) });
            return true;
        }
        let item = line.trim_start_matches(['-', '+', ' ']);
        let start = span.start as usize + line.len() - item.len();
        specification::lead(item).is_some_and(|lead| self.cited_item(&lead, item, start))
    }

    /// `**FR-1** — tests/test_a.py`: what follows the identifier is a file or a function of tests.
    fn cited_item(&mut self, lead: &Lead<'_>, item: &str, start: usize) -> bool {
        if !lead.separated || !specification::may_define(lead) || lead.rest.is_empty() {
            return false;
        }
        let at = item.len() - lead.rest.len();
        let found: Vec<Citation> = citations(lead.rest, start + at, Expect::Anything);
        if !found.iter().any(|one| cites_test_file(&one.target)) {
            return false;
        }
        let subject = super::subject(lead, start);
        let span = Span::new(start, start + item.trim_end().len());
        let table = self.row_table(span);
        let mut row = Row::bare(table, span, Mentions::from_buf([subject]));
        row.citations = found;
        row.cited = vec![inline::spanned(self.text, Span::new(start + at, start + item.trim_end().len()))];
        self.facts.rows.push(row);
        true
    }

    /// The items since the last heading are one table.
    pub(super) fn close_rows(&mut self) {
        let rows = std::mem::take(&mut self.listed_rows.rows);
        if let Some(header) = self.listed_rows.format.clone().filter(|_| !rows.is_empty()) {
            self.table(&Grid { header, rows });
        }
    }
}
