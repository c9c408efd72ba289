//! Tests that are calls with a title, `it("rejects …", …)`, and their modifiers.

use std::borrow::Cow;

use super::Language;
use super::braced::Pass;
use super::items::{New, Source};
use super::mask::{Literal, is_word};
use super::table::Mark;
use crate::model::test_case::{Kind, State};

/// A call whose title is still to come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) many: bool,
    /// The word that begins it, with modifiers.
    pub(super) word: (u32, u32),
    /// `test.todo("…")` has no body.
    pub(super) alone: bool,
}

/// A title that is put together is looked at so far.
const MAX_TITLE: usize = 1_000;

/// Blanks between a name and its value.
const MAX_GAP: usize = 8;

/// A title as it is written.
struct Written {
    title: String,
    /// From the first to the last of its words.
    span: (u32, u32),
    /// Just past the expression.
    end: usize,
    literals: Vec<Literal>,
    /// Whether it differs from run to run.
    varies: bool,
}

/// The text of a literal with its simple escapes resolved.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

/// `test.beforeEach("…", …)` is no test.
fn is_hook(word: &str) -> bool {
    word.starts_with("before") || word.starts_with("after")
}

impl Pass<'_, '_> {
    /// A word such as `it`: reads its modifiers and its title; returns where to go on.
    pub(super) fn title(&mut self, kind: Kind, state: State, at: usize, end: usize) -> usize {
        if self.row.language == Language::Php && self.masked.code.get(..at).is_some_and(|code| code.ends_with(b"->")) {
            return if state == State::Skipped { self.chained(Mark::State(state), at, end) } else { end };
        }
        if !self.may_begin(at) {
            return end;
        }
        let dotted = at > 0 && self.masked.at(at - 1) == b'.';
        let start = if dotted { at - "Deno.".len() } else { at };
        let mut title = Title { kind, state, many: false, word: (start as u32, end as u32), alone: false };
        let mut next = end;
        let (mut again, mut own) = (false, false);
        while self.masked.at(next) == b'.' {
            let stop = self.masked.word_end(next + 1);
            match self.masked.slice(next as u32 + 1, stop as u32) {
                "skip" => title.state = State::Skipped,
                "todo" | "fixme" => (title.state, title.alone) = (State::Skipped, true),
                "failing" | "fails" => title.state = State::ExpectedFailure,
                "each" | "for" => (title.many, again) = (true, true),
                "skipIf" | "runIf" => (title.state, again) = (State::Conditional, true),
                "describe" | "suite" => title.kind = Kind::Class,
                "only" | "concurrent" | "sequential" | "serial" | "parallel" | "shuffle" => {}
                "step" => return end,
                other if self.row.language == Language::JavaScript && self.test_file && !is_hook(other) => own = true,
                _ => return end,
            }
            next = stop;
        }
        title.word.1 = next as u32;
        next = self.masked.skip_space(self.generics(next));
        if again && self.masked.at(next) == b'(' {
            self.push((b'(', next), None, false, Some(title));
            return next + 1;
        }
        if again {
            next = self.masked.literal(next).map_or(next, |table| self.masked.skip_space(table.end as usize));
        }
        if own && !self.has_case(next) {
            return end;
        }
        self.begin(title, next).unwrap_or(end)
    }

    /// Whether a call has a title and something to run: then a word of a project's own, `it.effect("…", …)`, makes a
    /// test too.
    fn has_case(&self, open: usize) -> bool {
        let literal = self.masked.literal(self.masked.skip_space(open + 1)).filter(|_| self.masked.at(open) == b'(');
        literal.is_some_and(|title| self.masked.at(self.masked.skip_space(title.end as usize)) == b',')
    }

    /// `regex.test(…)` is not a test, `Deno.test(…)` is; neither is `function test(…)`.
    fn may_begin(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        let byte = self.masked.at(before);
        if byte == b'.' {
            return self.masked.code.get(..before).is_some_and(|code| code.ends_with(b"Deno") && at >= "Deno.".len());
        }
        let qualified = byte == b':' && self.row.language == Language::R;
        qualified || !matches!(byte, b'$' | b'#' | b':')
    }

    fn generics(&self, at: usize) -> usize {
        if self.masked.at(at) != b'<' {
            return at;
        }
        let rest = self.masked.code.get(at..(at + 200).min(self.masked.code.len())).unwrap_or_default();
        rest.windows(2).position(|pair| pair == b">(").map_or(at, |n| at + n + 1)
    }

