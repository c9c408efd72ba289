//! Coverage to the files and tests of the tree.

use super::cited::Cited;
use super::graph::{FactRef, Graph, TestId, index};
use super::paths::{Paths, normal};
use super::produced::{self, Names};
use crate::model::coverage::{Coverage, CoveredFile};
use crate::model::evidence::{Outcome, TestResult};
use crate::settings::Settings;
use crate::source::{FileId, Span};
use rustc_hash::FxHashMap;

/// Which measured file is which file of the tree, and which context is which test.
#[derive(Debug, Default)]
pub struct Measured {
    /// Whether any coverage file was read.
    pub any: bool,
    /// Whether one of them says which test ran a line.
    pub per_test: bool,
    /// Coverage files that name no file of the tree.
    pub foreign: Vec<FileId>,
    /// The coverage of a file: the coverage file and the position in it.
    all: FxHashMap<FileId, Vec<FactRef>>,
    /// That of it which tells tests apart.
    files: FxHashMap<FileId, Vec<FactRef>>,
    /// The contexts of a test: the coverage file and the position in it.
    tests: FxHashMap<TestId, Vec<FactRef>>,
    /// Coverage files that are those of one test as a whole.
    whole: FxHashMap<FileId, TestId>,
}

/// The words that pytest-cov puts behind a test.
const PHASES: &[&str] = &["run", "setup", "teardown"];

/// A context without the phase of the test, and the phase; empty where there is none.
fn phase(context: &str) -> (&str, &str) {
    context.rsplit_once('|').filter(|(_, phase)| PHASES.contains(phase)).unwrap_or((context, ""))
}

/// Whether what ran under a context may have served other tests too: loading, setting up, tearing down.
fn is_shared(context: &str) -> bool {
    context.is_empty() || matches!(phase(context).1, "setup" | "teardown")
}

/// The case of a parametrised test that a context or a file names: `test_x[sse]`.
fn case(name: &str) -> Option<&str> {
    let (_, case) = name.split_once('[')?;
    Some(case.strip_suffix(']').unwrap_or(case))
}

/// Lines that ran under a test.
#[derive(Debug, Default)]
pub(super) struct Under {
    /// Under the test as it is cited.
    pub exactly: Vec<u32>,
    /// Under some case of it, which may be another than the one that is cited.
    pub together: Vec<u32>,
}

impl Graph {
    /// What a coverage file says.
    fn coverage(&self, file: FileId) -> Option<&Coverage> {
        self.facts(file).coverage.as_deref()
    }

    /// All that was measured of a file, with the coverage that it stands in.
    pub(super) fn measured_by_all(&self, file: FileId) -> impl Iterator<Item = (&Coverage, &CoveredFile)> {
        let facts = self.measured.all.get(&file).map_or(&[][..], Vec::as_slice);
        facts.iter().filter_map(|fact| {
            let coverage = self.coverage(fact.file)?;
            Some((coverage, coverage.files.get(fact.index as usize)?))
        })
    }

    /// All that was measured of a file by coverage that tells tests apart, with the coverage file.
    pub(super) fn measured(&self, file: FileId) -> impl Iterator<Item = (FileId, &CoveredFile)> {
        let facts = self.measured.files.get(&file).map_or(&[][..], Vec::as_slice);
        facts.iter().filter_map(|fact| Some((fact.file, self.coverage(fact.file)?.files.get(fact.index as usize)?)))
    }

    /// The lines of a measured file that ran under a test as it is cited; `None` where the coverage does not have it.
    pub(super) fn under(&self, coverage: FileId, file: &CoveredFile, cited: &Cited<'_>) -> Option<Under> {
        let mut under = None;
        let mut add = |case: Option<&str>, lines: &mut dyn Iterator<Item = u32>| {
            if let Some(exact) = cited.means(case) {
                let under: &mut Under = under.get_or_insert_default();
                if exact { &mut under.exactly } else { &mut under.together }.extend(lines);
            }
        };
        if self.measured.whole.get(&coverage) == Some(&cited.test) {
            add(case(stem(self.path(coverage))), &mut file.executed.iter().copied());
            return under;
        }
        let contexts = self.measured.tests.get(&cited.test).map_or(&[][..], Vec::as_slice);
        let names = self.coverage(coverage).map_or(&[][..], |coverage| &coverage.contexts);
        for one in contexts.iter().filter(|one| one.file == coverage) {
            let name = names.get(one.index as usize).map_or("", String::as_str);
            add(case(phase(name).0), &mut file.lines_of(one.index));
        }
        under
    }

    /// Whether a line of a measured file ran under no other context than those of these tests.
    pub(super) fn ran_by_these_alone(&self, coverage: FileId, file: &CoveredFile, line: u32, cited: &[Cited<'_>]) -> bool {
        if let Some(test) = self.measured.whole.get(&coverage) {
            return cited.iter().any(|one| one.test == *test);
        }
        let names = self.coverage(coverage).map_or(&[][..], |coverage| &coverage.contexts);
        let own = |context: u32| {
            let of_test = |one: &&Cited<'_>| {
                let contexts = self.measured.tests.get(&one.test).map_or(&[][..], Vec::as_slice);
                let name = names.get(context as usize).map_or("", String::as_str);
                contexts.contains(&FactRef { file: coverage, index: context }) && one.means(case(phase(name).0)) == Some(true)
            };
            cited.iter().any(|one| of_test(&one))
        };
        let mut under = file.ran.iter().filter(|(_, ran)| *ran == line).peekable();
        under.peek().is_some() && under.all(|(context, _)| own(*context))
    }

