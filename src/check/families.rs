//! Families of identifiers, and how sure it is that they name requirements.

use super::support::listed;
use crate::link::graph::{Found, Graph, ITEM, Requirement};
use crate::link::kin;
use crate::model::mention::worded_root;
use crate::model::requirement::{Certainty, Shape};
use crate::model::test_case::Verb;
use crate::model::vocabulary::is_requirement_word;
use crate::source::Place;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What is known about the families of all requirements. Make it once a run.
pub struct Families<'g> {
    /// What is known of all of them, gathered when it is first asked for.
    known: OnceCell<Known<'g>>,
    /// Families of which the text of a member demands something, read when it is first asked for.
    demanding: OnceCell<FxHashSet<&'g str>>,
    /// What markers name, counted when it is first asked for.
    marked: OnceCell<FxHashMap<&'g str, Marked<'g>>>,
    graph: &'g Graph,
}

/// So many identifiers without a number that begin alike are a family.
const WORDED: usize = 5;

/// What an identifier that ends in words begins with: its first parts, which are written in capitals.
fn worded(id: &str) -> Option<&str> {
    let at = id.find(|c: char| c.is_lowercase())?;
    let stem = id.get(..at).filter(|stem| stem.ends_with('-') && stem.len() > 2)?;
    stem.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-').then_some(stem)
}

/// What requirements say of their families.
#[derive(Default)]
struct Known<'g> {
    /// Families that a specification, or a matrix for want of one, certainly defines.
    sure: FxHashSet<&'g str>,
    /// Families of which a row or a marker names at least one member.
    linked: FxHashSet<&'g str>,
    /// Number of distinct members by namespace.
    members: FxHashMap<(u32, &'g str), usize>,
    /// Number of those that are told apart by words, by what these have in common in front.
    worded: FxHashMap<&'g str, usize>,
}

/// Distinct identifiers that markers name: those that exist, and those that do not.
type Marked<'g> = (FxHashSet<&'g str>, FxHashSet<&'g str>);

impl<'g> Families<'g> {
    /// The families of a graph, of which nothing is gathered yet.
    pub fn new(graph: &'g Graph) -> Self {
        Self { known: OnceCell::new(), demanding: OnceCell::new(), marked: OnceCell::new(), graph }
    }

    fn known(&self) -> &Known<'g> {
        self.known.get_or_init(|| {
            let mut known = Known::default();
            for one in &self.graph.requirements {
                let kin = kin(&one.id);
                if self.graph.definition(one).is_none_or(|definition| definition.certainty == Certainty::Certain) {
                    known.sure.insert(kin);
                }
                if is_linked(one) {
                    known.linked.insert(kin);
                }
                *known.members.entry((one.namespace, kin)).or_default() += 1;
                if let Some(stem) = worded(&one.id) {
                    *known.worded.entry(stem).or_default() += 1;
                }
            }
            known
        })
    }

    fn marked(&self) -> &FxHashMap<&'g str, Marked<'g>> {
        self.marked.get_or_init(|| {
            let mut marked: FxHashMap<&str, Marked<'_>> = FxHashMap::default();
            let verbs = self.graph.marked.iter().filter(|(fact, _)| self.graph.marker(*fact).verb != Verb::Mentions);
            for (_, target) in verbs {
                let (known, missing) = marked.entry(kin(&target.id)).or_default();
                if target.found == Found::Missing {
                    missing.insert(&target.id)
                } else {
                    known.insert(&target.id)
                };
            }
            marked
        })
    }

    fn demanding(&self) -> &FxHashSet<&'g str> {
        self.demanding.get_or_init(|| {
            let bare = self.graph.requirements.iter().filter(|one| Self::is_bare(&one.id) && demands(self.graph, one));
            bare.map(|one| kin(&one.id)).collect()
        })
    }

    /// Whether a family that is written without a separator, such as `A2A` or `x30`, may be no family at all.
    pub fn is_bare(id: &str) -> bool {
        // `Pump.Stops` is a record of a package.
        let kin = kin(id);
        !kin.ends_with(['-', '_', '.', '~', ' ', '\u{2010}', '\u{2011}']) && !id.contains("__") && !kin.contains('.')
    }

    /// Whether an identifier is likely a word of the text: its family is bare, small and linked to nothing.
    pub fn is_doubtful(&self, one: &Requirement) -> bool {
        let kin = kin(&one.id);
        let few = || self.known().members.get(&(one.namespace, kin)).is_none_or(|count| *count < 3);
        let small_letters = || !kin.chars().any(char::is_uppercase);
        // Layers, levels and segments are numbered with a letter too, however many there are.
        let letters = || kin.chars().count() <= 2 && !self.demanding().contains(kin) && !is_requirement_word(&one.id);
        // `KILN-SAFE-door-lock` has no number, and neither have the many that begin like it.
        if worded(&one.id).is_some_and(|stem| self.known().worded.get(stem).is_some_and(|count| *count >= WORDED)) {
            return false;
        }
        let nothing = !one.id.chars().any(char::is_alphanumeric);
        // Sections that have words for a number are read only where several of them are requirements.
        let spelled = || {
            let heads = self.graph.definition(one).is_some_and(|definition| definition.shape == Shape::Heading);
            // And who is a file of its own is no word.
            heads && worded_root(&one.id).is_some() || self.graph.input(one.place.file).reader == ITEM
        };
        !spelled()
            && (nothing
                || Self::is_bare(&one.id) && !self.known().linked.contains(kin) && (few() || small_letters() || letters()))
    }

    /// Number of members of the family in the requirement's specification.
    pub fn members(&self, one: &Requirement) -> usize {
        self.known().members.get(&(one.namespace, kin(&one.id))).copied().unwrap_or_default()
    }

    /// Whether markers name mostly members that do not exist, of a family that is not certain to be one
    /// of requirements: then it numbers other things, decisions or review remarks for example.
    pub fn means_other_things(&self, id: &str) -> bool {
        let kin = kin(id);
        let mostly = || self.marked().get(kin).is_some_and(|(known, missing)| missing.len() >= known.len());
        !self.known().sure.contains(kin) && mostly()
    }
}

