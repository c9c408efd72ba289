//! Test cases that documents describe: which requirements they verify, and in which file they are automated.

use super::blocks::{Block, BlockKind};
use super::specification;
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::record::Kind;
use crate::model::vocabulary;
use crate::read::document;
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

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

/// One described test case: its identifier, and where its attributes stand.
struct Described<'t> {
    id: &'t str,
    span: Span,
    section: Span,
}

/// A heading: its level, where it stands, and the test case that it begins with.
type Title<'t> = (u8, Span, Option<(&'t str, Span)>);

/// Adds a row for every described test case that names requirements.
pub(super) fn read(path: &str, text: &str, blocks: &[Block], facts: &mut Facts) {
    if facts.document.as_ref().is_some_and(|document| document.kind == Kind::Template) {
        return;
    }
    let mut described: Vec<Described<'_>> = whole(path, text, blocks).into_iter().collect();
    let own = described.first().map_or("", |one| one.id);
    described.extend(sections(text, blocks).into_iter().filter(|one| one.id != own));
    let rows: Vec<Row> = described.iter().filter_map(|one| row(text, one, facts.tables.len())).collect();
    if let Some(first) = rows.first() {
        let heading = String::from("test cases");
        let header = first.span;
        facts.tables.push(Table { header, layout: Layout::Detail, has_tests: true, has_status: false, heading });
        facts.rows.extend(rows);
    }
}

/// Headings that begin with the identifier of a test case, each with the text up to the next section.
fn sections<'t>(text: &'t str, blocks: &[Block]) -> Vec<Described<'t>> {
    let headings: Vec<Title<'_>> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(level, title) => Some((*level, block.span, named(text, title.span))),
            _ => None,
        })
        .collect();
    let mut open: Vec<usize> = Vec::new();
    let mut ends = vec![text.len(); headings.len()];
    for (at, (level, span, case)) in headings.iter().enumerate() {
        while let Some(last) = open.pop_if(|last| case.is_some() || headings.get(*last).is_some_and(|one| one.0 >= *level)) {
            if let Some(end) = ends.get_mut(last) {
                *end = span.start as usize;
            }
        }
        open.push(at);
    }
    let cases = headings.iter().zip(ends).filter_map(|((_, heading, case), end)| {
        let (id, span) = (*case)?;
        Some(Described { id, span, section: Span::new(heading.end() as usize, end.max(heading.end() as usize)) })
    });
    cases.collect()
}

/// A document that is one test case by its name: its front matter and its head tell the links.
fn whole<'t>(path: &'t str, text: &'t str, blocks: &[Block]) -> Option<Described<'t>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (id, _) = identifier::leading(stem, false).filter(|(id, _)| vocabulary::is_test_case(id))?;
    let mut headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(..)));
    let first = headings.next()?.span;
    let end = headings.next().map_or(text.len(), |next| next.span.start as usize);
    Some(Described { id, span: first, section: Span::new(0, end) })
}

/// The test case that a heading begins with.
fn named(text: &str, title: Span) -> Option<(&str, Span)> {
    let raw = text.get(title.range())?;
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '#'));
    let rest =
        rest.strip_prefix("Test Case").or_else(|| rest.strip_prefix("Test case")).unwrap_or(rest).trim_start_matches([' ', ':']);
    let lead = specification::lead(rest).filter(|lead| vocabulary::is_test_case(lead.id))?;
    let start = title.start as usize + raw.len() - rest.len() + lead.start;
    Some((lead.id, Span::new(start, start + lead.id.len())))
}

fn row(text: &str, case: &Described<'_>, table: usize) -> Option<Row> {
    let (mut ids, mut related, mut files, mut cited) =
        (Mentions::new(), Mentions::new(), Vec::new(), vec![Spanned { text: case.id.to_owned(), span: case.span }]);
    let body = text.get(case.section.range())?;
    for (key, value) in document::fields(body, case.section.start as usize) {
        let (raw, base) = (text.get(value.span.range()).unwrap_or(""), value.span.start as usize);
        if REQUIREMENTS.contains(&key.as_str()) {
            let found = identifier::mentions(raw, base).into_iter().filter(is_requirement);
            // What stands first is verified; further levels only lie between it and the test case.
            if ids.is_empty() { ids.extend(found) } else { related.extend(found) }
        } else if FILES.contains(&key.as_str()) {
            files.extend(citations(raw, base, Expect::Anything).into_iter().filter(|one| names_file(&one.target)));
            cited.push(inline::spanned(text, value.span));
        }
    }
    let span = ids.first()?.span;
    let mut found = vec![Citation::new(case.span, Target::CaseId(case.id.to_owned()))];
    found.extend(files);
    let mut row = Row::bare(table, span, ids);
    (row.related, row.citations, row.cited) = (related, found, cited);
    Some(row)
}

fn is_requirement(mention: &Mention) -> bool {
    !mention.id().is_some_and(vocabulary::is_foreign)
}

fn names_file(target: &Target) -> bool {
    matches!(target, Target::File { .. } | Target::Test(TestName { file: Some(_), .. }))
}
