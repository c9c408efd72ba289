//! Decisions that replace one another: what the one says of the other is what the other says of itself.

use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{Record, RecordId};
use crate::model::lifecycle::{Class, State};
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;

/// Lines of the head of a document that are looked at.
const MOST_LINES: usize = 80;

/// What a line of a decision says of another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// The other replaces it.
    Replaced,
    /// It replaces the other.
    Replaces,
}

/// A decision that another is said to replace, or to be replaced by.
struct Named<'t> {
    says: Says,
    /// As it is written.
    written: &'t str,
    span: Span,
}

/// `unread` are the paths that no reader takes: archives hold decisions that are no longer in force.
pub(super) fn run(graph: &Graph, unread: &[String], findings: &mut Vec<Finding>) {
    let decisions = graph.records().iter().filter(|(_, one)| one.class == Class::Decision);
    let decisions: Vec<(RecordId, &Record, FileId)> = decisions.filter_map(|(id, one)| Some((id, one, one.file?))).collect();
    if decisions.len() < 2 {
        return;
    }
    let mut numbers: FxHashMap<(&str, &str), Vec<RecordId>> = FxHashMap::default();
    for (id, one, file) in &decisions {
        numbers.entry((folder(graph.path(*file)), number(&one.id))).or_default().push(*id);
    }
    let elsewhere =
        LazyCell::new(|| numbered(graph.files().map(|(_, input)| input.path.as_str()).chain(unread.iter().map(String::as_str))));
    for (id, one, file) in &decisions {
        for named in named(graph.input(*file).text.as_str()) {
            let other = match numbers.get(&(folder(graph.path(*file)), number(named.written))).map(Vec::as_slice) {
                Some([other]) if other != id => Some(graph.records().record(*other)),
                // A decision that replaces itself, or two of one number: nobody knows what is meant.
                Some(_) => continue,
                None if elsewhere.contains(number(named.written)) => continue,
                None => None,
            };
            findings.extend(contradiction(graph, (one, *file), &named, other));
        }
    }
}

fn contradiction(graph: &Graph, (one, file): (&Record, FileId), named: &Named<'_>, other: Option<&Record>) -> Option<Finding> {
    let place = Place::new(file, named.span);
    let id = &one.id;
    let Some(other) = other else {
        let replaces = if named.says == Says::Replaced { "is superseded by" } else { "supersedes" };
        let message = format!("{id} says that it {replaces} {}, and there is no such decision beside it", named.written);
        let finding =
            Finding::new(place, id.clone(), message).label("does not exist").help("Correct the number, or add the decision.");
        return Some(finding.severity(Severity::Warning));
    };
    let (message, severity, label) = match named.says {
        Says::Replaces if one.in_force() && other.in_force() => {
            let told = other.status.as_ref().map_or("", |status| status.text.as_str());
            let message = format!("{id} supersedes {}, which still says {}", other.id, short(told));
            (message, Severity::Warning, "supersedes one that is in force")
        }
        Says::Replaced if matches!(other.state, State::Draft | State::InReview) => {
            let told = other.status.as_ref().map_or("", |status| status.text.as_str());
            let message = format!("{id} is superseded by {}, whose status is only {}", other.id, short(told));
            (message, Severity::Info, "not in force yet")
        }
        Says::Replaced if !speaks_of(graph, other, one) => {
            (format!("{id} is superseded by {}, which does not name it", other.id), Severity::Info, "does not name it")
        }
        _ => return None,
    };
    let finding = Finding::new(place, id.clone(), message).label(label).severity(severity);
    let finding = finding.help("Let both say the same: one is superseded by the other, which supersedes it.");
    Some(match other.place() {
        Some(place) => finding.related(place, format!("what {} says", other.id)),
        None => finding,
    })
}

/// Whether the document of a decision has the number of another anywhere.
fn speaks_of(graph: &Graph, one: &Record, other: &Record) -> bool {
    let wanted = number(&other.id);
    let text = one.file.map_or("", |file| graph.input(file).text.as_str());
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| !digits.is_empty() && number(digits) == wanted)
}

