use super::{files, read, root};
use std::collections::BTreeSet;

/// Lines of code that one file may have; comments, blank lines and lists of words are free.
const LIMIT: usize = 400;

#[test]
fn no_file_is_too_long_to_read() {
    for path in files("src", ".rs") {
        let text = read(&path);
        let is_word = |line: &str| line.starts_with('"') && line.ends_with("\",");
        let lines = text.lines().map(str::trim);
        let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//") && !is_word(line)).count();
        assert!(code <= LIMIT, "{} has {code} lines of code", path.display());
    }
}

#[test]
fn every_snapshot_is_used() {
    let tests: String = files("tests", ".rs").iter().map(read).collect();
    for path in files("snapshots", ".snap") {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let area = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let (head, _) = stem.split_once('_').unwrap_or((&stem, ""));
        // As a literal, as the name of a macro's case, as the name of a check, or with a part filled in.
        let written = [format!("\"{stem}\""), format!("\n    {stem}: \""), format!("\"{head}_{{")];
        let named = tracegate::check::find(&stem).is_some() || written.iter().any(|name| tests.contains(name));
        assert!(named && tests.contains(&format!("snapshots/{area}")), "no test uses {}", path.display());
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for path in files("src", ".rs") {
        assert!(read(&path).starts_with("//!"), "{} has no documentation", path.display());
    }
}

#[test]
fn every_fixture_is_used() {
    let tests: String = files("tests", ".rs").iter().map(read).collect();
    let folder = root().join("tests/fixtures");
    let used = |path: &std::path::PathBuf| {
        let relative = path.strip_prefix(&folder).unwrap();
        let parts: Vec<String> = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let check = tracegate::check::find(&parts[0].replace('_', "-")).is_some();
        check || tests.contains(&parts.join("/")) || tests.contains(&format!("\"{}", parts[0]))
    };
    let unused: BTreeSet<_> = files("tests/fixtures", "").into_iter().filter(|path| !used(path)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
