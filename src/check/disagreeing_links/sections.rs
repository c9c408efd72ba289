//! The summary row of a requirement against its detail section.

use crate::check::cited::{self, code, list};
use crate::check::fold::Draft;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId, Resolution, RowNode};
use crate::model::citation::Target;
use crate::model::matrix::Layout;
use crate::source::FileId;

/// A test as one side names it.
#[derive(Clone, PartialEq, Eq)]
struct Named<'g> {
    /// The file without folders and extension, where one is named.
    stem: Option<&'g str>,
    name: &'g str,
}

impl Named<'_> {
    fn may_be(&self, other: &Self) -> bool {
        self.name == other.name && (self.stem.is_none() || other.stem.is_none() || self.stem == other.stem)
    }
}

/// What one side of a document cites for a requirement.
#[derive(Default)]
struct Side<'g> {
    rows: Vec<&'g RowNode>,
    names: Vec<Named<'g>>,
    /// Files that are cited as a whole, by stem.
    files: Vec<&'g str>,
    /// Part of the citations cannot be compared by name.
    open: bool,
}

impl<'g> Side<'g> {
    fn add(&mut self, graph: &'g Graph, node: &'g RowNode) {
        self.rows.push(node);
        for (citation, resolution) in graph.citations(node) {
            match &citation.target {
                Target::Test(name) => {
                    let fixture =
                        matches!(resolution, Resolution::NotATest(_)) || cited::is_called_fixture(graph, node, citation);
                    let named = Named { stem: name.file.as_deref().map(cited::stem), name: &name.name };
                    if !fixture && !self.names.contains(&named) {
                        self.names.push(named);
                    }
                }
                Target::File { path, .. } => self.files.push(cited::stem(path)),
                Target::Glob(_) | Target::Elided | Target::CaseId(_) => self.open = true,
                Target::Prose(_) => {}
            }
        }
    }

    fn covers(&self, named: &Named<'_>) -> bool {
        self.names.iter().any(|own| own.may_be(named)) || named.stem.is_some_and(|stem| self.files.contains(&stem))
    }
}

/// Compares both sides in every document that has both.
pub(super) fn compare(graph: &Graph, id: ReqId) -> Vec<Draft<'_>> {
    let requirement = graph.requirement(id);
    let detailed = |node: &RowNode| graph.table(node).layout == Layout::Detail;
    let mut drafts = Vec::new();
    if !requirement.rows.iter().any(|row| detailed(graph.row_node(*row))) {
        return drafts;
    }
    let mut files: Vec<FileId> = requirement.rows.iter().map(|row| graph.row_node(*row).fact.file).collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let (mut summary, mut details) = (Side::default(), Side::default());
        for row in &requirement.rows {
            let node = graph.row_node(*row);
            // A row of several requirements says nothing about one of them alone.
            if node.fact.file != file || node.targets.len() > 1 || cited::is_retired(graph, node) {
                continue;
            }
            match graph.table(node).layout {
                Layout::Forward => summary.add(graph, node),
                Layout::Detail => details.add(graph, node),
                Layout::Inverted => {}
            }
        }
        if let Some(finding) = difference(graph, id, &summary, &details) {
            let finding = cited::about_requirement(finding, graph, id).severity(Severity::Warning);
            drafts.push(Draft {
                place: finding.place,
                severity: finding.severity,
                label: super::DIFFERS,
                subject: requirement.id.as_str().into(),
                requirement: id,
                write: Box::new(|| finding),
            });
        }
    }
    drafts
}

fn difference(graph: &Graph, id: ReqId, summary: &Side<'_>, details: &Side<'_>) -> Option<Finding> {
    if summary.open || details.open || summary.names.is_empty() || details.names.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    for (have, lack, side) in [(summary, details, "detail section"), (details, summary, "summary row")] {
        let same_name = |named: &&Named<'_>| lack.names.iter().any(|other| other.name == named.name);
        let lacking: Vec<String> =
            have.names.iter().filter(|named| !lack.covers(named) && !same_name(named)).map(|named| code(named.name)).collect();
        if !lacking.is_empty() {
            parts.push(format!("the {side} lacks {}", list(&lacking)));
        }
    }
    for named in summary.names.iter().filter(|named| !details.covers(named)) {
        if let Some(other) = details.names.iter().find(|other| other.name == named.name)
            && !summary.covers(other)
        {
            let (here, there) = (named.stem.unwrap_or(""), other.stem.unwrap_or(""));
            parts.push(format!("{} stands in `{here}` in the summary and in `{there}` in the details", code(named.name)));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let (first, detail) = (summary.rows.first()?, details.rows.first()?);
    let requirement = &graph.requirement(id).id;
    let message = format!("The summary row and the detail section of {requirement} name different tests: {}", parts.join("; "));
    let cell = graph.row(first).cited.first().map_or(graph.row(first).span, |cell| cell.span);
    Some(
        Finding::new(cited::place(first, cell), requirement.clone(), message)
            .label(super::DIFFERS)
            .help("Find out which tests verify the requirement, and name the same ones in both places.")
            .related(cited::place(detail, graph.row(detail).span), "the detail section begins here"),
    )
}
