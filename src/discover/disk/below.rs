//! A walk that asks no ignore file.

use super::{Absent, Found, RULES, look_at};
use crate::discover::passed_over::folder_passed_over;
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder, and its path below the root with `/` if that is Unicode.
struct Folder {
    at: PathBuf,
    path: Option<String>,
}

/// Everything below a folder but what stands in folders of which nothing is read, a level at a time.
pub(super) fn below(root: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let mut level = vec![Folder { at: root.to_owned(), path: Some(String::new()) }];
    while !level.is_empty() {
        let listed: Vec<(Vec<Found>, Vec<Folder>)> = level.par_iter().map(|folder| folder.list(root)).collect();
        level.clear();
        for (here, folders) in listed {
            found.extend(here);
            level.extend(folders);
        }
    }
    found
}

impl Folder {
    fn list(&self, root: &Path) -> (Vec<Found>, Vec<Self>) {
        let (mut found, mut folders) = (Vec::new(), Vec::new());
        let entries = match fs::read_dir(&self.at) {
            Ok(entries) => entries,
            Err(error) => return (vec![self.unreadable(&error)], folders),
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
                Ok((kind, entry)) => self.add(root, &entry, kind, &mut found, &mut folders),
                Err(error) => found.push(self.unreadable(&error)),
            }
        }
        (found, folders)
    }

    fn add(&self, root: &Path, entry: &fs::DirEntry, kind: fs::FileType, found: &mut Vec<Found>, folders: &mut Vec<Self>) {
        let name = entry.file_name();
        // A worktree and a submodule have a file of this name.
        if name == ".git" {
            return;
        }
        if RULES.iter().any(|rules| name == *rules) {
            found.push(Found::Rules);
        }
        let path = self.path.as_ref().zip(name.to_str()).map(|(folder, name)| match folder.is_empty() {
            true => name.to_owned(),
            false => format!("{folder}/{name}"),
        });
        if !kind.is_dir() {
            found.extend(look_at(root, path, kind, || entry.path()));
        } else if path.as_deref().is_none_or(|path| folder_passed_over(path).is_none()) {
            folders.push(Self { at: entry.path(), path });
        }
    }

    fn unreadable(&self, error: &io::Error) -> Found {
        let path = self.path.clone().unwrap_or_else(|| self.at.to_string_lossy().into_owned());
        Found::Absent(Absent { path, reason: format!("it cannot be read: {error}") })
    }
}
