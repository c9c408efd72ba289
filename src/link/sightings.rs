//! A second look before absence is claimed: where names that nothing links stand in texts all the same.
//!
//! A reader takes the forms that it knows. What it does not know may still be there: a specification in an odd form, a
//! table of scenarios, a banner above tests. So the names of which the graph would say "nowhere" are searched for in
//! the text of every file, and one that stands in a telling place is not assessed instead of missing. Trees in
//! which nothing is missing are not searched.

mod chains;
mod position;

use super::graph::{Found, Graph, ReqId, Requirement, Resolution, RowNode, Rung, Target as Meant, Why};
use super::lookup::{is_of_kin, kin, nearness};
use super::series::Spoken;
use crate::model::citation::Target;
use crate::model::id::Id;
use crate::model::mention::Name;
use crate::model::requirement::Standing;
use crate::model::test_case::Verb;
use crate::model::vocabulary::{is_foreign, is_requirement_word, is_technique};
use crate::read::code::language;
pub use crate::read::grammar::citation::is_file_name;
use crate::source::{FileId, Place, Span, Text};
use aho_corasick::{AhoCorasick, MatchKind};
use position::{Page, Seen};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// More names than this have one cause, which no search explains.
const MOST: usize = 5_000;

/// As many identifiers of an unknown family are looked for.
const FEW: usize = 8;

/// So many requirements that a file of tests names without a marker are a habit and no remark.
const HABIT: usize = 3;

/// Why a requirement that was only seen is not assessed.
const REASON: &str = "it is named in tests or in a table of tests, in a form that is not read as a trace";

/// The same of one below whose name a document writes test cases.
const WRITTEN: &str = "test cases are written for it in a document, and they are not read as tests";

/// The same of one from which other objects lead to a test.
const DECLARED: &str = "other objects lead from it to a test that a comment declares, and such a chain is not read as a trace";

/// What a name would be missing as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Want {
    /// A requirement that nothing verifies.
    Verification,
    /// An identifier that nothing defines.
    Definition,
    /// A test that was not found.
    Test,
    /// A test case that was not found.
    Case,
}

/// Where names were seen that nothing links.
#[derive(Debug, Default)]
pub struct Sightings {
    /// Requirements that nothing verifies and that test code or a table of tests names.
    pub verified: FxHashMap<ReqId, Place>,
    /// Identifiers that no specification was read to define and that a document seems to define.
    pub defined: FxHashMap<Id, Place>,
}

/// Names to look for, each with what it would be missing as.
struct Wanted(Vec<(Id, Want)>);

/// The tests to which objects of sphinx-needs lead from requirements that nothing verifies.
type Chains = FxHashMap<ReqId, Vec<Id>>;

/// What chains lead to from requirements that nothing verifies.
fn chained(graph: &Graph) -> Chains {
    let unnamed = graph.requirements().filter(|(_, one)| is_unnamed(one)).map(|(id, _)| id);
    let led = chains::of(graph, unnamed).into_iter();
    led.map(|(id, tests)| (id, tests.into_iter().cloned().collect())).collect()
}

