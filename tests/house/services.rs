//! What other services run: the hooks of pre-commit, the action for GitHub, the template for GitLab.

use super::{read, root};
use clap::CommandFactory;
use saphyr_parser::{Event, Parser};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tracegate::cli::Cli;

/// A YAML file as a value; every scalar is a text.
fn yaml(path: &str) -> Value {
    let text = read(path);
    let mut open: Vec<(Value, Option<String>)> = vec![(Value::Array(Vec::new()), None)];
    for event in Parser::new_from_str(&text) {
        let done = match event.unwrap().0 {
            Event::Scalar(text, ..) => Some(Value::String(text.into_owned())),
            Event::SequenceStart(..) => {
                open.push((Value::Array(Vec::new()), None));
                None
            }
            Event::MappingStart(..) => {
                open.push((Value::Object(serde_json::Map::new()), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|(value, _)| value),
            Event::Alias(..) => panic!("{path} has an alias"),
            _ => None,
        };
        let Some(done) = done else { continue };
        match open.last_mut().unwrap() {
            (Value::Array(list), _) => list.push(done),
            (Value::Object(fields), key) => match key.take() {
                None => *key = Some(done.as_str().unwrap().to_owned()),
                Some(key) => assert!(fields.insert(key, done).is_none(), "{path} names a key twice"),
            },
            _ => unreachable!(),
        }
    }
    open.pop().unwrap().0[0].take()
}

/// Long options of `check` that a script uses, each of which must exist.
fn assert_options_exist(script: &str) {
    let cli = Cli::command();
    let check = cli.find_subcommand("check").unwrap();
    let known: Vec<&str> = check.get_arguments().filter_map(|arg| arg.get_long()).collect();
    let words = script.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ';'));
    let options: Vec<&str> = words.filter_map(|word| word.strip_prefix("--")).filter(|word| !word.is_empty()).collect();
    assert!(!options.is_empty(), "{script}");
    for option in options {
        assert!(known.contains(&option), "`check` has no option --{option}: {script}");
    }
}

/// A folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("services").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn hooks_run_a_command_that_exists_and_miss_no_commit() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().unwrap();
    assert_eq!(hooks.iter().map(|hook| hook["id"].as_str().unwrap()).collect::<Vec<_>>(), ["tracegate", "tracegate-all"]);
    for hook in hooks {
        let entry = hook["entry"].as_str().unwrap();
        assert!(entry.starts_with("tracegate check "), "{entry}");
        assert_options_exist(entry);
        // A commit that only removes files has no names to hand over.
        assert_eq!((hook["pass_filenames"].as_str(), hook["always_run"].as_str()), (Some("false"), Some("true")));
    }
}

#[test]
fn the_action_hands_over_what_it_is_given_and_says_how_it_ended() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let check = steps.iter().find(|step| step["id"] == "check").unwrap();
    let script = check["run"].as_str().unwrap();
    assert_options_exist(script);
    assert!(!script.contains("${{"), "inputs are no text of the script");
    // Each input is used, and nothing else.
    let env = check["env"].as_object().unwrap();
    let mut used: Vec<String> =
        env.values().map(|value| value.as_str().unwrap().replace("${{ inputs.", "").replace(" }}", "")).collect();
    let mut inputs: Vec<String> = action["inputs"].as_object().unwrap().keys().cloned().collect();
    used.sort();
    inputs.sort();
    assert_eq!(used, inputs);

    let folder = folder("action");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let run = |with: &[(&str, &str)]| {
        fs::write(file("output"), "").unwrap();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(root());
        for (name, value) in env {
            let input = value.as_str().unwrap().replace("${{ inputs.", "").replace(" }}", "");
            bash.env(name, action["inputs"][&input]["default"].as_str().unwrap());
        }
        bash.env("BINARY", env!("CARGO_BIN_EXE_tracegate")).env("GITHUB_OUTPUT", file("output"));
        bash.env("GITHUB_STEP_SUMMARY", file("summary.md")).env("RUNNER_TEMP", &folder).envs(with.iter().copied());
        let output = bash.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), fs::read_to_string(file("output")).unwrap())
    };
    let (code, out, told) = run(&[("CHECK_PATH", "examples/pump"), ("SARIF", &file("a.sarif")), ("MARKDOWN", &file("a.md"))]);
    assert_eq!((code, told.as_str()), (1, "exit-code=1\n"));
    assert!(out.contains("::error file=examples/pump/docs/PUMP-RTM.md,"), "{out}");
    assert_eq!(fs::read_to_string(file("summary.md")).unwrap(), fs::read_to_string(file("a.md")).unwrap());
    assert!(fs::read_to_string(file("a.sarif")).unwrap().contains("\"2.1.0\""));
    assert_eq!(run(&[("CHECK_PATH", "examples/pump"), ("FAIL_ON", "never"), ("SUMMARY", "false")]).0, 0);
    let before = file("before.json");
    let saved = ["check", "examples/pump", "--format", "json", "--output", &before];
    assert!(Command::new(env!("CARGO_BIN_EXE_tracegate")).args(saved).current_dir(root()).status().unwrap().code() == Some(1));
    assert_eq!(run(&[("CHECK_PATH", "examples/pump"), ("NEW_SINCE", &before)]).0, 0);
    let (code, _, told) = run(&[("CHECK_PATH", "no; exit 0")]);
    assert_eq!((code, told.as_str()), (2, "exit-code=2\n"), "what is handed over is no command");
}

#[test]
fn the_template_runs_and_leaves_the_reports_that_it_names() {
    let template = yaml("templates/tracegate.yml");
    let job = &template[".tracegate"];
    let script = job["script"][0].as_str().unwrap();
    assert_options_exist(script);
    let folder = folder("template");
    for (path, bytes) in crate::checks::support::read_folder(&root().join("examples/pump")) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tracegate")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let run = |with: &[(&str, &str)]| {
        let mut sh = Command::new("sh");
        sh.args(["-ec", script]).current_dir(&folder).env("PATH", &path);
        for (name, value) in job["variables"].as_object().unwrap() {
            sh.env(name, value.as_str().unwrap());
        }
        sh.envs(with.iter().copied()).output().unwrap().status.code().unwrap()
    };
    assert_eq!(run(&[]), 1);
    for report in ["codequality", "junit"] {
        let name = job["artifacts"]["reports"][report].as_str().unwrap();
        assert!(folder.join(name).is_file(), "{name}");
    }
    assert_eq!(run(&[("TRACEGATE_FAIL_ON", "never")]), 0);
    assert_eq!(run(&[("TRACEGATE_NEW_SINCE", "nowhere")]), 2);
}

#[test]
fn the_package_for_python_is_the_one_for_cargo() {
    let python: toml::Table = read("pyproject.toml").parse().unwrap();
    let cargo: toml::Table = read("Cargo.toml").parse().unwrap();
    for key in ["name", "description", "readme", "license", "keywords"] {
        assert_eq!(python["project"][key], cargo["package"][key], "{key}");
    }
    assert_eq!(python["tool"]["maturin"]["bindings"].as_str(), Some("bin"));
}
