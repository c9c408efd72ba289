//! Columns beside those of tests that cite what verifies a requirement in another way, and the scripts of a qualification.

use super::Grid;
use super::cells::{is_list, mostly};
use super::columns::Column;
use crate::model::citation::Target;
use crate::model::matrix::Status;
use crate::model::vocabulary;
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::{identifier, row};

/// Whether a column is called after a method other than test: "Analysis", "Verification by analysis", "Code review".
pub(super) fn is_of_method(name: &str) -> bool {
    const METHODS: &[&str] =
        &["analyses", "analysis", "demonstration", "demonstrations", "inspection", "inspections", "review", "reviews"];
    /// Any other word makes it a column of something else: "Review status".
    const BESIDE: &[&str] =
        &["and", "by", "code", "design", "document", "documents", "id", "ids", "or", "reference", "references", "verification"];
    let method = |word: &str| METHODS.contains(&word);
    name.split(' ').any(method) && name.split(' ').all(|word| method(word) || BESIDE.contains(&word))
}

/// Beside columns of tests, one that is called after another method and names documents or identifiers tells evidence; it
/// names no requirements.
pub(super) fn settle(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    if !columns.iter().any(|column| matches!(column, Column::Tests | Column::TestName | Column::TestFile)) {
        return;
    }
    let named = |cell: &str| {
        let found = || citations(cell, 0, Expect::Anything);
        is_list(cell) || found().iter().any(|one| !matches!(one.target, Target::Prose(_) | Target::Elided))
    };
    for (at, name) in names.iter().enumerate().skip(1) {
        if columns.get(at) == Some(&Column::Other)
            && is_of_method(name)
            && mostly(text, grid, at, named)
            && let Some(column) = columns.get_mut(at)
        {
            *column = Column::Evidence;
        }
    }
}

/// In a matrix without a column of that name, the first beside the tests that holds outcomes is the status: "Automated" over PASS
/// and FAIL. Where several hold some, each tells of other tests, and the first of those that the row cites first.
pub(super) fn settle_outcomes(text: &str, grid: &Grid, columns: &mut [Column]) {
    let tests = columns.iter().position(|column| matches!(column, Column::Tests | Column::TestName | Column::TestFile));
    let Some(tests) = tests.filter(|_| !columns.contains(&Column::Status)) else { return };
    let outcome = |cell: &str| cell.len() < 16 && matches!(row::status(cell), Status::Pass | Status::Fail);
    let open = |at: &usize| columns.get(*at) == Some(&Column::Other);
    let found = (tests + 1..columns.len()).filter(open).find(|at| mostly(text, grid, *at, outcome));
    if let Some(column) = found.and_then(|at| columns.get_mut(at)) {
        *column = Column::Status;
    }
}

/// Whether a column is called after scripts of the qualification of an installation, its operation or its performance:
/// "OQ/PQ script". "OQ" alone may be an open question.
pub(super) fn is_of_qualification(name: &str) -> bool {
    const PHASES: &[&str] = &["iq", "oq", "pq"];
    const SCRIPTS: &[&str] = &["case", "cases", "protocol", "protocols", "script", "scripts"];
    const BESIDE: &[&str] = &["id", "ids", "ref", "reference"];
    let count = |list: &[&str]| name.split(' ').filter(|word| list.contains(word)).count();
    let (phases, scripts) = (count(PHASES), count(SCRIPTS));
    phases > 0 && phases + scripts > 1 && phases + scripts + count(BESIDE) == name.split(' ').count()
}

/// Whether a cell begins with the identifier of a test case.
pub(super) fn is_case(cell: &str) -> bool {
    identifier::leading(cell, false).is_some_and(|(id, _)| vocabulary::is_test_case(id))
}

#[cfg(test)]
mod tests {
    use super::{is_of_method, is_of_qualification};

    #[test]
    fn columns_are_known_by_all_of_their_words() {
        for (name, method, qualification) in [
            ("analysis", true, false),
            ("verification by analysis", true, false),
            ("review status", false, false),
            ("verification", false, false),
            ("oq pq script", false, true),
            ("iq oq pq", false, true),
            ("script", false, false),
            ("oq status", false, false),
            ("oq", false, false),
            ("oq id", false, false),
        ] {
            assert_eq!((is_of_method(name), is_of_qualification(name)), (method, qualification), "{name}");
        }
    }
}
