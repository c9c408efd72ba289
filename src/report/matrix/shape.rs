//! The shape of the matrix that a tree has: its columns, their order, and how it writes identifiers and statuses.

use crate::link::graph::{Found, Graph, ReqId, RowId};
use crate::model::citation::Target;
use crate::model::matrix::{Layout, Row, Status};
use crate::source::{FileId, Place, Span};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Rows by which the meaning of columns is told.
const SAMPLE: usize = 200;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Holds {
    Id,
    Title,
    Tests,
    TestFile,
    TestName,
    Status,
    Method,
    Level,
    Code,
    Other,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) holds: Holds,
}

/// The shape of the matrix of one specification.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) columns: Vec<Column>,
    /// What stands around an identifier: nothing, a mark of code, or stars.
    pub(super) id_marks: &'static str,
    /// What stands between two tests.
    pub(super) between: &'static str,
    pub(super) is_csv: bool,
    /// The words of the statuses.
    words: BTreeMap<&'static str, String>,
    /// The row of each requirement, where it has one of its own.
    rows: FxHashMap<ReqId, RowId>,
}

/// What is written where a tree has no matrix.
const DEFAULT: &[(&str, Holds)] =
    &[("Requirement ID", Holds::Id), ("Requirement", Holds::Title), ("Tests", Holds::Tests), ("Status", Holds::Status)];

/// The shapes of the matrices of all specifications.
pub(super) struct Shapes<'g> {
    graph: &'g Graph,
    /// The rows of each table, by specification, file and number of the table.
    tables: BTreeMap<(u32, FileId, u32), Vec<RowId>>,
}

impl<'g> Shapes<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let mut tables: BTreeMap<(u32, FileId, u32), Vec<RowId>> = BTreeMap::new();
        for (id, node) in graph.rows() {
            let table = graph.table(node);
            let is_told = matches!(graph.input(node.fact.file).reader, "markdown" | "csv");
            if !is_told || table.layout != Layout::Forward || !table.has_tests {
                continue;
            }
            let mut spaces: Vec<u32> = node.targets.iter().filter_map(|target| known_space(graph, &target.found)).collect();
            spaces.sort_unstable();
            spaces.dedup();
            for space in spaces {
                tables.entry((space, node.fact.file, graph.row(node).table)).or_default().push(id);
            }
        }
        Self { graph, tables }
    }

    /// The shape of the largest table that speaks for a specification; of equal ones that of the first.
    pub(super) fn of(&self, space: u32) -> Shape {
        let first = (space, FileId(0), 0);
        let own = self.tables.range(first..).take_while(|((of, ..), _)| *of == space);
        let mut largest: Option<&Vec<RowId>> = None;
        for (_, rows) in own {
            if largest.is_none_or(|most| rows.len() > most.len()) {
                largest = Some(rows);
            }
        }
        largest.and_then(|rows| Shape::of_table(self.graph, rows)).unwrap_or_else(Shape::usual)
    }
}

fn known_space(graph: &Graph, found: &Found) -> Option<u32> {
    match found {
        Found::One(id) => Some(graph.requirement(*id).namespace),
        _ => None,
    }
}

impl Shape {
    fn usual() -> Self {
        let columns = DEFAULT.iter().map(|(title, holds)| Column { title: (*title).to_owned(), holds: *holds }).collect();
        let (words, rows) = (BTreeMap::new(), FxHashMap::default());
        Self { columns, id_marks: "", between: ", ", is_csv: false, words, rows }
    }