impl Wanted {
    fn of(graph: &Graph, chains: &Chains) -> Self {
        let mut names: FxHashSet<(Id, Want)> = FxHashSet::default();
        let needed = |one: &&Requirement| graph.definition(one).is_none_or(|definition| !definition.needs_none());
        let unnamed = graph.requirements.iter().filter(|one| is_unnamed(one)).filter(needed);
        names.extend(unnamed.map(|one| (one.id.clone(), Want::Verification)));
        // `FTH001` may mean REQ-FTH001, where nothing else ends so.
        let mut tails: FxHashMap<&str, usize> = FxHashMap::default();
        if !names.is_empty() {
            graph.requirements.iter().filter_map(|one| tail(&one.id)).for_each(|tail| *tails.entry(tail).or_default() += 1);
        }
        let unnamed = graph.requirements.iter().filter(|one| is_unnamed(one)).filter(needed);
        let short = unnamed.filter_map(|one| tail(&one.id)).filter(|tail| tails.get(tail) == Some(&1));
        let short: Vec<&str> = short.collect();
        names.extend(chains.values().flatten().map(|test| (test.clone(), Want::Verification)));
        let rows = graph.rows.iter().flat_map(|node| node.targets.iter().chain(&node.related));
        let missing = rows.chain(graph.marked.iter().map(|(_, target)| target)).filter(|target| target.found == Found::Missing);
        let missing: FxHashSet<&Id> = missing.map(|target| &target.id).collect();
        // What a row is about, and nothing defines, is not short for this one.
        let rows = graph.rows.iter().flat_map(|node| &node.targets).filter(|target| target.found == Found::Missing);
        let of_rows: FxHashSet<&str> = rows.map(|target| target.id.as_str()).collect();
        let short = short.into_iter().filter(|tail| !of_rows.contains(tail));
        names.extend(short.map(|tail| (tail.into(), Want::Verification)));
        names.extend(missing.into_iter().map(|id| (id.clone(), Want::Definition)));
        names.extend(strange(graph).into_iter().map(|id| (id, Want::Definition)));
        let parents = graph.requirements.iter().filter_map(|one| graph.definition(one)).flat_map(|one| &one.parents);
        let mut parents = parents.filter_map(|parent| parent.id()).peekable();
        if parents.peek().is_some() {
            let defined: FxHashSet<&str> = graph.requirements.iter().map(|one| one.id.as_str()).collect();
            names.extend(parents.filter(|id| !defined.contains(id)).map(|id| (Id::from(id), Want::Definition)));
        }
        for node in &graph.rows {
            let lost = graph.citations(node).filter(|(_, resolution)| is_lost(resolution));
            names.extend(lost.filter_map(|(citation, _)| name(&citation.target).map(|(name, want)| (name.into(), want))));
        }
        // `FAULT_DOOR_OPEN` is a constant.
        let constant = |name: &Id| name.contains('_') && !name.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-');
        let kept = |(name, want): &(Id, Want)| {
            let other = || constant(name) && !is_requirement_word(name) || is_file_name(name);
            name.len() > 2 && !is_technique(name) && !(*want == Want::Definition && other())
        };
        let mut names: Vec<(Id, Want)> = names.into_iter().filter(kept).collect();
        names.sort_unstable();
        Self(names)
    }
}

/// Some identifiers of each family that tests claim to verify and of which nothing is defined: where one is told, the others
/// are not far.
fn strange(graph: &Graph) -> Vec<Id> {
    let mut families: BTreeMap<&str, Vec<&Id>> = BTreeMap::new();
    let claims = graph.files().flat_map(|(file, input)| input.facts.markers.iter().map(move |marker| (file, marker)));
    let claims = claims.filter(|(_, marker)| marker.verb == Verb::Verifies);
    // `PRD-NFR1` may be known as the NFR1 of the PRD.
    let known: LazyCell<FxHashSet<(FileId, u32)>, _> = LazyCell::new(|| {
        let known = graph.marked.iter().filter(|(_, target)| matches!(target.found, Found::One(_) | Found::Ambiguous(_)));
        known.map(|(fact, target)| (fact.file, target.span.start)).collect()
    });
    // The last family that is defined: neighbours are of one.
    let mut last: Option<&str> = None;
    let mut defined: FxHashSet<&str> = FxHashSet::default();
    for one in &graph.requirements {
        if last.is_none_or(|last| !is_of_kin(&one.id, last)) {
            last = Some(kin(&one.id));
            defined.extend(last);
        }
    }
    for (file, mention) in claims.flat_map(|(file, marker)| marker.ids.iter().map(move |mention| (file, mention))) {
        let Name::One(id) = &mention.name else { continue };
        if last.is_some_and(|last| is_of_kin(id, last)) {
            continue;
        }
        if defined.contains(kin(id)) {
            last = Some(kin(id));
            continue;
        }
        if known.contains(&(file, mention.span.start)) {
            continue;
        }
        let family = families.entry(kin(id)).or_default();
        if family.len() < FEW && !family.contains(&id) {
            family.push(id);
        }
    }
    let formed = |kin: &str| is_requirement_word(kin) || kin.chars().filter(|c| c.is_uppercase()).count() > 2;
    let unknown = families.into_iter().filter(|(kin, _)| !defined.contains(kin) && !is_foreign(kin) && formed(kin));
    unknown.flat_map(|(_, ids)| ids.into_iter().cloned()).collect()
}

