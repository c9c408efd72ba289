//! Results to the tests that produced them.

use super::collected;
use super::graph::{FactRef, Graph, ResultId, ResultNode, TestId, index};
use super::runs;
use super::titles;
use crate::model::evidence::{Outcome, TestResult};
use crate::model::test_case::{Kind, State, TestCase};
use crate::read::code::{Language, language};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::cell::{LazyCell, OnceCell};

/// Links all results. A result that fits several tests equally well is linked to none.
pub(super) fn link(graph: &mut Graph) {
    let mut nodes = Vec::new();
    let collection;
    {
        let none = graph.inputs.iter().all(|input| input.facts.results.is_empty() && input.facts.inventory.is_none());
        let names = if none { Names::default() } else { Names::of(graph) };
        collection = collected::link(graph, &names);
        for (file, input) in graph.files() {
            for (at, result) in input.facts.results.iter().enumerate() {
                let test = find(graph, &names, result);
                nodes.push(ResultNode { fact: FactRef { file, index: index(at) }, test });
            }
        }
    }
    graph.results = nodes;
    graph.collection = collection;
    graph.runs = runs::compare(graph);
    for at in 0..graph.results.len() {
        let id = ResultId(index(at));
        if graph.runs.past.contains(&id) {
            continue;
        }
        let outcome = graph.result(id).outcome;
        let test = graph.results.get(at).and_then(|node| node.test);
        if let Some(node) = test.and_then(|test| graph.tests.get_mut(test.0 as usize)) {
            node.results.push(id);
            node.outcome = Some(node.outcome.map_or(outcome, |known| worse(known, outcome)));
        }
    }
    expected(graph);
}

/// What passed although its source expects it to fail: by pytest the expectation is wrong, while other runners call it a
/// pass that the test failed.
fn expected(graph: &mut Graph) {
    let Graph { inputs, tests, .. } = graph;
    for node in tests.iter_mut().filter(|node| node.outcome == Some(Outcome::Passed)) {
        let Some(input) = inputs.get(node.fact.file.index()) else { continue };
        let state = input.facts.tests.get(node.fact.index as usize).map(|test| test.state);
        // Reports of JavaScript have tests that are still to be written (`test.todo`) among those that passed.
        if state == Some(State::Skipped) && language(&input.path) == Some(Language::JavaScript) {
            node.outcome = Some(Outcome::Skipped);
        }
        if state == Some(State::ExpectedFailure) {
            let python = input.path.ends_with(".py");
            node.outcome = Some(if python { Outcome::UnexpectedPass } else { Outcome::ExpectedFailure });
        }
    }
}

