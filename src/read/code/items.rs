//! The test cases of one file while they are being found.

use super::mask::Masked;
use super::work;
use crate::model::id::Id;
use crate::model::test_case::{Kind, State, TestCase};
use crate::source::{Span, Spanned};

/// Blocks nested deeper than this are not recorded; their names would cost more than they tell.
const MAX_DEPTH: usize = 48;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// An annotation, attribute, decorator or call with arguments.
    Arguments,
    /// A call whose arguments may be identifiers and nothing else.
    Claim,
    /// The title of a test.
    Title,
    /// A tag.
    Tag,
    /// The value of a trait or a property, which is called by its key.
    Pair,
    /// Words joined by underscores or capitals.
    Name,
    /// What a test prints: only what has a label counts.
    Printed,
}

/// A place other than a comment that may name a requirement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note {
    /// The item that it belongs to; by its place if there is none.
    pub(super) item: Option<u32>,
    /// What it is about.
    pub(super) source: Source,
    /// The name of the annotation, empty for a title.
    pub(super) name: (u32, u32),
    /// The arguments or the title.
    pub(super) text: (u32, u32),
}

/// A new item.
pub(super) struct New<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a str,
    pub(super) span: (u32, u32),
    pub(super) start: u32,
    pub(super) parent: Option<u32>,
    /// A suite that is named with the test and not around it.
    pub(super) suite: Option<&'a str>,
}

/// Everything found in one file so far.
#[derive(Default)]
pub(super) struct Items {
    pub(super) tests: Vec<TestCase>,
    pub(super) parents: Vec<Option<u32>>,
    pub(super) notes: Vec<Note>,
    /// Strings that document what they stand in.
    pub(super) docs: Vec<(u32, u32)>,
    /// How many items there may be: room for them is made with the first.
    expected: usize,
}

/// A test case is hardly ever shorter than this.
const SHORTEST: usize = 128;

