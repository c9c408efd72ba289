//! Catalogues of test cases: a row describes one case, names the requirements that it verifies, and often the test
//! that automates it.
//!
//! Columns are known by their shape first: identifiers of cases that no two rows share in one, lists of identifiers of
//! requirements in another. Such a row is what the case says of itself: it speaks for no specification.

use super::names::holds_case_ids;
use super::{Grid, GridRow, localised};
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::matrix::{Layout, Row, Status, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::vocabulary::{self, words};
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::{identifier, row as cells};
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};
use rustc_hash::FxHashSet;

/// Rows that are looked at to find what the columns hold.
const SAMPLE: usize = 40;

/// Which columns hold what.
struct Columns {
    case: usize,
    requirements: usize,
    files: Option<usize>,
    names: Option<usize>,
    level: Option<usize>,
    outcome: Option<usize>,
}

/// Reads a catalogue; `false` where the table is none.
///
/// `record` asks for a column that names the automation, or for a heading or a column that says that cases are specified and no
/// column of what came of them: else a table of a record may tell of a past run.
pub fn read(grid: &Grid, text: &str, heading: &str, record: bool, facts: &mut Facts) -> bool {
    let names = |columns: &Columns| columns.files.is_some() || columns.names.is_some();
    let specified = || specifies_cases(heading) || plans(heading) || expects(grid, text);
    let told = |columns: &Columns| !record || names(columns) || specified() && !tells_of_a_run(grid, text);
    let Some(columns) = columns(grid, text).filter(told) else { return false };
    let table = facts.tables.len();
    facts.tables.push(Table {
        header: grid.header.span,
        layout: Layout::Detail,
        has_tests: true,
        has_status: columns.outcome.is_some(),
        heading: heading.to_owned(),
    });
    for row in &grid.rows {
        let Some((case, span)) = case(row, text, columns.case) else { continue };
        facts.named.push(Mention::one(case, span));
        let ids: Mentions = requirements(row, text, columns.requirements);
        if !ids.is_empty() {
            facts.rows.push(described(row, text, &columns, (case, span), Row::bare(table, row.span, ids)));
        }
    }
    true
}

fn described(row: &GridRow, text: &str, columns: &Columns, (case, span): (&str, Span), mut found: Row) -> Row {
    let spanned = |at: usize| row.cells.get(at).map(|span| Spanned { text: row.cell(text, at).to_owned(), span: *span });
    let filled = |at: Option<usize>| at.and_then(spanned).filter(|cell| !cell.text.is_empty());
    found.cited = [Some(columns.case), columns.names, columns.files].into_iter().filter_map(filled).collect();
    found.citations = vec![Citation::new(span, Target::CaseId(case.to_owned()))];
    found.citations.extend(automation(filled(columns.files), filled(columns.names)));
    found.level = filled(columns.level).filter(|cell| !vocabulary::levels(&cell.text).is_empty());
    let outcome = filled(columns.outcome).map(|cell| (cells::status(&cell.text), cell));
    found.status = outcome.filter(|(status, _)| *status != Status::Other);
    found
}

/// The test that automates a case: by name or by title in its file, else the whole file. A title counts only where it
/// leads to a test.
fn automation(file: Option<Spanned>, name: Option<Spanned>) -> Vec<Citation> {
    let files = file.map_or_else(Vec::new, |cell| citations(&cell.text, cell.span.start as usize, Expect::Anything));
    let path = files.iter().find_map(|one| match &one.target {
        Target::File { path, .. } => Some(path.clone()),
        _ => None,
    });
    let Some(name) = name else { return files.into_iter().filter(|one| leads(&one.target)).collect() };
    // A sentence is a title, whatever the words in it look like.
    let sentence = name.text.contains(' ') && !name.text.contains("::") && !name.text.contains([',', ';'])
        || path.is_some() && name.text.split(' ').count() > 3;
    let mut named = if sentence { Vec::new() } else { citations(&name.text, name.span.start as usize, Expect::Names) };
    named.retain(|one| leads(&one.target));
    for one in &mut named {
        if let (Target::Test(test), Some(path)) = (&mut one.target, &path) {
            test.file.get_or_insert_with(|| path.clone());
        }
    }
    if named.is_empty()
        && let Some(path) = path
    {
        let title = TestName { file: Some(path), name: name.text, ..TestName::default() };
        named.push(Citation { tentative: true, ..Citation::new(name.span, Target::Test(title)) });
    }
    named
}