    /// The lines of a measured file that ran where what they did may have served any test.
    pub(super) fn lines_for_all(&self, coverage: FileId, file: &CoveredFile) -> Vec<u32> {
        let contexts = self.coverage(coverage).map_or(&[][..], |coverage| &coverage.contexts);
        let shared = (0u32..).zip(contexts).filter(|(_, name)| is_shared(name));
        shared.flat_map(|(at, _)| file.lines_of(at)).collect()
    }
}

/// Maps all coverage files.
pub(super) fn link(graph: &Graph, settings: &Settings) -> Measured {
    let mut measured = Measured::default();
    let files: Vec<FileId> = graph.files().filter(|(_, input)| input.facts.coverage.is_some()).map(|(file, _)| file).collect();
    if files.is_empty() {
        return measured;
    }
    measured.any = true;
    let (paths, names) = (Paths::new(&graph.inputs, &settings.unread), Names::of(graph));
    for file in files {
        let Some(coverage) = graph.coverage(file) else { continue };
        let (found, elsewhere) = map(&paths, &coverage.sources, coverage.files.iter().map(|file| file.path.as_str()));
        if found.is_empty() && !elsewhere {
            measured.foreign.push(file);
        }
        for (known, at) in &found {
            measured.all.entry(*known).or_default().push(FactRef { file, index: *at });
        }
        let contexts: Vec<(u32, TestId)> = (0..)
            .zip(&coverage.contexts)
            .filter_map(|(at, context)| Some((at, test_of(graph, &names, phase(context).0)?)))
            .collect();
        let whole = test_of_file(graph, &names, file).filter(|_| coverage.contexts.len() < 2 && contexts.is_empty());
        if contexts.is_empty() && whole.is_none() {
            continue;
        }
        measured.per_test = true;
        measured.whole.extend(whole.map(|test| (file, test)));
        for (at, test) in contexts {
            measured.tests.entry(test).or_default().push(FactRef { file, index: at });
        }
        for (known, at) in found {
            measured.files.entry(known).or_default().push(FactRef { file, index: at });
        }
    }
    measured
}

/// The files of the tree that a tool names, with the positions in its list; and whether it names any that is there and was
/// not read. Of two that come down to one file, the one with the longer common path is meant.
pub(super) fn map<'p>(paths: &Paths<'_>, sources: &[String], named: impl Iterator<Item = &'p str>) -> (Vec<(FileId, u32)>, bool) {
    let mut found: Vec<(FileId, usize, u32)> = Vec::new();
    let mut elsewhere = false;
    for (at, path) in named.enumerate() {
        let relative = !path.starts_with(['/', '\\']) && path.get(1..2) != Some(":");
        let own = std::iter::once(normal(path));
        let below = sources.iter().filter(|_| relative).map(|folder| normal(&format!("{folder}/{path}")));
        let ways: Vec<String> = own.chain(below).collect();
        let exact = ways.iter().find_map(|way| paths.exact(way)).map(|file| (file, usize::MAX));
        let nearest = || ways.iter().filter_map(|way| paths.nearest(way)).max_by_key(|(_, common)| *common);
        match exact.or_else(nearest) {
            Some((known, common)) => found.push((known, common, index(at))),
            None => elsewhere |= ways.iter().any(|way| paths.is_unread(way)),
        }
    }
    found.sort_unstable_by_key(|(file, common, at)| (*file, std::cmp::Reverse(*common), *at));
    let meant = found.chunk_by(|a, b| a.0 == b.0).filter_map(|group| match group {
        [first, second, ..] if first.1 == second.1 => None,
        [first, ..] => Some((first.0, first.2)),
        [] => None,
    });
    (meant.collect(), elsewhere)
}

/// The test that a context names: `tests/test_x.py::TestA::test_b[1]`, `tests.test_x.TestA.test_b` or a name alone.
fn test_of(graph: &Graph, names: &Names<'_>, context: &str) -> Option<TestId> {
    let bare = context.split('[').next().unwrap_or(context);
    let (file, class, name) = match (bare.split_once("::"), bare.rsplit_once("::"), bare.rsplit_once('.')) {
        (Some((file, _)), Some((scope, _)), _) if file.contains(['.', '/']) => {
            (Some(file), scope.get(file.len()..).unwrap_or(""), context.get(scope.len() + 2..)?)
        }
        (_, Some((scope, _)), _) => (None, scope, context.get(scope.len() + 2..)?),
        (_, None, Some((scope, _))) => (None, scope, context.get(scope.len() + 1..)?),
        _ => (None, "", context),
    };
    let test = named(graph, names, file, class, name)?;
    // The name alone is not enough where the file is told.
    let path = graph.path(graph.test_node(test).fact.file);
    let agrees = |file: &str| is_end(path, &normal(file)) || is_end(&normal(file), path);
    file.is_none_or(agrees).then_some(test)
}

pub(super) fn named(graph: &Graph, names: &Names<'_>, file: Option<&str>, class: &str, name: &str) -> Option<TestId> {
    if name.is_empty() {
        return None;
    }
    let result = TestResult {
        suites: Vec::new(),
        class: class.to_owned(),
        name: name.to_owned(),
        file: file.map(str::to_owned),
        line: None,
        outcome: Outcome::Passed,
        message: String::new(),
        properties: Vec::new(),
        span: Span::default(),
    };
    produced::find(graph, names, &result)
}

/// Whether one path is the end of another.
pub(super) fn is_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// The one test that a coverage file is called after: a run of its own wrote it.
fn test_of_file(graph: &Graph, names: &Names<'_>, file: FileId) -> Option<TestId> {
    named(graph, names, None, "", stem(graph.path(file)))
}

/// The name of a file without its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or("");
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
