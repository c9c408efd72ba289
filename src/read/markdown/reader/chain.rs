//! Lines that use identifiers and define none: `- REQ-1 -> DES-1 -> TC-1`, `- **GOAL-1:** REQ-1, REQ-2`, and what a
//! section of inputs or mappings lists.

use super::Reader;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions, family};
use crate::model::record::Kind;
use crate::model::vocabulary::{self, words};
use crate::read::grammar::citation::{Expect, citations, cites_test_file};
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::read::markdown::specification::Lead;
use crate::source::Span;

const ARROWS: &[&str] = &["->", "→", "=>", "⇒", "⟶"];

/// What a link of requirements is called.
const REQUIREMENTS: &[&str] = &["requirement", "requirements", "reqs"];

/// And one of tests.
const TESTS: &[&str] = &["feature", "features", "scenario", "scenarios", "test", "tests", "verified by"];

/// One link of a chain: where it stands and what it says.
struct Link<'t> {
    start: usize,
    text: &'t str,
}

impl Link<'_> {
    /// What it names, if that is nothing but identifiers; a label may stand in front.
    fn ids(&self) -> Option<Mentions> {
        let label = self.label();
        let body = self.text.get(label..)?;
        let found = identifier::mentions(body, 0);
        let moved = |mut mention: Mention| {
            mention.span.start += u32::try_from(self.start + label).unwrap_or(u32::MAX);
            mention
        };
        identifier::is_list(body, &found).then(|| found.into_iter().map(moved).collect())
    }

    /// The length of the words that call it something, "Tests: ".
    fn label(&self) -> usize {
        let end = self.text.find(": ").map_or(0, |at| at + 2);
        let label = self.text.get(..end).unwrap_or("");
        if label.bytes().any(|byte| byte.is_ascii_digit()) || label.split(' ').count() > 4 { 0 } else { end }
    }

    /// What it cites, if there is a test among it.
    fn citations(&self) -> Vec<Citation> {
        let label = self.label();
        let found = citations(self.text.get(label..).unwrap_or(""), self.start + label, Expect::Anything);
        let tests = |one: &Citation| match &one.target {
            Target::CaseId(id) => vocabulary::is_test_case(id),
            Target::Test(_) => true,
            other => cites_test_file(other),
        };
        if found.iter().any(tests) { found } else { Vec::new() }
    }

    /// The identifiers of a list in code marks, which part the ends of a range: "`REQ-1` through `REQ-9`".
    fn spanned(&self) -> Option<Mentions> {
        let body = self.text.get(self.label()..)?.replace('`', "");
        let found = identifier::mentions(&body, 0);
        let span = Span::new(self.start, self.start + self.text.len());
        identifier::is_list(&body, &found).then(|| found.into_iter().map(|one| Mention { span, ..one }).collect())
    }

    /// Whether the words in front call it one of these.
    fn is_called(&self, names: &[&str]) -> bool {
        let label = words(self.text.get(..self.label()).unwrap_or(""));
        !label.is_empty() && names.contains(&label.as_str())
    }

    /// The files and folders that it names, be it by links: "[`features/oil/`](../features/oil/)". That a whole folder verifies each
    /// of many requirements says in words where their tests are, and makes none of these evidence of all.
    fn files(&self) -> Vec<Citation> {
        let label = self.label();
        let body = self.text.get(label..).unwrap_or("");
        let found = citations(body, self.start + label, Expect::Anything);
        let told = |one: &Citation| matches!(one.target, Target::File { .. } | Target::Glob(_) | Target::Test(_));
        let mut found: Vec<Citation> = found.into_iter().filter(told).collect();
        let mut at = label;
        for piece in body.split(['`', '(', ')', '[', ']', ',', ' ']) {
            let folder = piece.trim_start_matches(['.', '/']);
            if folder.len() > 2 && folder.ends_with('/') && !folder.contains(':') {
                let target = Target::Prose(folder.to_owned());
                let span = Span::new(self.start + at, self.start + at + piece.len());
                if !found.iter().any(|one| one.target == target) {
                    found.push(Citation::new(span, target));
                }
            }
            at += piece.len() + 1;
        }
        found
    }

    fn is_of_cases(&self) -> bool {
        let found = identifier::mentions(self.text, 0);
        !found.is_empty() && found.iter().filter_map(Mention::id).all(vocabulary::is_test_case)
    }
}

/// The links of a line, if arrows join several.
fn links(line: &str, start: usize) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        let next = ARROWS.iter().filter_map(|arrow| rest.find(arrow).map(|place| (place, arrow.len()))).min();
        let (end, skip) = next.unwrap_or((rest.len(), 0));
        let piece = rest.get(..end).unwrap_or("");
        let open = piece.len() - piece.trim_start().len();
        found.push(Link { start: start + at + open, text: piece.trim() });
        if skip == 0 {
            break;
        }
        at += end + skip;
    }
    found
}

