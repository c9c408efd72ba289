//! What an item says of its tests: the fields that name them, and the row that follows from it.

use super::add_row;
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::matrix::{Layout, Status};
use crate::model::mention::{Mention, Mentions};
use crate::model::vocabulary::{self, words};
use crate::read::grammar::citation::{Expect, citations, is_source_extension};
use crate::read::grammar::row;
use crate::read::table::{is_none, starts_runner};
use crate::read::yaml_items::Item;
use crate::source::Spanned;

/// The fields of an item by the words of their keys.
pub(super) struct Fields<'i> {
    fields: Vec<(String, &'i [Spanned])>,
}

impl<'i> Fields<'i> {
    /// The fields of an item.
    pub(super) fn of(item: &'i Item) -> Self {
        Self { fields: item.fields.iter().map(|(key, values)| (spelled(key), values.as_slice())).collect() }
    }

    /// The first value of the first field that has one of these names.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'i Spanned> {
        self.fields.iter().find(|(key, _)| names.contains(&key.as_str())).and_then(|(_, values)| values.first())
    }

    /// All values of the fields that have one of these names.
    pub(super) fn all<'f>(&'f self, names: &'f [&str]) -> impl Iterator<Item = &'i Spanned> + 'f {
        self.fields.iter().filter(|(key, _)| names.contains(&key.as_str())).flat_map(|(_, values)| values.iter())
    }

    /// Every value with the name of its field.
    pub(super) fn stated(&self) -> impl Iterator<Item = (&str, &'i Spanned)> {
        self.fields.iter().flat_map(|(key, values)| values.iter().map(move |value| (key.as_str(), value)))
    }

    /// The tests that an item names are a row of a matrix. Where it has a place for them that is empty, that is a row only
    /// of what is a matrix itself.
    pub(super) fn row(&self, item: &Item, source: &str, matrix: bool, facts: &mut Facts) {
        let own = || self.fields.iter().filter(|(key, _)| names_tests(key));
        let named = own().flat_map(|(_, values)| values.iter()).filter(|value| !is_none(&value.text, &[]));
        let mut tests: Vec<&Spanned> = named.collect();
        let listed = !tests.is_empty();
        if !listed {
            // A field that is called after the method may name the tests themselves.
            let named = |one: &&Spanned| runs(&one.text) || matrix && is_told(&one.text);
            tests = self.all(&["verification", "validation", "verification method"]).filter(named).collect();
        }
        // A register that names evidence of a few is no matrix that owes a row to all.
        let layout = if tests.is_empty() && !matrix { Layout::Detail } else { Layout::Forward };
        let place = || own().next().is_some() || self.fields.iter().any(|(key, _)| key == "verification");
        // What demonstrates it without a test, as a file: a review, a record, the job of a pipeline.
        let evidence: Vec<&Spanned> = self.all(EVIDENCE).filter(|value| is_path(file(&value.text))).collect();
        if tests.is_empty() && evidence.is_empty() && !(matrix && place()) {
            return;
        }
        let mut citations: Vec<Citation> = tests.iter().flat_map(|test| cited(test, source, listed)).collect();
        self.name_in_files(&mut citations);
        for one in evidence {
            citations
                .push(Citation::new(one.span, Target::File { path: file(&one.text).to_owned(), lines: Vec::new(), count: None }));
            tests.push(one);
        }
        let ids = Mentions::from_buf([Mention::one(item.id.text.as_str(), item.id.span)]);
        let cited = tests.into_iter().cloned().collect();
        add_row(item, layout, (ids, citations, cited), facts);
    }

    /// `tests: [{path: tests/test_a.py, name: test_stop}]`: each name stands in the file beside it.
    fn name_in_files(&self, citations: &mut [Citation]) {
        const NAMES: &[&str] = &["tests name", "tests function", "tests test", "tests case"];
        let names: Vec<&Spanned> = self.all(NAMES).collect();
        if names.is_empty() || names.len() != citations.len() {
            return;
        }
        for (citation, name) in citations.iter_mut().zip(names) {
            let Target::File { path, .. } = &citation.target else { continue };
            let inner = name.text.split("::").last().unwrap_or(&name.text).to_owned();
            let test = TestName { file: Some(path.clone()), name: inner, ..Default::default() };
            *citation = Citation::new(name.span, Target::Test(test));
        }
    }
}

/// Fields that name what demonstrates a requirement.
const EVIDENCE: &[&str] = &[
    "evidence",
    "evidence file",
    "evidence files",
    "evidence path",
    "evidence paths",
    "verification evidence",
    "verification evidence path",
];

/// A path without the part of the file behind `#`.
fn file(value: &str) -> &str {
    value.split_once('#').map_or(value, |(path, _)| path)
}

