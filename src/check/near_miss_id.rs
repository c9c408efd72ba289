//! # R02 near-miss-id
//!
//! An identifier in a matrix or in a marker that is defined nowhere, and that is almost one that is: another kind
//! of dash, other letter case, other leading zeros, the prefix `REQ-` left out, or one letter wrong. It is shown with
//! the likely meaning and never taken for it; only a dash that looks the same is, and a document that writes all of
//! its identifiers so is told once. Another number is never a near miss.
//!
//! ## Why it matters
//! To a person both look alike, so reviews pass them; to every tool they are two things. The evidence is booked
//! under an identifier that does not exist, and the real requirement stays without any.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop when it runs dry. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-FLOW-001 | tests/test_pump.py::test_delivers |
//! | REQ-FLWO-002 | tests/test_pump.py::test_stops |
//! ```
//! ```file tests/test_pump.py
//! def test_delivers():
//!     assert flow() == 5
//!
//! def test_stops():
//!     assert dry().stopped
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop when it runs dry. |
//! ```
//! ```file docs/rtm.md
//! # Traceability matrix
//!
//! | Requirement ID | Test |
//! |---|---|
//! | REQ-FLOW-001 | tests/test_pump.py::test_delivers |
//! | REQ-FLOW-002 | tests/test_pump.py::test_stops |
//! ```
//! ```file tests/test_pump.py
//! def test_delivers():
//!     assert flow() == 5
//!
//! def test_stops():
//!     assert dry().stopped
//! ```
//!
//! ## What to do
//! Write the identifier exactly as the specification does. If it names a requirement of its own, define it.
//!
//! ## Serves
//! IEC 62304 5.2.6; ISO/IEC/IEEE 29148 5.2.8

mod dashes;

use super::Check;
use super::support::{NearMisses, count, is_undefined, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, Target};
use crate::model::test_case::{Grade, Verb};
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "R02", name: "near-miss-id", severity: Severity::Error, source: include_str!("near_miss_id.rs"), run };

/// More places of the same mistake than this are only counted.
const SHOWN: usize = 4;

/// One mistaken identifier in one file.
struct Miss<'g> {
    id: &'g str,
    meant: ReqId,
    places: Vec<Place>,
    /// Only headers of files write it so.
    header: bool,
}

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let near = NearMisses::new(graph);
    let mut misses: Vec<Miss<'_>> = Vec::new();
    let mut known: FxHashMap<(FileId, &str), usize> = FxHashMap::default();
    let almost = mentions(graph).filter_map(|(file, target, header)| {
        let meant = near.of(graph, &target.id, file)?;
        Some((Place::new(file, target.span), target.id.as_str(), header, meant))
    });
    for (place, id, header, meant) in almost.chain(dashes::mentions(graph)) {
        let at = *known.entry((place.file, id)).or_insert_with(|| {
            misses.push(Miss { id, meant, places: Vec::new(), header: true });
            misses.len() - 1
        });
        if let Some(miss) = misses.get_mut(at) {
            miss.places.push(place);
            miss.header &= header;
        }
    }
    findings.extend(dashes::definitions(graph));
    if misses.is_empty() {
        return;
    }
    let in_full = written_in_full(graph);
    misses.retain(|miss| !is_abbreviation(graph, miss, &in_full));
    let mut habits: BTreeMap<(&str, Option<FileId>), Vec<&Miss<'_>>> = BTreeMap::new();
    for miss in &misses {
        let difference = difference(miss.id, &graph.requirement(miss.meant).id);
        // What an editor made of the dashes of one document says nothing of the others.
        let file = miss.places.first().map(|place| place.file).filter(|_| difference == DASH);
        habits.entry((difference, file)).or_default().push(miss);
    }
    for ((difference, _), group) in habits {
        let few = if difference == DASH { group.len() < 2 } else { group.len() < MANY };
        if difference == SLIP || few {
            findings.extend(group.into_iter().filter_map(|miss| finding(graph, miss)));
        } else {
            findings.extend(habit(graph, difference, &group));
        }
    }
}

/// Who differs from the specification so often and always in the same way does so by habit, which is one thing to mend.
const MANY: usize = 4;

/// The requirements that markers of each file name as the specification writes them.
fn written_in_full(graph: &Graph) -> FxHashSet<(FileId, ReqId)> {
    let markers = graph.marked.iter().filter(|(fact, _)| graph.marker(*fact).verb != Verb::Mentions);
    markers.filter_map(|(fact, target)| if let Found::One(id) = target.found { Some((fact.file, id)) } else { None }).collect()
}

