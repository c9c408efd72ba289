//! The records that a record says belong to it.

use crate::model::lifecycle::{Class, family, is_numbered_id};
use crate::model::vocabulary::words;
use crate::source::{Span, Spanned};

/// Names of fields and headings behind and below which they stand.
const NAMES: &[&str] = &[
    "child",
    "children",
    "child document",
    "child documents",
    "child issues",
    "child items",
    "child record",
    "child records",
    "child variances",
    "deviations raised",
    "sub records",
    "subrecords",
    "variances",
    "variances raised",
];

/// Whether the name of a field says that its value names children.
pub(in crate::read) fn is_field(key: &str) -> bool {
    NAMES.contains(&key)
}

/// Whether a heading says that what stands below belongs to the record: "Child records", "5. Children". Below "Variances" much else
/// may stand.
pub(super) fn is_heading(title: &str) -> bool {
    let said = words(title);
    let said = said.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    said != "variances" && said != "child" && is_field(said)
}

/// The records that a text names, each with its place; `base` is the offset of the text.
pub fn named(text: &str, base: usize) -> impl Iterator<Item = Spanned> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut at = 0;
    text.split(move |c: char| !part(c)).filter_map(move |word| {
        let start = at;
        at += word.len() + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let class = Class::of_family(family(word)).filter(|_| is_numbered_id(word));
        let record = class.is_some_and(|class| class.is_executed() || class == Class::Verification);
        record.then(|| Spanned { text: word.to_owned(), span: Span::new(base + start, base + start + word.len()) })
    })
}

/// The children that front matter lists below the name of the field: `children:` and a line for each.
pub(in crate::read) fn listed(head: &str, base: usize) -> Option<Spanned> {
    let front = head.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front)?;
    let mut at = "---".len();
    let mut lines = front.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    lines.find(|(_, line)| line.trim_end().ends_with(':') && is_field(&words(line)))?;
    let listed: Vec<(usize, &str)> = lines.take_while(|(_, line)| line.trim_start().starts_with("- ")).collect();
    let (start, end) = (listed.first()?.0, listed.last().map(|(start, line)| start + line.trim_end().len())?);
    let span = Span::new(base + start, base + end);
    named(head.get(start..end)?, 0).next().and(Some(Spanned { text: head.get(start..end)?.to_owned(), span }))
}
