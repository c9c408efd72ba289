//! Specifications in plain text, as they come out of another format: lines that begin with an identifier, a colon and a title.

use super::document;
use super::markdown::{attributes, titled};
use crate::model::Facts;
use crate::model::record::Kind;
use crate::model::requirement::Definition;
use crate::source::{Span, Text};
use rustc_hash::FxHashMap;

/// So many identifiers that begin lines make a text a specification.
const FEWEST: usize = 5;

/// Reads a text that is called like a specification; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let title = source.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let mut described = document::describe(path, title, source, Span::new(0, 0));
    described.kind = Kind::Specification;
    document::settle(&mut described, kind);
    let mut found = definitions(source);
    let mut told: FxHashMap<&str, usize> = FxHashMap::default();
    for one in &found {
        *told.entry(one.id.as_str()).or_default() += 1;
    }
    if told.len() < FEWEST {
        return Facts::default();
    }
    // A table of contents tells them all once more.
    let twice = told.values().filter(|count| **count > 1).count() * 2 > told.len();
    if twice {
        let longest: FxHashMap<String, Span> = found.iter().fold(FxHashMap::default(), |mut longest, one| {
            let best = longest.entry(one.id.to_string()).or_insert(one.block);
            if one.block.len >= best.len {
                *best = one.block;
            }
            longest
        });
        found.retain(|one| longest.get(one.id.as_str()) == Some(&one.block));
    }
    for one in &mut found {
        attributes(one, source);
    }
    Facts { definitions: found, document: Some(described), ..Facts::default() }
}

/// What the lines define; each goes on to the next such line or to the next numbered heading.
fn definitions(source: &str) -> Vec<Definition> {
    let mut found: Vec<Definition> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in source.split_inclusive('\n') {
        let one = titled(line.trim_end(), at).filter(|_| !has_leader(line));
        if (one.is_some() || is_heading(line))
            && let Some(last) = found.last_mut().filter(|_| open)
        {
            close(source, last, at);
            open = false;
        }
        if let Some(one) = one {
            found.push(one);
            open = true;
        }
        at += line.len();
    }
    if let Some(last) = found.last_mut().filter(|_| open) {
        close(source, last, source.len());
    }
    found
}

fn close(source: &str, one: &mut Definition, end: usize) {
    let start = one.block.start as usize;
    let length = source.get(start..end).unwrap_or("").trim_end().len();
    one.block = Span::new(start, start + length);
    one.text = one.block;
}

/// Whether dots lead to the number of a page.
fn has_leader(line: &str) -> bool {
    line.contains("....")
}

/// `4.2 Administrator`: a number with a point, and a short title.
fn is_heading(line: &str) -> bool {
    let Some((number, title)) = line.trim().split_once(' ') else { return false };
    let digits = |part: &str| !part.is_empty() && part.len() < 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.strip_suffix('.').unwrap_or(number);
    let short = title.len() < 80 && title.starts_with(char::is_uppercase) && !title.ends_with(['.', ';', ',']);
    number.contains('.') && number.split('.').all(digits) && short
}
