//! Identifiers with the name of their document in front: `PRD-FR16` is FR16 of the document that is called PRD.

use super::graph::{ReqId, index};
use super::lookup::Lookup;

/// A document and an identifier in one piece.
fn parts(id: &str) -> Option<(&str, &str)> {
    id.split_once(['-', '_', '.', '~']).filter(|(name, _)| name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase()))
}

impl Lookup {
    /// Notes the document of the requirement that is added next.
    pub(super) fn originate(&mut self, path: &str, document: &str) {
        let latest = self.documents.last().is_some_and(|last| {
            let own = last.as_str().strip_prefix(path).and_then(|rest| rest.strip_prefix(' '));
            own == Some(document)
        });
        if !latest {
            self.documents.push(format!("{path} {document}").as_str().into());
        }
        self.origins.push(index(self.documents.len() - 1));
    }

    /// What an identifier means whose first part names the document, if no family begins like that.
    pub(super) fn in_document<'i>(&self, id: &'i str) -> Option<(&'i str, Vec<ReqId>)> {
        let (name, tail) = parts(id).filter(|_| !self.knows_family(id))?;
        let meant: Vec<ReqId> = self.all(tail).iter().copied().filter(|one| self.is_of(*one, name)).collect();
        (!meant.is_empty()).then_some((tail, meant))
    }

    /// Whether an identifier begins with the name of a document and goes on with a family that is defined.
    pub(super) fn names_document(&self, id: &str) -> bool {
        let known = parts(id).filter(|(_, tail)| self.knows_family(tail));
        known.is_some_and(|(name, _)| self.documents.iter().any(|document| has_word(document, name)))
    }

    /// Both ends of a range without the name of the document.
    pub(super) fn both_in_document<'i>(&self, first: &'i str, last: &'i str) -> (&'i str, &'i str) {
        let own = |end: &'i str| self.in_document(end).map(|(tail, _)| tail);
        own(first).zip(own(last)).unwrap_or((first, last))
    }

    /// Whether a word of the path or of the title of a requirement's document is its name.
    fn is_of(&self, one: ReqId, name: &str) -> bool {
        let document = self.origins.get(one.0 as usize).and_then(|at| self.documents.get(*at as usize));
        document.is_some_and(|document| has_word(document, name))
    }
}

/// Whether a document is called so: by a word of its path or of its own name.
fn has_word(document: &str, name: &str) -> bool {
    document.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(name))
}
