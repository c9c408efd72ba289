//! Calls of a test that are given identifiers and nothing else: `covers!(pump_req_7)`, `verifies("REQ-1", "REQ-2")`.

use super::{Notation, hull, sense_of_name};
use crate::model::mention::{Mention, Mentions};
use crate::read::grammar::{identifier, spelled};
use crate::source::Span;

/// What such a call claims; nothing where any argument is something else, for then it may be a call of anything.
pub fn claimed(name: &str, text: &str, base: usize) -> Option<Notation> {
    let sense = sense_of_name(name)?;
    let mut ids = Mentions::new();
    let mut at = base;
    for part in text.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        match part.trim() {
            // A list may end with a comma.
            "" if !ids.is_empty() => {}
            part => ids.extend(one(part, start)?),
        }
    }
    let span = hull(&ids)?;
    Some(Notation { sense, span, ids, open: false })
}

/// One argument: a text that is an identifier, or a word of code that is one or spells one.
fn one(part: &str, at: usize) -> Option<Mentions> {
    let quoted = ['"', '\''].into_iter().find_map(|quote| part.strip_prefix(quote)?.strip_suffix(quote));
    let name = quoted.unwrap_or(part);
    let at = at + usize::from(quoted.is_some());
    if !name.bytes().any(|byte| byte.is_ascii_digit()) || !name.bytes().any(|byte| matches!(byte, b'-' | b'_')) {
        return None;
    }
    if quoted.is_none() && !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        // A constant cannot have hyphens: REQ_1 stands for REQ-1.
        return Some(spelled::name(name, at)).filter(|ids| !ids.is_empty());
    }
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let whole = match quoted {
        Some(_) => identifier::leading(name, false).is_some_and(|(_, end)| end == name.len()),
        None => name.bytes().all(word) && name.starts_with(|c: char| c.is_ascii_alphabetic()),
    };
    whole.then(|| Mentions::from_iter([Mention::one(name, Span::new(at, at + name.len()))]))
}

#[cfg(test)]
mod tests {
    use super::claimed;

    fn ids(name: &str, text: &str) -> Vec<String> {
        let found = claimed(name, text, 0).map(|found| found.ids).unwrap_or_default();
        found.iter().filter_map(|id| id.id()).map(str::to_owned).collect()
    }

    #[test]
    fn identifiers_are_claimed_and_nothing_else_is() {
        assert_eq!(ids("covers", "pump_req_7, pump_req_8"), ["pump_req_7", "pump_req_8"]);
        assert_eq!(ids("verifies", "\"REQ-A-1\", \"REQ-A-2\","), ["REQ-A-1", "REQ-A-2"]);
        assert_eq!(ids("requirement", "REQ_A_001"), ["REQ-A-001"]);
        for (name, text) in [
            ("covers", "pump, 7"),
            ("verifies", "\"it stops\""),
            ("covers", "a_1 + b_2"),
            ("req", "\"utf-8 text\""),
            ("opens", "req_7"),
        ] {
            assert!(ids(name, text).is_empty(), "{name}({text})");
        }
    }
}
