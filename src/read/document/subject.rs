//! What the name or the title of a document only speaks of.

use crate::model::vocabulary::words;

/// A title without the number of a specification in brackets behind it: "Release gate (spec 81)" is about that one and is none.
pub(super) fn without_reference(title: &str) -> &str {
    let Some((before, inner)) = title.trim_end().strip_suffix(')').and_then(|open| open.rsplit_once('(')) else { return title };
    let said = words(inner);
    let mut parts = said.split(' ');
    let named = matches!(parts.next(), Some("spec" | "specs"));
    let numbered = parts.next().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if named && numbered && !before.trim().is_empty() { before } else { title }
}

/// Whether the title of a requirement that is a file says what it is about and not what has been written about it: "US-3 Review
/// the list", but not "US-3 Test report".
pub(super) fn demands(title: &str, id: &str) -> bool {
    const WRITTEN: &[&str] = &[
        "audit",
        "changelog",
        "checklist",
        "handoff",
        "log",
        "minutes",
        "notes",
        "plan",
        "report",
        "research",
        "retrospective",
        "review",
        "summary",
        "tasks",
    ];
    let behind = words(title.split_once(id).map_or("", |(_, behind)| behind));
    let last = behind.rsplit(' ').next().unwrap_or("");
    behind.contains(' ') && !WRITTEN.contains(&last)
}
