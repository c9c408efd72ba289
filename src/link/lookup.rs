//! From identifiers as written to requirements.

mod resolver;

pub(super) use resolver::{Resolver, nearness, siblings};

use super::graph::{ReqId, Target};
use crate::model::id::Id;
use crate::model::mention::{Mention, family, split_number};
use crate::model::vocabulary;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The identifiers that are defined, ready to be looked up.
#[derive(Debug, Default)]
pub struct Lookup {
    by_id: FxHashMap<Id, SmallVec<[ReqId; 2]>>,
    families: FxHashSet<Id>,
    /// The folders of specifications, each once.
    folders: Vec<Id>,
    folder_numbers: FxHashMap<Id, u32>,
    /// The folder of each requirement's specification, by [`ReqId`].
    homes: Vec<u32>,
    /// The names of documents, each once: their paths and what they call themselves.
    pub(super) documents: Vec<Id>,
    /// The document of each requirement, by [`ReqId`].
    pub(super) origins: Vec<u32>,
    /// Families with each folder in which they are defined.
    kin_folders: FxHashSet<(Id, u32)>,
    /// The family that was added last.
    latest: Id,
    /// Families without their first part, made when first needed: `INIT-` for `REQ-INIT-`.
    short: OnceLock<FxHashMap<Id, Vec<Id>>>,
    /// All identifiers, sorted when a wildcard first needs it.
    sorted: OnceLock<Vec<Id>>,
    /// Identifiers without their first part, made when first needed: `HTH-001` for `ISF-HTH-001`.
    tails: OnceLock<FxHashSet<Id>>,
    /// Identifiers with full stops by their names in code, made when first needed: `RQ_SRS_026_Start` for `RQ.SRS-026.Start`.
    constants: OnceLock<FxHashMap<Id, Option<Id>>>,
}

/// What identifiers of one kind have in common: the family of a numbered
/// identifier, the leading part of a slug.
pub fn kin(id: &str) -> &str {
    // So short a text is read faster byte by byte than by a search.
    if let Some(at) = id.bytes().position(|byte| byte == b'~') {
        return id.get(..=at).unwrap_or(id);
    }
    // Nearly all end with a digit.
    if !id.bytes().rev().any(|byte| byte.is_ascii_digit())
        && let Some(at) = id.find("__")
    {
        return id.get(..at + 2).unwrap_or(id);
    }
    family(id)
}

/// An identifier with plain dashes: `REQ‑1` with a hyphen that keeps a line together means `REQ-1`.
pub fn folded(id: &str) -> Cow<'_, str> {
    if id.is_ascii() || !id.contains(HYPHENS) { Cow::Borrowed(id) } else { Cow::Owned(id.replace(HYPHENS, "-")) }
}

/// Characters that look like the dash of an identifier.
const HYPHENS: [char; 2] = ['\u{2010}', '\u{2011}'];

/// Whether an identifier is of a kin that is known already: nearly all are its text and a number.
pub fn is_of_kin(id: &str, known: &str) -> bool {
    let number = id.strip_prefix(known).filter(|number| !number.is_empty());
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) || kin(id) == known
}

impl Lookup {
    /// Makes room for so many requirements.
    pub fn reserve(&mut self, count: usize) {
        self.by_id.reserve(count);
        self.homes.reserve(count);
        self.origins.reserve(count);
    }

    /// Adds a requirement; `path` is that of its specification, and `document` what that calls itself. Requirements are added
    /// in order.
    pub fn add(&mut self, id: &Id, requirement: ReqId, path: &str, document: &str) {
        self.originate(path, document);
        let home = self.home(folder(path));
        let id = &*folded(id);
        // Most identifiers follow others of their family.
        if self.homes.last() != Some(&home) || !is_of_kin(id, &self.latest) {
            self.latest = kin(id).into();
            self.families.insert(self.latest.clone());
            self.kin_folders.insert((self.latest.clone(), home));
        }
        self.homes.push(home);
        self.by_id.entry(id.into()).or_default().push(requirement);
        self.short.take();
        self.sorted.take();
        self.tails.take();
        self.constants.take();
    }

    fn home(&mut self, folder: &str) -> u32 {
        if let Some(last) = self.homes.last().copied().filter(|last| self.folder(*last) == folder) {
            return last;
        }
        let next = super::graph::index(self.folders.len());
        let home = *self.folder_numbers.entry(folder.into()).or_insert(next);
        if home == next {
            self.folders.push(folder.into());
        }
        home
    }

    fn folder(&self, index: u32) -> &str {
        self.folders.get(index as usize).map_or("", Id::as_str)
    }

    /// The families by what is left of them without their first parts.
    fn short(&self) -> &FxHashMap<Id, Vec<Id>> {
        self.short.get_or_init(|| {
            let mut families: Vec<&Id> = self.families.iter().collect();
            families.sort_unstable();
            let mut short: FxHashMap<Id, Vec<Id>> = FxHashMap::default();
            for family in families {
                let mut rest = family.as_str();
                while let Some((_, tail)) = rest.split_once('-').filter(|(_, tail)| tail.len() > 1) {
                    short.entry(tail.into()).or_default().push(family.clone());
                    rest = tail;
                }
            }
            short
        })
    }