/// Whether the header of a file lists in short what its tests name in full: no evidence is lost.
fn is_abbreviation(graph: &Graph, miss: &Miss<'_>, in_full: &FxHashSet<(FileId, ReqId)>) -> bool {
    let file = miss.places.first().map(|place| place.file);
    miss.header
        && difference(miss.id, &graph.requirement(miss.meant).id) == PREFIX
        && file.is_some_and(|file| in_full.contains(&(file, miss.meant)))
}

/// One finding for identifiers that all differ in the same way.
fn habit(graph: &Graph, difference: &str, group: &[&Miss<'_>]) -> Option<Finding> {
    let first = group.first()?;
    let meant = graph.requirement(first.meant);
    let mut ids: Vec<&str> = group.iter().map(|miss| miss.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let place = *first.places.first()?;
    let mut files: Vec<Place> = group.iter().filter_map(|miss| miss.places.first().copied()).collect();
    files.dedup_by_key(|place| place.file);
    let within = match files.len() {
        1 => graph.path(place.file).to_owned(),
        many => count(many, "file"),
    };
    let message = format!(
        "{} in {within} are not defined as they are written ({}): {} is almost {}, {difference}, and so are the others.",
        count(ids.len(), "identifier"),
        listed(&ids, SHOWN),
        first.id,
        meant.id
    );
    let mut finding = Finding::new(place, format!("{} {difference}", graph.path(place.file)), message)
        .label(format!("probably {}", meant.id))
        .help("Write the identifiers as the specification does.")
        .about(graph.namespace(meant), &meant.id)
        .related(meant.place, format!("{} is defined here", meant.id));
    for other in files.iter().skip(1).take(SHOWN) {
        finding = finding.related(*other, "another file that does so");
    }
    Some(group.iter().skip(1).fold(finding, |finding, miss| {
        let meant = graph.requirement(miss.meant);
        finding.covers(graph.namespace(meant), &meant.id)
    }))
}

/// How an identifier differs that lacks its family's first part.
const PREFIX: &str = "but without the same prefix";

/// How an identifier differs that looks the same on paper.
const DASH: &str = "but with another kind of dash that looks the same";

/// How an identifier differs that somebody mistyped, which is no habit.
const SLIP: &str = "with one letter different";

/// What rows and markers name without a definition. A bare mention is no claim, and identifiers
/// of families that nothing defines may stand beside a row's own for good reasons.
fn mentions(graph: &Graph) -> impl Iterator<Item = (FileId, &Target, bool)> {
    let rows = graph.rows.iter().flat_map(|row| {
        let related = row.related.iter().filter(|target| target.found != Found::Foreign);
        let undefined = row.targets.iter().chain(related).filter(|target| is_undefined(graph, target));
        undefined.map(|target| (row.fact.file, target, false))
    });
    // Most of what is named is defined, which is known before the marker is looked at.
    let markers = graph.marked.iter().filter(|(_, target)| is_undefined(graph, target));
    let markers = markers.filter(|(fact, _)| graph.marker(*fact).verb != Verb::Mentions);
    rows.chain(markers.map(|(fact, target)| (fact.file, target, graph.marker(*fact).grade == Grade::File)))
}

fn finding(graph: &Graph, miss: &Miss<'_>) -> Option<Finding> {
    let (first, others) = miss.places.split_first()?;
    let meant = graph.requirement(miss.meant);
    let times =
        if others.is_empty() { String::new() } else { format!(" (written {} in this file)", count(miss.places.len(), "time")) };
    let message = format!("{} is not defined{times}; it is almost {}, {}.", miss.id, meant.id, difference(miss.id, &meant.id));
    let mut finding = Finding::new(*first, miss.id, message)
        .label(format!("probably {}", meant.id))
        .help(format!("Write {} if that is meant; if {} is a requirement of its own, define it.", meant.id, miss.id))
        .about(graph.namespace(meant), &meant.id)
        .related(meant.place, format!("{} is defined here", meant.id));
    for place in others.iter().take(SHOWN) {
        finding = finding.related(*place, "written the same way here");
    }
    Some(finding)
}

/// In what two identifiers differ, as a clause.
fn difference(a: &str, b: &str) -> &'static str {
    let joined =
        |id: &str| id.to_lowercase().replace(['_', ' ', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}'], "-");
    let letters = |id: &str| id.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect::<String>();
    if a.to_lowercase() == b.to_lowercase() {
        "but in other letter case"
    } else if joined(a) == joined(b) {
        if a.is_ascii() && b.is_ascii() { "but with another separator" } else { DASH }
    } else if letters(a) == letters(b) {
        "but with other leading zeros or separators"
    } else if letters(a).len().abs_diff(letters(b).len()) > 1 {
        PREFIX
    } else {
        SLIP
    }
}
