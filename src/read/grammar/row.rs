//! Table rows and status cells.

use crate::model::matrix::Status;
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use crate::source::Span;
use pest::Parser;
use rules::{Rows, Rule};

#[allow(missing_docs, unreachable_pub, reason = "the derive makes public items without documentation")]
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/row.pest"]
    pub(super) struct Rows;
}

/// The cells of one table line, trimmed; `base` is the offset of the line.
///
/// The empty cell behind a closing pipe is left out.
pub fn cells(line: &str, base: usize) -> Vec<Span> {
    let line = line.trim_end();
    if memchr::memchr(b'\\', line.as_bytes()).is_none() {
        return unescaped(line, base);
    }
    let Some(row) = Rows::parse(Rule::row, line).ok().and_then(|mut pairs| pairs.next()) else {
        return Vec::new();
    };
    let mut cells: Vec<Span> = row
        .into_inner()
        .filter(|pair| pair.as_rule() == Rule::cell)
        .map(|pair| {
            let text = pair.as_str();
            let start = base + pair.as_span().start() + (text.len() - text.trim_start().len());
            Span::new(start, start + text.trim().len())
        })
        .collect();
    let closed = line.ends_with('|') && !line.ends_with("\\|");
    if closed && cells.last().is_some_and(|cell| cell.len == 0) {
        cells.pop();
    }
    cells
}

/// Whether a line is the one below the header of a table: `|---|:--:|`.
pub fn is_separator(line: &str) -> bool {
    let line = line.trim();
    is_row(line) && line.contains("--") && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Whether a line has the form of a row with a pipe in front.
pub fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|') && memchr::memchr_iter(b'|', line.as_bytes()).nth(1).is_some()
}

/// Without an escape every pipe ends a cell, and no parser is needed.
fn unescaped(line: &str, base: usize) -> Vec<Span> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let from = indent + usize::from(line.get(indent..).is_some_and(|rest| rest.starts_with('|')));
    let mut cells = Vec::new();
    let mut start = from;
    for end in memchr::memchr_iter(b'|', line.get(from..).unwrap_or("").as_bytes()).map(|at| from + at).chain([line.len()]) {
        let (first, last) = trimmed(line, start, end);
        cells.push(Span::new(base + first, base + last));
        start = end + 1;
    }
    if cells.last().is_some_and(|cell| cell.len == 0) {
        cells.pop();
    }
    cells
}

/// A part of a line without the blanks around it: nearly all are spaces, and letters of ASCII follow.
fn trimmed(line: &str, start: usize, end: usize) -> (usize, usize) {
    let bytes = line.as_bytes().get(start..end).unwrap_or_default();
    let first = bytes.iter().position(|byte| *byte != b' ').unwrap_or(bytes.len());
    let last = bytes.iter().rposition(|byte| *byte != b' ').map_or(first, |last| last + 1);
    let graphic = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    if first == last || graphic(first) && graphic(last - 1) {
        return (start + first, start + last);
    }
    let text = line.get(start..end).unwrap_or("");
    let inner = text.trim_start();
    let first = start + (text.len() - inner.len());
    (first, first + inner.trim_end().len())
}

/// What a status cell says.
pub fn status(text: &str) -> Status {
    // The two that fill whole columns need no parser.
    if matches!(text, "PASS" | "Pass" | "pass") {
        return Status::Pass;
    }
    // "✅ (to be removed in May)": the sign is the status, and the brackets say more.
    if let Some(rest) = ["✅", "✔", "☑"].iter().find_map(|sign| text.strip_prefix(sign))
        && rest.trim_start_matches(['\u{FE0F}', ' ']).starts_with(['(', '（'])
    {
        return Status::Covered;
    }
    for rule in [Rule::status, Rule::signs] {
        let found = Rows::parse(rule, text).ok().and_then(|mut pairs| pairs.next());
        if let Some(word) = found.and_then(|pair| pair.into_inner().next()) {
            return match word.as_rule() {
                Rule::open | Rule::sign_open => Status::Pending,
                Rule::partial | Rule::sign_partial => Status::Partial,
                Rule::excluded | Rule::sign_excluded => Status::Excluded,
                Rule::retired => Status::Retired,
                Rule::fail | Rule::sign_fail => Status::Fail,
                // In a sentence, "verified" tells how and is no outcome.
                Rule::pass if text.len() > 60 => Status::Other,
                Rule::pass => Status::Pass,
                Rule::covered | Rule::sign_pass => Status::Covered,
                _ => Status::Other,
            };
        }
    }
    Status::Other
}