    /// The shape of a table, if it can be told.
    fn of_table(graph: &Graph, rows: &[RowId]) -> Option<Self> {
        let first = graph.row_node(*rows.first()?);
        let file = first.fact.file;
        let is_csv = graph.input(file).reader == "csv";
        let head = graph.text(Place::new(file, graph.table(first).header)).lines().next()?;
        let titles = split(head, is_csv);
        let mut votes = vec![BTreeMap::<Holds, usize>::new(); titles.len()];
        let (mut words, mut marks, mut breaks) = (Words::new(), BTreeMap::<&str, usize>::new(), 0);
        for id in rows.iter().take(SAMPLE) {
            let row = graph.row(graph.row_node(*id));
            for (holds, span) in spans(row) {
                let at = column_of(graph, *id, span, is_csv);
                if let Some(votes) = at.and_then(|at| votes.get_mut(at)) {
                    *votes.entry(holds).or_default() += 1;
                }
            }
            if let Some((status, cell)) = row.status.as_ref().filter(|(status, _)| !word(*status).is_empty()) {
                *words.entry(word(*status)).or_default().entry(cell.text.clone()).or_default() += 1;
            }
            if let Some(mention) = row.ids.first() {
                *marks.entry(around(graph, Place::new(file, mention.span))).or_default() += 1;
            }
            breaks += usize::from(row.cited.iter().any(|cell| graph.text(Place::new(file, cell.span)).contains("<br")));
        }
        let most =
            |votes: &BTreeMap<Holds, usize>| votes.iter().max_by_key(|(_, n)| **n).map_or(Holds::Other, |(holds, _)| *holds);
        let mut columns: Vec<Column> =
            titles.into_iter().zip(&votes).map(|(title, votes)| Column { title, holds: most(votes) }).collect();
        settle(&mut columns);
        let has = |holds: Holds| columns.iter().any(|column| column.holds == holds);
        if !has(Holds::Id) || !(has(Holds::Tests) || has(Holds::TestName)) {
            return None;
        }
        let id_marks = marks.into_iter().max_by_key(|(_, n)| *n).map_or("", |(marks, _)| known(marks));
        let common = |texts: BTreeMap<String, usize>| texts.into_iter().max_by_key(|(_, n)| *n).map(|(text, _)| text);
        let words = words.into_iter().filter_map(|(word, texts)| Some((word, common(texts)?))).collect();
        let between = if breaks * 2 > rows.len().min(SAMPLE) { "<br>" } else { ", " };
        Some(Self { columns, id_marks, between, is_csv, words, rows: own(graph, rows) })
    }

    pub(super) fn has(&self, holds: Holds) -> bool {
        self.columns.iter().any(|column| column.holds == holds)
    }

    /// A status in the words of the matrix.
    pub(super) fn status(&self, status: &'static str) -> &str {
        self.words.get(status).map_or(status, String::as_str)
    }

    /// The row that a requirement has in the table.
    pub(super) fn row_of(&self, id: ReqId) -> Option<RowId> {
        self.rows.get(&id).copied()
    }
}

/// Texts of statuses by what they say.
type Words = BTreeMap<&'static str, BTreeMap<String, usize>>;

/// The word for a status; texts that say something else are no model.
fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "PASS",
        Status::Fail => "FAIL",
        Status::Pending => "Pending",
        _ => "",
    }
}

fn known(marks: &str) -> &'static str {
    match marks {
        "`" => "`",
        "**" => "**",
        _ => "",
    }
}

/// What stands on both sides of an identifier.
fn around(graph: &Graph, place: Place) -> &'static str {
    let text = graph.input(place.file).text.as_str();
    let (before, after) = (text.get(..place.span.start as usize), text.get(place.span.end() as usize..));
    let has = |mark: &str| before.is_some_and(|text| text.ends_with(mark)) && after.is_some_and(|text| text.starts_with(mark));
    ["`", "**"].into_iter().find(|mark| has(mark)).unwrap_or("")
}

/// The parts of a row of which the meaning is known.
fn spans(row: &Row) -> Vec<(Holds, Span)> {
    let one = |holds: Holds, span: Option<Span>| span.map(|span| (holds, span));
    let named = [
        one(Holds::Id, row.ids.first().map(|mention| mention.span)),
        one(Holds::Title, row.title.as_ref().map(|cell| cell.span)),
        one(Holds::Status, row.status.as_ref().map(|(_, cell)| cell.span)),
        one(Holds::Method, row.method.as_ref().map(|cell| cell.span)),
        one(Holds::Level, row.level.as_ref().map(|cell| cell.span)),
    ];
    let cited = row.cited.iter().map(|cell| (Holds::Tests, cell.span));
    let code = row.code.iter().map(|span| (Holds::Code, *span));
    named.into_iter().flatten().chain(cited).chain(code).filter(|(_, span)| span.len > 0).collect()
}

