//! Which evidence is bound to which commit, and what it relies on.

use super::helpers::Helpers;
use super::{Bound, Reliance, Thing, Unassessed, Unseen};
use crate::link::bound::{Commit, is_past};
use crate::link::code::{Part, Source};
use crate::link::graph::{Found, Ghost, Graph, ReqId, Resolution, RowId, RowNode};
use crate::model::citation::{Citation, Target};
use crate::model::matrix::Status;
use crate::model::record::Kind;
use crate::model::requirement::Standing;
use crate::model::revision::Revision;
use crate::settings::Settings;
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What relies on one commit.
pub(super) type Relied = BTreeMap<Thing, (Bound, Reliance)>;

/// All that evidence relies on, by the commit that it is bound to.
#[derive(Default)]
pub(super) struct Bindings {
    pub(super) by_commit: BTreeMap<String, Relied>,
    pub(super) unseen: Nothing,
}

/// What could not be seen.
#[derive(Default)]
pub(super) struct Nothing(BTreeMap<(FileId, String, Unseen), (Bound, Vec<String>)>);

impl Nothing {
    /// Notes that a thing could not be compared.
    pub(super) fn add(&mut self, graph: &Graph, thing: &Thing, reliance: &Reliance, bound: &Bound, why: Unseen) {
        let name = match thing {
            Thing::Requirement(id) => graph.requirement(*id).id.to_string(),
            Thing::Test(id) => graph.test(*id).name.to_string(),
            Thing::Code(part) => graph.part_name(part),
            Thing::Gone(_, name) | Thing::Beside(_, name) => name.clone(),
        };
        for (row, _) in &reliance.rows {
            let file = graph.row_node(*row).fact.file;
            let (_, names) = self.0.entry((file, bound.commit.clone(), why)).or_insert_with(|| (bound.clone(), Vec::new()));
            if !names.contains(&name) {
                names.push(name.clone());
            }
        }
    }

    fn whole(&mut self, file: FileId, commit: &Commit, why: Unseen) {
        let bound = Bound { commit: commit.written.clone(), place: commit.place };
        self.0.entry((file, bound.commit.clone(), why)).or_insert_with(|| (bound, Vec::new()));
    }

    pub(super) fn into_list(self) -> Vec<Unassessed> {
        let list = self.0.into_iter();
        list.map(|((file, _, why), (bound, names))| Unassessed { file, bound, why, names }).collect()
    }
}

/// The commits of rows and documents.
struct Commits<'g> {
    citations: FxHashMap<Place, &'g Commit>,
    rows: FxHashMap<RowId, Vec<&'g Commit>>,
    documents: FxHashMap<FileId, Vec<&'g Commit>>,
}

impl<'g> Commits<'g> {
    fn of(graph: &'g Graph) -> Self {
        let (mut citations, mut rows, mut documents) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for commit in graph.commits.iter().filter(|commit| commit.hash.is_some() && !commit.beside) {
            match commit.row {
                Some(row) if is_cited(graph, row, commit) => _ = citations.insert(commit.place, commit),
                Some(row) => rows.entry(row).or_insert_with(Vec::new).push(commit),
                None if !is_past(graph, commit) => {
                    documents.entry(commit.place.file).or_insert_with(Vec::new).push(commit);
                }
                None => {}
            }
        }
        Self { citations, rows, documents }
    }

    /// The commit of a citation: its own, that of its row, or that of its document.
    fn commit(&self, row: RowId, place: Place) -> Named<'g> {
        let own = self.rows.get(&row).map_or(&[][..], Vec::as_slice);
        let at = self.citations.get(&place).copied().or(match own {
            [only] => Some(*only),
            _ => None,
        });
        if let Some(commit) = at {
            return Named::One(commit);
        }
        match self.documents.get(&place.file).map_or(&[][..], Vec::as_slice) {
            [] => Named::None,
            [first, others @ ..] if others.iter().all(|one| is_same(first, one)) => Named::One(first),
            // Of several repositories the one is meant that has the commit.
            several => {
                let known =
                    |one: &&&Commit| matches!(one.revision, Revision::Reachable | Revision::Exists | Revision::Unreachable);
                let mut here = several.iter().filter(known).filter(|one| one.repository.is_some());
                match (here.next(), here.next()) {
                    (Some(only), None) => Named::One(only),
                    _ => Named::Several,
                }
            }
        }
    }
}

/// Whether a commit stands behind a citation and is of that one alone.
fn is_cited(graph: &Graph, row: RowId, commit: &Commit) -> bool {
    graph.row(graph.row_node(row)).citations.iter().any(|citation| citation.span == commit.place.span)
}

/// What a document says of the commit of a citation.
enum Named<'g> {
    None,
    One(&'g Commit),
    Several,
}

fn is_same(a: &Commit, b: &Commit) -> bool {
    let (a, b) = (a.hash.as_deref().unwrap_or_default(), b.hash.as_deref().unwrap_or_default());
    a.starts_with(b) || b.starts_with(a)
}

