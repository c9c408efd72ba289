//! What a test prints: its first line is its title where the language has no other place for one.

use super::Language;
use super::annotation::strings;
use super::items::{Items, Note, Source};
use super::mask::{Masked, is_word};
use crate::model::test_case::{Kind, TestCase};

/// Calls that print, by the end of their names.
const PRINTS: &[&str] = &["printf", "puts", "fputs", "print", "println", "log_info", "LOG_INFO", "TEST_MESSAGE"];

/// Between the name of such a call and the literal.
const MAX_GAP: usize = 16;

/// More literals of one test are not looked at.
const MAX_LINES: usize = 200;

/// Adds what tests print as places that may name a requirement. What `main` prints is about the whole file.
pub(super) fn notes(masked: &Masked<'_>, language: Language, items: &mut Items) {
    if language != Language::C {
        return;
    }
    let mut notes = Vec::new();
    for (index, test) in (0u32..).zip(&items.tests) {
        let main = test.name == "main";
        if test.kind != Kind::Test && !main {
            continue;
        }
        let mut title = !main;
        for text in printed(masked, test) {
            // A line that is drawn is no title.
            let words = masked.slice(text.0, text.1).contains(char::is_alphabetic);
            let source = if title && words { Source::Title } else { Source::Printed };
            title &= !words;
            notes.push(Note { item: Some(index).filter(|_| !main), source, name: (0, 0), text });
        }
    }
    items.notes.append(&mut notes);
}

/// The literals that a test hands to calls that print.
fn printed<'m>(masked: &'m Masked<'_>, test: &TestCase) -> impl Iterator<Item = (u32, u32)> + 'm {
    let within = (test.span.end(), test.body.end());
    strings(masked, within).take(MAX_LINES).filter(|literal| is_printed(masked, literal.0 as usize))
}

fn is_printed(masked: &Masked<'_>, at: usize) -> bool {
    let code = masked.code.get(at.saturating_sub(MAX_GAP + 24)..at).unwrap_or_default();
    let code = code.strip_suffix(b"\"").unwrap_or(code).trim_ascii_end();
    if code.ends_with(b"<<") {
        return code.windows(4).any(|four| four == b"cout");
    }
    let Some(open) = code.iter().rposition(|byte| *byte == b'(') else { return false };
    let name = code.get(..open).unwrap_or_default();
    let start = name.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
    let name = name.get(start..).unwrap_or_default();
    PRINTS.iter().any(|print| name.ends_with(print.as_bytes()))
}
