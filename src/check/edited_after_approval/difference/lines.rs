//! Which item of a list or row of a table became which.

use super::{BREAK, MOST, Token, same};
use std::cmp::Ordering;
use std::ops::Range;

/// More lists of items than this, multiplied, are not searched for items that are alike.
const ALIKE: usize = 10_000;

/// A part of the earlier text and the part of the later one that it became; either may be empty.
type Part = (Range<usize>, Range<usize>);

/// The parts of two texts that may differ, in order: an item or a row is compared with one other alone, and what stands in
/// front of them with what stands there.
pub(super) fn parts(old: &[Token], new: &[Token]) -> Vec<Part> {
    let (was, is) = (segments(old), segments(new));
    let equal = |a: &Range<usize>, b: &Range<usize>| keys(old, a).eq(keys(new, b));
    let front = was.iter().zip(&is).take_while(|(a, b)| equal(a, b)).count();
    let most = was.len().min(is.len()) - front;
    let back = was.iter().rev().zip(is.iter().rev()).take(most).take_while(|(a, b)| equal(a, b)).count();
    let gone = was.get(front..was.len() - back).unwrap_or_default();
    let came = is.get(front..is.len() - back).unwrap_or_default();
    let start = |list: &[Range<usize>]| front.checked_sub(1).and_then(|at| list.get(at)).map_or(0, |one| one.end);
    let mut at = (start(&was), start(&is));
    let mut found = Vec::new();
    let pairs = best(gone, came, MOST, |a, b| usize::from(equal(a, b)));
    let mut next = pairs.iter().filter_map(|(a, b)| Some((gone.get(*a)?.end, came.get(*b)?.end)));
    for gap in between(gone, came, &pairs) {
        found.extend(became(old, new, gap, at));
        at = next.next().unwrap_or(at);
    }
    found
}

/// The items and rows of a text, and first what stands in front of them.
fn segments(list: &[Token]) -> Vec<Range<usize>> {
    let breaks = list.iter().enumerate().filter(|(at, token)| *at > 0 && token.is_break()).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
    let ends = starts.iter().skip(1).copied().chain([list.len()]);
    starts.iter().copied().zip(ends).filter(|(start, end)| start < end).map(|(start, end)| start..end).collect()
}

/// The words of a segment as they are compared.
fn keys<'t>(list: &'t [Token], range: &Range<usize>) -> impl Iterator<Item = &'t str> {
    list.get(range.clone()).unwrap_or_default().iter().map(|token| token.key.as_str())
}

/// Neighbouring segments of two lists, without a pair among them.
type Gap<'r> = (&'r [Range<usize>], &'r [Range<usize>]);

/// What lies in front of, between and behind the pairs of two lists.
fn between<'r>(was: &'r [Range<usize>], is: &'r [Range<usize>], pairs: &[(usize, usize)]) -> Vec<Gap<'r>> {
    let mut from = (0, 0);
    let mut gaps = Vec::with_capacity(pairs.len() + 1);
    for (a, b) in pairs.iter().copied().chain([(was.len(), is.len())]) {
        gaps.push((was.get(from.0..a).unwrap_or_default(), is.get(from.1..b).unwrap_or_default()));
        from = (a + 1, b + 1);
    }
    gaps
}

/// What became of neighbouring segments none of which stayed as it was; `at` is where they begin.
fn became(old: &[Token], new: &[Token], (was, is): (&[Range<usize>], &[Range<usize>]), mut at: (usize, usize)) -> Vec<Part> {
    let end = (was.last().map_or(at.0, |one| one.end), is.last().map_or(at.1, |one| one.end));
    let text = (old.get(at.0..end.0).unwrap_or_default(), new.get(at.1..end.1).unwrap_or_default());
    // Items that were divided or joined say what they said.
    if same(text.0, text.1) {
        return Vec::new();
    }
    // A list that became a paragraph is compared word by word.
    let is_item = |list: &[Token]| list.first().map(Token::is_break);
    if !was.is_empty() && !is.is_empty() && is_item(text.0) != is_item(text.1) {
        return vec![(at.0..end.0, at.1..end.1)];
    }
    let mut found = Vec::new();
    let alike = |a: &Range<usize>, b: &Range<usize>| likeness(old, new, a, b);
    let pairs = best(was, is, ALIKE, alike);
    let mut next = pairs.iter().filter_map(|(a, b)| Some((was.get(*a)?.clone(), is.get(*b)?.clone())));
    for (gone, came) in between(was, is, &pairs) {
        if gone.len() == came.len() {
            found.extend(gone.iter().cloned().zip(came.iter().cloned()));
        } else {
            found.extend(gone.iter().map(|one| (one.clone(), at.1..at.1)));
            let behind = gone.last().map_or(at.0, |one| one.end);
            found.extend(came.iter().map(|one| (behind..behind, one.clone())));
        }
        if let Some((a, b)) = next.next() {
            at = (a.end, b.end);
            found.push((a, b));
        }
    }
    found
}

/// How many words two segments share, where that is half of the longer one, or where the longer one says more than the other.
fn likeness(old: &[Token], new: &[Token], a: &Range<usize>, b: &Range<usize>) -> usize {
    let sorted = |list, range| {
        let mut words: Vec<&str> = keys(list, range).filter(|key| *key != BREAK).collect();
        words.sort_unstable();
        words
    };
    let (one, two) = (sorted(old, a), sorted(new, b));
    let (mut left, mut right, mut shared) = (one.iter().peekable(), two.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                shared += 1;
                left.next();
                right.next()
            }
        };
    }
    let (less, more) = (one.len().min(two.len()), one.len().max(two.len()));
    if shared * 2 >= more || shared == less && shared > 1 { shared } else { 0 }
}

/// The pairs of two lists that weigh most together, in the order of both; none where that would take long.
fn best(
    was: &[Range<usize>],
    is: &[Range<usize>],
    most: usize,
    weight: impl Fn(&Range<usize>, &Range<usize>) -> usize,
) -> Vec<(usize, usize)> {
    if was.len().saturating_mul(is.len()) > most {
        return Vec::new();
    }
    let weights: Vec<usize> = was.iter().flat_map(|a| is.iter().map(|b| weight(a, b)).collect::<Vec<_>>()).collect();
    let weight = |row: usize, column: usize| weights.get(row * is.len() + column).copied().unwrap_or(0);
    let width = is.len() + 1;
    let mut table = vec![0_usize; (was.len() + 1) * width];
    let at = |table: &[usize], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(0);
    for row in (0..was.len()).rev() {
        for column in (0..is.len()).rev() {
            let pair = match weight(row, column) {
                0 => 0,
                weight => at(&table, row + 1, column + 1) + weight,
            };
            let best = pair.max(at(&table, row + 1, column)).max(at(&table, row, column + 1));
            if let Some(cell) = table.get_mut(row * width + column) {
                *cell = best;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut found = Vec::new();
    while row < was.len() && column < is.len() {
        let (here, own) = (at(&table, row, column), weight(row, column));
        if own > 0 && here == at(&table, row + 1, column + 1) + own {
            found.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if here == at(&table, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}
