//! Files of a folder on disk.

mod below;
mod hidden;
mod repositories;

use super::commit::full;
use super::passed_over::{Class, Family, classify, family, folder_passed_over};
use super::tree::{Absent, Entry, Tree, no_such_index};
use crate::model::history::{Asked, Head, Made, Versions};
use crate::model::revision::{Revision, Why};
use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder, WalkState};
use rustc_hash::FxHashSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{OnceLock, mpsc};
use std::{fs, io};

/// The files of a folder.
///
/// Ignore files (`.gitignore`, `.ignore`) are respected, also those above the folder, except for
/// what git tracks all the same, and folders of which nothing is read are not entered. The global ignore file of a user is
/// not respected: the same folder must give the same result for everybody. Symbolic links are
/// not followed unless one is configured by its own path; where they lead out of the folder
/// they are reported as absent.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    entries: Vec<Entry>,
    absent: Vec<Absent>,
    unmatched: Vec<String>,
    /// One file was named, and not a folder.
    only: bool,
    /// The repositories within it.
    within: OnceLock<Vec<String>>,
}

/// What one step of a walk found.
enum Found {
    File(Entry),
    Absent(Absent),
    /// An ignore file, whatever else it is.
    Rules,
}

/// The names of ignore files.
const RULES: [&str; 2] = [".gitignore", ".ignore"];

impl Found {
    fn file(&self) -> Option<&str> {
        match self {
            Self::File(entry) => Some(&entry.path),
            Self::Absent(_) | Self::Rules => None,
        }
    }
}

