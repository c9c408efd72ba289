//! Assertions that hold whatever the code does: `assert True`, `EXPECT_EQ(1, 1)`, `expect(true).toBe(true)`, `SUCCEED()`.
//!
//! Only what is written as a constant counts, and a plain name that is compared with itself, unless the name of the test speaks of
//! equality: then it is tried.

mod half;

pub(super) use half::is_half;

use super::super::Language;
use super::super::mask::{FILL, Masked, is_word};
use super::meaning::{self, Use};
use crate::model::id::Id;
use crate::model::test_case::TestCase;
use crate::source::Span;
use std::ops::Range;

/// What an assertion asks of its arguments.
#[derive(Clone, Copy)]
enum Kind {
    /// Nothing: it ends the test well.
    Passes,
    /// That its argument is true.
    True,
    /// That its argument is false.
    False,
    /// That two arguments are equal.
    Equal,
    /// What the calls behind it ask: `expect(x).toBe(y)`.
    Fluent,
}

/// Whether the name of a test, or of what stands around it, speaks of equality, which is tried by comparing a value with itself.
pub(super) fn is_of_equality(test: &TestCase) -> bool {
    const WORDS: &[&str] =
        &["compar", "eq", "equal", "equiv", "hash", "ident", "ne", "nan", "operator", "order", "refl", "same", "self"];
    let says = |part: &str| WORDS.iter().any(|word| if word.len() < 3 { part == *word } else { part.starts_with(word) });
    let names = test.scope.iter().map(Id::as_str).chain([test.name.as_str()]);
    names.flat_map(meaning::parts).any(|part| says(&part))
}

/// The assertion that begins with a word, if it cannot fail. `mirrors` says that a name which is compared with itself counts.
pub(super) fn held(language: Language, masked: &Masked<'_>, one: &Use<'_>, mirrors: &dyn Fn() -> bool) -> Option<Span> {
    let reader = Reader { language, masked, mirrors };
    if language == Language::Python && one.word == "assert" && !one.is_member {
        let end = reader.statement(one.end)?;
        let condition = reader.parts(one.end..end, b',').into_iter().next()?;
        return (reader.is_pair(&condition) || reader.is_filled(&condition) || reader.is_always(condition))
            .then(|| Span::new(one.at, end));
    }
    // `Assert.True(…)` is read at the word in front: what is called stands behind it.
    let (name, end) = match one.after {
        b'.' => reader.member(one.end)?,
        _ => (one.word, one.end),
    };
    let kind = kind(language, name, one)?;
    let open = reader.open(end)?;
    if !reader.may_hold(kind, open) {
        return None;
    }
    let close = masked.close(open)?;
    let mut arguments = reader.parts(open + 1..close - 1, b',');
    if language == Language::Go && arguments.first().is_some_and(|first| matches!(reader.text(first), "t" | "tb" | "b")) {
        arguments.remove(0);
    }
    let behind = reader.chain(close);
    let (holds, end) = match kind {
        Kind::Passes => (true, close),
        // What hangs on it, as in `assert(x).equals(y)`, asks for more than its truth.
        Kind::True | Kind::False | Kind::Equal => (behind.is_empty() && reader.holds(kind, &arguments), close),
        Kind::Fluent => {
            // `true.Should().BeTrue()`: the subject stands in front.
            let owner = one.at.checked_sub(1 + one.owner.len()).filter(|_| one.word == "Should");
            let (subject, asked) = match (owner, arguments.split_first()) {
                (Some(at), _) => (at..at + one.owner.len(), &[][..]),
                (None, Some((subject, asked))) => (subject.clone(), asked),
                (None, None) => return None,
            };
            reader.is_answered(subject, asked, &behind, close).map_or((false, close), |end| (true, end))
        }
    };
    holds.then(|| Span::new(one.at, end))
}

/// Whether a word ends a test well by itself.
pub(super) fn passes(language: Language, one: &Use<'_>) -> bool {
    language == Language::C && matches!(one.word, "SUCCEED" | "TEST_PASS" | "TEST_PASS_MESSAGE")
}

