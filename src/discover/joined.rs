//! Several trees as one: folders given together, or documents beside the tests of another repository.

use super::tree::{Absent, Entry, Tree, no_such_index};
use crate::model::history::{Asked, Head, Made, Versions};
use crate::model::revision::{Revision, Why};
use std::io;

/// One of the trees, and what of it is taken.
pub struct Part {
    /// The tree.
    pub tree: Box<dyn Tree>,
    /// What stands before its paths, without a `/` at the end; may be empty.
    pub prefix: String,
    /// Which of its paths are taken.
    pub takes: fn(&str) -> bool,
}

impl Part {
    /// All of a tree.
    pub fn whole(tree: Box<dyn Tree>, prefix: impl Into<String>) -> Self {
        Self { tree, prefix: prefix.into(), takes: |_| true }
    }
}

/// Several trees as one, sorted like any other. Of two equal paths the first tree's counts.
pub struct Joined {
    parts: Vec<Part>,
    entries: Vec<Entry>,
    sources: Vec<(usize, usize)>,
    absent: Vec<Absent>,
}

impl Joined {
    /// Joins trees.
    pub fn new(parts: Vec<Part>) -> Self {
        let (mut found, mut absent) = (Vec::new(), Vec::new());
        for (at, part) in parts.iter().enumerate() {
            let path = |path: &str| match part.prefix.is_empty() {
                true => path.to_owned(),
                false => format!("{}/{path}", part.prefix),
            };
            for (index, entry) in part.tree.files().iter().enumerate().filter(|(_, entry)| (part.takes)(&entry.path)) {
                found.push((Entry { path: path(&entry.path) }, (at, index)));
            }
            absent.extend(part.tree.absent().iter().map(|one| Absent { path: path(&one.path), reason: one.reason.clone() }));
        }
        found.sort_unstable_by(|a, b| a.0.path.cmp(&b.0.path).then(a.1.cmp(&b.1)));
        found.dedup_by(|next, kept| next.0.path == kept.0.path);
        absent.sort_unstable();
        absent.dedup();
        let (entries, sources) = found.into_iter().unzip();
        Self { parts, entries, sources, absent }
    }

    /// The part that holds a path, and the path in it. A path that is no file belongs to the part whose prefix it has.
    fn inside<'p>(&self, path: &'p str) -> Option<(usize, &'p str)> {
        let held = self.find(path).and_then(|at| self.sources.get(at)).map(|(part, _)| *part);
        let has = |part: &Part| strip(&part.prefix, path).is_some_and(|rest| (part.takes)(rest));
        let at = held.or_else(|| self.parts.iter().rposition(has))?;
        Some((at, strip(&self.parts.get(at)?.prefix, path)?))
    }
}

impl Tree for Joined {
    fn files(&self) -> &[Entry] {
        &self.entries
    }

    fn bytes(&self, index: usize) -> io::Result<Vec<u8>> {
        let source = self.sources.get(index).and_then(|(tree, at)| Some((&self.parts.get(*tree)?.tree, *at)));
        source.map_or_else(|| Err(no_such_index(index)), |(tree, at)| tree.bytes(at))
    }

    fn head(&self, index: usize, most: usize) -> io::Result<Vec<u8>> {
        let source = self.sources.get(index).and_then(|(tree, at)| Some((&self.parts.get(*tree)?.tree, *at)));
        source.map_or_else(|| Err(no_such_index(index)), |(tree, at)| tree.head(at, most))
    }

    fn absent(&self) -> &[Absent] {
        &self.absent
    }

