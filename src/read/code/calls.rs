//! Words with a meaning: declarations, macros that declare tests, calls that skip or register them.

use super::Language;
use super::braced::{Declared, Pass};
use super::items::{New, Note, Source};
use super::mask::is_word;
use super::table::{Mark, Word};
use crate::model::test_case::{Kind, State};

/// How far the arguments of a macro are looked at.
const MAX_ARGUMENTS: usize = 600;

/// An argument of a macro.
#[derive(Clone, Copy)]
struct Argument {
    at: (u32, u32),
    literal: bool,
}

impl Pass<'_, '_> {
    /// What a word does; returns where to go on.
    pub(super) fn calls(&mut self, word: Word, at: usize, end: usize) -> usize {
        match word {
            Word::Title(kind, state) => self.title(kind, state, at, end),
            Word::Run => self.run_call(at, end),
            Word::Hook => self.hook(at, end),
            Word::Skip => self.skip(at, end),
            Word::Chained(mark) => self.chained(mark, at, end),
            Word::Register => {
                for argument in self.arguments(end).into_iter().flatten().take(1) {
                    self.registered.push(self.masked.slice(argument.at.0, argument.at.1));
                }
                end
            }
            Word::Marker => {
                if let Some(close) = self.closed_by(end) {
                    let (name, text) = ((at as u32, end as u32), (end as u32, close as u32));
                    self.items.notes.push(Note { item: self.around(), source: Source::Arguments, name, text });
                }
                end
            }
            Word::Claim => {
                self.claim(at, end);
                end
            }
            Word::Told => {
                self.told(end);
                end
            }
            Word::SuiteBegin | Word::SuiteEnd => self.suite(word, at, end),
            _ => self.test_macro(word, at, end),
        }
    }

    /// `fn name`, `class Name`: the declaration waits for its block.
    pub(super) fn declaration(&mut self, word: Word, at: usize, end: usize) -> usize {
        let mut from = self.masked.skip_space(end);
        if word == Word::Function && self.masked.at(from) == b'(' {
            // `func (s *Suite) TestX(…)` has its receiver first.
            let rest = self.masked.code.get(from..(from + 200).min(self.masked.code.len())).unwrap_or_default();
            let Some(close) = memchr::memchr(b')', rest) else {
                return end;
            };
            from = self.masked.skip_space(from + close + 1);
        }
        let quoted = self.masked.literal(from).filter(|_| self.row.language == Language::Kotlin);
        let (name, stop) = match quoted {
            Some(found) => ((found.inner, found.inner_end), found.end as usize),
            None => {
                let mut start = from;
                let mut stop = self.masked.word_end(from);
                loop {
                    // `fun String.shorten`, `module shop::cart_tests`.
                    let skip = match (word, self.masked.at(stop), self.masked.at(stop + 1)) {
                        (Word::Function, b'.', _) => 1,
                        (Word::Class, b':', b':') => 2,
                        _ => break,
                    };
                    if !is_word(self.masked.at(stop + skip)) {
                        break;
                    }
                    start = stop + skip;
                    stop = self.masked.word_end(start);
                }
                ((start as u32, stop as u32), stop)
            }
        };
        if name.0 >= name.1 {
            return end;
        }
        let start = self.line_start(at);
        self.end_arrow(start as usize);
        let kind = (word == Word::Class).then_some(Kind::Class);
        if self.row.language == Language::Go && start == at as u32 && self.masked.at(at.wrapping_sub(1)) == b'\n' {
            self.unwind(0, at);
        }
        if let Some(statement) = self.statement() {
            statement.declared = Some(Declared { kind, title: quoted.is_some(), start, ..Declared::function(name) });
        }
        stop
    }

    /// Where the words on this line begin: `pub async fn` begins at `pub`.
    fn line_start(&self, at: usize) -> u32 {
        let before = self.masked.code.get(at.saturating_sub(120)..at).unwrap_or_default();
        let words = |byte: &u8| is_word(*byte) || matches!(byte, b' ' | b'\t' | b'(' | b')' | b'"' | 2);
        let run = before.iter().rev().take_while(|byte| words(byte)).count();
        self.masked.skip_space(at - run).min(at) as u32
    }