/// What an assertion of this name asks; `None` for those that are not known to hold by what is written.
fn kind(language: Language, name: &str, one: &Use<'_>) -> Option<Kind> {
    let plain: String = name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect();
    Some(match plain.as_str() {
        _ if passes(language, one) => Kind::Passes,
        "pass" if matches!(one.word, "Assert") || matches!(one.owner, "t" | "assert" | "tap") => Kind::Passes,
        // As a method it is that of a client, which looks at an answer.
        "expect" if language == Language::JavaScript && !one.is_member => Kind::Fluent,
        "assertthat" | "that" | "should" => Kind::Fluent,
        "assert" | "asserttrue" | "debugassert" | "istrue" | "true" | "ok" | "isok" | "expecttrue" | "check" | "require"
        | "checktrue" | "requiretrue" | "testassert" | "testasserttrue" | "boosttest" | "boostcheck" | "boostrequire"
        | "qverify" | "zasserttrue" => Kind::True,
        "assertfalse" | "isfalse" | "false" | "notok" | "expectfalse" | "checkfalse" | "requirefalse" | "testassertfalse"
        | "zassertfalse" => Kind::False,
        "assertequal" | "assertequals" | "asserteq" | "debugasserteq" | "expecteq" | "checkeq" | "requireeq" | "equal"
        | "equals" | "strictequal" | "deepequal" | "deepstrictequal" | "areequal" | "qcompare" | "boostcheckequal"
        | "assertsame" | "assertintequal" | "zassertequal" => Kind::Equal,
        _ if plain.starts_with("testassertequal") => Kind::Equal,
        _ => return None,
    })
}

/// Reads expressions at offsets of a text.
struct Reader<'r, 'm> {
    language: Language,
    masked: &'r Masked<'m>,
    /// Asked only where a name may be compared with itself.
    mirrors: &'r dyn Fn() -> bool,
}

/// A call behind another: its name, its arguments and where it ends.
struct Link<'m> {
    name: &'m str,
    arguments: Vec<Range<usize>>,
    end: usize,
}

