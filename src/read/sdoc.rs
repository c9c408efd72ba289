//! StrictDoc: documents of blocks, each a tag in brackets and lines of fields.
//!
//! ```text
//! [REQUIREMENT]
//! UID: PUMP-1
//! STATEMENT: >>>
//! The pump shall stop.
//! <<<
//! RELATIONS:
//! - TYPE: Parent
//!   VALUE: SYS-1
//! ```
//!
//! Tags and fields begin a line; what is indented or stands between `>>>` and `<<<` is text, and often an example.

use super::document;
use super::grammar::{identifier, row};
use crate::model::mention::Mention;
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::{Facts, Problem};
use crate::source::{Span, Spanned, Text};

/// Reads a document; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    let (blocks, unclosed) = blocks(source);
    let title = blocks.iter().find(|block| block.tag == "DOCUMENT").and_then(|block| block.field(&["TITLE"]));
    let mut described = document::describe(path, title.map_or("", |title| &title.text), "", Span::default());
    described.kind = kind.unwrap_or(Kind::Specification);
    for block in &blocks {
        block.tell(source, &mut facts);
    }
    facts.problems.extend(unclosed);
    if !facts.is_empty() {
        facts.document = Some(described);
    }
    facts
}

/// A block: its tag and its fields in their order.
#[derive(Default)]
struct Block<'t> {
    tag: &'t str,
    span: Span,
    fields: Vec<(&'t str, Spanned)>,
    /// Values of relations to parents.
    parents: Vec<Spanned>,
}

impl Block<'_> {
    fn field(&self, names: &[&str]) -> Option<&Spanned> {
        self.fields.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| value)
    }

    /// A requirement becomes a definition, and so does a node of another kind with a statement, a part of a design
    /// for example: it may be cited, but is not itself to be tested. Texts, sections and tests are only named.
    fn tell(&self, source: &str, facts: &mut Facts) {
        let Some(id) = self.field(&["UID"]).filter(|id| !id.text.is_empty()) else { return };
        let title = self.field(&["TITLE"]);
        let statement = self.field(&["STATEMENT"]);
        let required = self.tag.contains("REQ");
        let other = ["TEXT", "SECTION", "DOCUMENT", "TEST"].iter().any(|name| self.tag.contains(name));
        let Some(text) = statement.or(title.filter(|_| required)).filter(|_| required || !other) else {
            facts.named.push(Mention::one(id.text.as_str(), id.span));
            return;
        };
        let status = self.field(&["STATUS"]);
        let standing = status.map_or(Standing::Active, |status| row::standing(&status.text));
        let heading = title.unwrap_or(text).text.lines().next().unwrap_or("");
        facts.definitions.push(Definition {
            id: id.text.as_str().into(),
            span: id.span,
            block: self.span,
            title: heading.chars().take(160).collect(),
            text: text.span,
            shape: Shape::Directive,
            group: 0,
            certainty: Certainty::Certain,
            standing,
            standing_span: status.map(|status| status.span).filter(|_| standing != Standing::Active),
            method: match required {
                true => self.field(&["VERIFICATION", "VERIFICATION_METHOD", "METHOD"]).cloned(),
                false => Some(Spanned { text: String::from("none"), span: id.span }),
            },
            method_expected: false,
            level: None,
            priority: self.field(&["PRIORITY", "ASIL", "SIL"]).cloned(),
            parents: self
                .parents
                .iter()
                .flat_map(|value| identifier::list(source.get(value.span.range()).unwrap_or(""), value.span.start as usize))
                .collect(),
            children: Vec::new(),
            criteria: Vec::new(),
        });
    }
}

/// The blocks of a text, in one pass over its lines, and the text that is opened and never closed.
fn blocks(source: &str) -> (Vec<Block<'_>>, Option<Problem>) {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    // The name of a field of several lines, and where its text begins.
    let mut open: Option<(&str, usize)> = None;
    let mut relation = "";
    let mut at = 0;
    for raw in source.split_inclusive('\n') {
        let line = raw.trim_end();
        let start = at;
        at += raw.len();
        if let Some((name, from)) = open {
            if line == "<<<" {
                add(&mut blocks, name, trimmed(source, from, start));
                open = None;
            }
            continue;
        }
        if let Some(tag) = tag(line) {
            blocks.push(Block { tag, span: Span::new(start, start + line.len()), ..Block::default() });
            continue;
        }
        let Some(block) = blocks.last_mut().filter(|_| !line.is_empty()) else { continue };
        block.span = Span::new(block.span.start as usize, start + line.len());
        if let Some(kind) = line.strip_prefix("- TYPE:") {
            relation = kind.trim();
        } else if let Some(value) = line.strip_prefix("  VALUE:") {
            let begin = start + line.len() - value.trim_start().len();
            block.parents.extend((relation == "Parent").then(|| trimmed(source, begin, start + line.len())));
        } else if let Some((name, value)) = field(line) {
            let begin = start + line.len() - value.len();
            match value.strip_prefix(">>>") {
                Some(rest) => open = Some((name, begin + value.len() - rest.len())),
                None => add(&mut blocks, name, trimmed(source, begin, start + line.len())),
            }
        }
    }
    let problem = open.map(|(name, from)| Problem {
        span: Span::new(from, from),
        whole_file: false,
        reason: format!("the text of `{name}` is opened by `>>>` and never closed"),
        help: String::from("End it with `<<<` on a line of its own."),
    });
    (blocks, problem)
}

/// Adds a field to the last block, which then reaches to the end of it.
fn add<'t>(blocks: &mut [Block<'t>], name: &'t str, value: Spanned) {
    if let Some(block) = blocks.last_mut() {
        let end = block.span.range().end.max(value.span.range().end);
        block.span = Span::new(block.span.start as usize, end);
        block.fields.push((name, value));
    }
}

fn trimmed(source: &str, from: usize, to: usize) -> Spanned {
    let raw = source.get(from..to).unwrap_or("");
    let start = from + raw.len() - raw.trim_start().len();
    let text = raw.trim();
    Spanned { text: text.to_owned(), span: Span::new(start, start + text.len()) }
}

/// `[NAME]` or, for one that holds others, `[[NAME]]`.
fn tag(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let inner = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(inner);
    let name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '/');
    (!inner.is_empty() && inner.chars().all(name)).then_some(inner)
}

/// `NAME: value` at the start of a line.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    (!name.is_empty() && name.chars().all(part)).then_some((name, value.trim_start()))
}
