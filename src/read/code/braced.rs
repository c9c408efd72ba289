//! Languages whose blocks are built by brackets: one pass over the masked bytes.

mod annotated;
mod declared;

use super::annotation::{Annotation, Reader};
use super::items::Items;
use super::mask::{Masked, is_word};
use super::program;
use super::table::{Attribute, Row, Word};
use super::title::Title;
use super::words::Words;
use super::work;
use super::{Language, looks_like_test};
use crate::model::test_case::{Kind, TestCase};
use crate::source::Span;
use rustc_hash::FxHashMap;

/// How far an open bracket is looked up when a statement asks for the test around it.
const MAX_CLIMB: usize = 64;

/// What a statement has said so far.
#[derive(Default, Clone)]
pub(super) struct Statement {
    pub(super) start: Option<u32>,
    pub(super) declared: Option<Declared>,
    /// An item that exists already and waits for its block.
    pub(super) item: Option<u32>,
    /// A function whose body is an expression: `=> …;`.
    pub(super) arrow: Option<u32>,
    call: Option<(u32, u32)>,
    assigned: bool,
}

/// A declaration that waits for its block.
#[derive(Clone, Copy)]
pub(super) struct Declared {
    pub(super) kind: Option<Kind>,
    pub(super) title: bool,
    pub(super) name: (u32, u32),
    pub(super) suite: Option<(u32, u32)>,
    pub(super) tags: Option<(u32, u32)>,
    pub(super) start: u32,
    pub(super) many: bool,
    pub(super) ignored: bool,
}

/// An open bracket.
pub(super) struct Frame {
    pub(super) close: u8,
    /// Where it opens.
    pub(super) open: u32,
    pub(super) item: Option<u32>,
    pub(super) declares: bool,
    notes: usize,
    pub(super) then: Option<Title>,
    pub(super) statement: Statement,
}

/// One pass over one file.
pub(super) struct Pass<'m, 't> {
    pub(super) masked: &'m Masked<'t>,
    pub(super) row: &'static Row,
    pub(super) items: Items,
    pub(super) frames: Vec<Frame>,
    pub(super) reader: Reader,
    pub(super) registered: Vec<&'t str>,
    pub(super) suites: Vec<u32>,
    pub(super) test_file: bool,
    /// A source of C or of a shell, whose tests may be plain functions.
    pub(super) plain: bool,
    /// The test whose call has just ended, and how deep it stood: more may be chained to it.
    pub(super) ended: Option<(u32, usize)>,
    /// Lists that loops go through, by the names that they have in the file.
    pub(super) lists: FxHashMap<&'t str, Option<(u32, u32)>>,
    attribute: Attribute,
    bare: bool,
    prefix: &'static str,
    annotations: Vec<Annotation>,
    open: [u32; 3],
    word: (u32, u32),
}

