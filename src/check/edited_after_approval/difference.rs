//! What differs between two texts, word by word, told in a few of their own words.

mod lines;

use crate::model::vocabulary::words;
use crate::source::Span;
use std::ops::Range;

/// Texts of more words than this in both, multiplied, are told to differ between the first and the last word that does.
const MOST: usize = 250_000;

/// So few equal words between two changes make one of them.
const JOINED: usize = 2;

/// So many words of a change are shown at its beginning and at its end.
const HEAD: usize = 9;
const TAIL: usize = 3;

/// A longer word is shown in part.
const LONGEST: usize = 60;

/// A word as it is written, with the signs that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As written, without mark-up.
    text: String,
    /// Its letters and digits: what is compared.
    pub(super) key: String,
    /// Where.
    span: Span,
}

/// The key of what stands in front of an item or a row: no change goes across it unless it must.
const BREAK: &str = "\n";

impl Token {
    fn is_break(&self) -> bool {
        self.key == BREAK
    }
}

/// The words of a line that stands at an offset; boxes of lists are none, ticked or not.
pub(super) fn tokens(line: &str, base: usize) -> Vec<Token> {
    let mut found = words_of(line, base);
    let body = line.trim_start();
    let digits = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = body.starts_with(['-', '*', '+', '|']) || digits.len() < body.len() && digits.starts_with(['.', ')']);
    if item && !found.is_empty() {
        found.insert(0, Token { text: String::new(), key: BREAK.to_owned(), span: Span::new(base, base) });
    }
    found
}

fn words_of(line: &str, base: usize) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in line.split_inclusive(char::is_whitespace) {
        let start = base + at;
        at += piece.len();
        let mark = |c: char| c.is_whitespace() || matches!(c, '*' | '`' | '|' | '~');
        let text = piece.trim_matches(mark);
        let key = words(text);
        if key.is_empty() || text.eq_ignore_ascii_case("[x]") {
            continue;
        }
        let from = start + piece.find(text).unwrap_or(0);
        found.push(Token { text: text.replace('`', ""), key, span: Span::new(from, from + text.len()) });
    }
    found
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    gone: String,
    new: String,
    /// Where it stands in the later text: what is new, or else the word behind what is gone.
    pub(super) now: Option<Span>,
    /// Where it stood in the earlier one.
    pub(super) then: Option<Span>,
}

impl Change {
    /// The change as a part of a sentence.
    pub(super) fn told(&self) -> String {
        match (self.gone.is_empty(), self.new.is_empty()) {
            (true, _) => format!("added «{}»", self.new),
            (_, true) => format!("removed «{}»", self.gone),
            _ => format!("«{}» became «{}»", self.gone, self.new),
        }
    }
}

/// The changes of a text as a part of a sentence: the first two and how many follow.
pub(super) fn told(changes: &[Change]) -> String {
    let more = changes.len().saturating_sub(2);
    let shown: Vec<String> = changes.iter().take(if more == 1 { 3 } else { 2 }).map(Change::told).collect();
    if more > 1 { format!("{} and {more} more changes", shown.join(", ")) } else { shown.join(", ") }
}

/// What differs, in the order of the texts; white space, mark-up and the signs between words make no difference.
pub(super) fn changes(old: &[Token], new: &[Token]) -> Vec<Change> {
    if same(old, new) {
        return Vec::new();
    }
    let parts = lines::parts(old, new);
    let hunks = parts.into_iter().flat_map(|(gone, came)| trimmed(old, new, gone, came));
    hunks.filter_map(|(gone, came)| change(old, new, gone, came)).collect()
}

/// What differs between a part of each, without the words that both begin and end with.
fn trimmed(old: &[Token], new: &[Token], gone: Range<usize>, came: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let (was, is) = (old.get(gone.clone()).unwrap_or_default(), new.get(came.clone()).unwrap_or_default());
    let equal = |pair: &(&Token, &Token)| pair.0.key == pair.1.key;
    let front = was.iter().zip(is).take_while(equal).count();
    let most = was.len().min(is.len()) - front;
    let back = was.iter().rev().zip(is.iter().rev()).take(most).take_while(equal).count();
    hunks(old, new, gone.start + front..gone.end - back, came.start + front..came.end - back)
}

