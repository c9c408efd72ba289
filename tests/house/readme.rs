use super::read;
use std::process::Command;
use tracegate::check::CHECKS;
use tracegate::explain::summary;
use tracegate::report::FORMATS;

/// The part of the README between two markers.
fn part(name: &str) -> String {
    let text = read("README.md");
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap_or_else(|| panic!("README.md has no part `{name}`"));
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
    assert_eq!(part("formats").trim(), format!("`--format` is one of {}.", names.join(", ")));
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
fn the_configuration_that_is_shown_is_valid() {
    let shown = part("configuration");
    let toml = shown.trim().trim_start_matches("```toml\n").trim_end_matches("```");
    let config = tracegate::config::parse(tracegate::source::Text::decode(toml.as_bytes().to_vec()));
    assert!(config.is_ok(), "{config:?}");
}
