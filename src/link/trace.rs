//! Rows to requirements and tests, markers to requirements.

use super::ambiguous;
use super::beside;
use super::callers::Callers;
use super::column;
use super::forms::Forms;
use super::graph::{
    Evidence, FactRef, Found, Graph, ReqId, Requirement, Resolution, RowId, RowNode, Target, TestId, TestNode, Via, index,
};
use super::inventory::Inventory;
use super::ladder::is_to_come;
use super::level;
use super::lone;
use super::lookup::Lookup;
use super::marked::markings;
use super::registers;
use super::series;
use super::singly::{is_of_file, named_singly, tests_of};
use crate::model::citation::{self, Citation, TestName};
use crate::model::claim::What;
use crate::model::id::Id;
use crate::model::matrix::{Layout, Status};
use crate::model::mention::{Mention, is_placeholder};
use crate::model::record::Kind;
use crate::model::test_case::Verb;
use crate::model::vocabulary::{self, Level};
use crate::read::code::looks_like_test;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Resolves all rows: their requirements and their citations.
pub(super) fn rows(graph: &Graph, lookup: &Lookup, settings: &Settings) -> Vec<RowNode> {
    let mut nodes = Vec::new();
    if graph.inputs.iter().all(|input| input.facts.rows.is_empty()) {
        return nodes;
    }
    // What rows name and what they cite are looked up in different places, and only the searches for tests depend on
    // those before.
    let (inventory, bare) = rayon::join(|| Inventory::new(&graph.inputs, settings, lookup), || bare(graph, lookup));
    nodes = bare;
    let mut next = 0;
    for (file, input) in graph.files() {
        let first = next;
        next += input.facts.rows.len();
        let nodes = nodes.get_mut(first..next).unwrap_or_default();
        nodes.iter_mut().for_each(|node| cite(graph, node, &inventory, false));
        // A matrix of which nothing was found, and which names a repository, speaks of that one.
        if !settings.tests_root && names_repository(graph, file) && nothing_found(nodes) {
            nodes.iter_mut().for_each(|node| cite(graph, node, &inventory, true));
        }
        lone::settle(graph, &inventory, nodes);
        if graph.document(file).is_none_or(|document| document.kind == Kind::Other) {
            doubt(graph, nodes);
        }
        doubt_listed(graph, nodes);
        miss(graph, nodes);
    }
    nodes
}

/// All rows with their requirements.
fn bare(graph: &Graph, lookup: &Lookup) -> Vec<RowNode> {
    let rows = graph.inputs.par_iter().enumerate().flat_map(|(file, input)| {
        let file = FileId(index(file));
        (0..input.facts.rows.len()).into_par_iter().map(move |at| FactRef { file, index: index(at) })
    });
    rows.map(|fact| row(graph, fact, lookup)).collect()
}

/// Binds matrices to specifications, and hands rows to their requirements.
pub(super) fn attach_rows(graph: &mut Graph, mut rows: Vec<RowNode>, settings: &Settings) {
    graph.registers = registers::settle(graph, &mut rows);
    graph.rows = rows;
    bind(graph);
    attach(graph, settings);
}

fn row(graph: &Graph, fact: FactRef, lookup: &Lookup) -> RowNode {
    let mut resolver = lookup.resolver(graph.path(fact.file));
    let node = RowNode { fact, targets: Vec::new(), related: Vec::new(), citations: Vec::new() };
    let row = graph.row(&node);
    let mut resolve = |mentions: &[Mention]| {
        let mut targets = Vec::with_capacity(mentions.len());
        mentions.iter().for_each(|mention| resolver.resolve(mention, &mut targets));
        for target in &mut targets {
            column::narrow(graph, &node, target);
        }
        targets
    };
    let (mut targets, related) = (resolve(&row.ids), resolve(&row.related));
    for target in &mut targets {
        column::narrow_told(graph, &node, target);
    }
    RowNode { targets, related, ..node }
}

