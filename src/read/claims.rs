//! Statements of a matrix that can be checked: counts, totals, versions, baselines.

use crate::model::claim::{Claim, Outcomes, What};
use crate::model::vocabulary::words;
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};
use regex::Regex;
use std::sync::LazyLock;

#[allow(clippy::expect_used, reason = "the patterns are constants that a test compiles")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static ALL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:covers|all|total of|traces)\s+(?:all\s+)?(?:the\s+)?(\d{1,6})\s+requirements\b"));
static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?im)^\s*(?:[-*•]\s+)?\**total\s+(?:number\s+of\s+)?(?:(\w+)\s+)?requirements\**\s*:\**\s*(\d{1,6})\b")
});
static FAMILY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^\s*[-*•]\s+\**([A-Z][A-Z0-9]*(?:[-_][A-Z][A-Z0-9]*)*)\**\s*(?:\([^)\n]*\))?\s*\**:\**\s*(\d{1,6})\s+requirements\b",
    )
});
static COMMIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^\s*(?:[-*•]\s+)?\**(?:(?:baseline|evidence|qualified|test|tested|verified|git)\s+commit|(?:evidence|qualified|tested|verified|git)\s+revision|commit(?:\s+(?:hash|sha|under\s+test))?)\**\s*:\**[ \t]*(\S.*?)[ \t]*$",
    )
});
static RELEASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^\s*(?:[-*•]\s+)?\**(?:(?:(?:code|qualified|software|sw|test|tested)\s+)?baseline|(?:software|sw|tested)\s+version|version\s+under\s+test|(?:git|release)\s+tag)\**\s*:\**[ \t]*(`?(?:refs/)?(?:tags/)?[\w.+-]*\d[\w.+-]*`?)[ \t]*$",
    )
});
static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b([A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+)\s+\(?v(\d+(?:\.\d+)*)\b"));

/// The statements in a paragraph or a list.
pub fn prose(text: &str, span: Span, claims: &mut Vec<Claim>) {
    let body = text.get(span.range()).unwrap_or("");
    let base = span.start as usize;
    let at = |range: std::ops::Range<usize>| Span::new(base + range.start, base + range.end);
    if body.contains("equirements") {
        let all = ALL.captures_iter(body).filter_map(|found| Some((found.get(1)?, None)));
        let total = TOTAL.captures_iter(body).filter_map(|found| Some((found.get(2)?, found.get(1))));
        for (number, of) in all.chain(total) {
            // "Total requirements: 24 functional + 11 others" states a sum, of which this is a part.
            let line = body.get(number.end()..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let part = line.contains(" + ") || line.trim_start().starts_with(['+', '/']);
            let what = number.as_str().parse().ok().filter(|_| !part).and_then(|count| total_of(of.map(|of| of.as_str()), count));
            claims.extend(what.map(|what| Claim { span: at(number.range()), what }));
        }
        for found in FAMILY.captures_iter(body) {
            if let (Some(family), Some(number)) = (found.get(1), found.get(2))
                && let Ok(count) = number.as_str().parse()
            {
                claims.push(Claim { span: at(number.range()), what: What::Family(family.as_str().to_owned(), count) });
            }
        }
    }
    if body.contains("ommit") || body.contains("evision") {
        let values = COMMIT.captures_iter(body).filter_map(|found| found.get(1));
        claims.extend(values.map(|value| {
            let span = at(value.range());
            Claim { span, what: What::Commit(inline::spanned(text, span)) }
        }));
    }
    if body.contains(':') && ["aseline", "ersion", "tag", "Tag"].iter().any(|word| body.contains(word)) {
        let values = RELEASE.captures_iter(body).filter_map(|found| found.get(1));
        claims.extend(values.map(|value| {
            let span = at(value.range());
            Claim { span, what: What::Release(inline::spanned(text, span)) }
        }));
    }
    for found in VERSION.captures_iter(body) {
        if let (Some(document), Some(version)) = (found.get(1), found.get(2)) {
            let what = What::Version { document: document.as_str().to_owned(), version: version.as_str().to_owned() };
            claims.push(Claim { span: at(version.range()), what });
        }
    }
}

/// What "Total NFR requirements: 12" counts: a family, all requirements, or a part that only its word describes, "Total derived
/// requirements".
fn total_of(of: Option<&str>, count: u64) -> Option<What> {
    const ALL: &[&str] =
        &["all", "defined", "documented", "product", "project", "software", "specified", "srs", "system", "unique"];
    match of {
        None => Some(What::Requirements(count)),
        Some(of) if ALL.contains(&of.to_lowercase().as_str()) => Some(What::Requirements(count)),
        Some(of) if of.len() > 1 && of.bytes().all(|byte| byte.is_ascii_uppercase()) => Some(What::Family(of.to_owned(), count)),
        Some(_) => None,
    }
}

/// Names of second columns: `| Commit | Date |` heads a list, where `| Commit | 5d0c2aa |` is a field.
const HEADS: &[&str] = &[
    "author",
    "branch",
    "build",
    "change",
    "comment",
    "comments",
    "date",
    "day",
    "description",
    "message",
    "name",
    "note",
    "notes",
    "repository",
    "result",
    "reviewer",
    "status",
    "tag",
    "tester",
    "time",
    "value",
    "version",
    "who",
];

/// The statements of a table: attributes with values, or outcomes per file.
pub fn table(text: &str, grid: &Grid, number: u32, claims: &mut Vec<Claim>) {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    if statuses(text, grid, &names, number, claims) {
        return;
    }
    if repositories(text, grid, &names, claims) {
        return;
    }
    if names.len() == 2 {
        let heads = names.get(1).is_some_and(|name| HEADS.contains(&name.as_str()));
        let header = std::iter::once(&grid.header).filter(|row| !heads && attribute(text, row).is_some());
        claims.extend(header.chain(&grid.rows).filter_map(|row| attribute(text, row)).flatten());
    } else {
        outcomes(text, grid, &names, number, claims);
        tested(text, grid, &names, claims);
    }
}

/// How many rows have which status: a table of statuses and their numbers. Whether it is one.
fn statuses(text: &str, grid: &Grid, names: &[String], number: u32, claims: &mut Vec<Claim>) -> bool {
    const STATUS: &[&str] = &["status", "coverage status", "implementation status", "test status", "verification status"];
    const COUNT: &[&str] = &["count", "number", "requirements", "number of requirements", "requirement count", "rows", "total"];
    let counts = |name: &String| COUNT.contains(&name.as_str()) || name.ends_with(" count");
    let Some(at) = names.iter().skip(1).position(counts).map(|at| at + 1) else { return false };
    if !names.first().is_some_and(|name| STATUS.contains(&name.as_str())) {
        return false;
    }
    for row in &grid.rows {
        let status = words(&inline::plain(row.cell(text, 0)));
        let count = inline::plain(row.cell(text, at)).replace(',', "").parse();
        if let (Ok(count), Some(span), false) = (count, row.cells.get(at), status.is_empty()) {
            claims.push(Claim { span: *span, what: What::Status { status, count, table: number } });
        }
    }
    true
}

/// What a cell says; what looks like an element of HTML alone, `<commit>`, is a field that nobody filled in.
fn written(text: &str, span: Span) -> Spanned {
    let plain = inline::spanned(text, span);
    let raw = text.get(span.range()).unwrap_or("").trim();
    if plain.text.is_empty() && raw.starts_with('<') { Spanned { text: raw.to_owned(), ..plain } } else { plain }
}

/// The names of a field or a column in which the commit stands that was tested.
const COMMITS: &[&str] = &[
    "baseline commit",
    "commit",
    "commit hash",
    "commit id",
    "commit sha",
    "commit tested",
    "commit under test",
    "evidence commit",
    "evidence revision",
    "git commit",
    "git hash",
    "git revision",
    "git sha",
    "qualified commit",
    "qualified revision",
    "revision under test",
    "sha",
    "test commit",
    "tested commit",
    "tested revision",
    "verification commit",
    "verified at commit",
    "verified commit",
    "verified revision",
];

/// A table of repositories, each with its commit. Whether it is one.
fn repositories(text: &str, grid: &Grid, names: &[String], claims: &mut Vec<Claim>) -> bool {
    const REPOSITORIES: &[&str] = &[
        "code base",
        "codebase",
        "component",
        "module",
        "package",
        "project",
        "repo",
        "repositories",
        "repository",
        "repository name",
        "software item",
        "source repository",
        "submodule",
        "subsystem",
    ];
    // In front may stand the number of the row.
    let first = names.iter().position(|name| !matches!(name.as_str(), "" | "no" | "number" | "nr")).unwrap_or_default();
    let named = names.get(first).is_some_and(|name| REPOSITORIES.contains(&name.as_str()));
    let commit = |name: &String| COMMITS.contains(&name.as_str()) || matches!(name.as_str(), "hash" | "revision");
    let Some(at) = names.iter().position(commit).filter(|_| named) else { return false };
    for row in &grid.rows {
        let (Some(of), Some(span)) = (row.cells.get(first), row.cells.get(at)) else { continue };
        let (repository, commit) = (inline::spanned(text, *of), written(text, *span));
        if !repository.text.is_empty() && !commit.text.is_empty() {
            claims.push(Claim { span: *span, what: What::At { repository, commit } });
        }
    }
    true
}

/// What a record that is no matrix says of commits: the attributes of its evidence.
pub fn bound(text: &str, grid: &Grid, claims: &mut Vec<Claim>) {
    let mut all = Vec::new();
    if grid.header.cells.len() == 2 {
        table(text, grid, 0, &mut all);
    }
    claims.extend(all.into_iter().filter(|claim| matches!(claim.what, What::Commit(_) | What::At { .. } | What::Repository(_))));
}

/// The commits of the rows of a matrix that is a sheet.
pub fn columns(text: &str, grid: &Grid, claims: &mut Vec<Claim>) {
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect();
    tested(text, grid, &names, claims);
}

/// The commit of each row. A column of mere commits may as well name those that implement the requirement.
fn tested(text: &str, grid: &Grid, names: &[String], claims: &mut Vec<Claim>) {
    const BARE: &[&str] = &["commit", "commit hash", "commit id", "commit sha", "git commit", "git hash", "git sha", "sha"];
    let says = |name: &String| COMMITS.contains(&name.as_str()) || name == "tested at";
    let Some(at) = names.iter().position(says) else { return };
    let bare = names.get(at).is_some_and(|name| BARE.contains(&name.as_str()));
    for span in grid.rows.iter().filter_map(|row| row.cells.get(at)) {
        let written = written(text, *span);
        claims.push(Claim { span: *span, what: if bare { What::Beside(written) } else { What::Tested(written) } });
    }
}

fn attribute(text: &str, row: &GridRow) -> Option<Vec<Claim>> {
    let key = words(row.cell(text, 0));
    let span = *row.cells.get(1)?;
    let value = written(text, span);
    let number: Option<u64> = value.text.replace(',', "").parse().ok();
    let mut claims = Vec::new();
    match (key.as_str(), number) {
        (
            "total requirements" | "requirements total" | "number of requirements" | "total number of requirements",
            Some(count),
        ) => {
            claims.push(Claim { span, what: What::Requirements(count) });
        }
        ("total tests" | "tests total" | "number of tests" | "total test cases" | "tests", Some(count)) => {
            claims.push(Claim { span, what: What::Tests(count) });
        }
        ("passed" | "tests passed" | "passed tests", Some(count)) => {
            claims.push(Claim {
                span,
                what: What::Outcomes(Outcomes { passed: Some(count), table: u32::MAX, ..Outcomes::default() }),
            });
        }
        ("baseline", _) => claims.push(Claim { span, what: What::Commit(value) }),
        (key, _) if COMMITS.contains(&key) => claims.push(Claim { span, what: What::Commit(value) }),
        (
            "code baseline" | "git tag" | "qualified baseline" | "release tag" | "software baseline" | "software version"
            | "sw baseline" | "sw version" | "test baseline" | "tested baseline" | "tested version" | "version under test",
            _,
        ) => claims.push(Claim { span, what: What::Release(value) }),
        ("branch" | "git branch" | "tested branch" | "baseline branch" | "qualified branch", _) if is_branch(&value.text) => {
            claims.push(Claim { span, what: What::Branch(value) });
        }
        ("repository" | "repo" | "test repository", _) => claims.push(Claim { span, what: What::Repository(value) }),
        _ => prose(text, span, &mut claims),
    }
    (!claims.is_empty()).then_some(claims)
}

/// Whether a value is the name of a branch and no remark: `main`, `release/2.1`.
fn is_branch(value: &str) -> bool {
    const OPEN: &[&str] = &["tbd", "todo", "n/a", "none", "pending"];
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#' | '+');
    value.chars().any(char::is_alphanumeric) && value.chars().all(name) && !OPEN.contains(&value.to_lowercase().as_str())
}

fn outcomes(text: &str, grid: &Grid, names: &[String], number: u32, claims: &mut Vec<Claim>) {
    let named = |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str()));
    let tests = named(&["tests", "total", "total tests", "test count", "number of tests", "test cases", "count"]);
    let passed = named(&["passed", "pass", "passing"]);
    let failed = named(&["failed", "fail", "failing", "failures"]);
    let skipped = named(&["skipped", "skip"]);
    if tests.is_none() || passed.is_none() || tests == Some(0) {
        return;
    }
    let file = named(&["file", "test file", "test protocol", "suite", "test suite", "module", "test module"]).unwrap_or(0);
    for row in &grid.rows {
        let count = |at: Option<usize>| at.and_then(|at| inline::plain(row.cell(text, at)).replace(',', "").parse().ok());
        let name = inline::plain(row.cell(text, file));
        let total = words(&name).split(' ').any(|word| matches!(word, "total" | "totals" | "sum" | "overall"));
        let outcomes = Outcomes {
            file: (!total).then(|| name.clone()),
            tests: count(tests),
            passed: count(passed),
            failed: count(failed),
            skipped: count(skipped),
            table: number,
        };
        if outcomes.tests.is_some() && !name.is_empty() {
            let span = tests.and_then(|at| row.cells.get(at)).copied().unwrap_or(row.span);
            claims.push(Claim { span, what: What::Outcomes(outcomes) });
        }
    }
}
