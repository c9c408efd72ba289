//! What was found, as lists: requirements, tests, records, files, checks.

use super::json::{self, write_pretty};
use super::visible;
use crate::check::CHECKS;
use crate::explain;
use crate::link::graph::{Graph, Input};
use crate::link::records::{Former, Record, RecordId, Told};
use crate::model::Role;
use crate::model::test_case::{Kind, State};
use crate::source::Place;
use crate::verdict::role_name;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// A list for people and for programs.
#[derive(Debug)]
pub struct List {
    /// Names of the columns.
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
    /// What stands below the table.
    notes: Vec<String>,
    value: Value,
}

impl List {
    /// Writes the list as a table or as JSON.
    pub fn write(&self, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
        if as_json {
            return write_pretty(&self.value, out);
        }
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| visible::short(cell, 100)).collect()).collect();
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(String::as_str).chain(self.columns.get(at).copied());
            cells.map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let head: Vec<String> = self.columns.iter().map(|name| (*name).to_owned()).collect();
        for row in std::iter::once(&head).chain(&rows) {
            writeln!(out, "{}", padded(row, &widths).trim_end())?;
        }
        for note in &self.notes {
            writeln!(out, "{}", visible::line(note))?;
        }
        Ok(())
    }
}

fn padded(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        let missing = width.saturating_sub(unicode_width::UnicodeWidthStr::width(cell.as_str()));
        line.push_str(&" ".repeat(missing + 2));
    }
    line
}

fn value(key: &str, items: impl Serialize) -> Value {
    json!({"schema": json::SCHEMA, "tool": json::TOOL, key: items})
}

/// All requirements.
pub fn requirements(graph: &Graph) -> List {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for one in &graph.requirements {
        let input = graph.input(one.place.file);
        let (line, _) = input.text.position(one.place.span.start);
        let namespace = graph.namespace(one);
        let cells = [&one.id, namespace, &one.title, one.rung.name()].map(str::to_owned);
        rows.push(cells.into_iter().chain([format!("{}:{line}", input.path)]).collect());
        let rung = one.rung.name();
        items.push(
            json!({"id": one.id.as_str(), "namespace": namespace, "title": one.title, "rung": rung, "path": input.path, "line": line}),
        );
    }
    let notes = vec![visible::count(rows.len(), "requirement")];
    List { columns: &["ID", "NAMESPACE", "TITLE", "RUNG", "PLACE"], rows, notes, value: value("requirements", items) }
}

/// All tests; fixtures, helpers and classes are left out.
pub fn tests(graph: &Graph) -> List {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for (id, node) in graph.tests() {
        let test = graph.test(id);
        if test.kind != Kind::Test {
            continue;
        }
        let input = graph.input(node.fact.file);
        let (line, _) = input.text.position(test.span.start);
        let (name, state, verifies) = (test.qualified(), state_name(test.state), node.verifies.len());
        rows.push(vec![name.clone(), state.to_owned(), verifies.to_string(), format!("{}:{line}", input.path)]);
        let outcome = node.outcome.map(|outcome| outcome.name());
        items.push(
            json!({"name": name, "state": state, "path": input.path, "line": line, "requirements": verifies, "outcome": outcome}),
        );
    }
    let notes = vec![visible::count(rows.len(), "test")];
    List { columns: &["TEST", "STATE", "REQUIREMENTS", "PLACE"], rows, notes, value: value("tests", items) }
}

/// The word for whether a runner would execute a test.
pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Skipped => "skipped",
        State::Conditional => "conditional",
        State::ExpectedFailure => "expected-failure",
        State::Ignored => "ignored",
    }
}

/// Why a file could not be read, or why what a document seems to define does not count.
pub(super) fn dropped(input: &Input) -> String {
    if let Some(problem) = input.facts.problems.iter().find(|problem| problem.whole_file) {
        return problem.reason.clone();
    }
    if input.facts.document.as_ref().is_some_and(|document| document.replaced) {
        return String::from("another matrix has its rows, and is newer or more complete");
    }
    if input.facts.document.as_ref().is_some_and(|document| document.ended) {
        return String::from("it says itself that it is no longer in force");
    }
    match (input.role, input.facts.definitions.len()) {
        (Some(Role::Document), count) if count > 0 => {
            format!("{}, and nothing calls them requirements", visible::count(count, "possible identifier"))
        }
        _ => String::new(),
    }
}

