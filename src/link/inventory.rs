//! All tests at hand, and how citations find them.

mod files;
mod inherited;

use super::cases::Automated;
use super::graph::{FactRef, Ghost, Input, Resolution, TestId, TestNode, Why, index};
use super::lookup::Lookup;
use super::named_files::NamedFiles;
use super::nearest;
use super::plausible;
use super::unread::Unread;
use crate::model::citation::{Target, TestName};
use crate::model::mention::Mention;
use crate::model::test_case::{Grade, Kind, TestCase};
use crate::read::grammar::citation::looks_like_test;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::cell::{Cell, OnceCell};

/// A few files.
pub(super) type Files = SmallVec<[FileId; 2]>;

/// Tests by name and files by name.
pub(super) struct Inventory<'g> {
    pub(super) inputs: &'g [Input],
    /// First [`TestId`] of each file.
    first: Vec<u32>,
    nodes: Vec<FactRef>,
    pub(super) by_name: FxHashMap<&'g str, SmallVec<[TestId; 2]>>,
    /// Files by the last part of their path, and by that part without its extension.
    by_file: FxHashMap<&'g str, Vec<FileId>>,
    /// Test cases with identifiers of their own: where documents describe them, and the tests that carry them.
    cases: FxHashMap<&'g str, (Vec<Place>, Vec<TestId>)>,
    /// Their identifiers, sorted when a pattern first needs it.
    sorted_cases: OnceCell<Vec<&'g str>>,
    /// What the descriptions of test cases say of their automation.
    pub(super) automated: Automated<'g>,
    case_families: FxHashSet<&'g str>,
    /// Tasks of the project by their names.
    tasks: FxHashMap<&'g str, FileId>,
    /// How many of them begin with the same part, for those whose family never names requirements.
    case_roots: FxHashMap<&'g str, u32>,
    extensions: FxHashSet<&'g str>,
    absent: &'g [String],
    submodules: &'g [String],
    unread: Unread<'g>,
    any_test: bool,
    /// The names of all files in one form, made when first needed.
    pub(super) names: OnceCell<NamedFiles>,
    /// Identifiers that stand anywhere in a source with tests, with these files; made when first needed.
    spelled: OnceCell<FxHashMap<&'g str, Files>>,
    /// Suites of GoogleTest and its like, found when somebody asks.
    pub(super) suites: OnceCell<FxHashSet<&'g str>>,
    /// Bytes of texts that may still be searched for what a matrix names.
    pub(super) bytes: Cell<usize>,
    /// Searches for near names that may still be made: each looks at every name.
    searches: Cell<u32>,
    /// What names requirements is no test case.
    pub(super) requirements: &'g Lookup,
}

/// The test nodes of all inputs, not linked yet.
pub(super) fn nodes(inputs: &[Input]) -> Vec<TestNode> {
    let mut nodes = Vec::with_capacity(inputs.iter().map(|input| input.facts.tests.len()).sum());
    nodes.extend(facts(inputs).map(|fact| TestNode {
        fact,
        verifies: SmallVec::new(),
        cited: false,
        results: Vec::new(),
        outcome: None,
        level: None,
    }));
    nodes
}

/// The position of each file's first test among all tests.
pub(super) fn first_tests(inputs: &[Input]) -> Vec<u32> {
    let counts = inputs.iter().map(|input| index(input.facts.tests.len()));
    let starts = counts.scan(0, |next, count| {
        *next += count;
        Some(*next - count)
    });
    starts.collect()
}

fn facts(inputs: &[Input]) -> impl Iterator<Item = FactRef> {
    inputs.iter().enumerate().flat_map(|(file, input)| {
        (0..input.facts.tests.len()).map(move |at| FactRef { file: FileId(index(file)), index: index(at) })
    })
}