/// Resolves what a row cites.
fn cite(graph: &Graph, node: &mut RowNode, inventory: &Inventory<'_>, elsewhere: bool) {
    let row = graph.row(node);
    let mut citations: Vec<Resolution> = row.citations.iter().map(|citation| cited(citation, inventory, elsewhere)).collect();
    inventory.narrow(row, &mut citations);
    let code: Vec<&str> = row.code.iter().map(|cell| graph.text(Place::new(node.fact.file, *cell))).collect();
    let text = graph.input(node.fact.file).text.as_str();
    beside::narrow(inventory, row, text, &mut citations);
    for (citation, found) in row.citations.iter().zip(&mut citations) {
        let before = text.get(..citation.span.start as usize).unwrap_or("");
        ambiguous::take_all(found, before);
        if matches!(found, Resolution::Ghost(_)) && is_requested(before) {
            *found = Resolution::NoTest;
        }
    }
    inventory.settle(&mut citations, &graph.table(node).heading, &code);
    for one in &mut citations {
        ambiguous::prefer_marked(graph, row, one);
    }
    // A cell that says "TODO" and then where the test is to stand cites none: that there is such a file shows nothing.
    for (citation, found) in row.citations.iter().zip(&mut citations) {
        if matches!(found, Resolution::Tests(_) | Resolution::File(_)) && is_to_come(graph, node, citation) {
            *found = Resolution::NoTest;
        }
    }
    node.citations = citations;
}

/// `GET exports/tickets.csv`: what stands behind a method of HTTP and was not found is an address, and no file that is missing.
/// What was found counts: `HEAD` is a commit as well.
fn is_requested(before: &str) -> bool {
    const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];
    let word = before.trim_end_matches(['`', ' ', '/']).rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    before.ends_with([' ', '/', '`']) && METHODS.contains(&word)
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
        for (_, resolution) in graph.citations(node).filter(|(citation, _)| !citation.listed) {
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
            drop_ghosts(graph, node, false);
        }
    }
}

/// What a row cites and nobody found, in a list of tests or elsewhere, is not known to be missing.
fn drop_ghosts(graph: &Graph, node: &mut RowNode, listed: bool) {
    let row = graph.row(node);
    // Whoever says that it passed means a test, and gives the path of its file.
    let passed = matches!(row.status, Some((Status::Pass, _))) && !listed;
    let means_a_test = |target: &citation::Target| match target {
        citation::Target::Test(TestName { file: Some(path), .. }) | citation::Target::File { path, .. } => {
            path.contains('/') && looks_like_test(path)
        }
        _ => false,
    };
    for (resolution, citation) in node.citations.iter_mut().zip(&row.citations).filter(|(_, one)| one.listed == listed) {
        if matches!(resolution, Resolution::Ghost(_)) && !(passed && means_a_test(&citation.target)) {
            *resolution = Resolution::NoTest;
        }
    }
}

