//! Requirements and matrix rows from a table whose columns are known.

mod definition;
mod examples;
mod ids;
mod waits;

use super::catalogue;
use super::columns::{self, Column};
use super::crossing;
use super::evidence;
use super::heads;
use super::names::holds_case_ids;
use super::procedure;
use super::says::{is_none, shouts_retired};
use super::{Grid, GridRow};
use crate::model::Facts;
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Layout, Row, Status, Table};
use crate::model::mention::{Mention, Mentions};
use crate::model::record::Kind;
use crate::model::requirement::{Shape, Standing};
use crate::model::vocabulary::{self, Level, words};
use crate::read::grammar::citation::{Expect, citations, cites_test_file};
use crate::read::grammar::identifier;
use crate::read::grammar::row as cells;
use crate::read::grammar::struck::is_struck;
use crate::read::markdown::inline;
use crate::source::Spanned;
pub(in crate::read) use examples::announces_example;
use examples::{illustrates, is_example, is_form};
use rustc_hash::FxHashSet;

/// Where in its document a table stands.
#[derive(Debug, Clone)]
pub struct Section<'t> {
    /// The whole text.
    pub text: &'t str,
    /// What the document calls itself.
    pub kind: Kind,
    /// The requirement that the nearest heading names.
    pub subject: Option<Mention>,
    /// The headings above, joined.
    pub heading: String,
    /// Whether the headings say that what follows is not in force.
    pub standing: Standing,
    /// The construct that a definition in this table gets.
    pub shape: Shape,
    /// Number of the table in its document.
    pub group: u32,
}

/// Reads a table into definitions and rows. A table that is neither adds nothing.
pub fn read(grid: &Grid, section: &Section<'_>, facts: &mut Facts) {
    if illustrates(&section.heading) || is_form(grid, section.text) {
        return;
    }
    if section.kind == Kind::Record && catalogue::read(grid, section.text, &section.heading, true, facts) {
        return;
    }
    if section.kind != Kind::Template {
        facts.named.extend(catalogue::described_cases(grid, section.text));
    }
    if crossing::read(grid, section, facts) || procedure::read(grid, section, facts) {
        return;
    }
    let mut columns = columns::columns(section.text, grid, section.kind == Kind::Matrix);
    if section.kind == Kind::Specification {
        columns::settle_sentences(section.text, grid, &section.heading, &mut columns);
    }
    let names = names(section.text, grid);
    let levels: Vec<Option<Level>> =
        names.iter().map(|name| vocabulary::levels(name).first().copied().or_else(|| heads::level(name))).collect();
    let view = View { grid, section, columns: &columns, names: &names, levels: &levels };
    if let Some(layout) = view.layout() {
        let table = u32::try_from(facts.tables.len()).unwrap_or(u32::MAX);
        facts.tables.push(Table {
            header: grid.header.span,
            layout,
            has_tests: view.has_tests(),
            has_status: columns.contains(&Column::Status),
            heading: section.heading.clone(),
        });
        view.rows(table, layout, &mut facts.rows);
    }
    if (!view.has_tests() || view.is_unfilled()) && !view.specifies() {
        facts.allocations.extend(view.allocations());
    }
    if let Some(certainty) = view.defines() {
        // One row a test repeats the requirement and does not define it again.
        let long = view.has_tests();
        let mut seen = FxHashSet::default();
        let rows = grid.rows.iter().filter(|row| !is_example(row, section.text));
        let rows = rows.flat_map(|row| view.definitions(row, certainty));
        // Lists that grow piece by piece are copied again and again, and these are large.
        facts.definitions.reserve(grid.rows.len());
        facts.definitions.extend(rows.filter(|one| !long || seen.insert(one.id.clone())));
    }
}

