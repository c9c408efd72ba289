//! Which tests the plans of changes name, and what became of each.
//!
//! A test was delivered where it exists, where a matrix cites it or a result is of it, or where a record says that it
//! was made. Names change on the way from plan to code: one that only says more, or says the same in another order, is
//! the same test under another name. Before a test is called missing, all code is searched for its name.

use super::contents::Names;
use super::graph::{Graph, Resolution, TestId, index};
use super::records::{Record, RecordId};
use crate::model::citation::Target;
use crate::model::contents::{Contents, MaybePlanned, is_two_words};
use crate::model::lifecycle::{Class, State};
use crate::model::test_case::Kind;
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span, Spanned, Text};
use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// More pairs of names than this are compared by nobody.
const MOST: usize = 100_000;

/// The tests that one record planned.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The record.
    pub record: RecordId,
    /// Its document.
    pub file: FileId,
    /// The tests, each once, in the order of the document.
    pub tests: Vec<Planned>,
}

/// One planned test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// Where the plan names it.
    pub place: Place,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a planned test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It exists.
    Exists(TestId),
    /// A matrix cites it, or a result is of it.
    Told(Place),
    /// A record says that it was made.
    Delivered(Place),
    /// It was delivered under another name.
    Renamed(String, Place),
    /// A record of a deviation names it.
    Covered(RecordId, Place),
    /// Its name stands in a file, in a form that was not recognised as a test.
    Seen(Place),
    /// It was never delivered: the record tells which tests were made, and it is none of them.
    Missing,
    /// No test has its name, and the record does not tell which tests were made.
    Absent,
    /// Nothing shows which tests were delivered.
    Unknown,
}

/// Finds the plans of all changes that are done, and what became of their tests. `reread` gives the text of a path that was
/// not kept. Without a plan it costs nothing.
pub fn look(graph: &mut Graph, settings: &Settings, reread: &dyn Fn(&str) -> Option<Text>) {
    let mut plans = planned(graph);
    if plans.is_empty() {
        return;
    }
    let known = Known::of(graph, &plans);
    for plan in &mut plans {
        known.settle(graph, settings, plan);
    }
    search(graph, &mut plans, reread);
    graph.plans = plans;
}

/// Whether what a record planned should have been done by now.
fn is_due(graph: &Graph, record: &Record) -> bool {
    if !matches!(record.class, Class::Change | Class::Deviation | Class::Action) {
        return false;
    }
    let carried_out = || {
        let items = record.file.and_then(|file| graph.contents(file)).map_or(&[][..], |contents| &contents.items);
        let mut steps = items.iter().filter(|item| !item.optional && item.outcome.is_some()).peekable();
        steps.peek().is_some() && steps.all(|item| item.passed())
    };
    match record.state {
        State::Closed | State::PostApproved | State::Effective => true,
        // Approval may have been that of the plan.
        State::Approved | State::InPostReview => carried_out(),
        _ => false,
    }
}

fn planned(graph: &Graph) -> Vec<Plan> {
    let called_so = OnceCell::new();
    let called_so = || -> &FxHashSet<&str> {
        called_so.get_or_init(|| {
            let tests = graph.tests().map(|(id, _)| graph.test(id)).filter(|test| test.kind == Kind::Test);
            tests.map(|test| test.name.as_str()).filter(|name| is_two_words(name)).collect()
        })
    };
    let due = graph.records().iter().filter(|(_, record)| is_due(graph, record));
    let plans = due.filter_map(|(id, record)| {
        let file = record.file?;
        let mut known: FxHashSet<&str> = FxHashSet::default();
        let contents = graph.contents(file)?;
        let mut names: Vec<&Spanned> = contents.planned.iter().chain(two_words(contents, called_so)).collect();
        names.sort_by_key(|name| name.span.start);
        let names = names.into_iter().filter(|name| known.insert(&name.text));
        let tests =
            names.map(|name| Planned { name: name.text.clone(), place: Place::new(file, name.span), fate: Fate::Unknown });
        Some(Plan { record: id, file, tests: tests.collect() })
    });
    plans.filter(|plan| !plan.tests.is_empty()).collect()
}

