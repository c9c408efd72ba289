//! What a file of code implements, asked for one file when somebody looks at it.
//!
//! The graph has the implementing code of requirements only where a check needs it. A chain shows it always.

use super::code::Source;
use super::graph::{FactRef, Graph, ReqId};
use crate::model::outline::{Outline, Speaks};
use crate::read::code::{language, outline};
use crate::source::{FileId, Place, Span};
use std::collections::BTreeSet;

/// A file of code, with what it implements.
#[derive(Debug, Default)]
pub struct Symbols {
    /// Its functions and classes.
    pub outline: Outline,
    /// What implements which requirement, in order of the file.
    pub implements: Vec<Implements>,
}

/// A piece of a file that implements a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Implements {
    /// The piece, by its position in the outline; `None` for the file as a whole.
    pub symbol: Option<u32>,
    /// The requirement.
    pub requirement: ReqId,
    /// What says so.
    pub source: Source,
    /// It says that evidence has to come in there.
    pub enters: bool,
}

/// Looks at a file.
pub fn look(graph: &Graph, file: FileId) -> Symbols {
    let Some(language) = language(graph.path(file)) else { return Symbols::default() };
    let marked = marked(graph, file);
    let spans: Vec<Span> = marked.iter().map(|(fact, ..)| graph.marker(*fact).span).collect();
    let (outline, speaks) = outline(language, graph.path(file), &graph.input(file).text, &spans);
    let mut implements: BTreeSet<Implements> = BTreeSet::new();
    for ((fact, requirement, enters), speaks) in marked.into_iter().zip(speaks) {
        let symbol = match speaks {
            Speaks::Symbol(at) => Some(at),
            Speaks::File => None,
            Speaks::Nothing => continue,
        };
        implements.insert(Implements { symbol, requirement, source: Source::Marker(fact), enters });
    }
    // What rows and the configuration name is known where it was linked.
    let told = |source: Source| !matches!(source, Source::Marker(_));
    for (requirement, one) in graph.requirements() {
        let parts = one.parts.iter().filter(|part| part.file == file && told(part.source));
        implements.extend(parts.map(|part| Implements { symbol: part.symbol, requirement, source: part.source, enters: false }));
    }
    for entry in graph.code.entries.iter().filter(|entry| entry.part.file == file && told(entry.part.source)) {
        let (symbol, source) = (entry.part.symbol, entry.part.source);
        implements.extend(entry.requirements.iter().map(|id| Implements { symbol, requirement: *id, source, enters: true }));
    }
    Symbols { outline, implements: implements.into_iter().collect() }
}

/// The markers of a file that say what implements a requirement, or where it is entered.
fn marked(graph: &Graph, file: FileId) -> Vec<(FactRef, ReqId, bool)> {
    let mut found = Vec::new();
    for (id, one) in graph.requirements() {
        for (list, enters) in [(&one.implemented, false), (&one.entered, true)] {
            found.extend(list.iter().filter(|fact| fact.file == file).map(|fact| (*fact, id, enters)));
        }
    }
    found.sort_unstable_by_key(|(fact, id, enters)| (*fact, *id, *enters));
    found
}

impl Symbols {
    /// Those of a name.
    pub fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = u32> + 's {
        self.outline.named(name)
    }

    /// The bytes of a symbol.
    pub fn body(&self, symbol: u32) -> Span {
        self.outline.symbols.get(symbol as usize).map_or_else(Span::default, |symbol| symbol.body)
    }

    /// What is said of a symbol, of what stands in it, and of what it stands in.
    pub fn of(&self, symbol: u32) -> impl Iterator<Item = &Implements> {
        let body = self.body(symbol);
        self.implements.iter().filter(move |one| match one.symbol {
            None => true,
            Some(at) => self.body(at).contains(body) || body.contains(self.body(at)),
        })
    }

    /// The name of a piece within its file; none for the file as a whole.
    pub fn name(&self, symbol: Option<u32>) -> Option<String> {
        symbol.and_then(|at| self.outline.symbols.get(at as usize)).map(|symbol| symbol.qualified())
    }
}

/// Where what says so stands; `None` for the configuration.
pub fn place(graph: &Graph, source: Source) -> Option<Place> {
    match source {
        Source::Marker(fact) => Some(Place::new(fact.file, graph.marker(fact).span)),
        Source::Row(row) => {
            let node = graph.row_node(row);
            Some(Place::new(node.fact.file, graph.row(node).span))
        }
        Source::Policy => None,
    }
}
