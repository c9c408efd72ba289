//! Which lines of a comment or docstring are its title: that speaks of what it stands on, and so do
//! the lines that say what is covered. All other lines only mention what they name.

use super::work;
use smallvec::SmallVec;

/// Words that say that what follows is covered.
const COVERS: &[&str] = &[
    "cover",
    "covers",
    "covered",
    "covering",
    "coverage",
    "verifies",
    "verify",
    "verified",
    "validates",
    "tests",
    "checks",
    "requirement",
    "requirements",
    "criteria",
    "traces",
    "traceability",
];

/// A title ends after so many lines at the latest.
const MAX_TITLE: usize = 4;

/// The lines of a comment, which are read for claims only when somebody asks: hardly any has a marker for which that
/// matters.
#[derive(Default)]
pub(super) struct Claims<'t> {
    reading: Reading,
    unread: SmallVec<[&'t str; 8]>,
    /// Up to where the line that was read last is a claim.
    last: usize,
}

impl<'t> Claims<'t> {
    /// Takes the next line.
    pub(super) fn next(&mut self, line: &'t str) {
        self.unread.push(line);
    }

    /// Up to where the line that was taken last is a claim.
    pub(super) fn last(&mut self) -> usize {
        for line in self.unread.drain(..) {
            self.last = self.reading.line(uncommented(line));
        }
        self.last
    }
}

/// How many signs of a comment a line begins with.
pub(super) fn signs(line: &str) -> usize {
    let sign = |byte: &u8| matches!(byte, b' ' | b'\t' | b'/' | b'*' | b'#' | b'!' | b'<' | b'\'' | b';');
    line.bytes().take_while(sign).count()
}

/// A line without the signs of a comment around it.
pub(super) fn uncommented(line: &str) -> &str {
    let bare = line.strip_suffix('\n').unwrap_or(line);
    let bare = if bare.bytes().next_back().is_some_and(|last| last.is_ascii_graphic()) { bare } else { bare.trim_end() };
    let bare = if bare.ends_with("*/") { bare.trim_end_matches("*/").trim_end() } else { bare };
    bare.get(signs(bare)..).unwrap_or("")
}

/// A comment as it is read line by line.
#[derive(Default)]
struct Reading {
    part: Part,
    lines: usize,
    /// The line before was empty.
    apart: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing was said yet.
    #[default]
    Before,
    /// The name of the owner and the terms of use.
    Licence,
    Title,
    /// A sentence that begins with a word such as "covers".
    Sentence,
    /// A list below a line such as "Covers:".
    List,
    Rest,
}

impl Reading {
    /// Takes the next line; up to where it is a claim.
    fn line(&mut self, body: &str) -> usize {
        work::spend(body.len().min(200));
        if body.is_empty() {
            self.part = match self.part {
                // A blank line may stand between the line that announces a list and the list.
                Part::Before | Part::List => self.part,
                Part::Licence => Part::Before,
                _ => Part::Rest,
            };
            self.apart = true;
            return 0;
        }
        let apart = std::mem::take(&mut self.apart) && !begins_item(body);
        self.part = match self.part {
            Part::Before | Part::Licence if is_terms(body) => Part::Licence,
            Part::Before if is_ruler(body) || is_name(body) => Part::Before,
            Part::Before => Part::Title,
            Part::Rest | Part::List if announces(body) => Part::List,
            Part::List if !apart => Part::List,
            Part::Rest | Part::List if begins_claim(body) => Part::Sentence,
            Part::List => Part::Rest,
            part => part,
        };
        let end = match self.part {
            Part::Title | Part::Sentence => self.sentence(body),
            Part::List => body.len(),
            Part::Before | Part::Licence | Part::Rest => 0,
        };
        // Most lines claim nothing, and then it does not matter where they turn.
        if end == 0 { 0 } else { end.min(turn(body).unwrap_or(end)) }
    }

    fn sentence(&mut self, body: &str) -> usize {
        self.lines += 1;
        let end = sentence_end(body);
        if announces(body) {
            self.part = Part::List;
        } else if end.is_some() || self.lines >= MAX_TITLE {
            (self.part, self.lines) = (Part::Rest, 0);
        }
        end.unwrap_or(body.len())
    }
}

/// Whether a line begins the next item of a list; stars are taken for signs of the comment.
fn begins_item(body: &str) -> bool {
    let number = body.trim_start_matches(|c: char| c.is_ascii_digit());
    body.starts_with(['-', '•', '+', '*']) || (number.len() < body.len() && number.starts_with(['.', ')']))
}

/// `Covers:`, `Tests cover the paths for:`.
fn announces(body: &str) -> bool {
    body.ends_with(':') && body.len() < 80 && words(body).any(|word| is_one_of(COVERS, word)) && !has_negation(body)
}

/// `Covers AC-1 and the requirements`, `Tests for FR-1`.
fn begins_claim(body: &str) -> bool {
    words(body).next().is_some_and(|word| is_one_of(&["covers", "verifies", "validates", "tests", "checks"], word))
}

fn has_negation(body: &str) -> bool {
    words(body).any(|word| is_one_of(&["not", "no", "out", "without", "never", "except", "cannot", "todo"], word))
}

