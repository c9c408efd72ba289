//! Words of a requirement that leave it open: placeholders and vague words.

mod patterns;

use crate::source::Span;
use patterns::{ABOUT, ATTRIBUTES, FIELD, MEASURE, MODAL, OPEN, SIGNS, VAGUE};
use std::cell::LazyCell;

/// The effective text of one requirement, in pieces: sentences without code, comments and attributes.
pub struct Wording<'t> {
    text: &'t str,
    sentences: Vec<Span>,
    /// Sentences of notes, which demand nothing.
    notes: Vec<Span>,
}

/// Keys of lines that state the requirement itself; lines with other keys are attributes.
const TEXT_KEYS: &[&str] = &[
    "description",
    "requirement",
    "text",
    "statement",
    "requirement text",
    "requirement statement",
    "shall",
    "acceptance criteria",
    "acceptance criterion",
    "behavior",
    "behaviour",
    "specification",
    "definition",
    "summary",
    "details",
    "note",
];

/// Whether a glance at a text shows that nothing in it is open: most requirements need no second one.
///
/// What stands between backticks is blanked out later, which may bring words together, and beyond ASCII other
/// letters pass for those of a pattern: such texts are not clear at a glance.
pub fn is_clear(text: &str) -> bool {
    text.is_ascii() && !text.contains('`') && !SIGNS.is_match(text)
}

impl<'t> Wording<'t> {
    /// Cuts what stands at `span` into sentences; `id` is the requirement that it defines.
    pub fn new(text: &'t str, span: Span, id: &str) -> Self {
        let mut wording = Self { text, sentences: Vec::new(), notes: Vec::new() };
        let mut at = span.start as usize;
        let (mut fenced, mut skipped, mut note) = (false, false, false);
        for line in text.get(span.range()).unwrap_or("").split_inclusive('\n') {
            let body = line.trim();
            let fence = body.starts_with("```") || body.starts_with("~~~");
            fenced ^= fence;
            if body.starts_with('#') && !body.contains(id) {
                skipped = !is_text_key(body);
            }
            if !(fence || fenced || skipped || body.starts_with("<!--") || is_attribute(body, id)) {
                let first = wording.sentences.len();
                wording.line(at, line);
                note = !body.is_empty() && (note || begins_note(body));
                let told = wording.sentences.get(first..).filter(|_| note).unwrap_or_default();
                wording.notes.extend(told);
            }
            at += line.len();
        }
        wording
    }

    fn line(&mut self, base: usize, line: &str) {
        let mut from = 0;
        for (at, c) in line.char_indices() {
            let next = line.get(at + c.len_utf8()..).unwrap_or("");
            let stop =
                matches!(c, '.' | '!' | ';') && next.starts_with([' ', '\n', '\r']) && !abbreviates(line.get(..at).unwrap_or(""));
            if stop || c == '|' {
                self.sentences.push(Span::new(base + from, base + at));
                from = at + c.len_utf8();
            }
        }
        self.sentences.push(Span::new(base + from, base + line.len()));
    }

    /// The sentences with the offset of each, code spans blanked out.
    fn sentences(&self) -> impl Iterator<Item = (usize, String)> {
        self.sentences.iter().map(|span| (span.start as usize, without_code(self.text.get(span.range()).unwrap_or(""))))
    }

    /// What is still to be filled in.
    pub fn placeholders(&self) -> Vec<Span> {
        let mut found = Vec::new();
        for (base, sentence) in self.sentences() {
            if speaks_of_placeholders(&sentence) {
                continue;
            }
            for part in OPEN.find_iter(&sentence) {
                if stands_free(&sentence, part.start(), part.end()) {
                    found.push(Span::new(base + part.start(), base + part.end()));
                }
            }
            for part in FIELD.find_iter(&sentence) {
                // What is named twice, or in quotes, is a variable of the text.
                let variable = self.text.matches(part.as_str()).nth(1).is_some();
                if stands_free(&sentence, part.start(), part.end()) && names_a_value(part.as_str()) && !variable {
                    found.push(Span::new(base + part.start(), base + part.end()));
                }
            }
        }
        found
    }

