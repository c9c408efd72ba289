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

/// Whether a path is of data or a page that a run may write, as evidence that is not kept: `summary.json`,
/// `build/report.html`.
pub(super) fn is_product(path: &str) -> bool {
    const DATA: &[&str] = &["json", "csv", "html", "xml", "txt"];
    const OUTPUT: &[&str] = &[
        "results",
        "result",
        "reports",
        "report",
        "build",
        "out",
        "output",
        "outputs",
        "artifacts",
        "coverage",
        "target",
        "dist",
        "logs",
    ];
    let data = path.rsplit_once('.').is_some_and(|(_, extension)| DATA.contains(&extension));
    let folders = path.rsplit_once('/').map(|(folders, _)| folders);
    data && folders.is_none_or(|folders| folders.split('/').any(|folder| OUTPUT.contains(&folder.trim_start_matches('.'))))
}