/// The planned names of two words that are tests: some tests of the tree are called so, and of those in a list one is there.
fn two_words<'g, 's>(contents: &'g Contents, called_so: impl FnOnce() -> &'s FxHashSet<&'s str>) -> Vec<&'g Spanned> {
    if contents.maybe_planned.is_empty() {
        return Vec::new();
    }
    /// What a test says first in many houses, whatever others of the tree say.
    const SAYING: &[&str] = &[
        "accepts",
        "adds",
        "allows",
        "answers",
        "closes",
        "creates",
        "deletes",
        "fails",
        "handles",
        "ignores",
        "keeps",
        "loads",
        "opens",
        "parses",
        "reads",
        "rejects",
        "removes",
        "renders",
        "reports",
        "returns",
        "saves",
        "sends",
        "shows",
        "shuts",
        "starts",
        "stops",
        "stores",
        "tells",
        "throws",
        "updates",
        "validates",
        "writes",
    ];
    let called_so = called_so();
    let first: FxHashSet<&str> = called_so.iter().map(|name| first_word(name)).collect();
    // A key or a function in a row of tests, `maxRetries`, is called otherwise.
    let alike = |one: &&MaybePlanned| {
        let word = first_word(&one.name.text);
        first.contains(word) || SAYING.contains(&word)
    };
    let listed = contents.maybe_planned.iter().any(|one| called_so.contains(one.name.text.as_str()));
    let names = contents.maybe_planned.iter().filter(|one| !called_so.is_empty() && (listed || !one.listed));
    names.filter(alike).map(|one| &one.name).collect()
}

/// `reads` of `readsOption`.
fn first_word(name: &str) -> &str {
    let end = name.find(|c: char| c.is_ascii_uppercase()).unwrap_or(name.len());
    name.get(..end).unwrap_or(name)
}

/// Everything that tells of tests that were delivered.
struct Known<'g> {
    tests: FxHashMap<&'g str, TestId>,
    /// The tests by the class or suite around them and their name, where a plan names any so.
    suited: FxHashMap<(&'g str, &'g str), TestId>,
    told: FxHashMap<&'g str, Place>,
    delivered: FxHashMap<&'g str, Place>,
    /// The tests by the words of their names.
    spoken: BTreeMap<String, TestId>,
    /// What records of deviations name of what is planned.
    deviations: Names<'g>,
}

impl<'g> Known<'g> {
    fn of(graph: &'g Graph, plans: &[Plan]) -> Self {
        let planned: FxHashSet<&str> = plans.iter().flat_map(|plan| &plan.tests).map(|test| test.name.as_str()).collect();
        let deviates = |record: &Record| matches!(record.class, Class::Deviation | Class::Investigation);
        let mut known = Self {
            tests: FxHashMap::default(),
            suited: suited(graph, &planned),
            told: FxHashMap::default(),
            delivered: FxHashMap::default(),
            spoken: BTreeMap::new(),
            deviations: graph.names_in(deviates, |name| planned.contains(name)),
        };
        for (id, _) in graph.tests() {
            let name = graph.test(id).name.as_str();
            known.tests.entry(name).or_insert(id);
            if graph.test(id).kind == Kind::Test {
                known.spoken.entry(parts(name).join(" ")).or_insert(id);
            }
        }
        for (_, node) in graph.rows() {
            for (citation, resolution) in graph.citations(node) {
                if let (Target::Test(name), false) = (&citation.target, matches!(resolution, Resolution::Ghost(_))) {
                    known.told.entry(name.name.as_str()).or_insert(Place::new(node.fact.file, citation.span));
                }
            }
        }
        for (file, input) in graph.files() {
            for result in &input.facts.results {
                let short = result.name.split('[').next().unwrap_or_default();
                let short = short.rsplit("::").next().unwrap_or(short).trim_end_matches("()");
                known.told.entry(short).or_insert(Place::new(file, result.span));
            }
            for name in input.facts.contents.iter().flat_map(|contents| &contents.delivered) {
                known.delivered.entry(name.text.as_str()).or_insert(Place::new(file, name.span));
            }
        }
        known
    }

