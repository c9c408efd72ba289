//! Requirements and rows from reStructuredText: directives of sphinx-needs and their kin, specification items of OpenFastTrace,
//! and tables.

use super::claims;
use super::contents;
use super::document;
use super::grammar::{identifier, row};
use super::identity;
use super::items::is_register;
use super::markdown;
use super::markdown::blocks::{Block, BlockKind};
use super::record;
use super::rst::{self, Directive, Item, Section as Heading};
use super::stated;
use super::table::Grid;
use super::table::rows::{self, Section};
use crate::model::Facts;
use crate::model::lifecycle::{Class, State, is_numbered_id};
use crate::model::mention::Mention;
use crate::model::record::{Document, Kind};
use crate::model::requirement::{Certainty, Definition, Need, Shape, Standing};
use crate::model::vocabulary;
use crate::source::{Span, Text};

/// Reads a reStructuredText document; `kind` is what the configuration says that it is.
pub fn read(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut found = rst::read(source);
    let mut facts = Facts { problems: std::mem::take(&mut found.problems), ..Facts::default() };
    let title = found.sections.first().map_or("", |section| section.title.text.as_str());
    let mut described = document::describe(path, title, source, Span::new(0, source.len().min(2000)));
    document::settle(&mut described, kind);
    for directive in &found.directives {
        need(directive, described.ended, &mut facts);
        parts(directive, source, &mut facts);
    }
    for item in &found.items {
        specified(item, source, described.ended, &mut facts);
    }
    let stands = matches!(described.kind, Kind::Record | Kind::Investigation)
        && (described.status.is_some() || described.identity.status.is_some() || is_numbered_id(&described.id));
    let decides = is_decision(path);
    let record = kind.is_some() || stands;
    if (record || decides) && described.kind != Kind::Specification && described.kind != Kind::Matrix {
        inside(path, source, &rst::blocks(source, &found), &mut described, &mut facts);
    }
    facts.named.extend(found.sections.iter().filter_map(|section| described_case(section, source)));
    for (group, table) in (1..).zip(found.tables) {
        let heading = above(&found.sections, table.span);
        let Some(grid) = Grid::from_rows(table.rows) else { continue };
        let section = Section {
            text: source,
            kind: described.kind,
            subject: None,
            heading: heading.map_or(String::new(), |heading| heading.title.text.clone()),
            standing: Standing::Active,
            shape: Shape::TableRow,
            group,
        };
        rows::read(&grid, &section, &mut facts);
        // What a register says of records is held to what they say themselves.
        if !record && !decides && is_register(path) {
            stated::table(source, &grid, &mut facts);
        }
        if described.kind == Kind::Matrix {
            claims::table(source, &grid, group, &mut facts.claims);
        }
    }
    // A record need not hold anything that is read here: its fields say who it is and how far.
    if record || decides && described.identity.status.is_some() || !facts.is_empty() {
        facts.document = Some(described);
    }
    facts
}

/// The test case that a section describes, whose title begins with its identifier.
fn described_case(section: &Heading, source: &str) -> Option<Mention> {
    let title = section.title.span;
    let raw = source.get(title.range())?;
    let (id, end) = identifier::leading(raw, false).filter(|(id, _)| vocabulary::is_test_case(id))?;
    let start = title.start as usize + end - id.len();
    Some(Mention::one(id, Span::new(start, start + id.len())))
}

/// Whether a file is numbered in a folder of decisions: `docs/decisions/0002-naming.rst`.
fn is_decision(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folders.rsplit('/').next().unwrap_or(folders);
    name.starts_with(|c: char| c.is_ascii_digit()) && Class::in_words(folder) == Some(Class::Decision)
}

