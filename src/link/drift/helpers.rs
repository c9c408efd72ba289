//! The helpers and set-ups that cited tests rely on: who changes one of them changes the tests that run it.
//!
//! What is called without an owner, or by `self`, is looked for in the file of the test, in Python in the `conftest.py` of its
//! folder and above, and in what the file imports or shares its package with; a helper in its turn calls others.
//! What runs without being named is looked for in the file and in `conftest.py`.

use super::imported::{Imported, Packages, helps};
use crate::link::graph::{Graph, TestId};
use crate::link::modules::Modules;
use crate::link::process::runs_unnamed;
use crate::model::id::Id;
use crate::model::test_case::{Kind, TestCase};
use crate::read::code::{Language, Manner, Used, language};
use crate::settings::Settings;
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// A helper calls a helper, which calls another one, and so on so many times.
const MAX_DEPTH: usize = 4;

/// Steps from caller to callee for the tests of one file; more are not taken.
const MAX_STEPS: usize = 200_000;

/// More helpers of one name in one place say nothing about which is meant.
const MAX_NAMESAKES: usize = 8;

/// By item, the helpers and fixtures that it uses itself.
type Direct = FxHashMap<TestId, Vec<TestId>>;

/// What cited tests rely on.
#[derive(Default)]
pub(super) struct Helpers(FxHashMap<TestId, Vec<TestId>>);

impl Helpers {
    /// Looks for the helpers of tests.
    pub(super) fn of(graph: &Graph, settings: &Settings, tests: impl Iterator<Item = TestId>) -> Self {
        let mut files: BTreeMap<FileId, Vec<TestId>> = BTreeMap::new();
        for test in tests.filter(|test| graph.test(*test).kind == Kind::Test) {
            files.entry(graph.test_node(test).fact.file).or_default().push(test);
        }
        if files.is_empty() {
            return Self::default();
        }
        let shared = Shared::of(graph, settings);
        let files: Vec<_> = files.into_iter().collect();
        let found = files.into_par_iter().flat_map_iter(|(file, tests)| shared.file(graph, file, &tests));
        Self(found.collect())
    }

    /// The helpers and set-ups that a test runs.
    pub(super) fn run_by(&self, test: TestId) -> &[TestId] {
        self.0.get(&test).map_or(&[], Vec::as_slice)
    }
}

/// The helpers and fixtures of a file, by name and by what stands around them.
struct Beside<'g> {
    python: bool,
    exact: FxHashMap<(&'g str, &'g [Id]), Vec<TestId>>,
    by_name: FxHashMap<&'g str, Vec<TestId>>,
}

impl<'g> Beside<'g> {
    fn of(graph: &'g Graph, file: FileId) -> Self {
        let python = language(graph.path(file)) == Some(Language::Python);
        let mut beside = Self { python, exact: FxHashMap::default(), by_name: FxHashMap::default() };
        for id in graph.tests_of(file).filter(|id| helps(graph.test(*id))) {
            let case = graph.test(id);
            beside.exact.entry((case.name.as_str(), case.scope.as_slice())).or_default().push(id);
            beside.by_name.entry(case.name.as_str()).or_default().push(id);
        }
        beside
    }

    /// The helpers that a name means in an item of the same file or of one below it, the nearest around it.
    fn meant(&self, graph: &Graph, by: &TestCase, (name, manner): (&str, Manner<'_>), local: bool) -> Vec<TestId> {
        // What stands in the item is read with it, and the item is no helper of its own.
        let apart = |one: &TestCase| !local || one.body.start >= by.body.end() || one.body.end() <= by.body.start;
        let fits = |one: &TestCase| match manner {
            Manner::Own => local && !one.scope.is_empty(),
            Manner::Called => !self.python || one.scope.is_empty() || one.kind == Kind::Fixture,
            Manner::Of(_) | Manner::Field => false,
            Manner::Named => one.kind == Kind::Fixture,
        };
        let chosen = |known: &Vec<TestId>| {
            let found = known.iter().take(MAX_NAMESAKES).copied();
            found.filter(|id| apart(graph.test(*id)) && fits(graph.test(*id))).collect::<Vec<TestId>>()
        };
        let scopes = (0..=by.scope.len()).rev().filter_map(|depth| by.scope.get(..depth));
        let mut around = scopes.filter_map(|scope| self.exact.get(&(name, scope))).map(chosen);
        let inherited = || {
            let only = self.by_name.get(name).filter(|known| manner == Manner::Own && known.len() == 1);
            only.map(chosen).unwrap_or_default()
        };
        around.find(|found| !found.is_empty()).unwrap_or_else(inherited)
    }
}

/// What tests of several files share.
struct Shared<'g> {
    /// Folders with what Python shares below them, the nearest to a test first.
    folders: Vec<(&'g str, FileId, Beside<'g>)>,
    /// What these use themselves.
    direct: Direct,
    modules: Modules<'g>,
    packages: Packages<'g>,
}

impl<'g> Shared<'g> {
    fn of(graph: &'g Graph, settings: &'g Settings) -> Self {
        let conftests = graph.files().filter_map(|(file, input)| {
            let folder = input.path.strip_suffix("conftest.py")?;
            (folder.is_empty() || folder.ends_with('/')).then(|| (folder, file, Beside::of(graph, file)))
        });
        let mut folders: Vec<_> = conftests.collect();
        folders.sort_by_key(|(folder, file, _)| (std::cmp::Reverse(folder.len()), *file));
        let (modules, packages) = (Modules::new(graph, settings), Packages::default());
        let mut shared = Self { folders, direct: Direct::default(), modules, packages };
        let files: Vec<FileId> = shared.folders.iter().map(|(_, file, _)| *file).collect();
        for file in files {
            let items: Vec<TestId> = graph.tests_of(file).filter(|id| helps(graph.test(*id))).collect();
            let direct = shared.direct(graph, file, &items);
            shared.direct.extend(direct);
        }
        shared
    }

