//! The facts of the whole report: recounted, and none of them silent.

use super::formats::lamp;
use super::{account_with, report};
use crate::checks::support::{analyze_files, read_folder};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use tracegate::analysis::Analysis;
use tracegate::report::WHOLES;
use tracegate::report::Writes;
use tracegate::report::sections::{Cell, Kind, Section, section, sections};
use tracegate::settings::Settings;

fn pump() -> Analysis {
    analyze_files(read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump")))
}

fn cells(section: &Section<'_>, key: &str) -> Vec<String> {
    let at = section.about.columns.iter().position(|column| column.key == key).unwrap();
    section.rows.iter().map(|row| row.cells[at].to_string()).collect()
}

/// The cells of one section of an analysis.
fn column(analysis: &Analysis, name: &str, key: &str) -> Vec<String> {
    account_with(analysis, &Settings::default(), |account| cells(&section(account, name).unwrap(), key))
}

fn files(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

#[test]
fn each_row_fits_its_section_and_each_link_leads_to_a_row() {
    for analysis in [pump(), lamp()] {
        account_with(&analysis, &Settings::default(), |account| {
            let all = sections(account);
            let keys: BTreeSet<&str> = all.iter().map(|one| one.about.key).collect();
            assert_eq!(keys.len(), all.len(), "a key is one section's");
            let anchors: BTreeSet<_> = all.iter().flat_map(|one| &one.rows).filter_map(|row| row.anchor).collect();
            for one in &all {
                assert!(!one.rows.is_empty() || !one.notes.is_empty(), "`{}` is empty and does not say why", one.about.key);
                for row in &one.rows {
                    assert_eq!(row.cells.len(), one.about.columns.len(), "{}", one.about.key);
                    for (cell, column) in row.cells.iter().zip(one.about.columns) {
                        let fits = match (cell, column.kind) {
                            (Cell::Empty, _) => true,
                            (Cell::Text(_), kind) => matches!(kind, Kind::Text | Kind::Id),
                            (Cell::Number(_), kind) => kind == Kind::Number,
                            (Cell::Place(..), kind) => kind == Kind::Place,
                            (Cell::Link(_, anchor), kind) => kind == Kind::Id && anchors.contains(anchor),
                            (Cell::Status(..), kind) => kind == Kind::Status,
                        };
                        assert!(fits, "{} {}: {cell:?}", one.about.key, column.key);
                    }
                }
            }
        });
    }
}

#[test]
fn both_matrices_tell_the_links_that_json_tells() {
    for analysis in [pump(), lamp()] {
        let json: Value = serde_json::from_str(&report(&analysis.graph, &analysis.findings, "json", super::VIEW)).unwrap();
        let mut links = BTreeSet::new();
        for one in json["requirements"].as_array().unwrap() {
            for test in one["tests"].as_array().unwrap() {
                links.insert((one["id"].as_str().unwrap().to_owned(), test["name"].as_str().unwrap().to_owned()));
            }
        }
        assert!(!links.is_empty());
        for name in ["forward", "backward"] {
            let (ids, tests) = (column(&analysis, name, "id"), column(&analysis, name, "test"));
            let told = ids.into_iter().zip(tests).filter(|(id, test)| !id.is_empty() && !test.is_empty());
            assert_eq!(told.collect::<BTreeSet<_>>(), links, "{name}");
        }
        let ids: Vec<String> =
            json["requirements"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        for name in ["levels", "strength"] {
            assert_eq!(column(&analysis, name, "id"), ids, "{name} has a row for each requirement");
        }
        let forward: BTreeSet<String> = column(&analysis, "forward", "id").into_iter().collect();
        assert_eq!(forward, ids.into_iter().collect(), "no requirement is left out");
    }
}

#[test]
fn numbers_are_those_of_json_and_stand_beside_what_they_are_out_of() {
    let analysis = pump();
    let json: Value = serde_json::from_str(&report(&analysis.graph, &analysis.findings, "json", super::VIEW)).unwrap();
    let (what, number, of) =
        (column(&analysis, "verdict", "what"), column(&analysis, "verdict", "number"), column(&analysis, "verdict", "of"));
    let at = |name: &str| what.iter().position(|one| one == name).unwrap();
    for (name, key) in [("Verified", "verified"), ("Gaps", "gap"), ("Waived", "waived"), ("Not assessed", "not_assessed")] {
        assert_eq!(number[at(name)], json["summary"][key].to_string(), "{name}");
        assert_eq!(of[at(name)], json["summary"]["active"].to_string(), "{name}");
    }
    assert_eq!(number[at("Errors")], json["summary"]["findings"]["error"].to_string());
    let (rungs, reached) = (column(&analysis, "ladder", "rung"), column(&analysis, "ladder", "reached"));
    for rung in ["cited", "exists", "passes", "asserts", "executes"] {
        let at = rungs.iter().position(|one| one == rung).unwrap();
        assert_eq!(reached[at], json["summary"]["ladder"][rung].to_string(), "{rung}");
    }
    let kills = rungs.iter().position(|one| one == "kills").unwrap();
    assert_eq!(reached[kills], "", "nothing was mutated: that is no zero");
    let digests: Vec<String> =
        json["inputs"].as_array().unwrap().iter().map(|one| one["sha256"].as_str().unwrap().to_owned()).collect();
    assert_eq!(column(&analysis, "inputs", "sha256"), digests);
    assert_eq!(column(&analysis, "findings", "code").len(), json["findings"].as_array().unwrap().len());
    let prints: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(column(&analysis, "findings", "fingerprint"), prints);
}

#[test]
fn tests_without_a_requirement_and_requirements_without_a_test_have_rows_that_say_so() {
    let analysis = lamp();
    let (tests, links) = (column(&analysis, "backward", "test"), column(&analysis, "backward", "link"));
    let at = tests.iter().position(|test| test == "test_other").unwrap();
    assert_eq!(links[at], "traces to no requirement");
    let (ids, cites, what) =
        (column(&analysis, "forward", "id"), column(&analysis, "forward", "cites"), column(&analysis, "forward", "resolution"));
    let at = ids.iter().position(|id| id == "REQ-LAMP-002").unwrap();
    assert_eq!(cites[at], "tests/test_lamp.py::test_gone");
    assert!(what[at].contains("has no such test"), "{}", what[at]);
    let bare = files(&[("srs.md", "# Requirements\n\n### REQ-A-001: Stop\n\nIt shall stop.\n")]);
    assert_eq!(column(&bare, "forward", "resolution"), ["nothing names it"]);
}

#[test]
fn what_was_not_checked_is_told_with_the_reason() {
    let analysis = files(&[
        ("srs.md", "# Requirements\n\n### REQ-A-001: Stop\n\nIt shall stop.\n\n### REQ-A-002: Go\n\nIt shall go.\n"),
        (
            "rtm.md",
            "# Traceability matrix\n\nThe tests live in the repository `other`.\n\n| Requirement ID | Test |\n|---|---|\n| REQ-A-001 | other/tests/test_a.py::test_stop |\n| REQ-A-002 | inspection |\n",
        ),
    ]);
    let mut settings = Settings::default();
    settings.severity.insert("T02".to_owned(), None);
    account_with(&analysis, &settings, |account| {
        let account = tracegate::report::sections::Account { passed_over: &[("a.bin".into(), "too large".into())], ..*account };
        let section = section(&account, "not-checked").unwrap();
        let (kinds, what, why) = (cells(&section, "kind"), cells(&section, "what"), cells(&section, "why"));
        let has = |kind: &str, name: &str, reason: &str| {
            (0..kinds.len()).any(|at| kinds[at] == kind && what[at].contains(name) && why[at].contains(reason))
        };
        assert!(has("check", "T02 orphan-test", "turned off by the configuration"), "{what:?}");
        assert!(has("check", "S02 hollow-evidence", "no coverage"), "{why:?}");
        assert!(has("check", "M10 false-pass", "no result file was read"), "{why:?}");
        assert!(has("file passed over", "a.bin", "too large"));
        assert!(has("requirement", "REQ-A-001", ""), "{what:?}");
        assert!(has("citation", "other/tests/test_a.py::test_stop", ""), "{what:?}");
    });
    for name in ["runs", "results"] {
        account_with(&analysis, &settings, |account| {
            assert_eq!(section(account, name).unwrap().notes, ["Not assessed: no result file was read."]);
        });
    }
}

#[test]
fn sign_off_stays_empty() {
    account_with(&pump(), &Settings::default(), |account| {
        let section = section(account, "sign-off").unwrap();
        assert_eq!(section.rows.len(), 3);
        assert!(section.rows.iter().all(|row| row.cells[1..].iter().all(|cell| *cell == Cell::Empty)));
    });
}

#[test]
fn the_check_set_has_another_digest_when_a_check_is_turned_off() {
    let analysis = lamp();
    let digest = |settings: &Settings| {
        account_with(&analysis, settings, |account| {
            let section = section(account, "identification").unwrap();
            let at = cells(&section, "what").iter().position(|what| what == "Check set").unwrap();
            cells(&section, "value")[at].clone()
        })
    };
    let (usual, mut settings) = (digest(&Settings::default()), Settings::default());
    assert!(usual.contains("sha256 "), "{usual}");
    settings.severity.insert("S02".to_owned(), None);
    assert_ne!(digest(&settings), usual);
}

#[test]
fn the_sections_of_a_small_tree_read_like_this() {
    let lamp = lamp();
    let text = account_with(&lamp, &Settings::default(), |account| {
        let mut out = Vec::new();
        tracegate::report::whole::write(account, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    });
    // The digest and the list of checks change with each check.
    let stable: Vec<&str> = text.lines().filter(|line| !line.starts_with("| Check set") && !line.starts_with("| Tool")).collect();
    super::snapshot("lamp_whole", &stable.join("\n"));
}

#[test]
fn reports_in_csv_that_lie_in_the_tree_change_nothing() {
    let mut tree: Vec<(String, Vec<u8>)> =
        read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump")).into_iter().collect();
    let first = analyze_files(tree.clone());
    let Some(Writes::Each(write)) = WHOLES.iter().find(|whole| whole.name == "csv").map(|whole| whole.writes) else {
        panic!("CSV has a file for each section");
    };
    account_with(&first, &Settings::default(), |account| {
        for section in sections(account) {
            let mut bytes = Vec::new();
            write(&section, &mut bytes).unwrap();
            tree.push((format!("report/{}.csv", section.about.key), bytes));
        }
    });
    let again = analyze_files(tree);
    assert_eq!(again.findings.len(), first.findings.len(), "{:?}", again.findings);
    assert_eq!(again.graph.requirements.len(), first.graph.requirements.len());
    assert_eq!(again.graph.rows.len(), first.graph.rows.len());
}

#[test]
fn every_record_that_is_not_closed_is_listed_with_what_it_waits_for() {
    let analysis = analyze_files(read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/records")));
    assert_eq!(column(&analysis, "records", "id"), ["CR-012-VAR-001", "INV-004"], "CR-012 is closed");
    assert_eq!(column(&analysis, "records", "type"), ["deviation", "investigation"]);
    assert_eq!(column(&analysis, "records", "status"), ["PRE_APPROVED", "DRAFT"]);
    assert_eq!(column(&analysis, "records", "version"), ["1.0", "0.1"]);
    assert_eq!(column(&analysis, "records", "parent"), ["CR-012", ""]);
    assert!(column(&analysis, "records", "title").iter().all(|title| !title.is_empty()));
    assert_eq!(column(&analysis, "records", "actions"), ["", "INV-004-CAPA-001, INV-004-CAPA-002"]);
    assert_eq!(column(&analysis, "actions", "id"), ["INV-004-CAPA-001", "INV-004-CAPA-002"]);
}

#[test]
fn a_record_waits_for_its_next_step_its_children_and_others() {
    let status = |status: &str, more: &str| format!("**Status:** {status}\n\n{more}");
    let titled = |id: &str, text: String| format!("# {id}: A record\n\n{text}");
    let items = "## Execution\n\n| EI | Task | Execution Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n\
        | EI-1 | Set | Set | Pass | ann - 2026-02-03 |\n| EI-2 | Test | [SUMMARY] | [Pass/Fail] | [PERFORMER] - [DATE] |\n";
    let actions = "## Actions\n\n### CAPA-001: Write it down\n\nIn the plan.\n\n### CAPA-002: Train\n\nAll of them.\n";
    let child = "| Parent Document | Failed Item | VAR Type |\n|---|---|---|\n| CR-001 | EI-2 | Type";
    let analysis = files(&[
        ("srs.md", "# Requirements\n\n### REQ-A-001: Stop\n\nIt shall stop.\n"),
        ("records/CR-001.md", &titled("CR-001", status("In execution", items))),
        ("records/CR-001-VAR-001.md", &titled("CR-001-VAR-001", status("In execution", &format!("{child} 1 |\n")))),
        ("records/CR-001-VAR-002.md", &titled("CR-001-VAR-002", status("In execution", &format!("{child} 2 |\n")))),
        ("records/CR-002.md", &titled("CR-002", status("Closed", ""))),
        ("records/CR-003.md", &titled("CR-003", String::from("Nobody says how far it is.\n"))),
        ("records/INV-001.md", &titled("INV-001", status("Draft", actions))),
        ("records/ADR-001.md", &titled("ADR-001", status("Accepted", ""))),
        ("records/ADR-002.md", &titled("ADR-002", status("Proposed", ""))),
        ("notes.md", "# Notes\n\nNext: close CR-001 after INV-001 is closed.\n"),
    ]);
    let (ids, waits) = (column(&analysis, "records", "id"), column(&analysis, "records", "waits"));
    assert_eq!(ids, ["ADR-002", "CR-001", "CR-001-VAR-001", "CR-001-VAR-002", "CR-003", "INV-001"], "{waits:?}");
    assert_eq!(waits[0], "approval");
    // A child that does not block is not waited for once it is approved.
    let (next, others) = waits[1].split_once("; CR-001-VAR-001 (in execution)").unwrap();
    assert_eq!(next, "the end of its execution; 1 of 2 items without an outcome");
    assert_eq!(others, "; INV-001 (draft), which is to be closed first");
    assert_eq!((waits[4].as_str(), waits[5].as_str()), ("a status that says how far it is", "review"));
    assert_eq!(column(&analysis, "records", "status")[4], "none is told");
    assert_eq!(column(&analysis, "records", "begun")[1], "2026-02-03", "the first day that it tells of");
    assert_eq!(column(&analysis, "records", "days")[1..3], ["0", ""], "nothing tells when the child was begun");
    assert_eq!(column(&analysis, "records", "actions")[5], "CAPA-001, CAPA-002");
    assert_eq!(column(&analysis, "actions", "id"), ["CAPA-001", "CAPA-002"]);
}