    /// Words without a measure, in sentences that state an obligation.
    pub fn vague(&self) -> Vec<Span> {
        let note = |base: usize| self.notes.binary_search_by_key(&base, |span| span.start as usize).is_ok();
        let obliging = self.sentences().filter(|(base, sentence)| MODAL.is_match(sentence) && !note(*base));
        obliging
            .flat_map(|(base, sentence)| {
                let said = self.text.get(base..base + sentence.len()).unwrap_or("");
                let counted = |start: usize, end: usize| is_counted(said, start, end);
                let vague = VAGUE.find_iter(&sentence).filter(|part| is_open(&sentence, part.start(), part.end()));
                // "Within 2 ms, to keep an adequate margin": the measure stands beside the word.
                let measured = LazyCell::new(|| MEASURE.is_match(said));
                let vague = vague.filter(|part| match is_list_end(part.as_str()) {
                    true => !counted(part.start(), part.end()) && !is_of_others(said.get(..part.start()).unwrap_or("")),
                    false => !*measured,
                });
                vague.map(|part| Span::new(base + part.start(), base + part.end())).collect::<Vec<_>>()
            })
            .collect()
    }
}

/// `NOTE: …`, `**Note 2:** …`.
fn begins_note(body: &str) -> bool {
    let open = body.trim_start_matches(['*', '>', '_', ' ', '-']);
    let key = open.split_once(':').map_or("", |(key, _)| key);
    key.len() < 12 && key.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').eq_ignore_ascii_case("note")
}

fn is_text_key(heading: &str) -> bool {
    TEXT_KEYS.contains(&crate::model::vocabulary::words(heading).as_str())
}

/// A line such as `Owner: TBD` says something about the requirement, not what it demands.
fn is_attribute(body: &str, id: &str) -> bool {
    let open = body.trim_start_matches(['-', '*', '>', '|', ' ', '_', '+']);
    let Some(colon) = open.find([':', '|']).filter(|at| *at < 40) else { return false };
    let key = crate::model::vocabulary::words(open.get(..colon).unwrap_or(""));
    let obliges = MODAL.is_match(body);
    !obliges
        && !open.starts_with(id)
        && !key.is_empty()
        && key.split(' ').count() <= 4
        && ATTRIBUTES.iter().any(|word| key.split(' ').any(|part| part == *word))
        && !TEXT_KEYS.contains(&key.as_str())
}

fn abbreviates(before: &str) -> bool {
    ["etc", "e.g", "i.e", "approx", "max", "min", "no", "vs"].iter().any(|word| before.to_lowercase().ends_with(word))
}

/// The text with what stands between backticks or in HTML comments replaced by as many spaces.
fn without_code(sentence: &str) -> String {
    let mut inside = false;
    let blank = |c: char| std::iter::repeat_n(' ', c.len_utf8());
    let odd = sentence.matches('`').count() % 2 == 1;
    let mut out = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        inside ^= c == '`' && !odd;
        match inside || c == '`' {
            true => out.extend(blank(c)),
            false => out.push(c),
        }
    }
    out
}

/// Whether a sentence is about placeholders: by its words, or because it lists them one behind the other.
fn speaks_of_placeholders(sentence: &str) -> bool {
    let found: Vec<_> = OPEN.find_iter(sentence).collect();
    let listed = found.iter().zip(found.iter().skip(1)).any(|(one, next)| {
        let between = sentence.get(one.end()..next.start()).unwrap_or("").trim_matches([' ', ',', '/']);
        matches!(between, "" | "or" | "and")
    });
    listed || ABOUT.is_match(sentence)
}

