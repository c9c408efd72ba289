//! What a source says beside its code: comments, and strings that stand alone.

use super::Language;
use super::mask::Masked;
use crate::source::{Span, Text};

/// The comments of a source, those on neighbouring lines as one, and its doc strings; in order.
pub fn remarks(language: Language, text: &Text) -> Vec<Span> {
    let masked = Masked::new(text.as_str(), &language.row().syntax);
    let mut found: Vec<Span> = Vec::new();
    let blank = |from: u32, to: u32| masked.text.get(from as usize..to as usize).is_some_and(|gap| gap.trim().is_empty());
    for (start, end) in &masked.comments {
        match found.last_mut() {
            Some(last) if blank(last.end(), *start) => *last = Span::new(last.start as usize, *end as usize),
            _ => found.push(Span::new(*start as usize, *end as usize)),
        }
    }
    let alone = masked.strings.iter().filter(|string| {
        let before = masked.code.get(..string.start as usize).unwrap_or_default();
        let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let behind = masked.code.get(string.end as usize..).unwrap_or_default();
        let rest = behind.split(|byte| *byte == b'\n').next().unwrap_or_default();
        language == Language::Python && line.trim_ascii().is_empty() && rest.trim_ascii().is_empty()
    });
    found.extend(alone.map(|string| Span::new(string.start as usize, string.end as usize)));
    found.sort_unstable();
    found
}
