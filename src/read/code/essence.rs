//! What a piece of code says, however it is laid out: two pieces are alike when they differ in comments and layout only.

use super::Language;
use super::mask::{Literal, Masked, is_word};
use super::program::keyword;
use super::table::Shape;

/// The code of a text without comments, documentation and layout.
pub fn essence(language: Language, text: &str) -> String {
    let row = language.row();
    match row.shape {
        // The blanks between words mean something, and how many stand between cells does not.
        Shape::Gherkin | Shape::Robot => lines(&Masked::new(text, &row.syntax)),
        Shape::Whole => {
            let mut masked = Masked::new(text, &row.syntax);
            // Its commands stand in comments.
            masked
                .comments
                .retain(|(start, end)| keyword(masked.text.get(*start as usize..*end as usize).unwrap_or("")).is_none());
            lines(&masked)
        }
        Shape::Indented | Shape::Worded | Shape::Braced { .. } => {
            let masked = Masked::new(text, &row.syntax);
            Essence::new(&masked, language, row.shape).read()
        }
    }
}

/// Lines without comments, each with its blanks reduced to what tells cells apart.
fn lines(masked: &Masked<'_>) -> String {
    let mut kept = String::with_capacity(masked.text.len());
    let mut at = 0;
    for (start, end) in &masked.comments {
        kept.push_str(masked.slice(at, *start));
        at = *end;
    }
    kept.push_str(masked.slice(at, masked.text.len() as u32));
    let cells = |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ");
    kept.lines().map(|line| cells(&line.replace('\t', "  "))).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A bracket that is open, and what of it tells a trailing comma from the one of a tuple.
struct Open {
    /// It is an argument list, an index, a list or a block: no tuple of one.
    free: bool,
    /// A line that ends in it goes on.
    joins: bool,
    commas: usize,
    /// Where it was written, if it may be there for the layout alone.
    idle: Option<usize>,
}

struct Essence<'m, 't> {
    masked: &'m Masked<'t>,
    /// The end of a line ends a statement.
    broken: bool,
    indented: bool,
    script: bool,
    /// Both kinds of quotes mean the same.
    quotes: bool,
    out: String,
    open: Vec<Open>,
    /// Widths of the blocks around the line.
    widths: Vec<usize>,
    /// Nothing of the line was written yet.
    fresh: bool,
}

impl<'m, 't> Essence<'m, 't> {
    fn new(masked: &'m Masked<'t>, language: Language, shape: Shape) -> Self {
        let indented = shape == Shape::Indented;
        Self {
            masked,
            broken: indented || shape == Shape::Worded || language == Language::Bats,
            indented,
            script: language == Language::JavaScript,
            quotes: matches!(language, Language::Python | Language::JavaScript),
            out: String::with_capacity(masked.text.len()),
            open: Vec::new(),
            widths: vec![0],
            fresh: true,
        }
    }

    fn read(mut self) -> String {
        let bytes = self.masked.text.as_bytes();
        let mut comments = self.masked.comments.iter().copied().peekable();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if let Some((_, end)) = comments.next_if(|(start, _)| *start as usize <= at) {
                at = at.max(end as usize);
                continue;
            }
            if let Some(literal) = self.masked.literal(at) {
                at = self.literal(literal);
                continue;
            }
            match byte {
                b'\n' if self.broken && !self.goes_on() => self.line(),
                b'\\' if self.broken && bytes.get(at + 1) == Some(&b'\n') => at += 1,
                byte if byte.is_ascii_whitespace() => {}
                byte if is_word(*byte) => {
                    let end = self.masked.word_end(at).max(at + 1);
                    let word = self.masked.slice(at as u32, end as u32);
                    self.write(at, word);
                    at = end;
                    continue;
                }
                byte => self.sign(at, *byte),
            }
            at += 1;
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// Whether the line is part of a longer statement.
    fn goes_on(&self) -> bool {
        self.open.last().is_some_and(|open| open.joins)
    }

    /// The end of a line that is no part of a longer statement.
    fn line(&mut self) {
        if !self.fresh {
            self.out.push('\n');
            self.fresh = true;
        }
    }

    fn write(&mut self, at: usize, token: &str) {
        if self.fresh && self.indented && !self.goes_on() {
            let level = self.level(at);
            self.out.extend(std::iter::repeat_n('>', level));
        }
        self.fresh = false;
        self.out.push_str(token);
        self.out.push(' ');
    }

    /// How many blocks a line stands in, however wide they are.
    fn level(&mut self, at: usize) -> usize {
        let before = self.masked.text.get(..at).unwrap_or_default();
        let width = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        while self.widths.last().is_some_and(|last| *last > width) {
            self.widths.pop();
        }
        if self.widths.last() != Some(&width) {
            self.widths.push(width);
        }
        self.widths.len() - 1
    }

    fn sign(&mut self, at: usize, byte: u8) {
        match byte {
            b'(' | b'[' | b'{' => {
                let last = self.out.trim_end().bytes().last();
                let free = byte != b'(' || last.is_some_and(|last| is_word(last) || matches!(last, b')' | b']'));
                let idle = (byte == b'(' && (self.script || self.begins())).then_some(self.out.len());
                self.write(at, char::from(byte).encode_utf8(&mut [0; 4]));
                self.open.push(Open { free, joins: byte != b'{' || self.indented, commas: 0, idle });
                return;
            }
            b')' | b']' | b'}' => {
                let open = self.open.pop();
                if open.as_ref().is_some_and(|open| self.is_idle(open, at)) {
                    let from = open.and_then(|open| open.idle).unwrap_or_default();
                    self.out.replace_range(from..from + 2, "");
                    return;
                }
                // Layout adds a comma behind the last of several; behind the only one it makes a tuple.
                if open.is_some_and(|open| open.free || open.commas > 1) && self.out.ends_with(", ") {
                    self.out.truncate(self.out.len() - 2);
                }
            }
            // Scripts may leave it out at the end of a line.
            b';' if self.script && !self.goes_on() => return,
            b',' => self.open.iter_mut().rev().take(1).for_each(|open| open.commas += 1),
            _ => {}
        }
        self.write(at, char::from(byte).encode_utf8(&mut [0; 4]));
    }

    /// Whether an expression begins here that is the whole of a statement or of what stands behind its word.
    fn begins(&self) -> bool {
        if !self.indented {
            return false;
        }
        let written = self.out.trim_end();
        let word = written.rsplit([' ', '\n', '>']).next().unwrap_or_default();
        let assigned = written.strip_suffix('=').map(str::trim_end);
        matches!(word, "assert" | "elif" | "if" | "return" | "while")
            || assigned.is_some_and(|before| !before.ends_with(['=', '!', '<', '>']))
    }

    /// Whether a pair of brackets that ends at an offset is there for the layout alone: around all of an expression, or
    /// around the only name of a function in a script.
    fn is_idle(&self, open: &Open, at: usize) -> bool {
        let Some(inside) = open.idle.and_then(|from| self.out.get(from + 2..)) else { return false };
        let rest = self.masked.code.get(at + 1..).unwrap_or_default();
        let next: Vec<u8> = rest.iter().copied().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).take(2).collect();
        if self.script {
            return next == b"=>" && !inside.trim_end().is_empty() && inside.trim_end().bytes().all(is_word);
        }
        open.commas == 0 && !inside.is_empty() && matches!(next.first(), None | Some(b'\n' | b':' | b','))
    }

    /// A string; one that is a statement of its own is documentation.
    fn literal(&mut self, literal: Literal) -> usize {
        let (start, end) = (literal.start as usize, (literal.end as usize).max(literal.start as usize + 1));
        let rest = self.masked.code.get(end..).unwrap_or_default();
        let alone = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).is_none_or(|byte| *byte == b'\n');
        if self.indented && self.fresh && !self.goes_on() && alone {
            return end;
        }
        let text = self.masked.slice(literal.start, end as u32);
        let inner = self.masked.slice(literal.inner, literal.inner_end);
        let plain = self.quotes && literal.inner - literal.start == 1 && text.starts_with('\'') && !inner.contains(['"', '\\']);
        if plain {
            self.write(start, &format!("\"{inner}\""));
        } else {
            self.write(start, text);
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(language: Language, a: &str, b: &str) -> bool {
        essence(language, a) == essence(language, b)
    }

    #[test]
    fn layout_and_comments_say_nothing() {
        let python = Language::Python;
        let plain = "def test_x(tmp):\n    \"\"\"What.\"\"\"\n    a = f(1, 'b')\n    assert a == [1, 2]\n";
        for other in [
            "def test_x(tmp):\n  # why\n  a = f(1, \"b\")  # so\n\n\n  assert a == [1,2]",
            "def test_x(tmp):\n    a = f(\n        1,\n        'b',\n    )\n    assert a == \\\n        [\n            1, 2,\n        ]\n",
        ] {
            assert!(alike(python, plain, other), "{}\n{}", essence(python, plain), essence(python, other));
        }
        let long = "def test_x():\n    assert f(1) == 2, 'no'\n    a = b or c\n    if a:\n        return a\n";
        let wrapped = "def test_x():\n    assert (\n        f(1) == 2\n    ), 'no'\n    a = (\n        b or c\n    )\n    if (a):\n        return (a)\n";
        assert!(alike(python, long, wrapped), "{}\n{}", essence(python, long), essence(python, wrapped));
        let script = Language::JavaScript;
        assert!(alike(script, "it('a', x => {\n  f(x);\n  g('b');\n});", "it(\"a\", (x) => {\n  f(x)\n  g(\"b\")\n})"));
        let rust = Language::Rust;
        assert!(alike(rust, "fn a() { f(1); /* x */ }", "fn a()\n{\n    // y\n    f( 1, );\n}"));
        let robot = Language::Robot;
        assert!(alike(robot, "Opens\n    Click    a b\n", "Opens\n  Click  a b   # x\n\n"));
    }

    #[test]
    fn everything_else_does() {
        let python = Language::Python;
        let plain = "def test_x():\n    if a:\n        f()\n    g(10)\n";
        for other in [
            "def test_x():\n    if a:\n        f()\n        g(10)\n",
            "def test_x():\n    if a:\n        f()\n    g(90)\n",
            "def test_x():\n    if a:\n        f()\n    g('10')\n",
            "def test_x():\n    if a:\n        f()\n    # g(10)\n",
            "def test_x():\n    if a:\n        f()\n    g((10,))\n",
        ] {
            assert!(!alike(python, plain, other), "{other}");
        }
        assert!(!alike(python, "x = (a)", "x = (a,)"));
        assert!(!alike(python, "assert a == (b or c)", "assert a == b or c"));
        assert!(!alike(python, "assert (a or b) and c", "assert a or b and c"));
        assert!(!alike(python, "assert (a, b)", "assert a, b"));
        assert!(!alike(python, "x = ()", "x ="));
        let script = Language::JavaScript;
        assert!(!alike(script, "for (i = 0; i < 2; i++) f()", "for (i = 0; i < 3; i++) f()"));
        assert!(!alike(script, "f((a, b) => a)", "f(a, b => a)"));
        assert!(!alike(Language::C, "void f() {\n#if A\n g();\n#endif\n}", "void f() {\n#if B\n g();\n#endif\n}"));
        assert!(!alike(Language::Robot, "Click    a b", "Click    a    b"));
        assert!(!alike(Language::Bats, "f() {\n a b\n}", "f() {\n a\n b\n}"));
    }
}
