//! One chain in both directions: what leads to a requirement, a test, a record or a file, and what follows from it.

mod action;
mod code;
mod file;
pub mod ladder;
mod planned;
mod reach;
mod record;
mod requirement;
mod since;
mod symbol;
mod test;
pub(in crate::report) mod words;

use super::json::{SCHEMA, TOOL, write_pretty};
use super::visible;
use crate::finding::Finding;
use crate::link::graph::{ActionId, Graph, ReqId, Requirement, Resolution, TestId};
use crate::link::plans::Planned;
use crate::source::{FileId, Place};
use crate::suggest;
use crate::verdict::States;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What is known about one requirement, test, record, action, file or piece of code.
#[derive(Debug, Serialize)]
pub struct Chain {
    /// "requirement", "test", "record", "action", "file" or "code".
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The specification of a requirement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Option<At>,
    /// What is known, by topic.
    pub sections: Vec<Section>,
}

/// A topic.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its name.
    pub heading: &'static str,
    /// What is known.
    pub items: Vec<Item>,
}

/// A statement, where it comes from, and what belongs to it.
#[derive(Debug, Default, Serialize)]
pub struct Item {
    /// The statement.
    pub text: String,
    /// Where it comes from.
    #[serde(flatten)]
    pub place: Option<At>,
    /// What belongs to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// A place as people and programs write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct At {
    /// The path.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

impl At {
    fn new(graph: &Graph, place: Place) -> Self {
        let input = graph.input(place.file);
        Self { path: input.path.clone(), line: input.text.position(place.span.start).0 }
    }
}

impl Item {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn at(graph: &Graph, place: Place, text: impl Into<String>) -> Self {
        Self { text: text.into(), place: Some(At::new(graph, place)), items: Vec::new() }
    }

    fn with(mut self, items: Vec<Item>) -> Self {
        self.items = items;
        self
    }
}

/// Everything that a name stands for: requirements of every namespace first, then tests, records and their actions, and
/// where nothing of these is called so, files and what stands in them.
pub fn find(graph: &Graph, findings: &[Finding], name: &str) -> Vec<Chain> {
    let name = name.trim().trim_start_matches("./");
    let mut chains = of_requirements(graph, findings, |one| one.id.eq_ignore_ascii_case(name));
    chains.extend(tests_called(graph, name).into_iter().map(|id| test::chain(graph, findings, id)));
    let records = graph.records().called(name);
    chains.extend(records.iter().map(|id| record::chain(graph, findings, *id)));
    chains.extend(action::chains(graph, findings, name));
    if chains.is_empty() {
        chains.extend(files_called(graph, name).map(|id| file::chain(graph, findings, id)));
    }
    if chains.is_empty() {
        chains = symbol::chains(graph, findings, name);
    }
    if chains.is_empty() {
        chains.extend(planned::chain(graph, findings, name));
    }
    if chains.is_empty() && name.contains(['.', '/']) {
        chains.extend(file::named(graph, findings, name));
    }
    chains
}

/// The files of a path, or of the end of one.
fn files_called<'g>(graph: &'g Graph, path: &'g str) -> impl Iterator<Item = FileId> + 'g {
    let is_called = move |is: &str| is.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    graph.files().filter(move |(_, input)| is_called(&input.path)).map(|(id, _)| id)
}

/// The chains of all requirements that a condition picks, in the order of the graph.
pub fn of_requirements(graph: &Graph, findings: &[Finding], picks: impl Fn(&Requirement) -> bool) -> Vec<Chain> {
    let picked: Vec<ReqId> = graph.requirements().filter(|(_, one)| picks(one)).map(|(id, _)| id).collect();
    if picked.is_empty() {
        return Vec::new();
    }
    // Made once for all of them.
    let states = States::of(graph, findings);
    let mut about: FxHashMap<(&str, &str), Vec<&Finding>> = FxHashMap::default();
    for finding in findings {
        let mut names: Vec<(&str, &str)> = finding.requirements().collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| about.entry(name).or_default().push(finding));
    }
    let none = Vec::new();
    let chain = |id: ReqId| {
        let one = graph.requirement(id);
        let own = about.get(&(graph.namespace(one), one.id.as_str())).unwrap_or(&none);
        requirement::chain(graph, own, &states, id)
    };
    picked.into_iter().map(chain).collect()
}