/// A file in which names were seen.
struct Sheet {
    file: FileId,
    /// Its text, where it was not kept.
    again: Option<Text>,
    /// Positions in the list of names, and where they stand.
    names: Vec<(usize, Span)>,
}

/// Whether nothing that is read verifies a requirement that is to be verified: nothing names it, or rows that cite nothing.
fn is_unnamed(one: &Requirement) -> bool {
    let named = !one.markers.is_empty() || !one.children.is_empty();
    one.standing == Standing::Active && one.rung == Rung::None && one.not_assessed.is_none() && !named
}

/// What is left of an identifier without its first part, where that is one by itself.
fn tail(id: &str) -> Option<&str> {
    /// Shorter ones are the names of many things.
    const LEAST: usize = 5;
    let (first, tail) = id.split_once(['-', '_'])?;
    let lettered = tail.bytes().take_while(u8::is_ascii_uppercase).count() > 1;
    // `CCF-001` is a cause of its own, whatever `SAFE-CCF-001` is about.
    let usual = is_requirement_word(first);
    (usual && lettered && tail.len() >= LEAST && tail.bytes().any(|byte| byte.is_ascii_digit())).then_some(tail)
}

/// Whether a cited test would be called missing.
fn is_lost(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::NotAssessed(Why::UnknownCases) | Resolution::Ghost(_))
}

fn name(target: &Target) -> Option<(&str, Want)> {
    match target {
        Target::Test(test) => Some((&test.name, Want::Test)),
        Target::CaseId(id) => Some((id, Want::Case)),
        _ => None,
    }
}

/// Looks for what the graph misses, and notes what was seen. `reread` gives the text of a path that was not kept.
pub fn look(graph: &mut Graph, reread: &(dyn Fn(&str) -> Option<Text> + Sync)) {
    let chains = chained(graph);
    let Wanted(names) = Wanted::of(graph, &chains);
    if names.is_empty() || names.len() > MOST {
        return;
    }
    // Of `REQ-A-*` whatever begins so is one.
    let patterns: Vec<&str> = names.iter().map(|(name, _)| name.trim_end_matches('*')).collect();
    let Ok(automaton) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns) else { return };
    // Sidecars and copies of former versions define and test nothing.
    let files: Vec<FileId> = graph.files().filter(|(_, input)| input.facts.kept.is_none()).map(|(file, _)| file).collect();
    let seen: Vec<Sheet> = files
        .into_par_iter()
        .filter_map(|file| {
            let again = graph.facts(file).is_empty().then(|| reread(graph.path(file))).flatten();
            let text = again.as_ref().unwrap_or(&graph.input(file).text);
            let found = in_file(graph, file, text.as_str(), &automaton, &names);
            (!found.is_empty()).then_some(Sheet { file, again, names: found })
        })
        .collect();
    let mut places: Places<'_> = FxHashMap::default();
    for Sheet { file, again, names: found } in seen {
        if let (Some(text), Some(input)) = (again, graph.inputs.get_mut(file.index())) {
            input.text = text;
        }
        for (at, span) in found {
            let Some((name, want)) = names.get(at) else { continue };
            places.entry((name, *want)).or_default().push(Place::new(file, span));
        }
    }
    for (at, place) in called(graph, &names) {
        if let Some((name, want)) = names.get(at) {
            places.entry((name, *want)).or_default().push(place);
        }
    }
    settle(graph, &places, &chains);
}

/// Documents that are called after an identifier that nothing defines are about it, whatever they were taken for.
fn called<'g>(graph: &'g Graph, names: &'g [(Id, Want)]) -> impl Iterator<Item = (usize, Place)> + 'g {
    graph.files().filter_map(|(file, input)| {
        let name = input.path.rsplit('/').next()?;
        let stem = [".md", ".rst", ".adoc"].iter().find_map(|extension| name.strip_suffix(extension))?;
        let at = names.binary_search_by(|(name, want)| (name.as_str(), *want).cmp(&(stem, Want::Definition))).ok()?;
        Some((at, Place::new(file, Span::default())))
    })
}

