//! From identifiers as written to requirements.

use super::graph::{Found, ReqId, Target};
use crate::model::mention::{Mention, Name, expand, family, split_number};
use crate::model::vocabulary;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// The identifiers that are defined, ready to be looked up.
#[derive(Debug, Default)]
pub struct Lookup {
    by_id: FxHashMap<String, Vec<ReqId>>,
    families: FxHashSet<String>,
    /// Families with each folder in which they are defined.
    kin_folders: FxHashSet<(String, String)>,
    /// Families without their first part: `INIT-` for `REQ-INIT-`.
    short: FxHashMap<String, Vec<String>>,
    sorted: Vec<String>,
    /// Identifiers without their first part: `HTH-001` for `ISF-HTH-001`.
    tails: FxHashSet<String>,
    /// The folder of each requirement's specification, by [`ReqId`].
    folders: Vec<String>,
}

/// What identifiers of one kind have in common: the family of a numbered
/// identifier, the leading part of a slug.
pub fn kin(id: &str) -> &str {
    if let Some(at) = id.find('~') {
        return id.get(..=at).unwrap_or(id);
    }
    if !id.bytes().any(|byte| byte.is_ascii_digit())
        && let Some(at) = id.find("__")
    {
        return id.get(..at + 2).unwrap_or(id);
    }
    family(id)
}

impl Lookup {
    /// Adds a requirement; `path` is that of its specification. Requirements are added in order.
    pub fn add(&mut self, id: &str, requirement: ReqId, path: &str) {
        self.by_id.entry(id.to_owned()).or_default().push(requirement);
        self.families.insert(kin(id).to_owned());
        self.kin_folders.insert((kin(id).to_owned(), folder(path).to_owned()));
        self.folders.push(folder(path).to_owned());
    }

    /// Prepares lookups of ranges, wildcards and short forms.
    pub fn finish(&mut self) {
        self.sorted = self.by_id.keys().cloned().collect();
        self.sorted.sort_unstable();
        self.tails = self.sorted.iter().filter_map(|id| without_first(id)).map(str::to_owned).collect();
        self.short.clear();
        let mut families: Vec<&String> = self.families.iter().collect();
        families.sort_unstable();
        for family in families {
            let mut rest = family.as_str();
            while let Some((_, tail)) = rest.split_once('-').filter(|(_, tail)| tail.len() > 1) {
                self.short.entry(tail.to_owned()).or_default().push(family.clone());
                rest = tail;
            }
        }
    }

    /// Whether a first part more, or one less, makes an identifier that is defined.
    pub fn is_almost(&self, id: &str) -> bool {
        self.tails.contains(id) || without_first(id).is_some_and(|tail| self.by_id.contains_key(tail))
    }

    /// Whether anything of the family of this identifier is defined.
    pub fn knows_family(&self, id: &str) -> bool {
        self.families.contains(kin(id))
    }

    /// The requirements of an identifier, in any specification.
    pub fn all(&self, id: &str) -> &[ReqId] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Resolves a mention that stands in the file `path`.
    pub fn resolve(&self, mention: &Mention, path: &str) -> Vec<Target> {
        let mut found = Vec::new();
        match &mention.name {
            Name::One(id) => self.one(id, mention.span, path, &mut found),
            Name::Range(first, last) => self.range(first, last, mention.span, path, &mut found),
            Name::Prefix(prefix) => self.prefix(prefix, mention.span, path, &mut found),
        }
        found
    }

    fn one(&self, id: &str, span: Span, path: &str, found: &mut Vec<Target>) {
        if !self.by_id.contains_key(id)
            && let Some((first, last)) = self.joined_range(id)
        {
            return self.range(&first, &last, span, path, found);
        }
        found.push(Target { id: id.to_owned(), span, found: self.find(id, path) });
    }

    /// `REQ-X-001-010` names ten requirements where both ends are defined and it is itself not.
    pub(super) fn joined_range(&self, id: &str) -> Option<(String, String)> {
        let (first, end) = id.rsplit_once('-')?;
        let (stem, from, width, rest) = split_number(first)?;
        // `FR-15.2-15.8` writes the number in front of the last dot again.
        let (outer, number) = end.rsplit_once('.').map_or(("", end), |(outer, number)| (outer, number));
        let to: u64 = number.parse().ok()?;
        let repeated = outer.is_empty() || stem.strip_suffix('.').is_some_and(|stem| ends_with_number(stem, outer));
        let last = format!("{stem}{to:0width$}");
        let fits = repeated && rest.is_empty() && to > from && self.by_id.contains_key(first) && self.by_id.contains_key(&last);
        fits.then(|| (first.to_owned(), last))
    }

