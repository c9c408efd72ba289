//! # T07 untraced-change
//!
//! What changed since the baseline of the evidence (a requirement, a cited test, implementing code) was changed by a
//! change record that names it and is approved: by the identifier of the requirement, the name of the test, or the file. A
//! record that was finished before the commit that made the change does not count. It is looked at only where documents name
//! the commit of their evidence, its history can be seen and change records exist; elsewhere nothing is assessed, and nothing
//! is said.
//!
//! ## Why it matters
//! A change that no record asks for was reviewed by nobody. The evidence is from before it.
//!
//! ## Bad
//! ```file docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 20 ms.
//! ```
//! ```file at-5d0c2aa/docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 90 ms.
//! ```
//! ```file docs/rtm.md
//! # MILL-RTM: Mill Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-MILL-001 | Stop | tests/test_mill.py::test_stops | PASS |
//! ```
//! ```file tests/test_mill.py
//! def test_stops():
//!     assert works()
//! ```
//! ```file records/CR-004.md
//! # CR-004: New paint for the mill
//!
//! **Status:** Approved
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 20 ms.
//! ```
//! ```file at-5d0c2aa/docs/srs.md
//! # MILL-SRS: Mill Requirements Specification
//!
//! ### REQ-MILL-001: Stop
//! The mill shall stop within 90 ms.
//! ```
//! ```file docs/rtm.md
//! # MILL-RTM: Mill Traceability Matrix
//!
//! | Attribute | Value |
//! |---|---|
//! | Commit | 5d0c2aa |
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-MILL-001 | Stop | tests/test_mill.py::test_stops | PASS |
//! ```
//! ```file tests/test_mill.py
//! def test_stops():
//!     assert works()
//! ```
//! ```file records/CR-004.md
//! # CR-004: Faster stop of the mill
//!
//! **Status:** Approved
//!
//! ## Scope
//!
//! - REQ-MILL-001 - stop within 20 ms
//! ```
//!
//! ## What to do
//! Write the change record and have it approved, or take the change back. (In the examples `at-5d0c2aa/` marks a file as it
//! was at that commit.)
//!
//! ## Serves
//! IEC 62304 8.2.4; ASPICE SUP.10

use super::Check;
use super::cited::code;
use super::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::contents::tokens;
use crate::link::drift::{By, Drift, How, Thing};
use crate::link::graph::Graph;
use crate::link::records::Record;
use crate::model::lifecycle::Class;
use crate::model::mention::{Name, expand};
use crate::model::time;
use crate::read::grammar::identifier;
use crate::settings::Settings;
use crate::source::Place;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "T07", name: "untraced-change", severity: Severity::Error, source: include_str!("untraced_change.rs"), run };

/// Where something that changed stands, its name, and what became of it.
type Told = (Place, String, How);

/// So many things are named in a message and shown beside it.
const SHOWN: usize = 6;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let changes: Vec<&Record> =
        graph.records().iter().map(|(_, record)| record).filter(|record| record.class == Class::Change).collect();
    if changes.is_empty() || graph.drifts.found.is_empty() {
        return;
    }
    let approved = changes.iter().filter(|record| record.is_approved());
    let approved: Vec<Approved<'_>> = approved.filter_map(|record| Approved::of(graph, record)).collect();
    let mut untraced: BTreeMap<(String, String), Vec<Told>> = BTreeMap::new();
    for drift in &graph.drifts.found {
        let Some(changed) = Changed::of(graph, drift) else { continue };
        if !approved.iter().any(|record| record.covers(graph, drift, &changed)) {
            let of = untraced.entry((changed.path, drift.bound.commit.clone())).or_default();
            of.push((changed.place, changed.name, drift.how));
        }
    }
    findings.extend(untraced.into_iter().filter_map(|((path, commit), mut things)| {
        things.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        things.dedup();
        report(&path, &commit, &things, changes.len())
    }));
}

/// Something that changed, by the names that a record may have for it.
struct Changed {
    place: Place,
    path: String,
    name: String,
    names: Vec<String>,
}

