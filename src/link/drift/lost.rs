//! Tests and citations of which there are fewer than at the previous baseline.

use super::{Bound, Past};
use crate::link::bound::is_past;
use crate::link::graph::{Graph, Input, ReqId, Resolution};
use crate::model::citation::{Citation, Target};
use crate::model::matrix::{Row, Status};
use crate::model::record::Kind as Document;
use crate::model::requirement::Standing;
use crate::model::revision::{Revision, Why};
use crate::model::test_case::Kind;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// What there are fewer of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// Tests of a file that a matrix cites.
    Tests,
    /// Tests that a matrix cites.
    Citations,
}

/// Fewer tests than there were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The file of the tests, or the matrix.
    pub file: FileId,
    /// What.
    pub of: Of,
    /// The previous baseline.
    pub bound: Bound,
    /// How many there were.
    pub then: usize,
    /// How many there are.
    pub now: usize,
    /// Those that are gone and that no record tells of.
    pub gone: Vec<String>,
}

/// What could not be compared with the previous baseline that is configured.
pub type NotCompared = (FileId, Bound, Why);

/// Compares the matrices and the files of their tests with the previous baseline.
pub(super) fn all(graph: &Graph, settings: &Settings, past: &dyn Past) -> (Vec<Lost>, Vec<NotCompared>) {
    let (mut found, mut unseen) = (Vec::new(), Vec::new());
    let mut seen = FxHashSet::default();
    for (matrix, files) in cited(graph) {
        let Some((commit, bound)) = previous(graph, settings, matrix) else { continue };
        let before = Before { graph, past, commit: &commit, bound: &bound };
        let told = (|| {
            found.extend(before.citations(matrix)?);
            for file in files.into_iter().filter(|file| seen.insert((*file, commit.clone()))) {
                found.extend(before.tests(file)?);
            }
            Ok(())
        })();
        if let Err(why) = told {
            // Where the matrix names the commit itself, what cannot be seen is told with the changes.
            unseen.extend(settings.previous.is_some().then(|| (matrix, bound.clone(), why)));
        }
    }
    (found, unseen)
}

/// The matrices, and the files in which the tests stand that they cite.
fn cited(graph: &Graph) -> BTreeMap<FileId, BTreeSet<FileId>> {
    let mut cited: BTreeMap<FileId, BTreeSet<FileId>> = BTreeMap::new();
    for node in &graph.rows {
        let files = cited.entry(node.fact.file).or_default();
        for resolution in &node.citations {
            if let Resolution::Tests(tests) = resolution {
                files.extend(tests.iter().map(|test| graph.test_node(*test).fact.file));
            }
        }
    }
    cited
}

/// The commit with which a matrix is compared: the one that is configured, or else the one that it names.
fn previous(graph: &Graph, settings: &Settings, matrix: FileId) -> Option<(String, Bound)> {
    if let Some(previous) = &settings.previous {
        let place = Place::new(matrix, Span::default());
        return Some((previous.id.clone(), Bound { commit: previous.name.clone(), place }));
    }
    let own = graph.commits.iter().filter(|one| one.place.file == matrix && one.row.is_none() && !is_past(graph, one));
    let mut known = own.filter(|one| matches!(one.revision, Revision::Reachable | Revision::Exists));
    let (only, other) = (known.next()?, known.next());
    let hash = only.hash.clone().filter(|_| other.is_none())?;
    let commit = hash.chars().take(10).collect();
    Some((hash, Bound { commit, place: only.place }))
}

struct Before<'b> {
    graph: &'b Graph,
    past: &'b dyn Past,
    commit: &'b str,
    bound: &'b Bound,
}

