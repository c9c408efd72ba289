//! The whole report in its formats, and the commands that write it.

use super::account_with;
use super::command::{command, folder, outcome, refused};
use super::formats::lamp;
use calamine::{Data, Reader, Xlsx};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use tracegate::analysis::Analysis;
use tracegate::report::sections::{Cell, sections};
use tracegate::report::{WHOLES, Writes};
use tracegate::settings::Settings;

const PUMP: &str = "examples/pump";

/// The workbook of an analysis.
pub(super) fn workbook(analysis: &Analysis) -> Vec<u8> {
    account_with(analysis, &Settings::default(), |account| {
        let mut bytes = Vec::new();
        tracegate::report::xlsx::write(account, &mut bytes).unwrap();
        bytes
    })
}

#[test]
fn a_workbook_has_the_cells_of_the_sections_and_no_formula() {
    let lamp = lamp();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&lamp))).unwrap();
    let names = book.sheet_names();
    account_with(&lamp, &Settings::default(), |account| {
        let sections = sections(account);
        assert_eq!(names.len(), sections.len() + 1, "a sheet for each, and one that lists them");
        for (section, name) in sections.iter().zip(&names[1..]) {
            let sheet = book.worksheet_range(name).unwrap();
            for (at, column) in section.about.columns.iter().enumerate() {
                assert_eq!(sheet.get((0, at)), Some(&Data::String(column.title.to_owned())), "{name}");
            }
            for (row, expected) in section.rows.iter().enumerate() {
                for (at, cell) in expected.cells.iter().enumerate() {
                    let found = sheet.get((row + 1, at)).cloned().unwrap_or(Data::Empty);
                    let fits = match cell {
                        Cell::Empty => found == Data::Empty,
                        Cell::Number(number) => found == Data::Float(*number as f64) || found == Data::Int(*number as i64),
                        cell => found == Data::String(cell.to_string()),
                    };
                    assert!(fits, "{name} {row} {at}: {found:?} is not {cell:?}");
                }
            }
            if section.rows.is_empty() {
                assert_eq!(sheet.get((1, 0)), Some(&Data::String(section.notes[0].to_string())), "{name} says why it is empty");
            }
            assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name}");
        }
    });
}

#[test]
fn csv_is_what_its_standard_says_and_defuses_formulas() {
    let mut lamp = lamp();
    let texts = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "a,\"b\"\nc", "plain"];
    let first = lamp.graph.requirements[0].clone();
    lamp.graph.requirements =
        texts.iter().map(|text| tracegate::link::graph::Requirement { title: (*text).to_owned(), ..first.clone() }).collect();
    let bytes = account_with(&lamp, &Settings::default(), |account| {
        let mut bytes = Vec::new();
        tracegate::report::csv::write(&tracegate::report::sections::section(account, "levels").unwrap(), &mut bytes).unwrap();
        bytes
    });
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.ends_with("\r\n") && text.starts_with("id,specification,title,"), "{text}");
    let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[..]);
    let titles: Vec<String> = reader.records().map(|record| record.unwrap()[2].to_owned()).collect();
    let expected = ["'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "'    =1", "'\\r=1", "'  =1", "a,\"b\"\\nc", "plain"];
    assert_eq!(titles, expected);
}

#[test]
fn a_report_that_was_written_exits_with_0_unless_asked_otherwise() {
    let folder = folder("whole");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for whole in WHOLES {
        let file = path(whole.name);
        let args = ["report", PUMP, "--format", whole.name, "--output", &file];
        let (code, out, err) = outcome(&args);
        assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""), "{}", whole.name);
        let failing = [&args[..], &["--fail-on", "error"]].concat();
        assert_eq!(outcome(&failing).0, 1, "{}", whole.name);
        let is_folder = matches!(whole.writes, Writes::Each(_));
        assert_eq!(Path::new(&file).is_dir(), is_folder, "{}", whole.name);
    }
    assert!(folder.join("csv/forward.csv").is_file() && folder.join("csv/not-checked.csv").is_file());
    let empty = path("empty");
    fs::create_dir(&empty).unwrap();
    assert!(refused(&["report", &empty, "--format", "json"]).contains("nothing"), "nothing to check is no report");
    // The same as `check` writes, and the tables of all sections.
    let json =
        |command: &str| -> serde_json::Value { serde_json::from_str(&outcome(&[command, PUMP, "--format", "json"]).1).unwrap() };
    let (mut whole, checked) = (json("report"), json("check"));
    let sections = whole.as_object_mut().unwrap().remove("sections").unwrap();
    assert_eq!(whole, checked);
    let keys: Vec<&str> = sections.as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    for key in ["identification", "forward", "backward", "results", "strength", "not-checked", "sign-off"] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
    for section in sections.as_array().unwrap() {
        let width = section["columns"].as_array().unwrap().len();
        assert!(section["rows"].as_array().unwrap().iter().all(|row| row.as_array().unwrap().len() == width));
    }
}

