//! # P07 open-action
//!
//! Corrective and preventive actions are carried out. Of each investigation, deviation or action record that is not done
//! with, the actions without an outcome are listed, with their number, how long the record has been open, and which of them
//! are overdue: the day may stand in the words of the action, `(lind, due 2026-03-31)`. Changes that are closed and name an
//! action are shown. Actions without identifiers, in a table with their status or in a list with boxes below a heading of
//! actions, are called by their number in the record (`action 2`), and the entries of a log of deviations, incidents or
//! actions are its items. An action may end with what became of it, "Replace the seal. Done.", "(closed)", or be struck
//! out; below a heading of its own its fields tell it, in a list, a paragraph or a table (`- **Status:** Closed`,
//! `**Completed:** 2026-01-10`). Of a record that is closed those are told that call themselves open, and those whose place
//! for the outcome still holds what the form has there, or nothing, where nobody verified them. An investigation in force
//! that names a root cause must have an action, be it one in words; in one that is in force or closed each root cause has
//! an action where the record says at all which action is against which cause (`RC-1`, `RC-1 to RC-3`, `RC-1, 2`, `all`),
//! and one action is preventive where the record calls each of them one thing or the other and has none in words below such
//! a heading. What is still a draft or in review is a remark. Days are read as `2026-03-31`, `31.03.2026`, `Mar 31, 2026`
//! or `31 March 2026`; `03/04/2026` may be two days and is none. Ages are counted from the audit trail, or else from a
//! field ("Opened", "Date opened") or the first work in it, up to the newest day in the audit trails of records, and in their fields
//! and cells that say when something was done. Days in prose, those on which something is due or that are of something else
//! ("Date of birth", "Version date"), those of lines that are not done and those that lie in the future are not counted. `❌`,
//! `50%` and "Partial" stand for what is not done. Sheets of actions and deviations (`capa.csv`), exports of trackers with "Issue
//! Type" and "Status", and lists in YAML and JSON are logs, and data about one record may list its actions.
//!
//! ## Why it matters
//! An investigation explains what went wrong once. Only its actions keep it from happening again, and nobody misses an
//! action that is still open a year later.
//!
//! ## Bad
//! ```file records/INV-003.md
//! # INV-003: The link did not start
//!
//! **Status:** In execution
//!
//! ## Actions
//!
//! | CAPA | Type | Description | Outcome | Due | Verified By - Date |
//! |---|---|---|---|---|---|
//! | INV-003-CAPA-001 | Corrective | Set the address before the start | Pass | 2026-01-20 | lind - 2026-02-03 |
//! | INV-003-CAPA-002 | Preventive | Write down how links are tested | [Pass/Fail] | 2026-01-31 | [VERIFIER] - [DATE] |
//!
//! ## Execution
//!
//! | EI | Task | Execution Summary | Outcome | Performed By - Date |
//! |---|---|---|---|---|
//! | EI-1 | Set the address | Set | Pass | lind - 2026-02-03 |
//! ```
//!
//! ## Good
//! ```file records/INV-003.md
//! # INV-003: The link did not start
//!
//! **Status:** In execution
//!
//! ## Actions
//!
//! | CAPA | Type | Description | Outcome | Due | Verified By - Date |
//! |---|---|---|---|---|---|
//! | INV-003-CAPA-001 | Corrective | Set the address before the start | Pass | 2026-01-20 | lind - 2026-02-03 |
//! | INV-003-CAPA-002 | Preventive | Write down how links are tested | Pass | 2026-01-31 | lind - 2026-02-03 |
//! ```
//!
//! ## What to do
//! Carry the action out and write down what came of it, or say in the record why it is no longer needed.
//!
//! ## Serves
//! ISO 13485 8.5.2

use super::Check;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::contents::{Names, tokens};
use crate::link::graph::Graph;
use crate::link::plans::find_word;
use crate::link::records::Record;
use crate::link::records::open::{Own, actions};
use crate::model::lifecycle::{Class, State};
use crate::model::record::{Action, ActionKind};
use crate::model::time;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rustc_hash::FxHashSet;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P07", name: "open-action", severity: Severity::Warning, source: include_str!("open_action.rs"), run };

