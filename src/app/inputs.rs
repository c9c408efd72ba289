//! What is read: paths of the command line, the configuration, and other trees that it names.

use super::failure::Failure;
use crate::analysis::Analysis;
use crate::config::{self, Config, FILE_NAME};
use crate::discover::commit::Commit;
use crate::discover::disk::Disk;
use crate::discover::joined::{Joined, Part};
use crate::discover::passed_over::{Family, family};
use crate::discover::tree::Tree;
use crate::report::nothing::Nothing;
use crate::settings::{Origin, Settings};
use crate::source::Text;
use globset::Glob;
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that is read.
pub(super) struct Inputs {
    tree: Box<dyn Tree>,
    settings: Settings,
    /// The paths as a person would write them.
    named: String,
}

impl Inputs {
    /// Finds the configuration and opens the trees.
    pub(super) fn open(paths: &[PathBuf], config: Option<&Path>) -> Result<Self, Failure> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        for path in paths {
            fs::metadata(path).map_err(|error| {
                let doing = format!("failed to read `{}`", path.display());
                Failure::io(&doing, &error, "Name a folder or a file that exists and can be read.")
            })?;
        }
        let folder = folder(paths);
        let config = configuration(&folder, config)?;
        let named = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let configured = configured(&config);
        let mut parts = Vec::new();
        for (path, prefix) in paths.iter().zip(prefixes(paths)) {
            let configured = if path.is_dir() { configured.as_slice() } else { &[] };
            parts.push(Part::whole(Box::new(disk(path, configured)?), prefix));
        }
        let mut settings = config.settings.clone();
        settings.today = super::today::latest();
        match (&config.tests_root, &config.baseline) {
            (None, None) => {}
            (Some(root), baseline) => parts.push(other_tree(&folder.join(root), baseline.as_deref(), &mut settings)?),
            (None, Some(baseline)) => parts = at_commit(parts, &folder, baseline)?,
        }
        Ok(Self { tree: single(parts), settings, named })
    }

    /// The files.
    pub(super) fn tree(&self) -> &dyn Tree {
        self.tree.as_ref()
    }

    /// What the configuration says.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether results of tests must be there.
    pub(super) fn expect_results(&mut self, expected: bool) {
        self.settings.without_results = !expected;
    }

    /// Patterns of what to ignore that match no file: what they were meant for may have moved.
    pub(super) fn idle(&self) -> impl Iterator<Item = &str> {
        let matches = |pattern: &str| {
            let glob = Glob::new(pattern).map(|glob| glob.compile_matcher());
            glob.is_ok_and(|glob| self.tree.files().iter().any(|entry| glob.is_match(&entry.path)))
        };
        self.settings.ignore.iter().map(String::as_str).filter(move |pattern| !matches(pattern))
    }

    /// No requirement in force: no gate may be open on that.
    pub(super) fn nothing_to_check(&self, analysis: &Analysis) -> Failure {
        let nothing = Nothing {
            named: &self.named,
            files: self.tree.files().len(),
            graph: &analysis.graph,
            findings: &analysis.findings,
            passed_over: &analysis.passed_over,
        };
        Failure::new(nothing.message(), nothing.help()).with_lines(nothing.lines())
    }
}

/// The folder that the configuration is looked for in, and that its paths are relative to.
fn folder(paths: &[PathBuf]) -> PathBuf {
    match paths {
        [one] if one.is_dir() => one.clone(),
        [one] => one.parent().map_or_else(PathBuf::new, Path::to_owned),
        _ => PathBuf::new(),
    }
}

fn configuration(folder: &Path, named: Option<&Path>) -> Result<Config, Failure> {
    let path = named.map_or_else(|| folder.join(FILE_NAME), Path::to_owned);
    if named.is_none() && !path.exists() {
        return Ok(Config::default());
    }
    let bytes = fs::read(&path).map_err(|error| {
        let doing = format!("failed to read the configuration `{}`", path.display());
        Failure::io(&doing, &error, "Name a file that exists and can be read, or leave --config out.")
    })?;
    let mut config = config::parse(Text::decode(bytes.clone())).map_err(|invalid| Failure::config(&path, &invalid))?;
    let patterns = std::mem::take(&mut config.patterns);
    config.settings.origin = Some(Origin { path: shown(folder, &path), bytes, patterns });
    Ok(config)
}

