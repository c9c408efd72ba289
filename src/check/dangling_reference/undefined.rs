//! Whole families that tests claim to verify and nothing defines: told once a family, for one thing is missing.

use crate::check::families::{Families, defined, is_among_tests, is_example};
use crate::check::support::listed;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, Input};
use crate::link::{is_of_kin, kin};
use crate::model::Role;
use crate::model::citation::Target;
use crate::model::mention::{Mention, WORDED};
use crate::model::test_case::Verb;
use crate::model::vocabulary::{is_foreign, is_requirement_word};
use crate::source::{FileId, Place};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer identifiers of a family may be anything, unless its name is a word for requirements.
const ENOUGH: usize = 3;

/// More files than this are only counted.
const SHOWN: usize = 4;

/// A family of which nothing is known but that tests claim to verify it.
#[derive(Default)]
struct Family<'g> {
    ids: BTreeSet<&'g str>,
    files: BTreeMap<FileId, Place>,
}

/// Finds the families. Where nothing at all is defined, the whole run says so.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    if graph.requirements.is_empty() {
        return;
    }
    let defined = defined(graph);
    // The last of them that was named: neighbours in a test are of one family.
    let mut last: Option<&str> = None;
    // Most of what tests claim is defined: then nobody asks what else documents know.
    let known = LazyCell::new(|| known(graph));
    // An identifier that is written in another way leads to what it means.
    let linked = LazyCell::new(|| linked(graph));
    let mut families: BTreeMap<&str, Family<'_>> = BTreeMap::new();
    // Outside of tests the same words say what code implements.
    let tests = |input: &Input| input.role == Some(Role::Tests) || is_among_tests(&input.path) || input.reader != "code";
    for (file, input) in graph.files().filter(|(_, one)| !is_example(&one.path) && !is_data(&one.path) && tests(one)) {
        let claims = input.facts.markers.iter().filter(|marker| marker.verb == Verb::Verifies);
        for id in claims.flat_map(|marker| &marker.ids) {
            let (Some(id), span) = (id.id(), id.span) else { continue };
            if last.is_some_and(|last| is_of_kin(id, last)) {
                continue;
            }
            let kin = kin(id);
            if defined.contains(kin) {
                last = Some(kin);
                continue;
            }
            if is_number(id, &defined) || is_foreign(id) || known.contains(kin) || linked.contains(&Place::new(file, span)) {
                continue;
            }
            let family = families.entry(kin).or_default();
            family.ids.insert(id);
            family.files.entry(file).or_insert(Place::new(file, span));
        }
    }
    let mut roots: BTreeMap<&str, (Vec<&str>, Family<'_>)> = BTreeMap::new();
    for (kin, family) in families.into_iter().filter(|(kin, family)| names_requirements(kin, family)) {
        let (kins, all) = roots.entry(root(kin)).or_default();
        kins.push(kin);
        all.ids.extend(family.ids);
        for (file, place) in family.files {
            all.files.entry(file).or_insert(place);
        }
    }
    findings.extend(roots.values().filter_map(|(kins, family)| finding(kins, family)));
}

/// "Requirement 4.1" may mean a number alone.
fn is_number(id: &str, defined: &FxHashSet<&str>) -> bool {
    id.strip_prefix(WORDED).is_some_and(|number| defined.contains(kin(number)))
}

/// Whether a file is the input of a test and none itself: sources and tests below a folder of tests.
fn is_data(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    let inner = folders.any(|folder| matches!(folder, "src" | "test" | "tests"));
    inner && folders.any(|folder| matches!(folder, "test" | "tests"))
}

/// Families that begin alike, `PRD-UI-` and `PRD-LAB-`, are of one specification.
fn root(kin: &str) -> &str {
    kin.split(['-', '_']).next().unwrap_or(kin)
}

fn finding(kins: &[&str], family: &Family<'_>) -> Option<Finding> {
    let named: Vec<String> = kins.iter().map(|kin| format!("{kin}…")).collect();
    let kin = if kins.len() == 1 { format!("a {}", listed(&named, SHOWN)) } else { listed(&named, SHOWN) };
    let first = *family.files.values().next()?;
    let ids: Vec<&str> = family.ids.iter().copied().collect();
    let claim = if family.files.len() == 1 { "A test file claims" } else { "Test files claim" };
    let message = format!("{claim} to verify {}, and nothing in this tree defines {kin}.", listed(&ids, SHOWN));
    let mut finding = Finding::new(first, format!("family {}", kins.join(" ")), message)
        .label("nothing of this family is defined")
        .help("Add the specification that defines them, or correct the identifiers.")
        .severity(Severity::Warning)
        .parted("", &ids);
    for place in family.files.values().skip(1).take(SHOWN) {
        finding = finding.related(*place, "another file that names the family");
    }
    Some(finding)
}

/// Families that any document or test knows, as whatever, beside those of requirements.
fn known(graph: &Graph) -> FxHashSet<&str> {
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for input in &graph.inputs {
        let facts = &input.facts;
        known.extend(facts.definitions.iter().map(|one| kin(&one.id)));
        // What requirements here refine is specified elsewhere.
        known.extend(facts.definitions.iter().flat_map(|one| &one.parents).filter_map(Mention::id).map(kin));
        known.extend(facts.named.iter().filter_map(Mention::id).map(kin));
        known.extend(facts.tests.iter().filter_map(|test| test.case_id.as_deref()).map(kin));
        // What a matrix cites as test cases is no requirement.
        let cited = facts.rows.iter().flat_map(|row| &row.citations);
        known.extend(cited.filter_map(|one| if let Target::CaseId(id) = &one.target { Some(kin(id)) } else { None }));
    }
    // What only a document in another form seems to define is told as unread.
    known.extend(graph.sightings.defined.keys().map(|id| kin(id)));
    known.extend(graph.marked.iter().map(|(_, target)| kin(&target.id)));
    known
}

/// The places where markers name what exists.
fn linked(graph: &Graph) -> FxHashSet<Place> {
    let found = graph.marked.iter().filter(|(_, target)| matches!(target.found, Found::One(_) | Found::Ambiguous(_)));
    found.map(|(fact, target)| Place::new(fact.file, target.span)).collect()
}

/// Whether a family looks like one of requirements: by its name, or by its size and a prefix of its own. What is
/// named once may be a slip, or the data of a test.
fn names_requirements(kin: &str, family: &Family<'_>) -> bool {
    let prefix = kin.chars().filter(|c| c.is_uppercase()).count() > 2 && kin.ends_with(['-', '_']);
    let files = family.files.len() > 1;
    // A list at the head of one file may number what that file does.
    (is_requirement_word(kin) && !Families::is_bare(kin) && (files || family.ids.len() > 1))
        || (prefix && files && family.ids.len() >= ENOUGH)
}
