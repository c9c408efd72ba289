//! # E03 unbound-evidence
//!
//! Where a matrix or a record names the commit of its evidence, that commit must exist, must be told apart from others
//! by what is written, and must belong to the history of what is checked out.
//!
//! ## Why it matters
//!
//! A result proves something about the code that was run and about no other. `TBD`, `Pending merge` and the name of a
//! branch bind it to nothing: the branch moves on, and the matrix still says PASS.
//!
//! ## Bad
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Door
//! The oven shall not heat while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | Pending merge |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-OVEN-001 | Door | tests/test_oven.py::test_door | PASS |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_door():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/srs.md
//! # OVEN-SRS: Oven Requirements Specification
//!
//! ### REQ-OVEN-001: Door
//! The oven shall not heat while the door is open.
//! ```
//!
//! ```file docs/rtm.md
//! # OVEN-RTM: Oven Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-OVEN-001 | Door | tests/test_oven.py::test_door | PASS |
//! ```
//!
//! ```file tests/test_oven.py
//! def test_door():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Write the hash that `git rev-parse HEAD` printed where the tests ran, as many digits as tell it apart. After a merge
//! that makes new commits (squash, rebase), run the tests on the result and name that one.
//!
//! A tag stands for the commit that it leads to; a branch and a pull request move on, and a working tree with changes ("dirty") is
//! in no commit. What is no hash and no tag is an error where a field is called after a commit, and not assessed where it speaks of a
//! baseline or has several words. Hashes and tags are looked up in the repository that holds the tests which the matrix cites; those
//! of a record in its own too. Without one, in a clone without its
//! history, and for other repositories that a matrix names they are not assessed. A commit that is there and cannot be read
//! is an error: the repository is damaged.
//!
//! ## Serves
//!
//! IEC 62304 9.8

use super::cited::{self, claims_pass};
use super::support::count;
use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::bound::{Commit, MOVING};
use crate::link::graph::{Graph, Resolution};
use crate::model::matrix::Status;
use crate::model::record::Kind;
use crate::model::revision::{Revision, Why};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::FileId;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "E03", name: "unbound-evidence", severity: Severity::Error, source: include_str!("unbound_evidence.rs"), run };

/// As many places of one commit are shown.
const MAX_PLACES: usize = 4;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    // What a document writes several times is told once.
    let mut told: BTreeMap<(FileId, &str), Vec<&Commit>> = BTreeMap::new();
    for commit in graph.commits.iter().filter(|commit| counts(graph, commit)) {
        let named = commit.hash.as_deref().filter(|_| !is_dirty(&commit.written));
        let subject = named.unwrap_or(&commit.written);
        told.entry((commit.place.file, subject)).or_default().push(commit);
    }
    let mut unseen: BTreeMap<(FileId, Why), Vec<&Commit>> = BTreeMap::new();
    let mut beside: BTreeMap<FileId, Vec<&Commit>> = BTreeMap::new();
    for commits in told.values() {
        let Some(first) = commits.first() else { continue };
        match (&first.hash, &first.revision) {
            (Some(_), Revision::NotAssessed(Why::NoRepository | Why::Damaged)) => {}
            (hash, Revision::NotAssessed(why)) if hash.is_some() || *why == Why::Shallow && may_be_named(first) => {
                unseen.entry((first.place.file, *why)).or_default().push(first);
            }
            _ => {}
        }
        if first.beside && first.hash.is_some() && !is_dirty(&first.written) {
            beside.entry(first.place.file).or_default().push(first);
            continue;
        }
        let finding = match &first.hash {
            Some(_) if first.revision == Revision::NotAssessed(Why::Damaged) => Some(damaged(first)),
            Some(_) if is_dirty(&first.written) => unbound(graph, commits),
            Some(hash) => looked_up(first, hash),
            None => unbound(graph, commits).or_else(|| unnamed(graph, commits)),
        };
        let others = commits.iter().skip(1).take(MAX_PLACES);
        findings.extend(finding.map(|finding| others.fold(finding, |finding, one| finding.related(one.place, "and here"))));
    }
    findings.extend(beside.into_iter().filter_map(|(file, commits)| strange(graph, file, &commits)));
    findings.extend(unseen.into_iter().filter_map(|((file, why), commits)| not_assessed(graph, file, why, &commits)));
}

/// Whether what is written counts: rows that claim nothing bind nothing.
fn counts(graph: &Graph, commit: &Commit) -> bool {
    let document = graph.document(commit.place.file);
    if document.is_some_and(|document| document.ended || document.kind == Kind::Template) {
        return false;
    }
    commit.row.is_none_or(|row| {
        let node = graph.row_node(row);
        !cited::is_retired(graph, node) && !cited::is_open(graph, node)
    })
}

