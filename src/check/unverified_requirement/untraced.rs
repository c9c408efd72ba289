//! Requirements that nothing verifies, told together where each by itself would say the same.

use crate::check::cited::about_all;
use crate::check::families::{by_family, is_among_tests, is_linked};
use crate::check::owed::{is_unneeded, types, uncovered};
use crate::check::support::{cited_place, count, listed};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::link::waiting;
use crate::model::matrix::Status;
use crate::model::requirement::Standing;
use crate::model::vocabulary::words;
use crate::read::grammar::row::{begins_open, status};
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// So many of one specification are told one by one; more have one cause.
const FEW: usize = 3;

/// Why nothing verifies the requirements of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// Nothing in their specifications is traced at all.
    Untraced,
    /// Others of their specification are verified, and nothing names these.
    Unnamed,
    /// They have rows, and the rows cite nothing.
    Uncited,
    /// They are items of OpenFastTrace that need others, and none covers them.
    Uncovered,
}

impl Cause {
    fn name(self) -> &'static str {
        match self {
            Self::Untraced => "untraced",
            Self::Unnamed => "unnamed",
            Self::Uncited => "uncited",
            Self::Uncovered => "uncovered",
        }
    }
}

/// Requirements that are told together.
pub(super) struct Group {
    cause: Cause,
    ids: Vec<ReqId>,
}