/// Whether two links name identifiers of one family: these depend on each other, and none refines the other.
fn are_alike(above: &[Mention], below: &[Mention]) -> bool {
    let first = |ids: &[Mention]| ids.iter().find_map(Mention::id).map(|id| family(id).to_owned());
    first(above) == first(below)
}

impl Reader<'_> {
    /// Takes an item that is a chain; whether it was.
    pub(super) fn chained_item(&mut self, span: Span) -> bool {
        let line = self.text.get(span.range()).unwrap_or("").lines().next().unwrap_or("");
        let bullet = line.len() - line.trim_start_matches(['-', '*', '+', ' ']).len();
        self.chain(line.get(bullet..).unwrap_or(""), span.start as usize + bullet)
    }

    /// Takes a line that traces identifiers to others or to tests; whether it was one. The first link is what the row is
    /// about, the last its tests, and what stands between is of other levels.
    pub(super) fn chain(&mut self, line: &str, start: usize) -> bool {
        if !ARROWS.iter().any(|arrow| line.contains(arrow)) {
            return false;
        }
        let links = links(line, start);
        // A matrix may begin a line with the document: "Spec: [pump.md](pump.md) => Requirements: REQ-1 => Features: …".
        let matrix = self.document.kind == Kind::Matrix;
        let at = links.iter().position(|link| matrix && link.is_called(REQUIREMENTS)).unwrap_or(0);
        let links = links.get(at..).unwrap_or_default();
        let first = links.first();
        let ids = first.and_then(|first| first.ids().or_else(|| first.spanned().filter(|_| first.is_called(REQUIREMENTS))));
        let ([first, middle @ .., last], Some(ids)) = (links, ids) else { return false };
        if matches!(self.document.kind, Kind::Template | Kind::Record | Kind::Investigation) {
            return true;
        }
        let cases = first.is_of_cases();
        let (ids, cited) = match (cases, last.ids()) {
            (true, Some(last)) => (last, first),
            (true, None) => return true,
            (false, _) => (ids, last),
        };
        let found = if matrix && cited.is_called(TESTS) { cited.files() } else { cited.citations() };
        let related: Mentions = middle.iter().filter_map(Link::ids).flatten().collect();
        if found.is_empty() {
            let below = middle.first().unwrap_or(last).ids();
            self.facts.allocations.extend(below.filter(|below| !cases && !are_alike(&ids, below)).map(|below| (ids, below)));
            return true;
        }
        let span = Span::new(start, start + line.trim_end().len());
        let table = self.row_table(span);
        let mut row = Row::bare(table, span, ids);
        row.related = related;
        row.citations = found;
        row.cited = vec![inline::spanned(self.text, Span::new(cited.start, cited.start + cited.text.len()))];
        self.facts.rows.push(row);
        true
    }

    /// The table of the rows that stand in lists and lines; the first of them makes it. Only a matrix speaks for a
    /// whole specification.
    pub(super) fn row_table(&mut self, span: Span) -> usize {
        if let Some(table) = self.listed_rows.table {
            return table;
        }
        let heading = self.path();
        let layout = if self.document.kind == Kind::Matrix { Layout::Forward } else { Layout::Detail };
        self.facts.tables.push(Table { header: span, layout, has_tests: true, has_status: false, heading });
        let table = self.facts.tables.len() - 1;
        self.listed_rows.table = Some(table);
        table
    }

    /// `**GOAL-1:** REQ-1, REQ-2` says which requirements serve the goal, and defines neither; whether an item does so.
    pub(super) fn allocates(&mut self, lead: &Lead<'_>, body: &str, base: usize) -> bool {
        let rest = lead.rest.trim_end();
        let found = identifier::mentions(rest, 0);
        if !identifier::is_list(rest, &found) {
            return false;
        }
        let at = base + body.len() - lead.rest.len();
        let (parent, children) = (Mentions::from_buf([super::subject(lead, base)]), identifier::mentions(rest, at));
        if !are_alike(&parent, &children) {
            self.facts.allocations.push((parent, children));
        }
        true
    }

    /// Whether an item of a section of inputs, outputs or mappings names what is used there. One that demands something
    /// is a requirement even so.
    pub(super) fn is_used(&self, body: &str) -> bool {
        const USES: &[&str] =
            &["input", "inputs", "output", "outputs", "mapping", "mappings", "allocation", "allocations", "and", "verification"];
        const DEMANDS: &[&str] = &["shall", "must", "should", "will"];
        let title = self.headings.last().map_or("", |heading| heading.title.as_str());
        // "Inputs (of chapter 3)" lists them; "Input validation" is about something else.
        let title = words(
            title.split('(').next().unwrap_or("").trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')),
        );
        let used = title.split(' ').all(|word| USES.contains(&word)) && title != "verification";
        used && !words(body).split(' ').any(|word| DEMANDS.contains(&word))
    }
}
