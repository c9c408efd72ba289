//! Ghosts of many rows that have one cause: they are told once.

use super::InRow;
use crate::check::cited;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Ghost, Graph, ReqId};
use crate::model::test_case::Kind;
use crate::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// What the ghosts of several rows of one matrix have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// Their tests are still to come.
    Planned,
    /// No document describes the test cases.
    Case,
    /// They stand in this file, which does not exist.
    File(String),
    /// The files in which described test cases are automated do not exist.
    Described,
    /// Each has its own.
    Own,
}

/// So many test cases that nobody describes, or tests that are still to come, are told once a matrix.
const MANY: usize = 4;

/// More rows than this are only counted.
const SHOWN: usize = 6;

impl Cause {
    /// The cause of the ghosts of one row.
    pub(super) fn of(planned: bool, described: bool, ghost: &Ghost, file: Option<&str>) -> Self {
        match (planned, ghost, file) {
            (false, Ghost::NoFile(_), Some(_)) if described => Self::Described,
            (true, ..) => Self::Planned,
            (false, Ghost::NoCase, _) => Self::Case,
            (false, Ghost::NoFile(_), Some(path)) => Self::File(path.to_owned()),
            _ => Self::Own,
        }
    }

    /// Whether what these rows cite is told once for all of them.
    fn unites(&self, rows: usize, names: usize) -> bool {
        match self {
            Self::Planned | Self::Case => names >= MANY,
            Self::File(_) | Self::Described => rows > 1,
            Self::Own => false,
        }
    }
}

/// Unites the ghosts of one missing file that a matrix writes in several ways: `test_tank`, `test_tank.py` and
/// `tests/test_tank.py`.
pub(super) fn join<'g>(alike: &mut BTreeMap<(FileId, Cause), Vec<InRow<'g>>>) {
    let mut ways: BTreeMap<(FileId, String), Vec<String>> = BTreeMap::new();
    for (matrix, cause) in alike.keys() {
        if let Cause::File(path) = cause {
            ways.entry((*matrix, cited::stem(path).to_owned())).or_default().push(path.clone());
        }
    }
    for ((matrix, _), mut paths) in ways {
        paths.sort_by_key(|path| std::cmp::Reverse(path.len()));
        let Some((full, others)) = paths.split_first() else { continue };
        if others.is_empty() || !others.iter().all(|other| is_part(other, full)) {
            continue;
        }
        let mut found: Vec<InRow<'g>> =
            paths.iter().filter_map(|path| alike.remove(&(matrix, Cause::File(path.clone())))).flatten().collect();
        found.sort_by_key(|(node, group)| (node.fact, group.citation.span));
        alike.insert((matrix, Cause::File(full.clone())), found);
    }
}

/// Takes out of what a matrix announces the test cases that it cites elsewhere as if they were there: these are told once.
pub(super) fn drop_planned(alike: &mut BTreeMap<(FileId, Cause), Vec<InRow<'_>>>) {
    let names = |found: &[InRow<'_>]| found.iter().flat_map(|(_, group)| &group.names).cloned().collect::<BTreeSet<String>>();
    let cited = alike.iter().filter(|((_, cause), _)| *cause == Cause::Case);
    let cited: Vec<(FileId, BTreeSet<String>)> = cited.map(|((file, _), found)| (*file, names(found))).collect();
    for (file, told) in cited {
        if let Some(planned) = alike.get_mut(&(file, Cause::Planned)) {
            planned.retain(|(_, group)| !group.names.iter().all(|name| told.contains(name)));
        }
    }
}

/// Whether a path may be written for a longer one: without its folder or its extension.
fn is_part(short: &str, full: &str) -> bool {
    let ends = |full: &str| full.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    ends(full) || full.rsplit_once('.').is_some_and(|(stem, _)| ends(stem))
}

/// Whether a citation may mean several test cases: `TC-PAY-*`, `TC-PAY-001-024`.
fn is_several(name: &str) -> bool {
    let mut parts = name.trim_matches('`').rsplit('-');
    let (last, first) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    name.contains('*') || number(first) && number(last) && first.len() == last.len() && first < last
}

/// One finding for the ghosts of one cause, or `None` where each row is told by itself.
pub(super) fn finding(graph: &Graph, cause: &Cause, found: &[InRow<'_>]) -> Option<Finding> {
    let (node, first) = found.first()?;
    let mut names: Vec<&str> = found.iter().flat_map(|(_, group)| &group.names).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    if !cause.unites(found.len(), names.len()) {
        return None;
    }
    let path = graph.path(node.fact.file);
    let named = cited::list(&names);
    let (message, subject, help, severity) = match cause {
        Cause::Planned => (
            format!("{} that {path} announces do not exist yet: {named}{}", count(names.len(), "test"), beside(graph, found)),
            format!("{path} planned tests"),
            "Write the tests before their rows claim to be verified.",
            Severity::Info,
        ),
        Cause::Case | Cause::Own => (
            format!(
                "{}{} that {path} cites are described by no document and carried by no test: {named}",
                count(names.len(), "test case"),
                if names.iter().any(|name| is_several(name)) { ", or ranges and patterns of some," } else { "" }
            ),
            format!("{path} test cases"),
            "Correct the identifiers, describe the test cases, or take the citations out.",
            Severity::Error,
        ),
        Cause::Described => (
            format!("{} that {path} names for its test cases do not exist: {named}", count(names.len(), "file")),
            format!("{path} files of test cases"),
            "Correct the paths, write the tests, or say that the test cases are planned.",
            Severity::Error,
        ),
        Cause::File(file) => (
            format!("{} of {path} cite `{file}`, a file that does not exist", count(found.len(), "row")),
            file.clone(),
            "Correct the path, write the tests, or take the citations out.",
            Severity::Error,
        ),
    };
    let mut finding = Finding::new(cited::place(node, first.citation.span), subject, message)
        .label("the first of them")
        .help(help)
        .severity(severity);
    for (other, group) in found.iter().skip(1).take(SHOWN) {
        finding = finding.related(cited::place(other, group.citation.span), "and here");
    }
    let targets = found.iter().flat_map(|(node, _)| &node.targets);
    let mut ids: Vec<ReqId> =
        targets.filter_map(|target| if let Found::One(id) = target.found { Some(id) } else { None }).collect();
    ids.sort_unstable();
    ids.dedup();
    Some(cited::about_all(finding, graph, &ids))
}

/// The one file that exists and in which all of the announced tests are looked for: it has tests of other names.
fn beside(graph: &Graph, found: &[InRow<'_>]) -> String {
    let mut files = found.iter().map(|(_, group)| if let Ghost::NoTest(file, _) = group.ghost { Some(*file) } else { None });
    let Some(first) = files.next().flatten().filter(|first| files.all(|file| file == Some(*first))) else {
        return String::new();
    };
    let tests = graph.tests_of(first).filter(|id| graph.test(*id).kind == Kind::Test).count();
    format!("; {} exists and has {} of other names", graph.path(first), count(tests, "test"))
}