    /// What is shared with a file, the nearest first.
    fn above(&self, graph: &'g Graph, file: FileId) -> impl Iterator<Item = &(&'g str, FileId, Beside<'g>)> {
        let path = graph.path(file);
        self.folders.iter().filter(move |(folder, other, _)| *other != file && path.starts_with(folder))
    }

    /// What items of a file use themselves.
    fn direct(&self, graph: &'g Graph, file: FileId, items: &[TestId]) -> Direct {
        let input = graph.input(file);
        let Some(language) = language(&input.path) else { return Direct::default() };
        let (used, own) = (Used::new(language, &input.text), Beside::of(graph, file));
        let above: Vec<_> = self.above(graph, file).filter(|_| language == Language::Python).collect();
        let imported = Imported::of(graph, &self.modules, &self.packages, file);
        let of = |item: TestId| {
            let case = graph.test(item);
            let mut names = used.names(case.body);
            names.sort_unstable();
            names.dedup();
            let mut found: Vec<TestId> = Vec::new();
            // A fixture that takes one of its own name takes that of a folder above.
            let other = |(name, manner): &(&str, Manner<'_>)| {
                *name != case.name.as_str() || (case.kind == Kind::Fixture && *manner == Manner::Named)
            };
            for name in names.into_iter().filter(other) {
                let here = own.meant(graph, case, name, true);
                let known = own.by_name.get(name.0).is_some_and(|known| known.as_slice() != [item]);
                let imported = imported.meant(graph, name).into_iter().map(|helper| vec![helper]);
                let mut there = imported.chain(above.iter().map(|(.., beside)| beside.meant(graph, case, name, false)));
                found.extend(if known { here } else { there.find(|found| !found.is_empty()).unwrap_or_default() });
            }
            found.sort_unstable();
            found.dedup();
            found
        };
        items.iter().map(|item| (*item, of(*item))).collect()
    }

    /// What the helpers of other files use themselves, of which something is used here.
    fn further(&self, graph: &'g Graph, file: FileId, direct: &Direct) -> Direct {
        let used = direct.values().flatten().map(|id| graph.test_node(*id).fact.file);
        let others: BTreeSet<FileId> = used.filter(|other| *other != file).collect();
        let items = |file: FileId| graph.tests_of(file).filter(|id| helps(graph.test(*id))).collect::<Vec<_>>();
        others.into_iter().flat_map(|other| self.direct(graph, other, &items(other))).collect()
    }

    /// What each of the tests of a file runs.
    fn file(&self, graph: &'g Graph, file: FileId, tests: &[TestId]) -> Vec<(TestId, Vec<TestId>)> {
        let helpers = graph.tests_of(file).filter(|id| helps(graph.test(*id)));
        let items: Vec<TestId> = tests.iter().copied().chain(helpers).collect();
        let mut direct = self.direct(graph, file, &items);
        direct.extend(self.further(graph, file, &direct));
        let mut unnamed: FxHashMap<&[Id], Vec<TestId>> = FxHashMap::default();
        for id in self.unnamed(graph, file) {
            unnamed.entry(graph.test(id).scope.as_slice()).or_default().push(id);
        }
        let mut steps = MAX_STEPS;
        let run = |test: &TestId| {
            let scope = &graph.test(*test).scope;
            let set_up = (0..=scope.len()).filter_map(|depth| unnamed.get(scope.get(..depth)?)).flatten().copied();
            let mut seen: FxHashSet<TestId> = FxHashSet::default();
            let mut level: Vec<TestId> = set_up.chain(direct.get(test).into_iter().flatten().copied()).collect();
            for _ in 0..=MAX_DEPTH {
                level.retain(|id| seen.insert(*id));
                steps = steps.saturating_sub(level.len());
                if level.is_empty() || steps == 0 {
                    break;
                }
                let further = level.iter().filter_map(|id| direct.get(id).or_else(|| self.direct.get(id)));
                level = further.flatten().copied().collect();
            }
            let mut found: Vec<TestId> = seen.into_iter().collect();
            found.sort_unstable();
            (*test, found)
        };
        tests.iter().map(run).filter(|(_, found)| !found.is_empty()).collect()
    }

    /// The set-ups of a file, and of what it shares, that run for tests which do not name them.
    fn unnamed(&self, graph: &'g Graph, file: FileId) -> Vec<TestId> {
        let Some(language) = language(graph.path(file)) else { return Vec::new() };
        let python = language == Language::Python;
        let above = self.above(graph, file).filter(|_| python).map(|(_, file, _)| *file);
        let ids = std::iter::once(file).chain(above).flat_map(|file| graph.tests_of(file));
        let runs = |id: &TestId| {
            let one = graph.test(*id);
            let body = graph.input(graph.test_node(*id).fact.file).text.slice(one.body);
            one.kind == Kind::Fixture && if python { runs_unnamed(body) } else { language != Language::Rust }
        };
        ids.filter(runs).collect()
    }
}
