//! Sentences that name requirements without a label, and the lines of a list below one.

use super::{Notation, Sense, hull, plausible};
use crate::model::mention::{Mention, Mentions};
use crate::read::grammar::identifier;
use crate::source::Span;

/// Verbs that claim verification when an identifier follows them directly.
const VERBS: &[&str] = &["verifies", "covers", "validates", "tests"];

/// The verb by which code says what it is for.
const REALISES: &str = "implements";

/// Words before the verb: `This test case verifies REQ-1`.
const SUBJECTS: &[&str] = &["this", "test", "case", "suite", "class", "file", "module", "scenario", "function", "method", "it"];

/// Words between the verb and the identifier.
const NOUNS: &[&str] = &["the", "requirement", "requirements", "req", "reqs"];

/// Words in the names of specifications.
const SPECIFICATIONS: &[&str] = &[
    "srs",
    "sss",
    "irs",
    "urs",
    "frs",
    "prd",
    "srd",
    "swrs",
    "syrs",
    "spec",
    "specs",
    "specification",
    "specifications",
    "requirement",
    "requirements",
    "reqs",
];

/// `Covers REQ-1 and REQ-2.` at the beginning of a line, or `@see docs/SRS.md REQ-1`.
pub(super) fn claim(text: &str, base: usize) -> Option<Notation> {
    let (sense, from) = match text.strip_prefix(['@', '\\']) {
        Some(rest) => (Sense::Refers, 1 + seen(rest)?),
        None => verb(text)?,
    };
    let (mut ids, end) = list(text.get(from..)?, base + from)?;
    let separated = |id: &Mention| text.get(id.span.start as usize - base..).is_some_and(|rest| token(rest).0.contains(JOINTS));
    ids.retain(|id| plausible(text, id.span, base));
    ids.first().filter(|first| separated(first))?;
    let open = text.get(from + end..)?.trim() == ",";
    let end = (hull(&ids)?.end() as usize).max(base + from + end);
    Some(Notation { sense, span: Span::new(base, end), ids, open })
}

const JOINTS: [char; 4] = ['-', '_', '~', '.'];

/// The identifiers at the start of a line that continues a list, without its bullet.
pub fn continued(text: &str, base: usize) -> Mentions {
    let rest = text.trim_start_matches([' ', '\t', '-', '*', '•', '+']);
    let rest = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    let skip = text.len() - rest.len();
    list(rest, base + skip).map_or_else(Mentions::new, |(ids, _)| ids)
}

/// The list of identifiers with which a text begins, and where it ends; the prose after it is left alone.
fn list(text: &str, base: usize) -> Option<(Mentions, usize)> {
    let (first, _) = token(text);
    let bare = first.trim_start_matches(['[', '`', '*', '"']);
    // In brackets, or with signs that no prose has, a word without a number is an identifier too.
    let slug = first.starts_with('[') || first.contains("__") || first.contains('~');
    identifier::leading(bare, slug).or_else(|| identifier::leading(text, false))?;
    let (mut at, mut end) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let (word, next) = token(rest);
        let core = core(word);
        let far = rest.get(next..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        let joint =
            matches!(core, "and" | "to" | "through" | "&" | "/" | "+" | ".." | "...") || (matches!(core, "-" | "–" | "—") && far);
        let named = core.bytes().any(|byte| byte.is_ascii_digit()) || core.contains("__") || core.contains('~');
        let family = at == 0 && core.len() <= 6 && core.bytes().all(|byte| byte.is_ascii_uppercase());
        if named || (at == 0 && slug) || (core.is_empty() && !word.is_empty()) || family {
            end = at + core.len();
        } else if !joint {
            break;
        }
        if next == 0 || (!joint && word.ends_with([':', '.']) && !word.ends_with("..")) {
            break;
        }
        // `[REQ-1] text` ends with its bracket unless a comma follows.
        if word.ends_with(']') && rest.get(next..).is_some_and(|rest| !rest.starts_with(['[', 'a', '&', '/', '-', '–'])) {
            break;
        }
        at += next;
    }
    let ids = identifier::list(text.get(..end)?, base);
    (!ids.is_empty()).then_some((ids, end))
}

/// A word without the signs behind it; the star of `REQ-11-*` belongs to it, and those of bold letters do not.
fn core(word: &str) -> &str {
    let plain = word.trim_end_matches([',', ';', ':', '.', ')', ']', '`', '"']);
    let wildcard = ["-*", "_*"].iter().any(|end| plain.ends_with(end)) && !word.starts_with(['*', '_']);
    if wildcard { plain } else { word.trim_end_matches([',', ';', ':', '.', ')', ']', '`', '"', '*']) }
}

/// The first word and where the next begins; zero where none does.
fn token(text: &str) -> (&str, usize) {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let end = text.bytes().take_while(|byte| !blank(byte)).count();
    let word = text.get(..end).unwrap_or(text);
    let next = end + text.bytes().skip(end).take_while(blank).count();
    (word, if next < text.len() { next } else { 0 })
}

/// What a claim says, and where its object begins.
fn verb(text: &str) -> Option<(Sense, usize)> {
    let is = |words: &[&str], word: &str| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    let mut at = 0;
    for _ in 0..4 {
        let (word, next) = token(text.get(at..)?);
        // A label is none of these words.
        if next == 0 || word.ends_with(':') {
            return None;
        }
        at += next;
        let realises = is(&[REALISES], word);
        if realises || is(VERBS, word) {
            for _ in 0..2 {
                let (word, next) = token(text.get(at..)?);
                if is(NOUNS, word.trim_end_matches(':')) {
                    at += next;
                }
            }
            return Some((if realises { Sense::Realises } else { Sense::Verifies }, at));
        }
        if !is(SUBJECTS, word) {
            return None;
        }
    }
    None
}

/// Where the identifiers behind `see` and the name of a specification begin.
fn seen(text: &str) -> Option<usize> {
    let (word, at) = token(text);
    if !word.eq_ignore_ascii_case("see") {
        return None;
    }
    let (file, next) = token(text.get(at..)?);
    (next > 0 && is_specification(file)).then_some(at + next)
}

/// `docs/SRS.md`, `SRS`.
fn is_specification(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &["md", "rst", "adoc", "txt", "docx", "pdf", "html", "csv", "xlsx"];
    let path = path.trim_matches(['`', '"', '\'', ',', ':', '(', ')']);
    let path = path.split('#').next().unwrap_or(path);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let document = |(stem, extension)| EXTENSIONS.contains(&extension).then_some(stem);
    let stem = match name.rsplit_once('.') {
        Some(split) => document(split),
        None => Some(name).filter(|name| name.bytes().all(|byte| byte.is_ascii_uppercase())),
    };
    stem.is_some_and(|stem| {
        let mut words = stem.split(['-', '_', '.', ' ']);
        words.any(|word| SPECIFICATIONS.iter().any(|known| word.eq_ignore_ascii_case(known)))
    })
}
