//! Names in prose that have the form of a test and are none.

use crate::model::citation::TestName;

/// Whether a qualified name that was not found could be one of a test: `CEdit::GetText` in prose is none.
pub(super) fn is_plausible(name: &TestName) -> bool {
    let file = name.file.as_deref().unwrap_or("");
    let path = file.contains('/') || file.rsplit_once('.').is_some_and(|(_, extension)| extension.len() <= 7);
    let speaks = |part: &str| {
        let part = part.to_lowercase();
        ["test", "spec", "should", "verif", "check", "it_"].iter().any(|word| part.contains(word))
    };
    path || speaks(file) || speaks(&name.name) || name.scope.iter().any(|part| speaks(part))
}
