//! Tables in which a program of tests lists its functions under other names: `{"pump_stops", test_stop},`.

use super::items::Items;
use super::mask::{Masked, is_word};
use crate::model::id::Id;
use crate::model::test_case::Kind;
use rustc_hash::FxHashMap;

/// The names in such tables, each with the index of the test that it stands for.
pub(super) fn aliases(masked: &Masked<'_>, items: &Items) -> Vec<(Id, u32)> {
    let tests = (0..).zip(&items.tests).filter(|(_, test)| test.kind == Kind::Test);
    let known: FxHashMap<&str, u32> = tests.map(|(at, test)| (test.name.as_str(), at)).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let entries = masked.strings.iter().filter_map(|literal| {
        let (name, function) = (masked.slice(literal.inner, literal.inner_end), beside(masked, literal.start, literal.end)?);
        let test = *known.get(function).filter(|_| !name.is_empty() && name != function)?;
        Some((Id::from(name), test))
    });
    entries.collect()
}

/// The lone word behind a string that begins a list in braces.
fn beside<'t>(masked: &Masked<'t>, start: u32, end: u32) -> Option<&'t str> {
    let before = masked.code.get(..start as usize)?.iter().rev().find(|byte| !byte.is_ascii_whitespace())?;
    let comma = masked.skip_space(end as usize);
    if *before != b'{' || masked.at(comma) != b',' {
        return None;
    }
    let from = masked.skip_space(comma + 1);
    // `&test_stop` is the same function.
    let from = if masked.at(from) == b'&' { from + 1 } else { from };
    let to = masked.word_end(from);
    let closed = matches!(masked.at(masked.skip_space(to)), b'}' | b',');
    (is_word(masked.at(from)) && closed).then(|| masked.slice(u32::try_from(from).unwrap_or(0), u32::try_from(to).unwrap_or(0)))
}
