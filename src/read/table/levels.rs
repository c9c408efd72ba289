//! Columns of identifiers beside those of what a row is about: the requirement that it comes from, and the number of the row.

use super::Grid;
use super::cells::{calls_requirements, is_list, mostly};
use super::columns::Column;
use crate::model::vocabulary;
use crate::read::grammar::identifier;
use rustc_hash::FxHashSet;

/// Signs over a column that counts the rows.
const COUNTERS: &[&str] =
    &["#", "no", "nr", "num", "s.no", "sl no", "n", "n°", "nº", "№", "№ п/п", "п/п", "序号", "序號", "番号", "번호"];

/// Whether a column counts the rows, in whatever form: it is called so, and its cells begin with no word for requirements.
pub(super) fn counts_rows(text: &str, grid: &Grid, at: usize) -> bool {
    let name = grid.header.cells.get(at).and_then(|span| text.get(span.range())).unwrap_or("");
    let name = name.trim_matches(['*', '`', ' ', '.']).to_lowercase();
    let required = |cell: &str| identifier::leading(cell, false).is_some_and(|(id, _)| vocabulary::is_requirement_word(id));
    COUNTERS.contains(&name.as_str()) && !mostly(text, grid, at, required)
}

/// Rows of so many requirements at least tell which column is the one of a higher level.
const FEWEST: usize = 4;

/// Whether a column is called after what requirements are made from: that comes from none of them.
fn is_high(name: &str) -> bool {
    const WORDS: &[&str] =
        &["story", "stories", "case", "need", "needs", "goal", "goals", "business", "customer", "stakeholder", "epic"];
    name.split(' ').any(|word| WORDS.contains(&word))
}

/// Whether an identifier is of a family of such: `US-7`, `BR-12`.
fn is_of_high(cell: &str) -> bool {
    const FAMILIES: &[&str] = &["US", "UC", "BR", "BRD", "UN", "UR", "URS", "SN", "STK", "STR", "EPIC", "GOAL", "NEED"];
    identifier::leading(cell, false)
        .is_some_and(|(id, _)| id.split(['-', '_', '.']).next().is_some_and(|family| FAMILIES.contains(&family)))
}

/// Where each row tells of a requirement of its own, a further column that is called after requirements and in which rows share
/// theirs names those which they refine.
pub(super) fn settle(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    let tests = |column: &Column| matches!(column, Column::Tests | Column::TestName | Column::TestFile | Column::Parent);
    if grid.rows.len() < FEWEST || !columns.contains(&Column::Text) || columns.iter().any(tests) {
        return;
    }
    let ids: Vec<usize> = (0..columns.len()).filter(|at| columns.get(*at) == Some(&Column::Id)).collect();
    let [own, further @ ..] = ids.as_slice() else { return };
    let cells = |at: usize| grid.rows.iter().map(move |row| row.cell(text, at).trim()).filter(|cell| !cell.is_empty());
    let distinct = |at: usize| cells(at).collect::<FxHashSet<&str>>().len();
    let called = |at: usize| names.get(at).is_some_and(|name| calls_requirements(name)) && names.get(at) != names.get(*own);
    let single = |cell: &str| is_list(cell) && identifier::mentions(cell, 0).len() == 1;
    let shared = |at: usize| distinct(at) < cells(at).count() && mostly(text, grid, at, single);
    let high = names.get(*own).is_some_and(|name| is_high(name)) || mostly(text, grid, *own, is_of_high);
    if further.is_empty() || high || distinct(*own) < grid.rows.len() {
        return;
    }
    for at in further.iter().filter(|at| called(**at) && shared(**at)) {
        if let Some(column) = columns.get_mut(*at) {
            *column = Column::Parent;
        }
    }
}
