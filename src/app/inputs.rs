//! What is read: paths of the command line, the configuration, and other trees that it names.

use super::failure::Failure;
use crate::analysis::Analysis;
use crate::config::{self, Config, FILE_NAME, REVIEWS_NAME, WAIVERS_NAME};
use crate::discover::commit::{Commit, CommitError};
use crate::discover::disk::Disk;
use crate::discover::joined::{Joined, Part};
use crate::discover::passed_over::{Family, family, is_kept};
use crate::discover::tree::Tree;
use crate::model::own_report;
use crate::report::nothing::Nothing;
use crate::settings::{Baseline, Origin, Settings, Waivers};
use crate::source::Text;
use globset::Glob;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How the paths of the command line are read.
#[derive(Clone, Copy, Default)]
pub(super) struct Reading<'r> {
    /// The configuration that the command line names.
    pub(super) config: Option<&'r Path>,
    /// A configuration in place of any that is there.
    pub(super) written: Option<&'r str>,
    /// The baseline that the command line names; it goes above that of the configuration.
    pub(super) baseline: Option<&'r str>,
    /// What is staged stands in for the working tree.
    pub(super) staged: bool,
}

/// Everything that is read.
pub(super) struct Inputs {
    tree: Box<dyn Tree>,
    settings: Settings,
    /// The other tree in which the tests live, and its baseline.
    other: Option<(PathBuf, Option<String>)>,
    staged: bool,
    /// The paths as a person would write them.
    named: String,
    /// What stands before the paths of files to make them paths from the current folder.
    base: String,
    /// The paths, each with what stands before its files.
    paths: Vec<(PathBuf, String)>,
    /// The lock of reviews, whether it is there or not.
    lock: PathBuf,
}

