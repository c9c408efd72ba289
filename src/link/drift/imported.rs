//! The helpers that a test source takes from other files: what it imports, and what stands in its package.

use crate::link::graph::{Graph, TestId};
use crate::link::modules::Modules;
use crate::model::test_case::{Kind, TestCase};
use crate::read::code::{Language, Manner, Taken, What, imports, language, taken};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Helpers by name.
type ByName<'g> = FxHashMap<&'g str, Vec<TestId>>;

/// By folder, the helpers of all test sources of a language whose packages are folders.
#[derive(Default)]
pub(super) struct Packages<'g>(OnceLock<FxHashMap<(&'g str, Language), ByName<'g>>>);

impl<'g> Packages<'g> {
    /// The helpers of the package of a file.
    fn of(&self, graph: &'g Graph, file: FileId, of: Language) -> Option<&ByName<'g>> {
        let all = self.0.get_or_init(|| {
            let mut all: FxHashMap<(&str, Language), ByName<'g>> = FxHashMap::default();
            for (file, input) in graph.files() {
                let Some(language) = language(&input.path).filter(|language| is_packaged(*language)) else { continue };
                let names = all.entry((folder(&input.path), language)).or_default();
                for id in graph.tests_of(file).filter(|id| helps(graph.test(*id))) {
                    names.entry(graph.test(id).name.as_str()).or_default().push(id);
                }
            }
            all
        });
        all.get(&(folder(graph.path(file)), of))
    }
}

/// Whether what stands in the same folder needs no import.
fn is_packaged(language: Language) -> bool {
    matches!(language, Language::Go | Language::Java | Language::Kotlin | Language::CSharp)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub(super) fn helps(test: &TestCase) -> bool {
    matches!(test.kind, Kind::Helper | Kind::Fixture)
}

/// What one file takes from others.
#[derive(Default)]
pub(super) struct Imported<'s, 'g> {
    /// Single helpers by the names under which the file uses them.
    items: FxHashMap<String, TestId>,
    /// Files that stand behind a name.
    modules: FxHashMap<String, FileId>,
    /// What is there by its own name.
    open: ByName<'g>,
    package: Option<&'s ByName<'g>>,
}

impl<'s, 'g> Imported<'s, 'g> {
    pub(super) fn of(graph: &'g Graph, modules: &Modules<'g>, packages: &'s Packages<'g>, file: FileId) -> Self {
        let mut found = Self::default();
        match language(graph.path(file)) {
            Some(Language::Python) => found.python(graph, modules, file),
            Some(language @ (Language::JavaScript | Language::Rust)) => {
                for one in taken(language, &graph.input(file).text) {
                    found.take(graph, modules, (file, language), one);
                }
            }
            Some(language) if is_packaged(language) => found.package = packages.of(graph, file, language),
            _ => {}
        }
        found
    }

    /// What a file of Python imports.
    fn python(&mut self, graph: &'g Graph, modules: &Modules<'g>, file: FileId) {
        imports(&graph.input(file).text).into_iter().for_each(|(name, path)| {
            let Some((from, rest)) = modules.dotted(file, &path).filter(|(from, _)| *from != file) else { return };
            match rest.strip_prefix('.') {
                Some(item) => self.items.extend(outermost(graph, from, item).map(|id| (name, id))),
                None => _ = self.modules.insert(name, from),
            }
        });
    }

    fn take(&mut self, graph: &'g Graph, modules: &Modules<'g>, (file, language): (FileId, Language), one: Taken) {
        let from = match language {
            Language::JavaScript => modules.script(file, &one.from),
            _ => modules.rust(file, &one.from),
        };
        if let Some(from) = from.filter(|from| *from != file) {
            match &one.what {
                What::Module(name) => _ = self.modules.insert(name.clone(), from),
                What::Item(item, name) => self.items.extend(outermost(graph, from, item).map(|id| (name.clone(), id))),
                What::All => {
                    for id in graph.tests_of(from).filter(|id| helps(graph.test(*id))) {
                        self.open.entry(graph.test(id).name.as_str()).or_default().push(id);
                    }
                }
            }
        }
    }

    /// The helper that a name means, if it can be told which.
    pub(super) fn meant(&self, graph: &Graph, (name, manner): (&str, Manner<'_>)) -> Option<TestId> {
        let all = || [Some(&self.open), self.package].into_iter().flatten().filter_map(|known| known.get(name)).flatten();
        let only = |fits: &dyn Fn(&TestCase) -> bool| {
            let found: FxHashSet<TestId> = all().copied().filter(|id| fits(graph.test(*id))).collect();
            found.iter().next().copied().filter(|_| found.len() == 1)
        };
        match manner {
            Manner::Own | Manner::Field => None,
            Manner::Of(owner) => match self.modules.get(owner) {
                Some(file) => outermost(graph, *file, name),
                None => only(&|one| one.scope.last().is_some_and(|scope| scope.as_str() == owner)),
            },
            Manner::Called => self.items.get(name).copied().or_else(|| only(&|one| one.scope.is_empty())),
            Manner::Named => self.items.get(name).copied(),
        }
    }
}

/// The helper of a name that stands in a file and in nothing else of it.
fn outermost(graph: &Graph, file: FileId, name: &str) -> Option<TestId> {
    graph.tests_of(file).find(|id| {
        let one = graph.test(*id);
        helps(one) && one.scope.is_empty() && one.name == name
    })
}
