//! Descriptions of a design that hold the requirements of the level below.

use super::blocks::{Block, BlockKind};
use super::leads::numbered;
use super::specification;
use crate::model::record::Document;
use crate::model::vocabulary::{self, begins_with_requirement, words};

/// As many sections that oblige make a design description a specification.
const SEVERAL: usize = 3;

/// Whether a document that calls itself the description of a design announces requirements and states them in sections of
/// their own. One that only tells how the requirements of another document are met heads its sections alike, and obliges
/// to nothing.
pub(super) fn specifies(document: &Document, text: &str, blocks: &[Block]) -> bool {
    let name = words(&format!("{} {}", document.id, document.title));
    let called = ["design description", "design document"].iter().any(|phrase| name.contains(phrase));
    if !called && !name.split(' ').any(|word| word == "sdd") {
        return false;
    }
    let (mut announced, mut all, mut obliging) = (false, 0, 0);
    for pair in blocks.windows(2) {
        let [Block { kind: BlockKind::Heading(level, title), .. }, next] = pair else { continue };
        let raw = text.get(title.span.range()).unwrap_or("");
        let lead = specification::lead(raw).or_else(|| numbered(raw).map(|(lead, _)| lead));
        if lead.is_some_and(|lead| specification::may_define(&lead) && vocabulary::is_requirement_word(lead.id)) {
            let paragraph = next.kind == BlockKind::Paragraph;
            let said = words(text.get(next.span.range()).unwrap_or(""));
            all += usize::from(paragraph);
            obliging += usize::from(paragraph && said.split(' ').any(|word| word == "shall"));
        } else {
            announced |= *level > 1 && words(raw).split(' ').any(begins_with_requirement);
        }
    }
    announced && obliging >= SEVERAL && obliging * 2 > all
}