/// Whether a placeholder stands where a value would: not in quotes, not inside a longer token, not a link.
fn stands_free(sentence: &str, start: usize, end: usize) -> bool {
    let before = sentence.get(..start).and_then(|text| text.chars().next_back()).unwrap_or(' ');
    let after = sentence.get(end..).and_then(|text| text.chars().next()).unwrap_or(' ');
    let opens =
        before.is_whitespace() || matches!(before, '(' | '[' | '*' | '~' | '≤' | '≥' | '<' | '>' | '=' | ':' | ',' | '—' | '_');
    let closes = after.is_whitespace() || matches!(after, ')' | ']' | '*' | '.' | ',' | ';' | '%' | '!' | '?' | '_' | ':');
    opens && closes
}

/// Whether a vague word is part of the demand and nothing makes it precise: it stands in no brackets or quotes,
/// and no brackets behind its noun say what it means, as in "the appropriate network (mainnet or testnet)".
fn is_open(sentence: &str, start: usize, end: usize) -> bool {
    let before = sentence.get(..start).unwrap_or("");
    let after = sentence.get(end..).unwrap_or("");
    let bracketed = before.matches(['(', '[']).count() > before.matches([')', ']']).count() && after.contains([')', ']']);
    let double = before.matches(['"', '“', '”']).count() % 2 == 1 && after.contains(['"', '”']);
    let quoted = double || before.ends_with(['\'', '‘', '*', '_']) && after.starts_with(['\'', '’', '*', '_']);
    // "A template appropriate to the document type" says what it has to fit.
    let adverb = sentence.get(start..end).is_some_and(|word| word.ends_with("ly"));
    let related = !adverb && [" to ", " for "].iter().any(|word| after.starts_with(word));
    let noun = after.split(['(', ',', ':', '.']).next().unwrap_or("");
    let explained =
        after.get(noun.len()..).is_some_and(|rest| rest.starts_with('(')) && (1..=4).contains(&noun.split_whitespace().count());
    // "Operation-appropriate" says to what.
    let joined = before.ends_with('-');
    !bracketed && !quoted && !explained && !related && !joined
}

/// Whether a vague word is the open end of a list.
fn is_list_end(word: &str) -> bool {
    let word = word.to_lowercase();
    word.starts_with("and so on") || word.starts_with("etc")
}

/// Whether a list is of what is not demanded: "an instance instead of values like the mean, the variance, etc."
fn is_of_others(before: &str) -> bool {
    let before = before.to_lowercase();
    ["instead of ", "rather than ", "as opposed to "].iter().any(|word| before.contains(word))
}

/// Whether "and so on" goes on with a sequence that anybody can continue: of numbers or of quoted names, as in
/// "`_2`, `_3`, and so on", or one that has an end, as in "and so on until the name is free".
fn is_counted(said: &str, start: usize, end: usize) -> bool {
    let ends =
        |rest: &str| ["until ", "up to ", "till "].iter().any(|word| rest.trim_start_matches([',', ' ']).starts_with(word));
    let member = |item: &str| {
        let item = item.trim();
        let quoted = item.len() > 1 && item.ends_with(['`', '"', '”', '\'']);
        let item = item.rsplit(' ').next().unwrap_or(item);
        quoted || item.bytes().any(|byte| byte.is_ascii_digit())
    };
    let before = said.get(..start).unwrap_or("").trim_end().trim_end_matches(',');
    let mut items = before.rsplit(',').take(2);
    ends(said.get(end..).unwrap_or("")) || items.next().is_some_and(member) && items.next().is_some_and(member)
}

