//! The database of coverage.py.

use super::linked::{OVEN, RUN, execution, tree_of};
use crate::checks::support::rendered;
use rusqlite::{Connection, MAIN_DB, params};
use tracegate::link::executed::{Execution, Unknown};
use tracegate::read::coverage;

const TABLES: &str = "CREATE TABLE coverage_schema (version integer); INSERT INTO coverage_schema VALUES (7);
    CREATE TABLE meta (key text, value text, unique (key));
    CREATE TABLE file (id integer primary key, path text, unique (path));
    CREATE TABLE context (id integer primary key, context text, unique (context));
    CREATE TABLE line_bits (file_id integer, context_id integer, numbits blob, unique (file_id, context_id));
    CREATE TABLE arc (file_id integer, context_id integer, fromno integer, tono integer);";

const CONFIGURATION: (&str, &[u8]) = ("tracegate.toml", b"[tests]\ncoverage = [\"data/.coverage\"]\n");

/// What ran of the oven: under load time its heads, under each context these lines, as sets of bits or as ways.
fn database(contexts: &[(&str, &[u32])], ways: bool, more: &str) -> Vec<u8> {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLES).unwrap();
    db.execute("INSERT INTO file VALUES (1, '/ci/job/kiln/oven.py')", []).unwrap();
    for (id, (context, lines)) in (1..).zip([("", &[1, 4, 8][..])].iter().chain(contexts)) {
        db.execute("INSERT INTO context VALUES (?1, ?2)", params![id, context]).unwrap();
        if ways {
            let all = std::iter::once(-1).chain(lines.iter().map(|line| i64::from(*line))).chain([-1]).collect::<Vec<i64>>();
            for pair in all.windows(2) {
                db.execute("INSERT INTO arc VALUES (1, ?1, ?2, ?3)", params![id, pair[0], pair[1]]).unwrap();
            }
        } else {
            let mut bits = [0u8; 2];
            lines.iter().for_each(|line| bits[*line as usize / 8] |= 1 << (line % 8));
            db.execute("INSERT INTO line_bits VALUES (1, ?1, ?2)", params![id, bits]).unwrap();
        }
    }
    db.execute_batch(more).unwrap();
    db.serialize(MAIN_DB).unwrap().to_vec()
}

fn of(bytes: &[u8]) -> tracegate::analysis::Analysis {
    tree_of(&[CONFIGURATION, ("data/.coverage", bytes)])
}

#[test]
fn lines_and_ways_lead_to_what_ran() {
    let other = "tests/test_oven.py::test_other|run";
    for ways in [false, true] {
        let runs = of(&database(&[(RUN, &[10, 11])], ways, ""));
        assert_eq!(execution(&runs), Execution::Runs, "ways: {ways}");
        let read = &runs.graph.inputs.iter().find(|input| input.path == "data/.coverage").unwrap();
        let covered = &read.facts.coverage.as_ref().unwrap().files[0];
        assert_eq!((covered.executed.as_slice(), covered.missing.len(), covered.only_ran), (&[1, 4, 8, 10, 11][..], 0, true));
        for heats in [&[(RUN, &[5][..]), (other, &[10, 11])][..], &[(RUN, &[5])]] {
            let hollow = of(&database(heats, ways, ""));
            assert_eq!(execution(&hollow), Execution::Hollow, "ways: {ways}");
            assert!(rendered(&hollow, "S02").contains("runs none of `kiln/oven.py:heat`"), "{}", rendered(&hollow, "S02"));
        }
        let all = of(&database(&[], ways, ""));
        assert_eq!(execution(&all), Execution::NotAssessed(Unknown::NotPerTest), "no context is a test");
    }
    assert!(OVEN.lines().count() == 11);
}

#[test]
fn what_is_no_database_of_coverage_is_told_and_not_counted() {
    let good = database(&[(RUN, &[10, 11])], true, "");
    let cases: &[(Vec<u8>, &str)] = &[
        (b"SQLite format 3\0\x01".to_vec(), "the database is damaged"),
        (good[..good.len() / 2].to_vec(), "the database is damaged"),
        (
            database(&[], true, "UPDATE coverage_schema SET version = 99"),
            "version 99 of the database of coverage.py is not known",
        ),
        (database(&[], true, "DELETE FROM coverage_schema"), "does not say which version"),
        (database(&[], true, "DROP TABLE arc"), "no such table: arc"),
        (
            database(
                &[],
                true,
                "DROP TABLE arc; CREATE VIEW arc AS WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a FROM n) SELECT a, a, a, a FROM n",
            ),
            "it holds more than tables",
        ),
        (database(&[], true, "INSERT INTO arc VALUES (9, 1, 1, 2)"), "a file or a context that is not there"),
        (database(&[], true, "INSERT INTO arc VALUES (1, 1, 1, 'ten')"), "the database is damaged"),
        (database(&[], true, "INSERT INTO arc VALUES (1, 1, 1, 9000000000)"), "`9000000000` is no line of"),
        (database(&[], true, "INSERT INTO line_bits VALUES (1, 1, 'text')"), "the database is damaged"),
        (database(&[], true, "DELETE FROM arc"), "names no line of any source"),
    ];
    for (bytes, reason) in cases {
        let told = rendered(&of(bytes), "Q04");
        assert!(told.contains(reason), "{reason}: {told}");
        assert!(matches!(execution(&of(bytes)), Execution::NotAssessed(Unknown::NoCoverage)), "{reason}");
    }
}

#[test]
fn damaged_bytes_neither_panic_nor_take_long() {
    let good = database(&[(RUN, &[10, 11]), ("tests/test_oven.py::test_other|run", &[5, 10])], true, "");
    let start = std::time::Instant::now();
    for at in (0..good.len()).step_by(7) {
        for with in [0, 1, 0x7f, 0xff] {
            let mut bytes = good.clone();
            bytes[at] = with;
            let facts = coverage::read_database(&bytes);
            assert!(facts.coverage.is_some() || facts.problems.iter().any(|problem| problem.whole_file), "byte {at} = {with}");
        }
    }
    assert!(start.elapsed().as_secs() < 60);
}
