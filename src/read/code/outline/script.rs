//! Functions, classes and methods of JavaScript and TypeScript.
//!
//! Only what has a block of its own has lines that run when it is called: of `const f = () => 2` none is not also that of its name.
//! Where a file declares such a function by itself it is a symbol all the same, so that a marker above it speaks of it.

use crate::model::id::Id;
use crate::model::outline::Symbol;
use crate::read::code::mask::Masked;
use crate::read::code::work;
use crate::source::Span;

/// Words in front of the name of a member.
const MODIFIERS: &[&str] = &[
    "abstract",
    "accessor",
    "async",
    "declare",
    "get",
    "override",
    "private",
    "protected",
    "public",
    "readonly",
    "set",
    "static",
];

/// A symbol by the places of its parts, before it is known what stands around it.
#[derive(Debug, Clone, Copy)]
struct Found {
    start: usize,
    name: (usize, usize),
    /// The bracket that opens its block, and the one behind it.
    open: usize,
    end: usize,
    class: bool,
}

/// A type or a header that is longer is none that anybody wrote.
const MAX_TYPE: usize = 4_096;

/// The symbols of a file. `next_line` has the beginning of the line behind an offset.
pub(super) fn symbols(masked: &Masked<'_>, next_line: impl Fn(u32) -> Option<u32>) -> Vec<Symbol> {
    let mut pass = Pass { code: &masked.code, closes: closes(&masked.code), found: Vec::new(), stated: 0 };
    pass.run();
    let mut found = pass.found;
    found.sort_unstable_by_key(|one| (one.start, std::cmp::Reverse(one.end)));
    let mut around: Vec<Found> = Vec::new();
    let mut symbols = Vec::with_capacity(found.len());
    let name = |one: &Found| Id::from(masked.slice(one.name.0 as u32, one.name.1 as u32));
    for one in found {
        around.retain(|outer| outer.end > one.start);
        let scope: Vec<Id> = around.iter().map(name).collect();
        let begin = next_line(one.open as u32).map_or(one.end, |line| line as usize);
        let running = if one.class || begin >= one.end { Span::default() } else { Span::new(begin, one.end) };
        let (span, body) = (Span::new(one.name.0, one.name.1), Span::new(one.start, one.end));
        symbols.push(Symbol { name: name(&one), scope, span, body, running, class: one.class });
        around.push(one);
    }
    symbols
}

/// Where each bracket is closed, found once; zero for what opens none, or is never closed.
fn closes(code: &[u8]) -> Vec<u32> {
    let mut closes = vec![0; code.len()];
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (at, byte) in code.iter().enumerate() {
        let close = match byte {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            b')' | b']' | b'}' => {
                // A bracket that fits nothing closes nothing.
                if let Some((from, _)) = open.pop_if(|(_, close)| close == byte)
                    && let Some(slot) = closes.get_mut(from)
                {
                    *slot = u32::try_from(at).unwrap_or(0);
                }
                continue;
            }
            _ => continue,
        };
        open.push((at, close));
    }
    closes
}

struct Pass<'c> {
    code: &'c [u8],
    closes: Vec<u32>,
    found: Vec<Found>,
    /// Where the last statement ends that was looked into: what begins within it is no statement of the file.
    stated: usize,
}