impl Items {
    /// No items yet, of a text of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self { expected: bytes / SHORTEST, ..Self::default() }
    }

    /// Adds an item; `None` where blocks nest too deeply.
    pub(super) fn open(&mut self, new: New<'_>) -> Option<u32> {
        let outer = new.parent.and_then(|parent| self.tests.get(parent as usize));
        let mut scope = Vec::new();
        if let Some(outer) = outer {
            work::spend(outer.scope.len());
            scope.reserve_exact(outer.scope.len() + 2);
            scope.extend(outer.scope.iter().cloned());
            scope.push(outer.name.clone());
        }
        scope.extend(new.suite.map(Id::from));
        if scope.len() > MAX_DEPTH {
            return None;
        }
        let index = u32::try_from(self.tests.len()).ok()?;
        if index == 0 {
            self.tests.reserve(self.expected);
            self.parents.reserve(self.expected);
            self.notes.reserve(self.expected);
        }
        self.parents.push(new.parent);
        self.tests.push(TestCase {
            name: new.name.into(),
            scope,
            span: span(new.span),
            body: span((new.start, new.span.1)),
            kind: new.kind,
            state: State::Active,
            state_span: None,
            parametrised: false,
            asserts: false,
            tags: Vec::new(),
            case_id: None,
        });
        Some(index)
    }

    /// The item with an index.
    pub(super) fn get(&mut self, index: Option<u32>) -> Option<&mut TestCase> {
        self.tests.get_mut(index? as usize)
    }

    /// Sets the end of an item.
    pub(super) fn close(&mut self, index: u32, end: usize) {
        if let Some(test) = self.tests.get_mut(index as usize) {
            test.body = Span::new(test.body.start as usize, end.max(test.span.end() as usize));
        }
    }

    /// Says why an item does not run, unless something nearer has said so.
    pub(super) fn state(&mut self, index: Option<u32>, state: State, at: (u32, u32)) {
        // What runs on some platforms only and is disabled there too runs nowhere.
        let open = |test: &TestCase| test.state_span.is_none() || test.state == State::Conditional && state != State::Conditional;
        if let Some(test) = self.get(index).filter(|test| open(test)) {
            test.state = state;
            test.state_span = Some(span(at));
        }
    }

    /// Adds a tag, which may name a requirement too.
    pub(super) fn tag(&mut self, masked: &Masked<'_>, index: Option<u32>, at: (u32, u32)) {
        let text = masked.slice(at.0, at.1);
        if text.is_empty() {
            return;
        }
        if let Some(test) = self.get(index) {
            test.tags.push(Spanned { text: text.to_string(), span: span(at) });
            self.notes.push(Note { item: index, source: Source::Tag, name: (0, 0), text: at });
        }
    }

    /// Adds the name or title of an item as a place that may name a requirement.
    pub(super) fn note(&mut self, index: Option<u32>, source: Source, text: (u32, u32)) {
        if index.is_some() {
            self.notes.push(Note { item: index, source, name: (0, 0), text });
        }
    }

    /// Helpers that a runner is told to run are tests.
    pub(super) fn register(&mut self, names: &[&str]) {
        let names: rustc_hash::FxHashSet<&str> = names.iter().copied().collect();
        for test in self.tests.iter_mut().filter(|test| test.kind == Kind::Helper) {
            if names.contains(test.name.as_str()) {
                test.kind = Kind::Test;
            }
        }
    }

    /// Hands state and tags down, then drops what has nothing to do with tests.
    pub(super) fn settle(&mut self, test_file: bool, helpers_in_classes_only: bool) {
        self.inherit();
        let mut holds: Vec<bool> = self.tests.iter().map(|test| test.kind == Kind::Test).collect();
        for index in (0..holds.len()).rev() {
            if let (true, Some(parent)) = (holds[index], self.parents[index]) {
                holds[parent as usize] = true;
            }
        }
        let suites: rustc_hash::FxHashSet<&str> = self
            .tests
            .iter()
            .filter(|test| test.kind == Kind::Test)
            .filter_map(|test| Some(test.scope.last()?.as_str()))
            .collect();
        let any = test_file || (holds.contains(&true) && !helpers_in_classes_only);
        let mut keep = Vec::with_capacity(holds.len());
        for (index, test) in self.tests.iter().enumerate() {
            let inside = self.parents[index].is_some_and(|parent| keep.get(parent as usize) == Some(&true));
            keep.push(match test.kind {
                Kind::Test => true,
                Kind::Class => holds[index] || suites.contains(test.name.as_str()),
                Kind::Fixture | Kind::Helper => any || inside,
            });
        }
        self.retain(&keep);
        self.sort();
    }

    /// Items in the order of their bodies; a table of cases may stand before the call that it belongs to.
    fn sort(&mut self) {
        if self.tests.is_sorted_by_key(|test| test.body.start) {
            return;
        }
        let mut order: Vec<usize> = (0..self.tests.len()).collect();
        order.sort_by_key(|index| self.tests.get(*index).map(|test| test.body.start));
        let mut moved = vec![0u32; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(slot) = moved.get_mut(*old) {
                *slot = new as u32;
            }
        }
        let to = |index: Option<u32>| index.and_then(|index| moved.get(index as usize).copied());
        self.tests = order.iter().filter_map(|old| self.tests.get(*old).cloned()).collect();
        self.parents = order.iter().map(|old| to(self.parents.get(*old).copied().flatten())).collect();
        for note in &mut self.notes {
            note.item = to(note.item);
        }
    }

    /// A skipped class skips its tests, and its tags are theirs.
    fn inherit(&mut self) {
        for index in 0..self.tests.len() {
            let Some(parent) = self.parents[index].map(|parent| parent as usize).filter(|parent| *parent < index) else {
                continue;
            };
            let (before, after) = self.tests.split_at_mut(index);
            let (Some(parent), Some(test)) = (before.get(parent), after.first_mut()) else {
                continue;
            };
            if matches!(test.kind, Kind::Helper | Kind::Fixture) {
                continue;
            }
            if test.state_span.is_none() && parent.kind == Kind::Class {
                test.state = parent.state;
                test.state_span = parent.state_span;
            }
            test.tags.splice(0..0, parent.tags.iter().cloned());
        }
    }

    fn retain(&mut self, keep: &[bool]) {
        let mut moved: Vec<Option<u32>> = Vec::with_capacity(keep.len());
        let mut next = 0;
        for (index, kept) in keep.iter().enumerate() {
            if *kept {
                moved.push(Some(next));
                next += 1;
            } else {
                let parent = self.parents[index].filter(|parent| (*parent as usize) < index);
                moved.push(parent.and_then(|parent| moved.get(parent as usize).copied().flatten()));
            }
        }
        let mut flags = keep.iter();
        self.tests.retain(|_| flags.next() == Some(&true));
        let to = |index: Option<u32>| index.and_then(|index| moved.get(index as usize).copied().flatten());
        let old = std::mem::take(&mut self.parents);
        self.parents = old.into_iter().zip(keep).filter(|(_, kept)| **kept).map(|(parent, _)| to(parent)).collect();
        for note in &mut self.notes {
            note.item = to(note.item);
        }
    }
}

/// A span from two offsets.
pub(super) fn span(at: (u32, u32)) -> Span {
    Span { start: at.0, len: at.1.saturating_sub(at.0) }
}
