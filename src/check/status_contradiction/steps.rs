//! What a record says in sum of the steps that stand above that.

use crate::check::cited::code;
use crate::check::open_child::has_failed;
use crate::check::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::Record;
use crate::model::contents::{Contents, Item, StepsVerdict};
use crate::model::lifecycle::{Class, State};
use crate::source::{FileId, Place};

/// So many steps are named.
const SHOWN: usize = 4;

/// Holds each line that sums up a table against the outcomes in it.
pub(super) fn run(graph: &Graph, findings: &mut Vec<Finding>) {
    let general = |record: &Record| matches!(record.class, Class::Procedure | Class::Plan) || record.state == State::Ended;
    for (_, record) in graph.records().iter().filter(|(_, record)| !general(record)) {
        let Some((file, contents)) = record.file.and_then(|file| Some((file, graph.contents(file)?))) else { continue };
        findings.extend(contents.verdicts.iter().filter_map(|verdict| compare(record, file, contents, verdict)));
    }
}

fn compare(record: &Record, file: FileId, contents: &Contents, verdict: &StepsVerdict) -> Option<Finding> {
    let steps: Vec<&Item> = contents.items.get(verdict.items.clone())?.iter().filter(|item| item.outcome.is_some()).collect();
    if !verdict.passed {
        // What failed may stand in another table.
        let all = contents.items.iter().filter(|item| item.outcome.is_some());
        let well = !steps.is_empty() && all.clone().all(Item::passed);
        let message = format!(
            "{} says in sum \"{}\", and each of the {} steps that it tells of passed",
            record.id,
            verdict.told.text,
            all.count()
        );
        let finding = Finding::new(Place::new(file, verdict.told.span), record.id.clone(), message)
            .label("no step failed")
            .severity(Severity::Warning)
            .help("Correct the line, or write down which step failed.");
        return well.then_some(finding);
    }
    let bad: Vec<&Item> = steps.iter().copied().filter(|item| has_failed(item)).collect();
    let open = |item: &&Item| item.outcome.as_ref().is_some_and(|outcome| outcome.filled.is_open());
    let blank: Vec<&Item> = steps.iter().copied().filter(open).collect();
    let names = |items: &[&Item]| listed(&items.iter().map(|item| name(item)).collect::<Vec<_>>(), SHOWN);
    let (shown, said, severity) = if !bad.is_empty() {
        (&bad, format!("{} above it failed", names(&bad)), Severity::Error)
    } else if !blank.is_empty() {
        (&blank, format!("nothing says what came of {} above it", names(&blank)), Severity::Warning)
    } else {
        return None;
    };
    let message = format!("{} says in sum \"{}\", but {said}", record.id, verdict.told.text);
    let finding = Finding::new(Place::new(file, verdict.told.span), record.id.clone(), message)
        .label("says that all passed")
        .severity(severity)
        .help("Correct the line, or the outcome of the step; a step that was done again has a line of its own.");
    let places = shown.iter().take(SHOWN);
    Some(places.fold(finding, |finding, item| {
        let span = item.outcome.as_ref().filter(|outcome| outcome.span.len > 0).map_or(item.span, |outcome| outcome.span);
        finding.related(Place::new(file, span), format!("the outcome of {}", name(item)))
    }))
}

/// What a step is called: by its number, or else by what is to be done.
fn name(item: &Item) -> String {
    const MOST: usize = 40;
    let task = || item.task.as_ref().map(|task| task.text.as_str()).filter(|task| !task.is_empty() && task.len() <= MOST);
    match (item.id.as_str(), task()) {
        ("", Some(task)) if task.bytes().all(|byte| byte.is_ascii_digit()) => format!("step {task}"),
        ("", Some(task)) => format!("\"{task}\""),
        ("", None) => String::from("a step"),
        (id, _) => code(id),
    }
}
