//! What tests put in the place of the real thing: patches, stubs and mocks.

use crate::source::Span;

/// Something else stands in the place of a subject while a test runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// What says so: the call or the annotation.
    pub span: Span,
    /// What is replaced.
    pub subject: Subject,
}

/// What is replaced, as far as the test says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Python: the module and the names in it, `kiln.oven.Oven.heat`. Dots in front lead up from the folder of the test.
    Dotted(String),
    /// JavaScript: a module as the test imports it, and the names in it; without names the module as a whole.
    Module {
        /// `./oven`, `@/kiln/oven`.
        path: String,
        /// `Oven`, `heat`.
        names: Vec<String>,
    },
    /// Java and Kotlin: a class, or one method of it.
    Class {
        /// Its simple name.
        name: String,
        /// The packages that it may stand in: the one that is imported, else that of the test and those imported as a whole.
        packages: Vec<String>,
        /// The method; `None` where the whole class is replaced.
        method: Option<String>,
    },
}
