//! Requirements and rows from formats without prose: separated values, YAML and JSON, and the front matter of Markdown.

mod edges;
mod front;
mod tested;

use super::claims;
use super::contents::listed;
use super::contents::registers::{self, Register};
use super::csv_table;
use super::document;
use super::grammar::identifier;
use super::stated;
use super::table::rows::{self, Section};
use super::table::{Grid, catalogue};
use super::yaml_items::{self, Item};
use crate::model::Facts;
use crate::model::citation::{Citation, Target, TestName};
use crate::model::contents::Contents;
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::{self, words};
use crate::source::{Span, Spanned, Text};
pub use front::markdown;
use smallvec::SmallVec;
use tested::Fields;

/// Reads a file of separated values: a specification, a matrix, or neither.
pub fn csv(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    let mut described = document::describe(path, "", source, Span::default());
    described.kind = kind.unwrap_or(described.kind);
    let csv = csv_table::rows(source, 0);
    let grid = Grid::from_rows(csv.rows);
    let described_cases = grid.as_ref().is_some_and(|grid| {
        described.kind != Kind::Template && catalogue::read(grid, source, &described.title, false, &mut facts)
    });
    if let Some(grid) = grid.as_ref().filter(|_| names_cases(stem(path))) {
        facts.named.extend(grid.rows.iter().filter_map(|row| {
            let case = Some(row.cell(source, 0)).filter(|cell| vocabulary::is_test_case(cell))?;
            Some(Mention::one(case, *row.cells.first()?))
        }));
    }
    let linked = grid.as_ref().is_some_and(|grid| edges::read(grid, source, &mut facts));
    if let Some(grid) = grid.as_ref().filter(|_| !described_cases && !linked) {
        let section = Section {
            text: source,
            kind: described.kind,
            subject: None,
            heading: String::new(),
            standing: Standing::Active,
            shape: Shape::CsvRecord,
            group: 1,
        };
        rows::read(grid, &section, &mut facts);
        if !facts.rows.is_empty() {
            claims::columns(source, grid, &mut facts.claims);
        }
    }
    if facts.is_empty() {
        if let Some(grid) = grid {
            facts.contents = listed::entries(path, source, &grid);
            if facts.contents.is_none() {
                let Register { contents, kept } = registers::sheet(path, source, &grid);
                (facts.contents, facts.kept) = (contents, kept);
            }
            if is_register(path) {
                stated::table(source, &grid, &mut facts);
            }
        }
        facts.document = (!facts.is_empty()).then(|| described.clone());
    }
    if !(facts.definitions.is_empty() && facts.rows.is_empty()) {
        facts.problems = csv.problems;
        facts.document = Some(described);
    }
    facts
}

/// Whether a sheet is called as a list of records is. Sheets of data may have identifiers and a status, too.
pub(super) fn is_register(path: &str) -> bool {
    words(stem(path)).split(' ').any(|word| matches!(word, "register" | "registry" | "index" | "log" | "tracker" | "list"))
}

