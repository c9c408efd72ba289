//! Identifiers that the names of functions spell.

use crate::model::id::Id;
use crate::model::mention::{Mention, Mentions};
use crate::source::Span;
use smallvec::{SmallVec, smallvec};

/// Parts of a name beyond this many spell nothing.
const MAX_PARTS: usize = 8;

/// A part of a name, and where it begins.
type Part<'t> = (&'t str, usize);

/// The identifiers that the name of a function spells: `test_req_sec_001_rejects` names REQ-SEC-001.
pub fn name(text: &str, base: usize) -> Mentions {
    let first_digit = text.bytes().position(|byte| byte.is_ascii_digit());
    let Some(first_digit) = first_digit else {
        return Mentions::new();
    };
    let whole = text;
    let lower = |prefix: &str| whole.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix)).map(str::len);
    let mut start = lower("test").filter(|skip| *skip <= first_digit).unwrap_or(0);
    start += text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches('_').len());
    let mut parts: SmallVec<[Part<'_>; MAX_PARTS]> = SmallVec::new();
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|_| parts.len() < MAX_PARTS) {
        let part = rest.bytes().position(|byte| byte == b'_').and_then(|end| rest.get(..end)).unwrap_or(rest);
        parts.push((part, at));
        at += part.len() + 1;
    }
    let families = ["req", "fr", "nfr", "srs", "urs", "sys", "sr", "ur", "swr", "sc", "ac", "us", "uc"];
    let is_family = |part: &str| part.len() < 4 && families.iter().any(|family| part.eq_ignore_ascii_case(family));
    let from = parts.iter().position(|(part, _)| is_family(part));
    spelled(parts.get(from.unwrap_or(0)..).unwrap_or_default(), base)
}

fn spelled(parts: &[Part<'_>], base: usize) -> Mentions {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(last) = parts.iter().position(|(part, _)| part.bytes().any(|byte| byte.is_ascii_digit())) else {
        return Mentions::new();
    };
    let (Some(first), Some((number, at)), Some(head)) = (parts.first(), parts.get(last), parts.get(..last)) else {
        return Mentions::new();
    };
    let span = Span::new(base + first.1, base + at + number.len());
    let bare = number.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(number);
    if last > 3 || number.len() > 12 {
        return Mentions::new();
    }
    if digits(bare) {
        if last == 0 {
            return Mentions::new();
        }
        // `fr_8_1` is FR-8.1; a padded number stands alone.
        let next = parts.get(last + 1).filter(|(next, _)| bare.len() < 3 && !bare.starts_with('0') && digits(next));
        return match next {
            Some((next, at)) => {
                let span = Span::new(span.start as usize, base + at + next.len());
                Mentions::from_buf([Mention::one(id(head, &[number, ".", next]), span)])
            }
            None => Mentions::from_buf([Mention::one(id(head, &[number]), span)]),
        };
    }
    // `req001`: with and without a dash.
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (family, rest) = number.split_at(letters);
    let stem = rest.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    if letters == 0 || !digits(stem) {
        return Mentions::new();
    }
    smallvec![Mention::one(id(head, &[family, rest]), span), Mention::one(id(head, &[family, "-", rest]), span)]
}

/// The parts of an identifier in capitals: a dash behind each of the first ones, the others as they are.
fn id(head: &[Part<'_>], rest: &[&str]) -> Id {
    let mut id: SmallVec<[u8; 32]> = SmallVec::new();
    for (part, _) in head {
        id.extend_from_slice(part.as_bytes());
        id.push(b'-');
    }
    rest.iter().for_each(|part| id.extend_from_slice(part.as_bytes()));
    id.make_ascii_uppercase();
    Id::from(std::str::from_utf8(&id).unwrap_or_default())
}
