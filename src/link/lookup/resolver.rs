//! What identifiers mean where they are written.

use super::{Lookup, family, folded, is_of_kin, kin};
use crate::link::graph::{Found, ReqId, Target};
use crate::model::id::Id;
use crate::model::mention::{Mention, Name, WORDED, asserted, expand, is_placeholder};
use crate::model::vocabulary;
use crate::source::Span;

/// So many numbers in a row that nothing has were left free on purpose.
const BLOCK: usize = 3;

/// Resolves the mentions of one file. It remembers its last answers: identifiers that stand together are alike.
#[derive(Debug)]
pub struct Resolver<'l> {
    lookup: &'l Lookup,
    /// The folder of the file.
    here: &'l str,
    /// Family and kin of the last identifier that is not defined, and whether it is missing.
    unknown: Option<(Id, Id, bool)>,
    /// The folder and the kin that [`Self::of_a_sibling`] was asked for last, and the answer.
    sibling: Option<(u32, Id, bool)>,
    /// The kin of the last identifier that [`Self::is_strange`] was asked for, and the answer.
    strange: Option<(Id, bool)>,
}

impl<'l> Resolver<'l> {
    /// A resolver for a file of a folder.
    pub(super) fn new(lookup: &'l Lookup, here: &'l str) -> Self {
        Self { lookup, here, unknown: None, sibling: None, strange: None }
    }

    /// Whether an identifier surely names nothing here, because nothing of its kin is known. `alike` tells whether anything
    /// begins as it does in another spelling. The names of tests hold many such: `test_case_123`.
    pub fn is_strange(&mut self, id: &str, alike: impl FnOnce() -> bool) -> bool {
        if let Some((_, strange)) = self.strange.as_ref().filter(|(last, _)| is_of_kin(id, last)) {
            return *strange;
        }
        let kin = kin(id);
        let strange = self.knows_nothing_of(id, kin) && !alike();
        self.strange = Some((kin.into(), strange));
        strange
    }

    /// Whether the kin of an identifier settles that neither it nor what it may be short for is defined.
    fn knows_nothing_of(&mut self, id: &str, kin: &str) -> bool {
        // Behind these stands more than a number, and other dashes may stand for the plain one.
        if kin.ends_with(['~', '_']) || kin.starts_with(WORDED) || !kin.is_ascii() {
            return false;
        }
        let range = kin.rsplit_once('-').is_some_and(|(first, _)| first.ends_with(|c: char| c.is_ascii_digit()));
        let below = kin.split_once(['-', '_', '.']).map_or("", |(_, below)| below);
        let families = &self.lookup.families;
        !range && !families.contains(kin) && !families.contains(below) && self.unknown(id) == Found::Foreign
    }

    /// Adds what a mention names.
    pub fn resolve(&mut self, mention: &Mention, found: &mut Vec<Target>) {
        match &mention.name {
            Name::One(id) => self.one(id, mention.span, found),
            Name::Range(ends) => self.range(&ends.0, &ends.1, mention.span, found),
            Name::Prefix(prefix) => self.prefix(prefix, mention.span, found),
        }
    }

    fn one(&mut self, id: &Id, span: Span, found: &mut Vec<Target>) {
        let known = self.lookup.all(id);
        // "Requirement 4.1" means the number where a specification has nothing but numbers.
        if known.is_empty()
            && let Some(number) = id.strip_prefix(WORDED).filter(|number| !self.lookup.all(number).is_empty())
        {
            return found.push(self.target(number.into(), span));
        }
        if known.is_empty()
            && id.contains('_')
            && let Some(dotted) = self.lookup.of_constant(id)
        {
            return found.push(self.target(dotted.clone(), span));
        }
        if known.is_empty()
            && let Some((first, last)) = self.lookup.joined_range(id)
        {
            return self.range(&first, &last, span, found);
        }
        if known.is_empty()
            && let Some((tail, meant)) = self.lookup.in_document(id)
        {
            let one = if let [one] = meant.as_slice() { Found::One(*one) } else { self.nearest(&meant) };
            return found.push(Target { id: tail.into(), span, found: one });
        }
        // "REQ-LINK" where requirements are called REQ-LINK-001: the family stands for its members.
        if known.is_empty() && !id.bytes().any(|byte| byte.is_ascii_digit()) && id.contains('-') && !id.ends_with('-') {
            let members = format!("{id}-");
            if self.lookup.families.contains(members.as_str()) {
                return self.prefix(&members, span, found);
            }
        }
        if known.is_empty()
            && let Some(stem) = self.asserted(id)
        {
            return found.push(self.target(stem.into(), span));
        }
        found.push(Target { id: id.clone(), span, found: self.choose(id, known) });
    }

