//! Classes of tests that documents write with a blank: "BoilerService test" is `BoilerServiceTest`.

use super::graph::{Resolution, TestId};
use super::inventory::Inventory;
use crate::model::test_case::Kind;

impl Inventory<'_> {
    /// The tests of the classes that a text in words names so, each of which must be the only one of its name.
    pub(super) fn resolve_phrases(&self, text: &str) -> Resolution {
        let found: Vec<TestId> = text.split([',', ';', '+']).filter_map(|part| self.phrased(part)).flatten().collect();
        if found.is_empty() { Resolution::NoTest } else { Resolution::Tests(found) }
    }

    /// "BoilerService test": two words, of which the first is composed by capitals.
    fn phrased(&self, part: &str) -> Option<Vec<TestId>> {
        let (subject, "test" | "tests" | "Test" | "Tests") = part.trim().split_once(' ')? else { return None };
        let composed = subject.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && subject.bytes().filter(u8::is_ascii_uppercase).count() > 1
            && subject.starts_with(|c: char| c.is_ascii_uppercase())
            && subject.bytes().any(|byte| byte.is_ascii_lowercase());
        if !composed {
            return None;
        }
        let classes = ["Test", "Tests"].map(|end| format!("{subject}{end}"));
        let mut named = classes.iter().flat_map(|name| self.named(name)).filter(|id| self.test(*id).1.kind == Kind::Class);
        let (class, None) = (named.next()?, named.next()) else { return None };
        match self.one_of(vec![class]) {
            Resolution::Tests(tests) => Some(tests),
            _ => None,
        }
    }
}
