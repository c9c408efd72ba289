//! Names that nothing links and that stand in texts all the same: in a form that no reader takes.

use super::lost;
use crate::check::cited;
use crate::check::families::by_family;
use crate::check::naming::Namesakes;
use crate::check::support::count;
use crate::finding::{Finding, Severity};
use crate::link::code::Unnamed;
use crate::link::graph::{Found, Graph, ReqId};
use crate::link::sightings::{Form, form};
use crate::source::{FileId, Place};
use std::collections::{BTreeMap, BTreeSet};

/// More places than this are only counted.
const SHOWN: usize = 4;

/// More files than this share one cause.
const MANY: usize = 8;

/// What to do about identifiers that are not unique.
const OWN_NAME: &str =
    "Give each requirement an identifier of its own, or name it in a marker on its test, in the folder of its specification.";

/// Requirements that nothing is known to verify, and that tests or tables of tests name: one finding a file. Of those that share
/// their identifier with one of another specification that is traced, one more.
pub(super) fn traces(graph: &Graph) -> Vec<Finding> {
    let namesakes = Namesakes::default();
    let mut plain: Vec<(&str, Place)> = Vec::new();
    let mut shared: BTreeMap<(FileId, FileId), Shared<'_>> = BTreeMap::new();
    // Of a matrix that was not read at all it is said already.
    let told = |file: FileId| lost::matrix(graph, file, graph.input(file)).is_some();
    for (id, place) in graph.sightings.verified.iter().filter(|(_, place)| !told(place.file)) {
        let one = graph.requirement(*id);
        match namesakes.of(graph, *id) {
            None => plain.push((&one.id, *place)),
            Some((other, row)) => {
                let entry = shared.entry((place.file, one.place.file)).or_default();
                entry.insert(&one.id, (*place, graph.requirement(other).place.file, row));
            }
        }
    }
    let mut forms: BTreeMap<Form, Vec<(&str, Place)>> = BTreeMap::new();
    for (id, place) in plain {
        forms.entry(form(graph, place)).or_default().push((id, place));
    }
    let plain = forms.into_iter().flat_map(|(form, seen)| {
        let files = by_file(seen.iter().copied());
        if files.len() > MANY {
            return Vec::from_iter(everywhere(graph, form, &files));
        }
        files.iter().filter_map(|(file, names)| told_as(graph, form, *file, names)).collect()
    });
    let shared: Vec<Finding> = if shared.len() > MANY {
        Vec::from_iter(namesakes_everywhere(graph, &shared))
    } else {
        shared.iter().filter_map(|((file, of), names)| namesake(graph, *file, *of, names)).collect()
    };
    plain.chain(shared).collect()
}

/// What many files do is a habit with one cause, and is told once.
fn everywhere(graph: &Graph, form: Form, files: &BTreeMap<FileId, Names<'_>>) -> Option<Finding> {
    let names: Names<'_> = files.values().flatten().map(|(id, place)| (*id, *place)).collect();
    let (kind, said, help) = wording(form, &count(files.len(), "file"), &told_of(&names, "identifier"), files.len());
    let message = format!("{said}, and nothing that is read verifies those: whether they are verified was not assessed.");
    of_tree(graph, kind, files.values().filter_map(|names| names.values().min().copied()).collect(), message, help)
}

/// The same of identifiers that several specifications define, each for itself.
fn namesakes_everywhere(graph: &Graph, shared: &BTreeMap<(FileId, FileId), Shared<'_>>) -> Option<Finding> {
    let files: BTreeMap<FileId, Place> =
        shared.iter().filter_map(|((file, _), names)| Some((*file, names.values().map(|(place, ..)| *place).min()?))).collect();
    let specifications: BTreeSet<FileId> = shared.keys().map(|(_, of)| *of).collect();
    let requirements: usize = shared.values().map(BTreeMap::len).sum();
    let ids: BTreeSet<&str> = shared.values().flat_map(|names| names.keys().copied()).collect();
    let message = format!(
        "{} that several specifications define, each for itself ({}), stand in {} in a form that is not read as a trace: whether {} of {} are verified was not assessed.",
        count(ids.len(), "identifier"),
        by_family(&ids.into_iter().collect::<Vec<_>>()),
        count(files.len(), "file"),
        count(requirements, "requirement"),
        count(specifications.len(), "specification"),
    );
    of_tree(graph, "traces of namesakes", files.into_values().collect(), message, OWN_NAME)
}

