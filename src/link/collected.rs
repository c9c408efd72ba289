//! What the inventories of runners say of tests: which are collected, and which are not.

use super::graph::{Graph, Input, Resolution, TestId};
use super::paths::{Paths, normal};
use super::produced::{self, Names};
use crate::model::citation::{Citation, Target};
use crate::model::evidence::{Outcome, TestResult};
use crate::model::id::Id;
use crate::model::inventory::{Collected, Inventory, Listed};
use crate::model::test_case::{Kind, State, TestCase};
use crate::read::code::{Language, language};
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// What all inventories say together.
#[derive(Debug, Default)]
pub struct Collection {
    /// What becomes of the tests that are listed, and where that is said; the best of all lists.
    listed: FxHashMap<TestId, (Collected, Place)>,
    /// The names of the cases under which a test is listed, in lists that are complete.
    cases: FxHashMap<TestId, Vec<String>>,
    /// Tests that a complete list lacks although it has others of their file, with the list.
    missing: BTreeMap<TestId, FileId>,
    /// Files of tests that a list of files lacks although it has others of their folder, with the list.
    without: BTreeMap<FileId, FileId>,
    /// Files of tests that a list of files has.
    with: FxHashSet<FileId>,
    /// Lists of which no test is in this tree.
    pub foreign: Vec<FileId>,
}

impl Graph {
    /// What becomes of a test by the lists of the runners, and where that is said.
    pub fn collected(&self, test: TestId) -> Option<(Collected, Place)> {
        self.collection.listed.get(&test).copied()
    }

    /// The list that has other tests of the file of this one, and not this one; or other files of its folder, where no
    /// other runner ran it.
    pub fn uncollected(&self, test: TestId) -> Option<FileId> {
        let node = self.test_node(test);
        let without = || {
            let ran = node.outcome.is_some() || self.collection.listed.contains_key(&test) || !would_run(self.test(test));
            self.collection.without.get(&node.fact.file).filter(|_| !ran)
        };
        self.collection.missing.get(&test).or_else(without).copied()
    }

    /// The cases of a test as complete lists have them; none where nothing is known.
    pub fn listed_cases(&self, test: TestId) -> &[String] {
        self.collection.cases.get(&test).map_or(&[], Vec::as_slice)
    }
}

/// Listed tests that documents cite and that no source shows, as those of macros and of `add_test`, become tests of the
/// list: the runner says that they exist.
pub(super) fn adopt(inputs: &mut [Input]) {
    if inputs.iter().all(|input| input.facts.inventory.is_none()) {
        return;
    }
    let citations = inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.citations);
    let cited: FxHashSet<String> = citations.filter_map(name_of).map(str::to_owned).collect();
    let sources = inputs.iter().flat_map(|input| &input.facts.tests).filter(|test| test.kind == Kind::Test);
    let known: FxHashSet<String> = sources.map(|test| test.name.to_string()).collect();
    for input in inputs.iter_mut() {
        let Some(inventory) = &input.facts.inventory else { continue };
        let mut taken: FxHashSet<(&str, &str)> = FxHashSet::default();
        let mut tests: Vec<TestCase> = Vec::new();
        for listed in &inventory.tests {
            let result = as_result(listed);
            if produced::names(&result).iter().any(|name| known.contains(name.as_ref())) {
                continue;
            }
            let name = short(listed);
            let wanted = [listed.name.as_str(), name].into_iter().find(|name| cited.contains(*name));
            if let Some(name) = wanted.filter(|name| taken.insert((&listed.class, name))) {
                tests.push(test(listed, name));
            }
        }
        tests.sort_by_key(|test| test.span);
        input.facts.tests = tests;
    }
}

/// What a citation may call a listed test.
fn name_of(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(name) => Some(&name.name),
        Target::Prose(text) => Some(text),
        _ => None,
    }
}