impl Disk {
    /// Lists the files of a folder, or the one file that `root` is.
    ///
    /// `configured` are the paths and patterns that the configuration names. They are
    /// relative to `root` and reach files that are ignored or passed over, because results of
    /// test runs usually stand in ignored folders.
    pub fn open(root: &Path, configured: &[String]) -> io::Result<Self> {
        let (root, only) =
            if root.is_file() { (root.parent().unwrap_or(root).to_owned(), root.file_name()) } else { (root.to_owned(), None) };
        // An empty parent is the current directory, which the system calls `.`.
        let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
        fs::read_dir(&root)?;
        let start = only.map_or_else(|| root.clone(), |name| root.join(name));
        let tracked = if only.is_none() { tracked(&root) } else { None };
        let mut hidden = Vec::new();
        if only.is_none() && tracked.is_none() {
            hidden = below::below(&root);
        }
        // Where nothing is ignored, one walk has found all.
        let whole = !hidden.is_empty() && !ignores(&root, &hidden);
        // Git's ignore files say what it does not track. Where it tracks nothing, as in what was exported, they say nothing of
        // what is there.
        let what = if tracked.is_some() || lies_in_repository(&root) { Walk::Filtered } else { Walk::Exported };
        let mut found = if whole { std::mem::take(&mut hidden) } else { walk(&root, &start, what) };
        if only.is_none() {
            let known: FxHashSet<&str> = found.iter().filter_map(Found::file).collect();
            let tracked = tracked.unwrap_or_default().into_iter().filter(|path| !known.contains(path.as_str()));
            let hidden = hidden.iter().filter_map(Found::file).filter(|path| !known.contains(path) && is_document(path));
            let more: Vec<Found> = tracked.filter_map(|path| present(&root, path)).chain(hidden.map(ignored)).collect();
            found.extend(more);
        }
        let mut unmatched = Vec::new();
        for pattern in configured {
            let reached = reach(&root, pattern);
            if reached.is_empty() {
                unmatched.push(pattern.clone());
            }
            found.extend(reached);
        }
        if only.is_none() {
            found.extend(absent_submodules(&root).into_iter().map(Found::Absent));
        }
        let (mut entries, mut absent) = (Vec::new(), Vec::new());
        for found in found {
            match found {
                Found::File(entry) => entries.push(entry),
                Found::Absent(what) => absent.push(what),
                Found::Rules => {}
            }
        }
        // By bytes, so that the order is the same on every system and with any threads.
        entries.sort_unstable();
        entries.dedup_by(|next, kept| next.path == kept.path);
        absent.sort_unstable();
        absent.dedup();
        Ok(Self { root, entries, absent, unmatched, only: only.is_some(), within: OnceLock::new() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The configured paths and patterns that name no file.
    pub fn unmatched(&self) -> &[String] {
        &self.unmatched
    }
}

impl Tree for Disk {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        let entry = self.entries.get(index).ok_or_else(|| no_such_index(index))?;
        fs::read(self.root.join(&entry.path))
    }

    fn head(&self, index: usize, most: usize) -> io::Result<Vec<u8>> {
        let entry = self.entries.get(index).ok_or_else(|| no_such_index(index))?;
        let mut head = Vec::with_capacity(most);
        fs::File::open(self.root.join(&entry.path))?.take(most as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    fn absent(&self) -> &[Absent] {
        &self.absent
    }

    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        self.look_up(wanted)
    }

    fn past(&self, beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        self.at(beside, commit)
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        self.became(paths, since)
    }

    fn made(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        self.committed(beside, asked)
    }

    fn heads(&self, files: &[usize]) -> Vec<Head> {
        self.checked_out(files)
    }

    fn part(&self, path: &str) -> usize {
        self.number(path)
    }

    fn hidden_results(&self) -> Vec<String> {
        // A single file has nothing beside it.
        if self.only { Vec::new() } else { self.hidden() }
    }
}

/// The repository of a folder. One further up that tracks nothing of the folder is not that of the folder.
fn own(root: &Path) -> Result<gix::Repository, Why> {
    let opened = gix::discover_opts(full(root), Default::default(), gix::open::Options::isolated());
    opened.ok().filter(|_| tracked(root).is_some_and(|paths| !paths.is_empty())).ok_or(Why::NoRepository)
}

/// What git tracks below `root` is part of the project, whatever an ignore file says of it later: only what is not
/// tracked is ignored. `None` where there is no repository.
fn tracked(root: &Path) -> Option<Vec<String>> {
    let repository = gix::discover_opts(full(root), Default::default(), gix::open::Options::isolated()).ok()?;
    let top = fs::canonicalize(repository.workdir()?).ok()?;
    let below = relative(&top, &fs::canonicalize(root).ok()?)?;
    let index = repository.open_index().ok()?;
    let mut paths = Vec::new();
    for entry in index.entries() {
        let Ok(path) = std::str::from_utf8(entry.path(&index)) else { continue };
        let path = if below.is_empty() { Some(path) } else { path.strip_prefix(&below).and_then(|path| path.strip_prefix('/')) };
        paths.extend(path.filter(|path| is_entered(path)).map(str::to_owned));
    }
    Some(paths)
}

/// Whether a folder or one above it is that of a repository, opened or not.
fn lies_in_repository(root: &Path) -> bool {
    let is_top = |folder: &Path| folder.join(".git").symlink_metadata().is_ok();
    fs::canonicalize(root).map_or(true, |root| root.ancestors().any(is_top))
}

/// Whether an ignore file speaks of a folder in which so much was found: one in it or above, or that of a repository
/// which could not be opened.
fn ignores(root: &Path, found: &[Found]) -> bool {
    let above = |folder: &Path| RULES.iter().chain([&".git"]).any(|name| folder.join(name).symlink_metadata().is_ok());
    found.iter().any(|one| matches!(one, Found::Rules)) || fs::canonicalize(root).map_or(true, |root| root.ancestors().any(above))
}

/// A tracked file, if it was not deleted.
fn present(root: &Path, path: String) -> Option<Found> {
    let is_file = fs::symlink_metadata(root.join(&path)).is_ok_and(|metadata| metadata.is_file());
    is_file.then_some(Found::File(Entry { path }))
}

/// Whether the folders of a path are entered.
fn is_entered(path: &str) -> bool {
    path.rsplit_once('/').is_none_or(|(folder, _)| folder_passed_over(folder).is_none())
}

/// Whether a path is that of a document that would be read.
fn is_document(path: &str) -> bool {
    matches!(
        classify(path),
        Class::Candidate(Family::Markdown | Family::AsciiDoc | Family::ReStructuredText | Family::StrictDoc | Family::Csv)
    )
}

fn ignored(path: &str) -> Found {
    Found::Absent(Absent { path: path.to_owned(), reason: "ignored by an ignore file".to_owned() })
}

/// What a walk leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    /// What ignore files name, and folders of which nothing is read.
    Filtered,
    /// The same, but for the ignore files of git.
    Exported,
    /// Folders of which nothing is read.
    Unfiltered,
    /// Nothing.
    Whole,
}

/// Everything below `start`, in parallel.
fn walk(root: &Path, start: &Path, what: Walk) -> Vec<Found> {
    let mut builder = WalkBuilder::new(start);
    let git = what == Walk::Filtered;
    let filtered = git || what == Walk::Exported;
    builder.standard_filters(false).git_global(false).require_git(false);
    builder.parents(filtered).ignore(filtered).git_ignore(git).git_exclude(git);
    let base = root.to_owned();
    builder.filter_entry(move |entry| {
        if entry.depth() == 0 {
            return true;
        }
        // A worktree and a submodule have a file of this name.
        if entry.file_name() == ".git" {
            return false;
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let path = || relative(&base, entry.path()).unwrap_or_default();
        !(what != Walk::Whole && is_folder && folder_passed_over(&path()).is_some())
    });
    let (sender, receiver) = mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let found = match entry {
                Ok(entry) => found(root, &entry),
                Err(error) => Some(Found::Absent(unreadable(root, &error))),
            };
            match found.map(|found| sender.send(found)) {
                Some(Err(_)) => WalkState::Quit,
                _ => WalkState::Continue,
            }
        })
    });
    drop(sender);
    receiver.into_iter().collect()
}

