//! What the cells of a column look like, whatever it is called.

use super::Grid;
use crate::model::citation::Target;
use crate::model::vocabulary;
use crate::read::grammar::{citation, identifier};
use crate::read::markdown::inline;

/// Whether at least half of the filled cells of a column agree, judged by a sample from its start.
pub(super) fn mostly(text: &str, grid: &Grid, at: usize, agrees: impl Fn(&str) -> bool) -> bool {
    let cells = grid.rows.iter().map(|row| row.cell(text, at)).map(inline::plain);
    let (mut filled, mut yes) = (0, 0);
    for cell in cells.filter(|cell| !cell.is_empty() && cell != "-" && cell != "—").take(40) {
        filled += 1;
        yes += usize::from(agrees(&cell));
    }
    filled > 0 && yes * 2 >= filled
}

/// Whether a fair share of a column's cells cites test files or functions.
pub(super) fn cites(text: &str, grid: &Grid, at: usize) -> bool {
    let cells = grid.rows.iter().map(|row| row.cell(text, at)).filter(|cell| !cell.is_empty()).take(40);
    let (mut filled, mut yes) = (0, 0);
    for cell in cells {
        filled += 1;
        yes += usize::from(citation::cites_tests(cell));
    }
    yes * 3 >= filled && yes > 0
}

/// Whether a cell names files or folders that are called after tests: `tests/**`, `pump.spec.ts`, but not `spec/**`.
pub(super) fn names_test_files(cell: &str) -> bool {
    citation::citations(cell, 0, citation::Expect::Anything).iter().any(|one| match &one.target {
        Target::Glob(path) => path.to_lowercase().contains("test") || path.ends_with(".feature"),
        Target::File { path, .. } if path.ends_with(".feature") || path.ends_with(".robot") => true,
        target => citation::cites_test_file(target),
    })
}

/// Whether a cell lists functions by their paths and nothing else: `pump::tests::stops; level::alarm`.
pub(super) fn names_paths(cell: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let path = |item: &str| item.contains("::") && item.split("::").all(word);
    cell.split([';', ',', '\n']).map(|item| item.trim().trim_matches('`')).all(path)
}

/// Whether most cells of a column hold names of functions in code marks and nothing else.
pub(super) fn names_functions(text: &str, grid: &Grid, at: usize) -> bool {
    let humped = |name: &str| name.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let composed = |name: &str| name.contains('_') || name.starts_with(|c: char| c.is_ascii_lowercase()) && humped(name);
    let function = |name: &str| composed(name) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let named = |cell: &str| {
        let mut parts = cell.split(',').map(str::trim);
        parts.all(|part| part.strip_prefix('`').and_then(|part| part.strip_suffix('`')).is_some_and(function))
    };
    let cells = grid.rows.iter().map(|row| row.cell(text, at)).filter(|cell| cell.chars().any(char::is_alphanumeric)).take(40);
    let (filled, yes) = cells.fold((0, 0), |(filled, yes), cell| (filled + 1, yes + usize::from(named(cell))));
    yes * 2 > filled
}

pub(super) fn is_identified(cell: &str) -> bool {
    let cell = cell.trim_start_matches(['[', '(', '#']);
    identifier::leading(cell, false).is_some_and(|(id, end)| {
        let rest = cell.get(end..).unwrap_or("");
        !vocabulary::is_foreign(id) && !rest.starts_with(['(', '=']) && !citation::is_file_name(id)
    })
}

/// Whether a column names requirements with their revisions: `UC-2@r1` below "Use case revision".
pub(super) fn is_of_revisions(text: &str, grid: &Grid, at: usize, name: &str) -> bool {
    let revised = |cell: &str| {
        let rest = identifier::leading(cell, false).and_then(|(_, end)| cell.get(end..)).unwrap_or("");
        rest.starts_with("@r") || rest.starts_with("@v")
    };
    name.ends_with("revision") && mostly(text, grid, at, revised)
}

