//! The commits that documents name for their evidence, and what the repository of the tests knows of them.

use super::drift::Past;
use super::graph::{Graph, Input, Resolution, RowId};
use crate::model::claim::{Claim, What};
use crate::model::revision::{Revision, Why};
use crate::model::vocabulary::words;
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

/// One commit as a document names it, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Where it is written.
    pub place: Place,
    /// The row that it is of; `None` where it is that of the whole document.
    pub row: Option<RowId>,
    /// What is written.
    pub written: String,
    /// The hash in it, or that of the tag which it names.
    pub hash: Option<String>,
    /// Where no hash is written: what may be the name of a tag, or a few digits of a hash.
    pub names: Vec<String>,
    /// It stands in a column that may name what implements the requirement, and not what was tested.
    pub beside: bool,
    /// The repository that the document names for it, by the last part of its name.
    pub repository: Option<String>,
    /// What came of looking it up.
    pub revision: Revision,
    /// The day on which it was made, where it is that of a whole document and something may be older.
    pub day: Option<String>,
}

/// Asks for commits, each with a file beside which it belongs.
pub type Ask<'a> = dyn Fn(&[(&str, &str)]) -> Vec<Revision> + 'a;

/// Finds the commits of all documents and looks them up beside the tests that their rows cite.
pub fn look(graph: &mut Graph, ask: &Ask<'_>) {
    let mut commits = collect(graph);
    if commits.is_empty() {
        return;
    }
    let mut beside: FxHashMap<FileId, Option<String>> = FxHashMap::default();
    for commit in &commits {
        beside.entry(commit.place.file).or_insert_with_key(|file| tests_of(graph, *file));
    }
    let mixed = mixed(&commits);
    let with_rows: FxHashSet<FileId> = graph.rows.iter().map(|node| node.fact.file).collect();
    let evidence = evidence(&with_rows, |file| tests_of(graph, file));
    let (mut asked, mut doubtful) = (Vec::new(), FxHashSet::default());
    for (at, commit) in commits.iter().enumerate() {
        let file = commit.place.file;
        let found = beside.get(&file).and_then(Option::as_deref);
        // Where a document names several repositories nobody knows which of them is at hand.
        let several = mixed.contains(&file);
        if commit.repository.is_some() && (found.is_none() || several) {
            doubtful.insert(at);
            // Two may have a tag of one name, and no two have a commit of one hash.
            if found.is_none() || commit.hash.is_none() {
                continue;
            }
        }
        // A record has no rows: its commit is of one of the repositories of the tests, or of its own.
        let record = found.is_none() && !with_rows.contains(&file);
        let beside = record.then_some(&evidence).into_iter().flatten().map(String::as_str);
        let paths: Vec<&str> = beside.chain([found.unwrap_or(graph.path(file))]).collect();
        if found.is_none() && paths.len() == 1 {
            doubtful.insert(at);
        }
        let names: Vec<&str> = commit.names.iter().map(String::as_str).chain(commit.hash.as_deref()).collect();
        asked.extend(paths.iter().flat_map(|path| names.iter().map(move |name| (at, *path, *name))));
    }
    let wanted: Vec<(&str, &str)> = asked.iter().map(|(_, path, hash)| (*path, *hash)).collect();
    let positions: Vec<usize> = asked.iter().map(|(at, ..)| *at).collect();
    let told = if wanted.is_empty() { Vec::new() } else { ask(&wanted) };
    for (at, revision) in positions.into_iter().zip(told) {
        let (hash, revision) = match revision {
            Revision::Named(hash, revision) => (Some(hash), *revision),
            revision => (None, revision),
        };
        let known = |revision: &Revision| matches!(revision, Revision::Reachable | Revision::Exists);
        // Where none of its tests is found they may live elsewhere; a commit that its own repository has is still meant.
        let counts = !doubtful.contains(&at) || known(&revision);
        // Of several questions of one commit the answer counts that knows most.
        let better = |commit: &Commit| rank(&revision) >= rank(&commit.revision);
        if let Some(commit) = commits.get_mut(at).filter(|commit| counts && better(commit)) {
            commit.hash = hash.or(commit.hash.take());
            commit.revision = revision;
        }
    }
    graph.commits = commits;
}

