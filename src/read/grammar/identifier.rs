//! Identifier expressions: single identifiers, lists, ranges, shorthand and wildcards.

use super::plain;
use crate::model::mention::{Mention, Mentions, Name, expand, split_number};
use crate::model::vocabulary;
use crate::source::Span;
use pest::Parser;
use pest::iterators::Pair;
use rules::{Identifiers, Rule};

#[allow(missing_docs, unreachable_pub, reason = "the derive makes public items without documentation")]
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/identifier.pest"]
    pub(super) struct Identifiers;
}

/// The identifier expressions in a piece of prose, a cell or a comment.
///
/// `base` is the offset of `text` in its file. Tokens that merely look like
/// identifiers are returned too: whether their family exists is known only
/// when all files are read.
pub fn mentions(text: &str, base: usize) -> Mentions {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Mentions::new();
    }
    match whole(text, base) {
        Some(found) => found,
        None => groups(Rule::prose, text, base),
    }
}

/// The identifier expressions of a list that is known to hold identifiers only, as in
/// `Verifies: comp_req__kvs__key, FR-1`: slugs without a number count too.
pub fn list(text: &str, base: usize) -> Mentions {
    match whole(text, base) {
        Some(found) => found,
        None => groups(Rule::listing, text, base),
    }
}

/// Whether a text holds nothing but these identifiers, in any notation for lists.
pub fn is_list(text: &str, found: &[Mention]) -> bool {
    let glue = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | '/' | '&' | '.' | '-' | '–' | '—' | '*' | '`' | '[' | ']' | '(' | ')' | '、' | '，' | '；')
    };
    let solid = |text: &str| text.chars().filter(|c| !glue(*c)).count();
    let named: usize = found.iter().map(|mention| text.get(mention.span.range()).map_or(0, solid)).sum();
    !found.is_empty() && named == solid(text)
}

/// Several identifiers written out, if they are of one family of requirements.
pub fn members(found: &[Mention]) -> Option<Vec<(String, Span)>> {
    /// Longer ranges are a summary of others.
    const MOST: usize = 60;
    let mut ids = Vec::new();
    for mention in found {
        match &mention.name {
            Name::One(id) => ids.push((id.to_string(), mention.span)),
            Name::Range(ends) => {
                let all = expand(&ends.0, &ends.1).filter(|all| all.len() <= MOST)?;
                ids.extend(all.into_iter().map(|id| (id, mention.span)));
            }
            Name::Prefix(_) => return None,
        }
    }
    let stem = |id: &str| split_number(id).map(|(stem, ..)| stem.to_owned());
    let first = stem(&ids.first()?.0)?;
    let alike = ids.iter().all(|(id, _)| stem(id).as_deref() == Some(first.as_str()) && !vocabulary::is_foreign(id));
    (alike && ids.len() > 1).then_some(ids)
}

/// Nearly every cell holds one full identifier, or some with commas between them, and nothing else.
fn whole(text: &str, base: usize) -> Option<Mentions> {
    plain::list(text, base).filter(|(_, end)| *end == text.len()).map(|(found, _)| found)
}

