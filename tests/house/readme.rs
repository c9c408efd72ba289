use super::read;
use crate::checks::support::{analyze_files, read_folder};
use std::path::Path;
use std::process::Command;
use tracegate::check::CHECKS;
use tracegate::explain::summary;
use tracegate::link::graph::Rung;
use tracegate::report::FORMATS;
use tracegate::verdict::{Summary, Threshold, Verdict};

/// The part of the README between two markers.
fn part(name: &str) -> String {
    part_of("README.md", name)
}

fn part_of(file: &str, name: &str) -> String {
    let text = read(file);
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap_or_else(|| panic!("{file} has no part `{name}`"));
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0.to_owned()
}

#[test]
fn the_table_of_checks_is_that_of_the_registry() {
    let mut table = String::from("| code | name | default | what is checked |\n|---|---|---|---|\n");
    for check in CHECKS {
        let what = summary(check).replace('|', "\\|");
        table.push_str(&format!("| {} | {} | {} | {what} |\n", check.code, check.name, check.severity.name()));
    }
    assert_eq!(part("checks").trim(), table.trim(), "put this into README.md:\n{table}");
}

#[test]
fn the_formats_are_those_of_the_registry() {
    let names: Vec<String> = FORMATS.iter().map(|format| format!("`{}`", format.name)).collect();
    assert_eq!(part_of("docs/release-manager.md", "formats").trim(), format!("`--format` is one of {}.", names.join(", ")));
}

#[test]
fn the_first_command_prints_what_the_readme_shows() {
    let shown = part("output");
    let output = Command::new(env!("CARGO_BIN_EXE_tracegate"))
        .args(["check", "examples/pump"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let real = String::from_utf8(output.stdout).unwrap();
    let shown = shown.trim().trim_start_matches("```text\n").trim_end_matches("```");
    // Where the README leaves something out it says so with a line of its own.
    for piece in shown.split("[…]\n") {
        assert!(real.contains(piece.trim()), "the output has no longer:\n{piece}\nbut is:\n{real}");
    }
}

#[test]
fn after_the_fix_the_gate_of_the_example_is_open() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut tree = read_folder(&root.join("pump"));
    for (path, bytes) in read_folder(&root.join("pump-fixed")) {
        tree.retain(|(known, _)| *known != path);
        tree.push((path, bytes));
    }
    let analysis = analyze_files(tree);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert!(analysis.findings.is_empty(), "{:?}", analysis.findings);
    assert_eq!((summary.verified, summary.ladder.executes), (15, 15));
    assert_eq!(Threshold::Warning.verdict(&analysis.findings), Verdict::Pass);
}

#[test]
fn the_hollow_requirements_of_the_example_are_found_and_no_others() {
    let analysis = analyze_files(read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump")));
    for code in ["S02", "S03"] {
        let of = analysis.findings.iter().filter(|finding| finding.code == code);
        let ids: Vec<&str> = of.flat_map(|finding| finding.requirements().map(|(_, id)| id)).collect();
        assert_eq!(ids, ["REQ-PUMP-010", "REQ-PUMP-011", "REQ-PUMP-012"], "{code}");
    }
    // Their tests pass, and most of their file is run; the console, whose test starts it, is entered where it says.
    let pass = analysis.graph.requirements.iter().all(|one| one.rung >= Rung::Passes);
    let entries = &analysis.graph.code.entries;
    assert!(pass && entries.iter().any(|entry| analysis.graph.part_name(&entry.part) == "pump/console.py:serve"));
}

#[test]
fn the_configuration_that_is_shown_is_valid() {
    let shown = part_of("docs/configuration.md", "configuration");
    let toml = shown.trim().trim_start_matches("```toml\n").trim_end_matches("```");
    let config = tracegate::config::parse(tracegate::source::Text::decode(toml.as_bytes().to_vec()));
    assert!(config.is_ok(), "{config:?}");
    let shown = part_of("docs/release-manager.md", "waivers");
    let toml = shown.trim().trim_start_matches("```toml\n").trim_end_matches("```");
    let waivers = tracegate::config::parse_waivers(tracegate::source::Text::decode(toml.as_bytes().to_vec()));
    assert!(waivers.is_ok_and(|list| list.len() == 1));
}