/// One finding for places all over the tree.
fn of_tree(graph: &Graph, kind: &str, mut places: Vec<Place>, message: String, help: &str) -> Option<Finding> {
    places.sort_unstable();
    let (first, others) = places.split_first()?;
    let found = Finding::new(*first, format!("{kind} in many files"), message).label("seen here").help(help.to_owned());
    let others = others.iter().filter(|place| graph.path(place.file) != graph.path(first.file)).take(SHOWN);
    Some(others.fold(found.severity(Severity::Warning), |found, place| found.related(*place, "and here")))
}

/// What is said of requirements that a file names in one form.
fn told_as(graph: &Graph, form: Form, file: FileId, names: &Names<'_>) -> Option<Finding> {
    let (it, its) = if names.len() == 1 { ("it is", "it") } else { ("they are", "them") };
    let (kind, said, help) = wording(form, graph.path(file), &told_of(names, "requirement"), 1);
    let message = format!("{said}, and nothing that is read verifies {its}: whether {it} verified was not assessed.");
    finding(graph, file, kind, names, message, help)
}

/// The kind of such a finding, its first clause, and what to do.
fn wording(form: Form, path: &str, ids: &str, files: usize) -> (&'static str, String, &'static str) {
    let s = if files == 1 { "s" } else { "" };
    match form {
        Form::Named => (
            "traces",
            format!("{path} name{s} {ids} in a form that is not read as a trace"),
            "Name the requirement in a marker on the test, or give the table a column of identifiers and a column of tests.",
        ),
        Form::Written => (
            "written cases",
            format!("{path} write{s} test cases for {ids}, which are not read as tests"),
            "Cite them in a matrix, each in the row of its requirement, or name the requirement in the test that automates one.",
        ),
        Form::Declared => (
            "declared tests",
            format!("Other objects lead from {ids} to what comments of {path} declare as tests, which is not read as a trace"),
            "Name the requirement in a marker on the test, as in `Verifies: REQ-1`.",
        ),
    }
}

/// Identifiers with where they were seen, the document that defines the namesake, and where that one is named.
type Shared<'g> = BTreeMap<&'g str, (Place, FileId, Place)>;

/// A file names identifiers that two specifications define, and what is read as a trace means those of the other one.
fn namesake(graph: &Graph, file: FileId, of: FileId, names: &Shared<'_>) -> Option<Finding> {
    let (_, (_, other, row)) = names.first_key_value()?;
    let seen: Names<'_> = names.iter().map(|(id, (place, ..))| (*id, *place)).collect();
    let (that, is) = if names.len() == 1 { ("that", "is") } else { ("those", "are") };
    let message = format!(
        "{} names {} in a form that is not read as a trace. {} defines the same, and {} means {that}: whether {that} of {} {is} verified was not assessed.",
        graph.path(file),
        told_of(&seen, "requirement"),
        graph.path(*other),
        graph.path(row.file),
        graph.path(of)
    );
    let kind = format!("traces of {}", graph.path(of));
    let found = finding(graph, file, &kind, &seen, message, OWN_NAME)?;
    Some(names.values().take(SHOWN).fold(found, |found, (_, _, row)| found.related(*row, "this means the other one")))
}

/// Identifiers that rows or tests name and no specification was read to define: one finding a tree, for one kind of
/// document is not read.
pub(super) fn definitions(graph: &Graph) -> Option<Finding> {
    let names: Names<'_> = graph.sightings.defined.iter().map(|(id, place)| (id.as_str(), *place)).collect();
    let files = by_file(names.iter().map(|(id, place)| (*id, *place)));
    let (file, first) = files.first_key_value()?;
    // An identifier may head lines of several documents: where, is told of one each.
    let (they, head, it) = if names.len() == 1 { ("is", "heads", "it") } else { ("are", "head", "them") };
    let message = format!(
        "{}, which tests, their helpers or rows name, {they} defined nowhere in a form that is read, and yet {head} lines of documents, as of {}: what names {it} was not assessed.",
        told_of(&names, "identifier"),
        graph.path(*file)
    );
    let finding = Finding::new(*first.values().min()?, "definitions that were not read", message).label("seen here").help(
        "If these are requirements, name the document under `specifications` in the section `[documents]` of tracegate.toml; if not, correct what names them.",
    );
    let others = files.iter().skip(1).take(SHOWN);
    Some(others.fold(finding.severity(Severity::Warning), |finding, (_, names)| match names.first_key_value() {
        Some((id, place)) => finding.related(*place, format!("{id} here")),
        None => finding,
    }))
}

