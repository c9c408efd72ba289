//! Whether a test can fail by what it looks at.

use crate::source::Span;

/// What is known of the oracle of a test: what tells a right outcome from a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oracle {
    /// It reaches an assertion, an expected failure, a comparison with what is kept, or the verification of a mock.
    Asserts,
    /// It was read as a whole, with the helpers that it calls, and what it asserts holds whatever happens: `assert True`.
    /// The first such assertion of its file.
    Vacuous(Span),
    /// It was read as a whole, and its assertions stand where nothing comes: behind a `return`, in `if False:`. The first of them.
    Unreached(Span),
    /// It was read as a whole, with the helpers that it calls, and there is none.
    Nothing,
    /// It could not be assessed.
    Unclear(Doubt),
}

impl Oracle {
    /// Whether it is known that there is none.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Vacuous(_) | Self::Unreached(_) | Self::Nothing)
    }
}

/// Why it is not known whether a test has an oracle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// What it calls may assert, and is not in its file.
    Elsewhere,
    /// It unwraps what it gets: an error ends it, and of a value nothing is said.
    Unwraps,
    /// It counts, prints, returns or throws by itself.
    Own,
    /// Where it ends was not recognised.
    Body,
    /// Of its language it is not known how assertions look.
    Language,
}

impl Doubt {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::Elsewhere => "the tests call what may assert and is not in their file",
            Self::Unwraps => "an error would end the tests, and what they say of values is not known",
            Self::Own => "the tests tell failures in a way of their own",
            Self::Body => "where the tests end was not recognised",
            Self::Language => "how assertions look is not known of the language of the tests",
        }
    }
}
