//! Declarations: from the words before a block to the item that it is.

use super::{Declared, Pass, Statement};
use crate::model::test_case::{Kind, State};
use crate::read::code::Language;
use crate::read::code::annotation::{self, Annotation};
use crate::read::code::items::{New, Source};
use crate::read::code::table::FIXTURES;
use crate::read::code::title::unescape;

impl Pass<'_, '_> {
    /// A name before a parenthesis may be the name of a function that is declared.
    pub(super) fn remember_call(&mut self, at: usize) {
        let word = self.word;
        let text = self.masked.slice(word.0, word.1);
        let gap = self.masked.code.get(word.1 as usize..at).unwrap_or_default();
        if text.is_empty() || gap.len() > 80 || !gap.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let masked = self.masked;
        let Some(statement) = self.statement() else {
            return;
        };
        let is_macro = |call: (u32, u32)| !masked.slice(call.0, call.1).bytes().any(|byte| byte.is_ascii_lowercase());
        let free = statement.call.is_none_or(is_macro);
        if free && !statement.assigned && !matches!(text, "__attribute__" | "alignas" | "decltype" | "operator") {
            statement.call = Some(word);
        }
    }

    /// The item whose block begins here, if the statement has declared one.
    pub(super) fn block(&mut self, at: usize) -> Option<u32> {
        let bare = self.bare && self.declares();
        let language = self.row.language;
        let statement = self.statement().map(std::mem::take)?;
        if statement.item.is_some() {
            return statement.item;
        }
        if statement.arrow.is_some() {
            // `fun name() = run {`: the block is the expression.
            let found = statement.arrow.filter(|_| language == Language::Kotlin);
            if let Some(kept) = self.statement() {
                *kept = Statement { arrow: statement.arrow.filter(|_| found.is_none()), ..Statement::default() };
            }
            return found;
        }
        let call = statement.call.filter(|_| bare && !statement.assigned);
        let declared = statement.declared.filter(|declared| {
            let class = declared.kind == Some(Kind::Class);
            !(class && language == Language::C && call.is_some())
        });
        let start = statement.start.unwrap_or(at as u32);
        let declared = declared.or_else(|| call.map(|name| Declared { name, start, ..Declared::function(name) }))?;
        self.declare(declared)
    }

    /// Adds the declared item with its annotations.
    pub(in crate::read::code) fn declare(&mut self, declared: Declared) -> Option<u32> {
        let from = self.frames.last().map_or(0, |frame| frame.notes).min(self.annotations.len());
        let annotations: Vec<Annotation> = self.annotations.drain(from..).collect();
        let name = self.masked.slice(declared.name.0, declared.name.1);
        let example = self.is_example(declared.name);
        let kind = declared.kind.unwrap_or_else(|| if example { Kind::Test } else { self.kind(name, &annotations) });
        let mut first = annotations.first().map_or(declared.start, |first| first.start.min(declared.start));
        // Behind a quote that opens nothing, a statement may begin within a character.
        while (first as usize) < self.masked.text.len() && !self.masked.text.is_char_boundary(first as usize) {
            first += 1;
        }
        let suite = declared.suite.map(|at| self.masked.slice(at.0, at.1));
        let unescaped = unescape(name);
        let new = New { kind, name: &unescaped, span: declared.name, start: first, parent: self.around(), suite };
        let index = self.items.open(new);
        annotation::apply(self.masked, self.row, &annotations, index, &mut self.items);
        if kind != Kind::Helper || self.test_file {
            let source = if declared.title { Source::Title } else { Source::Name };
            self.items.note(index, source, declared.name);
        }
        if let Some(test) = self.items.get(index) {
            test.parametrised |= declared.many;
            test.asserts |= example;
        }
        if declared.ignored {
            let suite = declared.suite.filter(|at| self.masked.slice(at.0, at.1).starts_with("DISABLED_"));
            self.items.state(index, State::Ignored, suite.unwrap_or(declared.name));
        }
        if let Some(tags) = declared.tags {
            self.bracket_tags(index, tags);
        }
        index
    }

    pub(super) fn kind(&self, name: &str, annotations: &[Annotation]) -> Kind {
        if let Some(kind) = annotation::kind(self.masked, self.row, annotations) {
            return kind;
        }
        if FIXTURES.contains(&name) {
            return Kind::Fixture;
        }
        if self.by_prefix(name) { Kind::Test } else { Kind::Helper }
    }

    /// Whether a function is an example of Go with an `Output:` comment, which is run and compared; others are compiled only.
    fn is_example(&self, name: (u32, u32)) -> bool {
        if self.row.language != Language::Go || !self.test_file {
            return false;
        }
        let called = self.masked.slice(name.0, name.1).strip_prefix("Example");
        let rest = self.masked.text.get(name.1 as usize..).unwrap_or_default();
        let body = rest.split("\n}").next().unwrap_or_default().lines();
        let output = |line: &str| {
            let comment = line.trim().strip_prefix("//").unwrap_or_default().trim_start().to_lowercase();
            comment.starts_with("output:") || comment.starts_with("unordered output:")
        };
        called.is_some_and(|rest| !rest.starts_with(char::is_lowercase)) && body.into_iter().any(output)
    }

    pub(super) fn by_prefix(&self, name: &str) -> bool {
        let next = |prefix| name.strip_prefix(prefix).map(|rest: &str| rest.chars().next());
        let capital = |found: Option<Option<char>>| found.is_some_and(|next| !next.is_some_and(char::is_lowercase));
        match self.row.language {
            Language::Go => self.test_file && (capital(next("Test")) || capital(next("Fuzz"))),
            Language::C => {
                self.test_file
                    && (next("test_").is_some() || self.plain && next("Test").flatten().is_some_and(char::is_uppercase))
            }
            Language::Bats => self.test_file && self.plain && name.starts_with(self.prefix),
            Language::Swift | Language::Php => {
                let class = self.around().and_then(|index| self.items.tests.get(index as usize));
                let class = class.is_some_and(|class| self.test_file || class.name.contains("Test"));
                class && capital(next(self.prefix))
            }
            _ => false,
        }
    }
}

impl Declared {
    /// A function whose kind its name and annotations decide.
    pub(in crate::read::code) fn function(name: (u32, u32)) -> Self {
        Self { kind: None, title: false, name, suite: None, tags: None, start: name.0, many: false, ignored: false }
    }
}