/// Where lists of tests name none that was found, no reader knows their tests, and none of them is known to be missing.
fn doubt_listed(graph: &Graph, nodes: &mut [RowNode]) {
    let found = |one: &Resolution| matches!(one, Resolution::Tests(_) | Resolution::Ambiguous(_) | Resolution::NotATest(_));
    let leads = |node: &RowNode| graph.citations(node).any(|(citation, one)| citation.listed && found(one));
    if !nodes.iter().any(leads) {
        nodes.iter_mut().for_each(|node| drop_ghosts(graph, node, true));
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
        let known = || root(&target.id).is_some_and(|root| roots.contains(&root));
        let named = !vocabulary::is_foreign(&target.id) && !is_placeholder(&target.id);
        if target.found == Found::Foreign && known() && named {
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
    let named = named_singly(graph);
    for (id, node) in graph.rows() {
        let detail = graph.table(node).layout == Layout::Detail;
        let tests: Vec<CitedTest> = cited_tests(graph, node, settings);
        cited.extend(tests.iter().map(|one| one.test));
        for target in node.targets.iter().chain(&node.related) {
            let Found::One(requirement) = target.found else { continue };
            rows.push((requirement, detail, id));
            let place = |test: TestId| (requirement, node.fact.file, graph.test_node(test).fact.file);
            let meant = tests.iter().filter(|one| !(one.of_file && named.contains(&place(one.test))));
            evidence.extend(meant.map(|one| (requirement, Evidence { test: one.test, level: one.level, via: Via::Row(id) })));
        }
    }
    let Graph { requirements, tests, .. } = graph;
    let hand_over = |requirements: &mut [Requirement]| {
        rows.sort_unstable();
        rows.dedup();
        for (requirement, _, row) in rows {
            if let Some(requirement) = requirements.get_mut(requirement.0 as usize) {
                requirement.rows.push(row);
            }
        }
        for (requirement, one) in &evidence {
            if let Some(requirement) = requirements.get_mut(requirement.0 as usize) {
                requirement.evidence.push(one.clone());
            }
        }
    };
    let credit = |tests: &mut [TestNode]| {
        for test in cited {
            if let Some(node) = tests.get_mut(test.0 as usize) {
                node.cited = true;
            }
        }
        evidence.iter().for_each(|(requirement, one)| verifies(tests, one.test, *requirement));
    };
    // Neither side looks at the other.
    rayon::join(|| hand_over(requirements), || credit(tests));
}

/// A cited test.
struct CitedTest {
    test: TestId,
    /// The level that row, citation or test states.
    level: Option<Level>,
    /// Whether the whole of its file is cited.
    of_file: bool,
}

/// The tests of a row.
fn cited_tests(graph: &Graph, node: &RowNode, settings: &Settings) -> Vec<CitedTest> {
    let row = graph.row(node);
    let claimed = row.level.iter().chain(&row.method).find_map(|cell| vocabulary::levels(&cell.text).first().copied());
    let detail = graph.table(node).layout == Layout::Detail;
    let texts = row.notes.iter().chain(&row.title).filter(|_| detail);
    let told = texts.into_iter().find_map(|cell| level::by_text(settings, &cell.text));
    let mut tests = Vec::new();
    for (citation, resolution) in graph.citations(node) {
        let stated = citation.level.as_deref().and_then(|level| vocabulary::levels(level).first().copied());
        let of_file = is_of_file(&citation.target);
        let level = |test: TestId| stated.or(claimed).or(told).or(graph.test_node(test).level);
        tests.extend(tests_of(resolution).iter().map(|test| CitedTest { test: *test, level: level(*test), of_file }));
    }
    tests
}

/// Resolves the markers of all sources, file by file.
pub(super) fn markers(graph: &Graph, lookup: &Lookup) -> Vec<(Marked, Vec<Marking>)> {
    let files: Vec<FileId> = graph.files().map(|(file, _)| file).collect();
    let callers = Callers::new(graph);
    let forms = Forms::default();
    files.into_par_iter().map(|file| markers_of(graph, (lookup, &forms), &callers, file)).collect()
}

/// Hands markers to their requirements. One in test code verifies, one in other code implements.
pub(super) fn attach_markers(graph: &mut Graph, resolved: Vec<(Marked, Vec<Marking>)>) {
    let Graph { requirements, tests, marked, .. } = graph;
    let (named, markings): (Vec<Marked>, Vec<Vec<Marking>>) = resolved.into_iter().unzip();
    let markings = || markings.iter().flatten();
    // Neither side looks at the other.
    rayon::join(
        || {
            make_room(requirements, markings());
            markings().for_each(|marking| book(requirements, marking));
        },
        || {
            markings().for_each(|marking| credit(tests, marking));
            marked.reserve_exact(named.iter().map(Vec::len).sum());
            named.into_iter().for_each(|more| marked.extend(more));
        },
    );
}

/// Room for what is handed over next: lists that grow piece by piece are copied again and again.
fn make_room<'m>(requirements: &mut [Requirement], markings: impl Iterator<Item = &'m Marking>) {
    let mut counts = vec![0; requirements.len()];
    for marking in markings {
        if let Some(count) = counts.get_mut(marking.requirement.0 as usize) {
            *count += 1;
        }
    }
    for (requirement, count) in requirements.iter_mut().zip(counts) {
        requirement.markers.reserve_exact(count);
        requirement.evidence.reserve_exact(count);
    }
}

/// The identifiers that the markers of one file name.
pub(super) type Marked = Vec<(FactRef, Target)>;

/// A requirement that a marker names, and the tests that are marked.
pub(super) struct Marking {
    pub(super) requirement: ReqId,
    pub(super) fact: FactRef,
    pub(super) verb: Verb,
    /// Each with the level that the notation names, or else the test.
    pub(super) tests: SmallVec<[(TestId, Option<Level>); 2]>,
}

impl Marking {
    /// The tests that verify the requirement.
    fn verifying(&self) -> &[(TestId, Option<Level>)] {
        if is_of_code(self.verb) { &[] } else { &self.tests }
    }
}

/// Whether what a marker says is true of code, whatever test it may stand in.
pub(super) fn is_of_code(verb: Verb) -> bool {
    matches!(verb, Verb::Implements | Verb::Enters)
}

/// Hands a marker and the tests that are marked to its requirement.
fn book(requirements: &mut [Requirement], marking: &Marking) {
    let Some(node) = requirements.get_mut(marking.requirement.0 as usize) else { return };
    match marking.verb {
        Verb::Implements => node.implemented.push(marking.fact),
        Verb::Enters => node.entered.push(marking.fact),
        // What no test carries is a remark.
        Verb::Mentions if marking.tests.is_empty() => {}
        Verb::Verifies | Verb::Mentions | Verb::Tagged => node.markers.push(marking.fact),
    }
    let via = Via::Marker(marking.fact);
    node.evidence.extend(marking.verifying().iter().map(|(test, level)| Evidence { test: *test, level: *level, via }));
}

/// Hands the requirement to the tests that are marked.
fn credit(tests: &mut [TestNode], marking: &Marking) {
    for (test, _) in marking.verifying() {
        verifies(tests, *test, marking.requirement);
    }
}

fn verifies(tests: &mut [TestNode], test: TestId, requirement: ReqId) {
    if let Some(node) = tests.get_mut(test.0 as usize)
        && node.verifies.last() != Some(&requirement)
    {
        node.verifies.push(requirement);
    }
}

fn markers_of<'g>(
    graph: &'g Graph,
    (lookup, forms): (&Lookup, &Forms<'g>),
    callers: &Callers,
    file: FileId,
) -> (Marked, Vec<Marking>) {
    let input = graph.input(file);
    let mut resolver = lookup.resolver(&input.path);
    let (mut marked, mut found) = (Vec::with_capacity(input.facts.markers.len().div_ceil(2)), Vec::new());
    let spoken = series::Spoken::default();
    for (at, marker) in input.facts.markers.iter().enumerate() {
        let fact = FactRef { file, index: index(at) };
        let mut strange = |id: &str| resolver.is_strange(id, || forms.begin_like(graph, id));
        if marker.verb == Verb::Mentions && marker.ids.iter().all(|mention| mention.id().is_some_and(&mut strange)) {
            continue;
        }
        marker.ids.iter().for_each(|mention| resolver.resolve(mention, &mut found));
        for target in &mut found {
            let unknown = matches!(target.found, Found::Foreign | Found::Missing);
            if let Some(id) = unknown.then(|| forms.of(graph, &target.id)).flatten() {
                let meant = lookup.resolve(&Mention::one(id.clone(), target.span), &input.path);
                *target = meant.into_iter().next().unwrap_or_else(|| target.clone());
            }
        }
        for mut target in found.drain(..) {
            if target.found == Found::Foreign && marker.verb != Verb::Mentions && lookup.is_almost(&target.id) {
                target.found = Found::Missing;
            }
            column::narrow_marker(graph, fact, &mut target);
            spoken.narrow(graph, fact, &mut target);
            if target.found != Found::Foreign {
                marked.push((fact, target));
            }
        }
    }
    let markings = markings(graph, callers, &marked);
    (marked, markings)
}
