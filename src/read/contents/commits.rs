//! The commits that a record says carried it out.

use crate::model::vocabulary::words;
use crate::source::{Span, Spanned};

/// Names of fields whose commits are the work itself. What something was tested or qualified at is not.
const FIELDS: &[&str] = &[
    "change commit",
    "change commits",
    "commit",
    "commit range",
    "commits",
    "fix commit",
    "implementation commit",
    "implementation commits",
    "implemented in",
    "implemented in commit",
    "merge commit",
    "merged as",
];

/// The commits of fields, `**Merge commit:** 4f2c91e`, `- Commits: a1b2c3d..4f2c91e`.
pub(super) fn own(raw: &str, base: usize) -> Vec<Spanned> {
    let mut found = Vec::new();
    let mut at = base;
    for line in raw.split_inclusive('\n') {
        if let Some((name, value)) = line.split_once(':').filter(|(name, _)| FIELDS.contains(&words(name).as_str())) {
            hashes(value, at + name.len() + 1, &mut found);
        }
        at += line.len();
    }
    found
}

/// Hashes and ranges of them. Where anything else is named, as a repository may be, nobody knows whose they are.
fn hashes(value: &str, base: usize, found: &mut Vec<Spanned>) {
    let mut own = Vec::new();
    let mut at = base;
    for piece in value.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '`' | '*' | '(' | ')' | '[' | ']'))
    {
        let word = piece.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let from = at + piece.find(word).unwrap_or(0);
        at += piece.len();
        let part = |part: &str| {
            let hex = part.bytes().all(|byte| byte.is_ascii_hexdigit()) && part.bytes().any(|byte| byte.is_ascii_digit());
            (7..=40).contains(&part.len()) && hex
        };
        let parts = word.split_once("..").map_or((word, None), |(one, other)| (one, Some(other.trim_start_matches('.'))));
        match (word, parts) {
            ("" | "and", _) => {}
            (_, (one, other)) if part(one) && other.is_none_or(part) => {
                own.push(Spanned { text: word.to_owned(), span: Span::new(from, from + word.len()) });
            }
            _ => return,
        }
    }
    found.extend(own);
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn commits_of_the_work_are_told_from_others() {
        let found = |text: &str| own(text, 0).into_iter().map(|one| one.text).collect::<Vec<_>>();
        assert_eq!(found("**Merge commit:** `4f2c91e`"), ["4f2c91e"]);
        assert_eq!(found("- Commits: 4f2c91e, a1b2c3d..91be7f3 and 0d1e2f3"), ["4f2c91e", "a1b2c3d..91be7f3", "0d1e2f3"]);
        assert_eq!(found("**Qualified commit:** 4f2c91e"), Vec::<String>::new());
        assert_eq!(found("Commit: 4f2c91e of pump-core"), Vec::<String>::new());
        assert_eq!(found("Commits: see the branch"), Vec::<String>::new());
        let text = "**Owner:** lind\n**Commit:** 4f2c91e\n";
        assert!(own(text, 0).iter().all(|one| text[one.span.range()] == one.text));
    }
}