    fn range(&self, first: &str, last: &str, span: Span, path: &str, found: &mut Vec<Target>) {
        let full = self.full_family(first);
        let (first, last) = match full {
            Some(full) => (complete(full, first), complete(full, last)),
            None => (first.to_owned(), last.to_owned()),
        };
        match expand(&first, &last) {
            Some(members) if self.knows_family(&first) => {
                found.extend(members.into_iter().map(|id| Target { found: self.find(&id, path), id, span }));
            }
            _ => {
                for id in [first, last] {
                    found.push(Target { found: self.find(&id, path), id, span });
                }
            }
        }
    }

    /// The one family that ends like that of an identifier written without its first part.
    fn full_family(&self, id: &str) -> Option<&str> {
        if self.knows_family(id) || vocabulary::is_foreign(id) {
            return None;
        }
        match self.short.get(family(id)).map(Vec::as_slice) {
            Some([one]) => Some(one),
            _ => None,
        }
    }

    fn prefix(&self, prefix: &str, span: Span, path: &str, found: &mut Vec<Target>) {
        let from = self.sorted.partition_point(|id| id.as_str() < prefix);
        let members = self.sorted.get(from..).unwrap_or_default().iter().take_while(|id| id.starts_with(prefix));
        let before = found.len();
        found.extend(members.map(|id| Target { id: id.clone(), span, found: self.find(id, path) }));
        if found.len() == before {
            let missing = self.families.contains(prefix);
            let what = if missing { Found::Missing } else { Found::Foreign };
            found.push(Target { id: format!("{prefix}*"), span, found: what });
        }
    }

    /// The requirement that an identifier means in the file `path`: the nearest.
    fn find(&self, id: &str, path: &str) -> Found {
        match self.all(id) {
            [] if vocabulary::is_foreign(id) && !self.knows_family(id) => Found::Foreign,
            [] if self.knows_family(id) || self.full_family(id).is_some() => Found::Missing,
            [] => Found::Foreign,
            [one] if self.of_a_sibling(id, *one, folder(path)) => Found::Foreign,
            [one] => Found::One(*one),
            several => self.nearest(several, path),
        }
    }

    /// Whether the only definition stands in another member of a numbered series, while nothing of the family
    /// is defined in this one: then it is another thing by chance.
    fn of_a_sibling(&self, id: &str, one: ReqId, here: &str) -> bool {
        let there = self.folders.get(one.0 as usize).map_or("", String::as_str);
        siblings(here, there) && !self.kin_folders.contains(&(kin(id).to_owned(), here.to_owned()))
    }

    fn nearest(&self, several: &[ReqId], path: &str) -> Found {
        let here = folder(path);
        let near = |id: &ReqId| self.folders.get(id.0 as usize).map_or(0, |folder| nearness(here, folder));
        let best = several.iter().map(near).max().unwrap_or(0);
        let mut nearest = several.iter().filter(|id| near(id) == best);
        match (nearest.next(), nearest.next()) {
            (Some(one), None) => Found::One(*one),
            _ => Found::Ambiguous(several.to_vec()),
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

fn complete(full: &str, id: &str) -> String {
    let number = id.get(family(id).len()..).unwrap_or("");
    format!("{full}{number}")
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether two folders lie in different members of one numbered series, `specs/001-login` and
/// `specs/002-export`: identifiers begin anew in each.
fn siblings(here: &str, there: &str) -> bool {
    let parts = here.split('/').zip(there.split('/'));
    let numbered = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            || part.rsplit('-').next().is_some_and(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()))
    };
    parts.into_iter().find(|(a, b)| a != b).is_some_and(|(a, b)| numbered(a) && numbered(b))
}

/// How near two folders are: shared leading parts count for it, parts that only one has against it.
fn nearness(here: &str, there: &str) -> i64 {
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
