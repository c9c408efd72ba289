//! Mutation results to the files and tests of the tree, and whether the tests of a requirement kill mutants of its code.
//!
//! A mutant that one test killed may be noticed by others too, which were not tried after that. So that tests kill nothing
//! is said only where each mutant survived, or where it is known of those that were killed that these tests do not run
//! them, or ran and passed.

use super::code::Part;
use super::graph::{FactRef, Graph, Requirement, TestId};
use super::measured::{is_end, map, named};
use super::paths::{Paths, normal};
use super::produced::Names;
use crate::model::mutation::{Fate, Mutant, MutatedFile, Mutation, Named, of_source};
use crate::model::requirement::Standing;
use crate::model::test_case::Kind;
use crate::read::code::{Language, language};
use crate::settings::Settings;
use crate::source::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Which mutated file is which file of the tree, and which named test is which test.
#[derive(Debug, Default)]
pub struct Mutated {
    /// Whether any mutation results were read.
    pub any: bool,
    /// Mutation results that name no file of the tree.
    pub foreign: Vec<FileId>,
    /// The mutants of a file: the results and the position in them.
    files: FxHashMap<FileId, Vec<FactRef>>,
    /// The tests that results name: the results and the position in them.
    tests: FxHashMap<FileId, FxHashMap<u32, TestId>>,
}

/// What is known of whether the tests of a requirement kill mutants of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Killing {
    /// One of them kills at least one.
    Kills,
    /// They kill none.
    KillsNone,
    /// It could not be assessed.
    NotAssessed(Unkilled),
}

/// Why it is not known whether tests kill mutants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unkilled {
    /// No mutation results were read.
    NoResults,
    /// The requirement has no test.
    NoTest,
    /// Nothing says which code implements the requirement.
    NoCode,
    /// The file was mutated nowhere.
    NotMutated,
    /// The lines of the results are not those of the file.
    OtherVersion,
    /// Several results speak of one file.
    SeveralRuns,
    /// The code has no mutant that says anything.
    NoMutants,
    /// No results say which test killed a mutant.
    NotPerTest,
    /// The run did not have the tests.
    OtherTests,
    /// Mutants were not tried.
    Untried,
    /// The results do not tell the cases of a test apart.
    CasesTogether,
    /// Other tests killed the mutants first.
    FirstOnly,
}

impl Unkilled {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::NoResults => "no mutation results were read",
            Self::NoTest => "it has no test",
            Self::NoCode => "nothing says which code implements it",
            Self::NotMutated => "the mutation results do not have the implementing code",
            Self::OtherVersion => "the mutation results are of another version of the implementing code",
            Self::SeveralRuns => "several mutation results speak of the implementing code",
            Self::NoMutants => "the implementing code has no mutant that could be tried",
            Self::NotPerTest => "no mutation results say which test killed a mutant",
            Self::OtherTests => "the mutation results do not have all of the tests",
            Self::Untried => "the mutation run did not come to its end",
            Self::CasesTogether => "the mutation results do not tell the cases of a test apart, and one of them is cited",
            Self::FirstOnly => "other tests killed the mutants first, and the run did not try the rest",
        }
    }
}

impl Default for Killing {
    fn default() -> Self {
        Self::NotAssessed(Unkilled::NoResults)
    }
}

/// A mutant of implementing code.
#[derive(Debug, Clone, Copy)]
pub struct Change<'g> {
    /// The mutation results.
    results: FileId,
    /// The code that was changed.
    pub file: FileId,
    /// The change.
    pub mutant: &'g Mutant,
}

impl Change<'_> {
    /// Whether no test noticed it.
    pub fn survives(&self) -> bool {
        matches!(self.mutant.fate, Fate::Survived | Fate::Uncovered)
    }
}

impl Graph {
    fn mutation(&self, file: FileId) -> Option<&Mutation> {
        self.facts(file).mutation.as_deref()
    }

