//! Tables whose names lead to no test: they may list other things than tests.

use crate::check::cited;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{FactRef, Ghost, Graph, Resolution, RowNode};
use crate::model::citation::{Citation, Target};
use crate::read::grammar::citation::looks_like_test;
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// So few names say nothing about their column.
const FEW: usize = 4;

/// More places than this are only counted.
const SHOWN: usize = 4;

/// Where fewer than one in so many names lead to a test, the column may not name tests.
const SHARE: usize = 4;

/// What became of the names without a file in one table.
#[derive(Default)]
struct Tally {
    /// The first row with a name that leads nowhere.
    first: Option<(FactRef, usize)>,
    names: usize,
    found: usize,
    /// Names that lead nowhere and are formed like those of tests.
    tests: usize,
    /// Names without a scope that lead to a test and are not formed like one.
    plain: usize,
    /// Citations with a file that lead to tests.
    filed: usize,
}

/// The tables of all matrices.
pub(super) struct Columns {
    tables: FxHashMap<(FileId, u32), Tally>,
}

impl Columns {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut tables: FxHashMap<(FileId, u32), Tally> = FxHashMap::default();
        for (row, node) in graph.rows().filter(|(_, node)| !cited::is_retired(graph, node)) {
            let tally = tables.entry((node.fact.file, graph.row(node).table)).or_default();
            // Entries of a list of tests are no column.
            for (at, (citation, resolution)) in graph.citations(node).enumerate().filter(|(_, (one, _))| !one.listed) {
                tally.filed += usize::from(bare(citation).is_none() && matches!(resolution, Resolution::Tests(_)));
                let Some(name) = bare(citation) else { continue };
                tally.names += 1;
                let led = leads(resolution) || graph.drifts.existed.contains(&(row, at));
                if led || matches!(resolution, Resolution::Ambiguous(_) | Resolution::NotATest(_)) {
                    tally.found += 1;
                    tally.plain += usize::from(is_plain(citation, name));
                } else if is_ghost(resolution) {
                    tally.tests += usize::from(looks_like_test(name));
                    tally.first.get_or_insert((node.fact, at));
                } else {
                    tally.names -= 1;
                }
            }
        }
        Self { tables }
    }

    /// Whether a name that leads nowhere is no ghost of its own: its table is told as a whole, or it looks like
    /// no test and no name of that form in its table leads to one: signals and measures stand beside tests as well.
    pub(super) fn tells(&self, graph: &Graph, node: &RowNode, citation: &Citation) -> bool {
        let Some(tally) = self.tables.get(&(node.fact.file, graph.row(node).table)) else { return false };
        let Some(name) = bare(citation).filter(|_| !citation.listed) else { return false };
        tally.is_doubtful() || is_plain(citation, name) && tally.plain == 0
    }

    /// One finding for each table whose names lead to no test.
    pub(super) fn report(&self, graph: &Graph, findings: &mut Vec<Finding>) {
        for tally in self.tables.values().filter(|tally| tally.is_doubtful()) {
            let Some(finding) = tally.first.and_then(|(row, at)| told(graph, row, at, tally)) else { continue };
            findings.push(finding);
        }
        findings.extend(self.unclear(graph));
    }

    /// One finding a document for names that lead nowhere and that nothing shows to be those of tests: what they are
    /// evidence of has a gap, which must not go without a word.
    fn unclear(&self, graph: &Graph) -> Vec<Finding> {
        let mut files: BTreeMap<FileId, BTreeMap<&str, Place>> = BTreeMap::new();
        for node in graph.rows.iter().filter(|node| !cited::is_retired(graph, node) && !cited::is_planned(graph, node)) {
            let doubtful = |tally: &Tally| tally.is_doubtful();
            if self.tables.get(&(node.fact.file, graph.row(node).table)).is_some_and(doubtful) {
                continue;
            }
            // Beside a test that exists it is a remark on it.
            if graph.citations(node).any(|(_, one)| leads(one)) {
                continue;
            }
            for (citation, _) in graph.citations(node).filter(|(_, one)| is_ghost(one)) {
                let Some(name) = bare(citation).filter(|_| self.tells(graph, node, citation)) else { continue };
                files.entry(node.fact.file).or_default().entry(name).or_insert(cited::place(node, citation.span));
            }
        }
        let told = files.into_iter().filter_map(|(file, names)| {
            let mut places: Vec<Place> = names.values().copied().collect();
            places.sort_unstable();
            let (first, others) = places.split_first()?;
            let all: Vec<&str> = names.keys().copied().collect();
            let (verb, they) = if all.len() == 1 { ("was", "it is a test") } else { ("were", "they are tests") };
            let message = format!(
                "{} that {} cites {verb} not found, and nothing says that {they}: {}",
                count(all.len(), "name"),
                graph.path(file),
                cited::list(&all)
            );
            let finding = Finding::new(*first, format!("{} names", graph.path(file)), message)
                .label("not found")
                .help("If these are tests, cite them by file and name; if not, say in the row by which method the requirement is verified.")
                .severity(Severity::Info);
            Some(others.iter().take(SHOWN).fold(finding, |finding, place| finding.related(*place, "nor was this")))
        });
        told.collect()
    }
}

impl Tally {
    fn is_doubtful(&self) -> bool {
        self.names >= FEW && self.found * SHARE < self.names && self.filed * SHARE < self.names
    }
}

fn told(graph: &Graph, row: FactRef, at: usize, tally: &Tally) -> Option<Finding> {
    let node = graph.rows.iter().find(|node| node.fact == row)?;
    let citation = graph.row(node).citations.get(at)?;
    let table = graph.table(node);
    let missing = tally.names - tally.found;
    let path = graph.path(row.file);
    let (what, help, severity) = if tally.tests * 2 > missing {
        let help = "Correct the names, write the tests, or take the citations out.";
        ("tests that do not exist", help, Severity::Error)
    } else {
        let help = "Cite tests by file and name, or give the column a name that does not promise tests.";
        ("nothing that was found; this column may not name tests", help, Severity::Warning)
    };
    let message = format!("{missing} of {} in this table of {path} name {what}", count(tally.names, "citation"));
    let finding = Finding::new(cited::place(node, citation.span), format!("{path} {}", table.heading), message);
    Some(finding.label("the first of them").help(help).severity(severity).related(cited::place(node, table.header), "the table"))
}

/// Whether a name has no scope and is not formed like one of a test.
fn is_plain(citation: &Citation, name: &str) -> bool {
    matches!(&citation.target, Target::Test(test) if test.scope.is_empty()) && !looks_like_test(name)
}

/// The name of a test that is cited without a file.
fn bare(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(test) if test.file.is_none() => Some(&test.name),
        _ => None,
    }
}

fn leads(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::Tests(_) | Resolution::WrongFile { .. } | Resolution::File(_))
}

fn is_ghost(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::Ghost(Ghost::NoName(_)))
}