/// Of two outcomes the one that says less for the test.
fn worse(a: Outcome, b: Outcome) -> Outcome {
    let rank = |outcome| match outcome {
        Outcome::Failed => 6,
        Outcome::Error => 5,
        Outcome::ExpectedFailure => 4,
        Outcome::NotRun => 3,
        Outcome::Skipped => 2,
        Outcome::Flaky | Outcome::UnexpectedPass => 1,
        Outcome::Passed => 0,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// The tests by their names.
#[derive(Default)]
pub(super) struct Names<'g> {
    /// The names of all folders of the tree.
    folders: FxHashSet<&'g str>,
    /// The tests by their names with what is around them, as some runners write both. Only what has no other name asks.
    joined: OnceCell<FxHashMap<String, Vec<TestId>>>,
    by_name: FxHashMap<&'g str, Vec<TestId>>,
    /// Tests of JavaScript whose titles leave something open, with the longest piece of each that does not.
    open: Vec<(TestId, &'g str)>,
    /// Tests of Java and Kotlin with parameters, by the class in which they stand.
    cases: FxHashMap<&'g str, Vec<TestId>>,
}

impl<'g> Names<'g> {
    /// All tests of the tree.
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut names = Self::default();
        for (id, _) in graph.tests() {
            let test = graph.test(id);
            if test.kind != Kind::Test {
                continue;
            }
            names.by_name.entry(&test.name).or_default().push(id);
            let fact = graph.test_node(id).fact;
            for (alias, _) in graph.facts(fact.file).aliases.iter().filter(|(_, at)| *at == fact.index) {
                names.by_name.entry(alias).or_default().push(id);
            }
            if let Some(class) = test.scope.last().filter(|_| test.parametrised)
                && matches!(language(graph.path(fact.file)), Some(Language::Java | Language::Kotlin))
            {
                names.cases.entry(class.as_str()).or_default().push(id);
            }
            let script = language(graph.path(fact.file)) == Some(Language::JavaScript);
            if script && (test.parametrised || test.scope.iter().any(|scope| titles::is_open(scope))) {
                names.open.push((id, titles::longest(&test.name)));
            }
        }
        let folders = graph.inputs.iter().filter_map(|input| input.path.rsplit_once('/'));
        let folders = folders.flat_map(|(folders, _)| folders.split('/'));
        names.folders = folders.collect();
        names
    }

    /// The tests of a name; of several places if need be.
    pub(super) fn called(&self, graph: &Graph, name: &str) -> &[TestId] {
        let known = || self.joined.get_or_init(|| joined(graph)).get(name);
        let separated = || name.contains(['.', ' ']);
        self.by_name.get(name).or_else(|| separated().then(known).flatten()).map_or(&[], Vec::as_slice)
    }

    /// The tests whose titles leave something open.
    pub(super) fn open_titles(&self) -> &[(TestId, &'g str)] {
        &self.open
    }

    /// The test of which a result is a case that is called by its number and its values alone, `[1] start`: the only one of
    /// its class that has parameters.
    fn numbered(&self, result: &TestResult) -> Option<TestId> {
        let (number, _) = result.name.strip_prefix('[')?.split_once(']')?;
        let class = result.class.rsplit(['.', '$']).next().filter(|class| !class.is_empty())?;
        let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        match self.cases.get(class).map(Vec::as_slice) {
            Some([only]) if numbered => Some(*only),
            _ => None,
        }
    }

    /// Whether a class is a package of Go for which the tree has no folder: that of the root of its module, which is called
    /// as the module is.
    fn is_root(&self, class: &str) -> bool {
        let last = class.rsplit('/').next().unwrap_or(class);
        !last.is_empty() && !self.folders.contains(last)
    }
}

/// All tests that stand in something, by one name for both.
fn joined(graph: &Graph) -> FxHashMap<String, Vec<TestId>> {
    let mut names: FxHashMap<String, Vec<TestId>> = FxHashMap::default();
    for (id, node) in graph.tests() {
        let test = graph.test(id);
        let joint = joint(graph.path(node.fact.file)).filter(|_| test.kind == Kind::Test && !test.scope.is_empty());
        if let Some(joint) = joint {
            names.entry(test.qualified().replace("::", joint)).or_default().push(id);
        }
    }
    names
}

/// What is written between a test and what is around it, where both are one name: Jest has the titles of all blocks with
/// blanks, CTest the cases of GoogleTest as `Suite.Case`, and Java and .NET know methods as `Class.method`.
fn joint(path: &str) -> Option<&'static str> {
    match language(path)? {
        Language::JavaScript => Some(" "),
        Language::C | Language::Java | Language::Kotlin | Language::CSharp => Some("."),
        _ => None,
    }
}

/// The test with the name of a result, and with the file and scopes that its class names.
pub(super) fn find(graph: &Graph, tests: &Names<'_>, result: &TestResult) -> Option<TestId> {
    let text = format!("{} {} {}", result.class, result.name, result.suites.join(" "));
    let around = Around::of(&text);
    let root = LazyCell::new(|| tests.is_root(&result.class));
    let fit = |id: &TestId| {
        let path = graph.path(graph.test_node(*id).fact.file);
        if is_of_another_module(graph.test(*id), path, result) {
            return 0;
        }
        let in_root = || path.ends_with("_test.go") && !path.contains('/') && *root;
        fit(graph, *id, result, &around).max(usize::from(in_root()))
    };
    // CTest repeats the name of a test where others write its class.
    let nowhere = |name: &str| {
        let unsaid = result.class.is_empty() && result.suites.is_empty();
        let (class, whole) = (result.class.trim(), result.name.trim());
        result.file.is_none() && (unsaid || class == whole && name == whole)
    };
    for name in names(result) {
        let candidates = tests.called(graph, &name);
        if candidates.is_empty() {
            continue;
        }
        let best = candidates.iter().map(fit).max()?;
        let mut fitting = candidates.iter().filter(|id| fit(id) == best);
        let (Some(one), None) = (fitting.next(), fitting.next()) else { return None };
        // Node writes the same class for all tests that stand in no suite.
        let script = |id: TestId| language(graph.path(graph.test_node(id).fact.file)) == Some(Language::JavaScript);
        let node = result.class == "test" && result.suites.is_empty() && script(*one);
        // A lone candidate may still be of another file: something of the class must agree.
        return (best > 0 || nowhere(&name) || node && name == result.name).then_some(*one);
    }
    titles::find(graph, tests, result).or_else(|| tests.numbered(result))
}

/// Whether the class of a result names a module of Python that is not the file of a function: one of the same name was run elsewhere,
/// or stood elsewhere then. Methods run in the classes that inherit them, too.
fn is_of_another_module(test: &TestCase, path: &str, result: &TestResult) -> bool {
    let Some(stem) = path.strip_suffix(".py").map(|stem| stem.rsplit('/').next().unwrap_or(stem)) else { return false };
    let mut parts = result.class.split(['.', ':', '/']).filter(|part| !part.is_empty()).peekable();
    let told = result.file.is_none() && parts.peek().is_some() && result.class != result.name;
    told && test.scope.is_empty() && parts.all(|part| part != stem)
}

/// The names under which the test of a result may be known, most exact first.
pub(super) fn names(result: &TestResult) -> Vec<Cow<'_, str>> {
    let full = result.name.as_str();
    let mut names = vec![full];
    // Jest's JUnit puts the titles of suites in front with a blank, and leaves the blank where there are none.
    names.extend(Some(full.trim_start()).filter(|bare| bare.len() < full.len()));
    let cut = full.find(['[', '(', '#']).filter(|at| *at > 0).and_then(|at| full.get(..at)).map(str::trim_end);
    names.extend(cut);
    names.extend(suite_and_case(full));
    // The case of a generated test is a function in a module that is called after the test.
    names.extend(full.rsplit("::").take(2));
    names.extend(full.split('/').next().filter(|first| first.starts_with("Test")));
    names.extend(full.rsplit('/').next().filter(|_| full.starts_with("Test")));
    // Runners of JavaScript put the titles of the suites in front.
    names.extend(full.rsplit(" > ").next());
    names.extend(full.rsplit(" › ").next());
    if let Some(rest) = full.strip_prefix(result.class.as_str()) {
        names.push(rest.trim_start());
    }
    let mut names: Vec<Cow<'_, str>> = names.into_iter().map(Cow::Borrowed).collect();
    names.extend(of_suite(cut.unwrap_or(full)).into_iter().flatten());
    names
}

