//! Trees from folders and from examples, and findings as text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tracegate::analysis::{Analysis, analyze};
use tracegate::config::{FILE_NAME, REVIEWS_NAME, WAIVERS_NAME, parse, parse_reviews, parse_waivers};
use tracegate::discover::tree::Memory;
use tracegate::finding::Finding;
use tracegate::link::graph::Graph;
use tracegate::model::history::Change;
use tracegate::settings::{Origin, Reviews, Settings, Waivers};
use tracegate::source::{Place, Text};

/// The folder of a check's fixtures.
pub(crate) fn folder(check: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(check)
}

/// What comes of analysing all files below a folder without any configuration.
pub(super) fn analyze_folder(folder: &Path) -> Analysis {
    analyze_files(read_folder(folder))
}

/// All files below a folder, by their paths in it.
pub(crate) fn read_folder(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    assert!(!files.is_empty(), "{} holds no file", folder.display());
    files
}

/// What comes of analysing files in memory, with the configuration if there is one among them.
pub(crate) fn analyze_files(files: Vec<(String, Vec<u8>)>) -> Analysis {
    let settings = files.iter().find(|(path, _)| path == FILE_NAME).map(|(path, bytes)| {
        let config = parse(Text::decode(bytes.clone())).unwrap();
        let origin = Origin { path: path.clone(), bytes: bytes.clone(), patterns: config.patterns };
        Settings { origin: Some(origin), ..config.settings }
    });
    let mut settings = settings.unwrap_or_default();
    settings.waivers = files.iter().find(|(path, _)| path == WAIVERS_NAME).map(|(path, bytes)| {
        let list = parse_waivers(Text::decode(bytes.clone())).unwrap();
        Waivers { path: path.clone(), bytes: bytes.clone(), list }
    });
    settings.reviews = files.iter().find(|(path, _)| path == REVIEWS_NAME).map(|(path, bytes)| {
        let list = parse_reviews(Text::decode(bytes.clone())).unwrap();
        Reviews { path: path.clone(), bytes: bytes.clone(), list }
    });
    analyze(&with_past(files), &settings)
}

/// A tree in memory; files below `at-5d0c2aa/` are those that another content had at that commit.
fn with_past(files: Vec<(String, Vec<u8>)>) -> Memory {
    let (then, now): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.starts_with("at-"));
    let commit = then.first().and_then(|(path, _)| Some(path.strip_prefix("at-")?.split_once('/')?.0.to_owned()));
    let Some(commit) = commit else { return Memory::new(now) };
    let next = Change { commit: "91be7f3".to_owned(), author: "A. Miller".to_owned(), day: "2025-03-01".to_owned() };
    let inside = then.into_iter().map(|(path, bytes)| (path.split_once('/').unwrap().1.to_owned(), bytes));
    Memory::new(now).after(&commit, next, inside)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((relative, std::fs::read(&path).unwrap()));
        }
    }
}

/// The codes that were found, sorted, each once.
pub(super) fn codes(analysis: &Analysis) -> Vec<&'static str> {
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The findings of one check, with everything that a reader gets to see.
pub(crate) fn rendered(analysis: &Analysis, code: &str) -> String {
    let mut out = String::new();
    for finding in analysis.findings.iter().filter(|finding| finding.code == code) {
        render(&analysis.graph, finding, &mut out);
    }
    out
}

fn render(graph: &Graph, finding: &Finding, out: &mut String) {
    let shown = graph.text(finding.place).lines().next().unwrap_or("");
    writeln!(out, "{} {} {} `{shown}`", finding.code, finding.severity.name(), position(graph, finding.place)).unwrap();
    writeln!(out, "  message: {}", finding.message).unwrap();
    writeln!(out, "  label:   {}", finding.label).unwrap();
    writeln!(out, "  help:    {}", finding.help).unwrap();
    writeln!(out, "  subject: {}", finding.subject).unwrap();
    for (namespace, id) in finding.requirements() {
        writeln!(out, "  about:   {namespace} {id}").unwrap();
    }
    for related in &finding.related {
        writeln!(out, "  see:     {} {}", position(graph, related.place), related.message).unwrap();
    }
    out.push('\n');
}

fn position(graph: &Graph, place: Place) -> String {
    let input = graph.input(place.file);
    let (line, column) = input.text.position(place.span.start);
    format!("{}:{line}:{column}", input.path)
}
