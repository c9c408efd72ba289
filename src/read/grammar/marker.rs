//! Markers: notations by which test and source code names requirements.

mod arguments;
mod claimed;
mod common;
mod entered;
mod joined;
mod numbers;
mod sentence;

pub use arguments::arguments;
pub use claimed::claimed;
pub use sentence::continued;

use super::hint::{self, Signs, plausible, with_tail};
use super::{identifier, plain};
use crate::model::mention::{Mention, Mentions, Name};
use crate::source::Span;
use common::{plain_line, plain_notation};
use pest::Parser;
use rules::{Markers, Rule};
use smallvec::SmallVec;

#[allow(missing_docs, unreachable_pub, reason = "the derive makes public items without documentation")]
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/marker.pest"]
    pub(super) struct Markers;
}

/// What a notation says, before it is known where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Verification.
    Verifies,
    /// Implementation.
    Implements,
    /// The code is the one by which evidence must enter: `Entry point of REQ-1`.
    Enters,
    /// Verification in a test, implementation elsewhere: `Requirement:`, `Traces to:`.
    Traces,
    /// Verification in a test, nothing elsewhere: `@see docs/SRS.md REQ-1`.
    Refers,
    /// Implementation where it is no test that says so: `Implements REQ-1.`
    Realises,
    /// The identifiers alone.
    Mentions,
    /// Not a requirement: the identifier of the test case itself.
    TestCase,
}

/// One notation with its identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    /// What it says.
    pub sense: Sense,
    /// Where it stands.
    pub span: Span,
    /// The identifiers; none where the list begins on the next line.
    pub ids: Mentions,
    /// Whether the list goes on in the next line.
    pub open: bool,
}

/// The notations of one line: hardly ever more than one.
pub type Notations = SmallVec<[Notation; 1]>;

/// Words before an identifier that say that it is not meant.
const NEGATIONS: &[&str] = &[
    "not",
    "unlike",
    "todo",
    "fixme",
    "except",
    "without",
    "never",
    "no",
    "instead",
    "missing",
    "cannot",
    "uncovered",
    "untested",
];

/// Longer lines are data, and are read up to here.
const MAX_LINE: usize = 8_192;

/// A notation and its list end within this many bytes.
const MAX_NOTATION: usize = 2_000;

/// The notations in one line of a comment, a docstring or a title, in order.
/// Identifiers outside of any notation come last, as one [`Sense::Mentions`].
pub fn line(text: &str, base: usize) -> Notations {
    let mut found = Notations::new();
    let text = shortened(text, MAX_LINE);
    if let Some(only) = plain_line(text, base) {
        found.push(only);
        return found;
    }
    let signs = Signs::of(text);
    if signs.notation {
        notations(text, base, &mut found);
    }
    if begins_sentence(text.as_bytes())
        && let Some(claim) = sentence::claim(text, base)
    {
        found.retain(|it| it.span.start >= claim.span.end());
        found.insert(0, claim);
    }
    if signs.identifier
        && let Some(entry) = entered::point(text, base)
    {
        entered::insert(&mut found, entry);
    }
    // A line that is one notation from end to end has nothing beside it.
    let alone = matches!(found.as_slice(), [only] if only.span == Span::new(base, base + text.len()));
    if signs.identifier
        && !alone
        && let Some((from, to)) = hint::identifiers(text)
    {
        let whole = Span::new(base + from, base + to);
        if within(&found, whole) {
            return found;
        }
        let mut ids = match plain::single(text, (from, to), base) {
            Some(id) => Mentions::from_buf([id]),
            None => identifier::mentions(text.get(from..with_tail(text, to)).unwrap_or(text), base + from),
        };
        ids.retain(|id| plausible(text, id.span, base) && !within(&found, id.span));
        joined::take(&mut ids, &mut found);
        if let Some(span) = hull(&ids) {
            found.push(Notation { sense: Sense::Mentions, span, ids, open: false });
        }
    }
    found
}

/// The length of the first line of a text with its line break, and whether it has the signs of a notation or of an
/// identifier. Without them only a sentence can name anything.
pub fn first_line(text: &str) -> (usize, bool) {
    let (length, signs) = Signs::of_line(text.as_bytes());
    (length, signs.notation || signs.identifier)
}

/// Whether a line may be a sentence that names something, by its first letter.
pub fn begins_claim(line: &str) -> bool {
    begins_sentence(line.as_bytes())
}

