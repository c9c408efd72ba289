//! Identifiers as they are written: single ones, lists, ranges and wildcards.

use super::id::Id;
use crate::source::Span;
use smallvec::SmallVec;

/// The mentions at one place: hardly ever more than one.
pub type Mentions = SmallVec<[Mention; 1]>;

/// One identifier expression.
///
/// A list such as `REQ-A-001/002` is read as one mention per member, each with
/// its identifier written out. Ranges and wildcards stay as they are until the
/// defined identifiers are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// What is named.
    pub name: Name,
    /// Where it is written; for a shorthand member the digits only.
    pub span: Span,
}

/// What an identifier expression names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// One identifier, written out in full.
    One(Id),
    /// All identifiers from the first to the last.
    Range(Box<(Id, Id)>),
    /// All identifiers that begin with this prefix.
    Prefix(Box<Id>),
}

/// The word that is a part of identifiers which are numbered within their specification: `Requirement 1.2`.
pub const WORDED: &str = "Requirement ";

impl Mention {
    /// A mention of one identifier.
    pub fn one(id: impl Into<Id>, span: Span) -> Self {
        Self { name: Name::One(id.into()), span }
    }

    /// The identifier, if exactly one is named.
    pub fn id(&self) -> Option<&str> {
        match &self.name {
            Name::One(id) => Some(id),
            Name::Range(_) | Name::Prefix(_) => None,
        }
    }

    /// The expression as a person would write it.
    pub fn written(&self) -> String {
        match &self.name {
            Name::One(id) => id.to_string(),
            Name::Range(ends) => format!("{}..{}", ends.0, ends.1),
            Name::Prefix(prefix) => format!("{prefix}*"),
        }
    }
}

/// The family of an identifier: its text before the last number, with earlier
/// numbers kept. `REQ-MCP-011` has the family `REQ-MCP-`, `F16` the family `F`. The version behind a number, `REQ-1.1v2`, is
/// none of its own.
pub fn family(id: &str) -> &str {
    let id = unversioned(id);
    if let Some(stem) = hexadecimal_stem(id) {
        return stem;
    }
    let bytes = id.as_bytes();
    let letters = bytes.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let tail = bytes.len() - if letters <= 2 { letters } else { 0 };
    let head = bytes.get(..tail).unwrap_or_default();
    let number = head.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    id.get(..tail - number).unwrap_or(id)
}

/// What stands before a hexadecimal number that has a letter in front of a digit: `REQ-FUN-` of `REQ-FUN-2A0`.
fn hexadecimal_stem(id: &str) -> Option<&str> {
    let start = id.rfind(['-', '_'])? + 1;
    let number = id.as_bytes().get(start..).filter(|number| (3..=8).contains(&number.len()))?;
    let hexadecimal = number.iter().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte));
    let mixed = number.windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_uppercase() && b.is_ascii_digit()));
    (hexadecimal && mixed && number.first().is_some_and(u8::is_ascii_digit)).then(|| id.get(..start))?
}

/// An identifier without the version that follows its number: `REQ-1.1` of `REQ-1.1v2`.
fn unversioned(id: &str) -> &str {
    let bytes = id.as_bytes();
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let mut before = bytes.iter().rev().skip(digits);
    let versioned = digits > 0 && before.next() == Some(&b'v') && before.next().is_some_and(u8::is_ascii_digit);
    if versioned { id.get(..bytes.len().saturating_sub(digits + 1)).unwrap_or(id) } else { id }
}

/// The words in capitals with which an identifier begins that has full stops between its parts, or a version behind its number:
/// `AAD` of `AAD.1.1`, `MS.AAD` of `MS.AAD.1.1v1`. A letter alone numbers sections.
pub fn dotted_root(id: &str) -> Option<&str> {
    numbered_root(id).or_else(|| path_root(id))
}

