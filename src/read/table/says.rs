//! What a cell says in words: that there is no test, or that nothing is in force.

use crate::model::citation::{Citation, Target};
use crate::model::vocabulary::words;
use crate::read::grammar::struck::{is_struck, without_struck};

/// So many letters has the longest of the words below that are a whole cell.
const MAX_NONE: usize = 9;

/// Words by which a cell says that there is no test.
pub(in crate::read) fn is_none(cell: &str, found: &[Citation]) -> bool {
    const NONE: &[&str] = &[
        "none",
        "n a",
        "na",
        "tbd",
        "tbc",
        "todo",
        "missing",
        "no test",
        "no tests",
        "not tested",
        "gap",
        "pending",
        "tba",
        "none yet",
        "untested",
    ];
    /// A cell that begins with one of these says so whatever follows, unless it names a test or another method.
    const LEADING: &[&str] = &[
        "none",
        "n a",
        "tbd",
        "tbc",
        "tba",
        "todo",
        "to do",
        "pending",
        "not yet",
        "no test",
        "no tests",
        "not tested",
        "untested",
        "pendiente",
        "pendente",
        "ninguno",
        "ninguna",
        "sin prueba",
        "sin pruebas",
        "sem teste",
        "aucun",
        "keine",
        "kein test",
        "nessuno",
        "нет",
        "无",
        "暂无",
        "なし",
        "없음",
    ];
    if is_unfilled(cell) {
        return true;
    }
    let names = found.iter().any(|one| !matches!(one.target, Target::Prose(_) | Target::Elided));
    // What names something says that there is none only by being one of these words, and they are short.
    let letters = || cell.bytes().filter(u8::is_ascii_alphanumeric).take(MAX_NONE + 1).count();
    if names && letters() > MAX_NONE && !is_struck(cell) {
        return false;
    }
    let text = words(&without_struck(cell));
    let begins = |word: &&str| text.strip_prefix(*word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let other = ["manual", "inspection", "analysis", "review", "demonstration"].iter().any(|word| text.contains(word));
    // "No test expected" tells a decision: whether it is right is not to be seen here, and that a test was forgotten neither.
    let other = other || is_decision(&text);
    NONE.contains(&text.as_str()) || !names && !other && LEADING.iter().any(begins)
}

/// Whether words say that somebody decided that there is to be no test.
pub(super) fn is_decision(words: &str) -> bool {
    let of = |tests: &str| {
        words.strip_prefix(tests).is_some_and(|word| matches!(word, "expected" | "necessary" | "needed" | "required"))
    };
    of("no test ") || of("no tests ")
}

/// Whether a cell is a blank of a template that nobody filled in: `[Test ID]`, `[TC-MOD-???]`, `[evidence/path]`.
fn is_unfilled(cell: &str) -> bool {
    const BLANKS: &[&str] = &[
        "evidence",
        "evidence path",
        "file path",
        "path",
        "test",
        "test case",
        "test case id",
        "test file",
        "test id",
        "test name",
        "test path",
        "tests",
    ];
    let cell = cell.trim_matches(['*', '`', '_', ' ']);
    let Some(inner) = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    if inner.contains(['[', ']']) {
        return false;
    }
    let said = words(inner);
    inner.contains("??") || BLANKS.contains(&said.as_str()) || said.starts_with("fill in") || said.starts_with("insert ")
}

/// Whether a text begins with the loud word that it is no longer in force: "**SUPERSEDED** by …", but not
/// "RETIRED state rejects …", where the word is its subject.
pub(super) fn shouts_retired(text: &str) -> bool {
    const WORDS: &[&str] =
        &["SUPERSEDED", "WITHDRAWN", "REMOVED", "CANCELLED", "CANCELED", "OBSOLETE", "RETIRED", "DELETED", "DEPRECATED"];
    let text = text.trim_start_matches(['*', '_', '[', '(', ' ']);
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if !WORDS.contains(&word) {
        return false;
    }
    let rest = text.get(word.len()..).unwrap_or("");
    let after = rest.trim_start_matches(['*', '_', ' ']);
    let apart = rest.trim_start_matches(['*', '_']).starts_with([':', ']', ')', '.', ',', ';', '|']);
    let explains = after.is_empty() || after.starts_with(['(', '—', '–', '-', '→']);
    let told = ["by ", "in ", "per ", "as of ", "see ", "since ", "with ", "on "].iter().any(|begin| after.starts_with(begin));
    apart || explains || told
}
