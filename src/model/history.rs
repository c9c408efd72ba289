//! What the history of a repository says of its files.

/// One commit, as a person would name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The beginning of its hash, as much as tells it apart.
    pub commit: String,
    /// Who wrote it.
    pub author: String,
    /// The day on which it was written: `2025-01-31`.
    pub day: String,
}

/// What a commit made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The commit.
    pub change: Change,
    /// The file after it; `None` where it removed the file, or where the content is not in the clone.
    pub bytes: Option<Vec<u8>>,
}

/// What became of a file after a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions {
    /// The commits that touched it, the newest first.
    pub list: Vec<Version>,
    /// Whether the history could be seen as a whole, so that no commit is missing.
    pub whole: bool,
}

/// Which commits somebody wants to know of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Commits and ranges of them, as they are written.
    pub commits: &'a [String],
    /// Whether a commit of this subject is one of them.
    pub picks: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether those that move a submodule are.
    pub links: bool,
}

/// A commit, or a range of them, and what it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The commit; of a range the last.
    pub change: Change,
    /// The first line of its message.
    pub subject: String,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// How it was asked for, where somebody named it.
    pub asked: Option<String>,
    /// The files that it changed, sorted; none where it was only asked for its submodules, or changed too many.
    pub files: Vec<String>,
    /// The submodules that it moved.
    pub links: Vec<String>,
}

/// The repository of a part of the files, and how they stand to its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The folder that it holds, with `/` at its end; empty for all.
    pub folder: String,
    /// Whether the files are those of the commit itself, or lie in a folder in which it is checked out.
    pub is_commit: bool,
    /// The commit, or why it is not known.
    pub commit: Result<Tip, super::revision::Why>,
}

/// The commit of a part of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its hash in full.
    pub id: String,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// How many of the files were compared with it.
    pub compared: usize,
    /// Those that are another there, or are not in it, sorted.
    pub changed: Vec<String>,
}

impl Head {
    /// The same of a folder that lies in another one.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        if folder.is_empty() {
            return self;
        }
        self.folder = format!("{folder}/{}", self.folder);
        if let Ok(tip) = &mut self.commit {
            tip.changed.iter_mut().for_each(|path| *path = format!("{folder}/{path}"));
        }
        self
    }
}
