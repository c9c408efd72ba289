//! Files that stand in brackets behind the name of a test: `test_stop` (tests/test_pump.py).

use crate::model::citation::{Citation, Target};

/// Gives such names their files. In a cell that is written so, other names inherit no file: theirs would stand
/// behind them too.
pub(super) fn bind(cell: &str, base: usize, found: &mut Vec<Citation>) {
    let behind: Vec<usize> = (1..found.len()).filter(|at| stands_behind(cell, base, found, *at)).collect();
    if behind.is_empty() {
        return;
    }
    for citation in found.iter_mut() {
        if let Target::Test(name) = &mut citation.target
            && name.inherited
        {
            name.file = None;
            name.inherited = false;
        }
    }
    for at in behind.into_iter().rev() {
        let Target::File { path, .. } = found.remove(at).target else { continue };
        if let Some(Citation { target: Target::Test(name), .. }) = at.checked_sub(1).and_then(|before| found.get_mut(before)) {
            name.file = Some(path);
        }
    }
}

/// Whether a citation is a file in brackets of its own, right behind the name of a test without one.
fn stands_behind(cell: &str, base: usize, found: &[Citation], at: usize) -> bool {
    let (Some(name), Some(file)) = (at.checked_sub(1).and_then(|before| found.get(before)), found.get(at)) else { return false };
    let alone = matches!(&name.target, Target::Test(name) if name.file.is_none() || name.inherited);
    let whole = matches!(&file.target, Target::File { lines, count: None, .. } if lines.is_empty());
    let text = |from: u32, to: u32| cell.get((from as usize).wrapping_sub(base)..(to as usize).wrapping_sub(base)).unwrap_or("");
    let between: String = text(name.span.end(), file.span.start).chars().filter(|c| !matches!(c, '`' | '*' | ' ')).collect();
    let end = u32::try_from(base + cell.len()).unwrap_or(u32::MAX);
    let after = text(file.span.end(), end).trim_start_matches(['`', '*', ' ']);
    alone && whole && matches!(between.as_str(), "(" | "()(") && after.starts_with(')')
}
