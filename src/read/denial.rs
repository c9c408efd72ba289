//! Denials: what a requirement forbids beside what it asks for.

use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Words without one of which nothing is forbidden.
static WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(["not", "never"]).ok());

/// Phrases that forbid.
static FORBIDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:shall|must)\s+(?:not|never)\b").ok());

/// Phrases that ask for something.
static OBLIGES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:shall|must)\s+([a-z]+)").ok());

/// Where what is forbidden ends.
static END: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[.;:](?:\s|$)|\n\s*\n|\n\s*[-*+(]|,?\s(?:and|but)\s(?:it\s)?(?:shall|must)\b").ok());

/// Letters of a word by which its other forms are known too.
const STEM: usize = 5;

/// Words that say nothing of what is forbidden, by what they begin with.
const COMMON: &[&str] = &[
    "about", "above", "after", "again", "allow", "also", "among", "any", "become", "been", "befor", "being", "below", "betwe",
    "both", "cause", "chang", "conti", "could", "does", "doing", "done", "during", "durin", "each", "either", "eithe", "ever",
    "every", "exist", "from", "have", "having", "into", "itself", "itsel", "leave", "longe", "made", "make", "more", "most",
    "other", "only", "over", "perfo", "reach", "regar", "same", "should", "since", "some", "state", "such", "syste", "take",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "throu", "toget", "under", "unles",
    "until", "upon", "used", "using", "value", "were", "what", "when", "where", "which", "while", "will", "with", "withi",
];

/// What is forbidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The bytes of the clause.
    pub clause: Range<usize>,
    /// The beginnings of the words that stand in it and nowhere else in the requirement.
    pub words: Vec<String>,
}

/// The first thing that a text forbids with words of its own, where it asks for something as well.
pub fn denial(text: &str) -> Option<Denial> {
    // Most texts forbid nothing, and a glance shows it.
    if !WORDS.as_ref()?.is_match(text) {
        return None;
    }
    let forbids = FORBIDS.as_ref()?;
    let first = forbids.find(text)?;
    let obliged = OBLIGES.as_ref()?.captures_iter(text).filter_map(|found| found.get(1));
    let asks = obliged.into_iter().any(|verb| !matches!(verb.as_str().to_ascii_lowercase().as_str(), "not" | "never"));
    if !asks {
        return None;
    }
    let rest = text.get(first.end()..)?;
    let end = END.as_ref()?.find(rest).map_or(text.len(), |end| first.end() + end.start());
    let others: Vec<String> = [text.get(..first.start())?, text.get(end..)?].iter().flat_map(|other| stems(other)).collect();
    let mut words: Vec<String> = stems(text.get(first.end()..end)?).filter(|word| !others.contains(word)).collect();
    words.retain(|word| !COMMON.contains(&word.as_str()));
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then_some(Denial { clause: first.start()..end, words })
}

/// The beginnings of the words of a text, short ones left out.
fn stems(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.to_lowercase().chars().take(STEM).collect())
}

#[cfg(test)]
mod tests {
    use super::denial;

    #[test]
    fn what_is_forbidden_beside_what_is_asked_for() {
        let of = |text: &str| denial(text).map(|found| (text[found.clause].to_owned(), found.words.join(" ")));
        let told = |clause: &str, words: &str| Some((clause.to_owned(), words.to_owned()));
        assert_eq!(
            of("The pump shall stop on overpressure and shall not restart by itself."),
            told("shall not restart by itself", "resta")
        );
        assert_eq!(
            of("It must never vent indoors; it shall vent at 5 bar."),
            told("must never vent indoors", "indoo"),
            "what is asked for too is no word of its own"
        );
        assert_eq!(of("It shall not leak and shall drain.").map(|found| found.0), Some("shall not leak".to_owned()));
        for text in ["The lift shall not move.", "The lift shall stop.", "It shall stop and shall not do so.", ""] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
