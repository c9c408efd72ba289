//! What no reader complained about and is lost all the same.

use crate::check::cited;
use crate::check::families::{defined, is_example};
use crate::check::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Input};
use crate::link::kin;
use crate::model::record::Kind;
use crate::model::requirement::{Definition, Shape};
use crate::model::vocabulary::{is_requirement_word, names_matrix};
use crate::source::{FileId, Place};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// Fewer rows or definitions than this are no loss to speak of.
const FEW: usize = 3;

/// More documents than this are only counted.
const SHOWN: usize = 6;

/// A file that is named like the results of a test run, and in which no reader found one.
pub(super) fn results(file: FileId, input: &Input) -> Option<Finding> {
    let lost = input.reader == "xml" && is_named_like_results(&input.path) && !is_example(&input.path);
    let message = || {
        format!(
            "{} is named like the results of a test run, but is in no format of results that is read, so nothing in it is checked.",
            input.path
        )
    };
    lost.then(|| {
        Finding::new(cited::top(file), &input.path, message()).label("not read").help(
            "Let the run write JUnit XML, TRX or Robot Framework's output.xml into it again; if it holds something else, name it under `ignore` in the configuration.",
        )
    })
}

fn is_named_like_results(path: &str) -> bool {
    /// Other tools that write reports as XML.
    const OTHERS: &[&str] =
        &["coverage", "cobertura", "jacoco", "lint", "check", "pmd", "bugs", "zap", "bench", "scan", "audit", "metrics"];
    let path = path.to_lowercase();
    if path.ends_with(".trx") {
        return true;
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let Some(stem) = name.strip_suffix(".xml").filter(|_| !OTHERS.iter().any(|other| path.contains(other))) else { return false };
    let reports = folder.split('/').any(|part| part.contains("report") || part.contains("result"));
    let results = stem.split(|c: char| !c.is_alphanumeric()).any(|part| matches!(part, "results" | "testresults" | "junit"));
    results || stem.starts_with("junit") || stem.starts_with("test-") && reports || stem == "report" && reports
}

/// A document that calls itself a matrix, and of which no row was read.
pub(super) fn matrix(graph: &Graph, file: FileId, input: &Input) -> Option<Finding> {
    let document = graph.document(file).filter(|document| document.kind == Kind::Matrix)?;
    let facts = &input.facts;
    let silent = names_matrix(&format!("{} {}", document.title, input.path))
        && document.lists_identifiers
        && facts.rows.is_empty()
        && facts.definitions.is_empty()
        && facts.allocations.is_empty()
        && facts.problems.is_empty();
    (silent && !is_example(&input.path)).then(|| {
        let message = format!(
            "{} calls itself a matrix ({}), but no row of it could be read, so it is not checked.",
            input.path, document.title
        );
        Finding::new(cited::top(file), &input.path, message)
            .label("no row was read")
            .help("Give its tables a column of identifiers, as the specification writes them, and a column of tests; or name it under `ignore`.")
            .severity(Severity::Warning)
    })
}

/// Records on traceability whose tables trace requirements to tests: nothing in them is checked, and one may be a matrix.
pub(super) fn audits(graph: &Graph) -> Option<Finding> {
    let rows = |file: FileId| graph.document(file).map_or(0, |document| document.audited as usize);
    let audits: Vec<(FileId, usize)> = graph
        .files()
        .filter(|(_, input)| input.facts.rows.is_empty() && input.facts.kept.is_none() && !is_example(&input.path))
        .map(|(file, _)| (file, rows(file)))
        .filter(|(_, rows)| *rows >= FEW)
        .collect();
    let ((file, _), others) = audits.split_first()?;
    let total = audits.iter().map(|(_, rows)| rows).sum();
    let (what, is) = if others.is_empty() { ("a record", "it is") } else { ("records", "they are") };
    let paths: Vec<&str> = audits.iter().map(|(file, _)| graph.path(*file)).collect();
    let message = format!(
        "{} of {} trace requirements to tests, and {is} taken for {what} of what was found on some day: none of these rows is checked.",
        count(total, "row"),
        listed(&paths, 3)
    );
    let finding = Finding::new(cited::top(*file), "records on traceability", message)
        .label("not checked")
        .help("If such a document is to be kept true, name it under `matrices` in the section `[documents]` of tracegate.toml.")
        .severity(Severity::Info);
    Some(others.iter().take(SHOWN).fold(finding, |finding, (file, _)| finding.related(cited::top(*file), "nor is this")))
}

/// Rows that look like definitions of requirements by their family, and that nothing calls so.
pub(super) fn definitions(graph: &Graph) -> Option<Finding> {
    let known = LazyCell::new(|| graph.requirements.iter().map(|one| one.id.as_str()).collect::<FxHashSet<&str>>());
    let families = defined(graph);
    let mut documents: BTreeMap<FileId, Vec<&Definition>> = BTreeMap::new();
    for (file, input) in graph.files().filter(|(_, input)| may_specify(input)) {
        let unknown = |one: &&Definition| {
            one.shape == Shape::TableRow
                && !families.contains(kin(&one.id))
                && !known.contains(one.id.as_str())
                && kin(&one.id).ends_with('-')
                && is_requirement_word(&one.id)
        };
        let dropped: Vec<&Definition> = input.facts.definitions.iter().filter(unknown).collect();
        if dropped.len() >= FEW {
            documents.insert(file, dropped);
        }
    }
    let (file, first) = documents.iter().next()?;
    let ids: Vec<&str> = documents.values().flatten().map(|one| one.id.as_str()).collect();
    let message = format!(
        "{} in {} look like requirements ({}), but nothing says that they are, so they are not checked.",
        count(ids.len(), "row"),
        count(documents.len(), "document"),
        listed(&ids, 4)
    );
    let mut finding = Finding::new(Place::new(*file, first.first()?.span), "rows like requirements", message)
        .label("the first of them")
        .help(
            "If they are requirements, name the documents under `specifications` in the section `[documents]` of tracegate.toml.",
        )
        .severity(Severity::Info);
    for (file, rows) in documents.iter().skip(1).take(SHOWN) {
        if let Some(one) = rows.first() {
            finding = finding.related(Place::new(*file, one.span), format!("and {} here", rows.len()));
        }
    }
    Some(finding)
}

fn may_specify(input: &Input) -> bool {
    let other = |kind: Kind| matches!(kind, Kind::Template | Kind::Record | Kind::Investigation);
    !input.facts.document.as_ref().is_some_and(|document| other(document.kind)) && !is_example(&input.path)
}
