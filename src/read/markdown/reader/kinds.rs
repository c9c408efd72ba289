//! Headings and items whose identifier has a form of its own: a word where others of its specification have a number
//! (`### FR-LINK-LINE  Line framer`), or words for the letters (`### Use case 2B: The guard signs on` is UC-2B).

use super::{Heading, Reader};
use crate::model::mention::ends_in_word;
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape};
use crate::model::vocabulary::{self, words};
use crate::read::document;
use crate::read::grammar::identifier;
use crate::read::markdown::specification::{self, Lead};
use crate::source::Span;
use rustc_hash::FxHashMap;

/// So many identifiers with a number make those of the same beginning a family.
const FAMILY: usize = 2;

/// Words of titles that head a group of requirements.
const GROUPS: &[&str] = &["ASSUMPTIONS", "CONSTRAINTS", "GENERAL", "LIST", "NOTES", "OVERVIEW", "REQUIREMENTS", "SUMMARY"];

/// An identifier that ends in a word at the start of a heading or an item, with a title behind it.
pub(super) fn word(raw: &str) -> Option<Lead<'_>> {
    let start = raw.len() - raw.trim_start_matches(['*', '`', '[', ' ']).len();
    let (id, end) = identifier::leading(raw.get(start..)?, true)?;
    let group = GROUPS.contains(&id.rsplit('-').next().unwrap_or(id));
    if group || !ends_in_word(id) || !vocabulary::is_requirement_word(id.split('-').next()?) {
        return None;
    }
    let behind = raw.get(start + end..)?;
    let rest = behind.trim_start_matches(['*', '`', ']', ':', ' ']);
    let closed = behind.starts_with(['*', '`', ']', ':']);
    let dashed = ["— ", "– ", "- "].iter().find_map(|mark| rest.strip_prefix(mark));
    let apart = behind.starts_with("  ") || behind.starts_with('\t');
    let separated = closed || dashed.is_some() || apart;
    let title = dashed.unwrap_or(rest).trim();
    let strong = raw.get(..start)?.contains(['*', '`']);
    (!title.is_empty()).then_some(Lead { id, start, rest: title, marked: separated, strong, separated })
}