impl<'m> Reader<'_, 'm> {
    fn text(&self, range: &Range<usize>) -> &'m str {
        self.masked.text.get(range.clone()).unwrap_or("").trim()
    }

    fn code(&self, range: &Range<usize>) -> &[u8] {
        self.masked.code.get(range.clone()).unwrap_or_default().trim_ascii()
    }

    /// The word behind a dot, and its end.
    fn member(&self, dot: usize) -> Option<(&'m str, usize)> {
        let start = self.masked.skip_space(self.masked.skip_space(dot) + 1);
        let end = self.masked.word_end(start);
        (end > start).then(|| (self.masked.text.get(start..end).unwrap_or(""), end))
    }

    /// The bracket that opens the arguments behind a name.
    fn open(&self, end: usize) -> Option<usize> {
        let at = self.masked.skip_space(end);
        let at = if self.masked.at(at) == b'!' { self.masked.skip_space(at + 1) } else { at };
        (self.masked.at(at) == b'(').then_some(at)
    }

    /// Whether a look at the line says that a constant may stand there: nearly no assertion is read further.
    fn may_hold(&self, kind: Kind, open: usize) -> bool {
        let code = self.masked.code.get(open + 1..).unwrap_or_default();
        let line = code.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
        matches!(kind, Kind::Passes)
            || matches!(kind, Kind::Fluent) && line.starts_with(b")")
            || might_hold(line)
            || mirrored(line) && (self.mirrors)()
    }

    /// The end of the statement that begins at an offset; `None` for one that is plainly about something.
    fn statement(&self, from: usize) -> Option<usize> {
        let code = self.masked.code.get(from..)?;
        let line = memchr::memchr(b'\n', code).unwrap_or(code.len());
        let first = code.get(..line)?.trim_ascii();
        if !(might_hold(first) || mirrored(first) && (self.mirrors)()) {
            return None;
        }
        let mut at = from;
        while at < self.masked.code.len() {
            at = match self.masked.at(at) {
                b'(' | b'[' | b'{' => self.masked.close(at)?,
                b'\n' | b';' => break,
                _ => at + 1,
            };
        }
        Some(at)
    }

    /// The parts of a range between signs that stand in no brackets; no part for nothing at all.
    fn parts(&self, range: Range<usize>, sign: u8) -> Vec<Range<usize>> {
        let (mut found, mut start, mut depth) = (Vec::new(), range.start, 0usize);
        for at in range.clone() {
            match self.masked.at(at) {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                byte if byte == sign && depth == 0 => found.push(std::mem::replace(&mut start, at + 1)..at),
                _ => {}
            }
        }
        found.push(start..range.end);
        found.retain(|part| !self.code(part).is_empty());
        found
    }

    /// The calls and properties behind an assertion: `.to.equal(1)`.
    fn chain(&self, mut end: usize) -> Vec<Link<'m>> {
        const MOST: usize = 8;
        let mut found = Vec::new();
        while found.len() < MOST && self.masked.at(self.masked.skip_space(end)) == b'.' {
            let Some((name, after)) = self.member(end) else { break };
            let called = self.masked.at(after) == b'(';
            let close = if called { self.masked.close(after) } else { Some(after) };
            let Some(close) = close else { break };
            let arguments = if called { self.parts(after + 1..close - 1, b',') } else { Vec::new() };
            found.push(Link { name, arguments, end: close });
            end = close;
        }
        found
    }

    /// Whether what is written in the arguments satisfies what is asked of them.
    fn holds(&self, kind: Kind, arguments: &[Range<usize>]) -> bool {
        match (kind, arguments) {
            (Kind::True, [only]) => self.is_always(only.clone()),
            (Kind::False, [only]) => self.is_never(only),
            (Kind::Equal, [a, b]) => self.are_equal(a, b),
            // A message stands before or behind.
            (Kind::True, [a, b]) if self.is_message(a) => self.text(b) == "true",
            (Kind::True, [a, message, ..]) => self.is_message(message) && self.is_always(a.clone()),
            (Kind::Equal, [a, b, message, ..]) => self.is_message(message) && self.are_equal(a, b),
            _ => false,
        }
    }

    fn is_message(&self, argument: &Range<usize>) -> bool {
        self.code(argument).starts_with(b"\"")
    }

    /// What is called last of a fluent assertion whose subject is a constant that answers what is asked; the assertion itself
    /// ends at `close`.
    fn is_answered(&self, subject: Range<usize>, asked: &[Range<usize>], chain: &[Link<'m>], close: usize) -> Option<usize> {
        match asked {
            [] => {}
            [asked] => {
                let true_is_asked = matches!(self.text(asked), "Is.True" | "is(true)" | "Is.Not.False");
                return (true_is_asked && self.is_always(subject)).then_some(close);
            }
            _ => return None,
        }
        // `Assert.That(true)`; a bare `expect(true)` is half a sentence.
        if chain.is_empty() {
            return (self.language == Language::CSharp && self.is_always(subject)).then_some(close);
        }
        if chain.iter().any(|link| link.name.eq_ignore_ascii_case("not")) {
            return None;
        }
        let last = chain.last()?;
        let holds = match (last.name, last.arguments.as_slice()) {
            ("toBe" | "toEqual" | "toStrictEqual" | "isEqualTo" | "equal" | "equals" | "eql" | "eq" | "Be" | "EqualTo", [to]) => {
                self.are_equal(&subject, to)
            }
            ("toBeTruthy" | "toBeTrue" | "isTrue" | "true" | "ok" | "BeTrue", []) => self.is_always(subject),
            ("toBeFalsy" | "toBeFalse" | "isFalse" | "false" | "BeFalse", []) => self.is_never(&subject),
            _ => false,
        };
        holds.then_some(last.end)
    }

    /// `assert (holds, "message")`: a pair is never empty, so that it is always true.
    fn is_pair(&self, range: &Range<usize>) -> bool {
        self.within(range).is_some_and(|inner| self.parts(inner, b',').len() > 1)
    }

    /// `assert [works()]`: a list with something in it is always true; one that is made in a loop may be empty.
    fn is_filled(&self, range: &Range<usize>) -> bool {
        let code = self.code(range);
        let start = self.masked.skip_space(range.start);
        let whole = self.masked.at(start) == b'[' && self.masked.close(start) == Some(start + code.len());
        let spreads = [b" for ".as_slice(), b"*"].iter().any(|word| memchr::memmem::find(code, word).is_some());
        whole && code.len() > 2 && !spreads
    }

    /// What stands within parentheses around the whole of a range.
    fn within(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.masked.skip_space(range.start);
        let end = range.end - self.masked.code.get(range.clone())?.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
        (self.masked.at(start) == b'(' && self.masked.close(start) == Some(end)).then(|| start + 1..end - 1)
    }

    /// Whether an expression is true whatever happens.
    fn is_always(&self, range: Range<usize>) -> bool {
        let mut range = range;
        while let Some(inner) = self.within(&range).filter(|inner| self.parts(inner.clone(), b',').len() == 1) {
            range = inner;
        }
        let code = self.code(&range);
        let python = self.language == Language::Python;
        let loose = python || matches!(self.language, Language::JavaScript | Language::C);
        let number = || loose && code.iter().all(u8::is_ascii_digit) && code.iter().any(|byte| *byte != b'0');
        let string = || (python || self.language == Language::JavaScript) && self.is_string(&range) && code.len() > 2;
        let negated = || {
            let denied = if python { code.strip_prefix(b"not ") } else { code.strip_prefix(b"!") };
            matches!(denied.map(<[u8]>::trim_ascii), Some(b"false" | b"False" | b"FALSE"))
        };
        matches!(code, b"true" | b"True" | b"TRUE")
            || number()
            || string()
            || negated()
            || self.is_either(&range)
            || self.is_counted(code)
            || self.halves(&range).is_some_and(|(a, b)| self.are_equal(&a, &b))
    }

    /// Whether an expression is false whatever happens.
    fn is_never(&self, range: &Range<usize>) -> bool {
        matches!(self.code(range), b"false" | b"False" | b"FALSE")
    }

    /// `heats() or True`: an alternative that always holds, outside of brackets and of no conditional expression.
    fn is_either(&self, range: &Range<usize>) -> bool {
        let code = self.code(range);
        let (ends, begins, other): (&[u8], &[u8], &[u8]) = match self.language {
            Language::Python => (b" or True", b"True or ", b" if "),
            _ => (b"|| true", b"true ||", b"?"),
        };
        let lambda = memchr::memmem::find(code, b"lambda").is_some() || memchr::memmem::find(code, b"=>").is_some();
        !lambda && (code.ends_with(ends) || code.starts_with(begins)) && memchr::memmem::find(code, other).is_none()
    }

    /// `len(found) >= 0`: no length is less.
    fn is_counted(&self, code: &[u8]) -> bool {
        let Some(left) = code.strip_suffix(b"0").and_then(|code| code.trim_ascii_end().strip_suffix(b">=")) else {
            return false;
        };
        let left = left.trim_ascii();
        // `size - other.size()` may well be less.
        let alone = left.iter().all(|byte| is_word(*byte) || b".:()[]&\"".contains(byte) || *byte == FILL);
        let length = match self.language {
            Language::Python | Language::Go => left.starts_with(b"len(") && closes_at_end(left),
            Language::Rust => left.ends_with(b".len()"),
            Language::Java => left.ends_with(b".size()") || left.ends_with(b".length()"),
            _ => false,
        };
        length && alone
    }

    /// The two sides of an equation.
    fn halves(&self, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let code = self.masked.code.get(range.clone())?;
        let at = memchr::memmem::find(code, b"==")?;
        let width = code.get(at..)?.iter().take_while(|byte| **byte == b'=').count();
        Some((range.start..range.start + at, range.start + at + width..range.end))
    }

    /// Whether an expression is one string, and no template into which values are put: its inside is masked.
    fn is_string(&self, range: &Range<usize>) -> bool {
        let inner = self.code(range).strip_prefix(b"\"").and_then(|code| code.strip_suffix(b"\""));
        let text = self.text(range);
        inner.is_some_and(|inner| !inner.contains(&b'"')) && text.starts_with(['"', '\'']) && !text.contains('$')
    }

    /// Whether two expressions are constants of the same value.
    fn are_equal(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        if let Some((a, b)) = sum(self.code(a)).zip(sum(self.code(b))) {
            return a == b;
        }
        let constant = |range: &Range<usize>| {
            let code = self.code(range);
            matches!(code, b"true" | b"True" | b"TRUE" | b"false" | b"False" | b"FALSE") || self.is_string(range)
        };
        self.text(a) == self.text(b) && (constant(a) && constant(b) || is_name(self.code(a)) && (self.mirrors)())
    }
}

