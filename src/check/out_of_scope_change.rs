//! # P09 out-of-scope-change
//!
//! What a record says was modified lies in the scope that the change declared, and nothing was modified without authority. A
//! list or a table of modified files that calls itself unauthorised ("Unauthorized changes", "Files modified without approval") is an error, until every deviation that names the file is
//! closed; the records that name the file are shown. A file in such a list of a change that declares a scope, and of which
//! neither scope nor plan nor a deviation speaks, is a warning.
//!
//! The history of the repository is asked where a change that declares files is being carried out or was. A commit is one of the
//! change where the change names it (`Commit:`, `Merge commit:`, `Commits: a1b2c3d..4f2c91e`), or where its subject begins with the
//! identifier of the change and with no other. Code in it that nothing in the change names is a warning; tests, and files in
//! hidden folders, are left out, and so is a change whose scope ends with "etc.". A submodule that was moved while no change that names it was carried out, as audit trails
//! tell with a day's tolerance, is a warning too, unless the commit names a record. What cannot be seen is not assessed: a
//! remark says so of a clone that has only a part of its history, and nothing is said where there are no audit trails. A submodule may
//! stand in a scope by its bare name (`winch` - the submodule).
//!
//! ## Why it matters
//! A file that is changed outside of every scope was reviewed by nobody, and its qualification is over from that moment. Its
//! matrix does not know.
//!
//! ## Bad
//! ```file records/session-summary.md
//! # Session summary
//!
//! ## Files modified (pump firmware, unauthorised)
//!
//! | File | Changes |
//! |---|---|
//! | `pump/firmware/link.py` | Address is set before the start |
//! ```
//!
//! ## Good
//! ```file records/CR-007.md
//! # CR-007: Address of the link
//!
//! **Status:** Closed
//!
//! ## Files affected
//!
//! - `pump/firmware/link.py` - set the address before the start
//!
//! ## Execution summary
//!
//! **Files modified:**
//!
//! - `pump/firmware/link.py` - the address is set before the start
//! ```
//!
//! ## What to do
//! Raise a deviation for what was changed without authority, and decide there whether it is kept. Add what belongs to a
//! change to its scope before it is approved.
//!
//! ## Serves
//! IEC 62304 8.2

mod history;

use super::Check;
use super::cited::code;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::plans::find_word;
use crate::link::records::{Record, RecordId};
use crate::model::contents::{Affected, Contents};
use crate::model::lifecycle::Class;
use crate::model::record::{Document, Kind};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "P09",
    name: "out-of-scope-change",
    severity: Severity::Error,
    source: include_str!("out_of_scope_change.rs"),
    run,
};

/// So many places are shown beside a finding.
const SHOWN: usize = 6;

/// A longer scope is the list of a tool.
const MOST: usize = 2_000;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let mut told: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let deviations = OnceCell::new();
    let deviates = |record: &Record| matches!(record.class, Class::Deviation | Class::Investigation);
    // Hardly any change goes beyond its scope.
    let deviation = |own: RecordId, name: &str| {
        let names = deviations.get_or_init(|| graph.names_in(deviates, |name| name.contains('.')));
        names.of(base(name)).iter().any(|(id, _)| *id != own)
    };
    for (file, input) in graph.files() {
        let Some(contents) = input.facts.contents.as_deref().filter(|contents| !contents.modified.is_empty()) else { continue };
        for one in contents.modified.iter().filter(|one| one.unauthorised && is_told(graph, file)) {
            told.entry(&one.name.text).or_default().push(Place::new(file, one.name.span));
        }
        findings.extend(beyond(graph, file, contents, &deviation));
    }
    findings.extend(told.iter().filter_map(|(name, places)| unauthorised(graph, name, places)));
    history::beyond(graph, &deviation, findings);
    history::moves(graph, findings);
}

/// Whether a document tells of what happened: a record or a summary, and no procedure or guide about what may happen.
fn is_told(graph: &Graph, file: FileId) -> bool {
    let record = graph.records().of_file(file).map(|id| graph.records().record(id).class);
    let accounts = |document: &Document| {
        let told = |word: &str| matches!(word, "summary" | "report" | "log" | "minutes" | "handover");
        document.kind == Kind::Investigation || document.kind == Kind::Record && words(&document.title).split(' ').any(told)
    };
    record.map_or_else(|| graph.document(file).is_some_and(accounts), |class| class != Class::Procedure)
}