    /// The mutants of a piece of code that say anything, or why they are not known.
    pub fn changes(&self, part: &Part) -> Result<Vec<Change<'_>>, Unkilled> {
        let facts = self.mutated.files.get(&part.file).map_or(&[][..], Vec::as_slice);
        let fact = match facts {
            _ if !self.mutated.any => return Err(Unkilled::NoResults),
            [] => return Err(Unkilled::NotMutated),
            [one] => one,
            _ => return Err(Unkilled::SeveralRuns),
        };
        let mutated = self.mutation(fact.file).and_then(|mutation| mutation.files.get(fact.index as usize));
        let mutated = mutated.ok_or(Unkilled::NotMutated)?;
        let text = &self.input(part.file).text;
        let span = self.part_span(part);
        let (first, last) = (text.position(span.start).0, text.position(span.end().saturating_sub(1)).0);
        let own: Vec<&Mutant> = mutated.mutants.iter().filter(|one| (first..=last).contains(&one.line)).collect();
        if !self.is_fresh(part.file, mutated, &own) {
            return Err(Unkilled::OtherVersion);
        }
        let own = own.into_iter().filter(|one| one.fate != Fate::Invalid);
        let own: Vec<Change<'_>> = own.map(|mutant| Change { results: fact.file, file: part.file, mutant }).collect();
        if own.is_empty() { Err(Unkilled::NoMutants) } else { Ok(own) }
    }

    /// Whether the lines of results are those of the file: its text is the same, or each function that is named stands
    /// around the lines of its mutants. The compiler makes up names with `$`.
    fn is_fresh(&self, file: FileId, mutated: &MutatedFile, own: &[&Mutant]) -> bool {
        let text = &self.input(file).text;
        if let Some(source) = mutated.source {
            return source == of_source(text.as_str());
        }
        let Some(outline) = self.outline(file) else { return false };
        let stands = |one: &Mutant| {
            let Some(line) = text.line_span(one.line) else { return false };
            outline
                .symbols
                .iter()
                .any(|symbol| symbol.name == *one.function && symbol.body.start < line.end() && line.start < symbol.body.end())
        };
        let mut told = own.iter().filter(|one| !one.function.is_empty() && !one.function.contains('$')).peekable();
        (own.is_empty() || told.peek().is_some()) && told.all(|one| stands(one))
    }

    /// The mutants of the code of a requirement, as far as they are known, and why others are not.
    pub fn changes_of(&self, one: &Requirement) -> (Vec<Change<'_>>, Option<Unkilled>) {
        let mut found = Vec::new();
        let mut unknown = None;
        for part in &one.parts {
            match self.changes(part) {
                Ok(changes) => found.extend(changes),
                Err(why) => unknown = unknown.or(Some(why)),
            }
        }
        // A function and its class may both be named.
        found.sort_by_key(|change| (change.file, change.mutant.line, std::ptr::from_ref(change.mutant)));
        found.dedup_by_key(|change| std::ptr::from_ref(change.mutant));
        (found, unknown)
    }

    /// Whether the tests of a requirement were among those of the runs: results list them, or they are of the language of
    /// what was mutated.
    pub fn were_tried(&self, one: &Requirement, changes: &[Change<'_>]) -> bool {
        let tests = one.tests();
        let mut runs: Vec<(FileId, FileId)> = changes.iter().map(|change| (change.results, change.file)).collect();
        runs.dedup();
        runs.iter().all(|(results, file)| {
            let of = |file: FileId| language(self.path(file)).map(family);
            tests.iter().all(|test| match self.listed(*results) {
                Some(listed) => listed.contains(test),
                None => of(*file).is_some() && of(self.test_node(*test).fact.file) == of(*file),
            })
        })
    }

    /// The tests of a run, where its results list them all and any of them is in the tree.
    fn listed(&self, results: FileId) -> Option<Vec<TestId>> {
        let mutation = self.mutation(results).filter(|mutation| mutation.lists_tests)?;
        let tests = self.mutated.tests.get(&results).filter(|tests| !tests.is_empty() && !mutation.tests.is_empty())?;
        let mut listed: Vec<TestId> = tests.values().copied().collect();
        listed.sort_unstable();
        Some(listed)
    }

    /// The tests of the tree at positions of results.
    fn tests_at<'g>(&'g self, results: FileId, at: &'g [u32]) -> impl Iterator<Item = TestId> + 'g {
        let known = self.mutated.tests.get(&results);
        at.iter().filter_map(move |at| known?.get(at).copied())
    }

    /// The tests that are known to kill a mutant.
    pub fn killers<'g>(&'g self, change: &Change<'g>) -> impl Iterator<Item = TestId> + 'g {
        self.tests_at(change.results, &change.mutant.killers)
    }

    fn killing(&self, one: &Requirement) -> Result<Killing, Unkilled> {
        let tests = self.cited(one);
        if tests.is_empty() {
            return Err(Unkilled::NoTest);
        }
        if one.parts.is_empty() {
            return Err(Unkilled::NoCode);
        }
        let (changes, unknown) = self.changes_of(one);
        let cited = |test: &TestId| tests.iter().find(|cited| cited.test == *test);
        let kills = changes.iter().flat_map(|change| self.killers(change)).filter_map(|test| cited(&test));
        match kills.map(|cited| cited.cases.is_empty()).max() {
            Some(true) => return Ok(Killing::Kills),
            Some(false) => return Err(Unkilled::CasesTogether),
            None => {}
        }
        if let Some(why) = unknown {
            return Err(why);
        }
        if !changes.iter().all(|change| self.mutation(change.results).is_some_and(|one| one.per_test)) {
            return Err(Unkilled::NotPerTest);
        }
        if changes.iter().any(|change| self.listed(change.results).is_none()) || !self.were_tried(one, &changes) {
            return Err(Unkilled::OtherTests);
        }
        if changes.iter().any(|change| change.mutant.fate == Fate::Untried) {
            return Err(Unkilled::Untried);
        }
        let not_by = |change: &Change<'_>| {
            let mutant = change.mutant;
            let ran = |at: &Vec<u32>| self.tests_at(change.results, at).any(|test| cited(&test).is_some());
            let all = self.mutation(change.results).is_some_and(|one| one.all_tried) && !mutant.killers.is_empty();
            change.survives() || all || mutant.covering.as_ref().is_some_and(|at| !ran(at))
        };
        if changes.iter().all(not_by) { Ok(Killing::KillsNone) } else { Err(Unkilled::FirstOnly) }
    }
}

