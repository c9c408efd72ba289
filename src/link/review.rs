//! Links as a review looks at them: what the requirement says, what the test does, and the evidence that it left behind.

use super::drift::{body, fingerprint};
use super::graph::{Graph, ReqId, Requirement, Resolution, TestId};
use super::proof::place;
use crate::model::citation::Target;
use crate::model::requirement::Standing;
use crate::settings::{LinkName, Seen};
use crate::source::{FileId, Place, Span};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A link of a requirement in force to what verifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The requirement.
    pub requirement: ReqId,
    /// Where the test or the case stands; the beginning of a file that is cited as a whole.
    pub place: Place,
    /// The names of both ends.
    pub name: LinkName,
    /// What they say.
    pub seen: Seen,
}

/// The end of a link.
enum End {
    /// Tests of one name in one file.
    Tests(Vec<TestId>),
    /// A case that a document describes.
    Case(Place),
    /// A file in which no test was recognised: a procedure, a report.
    File,
}

/// All links of requirements in force, in order of requirements.
pub fn links(graph: &Graph) -> Vec<Link> {
    let active: Vec<(ReqId, &Requirement)> = graph.requirements().filter(|(_, one)| one.standing == Standing::Active).collect();
    let bodies = bodies(graph);
    active.into_par_iter().flat_map_iter(|(id, one)| of(graph, &bodies, id, one)).collect()
}

/// What the tests do that are evidence, without comments and layout. One test verifies many requirements: it is read once.
fn bodies(graph: &Graph) -> FxHashMap<TestId, String> {
    let mut tests: Vec<TestId> =
        graph.requirements().flat_map(|(_, one)| one.evidence.iter().map(|evidence| evidence.test)).collect();
    tests.sort_unstable();
    tests.dedup();
    // Another name alone is no other test.
    let nameless = |test: TestId| body(graph, test).replacen(graph.test(test).name.as_str(), "", 1);
    tests.into_par_iter().map(|test| (test, nameless(test))).collect()
}

/// Fingerprints of what the tests do that are evidence: comments, layout and their names make no difference.
pub fn test_fingerprints(graph: &Graph) -> FxHashMap<TestId, String> {
    bodies(graph).into_iter().map(|(test, body)| (test, digits(&body))).collect()
}

fn of(graph: &Graph, bodies: &FxHashMap<TestId, String>, id: ReqId, one: &Requirement) -> Vec<Link> {
    let text = fingerprint(graph, one).unwrap_or_else(|| digits(&one.title));
    let links = ends(graph, one).into_iter().map(|((file, test), end)| {
        let (place, seen) = match &end {
            End::Tests(tests) => {
                let first = tests.first().map(|test| graph.test_place(*test));
                (first.unwrap_or(Place::new(file, Span::default())), seen(graph, bodies, tests))
            }
            End::Case(place) => (*place, Seen { body: digits(&case(graph, *place)), ..Seen::default() }),
            // The bytes of the file are the evidence.
            End::File => {
                let evidence = digest(graph, file).into_iter().collect();
                (Place::new(file, Span::default()), Seen { evidence, ..Seen::default() })
            }
        };
        let name = LinkName {
            specification: graph.namespace(one).to_owned(),
            requirement: one.id.to_string(),
            file: graph.path(file).to_owned(),
            test,
        };
        Link { requirement: id, place, name, seen: Seen { text: text.clone(), ..seen } }
    });
    let mut links: Vec<Link> = links.collect();
    for proof in one.rows.iter().filter_map(|row| graph.proofs.get(row)).flatten() {
        if links.iter().any(|link| link.name.file == proof.path) {
            continue;
        }
        let name = LinkName {
            specification: graph.namespace(one).to_owned(),
            requirement: one.id.to_string(),
            file: proof.path.clone(),
            test: String::new(),
        };
        let evidence = [(proof.path.clone(), proof.digest.clone())].into();
        let seen = Seen { text: text.clone(), evidence, ..Seen::default() };
        links.push(Link { requirement: id, place: place(graph, proof), name, seen });
    }
    links
}

/// What verifies a requirement, by file and name.
fn ends(graph: &Graph, one: &Requirement) -> BTreeMap<(FileId, String), End> {
    let mut ends: BTreeMap<(FileId, String), End> = BTreeMap::new();
    for evidence in &one.evidence {
        let name = (graph.test_node(evidence.test).fact.file, graph.test(evidence.test).qualified());
        match ends.entry(name).or_insert_with(|| End::Tests(Vec::new())) {
            End::Tests(tests) if !tests.contains(&evidence.test) => tests.push(evidence.test),
            _ => {}
        }
    }
    for (citation, resolution) in one.rows.iter().flat_map(|row| graph.citations(graph.row_node(*row))) {
        match (resolution, &citation.target) {
            (Resolution::File(file), _) => _ = ends.entry((*file, String::new())).or_insert(End::File),
            (Resolution::Documented(places), Target::CaseId(id)) => {
                if let Some(place) = places.first() {
                    ends.entry((place.file, id.clone())).or_insert(End::Case(*place));
                }
            }
            _ => {}
        }
    }
    ends
}

/// The words of a case that a document describes: its section, its row, or else its paragraph.
fn case(graph: &Graph, place: Place) -> String {
    let text = graph.input(place.file).text.as_str();
    let at = place.span.start as usize;
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let rest = text.get(start..).unwrap_or("");
    let level = rest.len() - rest.trim_start_matches('#').len();
    let is_over = |line: &str| match level {
        0 => line.trim().is_empty() || rest.trim_start().starts_with('|') || graph.path(place.file).ends_with(".csv"),
        _ => (1..=level).contains(&(line.len() - line.trim_start_matches('#').len())),
    };
    let lines = rest.lines().enumerate().take_while(|(number, line)| *number == 0 || !is_over(line));
    let words = lines.flat_map(|(_, line)| line.split(|c: char| c.is_whitespace() || matches!(c, '*' | '`' | '_' | '|' | '#')));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn seen(graph: &Graph, bodies: &FxHashMap<TestId, String>, tests: &[TestId]) -> Seen {
    let code = tests.iter().filter_map(|test| bodies.get(test)).map(String::as_str).collect::<Vec<_>>().join("\n");
    let nodes = || tests.iter().map(|test| graph.test_node(*test));
    let results = nodes().flat_map(|node| &node.results).filter_map(|id| graph.results.get(id.0 as usize));
    let evidence = results.filter_map(|result| digest(graph, result.fact.file)).collect();
    let outcome = nodes().filter_map(|node| node.outcome).map(|outcome| outcome.name()).max_by_key(|name| *name != "passed");
    Seen { text: String::new(), body: digits(&code), evidence, outcome: outcome.unwrap_or_default().to_owned() }
}

/// The path and the digest of a file; nothing where it could not be read.
fn digest(graph: &Graph, file: FileId) -> Option<(String, String)> {
    let input = graph.input(file);
    let digest = input.text.digest();
    (!digest.is_empty()).then(|| (input.path.clone(), digest.to_owned()))
}

/// Sixteen hexadecimal digits.
fn digits(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