/// A hash that the repository was asked for.
fn looked_up(commit: &Commit, hash: &str) -> Option<Finding> {
    let told = |message: String, label: &'static str, help: &'static str| {
        Finding::new(commit.place, hash, message).label(label).help(help)
    };
    match &commit.revision {
        Revision::Missing => Some(told(
            format!("The evidence is bound to the commit `{hash}`, which does not exist in the repository of its tests"),
            "no such commit",
            "Write the hash of the commit on which the tests ran; after a squash or a rebase run them on the new one.",
        )),
        Revision::Ambiguous(commits) => Some(told(
            format!(
                "The evidence is bound to the commit `{hash}`, which may be any of {}: {}",
                commits.len(),
                cited::list(commits)
            ),
            "ambiguous",
            "Write more digits of the hash.",
        )),
        Revision::Unreachable => Some(told(
            format!("The evidence is bound to the commit `{hash}`, which is not in the history of what is checked out"),
            "not reachable",
            "Run the tests on what was merged and name that commit, or check out what the evidence is of.",
        )),
        Revision::Reachable | Revision::Exists | Revision::Named(..) | Revision::NotAssessed(_) => None,
    }
}

/// Hashes of a column of mere commits which the repository does not have, told together: they may be of another one.
fn strange(graph: &Graph, file: FileId, commits: &[&Commit]) -> Option<Finding> {
    let mut missing = commits.iter().copied().filter(|one| matches!(one.revision, Revision::Missing | Revision::Ambiguous(_)));
    let (first, others) = (missing.next()?, missing.collect::<Vec<_>>());
    let told = if others.is_empty() {
        looked_up(first, first.hash.as_deref()?)?
    } else {
        let number = count(others.len() + 1, "commit");
        let message = format!("{number} that rows of {} name do not exist in the repository of its tests", graph.path(file));
        Finding::new(first.place, &first.written, message)
            .label("no such commit")
            .help("Write the hashes of the commits on which the tests ran, or the repository in front of them: `name@hash`.")
    };
    let told = others.iter().take(MAX_PLACES).fold(told, |told, one| told.related(one.place, "nor does this"));
    Some(told.severity(Severity::Warning))
}

/// What is no hash and leads to no commit either.
fn unnamed(graph: &Graph, commits: &[&Commit]) -> Option<Finding> {
    let first = commits.first()?;
    let written = first.written.trim();
    if matches!(first.revision, Revision::Ambiguous(_)) {
        return looked_up(first, written);
    }
    // A longer hash is that of something else.
    let digest = written.len() > 40 && written.bytes().all(|byte| byte.is_ascii_hexdigit());
    let asked = !first.names.is_empty();
    if digest || asked && first.revision != Revision::Missing || !asked && !says_commit(graph, first) {
        return None;
    }
    let (claim, _) = claim(graph, commits)?;
    let help = "Write the hash of the commit on which the tests ran, or the name of its tag; a clone may lack tags (`git fetch --tags`).";
    let told = |message: String| Finding::new(first.place, written, message).help(help);
    // A baseline may be one of documents, and words may describe what only their author finds.
    let worded = written.split_whitespace().count() > 1;
    // Beside a row, words tell what the commit is about, or whether there is one.
    if first.beside && (worded || !written.bytes().any(|byte| byte.is_ascii_digit()) || names_none(written)) {
        return None;
    }
    if !asked || worded || !says_commit(graph, first) {
        let message =
            format!("Which commit of the evidence `{written}` names is not assessed: it has no hash and no name of a tag");
        return Some(told(message).label("not assessed").severity(Severity::Info));
    }
    let finding = told(format!(
        "{claim}, and the commit of the evidence is `{written}`: the repository of its tests has no commit and no tag of that name"
    ));
    Some(finding.label("no such commit").severity(if first.beside { Severity::Warning } else { Severity::Error }))
}

/// Whether what is written may be the name of a tag.
fn may_be_named(commit: &Commit) -> bool {
    !commit.names.is_empty() && kind_of(&commit.written).is_none()
}

/// Whether the name of a field or a column says that a commit stands in it.
fn says_commit(graph: &Graph, commit: &Commit) -> bool {
    let text = graph.input(commit.place.file).text.as_str();
    let before = text.get(..commit.place.span.start as usize).unwrap_or_default();
    let key = words(before.rsplit('\n').next().unwrap_or_default());
    commit.row.is_some() || key.split(' ').any(|word| matches!(word, "commit" | "hash" | "revision" | "sha"))
}

/// Whether what is written says that more was tested than the commit has.
fn is_dirty(written: &str) -> bool {
    let plain = words(written);
    let says = |word: &str| plain.split(' ').any(|one| one == word);
    says("dirty") && !says("not") && !says("no") && !says("false")
}