    /// The requirement of which an identifier names a lettered part: `SHOP-PRD-cart-total-A` where the one without the letter is
    /// defined, and none that ends with a letter.
    fn asserted<'i>(&self, id: &'i str) -> Option<&'i str> {
        let stem = asserted(id)?;
        let alone = || !self.lookup.families.contains(format!("{stem}-").as_str());
        (!self.lookup.all(stem).is_empty() && alone()).then_some(stem)
    }

    fn range(&mut self, first: &str, last: &str, span: Span, found: &mut Vec<Target>) {
        let (first, last) = (folded(first), folded(last));
        let (first, last) = self.lookup.both_in_document(&first, &last);
        let (first, last) = match self.lookup.full_family(first) {
            Some(full) => (complete(full, first), complete(full, last)),
            None => (first.to_owned(), last.to_owned()),
        };
        let last = lengthened(&first, last);
        match expand(&first, &last) {
            Some(mut members) if self.lookup.knows_family(&first) => {
                let step = self.step(&members);
                let mut at = 0;
                members.retain(|_| {
                    at += 1;
                    (at - 1) % step == 0
                });
                self.leave_blocks(&mut members);
                found.extend(members.into_iter().map(|id| self.target(id.into(), span)));
            }
            _ => found.extend([first, last].map(|id| self.target(id.into(), span))),
        }
    }

    /// Takes out of a range whose ends are defined what lies between two blocks of numbers: from `REQ-020..033` all from 024
    /// to 029. One or two that are missing may have been lost.
    fn leave_blocks(&self, members: &mut Vec<String>) {
        let defined: Vec<bool> = members.iter().map(|id| !self.lookup.all(id).is_empty()).collect();
        if !(defined.first() == Some(&true) && defined.last() == Some(&true)) {
            return;
        }
        // Where most numbers are free, they are those of something else, and none is missing.
        let sparse = defined.iter().filter(|defined| **defined).count() * 2 < defined.len();
        let mut runs = defined.chunk_by(|one, next| one == next).flat_map(|run| {
            let keep = run.first() == Some(&true) || run.len() < BLOCK && !sparse;
            run.iter().map(move |_| keep)
        });
        members.retain(|_| runs.next().unwrap_or(true));
    }

    /// By how much the numbers of a range grow: specifications count in fives and tens, to leave room between.
    fn step(&self, members: &[String]) -> usize {
        let defined = members.iter().enumerate().filter(|(_, id)| !self.lookup.all(id).is_empty()).map(|(at, _)| at);
        let step = defined.fold(members.len().saturating_sub(1), greatest_common_divisor);
        if step > 1 && step.is_multiple_of(5) { step } else { 1 }
    }

    fn target(&mut self, id: Id, span: Span) -> Target {
        Target { found: self.choose(&id, self.lookup.all(&id)), id, span }
    }

    /// Adds what begins with a prefix. A star in it stands for one part: of `REQ-LOW-*-*-` are `REQ-LOW-001-ERR-001` and its like.
    fn prefix(&mut self, prefix: &str, span: Span, found: &mut Vec<Target>) {
        let prefix = &*folded(prefix);
        let stem = prefix.split('*').next().unwrap_or(prefix);
        let sorted = self.lookup.sorted();
        let from = sorted.partition_point(|id| id.as_str() < stem);
        let members = sorted.get(from..).unwrap_or_default().iter().take_while(|id| id.starts_with(stem));
        let members = members.filter(|id| stem == prefix || fits(id, prefix));
        let before = found.len();
        found.extend(members.map(|id| self.target(id.clone(), span)));
        if found.len() == before {
            let missing = self.lookup.families.contains(prefix);
            let what = if missing { Found::Missing } else { Found::Foreign };
            found.push(Target { id: format!("{prefix}*").into(), span, found: what });
        }
    }

    /// The requirement that an identifier means here, of those that have it: the nearest.
    fn choose(&mut self, id: &str, known: &[ReqId]) -> Found {
        match known {
            [] => self.unknown(id),
            [one] if self.of_a_sibling(id, *one) => Found::Foreign,
            [one] => Found::One(*one),
            several => self.nearest(several),
        }
    }

    /// What an identifier is that is not defined, which its family alone decides.
    fn unknown(&mut self, id: &str) -> Found {
        if is_placeholder(id) {
            return Found::Foreign;
        }
        let kin = kin(id);
        // Only identifiers without a number, or with a `~`, have a kin beside their family.
        let family = if kin.ends_with(['~', '_']) { family(id) } else { kin };
        let known = self.unknown.as_ref().filter(|(last, last_kin, _)| last == family && last_kin == kin);
        let missing = match known {
            Some((_, _, missing)) => *missing,
            None => {
                let known = self.lookup.knows_family(id);
                let missing = known || !vocabulary::is_foreign(id) && self.lookup.full_family(id).is_some();
                self.unknown = Some((family.into(), kin.into(), missing));
                missing
            }
        };
        if missing { Found::Missing } else { Found::Foreign }
    }

    /// Whether the only definition stands in another member of a numbered series whose members count anew, while nothing of the
    /// family is defined in this one: then it is another thing by chance.
    fn of_a_sibling(&mut self, id: &str, one: ReqId) -> bool {
        let Some(there) = self.lookup.homes.get(one.0 as usize).copied() else { return false };
        let known = self.sibling.as_ref().filter(|(last, kin, _)| *last == there && is_of_kin(id, kin));
        if let Some((_, _, answer)) = known {
            return *answer;
        }
        let kin: Id = kin(&folded(id)).into();
        let defined = |folder: u32| self.lookup.kin_folders.contains(&(kin.clone(), folder));
        let here = || self.lookup.folder_numbers.get(self.here).is_some_and(|here| defined(*here));
        let answer = siblings(self.here, self.lookup.folder(there)) && !here() && self.begins_anew(there, defined);
        self.sibling = Some((there, kin, answer));
        answer
    }

    /// Whether a family is defined in several members of the series that this folder and another are of. `01-requirements`
    /// and `02-tests` are numbered too, and only the first of them defines.
    fn begins_anew(&self, there: u32, defined: impl Fn(u32) -> bool) -> bool {
        let member = |folder: &'l str| member(self.here, folder);
        let first = member(self.lookup.folder(there));
        let folders = self.lookup.folders.iter().enumerate();
        let mut others = folders.filter(|(at, folder)| {
            let other = member(folder.as_str());
            other.is_some() && other != first && defined(crate::link::graph::index(*at))
        });
        first.is_some() && others.next().is_some()
    }

    fn nearest(&self, several: &[ReqId]) -> Found {
        let folder = |id: &ReqId| self.lookup.homes.get(id.0 as usize).map(|home| self.lookup.folder(*home));
        let near = |id: &ReqId| folder(id).map_or(0, |folder| nearness(self.here, folder));
        let best = several.iter().map(near).max().unwrap_or(0);
        let mut nearest = several.iter().filter(|id| near(id) == best);
        match (nearest.next(), nearest.next()) {
            (Some(one), None) => Found::One(*one),
            _ => Found::Ambiguous(several.to_vec()),
        }
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Whether an identifier has a part for each of a pattern, and the same wherever that has no star. Behind the last any may follow.
fn fits(id: &str, pattern: &str) -> bool {
    let mut parts = id.split('-');
    let mut wanted = pattern.split('-').peekable();
    while let Some(want) = wanted.next() {
        let Some(part) = parts.next() else { return false };
        let last = wanted.peek().is_none();
        if !(want == "*" || part == want || last && part.starts_with(want)) {
            return false;
        }
    }
    true
}

fn complete(full: &str, id: &str) -> String {
    let number = id.get(family(id).len()..).unwrap_or("");
    format!("{full}{number}")
}

/// `REQ-HLR-CAT-001 through CAT-252`: the end of a range may leave out what it has in common with the beginning.
fn lengthened(first: &str, last: String) -> String {
    let before = family(first).strip_suffix(family(&last)).filter(|before| before.ends_with(['-', '_']));
    before.filter(|_| !family(&last).is_empty()).map(|before| format!("{before}{last}")).unwrap_or(last)
}

/// Whether two folders lie in different members of one numbered series, `specs/001-login` and
/// `specs/002-export`.
pub(in crate::link) fn siblings(here: &str, there: &str) -> bool {
    let numbered = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            || part.rsplit('-').next().is_some_and(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = here.split('/').zip(there.split('/'));
    parts.find(|(a, b)| a != b).is_some_and(|(a, b)| numbered(a) && numbered(b))
}

/// The path of the member in which a folder lies, where it lies in the series that another folder has a member of: as far as
/// the first part in which the two differ.
fn member<'t>(here: &str, there: &'t str) -> Option<&'t str> {
    let mut end = 0;
    for (a, b) in here.split('/').zip(there.split('/')) {
        end += b.len();
        if a != b {
            return siblings(here, there).then(|| there.get(..end)).flatten();
        }
        end += 1;
    }
    None
}

/// How near two folders are: shared leading parts count for it, parts that only one has against it.
pub(in crate::link) fn nearness(here: &str, there: &str) -> i64 {
    let (mut here, mut there) = (here.split('/'), there.split('/'));
    let mut score = 0;
    loop {
        match (here.next(), there.next()) {
            (Some(a), Some(b)) if a == b => score += 1000,
            (None, None) => return score,
            (a, b) => {
                let rest = |first: Option<&str>, more: std::str::Split<'_, char>| first.map_or(0, |_| 1 + more.count());
                return score - i64::try_from(rest(a, here) + rest(b, there)).unwrap_or(0);
            }
        }
    }
}
