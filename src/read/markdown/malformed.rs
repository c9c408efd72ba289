//! Specification items of OpenFastTrace whose identifier is none: `req~heat` without a revision, `req~heat ~1` with a blank.
//!
//! Nothing else would tell of them: what reads items looks for whole identifiers, and what names such an item finds nothing.

use crate::model::vocabulary::is_item;
use crate::model::{Facts, Problem};
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Tells of lines right below a heading that would be the identifier of an item but for its form, where others of its type are
/// items.
pub(super) fn tell(facts: &mut Facts, text: &str) {
    let items = facts.definitions.iter().filter(|one| is_item(&one.id));
    let kinds: FxHashSet<&str> = items.filter_map(|one| one.id.split_once('~')).map(|(kind, _)| kind).collect();
    if kinds.is_empty() {
        return;
    }
    let (mut at, mut below, mut fenced) = (0, false, false);
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        fenced ^= body.starts_with("```");
        if below && !fenced && is_malformed(body, &kinds) {
            let start = at + line.len() - line.trim_start().len();
            found.push((Span::new(start, start + body.len()), body.trim_matches('`').to_owned()));
        }
        below = if body.is_empty() { below } else { body.starts_with('#') };
        at += line.len();
    }
    facts.problems.extend(found.into_iter().map(|(span, name)| Problem {
        span,
        whole_file: false,
        reason: format!("`{name}` would be a specification item, but its identifier is none"),
        help: String::from("Write the revision right behind the name, as in `req~name~1`."),
    }));
}

fn is_malformed(line: &str, kinds: &FxHashSet<&str>) -> bool {
    let marked = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    let name = marked.unwrap_or(line);
    let solid: String = name.split_whitespace().collect();
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    let typed = name.split_once('~').is_some_and(|(kind, rest)| kinds.contains(kind) && rest.len() > 1);
    let parted = solid.len() < name.len();
    typed && (if parted { is_item(&solid) } else { !is_item(name) }) && solid.chars().all(word)
}
