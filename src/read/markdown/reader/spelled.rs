//! Requirements whose identifiers have words where others have a number: `## SHOP-PRD-cart-total: Total of the cart`.
//!
//! A heading alone does not tell them from a title with dashes. What stands below it has to be that of a requirement, and others of
//! its kind have to be there: in the same specification, or in other documents, which is known when all have been read.

use super::Reader;
use crate::model::mention::{WORDED_FAMILY, worded_root};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape};
use crate::model::vocabulary;
use crate::read::document;
use crate::read::grammar::identifier;
use crate::read::markdown::specification::{self, Lead};
use crate::read::markdown::standing;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Keys that only a requirement has.
const OWN: &[&str] = &[
    "derived from",
    "implements",
    "level",
    "parent",
    "priority",
    "refines",
    "requirement type",
    "satisfies",
    "traces to",
    "verification",
    "verification method",
    "verified by",
];

/// So many lines below the heading hold its attributes.
const HEAD: usize = 6;

/// Such an identifier at the start of a heading, with a separator and a title behind it.
pub(super) fn lead(raw: &str) -> Option<Lead<'_>> {
    let start = raw.len() - raw.trim_start_matches(['*', '`', '[', ' ']).len();
    let (id, end) = identifier::leading(raw.get(start..)?, true)?;
    let root = worded_root(id)?;
    let after = raw.get(start + end..)?.trim_start_matches(['*', '`', ']']);
    let title = [":", " — ", " – ", " - "].iter().find_map(|mark| after.strip_prefix(mark))?.trim();
    // `ADR-use-of-queues` is a decision.
    let foreign = vocabulary::is_foreign(&format!("{root}-1")) && !vocabulary::is_requirement_word(id);
    (!foreign && !title.is_empty() && !id.ends_with("-example")).then_some(Lead {
        id,
        start,
        rest: title,
        marked: true,
        strong: true,
        separated: true,
    })
}

impl Reader<'_> {
    /// Defines what a heading spells. What the words of its title make of the document says nothing about it.
    pub(super) fn spelled(&mut self, lead: &Lead<'_>, base: usize, span: Span, level: u8) -> Option<usize> {
        if !matches!(self.document.kind, Kind::Specification | Kind::Other | Kind::Record) || self.document.ended {
            return None;
        }
        let mut one = specification::definition(lead, base, span, Shape::Heading, u32::from(level), Certainty::Possible);
        one.standing = self.standing().max(standing::noted(&one.title));
        self.facts.definitions.push(one);
        Some(self.facts.definitions.len() - 1)
    }

    /// Drops the headings below which nothing is said as of a requirement. In a specification a family of the others is one for
    /// certain.
    pub(super) fn settle_spelled(&mut self) {
        let text = self.text;
        let spelled = |one: &Definition| one.shape == Shape::Heading && worded_root(&one.id).is_some();
        // On top of others stands the identifier of the document.
        let others = self.facts.definitions.iter().any(|one| !spelled(one));
        let document = |one: &Definition| others && one.group == 1;
        let keeps = |one: &Definition| !document(one) && obliges(text.get(one.block.range()).unwrap_or(""));
        self.facts.definitions.retain(|one| !spelled(one) || keeps(one));
        if self.document.kind != Kind::Specification {
            return;
        }
        let mut members: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
        for one in self.facts.definitions.iter().filter(|one| spelled(one)) {
            let root = worded_root(&one.id).unwrap_or_default();
            members.entry(root.to_owned()).or_default().insert(one.id.to_string());
        }
        for one in self.facts.definitions.iter_mut().filter(|one| spelled(one)) {
            let family = worded_root(&one.id).and_then(|root| members.get(root));
            if family.is_some_and(|ids| ids.len() >= WORDED_FAMILY) {
                one.certainty = Certainty::Certain;
            }
        }
    }
}

/// Whether a section says something as of a requirement: by its attributes, or by what it demands.
fn obliges(section: &str) -> bool {
    let below = section.split_once('\n').map_or("", |(_, below)| below);
    let lines = below.split_inclusive('\n').filter(|line| !line.trim().is_empty()).take(HEAD);
    let head: String = lines.collect();
    let attributed = document::joined_fields(&head, 0).iter().any(|(key, _)| OWN.contains(&key.as_str()));
    attributed || [" SHALL ", " shall ", " MUST "].iter().any(|word| below.contains(word))
}
