//! What the history of the repository has beyond the scope of changes.

use super::{SHOWN, base, declares};
use crate::check::cited::code;
use crate::check::support::{count, listed};
use crate::finding::{Finding, Severity};
use crate::link::committed::written;
use crate::link::graph::Graph;
use crate::link::plans::find_word;
use crate::link::records::{Record, RecordId, past};
use crate::model::history::Made;
use crate::model::lifecycle::{Class, State};
use crate::model::time::DAY;
use crate::model::vocabulary::words;
use crate::read::code::language;
use crate::read::stated;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Code that commits of a change touched and that nothing in it names.
pub(super) fn beyond(graph: &Graph, deviation: &dyn Fn(RecordId, &str) -> bool, findings: &mut Vec<Finding>) {
    let mut of: BTreeMap<RecordId, Vec<&Made>> = BTreeMap::new();
    for (record, made) in &graph.committed.records {
        of.entry(*record).or_default().push(made);
    }
    findings.extend(of.into_iter().filter_map(|(id, made)| change(graph, id, &made, deviation)));
    findings.extend(unseen(graph));
}

/// The history could not be asked what was changed for records.
fn unseen(graph: &Graph) -> Option<Finding> {
    let (file, why) = graph.committed.unseen?;
    let place = graph.records().of_file(file).and_then(|id| graph.records().record(id).place())?;
    let message =
        format!("What was committed for changes was not compared with their scope, and is not assessed: {}", why.text());
    Some(
        Finding::new(place, "history of changes", message)
            .severity(Severity::Info)
            .label("the first change that was carried out")
            .help("Clone the repository with its whole history: `git fetch --unshallow`."),
    )
}

fn change(graph: &Graph, id: RecordId, made: &[&Made], deviation: &dyn Fn(RecordId, &str) -> bool) -> Option<Finding> {
    let record = graph.records().record(id);
    let file = record.file?;
    let contents = graph.contents(file)?;
    let own = graph.input(file).text.as_str();
    // A scope that ends with "etc." has no end.
    if contents.affected.iter().any(|one| is_open(own, one.name.span.start as usize)) {
        return None;
    }
    // A parent and its children speak for one another.
    let family = [Some(id), record.parent].into_iter().flatten().chain(record.children.iter().copied());
    let texts: Vec<&str> =
        family.filter_map(|one| graph.records().record(one).file).map(|file| graph.input(file).text.as_str()).collect();
    let known = |path: &str| declares(contents, path) || texts.iter().any(|text| names(text, path)) || deviation(id, path);
    let mut out: BTreeMap<&str, &Made> = BTreeMap::new();
    for one in made {
        for path in one.files.iter().filter(|path| is_product(path)) {
            out.entry(path).or_insert(one);
        }
    }
    out.retain(|path, _| !known(path));
    let (_, first) = out.first_key_value()?;
    let paths: Vec<String> = out.keys().map(|path| code(path)).collect();
    let commits: BTreeSet<String> = out.values().map(|one| written(&one.change)).collect();
    let commits: Vec<String> = commits.into_iter().collect();
    let message = format!(
        "{}: its {} {} changed {}, and neither its scope nor its plan nor a deviation names {}",
        record.id,
        if commits.len() == 1 { "commit" } else { "commits" },
        listed(&commits, SHOWN),
        listed(&paths, SHOWN),
        if paths.len() == 1 { "it" } else { "them" }
    );
    let named = first.asked.as_ref().and_then(|asked| contents.commits.iter().find(|one| one.text.eq_ignore_ascii_case(asked)));
    let scope = contents.affected.first()?;
    let place = Place::new(file, named.unwrap_or(&scope.name).span);
    let declared = count(contents.affected.len(), "entry").replace("entrys", "entries");
    let finding = Finding::new(place, format!("{} history", record.id), message)
        .severity(Severity::Warning)
        .label(if named.is_some() { "its commit" } else { "its scope" })
        .help("Record a deviation, or correct the scope before the change is approved again.");
    Some(match named {
        Some(_) => finding.related(Place::new(file, scope.name.span), format!("the declared scope, with {declared}")),
        None => finding,
    })
}

/// Whether the line of an entry says that there are more: `core/`, `main.py`, etc.
fn is_open(text: &str, at: usize) -> bool {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.contains('…') || line.contains("...") || words(line).split(' ').any(|word| word == "etc")
}

