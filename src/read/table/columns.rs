//! The meaning of a table's columns, from their names and from their cells.
//!
//! Names alone mislead: "Requirement" is an identifier in some tables and text
//! in others, "Verification" a method or a list of tests. The cells decide.

use super::Grid;
use super::cells::{
    calls_requirements, cites, ends_with_ids, is_composed, is_compound, is_count, is_family, is_identified, is_list, is_method,
    is_named_like_one, is_of_revisions, is_slug, mostly, names_functions, names_paths, names_test_files, runs, stands_alone,
};
use super::evidence;
use super::heads;
use super::levels;
use super::localised;
use super::names::{ID_NAMES, NAMES, NUMBER_NAMES};
use crate::model::matrix::Status;
use crate::model::vocabulary::{self, words};
use crate::read::grammar::{identifier, row};
use rustc_hash::FxHashSet;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Identifiers of requirements.
    Id,
    /// Title or text of the requirement.
    Text,
    /// Citations of tests of any form.
    Tests,
    /// Files of tests, to be read together with `TestName`.
    TestFile,
    /// Names of tests, to be read together with `TestFile`.
    TestName,
    /// The status of the row.
    Status,
    /// The verification method.
    Method,
    /// The verification level.
    Level,
    /// Priority, risk or criticality.
    Priority,
    /// Parents of the requirement.
    Parent,
    /// Implementing code.
    Code,
    /// Evidence other than tests.
    Evidence,
    /// Notes and descriptions.
    Notes,
    /// Anything else.
    Other,
}

/// The columns of a table; `claims` says that the document is a matrix.
pub fn columns(text: &str, grid: &Grid, claims: bool) -> Vec<Column> {
    let names: Vec<String> = grid.header.cells.iter().map(|span| name(text.get(span.range()).unwrap_or(""))).collect();
    let mut columns: Vec<Column> = names.iter().enumerate().map(|(at, name)| by_name_and_cells(text, grid, at, name)).collect();
    evidence::settle(text, grid, &names, &mut columns);
    settle_identifiers(text, grid, &names, &mut columns);
    levels::settle(text, grid, &names, &mut columns);
    if claims {
        settle_themes(text, grid, &names, &mut columns);
        settle_claims(text, grid, &names, &mut columns);
        settle_levels_beside(text, grid, &names, &mut columns);
    }
    settle_cases(text, grid, &mut columns);
    heads::settle_levels(text, grid, &names, &mut columns, claims);
    settle_functions(text, grid, &names, &mut columns);
    settle_tests(text, grid, &mut columns);
    settle_references(&names, &mut columns);
    settle_unnamed(text, grid, &mut columns);
    heads::settle(text, grid, &names, &mut columns, claims);
    settle_methods(&names, &mut columns);
    settle_numbers(text, grid, &names, &mut columns);
    settle_open(text, grid, &names, &mut columns);
    if claims {
        settle_descriptions(text, grid, &mut columns);
        evidence::settle_outcomes(text, grid, &mut columns);
    }
    columns
}

/// The name of a column. What stands in brackets behind one that says nothing else is an addition: "Wortlaut (shall)". Capitals
/// part words that nothing else parts: "TestFile".
fn name(raw: &str) -> String {
    let full = words(raw);
    let known = |name: &str| by_name(name) != Column::Other || ID_NAMES.contains(&name) || localised::is_id(name);
    if let Some(bare) = localised::of_a_requirement(&full).filter(|bare| !known(&full) && known(bare)) {
        return bare.to_owned();
    }
    if !known(&full) && !full.contains(' ') {
        let parted = words(&parted(raw));
        return if known(&parted) { parted } else { full };
    }
    match raw.split_once(['(', '（']).map(|(bare, _)| words(bare)) {
        Some(bare) if !known(&full) && known(&bare) => bare,
        _ => full,
    }
}

/// A word with a blank in front of each capital behind a small letter.
fn parted(raw: &str) -> String {
    let mut parted = String::with_capacity(raw.len() + 4);
    for c in raw.chars() {
        if c.is_uppercase() && parted.ends_with(char::is_lowercase) {
            parted.push(' ');
        }
        parted.push(c);
    }
    parted
}

