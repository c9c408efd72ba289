//! Identifier expressions: single identifiers, lists, ranges, shorthand and wildcards.

use crate::model::mention::Mention;

/// The identifier expressions in a piece of prose, a cell or a comment.
///
/// `base` is the offset of `text` in its file. Tokens that merely look like
/// identifiers are returned too: whether their family exists is known only
/// when all files are read.
pub fn mentions(_text: &str, _base: usize) -> Vec<Mention> {
    Vec::new()
}

/// The identifier expressions of a list that is known to hold identifiers only, as in
/// `Verifies: comp_req__kvs__key, FR-1`: slugs without a number count too.
pub fn list(_text: &str, _base: usize) -> Vec<Mention> {
    Vec::new()
}