fn notations(text: &str, base: usize, found: &mut Notations) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Whether a word on the line so far has turned its meaning, and how far that is known.
    let (mut turned, mut read) = (false, 0);
    while let Some(skip) = bytes.get(at..).and_then(Signs::next) {
        let here = at + skip;
        let before = here.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        let (start, notation) = match bytes.get(here) {
            Some(b':') => match labelled(text, at, here, base) {
                Some((start, notation)) => (start, Some(notation)),
                None => (here, None),
            },
            Some(b'[') => bracketed(text, here, before, base),
            _ if before.is_ascii_alphanumeric() || !begins_keyword(bytes.get(here + 1..)) => (here, None),
            _ => {
                let end = bytes.iter().skip(here + 1).position(|byte| !byte.is_ascii_alphabetic());
                let end = end.map_or(text.len(), |n| here + 1 + n);
                let found = plain_notation(text, (here + 1, end), end, base);
                let found = found.map(|found| Notation { span: Span::new(base + here, found.span.end() as usize), ..found });
                (here, found.or_else(|| notation(Rule::tag, text, here, base)))
            }
        };
        at = here + 1;
        if let Some(mut notation) = notation {
            at = at.max((notation.span.end() as usize).saturating_sub(base));
            turned = turned || start > read && turn(text.get(read..start).unwrap_or("")).is_some();
            read = start;
            if turned {
                notation.sense = Sense::Mentions;
            }
            found.push(notation);
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}

/// Whether one of the notations, which stand in order, contains a span.
fn within(found: &[Notation], span: Span) -> bool {
    let after = found.partition_point(|it| it.span.start <= span.start);
    after.checked_sub(1).and_then(|last| found.get(last)).is_some_and(|it| it.span.contains(span))
}

/// The first `length` bytes of a text, or a few less.
fn shortened(text: &str, mut length: usize) -> &str {
    while length < text.len() && !text.is_char_boundary(length) {
        length -= 1;
    }
    text.get(..length).unwrap_or(text)
}

/// Whether a word begins as one of the grammar's does: most colons and at signs mean something else.
fn begins_keyword(word: Option<&[u8]>) -> bool {
    let head = word.and_then(|word| word.first_chunk::<2>()).map(|head| head.map(|byte| byte.to_ascii_lowercase()));
    head.is_some_and(|head| {
        matches!(&head, b"ve" | b"va" | b"co" | b"te" | b"tc" | b"ch" | b"pr" | b"im" | b"tr" | b"sa" | b"re" | b"sp" | b"se")
    })
}

/// Whether a text may begin with a claim: `Covers …`, `This test …`, `@see …`.
fn begins_sentence(text: &[u8]) -> bool {
    text.first().is_some_and(|first| matches!(first, b'v' | b'V' | b'c' | b'C' | b't' | b'T' | b'i' | b'I' | b'@' | b'\\'))
}

/// The label that ends with the colon at `colon`: its last one to three words.
fn labelled(text: &str, from: usize, colon: usize, base: usize) -> Option<(usize, Notation)> {
    let head = text.get(from..colon)?;
    if let Some(found) = plain_notation(text, (from, colon), colon + 1, base) {
        return Some((from, found));
    }
    let words = head.trim_end_matches(['*', '_', ' ']);
    let mut end = words.len();
    for _ in 0..3 {
        let word = words.get(..end)?.trim_end_matches([' ', '\t']);
        let start = word
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |n| n + word.get(n..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        if start == word.len() {
            return None;
        }
        if begins_keyword(word.as_bytes().get(start..)) && !(start > 0 && word.as_bytes().get(start - 1) == Some(&b'/')) {
            // The longest label wins: `Requirements covered:` rather than `covered:`.
            let longer = word.get(..start).map(|rest| rest.trim_end_matches(' ')).and_then(|rest| {
                let start = rest.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |n| n + 1);
                begins_keyword(rest.as_bytes().get(start..)).then_some(start)
            });
            for start in longer.into_iter().chain([start]) {
                if let Some(found) = notation(Rule::label, text, from + start, base) {
                    return Some((from + start, found));
                }
            }
        }
        end = start;
    }
    None
}

fn bracketed(text: &str, at: usize, before: u8, base: usize) -> (usize, Option<Notation>) {
    let rest = text.get(at..(at + 200).min(text.len())).unwrap_or_else(|| text.get(at..).unwrap_or(""));
    if !rest.contains(']') {
        return (at, None);
    }
    if rest.contains("->")
        && let Some(found) = notation(Rule::arrow, text, at, base)
    {
        return (at, Some(found));
    }
    if before == b'r' {
        return (at - 1, notation(Rule::tracked, text, at, base));
    }
    if before.is_ascii_alphanumeric() {
        return (at, None);
    }
    if let Some((ids, end)) = plain::list(text.get(at + 1..).unwrap_or(""), base + at + 1) {
        let after = text.as_bytes().get(at + 1 + end..).unwrap_or_default();
        if after.first() == Some(&b']') && !matches!(after.get(1), Some(b'(' | b'[')) {
            let span = Span::new(base + at, base + at + end + 2);
            return (at, Some(Notation { sense: Sense::Mentions, span, ids, open: false }));
        }
    }
    let found = notation(Rule::bracket, text, at, base);
    (at, found.filter(|found| found.ids.iter().all(|id| id.id().is_none_or(|id| id.len() > 1))))
}

/// Parses one notation that begins at `at`.
fn notation(rule: Rule, text: &str, at: usize, base: usize) -> Option<Notation> {
    let rest = shortened(text.get(at..)?, MAX_NOTATION);
    let parsed = Markers::parse(rule, rest).ok()?.next()?;
    let start = base + at;
    let span = Span::new(start, start + parsed.as_span().end());
    let mut found = Notation { sense: Sense::Mentions, span, ids: Mentions::new(), open: false };
    let (mut said, mut worded) = (false, false);
    for pair in parsed.into_inner() {
        let place = start + pair.as_span().start();
        let rule = pair.as_rule();
        match rule {
            Rule::verifies | Rule::implements | Rule::traces | Rule::mentions | Rule::requirement | Rule::test_case => {
                let sense = sense_of_rule(rule);
                // `Requirements covered:` says what its verb says.
                if !said || found.sense == Sense::Traces {
                    found.sense = sense;
                }
                said = true;
                worded |= rule == Rule::requirement;
            }
            Rule::noun_before => worded = true,
            Rule::kind => {
                let test = pair.as_str().to_ascii_lowercase().contains("test");
                found.sense = if test { Sense::Verifies } else { Sense::Implements };
            }
            Rule::role => {
                if let Some(verb) = pair.into_inner().next() {
                    found.sense = sense_of_rule(verb.as_rule());
                }
            }
            Rule::targets => found.ids.extend(targets(pair.as_str(), place)),
            Rule::run if worded => found.ids.extend(numbers::worded(pair.as_str(), place)),
            Rule::run => found.ids.extend(identifier::list(pair.as_str(), place)),
            Rule::open | Rule::trailing => found.open = true,
            Rule::prose => prose(pair.as_str(), place, &mut found),
            _ => {}
        }
    }
    (found.open || !found.ids.is_empty()).then_some(found)
}

/// The items behind an arrow. `name~` without its revision is kept as it is written, for it names nothing.
fn targets(text: &str, base: usize) -> Mentions {
    let mut ids = identifier::list(text, base);
    for id in &mut ids {
        let after = text.get((id.span.end() as usize).saturating_sub(base)..).unwrap_or("");
        if let Name::One(name) = &mut id.name
            && after.starts_with('~')
        {
            *name = format!("{name}~").into();
            id.span.len += 1;
        }
    }
    ids
}

/// Identifiers in the sentence after a label, up to a word that turns its meaning.
fn prose(text: &str, base: usize, found: &mut Notation) {
    let end = turn(text).unwrap_or(text.len());
    let head = text.get(..end).unwrap_or(text);
    found.ids = identifier::mentions(head, base);
    found.ids.retain(|id| plausible(head, id.span, base));
    let last = found.ids.iter().map(|id| id.span.end()).max().unwrap_or(found.span.start);
    found.span = Span { start: found.span.start, len: last.saturating_sub(found.span.start) };
}

fn sense_of_rule(rule: Rule) -> Sense {
    match rule {
        Rule::verifies => Sense::Verifies,
        Rule::implements => Sense::Implements,
        Rule::traces | Rule::requirement => Sense::Traces,
        Rule::test_case => Sense::TestCase,
        _ => Sense::Mentions,
    }
}

/// Where a word stands that turns the meaning of what follows it.
fn turn(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split(|c: char| !(c.is_ascii_alphabetic() || c == '\'')) {
        let negation = NEGATIONS.iter().any(|negation| word.eq_ignore_ascii_case(negation));
        if negation || word.ends_with("n't") {
            return Some(at);
        }
        let next = at + word.len();
        at = next + text.get(next..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    None
}

/// What the name of an annotation says by one of its words.
fn sense_of_name(name: &str) -> Option<Sense> {
    let last = name.rsplit(['.', ':']).find(|part| !part.is_empty())?;
    words(last).find_map(|word| match word.to_ascii_lowercase().as_str() {
        "verifies" | "verify" | "verified" | "validates" | "covers" => Some(Sense::Verifies),
        "implements" | "implement" | "impl" => Some(Sense::Implements),
        "req" | "reqs" | "requirement" | "requirements" | "requirementid" | "trace" | "traces" | "traced" | "tracing"
        | "traceability" | "spec" | "specs" | "specification" | "satisfies" | "relation" => Some(Sense::Traces),
        _ => None,
    })
}

fn sense_of_key(key: &str, named: bool) -> Option<Sense> {
    let key = key.trim_end_matches(['=', ':', ' ', '\t']);
    let own = matches!(key, "number" | "id" | "ids" | "value" | "name" | "section");
    sense_of_name(key).filter(|_| key != "spec").or(if named && own { Some(Sense::Traces) } else { None })
}

/// The words of a name with underscores or capitals.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '-', ' ']).flat_map(|part| {
        let all_capitals = !part.bytes().any(|byte| byte.is_ascii_lowercase());
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let capital = |(at, c): (usize, char)| (at > 0 && c.is_uppercase() && !all_capitals).then_some(at);
            let end = rest.char_indices().find_map(capital).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            rest = tail;
            Some(word)
        })
    })
}

fn hull(ids: &[Mention]) -> Option<Span> {
    let start = ids.iter().map(|id| id.span.start).min()?;
    let end = ids.iter().map(|id| id.span.end()).max()?;
    Some(Span { start, len: end - start })
}