/// How much an answer says.
fn rank(revision: &Revision) -> usize {
    match revision {
        Revision::NotAssessed(Why::OtherRepository | Why::NoRepository) => 0,
        Revision::Missing => 1,
        Revision::NotAssessed(_) => 2,
        Revision::Ambiguous(_) => 3,
        Revision::Unreachable | Revision::Named(..) => 4,
        Revision::Exists => 5,
        Revision::Reachable => 6,
    }
}

/// A cited test of each matrix, as far as they are few.
fn evidence(matrices: &FxHashSet<FileId>, tests_of: impl Fn(FileId) -> Option<String>) -> Vec<String> {
    const MOST: usize = 8;
    let mut files: Vec<FileId> = matrices.iter().copied().collect();
    files.sort_unstable();
    let mut paths: Vec<String> = files.into_iter().take(MOST).filter_map(tests_of).collect();
    paths.dedup();
    paths
}

/// Finds out when the commits of documents were made, where some evidence says when it was.
pub fn date(graph: &mut Graph, past: &dyn Past) {
    let of_documents = |commit: &Commit| {
        let known = matches!(commit.revision, Revision::Reachable | Revision::Exists);
        commit.hash.clone().filter(|_| commit.row.is_none() && known)
    };
    let dated = |input: &Input| input.facts.run.as_ref().is_some_and(|run| run.day.is_some());
    if !graph.inputs.iter().any(dated) {
        return;
    }
    let asked = graph.commits.iter().map(|commit| {
        let beside = tests_of(graph, commit.place.file).unwrap_or_else(|| graph.path(commit.place.file).to_owned());
        of_documents(commit).and_then(|hash| past.day(&hash, &beside))
    });
    let days: Vec<Option<String>> = asked.collect();
    for (commit, day) in graph.commits.iter_mut().zip(days) {
        commit.day = day;
    }
}

/// The documents that name several repositories.
fn mixed(commits: &[Commit]) -> FxHashSet<FileId> {
    let mut named: FxHashMap<FileId, &str> = FxHashMap::default();
    let mut mixed = FxHashSet::default();
    for (file, name) in commits.iter().filter_map(|one| Some((one.place.file, one.repository.as_deref()?))) {
        if *named.entry(file).or_insert(name) != name {
            mixed.insert(file);
        }
    }
    mixed
}

/// The file of a test that the rows of a document cite: its repository is that of the evidence.
fn tests_of(graph: &Graph, file: FileId) -> Option<String> {
    let rows = graph.rows.iter().filter(|node| node.fact.file == file);
    let mut tests = rows.flat_map(|node| &node.citations).filter_map(|resolution| match resolution {
        Resolution::Tests(tests) => tests.first().copied(),
        _ => None,
    });
    tests.next().map(|test| graph.path(graph.test_node(test).fact.file).to_owned())
}

/// Whether any document may name a commit.
pub(super) fn any(graph: &Graph) -> bool {
    let claims = graph.inputs.iter().flat_map(|input| &input.facts.claims);
    let mut citations = graph.inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.citations);
    claims.into_iter().any(|claim| is_bound(&claim.what)) || citations.any(|citation| citation.commit.is_some())
}

fn is_bound(what: &What) -> bool {
    matches!(what, What::Commit(_) | What::Tested(_) | What::Beside(_) | What::At { .. } | What::Release(_))
}

