//! Names of tests that stand alone in a column of such, where their form says nothing: `Pump.Starts`, `Pump Starts Quickly`.
//!
//! Where most cells of a table that are written so lead to tests, the others are meant to.

use super::graph::{Ghost, Graph, Resolution, RowNode};
use super::inventory::Inventory;
use crate::model::citation::{Citation, Target};
use crate::model::vocabulary::words;
use crate::read::code::{Language, language};
use rustc_hash::FxHashMap;

/// So many cells that lead to tests are a habit.
const HABIT: usize = 2;

/// The forms in which a name says nothing of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// A suite and a case of GoogleTest or its like.
    Suite,
    /// A title in words with capital letters, as Robot Framework has them.
    Title,
}

/// Takes for missing what is written as the tests of its table are, and leads to none.
pub(super) fn settle(graph: &Graph, inventory: &Inventory<'_>, nodes: &mut [RowNode]) {
    let mut counts: FxHashMap<(u32, Form), (usize, usize)> = FxHashMap::default();
    for node in nodes.iter() {
        let table = graph.row(node).table;
        for (citation, found) in graph.citations(node) {
            match (found, form(citation)) {
                (Resolution::NoTest, Some(form)) => counts.entry((table, form)).or_default().1 += 1,
                (Resolution::Tests(tests), _) => {
                    let form = tests.first().and_then(|test| led(citation, language(&graph.input(inventory.test(*test).0).path)));
                    form.into_iter().for_each(|form| counts.entry((table, form)).or_default().0 += 1);
                }
                _ => {}
            }
        }
    }
    let habits: Vec<(u32, Form)> =
        counts.into_iter().filter(|(_, (led, lost))| *lost > 0 && *led >= HABIT && led >= lost).map(|(key, _)| key).collect();
    if habits.is_empty() {
        return;
    }
    for node in nodes {
        let row = graph.row(node);
        for (citation, found) in row.citations.iter().zip(&mut node.citations) {
            let habit = form(citation).is_some_and(|form| habits.contains(&(row.table, form)));
            if habit && matches!(found, Resolution::NoTest) {
                *found = Resolution::Ghost(Ghost::NoName(None));
            }
        }
    }
}

/// The form of words that lead nowhere.
fn form(citation: &Citation) -> Option<Form> {
    let Target::Prose(text) = &citation.target else { return None };
    let text = text.trim();
    if is_suite_and_case(text) {
        return Some(Form::Suite);
    }
    // Two words may as well be the name of another way to verify something.
    is_title(text, 3).then_some(Form::Title)
}

/// The form of a citation that leads to a test in some language.
fn led(citation: &Citation, language: Option<Language>) -> Option<Form> {
    match (&citation.target, language?) {
        (Target::Prose(text), Language::Robot) => is_title(text.trim(), 2).then_some(Form::Title),
        (Target::Prose(text), Language::C) => is_suite_and_case(text.trim()).then_some(Form::Suite),
        (Target::Test(name), Language::C) => (name.file.is_none() && name.scope.len() == 1).then_some(Form::Suite),
        _ => None,
    }
}

/// `Pump.Starts`: two words that begin with capital letters.
fn is_suite_and_case(text: &str) -> bool {
    let word = |part: &str| {
        part.len() > 2
            && part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    text.split_once('.').is_some_and(|(suite, case)| word(suite) && word(case))
}

/// A few words that begin with capital letters or digits, and say nothing of another way to verify something.
fn is_title(text: &str, least: usize) -> bool {
    const OTHERS: &[&str] = &[
        "analysis",
        "approved",
        "audit",
        "certificate",
        "demonstration",
        "deferred",
        "document",
        "documentation",
        "inspection",
        "manual",
        "manually",
        "none",
        "pending",
        "planned",
        "procedure",
        "protocol",
        "report",
        "review",
        "reviewed",
        "see",
        "tbd",
        "todo",
        "verified",
        "walkthrough",
    ];
    let all: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let other = || words(text).split(' ').any(|word| OTHERS.contains(&word));
    (least..=10).contains(&all.len()) && plain && all.iter().filter(|word| capital(word)).count() + 1 >= all.len() && !other()
}
