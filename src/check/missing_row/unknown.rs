//! Rows for requirements that no specification defines.

use super::missing::names as speaks_of;
use crate::check::cited;
use crate::check::families::by_family;
use crate::check::support::{NearMisses, count};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, RowNode, Target};
use crate::link::kin;
use crate::model::mention::split_number;
use crate::model::test_case::Verb;
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// So many unknown identifiers of a family are told once.
const MANY: usize = 4;

/// So many findings about one matrix are told one by one; more have one cause.
const FEW: usize = 3;

/// More places than this are only counted.
const SHOWN: usize = 4;

/// The rows of one matrix, by the identifiers that they name and nobody defines.
type Unknown<'g> = BTreeMap<FileId, BTreeMap<&'g str, Vec<(&'g RowNode, &'g Target)>>>;

/// All identifiers that are reported here.
pub(in crate::check) fn names(graph: &Graph) -> FxHashSet<&str> {
    unknown(graph).into_values().flat_map(BTreeMap::into_keys).collect()
}

/// Rows for requirements that nobody defines: one finding for the identifiers of a row, or for a family
/// of which hardly anything is defined.
pub(super) fn report(graph: &Graph, findings: &mut Vec<Finding>) {
    let unknown = unknown(graph);
    if unknown.is_empty() {
        return;
    }
    let markers = markers(graph);
    for (file, ids) in unknown {
        let families = Families::of(graph, file, &ids);
        let mut rows: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, places) in &ids {
            let Some((node, _)) = places.first() else { continue };
            if let Some(group) = families.group(id) {
                groups.entry(group).or_default().push(id);
            } else {
                rows.entry(node.fact.index).or_default().push(id);
            }
        }
        let units = rows.into_values().map(|of_row| (of_row, false)).chain(groups.into_values().map(|family| (family, true)));
        let sure = |(named, is_family): &(Vec<&str>, bool)| !is_family || named.first().is_some_and(|id| families.is_error(id));
        let mut units: Vec<(Vec<&str>, bool)> = units.collect();
        // What so many have in common is one cause, however many each family has.
        if units.len() > FEW {
            let severity = if units.iter().any(sure) { Severity::Error } else { Severity::Warning };
            let mut named: Vec<&str> = units.into_iter().flat_map(|(named, _)| named).collect();
            named.sort_unstable();
            findings.extend(several(graph, file, &named, &ids, severity));
            continue;
        }
        units.sort_by_key(|unit| !sure(unit));
        for (named, is_family) in of_one_family(units) {
            let places: Vec<Place> = named.iter().filter_map(|id| ids.get(id)).flat_map(|all| places(all)).collect();
            let Some((place, others)) = places.split_first() else { continue };
            let finding = match is_family {
                true => whole_family(graph, *place, &named, &families),
                false => of_row(graph, *place, file, &named),
            };
            let others = if is_family { &[] } else { others };
            findings.push(named_again(finding, *place, others, &named, &markers));
        }
    }
}

/// Rows of one family that nobody defines say the same. There are few.
fn of_one_family(units: Vec<(Vec<&str>, bool)>) -> Vec<(Vec<&str>, bool)> {
    let mut merged: Vec<(Vec<&str>, bool)> = Vec::new();
    for (named, is_family) in units {
        let families = |ids: &[&str]| ids.iter().map(|id| kin(id).to_owned()).collect::<BTreeSet<String>>();
        let same = |other: &&mut (Vec<&str>, bool)| !is_family && !other.1 && families(&other.0) == families(&named);
        match merged.iter_mut().find(same) {
            Some((ids, _)) => ids.extend(named),
            None => merged.push((named, is_family)),
        }
    }
    merged
}