impl Inputs {
    /// Finds the configuration and opens the trees.
    pub(super) fn open(paths: &[PathBuf], reading: Reading<'_>) -> Result<Self, Failure> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        for path in paths {
            fs::metadata(path).map_err(|error| {
                let doing = format!("failed to read `{}`", path.display());
                Failure::io(&doing, &error, "Name a folder or a file that exists and can be read.")
            })?;
        }
        let folder = folder(paths);
        let lock = reading.config.and_then(Path::parent).unwrap_or(&folder).join(REVIEWS_NAME);
        let config = configuration(&folder, reading)?;
        let named = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let code_at = reading.baseline.map(Rev::Option).or(config.baseline.as_deref().map(|name| Rev::Key(name, "baseline")));
        let mut settings = config.settings.clone();
        settings.today = super::today::latest();
        settings.reviews = super::locked::read(&lock, shown(&folder, &lock))?;
        settings.partial = paths.len() > 1 || paths.iter().any(|path| path.is_file());
        let is_hidden = |prefix: &String| prefix.split('/').any(|part| part.len() > 1 && part.starts_with('.'));
        settings.named = prefixes(paths).into_iter().filter(is_hidden).collect();
        let mut parts = Vec::new();
        for (path, prefix) in paths.iter().zip(prefixes(paths)) {
            let code_at = code_at.filter(|_| config.tests_root.is_none());
            parts.extend(trees(path, &prefix, &config, code_at, reading.staged)?);
        }
        let tests = config.tests_root.as_ref().map_or_else(|| folder.clone(), |root| folder.join(root));
        if config.tests_root.is_some() {
            let part = other_tree(&tests, code_at, &settings.tests)?;
            for pattern in &mut settings.tests {
                *pattern = format!("{}/{}", part.prefix, pattern.trim_start_matches("./"));
            }
            parts.push(part);
        }
        let previous = config.previous.as_deref().map(|name| Rev::Key(name, "previous"));
        settings.baseline = code_at.map(|rev| rev.resolved(&tests)).transpose()?;
        settings.previous = previous.map(|rev| rev.resolved(&tests)).transpose()?;
        let base = base(paths);
        let paths = paths.iter().cloned().zip(prefixes(paths)).collect();
        let other = config.tests_root.map(|_| (tests, code_at.map(|rev| rev.name().to_owned())));
        Ok(Self { tree: single(parts), settings, other, staged: reading.staged, named, base, paths, lock })
    }

    /// The files.
    pub(super) fn tree(&self) -> &dyn Tree {
        self.tree.as_ref()
    }

    /// The files as they were at a commit; code that is read at a baseline stays that of the baseline.
    pub(super) fn at(&self, revision: &str) -> Result<Box<dyn Tree>, Failure> {
        const SAVE: &str = "Save a report there, with `tracegate check --format json --output FILE`, and name that file.";
        if self.settings.tests_root && !self.staged {
            let message = format!("the tests live in another tree, and what that was at `{revision}` is not known");
            return Err(Failure::new(message, SAVE));
        }
        let mut parts = Vec::new();
        for (path, prefix) in &self.paths {
            if path.is_file() {
                let message = format!("`{}` is a file: what it is compared with is a tree at `{revision}`", path.display());
                return Err(Failure::new(message, SAVE));
            }
            let then = Part::whole(Box::new(Rev::Since(revision).open(path)?), prefix.clone());
            match &self.settings.baseline {
                None => parts.push(then),
                Some(baseline) => {
                    let code = Box::new(Rev::Option(&baseline.id).open(path)?);
                    parts.push(Part { takes: is_code, ..Part::whole(code, prefix.clone()) });
                    parts.push(Part { takes: |path| !is_code(path), ..then });
                }
            }
        }
        // A commit of the documents changes nothing in the tree of the tests: it is the same before and after.
        if let Some((root, baseline)) = &self.other {
            parts.push(other_tree(root, baseline.as_deref().map(Rev::Option), &[])?);
        }
        Ok(single(parts))
    }

    /// Whether there is no commit yet that the files could be compared with.
    pub(super) fn is_first_commit(&self) -> bool {
        self.paths.first().is_some_and(|(path, _)| Commit::is_first(path))
    }

    /// The lock of reviews, whether it is there or not.
    pub(super) fn lock(&self) -> &Path {
        &self.lock
    }

    /// Whether what is staged stands in for the working tree.
    pub(super) fn is_staged(&self) -> bool {
        self.staged
    }

    /// What the configuration says.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What stands before the paths of files to make them paths from the current folder: empty or `docs/`.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Whether results of tests must be there.
    pub(super) fn expect_results(&mut self, expected: bool) {
        self.settings.without_results = !expected;
    }

    /// Links are about to be reviewed.
    pub(super) fn begin_review(&mut self) {
        self.settings.reviewing = true;
    }

    /// Patterns of what to ignore that match no file: what they were meant for may have moved.
    pub(super) fn idle(&self) -> impl Iterator<Item = &str> {
        let matches = |pattern: &str| {
            let glob = Glob::new(pattern).map(|glob| glob.compile_matcher());
            glob.is_ok_and(|glob| self.tree.files().iter().any(|entry| glob.is_match(&entry.path)))
        };
        self.settings.ignore.iter().map(String::as_str).filter(move |pattern| !matches(pattern))
    }

    /// Reports of this program that no reader takes, with the reason. Only who asks for all files wants to know.
    pub(super) fn own_reports(&self, analysis: &Analysis) -> Vec<(String, String)> {
        let files = self.tree.files().iter().enumerate();
        let read = analysis.graph.inputs.iter().map(|input| input.path.as_str());
        let known: BTreeSet<&str> = read.chain(analysis.passed_over.iter().map(|(path, _)| path.as_str())).collect();
        let maybe = files.filter(|(_, entry)| own_report::may_be_own(&entry.path) && !known.contains(entry.path.as_str()));
        let own = |at: usize| self.tree.bytes(at).is_ok_and(|bytes| own_report::is_own(&String::from_utf8_lossy(&bytes)));
        maybe.filter(|(at, _)| own(*at)).map(|(_, entry)| (entry.path.clone(), own_report::REASON.to_owned())).collect()
    }

    /// A name as reports write it, where it begins with a path from the current folder to a file that is read.
    pub(super) fn named_from_here(&self, name: &str) -> String {
        let (path, rest) = name.find(':').map_or((name, ""), |at| name.split_at(at));
        let root = match self.paths.as_slice() {
            [(root, _)] if root.is_dir() => fs::canonicalize(root),
            _ => return name.to_owned(),
        };
        let is_read = |below: &str| self.tree.find(below).is_some();
        match (root, fs::canonicalize(path.trim())) {
            (Ok(root), Ok(full)) if full.is_file() => match full.strip_prefix(&root).map(|below| shown(&root, &root.join(below)))
            {
                Ok(below) if is_read(&below) => format!("{below}{rest}"),
                _ => name.to_owned(),
            },
            _ => name.to_owned(),
        }
    }

    /// No requirement in force: no gate may be open on that.
    pub(super) fn nothing_to_check(&self, analysis: &Analysis) -> Failure {
        let nothing = Nothing {
            named: &self.named,
            files: self.tree.files().len(),
            graph: &analysis.graph,
            findings: &analysis.findings,
            records_named: !self.settings().records.is_empty(),
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

fn configuration(folder: &Path, reading: Reading<'_>) -> Result<Config, Failure> {
    let named = reading.config;
    let path = named.map_or_else(|| folder.join(FILE_NAME), Path::to_owned);
    if named.is_none() && reading.written.is_none() && !path.exists() {
        let waivers = waivers(folder, folder, None)?;
        return Ok(Config { settings: Settings { waivers, ..Settings::default() }, ..Config::default() });
    }
    let read = reading.written.map_or_else(|| fs::read(&path), |text| Ok(text.as_bytes().to_vec()));
    let bytes = read.map_err(|error| {
        let doing = format!("failed to read the configuration `{}`", path.display());
        Failure::io(&doing, &error, "Name a file that exists and can be read, or leave --config out.")
    })?;
    let mut config = config::parse(Text::decode(bytes.clone())).map_err(|invalid| Failure::config(&path, &invalid))?;
    let patterns = std::mem::take(&mut config.patterns);
    config.settings.origin = Some(Origin { path: shown(folder, &path), bytes, patterns });
    config.settings.waivers = waivers(folder, path.parent().unwrap_or(folder), config.waivers.as_deref())?;
    Ok(config)
}

/// The waivers: those of the named file, or of the one beside the configuration if there is one.
fn waivers(folder: &Path, beside: &Path, named: Option<&str>) -> Result<Option<Waivers>, Failure> {
    let path = named.map_or_else(|| beside.join(WAIVERS_NAME), |name| folder.join(name));
    if named.is_none() && !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(|error| {
        let doing = format!("failed to read the waivers `{}`", path.display());
        Failure::io(&doing, &error, "Check `file` in the section [waivers] of the configuration.")
    })?;
    let list = config::parse_waivers(Text::decode(bytes.clone())).map_err(|invalid| Failure::config(&path, &invalid))?;
    Ok(Some(Waivers { path: shown(folder, &path), bytes, list }))
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
    let artifacts = [&settings.results, &settings.inventory, &settings.coverage, &settings.mutation];
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

/// What stands before the paths of files to make them paths from the current folder. Paths that do not lead downwards
/// from there have none. It is made of the words of the command line alone: the same ones give the same report anywhere.
fn base(paths: &[PathBuf]) -> String {
    let (Some(path), Some(prefix)) = (paths.first(), prefixes(paths).into_iter().next()) else { return String::new() };
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let parts = folder.components().filter(|part| *part != Component::CurDir);
    let names = parts.map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    let Some(names) = names.collect::<Option<Vec<String>>>() else { return String::new() };
    let named = names.iter().map(|name| format!("{name}/")).collect::<String>();
    let below = if prefix.is_empty() { prefix } else { format!("{prefix}/") };
    named.strip_suffix(&below).unwrap_or("").to_owned()
}

/// The folders of a path; a file is read as part of its folder.
fn folder_parts(path: &Path) -> Vec<String> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let full = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let full = full.unwrap_or_else(|_| folder.to_owned());
    full.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

/// A revision, and where it was named.
#[derive(Clone, Copy)]
enum Rev<'r> {
    /// On the command line.
    Option(&'r str),
    /// On the command line, where a report may stand in its place.
    Since(&'r str),
    /// By a key of the configuration.
    Key(&'r str, &'static str),
    /// What is staged, which has no name.
    Staged,
}

impl Rev<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Option(name) | Self::Since(name) | Self::Key(name, _) => name,
            Self::Staged => "",
        }
    }

    /// The tree of the revision in the repository of a folder.
    fn open(&self, root: &Path) -> Result<Commit, Failure> {
        match self {
            Self::Staged => self.found(root, |root, _| Commit::staged(root, super::environment::index().as_deref())),
            _ => self.found(root, Commit::open),
        }
    }

    fn resolved(&self, root: &Path) -> Result<Baseline, Failure> {
        Ok(Baseline { id: self.found(root, Commit::resolve)?, name: self.name().to_owned() })
    }

    fn found<T>(&self, root: &Path, find: fn(&Path, &str) -> Result<T, CommitError>) -> Result<T, Failure> {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        find(root, self.name()).map_err(|error| {
            let help = match self {
                _ if matches!(error, CommitError::NoRepository { .. }) => {
                    "Check where the history is: in a clone of the repository, with the tests' one as `root` in the section [tests]."
                        .to_owned()
                }
                _ if matches!(error, CommitError::Object { .. }) => {
                    "Clone the repository again, with all of its history.".to_owned()
                }
                Self::Option(_) => {
                    "Name a commit, a tag or a branch of the repository: `git log --oneline` lists commits.".to_owned()
                }
                Self::Since(_) => "Name a commit, a tag or a branch of the repository, or a report that `tracegate check --format json --output FILE` wrote.".to_owned(),
                Self::Key(_, key) => format!("Check `{key}` in the configuration."),
                Self::Staged => "`git status` says what is wrong with the index.".to_owned(),
            };
            Failure::new(error.to_string(), help)
        })
    }
}

/// The trees of one path: as it is now or as it is staged, or its code and its documents each at a commit.
fn trees(path: &Path, prefix: &str, config: &Config, code_at: Option<Rev<'_>>, staged: bool) -> Result<Vec<Part>, Failure> {
    let documents_at = config.documents_baseline.as_deref().map(|name| Rev::Key(name, "baseline"));
    let whole = |tree: Box<dyn Tree>| Part::whole(tree, prefix);
    if is_bare(path) && !staged {
        // Nothing is checked out in it: all is read from a commit.
        return Ok(vec![whole(Box::new(code_at.or(documents_at).unwrap_or(Rev::Option("HEAD")).open(path)?))]);
    }
    let mut now = if staged {
        whole(Box::new(Rev::Staged.open(path)?))
    } else {
        let configured = if path.is_dir() { configured(config) } else { Vec::new() };
        whole(Box::new(disk(path, &configured)?))
    };
    now.takes = match (code_at.is_some(), documents_at.is_some()) {
        (false, false) => |_| true,
        (true, false) => |path| !is_code(path),
        (false, true) => |path| !is_document(path),
        (true, true) => |path| !is_code(path) && !is_document(path),
    };
    let mut parts = vec![now];
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    if let Some(rev) = code_at {
        parts.push(Part { takes: is_code, ..whole(Box::new(rev.open(folder)?)) });
    }
    if let Some(rev) = documents_at {
        parts.push(Part { takes: is_document, ..whole(Box::new(rev.open(folder)?)) });
    }
    Ok(parts)
}

fn is_code(path: &str) -> bool {
    matches!(family(path), Some(Family::Code | Family::Lit))
}

/// Whether a path is no code and nothing that a run of tests leaves behind.
fn is_document(path: &str) -> bool {
    is_kept(path)
        || family(path).is_some_and(|family| {
            !matches!(family, Family::Code | Family::Lit | Family::Xml | Family::Coverage | Family::Results)
        })
}

/// Whether a folder is a repository without a working tree.
fn is_bare(path: &Path) -> bool {
    path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir()
}

/// The tree in which the cited tests live; its paths begin with the name of its folder.
fn other_tree(root: &Path, baseline: Option<Rev<'_>>, tests: &[String]) -> Result<Part, Failure> {
    let full = fs::canonicalize(root).map_err(|error| {
        let doing = format!("failed to read `{}`, the root of the tests", root.display());
        Failure::io(&doing, &error, "Check `root` in the section [tests] of the configuration.")
    })?;
    let name = full.file_name().map_or_else(|| "tests".to_owned(), |name| name.to_string_lossy().into_owned());
    let prefix = name.trim_start_matches('.').trim_end_matches(".git").to_owned();
    let baseline = baseline.or(is_bare(root).then_some(Rev::Option("HEAD")));
    let tree: Box<dyn Tree> = match baseline {
        Some(baseline) => Box::new(baseline.open(root)?),
        None => Box::new(disk(root, tests)?),
    };
    Ok(Part::whole(tree, prefix))
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
