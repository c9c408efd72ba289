//! What a repository knows of a commit that a document names.

/// What came of looking a commit up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Revision {
    /// It exists and belongs to the history of what is checked out.
    Reachable,
    /// It exists; whether it belongs to that history could not be seen.
    Exists,
    /// It exists and does not belong to that history.
    Unreachable,
    /// There is no such commit.
    Missing,
    /// The beginning of a hash that several commits have.
    Ambiguous(Vec<String>),
    /// A tag of this name, or the few digits that it has, leads to the commit of this hash.
    Named(String, Box<Revision>),
    /// It could not be looked up.
    NotAssessed(Why),
}

/// Why a commit could not be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// There is no repository, or it does not hold the tree.
    NoRepository,
    /// The history of the repository is cut off.
    Shallow,
    /// It belongs to another repository than the tests that were found.
    OtherRepository,
    /// The repository has no such commit.
    NoCommit,
    /// Objects of the commit are not in the clone.
    NoObjects,
    /// The commit or a part of it is there and cannot be read.
    Damaged,
}

impl Why {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::NoRepository => "no repository was found that holds the files and can be opened",
            Self::Shallow => "the clone has only a part of its history",
            Self::OtherRepository => "the document names another repository than the one of its tests, or several",
            Self::NoCommit => "the repository of these files has no such commit",
            Self::NoObjects => "the clone lacks objects of the commit",
            Self::Damaged => "the repository is damaged, and what it has of the commit could not be read",
        }
    }
}