    fn hidden_results(&self) -> Vec<String> {
        let paths = self.parts.iter().flat_map(|part| {
            let taken = part.tree.hidden_results().into_iter().filter(|path| (part.takes)(path));
            taken.map(|path| if part.prefix.is_empty() { path } else { format!("{}/{path}", part.prefix) })
        });
        let mut paths: Vec<String> = paths.filter(|path| self.find(path).is_none()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Each tree is asked for what belongs beside its files.
    fn revisions(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        let unknown = Revision::NotAssessed(Why::NoRepository);
        self.each(
            wanted,
            |(path, _)| path,
            unknown,
            |tree, paths, questions| {
                let questions: Vec<(&str, &str)> = paths.iter().copied().zip(questions.iter().map(|(_, hash)| *hash)).collect();
                tree.revisions(&questions)
            },
        )
    }

    fn day(&self) -> Option<String> {
        match self.parts.as_slice() {
            [only] => only.tree.day(),
            _ => None,
        }
    }

    fn past(&self, beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        let (at, path) = self.inside(beside).ok_or(Why::NoRepository)?;
        let part = self.parts.get(at).ok_or(Why::NoRepository)?;
        let tree = part.tree.past(path, commit)?;
        Ok(Box::new(Self::new(vec![Part { tree, prefix: part.prefix.clone(), takes: part.takes }])))
    }

    fn versions(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        self.each(paths, |path| path, Versions::default(), |tree, paths, _| tree.versions(paths, since))
    }

    fn made(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        let (at, path) = self.inside(beside).ok_or(Why::NoRepository)?;
        let part = self.parts.get(at).ok_or(Why::NoRepository)?;
        let mut made = part.tree.made(path, asked)?;
        if !part.prefix.is_empty() {
            let paths = made.iter_mut().flat_map(|one| one.files.iter_mut().chain(&mut one.links));
            paths.for_each(|path| *path = format!("{}/{path}", part.prefix));
        }
        Ok(made)
    }

    fn heads(&self, files: &[usize]) -> Vec<Head> {
        let of_part = |number: usize| {
            let sources = files.iter().filter_map(|at| self.sources.get(*at)).filter(|(part, _)| *part == number);
            sources.map(|(_, at)| *at).collect::<Vec<usize>>()
        };
        let heads = self.parts.iter().enumerate().filter_map(|(number, part)| {
            let own = of_part(number);
            // Of a tree of which nothing was read nothing is to be told.
            (!own.is_empty()).then(|| part.tree.heads(&own).into_iter().map(|head| head.within(&part.prefix)))
        });
        heads.flatten().collect()
    }

    fn part(&self, path: &str) -> usize {
        let inside = self.inside(path);
        // Those within a part are told apart too.
        let within = inside.and_then(|(at, rest)| Some(self.parts.get(at)?.tree.part(rest))).unwrap_or(0);
        within * self.parts.len() + inside.map_or(0, |(at, _)| at)
    }
}

impl Joined {
    /// Hands each question to the tree that holds its path, with the path in that tree.
    fn each<'q, Q: Copy, A: Clone>(
        &self,
        questions: &[Q],
        path: impl Fn(Q) -> &'q str,
        unknown: A,
        ask: impl Fn(&dyn Tree, &[&'q str], &[Q]) -> Vec<A>,
    ) -> Vec<A> {
        let mut told = vec![unknown; questions.len()];
        for (at, part) in self.parts.iter().enumerate() {
            let inside = questions.iter().enumerate().filter_map(|(number, one)| {
                let (of, rest) = self.inside(path(*one))?;
                (of == at).then_some((number, rest, *one))
            });
            let asked: Vec<(usize, &str, Q)> = inside.collect();
            if asked.is_empty() {
                continue;
            }
            let paths: Vec<&str> = asked.iter().map(|(_, path, _)| *path).collect();
            let own: Vec<Q> = asked.iter().map(|(.., one)| *one).collect();
            for ((number, ..), answer) in asked.iter().zip(ask(part.tree.as_ref(), &paths, &own)) {
                if let Some(slot) = told.get_mut(*number) {
                    *slot = answer;
                }
            }
        }
        told
    }
}

/// A path without the prefix that stands before it.
fn strip<'p>(prefix: &str, path: &'p str) -> Option<&'p str> {
    if prefix.is_empty() { Some(path) } else { path.strip_prefix(prefix)?.strip_prefix('/') }
}
