//! Rows to requirements and tests, markers to requirements.

use super::graph::{Evidence, FactRef, Found, Graph, ReqId, Resolution, RowId, RowNode, Target, TestId, Via, index};
use super::inventory::Inventory;
use super::level;
use super::lookup::Lookup;
use crate::model::claim::What;
use crate::model::id::Id;
use crate::model::matrix::Layout;
use crate::model::record::Kind;
use crate::model::test_case::{Grade, Kind as TestKind, Verb};
use crate::model::vocabulary::{self, Level};
use crate::settings::Settings;
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

/// Resolves all rows: their requirements and their citations.
pub(super) fn rows(graph: &Graph, lookup: &Lookup, settings: &Settings) -> Vec<RowNode> {
    let mut nodes = Vec::new();
    if graph.inputs.iter().all(|input| input.facts.rows.is_empty()) {
        return nodes;
    }
    let inventory = Inventory::new(&graph.inputs, &settings.absent);
    for (file, input) in graph.files() {
        let first = nodes.len();
        for at in 0..input.facts.rows.len() {
            nodes.push(row(graph, FactRef { file, index: index(at) }, lookup, &inventory, false));
        }
        // A matrix of which nothing was found, and which names a repository, speaks of that one.
        if !settings.tests_root && names_repository(graph, file) && nodes.get(first..).is_some_and(nothing_found) {
            nodes.truncate(first);
            for at in 0..input.facts.rows.len() {
                nodes.push(row(graph, FactRef { file, index: index(at) }, lookup, &inventory, true));
            }
        }
        if graph.document(file).is_none_or(|document| document.kind == Kind::Other) {
            doubt(graph, nodes.get_mut(first..).unwrap_or_default());
        }
        miss(graph, nodes.get_mut(first..).unwrap_or_default());
    }
    nodes
}

/// Binds matrices to specifications, and hands rows to their requirements.
pub(super) fn attach_rows(graph: &mut Graph, rows: Vec<RowNode>, settings: &Settings) {
    graph.rows = rows;
    bind(graph);
    attach(graph, settings);
}

fn row(graph: &Graph, fact: FactRef, lookup: &Lookup, inventory: &Inventory<'_>, elsewhere: bool) -> RowNode {
    let path = graph.path(fact.file);
    let node = RowNode { fact, targets: Vec::new(), related: Vec::new(), citations: Vec::new() };
    let row = graph.row(&node);
    let resolve = |mentions: &[crate::model::mention::Mention]| {
        mentions.iter().flat_map(|mention| lookup.resolve(mention, path)).collect::<Vec<Target>>()
    };
    RowNode {
        fact,
        targets: resolve(&row.ids),
        related: resolve(&row.related),
        citations: row.citations.iter().map(|citation| inventory.resolve(&citation.target, elsewhere)).collect(),
    }
}

/// In a document that does not call itself a matrix, a table in which hardly any citation leads
/// anywhere is no table of tests, and what it names are no ghosts.
fn doubt(graph: &Graph, nodes: &mut [RowNode]) {
    let table = |node: &RowNode| graph.row(node).table;
    let mut counts: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    for node in nodes.iter() {
        let (found, ghosts) = counts.entry(table(node)).or_default();
        for resolution in &node.citations {
            match resolution {
                Resolution::Ghost(_) | Resolution::NotAssessed(_) => *ghosts += 1,
                Resolution::NoTest => {}
                _ => *found += 1,
            }
        }
    }
    for node in nodes {
        let (found, ghosts) = counts.get(&table(node)).copied().unwrap_or_default();
        if found * 3 < ghosts {
            for resolution in node.citations.iter_mut().filter(|one| matches!(one, Resolution::Ghost(_))) {
                *resolution = Resolution::NoTest;
            }
        }
    }
}

/// Where a matrix speaks for a specification of `URS-…`, another `URS-…` that is defined nowhere is
/// missing from it, although its own family (`URS-PLM-`) is unknown.
fn miss(graph: &Graph, nodes: &mut [RowNode]) {
    let root = |id: &str| id.split_once('-').map(|(root, _)| Id::from(root)).filter(|root| root.len() > 1);
    let mut roots: FxHashSet<Id> = FxHashSet::default();
    for target in nodes.iter().flat_map(|node| node.targets.iter().chain(&node.related)) {
        if let Found::One(id) = target.found {
            let requirement = graph.requirement(id);
            roots.extend(root(&target.id).filter(|_| requirement.definition.is_some()));
        }
    }
    for target in nodes.iter_mut().flat_map(|node| node.targets.iter_mut().chain(&mut node.related)) {
        let known = root(&target.id).is_some_and(|root| roots.contains(&root));
        if target.found == Found::Foreign && known && !vocabulary::is_foreign(&target.id) {
            target.found = Found::Missing;
        }
    }
}

