//! Rows to requirements and tests, markers to requirements.

use super::callers::Callers;
use super::column;
use super::graph::{Evidence, FactRef, Found, Graph, ReqId, Resolution, RowId, RowNode, Target, TestId, Via, index};
use super::inventory::Inventory;
use super::level;
use super::lookup::Lookup;
use crate::model::citation::Citation;
use crate::model::claim::What;
use crate::model::matrix::Layout;
use crate::model::record::Kind;
use crate::model::test_case::{Grade, Kind as TestKind, Verb};
use crate::model::vocabulary::{self, Level};
use crate::settings::Settings;
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Resolves all rows: their requirements and their citations.
pub(super) fn rows(graph: &mut Graph, lookup: &Lookup, settings: &Settings) {
    let mut nodes = Vec::new();
    {
        let inventory = Inventory::new(&graph.inputs, &settings.absent, lookup);
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
    }
    graph.rows = nodes;
    bind(graph);
    attach(graph, settings);
}

fn row(graph: &Graph, fact: FactRef, lookup: &Lookup, inventory: &Inventory<'_>, elsewhere: bool) -> RowNode {
    let path = graph.path(fact.file);
    let node = RowNode { fact, targets: Vec::new(), related: Vec::new(), citations: Vec::new() };
    let row = graph.row(&node);
    let resolve = |mentions: &[crate::model::mention::Mention]| {
        let mut targets: Vec<Target> = mentions.iter().flat_map(|mention| lookup.resolve(mention, path)).collect();
        for target in &mut targets {
            column::narrow(graph, &node, target);
        }
        targets
    };
    let (targets, related) = (resolve(&row.ids), resolve(&row.related));
    RowNode {
        fact,
        targets,
        related,
        citations: row.citations.iter().map(|citation| cited(citation, inventory, elsewhere)).collect(),
    }
}

/// What comes of a citation; one from a column that need not name tests counts only where it leads to some.
fn cited(citation: &Citation, inventory: &Inventory<'_>, elsewhere: bool) -> Resolution {
    let found = inventory.resolve(&citation.target, elsewhere);
    let leads = matches!(found, Resolution::Tests(_));
    if citation.tentative && !leads { Resolution::NoTest } else { found }
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
    let root = |id: &str| id.split_once('-').map(|(root, _)| root.to_owned()).filter(|root| root.len() > 1);
    let mut roots: FxHashSet<String> = FxHashSet::default();
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
    // What a test case or a requirement says of itself speaks for no specification.
    let matrix = |file: FileId| graph.document(file).is_some_and(|document| document.kind == Kind::Matrix);
    for node in graph.rows.iter().filter(|node| graph.table(node).layout != Layout::Detail || matrix(node.fact.file)) {
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

/// Resolves the markers of all sources. A marker in test code verifies, one in other code implements.
pub(super) fn markers(graph: &mut Graph, lookup: &Lookup) {
    let files: Vec<FileId> = graph.files().map(|(file, _)| file).collect();
    let callers = Callers::new(graph);
    let resolved: Vec<(Marked, Marking)> = files.into_par_iter().map(|file| markers_of(graph, lookup, &callers, file)).collect();
    let (marked, evidence): (Vec<Marked>, Vec<Marking>) = resolved.into_iter().unzip();
    graph.marked = marked.into_iter().flatten().collect();
    for (requirement, fact, tests) in evidence.into_iter().flatten() {
        let (verb, level) = {
            let marker = graph.marker(fact);
            (marker.verb, kind_level(graph.text(Graph::place(fact, marker.span))))
        };
        if let Some(node) = graph.requirements.get_mut(requirement.0 as usize) {
            match verb {
                Verb::Implements => node.implemented.push(fact),
                Verb::Verifies => node.markers.push(fact),
                // What no test carries is a remark.
                Verb::Mentions if tests.is_empty() => continue,
                Verb::Mentions => node.markers.push(fact),
            }
        }
        if verb != Verb::Implements {
            for test in tests {
                let level = level.or(graph.test_node(test).level);
                prove(graph, requirement, Evidence { test, level, via: Via::Marker(fact) });
            }
        }
    }
}

/// The identifiers that the markers of one file name.
type Marked = Vec<(FactRef, Target)>;
/// The requirements among them, with the tests that are marked.
type Marking = Vec<(ReqId, FactRef, Vec<TestId>)>;

fn markers_of(graph: &Graph, lookup: &Lookup, callers: &Callers, file: FileId) -> (Marked, Marking) {
    let input = graph.input(file);
    let mut marked = Vec::new();
    for (at, marker) in input.facts.markers.iter().enumerate() {
        let fact = FactRef { file, index: index(at) };
        for mut target in marker.ids.iter().flat_map(|mention| lookup.resolve(mention, &input.path)) {
            if target.found == Found::Foreign && marker.verb != Verb::Mentions && lookup.is_almost(&target.id) {
                target.found = Found::Missing;
            }
            if target.found != Found::Foreign {
                marked.push((fact, target));
            }
        }
    }
    let found = marked.iter().filter_map(|(fact, target)| match target.found {
        Found::One(requirement) => Some((requirement, *fact)),
        _ => None,
    });
    let found: Vec<(ReqId, FactRef)> = found.collect();
    // The tests that carry a marker of their own.
    let own = found.iter().map(|(_, fact)| graph.marker(*fact));
    let own = own.filter(|marker| marker.grade == Grade::Function && marker.verb != Verb::Implements);
    let carriers: FxHashSet<u32> = own.filter_map(|marker| marker.test).collect();
    let tests = |fact: FactRef| marked_tests(graph, callers, &carriers, fact);
    let evidence = found.into_iter().map(|(requirement, fact)| (requirement, fact, tests(fact))).collect();
    (marked, evidence)
}

/// `[utest->…]`: the kind in front of the arrow is a level.
fn kind_level(marker: &str) -> Option<Level> {
    let (kind, _) = marker.strip_prefix('[')?.split_once("->")?;
    vocabulary::levels(kind).first().copied()
}

/// The tests that a marker is attached to: its own, those that call its helper, or those that it reaches. A list for
/// many tests is not that of a test which has a marker of its own, unless all have.
fn marked_tests(graph: &Graph, callers: &Callers, carriers: &FxHashSet<u32>, fact: FactRef) -> Vec<TestId> {
    let marker = graph.marker(fact);
    let tests = &graph.facts(fact.file).tests;
    let id = |at: u32| graph.test_at(FactRef { file: fact.file, index: at });
    if let (Grade::Function, Some(at)) = (marker.grade, marker.test) {
        return match tests.get(at as usize).map(|test| test.kind) {
            Some(TestKind::Test) => vec![id(at)],
            _ if marker.verb == Verb::Verifies => callers.of(id(at)).to_vec(),
            _ => Vec::new(),
        };
    }
    let from = tests.partition_point(|test| test.body.start < marker.reach.start);
    let reached = (0u32..).zip(tests).skip(from).take_while(|(_, test)| test.body.start < marker.reach.end());
    let reached = reached.filter(|(_, test)| test.kind == TestKind::Test && marker.reach.contains(test.span));
    let all: Vec<u32> = reached.map(|(at, _)| at).collect();
    let free = all.iter().filter(|at| !carriers.contains(at)).copied().collect::<Vec<u32>>();
    let chosen = if free.is_empty() { all } else { free };
    chosen.into_iter().map(id).collect()
}
