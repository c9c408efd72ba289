//! Tables and rows that show a form and claim nothing.

use crate::model::vocabulary::words;
use crate::read::table::{Grid, GridRow};

/// Headings under which tables explain a notation or tell history. Single words such as
/// "template" or "history" may be the subject of real requirements.
pub(super) fn illustrates(heading: &str) -> bool {
    const WORDS: &[&str] = &["example", "examples", "legend", "notation", "glossary", "abbreviations", "acronyms", "changelog"];
    const PHRASES: &[&str] = &[
        "revision history",
        "version history",
        "change history",
        "document history",
        "change log",
        "id format",
        "identifier format",
        "naming convention",
        "naming conventions",
        "id convention",
        "id conventions",
    ];
    let text = words(heading);
    text.split(' ').any(|word| WORDS.contains(&word)) || PHRASES.iter().any(|phrase| text.contains(phrase))
}

/// Whether a row says that it is an example: `| FR-00 | (example) Open a session | … |`.
pub(super) fn is_example(row: &GridRow, text: &str) -> bool {
    row.cells.iter().filter_map(|cell| text.get(cell.range())).any(|cell| {
        let inner = cell.trim_start_matches([' ', '*', '_']).strip_prefix(['(', '[', '（', '【']);
        let word = inner.and_then(|inner| inner.split([')', ']', '）', '】', ':', ',']).next()).map(str::trim);
        word.is_some_and(|word| EXAMPLES.contains(&word.to_lowercase().as_str()))
    })
}

/// Words for an example, in the languages of documents.
const EXAMPLES: &[&str] = &[
    "example",
    "examples",
    "sample",
    "e.g.",
    "예시",
    "예",
    "例",
    "示例",
    "ejemplo",
    "ejemplos",
    "exemplo",
    "exemplos",
    "exemple",
    "beispiel",
    "esempio",
    "пример",
];

/// Whether a paragraph announces that an example follows and says no more: "Exemplo de entrada:".
pub(in crate::read) fn announces_example(paragraph: &str) -> bool {
    const MOST: usize = 60;
    let said = paragraph.trim().trim_matches(['*', '_']);
    if said.len() >= MOST || !said.ends_with([':', '：']) {
        return false;
    }
    let first = said.split([' ', ':', '：']).next().unwrap_or("").to_lowercase();
    EXAMPLES.contains(&first.as_str())
}

/// Whether most rows leave a cell to be filled in, `| SW-1 | … | … |`: so do those of a form.
pub(super) fn is_form(grid: &Grid, text: &str) -> bool {
    let open = |row: &&GridRow| row.cells.iter().any(|cell| matches!(text.get(cell.range()).unwrap_or("").trim(), "…" | "..."));
    let rows = grid.rows.iter().take(40);
    // A row of nothing else says "and so on" below an example.
    let all = |row: &GridRow| row.cells.iter().all(|cell| matches!(text.get(cell.range()).unwrap_or("").trim(), "…" | "..."));
    if grid.rows.last().is_some_and(|row| row.cells.len() > 1 && all(row)) {
        return true;
    }
    !grid.rows.is_empty() && rows.clone().filter(open).count() * 2 > rows.count()
}
