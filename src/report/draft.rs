//! What was found, as a configuration that says the same: `init`.

use super::visible::count;
use crate::link::graph::{Graph, Input, Requirement};
use crate::model::Role;
use crate::model::matrix::Layout;
use crate::model::test_case::Kind;
use crate::source::FileId;
use globset::Glob;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// More patterns than this are no configuration that anybody reads.
const MOST: usize = 16;

/// A configuration to be written.
#[derive(Debug, Default)]
pub struct Draft {
    lists: Vec<List>,
}

/// What one key would name.
#[derive(Debug)]
struct List {
    key: &'static str,
    /// What was found, with numbers.
    found: String,
    /// Patterns of exactly these files; `None` where that takes too many.
    patterns: Option<Vec<String>>,
    files: usize,
}

/// The keys of documents and of tests, what their files are, and what stands in them.
const KEYS: [(&str, Role, &str); 8] = [
    ("specifications", Role::Specification, "requirement"),
    ("matrices", Role::Matrix, "row"),
    ("records", Role::Record, "action"),
    ("files", Role::Tests, "test"),
    ("results", Role::Results, "result"),
    ("inventory", Role::Inventory, "listed test"),
    ("coverage", Role::Coverage, "measured file"),
    ("mutation", Role::Mutation, "mutated file"),
];

/// The first keys belong into the section `[documents]`.
const OF_DOCUMENTS: usize = 3;

impl Draft {
    /// What a configuration of a tree would name; `paths` are all files of the tree.
    pub fn of(graph: &Graph, paths: &[&str]) -> Self {
        let mut requirements: BTreeMap<FileId, usize> = BTreeMap::new();
        let defined = |one: &&Requirement| !graph.namespaces.get(one.namespace as usize).is_some_and(|space| space.by_matrix);
        for one in graph.requirements.iter().filter(defined) {
            *requirements.entry(one.place.file).or_default() += 1;
        }
        let list = |(key, role, item): (&'static str, Role, &str)| {
            let items = |(file, input): &(FileId, &Input)| match role {
                Role::Specification => requirements.get(file).copied().unwrap_or(0),
                Role::Matrix => rows(graph, *file),
                _ => items(role, input),
            };
            let named = |one: &(FileId, &Input)| one.1.role == Some(role) && items(one) > 0;
            let found: Vec<(FileId, &Input)> = graph.files().filter(named).collect();
            let wanted: BTreeSet<&str> = found.iter().map(|(_, input)| input.path.as_str()).collect();
            // Helpers beside tests are read the same way, named or not, and so are records without an action.
            let alike = |path: &str| match role {
                Role::Tests => is(graph, path, Role::Source),
                _ => is(graph, path, role),
            };
            let total = found.iter().map(items).sum();
            List {
                key,
                found: format!("{} in {}", count(total, item), count(found.len(), "file")),
                patterns: patterns(&wanted, paths, &|path| wanted.contains(path) || alike(path)),
                files: found.len(),
            }
        };
        Self { lists: KEYS.into_iter().map(list).collect() }
    }

    /// The keys that can be written.
    pub fn keys(&self) -> Vec<&'static str> {
        let written = self.lists.iter().filter(|list| list.files > 0 && list.patterns.is_some());
        written.map(|list| list.key).collect()
    }

    /// The configuration, with those of its keys that are `kept`.
    pub fn text(&self, kept: &[&str]) -> String {
        let mut out = String::from(HEAD);
        let (documents, tests) = self.lists.split_at(OF_DOCUMENTS.min(self.lists.len()));
        for (section, lists, more) in [("documents", documents, OF_THE_DOCUMENTS), ("tests", tests, OF_THE_TESTS)] {
            let _ = writeln!(out, "\n[{section}]");
            for list in lists {
                list.write(kept.contains(&list.key), &mut out);
            }
            out.push_str(more);
        }
        out + REST
    }

    /// What was found and what was not, a line each, for people.
    pub fn found(&self) -> String {
        let name = |list: &List| if list.key == "files" { "tests" } else { list.key };
        let (some, none): (Vec<&List>, Vec<&List>) = self.lists.iter().partition(|list| list.files > 0);
        let mut out: String = some.iter().map(|list| format!("  {:15} {}\n", name(list), list.found)).collect();
        let none: Vec<&str> = none.into_iter().map(name).collect();
        if !none.is_empty() {
            let _ = writeln!(out, "  not found       {}", none.join(", "));
        }
        out
    }
}

const HEAD: &str = "\
# Written by `tracegate init`. Everything in it is optional, and it changes no verdict: it says what was found, so that it is
# told (E12) when one of these is gone or says nothing any more. All keys: `tracegate explain configuration`.
";

const OF_THE_DOCUMENTS: &str = "\
# What is no longer in force:
# ignore = [\"docs/old/**\"]
";

const OF_THE_TESTS: &str = "\
# Where the cited tests live, if in another tree:
# root = \"../firmware\"
# The commit that the evidence belongs to, if it is not the working tree:
# baseline = \"v1.0\"
";

