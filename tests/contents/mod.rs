//! What stands inside records.

mod checks;
mod lists;
mod plans;
mod robust;
mod tables;

use tracegate::model::contents::Contents;
use tracegate::read::markdown;
use tracegate::source::{Spanned, Text};

/// What stands inside a document.
fn contents(path: &str, text: &str) -> Contents {
    let facts = markdown::read(path, &Text::decode(text.as_bytes().to_vec()), None);
    facts.contents.map(|contents| *contents).unwrap_or_default()
}

/// The texts of a list. Each is found where its span says, but for marks.
fn texts(text: &str, list: &[Spanned]) -> Vec<String> {
    for one in list {
        let source: String = text[one.span.range()].chars().filter(|c| c.is_alphanumeric()).collect();
        let told: String = one.text.chars().filter(|c| c.is_alphanumeric()).collect();
        assert_eq!(source, told, "a span leads elsewhere");
    }
    list.iter().map(|one| one.text.clone()).collect()
}