/// The families of all requirements.
pub fn defined(graph: &Graph) -> FxHashSet<&str> {
    let mut defined: FxHashSet<&str> = FxHashSet::default();
    // Most requirements follow others of their family.
    let mut last = None;
    for kin in graph.requirements.iter().map(|one| kin(&one.id)) {
        if last != Some(kin) {
            defined.insert(kin);
            last = Some(kin);
        }
    }
    defined
}

/// Identifiers as a sentence has them: each by its name, or by families where they are many.
pub fn by_family(ids: &[&str]) -> String {
    const NAMED: usize = 12;
    const FAMILIES: usize = 8;
    if ids.len() <= NAMED {
        return listed(ids, NAMED);
    }
    let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in ids {
        members.entry(worded_root(id).unwrap_or(kin(id))).or_default().push(id);
    }
    let mut families: Vec<(&str, Vec<&str>)> = members.into_iter().collect();
    families.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let named = |(family, members): &(&str, Vec<&str>)| match members.as_slice() {
        [one] => (*one).to_owned(),
        [first, .., last] if family.len() < 2 => format!("{first} … {last} ({})", members.len()),
        members => format!("{family}… ({})", members.len()),
    };
    listed(&families.iter().map(named).collect::<Vec<_>>(), FAMILIES)
}

/// Whether the text of a requirement says that something has to be.
fn demands(graph: &Graph, one: &Requirement) -> bool {
    const WORDS: &[&str] = &["shall", "must", "SHALL", "MUST", "should"];
    let text = graph.definition(one).map_or("", |definition| graph.text(Place::new(one.place.file, definition.text)));
    text.split_whitespace().any(|word| WORDS.contains(&word))
}

/// Whether anything traces to a requirement.
pub fn is_linked(one: &Requirement) -> bool {
    !one.rows.is_empty() || !one.markers.is_empty() || !one.implemented.is_empty()
}

/// Folders whose files show how something is written, or are the data of tests.
pub fn is_example(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "example",
        "examples",
        "sample",
        "samples",
        "template",
        "templates",
        "fixture",
        "fixtures",
        "__fixtures__",
        "test_fixtures",
        "testdata",
        "test-data",
        "test_data",
        "mocks",
        "__mocks__",
        "snapshots",
        "__snapshots__",
        "resources",
    ];
    path.split('/').any(|part| FOLDERS.iter().any(|folder| folder.eq_ignore_ascii_case(part)))
}

/// Whether a document lies among tests, where it is more likely their input than a specification.
pub fn is_among_tests(path: &str) -> bool {
    is_example(path) || path.split('/').any(|part| matches!(part.to_lowercase().as_str(), "test" | "tests" | "testing"))
}
