//! Columns of tests that are known by what their cells hold: short heads (`UT ID`, `SIL`, `Procedure`) say little, and any
//! other may hold nothing but identifiers of test cases.

use super::Grid;
use super::cells::{cites, mostly};
use super::columns::Column;
use crate::model::citation::Target;
use crate::model::vocabulary::{self, Level};
use crate::read::grammar::citation::{Expect, citations, cites_test_file, looks_like_test};
use crate::read::grammar::identifier;

/// Short words for kinds of tests, each with the level that it tells.
const KINDS: &[(&str, Option<Level>)] = &[
    ("ut", Some(Level::Unit)),
    ("it", Some(Level::Integration)),
    ("st", Some(Level::System)),
    ("at", Some(Level::Acceptance)),
    ("uat", Some(Level::Acceptance)),
    ("sit", Some(Level::Integration)),
    ("vt", None),
    ("qt", None),
    ("ft", None),
    ("qa", None),
    ("tc", None),
    ("mil", None),
    ("sil", None),
    ("pil", None),
    ("hil", None),
];

/// Words that may stand beside a kind.
const BESIDE: &[&str] = &[
    "acceptance",
    "case",
    "cases",
    "id",
    "ids",
    "integration",
    "qualification",
    "ref",
    "reference",
    "refs",
    "system",
    "unit",
    "validation",
    "verification",
    "검증",
    "시험",
];

/// Whether a column may be called after tests in short: "UT ID", "QA TC ID", "HIL", "검증 TC".
fn is_kind(name: &str) -> bool {
    let kind = |word: &str| KINDS.iter().any(|(known, _)| *known == word);
    name.split(' ').any(kind) && name.split(' ').all(|word| kind(word) || BESIDE.contains(&word))
}

/// Whether a column is called after procedures.
fn is_procedure(name: &str) -> bool {
    const BESIDE: &[&str] = &["id", "ids", "no", "number", "ref", "reference", "validation", "verification"];
    let procedure = |word: &str| matches!(word, "procedure" | "procedures");
    name.split(' ').any(procedure) && name.split(' ').all(|word| procedure(word) || BESIDE.contains(&word))
}

/// The level of verification that a short head tells.
pub(super) fn level(name: &str) -> Option<Level> {
    let found = || KINDS.iter().find(|(kind, _)| name.split(' ').any(|word| word == *kind));
    is_kind(name).then(found).flatten().and_then(|(_, level)| *level)
}

/// Whether a column of one of these names holds tests: its cells decide, for "Procedure" may describe what is done, and "SIL" rate it.
pub(super) fn holds_tests(text: &str, grid: &Grid, at: usize, name: &str) -> bool {
    is_kind(name) && mostly(text, grid, at, |cell| names_tests(cell, is_case_of_kind))
        || is_procedure(name) && mostly(text, grid, at, |cell| names_tests(cell, is_procedure_id))
}

/// In a matrix, columns that are called by nothing but levels and methods ("UT", "HIL", "Analysis") hold what shows that a
/// requirement is met, if the cells of one of them cite tests.
pub(super) fn settle_levels(text: &str, grid: &Grid, names: &[String], columns: &mut [Column], claims: bool) {
    const LEVELS: &[&str] = &[
        "ut",
        "it",
        "st",
        "sit",
        "sil",
        "hil",
        "uat",
        "e2e",
        "unit",
        "integration",
        "system",
        "acceptance",
        "an",
        "analysis",
        "inspection",
        "review",
        "demonstration",
    ];
    let called = |at: &usize| names.get(*at).is_some_and(|name| LEVELS.contains(&name.as_str()));
    let tests = (0..columns.len()).any(|at| columns.get(at).is_some_and(is_of_tests) && !called(&at));
    let open = |column: &Column| matches!(column, Column::Other | Column::Text | Column::Method | Column::Level | Column::Tests);
    let levels: Vec<usize> = (0..names.len()).filter(|at| called(at) && columns.get(*at).is_some_and(open)).collect();
    let cited = |at: &usize| columns.get(*at) == Some(&Column::Tests) || cites(text, grid, *at);
    if claims && !tests && levels.len() > 1 && levels.iter().any(cited) {
        for (_, column) in columns.iter_mut().enumerate().filter(|(at, _)| levels.contains(at)) {
            *column = Column::Tests;
        }
    }
}

fn is_of_tests(column: &Column) -> bool {
    matches!(column, Column::Tests | Column::TestName | Column::TestFile)
}

/// Beside identifiers and where no column is called one of tests, those of any name are whose cells hold identifiers of test
/// cases and nothing else, and in a matrix the procedures that tell in words how something is verified.
pub(super) fn settle(text: &str, grid: &Grid, names: &[String], columns: &mut [Column], claims: bool) {
    let Some(id) = columns.iter().position(|column| *column == Column::Id) else { return };
    if columns.iter().any(is_of_tests) {
        return;
    }
    for (at, column) in columns.iter_mut().enumerate().skip(id + 1) {
        let open = matches!(column, Column::Other | Column::Text | Column::Method | Column::Notes);
        if open && mostly(text, grid, at, lists_cases) {
            *column = Column::Tests;
        }
    }
    if claims && !columns.iter().any(is_of_tests) {
        let told = |at: &usize| names.get(*at).is_some_and(|name| is_procedure(name)) && columns.get(*at) == Some(&Column::Other);
        let found = (id + 1..columns.len()).find(told);
        found.and_then(|at| columns.get_mut(at)).into_iter().for_each(|column| *column = Column::Tests);
    }
}

/// Whether a cell lists identifiers of test cases and nothing else.
fn lists_cases(cell: &str) -> bool {
    let found = identifier::mentions(cell, 0);
    let case = |id: &str| vocabulary::is_test_case(id) && id.contains(['-', '_']);
    identifier::is_list(cell, &found)
        && found.iter().all(|one| one.id().is_none_or(case))
        && found.iter().any(|one| one.id().is_some())
}

/// Whether a cell names tests and nothing else: cases whose identifiers fit, or functions and files of tests.
fn names_tests(cell: &str, case: impl Fn(&str) -> bool) -> bool {
    let found = citations(cell, 0, Expect::Anything);
    let test = |target: &Target| match target {
        Target::CaseId(id) => case(id),
        Target::Test(name) => name.file.is_some() || looks_like_test(&name.name),
        target => cites_test_file(target),
    };
    !found.is_empty() && found.iter().all(|one| test(&one.target))
}

/// A grade, `SIL-2`, is no case.
fn is_case_of_kind(id: &str) -> bool {
    let graded = |grade: &str| grade.len() == 1;
    let grade =
        ["SIL", "ASIL"].iter().any(|kind| id.strip_prefix(kind).is_some_and(|rest| graded(rest.trim_start_matches(['-', '_']))));
    !grade && id.bytes().any(|byte| byte.is_ascii_digit())
}

/// Procedures of tests; those of an organisation, `SOP-12`, tell how something is done.
fn is_procedure_id(id: &str) -> bool {
    const FAMILIES: &[&str] = &["ATP", "FTP", "ITP", "QTP", "STP", "TP", "TPR", "TPROC", "UTP", "VP", "VTP"];
    vocabulary::is_test_case(id) || FAMILIES.contains(&id.split(['-', '_']).next().unwrap_or(id))
}