/// All files that were read, and those that were passed over with the reason.
pub fn files(graph: &Graph, passed_over: &[(String, String)]) -> List {
    let silent = graph.inputs.iter().filter(|input| json::records(&input.facts) == 0).count();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for input in &graph.inputs {
        rows.push(vec![
            input.path.clone(),
            role_name(input.role).to_owned(),
            input.reader.to_owned(),
            json::records(&input.facts).to_string(),
            dropped(input),
        ]);
    }
    for (path, reason) in passed_over {
        rows.push(vec![path.clone(), "passed over".to_owned(), "-".to_owned(), "-".to_owned(), reason.clone()]);
    }
    let files: Vec<_> = graph.inputs.iter().map(json::file).collect();
    let over: Vec<_> = passed_over.iter().map(|(path, reason)| json!({"path": path, "reason": reason})).collect();
    let notes = vec![format!(
        "{} read, {} of them without a requirement, row, action, test, marker or result; {} passed over",
        visible::count(graph.inputs.len(), "file"),
        silent,
        passed_over.len()
    )];
    let mut value = value("files", files);
    if let Some(object) = value.as_object_mut() {
        object.insert("passed_over".to_owned(), Value::Array(over));
    }
    List { columns: &["PATH", "ROLE", "READER", "ITEMS", "REASON"], rows, notes, value }
}

/// All controlled records, with what tells their status and version.
pub fn records(graph: &Graph) -> List {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for (_, one) in graph.records().iter() {
        let told = |told: &Option<Told>| told.as_ref().map_or(("-".to_owned(), "-"), |told| (told.text.clone(), told.by.name()));
        let ((status, status_by), (version, version_by)) = (told(&one.status), told(&one.version));
        let by = match (status_by, version_by) {
            ("-", by) | (by, "-") => by.to_owned(),
            (one, other) if one == other => one.to_owned(),
            (one, other) => format!("{one}, {other}"),
        };
        let parent = one.parent.map_or("-", |parent| graph.records().record(parent).id.as_str());
        let path = one.told_in().map_or("-", |file| graph.path(file));
        let cells = [&one.id, one.class.name(), &status, one.state.name(), &version, &by, parent, path];
        rows.push(cells.map(str::to_owned).to_vec());
        items.push(record(graph, one));
    }
    let notes = vec![visible::count(rows.len(), "record")];
    let columns = &["ID", "TYPE", "STATUS", "STATE", "VERSION", "TOLD BY", "PARENT", "PLACE"];
    List { columns, rows, notes, value: value("records", items) }
}

fn record(graph: &Graph, one: &Record) -> Value {
    let line = |place: Place| graph.input(place.file).text.position(place.span.start).0;
    let told = |told: &Option<Told>| {
        let told = told.as_ref()?;
        Some(json!({"text": told.text, "by": told.by.name(), "path": graph.path(told.place.file), "line": line(told.place)}))
    };
    let name = |id: RecordId| graph.records().record(id).id.as_str();
    let parent = one.parent.map(|parent| json!({"id": name(parent), "told": told(&one.parent_told)}));
    let children: Vec<&str> = one.children.iter().map(|child| name(*child)).collect();
    let former = |former: &Former| json!({"version": former.version, "path": graph.path(former.file)});
    let former: Vec<Value> = one.former.iter().map(former).collect();
    json!({
        "id": one.id,
        "type": one.class.name(),
        "title": one.title,
        "path": one.told_in().map(|file| graph.path(file)),
        "draft": one.draft.map(|file| graph.path(file)),
        "state": one.state.name(),
        "status": told(&one.status),
        "version": told(&one.version),
        "parent": parent,
        "children": children,
        "former": former,
        "events": one.events.len(),
    })
}

/// All checks.
pub fn checks() -> List {
    let row = |check: &crate::check::Check| {
        vec![check.code.to_owned(), check.name.to_owned(), check.severity.name().to_owned(), explain::summary(check)]
    };
    let item = |check: &crate::check::Check| json!({"code": check.code, "name": check.name, "severity": check.severity.name(), "summary": explain::summary(check)});
    let items: Vec<_> = CHECKS.iter().map(item).collect();
    List {
        columns: &["CODE", "NAME", "SEVERITY", "WHAT"],
        rows: CHECKS.iter().map(row).collect(),
        notes: Vec::new(),
        value: value("checks", items),
    }
}