fn by_name_and_cells(text: &str, grid: &Grid, at: usize, name: &str) -> Column {
    let listed = by_name(name);
    match listed {
        Column::Other | Column::Priority | Column::Tests if heads::holds_tests(text, grid, at, name) => Column::Tests,
        // Scripts of a qualification are test cases, and so may be those of any test.
        Column::Other if evidence::is_of_qualification(name) && mostly(text, grid, at, evidence::is_case) => Column::Tests,
        Column::TestFile if mostly(text, grid, at, evidence::is_case) => Column::Tests,
        Column::Tests if name.contains("scenario") && !cites(text, grid, at) && !names_functions(text, grid, at) => Column::Other,
        // Commands of a protocol or a tool are no tests, unless they run some.
        Column::Tests if name == "command" && !cites(text, grid, at) && !mostly(text, grid, at, runs) => Column::Other,
        Column::Method | Column::Tests if cites(text, grid, at) => Column::Tests,
        // A "method" is a function to many: `rejectsEmptyName`.
        Column::Method if names_functions(text, grid, at) => Column::TestName,
        Column::Tests if mostly(text, grid, at, is_method) => Column::Method,
        Column::Tests | Column::TestName | Column::TestFile if mostly(text, grid, at, is_count) => Column::Other,
        Column::Tests if mostly(text, grid, at, |cell| cell.len() < 16 && row::status(cell) != Status::Other) => Column::Status,
        _ => listed,
    }
}

/// What a column of this header holds by its name alone.
pub(super) fn named(raw: &str) -> Column {
    by_name(&name(raw))
}

/// Whether a name, in its normal form, is one for tests.
pub(super) fn names_tests(name: &str) -> bool {
    matches!(by_name(name), Column::Tests | Column::TestName | Column::TestFile)
}

/// The meaning of a column by its name alone.
fn by_name(name: &str) -> Column {
    // How many there are names none of them.
    if name.ends_with(" count") {
        return Column::Other;
    }
    for (column, names) in NAMES {
        if names.contains(&name) {
            return *column;
        }
    }
    let has = |word: &str| name.split(' ').any(|part| part == word);
    if has("test") || has("tests") || has("testing") {
        let other = [
            "status",
            "result",
            "date",
            "count",
            "total",
            "type",
            "environment",
            "priority",
            "data",
            "level",
            "passed",
            "failed",
            "plan",
            "strategy",
            "approach",
            "notes",
            "instructions",
            "command",
            "framework",
            "steps",
            "points",
            "idea",
            "ideas",
        ];
        // "Test requirements" say what a test must show, in words.
        let demands = name.ends_with("requirement") || name.ends_with("requirements");
        if !demands && !other.iter().any(|word| has(word)) {
            return Column::Tests;
        }
    }
    if let Some(column) = localised::meaning(name) {
        return column;
    }
    if localised::speaks_of_tests(name) {
        return Column::Tests;
    }
    // "Evidence ID" names what the row is about; "status and evidence" holds more than a status.
    if has("status") && has("verification") && has("and") {
        return Column::Evidence;
    }
    if has("evidence") && !name.ends_with(" id") && !name.ends_with(" status") {
        return Column::Evidence;
    }
    if has("status") {
        return Column::Status;
    }
    Column::Other
}

/// "Code reference" may lead to tests; beside a column of tests it leads to what they test.
fn settle_references(names: &[String], columns: &mut [Column]) {
    let tests = |column: &Column| matches!(column, Column::Tests | Column::TestName | Column::TestFile);
    let named = |at: usize| names.get(at).is_some_and(|name| name.starts_with("code reference"));
    let others = columns.iter().enumerate().any(|(at, column)| tests(column) && !named(at));
    for (_, column) in columns.iter_mut().enumerate().filter(|(at, _)| others && named(*at)) {
        if tests(column) || *column == Column::Other {
            *column = Column::Code;
        }
    }
}

/// Beside identifiers and where no column is called one of tests, one of any name is if most of its cells cite
/// nothing but test files.
fn settle_unnamed(text: &str, grid: &Grid, columns: &mut [Column]) {
    let tests = |column: &Column| matches!(column, Column::Tests | Column::TestName | Column::TestFile);
    if !columns.contains(&Column::Id) || columns.iter().any(tests) {
        return;
    }
    let files = |cell: &str| cell.split_whitespace().count() <= 6 && names_test_files(cell);
    let other = |at: &usize| matches!(columns.get(*at), Some(Column::Other | Column::Status));
    if let Some(at) = (0..columns.len()).filter(other).find(|at| mostly(text, grid, *at, files))
        && let Some(column) = columns.get_mut(at)
    {
        *column = Column::Tests;
    }
}

