//! The guides: their commands run, print what is shown, and name what exists.

use super::{files, read, root};
use crate::checks::support::read_folder;
use clap::Parser;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tracegate::cli::Cli;

/// What stands between fences of one kind, in order.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Commands of a guide with what it shows of their output.
fn commands(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in blocks(text, "console").iter().flat_map(|block| block.lines()) {
        match line.strip_prefix("$ ") {
            Some(command) => found.push((command.to_owned(), String::new())),
            None => found.last_mut().unwrap().1.push_str(&format!("{line}\n")),
        }
    }
    found
}

/// A copy of the example, beside one of its repair.
fn pump(name: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
    let _ = fs::remove_dir_all(&top);
    for part in ["pump", "pump-fixed"] {
        for (path, bytes) in read_folder(&root().join("examples").join(part)) {
            let file = top.join(part).join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
    top.join("pump")
}

/// What a command prints that is run as a reader would.
fn printed(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_tracegate")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GIT_INDEX_FILE", "GIT_DIR"] {
        bash.env_remove(name);
    }
    for who in ["AUTHOR", "COMMITTER"] {
        bash.env(format!("GIT_{who}_NAME"), "a").env(format!("GIT_{who}_EMAIL"), "a@b");
    }
    let output = bash.output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// The commands of one guide run one after the other.
fn follow(guide: &str) {
    let text = read(guide);
    let commands = commands(&text);
    assert!(!commands.is_empty(), "{guide} has no command");
    let folder = pump(Path::new(guide).file_stem().unwrap().to_str().unwrap());
    for (command, shown) in commands {
        let real = printed(&command, &folder);
        let mut rest = real.as_str();
        // Where a guide leaves something out it says so with a line of its own.
        for piece in shown.split("[…]\n") {
            let at = rest.find(piece.trim_end()).unwrap_or_else(|| {
                panic!("{guide}: `{command}` has no longer, in this order:\n{piece}\nbut prints:\n{real}");
            });
            rest = &rest[at + piece.trim_end().len()..];
        }
        let whole = shown.trim_end() == real.trim_end();
        assert!(shown.contains("[…]\n") || whole, "{guide}: `{command}` prints:\n{real}\nand not alone:\n{shown}");
    }
}

#[test]
fn the_commands_for_developers_do_what_is_shown() {
    follow("docs/developer.md");
}

#[test]
fn the_commands_for_release_managers_do_what_is_shown() {
    follow("docs/release-manager.md");
}

#[test]
fn the_commands_for_auditors_do_what_is_shown() {
    follow("docs/auditor.md");
}

/// What a guide tells to run: the commands of its blocks, and those within a sentence.
fn told(text: &str) -> Vec<String> {
    // What stands between fences is every second piece.
    let (outside, inside): (Vec<_>, Vec<_>) = text.split("```").enumerate().partition(|(at, _)| at % 2 == 0);
    let inline = outside.iter().flat_map(|(_, text)| text.split('`').skip(1).step_by(2));
    let lines = inside.iter().flat_map(|(_, block)| block.lines()).map(|line| line.split(" #").next().unwrap().trim());
    let pieces = inline.chain(lines).flat_map(|line| line.split(['&', ';', '|', '>']));
    let bare = |piece: &str| {
        let known = ["$ ", "- run: ", "run: ", "entry: ", "exec ", "SOURCE_DATE_EPOCH=1700000000 "];
        let piece = piece.trim();
        known.iter().fold(piece, |piece, prefix| piece.strip_prefix(prefix).unwrap_or(piece)).to_owned()
    };
    // `tracegate list requirements\|tests` and `[PATH…]` stand for several.
    let one = |words: &String| words.starts_with("tracegate ") && !words.contains(['\\', '[', '<', '$']);
    pieces.map(bare).filter(one).collect()
}

#[test]
fn every_command_that_is_named_exists() {
    let mut seen = 0;
    for file in [root().join("README.md")].into_iter().chain(files("docs", ".md")) {
        for command in told(&read(&file)) {
            let parsed = Cli::try_parse_from(command.split_whitespace());
            let wrong = parsed.err().filter(|error| error.kind() != clap::error::ErrorKind::DisplayHelp);
            assert!(wrong.is_none(), "{}: `{command}`: {}", file.display(), wrong.unwrap());
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let anchor = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect::<String>().replace(' ', "-")
    };
    for file in
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].iter().map(|name| root().join(name)).chain(files("docs", ".md"))
    {
        let text = read(&file);
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
            if path.contains("://") {
                continue;
            }
            let other = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            assert!(other.exists(), "{} links to {target}", file.display());
            let found = fragment.is_empty() || read(&other).lines().any(|line| line.starts_with('#') && anchor(line) == fragment);
            assert!(found, "{} links to {target}", file.display());
        }
    }
}
