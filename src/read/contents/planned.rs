//! The tests that plans name, and those of which accounts say that they were made.

use super::section::Section;
use super::{Reader, bullet, counted, names};
use crate::model::contents::MaybePlanned;
use crate::model::vocabulary::words;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// `- test_opens - opens the doors` below a heading of tests.
    pub(super) fn planned_item(&mut self, raw: &str, span: Span) {
        if self.headings.is_done() {
            return;
        }
        let lead = bullet(raw);
        let body = raw.get(lead..).unwrap_or("");
        if !body.starts_with('`') {
            return;
        }
        // "Rename 2 tests:" plans the names behind the arrows, and "Delete 1 test:" none.
        let leaves = self.leaves_tests();
        let arrow = ["→", "->", "=>"].iter().find_map(|sign| Some(body.find(sign)? + sign.len()));
        if leaves && arrow.is_none() {
            return;
        }
        let from = arrow.unwrap_or(0);
        let told = body.get(from..).unwrap_or("");
        let end = told.find("` ").or_else(|| told.find("`:")).map_or(told.len(), |end| end + 1);
        let start = span.start as usize + lead + from;
        let front = told.get(..end).unwrap_or("");
        if is_left_by(told.get(end..).unwrap_or("")) {
            return;
        }
        let found = names::tests(front, start);
        // In a list a bare name that a colon explains may be one of the code under test.
        let explained = told.get(end..).unwrap_or("").starts_with(':');
        let qualified = |name: &Spanned| !explained || name.text.contains(['.', '#']);
        let found = if found.is_empty() { names::called(front, start).into_iter().filter(qualified).collect() } else { found };
        if found.is_empty() && !explained {
            let name = names::two_words(front, start);
            self.found.maybe_planned.extend(name.map(|name| MaybePlanned { name, listed: true }));
        }
        self.found.planned.extend(found);
    }

    /// Whether the heading or the lead-in speaks of tests that are there already: "Tests to modify", "Delete 1 test:".
    pub(super) fn leaves_tests(&self) -> bool {
        let above = [self.headings.title(), self.headings.lead_in()].map(words);
        above.iter().flat_map(|title| title.split(' ')).any(|word| LEAVING.contains(&word))
    }

    /// "Add `test_opens` for the doors": a plan outside of a list of tests.
    pub(super) fn plan(&mut self, span: Span, section: Section) {
        if !matches!(section, Section::Plan | Section::Testing | Section::Scope) || self.headings.is_done() {
            return;
        }
        let raw = self.text.get(span.range()).unwrap_or("");
        let lead = bullet(raw);
        let mut at = lead;
        for line in raw.get(lead..).unwrap_or("").split_inclusive('\n') {
            self.found.counted.extend(counted::differs(line, span.start as usize + at));
            if makes_tests(line) && !comes_later(&words(line)) {
                // The item itself may have been read as one of a list of tests.
                let own = self.found.planned.iter().rev().take_while(|planned| planned.span.start >= span.start);
                let own: Vec<Span> = own.map(|planned| planned.span).collect();
                let known = |name: &Spanned| own.contains(&name.span);
                let fresh: Vec<Spanned> =
                    names::tests(line, span.start as usize + at).into_iter().filter(|name| !known(name)).collect();
                self.found.planned.extend(fresh);
            }
            at += line.len();
        }
    }

    /// What an account of the work names: tests that were made, and what was put off.
    pub(super) fn account(&mut self, span: Span, section: Section) {
        let done = matches!(section, Section::Account | Section::Modified | Section::Comments) || self.headings.is_done();
        if done {
            self.delivered(span);
        }
    }

    /// The tests that a text says were made, and the sentences of it that put something off.
    pub(super) fn delivered(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or("");
        let mut start = span.start as usize;
        for sentence in names::sentences(raw) {
            if names::defers(sentence) {
                let held = Span::new(start, start + sentence.trim_end().len());
                self.found.deferred.push(inline::spanned(self.text, held));
            } else {
                self.found.delivered.extend(names::tests(sentence, start));
                self.found.counted.extend(counted::differs(sentence, start));
            }
            start += sentence.len();
        }
    }
}

/// Whether what stands behind the name of a test, or beside it in a row, says that this change does not make it: "(deleted)", "is
/// dropped", "not in this change", "will be added in a follow-up". "Remove the card" tells what the test does.
pub(super) fn is_left_by(said: &str) -> bool {
    const GONE: &[&str] = &[
        "cancelled",
        "deferred",
        "deleted",
        "descoped",
        "dropped",
        "obsolete",
        "postponed",
        "removed",
        "replaced",
        "retired",
        "superseded",
        "withdrawn",
    ];
    const WHY: &[&str] = &["as", "because", "since"];
    const WHERE: &[&str] = &["by", "for", "in", "to", "with"];
    let spoken = words(said);
    let joined = ["is ", "was ", "are ", "gets ", "has been ", "will be ", "to be "];
    let verb = joined.iter().find_map(|verb| spoken.strip_prefix(verb));
    let bare = verb.unwrap_or(&spoken);
    let begins = |phrase: &str| bare.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let mut list = bare.split(' ');
    let gone = list.next().is_some_and(|word| GONE.contains(&word));
    // "`test_card` - removed cards are told" says what the test is about, and "removed in CR-009" where it went.
    let told = verb.is_some() && said.trim_start().starts_with(char::is_alphabetic);
    let names = said.contains(['`', '_']) || said.contains(|c: char| c.is_ascii_digit());
    let behind = list.next().is_none_or(|word| WHY.contains(&word) || names && WHERE.contains(&word));
    gone && (told || behind)
        || matches!(bare, "remove" | "delete" | "drop" | "retire" | "later" | "out of scope")
        || told && (begins("left to") || begins("left for"))
        || begins("not in this change")
        || begins("not part of this change")
        || comes_later(&spoken)
}

/// "Will be added in a follow-up": not by this change.
fn comes_later(spoken: &str) -> bool {
    const LATER: &[&str] =
        &["in a follow up", "in a later change", "in another change", "in a separate change", "in the next change"];
    LATER.iter().any(|phrase| spoken.contains(phrase))
}

/// "Add `test_opens`", "Create test test_opens", "Add/verify `test_opens`": a test is to be made.
fn makes_tests(line: &str) -> bool {
    const MAKING: &[&str] = &["add", "create", "write", "implement", "introduce", "develop", "new"];
    let body = line.trim_start().trim_start_matches(['-', '*', '+', ' ']);
    let front = body.find("test").map_or("", |end| body.get(..end).unwrap_or(""));
    let spoken = words(front);
    let list: Vec<&str> = spoken.split(' ').filter(|word| !word.is_empty()).collect();
    let making = list.first().is_some_and(|word| MAKING.contains(word));
    // "Add tests for missing actions of test_doors" names what is tested, and no test.
    let near = list.len() <= 4 && list.iter().skip(1).all(|word| NEAR.contains(word));
    making && near
}

/// Verbs by which a plan speaks of tests that are there already.
const LEAVING: &[&str] = &[
    "delete", "deleted", "existing", "modified", "modify", "obsolete", "remove", "removed", "rename", "renamed", "rewrite",
    "update", "updated",
];

/// What may stand between the verb and the name of a test.
const NEAR: &[&str] = &[
    "a",
    "an",
    "case",
    "function",
    "integration",
    "new",
    "or",
    "qualification",
    "regression",
    "system",
    "the",
    "unit",
    "update",
    "verify",
];