/// Beside a column that is called status, one of tests in which everything is still to come is one of tests that nobody filled.
fn settle_open(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    let stated = |at: usize| columns.get(at) == Some(&Column::Status);
    let (tests, others): (Vec<usize>, Vec<usize>) =
        (0..names.len()).filter(|at| stated(*at)).partition(|at| names.get(*at).is_some_and(|name| names_tests(name)));
    let open = |cell: &str| row::status(cell) == Status::Pending;
    for at in tests.into_iter().filter(|at| !others.is_empty() && mostly(text, grid, *at, open)) {
        set(columns, at, Column::Tests);
    }
}

/// Finds the columns of identifiers: by name and cells, else the first column if its cells say so.
fn settle_identifiers(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    for (at, name) in names.iter().enumerate() {
        let named = ID_NAMES.contains(&name.as_str())
            || localised::is_id(name)
            || (name.ends_with(" id") || name.ends_with(" ids"))
                && columns.get(at) == Some(&Column::Other)
                && !vocabulary::names_other_things(name);
        let known = matches!(columns.get(at), Some(Column::Other | Column::Text));
        let numbers = NUMBER_NAMES.contains(&name.as_str());
        let tests = matches!(columns.first(), Some(Column::Tests | Column::TestName | Column::TestFile));
        let named = named || is_of_revisions(text, grid, at, name);
        let named = named || (at > 0 && tests && calls_requirements(name) && mostly(text, grid, at, is_list));
        let identified = |cell: &str| is_identified(cell) || is_family(cell) || calls_requirements(name) && is_compound(cell);
        // Beside identifiers, text may begin with what looks like one: "HMAC-SHA256 of each frame".
        let beside = columns.contains(&Column::Id) && !mostly(text, grid, at, stands_alone);
        if known && !beside && (named && (mostly(text, grid, at, identified) || numbers && mostly(text, grid, at, is_count))) {
            set(columns, at, Column::Id);
        } else if named && columns.get(at) == Some(&Column::Other) && !mostly(text, grid, at, is_count) {
            set(columns, at, Column::Text);
        }
    }
    if !columns.contains(&Column::Id) {
        settle_families(text, grid, names, columns);
        settle_codes(text, grid, names, columns);
    }
    settle_levels_beside(text, grid, names, columns);
    // A tag or slug counts only where the column is called an identifier and nothing better is there.
    if !columns.contains(&Column::Id) {
        for (at, name) in names.iter().enumerate() {
            let strict = name.ends_with("id") || name == "requirement" || name == "identifier";
            if strict && ID_NAMES.contains(&name.as_str()) && mostly(text, grid, at, is_slug) {
                set(columns, at, Column::Id);
                return;
            }
        }
    }
    if !columns.contains(&Column::Id)
        && matches!(columns.first(), Some(Column::Other | Column::Text))
        && names.first().is_some_and(|name| !vocabulary::names_other_things(name))
        && mostly(text, grid, 0, |cell| is_identified(cell) && is_named_like_one(cell))
        && !names_sets(text, grid, names)
    {
        set(columns, 0, Column::Id);
    }
}

/// Whether the first column says to which set each row belongs, beside one that is called an identifier: most of its cells are
/// those of other rows too.
fn names_sets(text: &str, grid: &Grid, names: &[String]) -> bool {
    let beside = names.iter().skip(1).any(|name| ID_NAMES.contains(&name.as_str()));
    let cells = || grid.rows.iter().map(|row| row.cell(text, 0).trim());
    beside && cells().collect::<FxHashSet<_>>().len() * 2 < grid.rows.len()
}

/// Beside identifiers, a column that lists nothing but identifiers names requirements of another level.
fn settle_levels_beside(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    if !columns.contains(&Column::Id) {
        return;
    }
    for at in 0..names.len() {
        let open = matches!(columns.get(at), Some(Column::Other | Column::Text));
        let named = names.get(at).is_some_and(|name| !vocabulary::names_other_things(name) && !depends(name));
        if open && named && mostly(text, grid, at, is_list) && !levels::counts_rows(text, grid, at) {
            set(columns, at, Column::Id);
        }
    }
}

