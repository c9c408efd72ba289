//! Identifiers that the names of functions spell.

use crate::model::mention::Mention;
use crate::source::Span;

/// The identifiers that the name of a function spells: `test_req_sec_001_rejects` names REQ-SEC-001.
pub fn name(text: &str, base: usize) -> Vec<Mention> {
    let first_digit = text.bytes().position(|byte| byte.is_ascii_digit());
    let Some(first_digit) = first_digit else {
        return Vec::new();
    };
    let whole = text;
    let lower = |prefix: &str| whole.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix)).map(str::len);
    let mut start = lower("test").filter(|skip| *skip <= first_digit).unwrap_or(0);
    start += text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches('_').len());
    let mut parts = Vec::new();
    let mut at = start;
    for part in text.get(start..).unwrap_or("").split('_').take(8) {
        parts.push((part, at));
        at += part.len() + 1;
    }
    let families = ["req", "fr", "nfr", "srs", "urs", "sys", "sr", "ur", "swr", "sc", "ac", "us", "uc"];
    let from = parts.iter().position(|(part, _)| families.iter().any(|family| part.eq_ignore_ascii_case(family)));
    spelled(parts.get(from.unwrap_or(0)..).unwrap_or_default(), base)
}

fn spelled(parts: &[(&str, usize)], base: usize) -> Vec<Mention> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(last) = parts.iter().position(|(part, _)| part.bytes().any(|byte| byte.is_ascii_digit())) else {
        return Vec::new();
    };
    let (Some(first), Some((number, at))) = (parts.first(), parts.get(last)) else {
        return Vec::new();
    };
    let head: Vec<String> = parts.iter().take(last).map(|(part, _)| part.to_ascii_uppercase()).collect();
    let span = Span::new(base + first.1, base + at + number.len());
    let bare = number.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(number);
    if last > 3 || number.len() > 12 {
        return Vec::new();
    }
    if digits(bare) {
        if last == 0 {
            return Vec::new();
        }
        let mut id = format!("{}-{}", head.join("-"), number.to_ascii_uppercase());
        let mut end = span;
        // `fr_8_1` is FR-8.1; a padded number stands alone.
        if let Some((next, at)) = parts.get(last + 1).filter(|(next, _)| bare.len() < 3 && !bare.starts_with('0') && digits(next))
        {
            id = format!("{id}.{next}");
            end = Span::new(span.start as usize, base + at + next.len());
        }
        return vec![Mention::one(id, end)];
    }
    // `req001`: with and without a dash.
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (family, rest) = number.split_at(letters);
    let stem = rest.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    if letters == 0 || !digits(stem) {
        return Vec::new();
    }
    let prefix = if head.is_empty() { String::new() } else { format!("{}-", head.join("-")) };
    let (family, rest) = (family.to_ascii_uppercase(), rest.to_ascii_uppercase());
    vec![Mention::one(format!("{prefix}{family}{rest}"), span), Mention::one(format!("{prefix}{family}-{rest}"), span)]
}