/// The names that a file shows in a telling place, each once.
fn in_file(graph: &Graph, file: FileId, text: &str, automaton: &AhoCorasick, names: &[(Id, Want)]) -> Vec<(usize, Span)> {
    let page = Page::new(graph, file, text);
    let mut found: Vec<(usize, Span)> = Vec::new();
    let mut known: FxHashSet<usize> = FxHashSet::default();
    let mut habit = 0;
    for hit in automaton.find_iter(text) {
        let (at, span) = (hit.pattern().as_usize(), Span::new(hit.start(), hit.end()));
        // The same name may be wanted as two things, which stand side by side.
        let name = names.get(at).map(|(name, _)| name);
        if !page.is_word(span, name.is_some_and(|name| name.ends_with('*'))) {
            continue;
        }
        for at in [at, at + 1, at + 2].into_iter().filter(|at| names.get(*at).map(|(name, _)| name) == name) {
            let Some((_, want)) = names.get(at).filter(|_| !known.contains(&at)) else { continue };
            let seen = match want {
                Want::Verification => page.verifies(span),
                Want::Definition => page.defines(span),
                Want::Test => page.tests(span),
                Want::Case => page.describes(span),
            };
            if seen != Seen::Nowhere {
                known.insert(at);
                habit += usize::from(seen == Seen::Remark);
                found.push((at, span));
            }
        }
    }
    if (1..HABIT).contains(&habit) {
        found.retain(|(_, span)| page.verifies(*span) != Seen::Remark);
    }
    found
}

/// How a requirement was seen that nothing is known to verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Tests or a table of tests name it.
    Named,
    /// A document writes test cases below its name.
    Written,
    /// A comment declares a test to which other objects lead from it.
    Declared,
}

/// How a requirement was seen at a place.
pub fn form(graph: &Graph, place: Place) -> Form {
    let input = graph.input(place.file);
    let text = input.text.as_str();
    if input.reader == "markdown" && position::heads_cases(text, place.span) {
        Form::Written
    } else if language(&input.path).is_some() && position::is_declared(text, place.span) {
        Form::Declared
    } else {
        Form::Named
    }
}

/// Where each name was seen, once a file.
type Places<'n> = FxHashMap<(&'n str, Want), Vec<Place>>;

/// The first place that may mean a requirement: not one that lies nearer to another specification, `homes`, with the same
/// identifier.
fn own_place(graph: &Graph, one: &Requirement, homes: &[FileId], mut places: impl Iterator<Item = Place>) -> Option<Place> {
    let folder = |file: FileId| graph.path(file).rsplit_once('/').map_or("", |(folder, _)| folder);
    let near = |place: &Place, home: FileId| nearness(folder(place.file), folder(home));
    places.find(|place| homes.iter().all(|home| near(place, *home) <= near(place, one.place.file)))
}

/// What names in sources are known to mean, where several specifications number alike.
struct Others<'g> {
    resolved: FxHashMap<(FileId, u32), ReqId>,
    spoken: Vec<Spoken<'g>>,
}

impl<'g> Others<'g> {
    fn of(graph: &Graph, alike: bool) -> Self {
        let one = |target: &Meant| if let Found::One(id) = target.found { Some(id) } else { None };
        let markers = graph.marked.iter().filter(|_| alike);
        Self {
            resolved: markers.filter_map(|(fact, target)| Some(((fact.file, target.span.start), one(target)?))).collect(),
            spoken: graph.inputs.iter().filter(|_| alike).map(|_| Spoken::default()).collect(),
        }
    }

    /// Whether a place means another requirement of the same identifier.
    fn claim(&self, graph: &'g Graph, place: Place, id: ReqId) -> bool {
        let known = self.resolved.get(&(place.file, place.span.start));
        let spoken = || self.spoken.get(place.file.index());
        known.is_some_and(|known| *known != id)
            || spoken().is_some_and(|spoken| spoken.means_another(graph, place.file, place.span.start, id))
    }
}

