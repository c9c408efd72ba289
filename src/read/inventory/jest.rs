//! `jest --listTests --json`: the files that would run, by their paths on the machine; what is in them it does not say.

use super::{Found, damaged, place};
use crate::model::Facts;
use std::borrow::Cow;

/// How the names of files end that Jest runs.
const ENDINGS: &[&str] = &[".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"];

/// Whether a text begins with a list of whole paths, the first of which is that of a test.
pub(super) fn looks_like(head: &str) -> bool {
    let Some(first) = head.strip_prefix('[').and_then(|rest| rest.trim_start().strip_prefix('"')) else { return false };
    let first = first.split('"').next().unwrap_or_default();
    let lower = first.to_ascii_lowercase();
    let drive = first.split_once(':').is_some_and(|(drive, rest)| drive.len() == 1 && rest.starts_with(['/', '\\']));
    let telling = ["test", "spec"].iter().any(|part| lower.contains(part));
    (first.starts_with('/') || drive) && telling && ENDINGS.iter().any(|end| lower.ends_with(end))
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    #[derive(serde::Deserialize)]
    struct Path<'t>(#[serde(borrow)] Cow<'t, str>);
    let paths: Vec<Path<'_>> = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(paths) => paths,
        Err(error) => return damaged(text, &error),
    };
    let mut found = Found::default();
    for Path(path) in paths {
        let span = place(text, &path);
        found.take_file(&path, span);
    }
    found.finish()
}
