//! Documents that do not call themselves a specification and hold requirements: descriptions of a design, and lists of what shall be.

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

/// Whether items of a document begin with an identifier in brackets and say what shall be, `- [PX-1] The press shall stop`: several
/// in any document, and a single one below a folder of specifications.
pub(super) fn demands(path: &str, text: &str, blocks: &[Block]) -> bool {
    const FOLDERS: &[&str] = &["reqs", "requirements", "spec", "specifications", "specs"];
    let below = path.split('/').rev().skip(1).any(|folder| FOLDERS.contains(&words(folder).as_str()));
    let items = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item(_)));
    let demanding = items.filter(|block| {
        let raw = text.get(block.span.range()).unwrap_or("");
        let body = raw.trim_start_matches(['-', '*', '+', ' ', '\t']);
        let lead = if body.starts_with('[') { specification::lead(body) } else { None };
        let lead = lead.filter(|lead| lead.start == 1 && lead.marked);
        lead.is_some_and(|lead| specification::may_define(&lead) && specification::obliges(lead.rest))
    });
    demanding.take(SEVERAL).count() >= if below { 1 } else { SEVERAL }
}