/// Reads the items of a YAML file, or of a JSON file, which is YAML too.
pub fn yaml(path: &str, text: &Text, kind: Option<Kind>) -> Facts {
    let source = text.as_str();
    let mut facts = Facts::default();
    if !yaml_items::looks_like(source) {
        return facts;
    }
    let mut described = document::describe(path, "", source, Span::default());
    described.kind = kind.unwrap_or(described.kind);
    let found = yaml_items::items(source, path);
    let place = Place {
        specifies: described.kind == Kind::Specification || is_below_specifications(path),
        matrix: described.kind == Kind::Matrix,
    };
    let cases = names_cases(stem(path));
    let others = vocabulary::lists_other_things(stem(path));
    for item in &found.items {
        if others || item.under.iter().any(|key| vocabulary::lists_other_things(key)) {
            facts.named.push(Mention::one(item.id.text.clone(), item.id.span));
            continue;
        }
        let tested = cases || item.under.iter().any(|key| names_cases(key));
        let of_tests = is_below_tests(path);
        if !(tested && case(item, &mut facts) || of_tests && (linked(item, &mut facts) || scenario(item, source, &mut facts))) {
            item_facts(item, source, place, &mut facts);
        }
    }
    if facts.definitions.is_empty() && facts.rows.is_empty() && kind != Some(Kind::Specification) {
        let Register { contents, kept } = registers::data(path, &found);
        facts.document = contents.is_some().then(|| described.clone());
        (facts.contents, facts.kept) = (contents, kept);
    }
    if !(facts.definitions.is_empty() && facts.rows.is_empty()) {
        // What only may be a requirement says nothing of a place that was not read beside it: most YAML configures something.
        let certain = |one: &Definition| one.certainty == Certainty::Certain;
        let meant = !facts.rows.is_empty() || facts.definitions.iter().any(certain);
        facts.problems = found.problems.into_iter().filter(|one| meant || one.whole_file).collect();
        facts.document = Some(described);
    }
    facts
}

/// The actions that data about one record lists.
pub fn listed_actions(path: &str, text: &Text) -> Option<Box<Contents>> {
    registers::actions(path, text.as_str())
}

/// Reads a Markdown file that is an item of Doorstop; `None` for every other.
pub fn doorstop(path: &str, text: &Text) -> Option<Facts> {
    let source = text.as_str();
    let item = yaml_items::front_matter(source, path)?;
    let mut facts = Facts::default();
    let place = Place { specifies: is_below_specifications(path), matrix: false };
    item_facts(&item, source, place, &mut facts);
    facts.document = Some(document::describe(path, "", source, Span::default()));
    Some(facts)
}

/// Whether a file lies in a folder of specifications: its name then says what it is about, not what it is.
fn is_below_specifications(path: &str) -> bool {
    const NAMES: &[&str] = &["req", "reqs", "requirement", "requirements", "specs", "specification", "specifications", "srs"];
    let of = |word: &str| NAMES.contains(&word) || vocabulary::means_requirements(word);
    path.split('/').rev().skip(1).any(|folder| words(folder).split(' ').any(of))
}

/// Whether a key or a folder is named for requirements.
fn about_requirements(name: &str) -> bool {
    words(name)
        .split(' ')
        .any(|word| word.starts_with("req") || matches!(word, "stories" | "needs" | "specs" | "specifications" | "specification"))
}

/// Words by which an item says of itself that nothing is to be tested.
fn needs_none(key: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    match key {
        // `reqtype: Information`, `object_type: heading`.
        "kind" | "type" | "category" | "reqtype" | "req type" | "requirement type" | "item type" | "object type" => {
            const READ: &[&str] = &[
                "comment",
                "definition",
                "explanation",
                "group",
                "heading",
                "headline",
                "info",
                "information",
                "informational",
                "informative",
                "note",
                "process",
                "section",
            ];
            READ.contains(&value.as_str())
        }
        "testable" | "verifiable" | "normative" => matches!(value.as_str(), "false" | "no"),
        "verification" | "verification method" | "method" => {
            matches!(value.as_str(), "none" | "n/a" | "not applicable" | "not required")
        }
        _ => false,
    }
}

/// What the place of an item says about it.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The document or its folder is one of specifications.
    specifies: bool,
    /// The document is a matrix: what lists no tests there has a row all the same.
    matrix: bool,
}