/// What stands where a hash should, if it claims to be evidence of something.
fn unbound(graph: &Graph, commits: &[&Commit]) -> Option<Finding> {
    let first = commits.first()?;
    let what = kind_of(&first.written).filter(|_| !first.beside || !names_none(&first.written))?;
    let (claim, severity) = claim(graph, commits)?;
    let written = first.written.trim();
    let message = match written.is_empty() {
        true => format!("{claim}, and no commit is named for the evidence"),
        false => format!("{claim}, and the commit of the evidence is `{written}`: {what}"),
    };
    let subject = if written.is_empty() { "no commit" } else { written };
    let help = "Write the hash of the commit on which the tests ran, or take the claim back until there is one.";
    let finding = Finding::new(first.place, subject, message).label("no commit").help(help).severity(severity);
    Some(match (first.row, commits.len()) {
        (Some(row), 1) => cited::about(finding, graph, graph.row_node(row)),
        _ => finding,
    })
}

/// What a row may leave empty that names what implements its requirement: none was needed, or it is asked for by a request.
fn names_none(written: &str) -> bool {
    let plain = words(written);
    let request = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let requests =
        request.len() < plain.len() && matches!(request.trim_end(), "" | "pr" | "mr" | "pull request" | "merge request");
    requests || matches!(plain.as_str(), "" | "n a" | "na" | "nil" | "none" | "not applicable" | "not available")
}

/// What claims to be proven, and how bad it is that it is not: rows that say PASS, or a document that is in force. Where nothing in a
/// matrix has a status, its rows are meant to count as they are.
fn claim(graph: &Graph, commits: &[&Commit]) -> Option<(String, Severity)> {
    let file = commits.first()?.place.file;
    let passes = |node| {
        let stated = matches!(graph.row(node).status, Some((Status::Pass, _)));
        stated || graph.row(node).citations.iter().any(|citation| claims_pass(graph, node, citation))
    };
    let whole = commits.iter().any(|commit| commit.row.is_none());
    let passing = match whole {
        true => {
            graph.rows().filter(|(_, node)| node.fact.file == file && !cited::is_retired(graph, node) && passes(node)).count()
        }
        false => commits.iter().filter_map(|commit| commit.row).filter(|row| passes(graph.row_node(*row))).count(),
    };
    if passing > 0 {
        let verb = if passing == 1 { "claims" } else { "claim" };
        return Some((format!("{} {verb} PASS", count(passing, "row")), Severity::Error));
    }
    if let Some(status) = graph.document(file).and_then(|document| document.status.as_ref()) {
        let message = || format!("{} is {}", graph.path(file), words(&status.text));
        return is_in_force(&status.text).then(|| (message(), Severity::Error));
    }
    let rows = || graph.rows().filter(|(_, node)| node.fact.file == file).map(|(_, node)| node);
    let citing = rows().filter(|node| node.citations.iter().any(|one| matches!(one, Resolution::Tests(_)))).count();
    let silent = citing > 0 && rows().all(|node| graph.row(node).status.is_none());
    let verb = if citing == 1 { "cites" } else { "cite" };
    silent.then(|| (format!("{} {verb} tests", count(citing, "row")), Severity::Warning))
}

/// Whether a status says that a document was approved and counts.
fn is_in_force(status: &str) -> bool {
    const WORDS: &[&str] = &["approved", "baselined", "closed", "effective", "final", "released", "signed"];
    words(status).split(' ').next().is_some_and(|first| WORDS.contains(&first))
}