fn collect(graph: &Graph) -> Vec<Commit> {
    let mut commits = Vec::new();
    for (id, node) in graph.rows() {
        for (citation, resolution) in graph.citations(node) {
            let Some(written) = &citation.commit else { continue };
            let place = Place::new(node.fact.file, citation.span);
            // `pump-core@a1b2c3d` names no test but a repository.
            let leads = matches!(resolution, Resolution::Tests(_) | Resolution::File(_));
            let text = graph.input(place.file).text.as_str();
            let glued = text.get(place.span.end() as usize..).is_some_and(|after| after.starts_with('@'));
            let repository = (glued && !leads).then(|| name(graph.text(place)));
            let hash = is_hash(written).then(|| written.to_lowercase());
            commits.push(Commit { row: Some(id), ..commit(place, written, hash, repository) });
        }
    }
    for (file, input) in graph.files() {
        let says_commit = input.facts.claims.iter().any(|claim| matches!(claim.what, What::Commit(_) | What::At { .. }));
        for claim in &input.facts.claims {
            let place = Place::new(file, claim.span);
            match &claim.what {
                What::Commit(written) => {
                    let repository = repository_beside(&input.facts.claims, claim.span);
                    commits.extend(named(place, &written.text, None, repository.as_deref()));
                }
                What::Tested(written) | What::Beside(written) => {
                    let row = row_at(graph, place);
                    let found = row.iter().flat_map(|row| named(place, &written.text, Some(*row), None));
                    let beside = matches!(claim.what, What::Beside(_));
                    commits.extend(found.map(|one| Commit { beside, ..one }));
                }
                What::At { repository, commit } => {
                    let repository = Some(name(&repository.text)).filter(|name| !name.is_empty());
                    commits.extend(named(place, &commit.text, None, repository.as_deref()));
                }
                // The version of the software says less than its commit.
                What::Release(written) if !says_commit => commits.extend(named(place, &written.text, None, None)),
                _ => {}
            }
        }
    }
    commits.sort_by_key(|commit| commit.place);
    commits
}

/// The commits that a cell names, or what stands in their place.
fn named(place: Place, written: &str, row: Option<RowId>, repository: Option<&str>) -> Vec<Commit> {
    let of = |named: Option<String>, hash| {
        let repository = named.or_else(|| repository.map(str::to_owned));
        Commit { row, ..commit(place, written, hash, repository) }
    };
    let mut found = Vec::new();
    let mut bare = false;
    for (named, hash) in hashes(written) {
        // Of several hashes without a repository the first is meant, and the others explain it.
        if named.is_some() || !std::mem::replace(&mut bare, true) {
            found.push(of(named, Some(hash)));
        }
    }
    if found.is_empty() && !is_range(written) {
        found.push(Commit { names: names(written), ..of(None, None) });
    }
    found
}

fn commit(place: Place, written: &str, hash: Option<String>, repository: Option<String>) -> Commit {
    let revision = Revision::NotAssessed(if repository.is_some() { Why::OtherRepository } else { Why::NoRepository });
    let written = written.to_owned();
    Commit { place, row: None, written, hash, names: Vec::new(), beside: false, repository, revision, day: None }
}

/// Words that name a place in a history which moves on.
pub const MOVING: &[&str] = &["current", "dev", "develop", "development", "head", "latest", "main", "master", "tip", "trunk"];

/// What may be the name of a tag: the words that have digits, or the only one.
fn names(written: &str) -> Vec<String> {
    const MOST: usize = 4;
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = written.split_whitespace().map(trimmed).filter(|word| !word.is_empty()).collect();
    let one = words.len() == 1;
    let fits = |word: &String| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+'));
        let moves = MOVING.contains(&word.to_ascii_lowercase().as_str());
        plain && !moves && !word.contains("..") && (one || word.bytes().any(|byte| byte.is_ascii_digit()))
    };
    words.into_iter().filter(fits).take(MOST).flat_map(spellings).collect()
}

