//! The names that a person gives: an identifier, a list, a range or a pattern, in whatever case.

use crate::model::mention::{Mention, Name, expand};
use crate::read::grammar::identifier;
use globset::{GlobBuilder, GlobMatcher};
use rustc_hash::FxHashSet;

/// What a person named.
#[derive(Debug, Clone)]
pub struct Named {
    written: String,
    /// Everything that is written out, in lower case.
    names: FxHashSet<String>,
    /// What names begin with, in lower case.
    prefixes: Vec<String>,
    /// With `*` and `?` anywhere.
    pattern: Option<GlobMatcher>,
}

impl Named {
    /// Reads `REQ-1`, `REQ-1, REQ-2`, `REQ-001..009`, `REQ-001..REQ-009`, `REQ-*`, `*-001`, `REQ-?-1`.
    pub fn of(text: &str) -> Self {
        let written = text.trim();
        let pattern = GlobBuilder::new(written).case_insensitive(true).build().ok().map(|glob| glob.compile_matcher());
        let mut named = Self { written: written.to_owned(), names: FxHashSet::default(), prefixes: Vec::new(), pattern };
        // A family is known by its capitals.
        for text in [written.to_owned(), written.to_ascii_uppercase()] {
            let mentions = identifier::list(&text, 0);
            if identifier::is_list(&text, &mentions) {
                mentions.iter().for_each(|mention| named.add(mention));
                break;
            }
        }
        named
    }

    fn add(&mut self, mention: &Mention) {
        match &mention.name {
            Name::One(id) => drop(self.names.insert(id.to_lowercase())),
            Name::Range(ends) => {
                let members = expand(&ends.0, &ends.1).unwrap_or_default();
                self.names.extend(members.iter().map(|id| id.to_lowercase()));
            }
            Name::Prefix(prefix) => self.prefixes.push(prefix.to_lowercase()),
        }
    }

    /// Whether it is just as somebody wrote it.
    pub fn is(&self, name: &str) -> bool {
        self.written == name
    }

    /// Whether it is named.
    pub fn names(&self, name: &str) -> bool {
        if self.is(name) || self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(name)) {
            return true;
        }
        let lower = name.to_lowercase();
        self.names.contains(&lower) || self.prefixes.iter().any(|prefix| lower.starts_with(prefix.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn a_name_is_written_in_many_ways() {
        for (written, known, others) in [
            ("REQ-A-001", &["REQ-A-001", "req-a-001"][..], &["REQ-A-0010", "REQ-A-002"][..]),
            ("req-a-001", &["REQ-A-001"], &["REQ-A-002"]),
            ("REQ-A-001, REQ-A-003", &["REQ-A-001", "REQ-A-003"], &["REQ-A-002"]),
            ("REQ-A-001..003", &["REQ-A-001", "REQ-A-002", "REQ-A-003"], &["REQ-A-004", "REQ-B-002"]),
            ("REQ-A-001..REQ-A-003", &["REQ-A-002"], &["REQ-A-004"]),
            ("req-a-001..req-a-003", &["REQ-A-002"], &["REQ-A-004"]),
            ("REQ-*", &["REQ-A-001", "REQ-B"], &["NFR-001"]),
            ("*-001", &["REQ-A-001", "NFR-001"], &["REQ-A-0012", "REQ-A-002"]),
            ("REQ-?-1", &["REQ-A-1", "req-b-1"], &["REQ-AB-1", "REQ-A-11"]),
            ("REQ-A-00[12]", &["REQ-A-001", "REQ-A-002"], &["REQ-A-003"]),
            ("docs/*.md", &["docs/a.md"], &["src/a.md"]),
        ] {
            let named = Named::of(written);
            known.iter().for_each(|name| assert!(named.names(name), "{written}: {name}"));
            others.iter().for_each(|name| assert!(!named.names(name), "{written}: {name}"));
        }
    }
}
