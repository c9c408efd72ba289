//! Lists in braces, as shells expand them: `tests/{Guides,Items}Test.php`.

use super::{Expect, citations};
use crate::model::citation::{Citation, Target};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// One path with a list in it: where it stands in the cell, and the paths that it stands for.
struct Braced {
    at: Range<usize>,
    paths: Vec<String>,
}

/// More names than this are no list that somebody wrote.
const MOST: usize = 64;

/// The citations of all lists in a cell, which leave blanks behind; `base` is the offset of the cell.
pub(super) fn take(cell: &mut Cow<'_, str>, base: usize, expect: Expect) -> Vec<Citation> {
    let mut found = Vec::new();
    for list in find(cell) {
        let span = Span::new(base + list.at.start, base + list.at.end);
        let listed = list.paths.iter().flat_map(|path| citations(path, 0, expect));
        let known = listed.filter(|one| !matches!(one.target, Target::Prose(_)));
        found.extend(known.map(|one| Citation { span, ..one }));
        cell.to_mut().replace_range(list.at.clone(), &" ".repeat(list.at.len()));
    }
    found
}

/// The paths with lists in a cell, in order. Braces within braces are left alone.
fn find(cell: &str) -> Vec<Braced> {
    let mut found: Vec<Braced> = Vec::new();
    let mut from = 0;
    while let Some(open) = cell.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
        let start = cell.get(from..open).map_or(open, |before| from + path_start(before));
        let Some(end) = cell.get(open..).map(|rest| open + path_end(rest)) else { break };
        let paths = cell.get(start..end).map(expand).unwrap_or_default();
        if paths.len() > 1 && paths.iter().all(|path| path.contains(['/', '.', '_'])) {
            found.push(Braced { at: start..end, paths });
        }
        from = end.max(open + 1);
    }
    found
}

fn is_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '*' | '@' | ':')
}

/// Where the path begins at whose end a brace opens.
fn path_start(before: &str) -> usize {
    before.char_indices().rev().take_while(|(_, c)| is_path(*c)).last().map_or(before.len(), |(at, _)| at)
}

/// Where a path ends that begins with a brace.
fn path_end(rest: &str) -> usize {
    let mut inside = false;
    for (at, c) in rest.char_indices() {
        match c {
            '{' if !inside => inside = true,
            '}' if inside => inside = false,
            ',' | ' ' if inside => {}
            _ if is_path(c) => {}
            _ => return at,
        }
    }
    rest.len()
}

/// What a path with lists stands for; nothing if a brace is not closed or holds no list.
fn expand(path: &str) -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((list, tail)) = after.split_once('}').filter(|(list, _)| list.contains(',')) else { return Vec::new() };
        let names: Vec<&str> = list.split(',').map(str::trim).collect();
        if paths.len() * names.len() > MOST {
            return Vec::new();
        }
        paths = paths.iter().flat_map(|path| names.iter().map(move |name| format!("{path}{before}{name}"))).collect();
        rest = tail;
    }
    paths.iter_mut().for_each(|path| path.push_str(rest));
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str) -> Vec<(String, Vec<String>)> {
        find(cell).into_iter().map(|one| (cell.get(one.at.clone()).unwrap_or("").to_owned(), one.paths)).collect()
    }

    #[test]
    fn lists() {
        let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of("`tests/{Low,High}Test.php` and x"),
            [("tests/{Low,High}Test.php".to_owned(), owned(&["tests/LowTest.php", "tests/HighTest.php"]))]
        );
        assert_eq!(
            of("a/{b, c}/{d,e}.py"),
            [("a/{b, c}/{d,e}.py".to_owned(), owned(&["a/b/d.py", "a/b/e.py", "a/c/d.py", "a/c/e.py"]))]
        );
        for none in ["{role}", "a/{b}.py", "a/{b,c", "set {1, 2} holds", "}{", "{{a,b},c}.py"] {
            assert!(of(none).is_empty(), "{none}: {:?}", of(none));
        }
    }
}
