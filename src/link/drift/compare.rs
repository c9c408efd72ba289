//! What things are now, and what they were.

use super::beside;
use super::binding::Relied;
use super::wording::wording;
use super::{Bound, Fate, How, Past, Reliance, Thing, Unseen};
use crate::link::graph::{Graph, Input, TestId};
use crate::model::revision::Why;
use crate::model::test_case::{Kind, TestCase};
use crate::read::code::{essence, language, outline};
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::sync::Arc;

/// A thing, what binds it, what relies on it, and what became of it.
pub(super) type Compared = (Thing, Bound, Reliance, Fate);

/// Compares all that relies on a commit.
pub(super) fn all(graph: &Graph, past: &dyn Past, commit: &str, relied: Relied) -> Vec<Compared> {
    let (here, there) = beside::both(graph, past, commit, &relied);
    let relied: Vec<(Thing, (Bound, Reliance))> = relied.into_iter().collect();
    let compared = relied.into_par_iter().map(|(thing, (bound, reliance))| {
        if let Thing::Beside(file, name) = &thing {
            let says = |said: &beside::Said| said.get(file).and_then(|said| said.get(name)).cloned();
            // What was not there was taken from elsewhere then: who uses it says so itself.
            let same = says(&there).is_none_or(|then| says(&here) == Some(then));
            let fate = if same { Fate::Same } else { Fate::Changed(How::Changed, graph.path(*file).to_owned()) };
            return (thing, bound, reliance, fate);
        }
        let fate = fate(graph, past, commit, &thing, &reliance).unwrap_or_else(|why| Fate::Unseen(Unseen::Commit(why)));
        (thing, bound, reliance, fate)
    });
    compared.collect()
}

fn fate(graph: &Graph, past: &dyn Past, commit: &str, thing: &Thing, reliance: &Reliance) -> Result<Fate, Why> {
    let Some(file) = file(graph, thing) else { return gone(graph, past, commit, thing, reliance) };
    let path = graph.path(file);
    let now = own(graph, past, thing);
    let then = past.read(commit, path)?;
    if let Some(then) = &then {
        let states = states(graph, thing, then);
        if !states.is_empty() {
            let fate = if states.contains(&now) { Fate::Same } else { Fate::Changed(How::Changed, path.to_owned()) };
            return Ok(fate);
        }
        if renamed(graph, thing, then, &now) {
            return Ok(Fate::Same);
        }
    }
    // It may have stood elsewhere.
    let name = name(graph, thing);
    let code = !matches!(thing, Thing::Requirement(_));
    let whole = matches!(thing, Thing::Code(part) if part.symbol.is_none());
    let others = if whole { namesakes(past, commit, path)? } else { past.holding(commit, path, &name, code)? };
    let mut seen = false;
    let mut before: Option<String> = None;
    for other in others {
        let states = states(graph, thing, &other);
        if states.contains(&now) {
            return Ok(Fate::Same);
        }
        // What stands in a file that is still there is another thing of the same name: only a file that is gone was moved.
        if states.is_empty() || past.now(&other.path).is_some() || !is_origin(graph, thing, &other) {
            seen |= states.is_empty() && other.path == path;
        } else {
            before = Some(other.path.clone());
        }
    }
    Ok(match (before, thing) {
        (Some(_), _) => Fate::Changed(How::Changed, path.to_owned()),
        (None, Thing::Requirement(_)) => Fate::Unseen(Unseen::NotDefined),
        (None, _) if seen => Fate::Unseen(Unseen::NotRecognised),
        // What came later to a file or a class that is cited as a whole takes nothing from the evidence.
        (None, Thing::Test(_)) if !reliance.named && (then.is_some() || !is_new(graph, past, commit, file)?) => Fate::Same,
        (None, _) => Fate::Changed(How::Added, path.to_owned()),
    })
}

