//! Numbered specifications of which a text speaks: "Spec 090 FR-011" means the one in `specs/090-tail/`, where a hundred others
//! have an FR-011 too.

use super::graph::{FactRef, Found, Graph, ReqId, Target};
use crate::source::FileId;
use regex::Regex;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// So many bytes above a name belong to the remark in which it stands.
const ABOVE: usize = 240;

/// "Spec 090", `specs/083-profiler`, "feature #12".
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
static SPOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:specs?|features?)[\s/#:_-]{0,3}0*(\d{1,5})\b").expect("a valid pattern"));

/// The numbers of specifications that a file names, gathered when the first name of several meanings asks.
#[derive(Default)]
pub(super) struct Spoken<'g>(OnceCell<Vec<(usize, &'g str)>>);

impl<'g> Spoken<'g> {
    /// Of several specifications that define what a marker names, the one whose number stands in its remark or, where the whole
    /// file speaks of one alone, that one.
    pub(super) fn narrow(&self, graph: &'g Graph, fact: FactRef, target: &mut Target) {
        let Found::Ambiguous(several) = &target.found else { return };
        let Some(number) = self.number(graph, fact.file, target.span.start) else { return };
        let mut named = several.iter().copied().filter(|id| number_of(home(graph, *id)) == Some(number));
        if let (Some(one), None) = (named.next(), named.next()) {
            target.found = Found::One(one);
        }
    }

    /// Whether a place in the file speaks of another member of the series than the one in which a requirement is defined.
    pub(super) fn means_another(&self, graph: &'g Graph, file: FileId, at: u32, id: ReqId) -> bool {
        let own = number_of(home(graph, id));
        own.is_some() && self.number(graph, file, at).is_some_and(|number| own != Some(number))
    }

    /// The number of the specification of which a place in the file speaks.
    fn number(&self, graph: &'g Graph, file: FileId, at: u32) -> Option<&'g str> {
        let text = graph.input(file).text.as_str();
        let spoken = self.0.get_or_init(|| {
            SPOKEN.captures_iter(text).filter_map(|found| found.get(1)).map(|number| (number.start(), number.as_str())).collect()
        });
        let only = || spoken.first().map(|(_, number)| *number).filter(|only| spoken.iter().all(|(_, other)| other == only));
        near(text, spoken, at as usize).or_else(only)
    }
}

/// The file in which a requirement is defined.
fn home(graph: &Graph, id: ReqId) -> &str {
    graph.path(graph.requirement(id).place.file)
}

/// The number that stands nearest in front of a name in its line, else behind it there, else above it in its remark.
fn near<'t>(text: &str, spoken: &[(usize, &'t str)], at: usize) -> Option<&'t str> {
    let next = spoken.partition_point(|(start, _)| *start < at);
    let (before, after) = (next.checked_sub(1).and_then(|last| spoken.get(last)), spoken.get(next));
    let together = |from: usize, to: usize| text.get(from..to).is_some_and(|between| !between.contains('\n'));
    let before = before.filter(|(start, _)| *start + ABOVE >= at);
    let in_line = before.filter(|(start, _)| together(*start, at));
    let behind = || after.filter(|(start, _)| *start <= at + ABOVE && together(at, *start));
    in_line.or_else(behind).or(before).map(|(_, number)| *number)
}

/// The number with which the innermost numbered folder around a file begins, without leading zeros.
fn number_of(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').find_map(|folder| {
        let end = folder.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(folder.len());
        let apart = folder.get(end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.', ' ']));
        folder.get(..end).filter(|digits| apart && !digits.is_empty()).map(|digits| digits.trim_start_matches('0'))
    })
}

#[cfg(test)]
mod tests {
    use super::{SPOKEN, near, number_of};

    #[test]
    fn the_number_beside_a_name_counts() {
        let text = "// Spec 090 FR-011 holds\n// FR-012 of specs/083-profiler/spec.md\n\n\nspecific 7\n";
        let spoken: Vec<(usize, &str)> =
            SPOKEN.captures_iter(text).filter_map(|found| found.get(1)).map(|one| (one.start(), one.as_str())).collect();
        assert_eq!(spoken.iter().map(|(_, number)| *number).collect::<Vec<_>>(), ["90", "83"]);
        assert_eq!(near(text, &spoken, text.find("FR-011").unwrap()), Some("90"));
        assert_eq!(near(text, &spoken, text.len()), Some("83"));
        assert_eq!(near(text, &spoken, 0), Some("90"));
    }

    #[test]
    fn folders_have_numbers() {
        assert_eq!(number_of("specs/083-profiler/spec.md"), Some("83"));
        assert_eq!(number_of("specs/083-profiler/contracts/arms.md"), Some("83"));
        assert_eq!(number_of("docs/2fa/spec.md"), None);
        assert_eq!(number_of("spec.md"), None);
    }
}
