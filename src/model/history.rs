//! What the history of a repository says of its files.

/// One commit, as a person would name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
