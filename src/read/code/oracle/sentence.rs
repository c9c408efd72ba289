//! Scenarios of Gherkin and test cases of Robot Framework.

use crate::model::oracle::{Doubt, Oracle};
use crate::model::test_case::{Kind, TestCase};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Words of a step that may assert although it is none of `Then`.
const CHECKS: &[&str] = &["should", "must", "verify", "check", "expect", "ensure", "confirm", "compare", "see"];

/// Words of a step that says how something is.
const STATES: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "equals", "contains", "shows", "displays", "returns", "responds", "fails",
    "succeeds",
];

/// What is known of the oracle of a scenario: without a step `Then`, of its own or of the background, it has none. With one, the
/// code of its steps may assert, or be still to be written.
pub(super) fn gherkin(text: &str, test: &TestCase) -> Oracle {
    let mut steps = 0;
    let mut doubt = None;
    // Behind `When`, what is said of something may be looked at: `And the answer is an error`.
    let mut acted = false;
    for line in text.get(test.body.range()).unwrap_or("").lines().map(str::trim) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "Then" => return Oracle::Unclear(Doubt::Elsewhere),
            "*" => doubt = Some(Doubt::Own),
            "Given" | "When" | "And" | "But" => {
                steps += 1;
                let lower = rest.to_lowercase();
                let mut words = lower.split(|c: char| !c.is_alphanumeric());
                acted |= word == "When";
                let states = acted && matches!(word, "And" | "But");
                if words.any(|word| CHECKS.iter().any(|check| word.starts_with(check)) || states && STATES.contains(&word)) {
                    doubt = doubt.or(Some(Doubt::Elsewhere));
                }
            }
            _ => {}
        }
    }
    if in_background(text) {
        return Oracle::Unclear(Doubt::Elsewhere);
    }
    match doubt {
        Some(doubt) => Oracle::Unclear(doubt),
        None if steps == 0 => Oracle::Unclear(Doubt::Body),
        None => Oracle::Nothing,
    }
}

/// Whether a background has a step `Then`.
fn in_background(text: &str) -> bool {
    let mut within = false;
    text.lines().map(str::trim).any(|line| {
        if line.starts_with("Background:") {
            within = true;
        } else if line.split_once(':').is_some_and(|(word, _)| word.starts_with("Scenario") || matches!(word, "Rule" | "Example"))
        {
            within = false;
        }
        within && line.starts_with("Then ")
    })
}

/// Keywords of Robot Framework that look at nothing.
const IDLE: &[&str] = &[
    "log",
    "logtoconsole",
    "logmany",
    "comment",
    "nooperation",
    "sleep",
    "setvariable",
    "settestvariable",
    "setsuitevariable",
    "setglobalvariable",
    "setlocalvariable",
    "createlist",
    "createdictionary",
    "setloglevel",
    "settags",
    "removetags",
    "gettime",
    "evaluate",
    "catenate",
    "logvariables",
    "settestmessage",
    "settestdocumentation",
    "passexecution",
    "return",
    "end",
    "else",
    "break",
    "continue",
    "var",
];

/// A file of Robot Framework.
pub(super) struct Robot<'t> {
    text: &'t str,
    keywords: FxHashMap<String, &'t TestCase>,
    /// Keywords that the settings run around every test, and whether a template runs it.
    around: Vec<String>,
    template: bool,
}

impl<'t> Robot<'t> {
    pub(super) fn new(text: &'t str, tests: &'t [TestCase]) -> Self {
        let helpers = tests.iter().filter(|test| test.kind == Kind::Helper);
        let keywords = helpers.map(|test| (plain(test.name.as_str()), test)).collect();
        let setting = |line: &&str| ["Test Setup", "Test Teardown"].iter().any(|name| line.starts_with(name));
        let around = text.lines().filter(setting).filter_map(|line| cells(line).nth(1)).map(plain).collect();
        Self { text, keywords, around, template: text.lines().any(|line| line.starts_with("Test Template")) }
    }

    /// What is known of the oracle of a test case.
    pub(super) fn oracle(&self, test: &TestCase) -> Oracle {
        if self.template || test.parametrised {
            return Oracle::Unclear(Doubt::Elsewhere);
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut next: Vec<String> = self.around.clone();
        next.extend(self.called(test));
        if next.is_empty() {
            return Oracle::Unclear(Doubt::Body);
        }
        while let Some(keyword) = next.pop() {
            if !seen.insert(keyword.clone()) {
                continue;
            }
            match self.keywords.get(&keyword) {
                Some(helper) => next.extend(self.called(helper)),
                // A keyword of a library fails where it cannot do what it is for.
                None if !IDLE.contains(&keyword.as_str()) => return Oracle::Asserts,
                None => {}
            }
        }
        Oracle::Nothing
    }

    /// The keywords of a test or keyword, a line each.
    fn called(&self, test: &TestCase) -> Vec<String> {
        let lines = self.text.get(test.body.range()).unwrap_or("").lines().skip(1);
        lines.filter_map(keyword).map(plain).collect()
    }
}

/// The keyword that a line calls.
fn keyword(line: &str) -> Option<&str> {
    let mut cells = cells(line).skip_while(|cell| cell.starts_with(['$', '@', '&', '%']) || cell.ends_with('='));
    match cells.next()? {
        "[Setup]" | "[Teardown]" => cells.next(),
        cell if cell.starts_with(['[', '#']) || cell == "..." => None,
        cell => Some(cell),
    }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").flat_map(|cell| cell.split('\t')).map(str::trim).filter(|cell| !cell.is_empty())
}

/// Letter case, blanks and underscores of a keyword say nothing, nor does a word of Gherkin before it.
fn plain(name: &str) -> String {
    let name = ["Given ", "When ", "Then ", "And ", "But "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    name.chars().filter(|c| !matches!(c, ' ' | '_')).flat_map(char::to_lowercase).collect()
}