/// `Suite.Case` in the name of a case that has parameters: `Sizes/Suite.Case/0`.
fn suite_and_case(name: &str) -> Option<&str> {
    let dot = name.find('.')?;
    let start = name.get(..dot)?.rfind('/').map_or(0, |at| at + 1);
    let end = name.get(dot..)?.find('/').map_or(name.len(), |at| dot + at);
    name.get(start..end)
}

/// GoogleTest has `All/Ports` and `Opens/0`, and CTest joins them with a dot, without the mark of what is disabled.
fn of_suite(full: &str) -> Option<[Cow<'_, str>; 2]> {
    if full.contains(char::is_whitespace) || full.contains("::") {
        return None;
    }
    let case = full.rsplit('.').next().unwrap_or(full);
    // The kind of a typed test stands behind it: `Typed/0.Holds<int>`, `Typed.Holds<int>`.
    let case = case.split(['/', '<']).next().filter(|case| !case.is_empty())?;
    (case != full).then(|| [Cow::Borrowed(case), Cow::Owned(format!("DISABLED_{case}"))])
}

/// Whether a path ends with another one, at the edge of a folder.
fn is_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// How well the file and the scopes of a test agree with what a result says around its name.
fn fit(graph: &Graph, id: TestId, result: &TestResult, around: &Around<'_>) -> usize {
    let test = graph.test(id);
    let path = graph.path(graph.test_node(id).fact.file);
    let (named, missing) = around.scopes(test);
    if let Some(file) = &result.file {
        let file = file.replace('\\', "/");
        let file = file.trim_start_matches("./");
        if is_end(path, file) || is_end(file, path) {
            // Of files that are called alike the one with more folders in common is meant.
            let folders = path.matches('/').count().min(file.matches('/').count());
            return (1_000_000 * (folders + 1) + named).saturating_sub(missing);
        }
    }
    // Suites of Robot Framework are called after their files, in words with capital letters.
    if let Some(stem) = path.strip_suffix(".robot") {
        let words = |part: &str| part.replace('_', " ").to_lowercase();
        let suite = words(stem.rsplit('/').next().unwrap_or(stem));
        let parts: Vec<String> = around.text.split(['.', '/', '\\']).map(words).collect();
        let is_named = parts.iter().any(|part| {
            part.split_once(&suite)
                .is_some_and(|(before, after)| before.is_empty() && (after.is_empty() || after.starts_with(' ')))
        });
        return if is_named { (2000 + named).saturating_sub(missing) } else { 0 };
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let folders = stem.split('/').filter(|part| around.has(part)).count();
    let file = stem.rsplit('/').next().is_some_and(|name| {
        around.has(name) || around.has(&name.replace('-', "_")) || around.has(name.split('.').next().unwrap_or(name))
    });
    // Scopes that the result does not name only decide between tests of which all else is the same.
    (100 * (folders + 20 * usize::from(file)) + named).saturating_sub(missing)
}

/// What a result says around the name of its test, and the words of it.
struct Around<'t> {
    text: &'t str,
    parts: Vec<&'t str>,
}

impl<'t> Around<'t> {
    fn of(text: &'t str) -> Self {
        let parts = text.split(['.', ':', '/', ' ', '-', '$', '>', '\\']).filter(|part| !part.is_empty()).collect();
        Self { text, parts }
    }

    fn has(&self, name: &str) -> bool {
        self.parts.contains(&name) || (name.contains([' ', '.']) && self.text.contains(name))
    }

    /// How much the scopes of a test are named, and how many are not. A scope that is a piece of another word is named less
    /// than one that is the word: `Door` may be meant in `Door_0`, and is not in `DoorLock` where that exists too.
    fn scopes(&self, test: &TestCase) -> (usize, usize) {
        let (mut named, mut missing) = (0, 0);
        for scope in &test.scope {
            match (self.has(scope), self.text.contains(scope.as_str())) {
                (true, _) => named += 1000,
                (false, true) => named += 500,
                (false, false) => missing += 1,
            }
        }
        (named, missing)
    }
}