/// What stands in the place of a commit and is none; `None` for words that may name one, such as a tag.
fn kind_of(written: &str) -> Option<&'static str> {
    const NOTHING: &[&str] = &[
        "later",
        "n a",
        "na",
        "nil",
        "none",
        "not applicable",
        "not available",
        "open",
        "pending",
        "tba",
        "tbc",
        "tbd",
        "todo",
        "unknown",
    ];
    const LATER: &[&str] = &["after merge", "awaiting ", "not yet ", "pending ", "tba ", "tbc ", "tbd ", "to be ", "waiting "];
    const ELSEWHERE: &[&str] = &["see ", "refer to ", "cf "];
    const UNCOMMITTED: &[&str] = &[
        "local",
        "local changes",
        "modified",
        "not committed",
        "staged",
        "staged changes",
        "uncommitted",
        "uncommitted changes",
        "unstaged",
        "unstaged changes",
        "wip",
        "work in progress",
        "working copy",
        "working tree",
    ];
    const FIELDS: &[&str] = &["commit", "commit hash", "commit id", "commit sha", "git hash", "git sha", "hash", "sha", "sha1"];
    const REQUESTS: &[&str] = &["pr", "mr", "pull request", "merge request"];
    const BRANCHES: &[&str] = &["bugfix/", "feat/", "feature/", "fix/", "hotfix/", "origin/", "refs/heads/", "release/"];
    let plain = words(written);
    let trimmed = written.trim().trim_matches(['`', '*']);
    let placed = |open, close| trimmed.starts_with(open) && trimmed.ends_with(close);
    let same = trimmed.chars().next().filter(|first| matches!(first.to_ascii_lowercase(), 'x' | '0' | '?' | '#' | '_'));
    let first = plain.split(' ').next().unwrap_or_default();
    if plain.is_empty() && !trimmed.chars().any(char::is_alphanumeric) || NOTHING.contains(&plain.as_str()) {
        return Some("it names none");
    }
    if LATER.iter().any(|word| plain.starts_with(word)) {
        return Some("there is none yet");
    }
    if FIELDS.contains(&plain.as_str())
        || placed('[', ']')
        || placed('{', '}')
        || placed('<', '>')
        || same.is_some_and(|first| trimmed.chars().all(|c| c == first))
    {
        return Some("it is a field that nobody filled in");
    }
    // "main branch", "latest main", "HEAD of develop": each word alone would move too.
    let filler = |word: &str| MOVING.contains(&word) || matches!(word, "branch" | "commit" | "of" | "on" | "origin" | "the");
    if MOVING.contains(&first) && plain.split(' ').all(filler) {
        return Some("it moves with every change");
    }
    if is_dirty(written) || UNCOMMITTED.contains(&plain.as_str()) {
        return Some("what was tested is in no commit");
    }
    if ELSEWHERE.iter().any(|word| plain.starts_with(word)) {
        return Some("it names none");
    }
    let request = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    if request.len() < plain.len() && (REQUESTS.contains(&request.trim_end()) || request.is_empty() && trimmed.starts_with('#')) {
        return Some("a request moves with every change");
    }
    // Signs of another script are no name that git prints: "to be settled" in many languages.
    if !plain.is_empty() && !trimmed.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return Some("it names none");
    }
    let branch = trimmed.split_whitespace().count() == 1 && BRANCHES.iter().any(|prefix| trimmed.starts_with(prefix));
    branch.then_some("a branch moves with every change")
}

/// Evidence that nobody can look up here counts for nothing: a repository is damaged by accident, and a clone is whole.
fn damaged(commit: &Commit) -> Finding {
    let message =
        format!("The evidence is bound to the commit `{}`, which cannot be read: the repository is damaged", commit.written);
    Finding::new(commit.place, commit.written.as_str(), message).label("cannot be read").help("Clone the repository again.")
}

fn not_assessed(graph: &Graph, file: FileId, why: Why, commits: &[&Commit]) -> Option<Finding> {
    let first = commits.first()?;
    let help = match why {
        Why::NoRepository | Why::NoCommit | Why::NoObjects | Why::Damaged => return None,
        Why::Shallow => "Fetch the whole history before the gate: `git fetch --unshallow`.",
        Why::OtherRepository => "Check the repository by itself: name it as `root` in the section [tests] of a configuration.",
    };
    // Where no test of the document was found here, all of it speaks of another tree, and that is told by E12.
    let found = graph.rows().any(|(_, node)| {
        node.fact.file == file && node.citations.iter().any(|one| matches!(one, crate::link::graph::Resolution::Tests(_)))
    });
    let verb = if commits.len() == 1 { "was" } else { "were" };
    let (number, path, reason) = (count(commits.len(), "commit"), graph.path(file), why.text());
    let message = format!("{number} of {path} {verb} not looked up: {reason}: not assessed");
    let finding = Finding::new(first.place, graph.path(file), message).label("not assessed").help(help);
    found.then(|| finding.severity(Severity::Info))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_commit() {
        for written in [
            "",
            "—",
            "-",
            "TBD",
            "tbd.",
            "TBC",
            "N/A",
            "n/a",
            "Pending",
            "Pending merge",
            "pending CI run",
            "To be determined",
            "not yet merged",
            "HEAD",
            "main",
            "`master`",
            "latest main",
            "HEAD of develop",
            "main branch",
            "xxxxxxx",
            "0000000",
            "???",
            "[hash]",
            "{COMMIT}",
            "feature/door",
            "origin/main",
            "Unknown",
            "after merge",
            "working tree",
            "see CI",
            "PR #123",
            "#123",
            "uncommitted",
            "4be01c7-dirty",
            "待定",
        ] {
            assert!(kind_of(written).is_some(), "{written}");
        }
        for written in ["v2.1.0", "REL-7", "CLI-3.0", "release candidate 2", "mainboard fix", "Header rework", "OVEN-SRS v5.0"] {
            assert!(kind_of(written).is_none(), "{written}");
        }
    }
}
