//! Items that failed in a closed record without a deviation.

use crate::check::cited::code;
use crate::check::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::plans::find_word;
use crate::link::records::Record;
use crate::model::contents::{Contents, Field, Filled, Item, ItemKind};
use crate::model::lifecycle::Class;
use crate::model::vocabulary::words;
use crate::read::contents::{progress, tongues};
use crate::source::{FileId, Place};

/// More items than this are only counted.
const SHOWN: usize = 4;

/// A finding for each closed record with a failed item that no deviation stands for. Where the record itself comes back to
/// each of them, it is a warning: what was done about it stands there.
pub(super) fn run(graph: &Graph, findings: &mut Vec<Finding>) {
    for (_, record) in graph.records().iter().filter(|(_, one)| one.is_closed() && carried_out(one)) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        let measured = contents.items.iter().filter_map(|item| item.outcome.as_ref());
        // A share alone may be what was measured; beside words of progress it is one of them.
        let shares = measured.into_iter().any(|outcome| outcome.good || progress::share(&outcome.text) == Some(100));
        let failed: Vec<&Item> =
            contents.items.iter().filter(|item| is_work(item) && (has_failed(item) || is_unfinished(item, shares))).collect();
        if failed.is_empty() || names_deviation(graph, contents) {
            continue;
        }
        let stands = |item: &&Item| stands_for(graph, record, contents, item);
        let open: Vec<&Item> = failed.into_iter().filter(|item| !stands(item)).collect();
        findings.extend(report(graph, record, file, &open));
    }
}

/// Whether the outcome of an item says that it failed.
pub(in crate::check) fn has_failed(item: &Item) -> bool {
    let said = |field: &Field| {
        let text = words(&field.text);
        let sign = text.is_empty() && field.text.contains(['❌', '✗', '✘', '❎']);
        field.filled == Filled::Yes && (sign || is_failure(&text))
    };
    item.kind != ItemKind::Signature && item.outcome.as_ref().is_some_and(said)
}

fn is_failure(said: &str) -> bool {
    // `F` stands in columns of "P / F".
    matches!(said, "f" | "fail" | "failed" | "fails" | "ko" | "not passed" | "did not pass" | "not ok" | "nok" | "rejected")
        || tongues::is_passed(said) == Some(false)
}

/// Whether the outcome of an item says that it was not brought to its end: "Partial", "50 %".
fn is_unfinished(item: &Item, shares: bool) -> bool {
    let said = |field: &Field| {
        let text = words(&field.text);
        let share = progress::share(&field.text).is_some_and(|share| shares && share < 100);
        let partly = matches!(
            text.as_str(),
            "partial"
                | "partially"
                | "partially complete"
                | "partially completed"
                | "partially done"
                | "partly done"
                | "incomplete"
                | "not complete"
                | "not completed"
                | "not done"
                | "not started"
                | "in progress"
                | "pending"
                | "open"
        );
        field.filled == Filled::Yes && (share || partly)
    };
    item.outcome.as_ref().is_some_and(said)
}

/// Whether an item is one that has to be brought to its end.
fn is_work(item: &Item) -> bool {
    item.kind != ItemKind::Signature && !item.id.is_empty() && !item.optional
}

fn is_deviation(record: &Record) -> bool {
    matches!(record.class, Class::Deviation | Class::Investigation)
}

/// Whether a deviation or an investigation of the record is about an item: it names that one, or none of them.
fn stands_for(graph: &Graph, record: &Record, contents: &Contents, item: &Item) -> bool {
    let children = record.children.iter().map(|child| graph.records().record(*child)).filter(|child| is_deviation(child));
    children.into_iter().any(|child| {
        let text = child.file.map_or("", |file| graph.input(file).text.as_str());
        let names = |item: &Item| find_word(text, &item.id).is_some();
        names(item) || !contents.items.iter().any(|other| !other.id.is_empty() && names(other))
    })
}

/// Whether the items of a record name a deviation.
fn names_deviation(graph: &Graph, contents: &Contents) -> bool {
    let texts = contents.items.iter().filter_map(|item| item.summary.as_ref());
    let mut words = texts.flat_map(|field| field.text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))));
    words.any(|word| graph.records().get(word).is_some_and(is_deviation))
}

fn report(graph: &Graph, record: &Record, file: FileId, failed: &[&Item]) -> Option<Finding> {
    let first = failed.first()?;
    let text = graph.input(file).text.as_str();
    let elsewhere = |item: &Item| {
        let around = [text.get(..item.span.start as usize), text.get(item.span.end() as usize..)];
        around.into_iter().flatten().any(|part| find_word(part, &item.id).is_some())
    };
    let (bad, partly): (Vec<&Item>, Vec<&Item>) = failed.iter().copied().partition(|item| has_failed(item));
    let told = |items: &[&Item], what: &str| {
        let names: Vec<String> = items.iter().map(|item| code(&item.id)).collect();
        (!names.is_empty()).then(|| format!("{} {what}", listed(&names, SHOWN)))
    };
    let told: Vec<String> = told(&bad, "failed").into_iter().chain(told(&partly, "not complete")).collect();
    let message = format!("{} is closed with {}, and no deviation stands for that", record.id, told.join(" and "));
    let place = |item: &Item| item.outcome.as_ref().map_or(item.span, |field| field.span);
    let finding = Finding::new(Place::new(file, place(first)), format!("{} {}", record.id, first.id), message)
        .label(if has_failed(first) { "failed" } else { "not complete" })
        .severity(if bad.iter().all(|item| elsewhere(item)) { Severity::Warning } else { Severity::Error })
        .help("Raise a deviation that says what follows from it, or name the one that does.");
    Some(failed.iter().skip(1).take(SHOWN).fold(finding, |finding, item| {
        let what = if has_failed(item) { "failed too" } else { "is not complete" };
        finding.related(Place::new(file, place(item)), format!("{} {what}", item.id))
    }))
}

/// Whether a record is one whose items are carried out; a record of a verification may say that it failed.
fn carried_out(record: &Record) -> bool {
    matches!(record.class, Class::Change | Class::Deviation | Class::Investigation | Class::Action)
}