/// The column in which something of a row stands.
fn column_of(graph: &Graph, row: RowId, span: Span, is_csv: bool) -> Option<usize> {
    let node = graph.row_node(row);
    let own = graph.row(node).span;
    if !own.contains(span) {
        return None;
    }
    let text = graph.text(Place::new(node.fact.file, own));
    let before = text.get(..(span.start - own.start) as usize)?;
    Some(if is_csv { csv_column(before, separator(text)) } else { bars(before) })
}

/// The number of the cell that begins behind a text: bars before it, without that at the start of the line.
fn bars(before: &str) -> usize {
    let before = before.trim_start();
    let mut escaped = false;
    let mut count = 0;
    for c in before.strip_prefix('|').unwrap_or(before).chars() {
        count += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    count
}

/// The same for separated values: separators outside of quotes.
fn csv_column(before: &str, separator: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for c in before.chars() {
        quoted ^= c == '"';
        count += usize::from(c == separator && !quoted);
    }
    count
}

fn separator(line: &str) -> char {
    [',', ';', '\t'].into_iter().find(|sign| line.contains(*sign)).unwrap_or(',')
}

/// Two columns of tests: the one that speaks of files holds these, and the other their names.
fn settle(columns: &mut [Column]) {
    let tests: Vec<usize> = columns.iter().enumerate().filter(|(_, one)| one.holds == Holds::Tests).map(|(at, _)| at).collect();
    let is_file = |column: &Column| {
        let title = column.title.to_lowercase();
        ["file", "module", "suite", "path"].iter().any(|word| title.contains(word))
    };
    if let [one, two] = tests.as_slice()
        && let (Some(first), Some(second)) = (columns.get(*one).map(is_file), columns.get(*two).map(is_file))
        && first != second
    {
        for (at, is_file) in [(*one, first), (*two, second)] {
            if let Some(column) = columns.get_mut(at) {
                column.holds = if is_file { Holds::TestFile } else { Holds::TestName };
            }
        }
        return;
    }
    // Of several that hold the same the first is filled.
    let mut seen: Vec<Holds> = Vec::new();
    for column in columns {
        if column.holds != Holds::Other && seen.contains(&column.holds) {
            column.holds = Holds::Other;
        }
        seen.push(column.holds);
    }
}

/// The rows that speak for one requirement alone.
fn own(graph: &Graph, rows: &[RowId]) -> FxHashMap<ReqId, RowId> {
    let mut own = FxHashMap::default();
    for row in rows {
        if let [target] = graph.row_node(*row).targets.as_slice()
            && let Found::One(id) = target.found
        {
            own.entry(id).or_insert(*row);
        }
    }
    own
}

/// The cells of a row as its source has them.
pub(super) fn cells(graph: &Graph, row: RowId) -> Vec<String> {
    let node = graph.row_node(row);
    let is_csv = graph.input(node.fact.file).reader == "csv";
    split(graph.text(Place::new(node.fact.file, graph.row(node).span)), is_csv)
}

/// The cells of a line.
fn split(line: &str, is_csv: bool) -> Vec<String> {
    if is_csv {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(separator(line)).unwrap_or(b','))
            .from_reader(line.as_bytes());
        let cells = reader.records().flatten().next();
        return cells.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default();
    }
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.iter_mut().last().into_iter().for_each(|cell| cell.push(c)),
        }
        escaped = c == '\\' && !escaped;
    }
    if line.ends_with('|') && !line.ends_with("\\|") {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Whether the text of a citation names a test as exactly as the citation does: a file may stand in another cell.
pub(super) fn is_exact(target: &Target, text: &str) -> bool {
    match target {
        Target::Test(name) => !name.inherited && name.file.as_ref().is_none_or(|file| text.contains(stem(file))),
        Target::CaseId(_) => true,
        _ => false,
    }
}

/// Whether the text of a citation names a file and nothing else.
pub(super) fn is_whole(target: &Target, text: &str) -> bool {
    matches!(target, Target::File { path, lines, count: None } if lines.is_empty() && text.trim() == path)
}

/// The name of a file without folders and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name)
}