    fn settle(&self, graph: &Graph, settings: &Settings, plan: &mut Plan) {
        let Some(contents) = graph.contents(plan.file) else { return };
        let own: FxHashMap<&str, Place> =
            contents.delivered.iter().map(|name| (name.text.as_str(), Place::new(plan.file, name.span))).collect();
        for test in &mut plan.tests {
            let name = test.name.as_str();
            let exists = self.existing(name).map(Fate::Exists);
            let delivered = || own.get(name).or_else(|| self.delivered.get(name)).map(|place| Fate::Delivered(*place));
            let told = || self.told.get(name).map(|place| Fate::Told(*place));
            let said = || account(graph, plan.file, contents, name).map(Fate::Delivered);
            test.fate = exists.or_else(delivered).or_else(told).or_else(said).unwrap_or(Fate::Unknown);
        }
        self.rename(contents, plan);
        // A record that names tests as made gives an account of all that it planned. `TestData` may be no test.
        let made = |name: &str| name.contains('_') || name.starts_with("test") || self.tests.contains_key(name);
        let accounts = own.keys().any(|name| made(name)) || plan.tests.iter().any(|test| matches!(test.fate, Fate::Renamed(..)));
        for test in plan.tests.iter_mut().filter(|test| test.fate == Fate::Unknown) {
            let kin = self.longer(&test.name).or_else(|| if accounts { None } else { self.shorter(&test.name) });
            test.fate = match (kin, self.deviation(plan.record, &test.name)) {
                (Some(id), _) => Fate::Renamed(graph.test(id).name.to_string(), graph.test_place(id)),
                (None, Some((record, place))) => Fate::Covered(record, place),
                (None, None) if accounts => Fate::Missing,
                (None, None) if self.shows_absence(graph, settings) => Fate::Absent,
                (None, None) => Fate::Unknown,
            };
        }
    }

    /// The test of a name, which may say the class or suite around it: `LinkTest.Starts`.
    fn existing(&self, name: &str) -> Option<TestId> {
        let inner = || self.suited.get(&name.rsplit_once(['.', '#'])?);
        self.tests.get(name).or_else(inner).copied()
    }

    /// The record of a deviation that names a test, other than the plan itself.
    fn deviation(&self, plan: RecordId, name: &str) -> Option<(RecordId, Place)> {
        self.deviations.of(name).iter().copied().find(|(record, _)| *record != plan)
    }

    /// The test whose name begins as that of a planned one and says more.
    fn longer(&self, name: &str) -> Option<TestId> {
        let wanted = parts(name);
        let start = format!("{} ", wanted.join(" "));
        let (found, id) = self.spoken.range(start.clone()..).next()?;
        let more = found.split(' ').count().saturating_sub(wanted.len());
        (found.starts_with(&start) && wanted.len() > 1 && more < 4).then_some(*id)
    }

    /// The test whose name is the beginning of a planned one: that may be a case of it.
    fn shorter(&self, name: &str) -> Option<TestId> {
        let wanted = parts(name);
        let cuts = (2..wanted.len()).rev().take(3);
        cuts.filter_map(|cut| self.spoken.get(&wanted.get(..cut)?.join(" "))).copied().next()
    }

    /// Whether a test that is not there is missing: some tests were read, and none lie where nobody looked.
    fn shows_absence(&self, graph: &Graph, settings: &Settings) -> bool {
        !graph.tests.is_empty() && !settings.partial && settings.submodules.is_empty()
    }

