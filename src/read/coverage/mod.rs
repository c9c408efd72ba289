//! Coverage as tools write it: JSON and database of coverage.py, JSON of llvm-cov, LCOV, Cobertura, JaCoCo.
//!
//! Files of 40 MB are ordinary, so that nothing is read into a tree of values: each reader hands line after line to the
//! builder, which knows every name once.
//!
//! The text comes from anywhere. A file that is cut off, or in which a line is no number, is not counted at all: a line
//! that is missing under a test would make that test look as if it ran nothing.

mod builder;
mod cobertura;
mod database;
mod jacoco;
mod lcov;
mod llvm;
mod python;

use crate::model::{Facts, Problem};
use crate::source::{Span, Text};
use serde::de::IgnoredAny;

/// Bytes of a file in which it must show what it is.
const SNIFFED: usize = 4096;

/// The most that a counter of 64 bits holds.
const MOST_COUNTED: f64 = 18_446_744_073_709_551_615.0;

/// How a database begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// A format of coverage files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The JSON report of coverage.py.
    Python,
    /// The JSON export of llvm-cov.
    Llvm,
    /// LCOV.
    Lcov,
    /// Cobertura XML.
    Cobertura,
    /// JaCoCo XML.
    Jacoco,
}

impl Format {
    /// The name of its reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "coverage.py",
            Self::Llvm => "llvm-cov",
            Self::Lcov => "lcov",
            Self::Cobertura => "cobertura",
            Self::Jacoco => "jacoco",
        }
    }
}

/// The format of a text by its beginning, `None` where it is no coverage.
pub fn format(text: &str) -> Option<Format> {
    let head = ends(text, SNIFFED).0.trim_start_matches('\u{FEFF}').trim_start();
    match head.bytes().next()? {
        b'{' if head.contains("llvm.coverage.json.export") || ends(text, SNIFFED).1.contains("llvm.coverage.json.export") => {
            Some(Format::Llvm)
        }
        b'{' => (head.contains("\"meta\"") && (head.contains("\"format\"") || head.contains("\"branch_coverage\"")))
            .then_some(Format::Python),
        b'<' => xml(head),
        _ => lcov::looks_like(head).then_some(Format::Lcov),
    }
}

/// The format of XML by its first elements.
fn xml(head: &str) -> Option<Format> {
    let root = |name: &str| {
        head.match_indices(name).any(|(at, _)| {
            let before = head.get(..at).is_some_and(|before| before.ends_with('<'));
            before && head.get(at + name.len()..).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t']))
        })
    };
    // Clover has a root of the same name.
    let cobertura = ["line-rate", "cobertura", "<packages", "<sources"].iter().any(|word| head.contains(word));
    let jacoco = ["JACOCO", "<sessioninfo", "type=\"INSTRUCTION\""].iter().any(|word| head.contains(word));
    match () {
        () if root("coverage") && cobertura => Some(Format::Cobertura),
        () if root("report") && jacoco => Some(Format::Jacoco),
        () => None,
    }
}

/// The reader of databases.
pub const DATABASE_READER: &str = "coverage.py database";

/// Whether bytes are those of a database, which is no text.
pub fn is_database(bytes: &[u8]) -> bool {
    bytes.starts_with(DATABASE)
}

/// Reads the database of coverage.py: fills `coverage` and `problems` of the facts.
pub fn read_database(bytes: &[u8]) -> Facts {
    database::read(bytes)
}

/// The first and the last bytes of a text.
fn ends(text: &str, length: usize) -> (&str, &str) {
    let mut first = text.len().min(length);
    while !text.is_char_boundary(first) {
        first -= 1;
    }
    let mut last = text.len().saturating_sub(length);
    while !text.is_char_boundary(last) {
        last += 1;
    }
    (text.get(..first).unwrap_or(text), text.get(last..).unwrap_or(text))
}

/// Reads a coverage file of a known format: fills `coverage` and `problems` of the facts.
pub fn read(format: Format, text: &Text) -> Facts {
    match format {
        Format::Python => python::read(text),
        Format::Llvm => llvm::read(text),
        Format::Lcov => lcov::read(text.as_str()),
        Format::Cobertura => cobertura::read(text.as_str()),
        Format::Jacoco => jacoco::read(text.as_str()),
    }
}