/// Whether two lists of words read the same, however their signs divide them.
fn same(old: &[Token], new: &[Token]) -> bool {
    let spoken = |list: &[Token]| {
        let words = list.iter().filter(|token| !token.is_break()).map(|token| token.key.as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    spoken(old) == spoken(new)
}

/// The parts of both that differ, where changes that stand close together are one.
fn hunks(old: &[Token], new: &[Token], gone: Range<usize>, came: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let pairs = pairs(old.get(gone.clone()).unwrap_or_default(), new.get(came.clone()).unwrap_or_default());
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut one, mut two) = (gone.start, came.start);
    let equal = pairs.into_iter().map(|(a, b)| (gone.start + a, came.start + b));
    for (a, b) in equal.chain([(gone.end, came.end)]) {
        if a > one || b > two {
            let apart = |from: usize| old.get(from..one).is_some_and(|list| list.iter().any(Token::is_break));
            match found.last_mut().filter(|(before, _)| one - before.end <= JOINED && !apart(before.end)) {
                Some((before, beside)) => (before.end, beside.end) = (a, b),
                None => found.push((one..a, two..b)),
            }
        }
        (one, two) = (a + 1, b + 1);
    }
    found
}

/// The positions of the longest sequence of words that both have; none where that would take long.
fn pairs(old: &[Token], new: &[Token]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * width];
    let at = |table: &[u32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(0);
    for (row, one) in old.iter().enumerate().rev() {
        for (column, two) in new.iter().enumerate().rev() {
            let best = if one.key == two.key {
                at(&table, row + 1, column + 1) + 1
            } else {
                at(&table, row + 1, column).max(at(&table, row, column + 1))
            };
            if let Some(cell) = table.get_mut(row * width + column) {
                *cell = best;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut found = Vec::new();
    while let (Some(one), Some(two)) = (old.get(row), new.get(column)) {
        if one.key == two.key {
            found.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if at(&table, row + 1, column) >= at(&table, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

fn change(old: &[Token], new: &[Token], gone: Range<usize>, came: Range<usize>) -> Option<Change> {
    let part = |list: &[Token], range: &Range<usize>| -> Vec<Token> {
        list.get(range.clone()).unwrap_or_default().iter().filter(|token| !token.is_break()).cloned().collect()
    };
    let (was, is) = (part(old, &gone), part(new, &came));
    if same(&was, &is) {
        return None;
    }
    let place = |list: &[Token], range: &Range<usize>| {
        let word = |token: &&Token| !token.is_break();
        let first = list.get(range.start..)?.iter().find(word).or(list.iter().rfind(word))?.span;
        let last = list.get(range.clone())?.iter().rfind(word).map_or(first, |token| token.span);
        Some(Span::new(first.start as usize, last.end() as usize))
    };
    Some(Change { gone: quoted(&was), new: quoted(&is), now: place(new, &came), then: place(old, &gone) })
}

/// Words as they are shown: a long text by its beginning and its end.
fn quoted(list: &[Token]) -> String {
    let shown = |list: &[Token]| list.iter().map(|token| cut(&token.text)).collect::<Vec<_>>().join(" ");
    if list.len() <= HEAD + TAIL + 2 {
        return shown(list);
    }
    let (head, tail) = (list.get(..HEAD).unwrap_or_default(), list.get(list.len() - TAIL..).unwrap_or_default());
    format!("{} … {}", shown(head), shown(tail))
}

fn cut(word: &str) -> String {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", word.get(..end).unwrap_or(word)),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{changes, tokens, told};

    fn difference(before: &str, after: &str) -> String {
        told(&changes(&tokens(before, 0), &tokens(after, 0)))
    }

    #[test]
    fn a_difference_shows_what_came_and_went() {
        assert_eq!(difference("one two", "one and two"), "added «and»");
        assert_eq!(difference("one and two", "one two"), "removed «and»");
        assert_eq!(difference("one big two", "one small two"), "«big» became «small»");
        assert_eq!(difference("one one", "one"), "removed «one»");
        assert_eq!(
            difference("- `pump/a.py`: new", "- `pump/b_a.py`: new (moved)"),
            "«pump/a.py: new» became «pump/b_a.py: new (moved)»"
        );
        assert_eq!(difference("a, b", "a,b"), "");
    }

    #[test]
    fn items_of_lists_are_told_apart() {
        let tokens = |text: &str| text.split_inclusive('\n').flat_map(|line| tokens(line, 0)).collect::<Vec<_>>();
        let (old, new) = ("- one way\n- b.py new\n", "- one way (as told)\n- c.py new\n");
        assert_eq!(told(&changes(&tokens(old), &tokens(new))), "added «(as told)», «b.py» became «c.py»");
        assert_eq!(told(&changes(&tokens("- one\n- two"), &tokens("one two"))), "");
    }

    #[test]
    fn changes_that_are_far_apart_are_told_apart_and_long_ones_by_their_ends() {
        let text = "The pump stops when the tank is empty and tells the nurse by a tone.";
        let other = text.replace("pump", "motor").replace("nurse", "doctor");
        assert_eq!(difference(text, &other), "«pump» became «motor», «nurse» became «doctor»");
        let long: Vec<String> = (1..30).map(|number| format!("w{number}")).collect();
        let told = difference("a z", &format!("a {} z", long.join(" ")));
        assert_eq!(told, "added «w1 w2 w3 w4 w5 w6 w7 w8 w9 … w27 w28 w29»");
    }

    #[test]
    fn places_are_those_of_the_texts() {
        let (old, new) = ("The coil and its holder.", "The coil, and its new holder.");
        let found = changes(&tokens(old, 0), &tokens(new, 0));
        let at: Vec<&str> = found.iter().filter_map(|one| new.get(one.now?.range())).collect();
        assert_eq!(at, ["new"]);
        let found = changes(&tokens(new, 0), &tokens(old, 0));
        let at: Vec<&str> = found.iter().filter_map(|one| old.get(one.now?.range())).collect();
        assert_eq!(at, ["holder."]);
    }
}
