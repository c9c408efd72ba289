//! What the pieces of a source use of what stands beside them in it: functions that they call, and constants.

use super::extent::directive_end;
use super::mask::{Masked, is_word};
use super::table::Shape;
use super::used::{Manner, Used};
use super::{Language, essence, outline};
use crate::model::id::Id;
use crate::model::outline::{Outline, Symbol};
use crate::source::{Span, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A function calls a function, which calls another one, and so on so many times.
const MAX_DEPTH: usize = 4;

/// A longer declaration of a constant is a table of data.
const MAX_CONSTANT: usize = 65_536;

/// Names of what says nothing about what a piece does.
const PLUMBING: &[&str] = &["log", "logger", "LOG", "LOGGER", "_log", "_logger", "pytestmark"];

/// Steps from caller to callee for the pieces of one file; more are not taken.
const MAX_STEPS: usize = 200_000;

/// The functions and constants of a source.
pub struct Beside<'t> {
    used: Used<'t>,
    language: Language,
    outline: Outline,
    constants: Vec<(&'t str, Span)>,
    /// Values of classes of Python, which only what belongs to a class can mean.
    fields: Vec<(&'t str, Span)>,
}

/// What a piece uses itself: names of constants, and positions of functions.
#[derive(Default)]
struct Direct<'t> {
    constants: Vec<&'t str>,
    functions: Vec<usize>,
}

impl<'t> Beside<'t> {
    /// Reads a source.
    pub fn of(language: Language, path: &str, text: &'t Text) -> Self {
        let (outline, _) = outline(language, path, text, &[]);
        let used = Used::new(language, text);
        let (fields, constants) = constants(used.masked(), language, &outline).into_iter().partition(|(_, _, field)| *field);
        let bare = |all: Vec<(&'t str, Span, bool)>| all.into_iter().map(|(name, span, _)| (name, span)).collect();
        Self { used, language, outline, constants: bare(constants), fields: bare(fields) }
    }

    /// The names of the constants that each of some pieces uses, and of the functions that it calls where its flag says so, with the
    /// constants that these use.
    pub fn names(&self, pieces: &[(Span, bool)]) -> Vec<Vec<String>> {
        let set = |all: &[(&'t str, Span)]| all.iter().map(|(name, _)| *name).collect::<FxHashSet<&str>>();
        let (constants, mut fields) = (set(&self.constants), set(&self.fields));
        if self.language != Language::Python {
            fields.extend(&constants);
        }
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, symbol) in self.outline.symbols.iter().enumerate().filter(|(_, symbol)| !symbol.class) {
            by_name.entry(symbol.name.as_str()).or_default().push(at);
        }
        let mut known: FxHashMap<Span, Direct<'t>> = FxHashMap::default();
        let mut steps = MAX_STEPS;
        let of = |(piece, calls): &(Span, bool)| {
            let (mut found, mut seen) = (Vec::new(), FxHashSet::from_iter([*piece]));
            let mut level = vec![*piece];
            for _ in 0..=MAX_DEPTH {
                let mut next = Vec::new();
                for one in level {
                    let direct = known.entry(one).or_insert_with(|| self.direct(one, (&constants, &fields), &by_name));
                    found.extend(direct.constants.iter().map(|name| (*name).to_owned()));
                    steps = steps.saturating_sub(1);
                    let called = direct.functions.iter().filter(|_| *calls && steps > 0);
                    for symbol in called.filter_map(|at| self.outline.symbols.get(*at)) {
                        if !piece.contains(symbol.body) && seen.insert(symbol.body) {
                            found.push(symbol.qualified());
                            next.push(symbol.body);
                        }
                    }
                }
                level = next;
            }
            found.sort_unstable();
            found.dedup();
            found
        };
        pieces.iter().map(of).collect()
    }

    fn direct(
        &self,
        piece: Span,
        (constants, fields): (&FxHashSet<&str>, &FxHashSet<&str>),
        by_name: &FxHashMap<&str, Vec<usize>>,
    ) -> Direct<'t> {
        let first = self.outline.symbols.partition_point(|symbol| symbol.body.start < piece.start);
        let here = self.outline.symbols.get(first..).unwrap_or_default().iter();
        let own = here.take_while(|symbol| symbol.body.start == piece.start).find(|symbol| symbol.body == piece);
        let scope = own.map_or(&[][..], |symbol| symbol.scope.as_slice());
        let mut names = self.used.names(piece);
        names.sort_unstable();
        names.dedup();
        let mut direct = Direct::default();
        for (name, manner) in names {
            // What the preprocessor knows may look like a call.
            let valued = manner == Manner::Named || manner == Manner::Called && self.language == Language::C;
            let beside = valued && constants.contains(name) && !self.used.binds(name, piece);
            if beside || manner == Manner::Field && fields.contains(name) {
                direct.constants.push(name);
            }
            let meant = by_name.get(name).into_iter().flatten().copied();
            let meant = meant.filter(|at| self.outline.symbols.get(*at).is_some_and(|one| self.is_meant(one, scope, manner)));
            direct.functions.extend(meant);
        }
        direct
    }

    /// Whether a function is the one that a name means in a piece of a scope.
    fn is_meant(&self, symbol: &Symbol, scope: &[Id], manner: Manner<'_>) -> bool {
        match manner {
            Manner::Own => symbol.scope.as_slice() == scope && !scope.is_empty(),
            Manner::Called if self.language == Language::Python => symbol.scope.is_empty(),
            Manner::Called => scope.starts_with(&symbol.scope),
            Manner::Of(_) | Manner::Field | Manner::Named => false,
        }
    }

    fn functions(&self) -> impl Iterator<Item = &Symbol> {
        self.outline.symbols.iter().filter(|symbol| !symbol.class)
    }

    /// What each function and constant says, by name: without comments and layout. Several of a name are one.
    pub fn said(&self, text: &Text) -> BTreeMap<String, String> {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        let functions = self.functions().map(|symbol| (symbol.qualified(), symbol.body));
        let constants = self.constants.iter().chain(&self.fields).map(|(name, span)| ((*name).to_owned(), *span));
        for (name, span) in functions.chain(constants) {
            let of = said.entry(name).or_default();
            of.push_str(&essence(self.language, text.slice(span)));
            of.push('\n');
        }
        said
    }

    /// Where the name of a function or a constant stands.
    pub fn place(&self, name: &str) -> Option<Span> {
        let constant = || {
            let (_, span) = self.constants.iter().chain(&self.fields).find(|(one, _)| *one == name)?;
            Some(Span::new(span.start as usize, span.start as usize + name.len()))
        };
        self.functions().find(|symbol| symbol.qualified() == name).map(|symbol| symbol.span).or_else(constant)
    }
}

/// The statements outside of all functions that give a name a value, with these, and whether it is that of a class of Python.
fn constants<'t>(masked: &Masked<'t>, language: Language, outline: &Outline) -> Vec<(&'t str, Span, bool)> {
    let shape = &language.row().shape;
    if !matches!(shape, Shape::Indented | Shape::Braced { .. }) {
        return Vec::new();
    }
    let python = matches!(shape, Shape::Indented);
    let mut bodies = outline.symbols.iter().filter(|symbol| !symbol.class).map(|symbol| symbol.body).peekable();
    let mut classes = outline.symbols.iter().filter(|symbol| symbol.class).map(|symbol| symbol.body).peekable();
    let (mut at, mut within, mut class, mut found) = (0, 0, 0, Vec::new());
    while at < masked.code.len() {
        let end = at
            + masked
                .code
                .get(at..)
                .unwrap_or_default()
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(masked.code.len() - at, |n| n + 1);
        while let Some(body) = bodies.next_if(|body| (body.start as usize) < end) {
            within = within.max(body.end() as usize);
        }
        while let Some(body) = classes.next_if(|body| (body.start as usize) < end) {
            class = class.max(body.end() as usize);
        }
        if at < within {
            at = end;
            continue;
        }
        let line = masked.code.get(at..end).unwrap_or_default();
        let defined = if language == Language::C { defined(masked, at, end) } else { None };
        let field = python && at < class && (line.starts_with(b" ") || line.starts_with(b"\t"));
        let named = if python { assigned(line, field) } else { declared(line, language) };
        let Some((from, to, value)) = defined.or(named) else {
            at = end;
            continue;
        };
        let stop = match defined {
            Some(_) => directive_end(masked.text.as_bytes(), at),
            None => statement_end(&masked.code, at + value, language),
        };
        let name = masked.text.get(at + from..at + to).filter(|name| !name.starts_with("__") && !PLUMBING.contains(name));
        if let Some(name) = name.filter(|_| stop - at <= MAX_CONSTANT) {
            found.push((name, Span::new(at + from, stop), python && field));
        }
        at = stop.max(end);
    }
    found
}

/// The name that a line of Python without indentation gives a value, or one in a class: where it begins and ends, and where the value
/// begins.
fn assigned(line: &[u8], field: bool) -> Option<(usize, usize, usize)> {
    let from = if field { line.iter().take_while(|byte| byte.is_ascii_whitespace()).count() } else { 0 };
    let to = from + line.get(from..)?.iter().take_while(|byte| is_word(**byte)).count();
    let equals = equals(line)?;
    let between = line.get(to..equals)?.trim_ascii();
    (to > from && (between.is_empty() || between.starts_with(b":"))).then_some((from, to, equals + 1))
}

/// The name that `#define` gives a value on a line of C, which is masked like all that the preprocessor reads.
fn defined(masked: &Masked<'_>, start: usize, end: usize) -> Option<(usize, usize, usize)> {
    let line = masked.text.as_bytes().get(start..end)?;
    let lead = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let rest = line.get(lead..)?.strip_prefix(b"#define ")?;
    let from = line.len() - rest.trim_ascii_start().len();
    let len = line.get(from..)?.iter().take_while(|byte| is_word(**byte)).count();
    let at = u32::try_from(start + lead).ok()?;
    let before = masked.comments.partition_point(|(from, _)| *from <= at);
    let comment = before.checked_sub(1).and_then(|before| masked.comments.get(before)).is_some_and(|(_, end)| at < *end);
    (len > 0 && !comment).then_some((from, from + len, from + len))
}

/// The name that a line declares with a value: `const LIMIT: u32 = 4;`, `static final int LIMIT = 4;`, `LIMIT = 4` of Go.
fn declared(line: &[u8], language: Language) -> Option<(usize, usize, usize)> {
    let lead = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let equals = equals(line)?;
    let left = line.get(..equals)?;
    if language == Language::Go {
        // The type stands behind the name, without a sign between them.
        let words = [b"const ".as_slice(), b"var "];
        let from = lead
            + words.iter().find(|word| line.get(lead..).is_some_and(|line| line.starts_with(word))).map_or(0, |word| word.len());
        let len = left.get(from..)?.iter().take_while(|byte| is_word(**byte)).count();
        let alone = left.get(from + len..)?.iter().all(|byte| is_word(*byte) || b" \t[]*.".contains(byte));
        return (len > 0 && alone).then_some((from, from + len, equals + 1));
    }
    if left.contains(&b'(') || left.ends_with(b":") {
        return None;
    }
    // The type stands behind the name in some languages.
    let typed = matches!(language, Language::Rust | Language::JavaScript | Language::Kotlin | Language::Swift);
    let colon = left.iter().position(|byte| *byte == b':').filter(|_| typed);
    let left = left.get(..colon.unwrap_or(left.len()))?;
    let left = left.split(|byte| *byte == b'[').next()?.trim_ascii_end();
    let from = left.iter().rposition(|byte| !is_word(*byte)).map_or(0, |at| at + 1);
    // What has no word before it is given another value.
    let declares = left.get(lead..from).is_some_and(|front| front.iter().any(|byte| is_word(*byte)));
    let named = left.get(from).is_some_and(|byte| !byte.is_ascii_digit());
    (declares && named).then_some((from, left.len(), equals + 1))
}

/// Where a line of code gives something a value, and does not compare it.
fn equals(line: &[u8]) -> Option<usize> {
    let at = line.iter().position(|byte| *byte == b'=')?;
    let compares = |byte: Option<&u8>| byte.is_some_and(|byte| b"=<>!+-*/%&|^~:".contains(byte));
    let before = at.checked_sub(1).and_then(|before| line.get(before));
    let behind = line.get(at + 1).is_some_and(|byte| b"=>~".contains(byte));
    (!compares(before) && !behind).then_some(at)
}

/// Where the statement ends whose value begins at an offset: with a semicolon, or with the line where none is needed.
fn statement_end(code: &[u8], from: usize, language: Language) -> usize {
    let ends_with_line = !matches!(language, Language::Rust | Language::C | Language::Java | Language::CSharp | Language::Php);
    let mut depth = 0usize;
    for (at, byte) in code.iter().enumerate().skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return at,
            b')' | b']' | b'}' => depth -= 1,
            b';' if depth == 0 => return at,
            b'\n' if depth == 0 && ends_with_line && code.get(..at).is_none_or(|code| !code.ends_with(b"\\")) => return at,
            _ => {}
        }
        if at - from > MAX_CONSTANT {
            return at;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::Beside;
    use crate::read::code::Language;
    use crate::source::Text;

    fn used(language: Language, path: &str, source: &str, function: &str) -> String {
        let text = Text::decode(source.into());
        let beside = Beside::of(language, path, &text);
        let piece = beside.functions().find(|symbol| symbol.name == *function).unwrap().body;
        beside.names(&[(piece, true)]).concat().join(" ")
    }

    #[test]
    fn constants_and_callees_are_found_in_each_language() {
        let python = "LIMIT: int = 4\nNAMES = [\n    'a',\n]\nOTHER = 5\n\ndef clamp(x):\n    return min(x, LIMIT)\n\n\
            def heat(x):\n    return clamp(x), NAMES\n";
        assert_eq!(used(Language::Python, "a.py", python, "heat"), "LIMIT NAMES clamp");
        let rust = "const LIMIT: u32 = 4;\nstatic OTHER: u32 = 5;\nfn clamp(x: u32) -> u32 { x.min(LIMIT) }\npub fn heat(x: u32) -> u32 {\n    clamp(x)\n}\n";
        assert_eq!(used(Language::Rust, "a.rs", rust, "heat"), "LIMIT clamp");
        let script = "const LIMIT = 4\nconst OTHER = 5\nfunction clamp(x) {\n  return Math.min(x, LIMIT)\n}\nexport function heat(x) {\n  return clamp(x)\n}\n";
        assert_eq!(used(Language::JavaScript, "a.js", script, "heat"), "LIMIT clamp");
        let java = "class Kiln {\n    private static final int LIMIT = 4;\n    int clamp(int x) {\n        return Math.min(x, LIMIT);\n    }\n    int heat(int x) {\n        return clamp(x);\n    }\n}\n";
        assert_eq!(used(Language::Java, "Kiln.java", java, "heat"), "Kiln.clamp LIMIT");
        let c = "#define LIMIT 4\nstatic const int other = 5;\nint clamp(int x) {\n    return x < LIMIT ? x : LIMIT;\n}\nint heat(int x) {\n    return clamp(x);\n}\n";
        assert_eq!(used(Language::C, "a.c", c, "heat"), "LIMIT clamp");
        let go = "package a\n\nconst (\n\tlimit = 4\n\tother = 5\n)\n\nvar most int = 7\n\nfunc heat(x int) int {\n\treturn min(x, limit, most)\n}\n";
        assert_eq!(used(Language::Go, "a.go", go, "heat"), "limit most");
        let class = "class Kiln:\n    limit: int = 4\n    other = 5\n\n    def heat(self, x):\n        return min(x, self.limit)\n\n    def cool(self, x):\n        return min(x, other, kiln.other)\n";
        assert_eq!(used(Language::Python, "kiln.py", class, "heat"), "limit");
        assert_eq!(used(Language::Python, "kiln.py", class, "cool"), "", "a bare name is none of the class");
        let script = "class Kiln {\n  static LIMIT = 4\n  heat(x) {\n    return Math.min(x, Kiln.LIMIT)\n  }\n}\n";
        assert_eq!(used(Language::JavaScript, "kiln.js", script, "heat"), "LIMIT");
    }

    #[test]
    fn a_name_of_its_own_is_none_of_the_file() {
        let python = "limit = 4\n\ndef heat(limit):\n    return limit\n\ndef cool(x):\n    limit = 3\n    return limit\n\ndef warm(x):\n    return x.limit\n";
        for function in ["heat", "cool", "warm"] {
            assert_eq!(used(Language::Python, "a.py", python, function), "", "{function}");
        }
    }

    #[test]
    fn what_a_constant_says_ends_with_its_statement() {
        let text = Text::decode("const A: [u32; 2] = [\n    1,\n    2, // two\n];\nconst B: u32 = 3;\n".into());
        let said = Beside::of(Language::Rust, "a.rs", &text).said(&text);
        assert_eq!(said.keys().map(String::as_str).collect::<Vec<_>>(), ["A", "B"]);
        assert!(said["A"].contains('2') && !said["A"].contains("two") && !said["A"].contains('B'), "{said:?}");
    }
}
