//! What implementing code and cited tests use of their own file: constants, and functions that implementing code calls. The helpers of
//! tests are told apart by [`helpers`](super::helpers).

use super::binding::{Relied, append, inherit};
use super::{Past, Thing};
use crate::link::graph::{Graph, Input};
use crate::read::code::{Beside, language};
use crate::source::{FileId, Place, Span, Text};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What functions and constants of files say, by file and by name.
pub(super) type Said = FxHashMap<FileId, BTreeMap<String, String>>;

/// Adds what the things that rely on a commit use of their files; it relies on the same commit.
pub(super) fn add(graph: &Graph, past: &dyn Past, relied: &mut Relied) {
    let mut pieces: BTreeMap<FileId, Vec<(&Thing, Span, bool)>> = BTreeMap::new();
    for thing in relied.keys() {
        match thing {
            Thing::Test(id) => {
                pieces.entry(graph.test_node(*id).fact.file).or_default().push((thing, graph.test(*id).body, false));
            }
            Thing::Code(part) if part.symbol.is_some() => {
                pieces.entry(part.file).or_default().push((thing, graph.part_span(part), true));
            }
            _ => {}
        }
    }
    let files: Vec<_> = pieces.into_iter().collect();
    let found = files.into_par_iter().map(|(file, pieces)| {
        let path = graph.path(file);
        let Some(language) = language(path) else { return Vec::new() };
        now(graph, past, file, |text| {
            let beside = Beside::of(language, path, text);
            let asked: Vec<(Span, bool)> = pieces.iter().map(|(_, piece, calls)| (*piece, *calls)).collect();
            let named = pieces
                .into_iter()
                .zip(beside.names(&asked))
                .flat_map(|((thing, ..), names)| names.into_iter().map(|name| (thing.clone(), Thing::Beside(file, name))));
            named.collect::<Vec<(Thing, Thing)>>()
        })
    });
    let found: Vec<(Thing, Thing)> = found.flatten().collect();
    let mut more = Relied::new();
    for (by, thing) in found {
        if let Some((bound, reliance)) = relied.get(&by) {
            inherit(&mut more, thing, bound, reliance);
        }
    }
    append(relied, more);
}

/// What the files of such things say now and said at the commit; a file that was not there says nothing.
pub(super) fn both(graph: &Graph, past: &dyn Past, commit: &str, relied: &Relied) -> (Said, Said) {
    let file = |thing: &Thing| if let Thing::Beside(file, _) = thing { Some(*file) } else { None };
    let files: BTreeSet<FileId> = relied.keys().filter_map(file).collect();
    let files: Vec<FileId> = files.into_iter().collect();
    let read = files.into_par_iter().map(|file| {
        let then = past.read(commit, graph.path(file)).ok().flatten();
        let then = then.map_or_else(BTreeMap::new, |input| said(&input));
        (file, said_now(graph, past, file), then)
    });
    let read: Vec<_> = read.collect();
    let (mut here, mut there) = (Said::default(), Said::default());
    for (file, now, then) in read {
        here.insert(file, now);
        there.insert(file, then);
    }
    (here, there)
}

/// What the functions and constants of a file say.
pub(super) fn said(input: &Input) -> BTreeMap<String, String> {
    of_text(&input.path, &input.text)
}

/// What those of a file of the tree say now.
pub(super) fn said_now(graph: &Graph, past: &dyn Past, file: FileId) -> BTreeMap<String, String> {
    now(graph, past, file, |text| of_text(graph.path(file), text))
}

fn of_text(path: &str, text: &Text) -> BTreeMap<String, String> {
    language(path).map_or_else(BTreeMap::new, |language| Beside::of(language, path, text).said(text))
}

/// Does something with the text of a file; that of one which says nothing of requirements was not kept.
fn now<R>(graph: &Graph, past: &dyn Past, file: FileId, does: impl FnOnce(&Text) -> R) -> R {
    let text = &graph.input(file).text;
    if text.as_str().is_empty() { does(&past.now(graph.path(file)).unwrap_or_default()) } else { does(text) }
}

impl Graph {
    /// Where a function or a constant of a file stands; the first line where its text was not kept.
    pub fn beside_place(&self, file: FileId, name: &str) -> Place {
        let input = self.input(file);
        let span = language(&input.path).and_then(|language| Beside::of(language, &input.path, &input.text).place(name));
        Place::new(file, span.unwrap_or_default())
    }
}