fn leads(target: &Target) -> bool {
    matches!(target, Target::File { .. } | Target::Test(_))
}

/// The test case that a row describes.
fn case<'t>(row: &GridRow, text: &'t str, at: usize) -> Option<(&'t str, Span)> {
    let whole = *row.cells.get(at)?;
    let cell = text.get(whole.range())?;
    let bare = cell.trim_matches(['`', '*']);
    let (id, _) = identifier::leading(bare, false).filter(|(_, end)| *end == bare.len())?;
    let start = whole.start as usize + cell.find(bare)?;
    Some((id, Span::new(start, start + id.len())))
}

fn requirements(row: &GridRow, text: &str, at: usize) -> Mentions {
    let base = row.cells.get(at).map_or(0, |span| span.start as usize);
    let mut ids = identifier::mentions(row.cell(text, at), base);
    ids.retain(|id| !id.id().is_some_and(vocabulary::is_foreign));
    ids
}

/// Whether a heading says that test cases are specified below it.
fn specifies_cases(heading: &str) -> bool {
    const PHRASES: &[&str] = &[
        "test case",
        "test cases",
        "test specification",
        "test specifications",
        "test catalogue",
        "test catalog",
        "casos de prueba",
        "casos de teste",
        "cas de test",
        "casi di test",
    ];
    const PARTS: &[&str] =
        &["テスト仕様", "テストケース", "试验用例", "测试用例", "測試案例", "testfälle", "testspezifikation", "тест кейс"];
    let said = format!(" {} ", words(heading));
    PHRASES.iter().any(|phrase| said.contains(&format!(" {phrase} "))) || PARTS.iter().any(|part| said.contains(part))
}

/// Whether a title above says that this is a plan: what a plan lists is to be done.
fn plans(headings: &str) -> bool {
    const WORDS: &[&str] = &["plan", "plano", "testplan", "prüfplan", "protocol"];
    const PARTS: &[&str] = &["计划", "計画", "計劃", "계획"];
    let title = words(headings.split(" / ").next().unwrap_or(""));
    title.split(' ').any(|word| WORDS.contains(&word)) || PARTS.iter().any(|part| title.contains(part))
}

/// Whether a column says what must come of the cases.
fn expects(grid: &Grid, text: &str) -> bool {
    grid.header.cells.iter().any(|span| is_expectation(&words(text.get(span.range()).unwrap_or(""))))
}

/// Whether a column is called after what must come of a case.
fn is_expectation(name: &str) -> bool {
    const CRITERIA: &[&str] = &["criteria", "criterion"];
    const BESIDE: &[&str] = &["acceptance", "and", "exit", "fail", "key", "pass", "passing", "success", "test"];
    const PARTS: &[&str] = &["期待", "预期", "預期", "기대", "合格基準", "判定基準", "合格标准", "通过标准", "합격 기준"];
    let criteria = name.split(' ').any(|word| CRITERIA.contains(&word))
        && name.split(' ').all(|word| CRITERIA.contains(&word) || BESIDE.contains(&word));
    criteria || name == "expected" || name.starts_with("expected ") || PARTS.iter().any(|part| name.contains(part))
}

/// Whether a column says what came of the cases, or when: expected results are none of these, and neither is a status by which
/// all are still to come.
fn tells_of_a_run(grid: &Grid, text: &str) -> bool {
    const WORDS: &[&str] =
        &["actual", "date", "executed", "outcome", "pass", "passed", "result", "results", "status", "tester", "verdict"];
    const PARTS: &[&str] = &["結果", "结果", "確認日", "実施日", "日期", "判定", "状态", "状態", "합격", "결과"];
    let name = |span: &Span| words(text.get(span.range()).unwrap_or(""));
    let run = |name: &str| {
        let expected = name.contains("expect") || is_expectation(name);
        !expected && (name.split(' ').any(|word| WORDS.contains(&word)) || PARTS.iter().any(|part| name.contains(part)))
    };
    let open = |cell: &str| !cell.chars().any(char::is_alphanumeric) || cells::status(&inline::plain(cell)) == Status::Pending;
    let to_come = |at: usize| grid.rows.iter().all(|row| open(row.cell(text, at)));
    grid.header.cells.iter().map(name).enumerate().any(|(at, name)| run(&name) && !to_come(at))
}

