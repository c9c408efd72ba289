//! One word between code marks behind a file, in languages in which any word names a test: `tests/pump.rs` `stops`.

use super::rules::Rule;
use crate::model::citation::{Citation, Target};
use pest::iterators::Pair;

/// Whether a word is one of a test of the file before it, or before the others of its list: nothing stands between them, and nothing
/// behind it.
pub(super) fn is_word_of(
    item: &Pair<'_, Rule>,
    name: &str,
    last: Option<&Citation>,
    (file, base): (Option<&String>, usize),
) -> bool {
    let may = item.as_rule() == Rule::coded && file.is_some_and(|file| has_plain_names(file)) && name.len() > 2;
    let Some(last) = last.filter(|_| may) else { return false };
    let follows = match &last.target {
        Target::File { lines, .. } => lines.is_empty(),
        Target::Test(one) => one.file.as_ref() == file,
        _ => false,
    };
    let between = (last.span.end() as usize).checked_sub(base).and_then(|end| item.get_input().get(end..item.as_span().start()));
    follows && between.is_some_and(|between| !between.contains(char::is_alphanumeric)) && ends_entry(item)
}

/// Whether a file with a word behind a colon, `tests/pump.rs`: `stops`, names a test: the word stands between code marks.
pub(super) fn is_anchored(item: &Pair<'_, Rule>, file: &str) -> bool {
    let marked =
        item.as_str().ends_with('`') || item.get_input().get(item.as_span().end()..).is_some_and(|rest| rest.starts_with('`'));
    has_plain_names(file) && marked && item.as_str().contains("`:") && ends_entry(item)
}

fn has_plain_names(file: &str) -> bool {
    const EXTENSIONS: &[&str] = &["cs", "java", "kt", "rs", "swift"];
    file.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
}

/// Whether no words stand between an item and the end of its entry in a list.
fn ends_entry(item: &Pair<'_, Rule>) -> bool {
    let behind = item.get_input().get(item.as_span().end()..).unwrap_or("");
    let behind = behind.split([',', ';', '\n', '<', '+', '&', '|']).next().unwrap_or("");
    !behind.contains(char::is_alphanumeric)
}