/// Whether a cell names families of requirements by their stems: `REQ-PUMP-*, REQ-TANK-*`, of which plain text has no star.
pub(super) fn is_family(cell: &str) -> bool {
    cell.split([',', ';', '/']).map(str::trim).all(|stem| {
        let formed = stem.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
        let headed = stem.starts_with(|c: char| c.is_ascii_uppercase()) && stem.ends_with(['-', '_']);
        formed && headed && !vocabulary::is_foreign(&format!("{stem}1"))
    })
}

/// Whether no words follow the identifier at the start of a cell, unless a sign sets them apart as its title.
pub(super) fn stands_alone(cell: &str) -> bool {
    let cell = cell.trim_start_matches(['[', '(', '#']);
    identifier::leading(cell, false).is_none_or(|(_, end)| {
        let rest = cell.get(end..).unwrap_or("").trim_start();
        rest.is_empty() || !rest.starts_with(char::is_alphanumeric)
    })
}

/// Whether the name of a column says that its identifiers are of requirements, whatever their family means elsewhere.
pub(super) fn calls_requirements(name: &str) -> bool {
    let word = |word: &str| word.starts_with("req") || vocabulary::means_requirements(word);
    name.split(' ').any(word) && !name.contains("test") && !name.contains("change")
}

pub(super) fn is_compound(cell: &str) -> bool {
    identifier::leading(cell, false).is_some_and(|(id, _)| id.contains('-') && !citation::is_file_name(id))
}

/// Colours, registers and variables (`bg0`, `x30`, `mode_2`) have the form of an identifier too: without a capital or a
/// separator of documents it takes more than that.
pub(super) fn is_named_like_one(cell: &str) -> bool {
    identifier::leading(cell.trim_start_matches(['[', '(', '#']), false).is_some_and(|(id, _)| {
        id.contains(['-', '.', '~', '\u{2011}']) || id.contains("__") || id.starts_with(|c: char| c.is_uppercase())
    })
}

/// Whether the identifier at the start of a cell has several parts.
pub(super) fn is_composed(cell: &str) -> bool {
    identifier::leading(cell.trim_start_matches(['[', '(', '#']), false)
        .is_some_and(|(id, _)| id.contains(['-', '_', '~', '\u{2011}']))
}

/// Whether a cell begins with the command that starts a runner of tests or a script.
pub(in crate::read) fn runs(cell: &str) -> bool {
    const RUNNERS: &[&str] = &[
        "cargo",
        "pytest",
        "python",
        "python3",
        "npm",
        "npx",
        "pnpm",
        "yarn",
        "node",
        "go",
        "make",
        "dotnet",
        "mvn",
        "gradle",
        "bash",
        "sh",
        "ctest",
        "bazel",
        "uv",
        "tox",
        "vitest",
        "jest",
        "playwright",
        "cd",
        "bun",
        "deno",
        "sui",
        "forge",
        "php",
    ];
    let first = cell.split_whitespace().next().unwrap_or("");
    first.contains('/') || RUNNERS.contains(&first)
}

/// Whether a cell holds nothing but identifiers, in any notation for lists.
pub(super) fn is_list(cell: &str) -> bool {
    let found = identifier::mentions(cell, 0);
    identifier::is_list(cell, &found)
        && found.iter().all(|mention| mention.id().is_none_or(|id| !vocabulary::is_foreign(id) && id.len() > 2))
}

/// Whether a cell ends with a list of identifiers in brackets, behind words.
pub(super) fn ends_with_ids(cell: &str) -> bool {
    let Some((before, inner)) = cell.strip_suffix(')').and_then(|cell| cell.rsplit_once('(')) else { return false };
    before.chars().filter(|c| c.is_alphabetic()).count() > 2 && is_list(inner) && is_composed(inner)
}

pub(super) fn is_slug(cell: &str) -> bool {
    !cell.contains(' ') && identifier::leading(cell, true).is_some_and(|(_, end)| end == cell.len())
}

pub(super) fn is_count(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'%' | b'/' | b' ' | b'.'))
}

/// A method is a word or two: "Unit test", "Analysis, inspection". "Git diff sandbox tests" describes tests.
pub(super) fn is_method(cell: &str) -> bool {
    let parts = || cell.split([',', '/', '+', ';', '&']);
    vocabulary::methods(cell).is_some() && parts().count() <= 3 && parts().all(|part| part.split_whitespace().count() <= 2)
}