/// Whether the words in brackets are those by which templates ask for a value.
fn names_a_value(field: &str) -> bool {
    const VALUES: &[&str] = &[
        "DATE",
        "TITLE",
        "NAME",
        "VALUE",
        "NUMBER",
        "VERSION",
        "AUTHOR",
        "OWNER",
        "TEXT",
        "DESCRIPTION",
        "INSERT",
        "TBD",
        "COMPANY",
        "PRODUCT",
        "PROJECT",
        "THRESHOLD",
        "LIMIT",
        "UNIT",
        "UNITS",
        "FILL",
        "YOUR",
        "COMPONENT",
        "PLACEHOLDER",
        "DURATION",
        "AMOUNT",
        "TODO",
        "SPECIFY",
        "DEFINE",
    ];
    field.trim_matches(['[', ']', '{', '}', '<', '>']).split([' ', '_', '-']).any(|word| VALUES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, spans: &[Span]) -> Vec<String> {
        // What is open must not look clear.
        assert!(spans.is_empty() || !is_clear(text), "{text}");
        spans.iter().map(|span| text.get(span.range()).unwrap_or("").to_owned()).collect()
    }

    fn open(text: &str) -> Vec<String> {
        found(text, &Wording::new(text, Span::new(0, text.len()), "REQ-1").placeholders())
    }

    fn vague(text: &str) -> Vec<String> {
        found(text, &Wording::new(text, Span::new(0, text.len()), "REQ-1").vague())
    }

    #[test]
    fn clear_at_a_glance() {
        assert!(is_clear("The pump shall stop within 5 ms of the command."));
        for text in ["It shall be fast enough.", "The limit is <tbd>.", "Alarms (to be confirmed)", "Use `it`.", "\u{17f}"] {
            assert!(!is_clear(text), "{text}");
        }
    }

    #[test]
    fn gaps() {
        assert_eq!(open("The pump shall deliver TBD litres."), ["TBD"]);
        assert_eq!(open("The pump shall stop within ??? seconds"), ["???"]);
        assert_eq!(open("The pump shall stop at [VALUE] bar, by {DATE}."), ["[VALUE]", "{DATE}"]);
        assert_eq!(open("The limit is yet to be defined."), ["yet to be defined"]);
        assert_eq!(open("The pressure shall be XXX bar."), ["XXX"]);
        assert_eq!(open("**REQ-1**: Alarms (TBC)"), ["TBC"]);
    }

    #[test]
    fn no_gaps() {
        for text in [
            "The tool shall replace {TITLE} by the title.",
            "The checker shall reject `TBD`.",
            "The form shall allow alarms to be defined.",
            "The number has the form XXX-XXX.",
            "The tool shall report TBD, TBC and ???.",
            "See [API](api.md) and [DATE](date.md).",
            "[MUST] The pump shall stop.",
            "The file is called report-{DATE}.csv.",
            "- Owner: TBD",
            "**Status:** TBD",
            "```\nTBD\n```",
            "The display shall show \"???\".",
        ] {
            assert_eq!(open(text), [] as [String; 0], "{text}");
        }
    }

    #[test]
    fn vague_words() {
        assert_eq!(
            vague("The pump shall stop as soon as possible, in an appropriate manner, and ring as appropriate."),
            ["as soon as possible", "appropriate manner", "as appropriate"]
        );
        assert_eq!(
            vague("The pump shall stop.\n\nNOTE: Users should\nsee it as soon as possible.\n\nIt shall ring as appropriate."),
            ["as appropriate"]
        );
        assert_eq!(vague("It must read CSV, JSON, etc. and more."), ["etc."]);
        for precise in [
            "The wallet shall use the appropriate network (testnet or mainnet).",
            "The shop shall check that there is sufficient stock.",
            "The log shall hold the date (year, month etc.) of the entry.",
            "The page shall be titled \"Where appropriate\".",
            "The style guide shall forbid words such as 'adequate'.",
            "The form shall be filled from a template appropriate to its kind.",
            "The pump shall stop with an appropriate message, in the appropriate section.",
            "The shop shall append `_2`, `_3`, and so on.",
            "The copies shall be called \"b\", \"c\", etc. in the list.",
            "The rows shall be numbered 1, 2, and so on until the name is free.",
            "The shop shall try the next name, and so on until one is free.",
            "The task shall end within 2 ms to keep an adequate margin in its cycle of 10 ms.",
            "The fit must take samples instead of values like the mean, the variance, etc.",
        ] {
            assert_eq!(vague(precise), [] as [String; 0], "{precise}");
        }
        assert_eq!(vague("Appropriate words help.\nThe pump shall stop."), [] as [String; 0]);
        assert_eq!(vague("The pump shall reject insufficient and inappropriate input."), [] as [String; 0]);
    }
}
