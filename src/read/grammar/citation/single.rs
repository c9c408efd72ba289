//! Cells that are one test behind its file and nothing else.

use super::shapes::clean_path;
use crate::model::citation::{Citation, Target, TestName};
use crate::source::Span;

/// A cell that is one node id, `tests/test_x.py::test_y`, and nothing else: most cells of large matrices.
pub(super) fn node_id(cell: &str, base: usize) -> Option<Citation> {
    // No colon stands before the two.
    let (file, name) = cell.split_once(':').and_then(|(file, rest)| Some((file, rest.strip_prefix(':')?)))?;
    let (_, extension) = file.rsplit_once('.')?;
    let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let folders = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'.'));
    if !(folders
        && !file.as_bytes().windows(2).any(|pair| pair == b"..")
        && file.starts_with(|c: char| c.is_ascii_alphanumeric())
        && matches!(extension, "py" | "rs" | "go" | "ts" | "js")
        && word(name))
    {
        return None;
    }
    let name = TestName { file: Some(file.to_owned()), name: name.to_owned(), ..TestName::default() };
    let span = Span::new(base, base + cell.len());
    Some(Citation::new(span, Target::Test(name)))
}

/// A cell that is one test of Robot Framework, whose name has blanks: `tests/link.robot::Link Fails`.
pub(super) fn robot(cell: &str, base: usize) -> Option<Citation> {
    let bare = cell.trim().trim_matches('`');
    let (file, name) = bare.split_once(".robot::")?;
    let folders = file.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'));
    let plain = !name.contains([',', ';', '|', '`', '<', '\n']) && !name.contains("::") && name.trim() == name;
    if !folders || file.is_empty() || !plain || name.is_empty() {
        return None;
    }
    let start = base + (cell.len() - cell.trim_start().trim_start_matches('`').len());
    let name = TestName { file: Some(clean_path(&format!("{file}.robot"))), name: name.to_owned(), ..TestName::default() };
    Some(Citation::new(Span::new(start, start + bare.len()), Target::Test(name)))
}
