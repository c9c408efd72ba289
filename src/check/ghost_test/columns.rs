//! Tables whose names lead to no test: they may list other things than tests.

use crate::check::cited;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{FactRef, Ghost, Graph, Resolution, RowNode};
use crate::model::citation::{Citation, Target};
use crate::read::grammar::citation::looks_like_test;
use crate::source::FileId;
use rustc_hash::FxHashMap;

/// So few names say nothing about their column.
const FEW: usize = 4;

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
        for node in graph.rows.iter().filter(|node| !cited::is_retired(graph, node)) {
            let tally = tables.entry((node.fact.file, graph.row(node).table)).or_default();
            for (at, (citation, resolution)) in graph.citations(node).enumerate() {
                tally.filed += usize::from(bare(citation).is_none() && matches!(resolution, Resolution::Tests(_)));
                let Some(name) = bare(citation) else { continue };
                tally.names += 1;
                if leads(resolution) || matches!(resolution, Resolution::Ambiguous(_) | Resolution::NotATest(_)) {
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
        let Some(name) = bare(citation) else { return false };
        tally.is_doubtful() || is_plain(citation, name) && tally.plain == 0
    }

    /// One finding for each table whose names lead to no test.
    pub(super) fn report(&self, graph: &Graph, findings: &mut Vec<Finding>) {
        for tally in self.tables.values().filter(|tally| tally.is_doubtful()) {
            let Some(finding) = tally.first.and_then(|(row, at)| told(graph, row, at, tally)) else { continue };
            findings.push(finding);
        }
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
