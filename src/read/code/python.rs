//! Python: blocks by indentation, one pass over logical lines.

use super::annotation::{self, Annotation, Reader};
use super::items::{Items, New, Note, Source};
use super::mask::Masked;
use super::table::{CLAIMS, FIXTURES, MARKERS, Row};
use super::{looks_like_test, stem, work};
use crate::model::test_case::{Kind, State};

/// Marks that say nothing about what a test verifies.
const PLUMBING: &[&str] =
    &["parametrize", "skip", "skipif", "xfail", "usefixtures", "asyncio", "anyio", "filterwarnings", "tryfirst"];

/// The bytes that matter for where a logical line ends.
const BREAKS: [bool; 256] = {
    let mut table = [false; 256];
    let (signs, mut at) = (b"\n()[]{}", 0);
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

struct Open {
    indent: usize,
    item: Option<u32>,
    class: bool,
    collects: bool,
}

struct Pass<'m, 't> {
    masked: &'m Masked<'t>,
    row: &'static Row,
    items: Items,
    open: Vec<Open>,
    decorators: Vec<Annotation>,
    reader: Reader,
    /// Past the last line of code.
    last: usize,
    comment: usize,
    /// The next bracket that opens, at or behind where it was last asked for.
    bracket: usize,
    collects: bool,
    module: Vec<Annotation>,
}

/// Reads the items of a file.
pub(super) fn read(masked: &Masked<'_>, row: &'static Row, path: &str) -> Items {
    let mut pass = passed(masked, row, path);
    pass.items.settle(looks_like_test(path) || pass.collects, false);
    pass.module_marks();
    pass.items
}

/// All functions and classes, whether or not they have to do with tests.
pub(super) fn all(masked: &Masked<'_>, row: &'static Row, path: &str) -> Items {
    passed(masked, row, path).items
}

fn passed<'m, 't>(masked: &'m Masked<'t>, row: &'static Row, path: &str) -> Pass<'m, 't> {
    let mut pass = Pass {
        masked,
        row,
        items: Items::of(masked.text.len()),
        open: Vec::new(),
        decorators: Vec::new(),
        reader: Reader::default(),
        last: 0,
        comment: 0,
        bracket: 0,
        collects: collected(path),
        module: Vec::new(),
    };
    pass.run();
    pass
}

/// Whether pytest or Django would look for test functions in the file.
fn collected(path: &str) -> bool {
    let stem = stem(path);
    let lower = stem.to_ascii_lowercase();
    lower.starts_with("test") || lower.ends_with("_test") || lower.ends_with("_tests") || stem.ends_with("Test")
}

impl Pass<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.masked.code.len() {
            let start = self.first(at);
            let byte = self.masked.at(start);
            if start >= self.masked.code.len() || matches!(byte, b'\n' | b'\r') {
                at = start + 1;
                continue;
            }
            at = self.line(start, start - at);
        }
        let end = self.masked.code.len();
        self.leave(0, end);
    }

    /// The first byte of a line that is not a blank; a comment counts as blanks.
    fn first(&self, at: usize) -> usize {
        let rest = self.masked.code.get(at..).unwrap_or_default();
        rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c')).map_or(self.masked.code.len(), |n| at + n)
    }

    /// One logical line; returns the start of the next.
    fn line(&mut self, start: usize, indent: usize) -> usize {
        if self.open.last().is_some_and(|open| open.indent >= indent) {
            self.leave(indent, start);
        }
        let mut end = self.logical_end(start);
        match self.masked.at(start) {
            b'@' => {
                let found = self.reader.read(self.masked, start, start + 1);
                end = end.max(found.map_or(0, |found| found.end as usize));
                self.decorators.extend(found);
            }
            b'd' | b'a' | b'c' if self.header(start, indent, end) => {}
            b'"' => self.docstring(start),
            byte => {
                self.decorators.clear();
                self.statement(byte, start, end);
            }
        }
        self.last = end;
        end + 1
    }

    /// The end of a logical line: brackets and backslashes carry it on.
    fn logical_end(&mut self, start: usize) -> usize {
        let masked = self.masked;
        let after = |at: usize| masked.code.get(at..).unwrap_or_default();
        if self.bracket <= start {
            self.bracket = start + memchr::memchr3(b'(', b'[', b'{', after(start)).unwrap_or(after(start).len());
            work::spend(self.bracket - start);
        }
        let mut at = start;
        while let Some(skip) = memchr::memchr(b'\n', after(at)) {
            work::spend(skip + 1);
            let here = at + skip;
            if here > self.bracket {
                return self.closed_end(self.bracket);
            }
            if here == start || masked.at(here - 1) != b'\\' {
                return here;
            }
            at = here + 1;
        }
        work::spend(after(at).len());
        masked.code.len()
    }

    /// The end of a logical line from a bracket on.
    fn closed_end(&self, start: usize) -> usize {
        let mut depth = 0u32;
        let code = &self.masked.code;
        let mut at = start;
        while let Some(skip) = code.get(at..).and_then(|rest| rest.iter().position(|byte| BREAKS[usize::from(*byte)])) {
            work::spend(skip + 1);
            let here = at + skip;
            at = here + 1;
            match self.masked.at(here) {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {
                    let continued = here > start && self.masked.at(here - 1) == b'\\';
                    if !continued && (depth == 0 || self.begins_block(at)) {
                        return here;
                    }
                }
            }
        }
        work::spend(code.len() - at.min(code.len()));
        code.len()
    }

    /// A bracket that is never closed must not swallow the rest of the file.
    fn begins_block(&self, at: usize) -> bool {
        let rest = self.masked.code.get(at..).unwrap_or_default();
        rest.starts_with(b"def ") || rest.starts_with(b"class ") || rest.starts_with(b"async def ") || rest.starts_with(b"@")
    }

    /// Closes the blocks that a line with this indentation is not in.
    fn leave(&mut self, indent: usize, next: usize) {
        while let Some(open) = self.open.pop_if(|open| open.indent >= indent) {
            work::spend(1);
            let Some(item) = open.item else { continue };
            // A comment that is indented with the body belongs to it.
            let mut end = self.last;
            let comments = self.masked.comments.get(self.comment..).unwrap_or_default();
            let skip = comments.partition_point(|comment| (comment.0 as usize) < end);
            for comment in comments.iter().skip(skip).take_while(|comment| (comment.0 as usize) < next) {
                let before = self.masked.text.get(..comment.0 as usize).unwrap_or("");
                let column = before.len() - before.rfind('\n').map_or(0, |n| n + 1);
                if column <= open.indent {
                    break;
                }
                end = comment.1 as usize;
            }
            self.items.close(item, end);
        }
        self.comment = self.masked.comments.partition_point(|comment| (comment.0 as usize) < self.last);
    }

    fn inside_function(&self) -> bool {
        self.open.last().is_some_and(|open| !open.class)
    }

    fn header(&mut self, start: usize, indent: usize, end: usize) -> bool {
        let rest = self.masked.code.get(start..end).unwrap_or_default();
        let word: &[u8] = match rest.first() {
            Some(b'd') => b"def ",
            Some(b'c') => b"class ",
            _ => b"async def ",
        };
        if !rest.starts_with(word) {
            return false;
        }
        let class = word == b"class ";
        let at = self.first(start + word.len());
        let name = (at as u32, self.masked.word_end(at) as u32);
        if name.0 == name.1 {
            return false;
        }
        let decorators = std::mem::take(&mut self.decorators);
        let item = if self.inside_function() {
            None
        } else if class {
            self.class(name, start, end, &decorators)
        } else {
            self.function(name, start, &decorators)
        };
        let collects = class && item.is_some_and(|item| self.is_test_class(item, end));
        self.open.push(Open { indent, item, class: class && item.is_some(), collects });
        true
    }

    fn add(&mut self, kind: Kind, name: (u32, u32), start: usize, decorators: &[Annotation]) -> Option<u32> {
        let start = decorators.first().map_or(start as u32, |first| first.start);
        let parent = self.open.iter().rev().find_map(|open| open.item);
        let text = self.masked.slice(name.0, name.1);
        let item = self.items.open(New { kind, name: text, span: name, start, parent, suite: None });
        annotation::apply(self.masked, self.row, decorators, item, &mut self.items);
        for decorator in decorators {
            self.pytest_tag(decorator, item);
        }
        self.items.note(item, Source::Name, name);
        item
    }

    fn class(&mut self, name: (u32, u32), start: usize, _end: usize, decorators: &[Annotation]) -> Option<u32> {
        self.add(Kind::Class, name, start, decorators)
    }

    /// A class that pytest collects by its name or unittest by its base.
    fn is_test_class(&self, item: u32, end: usize) -> bool {
        let Some(test) = self.items.tests.get(item as usize) else {
            return false;
        };
        let name_end = test.span.end();
        let bases = self.masked.slice(name_end, end as u32);
        (self.collects && test.name.starts_with("Test")) || bases.contains("Test")
    }

    fn function(&mut self, name: (u32, u32), start: usize, decorators: &[Annotation]) -> Option<u32> {
        let text = self.masked.slice(name.0, name.1);
        let collects = self.open.last().map_or(self.collects, |open| open.collects);
        let marked = annotation::kind(self.masked, self.row, decorators).filter(|kind| *kind == Kind::Fixture);
        let kind = match marked {
            Some(kind) => kind,
            None if collects && text.starts_with("test") => Kind::Test,
            None if annotation::declares_test(self.masked, self.row, decorators) => Kind::Test,
            None if FIXTURES.contains(&text) => Kind::Fixture,
            None => Kind::Helper,
        };
        self.add(kind, name, start, decorators)
    }

    /// `@pytest.mark.slow` is a tag.
    fn pytest_tag(&mut self, decorator: &Annotation, item: Option<u32>) {
        let name = self.masked.slice(decorator.name.0, decorator.name.1);
        let Some(mark) = name.rsplit_once("mark.").map(|(_, mark)| mark) else {
            return;
        };
        if decorator.arguments.0 == decorator.arguments.1 && !PLUMBING.contains(&mark) {
            let at = (decorator.name.1 - mark.len() as u32, decorator.name.1);
            self.items.tag(self.masked, item, at);
        }
    }

    /// A string that is a statement documents what it stands in.
    fn docstring(&mut self, start: usize) {
        self.decorators.clear();
        if let Some(found) = self.masked.literal(start) {
            self.items.docs.push((found.inner, found.inner_end));
        }
    }

    fn statement(&mut self, byte: u8, start: usize, end: usize) {
        let rest = self.masked.code.get(start..end).unwrap_or_default();
        match byte {
            b'r' | b'u' | b'R' | b'f' if rest.get(1) == Some(&b'"') => self.docstring(start + 1),
            b'p' if rest.starts_with(b"pytestmark") => self.pytestmark(start, end),
            b'p' if rest.starts_with(b"pytest.skip(") => self.skip(start, end),
            b's' if rest.starts_with(b"self.skipTest(") => self.skip(start, end),
            b'a' if rest.starts_with(b"allure.dynamic.") => self.told(start, end),
            b'r' | b's' => {
                self.call(start, end);
                self.claim(start, end);
            }
            b'c' | b't' | b'v' => self.claim(start, end),
            _ => {}
        }
    }

    /// `record_property("requirement", "X")`, with or without `self.`.
    fn call(&mut self, start: usize, end: usize) {
        let rest = self.masked.slice(start as u32, end as u32);
        let name = rest.split('(').next().unwrap_or(rest);
        let name = name.strip_suffix(".append").filter(|list| list.ends_with("user_properties")).unwrap_or(name);
        let name = name.trim_end();
        if rest.len() > name.len() && MARKERS.contains(&name.rsplit('.').next().unwrap_or(name).trim()) {
            let item = self.open.last().and_then(|open| open.item);
            let (name, text) = ((start as u32, (start + name.len()) as u32), ((start + name.len()) as u32, end as u32));
            self.items.notes.push(Note { item, source: Source::Arguments, name, text });
        }
    }

    /// `verifies("REQ-1")` as a statement of a function.
    fn claim(&mut self, start: usize, end: usize) {
        let stop = self.masked.word_end(start);
        if self.masked.at(stop) != b'(' {
            return;
        }
        let name = self.masked.code.get(start..stop).unwrap_or_default();
        let item = self.open.last().filter(|open| !open.class).and_then(|open| open.item);
        let close = end.checked_sub(1).filter(|close| self.masked.at(*close) == b')');
        if let (Some(item), Some(close), true) = (item, close, CLAIMS.iter().any(|claim| claim.as_bytes() == name)) {
            let (name, text) = ((start as u32, stop as u32), (stop as u32 + 1, close as u32));
            self.items.notes.push(Note { item: Some(item), source: Source::Claim, name, text });
        }
    }

    /// `allure.dynamic.story("X")` tells more of the test that runs.
    fn told(&mut self, start: usize, end: usize) {
        let item = self.open.last().and_then(|open| open.item);
        for text in annotation::strings(self.masked, (start as u32, end as u32)) {
            self.items.note(item, Source::Title, text);
        }
    }

    fn skip(&mut self, start: usize, end: usize) {
        let column = |item: &crate::model::test_case::TestCase| item.kind == Kind::Test;
        let Some(item) = self.open.last().and_then(|open| open.item) else {
            return;
        };
        let indent = self.masked.code.get(..start).map_or(0, |code| start - memchr::memrchr(b'\n', code).map_or(0, |n| n + 1));
        let outer = self.open.last().map_or(0, |open| open.indent);
        // Deeper than one step is under a condition.
        let state = if indent > outer + 4 { State::Conditional } else { State::Skipped };
        if self.items.get(Some(item)).is_some_and(|item| column(item)) {
            self.items.state(Some(item), state, (start as u32, end as u32));
        }
    }

    /// `pytestmark = [pytest.mark.slow]` in a class or in the module.
    fn pytestmark(&mut self, start: usize, end: usize) {
        let item = self.open.last().filter(|open| open.class).and_then(|open| open.item);
        let mut at = start;
        while let Some(next) = memchr::memmem::find(self.masked.code.get(at..end).unwrap_or_default(), b"mark.") {
            let name = at + next;
            let Some(found) = self.reader.read(self.masked, name, name) else {
                break;
            };
            at = found.end as usize;
            if item.is_some() {
                annotation::apply(self.masked, self.row, &[found], item, &mut self.items);
                self.pytest_tag(&found, item);
            } else {
                self.module.push(found);
            }
        }
    }

    /// What the module says of all its tests.
    fn module_marks(&mut self) {
        let module = std::mem::take(&mut self.module);
        for (index, found) in (0..self.items.tests.len()).flat_map(|index| module.iter().map(move |it| (index, it))) {
            let index = u32::try_from(index).ok();
            if self.items.get(index).is_some_and(|item| item.kind == Kind::Test) {
                annotation::apply(self.masked, self.row, std::slice::from_ref(found), index, &mut self.items);
                self.pytest_tag(found, index);
            }
        }
    }
}
