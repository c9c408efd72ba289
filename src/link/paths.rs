//! Paths that other tools write, and people, to files of the tree.

use super::graph::{Input, index};
use crate::source::FileId;
use rustc_hash::FxHashMap;

/// The files of the tree by their last names.
pub(super) struct Paths<'g> {
    inputs: &'g [Input],
    by_name: FxHashMap<&'g str, Vec<FileId>>,
    /// Files that no reader takes.
    unread: FxHashMap<&'g str, Vec<&'g str>>,
}

/// A path without drive, `.` and `..`, with `/` between its parts.
pub(super) fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    let bare = path.split_once(':').filter(|(drive, _)| drive.len() == 1).map_or(path.as_str(), |(_, rest)| rest);
    let mut parts: Vec<&str> = Vec::new();
    for part in bare.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// How many parts two paths have in common from their ends.
fn shared(a: &str, b: &str) -> usize {
    a.rsplit('/').zip(b.rsplit('/')).take_while(|(a, b)| a == b).count()
}

fn parts(path: &str) -> usize {
    path.split('/').count()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl<'g> Paths<'g> {
    /// The files that were read, and the paths of those that were not.
    pub(super) fn new(inputs: &'g [Input], unread: &'g [String]) -> Self {
        let mut by_name: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
        for (at, input) in inputs.iter().enumerate() {
            by_name.entry(last(&input.path)).or_default().push(FileId(index(at)));
        }
        let mut others: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for path in unread {
            others.entry(last(path)).or_default().push(path);
        }
        Self { inputs, by_name, unread: others }
    }

    /// The file with exactly this path.
    pub(super) fn exact(&self, path: &str) -> Option<FileId> {
        let at = self.inputs.binary_search_by(|input| input.path.as_str().cmp(path)).ok()?;
        Some(FileId(index(at)))
    }

    /// The one file whose path has the most parts from the end in common with this one, and how many. A last name alone
    /// is not enough, unless it is all that one of the two has.
    pub(super) fn nearest(&self, path: &str) -> Option<(FileId, usize)> {
        let named = self.by_name.get(last(path))?;
        let path_of = |file: &FileId| self.inputs.get(file.index()).map_or("", |input| input.path.as_str());
        let best = named.iter().map(|file| shared(path, path_of(file))).max()?;
        let nearest: Vec<&FileId> = named.iter().filter(|file| shared(path, path_of(file)) == best).collect();
        // Of several the one of whose path nothing is left: what stands before it is the root of another machine.
        let complete = || nearest.iter().find(|file| parts(path_of(file)) == best).copied();
        let one = if let [one] = nearest.as_slice() { one } else { complete()? };
        let whole = best == parts(path) || best == parts(path_of(one));
        (best > 1 || whole).then_some((*one, best))
    }

    /// Whether a file that no reader takes has this path, or ends like it.
    pub(super) fn is_unread(&self, path: &str) -> bool {
        self.unread.get(last(path)).is_some_and(|others| {
            others.iter().any(|other| {
                let common = shared(path, other);
                common > 1 || common == parts(path) || common == parts(other)
            })
        })
    }

    /// Whether any file has the last name of a path.
    pub(super) fn knows(&self, path: &str) -> bool {
        let path = normal(path);
        let name = last(&path);
        self.by_name.contains_key(name) || self.unread.contains_key(name)
    }

    /// The file that a person names: exactly, or by the last parts of its path.
    pub(super) fn named(&self, path: &str) -> Option<FileId> {
        let path = normal(path);
        self.exact(&path).or_else(|| self.nearest(&path).filter(|(_, common)| *common == parts(&path)).map(|(file, _)| file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (path, expected) in [
            ("a/b.py", "a/b.py"),
            ("./a//b.py", "a/b.py"),
            ("C:\\ci\\a\\b.py", "ci/a/b.py"),
            ("/ci/x/../a/b.py", "ci/a/b.py"),
            ("../../b.py", "b.py"),
            ("", ""),
        ] {
            assert_eq!(normal(path), expected, "{path}");
        }
    }

    #[test]
    fn the_longest_common_end_decides() {
        let tree = ["a/main.py", "b/main.py", "kiln/oven.py", "lib/kiln/door.py", "setup.py", "x/kiln/oven.py"];
        let inputs: Vec<Input> = tree.iter().map(|path| Input { path: (*path).to_owned(), ..Input::default() }).collect();
        let unread = ["native/core.pyx".to_owned()];
        let paths = Paths::new(&inputs, &unread);
        let found = |path: &str| paths.nearest(path).map(|(file, _)| tree[file.index()]);
        assert_eq!(found("ci/job/a/main.py"), Some("a/main.py"));
        assert_eq!(found("site-packages/kiln/door.py"), Some("lib/kiln/door.py"));
        assert_eq!(found("ci/setup.py"), Some("setup.py"));
        assert_eq!(found("ci/kiln/oven.py"), Some("kiln/oven.py"));
        for nothing in ["main.py", "ci/c/main.py", "json/door.py", "ci/none.py", ""] {
            assert_eq!(found(nothing), None, "{nothing}");
        }
        assert_eq!(found("door.py"), Some("lib/kiln/door.py"), "a name that only one file has");
        assert!(paths.is_unread("ci/native/core.pyx") && !paths.is_unread("other/core.pyx"));
        assert_eq!(paths.named("./kiln/door.py").map(|file| tree[file.index()]), Some("lib/kiln/door.py"));
        assert_eq!(paths.named("ci/kiln/door.py"), None, "a person names no folders that are not there");
    }
}
