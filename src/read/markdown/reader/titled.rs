//! Items that are the title of what the list behind them describes:
//!
//! ```text
//! - DES-001 Index Resolver
//!   - Purpose: finds the list of files first.
//! ```

use super::Reader;
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use crate::read::markdown::specification::{self, Lead};
use crate::source::Span;

/// Longer texts are sentences.
const LONGEST: usize = 8;

impl Reader<'_> {
    /// Whether an item names something by identifier and title, and the items behind it tell of it. Only several of a family make
    /// definitions of them.
    pub(super) fn is_titled(&self, lead: &Lead<'_>, span: Span) -> bool {
        const POINTING: &[&str] =
            &["affected", "covered", "mapping", "open", "references", "related", "trace", "traceability", "traces"];
        if !matches!(self.document.kind, Kind::Specification | Kind::Other) || lead.marked || !lead.id.contains('-') {
            return false;
        }
        let title = lead.rest.lines().next().unwrap_or("").trim();
        let named = title.starts_with(|c: char| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic())
            && title.split_whitespace().count() <= LONGEST
            && !title.contains(['.', ',', ';', ':', '→', '|', '。', '、', '：', '`'])
            && !title.contains("->");
        let points = || {
            let heading = self.headings.last().map_or(String::new(), |heading| words(&heading.title));
            heading.split(' ').any(|word| POINTING.contains(&word))
        };
        named && self.is_told_of(span) && !points()
    }

    /// Whether an item that names nothing itself follows, in the same list or in one of its own.
    fn is_told_of(&self, span: Span) -> bool {
        let text = self.text.get(span.start as usize..).unwrap_or("");
        let next = text.lines().nth(1).unwrap_or("").trim_start();
        let bullet = next.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' '));
        bullet.is_some_and(|body| !body.trim().is_empty() && specification::lead(body.trim_start()).is_none())
    }
}
