//! Names that are not written out, and names of few forms.

use super::around::in_long_sentence;
use super::rules::Rule;
use super::shapes::clean_path;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::vocabulary;
use pest::iterators::Pair;

/// Whether a name is only a piece of one that is not written out: `Given_*_When_full_Then_stops`, `Given_full_..._Then_stops`.
pub(super) fn is_cut(item: &Pair<'_, Rule>) -> bool {
    if matches!(item.as_rule(), Rule::file | Rule::folder | Rule::directory | Rule::node | Rule::quoted) {
        return false;
    }
    const SIGNS: [&str; 3] = ["...", "…", "*"];
    let (span, text) = (item.as_span(), item.as_str());
    let before = item.get_input().get(..span.start()).unwrap_or("");
    let after = item.get_input().get(span.end()..).unwrap_or("");
    let joins = |text: &str| text.starts_with(|c: char| c == '_' || c.is_alphanumeric());
    let rest = SIGNS.iter().find_map(|sign| after.strip_prefix(*sign));
    let behind = SIGNS.iter().any(|sign| before.ends_with(*sign));
    let part_cut = matches!(item.as_rule(), Rule::scoped | Rule::dotted | Rule::sharp)
        && text.split(['.', ':', '#']).any(|part| part.len() > 1 && part.ends_with('_'));
    part_cut
        || (text.ends_with('_') || rest.is_some_and(|rest| rest.starts_with('_'))) && rest.is_some()
        || text.ends_with('*') && joins(after)
        || text.starts_with('_') && behind
}

/// `Then_the_door_opens` behind `Given_a_key_When_turned_Then_the_light_goes_on` is the end of another name that begins like
/// that one; whether it does is for the tests to say.
pub(super) fn leaning(target: Target, last: Option<&Citation>) -> (Target, bool) {
    const THEN: &str = "Then_";
    let Target::Test(name) = &target else { return (target, false) };
    let end = name.file.is_none() && name.scope.is_empty() && name.name.starts_with(THEN);
    let Some(Citation { target: Target::Test(last), .. }) = last.filter(|_| end) else { return (target, end && last.is_some()) };
    let begins = last.name.find("_Then_").and_then(|at| last.name.get(..=at));
    match begins {
        Some(begins) => {
            let full = format!("{begins}{}", name.name);
            (Target::Test(TestName { name: full, inherited: last.file.is_some(), ..last.clone() }), true)
        }
        None => (target, true),
    }
}

/// Whether a word is that for a kind of tests in some framework, and no name of one: "`TestCase` 4".
pub(super) fn is_kind(name: &str) -> bool {
    matches!(
        name,
        "DataTestMethod"
            | "ParameterizedTest"
            | "RepeatedTest"
            | "TestCase"
            | "TestCaseSource"
            | "TestFixture"
            | "TestMethod"
            | "UnityTest"
    )
}

/// Whether words of a language that puts no blanks between them follow a name in code marks: "`IsLegal` 関連 4 件" tells of it.
pub(super) fn is_told_of(item: &Pair<'_, Rule>) -> bool {
    let after = item.get_input().get(item.as_span().end()..).unwrap_or("").trim_start_matches(['`', ' ']);
    item.as_rule() == Rule::coded && after.starts_with(|c: char| c.is_alphabetic() && u32::from(c) >= 0x2E80)
}

/// Whether a word is a variable of an environment, `PUMP_A10_TEST_DSN`, or a span of things with a letter, `B1-B8`, and no
/// identifier of a test case: these end in a number, and say more.
pub(super) fn is_variable(text: &str) -> bool {
    let lettered = |part: &str| {
        part.strip_prefix(|c: char| c.is_ascii_uppercase())
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if text.split_once('-').is_some_and(|(first, last)| lettered(first) && lettered(last) && first.get(..1) == last.get(..1)) {
        return true;
    }
    let last = text.rsplit('_').next().unwrap_or(text);
    !text.contains('-') && text.matches('_').count() > 1 && !last.bytes().any(|byte| byte.is_ascii_digit()) && last.len() > 1
}

/// A test of GoogleTest: perhaps its file, its suite, its name, and perhaps the number of its case.
pub(super) fn gtest(inner: pest::iterators::Pairs<'_, Rule>) -> Option<Target> {
    let mut name = TestName::default();
    for part in inner {
        match part.as_rule() {
            Rule::gtest_file => name.file = Some(clean_path(part.as_str())),
            Rule::gtest_at => name.params = Some(part.as_str().trim_start_matches('/').to_owned()),
            _ => name.scope.push(part.as_str().to_owned()),
        }
    }
    name.name = name.scope.pop()?;
    Some(Target::Test(name))
}

pub(super) fn folder(text: &str) -> Option<Target> {
    let lower = text.to_lowercase();
    let known = text.contains('*') || lower.contains("test") || lower.contains("spec/") || lower.contains("e2e/");
    known.then(|| {
        let path = clean_path(text);
        Target::Glob(if path.ends_with('/') { format!("{path}**") } else { path })
    })
}

/// `TC-PAY-*`: the test cases that begin so, and a case with full stops. In a sentence a pattern of another family may stand for anything.
pub(super) fn case_pattern(item: &Pair<'_, Rule>) -> Option<Target> {
    let text = item.as_str();
    let family = vocabulary::is_foreign(&text.replace('*', "1"));
    let numbered = text.bytes().any(|byte| byte.is_ascii_digit()) && !in_long_sentence(item);
    (family || numbered).then(|| Target::CaseId(text.to_owned()))
}