/// The other rows and the markers that name the same.
fn named_again(
    finding: Finding,
    first: Place,
    others: &[Place],
    named: &[&str],
    markers: &FxHashMap<&str, Vec<Place>>,
) -> Finding {
    let mut again: Vec<Place> = others.iter().filter(|other| **other != first).copied().collect();
    again.dedup();
    let finding = again.into_iter().take(SHOWN).fold(finding, |finding, other| finding.related(other, "named here too"));
    let marked = named.iter().filter_map(|id| markers.get(id)).flatten();
    marked.take(SHOWN).fold(finding, |finding, marker| finding.related(*marker, "a marker names it too"))
}

/// Many identifiers of one matrix are not defined, of several families: one document was not read, or is behind.
fn several(
    graph: &Graph,
    file: FileId,
    named: &[&str],
    ids: &BTreeMap<&str, Vec<(&RowNode, &Target)>>,
    severity: Severity,
) -> Option<Finding> {
    let mut all: Vec<(Place, &str)> =
        named.iter().filter_map(|id| Some((ids.get(id).and_then(|all| places(all).next())?, *id))).collect();
    all.sort_unstable();
    let ((place, _), others) = all.split_first()?;
    let path = graph.path(file);
    // Families that nothing else defines count as requirements of the matrix.
    let own = graph.requirements.iter().filter(|one| one.definition.is_none() && one.place.file == file);
    let own: Vec<&str> = own.map(|one| one.id.as_str()).collect();
    let more = match own.as_slice() {
        [] => String::new(),
        own => format!("; {} more are of families that nothing but the matrix names: {}", own.len(), by_family(own)),
    };
    let message = format!(
        "The matrix has rows for {} that no specification defines: {}{more}",
        count(named.len(), "identifier"),
        by_family(named)
    );
    let finding = Finding::new(*place, format!("{path} {}", severity.name()), message)
        .label("not defined, nor are the others")
        .help("Correct the identifiers, define the requirements, or name the document that defines them under `specifications` in the section `[documents]` of tracegate.toml.")
        .severity(severity);
    Some(others.iter().fold(finding, |finding, (place, id)| finding.related(*place, format!("{id} is not defined"))))
}

fn places<'g>(all: &'g [(&'g RowNode, &'g Target)]) -> impl Iterator<Item = Place> + 'g {
    all.iter().map(|(node, target)| cited::place(node, target.span))
}

fn unknown(graph: &Graph) -> Unknown<'_> {
    let near = LazyCell::new(|| NearMisses::new(graph));
    let listed = only_listed(graph);
    let mut unknown: Unknown<'_> = BTreeMap::new();
    for (_, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
        let related = node.related.iter().filter(|target| !listed.contains(kin(&target.id)));
        for target in node.targets.iter().chain(related).filter(|target| target.found == Found::Missing) {
            if !graph.sightings.defined.contains_key(&target.id) && near.of(graph, &target.id, node.fact.file).is_none() {
                unknown.entry(node.fact.file).or_default().entry(&target.id).or_default().push((node, target));
            }
        }
    }
    unknown
}

/// Families that rows list and no specification defines: a row that names one of them beside its own subject, in a
/// chain from a requirement over its design to its tests, asks for no definition.
fn only_listed(graph: &Graph) -> FxHashSet<&str> {
    let of = |defined: bool| {
        let all = graph.requirements.iter().filter(move |one| one.definition.is_some() == defined);
        all.map(|one| kin(&one.id)).collect::<FxHashSet<&str>>()
    };
    let defined = of(true);
    of(false).into_iter().filter(|kin| !defined.contains(kin)).collect()
}

/// Where markers name identifiers that are not defined.
fn markers(graph: &Graph) -> FxHashMap<&str, Vec<Place>> {
    let mut markers: FxHashMap<&str, Vec<Place>> = FxHashMap::default();
    for (fact, target) in graph.marked.iter().filter(|(_, target)| target.found == Found::Missing) {
        if graph.marker(*fact).verb != Verb::Mentions {
            markers.entry(&target.id).or_default().push(Place::new(fact.file, target.span));
        }
    }
    markers
}

fn root(id: &str) -> &str {
    id.split_once('-').map_or("", |(root, _)| root)
}