fn item_facts(item: &Item, source: &str, place: Place, facts: &mut Facts) {
    let fields = Fields::of(item);
    let field = |names: &[&str]| fields.first(names);
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
    let under = item.under.iter().any(|key| about_requirements(key));
    let others = item.under.iter().any(|key| {
        matches!(words(key).as_str(), "cases" | "tests" | "test cases" | "risks" | "hazards" | "steps" | "rules" | "jobs")
    });
    if vocabulary::is_foreign(&id.text)
        || others
        || identifier::leading(&id.text, true).is_none_or(|(_, end)| end != id.text.len())
    {
        if identifier::leading(&id.text, false).is_some() {
            facts.named.push(Mention::one(id.text.clone(), id.span));
        }
        return;
    }
    let Some(text) = text else {
        // What only lists its tests is a row, where its place or its name says that it is about a requirement.
        let about = under || place.matrix || vocabulary::is_requirement_word(&id.text);
        if about && id.text.contains(['-', '_', '.', '~']) {
            fields.row(item, source, place.matrix || under, facts);
        }
        return;
    };
    let numbered = identifier::leading(&id.text, false).is_some();
    let obliges = field(&["statement", "shall", "shall statement", "requirement", "requirement text", "text"])
        .is_some_and(|text| [" MUST ", " SHALL ", " shall "].iter().any(|word| text.text.contains(word)));
    let certain = under || vocabulary::is_requirement_word(&id.text) || numbered && (place.specifies || obliges);
    let status = field(&["status", "state"]);
    let standing = status.map_or(Standing::Active, |status| super::grammar::row::standing(&status.text));
    let excused = fields.stated().find(|(key, value)| needs_none(key, &value.text));
    let inactive = field(&["active"]).is_some_and(|value| value.text.eq_ignore_ascii_case("false"));
    let mentions = |names: &[&str]| {
        fields.all(names).flat_map(|value| identifier::list(&value.text, value.span.start as usize)).collect::<Vec<_>>()
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
        standing: if inactive { Standing::Retired } else { standing },
        standing_span: status.map(|status| status.span),
        method: match excused {
            Some((_, value)) => Some(Spanned { text: String::from("none"), span: value.span }),
            None => field(&["verification method", "method", "verification", "verification methods"])
                .filter(|method| method.text.len() < 80 && !tested::runs(&method.text))
                .cloned(),
        },
        method_expected: false,
        level: field(&["level", "verification level", "test level"])
            .filter(|level| !vocabulary::levels(&level.text).is_empty())
            .cloned(),
        priority: field(&["priority", "risk", "criticality", "asil", "product risk"]).cloned(),
        parents: mentions(&[
            "parent",
            "parents",
            "links",
            "links parents",
            "links parent",
            "derived from",
            "derives from",
            "traces from",
            "relations derives from",
            "implements",
            "satisfies",
            "traced to",
            "traces to",
            "refines",
        ]),
        children: mentions(&["requirements", "children", "child requirements", "refined by"])
            .into_iter()
            .chain(item.members.iter().map(|member| Mention::one(member.text.as_str(), member.span)))
            .collect(),
        criteria: Vec::new(),
    });
    fields.row(item, source, place.matrix, facts);
}

