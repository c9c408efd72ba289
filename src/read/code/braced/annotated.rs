//! Annotations and attributes where they stand in code.

use super::Pass;
use crate::read::code::Language;
use crate::read::code::annotation::{self, Annotation};
use crate::read::code::table::Attribute;
use crate::read::code::words::Words;

impl Pass<'_, '_> {
    pub(super) fn at_sign(&mut self, words: &Words, at: usize) -> usize {
        if self.attribute == Attribute::At {
            if let Some(found) = self.reader.read(self.masked, at, at + 1) {
                let name = self.masked.slice(found.name.0, found.name.1);
                if name != "interface" {
                    return self.annotate(found);
                }
            }
            return at + 1;
        }
        let end = self.masked.word_end(at + 1);
        let text = self.masked.code.get(at..end).unwrap_or_default();
        match words.find(text) {
            Some(word) => self.calls(word, at, end),
            None => at + 1,
        }
    }

    pub(super) fn annotate(&mut self, found: Annotation) -> usize {
        self.annotations.push(found);
        found.end as usize
    }

    /// `#[a(…), b]`: every attribute in the brackets.
    pub(super) fn hash(&mut self, at: usize) -> usize {
        match self.masked.at(at + 1) {
            b'[' => self.bracketed(at, at + 1),
            b'!' if self.masked.at(at + 2) == b'[' => self.reader.close(self.masked, at + 2).unwrap_or(at + 1),
            _ => at + 1,
        }
    }

    pub(super) fn bracketed(&mut self, start: usize, open: usize) -> usize {
        let Some(end) = self.reader.close(self.masked, open) else {
            return open + 1;
        };
        let mut at = open + 1;
        let from = self.annotations.len();
        while at < end {
            let Some(mut found) = self.reader.read(self.masked, start, at) else {
                break;
            };
            // `[method: Fact]` names what the attribute stands on.
            let name = self.masked.slice(found.name.0, found.name.1);
            if let Some(target) = name.strip_suffix(':') {
                at = found.name.0 as usize + target.len() + 1;
                continue;
            }
            found.start = start as u32;
            at = self.masked.skip_space(found.end as usize);
            self.annotations.push(found);
            if self.masked.at(at) != b',' {
                break;
            }
            at += 1;
        }
        if self.row.language == Language::CSharp || self.annotations.len() == from + 1 {
            for found in self.annotations.iter_mut().skip(from) {
                found.end = found.end.max(end as u32);
            }
        }
        end
    }

    pub(super) fn drop_annotations(&mut self) {
        let from = self.frames.last().map_or(0, |frame| frame.notes);
        // An annotation on something else than a test may still name a requirement.
        let dropped: Vec<Annotation> = self.annotations.drain(from.min(self.annotations.len())..).collect();
        if !dropped.is_empty() {
            annotation::apply(self.masked, self.row, &dropped, None, &mut self.items);
        }
    }
}