/// Where a sentence turns against what it names: `Doors, not REQ-1`. Brackets behind it name its subject again.
fn turn(body: &str) -> Option<usize> {
    const WORDS: &[&[u8]] = &[b" not ", b" never ", b" except ", b" unlike ", b" instead of "];
    let bytes = body.as_bytes();
    let may_turn = |pair: &[u8]| matches!(pair, [b' ', b'n' | b'e' | b'u' | b'i']);
    let mut starts = bytes.windows(2).enumerate().filter(|(_, pair)| may_turn(pair)).map(|(at, _)| at);
    let turned = starts.find(|at| begins_with_any(bytes.get(*at..).unwrap_or_default(), WORDS))?;
    memchr::memchr2(b'(', b'[', bytes.get(turned..)?).is_none().then_some(turned)
}

fn begins_with_any(bytes: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| bytes.starts_with(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}

fn is_one_of(known: &[&str], word: &str) -> bool {
    known.iter().any(|one| one.eq_ignore_ascii_case(word))
}

fn is_terms(body: &str) -> bool {
    const WORDS: &[&[u8]] = &[b"Copyright", b"SPDX-", b"License", b"(c) ", b"All rights reserved"];
    let begins = |byte: &u8| matches!(byte, b'C' | b'S' | b'L' | b'(' | b'A');
    let bytes = body.as_bytes();
    let mut starts = bytes.iter().enumerate().filter(|(_, byte)| begins(byte)).map(|(at, _)| at);
    starts.any(|at| begins_with_any(bytes.get(at..).unwrap_or_default(), WORDS))
}

/// `@file test_boot.c`: the name of the file is not its title.
fn is_name(body: &str) -> bool {
    ["@file", "\\file", "eslint-", "@ts-", "-*-"].iter().any(|word| body.starts_with(word))
}

/// Whether a line is drawn and not written.
pub(super) fn is_ruler(line: &str) -> bool {
    // Most lines begin with a word.
    if line.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric()) {
        return false;
    }
    let signs = |c: &char| matches!(c, '-' | '=' | '*' | '#' | '~' | '_' | '+' | '/' | '─' | '━' | '═');
    let line = line.trim();
    line.chars().take(3).count() == 3 && line.chars().all(|c| signs(&c) || c == ' ')
}

/// Whether a line is framed by what is drawn: `// ---- Doors (REQ-1) ----`.
pub(super) fn is_framed(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['/', '#', '*', ' ', ';', '<', '!']);
    let drawn = |c: char| matches!(c, '-' | '=' | '~' | '─' | '━' | '═' | '#' | '*');
    let run = |chars: &mut dyn Iterator<Item = char>| chars.take(4).filter(|c| drawn(*c)).count();
    run(&mut line.chars()) >= 3 && run(&mut line.chars().rev()) >= 3
}

/// Where the first sentence of a line ends: a full stop at its end, or before a capital letter.
fn sentence_end(body: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = body.as_bytes().get(from..).and_then(|rest| memchr::memchr(b'.', rest)).map(|n| from + n + 1) {
        let rest = body.get(at..).unwrap_or("");
        let next = rest.trim_start_matches([' ', '\t']);
        let word = || body.get(from..at - 1).unwrap_or("").rsplit(' ').next().unwrap_or("");
        if next.is_empty() || (rest.len() > next.len() && next.starts_with(char::is_uppercase) && word().len() > 2) {
            return Some(at);
        }
        from = at;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<&str> {
        let mut reading = Reading::default();
        text.lines().map(|line| line.get(..reading.line(line.trim())).unwrap_or(line)).collect()
    }

    #[test]
    fn the_first_sentence_is_the_title() {
        assert_eq!(
            claims("Doors (REQ-1): they open\nand close. See REQ-2.\nREQ-3"),
            ["Doors (REQ-1): they open", "and close.", ""]
        );
        assert_eq!(claims("Doors\n\nWritten for REQ-1."), ["Doors", "", ""]);
        assert_eq!(claims("Copyright A\nB REQ-1\n\nDoors REQ-2"), ["", "", "", "Doors REQ-2"]);
        assert_eq!(claims("Doors, not REQ-1."), ["Doors,"]);
        assert_eq!(claims("Doors do not open (REQ-1)"), ["Doors do not open (REQ-1)"]);
        assert_eq!(claims("==========\nDoors REQ-2"), ["", "Doors REQ-2"]);
    }

    #[test]
    fn what_is_covered_is_claimed_too() {
        assert_eq!(
            claims("Doors.\n\nCovers:\n\n- a\n- (REQ-1)\n\nREQ-2"),
            ["Doors.", "", "Covers:", "", "- a", "- (REQ-1)", "", ""]
        );
        assert_eq!(claims("Doors.\n\nCovers opening and\nclosing. REQ-2"), ["Doors.", "", "Covers opening and", "closing."]);
        assert_eq!(claims("Doors.\n\nNot covered:\n- REQ-1"), ["Doors.", "", "", ""]);
    }

    #[test]
    fn frames() {
        assert!(is_framed("// ---- Doors ----") && is_framed("# ====") && is_framed(" * -----------"));
        assert!(!is_framed("// Doors") && !is_framed("-- Doors") && !is_framed("/**"));
        assert!(is_ruler("--------") && is_ruler("─────") && !is_ruler("- a") && !is_ruler("--"));
    }
}