/// What the head of a decision says of others: its front matter, its fields and its section of the status.
fn named(text: &str) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    let (mut at, mut heading, mut list) = (0, true, None);
    for line in text.split_inclusive('\n').take(MOST_LINES) {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if let Some(title) = bare.strip_prefix("##") {
            heading = matches!(words(title).as_str(), "status" | "supersedes" | "superseded by");
        }
        let lead = line.len() - line.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let said = line.get(lead..).unwrap_or("");
        let item = list.filter(|_| bare.starts_with('-') && !bare.starts_with("---"));
        let (says, from) = match (says(said), item) {
            (Some((says, from)), _) if heading => (says, lead + from),
            (_, Some(says)) => (says, line.find('-').map_or(0, |at| at + 1)),
            _ => {
                list = None;
                continue;
            }
        };
        // A list of front matter follows on lines of its own.
        list = (item.is_some() || line.get(from..).is_some_and(|rest| rest.trim_matches([' ', ':', '\n', '\r']).is_empty()))
            .then_some(says);
        found.extend(targets(line, from).map(|(at, written)| Named {
            says,
            written,
            span: Span::new(start + at, start + at + written.len()),
        }));
    }
    found
}

/// What a line begins with, and where its numbers follow: "Superseded by", `supersedes:`. To replace a part is another thing.
fn says(said: &str) -> Option<(Says, usize)> {
    const LEADS: &[(Says, &[&str])] = &[
        (
            Says::Replaced,
            &["superseded by", "superseded_by", "superseded-by", "replaced by", "replaced_by", "status: superseded by"],
        ),
        (Says::Replaces, &["supersedes", "replaces"]),
    ];
    let lower = said.to_ascii_lowercase();
    const PARTS: &[&str] =
        &["part", "section", "clause", "aspect", "only", "except", "some", "half", "above", "below", "proposal"];
    if words(&lower).split(' ').any(|word| PARTS.iter().any(|part| word.starts_with(part))) {
        return None;
    }
    let lead = LEADS.iter().find_map(|(says, leads)| Some((*says, leads.iter().find(|lead| lower.starts_with(**lead))?.len())));
    // `Superseded: 2019-12-19 by [ADR 14](…)` has the day in between.
    let dated = || {
        let rest = lower.strip_prefix("superseded")?;
        let by = rest.find(" by ").filter(|at| rest.get(..*at).is_some_and(|between| !between.contains(char::is_alphabetic)))?;
        Some((Says::Replaced, "superseded".len() + by + " by ".len()))
    };
    lead.or_else(dated)
}

/// The decisions that the rest of a line names, with their offsets: `ADR-0012`, `[036. Queue](036-queue.md)`, `[[000957]]`,
/// `["000219", "000220"]`. What stands behind a word that is no name of one belongs to a sentence.
fn targets(line: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = line.get(from..).unwrap_or("");
    let mut at = from;
    std::iter::from_fn(move || {
        let skipped = rest.len() - rest.trim_start_matches([' ', ':', '[', '"', '\'', ',', '#', '*', '_', '`', '&']).len();
        let behind = rest.get(skipped..)?;
        let behind = behind.strip_prefix("and ").unwrap_or(behind);
        let start = at + rest.len() - behind.len();
        let letters = behind.bytes().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let family =
            behind.get(..letters).filter(|name| matches!(name.to_ascii_uppercase().as_str(), "" | "ADR" | "MADR" | "DEC"))?;
        let sign = behind.get(letters..)?;
        let signs = sign.len() - sign.trim_start_matches(['-', ' ', '_', '#']).len();
        let digits = sign.get(signs..)?.bytes().take_while(u8::is_ascii_digit).count();
        let end = letters + signs + digits;
        // A day is no number of a decision.
        let next = behind.get(end..)?;
        let day = digits == 4
            && family.is_empty()
            && next.starts_with(['-', '/'])
            && next.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if digits == 0 || digits > 6 || signs > 1 || day || family.is_empty() && signs > 0 {
            return None;
        }
        // The rest of a link or of a title is no other decision.
        let close = match line.get(..start).is_some_and(|before| before.trim_end_matches(['"', '\'']).ends_with('[')) {
            true => next
                .find("](")
                .and_then(|open| Some(open + next.get(open..)?.find(')')? + 1))
                .or_else(|| next.find("]]").map(|at| at + 2)),
            false => None,
        };
        let close = close.unwrap_or_else(|| next.len() - next.trim_start_matches(['"', '\'', ']', '`', '*', '_']).len());
        at = start + end + close;
        rest = line.get(at..)?;
        Some((start, line.get(start..start + end)?))
    })
}

