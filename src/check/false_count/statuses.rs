//! Stated numbers of rows that have a status, against the rows of the same document.

use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::{Graph, Input};
use crate::model::claim::What;
use crate::model::matrix::Layout;
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What a table states of one status: where, which, and how often.
type Stated<'g> = (Span, &'g str, u64);

/// The rows that have a status.
#[derive(Default)]
struct Rows<'g> {
    first: Span,
    rows: u64,
    ids: BTreeSet<&'g str>,
}

pub(super) fn check(graph: &Graph, file: FileId, input: &Input, findings: &mut Vec<Finding>) {
    let mut tables: BTreeMap<u32, Vec<Stated<'_>>> = BTreeMap::new();
    for claim in &input.facts.claims {
        if let What::Status { status, count, table } = &claim.what {
            tables.entry(*table).or_default().push((claim.span, status, *count));
        }
    }
    if tables.is_empty() {
        return;
    }
    let rows = rows(graph, file, input);
    findings.extend(tables.values().filter_map(|stated| report(file, stated, &rows)));
}

/// The rows of the document by their status, in its own words.
fn rows<'g>(graph: &'g Graph, file: FileId, input: &'g Input) -> BTreeMap<String, Rows<'g>> {
    let mut found: BTreeMap<String, Rows<'_>> = BTreeMap::new();
    for node in graph.rows.iter().filter(|node| node.fact.file == file && graph.table(node).layout != Layout::Detail) {
        let Some((_, status)) = input.facts.rows.get(node.fact.index as usize).and_then(|row| row.status.as_ref()) else {
            continue;
        };
        let rows = found.entry(words(&status.text)).or_insert_with(|| Rows { first: status.span, ..Rows::default() });
        rows.rows += 1;
        rows.ids.extend(node.targets.iter().map(|target| target.id.as_str()));
    }
    found
}

/// One finding for a table. Only where its words are nearly all those of the rows is it known to count them.
fn report(file: FileId, stated: &[Stated<'_>], rows: &BTreeMap<String, Rows<'_>>) -> Option<Finding> {
    const MOST: u64 = 4;
    let all: u64 = rows.values().map(|one| one.rows).sum();
    let matched: u64 = stated.iter().filter_map(|(_, status, _)| rows.get(*status)).map(|one| one.rows).sum();
    if matched == 0 || matched * (MOST + 1) < all * MOST {
        return None;
    }
    let wrong = |(span, status, said): &Stated<'_>| {
        let found = rows.get(*status)?;
        let ids = u64::try_from(found.ids.len()).unwrap_or(u64::MAX);
        (found.rows != *said && ids != *said).then(|| (*span, (*status).to_owned(), *said, found))
    };
    let wrong: Vec<_> = stated.iter().filter_map(wrong).collect();
    let (span, first, ..) = wrong.first()?;
    let parts: Vec<String> = wrong
        .iter()
        .map(|(_, status, said, found)| {
            let rows = usize::try_from(found.rows).map_or_else(|_| String::from("more rows"), |rows| count(rows, "row"));
            format!("{said} `{status}` where {rows} {} so", if found.rows == 1 { "says" } else { "say" })
        })
        .collect();
    let message = format!("The matrix counts {}", parts.join(", "));
    let finding = Finding::new(Place::new(file, *span), format!("status {first}"), message)
        .label("not so many")
        .help("Count the rows again and correct the numbers; if they were right once, find out which status was changed.");
    let shown = wrong.iter().map(|(_, status, _, found)| (found.first, format!("the first row that says `{status}`")));
    Some(shown.fold(finding, |finding, (span, message)| finding.related(Place::new(file, span), message)))
}
