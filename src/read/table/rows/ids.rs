//! The identifiers in the cells of a row.

use super::View;
use crate::model::citation::{Citation, Target};
use crate::model::mention::{Mention, Mentions, Name, WORDED};
use crate::model::requirement::Shape;
use crate::model::vocabulary;
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::identifier;
use crate::read::table::GridRow;
use crate::read::table::cells::calls_requirements;
use crate::read::table::columns::numbered;
use crate::source::Span;

impl View<'_> {
    /// The identifiers of a cell, without those in the text that follows them and in the notes in brackets behind them.
    pub(super) fn ids(&self, row: &GridRow, at: usize) -> Mentions {
        let (raw, base) = self.raw(row, at);
        if let Some(worded) = self.worded(raw, base, at) {
            return Mentions::from_buf([worded]);
        }
        let mut found = shown(raw, base, mentions(raw, base));
        // `S1 -> S2` is a transition of a state machine.
        if found.len() > 1 && joins_by_arrow(raw, &found, base) {
            return Mentions::new();
        }
        // "E2E protection with CRC-32 (FSR-1)" is about the one that is of no norm and no technique.
        let technique = |one: &Mention| one.id().is_some_and(vocabulary::is_technique);
        if found.len() > 1 && !found.iter().all(technique) {
            found.retain(|one| !technique(one));
        }
        // "E2E Framework" is about one of both, and a technique without a number is no identifier.
        if found.iter().all(|one| one.id() == Some("E2E")) && !found.is_empty() {
            return Mentions::new();
        }
        if found.is_empty() {
            let number = raw.trim();
            let count =
                !number.is_empty() && number.len() < 8 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            return match count {
                true => Mentions::from_buf([Mention::one(number, Span::new(base, base + number.len()))]),
                false => shown(raw, base, identifier::list(raw, base)),
            };
        }
        let first_end = found.first().map_or(0, |mention| mention.span.end() as usize - base);
        found.extend(families(raw, base));
        // Most cells end with their identifier.
        if first_end == raw.len() {
            return found;
        }
        let (notes, behind) = notes(raw, first_end);
        let limit = title_start(raw, behind).unwrap_or(raw.len());
        let names = |at: usize| at < limit && !notes.iter().any(|(from, to)| (*from..*to).contains(&at));
        found.into_iter().filter(|mention| names(mention.span.start as usize - base)).collect()
    }

    /// `2.3 Doors open` below "Requirement": a number within its specification, in words as others name it.
    fn worded(&self, raw: &str, base: usize, at: usize) -> Option<Mention> {
        let number = numbered(raw.trim_start_matches(['*', '`', '~'])).filter(|number| raw.len() > number.len())?;
        self.names.get(at).filter(|name| calls_requirements(name) && !name.ends_with(" id"))?;
        let start = base + raw.find(number)?;
        Some(Mention::one(format!("{WORDED}{number}"), Span::new(start, start + number.len())))
    }

    /// Whether a blank cell stands for the identifier above it. In records it means that there is none, unless most are blank.
    pub(super) fn carries(&self, at: usize) -> bool {
        let blank = |row: &&GridRow| row.cell(self.section.text, at).trim().is_empty();
        self.section.shape != Shape::CsvRecord || self.grid.rows.iter().filter(blank).count() * 2 > self.grid.rows.len()
    }
}

/// The words of a cell that holds identifiers of test cases and nothing else, whatever these look like; `None` where it
/// says more or something else.
pub(super) fn case_ids(cell: &str, base: usize) -> Option<Vec<Citation>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in cell.split_inclusive([',', ';']) {
        let bare = piece.trim_matches([' ', '`', '*', ',', ';']);
        let start = base + at + piece.find(bare)?;
        at += piece.len();
        let formed = bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
        if !formed || !bare.contains(['-', '_']) && !bare.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        found.push(Citation::new(Span::new(start, start + bare.len()), Target::CaseId(bare.to_owned())));
    }
    Some(found)
}

/// The test cases in the brackets with which a cell ends that says in words how they test: "Tests of the door (T-02 to T-04)".
pub(super) fn bracketed_cases(cell: &str, base: usize) -> Option<Vec<Citation>> {
    let (before, inner) = cell.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let found = citations(inner, base + before.len() + 1, Expect::Anything);
    let numbered = |target: &Target| matches!(target, Target::CaseId(id) if id.bytes().any(|byte| byte.is_ascii_digit()));
    let listed = |mentions: Mentions| identifier::is_list(inner, &mentions) || found.len() > 1;
    let all = !found.is_empty() && found.iter().all(|one| numbered(&one.target)) && listed(identifier::mentions(inner, 0));
    all.then_some(found)
}