impl Pass<'_> {
    fn at(&self, at: usize) -> u8 {
        self.code.get(at).copied().unwrap_or(0)
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while self.at(at).is_ascii_whitespace() {
            at += 1;
        }
        at
    }

    /// The end of the name that begins at a place; the place itself where none does.
    fn name_end(&self, at: usize) -> usize {
        let rest = self.code.get(at..).unwrap_or_default();
        let len = rest.iter().take_while(|byte| is_name(**byte)).count();
        if self.at(at).is_ascii_digit() { at } else { at + len }
    }

    fn word(&self, at: usize) -> &str {
        let end = self.name_end(at);
        std::str::from_utf8(self.code.get(at..end).unwrap_or_default()).unwrap_or_default()
    }

    /// The bracket that closes the one at a place.
    fn close(&self, open: usize) -> Option<usize> {
        self.closes.get(open).copied().filter(|close| *close > 0).map(|close| close as usize)
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.code.len() {
            work::spend(1);
            if !is_name(self.at(at)) {
                at += 1;
                continue;
            }
            let end = self.name_end(at).max(at + 1);
            // `a.class` and `class: 1` are names of properties.
            let free = at == 0 || !matches!(self.at(at - 1), b'.' | b'#' | b'@') && self.at(self.skip_space(end)) != b':';
            match self.word(at) {
                "function" if free => self.function(at, end),
                "class" if free => self.class(at, end),
                "const" | "let" | "var" if free => self.variable(at, end),
                _ => {}
            }
            at = end;
        }
    }

    fn push(&mut self, start: usize, name: (usize, usize), open: usize, class: bool) -> Option<usize> {
        let end = self.close(open)? + 1;
        self.found.push(Found { start, name, open, end, class });
        Some(end)
    }

    /// `function name(…) {`
    fn function(&mut self, start: usize, end: usize) {
        let star = self.skip_space(end);
        let at = self.skip_space(star + usize::from(self.at(star) == b'*'));
        let name = (at, self.name_end(at));
        if name.0 < name.1
            && let Some(open) = self.block(name.1)
        {
            self.push(start, name, open, false);
        }
    }

    /// The bracket that opens the block behind the parameters of a function: `<T>(…): Type {`.
    fn block(&self, at: usize) -> Option<usize> {
        let at = self.skip_space(at);
        let at = if self.at(at) == b'<' { self.skip_space(self.behind_angles(at)?) } else { at };
        (self.at(at) == b'(').then_some(())?;
        self.behind_type(self.close(at)? + 1)
    }

    /// Behind `<…>`, in which no statement ends.
    fn behind_angles(&self, open: usize) -> Option<usize> {
        let (mut at, mut depth) = (open, 0_usize);
        while at - open < MAX_TYPE {
            work::spend(1);
            match self.at(at) {
                b'<' => depth += 1,
                b'>' if self.at(at.wrapping_sub(1)) == b'=' => {}
                b'>' if depth == 1 => return Some(at + 1),
                b'>' => depth -= 1,
                b'(' | b'[' | b'{' => at = self.close(at)?,
                b';' | b')' | b']' | b'}' | 0 => break,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The bracket that opens a block behind a type, if there is a type: `: Promise<{ a: string }> {`.
    fn behind_type(&self, at: usize) -> Option<usize> {
        let at = self.skip_space(at);
        if self.at(at) == b'{' {
            return Some(at);
        }
        (self.at(at) == b':').then_some(())?;
        let end = self.behind_annotation(at + 1)?;
        (self.at(end) == b'{').then_some(end)
    }

    /// Where a type ends: at a bracket that opens a block, at an arrow, an assignment or the end of a statement.
    fn type_end(&self, at: usize) -> Option<usize> {
        let start = at;
        let mut at = self.skip_space(at);
        let mut open = true;
        while at - start < MAX_TYPE {
            work::spend(1);
            match self.at(at) {
                b'{' if !open => return Some(at),
                b'<' => at = self.behind_angles(at)? - 1,
                b'(' | b'[' | b'{' => at = self.close(at)?,
                b'=' | b';' | b',' | b')' | b']' | b'}' | 0 => return Some(at),
                byte if byte.is_ascii_whitespace() => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            // Behind these a type goes on.
            open = matches!(self.at(at), b'|' | b'&' | b':' | b'?') || is_joint(self.word_before(at + 1));
            at += 1;
        }
        None
    }

    /// The word that ends before a place.
    fn word_before(&self, end: usize) -> &str {
        if is_name(self.at(end)) {
            return "";
        }
        let before = self.code.get(end.saturating_sub(10)..end).unwrap_or_default();
        let len = before.iter().rev().take_while(|byte| is_name(**byte)).count();
        std::str::from_utf8(before.get(before.len() - len..).unwrap_or_default()).unwrap_or_default()
    }

    /// `const name = (…) => {`, `= async x => {`, `= function (…) {`
    fn variable(&mut self, start: usize, end: usize) {
        let at = self.skip_space(end);
        let name = (at, self.name_end(at));
        let at = self.skip_space(name.1);
        let at = if self.at(at) == b':' { self.behind_annotation(at + 1) } else { Some(at) };
        if name.0 < name.1
            && let Some(at) = at
            && self.at(at) == b'='
        {
            match self.function_value(at + 1) {
                Some(open) => _ = self.push(start, name, open, false),
                None => self.without_block(start, name, at),
            }
        }
    }

    /// `const name = (…) => …;`, `= memo(() => {…})`, `= { run: () => {…} }`: what a file declares and has functions in it.
    fn without_block(&mut self, start: usize, name: (usize, usize), sign: usize) {
        let before = self.code.get(..start).unwrap_or_default();
        let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let lead = before.get(line..).unwrap_or_default();
        if start < self.stated
            || !matches!(lead.trim_ascii_end(), b"" | b"export")
            || lead.first().is_some_and(u8::is_ascii_whitespace)
        {
            return;
        }
        let end = self.statement_end(sign);
        self.stated = end;
        let value = self.code.get(sign + 1..end).unwrap_or_default();
        let has = |word: &[u8]| memchr::memmem::find(value, word).is_some();
        if self.at(self.skip_space(sign + 1)) == b'{' || has(b"=>") || has(b"function") {
            self.found.push(Found { start, name, open: end.saturating_sub(1), end, class: false });
        }
    }

    /// The sign behind the type of a variable or a field, which may be that of a function: `: (a: T) => void =`.
    fn behind_annotation(&self, at: usize) -> Option<usize> {
        let mut at = self.type_end(at)?;
        while self.at(at) == b'=' && self.at(at + 1) == b'>' {
            at = self.type_end(at + 2)?;
        }
        Some(at)
    }

    /// The bracket that opens the block of a function that is a value.
    fn function_value(&self, at: usize) -> Option<usize> {
        let mut at = self.skip_space(at);
        if matches!(self.at(at), b'=' | b'>') {
            return None;
        }
        if self.word(at) == "async" {
            at = self.skip_space(at + "async".len());
        }
        if self.word(at) == "function" {
            let star = self.skip_space(at + "function".len());
            let name = self.skip_space(star + usize::from(self.at(star) == b'*'));
            return self.block(self.name_end(name));
        }
        let at = if self.at(at) == b'<' { self.skip_space(self.behind_angles(at)?) } else { at };
        let behind = if self.at(at) == b'(' { self.close(at)? + 1 } else { self.name_end(at) };
        let mut arrow = self.skip_space(behind);
        if self.at(arrow) == b':' {
            arrow = self.type_end(arrow + 1)?;
        }
        let block = self.skip_space(arrow + 2);
        (self.at(arrow) == b'=' && self.at(arrow + 1) == b'>' && self.at(block) == b'{').then_some(block)
    }

    /// `class Name extends Base<T> {`, and what is declared in it.
    fn class(&mut self, start: usize, end: usize) {
        let at = self.skip_space(end);
        let name = (at, self.name_end(at));
        if name.0 == name.1 || matches!(self.word(at), "extends" | "implements") {
            return;
        }
        let mut at = name.1;
        loop {
            work::spend(1);
            let next = match self.at(at) {
                _ if at - name.1 > MAX_TYPE => None,
                b'{' => break,
                b'<' => self.behind_angles(at),
                b'(' | b'[' => self.close(at).map(|close| close + 1),
                b';' | b'=' | b')' | b'}' | 0 => None,
                _ => Some(at + 1),
            };
            let Some(next) = next else { return };
            at = next;
        }
        if let Some(end) = self.push(start, name, at, true) {
            self.members(at + 1, end - 1);
        }
    }

    /// Methods, and fields that hold functions.
    fn members(&mut self, from: usize, to: usize) {
        let mut at = self.skip_space(from);
        while at < to {
            work::spend(1);
            let end = self.member(at).max(at + 1);
            at = self.skip_space(end);
        }
    }

    /// Reads one member, and says where it ends.
    fn member(&mut self, start: usize) -> usize {
        let mut at = start;
        // Decorators: `@Input({ … })`.
        while self.at(at) == b'@' {
            at = self.name_end(at + 1);
            while self.at(at) == b'.' {
                at = self.name_end(at + 1);
            }
            if self.at(at) == b'(' {
                let Some(close) = self.close(at) else { return at + 1 };
                at = close + 1;
            }
            at = self.skip_space(at);
        }
        let mut name = (at, at);
        loop {
            at = self.skip_space(at + usize::from(matches!(self.at(at), b'*' | b'#')));
            let end = self.name_end(at);
            if end == at {
                break;
            }
            name = (at, end);
            at = self.skip_space(end);
            // `get` may be the name itself.
            if !MODIFIERS.contains(&self.word(name.0)) || !(is_name(self.at(at)) || matches!(self.at(at), b'*' | b'#' | b'[')) {
                break;
            }
        }
        let optional = usize::from(matches!(self.at(at), b'?' | b'!'));
        at = self.skip_space(at + optional);
        match self.at(at) {
            b'(' | b'<' if name.0 < name.1 => match self.block(at) {
                Some(open) => self.push(start, name, open, false).unwrap_or(at + 1),
                None => self.statement_end(at),
            },
            // A name that is computed, a static block.
            b'[' | b'{' => self.close(at).map_or(at + 1, |close| close + 1),
            b'(' => match self.block(at).and_then(|open| self.close(open)) {
                Some(close) => close + 1,
                None => self.statement_end(at),
            },
            b':' | b'=' if name.0 < name.1 => {
                let sign = if self.at(at) == b':' { self.behind_annotation(at + 1) } else { Some(at) };
                let open = sign.filter(|sign| self.at(*sign) == b'=').and_then(|sign| self.function_value(sign + 1));
                match open {
                    Some(open) => self.push(start, name, open, false).unwrap_or(at + 1),
                    None => self.statement_end(sign.unwrap_or(at)),
                }
            }
            _ => self.statement_end(at),
        }
    }

    /// Where a member without a block ends: behind a semicolon, or at the end of a line that does not go on.
    fn statement_end(&self, at: usize) -> usize {
        let mut at = at;
        let mut last = 0;
        loop {
            work::spend(1);
            let byte = self.at(at);
            match byte {
                b';' => return at + 1,
                b'}' | b')' | b']' | 0 => return at,
                b'(' | b'[' | b'{' => match self.close(at) {
                    Some(close) => at = close,
                    None => return at + 1,
                },
                b'\n' => {
                    let next = self.at(self.skip_space(at));
                    let goes_on =
                        matches!(last, b'=' | b',' | b'+' | b'.' | b'?' | b':' | b'&' | b'|' | b'>' | b'<' | b'*' | b'/');
                    if !goes_on && (is_name(next) || matches!(next, b'#' | b'@' | b'[' | b'}' | b'*')) {
                        return at + 1;
                    }
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                last = self.at(at);
            }
            at += 1;
        }
    }
}

/// Words behind which a type goes on.
fn is_joint(word: &str) -> bool {
    matches!(word, "is" | "keyof" | "extends" | "asserts" | "typeof" | "infer" | "readonly")
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
