//! # M06 version-contradiction
//!
//! Every mention of a document's version in a matrix must be the same, and must be the version
//! that the document itself states.
//!
//! ## Why it matters
//!
//! A matrix that says v2.0 in its first paragraph and v3.0 in its table of evidence was updated
//! halfway. Which of the two versions was verified cannot be told, and the requirements that came
//! between them may not have been looked at.
//!
//! ## Bad
//!
//! ```file docs/BREW-RS.md
//! # BREW-RS: Coffee Machine Requirements Specification
//!
//! **Version:** 3.0
//!
//! ### REQ-BREW-001: Hot
//! The coffee shall be hot.
//! ```
//!
//! ```file docs/BREW-RTM.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! This matrix traces the requirements of BREW-RS v2.0.
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-BREW-001 | Hot | tests/test_brew.py::test_hot | PASS |
//! ```
//!
//! ```file tests/test_brew.py
//! def test_hot():
//!     assert works()
//! ```
//!
//! ## Good
//!
//! ```file docs/BREW-RS.md
//! # BREW-RS: Coffee Machine Requirements Specification
//!
//! **Version:** 3.0
//!
//! ### REQ-BREW-001: Hot
//! The coffee shall be hot.
//! ```
//!
//! ```file docs/BREW-RTM.md
//! # BREW-RTM: Coffee Machine Traceability Matrix
//!
//! This matrix traces the requirements of BREW-RS v3.0.
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-BREW-001 | Hot | tests/test_brew.py::test_hot | PASS |
//! ```
//!
//! ```file tests/test_brew.py
//! def test_hot():
//!     assert works()
//! ```
//!
//! ## What to do
//!
//! Check the matrix against the version that is in force, then write that version in every place.
//! Former versions may be named under a heading such as "Revision history".
//!
//! ## Serves
//!
//! IEC 62304 9.8

use crate::check::Check;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input};
use crate::model::claim::What;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "M06",
    name: "version-contradiction",
    severity: Severity::Error,
    source: include_str!("version_contradiction.rs"),
    run,
};

/// One mention of a version.
struct Mention<'g> {
    span: Span,
    version: &'g str,
}

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    for (file, input) in graph.files().filter(|(_, input)| !input.facts.rows.is_empty()) {
        for (document, mentions) in mentions(input) {
            let effective = effective(graph, document);
            match effective.as_slice() {
                [] => findings.extend(among_themselves(file, document, &mentions)),
                known => findings.extend(against(graph, file, document, &mentions, known)),
            }
        }
    }
}

/// The mentions of versions in force, by document.
fn mentions(input: &Input) -> BTreeMap<&str, Vec<Mention<'_>>> {
    let mut found: BTreeMap<&str, Vec<Mention<'_>>> = BTreeMap::new();
    for claim in &input.facts.claims {
        if let What::Version { document, version } = &claim.what
            && !is_history(input.text.as_str(), claim.span)
        {
            found.entry(document).or_default().push(Mention { span: claim.span, version });
        }
    }
    found
}

/// The versions that documents of this name state about themselves, and where.
///
/// Several copies may lie around; a mention is right if it fits any of them.
fn effective<'g>(graph: &'g Graph, document: &str) -> Vec<(Place, &'g str)> {
    let own = |(file, input): (FileId, &'g Input)| {
        let own = input.facts.document.as_ref().filter(|own| own.id.eq_ignore_ascii_case(document))?;
        let version = own.version.as_ref()?;
        Some((Place::new(file, version.span), version.text.as_str()))
    };
    graph.files().filter_map(own).collect()
}

fn against(graph: &Graph, file: FileId, document: &str, mentions: &[Mention<'_>], known: &[(Place, &str)]) -> Vec<Finding> {
    let wrong = |mention: &&Mention<'_>| !known.iter().any(|(_, version)| same(version, mention.version));
    let finding = |mention: &Mention<'_>| {
        let (place, version) = known.first()?;
        let path = graph.path(place.file);
        let message =
            format!("The matrix speaks of {document} v{}, but {path} says that its version is {version}", mention.version);
        Some(
            Finding::new(Place::new(file, mention.span), format!("{document} v{}", mention.version), message)
                .label(format!("not {version}"))
                .help(format!("Check the matrix against version {version}, then write v{version} here."))
                .related(*place, "the version in force"),
        )
    };
    mentions.iter().filter(wrong).filter_map(finding).collect()
}

fn among_themselves(file: FileId, document: &str, mentions: &[Mention<'_>]) -> Vec<Finding> {
    let Some((first, others)) = mentions.split_first() else { return Vec::new() };
    let different = others.iter().filter(|other| !same(first.version, other.version));
    let finding = |other: &Mention<'_>| {
        let message =
            format!("The matrix speaks of {document} v{} here and of {document} v{} elsewhere", other.version, first.version);
        Finding::new(Place::new(file, other.span), format!("{document} v{}", other.version), message)
            .label(format!("v{} elsewhere", first.version))
            .help(format!("Find out which version of {document} was verified, and write that one in both places."))
            .related(Place::new(file, first.span), format!("v{} here", first.version))
    };
    different.map(finding).collect()
}

/// Whether two versions are equal: `5` is `5.0`.
pub(super) fn same(a: &str, b: &str) -> bool {
    let parts = |version: &str| {
        let mut parts: Vec<String> = version.split('.').map(|part| part.trim_start_matches('0').to_owned()).collect();
        while parts.len() > 1 && parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        parts
    };
    parts(a) == parts(b)
}

/// Whether a mention tells of the past: by its line, or by the heading above it.
fn is_history(text: &str, span: Span) -> bool {
    const HEADINGS: &[&str] =
        &["history", "revision", "revisions", "changelog", "changes", "change", "amendments", "versions", "log"];
    const LINES: &[&str] = &[
        "supersedes",
        "superseded",
        "previous",
        "previously",
        "former",
        "formerly",
        "replaces",
        "replaced",
        "since",
        "prior",
        "earlier",
        "was",
        "were",
        "until",
        "updated",
        "changed",
        "added",
        "removed",
        "old",
        "introduced",
        "migrated",
        "before",
        "initial",
        "originally",
        "example",
    ];
    let start = span.start as usize;
    let before = text.get(..start).unwrap_or("");
    let head = before.rfind('\n').map_or(0, |at| at + 1);
    let tail = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start + at);
    let has = |text: &str, list: &[&str]| words(text).split(' ').any(|word| list.contains(&word));
    let heading = before.lines().rev().find(|line| line.starts_with('#')).unwrap_or("");
    has(text.get(head..tail).unwrap_or(""), LINES) || has(heading, HEADINGS)
}
