//! Files as text: identity, spans and lines.
//!
//! Everything that is read keeps a [`Span`] of byte offsets. Lines and columns
//! are computed once, here, and only when a report asks for them.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::OnceLock;

/// Index of a file in the sorted list of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

impl FileId {
    /// The position in tables that are indexed by file.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in one decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

impl Span {
    /// A span from byte offsets; offsets past 4 GiB are clamped.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(start), len: clamp(end.saturating_sub(start)) }
    }

    /// Offset just past the last byte.
    pub fn end(self) -> u32 {
        self.start.saturating_add(self.len)
    }

    /// The span as a range that slices a string.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end() as usize
    }

    /// The same span moved by `base` bytes: for parsers that were handed a slice.
    pub fn shifted(self, base: usize) -> Self {
        Self::new(self.start as usize + base, self.end() as usize + base)
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end() <= self.end()
    }
}

/// A span in a named file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The range of bytes in it.
    pub span: Span,
}

impl Place {
    /// A place from its parts.
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// Text with the span it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spanned {
    /// The text, cleaned of notation.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What was wrong with the bytes of a file, although it could be read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Bytes that are not UTF-8 were replaced; the offset of the first in the decoded text.
    InvalidUtf8(usize),
}

/// A decoded text and its line table.
///
/// A byte order mark is dropped, UTF-16 with a mark is converted, and bytes that
/// are not UTF-8 become U+FFFD with a note of the first place. Line ends stay as they are.
#[derive(Debug, Default)]
pub struct Text {
    text: String,
    damage: Option<Damage>,
    lines: OnceLock<Vec<u32>>,
    /// Of the bytes: at once where they are not the text, else when it is asked for.
    digest: OnceLock<String>,
}

impl Text {
    /// Decodes the bytes of a file.
    pub fn decode(bytes: Vec<u8>) -> Self {
        if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(&bytes) {
            let digest = OnceLock::from(sha256(&bytes));
            if encoding == encoding_rs::UTF_8 {
                return Self { digest, ..Self::utf8(bytes.get(skip..).unwrap_or_default().to_vec()) };
            }
            let (text, _, bad) = encoding.decode(&bytes);
            let text = text.into_owned();
            let damage = bad.then(|| Damage::InvalidUtf8(text.find('\u{FFFD}').unwrap_or(0)));
            return Self { text, damage, digest, ..Self::default() };
        }
        Self::utf8(bytes)
    }

    /// The text of a file that could not be read: it has no digest either.
    pub fn unread() -> Self {
        Self { digest: OnceLock::from(String::new()), ..Self::default() }
    }

    /// Drops a text of which nothing is needed but its digest.
    #[must_use]
    pub fn dropped(self) -> Self {
        Self { digest: OnceLock::from(self.digest().to_owned()), ..Self::default() }
    }

    /// SHA-256 of the bytes that were decoded, in hexadecimal.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| sha256(self.text.as_bytes()))
    }

    fn utf8(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self { text, ..Self::default() },
            Err(error) => {
                let first = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let digest = OnceLock::from(sha256(error.as_bytes()));
                Self { text, damage: Some(Damage::InvalidUtf8(first)), digest, ..Self::default() }
            }
        }
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What was wrong with the bytes, if anything.
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    /// The text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(starts.map(|at| Span::new(0, at + 1).len)).collect()
        })
    }

    /// Number of lines; a text that ends with a line break has no line after it.
    pub fn line_count(&self) -> usize {
        self.lines().len() - usize::from(self.text.ends_with('\n') || self.text.is_empty())
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let (line, before) = self.before(offset);
        (line, before.chars().count() as u32 + 1)
    }

    /// The same, with columns that count UTF-16 code units, as editors and code hosts do.
    pub fn position_utf16(&self, offset: u32) -> (u32, u32) {
        let (line, before) = self.before(offset);
        (line, before.chars().map(char::len_utf16).sum::<usize>() as u32 + 1)
    }

    /// The line of a byte offset, from 1, and what stands before the offset in it.
    fn before(&self, offset: u32) -> (u32, &str) {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = lines.get(line).copied().unwrap_or(0) as usize;
        let mut end = (offset as usize).clamp(start, self.text.len().max(start));
        while end > start && !self.text.is_char_boundary(end) {
            end -= 1;
        }
        (line as u32 + 1, self.text.get(start..end).unwrap_or(""))
    }

    /// The span of a whole line (from 1) without its line break.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.lines().get(index)? as usize;
        let end = self.lines().get(index + 1).map_or(self.text.len(), |next| *next as usize);
        let text = self.text.get(start..end)?.trim_end_matches(['\r', '\n']);
        Some(Span::new(start, start + text.len()))
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