/// So many actions are named in a message and shown beside it.
const SHOWN: usize = 8;

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let records = graph.records().iter().map(|(_, record)| record);
    let open: Vec<&Record> = records
        .filter(|record| matches!(record.class, Class::Investigation | Class::Deviation | Class::Action))
        .filter(|record| record.state != State::Ended)
        .collect();
    if open.is_empty() {
        return;
    }
    let changes = |record: &Record| record.class == Class::Change && record.is_closed();
    let known = Known {
        newest: graph.newest_day(settings.today.as_deref()),
        changes: graph.names_in(changes, |name| name.contains(['-', '_'])),
    };
    findings.extend(open.into_iter().filter_map(|record| report(graph, settings, record, &known)));
}

/// What is known beside a record.
struct Known<'g> {
    /// The newest day in any audit trail, field or cell of a record.
    newest: Option<(i32, String)>,
    /// The names in the documents of changes that are closed.
    changes: Names<'g>,
}

fn report(graph: &Graph, settings: &Settings, record: &Record, known: &Known<'_>) -> Option<Finding> {
    let newest = known.newest.as_ref();
    let file = record.file?;
    let own = actions(graph, record, file);
    // Of one that is closed nobody writes down what came of each; what calls itself open there, or was never filled in, was forgotten.
    let closed = record.is_closed();
    let open: Vec<&Action> =
        own.iter().filter(|one| one.open && (!closed || is_forgotten(one.action))).map(|one| one.action).collect();
    let late: Vec<&Action> = open.iter().copied().filter(|action| is_late(action, settings, newest)).collect();
    let gaps = gaps(graph, record, file, &own);
    // A form lists what nobody wrote yet: where nothing tells a status either, it is one.
    let said = || own.iter().map(|one| one.action.text.text.as_str());
    if record.state == State::Unknown && said().any(is_form) && said().all(|said| said.is_empty() || is_form(said)) {
        return None;
    }
    if open.is_empty() && gaps.is_empty() {
        return None;
    }
    let mut said = Vec::new();
    if !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|action| action.id.as_str()).collect();
        let log = graph.contents(file).is_some_and(|contents| contents.log.is_some());
        let of = if log { count(own.len(), "entry").replace("entrys", "entries") } else { count(own.len(), "action") };
        said.push(format!(
            "{} of {of} {} open: {}",
            open.len(),
            if open.len() == 1 { "is" } else { "are" },
            listed(&names, SHOWN)
        ));
    }
    if !late.is_empty() {
        let names: Vec<String> =
            late.iter().filter_map(|action| Some(format!("{} since {}", action.id, action.details.due.as_ref()?.text))).collect();
        said.push(format!("overdue: {}", listed(&names, SHOWN)));
    }
    said.extend(gaps.iter().cloned());
    said.extend(age(graph, record, newest).filter(|_| !closed));
    let place = open.first().map(|action| Place::new(file, action.span)).or_else(|| record.place())?;
    let message = format!("{} ({}): {}", record.id, state(record), said.join("; "));
    let remark = matches!(record.state, State::Draft | State::InReview | State::Unknown) && late.is_empty();
    let finding = Finding::new(place, record.id.as_str(), message)
        .severity(if remark { Severity::Info } else { Severity::Warning })
        .label(if open.is_empty() { "is not complete" } else { "no outcome is recorded" })
        .help("Carry the actions out and record what came of each, or say why one is no longer needed.");
    Some(open.iter().take(SHOWN).fold(finding, |finding, action| shown(finding, graph, known, (record, file), action)))
}

/// Whether what an action says is what a form has there.
fn is_form(said: &str) -> bool {
    said.starts_with('[') && said.ends_with(']')
}

/// Whether an action of a record that is closed is still open: it says so, or the place for what came of it was left as it was.
fn is_forgotten(action: &Action) -> bool {
    action.pending || action.details.is_unfilled()
}

/// Shows an action, and the changes that name it.
fn shown(finding: Finding, graph: &Graph, known: &Known<'_>, (record, file): (&Record, FileId), action: &Action) -> Finding {
    let owner = action.details.owner.as_ref().map_or(String::new(), |owner| format!(", owned by {}", owner.text));
    let finding = finding.related(Place::new(file, action.text.span), format!("{}{owner}: {}", action.id, told(action)));
    let changes = known.changes.of_action(record, &action.id).map(|id| graph.records().record(id)).take(2);
    changes.fold(finding, |finding, change| match change.place() {
        Some(place) => finding.related(place, format!("{} names {} and is closed", change.id, action.id)),
        None => finding,
    })
}

