//! Which review is of which link, and what of the evidence is as it was.

use crate::link::graph::{Graph, ReqId};
use crate::link::review::Link;
use crate::model::requirement::Standing;
use crate::settings::{LinkName, Review};
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A review that tells of some evidence, and the requirements whose evidence it is.
type Reviewed<'r> = (&'r Review, Vec<ReqId>);

/// Links beside their reviews.
pub(super) struct Compared<'r> {
    /// Each link with its review.
    pub(super) pairs: Vec<(&'r Link, &'r Review)>,
    /// Links that nobody reviewed.
    pub(super) unreviewed: Vec<&'r Link>,
    /// Reviews of links that are not there, each with its requirement if that is in force.
    pub(super) gone: Vec<(&'r Review, Option<ReqId>)>,
    /// Files of evidence that hold something else.
    pub(super) changed: BTreeMap<&'r str, (Place, Reviewed<'r>)>,
    /// Files of evidence that are not there.
    pub(super) absent: BTreeMap<&'r str, Reviewed<'r>>,
}

impl<'r> Compared<'r> {
    pub(super) fn of(graph: &Graph, reviews: &'r [Review], links: &'r [Link]) -> Self {
        let known = Requirements::of(graph);
        let mut by_name: FxHashMap<(ReqId, &str, &str), &Review> = FxHashMap::default();
        let mut gone = Vec::new();
        for review in reviews {
            match known.find(&review.link) {
                Some(id) => _ = by_name.insert((id, review.link.file.as_str(), review.link.test.as_str()), review),
                None => gone.push((review, None)),
            }
        }
        let mut pairs = Vec::new();
        let mut unreviewed = Vec::new();
        for link in links {
            match by_name.remove(&(link.requirement, link.name.file.as_str(), link.name.test.as_str())) {
                Some(review) => pairs.push((link, review)),
                None => unreviewed.push(link),
            }
        }
        // What is left is gone, or stands in another file now, or has another name.
        let mut left: FxHashMap<(ReqId, &str), Vec<&Review>> = FxHashMap::default();
        let mut rest: Vec<(ReqId, &Review)> = by_name.into_iter().map(|((id, ..), review)| (id, review)).collect();
        rest.sort_by(|a, b| a.1.link.cmp(&b.1.link));
        for (id, review) in rest.iter().filter(|(_, review)| !review.seen.body.is_empty()) {
            left.entry((*id, &review.seen.body)).or_default().push(review);
        }
        let mut moved: FxHashSet<&LinkName> = FxHashSet::default();
        unreviewed.retain(|link| match left.get_mut(&(link.requirement, link.seen.body.as_str())).and_then(Vec::pop) {
            Some(review) => {
                moved.insert(&review.link);
                pairs.push((link, review));
                false
            }
            None => true,
        });
        let rest = rest.into_iter().filter(|(_, review)| !moved.contains(&review.link));
        gone.extend(rest.map(|(id, review)| (review, Some(id))));
        let (changed, absent) = evidence(graph, &pairs);
        Self { pairs, unreviewed, gone, changed, absent }
    }
}

/// Files of evidence by their paths, with where to tell of those that are there.
type Files<'r> = (BTreeMap<&'r str, (Place, Reviewed<'r>)>, BTreeMap<&'r str, Reviewed<'r>>);

/// Compares the files of evidence with those that were reviewed.
fn evidence<'r>(graph: &Graph, pairs: &[(&'r Link, &'r Review)]) -> Files<'r> {
    let files: FxHashMap<&str, FileId> = graph.files().map(|(file, input)| (input.path.as_str(), file)).collect();
    let (mut changed, mut absent): Files<'r> = (BTreeMap::new(), BTreeMap::new());
    for (link, review) in pairs {
        for (path, digest) in &review.seen.evidence {
            let file = files.get(path.as_str());
            let now = link.seen.evidence.get(path).map(String::as_str);
            let new = || (*review, Vec::new());
            let (_, ids) = match now.or_else(|| file.map(|file| graph.input(*file).text.digest())) {
                Some(now) if now == digest => continue,
                Some(_) => {
                    let place = file.map_or(link.place, |file| Place::new(*file, Span::default()));
                    &mut changed.entry(path.as_str()).or_insert_with(|| (place, new())).1
                }
                None => absent.entry(path.as_str()).or_insert_with(new),
            };
            if ids.last() != Some(&link.requirement) {
                ids.push(link.requirement);
            }
        }
    }
    (changed, absent)
}

/// The requirements in force by their names.
struct Requirements<'g> {
    whole: FxHashMap<(&'g str, &'g str), ReqId>,
    /// By the identifier alone; `None` where several specifications have it.
    alone: FxHashMap<&'g str, Option<ReqId>>,
}

impl<'g> Requirements<'g> {
    fn of(graph: &'g Graph) -> Self {
        let (mut whole, mut alone) = (FxHashMap::default(), FxHashMap::default());
        for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active) {
            whole.insert((graph.namespace(one), one.id.as_str()), id);
            alone.entry(one.id.as_str()).and_modify(|known| *known = None).or_insert(Some(id));
        }
        Self { whole, alone }
    }

    /// The requirement of a reviewed link. A specification may have got another name.
    fn find(&self, name: &LinkName) -> Option<ReqId> {
        let whole = self.whole.get(&(name.specification.as_str(), name.requirement.as_str())).copied();
        whole.or_else(|| self.alone.get(name.requirement.as_str()).copied().flatten())
    }
}
