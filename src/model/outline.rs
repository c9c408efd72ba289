//! The outline of a source file: its functions and classes, and what of them runs when.

use super::id::Id;
use crate::source::Span;

/// A function or a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: Id,
    /// The classes and modules around it, outermost first.
    pub scope: Vec<Id>,
    /// Where the name stands.
    pub span: Span,
    /// From the first decorator or attribute to the end of the body.
    pub body: Span,
    /// What runs when it is called, and not when its file is loaded; empty for a class, and for a function whose body
    /// stands on the line of its name.
    pub running: Span,
    /// Whether it is a class or a module.
    pub class: bool,
}

impl Symbol {
    /// The name with its scope, joined with `.`.
    pub fn qualified(&self) -> String {
        let parts = self.scope.iter().chain(std::iter::once(&self.name));
        parts.map(Id::as_str).collect::<Vec<_>>().join(".")
    }
}

/// What a marker speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// A symbol, by its position.
    Symbol(u32),
    /// The file as a whole.
    File,
    /// Nothing that could be told.
    Nothing,
}

/// What is known of one source file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Functions and classes, in order of their bodies.
    pub symbols: Vec<Symbol>,
    /// Names that get their value when the file is loaded: constants, and classes with fields.
    pub declared: Vec<(Id, Span)>,
    /// Lines on which a choice and what is chosen stand together, so that it is not known which of them ran.
    pub choices: Vec<u32>,
    /// Whether every function of the language is recognised, so that all other lines run when the file is loaded.
    pub exact: bool,
}

impl Outline {
    /// The symbols with a name: `main`, or `Server.run`, the classes of which may be left out from the left.
    pub fn named<'o>(&'o self, name: &'o str) -> impl Iterator<Item = u32> + 'o {
        let parts: Vec<&str> = name.split(['.', ':', '#']).filter(|part| !part.is_empty()).collect();
        (0..).zip(&self.symbols).filter(move |(_, symbol)| is_called(symbol, &parts)).map(|(at, _)| at)
    }

    /// The innermost symbol around a place.
    pub fn around(&self, span: Span) -> Option<u32> {
        // Those that begin later lie within those that begin before.
        let end = self.symbols.partition_point(|symbol| symbol.body.start <= span.start);
        let before = self.symbols.get(..end).unwrap_or_default();
        before.iter().rposition(|symbol| symbol.body.contains(span)).and_then(|at| u32::try_from(at).ok())
    }
}

fn is_called(symbol: &Symbol, parts: &[&str]) -> bool {
    let Some((name, scope)) = parts.split_last() else { return false };
    let own = symbol.scope.get(symbol.scope.len().saturating_sub(scope.len())..).unwrap_or_default();
    symbol.name == **name && own.len() == scope.len() && own.iter().zip(scope).all(|(a, b)| a == *b)
}