fn names_repository(graph: &Graph, file: FileId) -> bool {
    graph.facts(file).claims.iter().any(|claim| matches!(claim.what, What::Repository(_)))
}

fn nothing_found(nodes: &[RowNode]) -> bool {
    nodes
        .iter()
        .flat_map(|node| &node.citations)
        .all(|one| matches!(one, Resolution::Ghost(_) | Resolution::NotAssessed(_) | Resolution::NoTest))
}

/// Which matrix speaks for which specification, by the number of its rows.
fn bind(graph: &mut Graph) {
    let mut counts: FxHashMap<(FileId, u32), u32> = FxHashMap::default();
    for node in &graph.rows {
        for target in node.targets.iter().chain(&node.related) {
            if let Found::One(id) = target.found {
                *counts.entry((node.fact.file, graph.requirement(id).namespace)).or_default() += 1;
            }
        }
    }
    let mut bindings: Vec<(FileId, u32, u32)> =
        counts.into_iter().map(|((file, namespace), count)| (file, namespace, count)).collect();
    bindings.sort_unstable();
    graph.bindings = bindings;
}

/// Hands rows and cited tests to their requirements; summary rows come before details.
fn attach(graph: &mut Graph, settings: &Settings) {
    let mut rows: Vec<(ReqId, bool, RowId)> = Vec::new();
    let mut evidence: Vec<(ReqId, Evidence)> = Vec::new();
    let mut cited: Vec<TestId> = Vec::new();
    for (id, node) in graph.rows() {
        let detail = graph.table(node).layout == Layout::Detail;
        let tests: Vec<(TestId, Option<Level>)> = cited_tests(graph, node, settings);
        cited.extend(tests.iter().map(|(test, _)| *test));
        for target in node.targets.iter().chain(&node.related) {
            let Found::One(requirement) = target.found else { continue };
            rows.push((requirement, detail, id));
            evidence.extend(
                tests.iter().map(|(test, level)| (requirement, Evidence { test: *test, level: *level, via: Via::Row(id) })),
            );
        }
    }
    rows.sort_unstable();
    rows.dedup();
    for (requirement, _, row) in rows {
        if let Some(requirement) = graph.requirements.get_mut(requirement.0 as usize) {
            requirement.rows.push(row);
        }
    }
    for test in cited {
        if let Some(node) = graph.tests.get_mut(test.0 as usize) {
            node.cited = true;
        }
    }
    for (requirement, one) in evidence {
        prove(graph, requirement, one);
    }
}

/// The tests of a row with the level that row, citation or test states.
fn cited_tests(graph: &Graph, node: &RowNode, settings: &Settings) -> Vec<(TestId, Option<Level>)> {
    let row = graph.row(node);
    let claimed = row.level.iter().chain(&row.method).find_map(|cell| vocabulary::levels(&cell.text).first().copied());
    let told = row
        .notes
        .iter()
        .chain(&row.title)
        .find_map(|cell| level::by_text(settings, &cell.text))
        .filter(|_| graph.table(node).layout == Layout::Detail);
    let mut tests = Vec::new();
    for (citation, resolution) in graph.citations(node) {
        let stated = citation.level.as_deref().and_then(|level| vocabulary::levels(level).first().copied());
        let found: &[TestId] = match resolution {
            Resolution::Tests(found) | Resolution::WrongFile { found, .. } => found,
            _ => &[],
        };
        tests.extend(found.iter().map(|test| (*test, stated.or(claimed).or(told).or(graph.test_node(*test).level))));
    }
    tests
}

fn prove(graph: &mut Graph, requirement: ReqId, evidence: Evidence) {
    if let Some(node) = graph.tests.get_mut(evidence.test.0 as usize)
        && node.verifies.last() != Some(&requirement)
    {
        node.verifies.push(requirement);
    }
    if let Some(requirement) = graph.requirements.get_mut(requirement.0 as usize) {
        requirement.evidence.push(evidence);
    }
}

/// Resolves the markers of all sources, file by file.
pub(super) fn markers(graph: &Graph, lookup: &Lookup) -> Vec<(Marked, Vec<Marking>)> {
    let files: Vec<FileId> = graph.files().map(|(file, _)| file).collect();
    files.into_par_iter().map(|file| markers_of(graph, lookup, file)).collect()
}