    /// Finds what tests are called that were delivered under another name: what the record itself tells of comes first.
    fn rename(&self, contents: &Contents, plan: &mut Plan) {
        let planned: FxHashSet<String> = plan.tests.iter().map(|test| test.name.clone()).collect();
        let own = contents.delivered.iter().map(|name| (name.text.as_str(), Place::new(plan.file, name.span)));
        let own: Vec<(&str, Place)> = own.filter(|(name, _)| !planned.contains(*name)).collect();
        if own.len().saturating_mul(plan.tests.len()) > MOST {
            return;
        }
        let mut pairs: Vec<(u8, usize, usize, usize)> = Vec::new();
        for (at, test) in plan.tests.iter().enumerate().filter(|(_, test)| test.fate == Fate::Unknown) {
            for (other, (name, _)) in own.iter().enumerate() {
                pairs.extend(kinship(&test.name, name).map(|(rank, more)| (rank, more, at, other)));
            }
        }
        pairs.sort_unstable();
        let (mut from, mut to) = (FxHashSet::default(), FxHashSet::default());
        for (_, _, at, other) in pairs {
            let Some((name, place)) = own.get(other) else { continue };
            if from.contains(&at) || to.contains(name) {
                continue;
            }
            if let Some(test) = plan.tests.get_mut(at) {
                test.fate = Fate::Renamed((*name).to_owned(), *place);
                from.insert(at);
                to.insert(*name);
            }
        }
    }
}

/// The tests by what is around them and their name, as far as a plan names any of that name in such a way.
fn suited<'g>(graph: &'g Graph, planned: &FxHashSet<&str>) -> FxHashMap<(&'g str, &'g str), TestId> {
    let inner: FxHashSet<&str> = planned.iter().filter_map(|name| name.rsplit_once(['.', '#'])).map(|(_, name)| name).collect();
    let mut found = FxHashMap::default();
    if inner.is_empty() {
        return found;
    }
    for (id, _) in graph.tests() {
        let test = graph.test(id);
        if inner.contains(test.name.as_str()) {
            let around = test.scope.last().map_or("", |around| around.as_str());
            found.entry((around, test.name.as_str())).or_insert(id);
        }
    }
    found
}

/// Where the account that a record gives of its execution names a test whose name nobody knows by its form, and does not put it off.
fn account(graph: &Graph, file: FileId, contents: &Contents, name: &str) -> Option<Place> {
    let from = contents.execution.filter(|_| !name.contains('_'))? as usize;
    let text = graph.input(file).text.as_str().get(from..)?;
    let at = from + find_word(text, name)?;
    let span = Span::new(at, at + name.len());
    let off = contents.deferred.iter().any(|off| off.span.start <= span.start && span.end() <= off.span.end());
    let planned = contents.planned.iter().any(|planned| planned.span == span);
    (!off && !planned).then_some(Place::new(file, span))
}

/// How near the name of a delivered test is to a planned one: the less the nearer, then by how many words they differ.
fn kinship(planned: &str, name: &str) -> Option<(u8, usize)> {
    let (wanted, found) = (parts(planned), parts(name));
    let (shorter, longer) = if wanted.len() <= found.len() { (&wanted, &found) } else { (&found, &wanted) };
    let more = longer.len() - shorter.len();
    // One word alone may be the subject of many tests.
    if shorter.len() < 2 || more > 3 {
        return None;
    }
    if longer.starts_with(shorter) && wanted.len() <= found.len() {
        return Some((0, more));
    }
    let all = |part: &[String], whole: &[String]| part.iter().all(|word| whole.contains(word));
    if all(&wanted, &found) {
        return Some((if more == 0 { 1 } else { 2 }, more));
    }
    // What says less may be another test, unless it lacks no more than one word of many.
    (all(&found, &wanted) && more == 1 && shorter.len() > 2).then_some((3, more))
}