/// What is said of a file that is called coverage and is in none of the formats.
pub fn unknown() -> Facts {
    let reason = "it is in no format of coverage that is read";
    refused(reason, "Write the JSON or the database of coverage.py, the JSON of llvm-cov, LCOV, Cobertura or JaCoCo XML.")
}

/// Whether a file that is in no format is called coverage and holds what no program wrote on purpose: nothing, JSON that is
/// cut off, or text where XML or JSON should stand. JSON of another kind is simply none.
pub fn is_damaged(path: &str, text: &str) -> bool {
    const NAMES: &[&str] = &["cobertura", "cov", "coverage", "jacoco", "lcov"];
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    // The database of coverage.py was told by its bytes; what is called so and is none was one.
    if name == ".coverage" || name.starts_with(".coverage.") && name.matches('.').count() > 3 {
        return true;
    }
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    if !stem.split(|c: char| !c.is_alphanumeric()).any(|word| NAMES.contains(&word)) && extension != "lcov" {
        return false;
    }
    let text = text.trim_start_matches('\u{FEFF}').trim();
    match extension {
        // A page that says that there is no report, or a report without its parts.
        "xml" => !text.starts_with('<') || is_bare(text),
        // Comments are none of JSON, and what has them is a configuration.
        "json" => {
            let is_cut = |error: serde_json::Error| error.is_eof() || !text.starts_with(['{', '[', '/']);
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
            text.is_empty() || holds_nothing(text) || is_headless(text) || values.any(|value| value.is_err_and(is_cut))
        }
        // Nothing else is called so.
        "info" | "lcov" => true,
        _ => false,
    }
}

/// Whether JSON is an empty list or an empty object.
fn holds_nothing(text: &str) -> bool {
    text == "null" || text.strip_prefix(['{', '[']).is_some_and(|rest| matches!(rest.trim_start(), "}" | "]"))
}

/// Whether XML is a page for a browser, or an element that is called as that of a report and has nothing in it.
fn is_bare(text: &str) -> bool {
    let head = ends(text, SNIFFED).0;
    let lower = head.to_ascii_lowercase();
    if lower.contains("<html") || lower.contains("<!doctype html") {
        return true;
    }
    let Some(at) = head.find("<coverage") else { return false };
    // Nothing but its own end stands behind the first element.
    let Some((_, rest)) = head.get(at..).and_then(|head| head.split_once('>')) else { return false };
    head.len() == text.len() && matches!(rest.trim(), "" | "</coverage>")
}

/// Whether JSON has lines as coverage.py writes them, and nothing that says what wrote it.
fn is_headless(text: &str) -> bool {
    let head = ends(text, SNIFFED).0;
    ["\"executed_lines\"", "\"files\""].iter().all(|word| head.contains(word))
}

/// Whether a text begins as the JSON of llvm-cov does and ends in the middle: its last words are those that say what it is.
pub fn is_cut_export(text: &str) -> bool {
    let head = ends(text, SNIFFED).0;
    let begins = ["\"expansions\"", "\"filename\"", "\"segments\""].iter().all(|word| head.contains(word));
    begins && serde_json::from_str::<IgnoredAny>(text.trim_start_matches('\u{FEFF}')).is_err_and(|error| error.is_eof())
}

/// What is said of such a file.
pub fn damaged() -> Facts {
    refused("it is called coverage and holds none: it is empty, cut off or something else", AGAIN)
}

fn refused(reason: &str, help: &str) -> Facts {
    let problem = Problem { span: Span::default(), whole_file: true, reason: reason.to_owned(), help: help.to_owned() };
    Facts { problems: vec![problem], ..Facts::default() }
}

/// Where an error of the JSON parser stands: it counts lines and the bytes in them.
pub(super) fn place(text: &Text, error: &serde_json::Error) -> Span {
    let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
    let start = text.line_span(line).map_or(text.as_str().len(), |span| span.start as usize + error.column().saturating_sub(1));
    let mut start = start.min(text.as_str().len());
    while !text.as_str().is_char_boundary(start) {
        start -= 1;
    }
    Span::new(start, start)
}

/// The reason of an error of the JSON parser, without its place.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let bare = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(bare, _)| bare);
    match error.is_eof() {
        true => String::from("the JSON ends too early: the file is cut off"),
        false => format!("the JSON is damaged: {bare}"),
    }
}

/// What to do about damage.
const AGAIN: &str = "Write the coverage again and keep the whole file; nothing in this one is counted.";
