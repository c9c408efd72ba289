//! Specification items of OpenFastTrace: an identifier alone on its line, most often right below a title.

use super::Section;
use super::lines::Line;
use crate::model::vocabulary;
use crate::source::{Span, Spanned};

/// A specification item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its identifier, `req~heat~1`, without the signs around it.
    pub id: Spanned,
    /// The title right above it, empty if there is none.
    pub title: Spanned,
    /// What stands below the identifier, up to the next item or title.
    pub body: Span,
    /// The whole item, with its title.
    pub block: Span,
}

/// The identifier that a line consists of: bare, or as an inline literal or interpreted text.
pub(super) fn identifier(text: &str, line: &Line) -> Option<Spanned> {
    let written = line.written(text);
    if !written.contains('~') {
        return None;
    }
    let marks = written.len() - written.trim_start_matches('`').len();
    let bare = written.get(marks..)?.strip_suffix(written.get(..marks)?).filter(|_| marks <= 2)?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    // A title may be underlined with tildes.
    let named = vocabulary::is_item(bare) && bare.chars().all(word) && bare.starts_with(char::is_alphabetic);
    let start = line.start + marks;
    named.then(|| Spanned { text: bare.to_owned(), span: Span::new(start, start + bare.len()) })
}

/// The items that their identifiers begin: each ends where the next or a section begins.
pub(super) fn settle(text: &str, ids: Vec<Spanned>, sections: &[Section]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(ids.len());
    let mut sections = sections.iter().peekable();
    for id in ids {
        let mut above = None;
        while let Some(section) = sections.next_if(|section| section.span.start < id.span.start) {
            end(text, &mut items, section.span.start as usize);
            above = Some(section);
        }
        end(text, &mut items, id.span.start as usize);
        let signs = |c: char| c.is_whitespace() || c == '`';
        let near = |section: &&Section| {
            text.get(section.span.end() as usize..id.span.start as usize).is_some_and(|gap| gap.chars().all(signs))
        };
        let title = above.filter(near);
        let start = title.map_or(id.span.start, |section| section.span.start);
        let title = title.map(|section| section.title.clone()).unwrap_or_default();
        let block = Span::new(start as usize, id.span.end() as usize);
        items.push(Item { id, title, body: Span::default(), block });
    }
    let last = sections.next().map_or(text.len(), |section| section.span.start as usize);
    end(text, &mut items, last);
    items
}

/// Ends the last item, unless something ended it before.
fn end(text: &str, items: &mut [Item], at: usize) {
    let Some(item) = items.last_mut().filter(|item| item.body == Span::default()) else { return };
    let line = text.get(item.id.span.end() as usize..).and_then(|rest| rest.find('\n'));
    let start = line.map_or(at, |line| item.id.span.end() as usize + line + 1).min(at);
    let kept = text.get(start..at).unwrap_or("").trim_end_matches(|c: char| c.is_whitespace() || c == '`').len();
    item.body = Span::new(start, start + kept);
    item.block = Span::new(item.block.start as usize, (start + kept).max(item.block.end() as usize));
}