/// Distinct identifiers in the rows of one matrix: those that are defined, and those that are not.
#[derive(Default)]
struct Families<'g> {
    families: BTreeMap<&'g str, (BTreeSet<&'g str>, usize)>,
    roots: BTreeMap<&'g str, (BTreeSet<&'g str>, usize)>,
    /// Families of which anything is defined anywhere.
    defined: BTreeSet<&'g str>,
    /// Families of which a specification defines others that the matrix itself says it is for: that document is there, and so
    /// what it lacks is no matter of a document that nobody read.
    spoken: BTreeMap<&'g str, FileId>,
}

impl<'g> Families<'g> {
    fn of(graph: &'g Graph, file: FileId, unknown: &BTreeMap<&'g str, Vec<(&RowNode, &Target)>>) -> Self {
        let defined = graph.requirements.iter().filter(|one| one.definition.is_some()).map(|one| kin(&one.id)).collect();
        let mut families = Self { defined, spoken: spoken(graph, file), ..Self::default() };
        for node in graph.rows.iter().filter(|node| node.fact.file == file) {
            let targets = node.targets.iter().chain(&node.related);
            for target in targets.filter(|target| is_defined(graph, &target.found)) {
                families.families.entry(kin(&target.id)).or_default().0.insert(&target.id);
                families.roots.entry(root(&target.id)).or_default().0.insert(&target.id);
            }
        }
        for id in unknown.keys() {
            families.families.entry(kin(id)).or_default().1 += 1;
            families.roots.entry(root(id)).or_default().1 += 1;
        }
        families
    }