/// The requirements to tell one by one, and those to tell together: of a specification, or of all
/// specifications that nothing traces to.
pub(super) fn split(graph: &Graph, missed: &[ReqId]) -> (Vec<ReqId>, Vec<Group>) {
    if missed.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let traced: BTreeSet<u32> = graph.requirements.iter().filter(|one| is_linked(one)).map(|one| one.namespace).collect();
    let mut causes: BTreeMap<(Cause, u32), Vec<ReqId>> = BTreeMap::new();
    for id in missed {
        let one = graph.requirement(*id);
        let cause = match (one.rows.is_empty(), traced.contains(&one.namespace)) {
            _ if is_unneeded(graph, one) => Cause::Uncovered,
            (false, _) => Cause::Uncited,
            (true, true) => Cause::Unnamed,
            (true, false) if is_among_tests(graph.path(one.place.file)) => continue,
            (true, false) => Cause::Untraced,
        };
        // What rows lack is a matter of their matrix, whoever defines the requirements.
        let of = match (cause, one.rows.first()) {
            (Cause::Untraced, _) => 0,
            (Cause::Uncited, Some(row)) => graph.row_node(*row).fact.file.0,
            _ => one.namespace,
        };
        causes.entry((cause, of)).or_default().push(*id);
    }
    let (mut alone, mut spread, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for ((cause, _), ids) in causes {
        let together = cause == Cause::Uncited && ids.len() > 1 && columnless(graph, &ids);
        match ids.len() <= FEW && !together {
            true if cause == Cause::Unnamed => spread.extend(ids),
            true => alone.extend(ids),
            false => groups.push(Group { cause, ids }),
        }
    }
    // A few of each of many specifications are many as well.
    let documents: BTreeSet<u32> = spread.iter().map(|id| graph.requirement(*id).namespace).collect();
    match documents.len() > FEW {
        true => groups.push(Group { cause: Cause::Unnamed, ids: spread }),
        false => alone.extend(spread),
    }
    (alone, groups)
}

/// One finding for a group.
pub(super) fn finding(graph: &Graph, group: &Group, matrices: &str, tests: usize) -> Option<Finding> {
    let ids = &group.ids;
    let first = graph.requirement(*ids.first()?);
    let message = match group.cause == Cause::Uncited && columnless(graph, ids) {
        true => format!(
            "Nothing verifies {}: the tables of their rows have no column of tests, and {}.",
            who(graph, ids),
            named(tests)
        ),
        false if group.cause == Cause::Uncited && unfilled(graph, ids) => {
            format!(
                "Nothing verifies {}: the cells for tests in their rows are not yet filled, and {}.",
                who(graph, ids),
                named(tests)
            )
        }
        false if group.cause == Cause::Uncovered => {
            let types = types(graph);
            let needed: BTreeSet<&str> = ids.iter().flat_map(|id| uncovered(graph, graph.requirement(*id), &types)).collect();
            let needed = listed(&needed.into_iter().collect::<Vec<_>>(), 3);
            format!("Nothing covers {}: they need {needed}, and no item of that type covers them.", who(graph, ids))
        }
        false => format!("Nothing verifies {}: {}.", who(graph, ids), why(group.cause, matrices, tests)),
    };
    let message = with_statuses(message, graph, ids);
    let label = match group.cause {
        Cause::Uncited => "the first of them",
        Cause::Uncovered => "not covered, nor are the others",
        Cause::Unnamed | Cause::Untraced => "not verified, nor are the others",
    };
    let help = match group.cause {
        Cause::Uncited => "Cite in each row the test that verifies the requirement, or write a test that names it.",
        Cause::Uncovered => "List them under `Covers` of the items that refine them.",
        Cause::Unnamed => {
            "Cite tests for them in a matrix, or name them in the tests that verify them; mark as planned what is for later."
        }
        Cause::Untraced => {
            "Write a matrix, or name the requirements in the tests; if they are no requirements, name the document under `ignore`."
        }
    };
    let subject = match files(graph, ids).len() {
        1 => format!("{} {}", graph.path(first.place.file), group.cause.name()),
        _ if group.cause == Cause::Unnamed && ids.iter().any(|id| graph.requirement(*id).namespace != first.namespace) => {
            String::from("several specifications")
        }
        _ => String::from("all specifications"),
    };
    let finding = Finding::new(first.place, subject, message).label(label).help(help);
    Some(about_all(places(graph, group, finding), graph, ids))
}

/// A message with what the specification says of how far its requirements are, where that is more than that they are in force.
pub(super) fn with_statuses(message: String, graph: &Graph, ids: &[ReqId]) -> String {
    const PLAIN: &[&str] = &["accepted", "active", "approved", "baselined", "in force", "mandatory", "valid"];
    let mut counts: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for said in ids.iter().filter_map(|id| waiting::status(graph, graph.requirement(*id))) {
        if !PLAIN.contains(&words(said).as_str()) {
            *counts.entry((!waiting::is_done(said), said)).or_default() += 1;
        }
    }
    if counts.is_empty() || counts.len() > MOST_STATUSES {
        return message;
    }
    let joint = if counts.keys().any(|(open, _)| !open) { ',' } else { ';' };
    let told = counts.into_iter().map(|((open, said), number)| match (ids.len(), open) {
        (1, false) => format!("although its status is `{said}`"),
        (1, true) => format!("its status is `{said}`"),
        (_, false) => format!("although the status of {number} is `{said}`"),
        (_, true) => format!("the status of {number} is `{said}`"),
    });
    format!("{}{joint} {}.", message.trim_end_matches('.'), told.collect::<Vec<_>>().join(", "))
}

/// A field with more values than these holds something else than how far a requirement is.
const MOST_STATUSES: usize = 3;

/// How many of which document, and their names as far as they fit.
fn who(graph: &Graph, ids: &[ReqId]) -> String {
    let files = files(graph, ids);
    let names: Vec<&str> = ids.iter().map(|id| graph.requirement(*id).id.as_str()).collect();
    match files.len() {
        1 => {
            let namespaces: BTreeSet<u32> = ids.iter().map(|id| graph.requirement(*id).namespace).collect();
            let active = |one: &&Requirement| namespaces.contains(&one.namespace) && one.standing == Standing::Active;
            let all = graph.requirements.iter().filter(active).count();
            let path = files.keys().next().copied().unwrap_or_default();
            let some = if all == ids.len() { String::from("any requirement") } else { count(ids.len(), "requirement") };
            format!("{some} of {path} ({})", by_family(&names))
        }
        number => format!("{} of {number} documents ({})", count(ids.len(), "requirement"), listed(&names, 3)),
    }
}

/// Whether the rows of requirements stand in tables that have no place for tests: one thing is missing.
pub(super) fn columnless(graph: &Graph, ids: &[ReqId]) -> bool {
    let rows = ids.iter().flat_map(|id| &graph.requirement(*id).rows);
    rows.map(|row| graph.table(graph.row_node(*row))).all(|table| !table.has_tests)
}

/// Whether the rows of requirements say of their tests only that they are still to come: "TBD".
pub(super) fn unfilled(graph: &Graph, ids: &[ReqId]) -> bool {
    let rows = ids.iter().flat_map(|id| &graph.requirement(*id).rows);
    let open = |cell: &Spanned| status(&cell.text) == Status::Pending || begins_open(&cell.text);
    rows.map(|row| graph.row(graph.row_node(*row))).all(|row| !row.cited.is_empty() && row.cited.iter().all(open))
}

fn named(tests: usize) -> String {
    match tests {
        0 => String::from("no test was recognised"),
        _ => String::from("no test claims to verify one"),
    }
}

fn why(cause: Cause, matrices: &str, tests: usize) -> String {
    let named = named(tests);
    match cause {
        Cause::Uncited => format!("their rows cite nothing, and {named}"),
        Cause::Unnamed | Cause::Untraced | Cause::Uncovered => format!("{matrices}, and {named}"),
    }
}

fn files<'g>(graph: &'g Graph, ids: &[ReqId]) -> BTreeMap<&'g str, Vec<&'g Requirement>> {
    let mut files: BTreeMap<&str, Vec<&Requirement>> = BTreeMap::new();
    for one in ids.iter().map(|id| graph.requirement(*id)) {
        files.entry(graph.path(one.place.file)).or_default().push(one);
    }
    files
}

/// The other places: rows that cite nothing, other requirements, or the other documents.
fn places(graph: &Graph, group: &Group, finding: Finding) -> Finding {
    let files = files(graph, &group.ids);
    let here = finding.place;
    if group.cause == Cause::Uncited {
        let rows = group.ids.iter().filter_map(|id| graph.requirement(*id).rows.first().map(|row| cited_place(graph, *row)));
        return rows.fold(finding, |finding, row| finding.related(row, "cites nothing"));
    }
    if let [members] = files.values().collect::<Vec<_>>().as_slice() {
        let others = members.iter().filter(|one| one.place != here);
        return others.fold(finding, |finding, one| {
            finding.related(
                one.place,
                match group.cause {
                    Cause::Uncovered => format!("nothing covers {} either", one.id),
                    _ => format!("{} is not verified either", one.id),
                },
            )
        });
    }
    let others = files.iter().filter(|(path, _)| **path != graph.path(here.file));
    others.fold(finding, |finding, (path, members)| match members.first() {
        Some(one) => finding.related(one.place, format!("{} in {path}", count(members.len(), "more requirement"))),
        None => finding,
    })
}
