//! Requirements that are numbered in words: `### Requirement 2: Doors`, with its numbered acceptance criteria.
//!
//! The number counts within one specification, so it is an identifier together with the word only: criterion 3 of
//! that requirement is `Requirement 2.3`, which others call "Requirements 2.3".

use super::Reader;
use crate::model::mention::WORDED;
use crate::model::requirement::{Certainty, Shape};
use crate::model::vocabulary::words;
use crate::read::markdown::specification::{self, Lead};
use crate::source::Span;

/// What is known of such requirements while a document is read.
#[derive(Default)]
pub(super) struct Worded {
    /// The requirement whose criteria may follow.
    current: Option<String>,
    /// Whether its criteria follow here.
    listing: bool,
    /// Whether any criterion was found.
    told: bool,
}

/// `Requirement 2` at the start of a heading, if nothing or a separated title follows.
pub(super) fn lead(raw: &str) -> Option<Lead<'_>> {
    let digits = raw.strip_prefix(WORDED)?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let id = raw.get(..WORDED.len() + end).filter(|_| end > 0)?;
    let rest = raw.get(id.len()..)?.trim_start();
    let separated = rest.starts_with([':', '—', '–', '-', '.']);
    let title = rest.trim_start_matches([':', '—', '–', '-', '.', ' ']);
    let whole = rest.is_empty() || separated && !title.starts_with(|c: char| c.is_ascii_digit());
    whole.then_some(Lead { id, start: 0, rest: title, marked: true, strong: true, separated })
}

impl Reader<'_> {
    /// Notes that a heading begins: what it says of the criteria below it.
    pub(super) fn worded_heading(&mut self, title: &str) {
        if names_criteria(title) {
            self.worded.listing = self.worded.current.is_some();
            return;
        }
        self.worded.listing = false;
        if let Some(lead) = lead(title) {
            self.worded.current = Some(lead.id.to_owned());
        }
    }

    /// Notes a label of its own: `**Acceptance criteria:**`.
    pub(super) fn worded_label(&mut self, paragraph: &str) {
        if self.worded.current.is_some() && paragraph.len() < 40 && names_criteria(paragraph) {
            self.worded.listing = true;
        }
    }

    /// A numbered item below the label is a criterion of the requirement above; whether it was taken.
    pub(super) fn criterion(&mut self, depth: u8, span: Span) -> bool {
        let Some(current) = self.worded.current.as_deref().filter(|_| self.worded.listing) else { return false };
        let raw = self.text.get(span.range()).unwrap_or("");
        let end = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
        let (number, rest) = raw.split_at(end);
        if number.is_empty() || depth != 1 || !rest.starts_with(['.', ')']) {
            return false;
        }
        let id = format!("{current}.{number}");
        let rest = rest.trim_start_matches(['.', ')', ' ']);
        let lead = Lead { id: &id, start: 0, rest, marked: true, strong: true, separated: true };
        if let Some(made) = self.define(&lead, span.start as usize, span, Shape::ListItem, 0) {
            self.worded.told = true;
            if let Some(definition) = self.facts.definitions.get_mut(made) {
                definition.span.len = u32::try_from(number.len()).unwrap_or(1);
            }
        }
        true
    }

    /// Only criteria make such a heading a requirement: "Requirement 3" is a section of many a plan.
    pub(super) fn settle_worded(&mut self) {
        let told = self.worded.told;
        let worded = |id: &str| id.starts_with(WORDED);
        self.facts.definitions.retain(|one| told || !worded(&one.id));
        for definition in self.facts.definitions.iter_mut().filter(|one| worded(&one.id)) {
            definition.certainty = Certainty::Certain;
        }
    }
}

fn names_criteria(title: &str) -> bool {
    matches!(words(title).as_str(), "acceptance criteria" | "acceptance criterion" | "criteria")
}

/// The lead of a heading, whichever kind it is of.
pub(super) fn any(raw: &str) -> Option<Lead<'_>> {
    lead(raw).or_else(|| specification::lead(raw))
}