    /// The family that is told once, if the identifier is no matter of a single row: most of it is not defined, or
    /// so much that each row by itself would say the same.
    fn group(&self, id: &'g str) -> Option<&'g str> {
        let (known, missing) = self.count(id);
        match self.defined.contains(kin(id)) {
            true => (known < missing || missing >= MANY).then(|| kin(id)),
            false if root(id).len() > 1 && self.has_root(id) => (missing >= MANY || !self.is_rooted(id)).then(|| root(id)),
            false => Some(kin(id)),
        }
    }

    /// Distinct identifiers in the matrix, defined and not: of the family, or of those that begin alike where
    /// nothing of the family is defined.
    fn count(&self, id: &str) -> (usize, usize) {
        let found = match self.defined.contains(kin(id)) {
            true => self.families.get(kin(id)),
            false => self.roots.get(root(id)),
        };
        found.map_or((0, 0), |(known, missing)| (known.len(), *missing))
    }

    fn has_root(&self, id: &str) -> bool {
        self.roots.get(root(id)).is_some_and(|(known, _)| !known.is_empty())
    }

    /// Whether what is missing is an error: most of what the matrix names beside it is defined, or the matrix says that it is
    /// for the document that defines the others, however few these are by now.
    fn is_error(&self, id: &str) -> bool {
        let (known, missing) = self.count(id);
        known > 0 && (known >= missing || self.spoken.contains_key(kin(id)))
    }

    /// Whether most identifiers of the matrix that begin alike are defined: `URS-` beside an unknown `URS-PLM-001`.
    fn is_rooted(&self, id: &str) -> bool {
        let (known, missing) = self.roots.get(root(id)).map_or((0, 0), |(known, missing)| (known.len(), *missing));
        !self.defined.contains(kin(id)) && root(id).len() > 1 && known > 0 && known >= missing
    }
}

/// The families that are defined by specifications which a matrix has rows for and names.
fn spoken(graph: &Graph, matrix: FileId) -> BTreeMap<&str, FileId> {
    let bound: BTreeSet<u32> = graph.bindings.iter().filter(|one| one.0 == matrix).map(|one| one.1).collect();
    let named: BTreeSet<u32> = bound.into_iter().filter(|namespace| speaks_of(graph, matrix, *namespace)).collect();
    let of = graph.requirements.iter().filter(|one| one.definition.is_some() && named.contains(&one.namespace));
    of.map(|one| (kin(&one.id), one.place.file)).collect()
}

fn is_defined(graph: &Graph, found: &Found) -> bool {
    match found {
        Found::One(id) => graph.requirement(*id).definition.is_some(),
        Found::Ambiguous(_) => true,
        Found::Missing | Found::Foreign => false,
    }
}

fn of_row(graph: &Graph, place: Place, matrix: FileId, ids: &[&str]) -> Finding {
    let first = ids.first().copied().unwrap_or_default();
    let finding = Finding::new(place, ids.join(", "), unknown_message(graph, matrix, ids))
        .label("not defined")
        .help("Correct the identifier, define the requirement in its specification, or remove the row.");
    match last_of_family(graph, first) {
        Some((place, last)) => finding.related(place, format!("the last requirement of this family is {last}")),
        None => finding,
    }
}

/// Many of a family are not defined: its specification was not read or is behind, or it names other things.
fn whole_family(graph: &Graph, place: Place, ids: &[&str], families: &Families<'_>) -> Finding {
    let first = ids.first().copied().unwrap_or_default();
    let common = if ids.iter().all(|id| kin(id) == kin(first)) { kin(first).to_owned() } else { format!("{}-", root(first)) };
    let beside = if families.count(first).0 > 0 { "; others that it names are defined" } else { "" };
    let (rows, them) = match ids {
        [one] => (format!("a row for {one}, which no specification defines"), "it"),
        _ => (
            format!(
                "rows for {} named {common}… that no specification defines: {}",
                count(ids.len(), "identifier"),
                cited::list(ids)
            ),
            "them",
        ),
    };
    let finding = Finding::new(place, format!("{common}*"), format!("The matrix has {rows}{beside}"))
        .label(if ids.len() == 1 { "not defined" } else { "the first of them" })
        .help(match families.spoken.get(kin(first)) {
            Some(file) => format!("Define {them} in {} again, or take the rows out.", graph.path(*file)),
            None => {
                format!("Name the document that defines {them} under `specifications` in the section `[documents]` of tracegate.toml, or define {them}.")
            }
        })
        .severity(if families.is_error(first) { Severity::Error } else { Severity::Warning });
    match last_of_family(graph, first) {
        Some((place, last)) => finding.related(place, format!("{last} is defined here")),
        None => finding,
    }
}

fn unknown_message(graph: &Graph, matrix: FileId, ids: &[&str]) -> String {
    let id = ids.first().copied().unwrap_or_default();
    let named = cited::list(ids);
    let rows = if ids.len() == 1 { "a row" } else { "rows" };
    let siblings: Vec<ReqId> = graph.requirements().filter(|(_, one)| kin(&one.id) == kin(id)).map(|(id, _)| id).collect();
    let rows_here =
        |namespace: u32| graph.bindings.iter().filter(|one| one.0 == matrix && one.1 == namespace).map(|one| one.2).sum::<u32>();
    let nearest = siblings
        .iter()
        .map(|id| graph.requirement(*id).namespace)
        .max_by_key(|namespace| (rows_here(*namespace), std::cmp::Reverse(*namespace)));
    match nearest.and_then(|at| graph.namespaces.get(at as usize)) {
        Some(namespace) => {
            let path = graph.path(namespace.file);
            format!(
                "The matrix has {rows} for {named}, which {path} does not define, though it defines others named {}…",
                kin(id)
            )
        }
        None => format!("The matrix has {rows} for {named}, which no specification defines"),
    }
}

fn last_of_family<'g>(graph: &'g Graph, id: &str) -> Option<(Place, &'g str)> {
    let kin = graph.requirements.iter().filter(|one| one.definition.is_some() && kin(&one.id) == kin(id));
    // `FR-10` comes behind `FR-9`.
    let order = |id: &str| (split_number(id).map(|(_, number, _, _)| number), id.to_owned());
    kin.max_by_key(|one| order(&one.id)).map(|one| (one.place, one.id.as_str()))
}
