//! Root causes, and the actions that stand in headings and lists.

use super::progress::{self, Progress};
use super::section::Headings;
use super::{bullet, filled, names, signed};
use crate::model::contents::Cause;
use crate::model::record::{Action, ActionKind, Details};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

/// The root cause that a paragraph, an item or a heading begins with: `**RC-1: …**`, `**Root Cause:** …`.
/// `among` says that the heading above lists root causes.
pub(super) fn cause(text: &str, span: Span, among: bool) -> Option<Cause> {
    let raw = text.get(span.range())?;
    let lead = bullet(raw);
    let body = raw.get(lead..)?;
    let line = body.lines().next().unwrap_or("");
    let end = sentence(line);
    let start = span.start as usize + lead;
    let id = labelled(line).unwrap_or("");
    let named = is_called(line);
    if id.is_empty() && !named && !among {
        return None;
    }
    let text = inline::plain(line.get(..end)?).trim_matches(['*', ' ', ':']).to_owned();
    let telling = text.split(' ').count() > 1 || !id.is_empty();
    telling.then(|| Cause { id: id.to_owned(), text: Spanned { text, span: Span::new(start, start + end) } })
}

/// `RC-1`, `RC1`, `Root Cause 2`.
fn labelled(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("RC").or_else(|| line.strip_prefix("Root Cause "))?;
    let number = rest.trim_start_matches(['-', '_', '#']);
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let end = line.len() - number.len() + digits;
    (digits > 0 && digits < 4).then(|| line.get(..end)).flatten()
}

/// "Root Cause:", "Primary root cause:", "Secondary:" in bold in front of what it is.
fn is_called(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(':') else { return false };
    let name = words(name);
    let called = matches!(
        name.as_str(),
        "root cause" | "primary root cause" | "secondary root cause" | "true root cause" | "underlying cause" | "primary cause"
    );
    called && rest.trim_matches(['*', ' ']).len() > 3
}

/// The length of the first sentence of a line.
fn sentence(line: &str) -> usize {
    line.find(". ").map_or(line.len(), |end| end + 1)
}

/// What a heading or an item of a list begins with, where that is an action: `CAPA-001: …`, `**CAPA-2** …`.
/// Below corrective actions it is one, below preventive actions the other.
pub(super) fn action(text: &str, span: Span, headings: &Headings) -> Option<Action> {
    let raw = text.get(span.range())?;
    let lead = bullet(raw);
    let body = raw.get(lead..)?;
    let body = signed::split_box(body).map_or(body, |(_, rest)| rest.trim_start_matches(['*', '_']));
    let lead = raw.len() - body.len();
    let (id, end) = identifier::leading(body, false)?;
    let rest = body.get(end..)?.trim_start_matches(['*', '_']);
    let said = rest.trim_start_matches([' ', ':', '-', '–', '—', '*']);
    // "CR-011 is closed" tells of a change; what is to be done follows a sign.
    if !rest.trim_start().starts_with([':', '-', '–', '—']) || said.is_empty() {
        return None;
    }
    let start = span.start as usize + lead;
    let from = span.start as usize + raw.len() - said.len();
    let line = said.lines().next().unwrap_or("").trim_end();
    let end = progress::at_end(said);
    let done = said.contains('✅') || raw.contains("[x]") || raw.contains("[X]") || end == Some(Progress::Done);
    let unticked = signed::split_box(raw.get(bullet(raw)..).unwrap_or("")).is_some_and(|(ticked, _)| !ticked);
    Some(Action {
        id: id.to_owned(),
        span: Span::new(start, start + id.len()),
        text: Spanned { text: inline::plain(line), span: Span::new(from, from + line.len()) },
        done,
        pending: !done && (unticked || end == Some(Progress::Pending)),
        ids: identifier::mentions(line, from),
        level: None,
        evidence: false,
        kind: headings.nearest(kind),
        details: Box::new(details(line, from)),
    })
}

/// Who is to do it and until when, as the words of an action tell: `(lind, due 2026-03-31)`, `Owner: lind`.
fn details(line: &str, base: usize) -> Details {
    let lower = line.to_ascii_lowercase();
    let due = ["due", "deadline", "target date"].iter().find_map(|word| {
        let at = find_word(&lower, word)? + word.len();
        let day = names::any_day(line.get(at..)?, base + at)?;
        // Between the word and the day stands no more than another word or two: "due date: 2026-03-31", "due on 2026-03-31".
        let between = line.get(at..day.span.start as usize - base)?;
        (words(between).len() < 10).then_some(day)
    });
    Details { owner: owner(line, &lower, base), due, ..Details::default() }
}

/// `Owner: lind`, or who stands in front of the day in brackets.
fn owner(line: &str, lower: &str, base: usize) -> Option<Spanned> {
    let named = ["owner:", "responsible:", "assignee:"].iter().find_map(|word| Some(find_word(lower, word)? + word.len()));
    let bracketed = || {
        let open = line.rfind('(')?;
        find_word(lower.get(open..)?, "due").map(|_| open + 1)
    };
    let from = named.or_else(bracketed)?;
    let rest = line.get(from..)?;
    let name = rest.split([',', ';', ')']).next()?.trim_matches(['*', ' ', '@']);
    let start = base + from + rest.find(name)?;
    let telling = !name.is_empty() && name.len() < 40 && !name.to_ascii_lowercase().starts_with("due");
    let told = telling && !filled::filled(name).is_open();
    told.then(|| Spanned { text: inline::plain(name), span: Span::new(start, start + name.len()) })
}

/// Where a word begins that no letter touches in front.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let alone = |at: &usize| !text.get(..*at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(alone)
}

/// Corrective or preventive, where words say one and not the other.
pub(in crate::read) fn kind(text: &str) -> Option<ActionKind> {
    let spoken = words(text);
    let has = |stem: &str| spoken.split(' ').any(|word| word.starts_with(stem));
    match (has("corrective") || spoken == "ca", has("preventive") || has("preventative") || spoken == "pa") {
        (true, false) => Some(ActionKind::Corrective),
        (false, true) => Some(ActionKind::Preventive),
        _ => None,
    }
}
