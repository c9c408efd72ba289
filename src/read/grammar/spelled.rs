//! Identifiers that the names of functions spell.

use crate::model::id::Id;
use crate::model::mention::{Mention, Mentions};
use crate::source::Span;
use smallvec::{SmallVec, smallvec};

/// Parts of a name beyond this many spell nothing.
const MAX_PARTS: usize = 8;

/// As many bytes as nearly all identifiers fit in.
const ROOM: usize = 32;

/// A part of a name, and where it begins.
type Part<'t> = (&'t str, usize);

/// The identifiers that the name of a function spells: `test_req_sec_001_rejects` names REQ-SEC-001.
pub fn name(text: &str, base: usize) -> Mentions {
    let Some(first_digit) = text.bytes().position(|byte| byte.is_ascii_digit()) else {
        return Mentions::new();
    };
    let tested = text.as_bytes().get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"test")) && first_digit >= 4;
    let mut at = if tested { 4 } else { 0 };
    at += text.bytes().skip(at).take_while(|byte| *byte == b'_').count();
    let mut parts: SmallVec<[Part<'_>; MAX_PARTS]> = SmallVec::new();
    while let Some(rest) = text.get(at..).filter(|_| parts.len() < MAX_PARTS) {
        let part = rest.bytes().position(|byte| byte == b'_').and_then(|end| rest.get(..end)).unwrap_or(rest);
        parts.push((part, at));
        at += part.len() + 1;
    }
    let from = parts.iter().position(|(part, _)| is_family(part));
    spelled(parts.get(from.unwrap_or(0)..).unwrap_or_default(), base)
}

/// Whether a part is one of the usual words for requirements, with which identifiers begin.
fn is_family(part: &str) -> bool {
    let families: &[&str] = match part.len() {
        2 => &["fr", "sr", "ur", "sc", "ac", "us", "uc"],
        3 => &["req", "nfr", "srs", "urs", "sys", "swr"],
        _ => &[],
    };
    families.iter().any(|family| part.eq_ignore_ascii_case(family))
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
            None => {
                let mut found = Mentions::from_buf([Mention::one(id(head, &[number]), span)]);
                found.extend(
                    further(parts.get(last..).unwrap_or_default())
                        .map(|(number, at)| Mention::one(id(head, &[number]), Span::new(base + at, base + at + number.len()))),
                );
                found
            }
        };
    }
    // `req001`: with and without a dash.
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (family, rest) = number.split_at(letters);
    let stem = rest.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    if is_joined(number) {
        return Mentions::from_buf([Mention::one(id(head, &[number]), span)]);
    }
    if letters == 0 || !digits(stem) {
        return Mentions::new();
    }
    smallvec![Mention::one(id(head, &[family, rest]), span), Mention::one(id(head, &[family, "-", rest]), span)]
}

/// The numbers that go on with the first: `req_pump_001_002_004` names three. One alone may number the case of a test.
fn further<'p>(parts: &'p [Part<'p>]) -> impl Iterator<Item = Part<'p>> {
    let next = |(one, _): &Part<'_>, (two, _): &Part<'_>| {
        one.len() > 2
            && one.len() == two.len()
            && one < two
            && [one, two].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let count = parts.windows(2).take_while(|pair| matches!(pair, [one, two] if next(one, two))).count();
    parts.iter().copied().skip(1).take(if count > 1 { count } else { 0 })
}

/// Whether a part is a whole identifier without its signs: `K01FR03` for K01.FR.03.
fn is_joined(part: &str) -> bool {
    let bytes = part.as_bytes();
    let mut runs = bytes.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let (section, number, word, last) = (runs.next(), runs.next(), runs.next(), runs.next());
    let family = word.and_then(|word| std::str::from_utf8(word).ok()).unwrap_or("");
    let capitals = |run: Option<&[u8]>| run.is_some_and(|run| run.iter().all(u8::is_ascii_uppercase));
    capitals(section) && number.is_some() && capitals(word) && is_family(family) && last.is_some() && runs.next().is_none()
}

/// The parts of an identifier in capitals: a dash behind each of the first ones, the others as they are.
fn id(head: &[Part<'_>], rest: &[&str]) -> Id {
    let mut room = [0; ROOM];
    match written(&mut room, head, rest) {
        Some(id) => Id::from(id),
        None => {
            let head: String = head.iter().flat_map(|(part, _)| [part, "-"]).collect();
            Id::from((head + &rest.concat()).to_ascii_uppercase())
        }
    }
}

/// The same where it fits in a given room, as nearly all do: a suite spells an identifier with each name of a test.
fn written<'r>(room: &'r mut [u8; ROOM], head: &[Part<'_>], rest: &[&str]) -> Option<&'r str> {
    let mut length = 0;
    for (part, _) in head {
        let end = length + part.len();
        room.get_mut(length..end)?.copy_from_slice(part.as_bytes());
        *room.get_mut(end)? = b'-';
        length = end + 1;
    }
    for part in rest {
        let end = length + part.len();
        room.get_mut(length..end)?.copy_from_slice(part.as_bytes());
        length = end;
    }
    let id = room.get_mut(..length)?;
    id.make_ascii_uppercase();
    std::str::from_utf8(id).ok()
}
