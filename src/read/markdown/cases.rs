//! Test cases that documents describe: which requirements they verify, and in which file they are automated.

use super::blocks::{Block, BlockKind};
use super::specification;
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions, family};
use crate::model::record::Kind;
use crate::model::vocabulary::{self, words};
use crate::read::document;
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};
use rustc_hash::FxHashSet;

/// Keys of a test case behind which its requirements stand.
const REQUIREMENTS: &[&str] = &[
    "requirement",
    "requirements",
    "requirement s",
    "req",
    "reqs",
    "requirement id",
    "requirement ids",
    "req id",
    "req ids",
    "requirements covered",
    "covered requirements",
    "requirements verified",
    "verified requirements",
    "requirement verified",
    "requirement traced",
    "requirements traced",
    "traced requirement",
    "traced requirements",
    "requirements tested",
    "tested requirements",
    "requirement coverage",
    "requirements coverage",
    "covers",
    "verifies",
    "validates",
    "traces to",
    "trace to",
    "trace",
    "traces",
    "traceability",
    "srs trace",
    "sss trace",
    "urs trace",
    "srs",
    "urs",
    "linked requirements",
    "linked requirement",
    "related requirements",
    "related requirement",
    "requirement reference",
    "requirement traceability",
    "verifies requirement",
    "verifies requirements",
    "urs id",
    "srs id",
    "frs id",
    "fs id",
    "ds id",
    "prd id",
    "fr id",
    "srs ref",
    "urs ref",
];

/// Keys behind which the file of its automation stands.
const FILES: &[&str] = &[
    "file",
    "files",
    "test file",
    "test files",
    "test script",
    "automated by",
    "automated test",
    "automated in",
    "test location",
    "test implementation",
];

/// Keys of what describes a test without being called a test case, behind which the names of the tests stand.
const NAMES: &[&str] =
    &["test class", "test classes", "test name", "test names", "test function", "test functions", "test method", "test methods"];

/// Keys behind which such a description names what it was made from.
const SOURCES: &[&str] = &["source", "sources", "req ac", "reqs ac", "req acs", "requirement source", "source requirement"];

/// One described test case: its identifier, and where its attributes stand.
struct Described<'t> {
    id: &'t str,
    span: Span,
    section: Span,
    /// Whether its identifier is that of a test case.
    case: bool,
}

/// A heading: its level, where it and its line end, and the test case that it begins with.
struct Title<'t> {
    level: u8,
    start: u32,
    end: u32,
    case: Option<(&'t str, Span, bool)>,
}

/// Adds a row for every described test case that names requirements.
pub(super) fn read(path: &str, text: &str, blocks: &[Block], facts: &mut Facts) {
    if facts.document.as_ref().is_some_and(|document| document.kind == Kind::Template) {
        return;
    }
    let whole = whole(path, text, blocks);
    let own = whole.as_ref().map_or("", |one| one.id);
    facts.named.extend(whole.as_ref().map(|one| Mention::one(one.id, one.span)));
    let all = sections(text, blocks).into_iter().filter(|one| one.id != own);
    let (cases, others): (Vec<Described<'_>>, Vec<Described<'_>>) = whole.into_iter().chain(all).partition(|one| one.case);
    let lists = fulfilled(text, blocks);
    let mut rows: Vec<Row> = cases.iter().filter_map(|one| row(text, one, &lists, facts.tables.len())).collect();
    let tests: Vec<&Described<'_>> = others.iter().filter(|one| describes_test(text, one)).collect();
    rows.extend(tests.iter().filter_map(|one| row(text, one, &[], facts.tables.len())));
    settle_tests(&tests, facts);
    if let Some(first) = rows.first() {
        let heading = String::from("test cases");
        let header = first.span;
        facts.tables.push(Table { header, layout: Layout::Detail, has_tests: true, has_status: false, heading });
        facts.rows.extend(rows);
    }
}