impl<'g> Inventory<'g> {
    /// Indexes the inputs; the settings know what else belongs to the tree.
    pub(super) fn new(inputs: &'g [Input], settings: &'g Settings, requirements: &'g Lookup) -> Self {
        let citations = inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.citations);
        let cases = citations.into_iter().any(|one| matches!(one.target, Target::CaseId(_)));
        let mut inventory = Self {
            inputs,
            first: first_tests(inputs),
            nodes: facts(inputs).collect(),
            by_name: FxHashMap::default(),
            by_file: FxHashMap::default(),
            cases: FxHashMap::default(),
            sorted_cases: OnceCell::new(),
            automated: if cases { Automated::of(inputs) } else { Automated::default() },
            spelled: OnceCell::new(),
            suites: OnceCell::new(),
            case_families: FxHashSet::default(),
            tasks: FxHashMap::default(),
            case_roots: FxHashMap::default(),
            extensions: FxHashSet::default(),
            absent: &settings.absent,
            submodules: &settings.submodules,
            unread: Unread::new(&settings.unread),
            any_test: false,
            names: OnceCell::new(),
            bytes: Cell::new(1 << 29),
            searches: Cell::new(500),
            requirements,
        };
        inventory.by_name.reserve(inventory.nodes.len());
        for (at, input) in inputs.iter().enumerate() {
            inventory.add(FileId(index(at)), input);
            if cases {
                inventory.add_cases(FileId(index(at)), input);
            }
        }
        inventory
    }

    fn add(&mut self, file: FileId, input: &'g Input) {
        for (at, test) in input.facts.tests.iter().enumerate() {
            let id = self.id(file, index(at));
            self.by_name.entry(&test.name).or_default().push(id);
            // One is enough to know, and what else is known of a test lies apart from its name.
            self.any_test = self.any_test || test.kind == Kind::Test;
        }
        self.tasks.extend(input.facts.tasks.iter().filter_map(|task| Some((task.id()?, file))));
        for (alias, at) in &input.facts.aliases {
            let id = self.id(file, *at);
            self.by_name.entry(alias).or_default().push(id);
        }
        let name = input.path.rsplit('/').next().unwrap_or(&input.path);
        self.by_file.entry(name).or_default().push(file);
        if let Some((stem, extension)) = name.rsplit_once('.') {
            self.by_file.entry(stem).or_default().push(file);
            if input.facts.tests.iter().any(|test| test.kind == Kind::Test) {
                self.extensions.insert(extension);
            }
        }
    }

    /// Test cases that documents describe and tests carry. Only citations of such identifiers need them.
    fn add_cases(&mut self, file: FileId, input: &'g Input) {
        for (at, test) in (0..).zip(&input.facts.tests) {
            if let Some(case) = &test.case_id {
                self.case(case, Place::new(file, test.span), Some(self.id(file, at)));
            }
        }
        for mention in &input.facts.named {
            if let Some(id) = mention.id() {
                self.case(id, Place::new(file, mention.span), None);
            }
        }
        for definition in &input.facts.definitions {
            self.case(&definition.id, Place::new(file, definition.span), None);
        }
        for marker in input.facts.markers.iter().filter(|marker| marker.grade == Grade::Function) {
            let test = marker.test.filter(|at| input.facts.tests.get(*at as usize).is_some_and(|test| test.kind == Kind::Test));
            let test = test.map(|at| self.id(file, at));
            for id in marker.ids.iter().filter_map(Mention::id) {
                if test.is_some() {
                    self.case(id, Place::new(file, marker.span), test);
                }
            }
        }
    }

    fn case(&mut self, id: &'g str, place: Place, test: Option<TestId>) {
        if let Some((root, _)) =
            id.split_once('-').filter(|_| crate::model::vocabulary::is_foreign(id) && !self.cases.contains_key(id))
        {
            *self.case_roots.entry(root).or_default() += 1;
        }
        let (places, tests) = self.cases.entry(id).or_default();
        match test {
            Some(test) => tests.push(test),
            None => places.push(place),
        }
        self.case_families.insert(crate::model::mention::family(id));
    }

    /// What is known of a test case.
    pub(super) fn case_of(&self, id: &str) -> Option<&(Vec<Place>, Vec<TestId>)> {
        self.cases.get(id)
    }

    /// What is known of the test cases that begin alike.
    pub(super) fn cases_with<'s>(&'s self, stem: &'s str) -> impl Iterator<Item = (&'g str, &'s (Vec<Place>, Vec<TestId>))> {
        let sorted = self.sorted_cases.get_or_init(|| {
            let mut sorted: Vec<&'g str> = self.cases.keys().copied().collect();
            sorted.sort_unstable();
            sorted
        });
        let from = sorted.partition_point(|id| *id < stem);
        let alike = sorted.get(from..).unwrap_or_default().iter().take_while(move |id| id.starts_with(stem)).copied();
        let longer = stem.len();
        alike.filter(move |id| id.len() > longer).filter_map(|id| Some((id, self.cases.get(id)?)))
    }

    /// The words of all sources with tests, which `read` makes once.
    pub(super) fn spelled(&self, read: impl FnOnce(&'g [Input]) -> FxHashMap<&'g str, Files>) -> &FxHashMap<&'g str, Files> {
        self.spelled.get_or_init(|| read(self.inputs))
    }

    /// The test of a file by its position.
    pub(super) fn id(&self, file: FileId, at: u32) -> TestId {
        TestId(self.first.get(file.index()).copied().unwrap_or(0) + at)
    }

    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the lists that they index")]
    pub(super) fn test(&self, id: TestId) -> (FileId, &'g TestCase) {
        let fact = self.nodes[id.0 as usize];
        (fact.file, &self.inputs[fact.file.index()].facts.tests[fact.index as usize])
    }

    /// The tests and helpers of a file.
    pub(super) fn tests_of(&self, file: FileId) -> impl Iterator<Item = TestId> {
        let first = self.first.get(file.index()).copied().unwrap_or(0);
        let count = self.inputs.get(file.index()).map_or(0, |input| index(input.facts.tests.len()));
        (first..first + count).map(TestId)
    }

    /// Resolves what a document cites.
    pub(super) fn resolve(&self, target: &Target, elsewhere: bool) -> Resolution {
        match target {
            Target::Test(name) => self.resolve_test(name, elsewhere),
            Target::File { path, lines, .. } => match self.resolve_file(path, lines, elsewhere) {
                Resolution::File(_) => self.one_of_files(path),
                found => found,
            },
            Target::Glob(pattern) => self.resolve_glob(pattern, elsewhere),
            Target::CaseId(id) => self.resolve_case(id),
            Target::Prose(text) => match self.resolve_exact(text) {
                Resolution::NoTest if self.lacks_in_suite(text) => Resolution::Ghost(Ghost::NoName(None)),
                Resolution::NoTest => self.resolve_phrases(text),
                found => found,
            },
            Target::Elided => Resolution::NoTest,
        }
    }

    /// Whether test cases of this family are described, or at least three whose identifiers begin alike (`TC-…`).
    pub(super) fn describes_kin(&self, id: &str) -> bool {
        let root = id.split_once('-').map_or(id, |(root, _)| root);
        self.case_families.contains(crate::model::mention::family(id))
            || self.case_roots.get(root).is_some_and(|count| *count > 2)
    }

    /// Everything in tests that is called so.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = TestId> {
        self.by_name.get(name).map(SmallVec::as_slice).unwrap_or_default().iter().copied()
    }

    fn resolve_test(&self, name: &TestName, elsewhere: bool) -> Resolution {
        if name.name.ends_with('*') {
            return self.resolve_pattern(name);
        }
        let named = self.by_name.get(name.name.as_str()).map(SmallVec::as_slice).unwrap_or_default();
        let Some(file) = &name.file else { return self.by_scope(name, named, elsewhere) };
        let files = self.files(file);
        let scoped: Vec<TestId> = named.iter().copied().filter(|id| self.in_scope(*id, &name.scope)).collect();
        let here: Vec<TestId> = scoped.iter().copied().filter(|id| files.contains(&self.test(*id).0)).collect();
        if !here.is_empty() {
            return self.one_of(here);
        }
        // Where the source of a test that a runner lists is made by a macro, nobody sees in which file it stands.
        let listed: Vec<TestId> = scoped.iter().copied().filter(|id| !files.is_empty() && self.is_listed(*id)).collect();
        if !listed.is_empty() {
            return Resolution::Tests(listed);
        }
        if let Some(inherited) = self.resolve_inherited(name, &files, named) {
            return inherited;
        }
        // The part before `::` may be a class, a suite or a module inside a file.
        let stem = file.rsplit('/').next().unwrap_or(file);
        let within: Vec<TestId> =
            scoped.iter().copied().filter(|id| self.test(*id).1.scope.iter().any(|part| part == stem)).collect();
        if files.is_empty() && !within.is_empty() {
            return self.one_of(within);
        }
        if let Some(first) = self.mentioning(&files, &name.name) {
            return Resolution::File(first);
        }
        if let Some(way) = self.out_of_reach(file, elsewhere, files.is_empty()) {
            return Resolution::NotAssessed(way);
        }
        // Behind `OpenTest::opens`, `CloseTest` may be a class or a file of its own.
        let class = || named.iter().any(|id| self.test(*id).1.kind == Kind::Class);
        if name.inherited && looks_like_test(&name.name) && (self.by_file.contains_key(name.name.as_str()) || class()) {
            return self.by_scope(name, named, elsewhere);
        }
        let tests: Vec<TestId> = named.iter().copied().filter(|id| self.test(*id).1.kind == Kind::Test).collect();
        match (files.as_slice(), tests.is_empty()) {
            (_, false) => Resolution::WrongFile { cited: files.first().copied(), found: tests },
            ([], true) if name.inherited => self.by_scope(name, named, elsewhere),
            ([], true) if !plausible::is_plausible(name) => Resolution::NoTest,
            // What stands behind a file without tests need not be meant to stand in it.
            ([first, ..], true) if name.inherited && !looks_like_test(&name.name) && self.tests_in(*first).is_empty() => {
                Resolution::NoTest
            }
            // `TestDoor::test_opens` names a class and no file.
            ([], true) if is_class(file) && name.name.starts_with("test_") => Resolution::Ghost(Ghost::NoName(None)),
            ([], true) => Resolution::Ghost(Ghost::NoFile(self.near_file(file))),
            ([first, ..], true) => Resolution::Ghost(Ghost::NoTest(*first, self.near_test(*first, &name.name))),
        }
    }

    pub(super) fn in_scope(&self, id: TestId, scope: &[String]) -> bool {
        let mut have = self.test(id).1.scope.iter();
        scope.iter().all(|part| have.any(|one| one == part || one.rsplit("::").next() == Some(part)))
    }

    /// A name without a file: it must be the only one of its scope.
    fn by_scope(&self, name: &TestName, named: &[TestId], elsewhere: bool) -> Resolution {
        let found: Vec<TestId> =
            named.iter().copied().filter(|id| self.in_scope(*id, &name.scope) || self.in_path(*id, &name.scope)).collect();
        if found.is_empty() {
            // What is run by a name of the project's own is there, whatever it runs.
            if let Some(file) = self.tasks.get(name.name.as_str()) {
                return Resolution::File(*file);
            }
            // A lone word may be the name of a file.
            if self.by_file.contains_key(name.name.as_str()) {
                return self.resolve_file(&name.name, &[], elsewhere);
            }
            if let Some(way) = self.out_of_reach("", elsewhere, true) {
                return Resolution::NotAssessed(way);
            }
            let near = self.may_search().then(|| nearest::of(&name.name, self.by_name.keys().copied())).flatten();
            let near = near.and_then(|near| self.by_name.get(near)?.first().copied());
            return Resolution::Ghost(Ghost::NoName(near));
        }
        let mut files: Vec<FileId> = found.iter().map(|id| self.test(*id).0).collect();
        files.dedup();
        let tests = found.iter().filter(|id| matches!(self.test(**id).1.kind, Kind::Test | Kind::Class)).count();
        if files.len() > 1 && tests > 1 {
            // Of what several files have, the one that is called so is meant as a whole.
            let called = name.scope.is_empty() && looks_like_test(&name.name) && self.by_file.contains_key(name.name.as_str());
            return match called.then(|| self.resolve_file(&name.name, &[], elsewhere)) {
                Some(whole @ Resolution::Tests(_)) => whole,
                _ => Resolution::Ambiguous(found),
            };
        }
        self.one_of(found)
    }

    /// Dotted scopes may be packages and files instead of classes.
    pub(super) fn in_path(&self, id: TestId, scope: &[String]) -> bool {
        let (file, test) = self.test(id);
        let path = self.inputs.get(file.index()).map_or("", |input| input.path.as_str());
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        scope.iter().all(|part| stem.split('/').any(|one| one == part) || test.scope.iter().any(|one| one == part))
    }

    /// Tests among candidates, the cases of a class, or the one thing that is no test.
    pub(super) fn one_of(&self, found: Vec<TestId>) -> Resolution {
        let tests: Vec<TestId> = found.iter().copied().filter(|id| self.test(*id).1.kind == Kind::Test).collect();
        if !tests.is_empty() {
            return Resolution::Tests(tests);
        }
        let inside: Vec<TestId> =
            found.iter().filter(|id| self.test(**id).1.kind == Kind::Class).flat_map(|id| self.cases_of(*id)).collect();
        match (inside.is_empty(), found.first()) {
            (false, _) => Resolution::Tests(inside),
            (true, Some(first)) => Resolution::NotATest(*first),
            (true, None) => Resolution::NoTest,
        }
    }

    fn cases_of(&self, class: TestId) -> Vec<TestId> {
        let (file, class) = self.test(class);
        self.tests_in(file).into_iter().filter(|id| class.body.contains(self.test(*id).1.span)).collect()
    }

    pub(super) fn tests_in(&self, file: FileId) -> Vec<TestId> {
        let count = self.inputs.get(file.index()).map_or(0, |input| index(input.facts.tests.len()));
        (0..count).map(|at| self.id(file, at)).filter(|id| self.test(*id).1.kind == Kind::Test).collect()
    }

    /// Why something that was not found cannot be called missing, if there is a reason.
    pub(super) fn out_of_reach(&self, path: &str, elsewhere: bool, no_file: bool) -> Option<Why> {
        if !no_file {
            return None;
        }
        let absent = self.absent.iter().find(|absent| {
            path.starts_with(absent.as_str()) || absent.ends_with(path.split('/').next().unwrap_or(path)) && !path.is_empty()
        });
        if let Some(absent) = absent {
            return Some(if self.submodules.contains(absent) { Why::AbsentSubmodule } else { Why::Unreadable });
        }
        if elsewhere {
            return Some(Why::OtherRepository);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension).filter(|extension| extension.len() <= 7);
        let source = extension.is_some_and(|extension| crate::read::code::language(name).is_some() && !extension.is_empty());
        match extension {
            _ if self.unread.holds(path) => Some(Why::UnreadFile),
            _ if !self.any_test && (source || extension.is_none()) => Some(Why::NoTests),
            Some(extension) if source && !self.extensions.contains(extension) && !self.folder_exists(path) => {
                Some(Why::OtherLanguage)
            }
            _ => None,
        }
    }

    pub(super) fn may_search(&self) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        left > 0
    }

    pub(super) fn near_test(&self, file: FileId, name: &str) -> Option<TestId> {
        let tests = self.tests_in(file);
        let near = nearest::of(name, tests.iter().map(|id| self.test(*id).1.name.as_str()))?;
        tests.into_iter().find(|id| self.test(*id).1.name == near)
    }
}

/// Whether a name is one that classes of tests have where functions begin with `test_`.
fn is_class(name: &str) -> bool {
    let capital = name.strip_prefix("Test").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    capital && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
