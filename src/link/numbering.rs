//! Matrices that number their rows: which of two columns of identifiers names the requirements.

use super::graph::{Input, index};
use super::lookup::Lookup;
use crate::model::matrix::Table;
use crate::model::mention::{Mention, Name};
use crate::model::vocabulary;
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// What the two columns of tables with one header name, by the number of their rows.
#[derive(Default)]
struct Columns {
    /// Rows whose first identifier a specification defines, or which looks like a requirement.
    first: usize,
    /// Rows whose further identifiers a specification defines.
    second: usize,
    rows: usize,
}

/// The tables whose rows are numbered.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    tables: FxHashSet<(FileId, u32)>,
}

impl Numbering {
    /// A specification defines the second identifiers of these tables and knows nothing of the first.
    pub(super) fn of(inputs: &[Input], lookup: &Lookup) -> Self {
        let mut tables = FxHashSet::default();
        for (at, input) in inputs.iter().enumerate() {
            if input.facts.rows.iter().all(|row| row.related.is_empty()) {
                continue;
            }
            let header = |table: &Table| vocabulary::words(input.text.slice(table.header));
            let headers: Vec<String> = input.facts.tables.iter().map(header).collect();
            let numbered = numbered(input, &headers, lookup);
            let file = FileId(index(at));
            tables.extend((0..).zip(&headers).filter(|(_, header)| numbered.contains(*header)).map(|(table, _)| (file, table)));
        }
        Self { tables }
    }

    /// Whether the first identifiers of a table only number its rows.
    pub(super) fn has(&self, file: FileId, table: u32) -> bool {
        self.tables.contains(&(file, table))
    }

    /// Puts the requirements of numbered rows in front of the numbers.
    pub(super) fn settle(&self, inputs: &mut [Input]) {
        for (at, input) in inputs.iter_mut().enumerate().filter(|_| !self.tables.is_empty()) {
            let file = FileId(index(at));
            for row in input.facts.rows.iter_mut().filter(|row| !row.related.is_empty() && self.has(file, row.table)) {
                std::mem::swap(&mut row.ids, &mut row.related);
            }
        }
    }
}

/// The headers of the tables whose first identifiers are mere numbers.
fn numbered(input: &Input, headers: &[String], lookup: &Lookup) -> FxHashSet<String> {
    let mut tables: FxHashMap<&str, Columns> = FxHashMap::default();
    for row in &input.facts.rows {
        let Some(header) = headers.get(row.table as usize) else { continue };
        let columns = tables.entry(header).or_default();
        let defined = |mention: &Mention| mention.id().is_none_or(|id| !lookup.all(id).is_empty());
        let known = |mention: &Mention| {
            let id = match &mention.name {
                Name::One(id) => id,
                Name::Range(ends) => &ends.0,
                Name::Prefix(_) => return true,
            };
            lookup.knows_family(id) || vocabulary::is_requirement_word(id)
        };
        columns.rows += 1;
        columns.first += usize::from(row.ids.iter().any(known));
        columns.second += usize::from(!row.related.is_empty() && row.related.iter().any(defined));
    }
    let mere = |columns: &Columns| columns.first * 10 <= columns.rows && columns.second * 2 >= columns.rows;
    tables.into_iter().filter(|(_, columns)| mere(columns)).map(|(header, _)| header.to_owned()).collect()
}
