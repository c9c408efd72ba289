//! Paragraphs and blocks that attributes name: what their lines define, and what they say of the section above.

use super::several::{enclosed, enclosed_starts, part_starts};
use super::{Heading, Reader};
use crate::model::Problem;
use crate::model::mention::{Mention, split_number};
use crate::model::record::Kind;
use crate::model::requirement::{Shape, Standing};
use crate::model::vocabulary::{self, words};
use crate::read::grammar::{identifier, row};
use crate::read::markdown::disposal;
use crate::read::markdown::leads::{labelled, subject};
use crate::read::markdown::specification::{self, Lead};
use crate::read::markdown::standing;
use crate::read::{claims, document};
use crate::source::Span;

impl Reader<'_> {
    /// Lines of a paragraph that begin with a bold identifier define requirements of their own.
    pub(super) fn paragraph(&mut self, span: Span) {
        let text = self.text;
        let raw = text.get(span.range()).unwrap_or("");
        // Only what stands in front of the first requirement speaks of all.
        self.later |= self.facts.definitions.is_empty() && self.headings.len() < 3 && standing::puts_off(raw);
        self.unread_table(raw, span);
        self.test_identifiers(raw, span);
        if !self.label(raw, span) {
            self.identifier_field(raw, span);
        }
        self.release(raw, span);
        self.worded_label(raw);
        self.row_format(raw, span);
        if self.document.kind == Kind::Matrix {
            claims::prose(text, span, &mut self.facts.claims);
            if self.headings.iter().any(|heading| heading.level > 1 && standing::noted(&heading.title) == Standing::Retired) {
                disposal::paragraph(text, span, &self.path(), &mut self.facts);
            }
        }
        let enumerated = self.enumerated(raw);
        let led = leading(raw).is_some();
        let enclosing = enclosed_starts(raw);
        let mut starts: Vec<usize> = part_starts(raw)
            .into_iter()
            .filter(|at| {
                let line = raw.get(*at..).unwrap_or("").lines().next().unwrap_or("");
                let before = raw.get(..*at).unwrap_or("").trim_end_matches(['>', ' ']);
                // What stands in the middle of a line begins something only in an enumeration.
                if !before.is_empty() && !before.ends_with('\n') {
                    return enumerated.binary_search(at).is_ok();
                }
                if self.chain(line, span.start as usize + at) {
                    return false;
                }
                let listed = enumerated.binary_search(at).is_ok();
                let begins = |lead: &Lead<'_>| listed || led || !goes_on(before) && !wraps(before, line, lead);
                leading(line).is_some_and(|(lead, _)| listed || begins(&lead) && self.defines_line(&lead, line))
            })
            .chain(enclosing.iter().copied())
            .collect();
        starts.sort_unstable();
        starts.dedup();
        for (index, at) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(raw.len());
            let piece = raw.get(*at..end).unwrap_or("");
            let piece = if enclosing.binary_search(at).is_ok() { enclosed(piece) } else { piece };
            let base = span.start as usize + at;
            if let Some((lead, skipped)) = leading(piece) {
                let alone = vocabulary::is_item(lead.id);
                let made = self.define(&lead, base + skipped, Span::new(base, base + piece.len()), Shape::Paragraph, 0);
                self.subject = Some(subject(&lead, base + skipped));
                if alone {
                    self.adopt(made);
                }
            }
        }
    }

    /// `**Test Identifier:** TEST-A-100` describes a test case.
    fn test_identifiers(&mut self, raw: &str, span: Span) {
        if !raw.contains("est") {
            return;
        }
        for (key, value) in document::fields(raw, span.start as usize) {
            if matches!(
                key.as_str(),
                "test identifier" | "test id" | "test case id" | "test case" | "tc id" | "test case identifier"
            ) {
                let body = self.text.get(value.span.range()).unwrap_or("");
                self.name(body, value.span.start as usize);
            }
        }
    }

    /// `**UID**: PUMP-1` directly below a heading: the section defines what the heading names.
    pub(super) fn identifier_field(&mut self, raw: &str, span: Span) {
        let Some(heading) = self.headings.last() else { return };
        let between = self.text.get(heading.start..span.start as usize).unwrap_or("");
        // A long list is not gone through for each of its items.
        if heading.defines.is_some() || !raw.contains(':') || between.trim().lines().take(2).count() != 1 {
            return;
        }
        let level = u32::from(heading.level);
        let specified = self.document.kind == Kind::Specification;
        let own = |key: &str| matches!(key, "uid" | "requirement id" | "req id" | "requirement uid") || key == "id" && specified;
        let found = document::fields(raw, span.start as usize).into_iter().find(|(key, _)| own(key));
        let Some((_, value)) = found else { return };
        let text = self.text;
        let cell = text.get(value.span.range()).unwrap_or("");
        let Some(lead) = specification::lead(cell).filter(specification::may_define) else { return };
        if lead.rest.trim_matches(['*', '`', ' ']).is_empty() {
            let made = self.define(&lead, value.span.start as usize, span, Shape::Heading, level);
            self.adopt(made);
        }
    }

    /// A block that an attribute names: an item of OpenFastTrace, or what an anchor calls a requirement.
    pub(super) fn named(&mut self, block: Span, id: Span, title: Span, needs: Option<Span>) {
        let text = self.text;
        let slice = |span: Span| text.get(span.range()).unwrap_or("");
        let item = vocabulary::is_item(slice(id));
        let Some(mut lead) = specification::lead(slice(id)).filter(|lead| lead.id == slice(id)) else { return };
        let required = self.document.kind == Kind::Specification && vocabulary::is_requirement_word(lead.id);
        if !(item || required && specification::may_define(&lead)) {
            return;
        }
        lead.rest = slice(title);
        let made = self.define(&lead, id.start as usize, block, Shape::Paragraph, 0);
        if title.len == 0 && !item {
            self.adopt(made);
        }
        let Some(definition) = made.and_then(|made| self.facts.definitions.get_mut(made)) else { return };
        if let Some(needs) = needs {
            specification::set_needs(definition, slice(needs), needs);
        }
    }

    /// `Target release` as a heading below a requirement, and "TBD" below that: it is not for this release.
    fn release(&mut self, raw: &str, span: Span) {
        const OPEN: &[&str] = &["tbd", "tbc", "future", "later", "backlog", "none", "post mvp"];
        let named = |heading: &Heading| matches!(words(&heading.title).as_str(), "target release" | "release" | "target version");
        if !self.headings.last().is_some_and(named) || !OPEN.contains(&words(raw).as_str()) {
            return;
        }
        let index = self.headings.iter().rev().find_map(|heading| heading.defines);
        if let Some(definition) = index.and_then(|index| self.facts.definitions.get_mut(index)) {
            definition.standing = definition.standing.max(Standing::Planned);
            definition.standing_span = Some(span);
        }
    }

    fn defines_line(&self, lead: &Lead<'_>, line: &str) -> bool {
        let item = vocabulary::is_item(lead.id) && line.trim().trim_matches('`') == lead.id;
        let stated =
            lead.strong && !lead.rest.trim().is_empty() && !lead.rest.trim_start_matches(['*', '`', ' ']).starts_with([',', '/']);
        let bullet = line.trim_start().starts_with('•') && lead.id.contains('-') && !lead.rest.trim().is_empty();
        let plain = self.document.kind == Kind::Specification && (lead.marked && line.contains(" shall ") || bullet);
        specification::may_define(lead) && !specification::is_told(lead) && (item || stated || plain)
    }

    /// Where the parts of a paragraph begin that are an enumeration without mark-up: three or more identifiers of one family, each
    /// with a text and a higher number than the one before. Where such a one goes on, one or two are enough.
    fn enumerated(&mut self, raw: &str) -> Vec<usize> {
        let mut starts = Vec::new();
        if self.document.kind != Kind::Specification {
            return starts;
        }
        let mut before: Option<(&str, u64)> = None;
        for at in part_starts(raw) {
            let line = raw.get(at..).unwrap_or("").lines().next().unwrap_or("");
            let told = |lead: &Lead<'_>| {
                let rest = lead.rest.trim();
                let list = identifier::is_list(rest, &identifier::mentions(rest, 0));
                lead.start == 0 && !rest.is_empty() && !list && specification::may_define(lead) && !specification::is_told(lead)
            };
            let Some(lead) = specification::lead(line).filter(told) else { continue };
            let Some((stem, number, ..)) = split_number(lead.id) else { continue };
            if before.is_some_and(|(family, last)| family != stem || last >= number) {
                return Vec::new();
            }
            before = Some((stem, number));
            starts.push(at);
        }
        let goes_on = |first: usize| {
            let line = raw.get(first..).and_then(specification::lead);
            let number = line.as_ref().and_then(|lead| split_number(lead.id));
            number
                .zip(self.enumeration.as_ref())
                .is_some_and(|((stem, number, ..), (known, last))| stem == known && number == last + 1)
        };
        let enough = starts.len() >= 3 || starts.first().is_some_and(|first| goes_on(*first));
        if !enough || starts.first() != Some(&0) {
            return Vec::new();
        }
        self.enumeration = before.map(|(stem, number)| (stem.to_owned(), number));
        starts
    }

    /// An item below its heading (`swdd~name~1`) is defined by the whole section.
    pub(super) fn adopt(&mut self, made: Option<usize>) {
        let (Some(index), Some(heading)) = (made, self.headings.last_mut()) else { return };
        if heading.defines.is_none() {
            heading.defines = Some(index);
            if let Some(definition) = self.facts.definitions.get_mut(index) {
                definition.title.clone_from(&heading.title);
                heading.subject = Some(Mention::one(definition.id.clone(), definition.span));
            }
        }
    }

    /// Lines that look like a table and are none would be lost silently.
    fn unread_table(&mut self, raw: &str, span: Span) {
        let named: Vec<&str> = raw
            .lines()
            .filter(|line| row::is_row(line))
            .filter(|line| {
                let first = line.trim_start_matches(['|', ' ', '*', '`']);
                specification::lead(first).is_some_and(|lead| specification::may_define(&lead))
            })
            .collect();
        let Some(first) = named.first() else { return };
        let looks = match named.len() {
            1 => String::from("1 line from here looks like a row"),
            count => format!("{count} lines from here look like rows"),
        };
        let start = span.start as usize + raw.find(*first).unwrap_or(0);
        self.facts.problems.push(Problem {
            span: Span::new(start, start + first.trim_end().len()),
            whole_file: false,
            reason: format!("{looks} of a table, but no header and separator line stands directly above"),
            help: String::from(
                "Remove the blank line that cuts them off from their table, or give them a header and a separator line.",
            ),
        });
    }
}

/// The identifier at the start of a line, or behind what the line calls it.
fn leading(line: &str) -> Option<(Lead<'_>, usize)> {
    let bold = || labelled(line).filter(|_| line.trim_start().starts_with("**"));
    specification::lead(line).map(|lead| (lead, 0)).or_else(bold)
}

/// Whether a sentence goes on in the next line: "Mechanisms: **SM-1 Heat**," names what others define.
fn goes_on(before: &str) -> bool {
    let line = before.trim_end();
    line.ends_with(',') || [" and", " or"].iter().any(|word| line.ends_with(word))
}

/// Whether a line goes on with the sentence above it, which happens to break before a name in code: "it shall not close
/// `REQ-7` without a report".
fn wraps(before: &str, line: &str, lead: &Lead<'_>) -> bool {
    let open = before.trim_end().ends_with(char::is_alphanumeric);
    open && lead.strong && !lead.separated && !line.trim_start().starts_with('*')
}
