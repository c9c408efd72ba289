//! The database of coverage.py, `.coverage`: lines that ran, or ways from one line to another, by file and context.
//!
//! It tells nothing of lines that did not run. SQLite reads it from memory; as the bytes may be anybody's, nothing but plain
//! tables is looked at, and never more rows than there are bytes.

use super::AGAIN;
use super::builder::Builder;
use crate::model::Facts;
use crate::source::Span;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB, Row};
use rustc_hash::FxHashMap;

/// The version of the tables that is known: coverage.py 5 and later write it.
const VERSION: i64 = 7;

/// Reads a database.
pub(super) fn read(bytes: &[u8]) -> Facts {
    let mut builder = Builder::only_ran();
    if let Err(reason) = Tables::open(bytes).and_then(|mut tables| tables.load(&mut builder)) {
        builder.problem(Span::default(), true, reason, AGAIN);
    }
    builder.finish()
}

/// A database, and how many rows it may have.
struct Tables {
    db: Connection,
    left: usize,
}

/// Positions in the facts by the numbers of the database.
type Known = FxHashMap<i64, u32>;

impl Tables {
    fn open(bytes: &[u8]) -> Result<Self, String> {
        let open = || -> rusqlite::Result<(Connection, i64)> {
            let mut db = Connection::open_in_memory()?;
            db.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), true)?;
            db.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(bytes.len()).unwrap_or(i32::MAX))?;
            db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
            // Views and virtual tables would be programs.
            let others = "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL AND sql NOT LIKE 'CREATE TABLE %'";
            let others: i64 = db.query_row(others, [], |row| row.get(0))?;
            Ok((db, others))
        };
        let (db, others) = open().map_err(damaged)?;
        match others {
            0 => Ok(Self { db, left: bytes.len() }),
            _ => Err(String::from("it is no database of coverage.py: it holds more than tables")),
        }
    }

    fn load(&mut self, builder: &mut Builder) -> Result<(), String> {
        let mut version = None;
        self.each("SELECT version FROM coverage_schema", |row| {
            version = Some(row.get(0)?);
            Ok(true)
        })?;
        match version {
            Some(VERSION) => {}
            Some(other) => return Err(format!("version {other} of the database of coverage.py is not known")),
            None => return Err(String::from("the database does not say which version of its tables it has")),
        }
        let (mut files, mut contexts) = (Known::default(), Known::default());
        self.each("SELECT id, path FROM file", |row| {
            files.insert(row.get(0)?, builder.file(row.get_ref(1)?.as_str()?, Span::default()));
            Ok(true)
        })?;
        self.each("SELECT id, context FROM context", |row| {
            contexts.insert(row.get(0)?, builder.context(row.get_ref(1)?.as_str()?));
            Ok(true)
        })?;
        let of = |row: &Row<'_>| -> rusqlite::Result<Option<(u32, u32)>> {
            Ok(files.get(&row.get(0)?).copied().zip(contexts.get(&row.get(1)?).copied()))
        };
        self.each("SELECT file_id, context_id, numbits FROM line_bits", |row| {
            let Some((file, context)) = of(row)? else { return Ok(false) };
            let bytes = row.get_ref(2)?.as_blob()?;
            let lines = (0i64..)
                .zip(bytes)
                .flat_map(|(at, byte)| (0..8).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| at * 8 + bit));
            lines.for_each(|line| ran(builder, file, context, line));
            Ok(true)
        })?;
        self.each("SELECT file_id, context_id, fromno, tono FROM arc", |row| {
            let Some((file, context)) = of(row)? else { return Ok(false) };
            // Negative numbers enter and leave what begins there.
            for line in [row.get(2)?, row.get(3)?].into_iter().filter(|line| *line > 0) {
                ran(builder, file, context, line);
            }
            Ok(true)
        })
    }

    /// Hands over all rows of a query; `false` is said of a row that speaks of a file or context that is not there.
    fn each(&mut self, sql: &str, mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<bool>) -> Result<(), String> {
        let mut query = self.db.prepare(sql).map_err(damaged)?;
        let mut rows = query.query([]).map_err(damaged)?;
        while let Some(row) = rows.next().map_err(damaged)? {
            let Some(left) = self.left.checked_sub(1) else {
                return Err(String::from("the database is damaged: it has more rows than bytes"));
            };
            self.left = left;
            if !take(row).map_err(damaged)? {
                return Err(String::from("the database is damaged: a row speaks of a file or a context that is not there"));
            }
        }
        Ok(())
    }
}

fn ran(builder: &mut Builder, file: u32, context: u32, line: i64) {
    if let Some(line) = builder.line(file, Some(line), || line.to_string()) {
        builder.add(file, line, true);
        builder.ran(file, context, line);
    }
}

fn damaged(error: impl Into<rusqlite::Error>) -> String {
    format!("the database is damaged: {}", error.into())
}