    /// Begins the call whose parenthesis should stand at `open`.
    pub(super) fn begin(&mut self, title: Title, open: usize) -> Option<usize> {
        let bats = self.row.language == Language::Bats;
        let at = if bats { open } else { self.masked.skip_space(open + 1) };
        if !bats && self.masked.at(open) != b'(' {
            return None;
        }
        let written = self.written(at)?;
        let (name, end) = (written.span, written.end);
        if self.row.language == Language::Kotlin {
            return self.trailing(title, &written);
        }
        let follows = self.masked.at(self.masked.skip_space(end));
        let call = matches!(follows, b',' | b'+' | b'{') || title.alone;
        // `it.todo("…")`, `it('…')->todo()`: the sentence alone.
        let empty = follows == b')' && self.test_file && title.kind == Kind::Test;
        let pending = match self.row.language {
            Language::JavaScript => empty,
            Language::Php => empty && self.masked.at(self.masked.skip_space(self.masked.skip_space(end) + 1)) != b'-',
            _ => false,
        };
        if !(call || pending || (empty && self.row.language == Language::Php)) {
            return None;
        }
        let parent = self.around();
        let new = New { kind: title.kind, name: &written.title, span: name, start: title.word.0, parent, suite: None };
        let index = self.items.open(new)?;
        if let Some(test) = self.items.get(Some(index)) {
            test.parametrised = title.many || written.varies;
        }
        let state = if pending && !title.alone { State::Skipped } else { title.state };
        if state != State::Active {
            self.items.state(Some(index), state, title.word);
        }
        for literal in &written.literals {
            self.items.note(Some(index), Source::Title, (literal.inner, literal.inner_end));
        }
        if self.row.language == Language::JavaScript {
            self.details(index, end);
            if written.varies || title.many {
                self.cases(index, (title.word.1, open as u32), written.varies);
            }
        }
        if bats {
            self.wait_for_block(index);
        } else {
            self.push((b'(', open), Some(index), title.kind == Kind::Class, None);
        }
        Some(end)
    }

    /// `it("stops") {` of Kotest and ScalaTest: the block stands behind the call.
    fn trailing(&mut self, title: Title, written: &Written) -> Option<usize> {
        let close = self.masked.skip_space(written.end);
        let block = self.masked.skip_space(close + 1);
        if !self.test_file || self.masked.at(close) != b')' || self.masked.at(block) != b'{' {
            return None;
        }
        let parent = self.around();
        let new = New { kind: title.kind, name: &written.title, span: written.span, start: title.word.0, parent, suite: None };
        let index = self.items.open(new)?;
        if title.state != State::Active {
            self.items.state(Some(index), title.state, title.word);
        }
        for literal in &written.literals {
            self.items.note(Some(index), Source::Title, (literal.inner, literal.inner_end));
        }
        self.wait_for_block(index);
        Some(close + 1)
    }

    /// The title that begins at `at`: a literal, literals put together by calls, or a name.
    fn written(&self, at: usize) -> Option<Written> {
        let literal = self.masked.literal(at);
        let first = literal.map(|found| self.masked.at(self.masked.skip_space(found.end as usize)));
        let joined = match self.row.language {
            Language::R => literal.is_none(),
            Language::Php => first == Some(b'.'),
            _ => false,
        };
        if joined {
            return self.joined(at);
        }
        let Some(found) = literal else {
            let end = self.expression(at)?;
            let span = (at as u32, end as u32);
            let title = self.masked.slice(span.0, span.1).to_string();
            return Some(Written { title, span, end, literals: Vec::new(), varies: true });
        };
        let span = (found.inner, found.inner_end);
        let text = self.masked.slice(span.0, span.1);
        let varies = self.masked.text.as_bytes().get(at) == Some(&b'`') && text.contains("${");
        let written =
            Written { title: unescape(text).into_owned(), span, end: found.end as usize, literals: vec![found], varies };
        Some(if self.row.language == Language::Dart { self.continued(written) } else { written })
    }

    /// A title that goes on in the literals behind it: `'The list shows names, ' 'dates'` is one text in Dart.
    fn continued(&self, mut written: Written) -> Written {
        while let Some(next) = self.masked.literal(self.masked.skip_space(written.end)) {
            written.title.push_str(&unescape(self.masked.slice(next.inner, next.inner_end)));
            written.span.1 = next.inner_end;
            written.end = next.end as usize;
            written.literals.push(next);
        }
        written
    }