/// What its line says of how far it is.
fn told(action: &Action) -> &'static str {
    if action.pending { "it is told as not done" } else { "nothing says what came of it" }
}

fn state(record: &Record) -> String {
    match record.state {
        State::Unknown => String::from("not closed"),
        state => state.name().to_owned(),
    }
}

/// What an investigation lacks beside outcomes.
fn gaps(graph: &Graph, record: &Record, file: FileId, own: &[Own<'_>]) -> Vec<String> {
    let mut gaps = Vec::new();
    let causes = graph.contents(file).map_or(&[][..], |contents| &contents.causes);
    if record.class != Class::Investigation || !record.is_approved() {
        return gaps;
    }
    if own.is_empty() {
        // What is done about it may be told in words, and who closed it may have seen that nothing is to be done.
        let told = record.is_closed() || graph.contents(file).is_some_and(|contents| contents.sections.measures);
        if let Some(cause) = causes.first().filter(|_| !told) {
            gaps.push(format!("it names a root cause and no action: \"{}\"", short(&cause.text.text)));
        }
        return gaps;
    }
    let told = own.iter().flat_map(|one| one.action.details.cause.iter().chain([&one.action.text]));
    let told: FxHashSet<&str> = told.flat_map(|said| tokens(&said.text)).map(|(_, name)| name).collect();
    let marked: Vec<&str> = causes.iter().map(|cause| cause.id.as_str()).filter(|id| !id.is_empty()).collect();
    let covers = |one: &Own<'_>, id: &str| {
        let cause = one.action.details.cause.as_ref().map_or("", |cause| cause.text.as_str());
        is_all(cause) || counts(cause, id) || counts(&one.action.text.text, id)
    };
    let named = |id: &str| told.contains(id) || own.iter().any(|one| covers(one, id));
    let without: Vec<&str> = marked.iter().copied().filter(|id| !named(id)).collect();
    if !without.is_empty() && without.len() < marked.len() {
        gaps.push(format!("no action is against {}", listed(&without, SHOWN)));
    }
    let corrective = own.iter().all(|one| one.action.kind == Some(ActionKind::Corrective));
    let text = graph.input(file).text.as_str();
    if corrective && (!record.is_closed() || tells_kinds(text, own)) && !prevents_in_words(text) {
        gaps.push(String::from("none of its actions is preventive"));
    }
    gaps
}

/// "All", "all root causes".
fn is_all(cause: &str) -> bool {
    matches!(words(cause).as_str(), "all" | "all causes" | "all of them" | "all root causes" | "all rcs")
}

/// Whether a text counts a cause among others: "RC-1 to RC-3", "RC-1, 2, 3", "RC-1/2".
fn counts(said: &str, id: &str) -> bool {
    const TO: &[&str] = &["to ", "through ", "thru ", "–", "—", "-", "..", "…"];
    const AND: &[&str] = &[", and ", "and ", ",", "/", "&", "+", ";"];
    let family = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some(wanted) = id.get(family.len()..).and_then(|digits| digits.parse::<u32>().ok()).filter(|_| !family.is_empty()) else {
        return false;
    };
    said.match_indices(family).any(|(at, _)| {
        let Some((mut last, mut rest)) = said.get(at + family.len()..).and_then(number) else { return false };
        while last != wanted {
            let behind = rest.trim_start();
            let strip = |signs: &[&str]| signs.iter().find_map(|sign| behind.strip_prefix(sign));
            let (range, next) = match (strip(TO), strip(AND)) {
                (Some(next), _) => (true, next),
                (None, Some(next)) => (false, next),
                (None, None) => return false,
            };
            let next = next.trim_start();
            let Some((other, behind)) = number(next.strip_prefix(family).unwrap_or(next)) else { return false };
            if range && (last..=other).contains(&wanted) {
                return true;
            }
            (last, rest) = (other, behind);
        }
        true
    })
}

/// The number that a text begins with, and what stands behind it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = !text.get(end..)?.starts_with(char::is_alphabetic);
    Some((text.get(..end)?.parse().ok().filter(|_| whole)?, text.get(end..)?))
}

