//! What stands at the head of a document: its title and the fields below it.

use super::super::blocks::{Block, BlockKind};
use crate::model::record::Document;
use crate::read::document;
use crate::source::Span;

/// Describes a document by its path, its title and what stands before its second heading.
pub(super) fn describe(path: &str, text: &str, blocks: &[Block]) -> Document {
    let mut headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(..)));
    let (first, second, third) = (headings.next(), headings.next(), headings.next());
    let mut most = text.len().min(4000);
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let start = |block: Option<&Block>| block.map_or(most, |block| block.span.start as usize);
    let between = |from: Option<&Block>, to: usize| text.get(from?.span.end() as usize..to);
    // A heading right below the title, above the number of the document, goes on with the title.
    let subtitle = between(first, start(second)).is_some_and(|text| text.trim().is_empty())
        && between(second, start(third)).is_some_and(document::tells_number);
    let end = start(if subtitle { third } else { second });
    document::describe(path, title(blocks).unwrap_or(""), text, Span::new(0, end))
}

/// The title of a document: the heading on top of everything else, or else the first of the first level. A section
/// further down names itself and not the document.
fn title(blocks: &[Block]) -> Option<&str> {
    let top = blocks.iter().find(|block| block.kind != BlockKind::FrontMatter);
    let first = || blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(1, _)));
    match &top.filter(|block| matches!(block.kind, BlockKind::Heading(..))).or_else(first)?.kind {
        BlockKind::Heading(_, title) => Some(&title.text),
        _ => None,
    }
}
