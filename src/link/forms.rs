//! Identifiers as code spells them: `CRUE_001`, `req_mcp_011` and `REQ001` for what is defined with other signs.

use super::graph::Graph;
use crate::model::id::Id;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// With fewer letters an identifier is too short to be known in another form.
const MIN_LETTERS: usize = 3;

/// The defined identifiers by their form, made when a marker first needs it.
#[derive(Default)]
pub(super) struct Forms<'g> {
    known: OnceLock<FxHashMap<Id, Option<&'g Id>>>,
    /// What stands in the forms before the first number.
    heads: OnceLock<FxHashSet<Id>>,
}

impl<'g> Forms<'g> {
    /// The one defined identifier that differs from this one by letter case and separators only.
    pub(super) fn of(&self, graph: &'g Graph, id: &str) -> Option<&'g Id> {
        let form = form(id)?;
        let known = self.known.get_or_init(|| {
            let mut known: FxHashMap<Id, Option<&Id>> = FxHashMap::default();
            for one in &graph.requirements {
                let Some(form) = self::form(&one.id) else { continue };
                let same = known.entry(form).or_insert(Some(&one.id));
                // Two identifiers of one form are told apart by their signs alone.
                *same = same.filter(|same| **same == one.id);
            }
            known
        });
        known.get(&form).copied().flatten()
    }

    /// Whether any defined identifier has the letters that this one has before its first number.
    pub(super) fn begin_like(&self, graph: &Graph, id: &str) -> bool {
        let heads = self.heads.get_or_init(|| {
            let mut heads: Vec<&str> = graph.requirements.iter().map(|one| head(&one.id)).collect();
            heads.dedup();
            heads.into_iter().map(|head| spelled(head).into()).collect()
        });
        heads.contains(spelled(head(id)).as_str())
    }
}

/// An identifier up to its first number.
fn head(id: &str) -> &str {
    let end = id.bytes().position(|byte| byte.is_ascii_digit());
    end.and_then(|end| id.get(..end)).unwrap_or(id)
}

/// The form of an identifier that is long enough and has a number.
fn form(id: &str) -> Option<Id> {
    let letters = id.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters < MIN_LETTERS || !id.bytes().any(|byte| byte.is_ascii_digit()) || !id.is_ascii() || id.contains('~') {
        return None;
    }
    Some(spelled(id).into())
}

/// Letters in capitals and numbers, with a dash wherever a separator stands or the one begins after the other.
fn spelled(id: &str) -> String {
    let mut form = String::with_capacity(id.len() + 4);
    let mut last = b'-';
    for byte in id.bytes() {
        if !byte.is_ascii_alphanumeric() {
            last = b'-';
            continue;
        }
        let turns = last.is_ascii_digit() != byte.is_ascii_digit();
        if !form.is_empty() && (last == b'-' || turns) {
            form.push('-');
        }
        form.push(char::from(byte.to_ascii_uppercase()));
        last = byte;
    }
    form
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn signs_and_case_do_not_matter_and_zeros_do() {
        let same = |a: &str, b: &str| form(a).is_some() && form(a) == form(b);
        assert!(same("CRUE_001", "CRUE-001") && same("req_mcp_011", "REQ-MCP-011") && same("REQ001", "REQ-001"));
        assert!(!same("REQ-1", "REQ-001") && !same("REQ-1-1", "REQ-11") && !same("FR-1", "NFR-1"));
        assert_eq!((form("R7"), form("REQ")), (None, None));
    }
}
