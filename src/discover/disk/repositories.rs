//! The repositories of a folder: its own, and those within it, as submodules that are checked out.

use super::{Disk, own};
use crate::discover::commit::{below, folder_of};
use crate::discover::joined::{Joined, Part};
use crate::discover::revision;
use crate::discover::tree::Tree;
use crate::discover::{head, history, made};
use crate::model::history::{Asked, Head, Made, Versions};
use crate::model::revision::{Revision, Why};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The folders within a folder that are repositories of their own, sorted.
pub(super) fn within(disk: &Disk) -> Vec<String> {
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for entry in &disk.entries {
        let mut path = entry.path.as_str();
        while let Some((folder, _)) = path.rsplit_once('/') {
            // The folders above one that is known are known.
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    let is_one = |folder: &&str| disk.root.join(folder).join(".git").symlink_metadata().is_ok();
    folders.into_iter().filter(is_one).map(str::to_owned).collect()
}

impl Disk {
    /// The repositories within the folder; they are looked for when somebody asks for history.
    fn within(&self) -> &[String] {
        self.within.get_or_init(|| within(self))
    }

    /// The repository to which a path belongs, by its folder, and the path in it.
    fn split<'p>(&self, path: &'p str) -> (&str, &'p str) {
        let inside = |folder: &&String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        match self.within().iter().filter(inside).max_by_key(|folder| folder.len()) {
            Some(folder) => (folder, path.get(folder.len() + 1..).unwrap_or_default()),
            None => ("", path),
        }
    }

    /// Positions of questions by the repositories that answer them.
    fn by_repository<'p>(&self, paths: impl Iterator<Item = &'p str>) -> BTreeMap<&str, Vec<usize>> {
        let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, path) in paths.enumerate() {
            found.entry(self.split(path).0).or_default().push(at);
        }
        found
    }

    pub(super) fn look_up(&self, wanted: &[(&str, &str)]) -> Vec<Revision> {
        let mut told = vec![Revision::NotAssessed(Why::NoRepository); wanted.len()];
        for (folder, places) in self.by_repository(wanted.iter().map(|(path, _)| *path)) {
            let hashes: Vec<&str> = places.iter().filter_map(|at| wanted.get(*at)).map(|(_, hash)| *hash).collect();
            let found = match own(&self.root.join(folder)) {
                Ok(repository) => revision::look_up(&repository, &hashes),
                Err(why) => vec![Revision::NotAssessed(why); hashes.len()],
            };
            put(&mut told, places, found);
        }
        told
    }

    pub(super) fn at(&self, beside: &str, commit: &str) -> Result<Box<dyn Tree>, Why> {
        let (folder, _) = self.split(beside);
        let root = self.root.join(folder);
        own(&root)?;
        let tree = history::past(&root, commit)?;
        Ok(if folder.is_empty() { tree } else { Box::new(Joined::new(vec![Part::whole(tree, folder)])) })
    }

    pub(super) fn became(&self, paths: &[&str], since: &str) -> Vec<Versions> {
        let mut told = vec![Versions::default(); paths.len()];
        for (folder, places) in self.by_repository(paths.iter().copied()) {
            let root = self.root.join(folder);
            let at_head = own(&root).ok().and_then(|repository| Some((repository.head_id().ok()?.detach(), repository)));
            let Some((tip, repository)) = at_head else { continue };
            let top = folder_of(&repository, &root);
            let asked =
                places.iter().filter_map(|at| paths.get(*at)).map(|path| below(&top, self.split(path).1)).collect::<Vec<_>>();
            put(&mut told, places, history::versions(repository, tip, since, &asked));
        }
        told
    }

    /// What commits changed in the repository to which a path belongs.
    pub(super) fn committed(&self, beside: &str, asked: &Asked<'_>) -> Result<Vec<Made>, Why> {
        let (folder, _) = self.split(beside);
        let root = self.root.join(folder);
        let repository = own(&root)?;
        let tip = repository.head_id().map_err(|_| Why::NoCommit)?.detach();
        let top = folder_of(&repository, &root);
        let mut made = made::made(repository, tip, &top, asked)?;
        if !folder.is_empty() {
            let paths = made.iter_mut().flat_map(|one| one.files.iter_mut().chain(&mut one.links));
            paths.for_each(|path| *path = format!("{folder}/{path}"));
        }
        Ok(made)
    }

    /// The commit of each repository that holds some of the files.
    pub(super) fn checked_out(&self, files: &[usize]) -> Vec<Head> {
        let paths: Vec<&str> = files.iter().filter_map(|at| self.entries.get(*at)).map(|entry| entry.path.as_str()).collect();
        let head = |(folder, places): (&str, Vec<usize>)| {
            let root = self.root.join(folder);
            let inside: Vec<&str> = places.iter().filter_map(|at| paths.get(*at)).map(|path| self.split(path).1).collect();
            let head = match self::own(&root) {
                Ok(repository) => {
                    let top = folder_of(&repository, &root);
                    head::of_folder(&repository, &top, &inside, |path| fs::read(root.join(path)).ok())
                }
                Err(why) => Head { folder: String::new(), is_commit: false, commit: Err(why) },
            };
            head.within(folder)
        };
        self.by_repository(paths.iter().copied()).into_iter().map(head).collect()
    }

    /// The number of the repository to which a path belongs, 0 for that of the folder itself.
    pub(super) fn number(&self, path: &str) -> usize {
        let (folder, _) = self.split(path);
        self.within().iter().position(|one| one == folder).map_or(0, |at| at + 1)
    }
}

/// Puts answers to the places of their questions.
fn put<A>(told: &mut [A], places: Vec<usize>, answers: Vec<A>) {
    for (at, answer) in places.into_iter().zip(answers) {
        if let Some(slot) = told.get_mut(at) {
            *slot = answer;
        }
    }
}