/// Whether a key or the name of a file says that the items below are test cases.
fn names_cases(name: &str) -> bool {
    words(name).split(' ').any(|word| {
        matches!(
            word,
            "case" | "cases" | "test" | "tests" | "verification" | "verifications" | "validations" | "testcases" | "svcs"
        )
    })
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A test case that lists the requirements which it verifies is no requirement: it is a row that cites the case.
fn case(item: &Item, facts: &mut Facts) -> bool {
    const LINKS: &[&str] = &[
        "requirement ids",
        "requirement id",
        "requirements",
        "requirement",
        "req ids",
        "reqs",
        "verifies",
        "validates",
        "covers",
    ];
    let linked =
        item.fields.iter().filter(|(key, _)| LINKS.contains(&tested::spelled(key).as_str())).flat_map(|(_, values)| values);
    let mut ids = Mentions::new();
    for value in linked {
        let whole = |id: &str| identifier::leading(id, true).is_some_and(|(_, end)| end == id.len());
        // Prose below such a key is the text of a requirement.
        if !value.text.split([',', ';']).map(str::trim).all(whole) {
            return false;
        }
        ids.extend(identifier::list(&value.text, value.span.start as usize));
    }
    if ids.is_empty() || item.id.text.is_empty() {
        return false;
    }
    facts.named.push(Mention::one(item.id.text.as_str(), item.id.span));
    let target = Target::CaseId(item.id.text.clone());
    let citation = Citation::new(item.id.span, target);
    add_row(item, Layout::Inverted, (ids, vec![citation], vec![item.id.clone()]), facts);
    true
}

/// An item of Doorstop in a folder of tests: what it links to is what it verifies, and its reference names the test.
fn linked(item: &Item, facts: &mut Facts) -> bool {
    let values = |name: &'static str| item.fields.iter().filter(move |(key, _)| key == name).flat_map(|(_, values)| values);
    let ids: Mentions = values("links").flat_map(|value| identifier::list(&value.text, value.span.start as usize)).collect();
    let keeps = ["active", "normative", "level"].iter().all(|key| values(key).next().is_some());
    if !keeps || ids.is_empty() || item.id.text.is_empty() {
        return false;
    }
    facts.named.push(Mention::one(item.id.text.as_str(), item.id.span));
    let mut citations = vec![Citation::new(item.id.span, Target::CaseId(item.id.text.clone()))];
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let tests = values("ref").filter(|value| is_name(&value.text)).map(|value| {
        let name = TestName { name: value.text.clone(), ..TestName::default() };
        Citation { tentative: true, ..Citation::new(value.span, Target::Test(name)) }
    });
    citations.extend(tests);
    add_row(item, Layout::Inverted, (ids, citations, vec![item.id.clone()]), facts);
    true
}

/// A scenario in a folder of tests, of which a program of the project runs the steps: it says what it verifies.
fn scenario(item: &Item, source: &str, facts: &mut Facts) -> bool {
    const CLAIMS: &[&str] = &["verifies", "validates", "covers", "requirements", "traces"];
    const RUNS: &[&str] =
        &["steps:", "setup:", "actions:", "verdicts:", "expect:", "expected:", "assertions:", "scenario:", "when:"];
    let runs = || source.lines().any(|line| RUNS.iter().any(|key| line.starts_with(key)));
    if !item.under.is_empty() || item.id.text.is_empty() || !runs() {
        return false;
    }
    let claims = item.fields.iter().filter(|(key, _)| CLAIMS.contains(&key.as_str())).flat_map(|(_, values)| values);
    let ids: Mentions = claims.flat_map(|value| identifier::list(&value.text, value.span.start as usize)).collect();
    if ids.is_empty() {
        return false;
    }
    facts.named.push(Mention::one(item.id.text.as_str(), item.id.span));
    let citation = Citation::new(item.id.span, Target::CaseId(item.id.text.clone()));
    add_row(item, Layout::Inverted, (ids, vec![citation], vec![item.id.clone()]), facts);
    if let Some(row) = facts.rows.last_mut().filter(|_| !vocabulary::levels(&item.id.text).is_empty()) {
        row.level = Some(item.id.clone());
    }
    true
}

/// Whether a file lies in a folder of tests.
fn is_below_tests(path: &str) -> bool {
    path.split('/').rev().skip(1).any(|folder| matches!(folder.to_ascii_lowercase().as_str(), "test" | "tests"))
}

/// Adds a row in a table of its own.
fn add_row(item: &Item, layout: Layout, (ids, citations, cited): (Mentions, Vec<Citation>, Vec<Spanned>), facts: &mut Facts) {
    let table = u32::try_from(facts.tables.len()).unwrap_or(u32::MAX);
    facts.tables.push(Table { header: item.id.span, layout, has_tests: true, has_status: false, heading: String::new() });
    facts.rows.push(Row {
        code: SmallVec::new(),
        table,
        span: item.block,
        ids,
        related: Mentions::new(),
        title: None,
        citations,
        cited,
        status: None,
        method: None,
        level: None,
        notes: Vec::new(),
        retired: false,
    });
}
