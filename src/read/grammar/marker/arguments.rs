//! Requirements in the arguments of annotations, decorators, attributes and calls.

use super::rules::{Markers, Rule};
use super::{Notation, Sense, hull, sense_of_key, sense_of_name};
use crate::model::mention::{Mention, Mentions};
use crate::read::grammar::identifier;
use crate::source::Span;
use pest::Parser;
use pest::iterators::Pair;

/// The requirements in the arguments of an annotation, decorator, attribute or call.
pub fn arguments(name: &str, text: &str, base: usize) -> Option<Notation> {
    let named = sense_of_name(name);
    let record = named.is_some() || memchr::memchr2(b'=', b':', text.as_bytes()).is_some();
    let lower = name.to_ascii_lowercase();
    let property = lower.ends_with("property") || lower.ends_with("user_properties");
    if !record && !property {
        return all_identifiers(name, text, base);
    }
    if let Some(sense) = named.filter(|_| !property) {
        let ids = called(text, base);
        if let Some(span) = hull(&ids) {
            return Some(Notation { sense, span, ids, open: false });
        }
    }
    let mut sense = named.filter(|_| !property);
    let mut key: Option<Option<Sense>> = None;
    let mut ids = Mentions::new();
    let pairs = Markers::parse(Rule::arguments, text).ok()?;
    for pair in pairs.flat_map(Pair::into_inner) {
        let at = base + pair.as_span().start();
        match pair.as_rule() {
            Rule::key => key = Some(sense_of_key(pair.as_str(), named.is_some())),
            Rule::double | Rule::single if property && sense.is_none() => {
                // `record_property("requirement", "X")`: the first string is the key.
                sense = Some(sense_of_name(pair.as_str())?);
            }
            Rule::double | Rule::single => {
                let told = match key {
                    Some(told) => told,
                    None => sense,
                };
                if let Some(told) = told {
                    sense = Some(sense.unwrap_or(told));
                    ids.extend(argument(pair.as_str(), at));
                }
            }
            _ => {}
        }
    }
    let span = hull(&ids)?;
    Some(Notation { sense: sense?, span, ids, open: false })
}

/// The constants named after requirements that are called for their versions: `RQ_SRS_026_Start("1.0")`.
fn called(text: &str, base: usize) -> Mentions {
    let mut ids = Mentions::new();
    for (open, _) in text.match_indices('(') {
        let before = text.get(..open).unwrap_or("");
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
        let word = before.get(start..).unwrap_or("");
        let shaped = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.contains('_');
        if shaped && word.bytes().any(|byte| byte.is_ascii_digit()) {
            ids.push(Mention::one(word, Span::new(base + start, base + open)));
        }
    }
    ids
}

/// `@SVCs("CASE_1", "CASE_2")`: an annotation of any name whose strings are identifiers and nothing else may name
/// what is known by these, unless they are data of the test.
fn all_identifiers(name: &str, text: &str, base: usize) -> Option<Notation> {
    const DATA: &[&str] =
        &["param", "data", "source", "value", "case", "patch", "mock", "skip", "name", "description", "fixture"];
    let lower = name.to_ascii_lowercase();
    if DATA.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let mut ids = Mentions::new();
    for pair in Markers::parse(Rule::arguments, text).ok()?.flat_map(Pair::into_inner) {
        let (string, at) = (pair.as_str(), base + pair.as_span().start());
        if matches!(pair.as_rule(), Rule::double | Rule::single) {
            let joined = |byte: u8| matches!(byte, b'-' | b'_' | b'~');
            let shaped = string.bytes().any(|byte| byte.is_ascii_digit()) && string.bytes().any(joined);
            identifier::leading(string, false).filter(|(_, end)| shaped && *end == string.len())?;
            ids.push(Mention::one(string, Span::new(at, at + string.len())));
        }
    }
    let span = hull(&ids)?;
    Some(Notation { sense: Sense::Mentions, span, ids, open: false })
}

/// One string of an annotation; a single word is an identifier too, and so is a number.
fn argument(text: &str, base: usize) -> Mentions {
    let ids = identifier::list(text, base);
    let word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if ids.is_empty() && word { Mentions::from_buf([Mention::one(text, Span::new(base, base + text.len()))]) } else { ids }
}