/// The name without its modules and without its case.
fn short(listed: &Listed) -> &str {
    let whole = listed.name.split('[').next().filter(|whole| !whole.is_empty()).unwrap_or(&listed.name);
    whole.rsplit("::").next().unwrap_or(whole)
}

/// A test of which the runner alone knows.
fn test(listed: &Listed, name: &str) -> TestCase {
    let module = listed.file.as_ref().map(|file| file.trim_end_matches(".py").replace('/', "."));
    let scope = module.into_iter().chain([listed.class.clone()]).filter(|part| !part.is_empty());
    TestCase {
        name: Id::from(name),
        scope: scope.map(|part| Id::from(part.as_str())).collect(),
        span: listed.span,
        body: listed.span,
        kind: Kind::Test,
        state: if listed.state == Collected::Ignored { State::Ignored } else { State::Active },
        state_span: None,
        parametrised: listed.name.contains('['),
        asserts: false,
        tags: Vec::new(),
        case_id: None,
    }
}

/// Links all lists with the tests. Without a list it costs nothing.
pub(super) fn link(graph: &Graph, names: &Names<'_>) -> Collection {
    let mut found = Collection::default();
    for (file, input) in graph.files() {
        if let Some(inventory) = &input.facts.inventory {
            if inventory.files.is_empty() {
                found.take(graph, names, file, inventory);
            } else {
                found.take_files(graph, file, inventory);
            }
        }
    }
    found
}

impl Collection {
    fn take(&mut self, graph: &Graph, names: &Names<'_>, list: FileId, inventory: &Inventory) {
        let mut has: FxHashSet<String> = FxHashSet::default();
        let mut files: Vec<FileId> = Vec::new();
        let mut any = false;
        for listed in &inventory.tests {
            let result = as_result(listed);
            has.extend(produced::names(&result).into_iter().map(std::borrow::Cow::into_owned));
            let Some(test) = produced::find(graph, names, &result) else { continue };
            any = true;
            files.push(graph.test_node(test).fact.file);
            let state = (listed.state, Place::new(list, listed.span));
            let known = self.listed.entry(test).or_insert(state);
            *known = (*known).min(state);
            if !inventory.partial
                && let Some((_, case)) = listed.name.split_once('[')
            {
                self.cases.entry(test).or_default().push(case.strip_suffix(']').unwrap_or(case).to_owned());
            }
        }
        if !any {
            self.foreign.push(list);
        }
        // What `add_test` registers is a whole program: its tests run without a name of their own.
        if inventory.partial || graph.input(list).reader == "ctest list" {
            return;
        }
        files.sort_unstable();
        files.dedup();
        for test in files.into_iter().flat_map(|file| graph.tests_of(file)) {
            let case = graph.test(test);
            if would_run(case) && !has.contains(case.name.as_str()) {
                self.missing.insert(test, list);
            }
        }
        // Another list may have it.
        let listed = &self.listed;
        self.missing.retain(|test, _| !listed.contains_key(test));
    }
}

impl Collection {
    /// A list of files: of those beside them that it lacks, no test is collected by its runner.
    fn take_files(&mut self, graph: &Graph, list: FileId, inventory: &Inventory) {
        let paths = Paths::new(&graph.inputs, &[]);
        let files: FxHashSet<FileId> =
            inventory.files.iter().filter_map(|(path, _)| Some(paths.nearest(&normal(path))?.0)).collect();
        if files.is_empty() {
            self.foreign.push(list);
        }
        if files.is_empty() || inventory.partial {
            return;
        }
        let folder = |file: FileId| graph.path(file).rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders: FxHashSet<&str> =
            graph.files().map(|(file, _)| file).filter(|file| files.contains(file)).map(folder).collect();
        let of_script = |input: &Input| language(&input.path) == Some(Language::JavaScript) && !input.facts.tests.is_empty();
        for (file, _) in graph.files().filter(|(_, input)| of_script(input)) {
            if !files.contains(&file) && folders.contains(folder(file)) {
                self.without.insert(file, list);
            }
        }
        // Another list may have it.
        self.with.extend(files);
        self.without.retain(|file, _| !self.with.contains(file));
    }
}

