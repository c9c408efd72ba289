//! Folders of examples and samples, by their names.

/// The outermost folder of examples or samples to which a path belongs. Folders of input for tests are none.
pub fn folder(path: &str) -> Option<&str> {
    const NAMES: [&str; 4] = ["example", "examples", "sample", "samples"];
    let named =
        |folder: &str| NAMES.iter().any(|name| folder.eq_ignore_ascii_case(name)) || is_called(&folder.to_ascii_lowercase());
    let (folders, _) = path.rsplit_once('/')?;
    let mut end = 0;
    for folder in folders.split('/') {
        end += folder.len();
        if named(folder) {
            return path.get(..end);
        }
        end += 1;
    }
    None
}

/// Whether a folder is called a sample of something that a project has: `sample_system`. "Sample tracking" may be what the
/// project is about.
pub(super) fn is_called(folder: &str) -> bool {
    const OF: [&str; 14] = [
        "app",
        "artifact",
        "artifacts",
        "code",
        "data",
        "doc",
        "docs",
        "documents",
        "files",
        "input",
        "project",
        "projects",
        "system",
        "systems",
    ];
    let parts = folder.split_once(['_', '-']);
    parts.is_some_and(|(lead, of)| matches!(lead, "sample" | "samples" | "example" | "examples") && OF.contains(&of))
}