/// Each section of a report that was saved beside what is read is known again, and no document.
#[test]
fn no_section_is_read_again() {
    let folder = folder("again");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    fs::write(path("srs.md"), "# Requirements\n\n- REQ-A-001: The lamp shall burn.\n").unwrap();
    assert_eq!(outcome(&["report", PUMP, "--format", "csv", "--output", &path("csv")]).0, 0);
    let sections = fs::read_dir(path("csv")).unwrap().count();
    let list = outcome(&["list", "files", folder.to_str().unwrap()]).1;
    let known = |line: &&str| line.starts_with("csv/") && line.ends_with("a report of tracegate itself");
    assert!(sections > 10, "{sections}");
    assert_eq!(list.lines().filter(known).count(), sections, "{list}");
}

#[test]
fn one_section_goes_to_the_terminal_and_a_workbook_does_not() {
    let (code, out, _) = outcome(&["report", PUMP, "--format", "csv", "--section", "backward"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("test,place,level,"), "{out}");
    assert!(refused(&["report", PUMP, "--format", "xlsx"]).contains("--output report.xlsx"));
    assert!(refused(&["report", PUMP, "--format", "csv"]).contains("--section"));
    assert!(refused(&["report", PUMP, "--format", "markdown", "--section", "forward"]).contains("csv"));
    assert!(refused(&["report", PUMP, "--format", "csv", "--section", "matrix"]).contains("forward"));
}

#[test]
fn the_same_tree_gives_the_same_bytes_anywhere() {
    let root = folder("anywhere");
    for name in ["one", "two"] {
        for (path, bytes) in crate::checks::support::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(PUMP)) {
            let file = root.join(name).join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
    let made = |name: &str, threads: &str, zone: &str, args: &[&str]| {
        let file = root.join(format!("{name}.out"));
        let mut command = command(args);
        command.current_dir(root.join(name)).env("TZ", zone).env_remove("SOURCE_DATE_EPOCH");
        let output = command.args(["--threads", threads, "--output", file.to_str().unwrap()]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        fs::read(file).unwrap()
    };
    let mut commands: Vec<Vec<&str>> = vec![vec!["matrix"], vec!["report", "--format", "csv", "--section", "strength"]];
    commands.extend(["svg", "dot", "mermaid"].map(|format| vec!["graph", "docs/PUMP-RS.md", "--format", format]));
    let single = WHOLES.iter().filter(|whole| !matches!(whole.writes, Writes::Each(_)));
    commands.extend(single.map(|whole| vec!["report", "--format", whole.name]));
    for args in commands {
        let one = made("one", "1", "UTC", &args);
        assert!(!one.is_empty());
        assert!(one == made("two", "8", "Asia/Tokyo", &args), "{args:?}");
    }
}

#[test]
fn what_changed_since_a_saved_report_is_told() {
    let folder = folder("whole-delta");
    let saved = folder.join("before.json").to_str().unwrap().to_owned();
    assert_eq!(outcome(&["report", PUMP, "--format", "json", "--output", &saved]).0, 0);
    let text = fs::read_to_string(&saved).unwrap();
    fs::write(&saved, text.replacen("\"id\": \"REQ-PUMP-001\"", "\"id\": \"REQ-PUMP-099\"", 1)).unwrap();
    let (code, out, err) = outcome(&["report", PUMP, "--format", "csv", "--section", "delta", "--new-since", &saved]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("requirement,lost,REQ-PUMP-099,"), "{out}");
    assert!(out.contains("requirement,added,REQ-PUMP-001,"), "{out}");
    let (_, out, _) = outcome(&["report", PUMP, "--format", "csv", "--section", "delta"]);
    assert_eq!(out.lines().count(), 1, "without a baseline there is nothing to tell: {out}");
}