/// `Use case 2B: title`: the number, and what stands behind it.
fn use_case(raw: &str) -> Option<(usize, &str, &str)> {
    let body = raw.trim_start_matches(['*', '_', ' ']);
    let rest = ["Use Case ", "Use case ", "USE CASE "].iter().find_map(|words| body.strip_prefix(words))?;
    let rest = rest.trim_start_matches(['#', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (number, title) = rest.split_at(end);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && number.len() - digits.len() < 2;
    let title = [":", " — ", " – ", " - "].iter().find_map(|mark| title.strip_prefix(mark))?;
    (numbered && !title.trim().is_empty()).then_some((raw.len() - rest.len(), number, title.trim()))
}

impl Reader<'_> {
    /// Defines what a heading calls by a word in place of a number.
    pub(super) fn word_heading(&mut self, raw: &str, base: usize, span: Span, level: u8) -> Option<usize> {
        let lead = word(raw)?;
        self.define(&lead, base, span, Shape::Heading, u32::from(level))
    }

    /// The same of an item, of which the identifier has to stand out.
    pub(super) fn word_item(&mut self, body: &str, base: usize, span: Span) {
        if let Some(lead) = word(body).filter(|lead| lead.separated && (lead.strong || body.starts_with('['))) {
            self.define(&lead, base, span, Shape::ListItem, 0);
        }
    }

    /// Keeps those of a family of which others, in the same construct, have a number.
    pub(super) fn settle_words(&mut self) {
        let root = |id: &str| id.split('-').next().unwrap_or(id).to_owned();
        let is_word = |one: &Definition| matches!(one.shape, Shape::Heading | Shape::ListItem) && ends_in_word(&one.id);
        if !self.facts.definitions.iter().any(is_word) {
            return;
        }
        let mut counts: FxHashMap<(Shape, u32, String), usize> = FxHashMap::default();
        for one in self.facts.definitions.iter().filter(|one| !is_word(one)) {
            *counts.entry((one.shape, one.group, root(&one.id))).or_default() += 1;
        }
        let others = |one: &Definition| counts.get(&(one.shape, one.group, root(&one.id))).copied().unwrap_or(0);
        self.facts.definitions.retain(|one| !is_word(one) || others(one) >= FAMILY);
    }

    /// Whether a block below "Constraints and assumptions" obliges: then it is a constraint that is to be met.
    pub(super) fn constrains(&self, block: Span) -> bool {
        let constraints = |heading: &Heading| words(&heading.title).split(' ').any(|word| word == "constraints");
        let said = || words(self.text.get(block.range()).unwrap_or(""));
        self.headings.iter().any(constraints) && said().split(' ').any(|word| matches!(word, "shall" | "must"))
    }

    /// Whether an item tells what the row of a matrix says of a requirement: below a heading that announces such rows, "RTM
    /// updates", or by the code and the tests below a title that demands nothing.
    pub(super) fn traces(&self, block: Span) -> bool {
        const MATRIX: &[&str] = &["rtm", "traceability", "rückverfolgbarkeit", "trazabilidad", "rastreabilidade", "traçabilité"];
        if !matches!(self.document.kind, Kind::Specification | Kind::Other) {
            return false;
        }
        let announced = |heading: &Heading| words(&heading.title).split(' ').any(|word| MATRIX.contains(&word));
        if self.headings.iter().filter(|heading| heading.level > 1).any(announced) {
            return true;
        }
        let raw = self.text.get(block.range()).unwrap_or("");
        let (title, below) = raw.split_once('\n').unwrap_or((raw, ""));
        if specification::obliges(title) || !below.contains(':') {
            return false;
        }
        let fields = document::fields(below, 0);
        let has = |keys: &[&str]| fields.iter().any(|(key, _)| keys.contains(&key.as_str()));
        has(&["test", "tests", "test file", "test files"])
            && has(&["code", "implementation", "source", "source files", "files"])
            && has(&["verification", "status"])
    }

    /// Defines the use case that a heading calls so in words. Only who names it by its letters makes it a requirement.
    pub(super) fn use_case(&mut self, raw: &str, base: usize, span: Span, level: u8) -> Option<usize> {
        let (at, number, title) = use_case(raw)?;
        let id = format!("UC-{number}");
        let lead = Lead { id: &id, start: at, rest: title, marked: true, strong: true, separated: true };
        let made = self.define(&lead, base, span, Shape::Heading, u32::from(level))?;
        if let Some(one) = self.facts.definitions.get_mut(made) {
            one.certainty = Certainty::Possible;
            one.span.len = u32::try_from(number.len()).unwrap_or(1);
        }
        Some(made)
    }
}

#[cfg(test)]
mod tests {
    use super::{use_case, word};

    #[test]
    fn words_and_use_cases_are_told_from_titles() {
        let read = |raw: &'static str| word(raw).map(|lead| (lead.id, lead.rest));
        assert_eq!(read("FR-LINK-LINE  Line framer"), Some(("FR-LINK-LINE", "Line framer")));
        assert_eq!(read("**REQ-BOOT-FAST**: It starts."), Some(("REQ-BOOT-FAST", "It starts.")));
        for raw in [
            "FR-LINK-001  Line framer",
            "Non-functional requirements",
            "FR-LINK-LINE",
            "ABC-DEF-GHI  Title",
            "FR-Link  Title",
            "NFR-LINK-REQUIREMENTS  Link",
        ] {
            assert_eq!(read(raw), None, "{raw}");
        }
        assert_eq!(use_case("Use Case 2B: The guard signs on"), Some((9, "2B", "The guard signs on")));
        assert_eq!(use_case("Use case 12 - The guard"), Some((9, "12", "The guard")));
        for raw in ["Use cases", "Use case: guard", "Use Case 2", "Use Case 2 The guard", "Use case A: guard"] {
            assert_eq!(use_case(raw), None, "{raw}");
        }
    }
}
