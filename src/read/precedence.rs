//! Precedence and order: two values of which a requirement says that one goes before the other.

use aho_corasick::AhoCorasick;
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

/// Words by which one thing comes before another in time.
static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:before|prior\s+to|after)\b").ok());

/// Where a sentence ends, or an item of a list begins.
static END: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[.;]\s|\n\s*\n|\n\s*[-*+]\s").ok());

/// Phrases that put a list into an order: behind it, or in front of it.
static ORDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bin\s+(?:exactly\s+)?(?:(that|this)\s+(?:exact\s+)?(?:order|sequence)|the\s+(?:following\s+)?(?:order|sequence))\b").ok()
});

/// What obliges.
static MODAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:shall|must)\b").ok());

/// A list of more values is a table of its own.
const MAX_LIST: usize = 12;

/// In which way one goes before the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It counts where both are given.
    Counts,
    /// One of them comes first in time.
    Comes,
}

/// Two values, and the phrase between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedence {
    /// What goes first.
    pub over: String,
    /// What it goes before.
    pub under: String,
    /// In which way.
    pub kind: Kind,
    /// The bytes of the phrase.
    pub phrase: Range<usize>,
}

/// Words without one of which no text puts anything before anything else.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = ["preced", "priorit", "overrid", "prevail", "preferred", "before", "prior", "after", "order", "sequence"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// Whether a glance shows that a text may put one thing before another: most do not.
pub fn may_precede(text: &str) -> bool {
    WORDS.as_ref().is_none_or(|words| words.is_match(text))
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
    Some(Precedence { over: over.to_owned(), under: under.to_owned(), kind: Kind::Counts, phrase })
}

/// The pairs of values of which a text says in which order they come.
pub fn order(text: &str) -> Vec<Precedence> {
    let mut found = Vec::new();
    let mut from = 0;
    let ends = END.iter().flat_map(|end| end.find_iter(text)).map(|end| end.end()).chain([text.len()]);
    for end in ends {
        let sentence = text.get(from..end).unwrap_or("");
        let told = timed(sentence).into_iter().chain(listed(sentence));
        found.extend(told.map(|one| Precedence { phrase: from + one.phrase.start..from + one.phrase.end, ..one }));
        from = end;
    }
    found
}

/// `shall call A before B`, `Before B, A shall be called`.
fn timed(sentence: &str) -> Option<Precedence> {
    let (times, modal) = (TIMES.as_ref()?, MODAL.as_ref()?);
    let phrase = times.find(sentence)?.range();
    if times.find_at(sentence, phrase.end).is_some() {
        return None;
    }
    let (before, behind) = (sentence.get(..phrase.start)?, sentence.get(phrase.end..)?);
    let pair = match (values(before).as_slice(), values(behind).as_slice()) {
        ([one], [two]) if modal.is_match(before) => (*one, *two),
        ([], [one, two]) if before.trim().is_empty() => {
            let between = behind.split_once(*one)?.1.rsplit_once(*two)?.0;
            modal.is_match(between).then_some((*one, *two))?
        }
        _ => return None,
    };
    (pair.0 != pair.1).then(|| comes(pair, phrase))
}

/// `A, B and C in that order`, `in the order A, B, C`: each with the next.
fn listed(sentence: &str) -> Vec<Precedence> {
    let found =
        ORDER.iter().zip(&*MODAL).find_map(|(order, modal)| order.captures(sentence).filter(|_| modal.is_match(sentence)));
    let Some((found, whole)) = found.as_ref().and_then(|found| Some((found, found.get(0)?))) else { return Vec::new() };
    let list = match found.get(1) {
        Some(_) => run(sentence.get(..whole.start()).unwrap_or(""), true),
        None => run(sentence.get(whole.end()..).unwrap_or(""), false),
    };
    let pairs = list.iter().zip(list.iter().skip(1)).filter(|(one, two)| one != two);
    pairs.map(|(one, two)| comes((one, two), whole.range())).collect()
}

fn comes((over, under): (&str, &str), phrase: Range<usize>) -> Precedence {
    Precedence { over: over.to_owned(), under: under.to_owned(), kind: Kind::Comes, phrase }
}

/// The values at the end of a text, or at its beginning, between which nothing stands but what joins a list.
fn run(text: &str, at_end: bool) -> Vec<&str> {
    let captures = VALUE.iter().flat_map(|value| value.captures_iter(text));
    let mut spots: Vec<Range<usize>> = captures.filter_map(|one| Some(one.iter().skip(1).flatten().next()?.range())).collect();
    if at_end {
        spots.reverse();
    }
    let mut edge = if at_end { text.len() } else { 0 };
    let mut list: Vec<&str> = Vec::new();
    for spot in spots.into_iter().take(MAX_LIST) {
        let between = if at_end { text.get(spot.end..edge) } else { text.get(edge..spot.start) };
        let joins = |word: &str| matches!(word, "" | "and" | "then" | "finally" | "is" | "first");
        let joined = between.is_some_and(|between| between.split(|c: char| !c.is_alphabetic()).all(joins));
        if !joined {
            break;
        }
        edge = if at_end { spot.start } else { spot.end };
        list.extend(text.get(spot));
    }
    if at_end {
        list.reverse();
    }
    list
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
    use super::{order, precedence};

    #[test]
    fn an_order_is_told() {
        let pairs = |text: &str| {
            let found = order(text).into_iter().map(|one| format!("{}-{} {}", one.over, one.under, &text[one.phrase]));
            found.collect::<Vec<_>>().join(", ")
        };
        for (text, expected) in [
            ("It idles. It shall call `open` before it calls `write`.", "open-write before"),
            ("Before `write`, the tool shall call `open`.", "write-open Before"),
            ("It shall not accept `write` after `close`; it stops.", "write-close after"),
            (
                "The `pump` shall run `prime`, `fill` and then `start` in that order.",
                "prime-fill in that order, fill-start in that order",
            ),
            (
                "It must send these in the following order: `hello`, `auth`, `data` and wait for `ok`.",
                "hello-auth in the following order, auth-data in the following order",
            ),
            // No obligation, several phrases, no values, one value.
            ("The value of `limit` before `scale` is applied shall be 3.", ""),
            ("It shall call `open` before `write` and after `init`.", ""),
            ("It shall open before it writes.", ""),
            ("It shall open before `write`.", ""),
            ("It shall run `a1` and `b1`, which are listed in that order.", ""),
            ("It shall keep the files in order: `a1`, `b1`.", ""),
        ] {
            assert_eq!(pairs(text), expected, "{text}");
        }
    }

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