/// Whether a file that is gone may be the one in which a thing stood: of tests it has at least half of those that stand
/// with it now.
fn is_origin(graph: &Graph, thing: &Thing, other: &Input) -> bool {
    let Thing::Test(id) = thing else { return true };
    let here = graph.tests_of(graph.test_node(*id).fact.file).map(|id| graph.test(id)).filter(|test| test.kind == Kind::Test);
    let there = |test: &TestCase| other.facts.tests.iter().any(|one| one.name == test.name);
    let (shared, all) = here.fold((0, 0), |(shared, all), test| (shared + usize::from(there(test)), all + 1));
    shared * 2 >= all
}

/// Whether a file of tests that was not there at the commit was not there under another name either.
fn is_new(graph: &Graph, past: &dyn Past, commit: &str, file: FileId) -> Result<bool, Why> {
    let names = graph.tests_of(file).map(|id| graph.test(id)).filter(|test| test.kind == Kind::Test);
    for name in names.map(|test| test.name.as_str()).take(3) {
        let others = past.holding(commit, graph.path(file), name, true)?;
        if others.iter().any(|other| past.now(&other.path).is_none()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The files of a commit with the last name of a path: it may have been moved.
fn namesakes(past: &dyn Past, commit: &str, path: &str) -> Result<Vec<Arc<Input>>, Why> {
    let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let paths = past.paths(commit, path)?.into_iter().filter(|other| last(other) == last(path));
    paths.filter_map(|other| past.read(commit, &other).transpose()).collect()
}

/// Whether a cited test that is nowhere now was there at the commit.
fn gone(graph: &Graph, past: &dyn Past, commit: &str, thing: &Thing, reliance: &Reliance) -> Result<Fate, Why> {
    let Thing::Gone(path, name) = thing else { return Ok(Fate::Same) };
    let beside = reliance.rows.first().map_or("", |(row, _)| graph.path(graph.row_node(*row).fact.file));
    let beside = graph.tests.first().map_or(beside, |test| graph.path(test.fact.file));
    if name.is_empty() {
        let paths = past.paths(commit, beside)?;
        let was =
            paths.into_iter().find(|one| one == path || one.strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/')));
        return Ok(was.map_or(Fate::Never, |was| Fate::Changed(How::Deleted, was)));
    }
    let of_file = |other: &str| {
        let stem = |path: &str| path.rsplit(['/', '\\']).next().map(|last| last.split('.').next().unwrap_or(last).to_owned());
        path.is_empty() || stem(other) == stem(path) || path.rsplit(['.', ':']).next().map(str::to_owned) == stem(other)
    };
    let mut seen = false;
    for other in past.holding(commit, beside, name, true)?.into_iter().filter(|other| of_file(&other.path)) {
        if !states(graph, thing, &other).is_empty() {
            return Ok(Fate::Changed(How::Deleted, other.path.clone()));
        }
        seen = true;
    }
    Ok(if seen { Fate::Unseen(Unseen::NotRecognised) } else { Fate::Never })
}

/// Whether a test was only given another name.
fn renamed(graph: &Graph, thing: &Thing, then: &Input, now: &str) -> bool {
    let Thing::Test(id) = thing else { return false };
    let (case, file) = (graph.test(*id), graph.test_node(*id).fact.file);
    let is_now = |name: &str| graph.tests_of(file).any(|other| graph.test(other).name == *name);
    let now = now.replacen(case.name.as_str(), "", 1);
    let tests = then.facts.tests.iter().filter(|test| test.kind == Kind::Test && !is_now(&test.name));
    tests.into_iter().any(|test| said(then, test.body).replacen(test.name.as_str(), "", 1) == now)
}

/// The file in which a thing stands.
pub(super) fn file(graph: &Graph, thing: &Thing) -> Option<FileId> {
    match thing {
        Thing::Requirement(id) => graph.requirement(*id).definition.map(|fact| fact.file),
        Thing::Test(id) => Some(graph.test_node(*id).fact.file),
        Thing::Code(part) => Some(part.file),
        Thing::Beside(file, _) => Some(*file),
        Thing::Gone(..) => None,
    }
}

/// The word by which a thing is searched for.
fn name(graph: &Graph, thing: &Thing) -> String {
    match thing {
        Thing::Requirement(id) => graph.requirement(*id).id.to_string(),
        Thing::Test(id) => graph.test(*id).name.to_string(),
        Thing::Code(part) => {
            symbol(graph, thing).map_or_else(|| graph.path(part.file).to_owned(), |symbol| symbol.name.to_string())
        }
        Thing::Gone(_, name) | Thing::Beside(_, name) => name.clone(),
    }
}

fn symbol<'g>(graph: &'g Graph, thing: &Thing) -> Option<&'g crate::model::outline::Symbol> {
    let Thing::Code(part) = thing else { return None };
    graph.outline(part.file)?.symbols.get(part.symbol? as usize)
}

/// What a thing says now.
pub(super) fn own(graph: &Graph, past: &dyn Past, thing: &Thing) -> String {
    match thing {
        Thing::Requirement(id) => {
            let one = graph.requirement(*id);
            let definition = graph.definition(one).zip(one.definition);
            definition.map_or_else(String::new, |(definition, fact)| wording(graph.input(fact.file), definition))
        }
        Thing::Test(id) => body(graph, *id),
        // The text of a file that says nothing of requirements was not kept.
        Thing::Code(part) if graph.input(part.file).text.as_str().is_empty() => {
            let path = graph.path(part.file);
            let now = past.now(path).map(|text| Input { path: path.to_owned(), text, ..Input::default() });
            now.map_or_else(String::new, |now| said(&now, whole(&now)))
        }
        Thing::Code(part) => said(graph.input(part.file), graph.part_span(part)),
        Thing::Beside(file, name) => beside::said_now(graph, past, *file).remove(name).unwrap_or_default(),
        Thing::Gone(..) => String::new(),
    }
}

/// What a thing says in another version of its file; nothing where it is not there.
pub(super) fn states(graph: &Graph, thing: &Thing, input: &Input) -> Vec<String> {
    match thing {
        Thing::Requirement(id) => {
            let id = &graph.requirement(*id).id;
            let definitions = input.facts.definitions.iter().filter(|definition| definition.id == *id);
            definitions.map(|definition| wording(input, definition)).collect()
        }
        Thing::Test(id) => {
            let case = graph.test(*id);
            let named = |test: &&TestCase| test.name == case.name && test.kind == case.kind;
            let exact = input.facts.tests.iter().filter(named).filter(|test| test.scope == case.scope);
            let found: Vec<String> = exact.map(|test| said(input, test.body)).collect();
            if !found.is_empty() {
                return found;
            }
            // A class around it may have got another name.
            let mut alike = input.facts.tests.iter().filter(named);
            let only = alike.next().filter(|_| alike.next().is_none());
            only.map(|test| said(input, test.body)).into_iter().collect()
        }
        Thing::Code(part) => {
            let Some(symbol) = symbol(graph, thing) else {
                return if part.symbol.is_none() { vec![said(input, whole(input))] } else { Vec::new() };
            };
            let Some(language) = language(&input.path) else { return Vec::new() };
            let (outline, _) = outline(language, &input.path, &input.text, &[]);
            let found = outline.symbols.iter().filter(|one| one.name == symbol.name && one.scope == symbol.scope);
            found.map(|one| said(input, one.body)).collect()
        }
        Thing::Beside(_, name) => beside::said(input).remove(name).into_iter().collect(),
        Thing::Gone(_, name) if name.is_empty() => vec![String::new()],
        Thing::Gone(_, name) => {
            let tests = input.facts.tests.iter().filter(|test| test.kind == Kind::Test && test.name == **name);
            tests.map(|_| String::new()).collect()
        }
    }
}

fn whole(input: &Input) -> Span {
    Span::new(0, input.text.as_str().len())
}

/// What a test does now.
pub(in crate::link) fn body(graph: &Graph, test: TestId) -> String {
    said(graph.input(graph.test_node(test).fact.file), graph.test(test).body)
}

/// A piece of code without comments and layout.
fn said(input: &Input, span: Span) -> String {
    let text = input.text.slice(span);
    match language(&input.path) {
        Some(language) => essence(language, text),
        None => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
