//! Functions and classes of any source, what markers in it speak of, and which lines run only when a test calls them.

mod script;

use super::items::Items;
use super::mask::{Masked, is_word};
use super::table::Shape;
use super::{Language, braced, python, work};
use crate::model::outline::{Outline, Speaks, Symbol};
use crate::model::test_case::Kind;
use crate::source::{Span, Text};
use rustc_hash::FxHashSet;

/// Names of loggers say nothing about what a module does.
const PLUMBING: &[&str] = &["log", "logger", "LOG", "LOGGER", "_log", "_logger"];

/// A comment that is longer does not speak of what stands below it.
const FAR: usize = 16_384;

/// Words that begin a statement of Python that is no declaration.
const STATEMENTS: &[&str] =
    &["else", "try", "finally", "except", "lambda", "with", "for", "while", "if", "elif", "case", "match"];

/// Reads the outline of a file, and what each of the markers in it speaks of.
pub fn outline(language: Language, path: &str, text: &Text, markers: &[Span]) -> (Outline, Vec<Speaks>) {
    let row = language.row();
    let masked = Masked::new(text.as_str(), &row.syntax);
    let items = match row.shape {
        Shape::Indented => python::all(&masked, row, path),
        Shape::Braced { attribute, bare, prefix } => braced::all(&masked, row, path, (attribute, bare, prefix)),
        Shape::Worded | Shape::Gherkin | Shape::Robot | Shape::Whole => Items::default(),
    };
    let indented = row.shape == Shape::Indented;
    let loads = indented || matches!(language, Language::JavaScript | Language::Php | Language::R | Language::Bats);
    let starts = Starts::of(text.as_str());
    let mut symbols: Vec<Symbol> = items
        .tests
        .into_iter()
        .map(|item| {
            let class = item.kind == Kind::Class;
            let begin = match loads {
                true if class => 0,
                true if indented => header_end(&masked, item.span.end(), item.body.end()),
                true => starts.next(item.span.end()).unwrap_or(u32::MAX),
                false => item.body.start,
            };
            let running = if class || begin >= item.body.end() { Span::default() } else { to(begin, item.body.end()) };
            Symbol { name: item.name, scope: item.scope, span: item.span, body: item.body, running, class }
        })
        .collect();
    if language == Language::JavaScript {
        // The common reader knows functions and blocks of tests; here there are classes and methods too.
        let own = script::symbols(&masked, |offset| starts.next(offset));
        let known: FxHashSet<Span> = own.iter().map(|symbol| symbol.span).collect();
        symbols.retain(|symbol| !known.contains(&symbol.span));
        symbols.extend(own);
    }
    symbols.sort_by_key(|symbol| (symbol.body.start, std::cmp::Reverse(symbol.body.len)));
    let mut outline = Outline { symbols, declared: Vec::new(), choices: choices(&masked, text, indented), exact: indented };
    if indented {
        outline.declared = declared(&masked, &outline);
    }
    let code = masked.code.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(masked.code.len());
    let head = masked.literal(code).map_or(code, |string| string.end as usize);
    let speaks = markers.iter().map(|marker| speaks(&masked, &outline, (head, &starts), *marker)).collect();
    (outline, speaks)
}

fn to(start: u32, end: u32) -> Span {
    Span { start, len: end.saturating_sub(start) }
}

/// Where the lines of a text begin, found once.
struct Starts(Vec<u32>);

impl Starts {
    fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        Self(std::iter::once(0).chain(breaks.map(|at| Span::new(0, at + 1).len)).collect())
    }

    /// Where the line of an offset begins.
    fn start(&self, offset: u32) -> u32 {
        let next = self.0.partition_point(|start| *start <= offset);
        next.checked_sub(1).and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }

    /// Where the next line begins, if there is one.
    fn next(&self, offset: u32) -> Option<u32> {
        self.0.get(self.0.partition_point(|start| *start <= offset)).copied()
    }
}

/// Just past the line on which the header of a Python block ends: brackets carry it on. A bracket that is never closed ends
/// with the block.
fn header_end(masked: &Masked<'_>, from: u32, end: u32) -> u32 {
    let mut depth = 0usize;
    for (at, byte) in (from..end).zip(masked.code.get(from as usize..end as usize).unwrap_or_default()) {
        work::spend(1);
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    end
}

/// The code of each line with the offset at which it begins.
fn lines<'m>(masked: &'m Masked<'_>) -> impl Iterator<Item = (usize, &'m [u8])> {
    let mut at = 0;
    masked.code.split_inclusive(|byte| *byte == b'\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// Whether a line of code has a word.
fn has_word(line: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find_iter(line, word).any(|at| {
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| !is_word(*byte));
        free(at.checked_sub(1).and_then(|before| line.get(before))) && free(line.get(at + word.len()))
    })
}

/// The code of each Python statement, which brackets and a backslash carry on over lines, with its offset.
fn statements<'m>(masked: &'m Masked<'_>) -> impl Iterator<Item = (usize, &'m [u8])> {
    let mut all = lines(masked);
    std::iter::from_fn(move || {
        let (start, first) = all.next()?;
        let (mut end, mut last, mut depth) = (start + first.len(), first, 0i64);
        loop {
            depth += last.iter().map(|byte| i64::from(b"([{".contains(byte)) - i64::from(b")]}".contains(byte))).sum::<i64>();
            if depth <= 0 && !last.trim_ascii_end().ends_with(b"\\") {
                break;
            }
            let Some((at, line)) = all.next() else { break };
            (end, last) = (at + line.len(), line);
        }
        Some((start, masked.code.get(start..end)?))
    })
}

