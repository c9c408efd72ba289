//! `tracegate.lock`: the links that somebody reviewed, one a line.
//!
//! It is written by `accept` alone; what is not as `accept` writes it is refused, for a lock that is read in part would say
//! that links were never reviewed which were, or the other way round.

use super::{Checked, Invalid, Wrong};
use crate::settings::{LinkName, REVIEWS_VERSION, Review, Seen};
use crate::source::{Span, Text};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

const RESTORE: &str = "Take the lock from the history, or remove it and review the links again: `tracegate accept`.";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: Spanned<i64>,
    #[serde(default)]
    link: Vec<Spanned<RawLink>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLink {
    requirement: Spanned<String>,
    specification: String,
    file: String,
    #[serde(default)]
    test: String,
    text: Spanned<String>,
    #[serde(default)]
    body: Option<Spanned<String>>,
    #[serde(default)]
    evidence: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    outcome: String,
    by: Option<String>,
    on: Option<String>,
}

/// Reads the lock.
pub fn parse(text: Text) -> Result<Vec<Review>, Box<Invalid>> {
    parsed(text.as_str()).map_err(|wrong| wrong.of(text))
}

fn parsed(text: &str) -> Checked<Vec<Review>> {
    if let Some(at) = conflict(text) {
        let message = "a merge left a conflict here".to_owned();
        let help = "Keep the lines of both sides; of a link that both have, remove both and review it again.".to_owned();
        return Err(Wrong { span: at..at + 7, message, help });
    }
    let raw: Raw = toml::from_str(text).map_err(|error| Wrong { help: RESTORE.to_owned(), ..Wrong::toml(&error, "Review") })?;
    if *raw.version.get_ref() != REVIEWS_VERSION {
        let message = format!("the lock is of version {}, and this program reads {REVIEWS_VERSION}", raw.version.get_ref());
        return Err(Wrong { span: raw.version.span(), message, help: RESTORE.to_owned() });
    }
    let mut seen = BTreeSet::new();
    let mut list = Vec::with_capacity(raw.link.len());
    for raw in raw.link {
        let at = raw.span();
        let review = review(raw)?;
        if !seen.insert(review.link.clone()) {
            let link = &review.link;
            let message = format!("the link of {} to `{} {}` stands here twice", link.requirement, link.file, link.test);
            let help = "Remove both lines and review the link again: `tracegate accept ID`.".to_owned();
            return Err(Wrong { span: at, message, help });
        }
        list.push(review);
    }
    Ok(list)
}

/// The first line that `git merge` leaves behind where two sides do not go together.
fn conflict(text: &str) -> Option<usize> {
    const MARKS: &[&str] = &["<<<<<<<", "=======", ">>>>>>>"];
    let mut starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
    let marked = |at: usize| text.get(at..).is_some_and(|line| MARKS.iter().any(|mark| line.starts_with(mark)));
    starts.find(|at| marked(*at))
}

fn review(raw: Spanned<RawLink>) -> Checked<Review> {
    let at = raw.span();
    let raw = raw.into_inner();
    if raw.body.is_none() && !raw.test.is_empty() {
        let message = format!("the link to `{}` has no fingerprint of the test: `body`", raw.test);
        return Err(Wrong { span: at, message, help: RESTORE.to_owned() });
    }
    let span = Span::new(raw.requirement.span().start, raw.requirement.span().end);
    let requirement = raw.requirement.into_inner();
    let link = LinkName { specification: raw.specification, requirement, file: raw.file, test: raw.test };
    let evidence = raw.evidence.into_iter().map(|(path, digest)| Ok((path, digits(digest, 64)?))).collect::<Checked<_>>()?;
    let body = raw.body.map_or_else(|| Ok(String::new()), |body| digits(body, 16))?;
    let seen = Seen { text: digits(raw.text, 16)?, body, evidence, outcome: raw.outcome };
    Ok(Review { span, link, seen, by: raw.by, on: raw.on })
}

/// A fingerprint of so many digits.
fn digits(raw: Spanned<String>, count: usize) -> Checked<String> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if raw.get_ref().len() == count && raw.get_ref().bytes().all(is_digit) {
        return Ok(raw.into_inner());
    }
    let message = format!("`{}` is no fingerprint: it has {count} hexadecimal digits", raw.get_ref());
    Err(Wrong { span: raw.span(), message, help: RESTORE.to_owned() })
}
