//! Requirements whose tests all put something else in the place of the code that implements them.
//!
//! It is said only where every name leads to that very code: a test that replaces something else of the same name, or that
//! uses the real thing as well, is left alone.

use super::code::Part;
use super::executed::Execution;
use super::graph::{FactRef, Graph, ReqId, Requirement, TestId};
use super::modules::Modules;
use super::paths::normal;
use crate::model::replaced::{Replaced, Subject};
use crate::model::requirement::Standing;
use crate::read::code::{Language, imports, language, may_replace, replaced};
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// So many imports of imports are followed.
const STEPS: usize = 3;

/// What a module of JavaScript may end with where an import leaves it out.
const ENDINGS: &[&str] =
    &["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", "/index.ts", "/index.tsx", "/index.js", "/index.jsx"];

/// A requirement whose tests all replace the code that implements it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mocked {
    /// The requirement.
    pub requirement: ReqId,
    /// Its tests, each with the place at which it replaces the code.
    pub tests: Vec<(TestId, Place)>,
}

/// Whether a test that is evidence may replace the code of a requirement: only then somebody has to know that code.
pub(super) fn is_needed(graph: &Graph) -> bool {
    let coded = |one: &&Requirement| {
        !one.implemented.is_empty() || one.rows.iter().any(|row| !graph.row(graph.row_node(*row)).code.is_empty())
    };
    let needing = graph.requirements.iter().filter(|one| one.standing == Standing::Active).filter(coded);
    let mut files: Vec<FileId> = needing.flat_map(|one| &one.evidence).map(|one| graph.test_node(one.test).fact.file).collect();
    files.sort_unstable();
    files.dedup();
    files.into_par_iter().any(|file| may_replace(graph.input(file).text.as_str()))
}

/// Finds the requirements whose tests all replace their code.
pub(super) fn assess(graph: &Graph, settings: &Settings) -> Vec<Mocked> {
    let wanted = wanted(graph);
    if wanted.is_empty() {
        return Vec::new();
    }
    let replaced = read(graph, &wanted);
    let resolver = Resolver { graph, modules: Modules::new(graph, settings) };
    let of = |id: &ReqId| {
        let one = graph.requirement(*id);
        let tests = one.tests().into_iter().map(|test| {
            let found = replaced.get(&test)?;
            let from = graph.test_node(test).fact.file;
            let sites = one.parts.iter().map(|part| found.iter().find(|one| resolver.is_meant(from, &one.subject, part)));
            let sites: Option<Vec<&Replaced>> = sites.collect();
            Some((test, Place::new(from, sites?.first()?.span)))
        });
        Some(Mocked { requirement: *id, tests: tests.collect::<Option<Vec<_>>>()? })
    };
    wanted.iter().filter_map(of).collect()
}

/// The requirements of which it is to be asked: every test of theirs stands in a file that replaces something, and nothing
/// is known to run their code.
fn wanted(graph: &Graph) -> Vec<ReqId> {
    let mut known: FxHashMap<FileId, bool> = FxHashMap::default();
    let mut replaces = |test: TestId| {
        let file = graph.test_node(test).fact.file;
        *known.entry(file).or_insert_with(|| may_replace(graph.input(file).text.as_str()))
    };
    let open = |one: &Requirement| {
        one.standing == Standing::Active
            && !one.parts.is_empty()
            && !one.evidence.is_empty()
            && one.execution != Execution::Runs
            && !graph.has_further_evidence(one)
    };
    let all = graph.requirements().filter(|(_, one)| open(one));
    all.filter(|(_, one)| one.evidence.iter().all(|one| replaces(one.test))).map(|(id, _)| id).collect()
}

/// What the tests of these requirements replace.
fn read(graph: &Graph, wanted: &[ReqId]) -> FxHashMap<TestId, Vec<Replaced>> {
    let mut files: BTreeMap<FileId, Vec<u32>> = BTreeMap::new();
    for test in wanted.iter().flat_map(|id| graph.requirement(*id).tests()) {
        let fact = graph.test_node(test).fact;
        files.entry(fact.file).or_default().push(fact.index);
    }
    let files: Vec<(FileId, Vec<u32>)> = files.into_iter().collect();
    let found = files.into_par_iter().flat_map_iter(|(file, mut tests)| {
        tests.sort_unstable();
        tests.dedup();
        let input = graph.input(file);
        let found = language(&input.path).map(|language| replaced(language, &input.text, &input.facts.tests, &tests));
        let ids = tests.into_iter().map(move |index| graph.test_at(FactRef { file, index }));
        ids.zip(found.unwrap_or_default()).collect::<Vec<_>>()
    });
    found.collect()
}

