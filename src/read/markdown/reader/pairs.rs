//! Rows of a matrix that are sections: below `### R1: Reading` a table of two columns tells what tests it.

use super::Reader;
use crate::model::matrix::Row;
use crate::model::mention::Mentions;
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::row as cells;
use crate::read::markdown::inline;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// Takes a table of keys and values below the heading of a requirement as one row; whether it was one.
    pub(super) fn pairs(&mut self, grid: &Grid) -> bool {
        let subject = self.headings.last().and_then(|heading| heading.subject.clone());
        let wide = grid.header.cells.len() != 2 || grid.rows.iter().any(|row| row.cells.len() > 2);
        let Some(subject) = subject.filter(|_| self.document.kind == Kind::Matrix && !wide) else { return false };
        let pairs = std::iter::once(&grid.header).chain(&grid.rows);
        let pairs: Vec<(String, Span)> =
            pairs.filter_map(|row| Some((words(row.cell(self.text, 0)), *row.cells.get(1)?))).collect();
        if !pairs.iter().any(|(key, _)| of_tests(key)) {
            return false;
        }
        let end = grid.rows.last().map_or(grid.header.span, |row| row.span).end() as usize;
        let span = Span::new(grid.header.span.start as usize, end);
        let table = self.row_table(span);
        let mut row = Row::bare(table, span, Mentions::from_buf([subject]));
        for (key, span) in pairs {
            let value = inline::spanned(self.text, span);
            if !value.text.chars().any(char::is_alphanumeric) {
                continue;
            }
            self.pair(&mut row, &key, value);
        }
        self.facts.rows.push(row);
        true
    }

    fn pair(&self, row: &mut Row, key: &str, value: Spanned) {
        let raw = self.text.get(value.span.range()).unwrap_or("");
        match key {
            "requirement" | "description" | "text" | "title" => row.title = Some(value),
            "status" => row.status = Some((cells::status(&value.text), value)),
            "verification method" | "method" => row.method = Some(value),
            "level" | "verification level" | "test level" => row.level = Some(value),
            _ if of_tests(key) => {
                row.citations.extend(citations(raw, value.span.start as usize, Expect::Anything));
                row.cited.push(value);
            }
            _ => row.notes.push(value),
        }
    }
}

/// `Directed test`, `Unit tests`, `Verified by`.
fn of_tests(key: &str) -> bool {
    let last = key.rsplit(' ').next().unwrap_or("");
    matches!(last, "test" | "tests" | "testcase" | "testcases")
        || matches!(key, "verified by" | "tested by" | "test case" | "test cases" | "test file" | "test files")
}