/// The matrices whose row of a requirement has a dash where its tests would be: whatever else they name it for, in lists of gaps
/// and in summaries, is no trace.
fn denied(graph: &Graph, one: &Requirement) -> SmallVec<[FileId; 1]> {
    let rows = one.rows.iter().map(|row| graph.row_node(*row));
    let denies = |node: &&RowNode| {
        let row = graph.row(node);
        let says_nothing = row.citations.is_empty() && row.cited.is_empty() && graph.table(node).has_tests;
        let text = || graph.text(Place::new(node.fact.file, row.span));
        says_nothing && text().split(['|', ',']).any(|cell| matches!(cell.trim(), "-" | "–" | "—" | "--"))
    };
    rows.filter(denies).map(|node| node.fact.file).collect()
}

/// Requirements that a row may mean by a pattern with several stars, `REQ-LOW-*-*`, though it does not fit them part by part.
fn loosely(graph: &Graph) -> Vec<(Id, Place)> {
    let rows = graph.rows.iter().flat_map(|node| graph.row(node).ids.iter().map(move |one| (node.fact.file, one)));
    let stems = rows.filter_map(|(file, one)| match &one.name {
        Name::Prefix(prefix) => Some((prefix.split_once('*')?.0.into(), Place::new(file, one.span))),
        Name::One(_) | Name::Range(_) => None,
    });
    let mut stems: Vec<(Id, Place)> = stems.collect();
    stems.sort_unstable();
    stems.dedup_by(|a, b| a.0 == b.0);
    stems
}

/// Writes down what was seen: requirements are not assessed, and neither are citations.
fn settle(graph: &mut Graph, places: &Places<'_>, chains: &Chains) {
    let mut sightings = Sightings::default();
    let patterns = loosely(graph);
    let mut homes: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
    for one in graph.requirements.iter().filter(|one| places.contains_key(&(one.id.as_str(), Want::Verification))) {
        homes.entry(&one.id).or_default().push(one.place.file);
    }
    let others = Others::of(graph, homes.values().any(|homes| homes.len() > 1));
    let unnamed = graph.requirements().filter(|(_, one)| is_unnamed(one));
    let seen = unnamed.filter_map(|(id, one)| {
        let pattern = || patterns.iter().find(|(stem, _)| one.id.starts_with(stem.as_str())).map(|(_, place)| *place);
        let homes = homes.get(one.id.as_str()).map_or(&[][..], Vec::as_slice);
        let denied = denied(graph, one);
        let of = |name: &str| {
            let places = places.get(&(name, Want::Verification))?.iter().copied();
            own_place(graph, one, homes, places.filter(|place| !denied.contains(&place.file) && !others.claim(graph, *place, id)))
        };
        let place = of(&one.id).or_else(|| of(tail(&one.id)?));
        let place = place.or_else(|| chains.get(&id)?.iter().find_map(|test| of(test)));
        Some((id, place.or_else(pattern)?))
    });
    let seen: Vec<(ReqId, Place)> = seen.collect();
    for (id, place) in &seen {
        let reason = match form(graph, *place) {
            Form::Named => REASON,
            Form::Written => WRITTEN,
            Form::Declared => DECLARED,
        };
        if let Some(one) = graph.requirements.get_mut(id.0 as usize) {
            one.not_assessed = Some(reason.into());
        }
    }
    sightings.verified = seen.into_iter().collect();
    let defined = places.iter().filter(|((_, want), _)| *want == Want::Definition);
    sightings.defined = defined.filter_map(|((name, _), places)| Some((Id::from(*name), *places.first()?))).collect();
    let cases: FxHashSet<&str> = places.keys().filter(|(_, want)| *want == Want::Case).map(|(name, _)| kin(name)).collect();
    let lost: Vec<(usize, usize)> = graph
        .rows()
        .flat_map(|(row, node)| {
            // Where a document describes others of a family, it is not the family that is unknown.
            let cases = &cases;
            let seen = move |target: &Target| {
                name(target).is_some_and(|(name, want)| {
                    places.contains_key(&(name, want)) || want == Want::Case && cases.contains(kin(name))
                })
            };
            let lost =
                graph.citations(node).enumerate().filter(move |(_, (citation, one))| is_lost(one) && seen(&citation.target));
            lost.map(move |(at, _)| (row.0 as usize, at))
        })
        .collect();
    for (row, at) in lost {
        if let Some(one) = graph.rows.get_mut(row).and_then(|node| node.citations.get_mut(at)) {
            *one = Resolution::NotAssessed(Why::Seen);
        }
    }
    graph.sightings = sightings;
}
