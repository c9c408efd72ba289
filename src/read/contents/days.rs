//! The days in cells and fields of a record that say when something was done. What is due, planned or valid until then lies ahead,
//! and a day in prose may be anything.

use super::names::any_day;
use super::progress::{self, Progress};
use crate::model::time;
use crate::model::vocabulary::words;
use crate::read::table::{Grid, GridRow};
use crate::source::Span;

/// Names of columns that say how far a line is.
const STATUSES: &[&str] = &["done", "outcome", "progress", "result", "state", "status"];

/// A longer value is prose.
const MOST: usize = 80;

/// The newest day in the columns and fields of a table that say when.
pub(super) fn in_table(text: &str, grid: &Grid) -> Option<i32> {
    let raw = |span: &Span| text.get(span.range()).unwrap_or("");
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(raw(span))).collect();
    let columns: Vec<bool> = names.iter().map(|name| says_when(name)).collect();
    // What is not done yet happened on no day: its "date" is that of a plan.
    let status = names.iter().position(|name| STATUSES.contains(&name.as_str()));
    let open = |row: &GridRow| status.is_some_and(|at| progress::of(row.cell(text, at)) != Progress::Done);
    let plan = |at: usize| names.get(at).is_some_and(|name| matches!(name.as_str(), "date" | "day" | "when"));
    let pairs = columns.len() == 2;
    if !pairs && !columns.contains(&true) {
        return None;
    }
    let mut newest = None;
    for row in std::iter::once(&grid.header).chain(&grid.rows) {
        let named = row.cells.first().is_some_and(|name| pairs && says_when(raw(name)));
        for (at, span) in row.cells.iter().enumerate() {
            if named && at == 1 || columns.get(at).copied().unwrap_or(false) && !(plan(at) && open(row)) {
                newest = newest.max(day(raw(span)));
            }
        }
    }
    newest
}

/// The newest day in the fields of a paragraph or an item, `**Closed on:** 2026-02-01` a line.
pub(super) fn in_fields(raw: &str) -> Option<i32> {
    let fields = raw.lines().filter_map(|line| line.split_once(':')).filter(|(name, _)| name.len() <= 40 && says_when(name));
    fields.filter_map(|(_, value)| day(value)).max()
}

/// Whether the value of a field tells a day that has passed.
pub(super) fn is_in(value: &str) -> bool {
    day(value).is_some()
}

fn day(value: &str) -> Option<i32> {
    const AHEAD: &[&str] = &["before", "by", "due", "till", "until"];
    let value = value.trim();
    let found = any_day(value, 0).filter(|_| value.len() <= MOST)?;
    let before = words(value.get(..found.span.start as usize)?);
    let ahead = before.rsplit(' ').next().is_some_and(|word| AHEAD.contains(&word));
    time::date(&found.text).filter(|_| !ahead)
}

/// Whether the name of a column or a field says when something was done.
fn says_when(name: &str) -> bool {
    const DONE: &[&str] = &[
        "approved",
        "closed",
        "completed",
        "created",
        "date",
        "day",
        "detected",
        "discovered",
        "executed",
        "finished",
        "implemented",
        "initiated",
        "inspected",
        "issued",
        "logged",
        "occurred",
        "opened",
        "performed",
        "raised",
        "recorded",
        "released",
        "reported",
        "resolved",
        "reviewed",
        "revised",
        "signed",
        "started",
        "tested",
        "timestamp",
        "updated",
        "verified",
        "when",
        "witnessed",
        "written",
    ];
    const AHEAD: &[&str] = &[
        "deadline",
        "due",
        "effective",
        "estimated",
        "eta",
        "expected",
        "expires",
        "expiration",
        "expiry",
        "goal",
        "next",
        "plan",
        "planned",
        "proposed",
        "scheduled",
        "target",
        "until",
        "valid",
    ];
    // What else a date may be of: "date of birth", "version date" and "end date" say nothing of work on a record.
    const OF: &[&str] = &[
        "action",
        "and",
        "approval",
        "approver",
        "author",
        "by",
        "closure",
        "completion",
        "creation",
        "detection",
        "discovery",
        "entry",
        "event",
        "execution",
        "incident",
        "initials",
        "inspection",
        "inspector",
        "issue",
        "name",
        "occurrence",
        "of",
        "on",
        "opening",
        "performer",
        "record",
        "report",
        "review",
        "reviewer",
        "session",
        "sign",
        "signature",
        "submission",
        "test",
        "tester",
        "the",
        "time",
        "utc",
        "verification",
        "verifier",
    ];
    let said = words(name);
    let list = || said.split(' ');
    let plain = |word: &str| DONE.contains(&word) || OF.contains(&word);
    list().any(|word| DONE.contains(&word))
        && !list().any(|word| AHEAD.contains(&word))
        && (!list().any(|word| matches!(word, "date" | "day")) || list().all(plain))
}

#[cfg(test)]
mod tests {
    use super::{in_fields, says_when};
    use crate::model::time;

    #[test]
    fn what_lies_ahead_says_nothing_of_what_was_done() {
        assert!(["Date", "**Closed on**", "Performed By - Date", "Verified by / when"].iter().all(|name| says_when(name)));
        let others =
            ["Due date", "Target", "Next review date", "Expiry date", "Note", "Date of birth", "Version date", "End date"];
        assert!(others.iter().all(|name| !says_when(name)));
        assert!(["Date of closure", "Review date", "Test date and time", "Signature / Date"].iter().all(|name| says_when(name)));
    }

    #[test]
    fn fields_tell_days_and_prose_does_not() {
        assert_eq!(in_fields("**Closed:** 2 March 2026\n**Due date:** 2027-01-01"), time::date("2026-03-02"));
        assert_eq!(in_fields("The pump was tested: it ran until 2026-03-02"), None);
        assert_eq!(in_fields("Closed: 2026-02-31"), None);
    }
}