/// A file that the record itself says was modified without authority.
fn unauthorised(graph: &Graph, name: &str, places: &[Place]) -> Option<Finding> {
    let first = *places.first()?;
    let naming: Vec<(RecordId, &Record, Place)> = graph.records_naming(name).collect();
    let mut deviations =
        naming.iter().filter(|(_, record, _)| matches!(record.class, Class::Deviation | Class::Investigation)).peekable();
    if deviations.peek().is_some() && deviations.all(|(_, record, _)| record.is_settled()) {
        return None;
    }
    let names: Vec<String> = naming.iter().map(|(_, record, _)| format!("{} ({})", record.id, record.state.name())).collect();
    let known = match names.as_slice() {
        [] => String::from("; no record names it"),
        names => format!("; it is named by {}", listed(names, SHOWN)),
    };
    let message = format!("{} was modified without authority, by the document's own words{known}", code(name));
    let mut finding = Finding::new(first, name, message)
        .label("modified without authority")
        .help("Raise a deviation that names it, or close the one that does, and authorise or revert the change there.");
    for place in places.iter().skip(1) {
        finding = finding.related(*place, "said here too");
    }
    for (_, record, place) in naming.iter().take(SHOWN) {
        let scope = record.file.and_then(|file| graph.contents(file)).is_some_and(|contents| declares(contents, name));
        let what = if scope && record.class == Class::Change { "has it in its scope" } else { "names it" };
        finding = finding.related(*place, format!("{}, {}, {what}", record.id, record.state.name()));
    }
    Some(finding)
}

/// What a change says was modified and of which neither its scope nor its plan speaks.
fn beyond(graph: &Graph, file: FileId, contents: &Contents, deviation: &dyn Fn(RecordId, &str) -> bool) -> Option<Finding> {
    let id = graph.records().of_file(file)?;
    let record = graph.records().record(id);
    let changes = matches!(record.class, Class::Change | Class::Deviation | Class::Action) && record.file == Some(file);
    // Without a declared scope there is nothing to compare with, and one so long was written by nobody.
    if !changes || contents.affected.len() > MOST || !contents.affected.iter().any(|one| is_file(&one.name.text)) {
        return None;
    }
    let plan = contents.execution.and_then(|end| graph.input(file).text.as_str().get(..end as usize)).unwrap_or_default();
    let mut out: Vec<&Affected> = contents
        .modified
        .iter()
        .filter(|one| !one.unauthorised && is_file(&one.name.text) && !declares(contents, &one.name.text))
        .filter(|one| !is_planned(plan, base(&one.name.text)) && !deviation(id, &one.name.text))
        .collect();
    out.dedup_by(|a, b| a.name.text == b.name.text);
    let first = out.first()?;
    let names: Vec<String> = out.iter().map(|one| code(&one.name.text)).collect();
    let message = format!(
        "{} says that it modified {}, and neither its scope nor its plan nor a deviation names {}",
        record.id,
        listed(&names, SHOWN),
        if out.len() == 1 { "it" } else { "them" }
    );
    let mut finding = Finding::new(Place::new(file, first.name.span), format!("{} scope", record.id), message)
        .severity(Severity::Warning)
        .label("outside of the scope")
        .help("Record a deviation, or correct what was modified.");
    if let Some(scope) = contents.affected.first() {
        let declared = count(contents.affected.len(), "entry").replace("entrys", "entries");
        finding = finding.related(Place::new(file, scope.name.span), format!("the declared scope, with {declared}"));
    }
    for one in out.iter().skip(1).take(SHOWN) {
        finding = finding.related(Place::new(file, one.name.span), "this one too");
    }
    Some(finding)
}

/// Whether a plan speaks of a file otherwise than to leave it alone: "no changes to `lib.rs`".
fn is_planned(plan: &str, name: &str) -> bool {
    const LEFT: &[&str] =
        &["no change", "no modification", "not change", "not modif", "not touch", "unchanged", "untouched", "out of scope"];
    let speaks = |line: &str| {
        let lower = line.to_lowercase();
        find_word(line, name).is_some() && !LEFT.iter().any(|words| lower.contains(words))
    };
    find_word(plan, name).is_some() && plan.lines().any(speaks)
}

/// Whether the declared scope has a file: by its path, with more or fewer folders in front, by a folder or by a pattern.
fn declares(contents: &Contents, name: &str) -> bool {
    let ends = |long: &str, short: &str| long == short || long.strip_suffix(short).is_some_and(|before| before.ends_with('/'));
    contents.affected.iter().map(|one| one.name.text.as_str()).any(|scope| {
        let folder = scope.split(['*', '?']).next().unwrap_or(scope);
        let whole = folder.ends_with('/') || folder.len() < scope.len();
        ends(name, scope)
            || ends(scope, name)
            || whole && (name.starts_with(folder) || name.contains(&format!("/{folder}")))
            || base(name).split('.').next() == Some(scope)
    })
}

/// Whether a name is that of a file or a folder, and not that of a document.
fn is_file(name: &str) -> bool {
    name.contains(['.', '/'])
}

/// The last part of a path.
fn base(name: &str) -> &str {
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}