const REST: &str = "
# How the level of a test is known; the first match wins:
# [levels]
# integration = [\"path:tests/integration/**\", \"marker:integration\"]

# What requirements must have:
# [[policy]]
# requirements = \"REQ-LINK-001..003\"
# level = \"integration\"
# rung = \"executes\"

# Severities, by code or name: error, warning, info or off.
# [severity]
# T02 = \"off\"
";

impl List {
    fn write(&self, kept: bool, out: &mut String) {
        let (key, found) = (self.key, &self.found);
        let _ = match (&self.patterns, self.files) {
            (_, 0) => writeln!(out, "# {key}: none was found"),
            (Some(patterns), _) if kept => writeln!(out, "# {found}\n{key} = {}", array(patterns)),
            (Some(_), _) => writeln!(out, "# {key}: {found}; named here, they would be read otherwise"),
            (None, _) => writeln!(out, "# {key}: {found}; they are found by themselves, and too many to be named"),
        };
    }
}

/// An array of TOML, on one line where that is short.
fn array(patterns: &[String]) -> String {
    let quoted: Vec<String> = patterns.iter().map(|one| toml::Value::String(one.clone()).to_string()).collect();
    let line = format!("[{}]", quoted.join(", "));
    if line.len() <= 90 { line } else { format!("[\n{}]", quoted.iter().map(|one| format!("  {one},\n")).collect::<String>()) }
}

fn is(graph: &Graph, path: &str, role: Role) -> bool {
    let found = graph.inputs.binary_search_by(|input| input.path.as_str().cmp(path));
    found.ok().and_then(|at| graph.inputs.get(at)).is_some_and(|input| input.role == Some(role))
}

/// The rows of a matrix; its detail sections only repeat them, unless it has no others.
fn rows(graph: &Graph, file: FileId) -> usize {
    let of = graph.rows.iter().filter(|node| node.fact.file == file);
    let (detail, summary): (Vec<_>, Vec<_>) = of.partition(|node| graph.table(node).layout == Layout::Detail);
    if summary.is_empty() { detail.len() } else { summary.len() }
}

/// How much of what makes a file what it is stands in it.
fn items(role: Role, input: &Input) -> usize {
    let facts = &input.facts;
    match role {
        Role::Record => facts.actions.len(),
        Role::Tests => facts.tests.iter().filter(|test| test.kind == Kind::Test).count(),
        Role::Results => facts.results.len(),
        Role::Inventory => facts.inventory.as_ref().map_or(0, |inventory| inventory.count()),
        Role::Coverage => facts.coverage.as_ref().map_or(0, |coverage| coverage.files.len()),
        Role::Mutation => facts.mutation.as_ref().map_or(0, |mutation| mutation.files.len()),
        _ => 0,
    }
}

/// Patterns that match all wanted files, and of the others only what does no harm; `None` where that takes too many. They
/// stay within the folders of these files: what a pattern names is read even where git ignores it, and one for all folders
/// below would one day reach what a package manager puts there.
fn patterns(wanted: &BTreeSet<&str>, all: &[&str], harmless: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let fits = |pattern: &str| {
        let glob = Glob::new(pattern).map(|glob| glob.compile_matcher());
        glob.is_ok_and(|glob| all.iter().filter(|path| glob.is_match(path)).all(|path| harmless(path)))
    };
    let mut folders: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for path in wanted {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry((folder, extension(path))).or_default().push(path);
    }
    if folders.len() > MOST {
        return None;
    }
    let each = folders.iter().flat_map(|((folder, _), paths)| match common(folder, paths).filter(|one| fits(one)) {
        Some(pattern) => vec![pattern],
        None => paths.iter().map(|path| globset::escape(path)).collect(),
    });
    let found: Vec<String> = each.take(MOST + 1).collect();
    (found.len() <= MOST).then_some(found)
}

/// The name of a file from its last dot on.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rfind('.').and_then(|at| name.get(at..)).unwrap_or("")
}

/// One pattern for several files of a folder: what their names have in common at both ends, in whole words.
fn common(folder: &str, paths: &[&str]) -> Option<String> {
    let names: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
    let (first, rest) = names.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let shortest = names.iter().map(|name| name.len()).min()?;
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let start = rest.iter().map(|name| same(&mut first.chars(), &mut name.chars())).min()?;
    let end = rest.iter().map(|name| same(&mut first.chars().rev(), &mut name.chars().rev())).min()?;
    let word = |c: char| c.is_alphanumeric();
    let start = first.get(..start)?.trim_end_matches(word);
    let end = first.get(first.len().checked_sub(end)?..)?.trim_start_matches(word);
    if start.len() + end.len() > shortest || end.is_empty() {
        return None;
    }
    let folder = if folder.is_empty() { String::new() } else { format!("{}/", globset::escape(folder)) };
    Some(format!("{folder}{}*{}", globset::escape(start), globset::escape(end)))
}