/// Leads the names of tests to code.
struct Resolver<'g> {
    graph: &'g Graph,
    modules: Modules<'g>,
}

impl Resolver<'_> {
    /// Whether what a test replaces is a piece of code, or has it within.
    fn is_meant(&self, from: FileId, subject: &Subject, part: &Part) -> bool {
        match subject {
            Subject::Dotted(name) => self.is_dotted(from, name, part, STEPS),
            Subject::Module { path, names } => self.module(from, path) == Some(part.file) && self.is_exported(names, part),
            Subject::Class { name, packages, method } => self.is_class(name, packages, method.as_deref(), part),
        }
    }

    /// The classes and the name of a piece of code; `None` for a file as a whole.
    fn symbol(&self, part: &Part) -> Option<Vec<&str>> {
        let symbol = self.graph.outline(part.file)?.symbols.get(part.symbol? as usize)?;
        Some(symbol.scope.iter().map(|one| one.as_str()).chain([symbol.name.as_str()]).collect())
    }

    /// Whether a name of Python leads to a piece of code, through the imports of what stands between.
    fn is_dotted(&self, from: FileId, name: &str, part: &Part, steps: usize) -> bool {
        let Some((file, rest)) = self.modules.dotted(from, name) else { return false };
        let inner: Vec<&str> = rest.split('.').filter(|name| !name.is_empty()).collect();
        if file == part.file && (inner.is_empty() || self.symbol(part).is_some_and(|symbol| symbol.starts_with(&inner))) {
            return true;
        }
        let Some((first, more)) = inner.split_first().filter(|_| steps > 0) else { return false };
        let target = imports(&self.graph.input(file).text).remove(*first);
        let target = target.map(|target| more.iter().fold(target, |target, name| target + "." + name));
        target.is_some_and(|target| self.is_dotted(file, &target, part, steps - 1))
    }

    /// The file of a module as a test of JavaScript imports it.
    fn module(&self, from: FileId, path: &str) -> Option<FileId> {
        let folder = self.graph.path(from).rsplit_once('/').map_or("", |(folder, _)| folder);
        let alias = ["@/", "~/", "#/"].iter().find_map(|begin| path.strip_prefix(begin));
        let whole = match alias {
            Some(rest) => rest.to_owned(),
            None if path.starts_with('.') => normal(&format!("{folder}/{path}")),
            None if path.starts_with("src/") => path.to_owned(),
            None => return None,
        };
        let bare = [".js", ".mjs", ".jsx"].iter().find_map(|end| whole.strip_suffix(end));
        let forms = ENDINGS.iter().flat_map(|end| {
            let compiled = bare.filter(|_| !end.starts_with('/')).map(|bare| format!("{bare}{end}"));
            std::iter::once(format!("{whole}{end}")).chain(compiled)
        });
        let find = |form: String| {
            if path.starts_with('.') { self.modules.paths().exact(&form) } else { self.modules.paths().named(&form) }
        };
        forms.into_iter().find_map(find)
    }

    /// Whether names that a module exports are those of a piece of code; no name stands for all of it.
    fn is_exported(&self, names: &[String], part: &Part) -> bool {
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "default").collect();
        match (self.symbol(part), names.as_slice()) {
            (_, []) => true,
            (Some(symbol), names) => {
                let alone = |name: &&str| self.graph.outline(part.file).is_some_and(|outline| outline.named(name).count() == 1);
                symbol.starts_with(names) || names.ends_with(&symbol) && symbol.last().is_some_and(alone)
            }
            (None, _) => false,
        }
    }

    /// Whether a class of Java or Kotlin is the one that a piece of code is, or stands in. What is only declared is nothing
    /// that a test could run.
    fn is_class(&self, name: &str, packages: &[String], method: Option<&str>, part: &Part) -> bool {
        let input = self.graph.input(part.file);
        let text = input.text.as_str();
        let file = input.path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(stem, _)| stem);
        let managed = matches!(language(&input.path), Some(Language::Java | Language::Kotlin));
        let own = text.lines().find_map(|line| line.trim().strip_prefix("package ")).map_or("", |own| own.trim_end_matches(';'));
        let declared = || {
            let is_class = |line: &&str| (line.contains(" class ") || line.starts_with("class ")) && line.contains(name);
            let line = text.lines().find(is_class);
            line.is_some_and(|line| !line.contains("abstract "))
        };
        let inside = match (self.symbol(part).as_deref(), method) {
            (None, None) => true,
            (Some([class, ..]), None) => *class == name,
            (Some([class, own]), Some(method)) => *class == name && *own == method,
            _ => false,
        };
        managed && file == name && packages.iter().any(|package| package == own.trim()) && inside && declared()
    }
}
