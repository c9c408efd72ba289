//! TRLC, the requirements language of BMW: records of declared types in packages.
//!
//! ```text
//! package Pump
//!
//! Req.System_Requirement Stops {
//!   description = '''The pump shall stop.'''
//!   derived_from = [System.Safe@1]
//! }
//! ```
//!
//! The identifier of a record is `Pump.Stops`. Types are declared elsewhere: here only their names are known.

use super::document;
use super::grammar::row;
use crate::model::Facts;
use crate::model::mention::Mention;
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::words;
use crate::source::{Span, Spanned, Text};

/// Reads the records of a file; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    let tokens = tokens(source);
    let mut package = "";
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        if let (Token::Word(word), Some(Token::Word(name))) = (token, next) {
            match (slice(source, *word), tokens.get(at + 2)) {
                ("package", _) => package = slice(source, *name),
                (_, Some(Token::Mark(b'{', _))) => {
                    let record = Record::new(source, package, (*word, *name), &tokens, at + 3);
                    record.tell(source, package, &mut facts);
                    at = record.next;
                    continue;
                }
                _ => {}
            }
        }
        at += 1;
    }
    if !facts.is_empty() {
        let mut described = document::describe(path, "", "", Span::default());
        described.kind = kind.unwrap_or(Kind::Specification);
        facts.document = Some(described);
    }
    facts
}

fn slice(source: &str, span: Span) -> &str {
    source.get(span.range()).unwrap_or("")
}

/// A piece of the text that means something.
enum Token {
    /// A name, with its package and version: `System.Safe@1`.
    Word(Span),
    /// What stands between quotes.
    Text(Span),
    /// Any other sign.
    Mark(u8, Span),
}

/// The tokens of a text, in one pass.
fn tokens(source: &str) -> Vec<Token> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = source.get(at..).unwrap_or("");
        let taken = match byte {
            b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            b'"' | b'\'' => {
                let quote = ["'''", "\"\"\"", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote)).unwrap_or("\"");
                let body = rest.get(quote.len()..).unwrap_or("");
                let end = body.find(quote).unwrap_or(body.len());
                found.push(Token::Text(trimmed(source, at + quote.len(), at + quote.len() + end)));
                (2 * quote.len() + end).min(rest.len())
            }
            byte if byte.is_ascii_alphanumeric() || *byte == b'_' => {
                let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@');
                let end = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
                found.push(Token::Word(Span::new(at, at + end)));
                end
            }
            byte if byte.is_ascii_whitespace() || !byte.is_ascii() => 1,
            byte => {
                found.push(Token::Mark(*byte, Span::new(at, at + 1)));
                1
            }
        };
        at += taken.max(1);
    }
    found
}

fn trimmed(source: &str, from: usize, to: usize) -> Span {
    let raw = source.get(from..to).unwrap_or("");
    let start = from + raw.len() - raw.trim_start().len();
    Span::new(start, start + raw.trim().len())
}

/// One record: its type, its name and its fields.
struct Record<'t> {
    kind: &'t str,
    id: String,
    name: Span,
    block: Span,
    fields: Vec<(String, Vec<Span>)>,
    /// The token behind it.
    next: usize,
}

impl<'t> Record<'t> {
    /// Reads the fields from the token `at` to the brace that closes the record.
    fn new(source: &'t str, package: &str, (kind, name): (Span, Span), tokens: &[Token], mut at: usize) -> Self {
        let mut fields: Vec<(String, Vec<Span>)> = Vec::new();
        let mut end = name.end();
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Mark(b'}', span) => {
                    end = span.end();
                    break;
                }
                Token::Word(span) if matches!(tokens.get(at), Some(Token::Mark(b'=', _))) => {
                    fields.push((words(slice(source, *span)), Vec::new()));
                }
                Token::Word(span) | Token::Text(span) => {
                    end = end.max(span.end());
                    if let Some((_, values)) = fields.last_mut() {
                        values.push(*span);
                    }
                }
                Token::Mark(..) => {}
            }
        }
        let id = format!("{package}.{}", slice(source, name));
        let start = kind.start;
        Self { kind: slice(source, kind), id, name, block: Span { start, len: end.saturating_sub(start) }, fields, next: at }
    }

    fn values(&self, names: &[&str]) -> impl Iterator<Item = Span> {
        let found = self.fields.iter().filter(move |(name, _)| names.contains(&name.as_str()));
        found.flat_map(|(_, values)| values.iter().copied())
    }

    /// Only a type that is named for requirements makes a record one; all others are named.
    fn tell(&self, source: &str, package: &str, facts: &mut Facts) {
        let kind = self.kind.rsplit('.').next().unwrap_or(self.kind).to_ascii_lowercase();
        let user = kind.contains("aou") || kind.contains("assum");
        let text = self.values(&["description", "text", "statement", "requirement", "shall", "summary"]).next();
        let Some(text) = text.filter(|_| kind.contains("req") || kind.contains("shall")) else {
            facts.named.push(Mention::one(self.id.as_str(), self.name));
            return;
        };
        let cell = |span: Span| Spanned { text: slice(source, span).to_owned(), span };
        let status = self.values(&["status", "state"]).next().map(cell);
        let untested = self.values(&["not tested reason"]).next().or(user.then_some(self.name));
        facts.definitions.push(Definition {
            id: self.id.as_str().into(),
            span: self.name,
            block: self.block,
            title: slice(source, text).lines().next().unwrap_or("").chars().take(160).collect(),
            text,
            shape: Shape::Directive,
            group: 0,
            certainty: Certainty::Certain,
            standing: status.as_ref().map_or(Standing::Active, |status| row::standing(&status.text)),
            standing_span: status.map(|status| status.span),
            // A record that gives the reason why nothing tests it owes no test, nor does one that binds the user.
            method: match untested {
                Some(span) => Some(Spanned { text: String::from("none"), span }),
                None => self.values(&["verification method", "method"]).next().map(cell),
            },
            method_expected: false,
            level: None,
            priority: self.values(&["safety", "asil", "priority"]).next().map(cell),
            parents: self
                .values(&["derived from", "parent", "parents", "satisfies"])
                .map(|one| parent(source, package, one))
                .collect(),
            children: Vec::new(),
            criteria: Vec::new(),
        });
    }
}

/// `Safe@1` names a record of the same package, `System.Safe@1` one of another.
fn parent(source: &str, package: &str, span: Span) -> Mention {
    let written = slice(source, span).split('@').next().unwrap_or("");
    let id = if written.contains('.') { written.to_owned() } else { format!("{package}.{written}") };
    Mention::one(id, span)
}