/// Whether a column says what a requirement needs to be there first, which is no other level of it.
fn depends(name: &str) -> bool {
    const STEMS: &[&str] = &["depend", "dépend", "dipend", "abhängig", "prerequisit", "blocked", "завис", "依赖", "依存", "의존"];
    name.split(' ').any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// In the first column beside tests, `REQ-PUMP-*` stands for all requirements of that family.
fn settle_families(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    let tests = columns.iter().any(|column| matches!(column, Column::Tests | Column::TestFile | Column::TestName));
    let open = matches!(columns.first(), Some(Column::Other | Column::Text));
    let named = names.first().is_some_and(|name| !vocabulary::names_other_things(name));
    if tests && open && named && mostly(text, grid, 0, is_family) {
        set(columns, 0, Column::Id);
    }
}

/// Where the column that is called an identifier holds row numbers, a column of codes or keys holds the identifiers, if
/// these are of a family of requirements.
fn settle_codes(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    const CODES: &[&str] = &["code", "key", "ref", "no", "nr", "number", "tag", "label", "name", ""];
    let required = |cell: &str| {
        identifier::leading(cell, false).is_some_and(|(id, end)| end == cell.len() && vocabulary::is_requirement_word(id))
    };
    let called = |name: &String| {
        let (of, last) = name.rsplit_once(' ').unwrap_or(("", name));
        CODES.contains(&last) && (of.is_empty() || !vocabulary::names_other_things(of))
    };
    let found = names.iter().position(called).filter(|at| mostly(text, grid, *at, required));
    if let Some(at) = found {
        set(columns, at, Column::Id);
    }
}

/// In a matrix the shape decides: a first column of composed identifiers beside a column of tests holds what is
/// verified, whatever it is called, and a column "simulated by" tells the evidence.
fn settle_claims(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    let tests = columns.iter().any(|column| matches!(column, Column::Tests | Column::TestFile | Column::TestName));
    let open = matches!(columns.first(), Some(Column::Other | Column::Text));
    let composed = |cell: &str| is_identified(cell) && is_composed(cell);
    let named = names.first().is_some_and(|name| !vocabulary::names_other_things(&without_objects(name)));
    if tests && open && named && !columns.contains(&Column::Id) && mostly(text, grid, 0, composed) {
        set(columns, 0, Column::Id);
    }
    if columns.contains(&Column::Id) {
        for (at, name) in names.iter().enumerate() {
            if columns.get(at) == Some(&Column::Other) && shows(name) {
                set(columns, at, Column::Evidence);
            }
        }
    }
}

/// In a matrix that begins its rows with a theme, the identifiers in brackets behind most of the themes are what these are about:
/// `Audit (REQ-7/8)`.
fn settle_themes(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    let open = matches!(columns.first(), Some(Column::Other | Column::Text));
    let named = names.first().is_some_and(|name| !vocabulary::names_other_things(&without_objects(name)));
    if open && named && !columns.contains(&Column::Id) && mostly(text, grid, 0, ends_with_ids) {
        set(columns, 0, Column::Id);
    }
}

/// A name without the words for what is verified beside requirements: "Control ID" names controls.
fn without_objects(name: &str) -> String {
    let kept = name.split(' ').filter(|word| !matches!(*word, "control" | "objective" | "goal" | "item" | "clause"));
    kept.collect::<Vec<&str>>().join(" ")
}

/// Whether a column called "… by" says what shows that a requirement is met, and not who is in charge.
fn shows(name: &str) -> bool {
    const SHOWING: &[&str] = &[
        "simulated",
        "demonstrated",
        "exercised",
        "proven",
        "proved",
        "shown",
        "evidenced",
        "enforced",
        "satisfied",
        "met",
        "addressed",
        "fulfilled",
        "ensured",
        "confirmed",
        "reproduced",
        "analysed",
        "analyzed",
        "inspected",
    ];
    name.strip_suffix(" by").is_some_and(|verb| SHOWING.contains(&verb.rsplit(' ').next().unwrap_or(verb)))
}

/// Beside the identifiers of test cases, what a column "test case" says in words describes them.
fn settle_cases(text: &str, grid: &Grid, columns: &mut [Column]) {
    let case = |cell: &str| identifier::leading(cell, false).is_some_and(|(id, _)| vocabulary::is_test_case(id));
    let Some(own) = columns.iter().position(|one| *one == Column::Tests).filter(|at| mostly(text, grid, *at, case)) else {
        return;
    };
    let told = |cell: &str| cell.contains(' ') && !cell.contains("::") && !cell.contains('/') && !case(cell);
    for at in own + 1..columns.len() {
        if matches!(columns.get(at), Some(Column::Tests | Column::TestName)) && mostly(text, grid, at, told) {
            set(columns, at, Column::Notes);
        }
    }
}

/// A column "function" names tests only beside their files, or where its cells cite some: pins have functions as well.
fn settle_functions(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    if columns.contains(&Column::TestFile) {
        return;
    }
    for (at, _) in names.iter().enumerate().filter(|(_, name)| matches!(name.as_str(), "function" | "functions")) {
        if columns.get(at) == Some(&Column::TestName) && !cites(text, grid, at) {
            set(columns, at, Column::Other);
        }
    }
}

/// Pairs file and name columns, and takes evidence for tests where no other column cites any.
fn settle_tests(text: &str, grid: &Grid, columns: &mut [Column]) {
    let file = columns.contains(&Column::TestFile);
    let named = columns.contains(&Column::TestName);
    let tests = columns.contains(&Column::Tests);
    for at in 0..columns.len() {
        match columns.get(at) {
            Some(Column::TestFile) if !named && !tests => set(columns, at, Column::Tests),
            Some(Column::Tests) if file && !named => set(columns, at, Column::TestName),
            Some(Column::Evidence) if !file && !named && !tests && cites(text, grid, at) => set(columns, at, Column::Tests),
            // Beside numbers of test cases, paths of functions say which these are.
            Some(Column::Evidence) if !file && !named && mostly(text, grid, at, names_paths) => set(columns, at, Column::Tests),
            _ => {}
        }
    }
}

/// Beside a column that is called "method", one of tests that holds methods only is still one of tests.
fn settle_methods(names: &[String], columns: &mut [Column]) {
    let methods = columns.iter().filter(|column| **column == Column::Method).count();
    for (at, name) in names.iter().enumerate().filter(|_| methods > 1) {
        if columns.get(at) == Some(&Column::Method) && by_name(name) == Column::Tests {
            set(columns, at, Column::Tests);
        }
    }
}

/// Beside tests a column of requirements that are numbered within their specification, "2.3 Doors open", names them.
fn settle_numbers(text: &str, grid: &Grid, names: &[String], columns: &mut [Column]) {
    if columns.contains(&Column::Id) || !columns.contains(&Column::Tests) {
        return;
    }
    let numbers = |at: &usize| {
        let open = matches!(columns.get(*at), Some(Column::Other | Column::Text));
        open && mostly(text, grid, *at, |cell| numbered(cell).is_some())
    };
    if let Some(at) = (0..names.len()).filter(|at| names.get(*at).is_some_and(|name| calls_requirements(name))).find(numbers) {
        set(columns, at, Column::Id);
    }
}

/// The number with which a cell begins that names a requirement by it: `2.3 Doors open`, `Req 6.1`.
pub(super) fn numbered(cell: &str) -> Option<&str> {
    let words = ["Requirement ", "Req. ", "Req "];
    let rest = words.iter().find_map(|word| cell.strip_prefix(word)).unwrap_or(cell);
    let number = rest.split(' ').next()?.trim_end_matches([':', '.']);
    let parts = || number.split('.');
    let dotted = parts().count() > 1
        && parts().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    dotted.then_some(number)
}

/// In a matrix a column of methods that holds sentences describes the verification itself.
fn settle_descriptions(text: &str, grid: &Grid, columns: &mut [Column]) {
    let tests = columns.iter().any(|column| matches!(column, Column::Tests | Column::TestName | Column::TestFile));
    let told = |cell: &str| cell.len() > 12 && (vocabulary::methods(cell).is_none() || cell.split_whitespace().count() > 6);
    if let Some(at) =
        columns.iter().position(|column| *column == Column::Method).filter(|at| !tests && mostly(text, grid, *at, told))
    {
        set(columns, at, Column::Tests);
    }
}

/// In a specification that names no column of texts, the first that holds sentences tells what its identifiers demand,
/// whatever it is called, unless the table is of other things.
pub(super) fn settle_sentences(text: &str, grid: &Grid, heading: &str, columns: &mut [Column]) {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let section = heading.rsplit(" / ").next().unwrap_or("");
    let others = |name: &str| {
        let singular: Vec<&str> = name.split(' ').map(|word| word.strip_suffix('s').unwrap_or(word)).collect();
        vocabulary::names_other_things(&without_objects(&singular.join(" ")))
    };
    let Some(id) = columns.iter().position(|one| *one == Column::Id) else { return };
    let composed = mostly(text, grid, id, is_composed);
    if columns.contains(&Column::Text)
        || !composed
        || others(&words(section))
        || names.iter().take(id + 1).any(|name| others(name))
    {
        return;
    }
    let told = |cell: &str| cell.split_whitespace().count() > 4 && cell.ends_with(['.', '!', '。']);
    let open = |at: &usize| columns.get(*at) == Some(&Column::Other) && names.get(*at).is_some_and(|name| !others(name));
    if let Some(at) = (id + 1..columns.len()).filter(open).find(|at| mostly(text, grid, *at, told)) {
        set(columns, at, Column::Text);
    }
}

fn set(columns: &mut [Column], at: usize, column: Column) {
    if let Some(slot) = columns.get_mut(at) {
        *slot = column;
    }
}