/// What a step of a walk found.
fn found(root: &Path, entry: &DirEntry) -> Option<Found> {
    let (kind, path) = (entry.file_type()?, relative(root, entry.path()));
    // A link that the walk begins with was asked for by name: `reports/latest.xml`.
    if let Some(path) = path.as_ref().filter(|_| kind.is_symlink() && entry.depth() == 0) {
        let is_file = fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_file());
        return is_file.then(|| Found::File(Entry { path: path.clone() }));
    }
    look_at(root, path, kind, || entry.path().to_owned())
}

/// A file, or why it is none that can be read; folders and other things are nothing. `path` is that below the root, if
/// it is Unicode.
fn look_at(root: &Path, path: Option<String>, kind: fs::FileType, at: impl Fn() -> PathBuf) -> Option<Found> {
    let Some(path) = path else {
        let at = at();
        let path = at.strip_prefix(root).unwrap_or(&at).to_string_lossy().replace('\\', "/");
        let reason = "the name is not valid Unicode".to_owned();
        let readable = kind.is_file() && family(&path).is_some();
        return readable.then_some(Found::Absent(Absent { path, reason }));
    };
    if kind.is_symlink() {
        return link(root, &at(), path).map(Found::Absent);
    }
    kind.is_file().then_some(Found::File(Entry { path }))
}

/// A link is no file of its own: its target is read where it stands. If that is elsewhere
/// or nowhere, something is missing, and that is said of links that could matter.
fn link(root: &Path, at: &Path, path: String) -> Option<Absent> {
    let reason = match (fs::canonicalize(at), fs::canonicalize(root)) {
        (Ok(target), Ok(root)) if target.starts_with(&root) => return None,
        (Ok(target), _) if target.is_dir() => "the link leads to a folder outside of the scan",
        (Ok(_), _) => "the link leads to a file outside of the scan",
        (Err(_), _) => "the link leads nowhere",
    };
    let matters = at.is_dir()
        || matches!(classify(&path), Class::Candidate(family) if !matches!(family, Family::Data | Family::Lit | Family::PlainText));
    matters.then(|| Absent { path, reason: reason.to_owned() })
}

fn unreadable(root: &Path, error: &ignore::Error) -> Absent {
    let mut inner = error;
    let mut path = String::new();
    // The path and the cause are wrapped in each other.
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = relative(root, at).unwrap_or_else(|| at.to_string_lossy().into_owned());
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            other => {
                let reason = format!("it cannot be read: {other}");
                return Absent { path, reason };
            }
        };
    }
}

/// The path below `root` with `/`; `None` where it is not Unicode or not below.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let names = parts.filter(|part| !matches!(part, Component::CurDir));
    let names: Option<Vec<_>> = names.map(|part| part.as_os_str().to_str()).collect();
    Some(names?.join("/"))
}

/// The files that a configured path or pattern names, ignored or not.
fn reach(root: &Path, pattern: &str) -> Vec<Found> {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let Some(matcher) = Pattern::new(pattern) else {
        return Vec::new();
    };
    // Nothing outside of the part before the first wildcard can match.
    let fixed = pattern.split('/').take_while(|part| !part.contains(['*', '?', '[', '{']));
    let start = fixed.fold(root.to_owned(), |path, part| path.join(part));
    if !start.exists() {
        return Vec::new();
    }
    let mut found = walk(root, &start, Walk::Whole);
    found.retain(|found| match found {
        Found::File(entry) => matcher.matches(&entry.path),
        Found::Absent(what) => matcher.matches(&what.path),
        Found::Rules => false,
    });
    found
}

/// A configured path: itself, everything below it, or what it matches as a pattern.
struct Pattern<'a> {
    written: &'a str,
    glob: GlobMatcher,
}

impl<'a> Pattern<'a> {
    fn new(written: &'a str) -> Option<Self> {
        let glob = GlobBuilder::new(written).literal_separator(true).build().ok()?;
        Some(Self { written, glob: glob.compile_matcher() })
    }

    fn matches(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.written).is_some_and(|rest| rest.starts_with('/'));
        below || path == self.written || self.glob.is_match(path)
    }
}

/// The submodules below `root` that are not checked out.
fn absent_submodules(root: &Path) -> Vec<Absent> {
    let Ok(root) = fs::canonicalize(root) else {
        return Vec::new();
    };
    // An archive of a repository has no `.git`, and its submodules are empty folders.
    let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root);
    let Ok(text) = fs::read(top.join(".gitmodules")) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(&text);
    let paths = submodule_paths(&text).filter_map(|path| relative(&root, &top.join(path)));
    paths
        .filter(|path| !path.is_empty() && is_empty(&root.join(path)))
        .map(|path| Absent { path, reason: "the submodule is not checked out".to_owned() })
        .collect()
}

/// The values of `path` in a `.gitmodules` file (gitmodules(5)).
fn submodule_paths(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "path").then(|| value.trim().trim_matches('"'))
    })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}
