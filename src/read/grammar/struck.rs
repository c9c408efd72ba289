//! Text that is struck out in a cell.

use std::borrow::Cow;

/// Whether any text of a cell may be struck out. Hardly any cell has the sign, and to look for one byte is fast.
pub fn is_struck(cell: &str) -> bool {
    memchr::memchr(b'~', cell.as_bytes()).is_some_and(|at| cell.get(at..).is_some_and(|rest| rest.contains("~~")))
}

/// A cell with blanks in place of the text that is struck out: what is left keeps its place.
pub fn without_struck(cell: &str) -> Cow<'_, str> {
    if !is_struck(cell) {
        return Cow::Borrowed(cell);
    }
    let Some((before, rest)) = cell.split_once("~~") else { return Cow::Borrowed(cell) };
    let mut shown = String::with_capacity(cell.len());
    shown.push_str(before);
    let mut struck = true;
    shown.push_str("  ");
    let parts: Vec<&str> = rest.split("~~").collect();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        // A mark without its partner strikes nothing out.
        if struck && !last {
            shown.extend(std::iter::repeat_n(' ', part.len()));
        } else {
            shown.push_str(part);
        }
        if !last {
            shown.push_str("  ");
        }
        struck = !struck;
    }
    Cow::Owned(shown)
}
