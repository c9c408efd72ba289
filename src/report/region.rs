//! Where a finding stands, as code hosts count it: lines and UTF-16 code units from 1.

use crate::link::graph::Graph;
use crate::source::Place;

/// Lines and columns of a place; the end is just past its last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Its first line.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// Its last line.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
}

impl Region {
    /// The region of a place.
    pub fn of(graph: &Graph, place: Place) -> Self {
        let text = &graph.input(place.file).text;
        let (line, column) = text.position_utf16(place.span.start);
        let (end_line, end_column) = text.position_utf16(place.span.end());
        Self { line, column, end_line, end_column }
    }
}