/// Whether a text names a file: by its name, with or without the ending, or by a folder that holds it.
fn names(text: &str, path: &str) -> bool {
    let name = base(path);
    let stem = name.split('.').next().unwrap_or(name);
    let folders = path.match_indices('/').skip(1).filter_map(|(at, _)| path.get(..at));
    find_word(text, name).is_some()
        || stem.len() > 3 && find_word(text, stem).is_some()
        || folders.into_iter().any(|folder| is_folder_of(text, folder))
}

/// Whether a text names a folder, and not only something in it.
fn is_folder_of(text: &str, folder: &str) -> bool {
    let ends = |rest: &str| !rest.trim_start_matches('/').starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    text.match_indices(folder).any(|(at, _)| text.get(at + folder.len()..).is_some_and(ends))
}

/// Whether a path is that of code that is no test and no tool of somebody's own.
fn is_product(path: &str) -> bool {
    let testing = |part: &str| {
        let lower = part.to_ascii_lowercase();
        lower
            .split(['_', '-', '.'])
            .any(|word| matches!(word, "test" | "tests" | "spec" | "specs" | "fixtures" | "mocks" | "examples"))
    };
    language(path).is_some() && !path.split('/').any(|part| part.starts_with('.') || testing(part))
}

/// Moves of submodules while no change that names them was carried out.
pub(super) fn moves(graph: &Graph, findings: &mut Vec<Finding>) {
    let links: BTreeSet<&str> = graph.committed.moves.iter().flat_map(|made| &made.links).map(String::as_str).collect();
    findings.extend(links.into_iter().filter_map(|link| moved(graph, link)));
}

/// The time in which a record was carried out; it has no end yet where it is not done with.
struct Window<'g> {
    record: &'g Record,
    from: i64,
    to: Option<i64>,
}

fn moved(graph: &Graph, link: &str) -> Option<Finding> {
    let mut windows = Vec::new();
    let mut scoped: Option<(&Record, Place)> = None;
    for (_, record) in graph.records().iter().filter(|(_, record)| record.class.is_executed()) {
        let Some(file) = record.file.filter(|file| find_word(graph.input(*file).text.as_str(), base(link)).is_some()) else {
            continue;
        };
        let contents = graph.contents(file);
        let entry = contents.and_then(|contents| {
            contents.affected.iter().find(|one| one.name.text.trim_end_matches('/').split('/').any(|part| part == base(link)))
        });
        scoped = scoped.or(entry.map(|entry| (record, Place::new(file, entry.name.span))));
        match window(graph, record) {
            Some(window) => windows.push(window),
            // When it was carried out nobody can tell: it may have been then.
            None if record.is_approved() && record.class == Class::Change => return None,
            None => {}
        }
    }
    let (_, place) = scoped?;
    let first = windows.iter().map(|window| window.from).min()?;
    let within = |made: &&Made| {
        windows.iter().any(|window| window.from - DAY <= made.seconds && window.to.is_none_or(|to| made.seconds <= to + DAY))
    };
    // Who names a record in the commit says for what he did it.
    let told = |made: &&Made| stated::tokens(&made.subject).any(|(_, id)| !graph.records().called(id).is_empty());
    let moves = graph.committed.moves.iter().filter(|made| made.links.iter().any(|one| one == link));
    let moves: Vec<&Made> = moves.filter(|made| made.seconds > first && !within(made) && !told(made)).collect();
    let commits: Vec<String> = moves.iter().map(|made| format!("{} \"{}\"", written(&made.change), made.subject)).collect();
    (!commits.is_empty()).then(|| {
        let message = format!(
            "the submodule {} was moved while no change that names it was carried out: {}",
            code(link),
            listed(&commits, SHOWN)
        );
        let finding = Finding::new(place, link, message)
            .severity(Severity::Warning)
            .label("in the scope of this record")
            .help("Raise a deviation for the move, or name in its commit the record that it belongs to.");
        windows.iter().take(SHOWN).fold(finding, |finding, window| match window.record.place() {
            Some(place) => finding.related(place, format!("{} names it", window.record.id)),
            None => finding,
        })
    })
}

fn window<'g>(graph: &'g Graph, record: &'g Record) -> Option<Window<'g>> {
    let is = |wanted: State| move |status: &str| State::of(status, record.class) == wanted;
    let (from, ..) = past::reached(graph, record, is(State::InExecution))?;
    let ended =
        || past::last_reached(graph, record, |status| matches!(State::of(status, record.class), State::Closed | State::Ended));
    let to = if record.is_settled() { Some(ended()?.0) } else { None };
    Some(Window { record, from, to })
}