type Names<'g> = BTreeMap<&'g str, Place>;

fn by_file<'g>(seen: impl Iterator<Item = (&'g str, Place)>) -> BTreeMap<FileId, Names<'g>> {
    let mut files: BTreeMap<FileId, Names<'g>> = BTreeMap::new();
    for (name, place) in seen {
        files.entry(place.file).or_default().insert(name, place);
    }
    files
}

fn told_of(names: &Names<'_>, what: &str) -> String {
    let ids: Vec<&str> = names.keys().copied().collect();
    match ids.as_slice() {
        [only] => (*only).to_owned(),
        _ => format!("{} ({})", count(ids.len(), what), by_family(&ids)),
    }
}

fn finding(graph: &Graph, file: FileId, kind: &str, names: &Names<'_>, message: String, help: &str) -> Option<Finding> {
    let mut places: Vec<Place> = names.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let (first, others) = places.split_first()?;
    let found = Finding::new(*first, format!("{} {kind}", graph.path(file)), message).label("seen here").help(help.to_owned());
    Some(others.iter().take(SHOWN).fold(found.severity(Severity::Warning), |found, place| found.related(*place, "and here")))
}

/// Code that rows name and its file does not have, or a file that is not there: nothing is known to implement the requirements there.
/// Each name of a document is told once, and of many names only how many they are.
pub(super) fn code(graph: &Graph) -> Vec<Finding> {
    let mut documents: BTreeMap<(FileId, &str), BTreeMap<&str, Vec<&Unnamed>>> = BTreeMap::new();
    for one in &graph.code.unnamed {
        documents.entry((one.1.file, one.3)).or_default().entry(one.2.as_str()).or_default().push(one);
    }
    let told = documents.into_iter().flat_map(|((file, what), names)| {
        if names.len() > SHOWN {
            return vec![many(graph, file, what, &names)];
        }
        names.values().filter_map(|rows| unnamed(graph, rows)).collect()
    });
    told.collect()
}

/// What to do about such names.
const RENAME: &str = "Correct the name, write it as `path:function` or `path:Class.method`, or name the whole file.";

fn many(graph: &Graph, file: FileId, what: &str, names: &BTreeMap<&str, Vec<&Unnamed>>) -> Finding {
    let all: Vec<&Unnamed> = names.values().flatten().copied().collect();
    let mut places: Vec<(Place, &str)> = all.iter().map(|one| (one.1, one.2.as_str())).collect();
    places.sort_unstable();
    let (first, name) = places.first().copied().unwrap_or_default();
    let message = format!(
        "{} of code in {} could not be followed, the first of them `{name}`: {what}; what the rows say of the implementation was not assessed.",
        count(names.len(), "name"),
        graph.path(file),
    );
    let finding = Finding::new(first, format!("{}: {what}", graph.path(file)), message).label("not found").help(RENAME);
    let finding = about_rows(finding.severity(Severity::Warning), graph, &all);
    places.into_iter().skip(1).take(SHOWN).fold(finding, |finding, (place, name)| finding.related(place, format!("`{name}`")))
}

/// One name, in one row or in several.
fn unnamed(graph: &Graph, rows: &[&Unnamed]) -> Option<Finding> {
    let (row, place, name, what) = rows.first()?;
    let who = match rows.len() {
        1 => format!("The row of {} names", cited::subject(graph, graph.row_node(*row))),
        count => format!("{count} rows name"),
    };
    let says = if rows.len() == 1 { "it says" } else { "they say" };
    let message = format!("{who} the code `{name}`, and {what}: what {says} of the implementation was not assessed.");
    let finding = Finding::new(*place, name.clone(), message).label("not found").help(RENAME).severity(Severity::Warning);
    let finding = about_rows(finding, graph, rows);
    Some(rows.iter().skip(1).take(SHOWN).fold(finding, |finding, one| finding.related(one.1, "and here")))
}

/// Says of which requirements the rows of a finding are.
fn about_rows(finding: Finding, graph: &Graph, rows: &[&Unnamed]) -> Finding {
    let targets = rows.iter().flat_map(|(row, ..)| &graph.row_node(*row).targets);
    let mut ids: Vec<ReqId> =
        targets.filter_map(|target| if let Found::One(id) = target.found { Some(id) } else { None }).collect();
    ids.sort_unstable();
    ids.dedup();
    cited::about_all(finding, graph, &ids)
}
