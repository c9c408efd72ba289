//! The names that a piece of a test source uses of what stands beside it: helpers that it calls, fixtures that it names.

use super::Language;
use super::mask::{Masked, is_word};
use super::oracle::meaning::Use;
use crate::source::{Span, Text};

/// How a piece of code uses a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner<'t> {
    /// `press()`.
    Called,
    /// `self.press()`, `this.press()`: what the class around it has.
    Own,
    /// `common::press()`, `helpers.press()`: what something of this name has.
    Of(&'t str),
    /// `self.limit`, `Kiln.limit`: a value of the class around it, or of one that is named.
    Field,
    /// It stands there and is not called: a parameter, a value.
    Named,
}

/// A source of which the names are asked for, piece by piece.
pub struct Used<'t> {
    masked: Masked<'t>,
}

impl<'t> Used<'t> {
    /// Masks a source, once for all pieces.
    pub fn new(language: Language, text: &'t Text) -> Self {
        Self { masked: Masked::new(text.as_str(), &language.row().syntax) }
    }

    /// The names that a piece uses, with those in strings that ask for fixtures; what belongs to another object is none of them.
    pub fn names(&self, piece: Span) -> Vec<(&'t str, Manner<'t>)> {
        let (mut at, stop) = (piece.start as usize, (piece.end() as usize).min(self.masked.code.len()));
        let mut found = Vec::new();
        let mut asks = false;
        while at < stop {
            if !is_word(self.masked.at(at)) {
                let literal = self.masked.literal(at).filter(|_| asks);
                let inner = literal.and_then(|it| self.masked.text.get(it.inner as usize..it.inner_end as usize));
                found.extend(inner.map(|name| (name, Manner::Named)));
                asks &= self.masked.at(at) != b')';
                at = literal.map_or(at + 1, |it| it.end as usize);
                continue;
            }
            let end = self.masked.word_end(at).max(at + 1);
            let one = Use::new(&self.masked, at, end);
            asks |= self.masked.text.get(at..end) == Some("usefixtures");
            let own = matches!(one.owner, "self" | "this" | "cls" | "Self" | "super");
            let manner = match (one.is_member, one.after == b'(') {
                (true, true) if own => Some(Manner::Own),
                (true, true) if !one.owner.is_empty() => self.owner(&one).map(Manner::Of),
                (true, false) if own || one.owner.starts_with(|c: char| c.is_ascii_uppercase()) => Some(Manner::Field),
                (true, _) => None,
                (false, true) => Some(Manner::Called),
                (false, false) => Some(Manner::Named),
            };
            found.extend(self.masked.text.get(at..end).zip(manner));
            at = end;
        }
        found
    }

    /// The source without comments and strings.
    pub(super) fn masked(&self) -> &Masked<'t> {
        &self.masked
    }

    /// Whether a piece has a name as one of its own: it gives it a value, declares it, or takes it as a parameter.
    pub(super) fn binds(&self, name: &str, piece: Span) -> bool {
        const DECLARING: &[&str] = &["as", "const", "for", "global", "int", "let", "mut", "nonlocal", "val", "var"];
        let (from, stop) = (piece.start as usize, (piece.end() as usize).min(self.masked.code.len()));
        let code = self.masked.code.get(from..stop).unwrap_or_default();
        // Decorators stand before the head of a function of Python.
        let head = memchr::memmem::find(code, b"def ").unwrap_or(0);
        let open = code.get(head..).and_then(|code| code.iter().position(|byte| *byte == b'(')).map(|open| head + open);
        let parameters = open.and_then(|open| Some(from + open..self.masked.close(from + open)?));
        let shouted = !name.bytes().any(|byte| byte.is_ascii_lowercase());
        memchr::memmem::find_iter(code, name.as_bytes()).map(|at| from + at).any(|at| {
            let end = at + name.len();
            let alone = !is_word(self.masked.at(end)) && at.checked_sub(1).is_none_or(|before| !is_word(self.masked.at(before)));
            if !alone {
                return false;
            }
            let behind = self.masked.code.get(end..stop).unwrap_or_default().trim_ascii_start();
            let given = behind.starts_with(b"=") && !behind.starts_with(b"==") || behind.starts_with(b":=");
            let before = self.masked.code.get(from..at).unwrap_or_default().trim_ascii_end();
            let word = before.rsplit(|byte| !is_word(*byte)).next().unwrap_or_default();
            let declares = DECLARING.iter().any(|one| one.as_bytes() == word);
            let parameter = !shouted && parameters.as_ref().is_some_and(|range| range.contains(&at));
            given || declares || parameter
        })
    }

    /// The word before a name that belongs to something, as it stands in the text.
    fn owner(&self, one: &Use<'_>) -> Option<&'t str> {
        let at = (one.owner.as_ptr() as usize).checked_sub(self.masked.text.as_ptr() as usize)?;
        self.masked.text.get(at..at + one.owner.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Manner, Used};
    use crate::read::code::Language;
    use crate::source::{Span, Text};

    #[test]
    fn names_are_told_by_how_they_are_used() {
        let text = Text::decode(
            "@pytest.mark.usefixtures('hot', \"cold\")\ndef test_a(kiln):\n    # open()\n    self.fire('shut()')\n    \
             kiln.vent()\n    super().load()\n    assert press() == kiln.name\n"
                .into(),
        );
        let used = Used::new(Language::Python, &text);
        let names = used.names(Span::new(0, text.as_str().len()));
        let of = |manner| names.iter().filter(|(_, one)| *one == manner).map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
        assert_eq!(of(Manner::Called), "test_a super press");
        assert_eq!(of(Manner::Own), "fire");
        assert_eq!(of(Manner::Of("kiln")), "vent");
        let text = Text::decode("def heat(self):\n    return self.limit + Kiln.most + kiln.name\n".into());
        let used = Used::new(Language::Python, &text);
        let names = used.names(Span::new(0, text.as_str().len()));
        assert_eq!(
            names.iter().filter(|(_, one)| *one == Manner::Field).map(|(name, _)| *name).collect::<Vec<_>>(),
            ["limit", "most"]
        );
        assert_eq!(of(Manner::Named), "pytest hot cold def kiln self kiln assert kiln");
    }
}