/// Whether a sentence stands below a heading "Preventive actions": that is one in words. So is one that the words stand in front of,
/// "**Preventive action:** each ward is told", and what is done "to prevent recurrence".
fn prevents_in_words(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.clone().any(prevents) {
        return true;
    }
    let heading = |line: &str| {
        let said = line.to_ascii_lowercase();
        line.starts_with('#') && said.contains("preventive") && !said.contains("corrective")
    };
    let below = lines.by_ref().find(|line| heading(line)).and_then(|_| lines.next());
    below.is_some_and(is_measure)
}

/// Whether a line says that something is done so that it does not happen again. A line of a table, a heading and a question do not.
fn prevents(line: &str) -> bool {
    if line.starts_with(['|', '#', '>']) || line.ends_with('?') {
        return false;
    }
    let bare = line.trim_start_matches(['-', '*', '_', ' ', '+']);
    let labelled = bare.split_once(':').filter(|(name, _)| {
        let name = words(name);
        matches!(
            name.as_str(),
            "preventive action" | "preventive actions" | "preventive measure" | "preventive measures" | "prevention"
        )
    });
    if let Some((_, told)) = labelled {
        return is_measure(told.trim_matches(['*', '_', ' ']));
    }
    let said = format!(" {} ", words(bare));
    let again = ["recurrence", "it from happening again", "this from happening again", "a repetition", "a repeat"];
    let meant = again.iter().any(|what| {
        [" to prevent ", " prevents ", " preventing "]
            .iter()
            .any(|verb| said.contains(&format!("{verb}{what} ")) || said.contains(&format!("{verb}its {what} ")))
    });
    let open = [" not ", " no ", " nothing ", " none ", " should ", " must ", " tbd ", " need ", " needs ", " how "];
    meant && said.split_whitespace().count() > 6 && !open.iter().any(|word| said.contains(word))
}

/// Whether a text says in words what is done. "None is planned" does not, and "Notify the ward" does.
fn is_measure(line: &str) -> bool {
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_ascii_lowercase();
    let denied = matches!(first.as_str(), "no" | "none" | "not" | "nothing" | "tbd");
    line.starts_with(char::is_alphabetic) && line.split_whitespace().count() > 3 && !denied
}

/// Whether a record tells both kinds of actions apart: it speaks of preventive ones, or each line says which kind it is. That all stand
/// below "Corrective actions" says less.
fn tells_kinds(text: &str, own: &[Own<'_>]) -> bool {
    let line = |one: &Own<'_>| {
        let (from, to) = (one.action.span.start as usize, one.action.span.end() as usize);
        let start = text.get(..from).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(to..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| to + at);
        text.get(start..end).unwrap_or("").to_ascii_lowercase()
    };
    find_word(text, "Preventive").or_else(|| find_word(text, "preventive")).is_some()
        || own.iter().all(|one| line(one).contains("corrective"))
}

/// How long a record has been open.
fn age(graph: &Graph, record: &Record, newest: Option<&(i32, String)>) -> Option<String> {
    let (last, written) = newest?;
    let (first, begun) = graph.beginning(record)?;
    let days = usize::try_from(last.checked_sub(first)?).ok()?;
    let when = if days == 0 { format!("on {written}") } else { format!("{} before {written}", count(days, "day")) };
    Some(format!("{begun} {when}, the newest day on which trails, fields or cells of records say that something was done"))
}

/// Whether an action was due before the newest day that is told, or before today where somebody says what day it is.
fn is_late(action: &Action, settings: &Settings, newest: Option<&(i32, String)>) -> bool {
    let Some(due) = action.details.due.as_ref().and_then(|due| time::date(&due.text)) else { return false };
    // What is set is the day behind which lies the future: tomorrow.
    let today = settings.today.as_deref().and_then(time::date).map(|tomorrow| tomorrow.saturating_sub(1));
    newest.is_some_and(|(last, _)| due < *last) || today.is_some_and(|today| due < today)
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    let end = text.char_indices().nth(80).map_or(text.len(), |(at, _)| at);
    let cut = text.get(..end).unwrap_or(text);
    if cut.len() < text.len() { format!("{cut}…") } else { cut.to_owned() }
}
