//! # T03 dangling-reference
//!
//! A requirement that a test, a source file or another requirement names as its own exists. Only identifiers whose
//! family is defined here are looked at: those of other repositories cannot be judged. Examples and templates are excluded.
//! A tag or a trait that holds nothing but identifiers, `[Trait("Need", "REQ-7")]` or `@Tag("REQ-7")`, claims to verify what it names
//! where others of its family, or below its key, are defined.
//!
//! ## Why it matters
//! A marker that points nowhere looks like evidence to whoever reads the test, and counts for nothing. It often is what
//! remains of a requirement that was renumbered: the new number then has no test.
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
//! ```file tests/test_pump.py
//! def test_stops():
//!     """Verifies: REQ-FLOW-007"""
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
//! ```file tests/test_pump.py
//! def test_stops():
//!     """Verifies: REQ-FLOW-002"""
//!     assert dry().stopped
//! ```
//!
//! ## What to do
//! Correct the identifier, define the requirement, or delete the marker.
//!
//! ## Serves
//! All standards that ask for traceability

mod undefined;

use super::Check;
use super::families::{Families, by_family, is_example};
use super::missing_row::unknown_names;
use super::support::{NearMisses, count};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph};
use crate::link::kin;
use crate::model::requirement::Standing;
use crate::model::test_case::Verb;
use crate::settings::Settings;
use crate::source::Place;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check = Check {
    code: "T03",
    name: "dangling-reference",
    severity: Severity::Error,
    source: include_str!("dangling_reference.rs"),
    run,
};

/// So many of one family are told together.
const MANY: usize = 4;

/// More places than this are only counted.
const SHOWN: usize = 6;

/// Who names a requirement that does not exist, as the subject of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Test,
    Source,
    Child,
}

/// Identifiers of one mention or of one family, and all places that name them.
struct Dangling<'g> {
    who: Who,
    ids: Vec<&'g str>,
    places: Vec<Place>,
}

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    undefined::report(graph, findings);
    let known = LazyCell::new(|| Known::of(graph));
    let mut named = markers(graph).chain(parents(graph, &known)).peekable();
    if named.peek().is_none() {
        return;
    }
    // M01 shows the markers beside the row that names the same.
    let told = if settings.severity.get("M01") == Some(&None) { FxHashSet::default() } else { unknown_names(graph) };
    let near = NearMisses::new(graph);
    let families = Families::new(graph);
    let mut by_id: BTreeMap<(Who, &str), Vec<Place>> = BTreeMap::new();
    for (who, place, id) in named {
        let elsewhere = is_example(graph.path(place.file)) || who != Who::Child && told.contains(id);
        let elsewhere = elsewhere || graph.sightings.defined.contains_key(id);
        if elsewhere || families.means_other_things(id) || near.of(graph, id, place.file).is_some() {
            continue;
        }
        by_id.entry((who, id)).or_default().push(place);
    }
    findings.extend(groups(by_id).iter().filter_map(|group| finding(graph, group, &known)));
}

/// One group for each identifier; those of one mention, and many of one family, are told together.
fn groups<'g>(by_id: BTreeMap<(Who, &'g str), Vec<Place>>) -> Vec<Dangling<'g>> {
    let mut sizes: BTreeMap<(Who, &str), usize> = BTreeMap::new();
    for (who, id) in by_id.keys() {
        *sizes.entry((*who, kin(id))).or_default() += 1;
    }
    let mut keyed: BTreeMap<(Who, &str, Place), Dangling<'g>> = BTreeMap::new();
    for ((who, id), mut places) in by_id {
        places.sort_unstable();
        places.dedup();
        let Some(first) = places.first().copied() else { continue };
        let many = kin(id).len() > 1 && sizes.get(&(who, kin(id))).is_some_and(|size| *size >= MANY);
        let key = if many { (who, kin(id), Place::default()) } else { (who, "", first) };
        let group = keyed.entry(key).or_insert_with(|| Dangling { who, ids: Vec::new(), places: Vec::new() });
        group.ids.push(id);
        group.places.extend(places);
    }
    let mut groups: Vec<Dangling<'g>> = keyed.into_values().collect();
    for group in &mut groups {
        group.places.sort_unstable();
        group.places.dedup();
    }
    groups
}

/// Requirements that markers name and that are missing although their family is defined.
fn markers(graph: &Graph) -> impl Iterator<Item = (Who, Place, &str)> {
    graph.marked.iter().filter(|(_, target)| target.found == Found::Missing).filter_map(|(fact, target)| {
        let who = match graph.marker(*fact).verb {
            Verb::Verifies => Who::Test,
            Verb::Implements | Verb::Enters => Who::Source,
            Verb::Mentions | Verb::Tagged => return None,
        };
        Some((who, Place::new(fact.file, target.span), target.id.as_str()))
    })
}