/// A path as reports show it: below the folder that is read, or else the name of the file.
fn shown(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).ok().filter(|below| below.is_relative() && !below.starts_with(".."));
    let name = path.file_name().map(Path::new);
    below.or(name).map_or_else(String::new, |path| path.to_string_lossy().replace('\\', "/"))
}

/// The patterns that reach files which discovery alone passes over.
fn configured(config: &Config) -> Vec<String> {
    let settings = &config.settings;
    let tests = if config.tests_root.is_some() { &[] } else { settings.tests.as_slice() };
    let artifacts = [&settings.results, &settings.coverage, &settings.mutation];
    let lists = [&settings.specifications, &settings.matrices, &settings.records].into_iter().chain(artifacts);
    lists.flatten().chain(tests).cloned().collect()
}

fn disk(path: &Path, configured: &[String]) -> Result<Disk, Failure> {
    Disk::open(path, configured).map_err(|error| {
        let doing = format!("failed to read `{}`", path.display());
        Failure::io(&doing, &error, "Name a folder or a file that can be read.")
    })
}

/// What stands before the paths of each tree: nothing for a single one, else what tells them apart.
fn prefixes(paths: &[PathBuf]) -> Vec<String> {
    if paths.len() == 1 {
        return vec![String::new()];
    }
    let parts: Vec<Vec<String>> = paths.iter().map(|path| folder_parts(path)).collect();
    let first = parts.first().map_or(&[][..], Vec::as_slice);
    let shared = |at: usize| parts.iter().all(|other| other.get(at).is_some() && other.get(at) == first.get(at));
    let common = (0..first.len()).take_while(|at| shared(*at)).count();
    parts.iter().map(|parts| parts.get(common..).unwrap_or_default().join("/")).collect()
}

/// The folders of a path; a file is read as part of its folder.
fn folder_parts(path: &Path) -> Vec<String> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let full = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let full = full.unwrap_or_else(|_| folder.to_owned());
    full.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

fn commit(root: &Path, revision: &str) -> Result<Commit, Failure> {
    Commit::open(root, revision).map_err(|error| Failure::new(error.to_string(), "Check `baseline` in the configuration."))
}

/// The tree in which the cited tests live; its paths begin with the name of its folder.
fn other_tree(root: &Path, baseline: Option<&str>, settings: &mut Settings) -> Result<Part, Failure> {
    let full = fs::canonicalize(root).map_err(|error| {
        let doing = format!("failed to read `{}`, the root of the tests", root.display());
        Failure::io(&doing, &error, "Check `root` in the section [tests] of the configuration.")
    })?;
    let name = full.file_name().map_or_else(|| "tests".to_owned(), |name| name.to_string_lossy().into_owned());
    let prefix = name.trim_start_matches('.').to_owned();
    let tree: Box<dyn Tree> = match baseline {
        Some(baseline) => Box::new(commit(root, baseline)?),
        None => Box::new(disk(root, &settings.tests)?),
    };
    for pattern in &mut settings.tests {
        *pattern = format!("{prefix}/{}", pattern.trim_start_matches("./"));
    }
    Ok(Part::whole(tree, prefix))
}

/// Code as it was at the baseline, everything else as it is now.
fn at_commit(mut parts: Vec<Part>, folder: &Path, baseline: &str) -> Result<Vec<Part>, Failure> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let tree = commit(here, baseline)?;
    for part in &mut parts {
        part.takes = |path| family(path) != Some(Family::Code);
    }
    parts.push(Part { tree: Box::new(tree), prefix: String::new(), takes: |path| family(path) == Some(Family::Code) });
    Ok(parts)
}

fn single(mut parts: Vec<Part>) -> Box<dyn Tree> {
    match parts.pop() {
        Some(only) if parts.is_empty() && only.prefix.is_empty() => only.tree,
        Some(last) => {
            parts.push(last);
            Box::new(Joined::new(parts))
        }
        None => Box::new(Joined::new(Vec::new())),
    }
}
