//! `tracegate.waivers.toml`: findings that somebody accepted.
//!
//! What makes the file unreadable is refused here; whether a waiver may be honoured is for P08 to say.

use super::{Checked, Invalid, Names, Wrong, known_check, placed, wrong};
use crate::settings::Waiver;
use crate::source::{self, Span, Text};
use globset::Glob;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    waiver: Vec<RawWaiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    id: Spanned<String>,
    check: Spanned<String>,
    subject: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    fingerprint: Option<Names>,
    baseline: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    risk: Option<Spanned<String>>,
    requested_by: Option<Spanned<String>>,
    approved_by: Option<Spanned<String>>,
    expires: Option<Spanned<End>>,
    ticket: Option<Spanned<String>>,
}

/// A day, with or without quotes, or a baseline.
#[derive(Deserialize)]
#[serde(untagged)]
enum End {
    Day(Datetime),
    Name(String),
}

/// Reads the file of waivers.
pub fn parse(text: Text) -> Result<Vec<Waiver>, Box<Invalid>> {
    parsed(text.as_str()).map_err(|wrong| wrong.of(text))
}

fn parsed(text: &str) -> Checked<Vec<Waiver>> {
    let raw: Raw = toml::from_str(text).map_err(|error| Wrong::toml(&error, "P08"))?;
    let mut seen = BTreeSet::new();
    for one in &raw.waiver {
        if one.id.as_ref().trim().is_empty() {
            return Err(wrong(&one.id, "a waiver has no identifier", "Give each waiver an `id` of its own."));
        }
        if !seen.insert(one.id.as_ref().as_str()) {
            let message = format!("two waivers are called `{}`", one.id.as_ref());
            return Err(wrong(&one.id, message, "Give each waiver an `id` of its own."));
        }
    }
    raw.waiver.into_iter().map(waiver).collect()
}

fn waiver(raw: RawWaiver) -> Checked<Waiver> {
    let check = known_check(&raw.check)?.code.to_owned();
    if let Some(path) = raw.path.as_ref().filter(|path| Glob::new(path.as_ref()).is_err()) {
        let help = "Patterns are paths with `*`, `**`, `?`, `[a-z]` and `{a,b}`.";
        return Err(wrong(path, format!("`{}` is not a valid pattern", path.as_ref()), help));
    }
    let fingerprints = match raw.fingerprint {
        None => Vec::new(),
        Some(Names::One(one)) => vec![one],
        Some(Names::Several(several)) => several,
    };
    Ok(Waiver {
        check: source::Spanned { text: check, span: Span::new(raw.check.span().start, raw.check.span().end) },
        id: placed(raw.id),
        subject: said(raw.subject),
        path: said(raw.path),
        fingerprints,
        baseline: said(raw.baseline),
        reason: said(raw.reason),
        risk: said(raw.risk),
        requested_by: said(raw.requested_by),
        approved_by: said(raw.approved_by),
        expires: raw.expires.and_then(end),
        ticket: said(raw.ticket),
    })
}

/// What a key says; an empty text says nothing.
fn said(raw: Option<Spanned<String>>) -> Option<source::Spanned> {
    raw.map(placed).filter(|one| !one.text.trim().is_empty())
}

fn end(raw: Spanned<End>) -> Option<source::Spanned> {
    let span = raw.span();
    let text = match raw.into_inner() {
        End::Day(day) => day.to_string(),
        End::Name(name) => name,
    };
    said(Some(Spanned::new(span, text)))
}
