//! A matrix made of what is known: a row for each requirement in force, with the tests that verify it and how they came out.
//!
//! It has the shape of the matrix that the tree has already, so that the document can be generated instead of typed. A status
//! that claims a pass is written only where the requirement is verified, and evidence that is no test is kept as somebody
//! wrote it.

mod cells;
mod shape;

use super::markdown;
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::model::requirement::Standing;
use crate::verdict::States;
use cells::{Citing, Left};
use rustc_hash::FxHashSet;
use shape::{Holds, Shapes};
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What the document says of itself.
const NOTE: &str = "Made by tracegate of the requirements, tests and results that were read.";

/// Which links of tests count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Those of markers, of results and of rows.
    All,
    /// Those that tests and their results state themselves.
    Markers,
}

/// How a matrix is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A table of Markdown for each specification.
    Markdown,
    /// One table of comma-separated values.
    Csv,
}

/// A matrix before it is written.
#[derive(Debug)]
pub struct Matrix {
    tables: Vec<Table>,
    /// That of the matrix which the tree has.
    pub notation: Notation,
    /// What is not in it, in words.
    pub left_out: Vec<String>,
}

/// The table of one specification.
#[derive(Debug)]
struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<Text>>,
}

/// A cell: text, and whether it is a list of names that stand as code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    /// Words.
    Words(String),
    /// An identifier, with the marks that the tree puts around those of a matrix.
    Id(String, &'static str),
    /// Names and whether they stand as code, with what stands between them.
    Names(Vec<(String, bool)>, &'static str),
    /// A cell of the matrix that is there already, as its source has it.
    Raw(String),
}

/// Makes the matrix of all requirements in force.
pub fn make(graph: &Graph, states: &States, links: Links) -> Matrix {
    let mut by_space: BTreeMap<u32, Vec<ReqId>> = BTreeMap::new();
    for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
        by_space.entry(one.namespace).or_default().push(id);
    }
    let shapes = Shapes::new(graph);
    let shared = LazyCell::new(|| shared_names(graph));
    let is_shared = |name: &str| shared.contains(name);
    let mut left = Left::default();
    let mut is_csv = true;
    let table = |(space, ids): (u32, Vec<ReqId>)| {
        let shape = shapes.of(space);
        is_csv &= shape.is_csv;
        let citing = Citing { graph, links, shape: &shape, is_shared: &is_shared };
        let rows = ids.iter().flat_map(|id| rows(&citing, states, *id, &mut left));
        let rows = rows.collect();
        let title = graph.namespaces.get(space as usize).map_or_else(String::new, |space| space.name.clone());
        Table { title, columns: shape.columns.iter().map(|column| column.title.clone()).collect(), rows }
    };
    let tables: Vec<Table> = by_space.into_iter().map(table).collect();
    let notation = if is_csv && !tables.is_empty() { Notation::Csv } else { Notation::Markdown };
    Matrix { tables, notation, left_out: left.told() }
}

/// The names, with their scopes, that several tests have.
fn shared_names(graph: &Graph) -> FxHashSet<String> {
    let (mut seen, mut shared) = (FxHashSet::default(), FxHashSet::default());
    for name in graph.tests().map(|(id, _)| graph.test(id).qualified()) {
        if let Some(name) = seen.replace(name) {
            shared.insert(name);
        }
    }
    shared
}