    fn test_macro(&mut self, word: Word, at: usize, end: usize) -> usize {
        let [first, second, third] = self.arguments(end);
        let Some(first) = first else { return end };
        let (name, suite, tags) = match word {
            Word::SuiteMacro | Word::SuiteMacroMany => (second.unwrap_or(first), second.and(Some(first)), None),
            Word::FixtureMacro => (second.unwrap_or(first), None, third),
            Word::TitleMacro => (first, None, second),
            _ => (first, None, None),
        };
        let titled = matches!(word, Word::TitleMacro | Word::FixtureMacro);
        // `TEST_CASE(pump_stops) {` of a harness of one's own names a function.
        let plain = word == Word::TitleMacro && !name.literal && second.is_none();
        if name.literal != titled && !plain {
            return end;
        }
        let titled = titled && !plain;
        let column = at == 0 || self.masked.at(at - 1) == b'\n';
        if column {
            self.unwind(0, at);
        }
        let word_text = self.masked.slice(at as u32, end as u32);
        let disabled = |it: Argument| self.masked.slice(it.at.0, it.at.1).starts_with("DISABLED_");
        let declared = Declared {
            kind: Some(Kind::Test),
            title: titled,
            name: name.at,
            suite: suite.map(|it| it.at),
            tags: tags.filter(|it| it.literal).map(|it| it.at),
            start: at as u32,
            many: word == Word::SuiteMacroMany || word_text.contains("TEMPLATE") || word_text.contains("DATA"),
            ignored: disabled(name) || suite.is_some_and(disabled) || word_text == "IGNORE_TEST",
        };
        if let Some(statement) = self.statement() {
            statement.declared = Some(declared);
        }
        end
    }

    fn suite(&mut self, word: Word, at: usize, end: usize) -> usize {
        let found = self.arguments(end)[0];
        if word == Word::SuiteEnd {
            if let Some(suite) = self.suites.pop() {
                self.items.close(suite, end);
            }
        } else if let Some(found) = found {
            let name = self.masked.slice(found.at.0, found.at.1);
            let parent = self.around();
            let new = New { kind: Kind::Class, name, span: found.at, start: at as u32, parent, suite: None };
            self.suites.extend(self.items.open(new));
        }
        self.finish(found.map_or(end, |found| found.at.1 as usize))
    }

    /// `t.Skip()`: without a condition only where it stands at the top of the test.
    fn skip(&mut self, at: usize, end: usize) -> usize {
        if self.masked.at(self.masked.skip_space(end)) != b'(' && self.row.language != Language::Bats {
            return end;
        }
        let mut frames = self.frames.iter().rev().take(64).enumerate();
        let Some((depth, item)) = frames.find_map(|(depth, frame)| Some((depth, frame.item?))) else {
            return end;
        };
        // A call with a title has its parenthesis and the brace of its function around the body.
        let call = self.frames.iter().rev().nth(depth).is_some_and(|frame| frame.is_call());
        let state = if depth > usize::from(call) { State::Conditional } else { State::Skipped };
        if self.items.get(Some(item)).is_some_and(|item| item.kind == Kind::Test) {
            self.items.state(Some(item), state, (at as u32, end as u32));
        }
        end
    }

    /// The block that follows belongs to an item that exists already.
    pub(super) fn wait_for_block(&mut self, index: u32) {
        if let Some(statement) = self.statement() {
            statement.item = Some(index);
        }
    }

    /// `[a][.]` in the second argument of a test case.
    pub(super) fn bracket_tags(&mut self, index: Option<u32>, at: (u32, u32)) {
        let text = self.masked.slice(at.0, at.1);
        let mut from = 0;
        while let Some(open) = text.get(from..).and_then(|rest| rest.find('[')).map(|n| from + n + 1) {
            let Some(close) = text.get(open..).and_then(|rest| rest.find(']')).map(|n| open + n) else {
                break;
            };
            let span = (at.0 + open as u32, at.0 + close as u32);
            match text.get(open..close).unwrap_or("") {
                "." | "!hide" => self.items.state(index, State::Ignored, span),
                "!shouldfail" | "!mayfail" => self.items.state(index, State::ExpectedFailure, span),
                _ => self.items.tag(self.masked, index, span),
            }
            from = close + 1;
        }
    }

