//! Files that are cited: which ones a path names, and the tests in them.

use super::Inventory;
use crate::link::graph::{Ghost, Resolution, TestId, index};
use crate::link::{nearest, plausible};
use crate::source::{FileId, Text};

impl Inventory<'_> {
    /// The files that a path names: the exact path, else those whose path ends with it,
    /// else those that end with what is left when leading folders are taken away.
    pub(in crate::link) fn files(&self, path: &str) -> Vec<FileId> {
        let name = path.rsplit('/').next().unwrap_or(path);
        // A module is often named without the `test_` that its file begins with.
        if !name.contains('.') && !self.by_file.contains_key(name) {
            let prefixed = format!("test_{name}");
            if self.by_file.contains_key(prefixed.as_str()) {
                return self.files(&format!("{}{prefixed}", path.strip_suffix(name).unwrap_or("")));
            }
        }
        let Some(named) = self.by_file.get(name) else { return self.module(path) };
        let mut tail = path;
        loop {
            let ends = |file: &&FileId| {
                let known = self.inputs.get(file.index()).map_or("", |input| input.path.as_str());
                let known = if tail.contains('.') { known } else { known.rsplit_once('.').map_or(known, |(stem, _)| stem) };
                known.strip_suffix(tail).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            };
            let found: Vec<FileId> = named.iter().filter(ends).copied().collect();
            let whole = tail == path || tail.contains('/') || found.len() == 1;
            if !found.is_empty() && whole {
                return found;
            }
            match tail.split_once('/') {
                Some((_, rest)) => tail = rest,
                None => return Vec::new(),
            }
        }
    }

    /// A dotted module: `tests.test_run` names `tests/test_run.py`.
    fn module(&self, path: &str) -> Vec<FileId> {
        if path.contains('/') || !path.contains('.') {
            return Vec::new();
        }
        let path = path.replace('.', "/");
        let name = path.rsplit('/').next().unwrap_or(&path);
        let named = self.by_file.get(name).map(Vec::as_slice).unwrap_or_default();
        let ends = |file: &&FileId| {
            self.inputs
                .get(file.index())
                .and_then(|input| input.path.rsplit_once('.'))
                .is_some_and(|(stem, _)| stem.ends_with(&path))
        };
        named.iter().filter(ends).copied().collect()
    }

    pub(in crate::link) fn resolve_file(&self, path: &str, lines: &[u32], elsewhere: bool) -> Resolution {
        let files = self.files(path);
        let Some(file) = files.first().copied() else {
            if !self.unread.holds(path) && plausible::is_product(path) {
                return Resolution::NoTest;
            }
            return match self.out_of_reach(path, elsewhere, true) {
                Some(way) => Resolution::NotAssessed(way),
                None => Resolution::Ghost(Ghost::NoFile(self.near_file(path))),
            };
        };
        if let Some(input) = self.inputs.get(file.index()).filter(|_| files.len() == 1) {
            let last = index(input.text.line_count());
            if let Some(line) = lines.iter().find(|line| **line > last && last > 0) {
                return Resolution::NoLine { file, line: *line, last };
            }
        }
        let tests: Vec<TestId> = files.iter().flat_map(|file| self.tests_in(*file)).collect();
        // A line names the test in which it lies, or above which it is a remark.
        let at = |test: &TestId| {
            let (_, test) = self.test(*test);
            let text = self.inputs.get(file.index()).map(|input| &input.text);
            let first = |text: &Text| above(text.as_str(), test.body.start.min(test.span.start) as usize);
            let spans = text.map(|text| (text.position(index(first(text))).0, text.position(test.body.end()).0));
            spans.is_some_and(|(from, to)| lines.iter().any(|line| (from..=to).contains(line)))
        };
        let named: Vec<TestId> = if lines.is_empty() { Vec::new() } else { tests.iter().copied().filter(at).collect() };
        match (tests.is_empty() || files.len() > 1, named.is_empty()) {
            (true, _) => Resolution::File(file),
            (false, false) => Resolution::Tests(named),
            (false, true) => Resolution::Tests(tests),
        }
    }

    /// What is known of a path that names files of which it was not seen what is meant: tests in several, or none at all.
    pub(super) fn one_of_files(&self, path: &str) -> Resolution {
        let files = self.files(path);
        let mut tested = files.iter().map(|file| self.tests_in(*file)).filter(|tests| !tests.is_empty());
        match (tested.next(), tested.next(), files.first()) {
            (Some(first), Some(second), _) => {
                Resolution::Ambiguous([first, second].into_iter().chain(tested).flatten().collect())
            }
            (Some(only), None, _) => Resolution::Tests(only),
            (None, _, Some(file)) => Resolution::File(*file),
            (None, _, None) => Resolution::NoTest,
        }
    }

    pub(super) fn folder_exists(&self, path: &str) -> bool {
        let Some((folder, _)) = path.rsplit_once('/') else { return false };
        let folder = format!("{folder}/");
        self.inputs.iter().any(|input| input.path.starts_with(&folder))
    }

    pub(super) fn near_file(&self, path: &str) -> Option<FileId> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let names = self.by_file.keys().copied().filter(|known| known.contains('.') == name.contains('.'));
        let near = self.may_search().then(|| nearest::of(name, names)).flatten()?;
        self.by_file.get(near)?.first().copied()
    }
}

/// Where the remarks and annotations begin that stand on the lines right above an item.
fn above(text: &str, start: usize) -> usize {
    /// So many lines are looked at.
    const LINES: usize = 40;
    const SIGNS: &[&str] = &["//", "#", "/*", "*", "@", "--"];
    let mut at = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    for _ in 0..LINES {
        let Some(before) = text.get(..at).and_then(|before| before.strip_suffix('\n')) else { break };
        let from = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.get(from..).unwrap_or("").trim_start();
        if !SIGNS.iter().any(|sign| line.starts_with(sign)) {
            break;
        }
        at = from;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn remarks_right_above_belong_to_an_item() {
        let text = "fn a() {}\n\n// REQ-1\n#[test]\nfn b() {}\n";
        assert_eq!(above(text, text.find("fn b").unwrap()), text.find("// REQ-1").unwrap());
        assert_eq!(above(text, 3), 0);
        assert_eq!(above("", 0), 0);
    }
}