/// Whether an expression is a plain name. A part of something may be another one each time.
fn is_name(code: &[u8]) -> bool {
    code.first().is_some_and(|byte| is_word(*byte) && !byte.is_ascii_digit()) && code.iter().all(|byte| is_word(*byte))
}

/// Whether a line looks as if a name is compared with itself: the first word stands in it again.
fn mirrored(line: &[u8]) -> bool {
    let len = line.iter().take_while(|byte| is_word(**byte)).count();
    let (name, rest) = line.split_at(len);
    let again = rest.iter().position(|byte| is_word(*byte)).and_then(|at| rest.get(at..));
    len > 0 && again.is_some_and(|again| again.starts_with(name))
}

/// Whether a line looks as if a constant decides it.
fn might_hold(line: &[u8]) -> bool {
    let literal = line.first().is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'"' | b'\'' | b'(' | b'[' | b'!'));
    let begins = [b"true".as_slice(), b"false", b"not ", b"t,"];
    let named = || begins.iter().any(|word| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    // Every assertion of a suite is looked at: one pass, and no searcher that has to be made first.
    literal || named() || line.windows(3).any(|three| matches!(three, b"rue" | b">= " | b">=0"))
}

/// The sum of numbers that are written out; `None` for anything else.
fn sum(code: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(code).ok()?;
    text.split('+').try_fold(0i64, |total, part| total.checked_add(part.trim().parse().ok()?))
}

/// Whether the first bracket of an expression is closed by its last byte.
fn closes_at_end(code: &[u8]) -> bool {
    let mut depth = 0usize;
    for (at, byte) in code.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            byte if depth == 0 && !is_word(*byte) => return false,
            _ => continue,
        }
        if depth == 0 && *byte == b')' {
            return at + 1 == code.len();
        }
    }
    false
}