/// The identifier with which a text begins, and its length in bytes. With `slugs`,
/// identifiers without a number and bare section numbers count too.
pub fn leading(text: &str, slugs: bool) -> Option<(&str, usize)> {
    if !text.starts_with(|c: char| c.is_alphabetic() || slugs && c.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = whole(text, 0).as_deref().and_then(<[Mention]>::first).filter(|first| first.span.start == 0) {
        return text.get(found.span.range()).map(|id| (id, id.len()));
    }
    let rule = if slugs { Rule::leading_any } else { Rule::leading };
    let pair = Identifiers::parse(rule, text).ok()?.next()?.into_inner().next()?;
    Some((pair.as_str(), pair.as_span().end()))
}

fn groups(rule: Rule, text: &str, base: usize) -> Mentions {
    let mut found = Mentions::new();
    let Ok(pairs) = Identifiers::parse(rule, text) else { return found };
    for group in pairs.flat_map(Pair::into_inner) {
        if matches!(group.as_rule(), Rule::group | Rule::list_group) {
            expression(group, base, &mut found);
        }
    }
    found
}

/// One expression: the first identifier, then everything that leans on it.
fn expression(group: Pair<'_, Rule>, base: usize, found: &mut Mentions) {
    let mut parts = group.into_inner();
    let Some(head) = parts.next() else { return };
    let mut last = head.as_str().to_owned();
    found.push(head_mention(&head, base));
    for part in parts {
        let whole = span(&part, base);
        match part.as_rule() {
            Rule::wildcard => {
                let prefix = Box::new(format!("{last}{}", part.as_str().trim_end_matches('*')).into());
                let start = found.pop().map_or(whole.start, |mention| mention.span.start);
                let span = Span { start, len: whole.end() - start };
                found.push(Mention { name: Name::Prefix(prefix), span });
            }
            Rule::range | Rule::list_range => {
                let arrow = part.as_str().starts_with('→');
                let Some(end) = end(part, &last) else { continue };
                // `NFR-5.1.x–5.3.2` begins with a wildcard, and where it ends is anybody's guess.
                if found.last().is_some_and(|mention| matches!(mention.name, Name::Prefix(_))) {
                    continue;
                }
                let far = completed(&last, &end);
                // "REQ-1→TC-1" leads from one to the other.
                let stem = |id: &str| split_number(id).map(|(stem, ..)| stem.to_owned());
                if arrow && stem(&last) != stem(&far) {
                    found.push(Mention::one(far.clone(), span(&end, base)));
                    last = far;
                    continue;
                }
                let start = found.pop().map_or(whole.start, |mention| mention.span.start);
                let span = Span { start, len: whole.end() - start };
                found.push(Mention { name: Name::Range(Box::new((last.into(), far.as_str().into()))), span });
                last = far;
            }
            _ => {
                let Some(end) = end(part, &last) else { break };
                // "REQ-001, 21 CFR Part 11" is no list: the numbers of a padded family are of one width.
                if end.as_rule() == Rule::padded && is_narrower(end.as_str(), &last) {
                    break;
                }
                last = completed(&last, &end);
                found.push(Mention::one(last.clone(), span(&end, base)));
            }
        }
    }
}

/// The far end of a range or the next member of a list. With a dash in front, `-070`, it is one only where it has as
/// many digits as the number before it: "REQ-010, -200 mbar" is no list.
fn end<'p>(part: Pair<'p, Rule>, previous: &str) -> Option<Pair<'p, Rule>> {
    let end = part.into_inner().next()?;
    if end.as_rule() != Rule::leaning {
        return Some(end);
    }
    let number = end.into_inner().next()?;
    let digits = number.as_str().bytes().take_while(u8::is_ascii_digit).count();
    split_number(previous).is_some_and(|(_, _, width, _)| width == digits).then_some(number)
}

/// Whether a number has fewer digits than the padded one at the end of an identifier.
fn is_narrower(number: &str, previous: &str) -> bool {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    split_number(previous).is_some_and(|(stem, _, width, _)| {
        let padded = previous.get(stem.len()..).is_some_and(|rest| rest.starts_with('0'));
        padded && digits < width
    })
}

/// `REQ-001~007` is a range and `NFR-13.x` a wildcard; every other first token names one identifier.
fn head_mention(head: &Pair<'_, Rule>, base: usize) -> Mention {
    let text = head.as_str();
    let span = span(head, base);
    if let Some(stem) = text.strip_suffix(".x").filter(|stem| stem.ends_with(|c: char| c.is_ascii_digit())) {
        return Mention { name: Name::Prefix(Box::new(format!("{stem}.").into())), span };
    }
    let digits = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((first, last)) = text.split_once('~')
        && digits(last)
        && split_number(first).is_some_and(|(_, _, width, rest)| width == last.len() && rest.is_empty())
    {
        let far = with_number(first, last);
        return Mention { name: Name::Range(Box::new((first.into(), far.into()))), span };
    }
    Mention::one(text, span)
}

/// A shorthand end written out: `012` after `REQ-MCP-011` is `REQ-MCP-012`.
fn completed(previous: &str, end: &Pair<'_, Rule>) -> String {
    match end.as_rule() {
        Rule::number | Rule::padded | Rule::section => with_number(previous, end.as_str()),
        _ => end.as_str().to_owned(),
    }
}

/// `previous` with its last number, or its last dotted numbers, replaced.
fn with_number(previous: &str, number: &str) -> String {
    let stem = previous.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let stem = if stem.ends_with(|c: char| c.is_ascii_digit()) { stem } else { previous };
    let mut stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    for _ in number.split('.').skip(1) {
        let shorter = stem.strip_suffix('.').unwrap_or(stem);
        stem = shorter.trim_end_matches(|c: char| c.is_ascii_digit());
    }
    format!("{stem}{number}")
}

fn span(pair: &Pair<'_, Rule>, base: usize) -> Span {
    let span = pair.as_span();
    Span::new(base + span.start(), base + span.end())
}