impl Before<'_> {
    /// The tests of a file, if they became fewer and one of them is nowhere.
    fn tests(&self, file: FileId) -> Result<Option<Lost>, Why> {
        let path = self.graph.path(file);
        let Some(input) = self.past.read(self.commit, path)? else { return Ok(None) };
        let then: Vec<&str> =
            input.facts.tests.iter().filter(|test| test.kind == Kind::Test).map(|test| test.name.as_str()).collect();
        let here = self.graph.tests_of(file).map(|id| self.graph.test(id)).filter(|test| test.kind == Kind::Test);
        let here: Vec<&str> = here.map(|test| test.name.as_str()).collect();
        if then.len() <= here.len() {
            return Ok(None);
        }
        // One that moved to another file is not lost, and of one that is cited it is told that it is gone.
        let known: FxHashSet<&str> = self.graph.tests().map(|(id, _)| self.graph.test(id).name.as_str()).collect();
        let rows = self.graph.rows.iter().flat_map(|node| &self.graph.row(node).citations);
        let cited: FxHashSet<&str> = rows.filter_map(name).collect();
        let moved = then.iter().filter(|name| known.contains(**name) && !here.contains(*name)).count();
        let gone = then.iter().filter(|name| !known.contains(**name) && !cited.contains(**name)).map(|name| (*name).to_owned());
        let gone = self.untold(gone.collect(), path)?;
        let fell = then.len() > here.len() + moved && !gone.is_empty();
        Ok(fell.then(|| self.lost(file, Of::Tests, (then.len(), here.len()), gone)))
    }

    /// The tests that a matrix cites for requirements in force, if they became fewer.
    fn citations(&self, matrix: FileId) -> Result<Option<Lost>, Why> {
        let path = self.graph.path(matrix);
        let Some(input) = self.past.read(self.commit, path)? else { return Ok(None) };
        let active: FxHashSet<&str> = (0..)
            .zip(&self.graph.requirements)
            .map(|(at, _)| self.graph.requirement(ReqId(at)))
            .filter(|one| one.standing == Standing::Active)
            .map(|one| one.id.as_str())
            .collect();
        let (then, now) = (names(&input, &active), names(self.graph.input(matrix), &active));
        if then.len() <= now.len() {
            return Ok(None);
        }
        // What is cited with its whole file or class now is cited still.
        let cited = self.graph.rows.iter().filter(|node| node.fact.file == matrix).flat_map(|node| &node.citations);
        let tests = cited.filter_map(|one| if let Resolution::Tests(tests) = one { Some(tests) } else { None }).flatten();
        let still: FxHashSet<&str> = tests.map(|test| self.graph.test(*test).name.as_str()).collect();
        let gone = then.difference(&now).filter(|name| !still.contains(**name)).map(|name| (*name).to_owned()).collect();
        let gone = self.untold(gone, path)?;
        Ok((!gone.is_empty()).then(|| self.lost(matrix, Of::Citations, (then.len(), now.len()), gone)))
    }

    /// Those names of which no record has told since: one that names them now, or their file, and did not then.
    fn untold(&self, mut names: Vec<String>, path: &str) -> Result<Vec<String>, Why> {
        let records = self.graph.files().filter(|(file, input)| {
            let kind = self.graph.document(*file).map(|document| document.kind);
            input.path != path && matches!(kind, Some(Document::Record | Document::Investigation))
        });
        for (_, record) in records {
            if names.is_empty() {
                break;
            }
            let Some(text) = self.past.now(&record.path) else { continue };
            let before = self.past.read(self.commit, &record.path)?;
            let before = before.as_ref().map_or("", |input| input.text.as_str());
            let tells = |word: &str| text.as_str().matches(word).count() > before.matches(word).count();
            let last = path.rsplit('/').next().unwrap_or(path);
            names.retain(|name| !tells(name) && !tells(last));
        }
        Ok(names)
    }

    fn lost(&self, file: FileId, of: Of, (then, now): (usize, usize), gone: Vec<String>) -> Lost {
        Lost { file, of, bound: self.bound.clone(), then, now, gone }
    }
}

/// The tests that the rows of a matrix name for requirements that are in force now.
fn names<'i>(input: &'i Input, active: &FxHashSet<&str>) -> BTreeSet<&'i str> {
    let claims = |row: &&Row| !row.retired && !matches!(row.status, Some((Status::Retired, _)));
    let wanted = |row: &&Row| row.ids.iter().any(|mention| mention.id().is_none_or(|id| active.contains(id)));
    let rows = input.facts.rows.iter().filter(claims).filter(wanted);
    rows.flat_map(|row| row.citations.iter()).filter_map(name).collect()
}

/// The last name of a citation of a test.
fn name(citation: &Citation) -> Option<&str> {
    match &citation.target {
        Target::Test(name) => Some(&name.name),
        Target::CaseId(id) => Some(id),
        _ => None,
    }
}