/// How a tag may be called: `refs/tags/v1.2` is `v1.2`, and `1.2` may be.
fn spellings(word: String) -> Vec<String> {
    let bare = word.strip_prefix("refs/tags/").or_else(|| word.strip_prefix("tags/")).unwrap_or(&word).to_owned();
    let number = |text: &str| text.contains('.') && text.starts_with(|c: char| c.is_ascii_digit());
    let other = match bare.strip_prefix(['v', 'V']) {
        Some(rest) => number(rest).then(|| rest.to_owned()),
        None => number(&bare).then(|| format!("v{bare}")),
    };
    std::iter::once(bare).chain(other).collect()
}

/// The row of a matrix in which a cell stands.
fn row_at(graph: &Graph, place: Place) -> Option<RowId> {
    // Rows are in order of file and place.
    let key = |node: &super::graph::RowNode| (node.fact.file, graph.row(node).span.start);
    let after = graph.rows.partition_point(|node| key(node) <= (place.file, place.span.start));
    let at = after.checked_sub(1)?;
    let node = graph.rows.get(at)?;
    let inside = node.fact.file == place.file && graph.row(node).span.contains(place.span);
    inside.then(|| RowId(super::graph::index(at)))
}

/// The repository that is named nearest to a commit: above it, or else below.
fn repository_beside(claims: &[Claim], span: Span) -> Option<String> {
    let mut above = None;
    for claim in claims {
        let What::Repository(written) = &claim.what else { continue };
        if claim.span.start > span.start && above.is_some() {
            break;
        }
        above = Some(name(&written.text));
        if claim.span.start > span.start {
            break;
        }
    }
    above.filter(|name| !name.is_empty())
}

/// The last part of the name of a repository, which is the same however much stands before it.
fn name(written: &str) -> String {
    let word = written.split_whitespace().next().unwrap_or_default().trim_end_matches('/');
    let last = word.rsplit(['/', ':']).next().unwrap_or(word);
    last.trim_end_matches(".git").to_lowercase()
}

/// The hashes of a text, each with the repository that is named right before it.
fn hashes(text: &str) -> Vec<(Option<String>, String)> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']' | '|' | '`' | '"'));
    let found = words.filter_map(|word| {
        let word = word.trim_end_matches(['.', ':', '…']);
        let (before, hash) = match word.rsplit_once('@') {
            Some((repository, hash)) => (Some(repository), hash),
            None => match word.split_once("/commit/") {
                Some((repository, hash)) => (Some(repository), hash),
                None => (None, word),
            },
        };
        let repository = before.map(name).filter(|name| !name.is_empty());
        // `git describe`: the tag, the commits since then and the hash.
        let hash = hash.rsplit_once("-g").map(|(_, described)| described).filter(|described| is_hash(described)).unwrap_or(hash);
        is_hash(hash).then(|| (repository, hash.to_lowercase()))
    });
    found.collect()
}

/// Whether a text names two ends of a history and not one commit.
fn is_range(text: &str) -> bool {
    text.split_once("..").is_some_and(|(from, to)| {
        let last = from.split_whitespace().next_back().unwrap_or_default();
        let first = to.trim_start_matches('.').split_whitespace().next().unwrap_or_default();
        is_hash(last) && is_hash(first)
    })
}

/// Whether a baseline stands below a heading that speaks of earlier ones.
pub fn is_past(graph: &Graph, commit: &Commit) -> bool {
    const PAST: &[&str] = &["changelog", "earlier", "former", "history", "old", "past", "previous", "prior", "superseded"];
    let text = graph.input(commit.place.file).text.as_str();
    let above = text.get(..commit.place.span.start as usize).unwrap_or_default();
    let heading = above.lines().rev().find(|line| line.starts_with('#'));
    heading.is_some_and(|heading| words(heading).split(' ').any(|word| PAST.contains(&word)))
}

/// Whether a word is the hash of a commit or its beginning. A row of the same digit holds the place of one.
pub fn is_hash(word: &str) -> bool {
    let first = word.bytes().next();
    (7..=40).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !word.bytes().all(|byte| Some(byte) == first)
}
