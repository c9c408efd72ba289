//! Julia: sets of tests, from `@testset` to the `end` in the same column.

use super::items::{Items, New, Source};
use super::looks_like_test;
use super::mask::Masked;
use super::title::unescape;
use crate::model::test_case::Kind;

/// A set that is open: its column and its item.
type Open = (usize, u32);

/// The sets of a file: one that holds others groups them, one that holds none is a test.
pub(super) fn read(masked: &Masked<'_>, path: &str) -> Items {
    let mut items = Items::default();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    for line in masked.code.split_inclusive(|byte| *byte == b'\n') {
        let word = line.trim_ascii();
        let column = line.len() - line.trim_ascii_start().len();
        let (start, next) = (at + column, at + line.len());
        let ends = word == b"end" || word.starts_with(b"end ") || word.starts_with(b"end#");
        if ends {
            while let Some((_, item)) = open.pop_if(|(outer, _)| *outer >= column) {
                items.close(item, start + "end".len());
            }
        } else if word.starts_with(b"@testset")
            && let Some(item) = set(masked, (start, next), open.last().map(|(_, item)| *item), &mut items)
        {
            if word.ends_with(b" end") {
                items.close(item, next);
            } else {
                open.push((column, item));
            }
        }
        at = next;
    }
    for (_, item) in open.into_iter().rev() {
        items.close(item, masked.code.len());
    }
    items.settle(looks_like_test(path), false);
    items
}

/// `@testset verbose = true "doors" begin`: the first string of the line is the title.
fn set(masked: &Masked<'_>, (start, end): (usize, usize), parent: Option<u32>, items: &mut Items) -> Option<u32> {
    let title = super::annotation::strings(masked, (start as u32, end as u32)).next()?;
    let name = unescape(masked.slice(title.0, title.1));
    let item = items.open(New { kind: Kind::Test, name: &name, span: title, start: start as u32, parent, suite: None })?;
    if let Some(outer) = items.get(parent) {
        outer.kind = Kind::Class;
    }
    let many = masked.slice(title.1, end as u32).split_whitespace().any(|word| word == "for");
    if let Some(test) = items.get(Some(item)) {
        test.parametrised = many;
    }
    items.note(Some(item), Source::Title, title);
    Some(item)
}