    fn sorted(&self) -> &[Id] {
        self.sorted.get_or_init(|| {
            let mut sorted: Vec<Id> = self.by_id.keys().cloned().collect();
            sorted.sort_unstable();
            sorted
        })
    }

    /// Whether a first part more, or one less, makes an identifier that is defined.
    pub fn is_almost(&self, id: &str) -> bool {
        let tails = || self.by_id.keys().filter_map(|id| without_first(id)).map(Id::from).collect();
        self.tails.get_or_init(tails).contains(id) || without_first(id).is_some_and(|tail| self.by_id.contains_key(tail))
    }

    /// Whether anything of the family of this identifier is defined.
    pub fn knows_family(&self, id: &str) -> bool {
        self.families.contains(kin(&folded(id)))
    }

    /// The requirements of an identifier, in any specification.
    pub fn all(&self, id: &str) -> &[ReqId] {
        self.by_id.get(&*folded(id)).map_or(&[], SmallVec::as_slice)
    }

    /// The identifier with full stops that a constant of code is named after, if one alone is.
    pub(super) fn of_constant(&self, name: &str) -> Option<&Id> {
        let constants = self.constants.get_or_init(|| {
            let mut found: FxHashMap<Id, Option<Id>> = FxHashMap::default();
            for id in self.by_id.keys().filter(|id| id.contains('.')) {
                let spelled = Id::from(id.replace(['.', '-'], "_"));
                found.entry(spelled).and_modify(|one| *one = None).or_insert_with(|| Some(id.clone()));
            }
            found
        });
        constants.get(name)?.as_ref()
    }

    /// Resolves a mention that stands in the file `path`.
    pub fn resolve(&self, mention: &Mention, path: &str) -> Vec<Target> {
        let mut found = Vec::new();
        self.resolver(path).resolve(mention, &mut found);
        found
    }

    /// Resolves the mentions of one file.
    pub fn resolver<'l>(&'l self, path: &'l str) -> Resolver<'l> {
        Resolver::new(self, folder(path))
    }

    /// `REQ-X-001-010` and `REQ-X001-X010` name ten requirements where both ends are defined and it is itself not.
    pub(super) fn joined_range(&self, id: &str) -> Option<(String, String)> {
        let dash = id.bytes().rposition(|byte| byte == b'-')?;
        let (first, end) = (id.get(..dash)?, id.get(dash + 1..)?);
        // Nothing but a number can stand before the dash.
        if !first.bytes().next_back().is_some_and(|last| last.is_ascii_digit()) {
            return None;
        }
        let (stem, from, width, rest) = split_number(first)?;
        // `FR-15.2-15.8` writes the number in front of the last dot again.
        let letters = end.len() - end.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (repeating, end) = end.split_at_checked(letters)?;
        // The letters that stand in front of the first number may be written again, and no others.
        let own = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        if !repeating.is_empty() && stem.get(stem.len() - own..) != Some(repeating) {
            return None;
        }
        let (outer, number) = end.rsplit_once('.').map_or(("", end), |(outer, number)| (outer, number));
        let to: u64 = number.parse().ok()?;
        let repeated = || outer.is_empty() || stem.strip_suffix('.').is_some_and(|stem| ends_with_number(stem, outer));
        if !rest.is_empty() || to <= from || !self.by_id.contains_key(first) || !repeated() {
            return None;
        }
        let last = format!("{stem}{to:0width$}");
        self.by_id.contains_key(last.as_str()).then(|| (first.to_owned(), last))
    }

    /// The one family that ends like that of an identifier written without its first part.
    fn full_family(&self, id: &str) -> Option<&str> {
        if self.knows_family(id) || vocabulary::is_foreign(id) {
            return None;
        }
        match self.short().get(family(id)).map(Vec::as_slice) {
            Some([one]) => Some(one),
            _ => None,
        }
    }
}

/// An identifier without its first part, if what is left is one as well.
pub fn without_first(id: &str) -> Option<&str> {
    let (_, tail) = id.split_once(['-', '~'])?;
    let numbered = tail.contains(|c: char| c.is_ascii_digit()) && tail.contains(['-', '_', '~']);
    (numbered && tail.starts_with(char::is_alphabetic)).then_some(tail)
}

/// Whether an identifier ends with a number, and not only with its last digits.
fn ends_with_number(id: &str, number: &str) -> bool {
    id.strip_suffix(number).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit()))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::{is_of_kin, kin};

    #[test]
    fn the_short_way_to_a_kin_is_the_long_way() {
        let ids = [
            "REQ-A-001",
            "REQ-A-002",
            "REQ-A-1.2",
            "REQ-A-003b",
            "REQ-A",
            "REQ-A-",
            "REQ-12",
            "F16",
            "F",
            "1.2",
            "12",
            "",
            "dsn~name~1",
            "dsn~name~",
            "dsn~12",
            "comp__key",
            "comp__12",
            "comp__",
            "Requirement 1.2",
            "Requirement ",
        ];
        for known in ids.map(kin) {
            for id in ids {
                assert_eq!(is_of_kin(id, known), kin(id) == known, "{id} {known}");
            }
        }
    }
}