/// Languages whose tests run in one suite count as one.
fn family(language: Language) -> Language {
    if language == Language::Kotlin { Language::Java } else { language }
}

/// Maps all mutation results.
pub(super) fn link(graph: &Graph, settings: &Settings) -> Mutated {
    let mut mutated = Mutated::default();
    let files: Vec<FileId> = graph.files().filter(|(_, input)| input.facts.mutation.is_some()).map(|(file, _)| file).collect();
    if files.is_empty() {
        return mutated;
    }
    mutated.any = true;
    let (paths, names) = (Paths::new(&graph.inputs, &settings.unread), Names::of(graph));
    let titles = titles(graph);
    for file in files {
        let Some(mutation) = graph.mutation(file) else { continue };
        let (found, elsewhere) = map(&paths, &[], mutation.files.iter().map(|file| file.path.as_str()));
        if found.is_empty() && !elsewhere {
            mutated.foreign.push(file);
        }
        for (known, at) in found {
            mutated.files.entry(known).or_default().push(FactRef { file, index: at });
        }
        let tests = (0..).zip(&mutation.tests).filter_map(|(at, test)| Some((at, test_of(graph, &names, &titles, test)?)));
        mutated.tests.insert(file, tests.collect());
    }
    mutated
}

/// The tests by their titles and those around them in one, as runners of JavaScript call them.
fn titles(graph: &Graph) -> FxHashMap<String, Vec<TestId>> {
    let mut titles: FxHashMap<String, Vec<TestId>> = FxHashMap::default();
    for (id, node) in graph.tests() {
        let test = graph.test(id);
        if test.kind == Kind::Test && language(graph.path(node.fact.file)) == Some(Language::JavaScript) {
            let parts: Vec<&str> = test.scope.iter().chain(std::iter::once(&test.name)).map(|part| &**part).collect();
            titles.entry(parts.join(" ")).or_default().push(id);
        }
    }
    titles
}

/// The one test that results name.
fn test_of(graph: &Graph, names: &Names<'_>, titles: &FxHashMap<String, Vec<TestId>>, test: &Named) -> Option<TestId> {
    let file = normal(&test.file);
    let agrees = |id: &&TestId| {
        let path = graph.path(graph.test_node(**id).fact.file);
        file.is_empty() || is_end(path, &file) || is_end(&file, path)
    };
    let mut titled = titles.get(&test.name).into_iter().flatten().filter(agrees);
    match (titled.next(), titled.next()) {
        (Some(one), None) => return Some(*one),
        (Some(_), Some(_)) => return None,
        (None, _) => {}
    }
    let file = Some(file.as_str()).filter(|file| !file.is_empty());
    named(graph, names, file, &test.class, &test.name).filter(|id| agrees(&id))
}

/// Settles for each requirement whether its tests kill mutants of its code.
pub(super) fn assess(graph: &mut Graph) {
    if !graph.mutated.any {
        return;
    }
    let of = |one: &Requirement| match one.standing {
        Standing::Active => graph.killing(one).unwrap_or_else(Killing::NotAssessed),
        _ => Killing::NotAssessed(Unkilled::NoTest),
    };
    let found: Vec<Killing> = graph.requirements.par_iter().map(of).collect();
    for (requirement, killing) in graph.requirements.iter_mut().zip(found) {
        requirement.killing = killing;
    }
}