/// The words of a name without what only says that it is a test; a plural is the same word.
fn parts(name: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    let plain = |word: &str| if word.len() > 3 { word.trim_end_matches('s').to_owned() } else { word.to_owned() };
    words(&spaced).split(' ').filter(|word| !matches!(*word, "" | "test" | "tests")).map(plain).collect()
}

/// Where a name stands in a text as a whole.
pub fn find_word(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| is_whole(text, *at, name.len()))
}

/// Whether no letter and no digit touches a part of a text.
fn is_whole(text: &str, at: usize, len: usize) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + len..).and_then(|text| text.chars().next());
    !before.is_some_and(part) && !after.is_some_and(part)
}

/// Searches all code for the names that would be missing.
fn search(graph: &mut Graph, plans: &mut [Plan], reread: &dyn Fn(&str) -> Option<Text>) {
    let open = |fate: &Fate| matches!(fate, Fate::Missing | Fate::Absent | Fate::Unknown);
    let tests = plans.iter().flat_map(|plan| &plan.tests).filter(|test| open(&test.fate));
    let mut names: Vec<String> = tests.map(|test| sought(&test.name).to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return;
    }
    let Ok(automaton) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names) else { return };
    let mut seen: FxHashMap<String, Place> = FxHashMap::default();
    for (at, input) in graph.inputs.iter_mut().enumerate() {
        // Documents may plan it too, and copies of former versions do.
        if input.reader != "code" {
            continue;
        }
        let again = if input.facts.is_empty() { reread(&input.path) } else { None };
        let text = again.as_ref().unwrap_or(&input.text).as_str();
        let mut found = false;
        for hit in automaton.find_iter(text).filter(|hit| is_whole(text, hit.start(), hit.len())) {
            let Some(name) = names.get(hit.pattern().as_usize()) else { continue };
            let place = Place::new(FileId(index(at)), Span::new(hit.start(), hit.end()));
            seen.entry(name.clone()).or_insert(place);
            found = true;
        }
        // What a finding points at must be at hand.
        if let Some(text) = again.filter(|_| found) {
            input.text = text;
        }
    }
    for test in plans.iter_mut().flat_map(|plan| &mut plan.tests).filter(|test| open(&test.fate)) {
        if let Some(place) = seen.get(sought(&test.name)) {
            test.fate = Fate::Seen(*place);
        }
    }
}

/// The name to look for in code: that of the method, where it can be no other.
fn sought(name: &str) -> &str {
    let inner = name.rsplit_once(['.', '#']).map_or(name, |(_, inner)| inner);
    if inner.chars().skip(1).filter(char::is_ascii_uppercase).count() > 1 { inner } else { name }
}

#[cfg(test)]
mod tests {
    use super::kinship;

    #[test]
    fn names_that_say_more_or_the_same_are_kin() {
        let near = |planned: &str, name: &str| kinship(planned, name).is_some();
        assert!(near("test_door_opens", "test_door_opens_slowly"));
        assert!(near("test_door_root_arg", "test_door_lift_args_root"));
        assert!(near("testDoorOpens", "test_opens_door"));
        assert!(!near("test_door_opens", "test_door_shuts"));
        assert!(!near("test_door_server_starts", "test_door_lift_args_server"));
        assert!(!near("test_opens", "test_opens_door"));
        assert!(!near("test_door_sse_endpoint_responds", "test_door_sse"));
    }

    #[test]
    fn the_nearest_comes_first() {
        let names = ["test_root_env_var_invalid", "test_root_env_var", "test_env_root"];
        let mut ranked: Vec<_> = names.iter().map(|name| (kinship("test_root_env", name), name)).collect();
        ranked.sort();
        assert_eq!(
            ranked.iter().map(|(_, name)| **name).collect::<Vec<_>>(),
            ["test_root_env_var", "test_root_env_var_invalid", "test_env_root"]
        );
    }
}