/// `RQ.SRS-026` of `RQ.SRS-026.Pump.Start`: a number, and words behind it that lead to the requirement.
fn path_root(id: &str) -> Option<&str> {
    let mut parts = id.split('.');
    let (first, second) = (parts.next()?, parts.next()?);
    let capitals = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_uppercase());
    let number = second.bytes().any(|byte| byte.is_ascii_digit()) && !second.bytes().any(|byte| byte.is_ascii_lowercase());
    let word = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    let mut words = parts.peekable();
    let leads = words.peek().is_some() && words.all(word);
    (capitals && number && leads).then(|| id.get(..first.len() + 1 + second.len())).flatten()
}

/// `AAD` of `AAD.1.1`.
fn numbered_root(id: &str) -> Option<&str> {
    let id = unversioned(id);
    let end = id.find(|c: char| c.is_ascii_digit())?;
    let root = id.get(..end)?.strip_suffix('.')?;
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = id.get(end..)?.split('.').all(number);
    (numbered && root.len() > 1 && root.split('.').all(word)).then_some(root)
}

/// So many identifiers of words that begin alike are a family.
pub const WORDED_FAMILY: usize = 5;

/// The first part of an identifier that has words where others have a number: `SHOP` of `SHOP-PRD-cart-total`. It is a word in
/// capitals, and at least two parts stand behind it, one of them in small letters: documents are called `SHOP-PRD-RTM`.
pub fn worded_root(id: &str) -> Option<&str> {
    let (root, rest) = id.split_once('-')?;
    let capitals = (2..=12).contains(&root.len()) && root.bytes().all(|byte| byte.is_ascii_uppercase());
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let small = rest.bytes().any(|byte| byte.is_ascii_lowercase());
    (capitals && small && rest.contains('-') && rest.split('-').all(word)).then_some(root)
}

/// Whether an identifier has a word in capitals where others have a number: `FR-LINK-LINE`.
pub fn ends_in_word(id: &str) -> bool {
    let word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    id.split('-').count() > 2 && id.split('-').all(word)
}

/// The requirement of an identifier with the letter of one of its parts: `SHOP-PRD-cart-total` of `SHOP-PRD-cart-total-A`.
pub fn asserted(id: &str) -> Option<&str> {
    let (stem, letter) = id.rsplit_once('-')?;
    matches!(letter.as_bytes(), [b'A'..=b'Z']).then_some(stem)
}

/// Whether an identifier stands for others: `REQ-xxx-001` and `REQ-NNN` have letters where the others have numbers.
pub fn is_placeholder(id: &str) -> bool {
    let stands_in = |part: &str, least: usize| {
        let one = part.chars().next().filter(|c| matches!(c.to_ascii_lowercase(), 'x' | 'n' | 'y'));
        one.is_some_and(|one| part.len() >= least && part.chars().all(|c| c == one))
    };
    let mut parts = id.split(['-', '_', '.']).rev();
    parts.next().is_some_and(|last| stands_in(last, 2)) || parts.any(|part| stands_in(part, 3))
}

/// The largest number of members that a range may have.
pub const MAX_RANGE: u64 = 10_000;

/// Splits an identifier into family, last number and a letter suffix.
pub fn split_number(id: &str) -> Option<(&str, u64, usize, &str)> {
    let end = id.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = id.get(..end)?.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = id.get(start..end)?;
    Some((id.get(..start)?, digits.parse().ok()?, digits.len(), id.get(end..)?))
}

/// The members of a range of identifiers, or `None` if the two ends do not fit together.
pub fn expand(first: &str, last: &str) -> Option<Vec<String>> {
    let (family, from, width, suffix) = split_number(first)?;
    let (other, to, _, other_suffix) = split_number(last)?;
    if family != other || from > to || to - from > MAX_RANGE || suffix != other_suffix {
        return None;
    }
    Some((from..=to).map(|n| format!("{family}{n:0width$}{suffix}")).collect())
}
