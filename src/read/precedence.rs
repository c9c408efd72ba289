//! Precedence: two values of which a requirement says that one goes before the other.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Phrases that put one thing before another.
static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:
            (?:tak(?:e|es|ing)|ha(?:s|ve|ving)|(?:be|is|are)\ given)\ (?:precedence|priority)\ over
            | (?:shall|must|will)\ override | overrides | prevails?\ over | be\ preferred\ over
        )\b",
    )
    .ok()
});

/// Names that stand for themselves: in code, flags, names of variables of the environment.
static VALUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"`([^`\s]{2,60})`|(?:^|[\s(])(--[a-z][\w-]*\w)|\b([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])\b").ok());

/// Two values, and the phrase between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedence {
    /// What goes first.
    pub over: String,
    /// What it goes before.
    pub under: String,
    /// The bytes of the phrase.
    pub phrase: Range<usize>,
}

/// The two values of a text of which it says that one goes before the other: those of the sentence, or the only two that
/// the text names. Where there are more it is not known which are meant.
pub fn precedence(text: &str) -> Option<Precedence> {
    let phrases = PHRASE.as_ref()?;
    let phrase = phrases.find(text)?.range();
    if phrases.find_at(text, phrase.end).is_some() {
        return None;
    }
    let from = text.get(..phrase.start)?.rfind([';', '\n']).max(text.get(..phrase.start)?.rfind(". ")).map_or(0, |at| at + 1);
    let to = text.get(phrase.end..)?.find(['.', ';', '\n']).map_or(text.len(), |at| phrase.end + at);
    let (before, behind) = (values(text.get(from..phrase.start)?), values(text.get(phrase.end..to)?));
    let pair = match (before.as_slice(), behind.as_slice()) {
        ([over], [under]) => Some((*over, *under)),
        ([], []) => match values(text).as_slice() {
            // The text says which of them is which in words of its own.
            [one, two] => Some((*one, *two)),
            _ => None,
        },
        _ => None,
    };
    let (over, under) = pair.filter(|(over, under)| over != under)?;
    Some(Precedence { over: over.to_owned(), under: under.to_owned(), phrase })
}

/// The values of a text, each once.
fn values(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for captures in VALUE.iter().flat_map(|value| value.captures_iter(text)) {
        let value = captures.iter().skip(1).flatten().next().map_or("", |value| value.as_str());
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::precedence;

    #[test]
    fn two_values_are_told() {
        let pair = |text: &str| precedence(text).map(|found| (found.over, found.under));
        let both = Some(("--root".to_owned(), "KILN_ROOT".to_owned()));
        for text in [
            "The tool shall read its root. `--root` shall take precedence over `KILN_ROOT`.",
            "The flag --root overrides KILN_ROOT.",
            "It takes (1) the `--root` flag or (2) the `KILN_ROOT` variable. The flag shall take precedence over the variable.",
            "The `--root` flag, which comes first, must override the KILN_ROOT variable; `a` is another thing.",
        ] {
            assert_eq!(pair(text), both, "{text}");
        }
        for text in [
            "Flags shall take precedence over variables.",
            "It takes `--root`, `--base` or `KILN_ROOT`. Flags shall take precedence over variables.",
            "`--root` shall take precedence over `KILN_ROOT`, which shall take precedence over `root`.",
            "`--root` and `--base` shall override `KILN_ROOT`.",
            "`--root` goes with `KILN_ROOT`.",
            "`--root` shall override `--root`.",
        ] {
            assert_eq!(pair(text), None, "{text}");
        }
    }
}
