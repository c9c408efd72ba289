//! Documents that may be one requirement each: `rules/PUMP-START-01.md` with the title "PUMP-START-01: Start" and attributes.
//!
//! Nothing in such a file says that it is a requirement: the files beside it do, which have the same form, and whoever names them.
//! That is known when all have been read.

use super::blocks::{Block, BlockKind};
use super::specification;
use crate::model::record::{Document, Kind};
use crate::model::requirement::{Certainty, Definition, Shape};
use crate::model::vocabulary;
use crate::read::document;
use crate::source::Span;

/// What documents say of themselves where they are one requirement.
const ATTRIBUTES: [&str; 16] = [
    "status",
    "priority",
    "category",
    "estado",
    "prioridad",
    "prioridade",
    "situação",
    "statut",
    "priorité",
    "stato",
    "priorität",
    "статус",
    "приоритет",
    "状态",
    "ステータス",
    "상태",
];

/// The requirement that a document may be.
pub(super) fn alone(path: &str, source: &str, blocks: &[Block], document: &Document) -> Option<Definition> {
    if !matches!(document.kind, Kind::Other | Kind::Record) {
        return None;
    }
    let top = blocks.iter().find(|block| block.kind != BlockKind::FrontMatter)?;
    let BlockKind::Heading(1, title) = &top.kind else { return None };
    let raw = source.get(title.span.range())?;
    let lead = specification::lead(raw).filter(|lead| lead.separated && specification::is_formed(lead))?;
    if lead.rest.is_empty() || !lead.id.contains('-') || !is_called(path, lead.id) || vocabulary::is_test_case(lead.id) {
        return None;
    }
    let start = top.span.start as usize;
    let end = blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(..)) && block.span.start > top.span.start)
        .map(|block| block.span.start as usize);
    let head = Span::new(start, end.min().unwrap_or(source.len()));
    let mut one = specification::definition(&lead, title.span.start as usize, head, Shape::Heading, 1, Certainty::Certain);
    let fields = document::joined_fields(source.get(head.range())?, start);
    if !fields.iter().any(|(key, _)| ATTRIBUTES.contains(&key.as_str())) {
        return None;
    }
    specification::attributes(&mut one, source);
    one.block = Span::new(start, source.len());
    one.text = one.block;
    Some(one)
}

/// Whether a file is called after an identifier: `PUMP-START-01.md`, `PUMP-START-01-of-the-pump.md`.
fn is_called(path: &str, id: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let rest = name.get(..id.len()).filter(|start| start.eq_ignore_ascii_case(id)).and_then(|_| name.get(id.len()..));
    rest.is_some_and(|rest| rest.starts_with(['.', '-', '_', ' ']))
}
