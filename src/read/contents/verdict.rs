//! Lines that sum up how the steps of a table went: "All steps passed.", "**Overall result:** FAIL".

use super::bullet;
use crate::model::contents::{Item, ItemKind, StepsVerdict};
use crate::model::vocabulary::words;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};
use std::ops::Range;

/// A longer line says more than that.
const MOST: usize = 100;

/// Names of fields whose value is the verdict on all steps.
const OVERALL: &[&str] = &[
    "final outcome",
    "final result",
    "final verdict",
    "gesamtergebnis",
    "overall",
    "overall conclusion",
    "overall outcome",
    "overall pass fail",
    "overall result",
    "overall status",
    "overall test result",
    "overall verdict",
    "resultado general",
    "résultat global",
];

/// Names behind which such a sentence may stand.
const NAMES: &[&str] = &["conclusion", "outcome", "result", "results", "summary", "test result", "verdict"];

/// Whether a heading leads in what came of the steps above it.
pub(super) fn is_heading(title: &str) -> bool {
    let said = words(title);
    let said = said.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    NAMES.contains(&said) || OVERALL.contains(&said)
}

/// Names of a last line that sums up those above it, whatever stands in its other cells.
const SUMS: &[&str] = &["result", "results", "sum", "summary", "total", "totals"];

/// What a line says of the items of the table above it.
pub(super) fn of(text: &str, span: Span, items: &Range<usize>) -> Option<StepsVerdict> {
    let raw = text.get(span.range())?;
    if items.is_empty() || raw.len() > MOST {
        return None;
    }
    let body = raw.get(bullet(raw)..)?;
    let (name, value) = body.split_once(':').map_or((None, body), |(name, value)| (Some(words(name)), value));
    let said = words(value);
    let named = |list: &[&str]| name.as_ref().is_some_and(|name| list.contains(&name.as_str()));
    let passed = match () {
        () if named(OVERALL) => word(&said).or_else(|| sentence(&said)),
        () if name.is_none() || named(NAMES) => sentence(&said),
        () => None,
    }?;
    Some(StepsVerdict { told: inline::spanned(text, span), passed, items: items.clone() })
}

/// What the last line of a table says of those above it: `| Overall result | | | PASS |`.
pub(super) fn last(items: &mut Vec<Item>, from: usize) -> Option<StepsVerdict> {
    let last = items.last().filter(|_| items.len() > from + 1)?;
    let task = last.task.as_ref().map_or(String::new(), |task| words(&task.text));
    let overall = |name: &str| OVERALL.contains(&name) || SUMS.contains(&name);
    let outcome = last.outcome.as_ref().filter(|_| overall(&words(&last.id)) || last.id.is_empty() && overall(&task))?;
    let passed = word(&words(&outcome.text))?;
    let told = Spanned { text: outcome.text.clone(), span: outcome.span };
    items.pop();
    Some(StepsVerdict { told, passed, items: from..items.len() })
}

/// The items of a table that are steps with an outcome.
pub(super) fn steps(items: &[Item], from: usize) -> Range<usize> {
    let steps = items.get(from..).is_some_and(|items| {
        items.iter().all(|item| item.kind == ItemKind::Step && !item.optional) && items.iter().any(|item| item.outcome.is_some())
    });
    if steps { from..items.len() } else { 0..0 }
}

fn word(said: &str) -> Option<bool> {
    match said {
        "p" | "pass" | "passed" | "ok" | "bestanden" | "réussi" | "aprobado" => Some(true),
        "f" | "fail" | "failed" | "ko" | "not passed" | "not ok" | "nok" | "rejected" | "nicht bestanden" | "échec"
        | "échoué" => Some(false),
        _ => None,
    }
}

/// "All 7 test steps passed", "some steps failed", "not all steps have passed".
fn sentence(said: &str) -> Option<bool> {
    const FILLING: &[&str] =
        &["the", "of", "above", "test", "verification", "execution", "inspection", "have", "has", "were", "was", "been"];
    const THINGS: &[&str] =
        &["cases", "checks", "items", "step", "steps", "tests", "prüfschritte", "schritte", "testschritte", "étapes"];
    let list: Vec<&str> = said.split(' ').filter(|word| !FILLING.contains(word)).collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let things = |word: &str| THINGS.contains(&word);
    let good = |rest: &[&str]| {
        matches!(rest, ["passed" | "pass" | "successful" | "succeeded" | "bestanden" | "réussies"])
            || matches!(rest, ["passed" | "completed" | "executed", "successfully"])
            || matches!(rest, ["passed", "without", "deviation" | "deviations"])
    };
    match list.as_slice() {
        ["all" | "every" | "alle" | "toutes", thing, rest @ ..] if things(thing) && good(rest) => Some(true),
        ["all", count, thing, rest @ ..] if number(count) && things(thing) && good(rest) => Some(true),
        ["toutes", "les", thing, rest @ ..] if things(thing) && good(rest) => Some(true),
        ["no", thing, "failed"] if things(thing) => Some(true),
        ["not" | "nicht", "all" | "alle", thing, rest @ ..] if things(thing) && good(rest) => Some(false),
        ["some" | "one" | "two" | "several" | "einige", thing, "failed" | "fail" | "fehlgeschlagen"] if things(thing) => {
            Some(false)
        }
        [count, thing, "failed"] if number(count) && *count != "0" && things(thing) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn sentences_that_sum_up_are_told_from_others() {
        for (said, expected) in [
            ("all steps passed", Some(true)),
            ("all 7 test steps have passed", Some(true)),
            ("alle prüfschritte bestanden", Some(true)),
            ("some steps failed", Some(false)),
            ("2 steps failed", Some(false)),
            ("not all steps passed", Some(false)),
            ("0 steps failed", None),
            ("all steps must be passed", None),
            ("all steps passed but the third", None),
            ("all steps", None),
            ("", None),
        ] {
            assert_eq!(sentence(said), expected, "{said}");
        }
    }
}