/// Whether a runner would run a test; what its source skips some runners do not list: E02 tells it.
fn would_run(case: &TestCase) -> bool {
    case.kind == Kind::Test && matches!(case.state, State::Active | State::Conditional)
}

impl super::inventory::Inventory<'_> {
    /// Words that are exactly the name of one test: as a runner lists it, or with its suite, `Pump.Starts`.
    pub(super) fn resolve_exact(&self, text: &str) -> Resolution {
        let of = |name: &str| self.by_name.get(name).map(SmallVec::as_slice).unwrap_or_default().iter().copied();
        let is_test = |id: &TestId| self.test(*id).1.kind == Kind::Test;
        let mut found: Vec<TestId> = of(text).filter(|id| self.is_listed(*id)).collect();
        if let (true, Some((suite, name))) = (found.is_empty(), text.rsplit_once('.')) {
            found = of(name).filter(|id| self.test(*id).1.scope.last().is_some_and(|last| last == suite)).collect();
        }
        if found.is_empty() && text.trim().contains(' ') {
            return self.titled(text.trim());
        }
        found.retain(is_test);
        if found.len() == 1 { Resolution::Tests(found) } else { Resolution::NoTest }
    }

    /// Words that are the title of a test, or a list of such and nothing else: those of Robot Framework have blanks.
    fn titled(&self, text: &str) -> Resolution {
        let of = |title: &str| -> Vec<TestId> {
            let title = title.trim().trim_matches(['"', '“', '”']);
            if !title.contains(' ') {
                return Vec::new();
            }
            self.named(title).filter(|id| self.test(*id).1.kind == Kind::Test).collect()
        };
        let whole = of(text);
        let each = || text.split([',', ';', '\n']).filter(|part| !part.trim().is_empty()).map(of).collect::<Vec<_>>();
        let each = if whole.is_empty() { each() } else { vec![whole] };
        if each.iter().any(Vec::is_empty) {
            return Resolution::NoTest;
        }
        match each.iter().any(|one| one.len() > 1) {
            true => Resolution::Ambiguous(each.concat()),
            false => Resolution::Tests(each.concat()),
        }
    }

    /// Whether words are the name of a test in a suite of GoogleTest or its like, `Pump.Starts`, and nothing is called so: the
    /// suite has other tests.
    pub(super) fn lacks_in_suite(&self, text: &str) -> bool {
        let word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let Some((suite, name)) = text.split_once('.').filter(|(suite, name)| word(suite) && word(name)) else { return false };
        let begins = |c: char| c.is_ascii_uppercase();
        suite.starts_with(begins)
            && name.starts_with(begins)
            && self.named(name).next().is_none()
            && self.suites.get_or_init(|| suites(self.inputs)).contains(suite)
    }

    /// Whether a test is known from the list of a runner alone.
    pub(super) fn is_listed(&self, id: TestId) -> bool {
        self.inputs.get(self.test(id).0.index()).is_some_and(|input| input.facts.inventory.is_some())
    }
}

/// The suites of tests in C and C++.
fn suites(inputs: &[Input]) -> FxHashSet<&str> {
    let compiled = inputs.iter().filter(|input| language(&input.path) == Some(Language::C));
    let tests = compiled.flat_map(|input| &input.facts.tests).filter(|test| test.kind == Kind::Test);
    tests.filter_map(|test| test.scope.last()).map(Id::as_str).collect()
}

/// A listed test as if it had run: it is looked up by the same names.
fn as_result(listed: &Listed) -> TestResult {
    TestResult {
        suites: Vec::new(),
        class: listed.class.clone(),
        name: listed.name.clone(),
        file: listed.file.clone(),
        line: None,
        outcome: Outcome::NotRun,
        message: String::new(),
        properties: Vec::new(),
        span: listed.span,
    }
}