    /// `glue("…", "…")`, `paste0("a ", x, "b")`, `'a ' . $x`: all literals of the first argument.
    fn joined(&self, at: usize) -> Option<Written> {
        let rest = self.masked.code.get(at..(at + MAX_TITLE).min(self.masked.code.len()))?;
        let mut depth = 0usize;
        let closes = |byte: &u8| {
            match byte {
                b'(' | b'[' => depth += 1,
                b')' | b']' if depth > 0 => depth -= 1,
                b',' | b')' | b'{' | b'}' | b';' if depth == 0 => return true,
                _ => {}
            }
            false
        };
        let end = at + rest.iter().position(closes)?;
        let from = self.masked.strings.partition_point(|it| (it.start as usize) < at);
        let within = self.masked.strings.iter().skip(from).take_while(|it| (it.end as usize) <= end);
        // `sep = ""` is no part of the sentence.
        let literals: Vec<Literal> = within.filter(|it| !self.follows_equals(it.start as usize)).copied().collect();
        let span = (literals.first()?.inner, literals.last()?.inner_end);
        let blank = self.masked.code.get(at..end)?.starts_with(b"paste(");
        let mut title = String::new();
        for literal in &literals {
            title.push_str(if blank && !title.is_empty() { " " } else { "" });
            title.push_str(&unescape(self.masked.slice(literal.inner, literal.inner_end)));
        }
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let varies = title.contains('{') || self.row.language == Language::Php;
        (!title.is_empty()).then_some(Written { title, span, end, literals, varies })
    }

    fn follows_equals(&self, at: usize) -> bool {
        let before = self.masked.code.get(..at).unwrap_or_default();
        let last = before.iter().rev().take(MAX_GAP).find(|byte| !byte.is_ascii_whitespace());
        last == Some(&b'=')
    }

    /// The end of an expression that stands for a title: `describe(Parser.name, …)`.
    fn expression(&self, at: usize) -> Option<usize> {
        if self.row.language != Language::JavaScript || !is_word(self.masked.at(at)) {
            return None;
        }
        let rest = self.masked.code.get(at..(at + 120).min(self.masked.code.len()))?;
        let end = rest.iter().position(|byte| !is_word(*byte) && *byte != b'.')?;
        let word = rest.get(..end)?;
        let names = rest.get(end) == Some(&b',') && !matches!(word, b"async" | b"function");
        (names && self.test_file).then_some(at + end)
    }

    /// `beforeEach(…)`.
    pub(super) fn hook(&mut self, at: usize, end: usize) -> usize {
        let open = self.masked.skip_space(end);
        if !self.may_begin(at) || self.masked.at(open) != b'(' {
            return end;
        }
        let span = (at as u32, end as u32);
        let name = self.masked.slice(span.0, span.1);
        let new = New { kind: Kind::Fixture, name, span, start: span.0, parent: self.around(), suite: None };
        let item = self.items.open(new);
        self.push((b'(', open), item, false, None);
        open + 1
    }

    /// `t.Run("name", …)`: a subtest, or a table of them.
    pub(super) fn run_call(&mut self, at: usize, end: usize) -> usize {
        let dotted = at.checked_sub(1).is_some_and(|before| self.masked.at(before) == b'.');
        let Some(test) = self.around().filter(|_| dotted && self.test_file && self.masked.at(end) == b'(') else {
            return end;
        };
        let first = self.masked.skip_space(end + 1);
        let Some(literal) = self.masked.literal(first) else {
            let case = self.items.get(Some(test)).filter(|test| test.kind == Kind::Test && !test.parametrised);
            if let Some(case) = case {
                case.parametrised = true;
                self.named_cases(test, end);
            }
            return end;
        };
        if self.masked.at(self.masked.skip_space(literal.end as usize)) != b',' {
            return end;
        }
        let span = (literal.inner, literal.inner_end);
        let name = unescape(self.masked.slice(span.0, span.1)).replace(char::is_whitespace, "_");
        let new = New { kind: Kind::Test, name: &name, span, start: at as u32, parent: Some(test), suite: None };
        let item = self.items.open(new);
        self.items.note(item, Source::Title, span);
        self.push((b'(', end), item, false, None);
        literal.end as usize
    }
}