/// What is described as a test demands nothing, and neither does another of its family; a row of one is about the requirement that it
/// names beside it.
fn settle_tests(tests: &[&Described<'_>], facts: &mut Facts) {
    let families: FxHashSet<&str> = tests.iter().map(|one| family(one.id)).collect();
    if families.is_empty() {
        return;
    }
    let is_test = |id: &str| families.contains(family(id));
    facts.definitions.retain(|one| !is_test(&one.id));
    facts.named.extend(tests.iter().map(|one| Mention::one(one.id, one.span)));
    facts.rows.retain_mut(|row| {
        if row.ids.iter().any(|one| one.id().is_some_and(is_test)) {
            row.ids = std::mem::take(&mut row.related).into_iter().filter(|one| !one.id().is_some_and(is_test)).collect();
        }
        !row.ids.is_empty()
    });
}

/// Headings that begin with the identifier of a test case, each with the text up to the next section. A paragraph may be such a
/// heading: `**Test Case: TC-7 - Doors stay shut**`.
fn sections<'t>(text: &'t str, blocks: &[Block]) -> Vec<Described<'t>> {
    let mut titles: Vec<Title<'_>> = blocks.iter().filter_map(|block| title(text, block)).collect();
    settle_below(text, &mut titles);
    let mut open: Vec<usize> = Vec::new();
    let mut ends = vec![text.len(); titles.len()];
    for (at, one) in titles.iter().enumerate() {
        let case = one.case.is_some_and(|(_, _, case)| case);
        while let Some(last) = open.pop_if(|last| case || titles.get(*last).is_some_and(|last| last.level >= one.level)) {
            if let Some(end) = ends.get_mut(last) {
                *end = one.start as usize;
            }
        }
        open.push(at);
    }
    // What is no test case for certain ends where anything else is described.
    let mut next = text.len();
    for (one, end) in titles.iter().zip(&mut ends).rev() {
        if one.case.is_some_and(|(.., case)| !case) {
            *end = next.min(*end);
        }
        next = if one.case.is_some() { one.start as usize } else { next };
    }
    let cases = titles.iter().zip(ends).filter_map(|(one, end)| {
        let (id, span, case) = one.case?;
        let start = one.end as usize;
        Some(Described { id, span, section: Span::new(start, end.max(start)), case })
    });
    cases.collect()
}

/// Below a heading "Test cases", what has an identifier that is no word for requirements is one of them, whatever its family.
fn settle_below(text: &str, titles: &mut [Title<'_>]) {
    let mut above = None;
    for one in titles {
        above = above.filter(|level| one.level > *level);
        match &mut one.case {
            Some((id, _, case)) if above.is_some() && id.contains(['-', '_']) && !vocabulary::is_requirement_word(id) => {
                *case = true
            }
            Some(_) => {}
            None if above.is_none() => {
                let title = words(text.get(one.start as usize..one.end as usize).unwrap_or(""));
                let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                above = ["test cases", "test case specifications", "test procedures"].contains(&title).then_some(one.level);
            }
            None => {}
        }
    }
}

fn title<'t>(text: &'t str, block: &Block) -> Option<Title<'t>> {
    let start = block.span.start;
    match &block.kind {
        BlockKind::Heading(level, title) => {
            Some(Title { level: *level, start, end: block.span.end(), case: named(text, title.span) })
        }
        BlockKind::Paragraph => {
            let line = text.get(block.span.range())?.lines().next()?;
            let bold =
                line.strip_prefix("**").filter(|rest| rest.trim_end().ends_with("**") && rest.matches("**").count() == 1)?;
            let case = named(text, Span::new(start as usize + 2, start as usize + 2 + bold.len())).filter(|(.., case)| *case)?;
            let end = start + u32::try_from(line.len()).ok()?;
            Some(Title { level: u8::MAX, start, end, case: Some(case) })
        }
        _ => None,
    }
}

/// A document that is one test case by its name: its front matter and its head tell the links.
fn whole<'t>(path: &'t str, text: &'t str, blocks: &[Block]) -> Option<Described<'t>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (id, _) =
        identifier::leading(stem, false).filter(|(id, _)| vocabulary::is_test_case(id) || is_verification(id, blocks))?;
    let mut headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(..)));
    let first = headings.next()?.span;
    // What it verifies may be a section of its own.
    let lists = |block: &&Block| matches!(&block.kind, BlockKind::Heading(_, title) if vocabulary::lists_fulfilled(&title.text));
    let listed = blocks.iter().any(|block| lists(&block));
    let end = headings.next().filter(|_| !listed).map_or(text.len(), |next| next.span.start as usize);
    Some(Described { id, span: first, section: Span::new(0, end), case: true })
}

/// Whether a document of any family of identifiers is a test or an analysis by what stands in it: its title names it by that
/// identifier, and a section lists the requirements that it verifies.
fn is_verification(id: &str, blocks: &[Block]) -> bool {
    const VERIFIED: &[&str] = &["demonstrated", "tested", "validated", "verified"];
    if vocabulary::is_requirement_word(id) || !id.contains(['-', '_']) {
        return false;
    }
    let titles =
        || blocks.iter().filter_map(|block| if let BlockKind::Heading(_, title) = &block.kind { Some(title) } else { None });
    let lists = |title: &Spanned| {
        let said = words(&title.text);
        vocabulary::lists_fulfilled(&title.text) && said.split(' ').any(|word| VERIFIED.contains(&word))
    };
    titles().next().is_some_and(|title| title.text.contains(id)) && titles().skip(1).any(lists)
}

/// The sections that list the requirements which a test verifies: "## 2. Requirements Verified".
fn fulfilled(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut from = None;
    for block in blocks {
        let BlockKind::Heading(_, title) = &block.kind else { continue };
        let start = from.take();
        found.extend(start.map(|start| Span::new(start, block.span.start as usize)));
        from = vocabulary::lists_fulfilled(&title.text).then_some(block.span.end() as usize);
    }
    found.extend(from.map(|start| Span::new(start, text.len())));
    found
}