/// Hands markers to their requirements. One in test code verifies, one in other code implements.
pub(super) fn attach_markers(graph: &mut Graph, resolved: Vec<(Marked, Vec<Marking>)>) {
    graph.marked.reserve_exact(resolved.iter().map(|(marked, _)| marked.len()).sum());
    make_room(graph, resolved.iter().flat_map(|(_, markings)| markings));
    for (marked, markings) in resolved {
        graph.marked.extend(marked);
        markings.into_iter().for_each(|marking| book(graph, marking));
    }
}

/// Room for what is handed over next: lists that grow piece by piece are copied again and again.
fn make_room<'m>(graph: &mut Graph, markings: impl Iterator<Item = &'m Marking>) {
    let mut counts = vec![0; graph.requirements.len()];
    for marking in markings {
        if let Some(count) = counts.get_mut(marking.requirement.0 as usize) {
            *count += 1;
        }
    }
    for (requirement, count) in graph.requirements.iter_mut().zip(counts) {
        requirement.markers.reserve_exact(count);
        requirement.evidence.reserve_exact(count);
    }
}

/// The identifiers that the markers of one file name.
pub(super) type Marked = Vec<(FactRef, Target)>;

/// A requirement that a marker names, and the tests that are marked.
pub(super) struct Marking {
    requirement: ReqId,
    fact: FactRef,
    tests: SmallVec<[TestId; 4]>,
    /// The level that the notation names.
    level: Option<Level>,
}

/// Hands a marker to its requirement, and the requirement to the tests that are marked.
fn book(graph: &mut Graph, marking: Marking) {
    let Marking { requirement, fact, tests, level } = marking;
    let (verb, grade) = {
        let marker = graph.marker(fact);
        (marker.verb, marker.grade)
    };
    let in_tests = !tests.is_empty();
    if let Some(node) = graph.requirements.get_mut(requirement.0 as usize) {
        match verb {
            Verb::Implements => node.implemented.push(fact),
            Verb::Verifies => node.markers.push(fact),
            Verb::Mentions if in_tests && grade == Grade::Function => node.markers.push(fact),
            Verb::Mentions => return,
        }
    }
    if verb != Verb::Implements {
        for test in tests {
            let level = level.or(graph.test_node(test).level);
            prove(graph, requirement, Evidence { test, level, via: Via::Marker(fact) });
        }
    }
}

fn markers_of(graph: &Graph, lookup: &Lookup, file: FileId) -> (Marked, Vec<Marking>) {
    let input = graph.input(file);
    let first = graph.first_tests.get(file.index()).copied().unwrap_or(0);
    let mut resolver = lookup.resolver(&input.path);
    let likely = input.facts.markers.len().div_ceil(2);
    let (mut marked, mut markings, mut found) = (Vec::with_capacity(likely), Vec::with_capacity(likely), Vec::new());
    for (at, marker) in input.facts.markers.iter().enumerate() {
        let fact = FactRef { file, index: index(at) };
        marker.ids.iter().for_each(|mention| resolver.resolve(mention, &mut found));
        for target in found.drain(..).filter(|target| target.found != Found::Foreign) {
            if let Found::One(requirement) = target.found {
                let (tests, level) = (marked_tests(graph, first, fact), kind_level(input.text.slice(marker.span)));
                markings.push(Marking { requirement, fact, tests, level });
            }
            marked.push((fact, target));
        }
    }
    (marked, markings)
}

/// `[utest->…]`: the kind in front of the arrow is a level.
fn kind_level(marker: &str) -> Option<Level> {
    let (kind, _) = marker.strip_prefix('[')?.split_once("->")?;
    vocabulary::levels(kind).first().copied()
}

/// The tests that a marker is attached to: its own, those of its class, or all of its file.
fn marked_tests(graph: &Graph, first: u32, fact: FactRef) -> SmallVec<[TestId; 4]> {
    let marker = graph.marker(fact);
    let tests = &graph.facts(fact.file).tests;
    let all = || tests.iter().enumerate().filter(|(_, test)| test.kind == TestKind::Test);
    let id = |at: usize| TestId(first + index(at));
    match (marker.grade, marker.test.and_then(|at| Some((at, tests.get(at as usize)?)))) {
        (Grade::Function, Some((at, test))) if test.kind == TestKind::Test => smallvec![TestId(first + at)],
        (Grade::Class, Some((_, class))) => {
            all().filter(|(_, test)| class.body.contains(test.span)).map(|(at, _)| id(at)).collect()
        }
        (Grade::File, _) => all().map(|(at, _)| id(at)).collect(),
        _ => SmallVec::new(),
    }
}