/// What stands inside of a record: its fields, its actions and what people filled in.
fn inside(path: &str, source: &str, blocks: &[Block], described: &mut Document, facts: &mut Facts) {
    let closed = described.status.as_ref().or(described.identity.status.as_ref());
    let closed = closed.is_some_and(|status| State::of(&status.text, Class::Action) == State::Closed);
    let mut above: Vec<(u8, &str)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading(level, title) => {
                above.retain(|(other, _)| other < level);
                above.push((*level, title.text.as_str()));
                let below = blocks.get(at + 1).filter(|below| below.kind == BlockKind::Paragraph);
                if let Some(below) = below {
                    identity::section(&title.text, source, below.span, &mut described.identity);
                }
            }
            BlockKind::Table(grid) => {
                identity::table(source, grid, described);
                let titles = above.iter().rev().filter(|(level, _)| *level > 1).map(|(_, title)| *title);
                record::actions(source, grid, closed, titles, facts);
                stated::table(source, grid, facts);
            }
            BlockKind::Paragraph | BlockKind::Item(_) => stated::wait(source, block.span, facts),
            _ => {}
        }
    }
    let log = contents::listed::log(path, &described.title);
    facts.contents = contents::read(source, described.kind, log, blocks);
}

/// Parts of a need that have a number of their own: `:np:`(1) the lid`` in the need `R_7` is `R_7.1`.
fn parts(directive: &Directive, source: &str, facts: &mut Facts) {
    let Some(need) = directive.option("id") else { return };
    let body = source.get(directive.body.range()).unwrap_or("");
    for role in [":np:`(", ":need_part:`("] {
        for (at, _) in body.match_indices(role) {
            let rest = body.get(at + role.len()..).unwrap_or("");
            let Some((part, _)) = rest.split_once(')').filter(|(part, _)| !part.is_empty() && part.len() < 40) else { continue };
            let start = directive.body.start as usize + at + role.len();
            facts.named.push(Mention::one(format!("{}.{part}", need.text), Span::new(start, start + part.len())));
        }
    }
}

fn above(sections: &[Heading], span: Span) -> Option<&Heading> {
    sections.iter().rev().find(|section| section.span.start <= span.start)
}

/// Whether an identifier says that it belongs to an example.
fn is_shown(id: &str) -> bool {
    let first = id.split(['_', '-']).next().unwrap_or("");
    let shown = |part: &str| matches!(part, "dummy" | "example");
    matches!(first, "EX" | "EXAMPLE" | "DEMO") || id.split("__").any(shown)
}

/// What a directive links to, whatever it is: a requirement to an architecture, and that to its tests.
fn linked(directive: &Directive, id: &str, required: bool) -> Need {
    const OPTIONS: &[&str] =
        &["links", "implements", "fulfils", "fulfills", "satisfies", "tests", "verified_by", "tested_by", "verifies"];
    let values = OPTIONS.iter().filter_map(|name| directive.option(name));
    let names = values.flat_map(|value| value.text.split([',', ';'])).map(str::trim);
    Need { id: id.into(), required, links: names.filter(|name| !name.is_empty()).map(Into::into).collect() }
}

