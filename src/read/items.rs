//! Requirements and rows from formats without prose: separated values and YAML.

use super::csv_table;
use super::document;
use super::grammar::citation::{Expect, citations};
use super::grammar::identifier;
use super::table::Grid;
use super::table::rows::{self, Section};
use super::yaml_items::{self, Item};
use crate::model::Facts;
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::{self, words};
use crate::source::{Span, Spanned, Text};

/// Reads a file of separated values: a specification, a matrix, or neither.
pub fn csv(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    let mut described = document::describe(path, "", source, Span::default());
    described.kind = kind.unwrap_or(described.kind);
    let csv = csv_table::rows(source, 0);
    if let Some(grid) = Grid::from_rows(csv.rows) {
        let section = Section {
            text: source,
            kind: described.kind,
            subject: None,
            heading: String::new(),
            standing: Standing::Active,
            shape: Shape::CsvRecord,
            group: 1,
        };
        rows::read(&grid, &section, &mut facts);
    }
    if !(facts.definitions.is_empty() && facts.rows.is_empty()) {
        facts.problems = csv.problems;
        facts.document = Some(described);
    }
    facts
}

/// Reads the items of a YAML file.
pub fn yaml(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    if !yaml_items::looks_like(source) {
        return facts;
    }
    let mut described = document::describe(path, "", source, Span::default());
    described.kind = kind.unwrap_or(described.kind);
    let found = yaml_items::items(source, path);
    for item in &found.items {
        item_facts(item, source, described.kind, &mut facts);
    }
    if !(facts.definitions.is_empty() && facts.rows.is_empty()) {
        facts.problems = found.problems;
        facts.document = Some(described);
    }
    facts
}

fn item_facts(item: &Item, source: &str, kind: Kind, facts: &mut Facts) {
    let fields: Vec<(String, &Vec<Spanned>)> = item.fields.iter().map(|(key, values)| (words(key), values)).collect();
    let field =
        |names: &[&str]| fields.iter().find(|(key, _)| names.contains(&key.as_str())).and_then(|(_, values)| values.first());
    let all = |names: &[&str]| -> Vec<&Spanned> {
        fields.iter().filter(|(key, _)| names.contains(&key.as_str())).flat_map(|(_, values)| values.iter()).collect()
    };
    let id = &item.id;
    let text = field(&[
        "text",
        "statement",
        "shall",
        "shall statement",
        "requirement text",
        "description",
        "requirement",
        "summary",
        "title",
        "name",
    ]);
    let about_requirements =
        |key: &String| words(key).split(' ').any(|word| word.starts_with("req") || word == "stories" || word == "needs");
    let under = item.under.iter().any(about_requirements);
    let others = item
        .under
        .iter()
        .any(|key| matches!(words(key).as_str(), "tests" | "test cases" | "risks" | "hazards" | "steps" | "rules" | "jobs"));
    if vocabulary::is_foreign(&id.text)
        || others
        || identifier::leading(&id.text, true).is_none_or(|(_, end)| end != id.text.len())
    {
        if identifier::leading(&id.text, false).is_some() {
            facts.named.push(Mention::one(id.text.clone(), id.span));
        }
        return;
    }
    let Some(text) = text else { return };
    let certain = kind == Kind::Specification || under || vocabulary::is_requirement_word(&id.text);
    let status = field(&["status", "state"]);
    let planned = status.map(|status| super::grammar::row::status(&status.text));
    let inactive = field(&["active"]).is_some_and(|value| value.text.eq_ignore_ascii_case("false"));
    let mentions = |names: &[&str]| {
        all(names).into_iter().flat_map(|value| identifier::list(&value.text, value.span.start as usize)).collect::<Vec<_>>()
    };
    facts.definitions.push(Definition {
        id: id.text.as_str().into(),
        span: if id.span.len == 0 { Span { start: item.block.start, len: 1 } } else { id.span },
        block: item.block,
        title: field(&["title", "name", "header"]).unwrap_or(text).text.chars().take(160).collect(),
        text: text.span,
        shape: Shape::YamlItem,
        group: 0,
        certainty: if certain { Certainty::Certain } else { Certainty::Possible },
        standing: match planned {
            Some(crate::model::matrix::Status::Retired) => Standing::Retired,
            Some(crate::model::matrix::Status::Pending | crate::model::matrix::Status::Excluded) => Standing::Planned,
            _ if inactive => Standing::Retired,
            _ => Standing::Active,
        },
        standing_span: status.map(|status| status.span),
        method: field(&["verification method", "method", "verification", "verification methods"]).cloned(),
        method_expected: false,
        level: field(&["level", "verification level", "test level"])
            .filter(|level| !vocabulary::levels(&level.text).is_empty())
            .cloned(),
        priority: field(&["priority", "risk", "criticality", "asil", "product risk"]).cloned(),
        parents: mentions(&["parent", "parents", "links", "derived from", "satisfies", "traces to", "refines"]),
        children: mentions(&["requirements", "children", "child requirements", "refined by"]),
    });
    let tests: Vec<&Spanned> =
        all(&["tests", "test", "verified by", "test cases", "test ids", "verification tests", "covered by"]);
    if !tests.is_empty() {
        row(item, &tests, source, facts);
    }
}

/// The tests that an item lists are a row of a matrix.
fn row(item: &Item, tests: &[&Spanned], source: &str, facts: &mut Facts) {
    let table = u32::try_from(facts.tables.len()).unwrap_or(u32::MAX);
    facts.tables.push(Table {
        header: item.id.span,
        layout: Layout::Forward,
        has_tests: true,
        has_status: false,
        heading: String::new(),
    });
    let citations = tests
        .iter()
        .flat_map(|test| {
            let raw = source.get(test.span.range()).unwrap_or("");
            citations(raw, test.span.start as usize, Expect::Anything)
        })
        .collect();
    facts.rows.push(Row {
        table,
        span: item.block,
        ids: Mentions::from_buf([Mention::one(item.id.text.as_str(), item.id.span)]),
        related: Mentions::new(),
        title: None,
        citations,
        cited: tests.iter().map(|test| (*test).clone()).collect(),
        status: None,
        method: None,
        level: None,
        notes: Vec::new(),
        retired: false,
    });
}