    /// Where the parenthesis closes that opens after a word, if it holds a string and no further call.
    pub(super) fn closed_by(&self, end: usize) -> Option<usize> {
        let open = self.masked.skip_space(end);
        let rest = self.masked.code.get(open..(open + MAX_ARGUMENTS).min(self.masked.code.len()))?;
        let close = open + rest.strip_prefix(b"(").and_then(|rest| memchr::memchr2(b'(', b')', rest))? + 1;
        let first = self.masked.strings.partition_point(|it| (it.start as usize) < open);
        self.masked.strings.get(first).filter(|it| (it.end as usize) <= close).map(|_| close)
    }

    /// `covers!(pump_req_7, pump_req_8)`, `verifies("REQ-1")`: a statement of identifiers.
    fn claim(&mut self, at: usize, end: usize) {
        let begins = self.statement().is_some_and(|statement| statement.start == Some(at as u32));
        let open = self.masked.skip_space(end + usize::from(self.masked.at(end) == b'!'));
        if !begins || self.declares() || self.masked.at(open) != b'(' {
            return;
        }
        let rest = self.masked.code.get(open + 1..(open + MAX_ARGUMENTS).min(self.masked.code.len())).unwrap_or_default();
        let Some(length) = memchr::memchr2(b'(', b')', rest) else { return };
        let text = ((open + 1) as u32, (open + 1 + length) as u32);
        self.items.notes.push(Note { item: self.around(), source: Source::Claim, name: (at as u32, end as u32), text });
    }

    /// `})->skip('…')`, `})->with([…])`: what is chained to the call of a test.
    pub(super) fn chained(&mut self, mark: Mark, at: usize, end: usize) -> usize {
        let arrow = self.masked.code.get(..at).is_some_and(|code| code.ends_with(b"->"));
        let depth = self.frames.len();
        let Some((item, _)) = self.ended.filter(|(_, ended)| arrow && *ended == depth && self.masked.at(end) == b'(') else {
            return end;
        };
        let first = self.masked.skip_space(end + 1);
        match mark {
            Mark::State(state) => {
                let plain = self.masked.at(first) == b')' || self.masked.literal(first).is_some();
                let state = if state == State::Skipped && !plain { State::Conditional } else { state };
                self.items.state(Some(item), state, (at as u32, end as u32));
            }
            Mark::Tag => {
                for tag in self.arguments(end).into_iter().flatten().filter(|argument| argument.literal) {
                    self.items.tag(self.masked, Some(item), tag.at);
                }
            }
            _ => {
                if let Some(test) = self.items.get(Some(item)) {
                    test.parametrised = true;
                }
            }
        }
        end
    }

    /// The first arguments of a macro, as far as they are words or strings.
    fn arguments(&self, end: usize) -> [Option<Argument>; 3] {
        let mut found = [None; 3];
        let open = self.masked.skip_space(end);
        if self.masked.at(open) != b'(' || open > end + 8 {
            return found;
        }
        let mut at = open + 1;
        for slot in &mut found {
            at = self.masked.skip_space(at);
            let literal = self.masked.literal(at);
            let span = literal.map_or((at as u32, self.masked.word_end(at) as u32), |it| (it.inner, it.inner_end));
            if span.0 >= span.1 {
                break;
            }
            *slot = Some(Argument { at: span, literal: literal.is_some() });
            at = literal.map_or(span.1, |it| it.end) as usize;
            let rest = self.masked.code.get(at..(at + MAX_ARGUMENTS).min(self.masked.code.len())).unwrap_or_default();
            match memchr::memchr2(b',', b')', rest).and_then(|n| Some((n, rest.get(n)?))) {
                Some((n, b',')) => at += n + 1,
                _ => break,
            }
        }
        found
    }
}
