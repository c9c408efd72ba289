//! The verification level of a test: by configuration, else by where it lives and how it is tagged.

use super::graph::{Input, TestNode};
use super::inventory;
use crate::model::vocabulary::{self, Level, words};
use crate::settings::{Matcher, Settings};
use globset::{Glob, GlobMatcher};

/// The test nodes of all inputs with their levels, where those are known; not linked yet.
pub(super) fn of_tests(inputs: &[Input], settings: &Settings) -> Vec<TestNode> {
    let rules = rules(settings);
    let mut nodes = inventory::nodes(inputs);
    let mut rest = nodes.iter_mut();
    for input in inputs.iter().filter(|input| !input.facts.tests.is_empty()) {
        let by_file = by_rules(&rules, &input.path).or_else(|| by_path(&input.path, || says_unit(input.text.as_str())));
        let tag = |tag: &str| rules.iter().find_map(|rule| rule.tagged(tag)).or_else(|| vocabulary::levels(tag).first().copied());
        for (test, node) in input.facts.tests.iter().zip(&mut rest) {
            node.level = test.tags.iter().find_map(|one| tag(&one.text)).or(by_file);
        }
    }
    nodes
}

struct Rule {
    level: Level,
    path: Option<GlobMatcher>,
    tag: Option<String>,
}

impl Rule {
    fn tagged(&self, tag: &str) -> Option<Level> {
        (self.tag.as_deref() == Some(tag)).then_some(self.level)
    }
}

fn rules(settings: &Settings) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (level, matchers) in &settings.levels {
        for matcher in matchers {
            let (path, tag) = match matcher {
                Matcher::Path(pattern) => (Glob::new(pattern).ok().map(|glob| glob.compile_matcher()), None),
                Matcher::Marker(tag) => (None, Some(tag.clone())),
                Matcher::Text(_) => (None, None),
            };
            rules.push(Rule { level: *level, path, tag });
        }
    }
    rules
}

fn by_rules(rules: &[Rule], path: &str) -> Option<Level> {
    rules.iter().find(|rule| rule.path.as_ref().is_some_and(|glob| glob.is_match(path))).map(|rule| rule.level)
}

/// The level that a path names: a folder `integration`, a file `x.e2e.ts`, `XIT.java`. A file in the
/// `tests` folder of a Cargo package is an integration test by that tool's own definition.
fn by_path(path: &str, says_unit: impl FnOnce() -> bool) -> Option<Level> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let by_words = |part: &str| {
        words(part).split(' ').find_map(|word| match word {
            "integration" | "itest" | "itests" | "integrationtest" | "integrationtests" => Some(Level::Integration),
            "e2e" | "system" | "stest" | "stests" | "hil" | "sil" => Some(Level::System),
            "unit" | "utest" | "utests" | "unittest" | "unittests" => Some(Level::Unit),
            "acceptance" | "uat" => Some(Level::Acceptance),
            _ => None,
        })
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let by_stem = by_words(stem).filter(|_| words(stem) != "system");
    // In the name of a file `e2e` and `system` may be what is tested: end-to-end protection, a system clock.
    let by_stem = if by_stem == Some(Level::System) && says_unit() { Some(Level::Unit) } else { by_stem };
    by_stem
        .or_else(|| words(stem).ends_with(" it").then_some(Level::Integration))
        .or_else(|| {
            folders
                .split('/')
                .rev()
                .find_map(|folder| by_words(folder).filter(|level| *level != Level::System || folder != "system"))
        })
        .or_else(|| by_short_name(folders))
        .or_else(|| (stem.ends_with("IT") && name.ends_with(".java")).then_some(Level::Integration))
        // A feature tells in the words of its users what the whole does.
        .or_else(|| name.ends_with(".feature").then_some(Level::Acceptance))
        .or_else(|| (name.ends_with(".rs") && folders.rsplit('/').next() == Some("tests")).then_some(Level::Integration))
}

/// Whether the first lines of a file call its tests unit tests and nothing else.
fn says_unit(text: &str) -> bool {
    /// So many bytes are its head.
    const HEAD: usize = 800;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = words(text.get(..end).unwrap_or(""));
    head.contains("unit test") && !["integration test", "system test", "end to end test"].iter().any(|other| head.contains(other))
}

/// `test/ut`, `src/it`: words so short mean a level only where the folder above is one of tests or sources.
fn by_short_name(folders: &str) -> Option<Level> {
    let parts = folders.split('/').zip(folders.split('/').skip(1));
    parts.filter(|(above, _)| matches!(words(above).as_str(), "test" | "tests" | "src")).find_map(|(_, folder)| {
        match words(folder).split(' ').next() {
            Some("ut" | "uts") => Some(Level::Unit),
            Some("it" | "its") => Some(Level::Integration),
            _ => None,
        }
    })
}

/// The level that words beside a citation state, by the configuration first.
pub(super) fn by_text(settings: &Settings, text: &str) -> Option<Level> {
    let lower = text.to_lowercase();
    let configured = settings.levels.iter().find(|(_, matchers)| {
        matchers.iter().any(|matcher| matches!(matcher, Matcher::Text(words) if lower.contains(&words.to_lowercase())))
    });
    configured.map(|(level, _)| *level).or_else(|| vocabulary::levels(text).first().copied())
}