/// Parents that requirements in force name and that are missing although their family is defined.
fn parents<'g>(graph: &'g Graph, known: &LazyCell<Known<'g>, impl FnOnce() -> Known<'g>>) -> Vec<(Who, Place, &'g str)> {
    let mut found = Vec::new();
    for one in graph.requirements.iter().filter(|one| one.standing == Standing::Active) {
        for mention in graph.definition(one).map(|definition| definition.parents.as_slice()).unwrap_or_default() {
            let missing = mention
                .id()
                .filter(|id| !known.ids.contains(id) && !known.unrevised.contains_key(id) && known.specified.contains(kin(id)));
            found.extend(missing.map(|id| (Who::Child, Place::new(one.place.file, mention.span), id)));
        }
    }
    found
}

/// What is defined, for parents, which the graph keeps only where they exist.
struct Known<'g> {
    ids: FxHashSet<&'g str>,
    /// Identifiers of OpenFastTrace, by what stands before the revision at their end.
    unrevised: FxHashMap<&'g str, &'g str>,
    /// Families that a specification defines.
    specified: FxHashSet<&'g str>,
}

impl<'g> Known<'g> {
    fn of(graph: &'g Graph) -> Self {
        let all = graph.requirements.iter();
        let specified = all.clone().filter(|one| one.definition.is_some()).map(|one| kin(&one.id));
        let named = graph.inputs.iter().flat_map(|input| &input.facts.named).filter_map(|mention| mention.id());
        let unrevised = all.clone().filter_map(|one| Some((one.id.rsplit_once('~')?.0, one.id.as_str()))).collect();
        Self {
            unrevised,
            ids: all.map(|one| one.id.as_str()).chain(named).collect(),
            specified: specified.filter(|kin| kin.len() > 1).collect(),
        }
    }

    /// The revision that is defined of an identifier of OpenFastTrace.
    fn revision(&self, id: &str) -> Option<&'g str> {
        id.contains('~').then(|| self.unrevised.get(unrevised(id)).copied()).flatten()
    }
}

/// What is wrong with the revision of an identifier of OpenFastTrace.
fn revision(id: &str) -> &'static str {
    if unrevised(id) == id { "the revision is missing" } else { "it is another revision" }
}

/// `req~name~2` and `req~name~` without their revision.
fn unrevised(id: &str) -> &str {
    match id.rsplit_once('~') {
        Some((rest, number)) if rest.contains('~') && number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        Some((rest, "")) => rest,
        _ => id,
    }
}

fn finding(graph: &Graph, group: &Dangling<'_>, known: &Known<'_>) -> Option<Finding> {
    let (first, others) = group.places.split_first()?;
    let ids = by_family(&group.ids);
    let does = match group.who {
        Who::Test => "verify",
        Who::Source => "implement",
        Who::Child => "refine",
    };
    let paths: BTreeSet<&str> = group.places.iter().map(|place| graph.path(place.file)).collect();
    let (path, times) = match paths.len() {
        1 if others.is_empty() => (graph.path(first.file).to_owned(), String::new()),
        1 => (graph.path(first.file).to_owned(), format!(" {}", count(group.places.len(), "time"))),
        files => (count(files, "file"), format!(" {}", count(group.places.len(), "time"))),
    };
    let claims = if paths.len() == 1 { "claims" } else { "claim" };
    let claim = format!("{path} {claims}{times} to {does} {ids}");
    let revised = known.revision(group.ids.first()?);
    let (message, help) = match revised.filter(|_| group.ids.len() == 1) {
        Some(revised) => (
            format!("{claim}, but only {revised} is defined: {}.", revision(group.ids.first()?)),
            format!("Write {revised} if that is what is meant."),
        ),
        None => {
            let (it, its) = if group.ids.len() == 1 { ("it is", "its") } else { ("they are", "their") };
            // Slugs are of no family.
            let though = if ids.contains(['~']) || ids.contains("__") {
                String::new()
            } else {
                format!(", though others of {its} family are")
            };
            let help = String::from("Correct the identifier, define the requirement, or remove the reference.");
            (format!("{claim}, but {it} not defined{though}."), help)
        }
    };
    let specified = group.ids.iter().any(|id| known.specified.contains(kin(id)));
    let mut finding = Finding::new(*first, group.ids.join(", "), message)
        .label("not defined")
        .help(help)
        .severity(if specified { Severity::Error } else { Severity::Warning })
        .parted("", &group.ids);
    for place in others.iter().take(SHOWN) {
        finding = finding.related(*place, "named here too");
    }
    Some(finding)
}