/// How high in a hierarchy of requirements a column says that it stands; 0 where it does not say.
fn height(name: &str) -> u8 {
    const HIGH: &[&str] =
        &["business", "customer", "goal", "goals", "needs", "objective", "objectives", "parent", "stakeholder", "upstream"];
    let has = |word: &str| name.split(' ').any(|part| part == word);
    match () {
        () if has("user") && (has("need") || has("requirement") || has("requirements")) => 2,
        () if HIGH.iter().any(|word| has(word)) => 2,
        () if has("system") => 1,
        () => 0,
    }
}

fn names(text: &str, grid: &Grid) -> Vec<String> {
    grid.header.cells.iter().map(|span| words(text.get(span.range()).unwrap_or(""))).collect()
}

/// As many rows tell what a column holds.
const LOOKED_AT: usize = 40;

struct View<'g> {
    grid: &'g Grid,
    section: &'g Section<'g>,
    columns: &'g [Column],
    names: &'g [String],
    /// The level of verification that the name of a column tells.
    levels: &'g [Option<Level>],
}

impl View<'_> {
    fn first(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|one| *one == column)
    }

    fn all(&self, column: Column) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, one)| **one == column).map(|(at, _)| at)
    }

    fn has_tests(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Tests | Column::TestName | Column::TestFile))
    }

    /// Whether all that its columns of tests say is that the tests are still to come.
    fn is_unfilled(&self) -> bool {
        let tests = |column: &Column| matches!(column, Column::Tests | Column::TestName | Column::TestFile);
        let columns: Vec<usize> = (0..self.columns.len()).filter(|at| self.columns.get(*at).is_some_and(tests)).collect();
        let open = |cell: &str| is_blank(cell) || cells::status(&inline::plain(cell)) == Status::Pending;
        self.grid.rows.iter().all(|row| columns.iter().all(|at| open(row.cell(self.section.text, *at))))
    }

    /// How the table claims verification, if it does.
    fn layout(&self) -> Option<Layout> {
        if matches!(self.section.kind, Kind::Template | Kind::Record | Kind::Investigation) {
            return None;
        }
        if self.specifies() {
            return None;
        }
        let claims = [Column::Method, Column::Evidence, Column::Code];
        match self.first(Column::Id) {
            Some(id) if self.lists_evidence(id) => None,
            Some(id) if self.has_tests() => {
                let inverted =
                    matches!(self.columns.first(), Some(Column::Tests | Column::TestName | Column::TestFile)) && id > 0;
                Some(if inverted { Layout::Inverted } else { Layout::Forward })
            }
            Some(id) if self.section.kind == Kind::Matrix => {
                let claiming = self.columns.iter().any(|one| claims.contains(one)) || self.all(Column::Id).nth(1).is_some();
                let named = self.names.get(id).is_some_and(|name| name.contains("req"));
                let told = self.columns.contains(&Column::Text) || named || self.is_titled(id);
                let stated = self.columns.contains(&Column::Status) && told;
                (claiming || stated).then_some(Layout::Forward)
            }
            None if self.has_tests() && self.section.subject.is_some() => Some(Layout::Detail),
            _ => None,
        }
    }

    /// Whether most cells of a column tell more than an identifier: `FR-14: Reports`.
    fn is_titled(&self, column: usize) -> bool {
        let rows = self.grid.rows.iter().take(LOOKED_AT).map(|row| row.cell(self.section.text, column).trim());
        let titled = |cell: &str| match identifier::leading(cell, false) {
            Some((_, end)) => cell.get(end..).unwrap_or("").chars().filter(|c| c.is_alphabetic()).count() > 2,
            None => false,
        };
        let (all, with) = rows.fold((0, 0), |(all, with), cell| (all + 1, with + usize::from(titled(cell))));
        with * 2 > all
    }

    fn cell(&self, row: &GridRow, column: Column) -> Option<Spanned> {
        let span = *row.cells.get(self.first(column)?)?;
        let cell = inline::spanned(self.section.text, span);
        (!is_blank(&cell.text)).then_some(cell)
    }

    fn raw(&self, row: &GridRow, at: usize) -> (&str, usize) {
        (row.cell(self.section.text, at), row.cells.get(at).map_or(0, |span| span.start as usize))
    }

    fn rows(&self, table: u32, layout: Layout, rows: &mut Vec<Row>) {
        let mut carried = Mentions::new();
        let id_columns: Vec<usize> = self.all(Column::Id).collect();
        rows.reserve(self.grid.rows.len());
        let carries = layout == Layout::Forward && id_columns.first().is_some_and(|at| self.carries(*at));
        for row in self.grid.rows.iter().filter(|row| !is_example(row, self.section.text)) {
            let mut ids = match layout {
                Layout::Detail => self.section.subject.iter().cloned().collect(),
                _ => id_columns.first().map(|at| self.ids(row, *at)).unwrap_or_default(),
            };
            let blank = id_columns.first().is_some_and(|at| row.cell(self.section.text, *at).trim().is_empty());
            if ids.is_empty() && blank && carries {
                ids.clone_from(&carried);
            }
            // A dash in front, for no user story, leaves the row to the next identifier.
            let mut others = id_columns.iter().skip(1).map(|at| self.ids(row, *at));
            if ids.is_empty() && layout == Layout::Forward && !blank {
                ids = others.find(|ids| !ids.is_empty()).unwrap_or_default();
            }
            if ids.is_empty() {
                continue;
            }
            // A row of revisions is about each of the two: the use case and the story.
            if id_columns.iter().all(|at| self.names.get(*at).is_some_and(|name| name.ends_with("revision"))) {
                ids.extend(id_columns.iter().skip(1).flat_map(|at| self.ids(row, *at)));
            }
            carried.clone_from(&ids);
            let related = id_columns.iter().skip(1).flat_map(|at| self.ids(row, *at)).collect();
            let row = self.row(row, table, layout, ids, related);
            // Below a requirement stand tables of other things too; only a matrix tells there how it is verified.
            let says_nothing = layout == Layout::Detail
                && self.section.kind != Kind::Matrix
                && row.citations.iter().all(|citation| matches!(citation.target, Target::Prose(_)));
            if !says_nothing {
                rows.push(row);
            }
        }
    }

    /// Rows that name requirements of two levels and no test allocate the one to the others: the first column to the
    /// second, unless their names say that the second is of a higher level.
    fn allocations(&self) -> Vec<(Mentions, Mentions)> {
        let mut columns = self.all(Column::Id);
        let (Some(first), Some(second)) = (columns.next(), columns.next()) else { return Vec::new() };
        // Two halves of one list stand side by side under the same names.
        if self.names.get(first) == self.names.get(second) {
            return Vec::new();
        }
        let height = |at: usize| self.names.get(at).map_or(0, |name| height(name));
        let (first, second) = if height(second) > height(first) { (second, first) } else { (first, second) };
        let pairs = self.grid.rows.iter().map(|row| (self.ids(row, first), self.ids(row, second)));
        pairs.filter(|(parents, children)| !parents.is_empty() && !children.is_empty()).collect()
    }

    fn row(&self, row: &GridRow, table: u32, layout: Layout, ids: Mentions, related: Mentions) -> Row {
        let status = self.cell(row, Column::Status).map(|cell| (cells::status(&cell.text), cell));
        let untestable = self.untestable(row).map(|span| (Status::Excluded, inline::spanned(self.section.text, span)));
        let status = untestable.or(status).or_else(|| self.planned());
        let status = self.deferred(row).filter(|_| !matches!(status, Some((Status::Retired, _)))).or(status);
        let notes: Vec<Spanned> = [Column::Notes, Column::Evidence].iter().filter_map(|column| self.cell(row, *column)).collect();
        let struck = self.first(Column::Id).is_some_and(|at| is_struck(row.cell(self.section.text, at)));
        let title = self.cell(row, Column::Text);
        let shouted = title.as_ref().is_some_and(|title| shouts_retired(&title.text));
        let retired = struck || shouted || matches!(status, Some((Status::Retired, _)));
        let (mut found, cited) = self.citations(row);
        // A row of one test case names its file beside it.
        if layout == Layout::Inverted && matches!(found.as_slice(), [Citation { target: Target::CaseId(_), .. }]) {
            found.extend(self.files(row));
        }
        if layout == Layout::Detail {
            level_from_description(&mut found, title.iter().chain(&notes));
        }
        Row {
            table,
            span: row.span,
            ids,
            related,
            title,
            citations: found,
            cited,
            status,
            method: self.cell(row, Column::Method),
            level: self.cell(row, Column::Level),
            code: self.all(Column::Code).filter_map(|at| row.cells.get(at).copied()).collect(),
            notes,
            retired,
        }
    }

    /// The citations of all test columns, and the cells themselves.
    fn citations(&self, row: &GridRow) -> (Vec<Citation>, Vec<Spanned>) {
        let mut found = Vec::new();
        // Hardly any row has more than one of these.
        let mut cited = Vec::with_capacity(1);
        for (at, column) in self.columns.iter().enumerate() {
            let expect = match column {
                Column::Tests | Column::TestFile => Expect::Anything,
                Column::TestName => Expect::Names,
                _ => continue,
            };
            let (raw, base) = self.raw(row, at);
            if let Some(span) = row.cells.get(at).filter(|_| !is_blank(raw)) {
                cited.push(inline::spanned(self.section.text, *span));
            }
            if is_blank(raw) || *column == Column::TestFile {
                continue;
            }
            let mut fresh = citations(raw, base, expect);
            if self.names.get(at).is_some_and(|name| holds_case_ids(name))
                && fresh.iter().all(|one| matches!(one.target, Target::Prose(_)))
            {
                fresh = ids::case_ids(raw, base).or_else(|| ids::bracketed_cases(raw, base)).unwrap_or(fresh);
            }
            if is_none(raw, &fresh) {
                continue;
            }
            if *column == Column::TestName {
                self.give_file(row, &mut fresh);
            }
            let level = self.levels.get(at).copied().flatten();
            // A scenario may as well be one that nobody automated.
            let scenario = self.names.get(at).is_some_and(|name| name.contains("scenario"));
            // `git ls-files '*.png'`: what a command is to look for need not be there.
            let command = self.names.get(at).is_some_and(|name| name.ends_with("command"));
            for citation in &mut fresh {
                citation.tentative |= command && matches!(citation.target, Target::Glob(_));
                citation.tentative |= scenario && matches!(&citation.target, Target::Test(name) if name.file.is_none());
                citation.level = citation.level.take().or_else(|| level.map(|level| level.name().to_owned()));
            }
            if found.is_empty() { found = fresh } else { found.extend(fresh) }
        }
        if found.is_empty() {
            found = self.files(row);
        }
        if !self.has_tests() {
            found.extend(self.told(row));
        }
        // In a row of more cells than the header some belong together, and none surely stands in its column.
        if self.section.shape == Shape::CsvRecord && row.cells.len() > self.grid.header.cells.len() {
            for citation in &mut found {
                citation.tentative = true;
            }
        }
        // Words, and cases that may be described nowhere.
        if !found.is_empty() && found.iter().all(|one| matches!(one.target, Target::Prose(_) | Target::CaseId(_))) {
            found.extend(self.beside(row));
        }
        // In a row of fewer cells any of them may be the one of the tests.
        if found.is_empty() && self.lacks_a_cell(row) {
            found.extend(self.shifted(row));
        }
        found.extend(self.otherwise(row));
        (found, cited)
    }

    /// What verifies beside the tests, in columns that are called after other methods.
    fn otherwise(&self, row: &GridRow) -> Vec<Citation> {
        let named = |at: &usize| self.has_tests() && self.names.get(*at).is_some_and(|name| evidence::is_of_method(name));
        let cells = self.all(Column::Evidence).filter(named).map(|at| self.raw(row, at));
        let filled = cells.filter(|(raw, _)| !is_blank(raw) && !is_none(raw, &[]));
        let found = filled.flat_map(|(raw, base)| citations(raw, base, Expect::Anything));
        found.map(|one| Citation { tentative: true, ..one }).collect()
    }

    /// Without a column of tests, what a column of evidence says is evidence described in words.
    fn told(&self, row: &GridRow) -> Vec<Citation> {
        let told = |at: &usize| self.names.get(*at).is_some_and(|name| !matches!(name.as_str(), "commit" | "pr"));
        let cells = self.all(Column::Evidence).filter(told).map(|at| (self.raw(row, at), row.cells.get(at)));
        let filled = cells.filter(|((raw, _), _)| !is_blank(raw) && !is_none(raw, &[]));
        filled.filter_map(|((raw, _), span)| Some(Citation::new(*span?, Target::Prose(inline::plain(raw))))).collect()
    }

    /// Whether a row ends too early and a sign of its status stands where the tests should.
    fn lacks_a_cell(&self, row: &GridRow) -> bool {
        let is_sign = |at: usize| {
            let cell = row.cell(self.section.text, at).trim();
            !cell.is_empty() && is_blank(cell) && !matches!(cells::status(cell), Status::Other | Status::Excluded)
        };
        let last = self.grid.header.cells.len().saturating_sub(1);
        let ends = row.cell(self.section.text, last).trim().is_empty();
        ends && self.columns.last() == Some(&Column::Status) && self.all(Column::Tests).any(is_sign)
    }

    /// What the cells of a row say that lacks one: the last is the status, and the tests may stand in any other.
    fn shifted(&self, row: &GridRow) -> Vec<Citation> {
        let first = self.first(Column::Id).unwrap_or(0);
        let cells = (first + 1..row.cells.len()).map(|at| (self.raw(row, at), row.cells.get(at)));
        let filled = cells.filter(|((raw, _), _)| !is_blank(raw) && !is_none(raw, &[]));
        let found = filled.flat_map(|((raw, base), span)| {
            let found = citations(raw, base, Expect::Anything);
            let words =
                found.is_empty().then(|| span.map(|span| Citation::new(*span, Target::Prose(inline::plain(raw))))).flatten();
            found.into_iter().chain(words)
        });
        found.map(|one| Citation { tentative: true, ..one }).collect()
    }

    /// Where the column of tests holds prose only, test files may stand in the columns beside it.
    fn beside(&self, row: &GridRow) -> Vec<Citation> {
        let columns = [Column::Evidence, Column::Code];
        let places = columns.iter().flat_map(|column| self.all(*column));
        let found = places.flat_map(|at| {
            let (raw, base) = self.raw(row, at);
            if is_blank(raw) { Vec::new() } else { citations(raw, base, Expect::Anything) }
        });
        let tests = found.filter(|one| cites_test_file(&one.target));
        tests.map(|one| Citation { tentative: true, ..one }).collect()
    }

    /// Names of a two-column citation stand in the file of the column beside them.
    fn give_file(&self, row: &GridRow, citations: &mut [Citation]) {
        let files = self.files(row);
        let [Citation { target: Target::File { path, .. }, .. }] = files.as_slice() else { return };
        for citation in citations {
            if let Target::Test(name) = &mut citation.target
                && name.file.is_none()
            {
                name.file = Some(path.clone());
            }
        }
    }

    fn files(&self, row: &GridRow) -> Vec<Citation> {
        let Some(at) = self.first(Column::TestFile) else { return Vec::new() };
        let (raw, base) = self.raw(row, at);
        if is_blank(raw) { Vec::new() } else { citations(raw, base, Expect::Anything) }
    }
}

/// A description beside a single citation may name its level.
fn level_from_description<'s>(citations: &mut [Citation], notes: impl Iterator<Item = &'s Spanned>) {
    let level = notes.flat_map(|note| vocabulary::levels(&note.text)).next();
    if let ([only], Some(level)) = (citations, level) {
        only.level = only.level.take().or_else(|| Some(level.name().to_owned()));
    }
}

fn is_blank(cell: &str) -> bool {
    !cell.chars().any(|c| c.is_alphanumeric() || c == '*')
}
