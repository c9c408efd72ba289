//! What is staged for the next commit, read from the index.
//!
//! The working tree is not looked at: what is not staged, and what nobody added, will not be part of the commit.

use super::{Commit, CommitError, Listing, folder_of, open_repository};
use crate::discover::passed_over::folder_passed_over;
use gix::bstr::{BStr, ByteSlice};
use gix::index::decode::Options;
use gix::index::entry::{Flags, Mode, Stage};
use gix::index::{Entry, File};
use gix::{Id, ObjectId};
use std::path::Path;

impl Commit {
    /// Lists the files that the next commit will have, below a folder of the repository.
    ///
    /// `index` is the file that git keeps them in for one commit alone, as it does for `git commit FILE`; usually it is
    /// that of the repository. History is that of the commit before.
    pub fn staged(root: &Path, index: Option<&Path>) -> Result<Self, CommitError> {
        let repository = open_repository(root)?;
        // One that lies elsewhere is that of another repository, in whose hook this runs.
        let own = |index: &&Path| index.parent().is_some_and(|folder| is_same(folder, repository.git_dir()));
        let path = index.filter(own).map_or_else(|| repository.index_path(), Path::to_owned);
        let read = File::at_or_default(path, repository.object_hash(), false, Options::default());
        let index = read.map_err(|error| CommitError::Index { reason: error.to_string() })?;
        let folder = folder_of(&repository, root);
        let mut listing = Listing::new(&repository);
        for entry in index.entries() {
            listing.stage(entry, entry.path(&index), &folder);
        }
        let Listing { mut files, mut absent, .. } = listing;
        files.sort_unstable();
        absent.sort_unstable();
        absent.dedup();
        let (entries, objects) = files.into_iter().unzip();
        let id = repository.head_id().map_or_else(|_| ObjectId::null(repository.object_hash()), Id::detach);
        Ok(Self { repository: repository.into_sync(), root: root.to_owned(), folder, id, entries, objects, absent })
    }

    /// Whether the repository of a folder has no commit yet.
    pub fn is_first(root: &Path) -> bool {
        open_repository(root).is_ok_and(|repository| repository.head().is_ok_and(|head| head.is_unborn()))
    }
}

/// Whether two names are those of one folder.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

impl Listing<'_> {
    /// Takes one entry of the index, if it is below the folder.
    fn stage(&mut self, entry: &Entry, path: &BStr, folder: &str) {
        let whole = path.to_str_lossy();
        let inside = match folder {
            "" => Some(whole.as_ref()),
            _ => whole.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
        };
        let Some(inside) = inside else { return };
        let parent = inside.rsplit_once('/').map_or("", |(parent, _)| parent);
        let passed_over = !parent.is_empty() && folder_passed_over(parent).is_some();
        // That a file will come (`git add --intent-to-add`) is no file.
        if passed_over || entry.flags.contains(Flags::INTENT_TO_ADD) {
            return;
        }
        let own = inside.to_owned();
        if path.to_str().is_err() {
            return self.leave_out(own, "the name is not valid Unicode".to_owned());
        }
        if entry.stage() != Stage::Unconflicted {
            return self.leave_out(own, "a conflict about it is not resolved".to_owned());
        }
        match entry.mode {
            Mode::FILE | Mode::FILE_EXECUTABLE => self.file(own, entry.id),
            Mode::SYMLINK => self.link(own, parent, entry.id),
            Mode::COMMIT => self.leave_out(own, "a submodule is not part of the commit".to_owned()),
            _ => self.leave_out(own, "the clone is sparse and lists nothing of this folder".to_owned()),
        }
    }
}
