//! Numbers behind the word "Requirement", which is then a part of the identifier.

use crate::model::mention::{Mention, Mentions, Name, WORDED};
use crate::read::grammar::identifier;
use crate::source::Span;

/// The identifiers of a list that follows the word: `1.2, 3.1` names `Requirement 1.2` and `Requirement 3.1`.
pub(super) fn worded(run: &str, base: usize) -> Mentions {
    let mut ids = identifier::list(run, base);
    if ids.is_empty() {
        ids = whole_numbers(run, base);
    }
    for id in &mut ids {
        match &mut id.name {
            Name::One(one) if is_number(one) => *one = format!("{WORDED}{one}").into(),
            Name::Range(ends) if is_number(&ends.0) && is_number(&ends.1) => {
                **ends = (format!("{WORDED}{}", ends.0).into(), format!("{WORDED}{}", ends.1).into());
            }
            _ => {}
        }
    }
    ids
}

/// `1, 2`: no identifiers anywhere else.
fn whole_numbers(run: &str, base: usize) -> Mentions {
    let mut ids = Mentions::new();
    let mut at = 0;
    for part in run.split([',', ';', '&']) {
        let number = part.trim();
        if number.is_empty() || number.len() > 3 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Mentions::new();
        }
        let start = base + at + part.len() - part.trim_start().len();
        ids.push(Mention::one(number, Span::new(start, start + number.len())));
        at += part.len() + 1;
    }
    ids
}

fn is_number(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_digit()) && id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