/// The columns of a catalogue: the cases stand first, or behind a number, and requirements further right.
fn columns(grid: &Grid, text: &str) -> Option<Columns> {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    let case = (0..names.len().min(2)).find(|at| holds_cases(grid, text, *at, names.get(*at).map_or("", String::as_str)))?;
    let named = |at: &usize| names.get(*at).is_some_and(|name| links(name));
    let requirements = (case + 1..names.len())
        .filter(named)
        .find(|at| mostly(grid, text, *at, |row| !requirements(row, text, *at).is_empty()))?;
    let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str())).filter(|at| *at != case);
    Some(Columns {
        case,
        requirements,
        files: find(FILES).or_else(|| names.iter().position(|name| is_file(name))),
        names: find(NAMES),
        level: find(&["level", "test level", "type", "test type"]),
        outcome: find(&["result", "test result", "outcome", "verdict", "execution status", "last result", "execution result"]),
    })
}

/// Whether a column is called after the requirements that its rows verify.
pub(super) fn links(name: &str) -> bool {
    const LINKS: &[&str] = &["verifies", "validates", "covers", "traces", "trace", "traceability", "srs", "urs"];
    let related = name.strip_prefix("related ").or_else(|| name.strip_prefix("linked "));
    let word = |word: &str| word.starts_with("req") || vocabulary::means_requirements(word) || LINKS.contains(&word);
    related.is_some_and(|of| !vocabulary::names_other_things(of)) || name.split(' ').any(word)
}

const FILES: &[&str] = &[
    "spec file",
    "test file",
    "script",
    "test script",
    "automation script",
    "automation file",
    "file",
    "path",
    "test path",
    "spec",
    "automation path",
    "test location",
    "source file",
];

const NAMES: &[&str] = &[
    "automated test",
    "test function",
    "test method",
    "automation",
    "automated by",
    "automated in",
    "automation id",
    "automation reference",
    "automation ref",
    "function",
    "test name",
    "automated test name",
    "pytest node",
    "node id",
];

fn is_file(name: &str) -> bool {
    name.split(' ').any(|word| matches!(word, "script" | "file" | "path"))
}

/// The test cases that a table describes, whatever else it is: their identifiers stand first, and a column says what is
/// done or what must come of it.
pub fn described_cases(grid: &Grid, text: &str) -> Vec<Mention> {
    const DONE: &[&str] = &[
        "action",
        "actions",
        "functionality",
        "given",
        "initial state",
        "input",
        "inputs",
        "precondition",
        "preconditions",
        "procedure",
        "step",
        "steps",
        "stimulus",
        "test procedure",
        "test steps",
        "then",
        "when",
    ];
    let name = |span: &Span| words(text.get(span.range()).unwrap_or(""));
    let names: Vec<String> = grid.header.cells.iter().map(name).collect();
    const PARTS: &[&str] = &["手順", "期待結果", "操作步骤", "测试步骤", "预期结果", "預期結果", "절차", "기대 결과"];
    let tells =
        |name: &String| DONE.contains(&name.as_str()) || is_expectation(name) || PARTS.iter().any(|part| name.contains(part));
    let first = names.first().map_or("", String::as_str);
    if !names.iter().skip(1).any(tells) || !holds_cases(grid, text, 0, first) {
        return Vec::new();
    }
    grid.rows.iter().filter_map(|row| case(row, text, 0)).map(|(id, span)| Mention::one(id, span)).collect()
}

/// Whether a column holds identifiers of test cases, each in one row: by their family, or by the column's name.
fn holds_cases(grid: &Grid, text: &str, at: usize, name: &str) -> bool {
    let called = holds_case_ids(name)
        || name.split(' ').any(|word| matches!(word, "test" | "case" | "tc" | "testcase" | "tests" | "cases"))
        || localised::speaks_of_tests(name);
    let mut seen = FxHashSet::default();
    let mut all = grid.rows.iter().filter_map(|row| case(row, text, at));
    let alike = |row: &GridRow| case(row, text, at).is_some_and(|(id, _)| called || vocabulary::is_test_case(id));
    mostly(grid, text, at, alike) && all.all(|(id, _)| seen.insert(id))
}

/// Whether most of the filled cells of a column agree, by a sample from its start.
pub(super) fn mostly(grid: &Grid, text: &str, at: usize, agrees: impl Fn(&GridRow) -> bool) -> bool {
    let rows = || grid.rows.iter().filter(|row| !row.cell(text, at).is_empty()).take(SAMPLE);
    let filled = rows().count();
    filled > 0 && rows().filter(|row| agrees(row)).count() * 2 > filled
}
