//! What the status of an action says: that something came of it, that nothing did yet, or nothing at all.

use super::{filled, tongues};
use crate::model::contents::Filled;
use crate::model::lifecycle::{Class, State};
use crate::model::vocabulary::words;
use crate::source::Span;

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Something came of it.
    Done,
    /// Its status says that it is not done.
    Pending,
    /// Nobody wrote anything.
    Unsaid,
}

/// What stands for something that is not done, where the states of records have no word for it.
const PENDING: &[&str] = &[
    "backlog",
    "blocked",
    "delayed",
    "fail",
    "failed",
    "incomplete",
    "no",
    "not complete",
    "not completed",
    "not done",
    "not implemented",
    "not started",
    "not yet",
    "on hold",
    "ongoing",
    "outstanding",
    "overdue",
    "partial",
    "partially",
    "partly",
    "pending",
    "to do",
    "todo",
    "tbd",
    "waiting",
];

/// Signs that stand for something that is not done.
const SIGNS: &[char] = &['❌', '✗', '✘', '❎', '⏳', '⌛', '🔴', '🟡', '🟠', '🚧'];

/// How much of it is done, where a status is nothing but that: "50 %".
pub fn share(said: &str) -> Option<u32> {
    let number = said.trim().strip_suffix('%')?.trim_end();
    number.split(['.', ',']).next()?.parse().ok().filter(|share| *share <= 100)
}

/// Reads the cell of a status. Words that are not known say that something came of it.
pub fn of(raw: &str) -> Progress {
    let field = filled::field(raw, Span::new(0, raw.len()));
    let said = words(&field.text);
    let begins = |phrase: &&str| said.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let alone = |phrase: &&str| if *phrase == "no" { said == "no" } else { begins(phrase) };
    let unfinished = share(&field.text).is_some_and(|share| share < 100) || said.is_empty() && field.text.contains(SIGNS);
    if PENDING.iter().any(alone) || unfinished || tongues::is_pending(&said) {
        return Progress::Pending;
    }
    match field.filled {
        Filled::Nothing => return Progress::Done,
        Filled::Form if ["[ ]", "☐"].iter().any(|sign| raw.contains(sign)) => return Progress::Pending,
        Filled::Empty | Filled::Form => return Progress::Unsaid,
        Filled::Yes => {}
    }
    let open = matches!(State::of(&said, Class::Action), State::Draft | State::InReview | State::InExecution);
    if open { Progress::Pending } else { Progress::Done }
}

/// What the words of an action end with: "Replace the seal. Done.", "(closed)", "- done 2026-01-01". What is struck out is not to be
/// done any more. "Done when it holds" and "done by 2026-03-31" are still to come.
pub(super) fn at_end(said: &str) -> Option<Progress> {
    const DONE: &[&str] = &["done", "closed", "completed", "implemented", "finished", "resolved", "verified"];
    const OPEN: &[&str] = &["open", "pending", "in progress", "not started", "not done", "to do", "todo", "overdue"];
    // "Done?" asks.
    if said.trim_end().ends_with('?') {
        return None;
    }
    let said = said.trim().trim_end_matches(['.', '*', '_', ' ']);
    if said.strip_prefix("~~").and_then(|rest| rest.strip_suffix("~~")).is_some_and(|struck| !struck.contains("~~")) {
        return Some(Progress::Done);
    }
    let bracketed = || said.strip_suffix([')', ']']).and_then(|rest| rest.get(rest.rfind(['(', '['])? + 1..));
    let parted = || {
        let signs = [" - ", " – ", " — ", ". ", "; "];
        signs.iter().filter_map(|sign| said.rfind(sign).map(|at| at + sign.len())).max().and_then(|from| said.get(from..))
    };
    let tail = words(bracketed().or_else(parted)?);
    let tail = tail.strip_prefix("status ").unwrap_or(&tail);
    if OPEN.contains(&tail) {
        return Some(Progress::Pending);
    }
    let mut list = tail.split(' ');
    let done = DONE.contains(&list.next()?);
    let (next, other) = (list.next(), list.next());
    let number = |word: Option<&str>| word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let told = match next {
        None | Some("on" | "in" | "via" | "with" | "as") => true,
        Some("by") => other.is_some() && !number(other),
        next => number(next),
    };
    (done && told).then_some(Progress::Done)
}

#[cfg(test)]
mod tests {
    use super::{Progress, of};

    #[test]
    fn statuses_of_actions_are_told_apart() {
        for open in [
            "Open",
            "In Progress",
            "Not started",
            "🔴 Open",
            "TODO",
            "**Pending**",
            "[ ]",
            "Open — the supplier is slow",
            "❌",
            "50%",
            "0 %",
            "Partial",
            "Partially done",
            "No",
            "Not done",
            "Failed",
        ] {
            assert_eq!(of(open), Progress::Pending, "{open}");
        }
        for done in [
            "Closed",
            "Done",
            "✅",
            "Merged in 4f2c91e",
            "N/A",
            "N/A (no ward has one)",
            "100%",
            "100 %",
            "No action needed",
            "Mitigated",
            "Closed — corrected; more is open",
        ] {
            assert_eq!(of(done), Progress::Done, "{done}");
        }
        assert_eq!(of(" "), Progress::Unsaid);
    }
}
