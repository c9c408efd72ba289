//! Files that are in the tree and that no reader takes: what cites one cites something that exists.

use globset::Glob;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// The paths of such files.
pub(super) struct Unread<'g> {
    paths: &'g [String],
    /// The paths by their last parts, made when first needed.
    by_name: OnceCell<FxHashMap<&'g str, Vec<&'g str>>>,
}

impl<'g> Unread<'g> {
    pub(super) fn new(paths: &'g [String]) -> Self {
        Self { paths, by_name: OnceCell::new() }
    }

    /// Whether a path as it is cited, or a pattern, is one of them: in full, or by its last parts. Of hidden folders
    /// nobody knows what they hold.
    pub(super) fn holds(&self, cited: &str) -> bool {
        if cited.split('/').rev().skip(1).any(|folder| folder.len() > 2 && folder.starts_with('.')) {
            return true;
        }
        if cited.contains('*') {
            let glob = Glob::new(&format!("**/{cited}")).map(|glob| glob.compile_matcher());
            return glob.is_ok_and(|glob| self.paths.iter().any(|path| glob.is_match(path)));
        }
        let name = last(cited);
        let by_name = self.by_name.get_or_init(|| {
            let mut names: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
            for path in self.paths {
                names.entry(last(path)).or_default().push(path);
            }
            names
        });
        // A path that leaves out folders in front names the file all the same; folders that are wrong do not.
        by_name.get(name).is_some_and(|paths| {
            paths.iter().any(|path| path.strip_suffix(cited).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
        })
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_patterns() {
        let paths = ["tests/golden/low.txt".to_owned(), "data/run.bin".to_owned()];
        let unread = Unread::new(&paths);
        for (cited, holds) in [
            ("low.txt", true),
            ("golden/low.txt", true),
            ("tests/golden/low.txt", true),
            ("other/low.txt", false),
            ("ow.txt", false),
            ("tests/golden/**", true),
            ("tests/silver/**", false),
            ("run.bin", true),
            (".tool/skills/low.md", true),
            ("../low.md", false),
        ] {
            assert_eq!(unread.holds(cited), holds, "{cited}");
        }
    }
}