/// Whether a value is nothing but the path of a file in the tree.
fn is_path(value: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '@' | '+');
    let (_, name) = value.rsplit_once('/').unwrap_or(("", value));
    let named = name.rsplit_once('.').is_some_and(|(_, extension)| {
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    value.contains('/') && named && value.chars().all(word) && !value.starts_with('/')
}

/// What is longer is no title of a test.
const LONGEST: usize = 160;

/// The citations of one value; `test:tests/test_a.py::test_stop` says first what it names. What is listed as a test is the
/// name of one, whatever it looks like.
fn cited(test: &Spanned, source: &str, listed: bool) -> Vec<Citation> {
    let raw = source.get(test.span.range()).unwrap_or("");
    let bare = raw.strip_prefix("test:").filter(|rest| rest.contains(['/', '.'])).unwrap_or(raw);
    let found = citations(bare, test.span.start as usize + raw.len() - bare.len(), Expect::Anything);
    let function = is_function(&test.text);
    let told = found.iter().any(|one| !matches!(one.target, Target::Prose(_)));
    if !listed || told || !function && (test.text.len() > LONGEST || says_how(&test.text)) {
        return found;
    }
    let name = TestName { name: test.text.clone(), ..TestName::default() };
    vec![Citation { listed: true, tentative: !function, ..Citation::new(test.span, Target::Test(name)) }]
}

/// Whether a value is formed like the name of a function: `Door_Closes_WhenHot`, `closesWhenHot`.
fn is_function(value: &str) -> bool {
    let formed = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let humped =
        || value.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    formed && value.starts_with(|c: char| c.is_ascii_alphabetic()) && (value.contains('_') || humped())
}

/// Whether a value names no test, but a method, a level or a status: "manual", "unit", "TBD".
fn says_how(value: &str) -> bool {
    let said = words(value);
    vocabulary::methods(value).is_some()
        || !vocabulary::levels(value).is_empty()
        || row::status(value) != Status::Other
        || matches!(said.as_str(), "" | "automatic" | "manual" | "manually" | "yes" | "no" | "true" | "false")
}

/// The words of a key, however they are joined: `automatedTestIds`, `automated_test_ids`.
pub(super) fn spelled(key: &str) -> String {
    let mut apart = String::with_capacity(key.len() + 4);
    let mut small = false;
    for c in key.chars() {
        if small && c.is_uppercase() {
            apart.push(' ');
        }
        small = c.is_lowercase() || c.is_ascii_digit();
        apart.push(c);
    }
    words(&apart)
}

/// Whether a key says that its values name tests.
fn names_tests(key: &str) -> bool {
    const WHOLE: &[&str] = &["verified by", "covered by", "tested by", "validated by", "verification ref", "verification refs"];
    /// What may stand behind the word for tests.
    const KINDS: &[&str] = &[
        "acceptance",
        "automated",
        "case",
        "cases",
        "e2e",
        "file",
        "files",
        "id",
        "ids",
        "integration",
        "path",
        "paths",
        "ref",
        "reference",
        "references",
        "refs",
        "system",
        "test",
        "tests",
        "unit",
    ];
    /// And what in front of it.
    const LEADS: &[&str] = &[
        "acceptance",
        "automated",
        "e2e",
        // `evidence: {code: …, tests: […]}` sorts the evidence.
        "evidence",
        "integration",
        "links",
        "linked",
        "regression",
        "related",
        "relations",
        "system",
        "trace",
        "traceability",
        "traces to",
        "unit",
        "verification",
        "verifying",
    ];
    let key = LEADS.iter().find_map(|lead| key.strip_prefix(lead)?.strip_prefix(' ')).unwrap_or(key);
    let behind = || {
        let rest = ["tests", "test"].iter().find_map(|word| key.strip_prefix(word)?.strip_prefix(' '))?;
        Some(rest.split(' ').all(|word| KINDS.contains(&word)))
    };
    matches!(key, "test" | "tests") || WHOLE.contains(&key) || behind() == Some(true)
}

/// Whether a value tells in several words how something is verified, and is not the name of a method.
fn is_told(value: &str) -> bool {
    value.contains(' ') && vocabulary::methods(value).is_none() && !is_none(value, &[])
}

/// Whether a value is a command that runs tests, or the path of a source file, and no method.
pub(super) fn runs(value: &str) -> bool {
    let path = || {
        let first = value.split([' ', ':', ',']).next().unwrap_or("");
        first.contains('/') && first.rsplit_once('.').is_some_and(|(_, extension)| is_source_extension(extension))
    };
    path() || value.contains(' ') && starts_runner(value)
}
