//! YAML as nodes with byte spans.

use crate::model::Problem;
use crate::source::{Span, Spanned};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// Lists and mappings within each other that are read.
const MAX_DEPTH: usize = 32;

/// Bytes of a key; names are built of keys, and longer ones are no names.
const MAX_KEY: usize = 256;

/// A node of a document.
#[derive(Debug)]
pub(super) enum Node {
    /// Text, number or nothing.
    Scalar(Spanned),
    /// A reference to a node elsewhere, which is not followed.
    Alias,
    /// A sequence.
    List {
        /// Its entries.
        entries: Vec<Node>,
    },
    /// A mapping.
    Map {
        /// From its first key to the end of its last value.
        span: Span,
        /// Keys that are scalars, and their values.
        pairs: Vec<Pair>,
        /// Whether its end was read.
        whole: bool,
    },
}

impl Node {
    pub(super) fn scalar(&self) -> Option<&Spanned> {
        match self {
            Self::Scalar(value) => Some(value),
            _ => None,
        }
    }
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Pair {
    /// The key.
    pub(super) key: Spanned,
    /// The value.
    pub(super) value: Node,
}

/// All documents of a text.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The root of each document.
    pub(super) documents: Vec<Node>,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
}

/// A list or mapping whose end was not read yet.
enum Open {
    List { entries: Vec<Node> },
    Map { start: usize, pairs: Vec<Pair>, key: Option<Node> },
}

/// Reads all documents. At an error the nodes that are open are closed where they are.
pub(super) fn parse(text: &str) -> Stream {
    let mut builder = Builder::new(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                let span = builder.span(&span);
                if !builder.event(event, span) {
                    break;
                }
            }
            Err(error) => {
                let at = builder.offsets.byte(error.marker().index());
                let reason = format!("this is not valid YAML: {}", error.info());
                let help = "Correct the line; items after it are not read.";
                builder.problem(Span::new(at, at), true, reason, help);
                break;
            }
        }
    }
    while let Some(open) = builder.open.pop() {
        builder.close(open, false);
    }
    builder.stream
}

struct Builder<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    open: Vec<Open>,
    /// Where the last scalar or bracket ended: block collections have no end of their own.
    end: usize,
    aliased: bool,
    stream: Stream,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let (offsets, stream) = (Offsets::new(text), Stream::default());
        Self { text, offsets, open: Vec::new(), end: 0, aliased: false, stream }
    }

    fn span(&self, span: &saphyr_parser::Span) -> Span {
        let start = self.offsets.byte(span.start.index());
        Span::new(start, self.offsets.byte(span.end.index()).max(start))
    }

    /// Takes one event; false when the rest is not read.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(value, style, ..) => {
                let scalar = self.scalar(&value, style, span);
                self.end = self.end.max(scalar.span.range().end);
                self.put(Node::Scalar(scalar));
            }
            Event::Alias(_) => self.alias(span),
            Event::SequenceStart(..) => self.open.push(Open::List { entries: Vec::new() }),
            Event::MappingStart(..) => {
                let start = span.range().start;
                self.open.push(Open::Map { start, pairs: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // A bracket belongs to its collection; the end of a block is empty.
                if matches!(self.text.get(span.range()), Some("]" | "}")) {
                    self.end = self.end.max(span.range().end);
                }
                if let Some(open) = self.open.pop() {
                    self.close(open, true);
                }
            }
            _ => {}
        }
        if self.open.len() > MAX_DEPTH {
            let reason = format!("lists and mappings are nested more than {MAX_DEPTH} deep");
            let help = "Flatten the file; items from here on are not read.";
            self.problem(span, true, reason, help);
            return false;
        }
        true
    }

    /// A scalar without quotes, block indicator and blanks around it.
    fn scalar(&self, value: &str, style: ScalarStyle, span: Span) -> Spanned {
        let slice = self.text.get(span.range()).unwrap_or_default();
        let (mut start, mut end) = (span.range().start, span.range().end);
        match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if slice.len() >= 2 => {
                start += 1;
                end -= 1;
            }
            // The indicator, `|` or `>` with its options, fills its line.
            ScalarStyle::Literal | ScalarStyle::Folded if slice.starts_with(['|', '>']) => {
                start += slice.find('\n').map_or(slice.len(), |at| at + 1);
            }
            _ => {}
        }
        let slice = self.text.get(start..end).unwrap_or_default();
        let start = start + slice.len() - slice.trim_start().len();
        let span = Span::new(start, start + slice.trim().len());
        // Nothing and null (YAML 1.2.2, 10.3.2) are an empty value.
        let is_null = matches!(slice.trim(), "" | "~" | "null" | "Null" | "NULL");
        let is_null = style == ScalarStyle::Plain && is_null;
        let text = if is_null { "" } else { value.trim() };
        Spanned { text: text.to_owned(), span }
    }

    fn alias(&mut self, span: Span) {
        self.end = self.end.max(span.range().end);
        if !self.aliased {
            let reason = "an alias stands for text elsewhere, which is not read here".to_owned();
            let help = "Write the values out where a requirement or its tests depend on them.";
            self.problem(span, false, reason, help);
        }
        self.aliased = true;
        self.put(Node::Alias);
    }

    fn close(&mut self, open: Open, whole: bool) {
        let node = match open {
            Open::List { entries } => Node::List { entries },
            Open::Map { start, pairs, .. } => Node::Map { span: Span::new(start, self.end.max(start)), pairs, whole },
        };
        self.put(node);
    }

    /// Puts a finished node where it belongs.
    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.stream.documents.push(node),
            Some(Open::List { entries }) => entries.push(node),
            Some(Open::Map { pairs, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(Node::Scalar(key)) if key.text.len() <= MAX_KEY => {
                    pairs.push(Pair { key, value: node });
                }
                // A key that is a text, a list or a mapping names nothing.
                Some(_) => {}
            },
        }
    }

    fn problem(&mut self, span: Span, whole_file: bool, reason: String, help: &str) {
        let help = help.to_owned();
        self.stream.problems.push(Problem { span, whole_file, reason, help });
    }
}

/// From characters, in which the parser counts, to bytes.
struct Offsets<'a> {
    text: &'a str,
    /// The byte offset of every [`STEP`]th character; empty where all are ASCII.
    steps: Vec<usize>,
}

/// Characters between two known offsets.
const STEP: usize = 128;

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        let steps = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().step_by(STEP).map(|(at, _)| at).collect(),
        };
        Self { text, steps }
    }

    fn byte(&self, character: usize) -> usize {
        if self.steps.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.steps.get(character / STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        let within = rest.char_indices().nth(character % STEP);
        within.map_or(self.text.len(), |(at, _)| start + at)
    }
}