/// Lines with a conditional expression, or with a condition and its statement.
fn choices(masked: &Masked<'_>, text: &Text, indented: bool) -> Vec<u32> {
    let chooses = |line: &[u8]| {
        let trimmed = line.trim_ascii();
        let both = has_word(line, b"if") && has_word(line, b"else");
        if indented {
            let block = trimmed.starts_with(b"if ") || trimmed.starts_with(b"elif ");
            // `x = a if b else c`, `if a: b()`, but not `if a:` alone.
            return both && !trimmed.ends_with(b":") || block && !trimmed.ends_with(b":") && trimmed.contains(&b':');
        }
        let ternary = memchr::memmem::find(line, b" ? ").is_some() && memchr::memmem::find(line, b" : ").is_some();
        let whole = has_word(line, b"if") && (trimmed.ends_with(b";") || trimmed.ends_with(b"}"));
        ternary || both && !trimmed.ends_with(b"{") || whole && !trimmed.starts_with(b"}")
    };
    let line = |offset: usize| text.position(u32::try_from(offset).unwrap_or(u32::MAX)).0;
    if indented {
        // Coverage may name any line of a statement.
        let chosen = statements(masked).filter(|(_, code)| chooses(code));
        return chosen
            .flat_map(|(start, code)| {
                let indent = code.len() - code.trim_ascii_start().len();
                line(start + indent)..=line(start + code.trim_ascii_end().len())
            })
            .collect();
    }
    // A string that spans lines is one line of code.
    let ends = lines(masked).filter(|(_, code)| chooses(code)).map(|(start, code)| start + code.trim_ascii_end().len());
    ends.map(line).collect()
}

/// What gets a value when a Python file is loaded. Of the fields of a class the class is the name.
fn declared(masked: &Masked<'_>, outline: &Outline) -> Vec<(crate::model::id::Id, Span)> {
    let mut found = Vec::new();
    // The symbols that are open where a line begins, the innermost last.
    let mut open: Vec<&Symbol> = Vec::new();
    let mut next = outline.symbols.iter().peekable();
    for (start, line) in lines(masked) {
        while let Some(symbol) = next.next_if(|symbol| (symbol.body.start as usize) < start + line.len()) {
            open.retain(|outer| outer.body.end() > symbol.body.start);
            open.push(symbol);
        }
        while open.pop_if(|symbol| symbol.body.end() as usize <= start).is_some() {}
        let lead = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let name: Vec<u8> = line.iter().skip(lead).take_while(|byte| is_word(**byte)).copied().collect();
        let rest = line.get(lead + name.len()..).unwrap_or_default().trim_ascii();
        let assigns = rest.first() == Some(&b'=') && rest.get(1) != Some(&b'=');
        let annotated = rest.first() == Some(&b':') && rest.len() > 1;
        let Ok(name) = String::from_utf8(name) else { continue };
        let plumbing = name.is_empty() || name.starts_with("__") || PLUMBING.contains(&name.as_str());
        if plumbing || !(assigns || annotated) || STATEMENTS.contains(&name.as_str()) {
            continue;
        }
        let span = Span::new(start + lead, start + lead + name.len());
        match open.last() {
            Some(class) if class.class => found.push((class.name.clone(), span)),
            // What is indented belongs to a statement that began above.
            None if lead == 0 => found.push((name.into(), span)),
            _ => {}
        }
    }
    found
}

/// What a marker speaks of: the symbol right below it, else the one that it stands in, else in the head of a file the file.
fn speaks(masked: &Masked<'_>, outline: &Outline, (head, starts): (usize, &Starts), marker: Span) -> Speaks {
    let around = outline.around(marker);
    let class = around.and_then(|at| outline.symbols.get(at as usize)).is_none_or(|symbol| symbol.class);
    // `//!` speaks of what is around it.
    let inner = masked.text.get(starts.start(marker.start) as usize..).is_some_and(|line| line.trim_start().starts_with("//!"));
    let next = outline.symbols.partition_point(|symbol| symbol.body.start < marker.end());
    let below = outline.symbols.get(next).filter(|_| class && !inner);
    if let (Some(symbol), Ok(at)) = (below, u32::try_from(next))
        && is_right_below(masked, marker, starts.start(symbol.body.start))
    {
        return Speaks::Symbol(at);
    }
    match around {
        Some(at) => Speaks::Symbol(at),
        None if marker.end() as usize <= head => Speaks::File,
        None => Speaks::Nothing,
    }
}

/// Whether nothing but comments stands between a marker and the line on which a symbol begins, and no empty line.
fn is_right_below(masked: &Masked<'_>, marker: Span, line: u32) -> bool {
    let range = marker.end() as usize..line as usize;
    let gap = masked.text.get(range.clone()).filter(|gap| gap.len() < FAR);
    let Some(gap) = gap else { return false };
    work::spend(gap.len());
    let blank = masked.code.get(range).is_some_and(|code| code.iter().all(u8::is_ascii_whitespace));
    // The first line is the rest of the marker's own.
    blank && gap.lines().skip(1).all(|line| !line.trim().is_empty())
}