/// Whether a requirement of this status is in force. The status tells how far its text or its work has come: a
/// draft, a proposal or what is in review demands as much as what is approved. Only a word for "not now" takes it out.
pub fn standing(text: &str) -> Standing {
    const LATER: &[&str] = &["deferred", "future", "backlog", "planned", "later", "postponed", "roadmap", "wishlist", "won"];
    const LATER_ELSEWHERE: &[&str] = &[
        "待开发",
        "暂不开发",
        "规划中",
        "計画中",
        "後続リリース",
        "次期リリース",
        "計劃中",
        "계획",
        "planejado",
        "planificado",
        "geplant",
        "prévu",
        "запланировано",
    ];
    const STATED: &[&str] = &["draft", "proposed", "open", "new", "review", "approved", "active", "accepted", "baselined"];
    let said = words(text);
    let has = |list: &[&str]| said.split(' ').any(|word| list.contains(&word));
    match status(text) {
        Status::Retired => Standing::Retired,
        // What is kept of a former specification waits for its revision.
        _ if said == "legacy" => Standing::Planned,
        _ if has(LATER) || has(LATER_ELSEWHERE) || said.starts_with("post mvp") || said.starts_with("design only") => {
            Standing::Planned
        }
        Status::Pending | Status::Excluded if !has(STATED) => Standing::Planned,
        _ => Standing::Active,
    }
}

/// Whether a cell for tests begins by saying that there is nothing yet, and names only then what is to become of it:
/// "NOT_IMPLEMENTED (planned: tests/test_link.py)", "TODO: `test_link`".
pub fn begins_open(cell: &str) -> bool {
    const OPEN: &[&str] = &[
        "not implemented",
        "not_implemented",
        "not yet",
        "not tested",
        "todo",
        "to do",
        "tbd",
        "tbc",
        "planned",
        "missing",
        "none",
        "to be written",
    ];
    let lead = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind =
        |open: &str| lead.get(..open.len()).filter(|head| head.eq_ignore_ascii_case(open)).and_then(|_| lead.get(open.len()..));
    let Some(rest) = OPEN.iter().find_map(|open| behind(open)) else { return false };
    let rest = rest.strip_prefix(" yet").or_else(|| rest.strip_prefix(" implemented")).unwrap_or(rest);
    let bare = rest.trim_start_matches(['*', '`']).trim_start();
    // "Missing input is refused" begins a title, and `todo-list.md` a name.
    let apart = rest.is_empty() || rest.starts_with([':', ';', ',', '*', '`']) || rest.starts_with(' ');
    let path = bare.split_whitespace().next().is_some_and(|word| word.contains('/') || word.contains("::"));
    apart && (bare.is_empty() || bare.starts_with([':', '(', '[', ';', ',', '-', '–', '—', '`']) || path)
}

/// Whether a cell beside the status says that its row is not owed now.
pub fn defers(cell: &str) -> bool {
    let said = words(cell);
    let begins = |word: &str| said.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    puts_off(cell) || ["deferred", "post mvp", "out of scope"].iter().any(|word| begins(word))
}

/// Whether a cell puts its row off to a later step of a project: "Phase 2+", "Release 3+ (own document)". The first is now.
pub fn puts_off(cell: &str) -> bool {
    // Most cells show at a glance that they are none.
    if !cell.contains('+') {
        return false;
    }
    const STEPS: &[&str] = &["phase", "release", "stage", "step", "wave", "etapa", "fase", "단계", "阶段", "フェーズ"];
    let lower = cell.trim_start_matches(['*', ' ', '_']).to_lowercase();
    let Some(rest) = STEPS.iter().find_map(|step| lower.strip_prefix(step)) else { return false };
    let rest = rest.trim_start_matches([' ', '-']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let later = rest.get(..digits).and_then(|number| number.parse::<u32>().ok()).is_some_and(|number| number > 1);
    later && rest.get(digits..).is_some_and(|rest| rest.trim_start().starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::{begins_open, cells, puts_off};

    #[test]
    fn a_cell_that_begins_with_nothing_yet_is_open_whatever_it_names() {
        for open in [
            "NOT_IMPLEMENTED (planned: tests/test_link.py)",
            "Not implemented yet: tests/test_link.py",
            "TODO: `tests/test_link.py`",
            "**TBD** (`tests/test_link.py`)",
            "planned: tests/test_link.py",
            "missing - extend tests/test_link.py",
            "none; see tests/test_link.py",
            "Planned tests/test_link.py::test_late",
            "❌ TODO",
        ] {
            assert!(begins_open(open), "{open}");
        }
        for said in [
            "tests/test_todo.py",
            "todo-list.md",
            "Missing input is refused: `test_input`",
            "todo_list_test.py",
            "Nonesuch",
            "test_none",
        ] {
            assert!(!begins_open(said), "{said}");
        }
    }

    #[test]
    fn later_steps_put_off_and_the_first_does_not() {
        for (cell, off) in
            [("Phase 2+", true), ("phase 3 + (own document)", true), ("Phase 1+", false), ("Phase 2", false), ("Phases", false)]
        {
            assert_eq!(puts_off(cell), off, "{cell}");
        }
    }

    #[test]
    fn cells_are_trimmed_of_every_blank() {
        let line = "|  a b | \t| |é\u{a0}|\u{a0} c\t| ü |\u{2003}";
        let texts: Vec<&str> = cells(line, 0).iter().filter_map(|cell| line.get(cell.range())).collect();
        assert_eq!(texts, ["a b", "", "", "é", "c", "ü"]);
        let bare: Vec<_> = cells("a|b", 10).iter().map(|cell| cell.range()).collect();
        assert_eq!(bare, [10..11, 12..13]);
    }
}