impl Changed {
    fn of(graph: &Graph, drift: &Drift) -> Option<Self> {
        match &drift.thing {
            Thing::Requirement(id) => {
                let one = graph.requirement(*id);
                let path = graph.path(one.place.file).to_owned();
                Some(Self { place: one.place, path, name: one.id.to_string(), names: vec![one.id.to_string()] })
            }
            Thing::Test(id) => {
                let place = graph.test_place(*id);
                let path = graph.path(place.file).to_owned();
                let name = graph.test(*id).name.to_string();
                Some(Self { place, names: vec![name.clone(), path.clone()], path, name })
            }
            Thing::Code(part) => {
                let place = graph.part_place(part);
                let path = graph.path(place.file).to_owned();
                Some(Self { place, names: vec![path.clone()], name: path.clone(), path })
            }
            Thing::Beside(file, name) => {
                let (place, path) = (graph.beside_place(*file, name), graph.path(*file).to_owned());
                Some(Self { place, names: vec![name.clone(), path.clone()], name: name.clone(), path })
            }
            // Where it stood nothing stands any more: what cited it is shown.
            Thing::Gone(path, name) => {
                let place = drift.rows.first().map_or(drift.bound.place, |(_, place)| *place);
                let names = [name, path].into_iter().filter(|name| !name.is_empty()).cloned().collect();
                let name = if name.is_empty() { path } else { name };
                Some(Self { place, path: path.clone(), name: name.clone(), names })
            }
        }
    }
}

/// An approved record, and all names that its document holds.
struct Approved<'g> {
    record: &'g Record,
    names: FxHashSet<Cow<'g, str>>,
}

impl<'g> Approved<'g> {
    fn of(graph: &'g Graph, record: &'g Record) -> Option<Self> {
        let text = graph.input(record.file?).text.as_str();
        let mut names: FxHashSet<Cow<'g, str>> = tokens(text).map(|(_, name)| Cow::Borrowed(name)).collect();
        for mention in identifier::mentions(text, 0) {
            match &mention.name {
                Name::One(id) => _ = names.insert(Cow::Owned(id.to_string())),
                Name::Range(ends) => names.extend(expand(&ends.0, &ends.1).unwrap_or_default().into_iter().map(Cow::Owned)),
                Name::Prefix(_) => {}
            }
        }
        Some(Self { record, names })
    }

    /// Whether the record may be that of a change: it names what changed, and it was not finished before.
    fn covers(&self, graph: &Graph, drift: &Drift, changed: &Changed) -> bool {
        let named = |name: &String| self.names.contains(name.rsplit('/').next().unwrap_or(name));
        changed.names.iter().any(named) && !is_older(graph, self.record, drift)
    }
}

/// Whether a record was finished before the first commit that made the change. Days differ by one where zones do.
fn is_older(graph: &Graph, record: &Record, drift: &Drift) -> bool {
    let By::Commits(commits) = &drift.by else { return false };
    let first = commits.last().and_then(|change| time::date(&change.day));
    let last = graph.events(record).filter_map(|(_, event)| time::date(&event.written)).max();
    matches!((first, last), (Some(first), Some(last)) if record.is_closed() && last + 1 < first)
}

fn report(path: &str, commit: &str, things: &[Told], records: usize) -> Option<Finding> {
    let (place, name, how) = things.first()?;
    let names: Vec<String> = things.iter().map(|(_, name, _)| code(name)).collect();
    let verb = match how {
        How::Changed => "changed",
        How::Added => "came",
        How::Deleted => "went",
    };
    let of = if things.len() == 1 && name == path { String::new() } else { format!(" of {}", code(path)) };
    let message = format!(
        "{}{of} {verb} after {commit}, and no approved change record names {}; {} {} read",
        listed(&names, SHOWN),
        if things.len() == 1 { "it" } else { "them" },
        count(records, "change record"),
        if records == 1 { "was" } else { "were" }
    );
    let finding = Finding::new(*place, format!("{path} {name}"), message)
        .label("no approved change names it")
        .help("Write the change record and have it approved, or take the change back.");
    Some(things.iter().skip(1).take(SHOWN).fold(finding, |finding, (place, name, _)| finding.related(*place, name.clone())))
}