/// The rows of a requirement: one, or one for each test where files and names of tests have columns of their own.
fn rows(citing: &Citing<'_>, states: &States, id: ReqId, left: &mut Left) -> Vec<Vec<Text>> {
    let (graph, shape) = (citing.graph, citing.shape);
    let one = graph.requirement(id);
    let evidence = citing.evidence(one, left);
    let each: Vec<Vec<&cells::Named>> = match shape.has(Holds::TestName) && shape.has(Holds::TestFile) {
        true if !evidence.is_empty() => evidence.iter().map(|named| vec![named]).collect(),
        _ => vec![evidence.iter().collect()],
    };
    let old = shape.row_of(id);
    let names = |named: &[&cells::Named], of: fn(&cells::Named) -> &String| {
        Text::Names(named.iter().map(|one| (of(one).clone(), one.is_test)).collect(), shape.between)
    };
    let cell = |column: &shape::Column, at: usize, named: &[&cells::Named]| {
        let raw = || old.and_then(|row| shape::cells(graph, row).get(at).cloned());
        match column.holds {
            Holds::Id => Text::Id(one.id.to_string(), shape.id_marks),
            Holds::Title => Text::Words(title(graph, one)),
            Holds::Tests => names(named, |one| &one.whole),
            Holds::TestFile => names(named, |one| &one.file),
            Holds::TestName => names(named, |one| &one.name),
            Holds::Status => {
                // What passes elsewhere is no pass of a row that names no test.
                let status = cells::status(graph, states, id);
                let hollow = status == "PASS" && !named.iter().any(|one| one.is_test);
                Text::Words(shape.status(if hollow { "" } else { status }).to_owned())
            }
            Holds::Method => raw().map_or_else(|| Text::Words(cells::method(graph, one, !named.is_empty())), Text::Raw),
            Holds::Level => Text::Words(cells::levels(one)),
            Holds::Code => raw().map_or_else(|| code(graph, one), Text::Raw),
            Holds::Other => raw().map_or_else(|| Text::Words(String::new()), Text::Raw),
        }
    };
    let row = |named: Vec<&cells::Named>| shape.columns.iter().enumerate().map(|(at, column)| cell(column, at, &named)).collect();
    each.into_iter().map(row).collect()
}

fn code(graph: &Graph, one: &Requirement) -> Text {
    Text::Names(cells::code(graph, one).into_iter().map(|path| (path, true)).collect(), ", ")
}

/// The title, or else the text of a requirement that has none.
fn title(graph: &Graph, one: &Requirement) -> String {
    if !one.title.is_empty() {
        return one.title.clone();
    }
    let text = graph
        .definition(one)
        .zip(one.definition)
        .map_or("", |(definition, fact)| graph.text(crate::source::Place::new(fact.file, definition.text)));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a matrix.
pub fn write(matrix: &Matrix, notation: Notation, out: &mut dyn Write) -> io::Result<()> {
    match notation {
        Notation::Markdown => write_markdown(matrix, out),
        Notation::Csv => write_csv(matrix, out),
    }
}

fn write_markdown(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Traceability matrix\n\n{NOTE}")?;
    for table in &matrix.tables {
        writeln!(out, "\n## {}\n", markdown::text(&table.title))?;
        let titles: Vec<String> = table.columns.iter().map(|title| markdown::text(title)).collect();
        writeln!(out, "| {} |\n|{}", titles.join(" | "), "---|".repeat(titles.len()))?;
        for row in &table.rows {
            writeln!(out, "| {} |", row.iter().map(in_markdown).collect::<Vec<_>>().join(" | "))?;
        }
    }
    Ok(())
}

fn in_markdown(cell: &Text) -> String {
    match cell {
        Text::Words(words) => markdown::text(words),
        Text::Id(id, marks) if is_plain(id) => format!("{marks}{id}{marks}"),
        Text::Id(id, _) => markdown::text(id),
        Text::Names(names, between) => names.iter().map(in_list).collect::<Vec<_>>().join(between),
        // It was a cell before: it holds no bar and no end of a line.
        Text::Raw(raw) => super::visible::line(raw).into_owned(),
    }
}

fn in_list((name, is_code): &(String, bool)) -> String {
    if *is_code { markdown::code(name) } else { markdown::text(name) }
}

/// Whether an identifier is of letters, digits and signs that mean nothing to Markdown.
fn is_plain(id: &str) -> bool {
    id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | ' '))
}

fn write_csv(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = ::csv::WriterBuilder::new().flexible(true).terminator(::csv::Terminator::CRLF).from_writer(out);
    let mut head: Option<&[String]> = None;
    for table in &matrix.tables {
        if head != Some(&table.columns) {
            csv.write_record(table.columns.iter().map(|title| super::csv::defused(title).into_owned()))?;
            head = Some(&table.columns);
        }
        for row in &table.rows {
            csv.write_record(row.iter().map(in_csv))?;
        }
    }
    csv.flush()
}

fn in_csv(cell: &Text) -> String {
    let text = match cell {
        Text::Words(text) | Text::Id(text, _) | Text::Raw(text) => text.clone(),
        Text::Names(names, _) => names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
    };
    super::csv::defused(&text).into_owned()
}
