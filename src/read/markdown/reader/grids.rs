//! What a table tells beside its requirements and rows.

use crate::model::record::{Document, Kind};
use crate::model::vocabulary::{self, words};
use crate::read::markdown::specification;
use crate::read::table::Grid;
use crate::read::table::columns::{self, Column};

/// `| ID | Test item |` and `| Test ID | Test case |`: the table describes test cases, each under its own identifier.
pub(super) fn own_cases(text: &str, grid: &Grid) -> bool {
    let named = |at: usize| words(grid.header.cell(text, at));
    let own = matches!(named(0).as_str(), "id" | "test id" | "test case id" | "tc id" | "case id");
    own && matches!(
        named(1).as_str(),
        "test item" | "test" | "test case" | "test name" | "test title" | "test scenario" | "test description"
    )
}

/// Whether some column of a table holds identifiers that could be those of requirements, in no small part.
pub(super) fn lists_identifiers(text: &str, grid: &Grid) -> bool {
    let names = |cell: &str| {
        specification::lead(cell).is_some_and(|lead| specification::may_define(&lead) && lead.id.contains(['-', '_']))
    };
    let columns = grid.header.cells.len().min(8);
    (0..columns).any(|at| {
        let cells = grid.rows.iter().take(40).map(|row| row.cell(text, at)).filter(|cell| !cell.is_empty());
        let (filled, named) = cells.fold((0, 0), |(filled, named), cell| (filled + 1, named + usize::from(names(cell))));
        named > 0 && named * 4 >= filled
    })
}

/// How many rows of a record that speaks of traceability trace requirements to tests. They tell what somebody found on some day.
pub(super) fn audited(text: &str, grid: &Grid, document: &Document) -> u32 {
    if document.kind != Kind::Record || document.ended || !vocabulary::names_matrix(&document.title) {
        return 0;
    }
    let columns = columns::columns(text, grid, true);
    let tests = |column: &Column| matches!(column, Column::Tests | Column::TestFile | Column::TestName);
    let traces = columns.contains(&Column::Id) && columns.iter().any(tests);
    if traces { u32::try_from(grid.rows.len()).unwrap_or(u32::MAX) } else { 0 }
}
