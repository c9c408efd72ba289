//! What the cells of a row say of a requirement that is not to be verified, or not yet.

use super::View;
use crate::model::matrix::Status;
use crate::model::vocabulary::words;
use crate::read::grammar::row as cells;
use crate::read::markdown::inline;
use crate::read::table::GridRow;
use crate::read::table::columns::Column;
use crate::source::{Span, Spanned};

impl View<'_> {
    /// Any cell beside the text and the tests may say that the requirement is deferred: whatever the status is then,
    /// it is not owed now.
    pub(super) fn deferred(&self, row: &GridRow) -> Option<(Status, Spanned)> {
        let first = self.first(Column::Id);
        let others = self.columns.iter().enumerate().filter(|(at, column)| {
            Some(*at) != first && !matches!(column, Column::Text | Column::Tests | Column::TestName | Column::TestFile)
        });
        // Each of the words has one of these two letters, a later step a plus, and most cells have neither.
        let may = |span: &&Span| {
            let raw = self.section.text.get(span.range()).unwrap_or("");
            raw.bytes().any(|byte| matches!(byte.to_ascii_lowercase(), b'f' | b'v' | b'+'))
        };
        let cells = others.filter_map(|(at, _)| row.cells.get(at)).filter(may);
        let mut cells = cells.map(|span| inline::spanned(self.section.text, *span));
        let found = cells.find(|cell| cell.text.len() < 40 && cells::defers(&cell.text));
        found.or_else(|| self.undelivered(row)).map(|cell| (Status::Excluded, cell))
    }

    /// Where a column says of what is to be delivered that it is still planned.
    fn undelivered(&self, row: &GridRow) -> Option<Spanned> {
        const COLUMNS: &[&str] = &["delivery", "delivery state", "delivery status"];
        let at = self.names.iter().position(|name| COLUMNS.contains(&name.as_str()))?;
        let cell = inline::spanned(self.section.text, *row.cells.get(at)?);
        matches!(words(&cell.text).as_str(), "planned" | "proposed" | "backlog" | "not started").then_some(cell)
    }

    /// Where a column "testable" says that there is nothing to test.
    pub(super) fn untestable(&self, row: &GridRow) -> Option<Span> {
        let at =
            self.names.iter().position(|name| matches!(name.strip_prefix("is ").unwrap_or(name), "testable" | "verifiable"))?;
        matches!(words(row.cell(self.section.text, at)).as_str(), "false" | "no").then(|| row.cells.get(at).copied())?
    }

    /// A column of "planned tests" says that its tests are yet to come.
    pub(super) fn planned(&self) -> Option<(Status, Spanned)> {
        const PLANNED: &[&str] = &["proposed", "planned", "suggested", "recommended", "future", "missing", "todo"];
        let at = self.columns.iter().zip(self.names).position(|(column, name)| {
            matches!(column, Column::Tests | Column::TestFile | Column::TestName)
                && name.split(' ').any(|word| PLANNED.contains(&word))
        })?;
        let span = *self.grid.header.cells.get(at)?;
        Some((Status::Pending, inline::spanned(self.section.text, span)))
    }
}