/// A directive with an identifier: a requirement if its name says so, another thing otherwise, as all are in a document
/// that has ended.
fn need(directive: &Directive, ended: bool, facts: &mut Facts) {
    let own = directive.option("id").cloned().or_else(|| {
        let (id, end) = identifier::leading(&directive.title.text, false)?;
        let start = directive.title.span.start as usize;
        Some(crate::source::Spanned { text: id.to_owned(), span: Span::new(start, start + end) })
    });
    // Templates of projects come with a requirement that shows how one is written.
    let Some(id) = own.filter(|id| !id.text.is_empty() && !is_shown(&id.text)) else { return };
    let name = directive.name.text.to_lowercase();
    let needed = directive.option("id").is_some() && !ended;
    facts.needs.extend(needed.then(|| linked(directive, &id.text, name.contains("req"))));
    let example = directive.option("tags").is_some_and(|tags| tags.text.split([',', ';']).any(|tag| tag.trim() == "example"));
    let required = name.contains("req") || name == "shall";
    let generic = matches!(name.as_str(), "need" | "item" | "spec" | "story");
    if ended || example || !(required || generic) || vocabulary::is_foreign(&id.text) {
        facts.named.push(Mention::one(id.text, id.span));
        return;
    }
    let status = directive.option("status");
    let mut standing = status.map_or(Standing::Active, |status| row::standing(&status.text));
    // A requirement that says itself that nothing implements it yet owes no test.
    if directive.option("implemented").is_some_and(|value| value.text.eq_ignore_ascii_case("no")) {
        standing = standing.max(Standing::Planned);
    }
    let parents = ["derived_from", "satisfies", "parent", "parents", "links", "refines", "trace"];
    let title = directive.title.text.strip_prefix(&id.text).unwrap_or(&directive.title.text);
    facts.definitions.push(Definition {
        id: id.text.as_str().into(),
        span: id.span,
        block: directive.block,
        title: title.trim().chars().take(160).collect(),
        text: directive.body,
        shape: Shape::Directive,
        group: 0,
        certainty: if required { Certainty::Certain } else { Certainty::Possible },
        standing,
        standing_span: status.map(|status| status.span),
        // An assumption of use binds whoever uses the software: it is theirs to verify.
        method: match name.contains("aou") {
            true => Some(crate::source::Spanned { text: String::from("none"), span: directive.name.span }),
            false => directive.option("verification_method").or_else(|| directive.option("method")).cloned(),
        },
        method_expected: directive.option("verification_method").is_some(),
        level: directive.option("verification_level").or_else(|| directive.option("test_level")).cloned(),
        priority: directive
            .option("safety")
            .or_else(|| directive.option("priority"))
            .or_else(|| directive.option("asil"))
            .cloned(),
        parents: parents
            .iter()
            .filter_map(|name| directive.option(name))
            .flat_map(|value| identifier::list(&value.text, value.span.start as usize))
            .collect(),
        children: Vec::new(),
        criteria: Vec::new(),
    });
}

/// Labels of the parts of a specification item.
const PARTS: [&str; 9] = ["Description", "Rationale", "Comment", "Comments", "Covers", "Depends", "Needs", "Status", "Tags"];

/// A specification item of OpenFastTrace says itself that it is a requirement, and its parts what else it is.
fn specified(item: &Item, source: &str, ended: bool, facts: &mut Facts) {
    if ended {
        facts.named.push(Mention::one(item.id.text.as_str(), item.id.span));
        return;
    }
    let mut definition = Definition {
        id: item.id.text.as_str().into(),
        span: item.id.span,
        block: item.block,
        title: item.title.text.chars().take(160).collect(),
        text: described(item, source),
        shape: Shape::Directive,
        group: 0,
        certainty: Certainty::Certain,
        standing: Standing::Active,
        standing_span: None,
        method: None,
        method_expected: false,
        level: None,
        priority: None,
        parents: Vec::new(),
        children: Vec::new(),
        criteria: Vec::new(),
    };
    markdown::attributes(&mut definition, source);
    facts.definitions.push(definition);
}

/// What an item obliges to: its description, or what stands before the first part that has a label.
fn described(item: &Item, source: &str) -> Span {
    let body = source.get(item.body.range()).unwrap_or("");
    let (mut from, mut to, mut at) = (0, body.len(), 0);
    for line in body.split_inclusive('\n') {
        let label = line.split_once(':').map(|(label, _)| label).filter(|label| PARTS.contains(label));
        match label {
            Some("Description") => from = at + "Description:".len(),
            Some(_) => {
                to = at;
                if body.get(from..to).is_some_and(|text| !text.trim().is_empty()) {
                    break;
                }
                // Parts such as the status may stand before the text.
                from = at + line.len();
                to = body.len();
            }
            None => {}
        }
        at += line.len();
    }
    let text = body.get(from..to).unwrap_or("");
    let start = item.body.start as usize + from + text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}