/// The number at the end of a name, without zeros in front.
fn number(name: &str) -> &str {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = name.get(name.len() - digits..).unwrap_or("").trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }
}

/// The numbers of documents whose names begin as those of decisions do: `ADR-006-queue.md`, `0006-queue.md`.
fn numbered<'p>(paths: impl Iterator<Item = &'p str>) -> FxHashSet<&'p str> {
    let names = paths.filter_map(|path| {
        let name = path.rsplit('/').next()?;
        [".md", ".rst", ".adoc"].iter().find_map(|extension| name.strip_suffix(extension))
    });
    let head = names.filter_map(|name| {
        let letters = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(['-', '_', ' ']);
        let digits = letters.bytes().take_while(u8::is_ascii_digit).count();
        letters.get(..digits).filter(|digits| !digits.is_empty()).map(number)
    });
    head.collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The beginning of a status that goes on and on.
fn short(status: &str) -> &str {
    status.split([',', ';', '(', '.']).next().unwrap_or(status).trim()
}

#[cfg(test)]
mod tests {
    use super::{Says, named};

    fn found(text: &str) -> Vec<(bool, &str)> {
        let all = named(text);
        assert!(all.iter().all(|one| &text[one.span.range()] == one.written));
        all.into_iter().map(|one| (one.says == Says::Replaced, one.written)).collect()
    }

    #[test]
    fn what_replaces_what_is_read_in_its_notations() {
        assert_eq!(found("# 6. Queue\n\n## Status\n\nSuperseded by ADR-0012\n"), [(true, "ADR-0012")]);
        assert_eq!(found("## Status\n\n⌛️ Superseded by [036. Queue 2](036-queue-2.md)\n"), [(true, "036")]);
        assert_eq!(found("Superseded: 2019-12-19 by [ADR 14](0014-queue.md)\n"), [(true, "ADR 14")]);
        assert_eq!(
            found("---\nsupersedes: [\"000219\", \"000220\"]\nsuperseded_by: ADR-9\n---\n"),
            [(false, "000219"), (false, "000220"), (true, "ADR-9")]
        );
        assert_eq!(
            found("---\nsupersedes:\n  - ADR-0003\n  - '0004'\ndate: 2024-01-02\n---\n"),
            [(false, "ADR-0003"), (false, "0004")]
        );
        assert_eq!(found("**Supersedes:** [[000739]] + [[000740]]\n"), [(false, "000739")]);
        assert_eq!(found("* Status: superseded by [ADR-0005](0005-queue.md)\n"), [(true, "ADR-0005")]);
    }

    #[test]
    fn parts_days_and_sentences_are_left_alone() {
        assert_eq!(found("Partially superseded by ADR-0056\n"), []);
        assert_eq!(found("Superseded by ADR-0056 in part\n"), []);
        assert_eq!(found("Supersedes: none\nsuperseded_by: []\n"), []);
        assert_eq!(found("Superseded by 2024-01-02 note\n"), []);
        assert_eq!(found("## Context\n\nSupersedes ADR-0003\n"), []);
        assert_eq!(found("Superseded by the second ADR\n"), []);
    }
}