impl Bindings {
    /// Goes through all rows that claim something.
    pub(super) fn of(graph: &Graph, settings: &Settings) -> Self {
        let commits = Commits::of(graph);
        let mut bindings = Self::default();
        for (row, node) in graph.rows().filter(|(_, node)| claims(graph, node)) {
            let file = node.fact.file;
            for (at, (citation, resolution)) in graph.citations(node).enumerate() {
                let place = Place::new(file, citation.span);
                let (commit, bound) = match commits.commit(row, place) {
                    Named::Several => continue,
                    Named::One(one) => match (&one.hash, unseen(&one.revision)) {
                        (Some(hash), Ok(())) => {
                            (hash.clone(), Bound { commit: hash.chars().take(10).collect(), place: one.place })
                        }
                        (_, Err(Some(why))) => {
                            // What cites nothing that is here speaks of another tree.
                            if matches!(resolution, Resolution::Tests(_)) {
                                bindings.unseen.whole(file, one, why);
                            }
                            continue;
                        }
                        (None, _) | (_, Err(None)) => continue,
                    },
                    Named::None => match &settings.baseline {
                        Some(baseline) => (baseline.id.clone(), Bound { commit: baseline.name.clone(), place }),
                        None => continue,
                    },
                };
                let relied = bindings.by_commit.entry(commit).or_default();
                rely(graph, relied, &bound, (row, at), (citation, resolution));
            }
        }
        bindings
    }
}

/// Whether a commit can be looked into; else why not, unless another check tells it.
fn unseen(revision: &Revision) -> Result<(), Option<Unseen>> {
    match revision {
        Revision::Reachable | Revision::Exists => Ok(()),
        Revision::Unreachable => Err(Some(Unseen::Unreachable)),
        Revision::Named(_, revision) => unseen(revision),
        Revision::NotAssessed(why) => Err(Some(Unseen::Commit(*why))),
        Revision::Missing | Revision::Ambiguous(_) => Err(None),
    }
}

/// Whether a row claims that something is verified now.
fn claims(graph: &Graph, node: &RowNode) -> bool {
    let document = graph.document(node.fact.file);
    let old = document.is_some_and(|document| document.ended || document.kind == Kind::Template);
    let row = graph.row(node);
    let open = matches!(row.status, Some((Status::Retired | Status::Pending | Status::Excluded, _)));
    !old && !row.retired && !open
}

/// Adds what a citation relies on: tests, the requirements that they are cited for, and the code of these.
fn rely(graph: &Graph, relied: &mut Relied, bound: &Bound, at: (RowId, usize), (citation, resolution): (&Citation, &Resolution)) {
    let node = graph.row_node(at.0);
    let place = Place::new(node.fact.file, citation.span);
    let requirements: Vec<ReqId> = node.targets.iter().filter_map(|target| in_force(graph, &target.found)).collect();
    let mut add = |thing: Thing, of: &[ReqId], named: bool| {
        let (_, reliance) = relied.entry(thing).or_insert_with(|| (bound.clone(), Reliance::default()));
        reliance.named |= named;
        reliance.citations.push(at);
        if !reliance.rows.contains(&(at.0, place)) {
            reliance.rows.push((at.0, place));
        }
        for id in of {
            if !reliance.requirements.contains(id) {
                reliance.requirements.push(*id);
            }
        }
    };
    match resolution {
        Resolution::Tests(tests) => {
            for test in tests {
                let named = matches!(&citation.target, Target::Test(name) if name.name == graph.test(*test).name);
                add(Thing::Test(*test), &requirements, named);
            }
        }
        Resolution::Ghost(Ghost::NoFile(_) | Ghost::NoTest(..) | Ghost::NoName(_)) => match &citation.target {
            Target::Test(name) => {
                add(Thing::Gone(name.file.clone().unwrap_or_default(), name.name.clone()), &requirements, true);
            }
            Target::File { path, .. } => add(Thing::Gone(path.clone(), String::new()), &requirements, true),
            _ => {}
        },
        _ => return,
    }
    for id in &requirements {
        let requirement = graph.requirement(*id);
        if requirement.definition.is_some() {
            add(Thing::Requirement(*id), &[*id], true);
        }
        for part in &requirement.parts {
            // Whoever says so, it is the same code.
            add(Thing::Code(Part { source: Source::Policy, ..*part }), &[*id], true);
        }
    }
}

/// Adds the helpers and set-ups that tests run, which rely on the same commit.
pub(super) fn add_helpers(relied: &mut Relied, helpers: &Helpers) {
    let mut more: Relied = BTreeMap::new();
    for (thing, (bound, reliance)) in &*relied {
        let Thing::Test(test) = thing else { continue };
        for helper in helpers.run_by(*test) {
            inherit(&mut more, Thing::Test(*helper), bound, reliance);
        }
    }
    append(relied, more);
}

/// Lets what relies on a thing rely on a further one as well.
pub(super) fn inherit(more: &mut Relied, thing: Thing, bound: &Bound, reliance: &Reliance) {
    let (_, of) = more.entry(thing).or_insert_with(|| (bound.clone(), Reliance::default()));
    of.rows.extend(&reliance.rows);
    of.requirements.extend(&reliance.requirements);
}

/// Adds further things, each with whoever relies on it once.
pub(super) fn append(relied: &mut Relied, mut more: Relied) {
    for (_, of) in more.values_mut() {
        of.rows.sort_unstable();
        of.rows.dedup();
        of.requirements.sort_unstable();
        of.requirements.dedup();
    }
    relied.append(&mut more);
}

fn in_force(graph: &Graph, found: &Found) -> Option<ReqId> {
    match found {
        Found::One(id) if graph.requirement(*id).standing == Standing::Active => Some(*id),
        _ => None,
    }
}
