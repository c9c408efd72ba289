//! Tests that a class has from another one: `LruTest::test_pop` where `test_pop` stands in what `LruTest` inherits.

use super::Inventory;
use crate::link::graph::{Resolution, TestId};
use crate::model::citation::TestName;
use crate::model::test_case::Kind;
use crate::source::FileId;

/// Classes above a class that are looked at, one above the other.
const MAX_DEPTH: usize = 4;

/// Bytes of the head of a class in which what it inherits is named.
const MAX_HEAD: usize = 400;

impl Inventory<'_> {
    /// What is known of a test that a class inherits: one in a class that no runner collects by itself is no test of its own, and of its
    /// results nothing is known by that name.
    pub(super) fn resolve_inherited(&self, name: &TestName, files: &[FileId], named: &[TestId]) -> Option<Resolution> {
        let found = self.inherited(name, files, named);
        let tests: Vec<TestId> = found.iter().copied().filter(|id| self.test(*id).1.kind == Kind::Test).collect();
        match (tests.is_empty(), found.first()) {
            (false, Some(first)) if !self.may_have_run(name) => Some(Resolution::File(self.test(*first).0)),
            (false, _) => Some(Resolution::Tests(tests)),
            (true, first) => first.map(|id| Resolution::File(self.test(*id).0)),
        }
    }

    /// Whether a result is of the test under the class that a citation names, or none is of anything: what ran in the class above says
    /// nothing of the one below.
    fn may_have_run(&self, name: &TestName) -> bool {
        let class = name.scope.last().map_or("", String::as_str);
        let of_class = |one: &str| one.rsplit(['.', ':', '$', '/']).next() == Some(class);
        let of_name = |one: &str| one.split(['[', '(']).next().map(str::trim_end) == Some(name.name.as_str());
        let mut results = self.inputs.iter().flat_map(|input| &input.facts.results).peekable();
        results.peek().is_none() || results.any(|one| of_class(&one.class) && of_name(&one.name))
    }

    /// The tests among `named` that the class which a citation names in one of these files inherits.
    fn inherited(&self, name: &TestName, files: &[FileId], named: &[TestId]) -> Vec<TestId> {
        let Some(class) = name.scope.last() else { return Vec::new() };
        let classes = |name: &str| self.named(name).filter(|id| self.test(*id).1.kind == Kind::Class).collect::<Vec<TestId>>();
        let mut level: Vec<TestId> = classes(class).into_iter().filter(|id| files.contains(&self.test(*id).0)).collect();
        for _ in 0..MAX_DEPTH {
            let bases: Vec<&str> = level.iter().flat_map(|class| self.bases(*class)).collect();
            let of_base = |id: &TestId| {
                let (_, test) = self.test(*id);
                matches!(test.kind, Kind::Test | Kind::Helper)
                    && test.scope.last().is_some_and(|last| bases.contains(&last.as_str()))
            };
            let found: Vec<TestId> = named.iter().copied().filter(of_base).collect();
            if !found.is_empty() || bases.is_empty() {
                return found;
            }
            level = bases.into_iter().flat_map(classes).collect();
        }
        Vec::new()
    }

    /// The names in the head of a class, behind its own.
    fn bases(&self, class: TestId) -> Vec<&str> {
        let (file, case) = self.test(class);
        let text = self.inputs.get(file.index()).map_or("", |input| input.text.as_str());
        let rest = text.get(case.span.end() as usize..case.body.end() as usize).unwrap_or("");
        let mut end = rest.len().min(MAX_HEAD);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let rest = rest.get(..end).unwrap_or("");
        // Python ends the list with a bracket, other languages begin a block behind it.
        let head = match rest.trim_start().starts_with('(') {
            true => rest.split("):").next().unwrap_or(rest),
            false => rest.split('{').next().unwrap_or(rest),
        };
        head.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| word.starts_with(char::is_uppercase)).collect()
    }
}