/// The mentions of a cell. A cell with a star may name families by their stem alone, `REQ-PUMP-*`.
fn mentions(raw: &str, base: usize) -> Mentions {
    if !raw.contains('*') || !raw.contains("-*") && !raw.contains("_*") {
        return identifier::mentions(raw, base);
    }
    let named = |one: &Mention| match &one.name {
        Name::One(id) => id.bytes().any(|byte| byte.is_ascii_digit()),
        Name::Range(_) | Name::Prefix(_) => true,
    };
    let mut found: Mentions = identifier::list(raw, base).into_iter().filter(named).collect();
    for at in 0..found.len() {
        if let Some(whole) = found.get(at).and_then(|one| pattern(raw, base, one)) {
            found.retain(|one| one.span.start <= whole.span.start || one.span.start >= whole.span.end());
            found.get_mut(at).into_iter().for_each(|one| *one = whole.clone());
        }
    }
    found
}

/// The whole of a pattern with several stars, `REQ-LOW-*-*` or `REQ-LOW-*-ERR`, of which a prefix is only the beginning.
fn pattern(raw: &str, base: usize, one: &Mention) -> Option<Mention> {
    let Name::Prefix(prefix) = &one.name else { return None };
    let end = (one.span.end() as usize).checked_sub(base)?;
    let rest = raw.get(end..).filter(|_| raw.get(..end).is_some_and(|before| before.ends_with('*')))?;
    let formed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '*');
    let length = rest.find(|c: char| !formed(c)).unwrap_or(rest.len());
    let more = rest.get(..length).filter(|more| more.starts_with('-') && more.len() > 1)?;
    let name = Name::Prefix(Box::new(format!("{prefix}*{}", more.trim_end_matches('*')).into()));
    Some(Mention { name, span: Span::new(one.span.start as usize, base + end + length) })
}

/// Families that stand beside identifiers and for all of theirs: `REQ-PUMP-004, REQ-LAMP`.
fn families(raw: &str, base: usize) -> impl Iterator<Item = Mention> + '_ {
    let named = |piece: &str| {
        let parts = || piece.split('-');
        parts().count() > 1 && parts().all(|part| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let several = raw.contains([',', ';']);
    let mut end = 0;
    let pieces = raw.split_inclusive([',', ';']).filter(move |_| several).map(move |piece| {
        end += piece.len();
        let bare = piece.trim_matches([' ', '`', '*', ',', ';']);
        let start = base + end - piece.len() + piece.find(bare).unwrap_or(0);
        (bare, Span::new(start, start + bare.len()))
    });
    let found = pieces.filter(move |(bare, _)| named(bare));
    found.map(|(bare, span)| Mention { name: Name::Prefix(Box::new(format!("{bare}-").into())), span })
}

/// What a cell shows. The target of a link is a place, `[SL-1](SL-1-doors.md)`, and names only what nothing else does.
fn shown(raw: &str, base: usize, mut found: Mentions) -> Mentions {
    let targeted = |one: &Mention| {
        let before = raw.get(..(one.span.start as usize).saturating_sub(base)).unwrap_or("");
        before.rfind("](").is_some_and(|open| !before.get(open + 2..).unwrap_or("").contains([')', ' ']))
    };
    if raw.contains("](") && !found.iter().all(targeted) {
        found.retain(|one| !targeted(one));
    }
    found
}

/// Whether an arrow leads from the first identifier to the second.
fn joins_by_arrow(raw: &str, found: &[Mention], base: usize) -> bool {
    let [first, second, ..] = found else { return false };
    let between = (first.span.end() as usize - base)..(second.span.start as usize - base);
    let between = raw.get(between).unwrap_or("").trim_matches([' ', '`', '*']);
    matches!(between, "->" | "-->" | "→" | "=>" | "⇒" | "⟶")
}

/// The notes in brackets behind identifiers, `FR-4 (CRC-32), FR-5`, and where what follows the last of them begins.
fn notes(raw: &str, from: usize) -> (Vec<(usize, usize)>, usize) {
    let (mut notes, mut at) = (Vec::new(), from);
    while let Some(open) = raw.get(at..).and_then(|rest| rest.find(" (")).map(|found| at + found) {
        // A colon or a dash in front of the bracket begins the title.
        if title_start(raw.get(..open).unwrap_or(""), at).is_some() {
            break;
        }
        let close = raw.get(open..).and_then(|rest| rest.find(')')).map_or(raw.len(), |found| open + found + 1);
        let rest = raw.get(close..).unwrap_or("").trim_start_matches(['`', '*', ' ']);
        // Words behind the bracket continue a title.
        let listed = rest.is_empty() || rest.starts_with([',', ';', '/', '&', '+', '<', '\n']);
        notes.push((open, if listed { close } else { raw.len() }));
        at = close;
    }
    (notes, at)
}

/// Where the title begins in a cell that starts with an identifier: behind `:`, a dash or a bracket.
pub(super) fn title_start(raw: &str, from: usize) -> Option<usize> {
    let rest = raw.get(from..).filter(|rest| !rest.is_empty())?;
    for mark in [":", " — ", " – ", " - ", " ("] {
        if let Some(at) = rest.find(mark) {
            let after = rest.get(at + mark.len()..).unwrap_or("");
            if identifier::leading(after.trim_start(), false).is_none() {
                return Some(from + at + mark.len());
            }
        }
    }
    None
}