/// The tests of a name, or else those that documents mean by it: `test_pump::test_start`, `Motor.Starts`.
pub(super) fn tests_called(graph: &Graph, name: &str) -> Vec<TestId> {
    let called: Vec<TestId> = graph.tests().map(|(id, _)| id).filter(|id| is_called(graph, *id, name)).collect();
    if !called.is_empty() {
        return called;
    }
    let cited =
        graph.rows().flat_map(|(_, node)| graph.citations(node).map(|(citation, found)| (node.fact.file, citation, found)));
    let spelled = cited.filter(|(file, citation, _)| graph.text(Place::new(*file, citation.span)).trim_matches('`') == name);
    let tests = spelled.filter_map(|(_, _, found)| if let Resolution::Tests(tests) = found { Some(tests) } else { None });
    tests.flatten().copied().collect::<BTreeSet<TestId>>().into_iter().collect()
}

/// The actions in tables that a name stands for: `INV-008-CAPA-003`, `INV-008/CAPA-3`, or `CAPA-003` of whichever records.
pub(super) fn actions_called(graph: &Graph, name: &str) -> Vec<ActionId> {
    action::called(graph, name).into_iter().filter_map(|(_, _, id)| id).collect()
}

/// What became of a planned test, in words.
pub(super) fn fate(graph: &Graph, test: &Planned) -> String {
    planned::fate(graph, test).0
}

/// Whether a test is called so: by its name, with its scope, with its file, or by an identifier of its own.
fn is_called(graph: &Graph, id: TestId, name: &str) -> bool {
    let test = graph.test(id);
    let bare = name.split('[').next().unwrap_or(name);
    if test.name == name || test.name == bare || test.case_id.as_deref() == Some(name) {
        return true;
    }
    if !bare.ends_with(test.name.as_str()) {
        return false;
    }
    let qualified = test.qualified();
    let full = format!("{}::{qualified}", graph.path(graph.test_node(id).fact.file));
    [bare, name].iter().any(|name| {
        qualified == *name || full == *name || full.ends_with(&format!("/{name}")) || qualified.ends_with(&format!("::{name}"))
    })
}

/// Names that are near to one that stands for nothing.
pub fn near(graph: &Graph, name: &str) -> Vec<String> {
    let ids = graph.requirements.iter().map(|one| one.id.as_str());
    let tests = graph.inputs.iter().flat_map(|input| input.facts.tests.iter().map(|test| test.name.as_str()));
    let paths = graph.inputs.iter().map(|input| input.path.as_str());
    let records = graph.records().iter().map(|(_, one)| one.id.as_str());
    let actions = graph.actions.iter().map(|node| graph.action(node.fact).id.as_str());
    suggest::near(name, ids.chain(tests).chain(records).chain(actions).chain(paths)).into_iter().map(str::to_owned).collect()
}

/// Writes chains as indented text or as JSON.
pub fn write(chains: &[Chain], as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        return write_pretty(&json!({"schema": SCHEMA, "tool": TOOL, "chains": chains}), out);
    }
    for (at, chain) in chains.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let namespace = chain.namespace.as_ref().map_or(String::new(), |name| format!(" of {name}"));
        let place = chain.place.as_ref().map_or(String::new(), |at| format!("  {}:{}", at.path, at.line));
        writeln!(out, "{} {}{}{}", chain.kind, visible::line(&chain.name), visible::line(&namespace), visible::line(&place))?;
        for section in chain.sections.iter().filter(|section| !section.items.is_empty()) {
            writeln!(out, "  {}", section.heading)?;
            write_items(&section.items, 4, out)?;
        }
    }
    Ok(())
}

fn write_items(items: &[Item], indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for item in items {
        let place = item.place.as_ref().map_or(String::new(), |at| format!("  {}:{}", at.path, at.line));
        writeln!(out, "{:indent$}{}{}", "", visible::short(&item.text, 300), visible::line(&place))?;
        write_items(&item.items, indent + 2, out)?;
    }
    Ok(())
}

/// Findings, a line each.
fn told<'f>(graph: &Graph, findings: impl IntoIterator<Item = &'f Finding>) -> Section {
    let text = |finding: &Finding| {
        let waived = finding.waiver.as_ref().map_or_else(String::new, |waiver| format!("waived by {}: ", waiver.id));
        format!("{waived}{}[{}] {}", finding.severity.name(), finding.code, finding.message)
    };
    let items = findings.into_iter().map(|finding| Item::at(graph, finding.place, text(finding)));
    Section { heading: "findings", items: items.collect() }
}
