//! Several test cases in short: `TC-TANK-01~TC-TANK-04`, `TC-TANK-01 to TC-TANK-04`, `TC-TANK-01–04`, `TC-TANK-01/02`.

use crate::model::citation::{Citation, Target};
use crate::model::mention::expand;
use crate::source::Span;

/// More cases than this are no range that somebody wrote down.
const MOST: usize = 200;

/// Adds the cases between the two ends of a range. Numbers may be missing among them: each counts only where it leads to a case.
pub(super) fn fill(cell: &str, base: usize, found: &mut Vec<Citation>) {
    let ends: Vec<usize> = (1..found.len()).filter(|at| joins(cell, base, found, *at)).collect();
    for at in ends.into_iter().rev() {
        let between = inner(found, at);
        found.splice(at..at, between);
    }
}

/// The cases of `TC-TANK-01/02` and `OQ-A2/A4`, which look like folders: the numbers behind the first have its form.
pub(super) fn slashed(text: &str) -> Option<Vec<String>> {
    let mut parts = text.split('/');
    let first = parts.next()?;
    let (stem, last) = first.rsplit_once('-')?;
    let upper = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = |text: &str| letters(text) < text.len();
    let formed = upper(first) && stem.starts_with(|c: char| c.is_ascii_uppercase()) && numbered(last);
    let alike = |part: &str| {
        upper(part)
            && numbered(part)
            && letters(part) == letters(last)
            && (letters(last) > 0 || part.len() == last.len() && last.len() > 1)
            && part.get(..letters(part)).is_some_and(|part| last.starts_with(part))
    };
    let others: Vec<&str> = parts.collect();
    (formed && !others.is_empty() && others.iter().all(|part| alike(part))).then(|| {
        let short = others.iter().map(|part| format!("{stem}-{part}"));
        std::iter::once(first.to_owned()).chain(short).collect()
    })
}

/// Whether nothing but the sign or the word of a range stands in front of a citation.
fn joins(cell: &str, base: usize, found: &[Citation], at: usize) -> bool {
    let (Some(first), Some(last)) = (at.checked_sub(1).and_then(|before| found.get(before)), found.get(at)) else { return false };
    if !matches!((&first.target, &last.target), (Target::CaseId(_), Target::CaseId(_))) {
        return false;
    }
    let from = (first.span.end() as usize).saturating_sub(base);
    let between = cell.get(from..(last.span.start as usize).saturating_sub(base)).unwrap_or("");
    is_sign(between) || matches!(between.trim_matches([' ', '`', '*']), "to" | "through" | "thru" | "bis" | "から" | "至" | "到")
}

/// Whether a text joins the members of a list and says nothing else.
pub(super) fn lists(between: &str) -> bool {
    between.chars().all(|c| matches!(c, ' ' | ',' | ';' | '/' | '&')) && between.contains([',', ';', '/', '&'])
}

/// Whether a text is the sign of a range and nothing else.
pub(super) fn is_sign(between: &str) -> bool {
    matches!(between.trim_matches([' ', '`', '*']), "~" | "〜" | "～" | "–" | "—" | ".." | "...")
}

fn inner(found: &[Citation], at: usize) -> Vec<Citation> {
    let (Some(first), Some(last)) = (at.checked_sub(1).and_then(|before| found.get(before)), found.get(at)) else {
        return Vec::new();
    };
    let (Target::CaseId(from), Target::CaseId(to)) = (&first.target, &last.target) else { return Vec::new() };
    let members = expand(from, to).filter(|all| (3..=MOST).contains(&all.len())).unwrap_or_default();
    let span = Span::new(first.span.start as usize, last.span.end() as usize);
    let inner = members.into_iter().filter(|id| id != from && id != to);
    inner.map(|id| Citation { tentative: true, ..Citation::new(span, Target::CaseId(id)) }).collect()
}