/// Whether a section describes a test, though its identifier is that of something else, a property for example: its fields
/// name the tests, or tell a scenario and the level of the test.
fn describes_test(text: &str, one: &Described<'_>) -> bool {
    let body = text.get(one.section.range()).unwrap_or("");
    // Hardly any section has such fields.
    if vocabulary::is_requirement_word(one.id) || !body.contains("est ") {
        return false;
    }
    let fields = document::fields(body, 0);
    let has = |key: &str| fields.iter().any(|(own, _)| own == key);
    NAMES.iter().any(|key| has(key)) || has("test level") && has("given") && has("then")
}

/// The identifier that a heading begins with, and whether it is one of a test case.
fn named(text: &str, title: Span) -> Option<(&str, Span, bool)> {
    let raw = text.get(title.range())?;
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '#'));
    let rest =
        rest.strip_prefix("Test Case").or_else(|| rest.strip_prefix("Test case")).unwrap_or(rest).trim_start_matches([' ', ':']);
    let lead = specification::lead(rest)?;
    let start = title.start as usize + raw.len() - rest.len() + lead.start;
    Some((lead.id, Span::new(start, start + lead.id.len()), vocabulary::is_test_case(lead.id)))
}

fn row(text: &str, case: &Described<'_>, lists: &[Span], table: usize) -> Option<Row> {
    let (mut ids, mut related, mut files, mut cited) =
        (Mentions::new(), Mentions::new(), Vec::new(), vec![Spanned { text: case.id.to_owned(), span: case.span }]);
    let mut sources = Mentions::new();
    let body = text.get(case.section.range())?;
    for (key, value) in document::fields(body, case.section.start as usize) {
        let key = key.as_str();
        let (raw, base) = (text.get(value.span.range()).unwrap_or(""), value.span.start as usize);
        if SOURCES.contains(&key) {
            // What stands in brackets is a remark.
            let noted = |one: &Mention| {
                raw.get(..(one.span.start as usize).saturating_sub(base))
                    .is_some_and(|before| before.rfind('(') > before.rfind(')'))
            };
            // A letter numbers goals and questions.
            let named = |one: &Mention| one.id().is_some_and(|id| id.chars().take_while(|c| c.is_alphabetic()).count() > 1);
            let found = identifier::mentions(raw, base).into_iter();
            sources.extend(found.filter(|one| is_requirement(one) && named(one) && !noted(one)));
        } else if REQUIREMENTS.contains(&key) {
            let found = identifier::mentions(raw, base).into_iter().filter(is_requirement);
            // What stands first is verified; further levels only lie between it and the test case.
            if ids.is_empty() { ids.extend(found) } else { related.extend(found) }
        } else if FILES.contains(&key) {
            files.extend(citations(raw, base, Expect::Anything).into_iter().filter(|one| names_file(&one.target)));
            cited.push(inline::spanned(text, value.span));
        } else if NAMES.contains(&key) && !case.case {
            files.extend(citations(raw, base, Expect::Names));
            cited.push(inline::spanned(text, value.span));
        }
    }
    if ids.is_empty() {
        ids.extend(lists.iter().filter(|list| case.section.contains(**list)).flat_map(|list| listed(text, *list)));
    }
    let ids = if ids.is_empty() { sources } else { ids };
    let span = ids.first()?.span;
    let mut found = vec![Citation::new(case.span, Target::CaseId(case.id.to_owned()))];
    found.extend(files);
    let mut row = Row::bare(table, span, ids);
    (row.related, row.citations, row.cited) = (related, found, cited);
    Some(row)
}

/// The requirements that the lines of a list or a table begin with.
fn listed(text: &str, list: Span) -> Mentions {
    let mut found = Mentions::new();
    let mut at = list.start as usize;
    for line in text.get(list.range()).unwrap_or("").split_inclusive('\n') {
        let lead = line.trim_start_matches([' ', '-', '*', '+', '|', '`', '[']);
        let told = [": ", " - ", " — ", " – ", " ("].iter().filter_map(|mark| lead.find(mark)).min().unwrap_or(lead.len());
        if lead.len() < line.len() && identifier::leading(lead, false).is_some() {
            let base = at + line.len() - lead.len();
            found.extend(identifier::mentions(lead.get(..told).unwrap_or(""), base).into_iter().filter(is_requirement));
        }
        at += line.len();
    }
    found
}

fn is_requirement(mention: &Mention) -> bool {
    !mention.id().is_some_and(vocabulary::is_foreign)
}

fn names_file(target: &Target) -> bool {
    matches!(target, Target::File { .. } | Target::Test(TestName { file: Some(_), .. }))
}
