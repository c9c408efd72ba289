//! Facts to the trace graph.

pub mod graph;