/// Reads the items of a file.
pub(super) fn read(masked: &Masked<'_>, row: &'static Row, path: &str, shape: (Attribute, bool, &'static str)) -> Items {
    let mut pass = passed(masked, row, path, shape);
    pass.items.register(&pass.registered);
    if row.language == Language::C {
        pass.leave_callbacks(is_harness(path));
    }
    program::add(masked, row.language, path, &mut pass.items);
    pass.items.settle(pass.test_file, row.language == Language::Rust);
    pass.items
}

/// Whether a source serves other tests by its name: `test_harness.c` counts and prints.
fn is_harness(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let serves =
        |part: &str| matches!(part, "harness" | "framework" | "helper" | "helpers" | "util" | "utils" | "support" | "common");
    stem.split(['_', '-']).any(serves)
}

/// All functions and classes, whether or not they have to do with tests.
pub(super) fn all(masked: &Masked<'_>, row: &'static Row, path: &str, shape: (Attribute, bool, &'static str)) -> Items {
    passed(masked, row, path, shape).items
}

fn passed<'m, 't>(
    masked: &'m Masked<'t>,
    row: &'static Row,
    path: &str,
    (attribute, bare, prefix): (Attribute, bool, &'static str),
) -> Pass<'m, 't> {
    let mut pass = Pass {
        masked,
        row,
        items: Items::default(),
        frames: Vec::new(),
        reader: Reader::default(),
        registered: Vec::new(),
        suites: Vec::new(),
        // Go runs what stands in such files, and no other.
        test_file: looks_like_test(path) && (row.language != Language::Go || path.ends_with("_test.go")),
        plain: [".c", ".sh", ".bash"].iter().any(|end| path.ends_with(end)),
        ended: None,
        lists: FxHashMap::default(),
        attribute,
        bare,
        prefix,
        annotations: Vec::new(),
        open: [0; 3],
        word: (0, 0),
    };
    pass.frames.push(Frame {
        close: 0,
        open: 0,
        item: None,
        declares: true,
        notes: 0,
        then: None,
        statement: Statement::default(),
    });
    pass.run();
    pass
}

impl<'t> Pass<'_, 't> {
    /// A runner calls its tests alike: where others take nothing, functions that take something and are not registered are
    /// helpers: `static void test_send_stub(const void *frame)`.
    fn leave_callbacks(&mut self, harness: bool) {
        let masked = self.masked;
        let takes_something = |name: Span| {
            let open = masked.skip_space(name.end() as usize);
            let inside = masked.code.get(open + 1..).and_then(|rest| rest.split(|byte| *byte == b')').next()).unwrap_or_default();
            masked.at(open) == b'(' && !matches!(inside.trim_ascii(), b"" | b"void") && !inside.windows(2).any(|two| two == b"**")
        };
        let plain = |test: &TestCase| test.kind == Kind::Test && test.name.starts_with("test_");
        // Where a framework registers the tests, or others take nothing, one that takes something is called by something else.
        let others = self.items.tests.iter().any(|test| test.kind == Kind::Test && !(plain(test) && takes_something(test.span)));
        // A function of this file alone that the list of this file leaves out is run by nobody as a test.
        let hidden = |test: &TestCase| {
            test.kind == Kind::Test
                && masked.slice(test.body.start, test.span.start).split_whitespace().any(|word| word == "static")
        };
        if !self.registered.is_empty() {
            let registered = &self.registered;
            for test in self.items.tests.iter_mut().filter(|test| hidden(test) && !registered.contains(&test.name.as_str())) {
                test.kind = Kind::Helper;
            }
        }
        for test in self.items.tests.iter_mut().filter(|test| plain(test)) {
            let called = others && takes_something(test.span) || harness && !test.asserts;
            if called && !self.registered.contains(&test.name.as_str()) {
                test.kind = Kind::Helper;
            }
        }
    }

    fn run(&mut self) {
        let words = Words::of(self.row);
        let mut at = 0;
        while let Some(&byte) = self.masked.code.get(at) {
            work::spend(1);
            if is_word(byte) {
                let end = self.masked.word_end(at);
                at = self.word(words, at, end);
                continue;
            }
            at = match byte {
                b'(' | b'[' | b'{' => self.opening(byte, at),
                b')' | b']' | b'}' => self.closing(byte, at),
                b';' => self.finish(at + 1),
                b'=' => self.assignment(at),
                b':' if self.bare => self.colon(at),
                b'@' => self.at_sign(words, at),
                b'#' if self.attribute == Attribute::Hash => self.hash(at),
                _ => at + 1,
            };
        }
        let end = self.masked.code.len();
        self.unwind(0, end);
        for suite in std::mem::take(&mut self.suites) {
            self.items.close(suite, end);
        }
    }

    pub(super) fn statement(&mut self) -> Option<&mut Statement> {
        self.frames.last_mut().map(|frame| &mut frame.statement)
    }

    pub(super) fn declares(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.declares)
    }

    /// The innermost item around this place.
    pub(super) fn around(&self) -> Option<u32> {
        let frames = self.frames.iter().rev().take(MAX_CLIMB);
        frames.filter_map(|frame| frame.item).next().or_else(|| self.suites.last().copied())
    }

    fn word(&mut self, words: &Words, at: usize, end: usize) -> usize {
        if let Some(statement) = self.statement().filter(|statement| statement.start.is_none()) {
            statement.start = Some(at as u32);
        }
        self.word = (at as u32, end as u32);
        let text = self.masked.code.get(at..end).unwrap_or_default();
        match words.find(text) {
            Some(word) => self.meaning(word, at, end),
            None => end,
        }
    }

    fn meaning(&mut self, word: Word, at: usize, end: usize) -> usize {
        match word {
            Word::Function | Word::Class if self.declares() => self.declaration(word, at, end),
            Word::Function | Word::Class => end,
            Word::Value => {
                self.drop_annotations();
                end
            }
            _ => self.calls(word, at, end),
        }
    }

    pub(super) fn finish(&mut self, at: usize) -> usize {
        self.drop_annotations();
        self.end_arrow(at);
        self.ended = self.ended.filter(|(_, depth)| *depth < self.frames.len());
        if let Some(statement) = self.statement() {
            *statement = Statement::default();
        }
        at
    }

    /// Ends a function whose body is an expression.
    pub(super) fn end_arrow(&mut self, at: usize) {
        if let Some(item) = self.statement().and_then(|statement| statement.arrow.take()) {
            self.items.close(item, at);
        }
    }

    /// Access labels such as `protected:` are not part of what follows.
    fn colon(&mut self, at: usize) -> usize {
        let word = self.word.0;
        let doubled = self.masked.at(at + 1) == b':';
        let alone = |it: &&mut Statement| it.start == Some(word) && it.call.is_none() && !doubled;
        if let Some(statement) = self.statement().filter(alone) {
            statement.start = None;
        }
        at + 1 + usize::from(doubled)
    }

    fn assignment(&mut self, at: usize) -> usize {
        let arrow = match self.row.language {
            Language::CSharp => self.masked.at(at + 1) == b'>',
            Language::Kotlin => true,
            _ => false,
        };
        if arrow && self.declares() && self.statement().is_some_and(|statement| statement.arrow.is_none()) {
            let item = self.block(at);
            if let Some(statement) = self.statement() {
                statement.arrow = item;
            }
        }
        if let Some(statement) = self.statement().filter(|statement| statement.call.is_none()) {
            statement.assigned = true;
        }
        at + 1
    }

    fn opening(&mut self, byte: u8, at: usize) -> usize {
        let bare = self.bare && self.declares();
        if byte == b'[' && self.attribute == Attribute::Square && bare {
            let fresh = self.statement().is_some_and(|statement| statement.start.is_none());
            if fresh {
                return self.bracketed(at, at);
            }
        }
        if byte == b'(' && bare {
            self.remember_call(at);
        }
        let item = if byte == b'{' { self.block(at) } else { None };
        let function = self.items.get(item).is_some_and(|item| item.kind != Kind::Class);
        let declares = self.declares() && !function && byte != b'[';
        let declares = declares || self.items.get(item).is_some_and(|item| item.kind == Kind::Class);
        self.push((byte, at), item, declares, None);
        at + 1
    }

    /// Opens the bracket that stands at an offset.
    pub(super) fn push(&mut self, (byte, at): (u8, usize), item: Option<u32>, declares: bool, then: Option<Title>) {
        let (close, slot) = closing(byte);
        self.open[slot] += 1;
        let notes = self.annotations.len();
        let open = at as u32;
        self.frames.push(Frame { close, open, item, declares, notes, then, statement: Statement::default() });
    }

    fn closing(&mut self, byte: u8, at: usize) -> usize {
        let slot = match byte {
            b')' => 0,
            b']' => 1,
            _ => 2,
        };
        let first = at == 0 || self.masked.at(at - 1) == b'\n';
        if byte == b'}' && first && matches!(self.row.language, Language::C | Language::Go) {
            // Branches of the preprocessor may open a block twice; a brace in the first column ends it all.
            self.unwind(0, at + 1);
            return self.finish(at + 1);
        }
        if self.open[slot] == 0 {
            return at + 1;
        }
        let mut then = None;
        while let Some(frame) = self.frames.last().filter(|frame| frame.close != 0) {
            let found = frame.close == byte;
            then = frame.then;
            self.pop(at + 1);
            if found {
                break;
            }
        }
        if byte == b'}' {
            self.finish(at + 1);
        }
        match then {
            Some(title) => self.begin(title, self.masked.skip_space(at + 1)).unwrap_or(at + 1),
            None => at + 1,
        }
    }

    fn pop(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.annotations.truncate(frame.notes);
        let slot = match frame.close {
            b')' => 0,
            b']' => 1,
            _ => 2,
        };
        self.open[slot] = self.open[slot].saturating_sub(1);
        if let Some(item) = frame.item {
            self.items.close(item, end);
            self.ended = Some((item, self.frames.len())).filter(|_| frame.close == b')');
        }
    }

    /// Closes all but `keep` brackets and the file itself.
    pub(super) fn unwind(&mut self, keep: usize, end: usize) {
        while self.frames.len() > keep + 1 {
            self.pop(end);
        }
    }
}

impl Frame {
    /// Whether the bracket is that of a call.
    pub(super) fn is_call(&self) -> bool {
        self.close == b')'
    }
}

fn closing(open: u8) -> (u8, usize) {
    match open {
        b'(' => (b')', 0),
        b'[' => (b']', 1),
        _ => (b'}', 2),
    }
}
